"""Each rule about what a workbook or a folder looks like: a quarter that breaks it, beside the one that breaks none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from flows.assemble.brief import assemble
from flows.catalogue import load_sentences
from flows.check_workbooks import read_deliveries
from flows.gather.steering import choices_of, read_regie
from flows.model.entries import Entries
from flows.model.finding import Stop
from flows.order import Order
from flows.overview import overviews
from flows.validate.findings import hidden_rows, unprinted_sheets
from tests.gather.quarters import CONTRACT, QUARTER, REGELS, edited, gather, rules
from tests.workbooks import MINISTRIES, delivery, measure, regie, row

Edit = Callable[[Any], object]


def set_cell(sheet: str, cell: str, value: object) -> Edit:
    return lambda book: setattr(book[sheet][cell], "value", value)


def appended(sheet: str, *values: object) -> Edit:
    return lambda book: book[sheet].append(values)


# What was done to a delivery without fault, and the one rule that this breaks.
DELIVERIES: tuple[tuple[str, Edit], ...] = (
    ("blad-ontbreekt", lambda book: book.remove(book["Voortgang"])),
    ("blad-dubbel", lambda book: book.create_sheet("voort gang").append(["Nr", "Onderwerp"])),
    ("blad-onbekend", lambda book: book.create_sheet("Kladje").append(["van alles"])),
    ("kopregel-ontbreekt", lambda book: book["Moties"].delete_rows(1) or appended("Moties", "los", "zand")(book)),
    ("kolom-onbekend", set_cell("Voortgang", "L1", "Kleur")),
    ("kolom-dubbel", set_cell("Voortgang", "L1", "status")),
    ("kolom-zonder-kop", set_cell("Voortgang", "M2", "ergens ernaast")),
    ("veld-onbekend", appended("Voorblad", "Kleur", "groen")),
    ("veld-dubbel", appended("Voorblad", "Versie:", "2")),
    ("veld-ontbreekt", lambda book: book["Voorblad"].delete_rows(4)),
    ("begrepen-als", set_cell("Voortgang", "F2", "Loopt op schma")),
    ("ministerie-niet-bekend", set_cell("Voortgang", "I2", "SZW, XYZ")),
    ("foutwaarde", lambda book: set_cell("Voortgang", "G2", "#N/A")(book) or setattr(book["Voortgang"]["G2"], "data_type", "e")),
)  # fmt: skip

# The same of regie.xlsx.
STEERING: tuple[tuple[str, Edit], ...] = (
    ("regie-leeg", lambda book: book["Ministeries"].append([None, "Ministerie zonder code"])),
    ("bijlage-onbekend", appended("Brief", "Bijlagen", "moties, plaatjes")),
    ("document-onbekend", appended("Brief", "Documenten", "brief, ansichtkaart")),
    ("citeerwijze-onbekend", appended("Brief", "Citeerwijze", "losjes")),
    ("regie-dubbel", appended("Ministeries", "OCW", "Nog eens")),
)


@pytest.mark.parametrize(("rule", "edit"), DELIVERIES, ids=[rule for rule, _ in DELIVERIES])
def test_a_delivery_that_breaks_one_rule(tmp_path: Path, rule: str, edit: Edit) -> None:
    path = delivery(tmp_path / "a.xlsx", [measure()])
    assert rules(gather(tmp_path)) == set()
    edited(path, edit)
    assert rules(gather(tmp_path)) == {rule}


@pytest.mark.parametrize(("rule", "edit"), STEERING, ids=[rule for rule, _ in STEERING])
def test_a_steering_workbook_that_breaks_one_rule(tmp_path: Path, rule: str, edit: Edit) -> None:
    path = regie(tmp_path / "regie.xlsx")
    assert read_regie(path, QUARTER, CONTRACT, REGELS)[1] == ()
    edited(path, edit)
    assert [finding.rule for finding in read_regie(path, QUARTER, CONTRACT, REGELS)[1]] == [rule]


def test_a_steering_workbook_without_its_agenda_stops_the_run(tmp_path: Path) -> None:
    path = regie(tmp_path / "regie.xlsx", Agenda=[("Thema", "Titel thema", "Onderwerp", "Trekker")])
    with pytest.raises(Stop) as stopped:
        read_regie(path, QUARTER, CONTRACT, REGELS)
    assert stopped.value.finding.rule == "regie-onvolledig"


@pytest.mark.parametrize(
    ("due", "rule"),
    [(datetime(2026, 9, 18), "niet-geleverd"), (datetime(2026, 9, 30), "nog-niet-geleverd"), (None, "niet-geleverd-zonder-datum")],
)  # fmt: skip
def test_who_did_not_deliver_is_told_by_the_day(tmp_path: Path, due: datetime | None, rule: str) -> None:
    ministries = [("Code", "Naam", "Uiterste leverdatum"), *((code, name, due) for code, name in MINISTRIES)]
    regie(tmp_path / "regie.xlsx", Ministeries=ministries)
    delivery(tmp_path / "a.xlsx", [measure()])
    assert [finding.rule for finding in gather(tmp_path).findings] == [rule]


def test_an_order_of_rows_that_are_not_there_is_told(tmp_path: Path) -> None:
    path = regie(tmp_path / "regie.xlsx", Indeling=[("Code", "Nr", "Onderwerp"), ("SZW", "SZW-99", "Taal")])
    steering, findings = read_regie(path, QUARTER, CONTRACT, REGELS)
    assert findings == ()
    _, _, found = assemble(steering, Entries(), load_sentences(), REGELS)
    assert "indeling-onbekend" in {finding.rule for finding in found}


@pytest.mark.parametrize(
    ("inputs", "files", "rule"),
    [
        ("in", None, "kwartaal-onbekend"),
        ("in", (), "map-leeg"),
        ("in", ("SZW.xlsx",), "regie-ontbreekt"),
        ("niets://ergens/in", (), "adres-onbekend"),
    ],
)
def test_a_folder_that_holds_no_quarter(tmp_path: Path, inputs: str, files: tuple[str, ...] | None, rule: str) -> None:
    if files is not None:
        (tmp_path / "in" / "2026-Q3").mkdir(parents=True)
    for name in files or ():
        (tmp_path / "in" / "2026-Q3" / name).write_bytes(b"")
    where = inputs if "://" in inputs else str(tmp_path / inputs)
    with pytest.raises(Stop) as stopped:
        Order.of("2026-Q3", where, str(tmp_path / "out"), REGELS)
    assert stopped.value.finding.rule == rule


def test_files_that_are_no_input_are_told(tmp_path: Path) -> None:
    regie(tmp_path / "2026-Q3" / "regie.xlsx")
    order = Order.of("2026-Q3", str(tmp_path), str(tmp_path / "out"), REGELS)
    assert order.misnamed(REGELS) == ()
    (tmp_path / "2026-Q3" / "SZW\u202excod.xlsx").write_bytes(b"")
    (tmp_path / "2026-Q3" / "notulen.docx").write_bytes(b"")
    assert [finding.rule for finding in order.misnamed(REGELS)] == ["bestand-naam"]
    assert [path.name for path in order.files(REGELS)] == ["notulen.docx", "regie.xlsx"]
    steering, _ = read_regie(order.inputs / "regie.xlsx", QUARTER, CONTRACT, REGELS)
    (found,) = read_deliveries(order.files(REGELS), choices_of(steering), CONTRACT, REGELS)
    assert [finding.rule for finding in found.findings] == ["bestand-overgeslagen"]


def test_hidden_rows_and_sheets_without_an_annex_are_told(tmp_path: Path) -> None:
    motion = row("Moties", Nr="SZW-01", Motie="Over taal.", Kamerstuk="32824, nr. 1", Status="In uitvoering")
    path = delivery(tmp_path / "a.xlsx", [measure(), measure("SZW-02")], Moties=[motion])
    steering, _ = read_regie(regie(tmp_path / "regie" / "regie.xlsx"), QUARTER, CONTRACT, REGELS)
    shown = gather(tmp_path).deliveries
    assert [*hidden_rows(shown, REGELS), *unprinted_sheets(shown, steering, REGELS)] == []
    edited(path, lambda book: setattr(book["Voortgang"].row_dimensions[3], "hidden", True))
    hidden = gather(tmp_path).deliveries
    assert [(finding.rule, finding.nr) for finding in hidden_rows(hidden, REGELS)] == [("rij-verborgen", "SZW-02")]
    assert [finding.rule for finding in unprinted_sheets(hidden, replace(steering, bijlagen=()), REGELS)] == [
        "blad-niet-gedrukt"
    ]


def test_without_any_quarter_there_is_nothing_to_look_over(tmp_path: Path) -> None:
    with pytest.raises(Stop) as stopped:
        overviews(str(tmp_path), str(tmp_path))
    assert stopped.value.finding.rule == "geen-kwartalen"
