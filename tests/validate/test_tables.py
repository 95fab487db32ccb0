"""Deliveries become tables in which a rule can see what was typed, what was understood, and what was not."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from flows.model.contract import Contract
from flows.model.delivery import Cell, Delivery, Meaning, Origin, Row, Run, Sheet, Workbook
from flows.model.quarter import Kwartaal, Periode
from flows.validate.suites import Suite
from flows.validate.tables import placed_rows, table_columns, tables

from .conftest import Cells, Unread, make_delivery


def test_a_row_keeps_its_place_and_its_text(contract: Contract) -> None:
    (row,) = tables([make_delivery("a.xlsx", "SZW", "Voortgang", [{"nr": " SZW-01\n"}])], contract)["Voortgang"]
    place = {"bestand": "a.xlsx", "blad": "Voortgang", "rij": 2, "ministerie": "SZW", "nr": "SZW-01"}
    assert {name: row[name] for name in place} == place
    assert row["status"] is None


def test_what_was_not_understood_stands_in_a_column_of_its_own(contract: Contract) -> None:
    cells: list[Cells] = [{"status": "Vervallen"}, {"status": Unread("weg")}, {"status": None}]
    rows = tables([make_delivery("a.xlsx", "SZW", "Voortgang", cells)], contract)["Voortgang"]
    assert [row["status_gelezen"] for row in rows] == ["Vervallen", None, None]
    assert [row["status_onleesbaar"] for row in rows] == [None, "weg", None]


@pytest.mark.parametrize(
    ("field", "meaning", "read"),
    [
        ("gereed", Periode("eind 2026", date(2026, 12, 31)), "2026-12-31"),
        ("gereed", Periode("doorlopend", None), "doorlopend"),
        ("volgorde", 2.5, "2.5"),
        ("volgorde", 0, "0"),
        ("onderwerp", "Taal", "Taal"),
    ],
)
def test_meanings_are_text(contract: Contract, field: str, meaning: Meaning, read: str) -> None:
    origin = Origin("a.xlsx", "Voortgang", 2)
    row = Row(origin, {field: Cell(origin, "x", (Run("x"),), meaning)})
    workbook = Workbook("a.xlsx", "", {"Voortgang": Sheet("Voortgang", "Voortgang", {}, (row,))})
    (record,) = tables([Delivery(workbook, "SZW", Kwartaal(2026, 3))], contract)["Voortgang"]
    assert (record[f"{field}_gelezen"], record[f"{field}_onleesbaar"]) == (read, None)


def test_nothing_that_may_not_be_published_gets_into_a_table(contract: Contract) -> None:
    secret = {"nr": "SZW-01", "intern": "geheim"}
    cover = {"ministerie": "SZW", "email": "geheim", "contactpersoon": "geheim", "akkoord_door": "geheim"}
    sheets = [
        make_delivery("a.xlsx", "SZW", "Voortgang", [secret]),
        make_delivery("b.xlsx", "SZW", "Voorblad", [cover]),
    ]
    assert "geheim" not in str(tables(sheets, contract))


def test_each_row_has_all_columns_of_its_sheet(contract: Contract, suites: tuple[Suite, ...]) -> None:
    made = tables([make_delivery("a.xlsx", "SZW", spec.name, [{}]) for spec in contract.delivery], contract)
    for suite in suites:
        (row,) = made[suite.sheet]
        assert set(row) == table_columns(contract.sheet(suite.sheet)) >= set(suite.columns)


def test_positions_lead_back_to_rows_and_hidden_rows_have_none(contract: Contract) -> None:
    deliveries = [
        make_delivery("a.xlsx", "SZW", "Moties", [{"nr": "SZW-01"}]),
        make_delivery("b.xlsx", "OCW", "Moties", [{"nr": "OCW-01"}], hidden=True),
        make_delivery("c.xlsx", "VWS", "Moties", [{"nr": "VWS-01"}, {"nr": "VWS-02"}]),
    ]
    numbers = ["SZW-01", "VWS-01", "VWS-02"]
    assert [row["nr"] for row in tables(deliveries, contract)["Moties"]] == numbers
    assert [row.text("nr") for _, row in placed_rows(deliveries, contract)["Moties"]] == numbers


def test_tables_travel_to_another_process(contract: Contract) -> None:
    made = tables([make_delivery("a.xlsx", "SZW", "Moties", [{"nr": "SZW-01"}])], contract)
    assert pickle.loads(pickle.dumps(made)) == made
