"""The workbook with what reviewers did: a row for each thing, with its changes marked and a dropdown for what is taken over.

In: verdicts and the words of the sheet. Out: the bytes of a workbook. No text in it is a formula. The same verdicts give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

from flows.model.review import Verdict
from flows.render.ooxml import read, write
from flows.render.sheets import FONT, LINE, PLAIN, SIZE, WRAPPED, header, landscape

RED, GREEN = "FFC00000", "FF007A33"
CHOICE = PatternFill("solid", start_color="FFFFF6D6", end_color="FFFFF6D6")
LONGEST = 32_000  # letters that a cell can hold
SHOWN = 200  # letters of the words that something stands at or behind
LINE_HEIGHT, HIGHEST = 15.0, 409.0  # of rows, in points
WIDTHS = {
    "soort": 14, "ministerie": 11, "nr": 11, "plaats": 26, "cel": 24, "oud": 52, "nieuw": 52, "noten": 34, "opmerking": 44,
    "woorden": 26, "beoordelaar": 20, "datum": 17, "strijdig": 18, "plaatsbaar": 30, "overnemen": 12, "bestand": 24, "kenmerk": 18,
}  # fmt: skip
MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 (what a workbook says of when it was made, as the format has it: without a zone)
Piece = tuple[str, str]  # text, and what became of it: "" nothing, "-" it went, "+" it came


def remarks_workbook(
    verdicts: Sequence[tuple[Verdict, Sequence[Piece], str]],
    words: Mapping[str, Any],
    chosen: Mapping[str, str],
    *,
    choosing: bool = True,
) -> bytes:
    """The workbook of verdicts, each with the pieces of its new text and what became of its notes.

    `chosen` has what was filled in before, by ident. A workbook to send (`choosing` is false) has no columns to fill in.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = words["blad"]
    names = [name for name in words["kolommen"] if choosing or name not in {"overnemen", "kenmerk", "bestand"}]
    header(sheet, [words["kolommen"][name] for name in names])
    for number, (verdict, pieces, notes) in enumerate(verdicts, 2):
        values = _values(verdict, notes, words) | {"overnemen": chosen.get(verdict.ident, "")}
        values["nieuw"] = "".join(text for text, _ in pieces)
        sheet.row_dimensions[number].height = _height((values[name], WIDTHS[name]) for name in names)
        for column, name in enumerate(names, 1):
            cell = sheet.cell(number, column)
            _say(cell, _rich(pieces) if name == "nieuw" else values[name])
            cell.font, cell.alignment, cell.border = PLAIN, WRAPPED, LINE
    _set(sheet, names, len(verdicts) + 1)
    if choosing:
        _dropdown(sheet, names, words, [verdict.why == "" for verdict, *_ in verdicts])
    return _bytes(book)


def _values(verdict: Verdict, notes: str, words: Mapping[str, Any]) -> dict[str, str]:
    source, said = verdict.source, cast("Mapping[str, str]", words["soorten"])
    remark = words["antwoord"].format(op=verdict.answers) + "\n" + verdict.remark if verdict.answers else verdict.remark
    moments = [author.moment for author in verdict.authors if author.moment]
    return {
        "soort": said[verdict.sort],
        "ministerie": (source.ministerie if source else None) or "",
        "nr": (source.nr if source else None) or "",
        "plaats": verdict.place,
        "cel": verdict.cell,
        "oud": verdict.old,
        "noten": notes,
        "opmerking": remark,
        "woorden": verdict.words[:SHOWN],
        "beoordelaar": ", ".join(author.name for author in verdict.authors),
        "datum": max(moments, default="").replace("T", " ")[:16],
        "strijdig": ", ".join(verdict.conflicts),
        "plaatsbaar": words["redenen"][verdict.why] if verdict.why else words["kan"],
        "bestand": verdict.file,
        "kenmerk": verdict.ident,
    }


def _rich(pieces: Iterable[Piece]) -> CellRichText | str:
    """The new text: what went red and struck through, what came green and underlined."""
    look = {
        "-": InlineFont(rFont=FONT, sz=SIZE, strike=True, color=RED),
        "+": InlineFont(rFont=FONT, sz=SIZE, u="single", color=GREEN),
        "": InlineFont(rFont=FONT, sz=SIZE),
    }
    blocks = [TextBlock(look[kind], text) for text, kind in pieces if text]
    return CellRichText(*blocks) if blocks else ""


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """The height of a row in points, by texts and the widths of their columns: not every program finds it by itself."""
    lines = (sum(1 + len(line) // width for line in text.split("\n")) for text, width in cells)
    return min(HIGHEST, LINE_HEIGHT * max(lines) + 3)


def _say(cell: Any, value: CellRichText | str) -> None:
    """Puts text into a cell, also where it begins as a formula does."""
    if isinstance(value, str):
        cell.value = value[:LONGEST] or None
        cell.data_type = "s" if value else "n"
        cell.quotePrefix = True
    else:
        cell.value = value


def _set(sheet: Any, names: Sequence[str], last: int) -> None:
    landscape(sheet)
    for column, name in enumerate(names, 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = WIDTHS[name]
    sheet.auto_filter.ref = f"A1:{sheet.cell(1, len(names)).column_letter}{last}"


def _dropdown(sheet: Any, names: Sequence[str], words: Mapping[str, Any], open_: Sequence[bool]) -> None:
    """The column in which is chosen what is taken over, coloured where something can be; what only the program needs is hidden."""
    letter = sheet.cell(1, names.index("overnemen") + 1).column_letter
    choice = DataValidation("list", formula1=f'"{",".join(words["keuzes"])}"', allow_blank=True, showErrorMessage=True)
    for number, possible in enumerate(open_, 2):
        if possible:
            sheet[f"{letter}{number}"].fill = CHOICE
            choice.add(f"{letter}{number}")
    if choice.sqref:
        sheet.add_data_validation(choice)
    for name in ("bestand", "kenmerk"):
        sheet.column_dimensions[sheet.cell(1, names.index(name) + 1).column_letter].hidden = True


def _bytes(book: Workbook) -> bytes:
    book.properties.created = book.properties.modified = MOMENT
    book.properties.creator = ""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        ExcelWriter(book, archive).save()
    return write(read(out.getvalue()), 0)
