"""The Aanhangsel of the Handelingen: questions of members with their answers, numbered within a vergaderjaar.

In: a reader behind a head. Out: the one reference that stands there, with the reader behind it; none where
the word is used otherwise.
"""

from __future__ import annotations

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
    """`Aanhangsel Handelingen II 2014/15, nr. 1241` and its other spellings."""
    draft = head.draft
    for _ in range(_MOST_PARTS):
        mark = r.at
        r.skip(",;:(-/)", 2)
        if not draft.years and (years := read_years(r)) is not None:
            draft.add_years(years)
            continue
        named = take_number_word(r)
        if (
            not draft.nummers
            and (named or (len(r.digits()) <= 4 and is_plain_number(r)))
            and (draft.years or draft.chamber or named)
        ):
            numbers = read_nummers(r, letters=False)
            if numbers is not None:
                draft.add_nummers(numbers)
                continue
        if named or read_date(r) is None:
            r.at = mark
            pages = read_pages(r)
            draft.pages += pages
            if pages or take_document(r):
                continue
            break
    if not (draft.chamber or draft.years) or not (
        draft.nummers or draft.pages or "nummer-onleesbaar" in draft.flags
    ):
        return []
    flag_absent(draft, numbered=bool(draft.nummers) or "nummer-onleesbaar" in draft.flags)
    return [draft.finish(r, start)]
