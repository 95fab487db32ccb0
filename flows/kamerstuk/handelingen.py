"""Handelingen (the record of a sitting) and their Aanhangsel (questions with answers), behind their head.

In: a reader behind a head. Out: the one reference that stands there, with the reader behind it; none where
the word is used otherwise. Until 2010 a place in the Handelingen is sitting and page (`17-1233`), since 2011
sitting, item and page (`23-3-5`).
"""

from __future__ import annotations

from flows.kamerstuk.dossiers import read_dossier
from flows.kamerstuk.draft import Draft
from flows.kamerstuk.head import Head
from flows.kamerstuk.nummers import take_number_word
from flows.kamerstuk.pages import read_page, take_following, take_page_word, take_range
from flows.kamerstuk.parts import is_date, is_plain_number, is_year, read_date, read_years, starts_elsewhere
from flows.kamerstuk.tokens import Reader
from flows.model.reference import Reference, Soort

_FIRST_YEAR_WITH_ITEMS = "2010"
_MOST_SITTINGS, _MOST_ITEMS, _MOST_PARTS = 125, 60, 8


def read_handelingen(r: Reader, head: Head, start: int) -> list[Reference]:
    """`Handelingen II 2012/13, 45, item 7, p. 12` and its other spellings."""
    draft = head.draft
    dated = head.dated
    for _ in range(_MOST_PARTS):
        mark = r.at
        r.skip(",;:(-)", 2)
        if _read_part(r, draft):
            continue
        if read_date(r) is not None:
            dated = True
            continue
        r.at = mark
        break
    placed = draft.vergadering or draft.item or draft.pages
    if not (draft.chamber or draft.years) or not (placed or draft.years or dated):
        return []
    flag_absent(draft, numbered=draft.vergadering is not None)
    return [draft.finish(r, start)]


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
        _read_pages(r, draft)
        return True
    if take_number_word(r) and r.digits():
        return _read_place(r, draft)
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
    return plain and len(r.digits()) <= 4 and _read_place(r, draft)


def _take_item(r: Reader, draft: Draft) -> bool:
    take_number_word(r)
    if not r.digits():
        return False
    draft.item = r.digits()
    r.at += 1
    return True


def _read_place(r: Reader, draft: Draft) -> bool:
    """A number that is a sitting, or a chain of sitting, item and page."""
    if len(r.digits()) > 5 or starts_elsewhere(r):
        return False
    parts = _take_chain(r)
    if parts is None:
        return False
    if len(parts) == 1 and draft.vergadering is not None:
        if draft.item is not None or draft.pages:
            return False
        draft.item = parts[0]
        return True
    if len(parts) == 2 and int(parts[0]) > _MOST_SITTINGS:
        draft.pages.append("-".join(parts))
        return True
    _place(r, draft, parts)
    return True


def _take_chain(r: Reader) -> list[str] | None:
    parts = [r.digits()]
    r.at += 1
    while len(parts) < 3 and r.peek().low == "-" and r.digits(1):
        parts.append(r.digits(1))
        r.at += 2
    return parts


def _place(r: Reader, draft: Draft, parts: list[str]) -> None:
    draft.vergadering = parts[0]
    if len(parts) == 3:
        draft.item = parts[1]
    elif len(parts) == 2 and _has_items(draft, parts[1]):
        draft.item = parts[1]
        return
    if len(parts) > 1:
        draft.pages.append(parts[-1] + _read_end(r, parts))


def _has_items(draft: Draft, second: str) -> bool:
    if draft.years:
        return draft.years[0] >= _FIRST_YEAR_WITH_ITEMS and int(second) <= _MOST_ITEMS
    return int(second) <= _MOST_ITEMS


def _read_end(r: Reader, parts: list[str]) -> str:
    """The end of a range of pages, whether or not it repeats sitting and item: `t/m 17-1252`."""
    mark = r.at
    if take_range(r) and r.digits():
        last = _take_chain(r)
        if last and (len(last) == 1 or last[:-1] == parts[: len(last) - 1]):
            return "-" + last[-1]
    r.at = mark
    return " e.v." if take_following(r) else ""


def _read_pages(r: Reader, draft: Draft) -> None:
    """Pages, with or without sitting and item before them: `7909-7943`, `23-3-5`, `17-1233 t/m 17-1252`."""
    mark = r.at
    parts = _take_chain(r)
    if parts and _is_place(r, draft, parts):
        if len(parts) == 2:
            draft.vergadering = parts[0]
            draft.pages.append(parts[1] + _read_end(r, parts))
        else:
            _place(r, draft, parts)
        return
    r.at = mark
    draft.pages.append(read_page(r))
    while len(draft.pages) < _MOST_SITTINGS:
        mark = r.at
        if (
            not (r.skip(",", 1) + r.take("en", "&"))
            or not is_plain_number(r)
            or starts_elsewhere(r)
            or is_year(r.digits())
        ):
            r.at = mark
            return
        draft.pages.append(read_page(r))


def _is_place(r: Reader, draft: Draft, parts: list[str]) -> bool:
    if len(parts) == 3:
        return True
    if len(parts) != 2 or int(parts[0]) > _MOST_SITTINGS:
        return False
    repeated = (r.peek().low in ("-", "t", "tot") or r.peek(1).low == "/") and any(
        r.digits(ahead) == parts[0] and r.peek(ahead + 1).low == "-" for ahead in range(1, 5)
    )
    return repeated or draft.vergadering == parts[0] or int(parts[1]) - int(parts[0]) > 200


def flag_absent(draft: Draft, *, numbered: bool) -> None:
    """Flags what a place in the Handelingen should have and this one has not."""
    if draft.chamber is None and not (draft.kind is Soort.AANHANGSEL or "kamer-tegenstrijdig" in draft.flags):
        draft.flags.append("zonder-kamer")
    if not draft.years and "vergaderjaar-ongeldig" not in draft.flags:
        draft.flags.append("zonder-vergaderjaar")
    if not numbered:
        draft.flags.append("zonder-nummer")
