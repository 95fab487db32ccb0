"""Time as the brief counts it."""

from datetime import date

import pytest

from flows.model.quarter import Kwartaal, parse_datum, parse_periode

PERIODS = [
    ("2014", date(2014, 12, 31)),
    ("Q2 2014", date(2014, 6, 30)),
    ("2014-Q2", date(2014, 6, 30)),
    ("2e kwartaal 2014", date(2014, 6, 30)),
    ("vierde kwartaal 2014", date(2014, 12, 31)),
    ("maart 2014", date(2014, 3, 31)),
    ("februari 2016", date(2016, 2, 29)),
    ("mrt. 2014", date(2014, 3, 31)),
    ("begin maart 2014", date(2014, 3, 10)),
    ("medio maart 2014", date(2014, 3, 20)),
    ("eind maart 2014", date(2014, 3, 31)),
    ("begin 2014", date(2014, 3, 31)),
    ("medio 2014", date(2014, 8, 31)),
    ("eind 2014", date(2014, 12, 31)),
    ("voorjaar 2014", date(2014, 6, 20)),
    ("zomer 2014", date(2014, 9, 22)),
    ("Najaar  2014", date(2014, 12, 20)),
    ("eerste helft 2014", date(2014, 6, 30)),
    ("tweede helft van 2014", date(2014, 12, 31)),
    ("voor de zomer 2014", date(2014, 7, 4)),
    ("vóór het zomerreces 2014", date(2014, 7, 4)),
    ("voor het kerstreces 2014", date(2014, 12, 19)),
    ("2013-2016", date(2016, 12, 31)),
    ("2013 \u2013 2016", date(2016, 12, 31)),
    ("17 december 2013", date(2013, 12, 17)),
    ("17-12-2013", date(2013, 12, 17)),
    ("1 mrt. 2014", date(2014, 3, 1)),
    ("dinsdag 17 december 2013", date(2013, 12, 17)),
    ("17/12/2013", date(2013, 12, 17)),
    ("17-12-2013 00:00:00", date(2013, 12, 17)),
    ("2013-12-17T00:00:00", date(2013, 12, 17)),
    ("Q2-2014", date(2014, 6, 30)),
    ("Q 2 2014", date(2014, 6, 30)),
    ("2014 K2", date(2014, 6, 30)),
    ("2e kw. 2014", date(2014, 6, 30)),
    ("het derde kwartaal van 2014", date(2014, 9, 30)),
    ("einde 2014", date(2014, 12, 31)),
    ("eind van 2014", date(2014, 12, 31)),
    ("einde maart 2014", date(2014, 3, 31)),
    ("maart-2014", date(2014, 3, 31)),
    ("1e helft 2014", date(2014, 6, 30)),
    ("vóór de zomer van 2014", date(2014, 7, 4)),
    ("voor zomerreces 2014", date(2014, 7, 4)),
    ("2013 t/m 2016", date(2016, 12, 31)),
    ("Doorlopend.", None),
    ("doorlopend", None),
]
UNREADABLE = [
    "",
    "ergens volgend jaar",
    "31 februari 2014",
    "2016-2013",
    "Q5 2014",
    "maart",
    "zo snel mogelijk",
    "1e kwartaal",
    "niet voor 2014",
    "na de zomer 2014",
    "41699 2014",
]


@pytest.mark.parametrize(("text", "day"), PERIODS)
def test_a_dutch_period_means_its_last_day(text: str, day: date | None) -> None:
    period = parse_periode(text)
    assert period is not None
    assert period.laatste_dag == day


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_period_is_none(text: str) -> None:
    assert parse_periode(text) is None


def test_a_period_is_no_day() -> None:
    assert parse_datum("maart 2014") is None
    assert parse_datum("3 maart 2014") == date(2014, 3, 3)


def test_a_quarter_is_its_folder_name() -> None:
    assert str(Kwartaal.parse("2026-q3")) == "2026-Q3"
    for text in ("2026-Q5", "2026", "Q3", "26-Q3", ""):
        with pytest.raises(ValueError, match="no quarter"):
            Kwartaal.parse(text)
