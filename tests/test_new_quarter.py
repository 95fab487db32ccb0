"""`voortgang nieuw`: a new quarter's regie.xlsx from the last one, read back by the gatherer as the next commands read it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from flows.catalogue import ROOT, load_contract, load_rules, sayings
from flows.gather.steering import read_regie
from flows.model.contract import Nieuw
from flows.model.delivery import Regie
from flows.model.finding import Finding, Regels, Stop
from flows.model.quarter import Kwartaal
from flows.new_quarter import Made, new_quarter
from flows.render.marks import SIGN
from flows.theme import load_letters
from tests.workbooks import AGENDA, MINISTRIES, form, regie, write_book

CONTRACT, REGELS = load_contract(), Regels(load_rules())
EXAMPLE = ROOT / "inputs"
OF_2013 = ROOT.parent / "shared" / "voorbeeld"
Q3, Q4 = Kwartaal(2026, 3), Kwartaal(2026, 4)


def read(made: Made) -> tuple[Regie, tuple[Finding, ...]]:
    return read_regie(Path(made.path), made.kwartaal, CONTRACT, REGELS, load_letters())


def filled_in(made: Made, day: datetime = datetime(2026, 12, 11)) -> Made:
    """With every emptied date filled in by hand."""
    book = load_workbook(made.path, rich_text=True)
    for sheet, cell, label in made.emptied:
        book[sheet][cell] = day if label.startswith(("Datum", "Uiterste leverdatum")) else "2026-0000999999"
    book.save(made.path)
    return made


def copied(source: Path, folder: Path, quarter: str) -> str:
    shutil.copytree(source / quarter, folder / quarter)
    return str(folder)


def stopped(kwartaal: str, inputs: object) -> Finding:
    with pytest.raises(Stop) as stop:
        new_quarter(kwartaal, str(inputs))
    return stop.value.finding


def what(findings: Iterable[Finding]) -> list[tuple[str, str | None, str | None]]:
    return [(finding.rule, finding.origin.sheet, finding.value) for finding in findings]


def test_the_example_quarter_gives_the_next_one(tmp_path: Path) -> None:
    made = new_quarter("2026-Q4", copied(EXAMPLE, tmp_path, "2026-Q3"))
    assert (made.path, made.source, made.lost) == (tmp_path / "2026-Q4" / "regie.xlsx", Q3, ())
    assert [place[:2] for place in made.emptied] == [
        ("Brief", "B4"),
        ("Brief", "B8"),
        *(("Ministeries", f"D{row}") for row in range(2, 10)),
    ]
    assert made.emptied[2] == ("Ministeries", "D2", "Uiterste leverdatum (SZW)")
    assert [cell for sheet, cell, _ in made.to_check if sheet == "Brief"] == ["B7", "B9", "B13", "B17", "B18"]
    assert [cell for sheet, cell, _ in made.dated if sheet == "Brief"] == ["B7", "B17", "B18"]
    assert [cell for sheet, cell, _ in made.dated if sheet == "Teksten"] == ["D4", "D5", "D6", "D10", "D13"]
    assert [sheet for sheet, _, _ in made.to_check].count("Ministeries") == 8
    assert not [sheet for sheet, _, _ in made.to_check if sheet == "Agenda"]


def test_controle_says_that_the_date_is_empty(tmp_path: Path) -> None:
    made = new_quarter("2026-Q4", copied(EXAMPLE, tmp_path, "2026-Q3"))
    with pytest.raises(Stop) as stop:
        read(made)
    assert (stop.value.finding.rule, stop.value.finding.column, stop.value.finding.origin.cell) == (
        "regie-veld-ontbreekt",
        "Datum",
        "B4",
    )


def test_with_its_dates_filled_in_it_is_read_as_its_source_was(tmp_path: Path) -> None:
    made = filled_in(new_quarter("2026-Q4", copied(EXAMPLE, tmp_path, "2026-Q3")))
    old, before = read_regie(EXAMPLE / "2026-Q3" / "regie.xlsx", Q3, CONTRACT, REGELS, load_letters())
    new, after = read(made)
    assert what(after) == what(before)
    assert (new.kwartaal, new.datum.isoformat(), new.titel) == (Q4, "2026-12-11", old.titel)
    assert {ministerie.leverdatum for ministerie in new.ministeries} == {new.datum}
    assert [punt.inleiding for punt in new.agenda] == [punt.inleiding for punt in old.agenda]
    assert (new.teksten, new.indeling, new.bijlagen) == (old.teksten, old.indeling, old.bijlagen)


@pytest.mark.skipif(not OF_2013.exists(), reason="the brief of 2013 lies outside the repository")
def test_the_brief_of_2013_gives_the_next_quarter(tmp_path: Path) -> None:
    made = filled_in(new_quarter("2014-Q1", copied(OF_2013, tmp_path, "2013-Q4")), datetime(2014, 3, 20))
    _, before = read_regie(OF_2013 / "2013-Q4" / "regie.xlsx", Kwartaal(2013, 4), CONTRACT, REGELS, load_letters())
    new, after = read(made)
    assert what(after) == what(before)
    assert new.datum.isoformat() == "2014-03-20"


def test_headers_are_found_as_the_gatherer_finds_them(tmp_path: Path) -> None:
    write_book(
        tmp_path / "2026-Q3" / "regie.xlsx",
        {
            "Toelichting": [("Los blad",)],
            "brief ": [("Regie",), (), ("Let op", "WAARDE", "Veld:"), (None, "2e kwartaal 2026", "Betreft"), (None, datetime(2026, 9, 25), "datum"),
                       (None, "Voortgang", "Titel"), (None, "Q3 2026", "Kwartaal *"), (None, "2026-1", "Onze Referentie")],
            "Agenda": [("Agenda",), ("Trekker", "Onderwerp", "Titel  thema", "Thema"), *(row[::-1] for row in AGENDA)],
            "MINISTERIES": [(None, "Wie levert"), (), ("E-mailadres", "Uiterste\nleverdatum", "Naam", "Code"),
                            *((None, datetime(2026, 9, 18), name, code) for code, name in MINISTRIES)],
        },
    )  # fmt: skip
    made = new_quarter("2026-Q4", str(tmp_path))
    assert made.emptied == (
        ("brief ", "B5", "Datum"),
        ("brief ", "B8", "Onze referentie"),
        ("MINISTERIES", "B4", "Uiterste leverdatum (SZW)"),
        ("MINISTERIES", "B5", "Uiterste leverdatum (OCW)"),
    )
    assert made.dated == (("brief ", "B4", "‘2e kwartaal 2026’"),)
    new, _ = read(filled_in(made))
    assert (new.velden["kwartaal"].value, new.velden["betreft"].text) == ("2026-Q4", "2e kwartaal 2026")


def test_approvals_are_cleared_whole_and_texts_and_moves_are_to_be_checked(tmp_path: Path) -> None:
    regie(
        tmp_path / "2026-Q3" / "regie.xlsx",
        Akkoord=[
            ("Wat", "Wie", "Datum", "SHA-256"),
            ("SZW", "A. Tester", datetime(2026, 9, 20), "ab12"),
            (None, "B. Tester"),
            ("OCW",),
        ],
        Indeling=[("Code", "Nr", "Onderwerp"), ("SZW", "SZW-01", "Werk")],
        Teksten=[("Document", "Plaats", "Tekst"), ("brief", "voor", "Een woord vooraf.")],
    )
    made = new_quarter("2026-Q4", str(tmp_path))
    assert sorted(cell for _, cell, _ in made.cleared) == ["A2", "A4", "B2", "B3", "C2", "D2"]
    assert ("Indeling", "B2", "Nr (SZW)") in made.to_check
    assert ("Teksten", "C2", "Tekst (voor)") in made.to_check
    approvals = load_workbook(made.path)["Akkoord"]
    assert [cell.value for row in approvals for cell in row if cell.value] == ["Wat", "Wie", "Datum", "SHA-256"]


def test_a_cell_merged_over_all_ministries_is_emptied_once(tmp_path: Path) -> None:
    path = regie(tmp_path / "2026-Q3" / "regie.xlsx")
    book = load_workbook(path)
    book["Ministeries"].merge_cells("C2:C3")
    book.save(path)
    made = new_quarter("2026-Q4", str(tmp_path))
    assert made.emptied[1:] == (("Ministeries", "C2", "Uiterste leverdatum (SZW)"),)


def test_what_is_hidden_is_not_marked(tmp_path: Path) -> None:
    path = regie(
        tmp_path / "2026-Q3" / "regie.xlsx", Teksten=[("Document", "Plaats", "Tekst"), ("brief", "voor", "In 2026.")]
    )
    book = load_workbook(path)
    book["Teksten"].row_dimensions[2].hidden = True
    book.save(path)
    made = new_quarter("2026-Q4", str(tmp_path))
    assert [sheet for sheet, _, _ in made.to_check] == ["Brief"]
    assert load_workbook(made.path)["Teksten"].row_dimensions[2].hidden


def test_the_newest_quarter_before_it_that_has_a_regie_is_the_source(tmp_path: Path) -> None:
    for quarter in ("2025-Q4", "2026-Q2", "2027-Q1"):
        regie(tmp_path / quarter / "regie.xlsx", {"Kwartaal": quarter, "Titel": f"Voortgang {quarter}"})
    (tmp_path / "2026-Q3").mkdir()
    (tmp_path / "oud").mkdir()
    made = new_quarter("2026-q4", str(tmp_path))
    assert (made.source, made.kwartaal) == (Kwartaal(2026, 2), Q4)
    assert load_workbook(made.path)["Brief"]["B2"].value == "Voortgang 2026-Q2"


def test_quarter_after_quarter_the_marks_do_not_pile_up(tmp_path: Path) -> None:
    copied(EXAMPLE, tmp_path, "2026-Q3")
    for quarter in ("2026-Q4", "2027-Q1", "2027-Q2"):
        made = filled_in(new_quarter(quarter, str(tmp_path)))
    comments = [
        cell.comment.text for sheet in load_workbook(made.path) for row in sheet for cell in row if cell.comment
    ]
    assert len(comments) == len(made.emptied) + len(made.to_check)
    assert all(text.startswith(SIGN) and text.count(SIGN) == 1 for text in comments)


def test_without_an_earlier_regie_a_blank_model_is_made(tmp_path: Path) -> None:
    made = new_quarter("2026-Q4", str(tmp_path / "nog niet"))
    assert (made.source, made.to_check) == (None, ())
    assert made.emptied == (
        ("Brief", "B2", "Titel"),
        ("Brief", "B4", "Datum"),
        ("Agenda", "A2", "Thema"),
        ("Ministeries", "A2", "Code"),
    )
    book = load_workbook(made.path)
    assert book.sheetnames == [spec.name for spec in CONTRACT.regie]
    assert [sheet.freeze_panes for sheet in book] == ["A2"] * 6
    assert all(cell.font.b for sheet in book for cell in sheet[1])
    assert [cell.value for cell in book["Brief"]["A"]] == [
        "Veld",
        *(column.header for column in CONTRACT.regie[0].columns),
    ]
    assert (book["Brief"]["B3"].value, book["Brief"]["B4"].number_format) == ("2026-Q4", "dd-mm-yyyy")
    assert [found.formula1 for found in book["Brief"].data_validations.dataValidation] == ['"officieel,huisstijl"']
    assert [found.formula1 for found in book["Teksten"].data_validations.dataValidation] == ['"tekst,kader"']
    assert book["Teksten"].column_dimensions["D"].alignment.wrap_text
    assert book["Ministeries"].column_dimensions["D"].number_format == "dd-mm-yyyy"


def test_the_blank_model_is_read_without_a_finding_once_filled_in(tmp_path: Path) -> None:
    made = new_quarter("2026-Q4", str(tmp_path))
    book = load_workbook(made.path)
    book["Brief"]["B2"], book["Brief"]["B4"] = "Voortgang", datetime(2026, 12, 11)
    book["Agenda"].append((1, "Meedoen", "Taal", "SZW"))
    book["Ministeries"].append(("SZW", "Ministerie van Sociale Zaken en Werkgelegenheid", None, datetime(2026, 12, 4)))
    book.save(made.path)
    new, findings = read(made)
    assert findings == ()
    assert (new.agenda[0].onderwerp, new.agenda[0].trekker, new.ministeries[0].leverdatum) == (
        "Taal",
        "SZW",
        datetime(2026, 12, 4).date(),
    )


def test_the_next_quarter_keeps_the_explanations_of_the_blank_model_and_not_its_marks(tmp_path: Path) -> None:
    first = new_quarter("2026-Q3", str(tmp_path))
    book = load_workbook(first.path)
    book["Agenda"]["C2"] = "Taal"
    book.save(first.path)
    made = load_workbook(new_quarter("2026-Q4", str(tmp_path)).path)
    assert made["Agenda"]["C1"].comment.text == sayings("nieuw_uitleg")["Agenda.onderwerp"]
    assert (made["Agenda"]["A2"].comment, made["Agenda"]["B2"].fill.fill_type) == (None, None)


def test_an_unreadable_quarter_is_refused(tmp_path: Path) -> None:
    assert stopped("2026-Q5", tmp_path).rule == "kwartaal-onleesbaar"


def test_an_address_of_an_unknown_kind_is_refused() -> None:
    assert stopped("2026-Q4", "nonsense://x").blocking


def test_a_regie_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    regie(tmp_path / "2026-Q3" / "regie.xlsx")
    there = regie(tmp_path / "2026-Q4" / "regie.xlsx").read_bytes()
    assert stopped("2026-Q4", tmp_path).rule == "nieuw-bestaat"
    assert (tmp_path / "2026-Q4" / "regie.xlsx").read_bytes() == there


def test_a_folder_with_deliveries_only_gets_its_regie(tmp_path: Path) -> None:
    regie(tmp_path / "2026-Q3" / "regie.xlsx")
    write_book(tmp_path / "2026-Q4" / "SZW.xlsx", {"Voorblad": form({})})
    new_quarter("2026-Q4", str(tmp_path))
    assert sorted(path.name for path in (tmp_path / "2026-Q4").iterdir()) == ["SZW.xlsx", "regie.xlsx"]


@pytest.mark.parametrize(
    ("data", "rule"),
    [(b"", "bestand-leeg"), (b"PK\x03\x04", "bestand-beschadigd"), (b"<html>", "bestand-tekst"), (b"\xd0\xcf\x11\xe0 xls", "bestand-beschadigd")],
)  # fmt: skip
def test_a_last_regie_that_is_no_workbook_is_named_with_its_quarter(tmp_path: Path, data: bytes, rule: str) -> None:
    (tmp_path / "2026-Q3").mkdir()
    (tmp_path / "2026-Q3" / "regie.xlsx").write_bytes(data)
    finding = stopped("2026-Q4", tmp_path)
    assert (finding.rule, finding.origin.file) == (rule, "2026-Q3/regie.xlsx")
    assert not (tmp_path / "2026-Q4").exists()


def test_a_last_regie_without_the_field_for_the_quarter_is_refused(tmp_path: Path) -> None:
    write_book(
        tmp_path / "2026-Q3" / "regie.xlsx", {"Brieff": form({"Kwartaal": "2026-Q3"}), "Agenda": [], "Ministeries": []}
    )
    assert stopped("2026-Q4", tmp_path).rule == "blad-hernoemd"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    regie(tmp_path / "2026-Q3" / "regie.xlsx")
    tmp_path.chmod(0o500)
    try:
        assert stopped("2026-Q4", tmp_path).rule == "map-onschrijfbaar"
    finally:
        tmp_path.chmod(0o700)


def test_a_file_where_the_quarters_folder_must_stand_is_told(tmp_path: Path) -> None:
    regie(tmp_path / "2026-Q3" / "regie.xlsx")
    (tmp_path / "2026-Q4").write_text("geen map")
    assert stopped("2026-Q4", tmp_path).rule == "map-onschrijfbaar"


def test_every_sentence_belongs_to_a_column_of_the_contract() -> None:
    columns = {f"{spec.name}.{column.field}": column for spec in CONTRACT.regie for column in spec.columns}
    marked = {name for name, column in columns.items() if column.nieuw not in (None, Nieuw.KWARTAAL, Nieuw.WEG)}
    general = {"leeg", "nagaan", "gedateerd", "stond", "noemt"}
    assert sayings("nieuw_cellen").keys() == marked | general
    assert sayings("nieuw_uitleg").keys() <= columns.keys() | {"Agenda.begin", "Ministeries.begin"}
    assert not any(column.nieuw for spec in CONTRACT.delivery for column in spec.columns)
