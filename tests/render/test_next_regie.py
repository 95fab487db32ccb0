"""What becomes of a steering workbook in a new quarter, cell by cell: the bytes of the old one in, those of the new one out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from flows.model.contract import Nieuw
from flows.model.quarter import Kwartaal
from flows.render.marks import AUTHOR, DATED, FILL_IN, LOOK_AT, SIGN
from flows.render.next_regie import NewRegie, Target, names_of, next_regie

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # the rim silences openpyxl
OLD, NEW = Kwartaal(2026, 3), Kwartaal(2026, 4)
WORDS = {
    "leeg": "Vul in voor {nieuw}.",
    "nagaan": "Ga na.",
    "gedateerd": "Pas aan.",
    "stond": "Er stond {waarde}.",
    "noemt": "Noemt {woorden}.",
}
DATE = Target("Brief", "B2", "Datum", "Brief.datum", Nieuw.LEEG, "25 september 2026")
OPENING = Target("Brief", "B3", "Inleiding", "Brief.inleiding", Nieuw.NAGAAN, "Deze brief.")
BOTH = (DATE, OPENING)


def nothing(sheet: Worksheet) -> None:
    """The sheet as it is."""


def book(edit: Callable[[Worksheet], None] = nothing) -> bytes:
    """A sheet Brief with a date and an opening, changed by `edit`."""
    made = Workbook()
    sheet = made.active
    sheet.title = "Brief"
    for row in (("Veld", "Waarde"), ("Datum", datetime(2026, 9, 25)), ("Inleiding", "Deze brief.")):
        sheet.append(row)
    sheet["B2"].number_format = "d mmmm yyyy"
    edit(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sheet_of(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data), rich_text=True)["Brief"]


def renewed(edit: Callable[[Worksheet], None] = nothing, targets: tuple[Target, ...] = BOTH) -> Any:
    return sheet_of(next_regie(book(edit), targets, OLD, NEW, WORDS).data)


def fill(cell: Any) -> str | None:
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


def test_a_cell_to_fill_in_is_emptied_coloured_and_says_what_stood_there() -> None:
    cell = renewed()["B2"]
    assert (cell.value, fill(cell), cell.number_format) == (None, FILL_IN, "d mmmm yyyy")
    assert cell.comment.text == "[voortgang] Vul in voor 2026-Q4. Er stond 25 september 2026."
    assert cell.comment.author == AUTHOR


def test_a_cell_to_check_keeps_its_value_and_is_coloured() -> None:
    cell = renewed()["B3"]
    assert (cell.value, fill(cell), cell.comment.text) == ("Deze brief.", LOOK_AT, "[voortgang] Ga na.")


def test_a_cell_to_check_that_names_the_last_quarter_says_which_words() -> None:
    target = Target(
        "Brief", "B3", "Inleiding", "Brief.inleiding", Nieuw.NAGAAN, "In het derde kwartaal van 2026 en op 3 juli."
    )
    made = next_regie(book(), [target], OLD, NEW, WORDS)
    cell = sheet_of(made.data)["B3"]
    assert (fill(cell), cell.comment.text) == (DATED, f"{SIGN}Noemt ‘derde kwartaal van 2026’, ‘3 juli’. Ga na.")
    assert made.dated == (("Brief", "B3", "‘derde kwartaal van 2026’, ‘3 juli’"),)
    assert made.to_check == (("Brief", "B3", "Inleiding"),)


@pytest.mark.parametrize(
    ("text", "marked"), [("Voortgang Agenda", False), ("Voortgang Agenda 2026", True), ("", False)]
)
def test_a_dated_text_is_marked_only_where_it_names_the_last_quarter(text: str, marked: bool) -> None:
    cell = renewed(targets=(Target("Brief", "B3", "Titel", "Brief.titel", Nieuw.GEDATEERD, text),))["B3"]
    assert (fill(cell) == DATED, bool(cell.comment)) == (marked, marked)


def test_the_field_for_the_quarter_holds_the_new_one_without_a_mark() -> None:
    cell = renewed(targets=(Target("Brief", "B3", "Kwartaal", "Brief.kwartaal", Nieuw.KWARTAAL, "2026-Q3"),))["B3"]
    assert (cell.value, fill(cell), cell.comment) == ("2026-Q4", None, None)


def test_a_cell_to_clear_is_emptied_without_a_mark_and_told_apart() -> None:
    target = Target("Brief", "B3", "Wat", "Akkoord.wat", Nieuw.WEG, "SZW")
    made = next_regie(book(), [target, Target("Brief", "B9", "Wat", "Akkoord.wat", Nieuw.WEG)], OLD, NEW, WORDS)
    cell = sheet_of(made.data)["B3"]
    assert (cell.value, fill(cell), cell.comment) == (None, None, None)
    assert (made.emptied, made.cleared) == ((), (("Brief", "B3", "Wat"),))


def test_a_field_with_a_sentence_of_its_own_gets_that() -> None:
    made = next_regie(
        book(), [OPENING], OLD, NEW, WORDS | {"Brief.inleiding": "Werk bij voor {nieuw}; {oud} is voorbij."}
    )
    assert sheet_of(made.data)["B3"].comment.text == "[voortgang] Werk bij voor 2026-Q4; 2026-Q3 is voorbij."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("derde kwartaal 2026", ("derde kwartaal 2026",)),
        ("Derde kwartaal en 3e kwartaal", ("Derde kwartaal", "3e kwartaal")),
        ("Q3 2026, 2026-Q3 en Q3", ("Q3 2026", "2026-Q3", "Q3")),
        ("op 11 september 2026, in juni, in december 2026", ("11 september 2026", "juni", "december 2026")),
        ("per 25-09-2026 in heel 2026.", ("25-09-2026", "2026")),
        ("vergaderjaar 2025-2026, 2026-0000214783, 2025/26, 12026", ()),
        ("Wet inburgering 2021, eerste kwartaal 2027, maart 2025, 1 januari 2021", ()),
        ("N. Mei en Augustus", ()),
    ],
)  # fmt: skip
def test_the_words_that_name_a_quarter_are_found(text: str, names: tuple[str, ...]) -> None:
    assert names_of(text, OLD) == names


def test_a_comment_of_someone_else_stays_above_ours() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["B3"].comment = Comment("Afgestemd met FEZ.\nGraag zo laten.", "S. Meerdink")

    comment = renewed(edit)["B3"].comment
    assert (comment.text, comment.author) == ("Afgestemd met FEZ.\nGraag zo laten.\n[voortgang] Ga na.", "S. Meerdink")


def test_the_marks_of_an_earlier_quarter_do_not_pile_up() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["B3"].comment = Comment("Graag zo laten.", "S. Meerdink")

    once = next_regie(book(edit), BOTH, OLD, NEW, WORDS).data
    twice = sheet_of(next_regie(once, BOTH, NEW, Kwartaal(2027, 1), WORDS).data)
    assert twice["B3"].comment.text == "Graag zo laten.\n[voortgang] Ga na."
    assert twice["B2"].comment.text == "[voortgang] Vul in voor 2027-Q1. Er stond 25 september 2026."


def test_marks_that_are_no_longer_due_vanish_whoever_the_program_says_wrote_them() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["B2"].fill = PatternFill("solid", start_color=f"00{FILL_IN[2:]}")
        sheet["B2"].comment = Comment(f"{SIGN}Vul in.", "Unknown Author")
        sheet["A3"].fill = PatternFill("solid", start_color=LOOK_AT)
        sheet["A3"].comment = Comment(f"{SIGN}Ga na.\nGedaan, SM", AUTHOR)

    sheet = renewed(edit, ())
    assert (fill(sheet["B2"]), sheet["B2"].comment) == (None, None)
    assert (fill(sheet["A3"]), sheet["A3"].comment.text) == (None, "Gedaan, SM")


def test_a_colour_of_the_coordinators_own_stays() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["A3"].fill = PatternFill("solid", start_color="FFFFFF00")

    assert fill(renewed(edit)["A3"]) == "FFFFFF00"


def test_everything_else_in_the_workbook_stays() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["B3"] = CellRichText(
            "Deze ", TextBlock(InlineFont(b=True), "brief "), TextBlock(InlineFont(i=True), " nu"), "."
        )
        sheet["C2"], sheet["C3"] = "=1+1", "=SUM(C2:C2)"
        sheet["A3"].font = Font(bold=True, name="Verdana")
        sheet["A1"].hyperlink = "https://example.org/"
        sheet.freeze_panes, sheet.column_dimensions["B"].width, sheet.row_dimensions[3].height = "B2", 77, 44
        sheet.row_dimensions[4].hidden = sheet.column_dimensions["D"].hidden = True
        sheet.merge_cells("E1:F2")
        sheet.auto_filter.ref, sheet.print_title_rows, sheet.page_setup.orientation = "A1:B3", "1:1", "landscape"
        sheet.add_data_validation(DataValidation("list", formula1='"a,b"', sqref="B9"))
        sheet.oddFooter.center.text = "Vertrouwelijk"
        sheet.protection.sheet = True
        other = sheet.parent.create_sheet("Kladblok")
        other["A1"], other.sheet_state = "x", "veryHidden"
        sheet.parent.defined_names["Codes"] = DefinedName("Codes", attr_text="Kladblok!$A$1")

    sheet = renewed(edit)
    assert sheet["B3"].value == CellRichText(
        "Deze ", TextBlock(InlineFont(b=True), "brief "), TextBlock(InlineFont(i=True), " nu"), "."
    )
    assert (sheet["C2"].value, sheet["C3"].value) == ("=1+1", "=SUM(C2:C2)")
    assert (sheet["A3"].font.name, sheet["A3"].font.bold, sheet["A1"].hyperlink.target) == (
        "Verdana",
        True,
        "https://example.org/",
    )
    assert (sheet.freeze_panes, sheet.column_dimensions["B"].width, sheet.row_dimensions[3].height) == ("B2", 77, 44)
    assert sheet.row_dimensions[4].hidden and sheet.column_dimensions["D"].hidden
    assert [str(area) for area in sheet.merged_cells.ranges] == ["E1:F2"]
    assert (sheet.auto_filter.ref, sheet.print_title_rows, sheet.page_setup.orientation) == (
        "A1:B3",
        "$1:$1",
        "landscape",
    )
    assert [(str(found.sqref), found.formula1) for found in sheet.data_validations.dataValidation] == [("B9", '"a,b"')]
    assert (sheet.oddFooter.center.text, sheet.protection.sheet) == ("Vertrouwelijk", True)
    assert sheet.parent["Kladblok"].sheet_state == "veryHidden"
    assert sheet.parent.defined_names["Codes"].attr_text == "Kladblok!$A$1"


def test_of_cells_merged_downwards_the_first_is_done_once() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.merge_cells("B2:B3")

    targets = (DATE, Target("Brief", "B3", "Datum", "Brief.datum", Nieuw.LEEG, "25 september 2026"))
    made = next_regie(book(edit), targets, OLD, NEW, WORDS)
    assert made.emptied == (("Brief", "B2", "Datum"),)
    assert sheet_of(made.data)["B2"].value is None


def test_a_row_that_is_merged_into_one_cell_is_left_alone() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.merge_cells("A3:B3")

    made = next_regie(book(edit), [Target("Brief", "B3", "Datum", "Brief.datum", Nieuw.LEEG)], OLD, NEW, WORDS)
    assert made.emptied == ()
    assert sheet_of(made.data)["A3"].value == "Inleiding"


X14 = (
    '<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="{}" allowBlank="1" showErrorMessage="1" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
    'xr:uid="{{1}}"><x14:formula1><xm:f>Lijsten!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>B9 B11</xm:sqref></x14:dataValidation>'
    "</x14:dataValidations></ext></extLst></worksheet>"
)


def with_parts(data: bytes, sheet_end: str = "", parts: tuple[tuple[str, str], ...] = ()) -> bytes:
    """The workbook with another end of its first sheet, and other parts, as Excel writes them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if sheet_end and name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"</worksheet>", sheet_end.encode())
            new.writestr(name, text)
        for name, text in parts:
            new.writestr(name, text)
    return out.getvalue()


def of(data: bytes) -> NewRegie:
    return next_regie(data, BOTH, OLD, NEW, WORDS)


def test_dropdowns_that_excel_keeps_in_an_extension_become_ordinary_ones() -> None:
    made = of(with_parts(book(), X14.format("list")))
    (found,) = sheet_of(made.data).data_validations.dataValidation
    assert (found.type, found.formula1, str(found.sqref)) == ("list", "Lijsten!$A$1:$A$3", "B9 B11")
    assert made.lost == ()


def test_a_dropdown_that_cannot_be_taken_over_is_told() -> None:
    assert of(with_parts(book(), X14.format("unheard-of"))).lost == ("keuzelijsten",)


def test_text_boxes_and_conversations_that_get_lost_are_told() -> None:
    parts = (("xl/threadedComments/threadedComment1.xml", "<x/>"), ("xl/drawings/drawing7.xml", "<xdr:sp macro=''/>"))
    assert of(with_parts(book(), parts=parts)).lost == ("gesprekken", "tekstvakken")
