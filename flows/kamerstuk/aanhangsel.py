"""The Aanhangsel of the Handelingen: questions of members with their answers, numbered within a vergaderjaar.

In: a reader behind a head. Out: the one reference that stands there, with the reader behind it; none where
the word is used otherwise.
"""

from __future__ import annotations

from flows.kamerstuk.chambers import take_chamber
from flows.kamerstuk.draft import Draft
from flows.kamerstuk.extras import take_document
from flows.kamerstuk.handelingen import flag_absent
from flows.kamerstuk.head import Head
from flows.kamerstuk.nummers import read_nummers, take_number_word
from flows.kamerstuk.pages import read_pages
from flows.kamerstuk.parts import is_plain_number, read_date, read_years
from flows.kamerstuk.tokens import Reader
from flows.model.reference import Reference

_MOST_PARTS, _LONGEST_NUMBER = 8, 4


def read_aanhangsel(r: Reader, head: Head, start: int) -> list[Reference]:
    """`Aanhangsel Handelingen II 2014/15, nr. 1241`, and those of another vergaderjaar behind it."""
    draft = head.draft
    _read_parts(r, draft)
    if not (draft.chamber or draft.years) or not (_is_numbered(draft) or draft.pages):
        return []
    found = [_finish(r, draft, start)]
    while True:
        mark = r.at
        joined = r.skip(",;", 1) + r.take("en", "&")
        start = r.at
        following = Draft(draft.kind, chamber=draft.chamber)
        if joined and (years := read_years(r)) is not None:
            following.add_years(years)
            _read_parts(r, following)
        if not _is_numbered(following):
            r.at = mark
            return found
        found.append(_finish(r, following, start))


def _is_numbered(draft: Draft) -> bool:
    return bool(draft.nummers) or "nummer-onleesbaar" in draft.flags


def _finish(r: Reader, draft: Draft, start: int) -> Reference:
    flag_absent(draft, numbered=_is_numbered(draft))
    return draft.finish(r, start)


def _read_parts(r: Reader, draft: Draft) -> None:
    for _ in range(_MOST_PARTS):
        mark = r.at
        r.skip(",;:(-/)", 2)
        if not draft.years and (years := read_years(r)) is not None:
            draft.add_years(years)
            continue
        if _read_numbers(r, draft):
            continue
        if draft.chamber is None and (chamber := take_chamber(r)):
            draft.add_chamber(chamber)
            continue
        if read_date(r) is not None:
            continue
        r.at = mark
        pages = read_pages(r)
        draft.pages += pages
        if not pages and not take_document(r):
            return


def _read_numbers(r: Reader, draft: Draft) -> bool:
    """The number, behind a word for it or behind a vergaderjaar or chamber."""
    mark = r.at
    named = take_number_word(r)
    plain = (draft.years or draft.chamber) and len(r.digits()) <= _LONGEST_NUMBER and is_plain_number(r)
    if not _is_numbered(draft) and (named or plain):
        numbers = read_nummers(r, letters=False)
        if numbers is not None:
            draft.add_nummers(numbers)
            return True
    r.at = mark
    return False
