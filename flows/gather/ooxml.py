"""Reads an .xlsx file: its parts to plain grids of cells.

In: bytes that were looked at. Out: a `RawWorkbook` without file name and digest, or `Unreadable`; whatever else is raised means a
damaged file. Only cells that are there are walked through, however far out one stands. Hidden sheets are not handed on; what they,
comments and struck-through text hold is kept apart, since it may never be published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from math import isfinite
from typing import Any

from flows.gather.grid import RawCell, RawSheet, RawWorkbook, Unreadable
from flows.gather.normalise import FIRST_DAY, FIRST_DAY_1904, as_text, clean
from flows.gather.package import Package, namespace
from flows.gather.texts import Style, Text, plain_text, read_strings, read_styles, rich_text
from flows.model.delivery import Value
from flows.model.ours import NAME, without_ours

MOST_CELLS = 200_000  # filled, in all sheets together: a hundred times a large delivery
MOST_ROWS = 1_048_576
EPOCH = datetime.combine(FIRST_DAY, datetime.min.time())
SHIFT_1904 = (FIRST_DAY_1904 - FIRST_DAY).days
LEAP_BUG = 60  # Excel's day 60 is 29 February 1900, which never was
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}")
_TRUE = {"1", "true", "on"}


def read(data: bytes) -> RawWorkbook:
    """The grids of a workbook."""
    return _Book(Package(data)).read()


class _Book:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles, self.strings = read_styles(package), read_strings(package)
        self.private: set[str] = set()
        self.cells = 0
        self.shift = 0

    def read(self) -> RawWorkbook:
        root = self.package.xml(self.package.workbook)
        ns, parts = namespace(root), self.package.related(self.package.workbook)
        settings = root.find(f"{ns}workbookPr")
        self.shift = SHIFT_1904 if settings is not None and settings.get("date1904") in _TRUE else 0
        visible, hidden = [], []
        ours = _our_sheets(root, ns)
        for entry in root.iterfind(f"{ns}sheets/{ns}sheet"):
            if entry.get("name", "") in ours:
                continue
            identifier = next(value for name, value in entry.items() if name.endswith("}id"))
            kind, part = parts[identifier]
            if kind != "worksheet":  # a chart
                continue
            sheet = self.sheet(part, entry.get("name", ""))
            if entry.get("state", "visible") == "visible":
                visible.append(sheet)
                self.private |= {cell.struck for cells in sheet.rows.values() for cell in cells.values() if cell.struck}
            else:
                hidden.append(sheet.title)
                self.private.add(sheet.boxes)
                self.private |= {_words(cell) for cells in sheet.rows.values() for cell in cells.values()}
        if not visible and not hidden:
            raise Unreadable("bestand-beschadigd")
        return RawWorkbook("", "", tuple(visible), tuple(hidden), frozenset(self.private), self.shift)

    def sheet(self, part: str, title: str) -> RawSheet:
        rows: dict[int, dict[str, RawCell]] = {}
        hidden_rows: set[int] = set()
        areas: list[str] = []
        links: list[tuple[str, str]] = []
        number = 0
        related = self.package.related(part)
        self.comments(related)
        for element in self.package.stream(part, "row", "mergeCell", "hyperlink", "worksheet"):
            kind = element.tag.rpartition("}")[2]
            if kind == "row":
                number = int(element.get("r") or number + 1)
                if element.get("hidden") in _TRUE:
                    hidden_rows.add(number)
                if len(element) and (cells := {cell.column: cell for cell in self.row(element, number)}):
                    rows[number] = rows.get(number, {}) | cells
                _forget(element)
            elif kind == "mergeCell":
                areas.append(element.get("ref", ""))
            elif kind == "hyperlink":
                links += _link(element, related)
        merged = _unmerge(rows, areas)
        for place, address in links:
            row, letter = _place(place.partition(":")[0])
            if letter in rows.get(row, {}):
                rows[row][letter] = replace(rows[row][letter], link=address)
        return RawSheet(title, rows, frozenset(hidden_rows), merged, self.boxes(related))

    def boxes(self, related: Mapping[str, tuple[str, str]]) -> str:
        """The text of the boxes that lie on a sheet."""
        drawings = [self.package.xml(part) for kind, part in related.values() if kind == "drawing"]
        texts = (text.text or "" for drawing in drawings for text in drawing.iter("{*}t"))
        return " ".join(clean(" ".join(texts)).split())

    def comments(self, related: Mapping[str, tuple[str, str]]) -> None:
        """Keeps the comments at a sheet's cells apart."""
        for kind, part in related.values():
            if kind in {"comments", "threadedComment"}:
                root = self.package.xml(part)
                for comment in root.iter(f"{{*}}{'comment' if kind == 'comments' else kind}"):
                    said = "".join(text.text or "" for text in comment.iter("{*}t", "{*}text"))
                    self.private |= {theirs} if (theirs := clean(without_ours(said))) else set()

    def row(self, element: Any, number: int) -> Iterator[RawCell]:
        if not 1 <= number <= MOST_ROWS:
            raise Unreadable("bestand-beschadigd")
        c, *names = _names(namespace(element))
        letters = _letters()
        for child in element:
            if child.tag == c:
                letter = "" if (address := child.get("r")) else next(letters)
                if len(child) and (cell := self.cell(child, number, letter or _place(address)[1], *names)):
                    self.cells += 1
                    if self.cells > MOST_CELLS:
                        raise Unreadable("bestand-te-groot")
                    yield cell

    def cell(self, element: Any, row: int, column: str, v: str, f: str, inline: str) -> RawCell | None:
        kind, style = element.get("t") or "n", self.styles[int(element.get("s") or 0)]
        parts = {child.tag: child for child in element}
        value: Value = None
        if inline in parts:
            text = rich_text(parts[inline])
        elif (stored := parts[v].text or "" if v in parts else "") == "":
            lost = f in parts and kind != "str"  # a formula may give an empty text
            return RawCell(row, column, None, style.number_format, (), fault="formule-zonder-waarde") if lost else None
        elif kind == "s":
            text = self.strings[int(stored)]
        elif kind in {"n", "b", "d"}:
            value = _value(kind, stored.strip(), style, self.shift)
            text = Text(((as_text(value, style.number_format), None),))
        else:
            text = plain_text(stored)
        runs, struck = text.styled(style.font)
        if not struck and not any(run.text.strip() for run in runs):
            return None
        if kind == "e":
            return RawCell(row, column, None, style.number_format, runs, fault="foutwaarde")
        value = text.whole if value is None else value
        return RawCell(row, column, value, style.number_format, runs, struck, mended=text.mended)


