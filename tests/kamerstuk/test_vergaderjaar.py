"""When a vergaderjaar begins, and which dates fit it."""

from datetime import date

import pytest

from flows.kamerstuk.vergaderjaar import fits, prinsjesdag, vergaderjaar

DAYS = [
    date(2026, 9, 15),
    date(2013, 9, 17),
    date(2015, 9, 15),
    date(2009, 9, 15),
    date(1983, 9, 20),
    date(1888, 9, 18),
    # before the Grondwet of 1887 a Monday, before that of 1848 a Monday of October
    date(1887, 9, 19),
    date(1849, 9, 17),
    date(1848, 10, 16),
    date(1814, 11, 7),
]

VERGADERJAREN = [
    (date(2013, 9, 16), "2012-2013"),
    (date(2013, 9, 17), "2013-2014"),
    (date(2026, 9, 25), "2026-2027"),
    (date(2000, 1, 1), "1999-2000"),
]

FITTING = [
    ("2012-2013", date(2013, 9, 9), True),
    ("2013-2014", date(2013, 9, 9), False),
    # a letter of some days before Prinsjesdag is printed in the new year, one of some days after it in the old
    ("2013-2014", date(2013, 9, 13), True),
    ("2012-2013", date(2013, 9, 20), True),
    ("2012-2013", date(2013, 9, 25), False),
    ("2026-2027", date(2025, 5, 12), False),
    ("2024-2025", date(2025, 5, 12), True),
]


@pytest.mark.parametrize("day", DAYS)
def test_prinsjesdag(day: date) -> None:
    assert prinsjesdag(day.year) == day


@pytest.mark.parametrize(("day", "year"), VERGADERJAREN)
def test_vergaderjaar(day: date, year: str) -> None:
    assert vergaderjaar(day) == year


@pytest.mark.parametrize(("year", "day", "fitting"), FITTING)
def test_a_date_fits_its_vergaderjaar(year: str, day: date, fitting: bool) -> None:
    assert fits(year, day) is fitting
