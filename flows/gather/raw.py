"""Opens a workbook: a file to plain grids of cells, or the name of the rule that says why it cannot be read.

The only module that knows openpyxl's reader. Hidden sheets are not handed on; what they, comments and struck-through text
hold is kept apart, since it may never be published.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter

from flows.gather.normalise import as_text, clean
from flows.model.delivery import Run, Value
from flows.model.ours import NAME, without_ours
from flows.model.place import Place

OLE = b"\xd0\xcf\x11\xe0"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as stored. `fault` names a rule where it holds no value that can be read; `struck` is text struck through."""

    row: int
    column: str
    value: Value
    number_format: str
    runs: tuple[Run, ...]
    struck: str = ""
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A visible sheet: its cells by row and column letter, which rows are hidden, and vertical merges (cell to its source)."""

    title: str
    rows: Mapping[int, Mapping[str, RawCell]]
    hidden_rows: frozenset[int]
    merged: Mapping[tuple[int, str], tuple[int, str]]


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """An opened file. `private` is text in it that may never be published; `hidden` are the titles of hidden sheets."""

    file: str
    sha256: str
    sheets: tuple[RawSheet, ...]
    hidden: tuple[str, ...]
    private: frozenset[str]


class Unreadable(Exception):
    """A file that is no workbook we can read; its argument is the name of the rule that says so."""


def sha256(path: Place) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def open_workbook(path: Place) -> RawWorkbook:
    """Reads a workbook; raises `Unreadable` where it is none, is locked with a password, or is damaged.

    What keeps it out of reach, a share that is away or a right that lacks, is no fault of the file: it stays the OSError that it is.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Unreadable("bestand-onleesbaar") from error
    if not data:
        raise Unreadable("bestand-leeg")
    if data.startswith(OLE):
        raise Unreadable("bestand-beveiligd" if b"E\0n\0c\0r\0y\0p\0t\0e\0d" in data else "bestand-verkeerde-soort")
    if not data.startswith(b"PK"):
        raise Unreadable("bestand-geen-werkboek")
    try:
        book = load_workbook(io.BytesIO(data), data_only=True, rich_text=True)
        formulas = load_workbook(io.BytesIO(data)) if _has_formulas(data) else None
        return _raw(path.name, hashlib.sha256(data).hexdigest(), book, formulas)
    except Exception as error:  # openpyxl raises whatever the damage happens to trip over
        raise Unreadable(_why(data)) from error


def _why(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        return "bestand-beschadigd"
    other = any(name.endswith(".bin") and "workbook" in name for name in names) or "content.xml" in names
    return "bestand-verkeerde-soort" if other else "bestand-beschadigd"


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in sheets if name.endswith(".xml"))


def _raw(file: str, digest: str, book: Any, formulas: Any) -> RawWorkbook:
    private: set[str] = set()
    sheets, hidden = [], []
    ours = _our_sheets(book)
    for sheet in book.worksheets:
        if sheet.title in ours:
            continue
        said = (cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment)
        private |= {theirs for text in said if (theirs := clean(without_ours(text)))}
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            private |= {
                as_text(_value(cell.value)) for row in sheet.iter_rows() for cell in row if cell.value is not None
            }
            continue
        raw = _sheet(sheet, formulas[sheet.title] if formulas else None)
        private |= {cell.struck for cells in raw.rows.values() for cell in cells.values() if cell.struck}
        sheets.append(raw)
    return RawWorkbook(file, digest, tuple(sheets), tuple(hidden), frozenset(private))


def _our_sheets(book: Any) -> frozenset[str]:
    """The titles of sheets that an earlier check put in: they are no part of the delivery."""
    name = book.defined_names.get(NAME)
    return frozenset(title for title, _ in name.destinations) if name else frozenset()


def _sheet(sheet: Any, formulas: Any) -> RawSheet:
    rows: dict[int, dict[str, RawCell]] = {}
    for cell in _filled(sheet, formulas):
        rows.setdefault(cell.row, {})[cell.column] = cell
    merged = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row + 1, area.max_row + 1):
            letter = get_column_letter(area.min_col)
            merged[row, letter] = (area.min_row, letter)
    hidden = frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden)
    return RawSheet(sheet.title, rows, hidden, merged)


def _filled(sheet: Any, formulas: Any) -> Iterator[RawCell]:
    for cells in sheet.iter_rows():
        for cell in cells:
            fault = None
            if cell.value is None:
                if not (formulas and formulas[cell.coordinate].data_type == "f"):
                    continue
                fault = "formule-zonder-waarde"
            elif cell.data_type == "e":
                fault = "foutwaarde"
            runs, struck = _runs(cell)
            if fault or struck or any(run.text.strip() for run in runs):
                value = None if fault else _value(cell.value)
                yield RawCell(cell.row, cell.column_letter, value, cell.number_format or "", runs, struck, fault)


def _value(value: Any) -> Value:
    """A stored value as the program knows values; a time of day or a length of time is text."""
    return (
        value
        if value is None or (isinstance(value, str | int | float | date) and not isinstance(value, CellRichText))
        else str(value)
    )


def _runs(cell: Any) -> tuple[tuple[Run, ...], str]:
    """The printable runs of a cell, and the text that is struck through."""
    pieces = (
        cell.value if isinstance(cell.value, CellRichText) else [as_text(_value(cell.value), cell.number_format or "")]
    )
    runs, struck = [], []
    for piece in pieces:
        font = piece.font if isinstance(piece, TextBlock) else cell.font
        text = clean(piece.text if isinstance(piece, TextBlock) else piece)
        if not text:
            continue
        if font.strike:
            struck.append(text.strip())
        else:
            runs.append(Run(text, bool(font.b), bool(font.i)))
    return tuple(runs), " ".join(struck)