def _our_sheets(root: Any, ns: str) -> frozenset[str]:
    """The titles of sheets that an earlier check put in: they are no part of the delivery."""
    names = root.iterfind(f"{ns}definedNames/{ns}definedName")
    places = ((name.text or "").rpartition("!")[0] for name in names if name.get("name") == NAME)
    return frozenset(place.strip("'").replace("''", "'") for place in places)


def _value(kind: str, stored: str, style: Style, shift: int) -> Value:
    """A number, a day or a moment, a yes or no; the text itself where it is none of these."""
    if kind == "b":
        return stored in _TRUE
    try:
        if kind == "d":
            return datetime.fromisoformat(stored)
        number = int(stored) if _PLAIN_NUMBER.fullmatch(stored) else float(stored)
        if not stored or not isfinite(number):
            return stored
        return _moment(number, style, shift) if style.date else number
    except (ValueError, OverflowError):
        return stored or None


def _moment(number: float, style: Style, shift: int) -> Value:
    """What a number means in a cell that shows it as a date or a time; a time of day and a length of time are text."""
    if "[" in style.number_format and re.search(r"\[[hms]+\]", style.number_format, re.IGNORECASE):
        return str(timedelta(days=number))
    if 0 <= number < 1:
        seconds = round(number * 86_400)
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    days = number + shift + (1 if number < LEAP_BUG and not shift else 0)
    return EPOCH + timedelta(milliseconds=round(days * 86_400_000))


@cache
def _names(ns: str) -> tuple[str, str, str, str]:
    """The tags of a cell, and of its value, formula and text."""
    return f"{ns}c", f"{ns}v", f"{ns}f", f"{ns}is"


def _words(cell: RawCell) -> str:
    return "".join(run.text for run in cell.runs) or cell.struck


def _forget(row: Any) -> None:
    """Frees a row and those before it."""
    row.clear()
    while row.getprevious() is not None:
        del row.getparent()[0]


def _letters() -> Iterator[str]:
    """The names of the columns, from the first."""
    return map(column_letter, count(1))


def column_letter(number: int) -> str:
    """The name of a column by its number from 1: `A`, `Z`, `AA`."""
    letters = ""
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column by its name."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _place(address: str) -> tuple[int, str]:
    """The row and the column of a cell's address; raises ValueError for anything else."""
    if not (found := _ADDRESS.fullmatch(address)):
        raise ValueError(address)
    return int(found[2]), found[1]


def _unmerge(rows: dict[int, dict[str, RawCell]], areas: Sequence[str]) -> dict[tuple[int, str], tuple[int, str]]:
    """The cells below the first of each merged area, to that one; takes out what a program left behind under an area."""
    merged = {}
    for area in areas:
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        columns = range(column_number(left), column_number(right) + 1)
        for row in [row for row in rows if top <= row <= bottom]:
            for letter in [letter for letter in rows[row] if column_number(letter) in columns]:
                if (row, letter) != (top, left):
                    del rows[row][letter]
            if row != top:
                merged[row, left] = (top, left)
    return merged


def _link(element: Any, related: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The cell of a hyperlink and the address on the web that it leads to; nothing for one within the workbook."""
    identifier = next((value for name, value in element.items() if name.endswith("}id")), "")
    address = related.get(identifier, ("", ""))[1]
    if address.startswith(("http://", "https://")):
        yield element.get("ref", ""), address
