"""Handelingen, the record of a sitting, behind their head.

In: a reader behind a head. Out: the references that stand there, with the reader behind the last; none where
the word is used otherwise.
"""

from __future__ import annotations

from flows.kamerstuk.chapters import NUMBER_WORDS
from flows.kamerstuk.dossiers import read_dossier
from flows.kamerstuk.draft import Draft
from flows.kamerstuk.head import Head
from flows.kamerstuk.nummers import take_number_word
from flows.kamerstuk.pages import take_page_word
from flows.kamerstuk.parts import is_date, is_plain_number, is_year, read_date, read_years, starts_elsewhere
from flows.kamerstuk.places import read_pages_of_sitting, read_place
from flows.kamerstuk.tokens import Reader
from flows.model.reference import Reference, Soort

_MOST_PARTS = 8


def read_handelingen(r: Reader, head: Head, start: int) -> list[Reference]:
    """`Handelingen II 2012/13, 45, item 7, p. 12` and its other spellings, and those that share the head."""
    draft = head.draft
    dated = _read_parts(r, draft) or head.dated
    if not (draft.chamber or draft.years) or not (_is_placed(draft) or draft.years or dated):
        return []
    found = [_finish(r, draft, start)]
    while True:
        mark = r.at
        joined = r.skip(",;", 1) + r.take("en", "&")
        start = r.at
        following = Draft(draft.kind, chamber=draft.chamber, years=draft.years)
        if not (joined and take_number_word(r) and r.digits() and not starts_elsewhere(r)):
            r.at = mark
            return found
        r.at = start
        _read_parts(r, following)
        if not _is_placed(following):
            r.at = mark
            return found
        found.append(_finish(r, following, start))


def _is_placed(draft: Draft) -> bool:
    return bool(draft.vergadering or draft.item or draft.pages)


def _finish(r: Reader, draft: Draft, start: int) -> Reference:
    flag_absent(draft, numbered=draft.vergadering is not None)
    return draft.finish(r, start)


def _read_parts(r: Reader, draft: Draft) -> bool:
    """Takes whatever parts stand here and says whether a date was among them."""
    dated = False
    for _ in range(_MOST_PARTS):
        mark = r.at
        r.skip(",;:(-)", 2)
        if draft.pages and r.peek().low in NUMBER_WORDS:
            # A number behind pages is that of another sitting.
            r.at = mark
            break
        if _read_part(r, draft):
            continue
        r.at = mark
        r.skip(",;:(-)", 2)
        if read_date(r) is None:
            r.at = mark
            break
        dated = True
    return dated


def _read_part(r: Reader, draft: Draft) -> bool:
    if not draft.years and (years := read_years(r)) is not None:
        draft.add_years(years)
        return True
    if draft.dossier is None and starts_elsewhere(r) and (dossier := read_dossier(r)) is not None:
        draft.dossier = dossier
        return True
    if r.take("item", "agendapunt", "onderwerp") and _take_item(r, draft):
        return True
    if take_page_word(r) or (
        r.peek().text in ("TK", "EK") and r.digits(1) and r.peek(2).low == "-" and r.take("tk", "ek")
    ):
        read_pages_of_sitting(r, draft)
        return True
    if take_number_word(r) and r.digits():
        return read_place(r, draft)
    return _read_sitting(r, draft)


def _read_sitting(r: Reader, draft: Draft) -> bool:
    """`39e vergadering`, `vergadering 39`, or a number without a word: `45-7-12`."""
    if r.digits() and r.peek(1).low in ("e", "ste", "de") and r.peek(2).low == "vergadering":
        draft.vergadering = r.digits()
        r.at += 3
        return True
    if r.take("vergadering"):
        take_number_word(r)
    plain = is_plain_number(r) and not is_date(r) and not is_year(r.digits())
    return plain and len(r.digits()) <= 4 and read_place(r, draft)


def _take_item(r: Reader, draft: Draft) -> bool:
    take_number_word(r)
    if not r.digits():
        return False
    draft.item = r.digits()
    r.at += 1
    return True


def flag_absent(draft: Draft, *, numbered: bool) -> None:
    """Flags what a place in the Handelingen should have and this one has not."""
    if draft.chamber is None and not (draft.kind is Soort.AANHANGSEL or "kamer-tegenstrijdig" in draft.flags):
        draft.flags.append("zonder-kamer")
    if not draft.years and "vergaderjaar-ongeldig" not in draft.flags:
        draft.flags.append("zonder-vergaderjaar")
    if not numbered:
        draft.flags.append("zonder-nummer")
