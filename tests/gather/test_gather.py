"""What is read from workbooks, and what is found in them: each case a quarter written for it."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from flows.gather.steering import read_regie
from flows.model.delivery import Run
from flows.model.finding import Stop
from tests.gather.quarters import CONTRACT, QUARTER, REGELS, edited, gather, rules
from tests.workbooks import HEADERS, delivery, form, measure, regie, write_book


def test_a_delivery_says_itself_whose_it_is(tmp_path: Path) -> None:
    delivery(tmp_path / "OCW v1.2 def.xlsx", [measure()])
    gathered = gather(tmp_path)
    assert [found.ministerie for found in gathered.deliveries] == ["SZW"]
    assert gathered.missing == ("OCW",)


def test_a_missing_ministry_is_a_blocking_finding_with_the_days_late(tmp_path: Path) -> None:
    (finding,) = [finding for finding in gather(tmp_path).findings if finding.ministerie == "OCW"]
    assert finding.blocking
    assert "18-09-2026 (dagen te laat op de datum van de brief: 7)" in finding.message
    assert (finding.origin.sheet, finding.origin.cell) == ("Ministeries", "A3")


def test_headers_match_under_a_title_in_any_order_and_spelling(tmp_path: Path) -> None:
    rows = [
        ["Aanlevering SZW"],
        [],
        ["STATUS", " Stand van\nZaken :", "Nr*", "onderwérp"],
        ["Afgerond", "Het werk is klaar.", "SZW-01", "Taal"],
    ]
    write_book(
        tmp_path / "a.xlsx",
        {"Voorblad": form({"Ministerie": "szw", "Kwartaal": "2026-Q3", "Peildatum": "10-09-2026"}), "voortgang ": rows},
    )
    (found,) = gather(tmp_path).deliveries
    (row,) = found.workbook.rows("Voortgang")
    assert {field: cell.text for field, cell in row.cells.items()} == {
        "status": "Afgerond", "stand_van_zaken": "Het werk is klaar.", "nr": "SZW-01", "onderwerp": "Taal"}  # fmt: skip
    assert row.cells["status"].origin.cell == "A4"


def test_a_missing_and_a_renamed_column_are_named(tmp_path: Path) -> None:
    headers = [
        {"Stand van zaken": "Stand der zaken", "Onderwerp": None}.get(header, header) for header in HEADERS["Voortgang"]
    ]
    path = delivery(tmp_path / "a.xlsx", [measure()])
    edited(path, lambda book: [book["Voortgang"].cell(1, at, header) for at, header in enumerate(headers, 1)] and None)
    edited(path, lambda book: setattr(book["Voortgang"]["B1"], "value", None))
    found = {(finding.rule, finding.column) for finding in gather(tmp_path).findings}
    assert ("kolom-ontbreekt", "Onderwerp") in found
    assert ("kolom-hernoemd", "Stand van zaken") in found


def test_a_renamed_sheet_is_offered_the_nearest(tmp_path: Path) -> None:
    edited(delivery(tmp_path / "a.xlsx", [measure()]), lambda book: setattr(book["Voortgang"], "title", "Voortgang Q3"))
    (finding,) = [finding for finding in gather(tmp_path).findings if finding.rule == "blad-hernoemd"]
    assert finding.blocking
    assert "‘Voortgang Q3’" in finding.message


def test_rich_text_is_kept_and_struck_text_is_not(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Voortgang"]["D2"] = CellRichText(
            "De ", TextBlock(InlineFont(b=True), "wet"), " is ", TextBlock(InlineFont(strike=True), "bijna "), "klaar."
        )

    edited(delivery(tmp_path / "a.xlsx", [measure()]), edit)
    gathered = gather(tmp_path)
    (row,) = gathered.deliveries[0].workbook.rows("Voortgang")
    assert row.cells["stand_van_zaken"].runs == (Run("De "), Run("wet", bold=True), Run(" is "), Run("klaar."))
    assert "doorgehaald" in rules(gathered)
    assert "bijna" in gathered.private


def test_what_is_not_public_is_known(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Voortgang"]["D2"].comment = Comment("een opmerking in de cel", "SZW")
        book["Voortgang"]["L1"] = "Interne opmerking"
        book["Voortgang"]["L2"] = "tekst in een eigen kolom"
        book.create_sheet("Kladblok").append(["aantekening op een verborgen blad"])
        book["Kladblok"].sheet_state = "hidden"

    edited(delivery(tmp_path / "a.xlsx", [measure(Intern="alleen voor ons")]), edit)
    gathered = gather(tmp_path)
    assert gathered.private >= {
        "een opmerking in de cel", "tekst in een eigen kolom", "aantekening op een verborgen blad", "alleen voor ons", "J. de Tester"}  # fmt: skip
    assert rules(gathered) == {"kolom-onbekend", "blad-verborgen-onbekend"}


def test_a_hidden_contract_sheet_is_blocking_and_not_read(tmp_path: Path) -> None:
    edited(delivery(tmp_path / "a.xlsx", [measure()]), lambda book: setattr(book["Moties"], "sheet_state", "hidden"))
    gathered = gather(tmp_path)
    assert rules(gathered) == {"blad-verborgen"}
    assert gathered.findings[0].blocking


def test_a_formula_without_a_stored_value_is_blocking(tmp_path: Path) -> None:
    delivery(tmp_path / "a.xlsx", [measure(text="=A1&A2")])
    (finding,) = [finding for finding in gather(tmp_path).findings if finding.rule == "formule-zonder-waarde"]
    assert (finding.origin.cell, finding.nr, finding.blocking) == ("D2", "SZW-01", True)


def test_merged_cells_hold_for_each_row_but_prose_is_printed_once(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Voortgang"].merge_cells("B2:B3")
        book["Voortgang"].merge_cells("D2:D3")

    edited(delivery(tmp_path / "a.xlsx", [measure(), measure("SZW-02")]), edit)
    rows = gather(tmp_path).deliveries[0].workbook.rows("Voortgang")
    assert [row.text("onderwerp") for row in rows] == ["Taal", "Taal"]
    assert [row.text("stand_van_zaken") for row in rows] == ["De cursussen lopen.", ""]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "bestand-leeg"),
        (b"geen werkboek", "bestand-geen-werkboek"),
        (b"PK\x03\x04stuk", "bestand-beschadigd"),
        (b"\xd0\xcf\x11\xe0oud", "bestand-beschadigd"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_others_alone(tmp_path: Path, data: bytes, rule: str) -> None:
    delivery(tmp_path / "a.xlsx", [measure()])
    (tmp_path / "b.xlsx").write_bytes(data)
    gathered = gather(tmp_path)
    assert rules(gathered) == {rule}
    assert len(gathered.deliveries) == 1


def test_a_truncated_workbook_is_a_finding(tmp_path: Path) -> None:
    whole = delivery(tmp_path / "a.xlsx", [measure()]).read_bytes()
    (tmp_path / "b.xlsx").write_bytes(whole[: len(whole) // 2])
    assert rules(gather(tmp_path)) == {"bestand-beschadigd"}


@pytest.mark.parametrize(
    ("cover", "rule"),
    [
        ({"Ministerie": "EZ"}, "afzender-onbekend"),
        ({"Kwartaal": "2026-Q2"}, "ander-kwartaal"),
        ({"Ministerie": None}, "voorblad-onvolledig"),
        ({"Kwartaal": "ooit"}, "voorblad-onvolledig"),
    ],
)
def test_a_cover_that_does_not_fit_sets_the_delivery_aside(tmp_path: Path, cover: dict[str, Any], rule: str) -> None:
    delivery(tmp_path / "a.xlsx", [measure()], cover)
    gathered = gather(tmp_path)
    assert rule in {finding.rule for finding in gathered.findings}
    assert gathered.deliveries == ()


def test_the_higher_version_counts_and_what_vanishes_is_listed(tmp_path: Path) -> None:
    delivery(tmp_path / "z eerst.xlsx", [measure(), measure("SZW-02", "Deze rij vervalt.")], {"Versie": "1.9"})
    delivery(tmp_path / "a later.xlsx", [measure()], {"Versie": "1.10"})
    gathered = gather(tmp_path)
    assert [found.workbook.file for found in gathered.deliveries] == ["a later.xlsx"]
    (finding,) = [finding for finding in gathered.findings if finding.ministerie == "SZW"]
    assert (finding.rule, finding.nr) == ("nr-vervalt-door-versie", "SZW-02")
    assert "Deze rij vervalt." in str(finding.value)


def test_findings_of_a_version_that_no_longer_counts_are_no_findings(tmp_path: Path) -> None:
    delivery(tmp_path / "oud.xlsx", [measure(text="=A1")], {"Versie": 1})
    delivery(tmp_path / "nieuw.xlsx", [measure()], {"Versie": 2})
    assert rules(gather(tmp_path)) == set()


def test_version_1_and_1_0_are_a_tie(tmp_path: Path) -> None:
    delivery(tmp_path / "a.xlsx", [measure()], {"Versie": 1})
    delivery(tmp_path / "b.xlsx", [measure(text="Iets anders.")], {"Versie": "1.0"})
    assert rules(gather(tmp_path)) == {"dubbele-aanlevering", "andere-tekst-in-dubbele-aanlevering"}


def test_a_version_may_be_a_date_and_the_later_one_counts(tmp_path: Path) -> None:
    delivery(tmp_path / "a.xlsx", [measure()], {"Versie": datetime(2026, 9, 1)})
    delivery(tmp_path / "b.xlsx", [measure()], {"Versie": datetime(2026, 8, 15)})
    assert [found.workbook.file for found in gather(tmp_path).deliveries] == ["a.xlsx"]


def test_nothing_on_a_form_goes_unseen(tmp_path: Path) -> None:
    path = regie(tmp_path / "regie.xlsx", {"Slot": "Tot slot."})

    def edit(book: Any) -> None:
        book["Brief"].append([None, "een tweede alinea zonder veld"])
        book["Brief"]["D2"] = "ergens ernaast"
        book["Brief"].row_dimensions[7].hidden = True

    edited(path, edit)
    found, findings = read_regie(path, QUARTER, CONTRACT, REGELS)
    assert [(finding.rule, finding.origin.cell) for finding in findings] == [
        ("kolom-zonder-kop", "D2"), ("veld-verborgen", "B7"), ("kolom-zonder-kop", "B8")]  # fmt: skip
    assert "slot" not in found.velden


def test_doubles_and_untitled_topics_in_the_steering_workbook_are_told(tmp_path: Path) -> None:
    agenda = [(1, "Meedoen", "Taal", "SZW"), (None, None, "Werk", "SZW"), (2, "Wonen", "taal", "OCW")]
    path = regie(
        tmp_path / "regie.xlsx",
        Agenda=[("Thema", "Titel thema", "Onderwerp", "Trekker"), *agenda],
        Teksten=[("Document", "Plaats", "Tekst"), ("Brief:", "voor", "Vooraf."), ("overzicht", "voor", "Elders.")],
    )
    found, findings = read_regie(path, QUARTER, CONTRACT, REGELS)
    assert [(punt.thema, punt.titel, punt.onderwerp) for punt in found.agenda] == [
        ("1", "Meedoen", "Taal"),
        ("1", "Meedoen", "Werk"),
    ]
    assert {finding.rule for finding in findings} == {"regie-dubbel", "agenda-zonder-titel", "tekst-niet-gedrukt"}
    assert found.teksten[0].document == "brief"


DOCUMENTS = [
    ("", ("brief",), []),
    ("Overzicht; brief, brief", ("brief", "overzicht"), []),
    ("integratie-agenda", ("brief",), ["document-onbekend"]),
    ("aanbiedingsbrief", ("aanbiedingsbrief",), ["tekst-niet-gedrukt"]),
]


@pytest.mark.parametrize(("named", "expected", "rules"), DOCUMENTS)
def test_the_documents_that_are_made(tmp_path: Path, named: str, expected: tuple[str, ...], rules: list[str]) -> None:
    texts = [("Document", "Plaats", "Tekst"), ("brief", "voor", "Vooraf.")]
    path = regie(tmp_path / "regie.xlsx", {"Documenten": named}, Teksten=texts)
    found, findings = read_regie(path, QUARTER, CONTRACT, REGELS)
    assert found.documenten == expected
    assert [finding.rule for finding in findings] == rules


def test_a_time_of_day_is_text_and_harms_nothing(tmp_path: Path) -> None:
    delivery(tmp_path / "a.xlsx", [measure(Gereed=time(9, 30))])
    (row,) = gather(tmp_path).deliveries[0].workbook.rows("Voortgang")
    assert (row.text("gereed"), row.meaning("gereed")) == ("09:30:00", None)


def test_what_has_no_effect_in_the_steering_workbook_is_told(tmp_path: Path) -> None:
    path = regie(
        tmp_path / "regie.xlsx",
        Indeling=[("Code", "Nr", "Onderwerp", "Volgorde"), ("SZW", "SZW-01", "Bestaat niet", "eerst")],
        Teksten=[("Document", "Plaats", "Tekst"), ("briev", "voor", "Verdwaald."), ("brief", "voor", "Verborgen.")],
    )
    edited(path, lambda book: setattr(book["Teksten"].row_dimensions[3], "hidden", True))
    found, findings = read_regie(path, QUARTER, CONTRACT, REGELS)
    assert [finding.rule for finding in findings] == [
        "regie-onleesbaar", "regie-onleesbaar", "regie-rij-verborgen", "teksten-document-onbekend"]  # fmt: skip
    assert [text.document for text in found.teksten] == ["briev"]


def test_a_tie_is_blocking_names_both_and_loses_no_text(tmp_path: Path) -> None:
    delivery(tmp_path / "a.xlsx", [measure(text="De eerste lezing.")])
    delivery(tmp_path / "b.xlsx", [measure(text="De tweede lezing.")])
    found = {finding.rule: finding for finding in gather(tmp_path).findings}
    assert found["dubbele-aanlevering"].blocking
    assert "a.xlsx" in found["dubbele-aanlevering"].message
    assert "b.xlsx" in found["dubbele-aanlevering"].message
    assert "De eerste lezing." in str(found["andere-tekst-in-dubbele-aanlevering"].value)


def test_different_parts_of_one_ministry_are_merged(tmp_path: Path) -> None:
    delivery(tmp_path / "a.xlsx", [measure()], {"Onderdeel": "Directie A"})
    delivery(tmp_path / "b.xlsx", [measure("SZW-02")], {"Onderdeel": "Directie B"})
    gathered = gather(tmp_path)
    assert len(gathered.deliveries) == 2
    assert rules(gathered) == set()


@pytest.mark.parametrize(
    ("brief", "rule"),
    [
        ({"Datum": None}, "regie-veld-ontbreekt"),
        ({"Kwartaal": "2026-Q2"}, "regie-ander-kwartaal"),
        ({"Titel": ""}, "regie-veld-ontbreekt"),
    ],
)
def test_a_steering_workbook_that_cannot_steer_stops_the_run(tmp_path: Path, brief: dict[str, Any], rule: str) -> None:
    regie(tmp_path / "regie.xlsx", brief)
    with pytest.raises(Stop) as stopped:
        gather(tmp_path)
    assert stopped.value.finding.rule == rule


def test_steering_is_read_as_meant(tmp_path: Path) -> None:
    regie(
        tmp_path / "regie.xlsx",
        {"Bijlagen": "Moties; stukken, bestaat niet", "Citeerwijze": "Huisstijl"},
        Indeling=[("Code", "Nr", "Onderwerp", "Volgorde"), ("SZW", "SZW-01", "Werk", "1,5")],
        Teksten=[
            ("Document", "Plaats", "Kop", "Tekst", "Soort"),
            ("brief", "Taal", "Voorbeeld", "Een gemeente vertelt.", "kader"),
        ],
    )
    found, findings = read_regie(tmp_path / "regie.xlsx", QUARTER, CONTRACT, REGELS)
    assert found.datum == datetime(2026, 9, 25).date()
    assert found.bijlagen == ("moties", "stukken")
    assert found.citeerwijze == "huisstijl"
    assert (found.indeling[0].onderwerp, found.indeling[0].volgorde) == ("Werk", 1.5)
    assert found.teksten[0].kader
    assert [finding.rule for finding in findings] == ["bijlage-onbekend"]
