"""The cells of a fill-in workbook: what was delivered or printed, to values and styles of openpyxl. Text is written as text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Protection

from flows.model.contract import Column, Inhoud, Uitvraag
from flows.model.delivery import Cell, Run
from flows.render.sheets import DATE, FONT, SIZE, WRAPPED

FREE = Protection(locked=False)
LONGEST = 32_767  # letters in a cell
TEXT, EUROS, CENTS = "@", "[$€-413] #,##0;[$€-413] -#,##0", "[$€-413] #,##0.00;[$€-413] -#,##0.00"
_FORMATS = {Inhoud.DATUM: DATE, Inhoud.BEDRAG: EUROS, Inhoud.GETAL: "General"}
_WIDTHS = {
    Inhoud.PROZA: 34,
    Inhoud.NUMMER: 10,
    Inhoud.DATUM: 12,
    Inhoud.GETAL: 10,
    Inhoud.BEDRAG: 16,
    Inhoud.CODES: 12,
    Inhoud.KEUZE: 16,
    Inhoud.PERIODE: 16,
}
_BROAD = {"stand_van_zaken": 64}
_LINE, _HIGHEST = 15, 405  # points a line, and the most that a row can be
_ROOM, _RAGGED = 1.15, 4  # letters in a unit of a column's width, and those that a line's last word leaves free

Content = str | float | date | tuple[Run, ...]


def carried(cell: Cell | None, column: Column) -> Content:
    """What a cell of a row that is still open holds in the new workbook: what was chosen or counted, else the words as typed."""
    if cell is None or column.uitvraag is Uitvraag.LEEG:
        return ""
    meaning = cell.meaning
    match column.inhoud:
        case Inhoud.GETAL if _percentage(cell):
            return cell.value  # type: ignore[return-value]
        case Inhoud.KEUZE | Inhoud.ONDERWERP if isinstance(meaning, str):
            return meaning
        case Inhoud.GETAL | Inhoud.BEDRAG if isinstance(meaning, float):
            return meaning
        case Inhoud.DATUM if isinstance(meaning, date):
            return meaning
        case Inhoud.PROZA | Inhoud.TEKST if any(run.bold or run.italic for run in cell.runs):
            return cell.runs
        case _:
            return cell.text


def text_of(content: Content) -> str:
    """The letters of a content, as the spreadsheet joins them."""
    if isinstance(content, tuple):
        return "".join(run.text for run in content)
    return f"{content:.15g}" if isinstance(content, float) else str(content)


def put(cell: Any, content: Content) -> None:
    """Writes a content; text stays text, also where it looks like a formula or an error."""
    if isinstance(content, tuple):
        cell.value = CellRichText(*(_block(run) for run in content))
    elif content != "":
        cell.value = content
        if isinstance(content, str):
            cell.data_type = "s"
        elif cell.number_format == EUROS and isinstance(content, float) and not content.is_integer():
            cell.number_format = CENTS


def _block(run: Run) -> TextBlock:
    font = InlineFont(rFont=FONT, sz=SIZE, b=run.bold or None, i=run.italic or None)
    return TextBlock(font, run.text)


def _percentage(cell: Cell) -> str:
    """The number format of a share that was typed as a number; empty for anything else."""
    shown = cell.meaning if isinstance(cell.meaning, str) and not isinstance(cell.value, str) else ""
    decimals = len(shown.rstrip("%").partition(",")[2])
    return f"0{'.' if decimals else ''}{'0' * decimals}%" if shown.endswith("%") else ""


def dress(target: Any, column: Column, source: Cell | None = None, *, left: bool = False) -> None:
    """Gives a cell, or all of a column, the style of what it holds."""
    share = _percentage(source) if source and column.inhoud is Inhoud.GETAL else ""
    target.number_format = share or _FORMATS.get(column.inhoud, TEXT)
    target.alignment = Alignment(vertical="top", wrap_text=True, horizontal="left") if left else WRAPPED
    target.protection = FREE


def width(column: Column) -> int:
    """How wide a column is, in letters."""
    return max(_BROAD.get(column.field) or _WIDTHS.get(column.inhoud, 22), len(column.header) + 4)


def height(texts: Iterable[tuple[str, float]]) -> int:
    """How high a row is in which these texts stand, each in a column of that width: none of them is cut off."""
    lines = (sum(1 + int(len(line) / (room * _ROOM - _RAGGED)) for line in text.split("\n")) for text, room in texts)
    return min(_LINE * max(lines, default=1), _HIGHEST)
