"""How the workbooks that we make look: fonts, lines, headers, print set-up. Changes openpyxl's sheets in place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

BLUE = "FF154273"
FONT, SIZE = "Calibri", 11
PLAIN, BOLD = Font(name=FONT, size=SIZE), Font(name=FONT, size=SIZE, bold=True)
HEAD = Font(name=FONT, size=SIZE, bold=True, color="FFFFFFFF")
LINE = Border(bottom=Side("thin", "FFBFBFBF"))
TOP = Alignment(vertical="top")
WRAPPED = Alignment(vertical="top", wrap_text=True)
DATE = "dd-mm-yyyy"


def header(sheet: Any, names: Iterable[str]) -> None:
    """The first row: names in white on blue, frozen."""
    sheet.append(list(names))
    for cell in sheet[1]:
        cell.font, cell.alignment = HEAD, TOP
        cell.fill = PatternFill("solid", start_color=BLUE, end_color=BLUE)
    sheet.freeze_panes = "A2"


def landscape(sheet: Any) -> None:
    """Prints on pages across, as wide as the sheet, with the header on each."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
