"""What real files do: each case a cell, a row or a sheet as people and programs leave them, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from flows.model.delivery import Run
from flows.model.quarter import Periode
from tests.gather.quarters import edited, gather, rows, rules
from tests.workbooks import HEADERS, delivery, measure, repacked, row

Edit = Callable[[Any], None]


def meaning(folder: Path, sheet: str, field: str, value: object, number_format: str = "General") -> object:
    """What a value means in a cell with that format, read from a file."""
    column = {"gereed": "Gereed", "bedrag": "Bedrag", "datum": "Datum", "status": "Status"}[field]
    given = {column: value} if sheet == "Voortgang" else {}
    other = {} if given else {sheet: [row(sheet, Nr="T-1", **{column: value})]}
    letter = "ABCDEFGHIJKL"[HEADERS[sheet].index(column)]
    path = delivery(folder / "a.xlsx", [measure(**given)], **other)
    edited(path, lambda book: setattr(book[sheet][f"{letter}2"], "number_format", number_format))
    (found,) = rows(gather(folder), sheet)
    return found.meaning(field)


DAY = date(2014, 3, 1)
DAYS = [
    (datetime(2014, 3, 1), "dd-mm-yyyy"),
    (datetime(2014, 3, 1, 14, 30), "d mmmm yyyy"),
    (41699, "General"),
    (41699, '"per "dd/mm/yy'),
    (41699.75, "General"),
    ("41699", "@"),
    ("1 maart 2014", "@"),
    ("zaterdag 1 maart 2014", "@"),
    ("1 mrt. 2014", "@"),
    ("01-03-2014", "@"),
    ("1/3/2014", "@"),
    ("2014-03-01", "@"),
    ("2014-03-01 00:00:00", "@"),
    ("  1\u00a0maart\u00a02014 ", "@"),
]


@pytest.mark.parametrize(("value", "number_format"), DAYS)
def test_a_day_in_all_its_forms(tmp_path: Path, value: object, number_format: str) -> None:
    found = meaning(tmp_path, "Toezeggingen", "datum", value, number_format)
    assert isinstance(found, date) and (found.year, found.month, found.day) == (2014, 3, 1)


@pytest.mark.parametrize(("value", "number_format"), DAYS)
def test_a_day_is_a_period_too(tmp_path: Path, value: object, number_format: str) -> None:
    found = meaning(tmp_path, "Voortgang", "gereed", value, number_format)
    assert isinstance(found, Periode) and found.laatste_dag == DAY


@pytest.mark.parametrize(
    ("value", "number_format", "last_day"),
    [
        (datetime(2014, 3, 1), "dd-mm-yyyy", DAY),
        (datetime(2014, 3, 1), "mmm-yy", date(2014, 3, 31)),
        (40237, "General", DAY),
        (2014, "General", date(2014, 12, 31)),
        (2014, "dd-mm-yyyy", date(2014, 12, 31)),
    ],
)
def test_a_workbook_may_count_its_days_from_1904(
    tmp_path: Path, value: object, number_format: str, last_day: date
) -> None:
    def edit(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904
        book["Voortgang"]["G2"] = value
        book["Voortgang"]["G2"].number_format = number_format

    edited(delivery(tmp_path / "a.xlsx", [measure()]), edit)
    (found,) = rows(gather(tmp_path))
    period = found.meaning("gereed")
    assert isinstance(period, Periode) and period.laatste_dag == last_day


@pytest.mark.parametrize(
    ("value", "number_format", "euros"),
    [
        (2_400_000, "#,##0", 2.4e6),
        (0.5, "General", 0.5),
        ("€ 2,4 miljoen", "@", 2.4e6),
        ("800.000 euro", "@", 8e5),
        ("20 mln", "@", 2e7),
        ("€\u00a01.250.000,-", "@", 1.25e6),
        ("EUR 3 mld.", "@", 3e9),
        ("p.m.", "@", "PM"),
        ("circa 3 miljoen", "@", None),
    ],
)
def test_amounts(tmp_path: Path, value: object, number_format: str, euros: object) -> None:
    assert meaning(tmp_path, "Middelen", "bedrag", value, number_format) == euros


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  De cursus loopt.\u00a0", "De cursus loopt."),
        ("re\u00adinte\u200bgra\ufefftie", "reintegratie"),
        ("De\u00a0cursus", "De\u00a0cursus"),
        ("regel een_x000D_\nregel twee", "regel een\nregel twee"),
        ("voor_x000B_na", "voorna"),
        ("half _xD83D_", "half _xD83D_"),
        ("een\ttab", "een tab"),
        ('‘slim’ en "recht"', '‘slim’ en "recht"'),
        ("casuĂŻstiek", "casuïstiek"),
        ("cafe\u0301", "café"),
    ],
)  # fmt: skip
def test_text_is_what_its_reader_sees(tmp_path: Path, typed: str, read: str) -> None:
    delivery(tmp_path / "a.xlsx", [measure(text=typed)])
    (found,) = rows(gather(tmp_path))
    assert found.text("stand_van_zaken").strip(" \u00a0") == read


def test_mended_letters_are_told_with_what_was_made_of_them(tmp_path: Path) -> None:
    delivery(
        tmp_path / "a.xlsx",
        [measure(text="Nog Ă©n\ncasuĂŻstiek  erbij", Intern="Ă©n"), measure("SZW-02", "geheim Ă©n")],
    )
    edited(tmp_path / "a.xlsx", lambda book: setattr(book["Voortgang"].row_dimensions[3], "hidden", True))
    (finding,) = [one for one in gather(tmp_path).findings if one.rule == "tekens-hersteld"]
    assert (finding.origin.cell, finding.nr, finding.value) == ("D2", "SZW-01", "Ă©n, casuĂŻstiek")
    assert "‘én, casuïstiek’" in finding.message and not finding.blocking


def _title_and_gaps(book: Any) -> None:
    sheet = book["Voortgang"]
    sheet.insert_rows(1, 3)
    sheet["A1"] = "Aanlevering voortgangsbrief"
    sheet.merge_cells("A1:K1")
    sheet.insert_rows(6, 2)
    sheet["D9"] = "  "


def _moved(book: Any) -> None:
    sheet = book["Voortgang"]
    for number in range(1, sheet.max_row + 1):
        first, last = sheet.cell(number, 1).value, sheet.cell(number, 6).value
        sheet.cell(number, 1).value, sheet.cell(number, 6).value = last, first
    sheet["A1"], sheet["F1"], sheet["D1"] = "STATUS :", "Nr.", "Stand van\n Zaken*"


def _filtered(book: Any) -> None:
    book["Voortgang"].auto_filter.ref = "A1:K3"
    book["Voortgang"].row_dimensions[3].hidden = True


def _far_away(book: Any) -> None:
    book["Voortgang"]["XFD1048576"] = "verdwaald"
    book["Moties"]["A1048576"].number_format = "0.00"


def _left_under_a_merge(book: Any) -> None:
    book["Voortgang"].merge_cells("C2:C3")


def _link(book: Any) -> None:
    book["Voortgang"]["D2"].hyperlink = "https://example.org/rapport"


def _comment(book: Any) -> None:
    book["Voortgang"]["D2"].comment = Comment("niet voor de Kamer", "SZW")


def _hidden_sheets(book: Any) -> None:
    book["Moties"].sheet_state = "veryHidden"
    book.create_sheet("Lijsten").sheet_state = "hidden"


EDITS: tuple[tuple[Edit, set[str], list[str]], ...] = (
    (_title_and_gaps, set(), ["SZW-01", "SZW-02"]),
    (_moved, set(), ["SZW-01", "SZW-02"]),
    (_filtered, set(), ["SZW-01", "SZW-02"]),
    (_far_away, {"kolom-zonder-kop"}, ["SZW-01", "SZW-02"]),
    (_left_under_a_merge, set(), ["SZW-01", "SZW-02"]),
    (_link, {"koppeling-niet-gedrukt"}, ["SZW-01", "SZW-02"]),
    (_comment, set(), ["SZW-01", "SZW-02"]),
    (_hidden_sheets, {"blad-verborgen", "blad-verborgen-onbekend"}, ["SZW-01", "SZW-02"]),
)


@pytest.mark.parametrize(("edit", "expected", "numbers"), EDITS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_sheet_as_people_leave_it(tmp_path: Path, edit: Edit, expected: set[str], numbers: list[str]) -> None:
    edited(delivery(tmp_path / "a.xlsx", [measure(), measure("SZW-02")]), edit)
    gathered = gather(tmp_path)
    assert rules(gathered) == expected
    assert [found.text("nr") for found in rows(gathered)] == numbers
    assert [found.text("stand_van_zaken") for found in rows(gathered)] == ["De cursussen lopen."] * 2


def test_a_filter_hides_rows_and_a_lone_cell_far_away_is_named(tmp_path: Path) -> None:
    edited(delivery(tmp_path / "a.xlsx", [measure(), measure("SZW-02")]), _filtered)
    assert [found.hidden for found in rows(gather(tmp_path))] == [False, True]
    edited(delivery(tmp_path / "a.xlsx", [measure()]), _far_away)
    (finding,) = [one for one in gather(tmp_path).findings if one.rule == "kolom-zonder-kop"]
    assert finding.origin.cell == "XFD1048576"


CELLS = [
    # what stands in the XML of the cell, the text that is read, the rule that is broken
    ('<c r="D2" t="str"><f>A2</f><v>Uit een formule.</v></c>', "Uit een formule.", None),
    ('<c r="D2" t="str"><f>IF(A2="","",A2)</f><v></v></c>', "", None),
    ('<c r="D2"><f>A2</f></c>', "", "formule-zonder-waarde"),
    ('<c r="D2"><f>A2</f><v></v></c>', "", "formule-zonder-waarde"),
    ('<c r="D2" t="e"><v>#REF!</v></c>', "", "foutwaarde"),
    ('<c r="D2" t="e"><f>VLOOKUP(A2,B:B,1,0)</f><v>#N/A</v></c>', "", "foutwaarde"),
    ('<c r="D2" t="b"><v>1</v></c>', "ja", None),
    ('<c r="D2"><v>1E+2</v></c>', "100", None),
    ('<c r="D2"><v>1E+999</v></c>', "1E+999", None),
    ('<c r="D2" t="d"><v>2014-03-01</v></c>', "1 maart 2014", None),
    ('<c r="D2" t="inlineStr"><is><r><t>Een </t></r><r><rPr><b/></rPr><t>wet</t></r></is></c>', "Een wet", None),
    ('<c r="D2" t="inlineStr"><is><t>漢</t><rPh sb="0" eb="1"><t>kan</t></rPh></is></c>', "漢", None),
    ('<c r="D2"/>', "", None),
]


def _cell_d2(xml: str) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return data
        return re.sub(rb'<c r="D2".*?(/>|</c>)', xml.encode(), data, count=1)

    return change


@pytest.mark.parametrize(("xml", "text", "rule"), CELLS)
def test_a_cell_as_programs_write_it(tmp_path: Path, xml: str, text: str, rule: str | None) -> None:
    repacked(delivery(tmp_path / "a.xlsx", [measure()]), _cell_d2(xml))
    gathered = gather(tmp_path)
    assert rows(gathered)[0].text("stand_van_zaken") == text
    blamed = {(one.rule, one.origin.cell, one.nr) for one in gathered.findings if one.ministerie != "OCW"}
    assert blamed == ({(rule, "D2", "SZW-01")} if rule else set())


def test_cells_without_addresses_stand_one_after_the_other(tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        return re.sub(rb'(<(?:c|row)) r="\w+"', rb"\1", data) if "sheet2" in name else data

    repacked(delivery(tmp_path / "a.xlsx", [measure(**dict.fromkeys(("Tussenkop", "Kamerstukken"), "x"))]), change)
    assert rows(gather(tmp_path))[0].text("status") == "Loopt op schema"


def test_a_bold_cell_is_bold_and_a_struck_one_is_not_printed(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Voortgang"]
        sheet["D2"].font = Font(b=True)
        sheet["C2"].font = Font(strike=True)

    edited(delivery(tmp_path / "a.xlsx", [measure(Tussenkop="Weg ermee")]), edit)
    gathered = gather(tmp_path)
    assert rows(gathered)[0].cells["stand_van_zaken"].runs == (Run("De cursussen lopen.", bold=True),)
    assert rows(gathered)[0].text("tussenkop") == ""
    assert rules(gathered) == {"doorgehaald"} and "Weg ermee" in gathered.private


def test_a_time_of_day_is_text(tmp_path: Path) -> None:
    delivery(tmp_path / "a.xlsx", [measure(text=time(9, 30))])  # type: ignore[arg-type]
    assert rows(gather(tmp_path))[0].text("stand_van_zaken") == "09:30:00"


def test_a_text_box_on_a_sheet_is_told(tmp_path: Path) -> None:
    rels = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="http://x/drawing" Target="../drawings/d.xml"/></Relationships>'
    box = b'<x:wsDr xmlns:x="urn:x" xmlns:a="urn:a"><a:t>Let op: </a:t><a:t>nog niet openbaar</a:t></x:wsDr>'
    parts = {"xl/worksheets/_rels/sheet2.xml.rels": rels, "xl/drawings/d.xml": box}
    repacked(delivery(tmp_path / "a.xlsx", [measure()]), lambda _, data: data, parts)
    (finding,) = [one for one in gather(tmp_path).findings if one.rule == "tekstvak-niet-gedrukt"]
    assert (finding.origin.sheet, finding.value) == ("Voortgang", "Let op: nog niet openbaar")
