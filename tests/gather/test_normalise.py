"""What a cell means by its column."""

from datetime import date, datetime

import pytest

from flows.gather.normalise import Choices, Reading, as_text, clean, read
from flows.model.contract import Column, Inhoud, printable
from flows.model.quarter import Periode

CHOICES = Choices.of(("Arbeidsmarkt", "Taal en lezen", "Taal en werk"), ("SZW", "VenJ"))
STATUS = Column(
    "status",
    "Status",
    Inhoud.KEUZE,
    keuzes={"Loopt op schema": "Loopt op schema", "Afgedaan": "Afgedaan", "Voldaan": "Afgedaan"},
)


def meaning(value: object, inhoud: Inhoud, number_format: str = "General") -> object:
    return read(value, number_format, Column("veld", "Veld", inhoud), CHOICES).meaning  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "euros"),
    [
        (2400000, 2.4e6),
        ("€ 2,4 miljoen", 2.4e6),
        ("800.000 euro", 8e5),
        ("20 mln", 2e7),
        ("€20 mln.", 2e7),
        ("1.250.000", 1.25e6),
        ("1 250 000", 1.25e6),
        ("€ 12.500,50", 12500.5),
        ("€ 20.000.000,-", 2e7),
        ("1,2 mld", 1.2e9),
        ("2.4 miljoen", 2.4e6),
        ("-500", -500.0),
        ("1,250,000", 1.25e6),
        ("12500.50", 12500.5),
        ("1,250", 1.25),
        ("20 miljoen euro", 2e7),
        ("p.m.", "PM"),
        ("nader te bepalen", None),
        ("circa 3 miljoen", None),
        (datetime(2026, 1, 1), None),
        (True, None),
    ],
)
def test_amounts(value: object, euros: object) -> None:
    assert meaning(value, Inhoud.BEDRAG) == euros


@pytest.mark.parametrize(
    ("value", "number_format", "last_day"),
    [
        (2014, "General", date(2014, 12, 31)),
        (41640, "General", date(2014, 1, 1)),
        (datetime(2014, 3, 1), "mmm-yy", date(2014, 3, 31)),
        (datetime(2014, 3, 1), "dd-mm-yyyy", date(2014, 3, 1)),
        (datetime(2014, 3, 1), "[$-413]d mmmm yyyy", date(2014, 3, 1)),
        ("medio 2014", "@", date(2014, 8, 31)),
        (datetime(1905, 7, 6), "dd-mm-yyyy", date(2014, 12, 31)),
    ],
)
def test_excels_traps_in_periods(value: object, number_format: str, last_day: date) -> None:
    found = meaning(value, Inhoud.PERIODE, number_format)
    assert isinstance(found, Periode)
    assert found.laatste_dag == last_day


def test_a_period_may_be_still_to_come() -> None:
    assert meaning("PM", Inhoud.PERIODE) == Periode("PM", None)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Loopt op schema", Reading("Loopt op schema")),
        ("  Loopt\u00a0op  schema ", Reading("Loopt op schema")),
        ("loopt op schema", Reading("Loopt op schema", near=True)),
        ("Loop op schema", Reading("Loopt op schema", near=True)),
        ("Lopot op schema", Reading("Loopt op schema", near=True)),
        ("Voldaan", Reading("Afgedaan")),
        ("voldann", Reading("Afgedaan", near=True)),
        ("In behandeling", Reading(None)),
        ("Loopt niet op schema", Reading(None)),
        ("Onvoldaan", Reading(None)),
        ("Deels afgedaan", Reading(None)),
    ],
)
def test_a_status_is_one_of_the_list_or_nearly(text: str, reading: Reading) -> None:
    assert read(text, "", STATUS, CHOICES) == reading


def test_a_topic_is_understood_only_where_one_is_near() -> None:
    topic = Column("onderwerp", "Onderwerp", Inhoud.ONDERWERP)
    assert read("Arbeidsmakt", "", topic, CHOICES) == Reading("Arbeidsmarkt", near=True)
    assert read("Taal en w", "", topic, CHOICES).meaning is None
    phases = Choices.of(("Fase 1 afronden", "Fase 2 afronden", "Wonen", "Women"), ())
    assert read("Fase 3 afronden", "", topic, phases).meaning is None  # another number is no slip
    assert read("Woven", "", topic, phases).meaning is None  # two are near
    assert read("Wone", "", topic, phases) == Reading("Wonen", near=True)


def test_codes_are_separated_by_commas_and_the_unknown_are_named() -> None:
    codes = Column("mede_namens", "Mede namens", Inhoud.CODES)
    assert read("szw, VenJ; EZ", "", codes, CHOICES) == Reading(("SZW", "VenJ"), unknown=("EZ",))


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (12.0, "General", "12"),
        (0.85, "0%", "85%"),
        (1.0005, "0.00%", "100,05%"),
        (123.45, "0.0%", "12345,0%"),
        (1.2, "General", "1.2"),
        (True, "General", "ja"),
        (datetime(2013, 12, 19), "d-m-yyyy", "19 december 2013"),
    ],
)
def test_values_read_as_they_look(value: object, number_format: str, text: str) -> None:
    assert as_text(value, number_format) == text  # type: ignore[arg-type]


def test_what_cannot_be_seen_is_not_text() -> None:
    assert clean("ge\u00admeen\u200bte_x000D_\nkern\x0b\u202e\ufe0f") == "gemeente\nkern"


def test_look_alikes_are_read_as_what_they_stand_for() -> None:
    assert clean("\uf0b7 non\u2011actief cafe\u0301") == "• non-actief café"


def test_what_no_font_can_print_leaves_a_visible_sign() -> None:
    letters = frozenset(map(ord, "abc "))
    assert printable("ab 漢c\n", letters) == "ab [?]c\n"
    assert printable("漢", frozenset()) == "漢"
