"""A ministry's fill-in workbook, as openpyxl and the gatherer see it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from flows.catalogue import load_contract, load_rules, sayings
from flows.gather.normalise import Choices
from flows.gather.returned import asked, returned
from flows.gather.workbook import Found, read_workbook
from flows.model.contract import Inhoud, key
from flows.model.delivery import Cell, Meaning, Ministerie, Origin, Row, Run, Value
from flows.model.finding import Regels
from flows.model.quarter import Kwartaal, Periode
from flows.model.request import Request
from flows.render.fill_in import Words, fill_in

CONTRACT, REGELS = load_contract(), Regels(load_rules())
WORDS = Words(sayings("uitvraag_zinnen"), sayings("uitvraag_wijzer"), sayings("uitvraag_kolommen"))
SZW = Ministerie("SZW", "Ministerie van Sociale Zaken en Werkgelegenheid", ("Minister van SZW",), date(2026, 12, 4))
OCW = Ministerie("OCW", "Ministerie van Onderwijs, Cultuur en Wetenschap")
BLANK = Request(Kwartaal(2026, 4), date(2026, 12, 11), SZW, ("Taal", "Werk"), (SZW, OCW))
TEXT = (Run("De cursussen "), Run("lopen", italic=True), Run(".[noot: In "), Run("40", bold=True), Run(" gemeenten.]"))


def cell(*runs: Run | str, value: Value = None, meaning: Meaning = None) -> Cell:
    made = tuple(Run(run) if isinstance(run, str) else run for run in runs)
    return Cell(Origin("SZW.xlsx"), value, made, meaning)


def row(**cells: Cell | str) -> Row:
    return Row(
        Origin("SZW.xlsx"), {name: cell(said) if isinstance(said, str) else said for name, said in cells.items()}
    )


MEASURE = row(
    nr="SZW-01",
    onderwerp=cell("taal", meaning="Taal"),
    stand_van_zaken=cell(*TEXT),
    status=cell("Op schema", meaning="Loopt op schema"),
    gereed=cell("maart 2027", meaning=Periode("maart 2027", date(2027, 3, 31))),
    volgorde=cell("2,5", meaning=2.5),
    intern="Nog bellen.",
)


def of(**rows: Row) -> Request:
    return replace(BLANK, bron=Kwartaal(2026, 3), rows={sheet: (one,) for sheet, one in rows.items()})


def opened(request: Request) -> Any:
    return load_workbook(io.BytesIO(fill_in(request, CONTRACT, WORDS)), rich_text=True)


def dropdowns(sheet: Any) -> dict[str, Any]:
    return {str(found.sqref): found for found in sheet.data_validations.dataValidation if found.type == "list"}


def read(data: bytes, folder: Path) -> Found:
    path = folder / "SZW.xlsx"
    path.write_bytes(data)
    choices = Choices.of(BLANK.onderwerpen, ("SZW", "OCW"))
    return returned(read_workbook(path, asked(CONTRACT), choices, REGELS), CONTRACT, REGELS)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_sheet_has_exactly_the_columns_of_the_contract_and_two_of_ours() -> None:
    book = opened(BLANK)
    assert book.sheetnames == ["Invulwijzer", *(spec.name for spec in CONTRACT.delivery)]
    for spec in CONTRACT.delivery[1:]:
        heads = [cell.value for cell in book[spec.name][1]]
        columns, ours = heads[: len(spec.columns)], heads[len(spec.columns) :]
        assert [key(head) for head in columns] == [key(column.header) for column in spec.columns]
        assert [head.endswith(" *") for head in columns] == [column.required for column in spec.columns]
        assert ours == (["Bijgewerkt?", "Stond in de uitvraag"] if spec.watched else [])
        hidden = [letter for letter, style in book[spec.name].column_dimensions.items() if style.hidden]
        assert hidden == [book[spec.name][1][-1].column_letter] * bool(ours)


def test_the_cover_says_what_is_known() -> None:
    sheet = opened(replace(BLANK, voorblad={"contactpersoon": "J. de Tester"}))["Voorblad"]
    assert {label: value for label, value in sheet.iter_rows(values_only=True) if value} == {
        "Veld": "Waarde",
        "Ministerie *": "SZW",
        "Kwartaal *": "2026-Q4",
        "Versie": "1",
        "Bewindspersoon": "Minister van SZW",
        "Contactpersoon": "J. de Tester",
    }


def test_the_explanation_names_the_day() -> None:
    assert opened(BLANK)["Invulwijzer"]["A2"].value.count("4 december 2026") == 1
    later = replace(BLANK, ministerie=OCW)
    assert opened(later)["Invulwijzer"]["A2"].value == sayings("uitvraag_zinnen")["zonder_datum"]


def test_short_lists_stand_in_the_dropdown() -> None:
    lists = {
        cells: (found.formula1, found.showErrorMessage)
        for cells, found in dropdowns(opened(BLANK)["Voortgang"]).items()
    }
    assert lists == {
        "B2:B1000": ('"Taal,Werk"', True),
        "F2:F1000": ('"Niet gestart,Loopt op schema,Vertraagd,Afgerond,Vervallen"', True),
        "I2:I1000": ('"SZW,OCW"', False),
    }
    assert [found.formula1 for found in dropdowns(opened(BLANK)["Voorblad"]).values()] == ['"ja,nee"']


@pytest.mark.parametrize("topics", [("Taal", "Werk, inkomen en zorg"), tuple(f"Onderwerp {n:03}" for n in range(30))])
def test_a_long_list_or_one_with_commas_goes_by_a_name(topics: tuple[str, ...]) -> None:
    book = opened(replace(BLANK, onderwerpen=topics))
    assert [
        dropdowns(book[name])[cells].formula1
        for name, cells in (("Voortgang", "B2:B1000"), ("Indicatoren", "C2:C1000"))
    ] == [
        "keuzelijst_1",
        "keuzelijst_1",
    ]
    ((sheet, cells),) = book.defined_names["keuzelijst_1"].destinations
    assert tuple(cell.value for (cell,) in book[sheet][cells]) == topics
    assert book[sheet].sheet_state == "visible"


def test_what_a_spreadsheet_says_is_dutch_and_short_enough() -> None:
    for sheet in opened(BLANK):
        for found in sheet.data_validations.dataValidation:
            assert len(found.prompt or "") <= 255
            assert len(found.promptTitle or "") <= 32
            assert found.type != "list" or (found.errorTitle, found.error) == (
                WORDS.zinnen["fout_kop"],
                WORDS.zinnen["fout"],
            )


def test_every_advice_belongs_to_a_column() -> None:
    fields = {(spec.name, column.field) for spec in CONTRACT.delivery for column in spec.columns}
    known = {f"{sheet}.{field}" for sheet, field in fields} | {field for _, field in fields}
    assert sayings("uitvraag_kolommen").keys() <= known


def test_cells_that_excel_would_change_are_text_and_all_but_headers_are_free() -> None:
    book = opened(of(Voortgang=MEASURE))
    for spec in CONTRACT.delivery[1:]:
        sheet = book[spec.name]
        assert sheet.protection.sheet and not sheet.protection.password
        assert not (sheet.protection.insertRows or sheet.protection.formatCells or sheet.protection.deleteRows)
        assert (sheet.auto_filter.ref, sheet.freeze_panes, sheet.print_title_rows) == (None, "B2", "$1:$1")
        assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
        for head, column in zip(sheet[1], spec.columns, strict=False):
            style = sheet.column_dimensions[head.column_letter]
            assert head.protection.locked and not style.protection.locked and style.alignment.wrap_text
            as_text = column.inhoud not in (Inhoud.DATUM, Inhoud.BEDRAG, Inhoud.GETAL)
            assert (style.number_format == "@") is as_text
    assert [cell.number_format for cell in book["Voortgang"][2]][:11] == [*"@@@@@@@@@", "General", "@"]
    assert not any(cell.protection.locked for cell in book["Voortgang"][2])


def test_an_open_row_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    found = read(fill_in(of(Voortgang=MEASURE), CONTRACT, WORDS), tmp_path)
    assert found.workbook
    (back,) = found.workbook.rows("Voortgang")
    assert back.cells["stand_van_zaken"].runs == TEXT
    assert (back.meaning("onderwerp"), back.text("status"), back.meaning("volgorde")) == (
        "Taal",
        "Loopt op schema",
        2.5,
    )
    assert (back.text("gereed"), back.text("intern")) == ("maart 2027", "Nog bellen.")
    assert "_vorig" not in back.cells


def test_numbers_days_and_amounts_keep_their_kind(tmp_path: Path) -> None:
    request = of(
        Toezeggingen=row(nr="T1", datum=cell("12 maart 2026", meaning=date(2026, 3, 12))),
        Middelen=row(nr="F1", bedrag=cell("€ 1,2345 mln", meaning=1234500.5), jaar="2026"),
        Indicatoren=row(
            nr="I1", waarde=cell("12", meaning=12.0), streefwaarde=cell("7,5%", value=0.075, meaning="7,5%")
        ),
    )
    book = opened(request)
    assert (book["Toezeggingen"]["D2"].value.date(), book["Toezeggingen"]["D2"].number_format) == (
        date(2026, 3, 12),
        "dd-mm-yyyy",
    )
    assert (book["Middelen"]["D2"].value, book["Middelen"]["D2"].number_format[-4:]) == (1234500.5, "0.00")
    assert (book["Middelen"]["E2"].value, book["Middelen"]["E2"].number_format) == ("2026", "@")
    assert (
        book["Indicatoren"]["F2"].value,
        book["Indicatoren"]["G2"].value,
        book["Indicatoren"]["G2"].number_format,
    ) == (None, 0.075, "0.0%")
    back = read(fill_in(request, CONTRACT, WORDS), tmp_path)
    assert back.workbook
    assert back.workbook.rows("Indicatoren")[0].text("streefwaarde") == "7,5%"


ODD = [
    "=1+1",
    "+31 70 1234567",
    "-x",
    "@x",
    "- een punt",
    "#N/A",
    "2014",
    "Wie\u200f is \u202edat",
    " spatie",
    '<b> & "q"',
    "a\nb",
]


@pytest.mark.parametrize("text", ODD)
def test_text_that_looks_like_something_else_is_text(tmp_path: Path, text: str) -> None:
    data = fill_in(
        of(Voortgang=row(nr=text, stand_van_zaken=text, tussenkop=cell(Run(text, bold=True)))), CONTRACT, WORDS
    )
    sheet = load_workbook(io.BytesIO(data))["Voortgang"]
    assert [(sheet[at].value, sheet[at].data_type) for at in ("A2", "C2", "D2")] == [(text, "s")] * 3
    found = read(data, tmp_path)
    assert {finding.rule for finding in found.findings} <= {"rij-ongewijzigd"}


def test_a_row_is_marked_by_a_formula_with_its_outcome() -> None:
    data = fill_in(of(Voortgang=MEASURE), CONTRACT, WORDS)
    assert (
        load_workbook(io.BytesIO(data))["Voortgang"]["L2"].value
        == '=IF(EXACT(D2&"|"&E2&"|"&F2&"|"&G2&"|"&H2,M2),"nog niet bijgewerkt","")'
    )
    sheet = load_workbook(io.BytesIO(data), data_only=True)["Voortgang"]
    assert (sheet["L2"].value, sheet["M2"].value) == (
        "nog niet bijgewerkt",
        "De cursussen lopen.[noot: In 40 gemeenten.]||Loopt op schema|maart 2027|",
    )
    assert sheet["L3"].value is None


def test_a_row_too_long_to_be_remembered_is_taken_over_without_a_mark() -> None:
    long = row(nr="SZW-01", stand_van_zaken="x" * 20_000, kamerstukken="y" * 20_000)
    sheet = opened(of(Voortgang=long))["Voortgang"]
    assert (len(sheet["D2"].value), sheet["L2"].value, sheet["M2"].value) == (20_000, None, None)


def test_the_same_request_gives_the_same_bytes() -> None:
    first = fill_in(of(Voortgang=MEASURE), CONTRACT, WORDS)
    assert first == fill_in(of(Voortgang=MEASURE), CONTRACT, WORDS)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(2026, 12, 11)}
        assert archive.read("docProps/core.xml").count(b"2026-12-11T00:00:00Z") == 2


def rules(found: Found) -> list[tuple[str, str | None, str | None]]:
    return [(finding.rule, finding.origin.sheet, finding.origin.cell) for finding in found.findings]


def test_a_row_sent_back_unchanged_is_told_at_its_cell(tmp_path: Path) -> None:
    found = read(saved(opened(of(Voortgang=MEASURE))), tmp_path)
    assert rules(found) == [("rij-ongewijzigd", "Voortgang", "D2")]
    assert (found.findings[0].nr, found.findings[0].column) == ("SZW-01", "Stand van zaken")


@pytest.mark.parametrize(
    ("at", "text"), [("D2", "De cursussen zijn klaar."), ("F2", "Afgerond"), ("G2", "mei 2027"), ("H2", "Loopt.")]
)
def test_a_row_that_was_changed_is_not(tmp_path: Path, at: str, text: str) -> None:
    book = opened(of(Voortgang=MEASURE))
    book["Voortgang"][at] = text
    assert rules(read(saved(book), tmp_path)) == []


def test_a_space_more_is_no_change(tmp_path: Path) -> None:
    book = opened(of(Voortgang=MEASURE))
    book["Voortgang"]["G2"] = "maart  2027 "
    assert [rule for rule, *_ in rules(read(saved(book), tmp_path))] == ["rij-ongewijzigd"]


def test_a_value_that_is_still_empty_is_left_to_the_other_rules(tmp_path: Path) -> None:
    indicator = row(nr="I1", indicator="Cursisten", waarde=cell("12", meaning=12.0))
    assert rules(read(saved(opened(of(Indicatoren=indicator))), tmp_path)) == []


def test_rows_moved_cleared_and_added_are_read_as_meant(tmp_path: Path) -> None:
    request = replace(
        BLANK,
        rows={
            "Voortgang": (
                MEASURE,
                row(nr="SZW-02", stand_van_zaken="Weg."),
                row(nr="SZW-03", stand_van_zaken="Blijft."),
            )
        },
    )
    book = opened(request)
    sheet = book["Voortgang"]
    for column in range(1, 12):
        sheet.cell(3, column).value = None
    sheet["A9"], sheet["D9"] = "SZW-04", "Nieuw."
    found = read(saved(book), tmp_path)
    assert found.workbook
    assert [one.text("nr") for one in found.workbook.rows("Voortgang")] == ["SZW-01", "SZW-03", "SZW-04"]
    assert [finding.nr for finding in found.findings] == ["SZW-01", "SZW-03"]


def test_nothing_of_ours_is_private_or_content(tmp_path: Path) -> None:
    found = read(fill_in(of(Voortgang=MEASURE), CONTRACT, WORDS), tmp_path)
    assert found.workbook
    assert found.workbook.private == {"Nog bellen."}
    assert set(found.workbook.sheets) == {spec.name for spec in CONTRACT.delivery}
    assert not {"_merk", "_vorig"} & found.workbook.sheets["Voortgang"].columns.keys()


def test_columns_of_a_ministrys_own_are_told_as_ever(tmp_path: Path) -> None:
    book = opened(BLANK)
    book["Voortgang"]["N1"], book["Voortgang"]["O1"] = "Bijgewerkt", "Vorig kwartaal"
    assert [rule for rule, *_ in rules(read(saved(book), tmp_path))] == ["kolom-onbekend"] * 2


def test_a_sheet_that_was_thrown_away_is_told_as_ever(tmp_path: Path) -> None:
    book = opened(BLANK)
    del book["Moties"], book["Invulwijzer"]
    assert [rule for rule, *_ in rules(read(saved(book), tmp_path))] == ["blad-afwezig"]
