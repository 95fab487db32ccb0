"""What is due when: before the brief's date, by quarter from then on, and without a day."""

from __future__ import annotations

from datetime import date

import pytest

from flows.assemble.deadlines import tijdlijn
from flows.model.quarter import Kwartaal

DATUM = date(2026, 9, 25)


@pytest.mark.parametrize(
    ("days", "quarters", "open_ended", "counts"),
    [
        ([], "", False, None),
        ([None], "", False, (0, 1)),
        ([date(2026, 9, 24)], "", False, (1, 0)),
        ([date(2026, 9, 25)], "2026-Q3", False, (0, 1, 0)),
        ([date(2019, 1, 1), date(2026, 9, 30), None], "2026-Q3", False, (1, 1, 1)),
        ([date(2027, 3, 31)], "2026-Q3 2026-Q4 2027-Q1", False, (0, 0, 0, 1, 0)),
        ([date(2027, 9, 30)], "2026-Q3 2026-Q4 2027-Q1 2027-Q2 2027-Q3", False, (0, 0, 0, 0, 0, 1, 0)),
        ([date(2027, 9, 30), date(2040, 1, 1)], "2026-Q3 2026-Q4 2027-Q1 2027-Q2 2027-Q3", True, (0, 0, 0, 0, 0, 2, 0)),
    ],
)
def test_days_are_counted_seen_from_the_date_of_the_brief(
    days: list[date | None], quarters: str, open_ended: bool, counts: tuple[int, ...] | None
) -> None:
    made = tijdlijn(["Thema"], [("Thema", day) for day in days], DATUM)
    assert made.kwartalen == tuple(map(Kwartaal.parse, quarters.split()))
    assert made.open == open_ended
    assert made.rows == ((("Thema", counts),) if counts else ())


def test_the_rows_stand_in_the_order_of_the_names_and_those_without_anything_due_are_left_out() -> None:
    made = tijdlijn(["A", "B", "C"], [("C", None), ("A", DATUM), ("C", None)], DATUM)
    assert made.rows == (("A", (0, 1, 0)), ("C", (0, 0, 2)))
