"""What keeps the final brief from being made: approvals and open points, each with what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.catalogue import load_rules
from flows.model.annexes import Annexes
from flows.model.brief import Brief, Open
from flows.model.delivery import Akkoord, Delivery, Ministerie, Origin, Regie, Workbook
from flows.model.finding import Regels
from flows.model.quarter import Kwartaal
from flows.validate.approval import still_open
from tests.validate.conftest import make_delivery

REGELS, QUARTER, DAY = Regels(load_rules()), Kwartaal(2026, 3), date(2026, 9, 20)
ROW = Origin("regie.xlsx", "Akkoord", 2, "A")
REGIE = Regie(
    Workbook("regie.xlsx", "", {}), QUARTER, DAY, "Titel", {}, (), (Ministerie("SZW", "Sociale Zaken"), Ministerie("OCW", "Onderwijs"))
)  # fmt: skip
BRIEF = Brief("Titel", QUARTER, DAY, {}, (), None, (), None, (), Annexes())


def delivered(digest: str, *, approved: bool = False) -> Delivery:
    made = make_delivery("SZW.xlsx", "SZW", "Voorblad", [{"akkoord": "ja"}])
    return replace(made, workbook=replace(made.workbook, sha256=digest), akkoord=approved)


@pytest.mark.parametrize(
    ("approved", "rows", "rules"),
    [
        (False, [], ["zonder-akkoord"]),
        (True, [], []),
        (False, [Akkoord("SZW", DAY, "aa", ROW)], []),
        (False, [Akkoord("szw ", DAY, "aa", ROW)], []),
        (False, [Akkoord("SZW", DAY, "bb", ROW)], ["akkoord-andere-aanlevering", "zonder-akkoord"]),
        (False, [Akkoord("SZW", DAY, "", ROW)], ["akkoord-andere-aanlevering", "zonder-akkoord"]),
        (False, [Akkoord("SZW", None, "aa", ROW)], ["akkoord-niet-gegeven", "zonder-akkoord"]),
        (True, [Akkoord("SZW", None, "aa", ROW)], ["akkoord-niet-gegeven"]),
        (True, [Akkoord("SZW", DAY, "bb", ROW)], ["akkoord-andere-aanlevering"]),
        (True, [Akkoord("OCW", DAY, "bb", ROW)], ["akkoord-andere-aanlevering"]),
        (True, [Akkoord("Meedoen", DAY, "", ROW)], []),
        (True, [Akkoord("Meedoen", None, "", ROW)], ["akkoord-niet-gegeven"]),
    ],
)
def test_an_approval_holds_for_the_delivery_that_was_seen(
    approved: bool, rows: list[Akkoord], rules: list[str]
) -> None:
    regie = replace(REGIE, akkoorden=tuple(rows))
    found = list(still_open(BRIEF, [delivered("aa", approved=approved)], regie, REGELS))
    assert [finding.rule for finding in found] == rules
    assert all(finding.blocking for finding in found)


def test_an_open_point_is_told_with_its_place_and_a_gap_only_once() -> None:
    points = (
        Open("PM bedrag", "Taal", Origin("SZW.xlsx", "Voortgang", 3, "D"), "SZW", "SZW-02"),
        Open("x", "Taal", None, gap=True),
    )
    (found,) = still_open(replace(BRIEF, open=points), [delivered("aa", approved=True)], REGIE, REGELS)
    assert (found.rule, found.origin.cell, found.nr, found.blocking) == ("punt-nog-open", "D3", "SZW-02", True)
    assert "‘PM bedrag’, onder ‘Taal’" in found.message
