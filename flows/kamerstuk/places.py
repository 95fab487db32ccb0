"""Places in the Handelingen: sitting and page until 2010 (`17-1233`), sitting, item, page since (`23-3-5`).

In: a reader at the first number, and the draft. Out: sitting, item and pages in the draft, and the reader
behind them.
"""

from __future__ import annotations

from flows.kamerstuk.draft import Draft
from flows.kamerstuk.pages import read_page, take_following, take_range
from flows.kamerstuk.parts import is_plain_number, is_year, starts_elsewhere
from flows.kamerstuk.tokens import Reader

_FIRST_YEAR_WITH_ITEMS = "2010"
_MOST_SITTINGS, _MOST_ITEMS, _LONGEST_NUMBER, _LONGEST_RANGE = 125, 60, 5, 200


def read_place(r: Reader, draft: Draft) -> bool:
    """A number that is a sitting, or a chain of sitting, item and page."""
    if len(r.digits()) > 5 or starts_elsewhere(r):
        return False
    parts = _take_chain(r)
    if parts is None:
        return False
    if len(parts) == 1 and draft.vergadering is not None:
        if draft.item is not None or draft.pages or not parts[0].isdigit():
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
    # The number of a paper, where its kind is not right: `nr. 228b`.
    if len(r.letters()) == 1 and r.letters().islower() and r.glued():
        r.at += 1
        return [parts[0] + r.peek(-1).text]
    while len(parts) < 3 and r.peek().low == "-" and 0 < len(r.digits(1)) <= _LONGEST_NUMBER:
        parts.append(r.digits(1))
        r.at += 2
    return parts


def _place(r: Reader, draft: Draft, parts: list[str]) -> None:
    draft.vergadering = parts[0]
    if len(parts) == 3 and int(parts[1]) > _MOST_ITEMS:
        # A range of pages behind the sitting: `108-7909-7943`.
        draft.pages.append("-".join(parts[1:]))
        return
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
    if (take_range(r) or (r.glued() and r.take("/"))) and r.digits():
        last = _take_chain(r)
        if last and (len(last) == 1 or last[:-1] == parts[: len(last) - 1]):
            return "-" + last[-1]
    r.at = mark
    return " e.v." if take_following(r) else ""


def read_pages_of_sitting(r: Reader, draft: Draft) -> None:
    """Pages, with or without sitting and item before them: `7909-7943`, `23-3-5`, `17-1233 t/m 17-1252`."""
    mark = r.at
    parts = _take_chain(r)
    if parts and _is_place(r, draft, parts):
        if len(parts) == 3:
            _place(r, draft, parts)
            return
        draft.vergadering = parts[0]
        draft.pages.append(parts[1] + _read_end(r, parts))
    else:
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
    if len(parts) == 1 or len(parts[0]) > _LONGEST_NUMBER:
        return False
    if len(parts) == 3:
        return True
    if int(parts[0]) > _MOST_SITTINGS:
        return False
    repeated = (r.peek().low in ("-", "t", "tot") or r.peek(1).low == "/") and any(
        r.digits(ahead) == parts[0] and r.peek(ahead + 1).low == "-" for ahead in range(1, 5)
    )
    if draft.vergadering is None:
        return repeated or int(parts[1]) - int(parts[0]) > _LONGEST_RANGE
    return repeated or draft.vergadering == parts[0]
