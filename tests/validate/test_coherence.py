"""What does not fit together in one quarter, and what became of the rows of an earlier one: each rule as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from flows.baseline import Published, baseline
from flows.catalogue import load_rules, load_words
from flows.comparison import renamed
from flows.model.brief import Brief
from flows.model.delivery import Cell, Delivery, Origin, Regie, Run, Sheet, Workbook
from flows.model.entries import Entries, Maatregel, Middel, Status, Toezegging
from flows.model.finding import Finding, Regels
from flows.model.quarter import Kwartaal, Periode
from flows.render.data import brief_data
from flows.validate.changes import changes
from flows.validate.coherence import coherence
from tests.assemble.test_brief import AGENDA, MINISTRIES, made, measure

REGELS, WORDS = Regels(load_rules()), load_words()
PLACE = Origin("SZW.xlsx", "Middelen", 2)


def amount(euros: float, topic: str = "Taal", code: str = "OCW") -> Middel:
    return Middel(
        nr="B-01", ministerie=code, origin=PLACE, onderwerp=topic, omschrijving="", bedrag=euros, bedrag_getypt="",
        jaar="2026", dekking="", kamerstuk="",
    )  # fmt: skip


def promise(text: str) -> Toezegging:
    return Toezegging(
        nr="T-01", ministerie="OCW", origin=PLACE, toezeggingnummer="", toezegging=(Run(text),), datum=None, overleg="",
        kamerstuk="", bewindspersoon="", status=Status.OPENSTAAND, stand_van_zaken=(), gereed=None, afgedaan_met="",
    )  # fmt: skip


def found(row: Maatregel, missing: tuple[str, ...] = (), **registers: Any) -> list[tuple[str, str | None]]:
    entries = Entries((row,), **registers)
    sender = Cell(Origin("regie.xlsx"), "SZW", (Run("SZW"),))
    regie = Regie(
        Workbook("regie.xlsx", "", {}),
        Kwartaal(2026, 3),
        date(2026, 9, 25),
        "",
        {"afzender": sender},
        AGENDA,
        MINISTRIES,
    )
    brief, _ = made(entries)
    return [(one.rule, one.value) for one in coherence(brief, entries, regie, missing, WORDS, REGELS)]


PERSON = [
    ("OCW-01", "Hierover stuur ik een brief.", "ik"),
    ("OCW-01", "In Mijn brief staat het.", "Mijn"),
    ("SZW-01", "Hierover stuur ik een brief.", None),  # the sender
    ("OCW-01", "Een deelnemer zegt: ‘Ik leer nu sneller.’", None),
    ("OCW-01", "De mijnbouw en het kliksysteem lopen.", None),
]


@pytest.mark.parametrize(("nr", "text", "word"), PERSON)
def test_the_first_person_is_the_senders(nr: str, text: str, word: str | None) -> None:
    assert found(measure(nr, text)) == ([("eerste-persoon", word)] if word else [])


PROMISES = [
    ("De minister zal de Kamer voor de zomer over de uitkomst informeren.", True),
    ("Hierover wordt uw Kamer in het najaar geïnformeerd.", True),
    ("Dit is de Kamer toegezegd.", True),
    ("De Kamer is hierover geïnformeerd.", False),
    ("Twee aanbieders hebben toegezegd te scholen.", False),
    ("De minister zal scholen informeren. De Kamer vroeg daarom.", False),
]


@pytest.mark.parametrize(("text", "said"), PROMISES)
def test_a_promise_in_the_text_is_proposed_for_the_register(text: str, said: bool) -> None:
    assert [rule for rule, _ in found(measure("OCW-01", text))] == ["belofte-zonder-toezegging"] * said


def test_a_promise_that_looks_like_a_row_of_the_register_is_known() -> None:
    text = "De minister zal de Kamer informeren over de evaluatie van de taalscholen."
    known = promise("De Kamer ontvangt een evaluatie van taalscholen.")
    assert found(measure("OCW-01", text), toezeggingen=(known,)) == []


AMOUNTS = [
    ("Er is € 2,4 miljoen beschikbaar.", 2_500_000.0, "€ 2,4 miljoen"),
    ("Er is € 2,5 miljoen beschikbaar.", 2_500_000.0, None),
    ("Er is € 2,5 miljoen beschikbaar.", 2_549_000.0, None),  # as it is rounded
    ("Er is € 800.000 beschikbaar.", 850_000.0, "€ 800.000"),
    ("Een cursus kost € 800.", 850_000.0, None),
    ("Er is € 2,4 miljoen beschikbaar.", 9_000_000.0, None),  # something else
]


@pytest.mark.parametrize(("text", "budget", "said"), AMOUNTS)
def test_an_amount_that_is_nearly_one_of_the_budget(text: str, budget: float, said: str | None) -> None:
    middelen = (amount(budget), amount(2_450_000.0, "Werk"), amount(2_450_000.0, code="SZW"))
    expected = [("bedrag-anders-dan-middelen", said)] if said else []
    assert found(measure("OCW-01", text), middelen=middelen) == expected


def test_a_cosigner_that_has_delivered_nothing() -> None:
    row = measure("OCW-01", mede_namens=("SZW", "VenJ"))
    assert found(row, ("venj",)) == [("mede-namens-niet-geleverd", "VenJ")]


# --- compared with an earlier quarter ---

END, LATER = Periode("eind 2026", date(2026, 12, 31)), Periode("medio 2027", date(2027, 8, 31))


def published(brief: Brief) -> Published:
    return Published(brief.kwartaal, "concept-02", b"", brief_data(brief))


def compared(before: Maatregel, now: Maatregel | None) -> list[Finding]:
    earlier, _ = made(Entries((before,)), kwartaal=Kwartaal(2026, 2))
    entries = Entries((now,) if now else ())
    brief = _with(made(entries)[0], earlier)
    book = Workbook("OCW.xlsx", "", {"Voortgang": Sheet("Voortgang", "voortgang ", {}, ())})
    deliveries = [Delivery(book, "OCW", Kwartaal(2026, 3))]
    return list(changes(brief, entries, deliveries, WORDS, REGELS))


CHANGED: list[tuple[dict[str, Any], dict[str, Any] | None, list[str]]] = [
    ({}, {"text": "Iets nieuws."}, []),
    ({}, {}, ["tekst-ongewijzigd"]),
    ({"text": "Onlangs is begonnen."}, {"text": "Onlangs is begonnen."}, ["tekst-ongewijzigd-met-tijd"]),
    ({"status": Status.AFGEROND}, {"status": Status.AFGEROND}, []),  # what is done may stay as it is
    ({}, None, ["rij-verdwenen"]),
    ({"status": Status.AFGEROND}, None, []),
    ({"status": Status.VERVALLEN}, None, []),
    ({"status": Status.AFGEROND}, {"text": "Toch niet klaar."}, ["status-terug"]),
    ({"gereed": END}, {"text": "Nieuw.", "gereed": LATER}, ["termijn-verschoven"]),
    ({"gereed": END}, {"text": "Nieuw.", "gereed": END}, []),
    ({"gereed": END}, {"text": "Nieuw.", "gereed": Periode("december 2026", END.laatste_dag)}, []),  # the same day
    ({"gereed": None}, {"text": "Nieuw.", "gereed": END}, []),
]


@pytest.mark.parametrize(("before", "now", "rules"), CHANGED)
def test_what_became_of_a_row(before: dict[str, Any], now: dict[str, Any] | None, rules: list[str]) -> None:
    later = None if now is None else measure("OCW-01", **now)
    assert [one.rule for one in compared(measure("OCW-01", **before), later)] == rules


def test_what_vanished_is_told_where_it_should_stand() -> None:
    (one,) = compared(measure("OCW-01", status=Status.VERTRAAGD), None)
    assert (one.origin, one.ministerie, one.nr) == (Origin("OCW.xlsx", "voortgang "), "OCW", "OCW-01")
    assert one.message.startswith("Nr OCW-01 van OCW stond in 2026-Q2 nog open (‘Vertraagd’)")


def test_a_row_under_another_number_is_the_same_row_and_that_is_told() -> None:
    text = "Het vakonderwijs begint met een proef in vijf gemeenten."
    rows = (measure("OCW-01", "Er is een nieuwe regeling voor scholen."), measure("OCW-02", text, gereed=END))
    earlier, _ = made(Entries(rows), kwartaal=Kwartaal(2026, 2))
    now = (measure("OCW-01", text, gereed=LATER), measure("OCW-03", "Ook ouders worden bij de aanpak betrokken."))
    brief = made(Entries(now))[0]
    brief = replace(brief, baseline=baseline(published(earlier), renamed(brief, published(earlier))))
    book = Workbook("OCW.xlsx", "", {"Voortgang": Sheet("Voortgang", "Voortgang", {}, ())})
    told = list(changes(brief, Entries(now), [Delivery(book, "OCW", Kwartaal(2026, 3))], WORDS, REGELS))
    assert [(one.rule, one.nr, one.value) for one in told] == [
        ("rij-verdwenen", "OCW-01", None),  # that of 2026-Q2, whose number has been given to another
        ("rij-hernummerd", "OCW-01", "OCW-01"),
        ("termijn-verschoven", "OCW-01", "medio 2027"),
    ]
    assert "heeft een rij van OCW nummer ‘OCW-01’; in 2026-Q2 was dat ‘OCW-02’." in told[1].message
    (history,) = brief_data(brief)["termijnen"]
    assert [one["tekst"] for one in history["historie"]] == ["eind 2026"]


def test_the_words_of_time_are_named() -> None:
    text = "Dit jaar begint dit, en binnenkort dat; dit jaar."
    (one,) = compared(measure("OCW-01", text), measure("OCW-01", text))
    assert one.value == "Dit jaar, binnenkort, dit jaar"


def test_how_often_a_deadline_moved_is_counted_over_the_quarters() -> None:
    first, _ = made(Entries((measure("OCW-01", gereed=END),)), kwartaal=Kwartaal(2026, 1))
    second, _ = made(Entries((measure("OCW-01", gereed=LATER),)), kwartaal=Kwartaal(2026, 2))
    with_history = brief_data(_with(second, first))
    assert with_history["termijnen"][0]["historie"] == [
        {"kwartaal": "2026-Q1", "tekst": "eind 2026", "laatste_dag": "2026-12-31"}
    ]
    row = measure("OCW-01", "Nieuw.", gereed=Periode("2028", date(2028, 12, 31)))
    before = baseline(Published(Kwartaal(2026, 2), "definitief", b"", with_history))
    brief = replace(made(Entries((row,)))[0], baseline=before)
    (one,) = changes(brief, Entries((row,)), (), WORDS, REGELS)
    assert (one.rule, one.value) == ("termijn-vaker-verschoven", "2028")
    assert "in 2026-Q2 was dat ‘medio 2027’. De termijn is nu 2 keer verschoven." in one.message


def _with(brief: Brief, earlier: Brief) -> Brief:
    return replace(brief, baseline=baseline(published(earlier)))
