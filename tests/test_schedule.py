"""When the schedule makes a draft: what a day brings, as a table; and what the flow does with it, on real folders."""

from __future__ import annotations

from datetime import date

import pytest

from flows.logbook import Page
from flows.model.delivery import Ministerie
from flows.model.quarter import Kwartaal
from flows.order import due_date
from flows.schedule import Turn, made_since, turn

DUE = date(2026, 9, 19)
DAYS = [
    (date(2026, 9, 18), False, Turn.LATER),  # the last day on which may be delivered
    (date(2026, 9, 19), False, Turn.NOW),
    (date(2026, 9, 19), True, Turn.MADE),
    (date(2026, 9, 20), False, Turn.NOW),  # the machine was off on the day itself
    (date(2026, 9, 30), True, Turn.MADE),
    (date(2026, 10, 1), True, Turn.UNPREPARED),  # a new quarter, and nobody has made its regie.xlsx
    (date(2026, 10, 1), False, Turn.NOW),  # what is due comes first
    (date(2027, 2, 1), True, Turn.UNPREPARED),
]


@pytest.mark.parametrize(("today", "made", "expected"), DAYS)
def test_what_a_day_brings(today: date, made: bool, expected: Turn) -> None:
    assert turn(today, Kwartaal(2026, 3), DUE, made=made) is expected


def test_a_draft_is_due_on_the_day_after_the_last_of_the_days_for_delivery() -> None:
    days = (date(2026, 9, 17), None, date(2026, 9, 18))
    assert due_date([Ministerie(str(day), "", leverdatum=day) for day in days]) == DUE
    assert due_date([Ministerie("SZW", "")]) is None


def page(**found: str | None) -> Page:
    known = {"run": "1", "verb": "concept", "kwartaal": "2026-Q3", "who": "a", "host": "b", "via": "rooster"}
    return Page(**(known | {"begin": "2026-09-19T06:00:03+02:00", "outcome": "Met bevindingen"} | found))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "made"),
    [
        ({}, True),
        ({"outcome": "Gereed"}, True),
        ({"outcome": "Mislukt"}, False),
        ({"outcome": None}, False),  # broken off
        ({"via": "opdracht"}, False),  # the coordinator's own drafts don't count
        ({"verb": "controle"}, False),
        ({"begin": "2026-09-12T06:00:03+02:00"}, False),  # the day for delivery has been moved since
    ],
)
def test_only_a_draft_of_the_schedules_own_on_or_after_the_day_counts(found: dict[str, str | None], made: bool) -> None:
    assert made_since(DUE, [page(**found)]) is made


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 12, 31), "2026-Q4"),
    ],
)
def test_a_day_falls_in_a_quarter(day: date, quarter: str) -> None:
    assert str(Kwartaal.of(day)) == quarter
