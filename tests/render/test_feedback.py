"""A ministry's own workbook back: what is marked, what stays as it was, and what a second round makes of it."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from flows.catalogue import ROOT, sayings
from flows.gather.raw import open_workbook
from flows.model.delivery import Delivery, Origin, Workbook
from flows.model.finding import Finding, Regel, Regels, Severity
from flows.model.ours import SIGN
from flows.model.quarter import Kwartaal
from flows.render.feedback import Unmarkable, feedback, names
from flows.render.notes_on_cells import BLOCKING, WARNING
from flows.render.ooxml import read, write
from tests.render.packages import assert_sound

pytestmark = pytest.mark.filterwarnings("ignore:Unknown extension")  # what openpyxl says of a dropdown that it drops
WORDS = sayings("terugkoppeling")
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
EXTENSION = (
    f'<extLst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ext uri="{{CCE6A557}}" xmlns:x14="{X14}">'
    '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list">'
    "<x14:formula1><xm:f>Lijst!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>B2:B9</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)


def found(
    cell: str | None = "C2",
    message: str = "Leeg.",
    *,
    blocking: bool = True,
    sheet: str | None = "Voortgang",
    row: int | None = None,
) -> Finding:
    column, number = (cell[0], int(cell[1:])) if cell else (None, row)
    severity = Severity.BLOKKEREND if blocking else Severity.WAARSCHUWING
    return Finding("regel", severity, message, "Vul in.", Origin("SZW.xlsx", sheet, number, column), "SZW")


@pytest.fixture(scope="module")
def delivered() -> bytes:
    """A workbook with all that a ministry puts in one: dropdowns of both kinds, a chart, a comment, merged cells, colours, a print area."""
    book = openpyxl.Workbook()
    cover, sheet = book.active, book.create_sheet("Voortgang")
    cover.title = "Voorblad"
    cover.append(["Veld", "Waarde"])
    for row in (["Nr", "Status", "Stand"], ["SZW-01", "Loopt", None], ["SZW-02", "=1+1", 7], ["SZW-03", "x", 8]):
        sheet.append(row)
    sheet["B3"].fill = PatternFill("solid", start_color="FF00FF00", end_color="FF00FF00")
    sheet["B3"].comment = Comment("Nagaan bij de directie\ntweede regel", "J. de Tester")
    sheet["A3"].comment = Comment("Oud nummer", "J. de Tester")
    sheet.merge_cells("C3:C4")
    validation = DataValidation(type="list", formula1='"Loopt,Klaar"', sqref="B2:B9")
    sheet.add_data_validation(validation)
    sheet.conditional_formatting.add(
        "B2:B4", openpyxl.formatting.rule.FormulaRule(formula=["B2=1"], fill=PatternFill("solid", end_color="FF0000FF"))
    )
    sheet.print_title_rows = "1:1"
    sheet.column_dimensions["C"].width = 61
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=4))
    sheet.add_chart(chart, "F2")
    book.create_sheet("Lijst").append(["Loopt"])
    book.active = 1
    saved = io.BytesIO()
    book.save(saved)
    parts = read(saved.getvalue())
    root = etree.fromstring(parts["xl/worksheets/sheet2.xml"])
    root.append(etree.fromstring(EXTENSION))
    return write(parts | {"xl/worksheets/sheet2.xml": etree.tostring(root)}, 0)


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def said(data: bytes, cell: str) -> str | None:
    comment = opened(data)["Voortgang"][cell].comment
    return comment.text if comment else None


def colours(data: bytes) -> dict[str, str]:
    """The colour of each marked cell."""
    rules = opened(data)["Voortgang"].conditional_formatting
    ours = [(area, rule) for area in rules for rule in area.rules if rule.formula == ['"voortgang"<>""']]
    return {cell: rule.dxf.fill.bgColor.rgb for area, rule in ours for cell in str(area.sqref).split()}


def test_cells_are_coloured_and_commented_by_severity_one_that_is_empty_too(delivered: bytes) -> None:
    marked = feedback(delivered, "SZW.xlsx", [found("C2"), found("B2", "Raar.", blocking=False), found("Z9")], WORDS)
    assert_sound(marked)
    assert colours(marked) == {"C2": BLOCKING, "Z9": BLOCKING, "B2": WARNING}
    assert said(marked, "B2") == f"{SIGN}(waarschuwing) Raar. Vul in."
    assert opened(marked)["Voortgang"]["Z9"].comment.author == "Voortgang"


def test_everything_else_stays_as_it_was(delivered: bytes) -> None:
    marked = feedback(delivered, "SZW.xlsx", [found("C2")], WORDS)
    before, after = read(delivered), read(marked)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml",
        "xl/worksheets/sheet2.xml", "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml"}  # fmt: skip
    assert b"x14:dataValidation " in after["xl/worksheets/sheet2.xml"]
    sheet, original = opened(marked)["Voortgang"], opened(delivered)["Voortgang"]
    assert [[cell.value for cell in row] for row in sheet] == [[cell.value for cell in row] for row in original]
    assert sheet["B3"].fill.start_color.rgb == original["B3"].fill.start_color.rgb == "FF00FF00"
    assert (sheet.print_title_rows, sheet.column_dimensions["C"].width) == ("$1:$1", 61)


def test_several_findings_on_a_cell_share_a_comment_and_that_of_the_ministry_stays_above_them(delivered: bytes) -> None:
    marked = feedback(delivered, "SZW.xlsx", [found("B3", "Eén."), found("B3", "Twee.", blocking=False)], WORDS)
    assert_sound(marked)
    theirs = "Nagaan bij de directie\ntweede regel"
    assert said(marked, "B3") == f"{theirs}\n{SIGN}(blokkerend) Eén. Vul in.\n{SIGN}(waarschuwing) Twee. Vul in."
    assert opened(marked)["Voortgang"]["B3"].comment.author == "J. de Tester"
    assert colours(marked) == {"B3": BLOCKING}
    assert said(feedback(marked, "SZW.xlsx", [], WORDS), "B3") == theirs


def test_a_second_round_replaces_the_marks_of_the_first(delivered: bytes) -> None:
    every = [found("C2"), found("B3"), found("A1", blocking=False)]
    first = feedback(delivered, "SZW.xlsx", every, WORDS)
    assert feedback(first, "SZW.xlsx", every, WORDS) == first
    second = feedback(first, "SZW.xlsx", [found("C2")], WORDS)
    assert_sound(second)
    assert colours(second) == {"C2": BLOCKING}
    assert (said(second, "A1"), said(second, "A3")) == (None, "Oud nummer")
    assert opened(second).sheetnames == ["Bevindingen", "Voorblad", "Voortgang", "Lijst"]


def test_what_was_put_right_leaves_no_trace_in_the_sheet(delivered: bytes) -> None:
    clean = feedback(feedback(delivered, "SZW.xlsx", [found("C2"), found("B3")], WORDS), "SZW.xlsx", [], WORDS)
    assert_sound(clean)
    assert colours(clean) == {}
    bare = [found("A1", sheet="Voorblad")]
    again = feedback(feedback(delivered, "SZW.xlsx", bare, WORDS), "SZW.xlsx", [], WORDS)
    assert_sound(again)
    assert not [name for name in read(again) if name not in read(delivered) and "bevindingen" not in name]


def test_handed_in_again_it_reads_as_before(delivered: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(delivered)
    (tmp_path / "b.xlsx").write_bytes(feedback(delivered, "SZW.xlsx", [found("C2"), found("B3")], WORDS))
    before, after = open_workbook(tmp_path / "a.xlsx"), open_workbook(tmp_path / "b.xlsx")
    assert (after.sheets, after.hidden, after.private) == (before.sheets, before.hidden, before.private)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_saved_by_another_program_it_is_still_known(delivered: bytes, tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").write_bytes(feedback(delivered, "SZW.xlsx", [found("C2"), found("B3")], WORDS))
    office = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/office",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*office, "--outdir", tmp_path / "out", tmp_path / "b.xlsx"], check=True, capture_output=True)
    saved = (tmp_path / "out" / "b.xlsx").read_bytes()
    assert [sheet.title for sheet in open_workbook(tmp_path / "out" / "b.xlsx").sheets] == [
        "Voorblad",
        "Voortgang",
        "Lijst",
    ]
    again = feedback(saved, "SZW.xlsx", [found("A1")], WORDS)
    assert_sound(again)
    assert colours(again) == {"A1": BLOCKING}
    assert (said(again, "C2"), said(again, "B3")) == (None, "Nagaan bij de directie\ntweede regel")
    assert opened(again).sheetnames == ["Bevindingen", "Voorblad", "Voortgang", "Lijst"]


def test_the_first_sheet_lists_what_was_found_with_a_link_to_each_cell(delivered: bytes) -> None:
    every = [
        found("B3", blocking=False),
        found("C2"),
        found(None, "Blad ontbreekt.", sheet=None),
        found(None, "Rij weg.", row=4),
    ]
    book = opened(feedback(delivered, "SZW.xlsx", every, WORDS))
    sheet = book["Bevindingen"]
    assert book.active.title == "Bevindingen"
    assert "SZW.xlsx gevonden: 3 blokkerend, 1 waarschuwing" in sheet["A2"].value
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)] == [
        ["Ernst", "Blad", "Cel", "Wat er is", "Wat te doen"],
        ["blokkerend", "hele bestand", "", "Blad ontbreekt.", "Vul in."],
        ["blokkerend", "Voortgang", "C2", "Leeg.", "Vul in."],
        ["blokkerend", "Voortgang", "rij 4", "Rij weg.", "Vul in."],
        ["waarschuwing", "Voortgang", "B3", "Leeg.", "Vul in."],
    ]
    assert [cell.hyperlink and cell.hyperlink.location for (cell,) in sheet["C7:C10"]] == [
        None, "'Voortgang'!C2", "'Voortgang'!A4", "'Voortgang'!B3"]  # fmt: skip
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("A7", "$6:$6", "landscape")


def test_a_clean_workbook_says_so(delivered: bytes) -> None:
    marked = feedback(delivered, "SZW.xlsx", [], WORDS)
    assert_sound(marked)
    assert opened(marked)["Bevindingen"]["A2"].value == "In SZW.xlsx is niets gevonden. U hoeft niets te doen."


def test_words_that_look_like_something_else_stay_words(delivered: bytes) -> None:
    wild = '=HYPERLINK("http://x") _x0041_ <b>&amp;\x0b\ud800 ë'
    marked = feedback(delivered, "=A&B.xlsx", [found("C2", wild)], WORDS)
    assert_sound(marked)
    cell = opened(marked)["Bevindingen"]["D7"]
    assert (cell.data_type, cell.quotePrefix) == ("inlineStr", True) or cell.data_type == "s"
    assert cell.value.startswith("=HYPERLINK")
    assert "<b>&amp;" in (said(marked, "C2") or "")


def test_a_merged_cell_is_marked_at_its_first_and_a_sheet_of_theirs_keeps_its_name(delivered: bytes) -> None:
    book = opened(delivered)
    book.create_sheet("bevindingen")["A1"] = "van ons"
    book.create_chartsheet("Bevindingen (2)").add_chart(BarChart())
    saved = io.BytesIO()
    book.save(saved)
    marked = feedback(saved.getvalue(), "SZW.xlsx", [found("C4")], WORDS)
    assert_sound(marked)
    assert list(colours(marked)) == ["C3"]
    assert opened(marked).sheetnames == [
        "Bevindingen (3)", "Voorblad", "Voortgang", "Lijst", "bevindingen", "Bevindingen (2)"]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xd0\xcf\x11\xe0",
        b"PK\x03\x04 damaged",
        write({"[Content_Types].xml": b"<a/>", "_rels/.rels": b"<a/>"}, 0),
    ],
)
def test_what_is_no_workbook_cannot_be_marked(data: bytes) -> None:
    with pytest.raises(Unmarkable):
        feedback(data, "SZW.xlsx", [], WORDS)


def test_the_sender_reads_nothing_of_another_file() -> None:
    rule = Regel(Severity.WAARSCHUWING, "{bestand} en {eerder_bestand}: {eerder}", "Zoek op.", "{bestand} en een ander")
    regels = Regels({"stuk": rule})
    other = regels.finding("stuk", Origin("SZW.xlsx"), eerder_bestand="OCW.xlsx", eerder="geheim")
    own = regels.finding("stuk", Origin("SZW.xlsx"), eerder_bestand="SZW.xlsx", eerder="geheim")
    assert (other.to_sender, own.to_sender) == ("SZW.xlsx en een ander", "SZW.xlsx en SZW.xlsx: geheim")


def test_no_two_copies_have_the_same_name() -> None:
    def of(file: str, ministerie: str = "SZW", part: str = "") -> Delivery:
        return Delivery(Workbook(file, "", {}), ministerie, Kwartaal(2026, 3), onderdeel=part)

    assert names([of("a.xlsx"), of("b.xlsm", "OCW"), of("c.ods", "VWS")]) == {
        "a.xlsx": "SZW.xlsx", "b.xlsm": "OCW.xlsm", "c.ods": "VWS.xlsx"}  # fmt: skip
    several = [
        of("a.xlsx", part="Directie A/B"),
        of("b.xlsx"),
        of("c 1.xlsx", part="X"),
        of("c_1.xlsx", part="x"),
        of("c-1.xlsx", part="x"),
    ]
    assert list(names(several).values()) == [
        "SZW-Directie-A-B.xlsx", "SZW-b.xlsx", "SZW-c-1.xlsx", "SZW-c_1.xlsx", "SZW-c-1-2.xlsx"]  # fmt: skip


@pytest.mark.parametrize("path", sorted((ROOT / "inputs" / "2026-Q3").glob("[!r~]*.xlsx")), ids=lambda path: path.name)
def test_every_delivery_of_the_example_comes_back_sound(path: Path, tmp_path: Path) -> None:
    every = [found(f"{column}{row}", blocking=row % 2 == 0) for column in "ACDK" for row in range(1, 30, 3)]
    marked = feedback(path.read_bytes(), path.name, every, WORDS)
    assert_sound(marked)
    assert feedback(marked, path.name, every, WORDS) == marked
    (tmp_path / path.name).write_bytes(marked)
    before, after = open_workbook(path), open_workbook(tmp_path / path.name)
    assert (after.sheets, after.hidden, after.private) == (before.sheets, before.hidden, before.private)
