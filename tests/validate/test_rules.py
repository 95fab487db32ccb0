"""Every rule of every sheet, by an example that breaks it and one that does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from flows.model.contract import Contract
from flows.model.delivery import Delivery
from flows.model.finding import Severity
from flows.validate.expectations import judge
from flows.validate.suites import Suite, rules
from flows.validate.tables import tables

from .conftest import Cells, Unread, make_delivery

FULL: dict[str, dict[str, str]] = {
    "Voorblad": {"ministerie": "SZW", "kwartaal": "2026-Q3", "peildatum": "30 september 2026"},
    "Voortgang": {"nr": "SZW-01", "onderwerp": "Taal", "stand_van_zaken": "Loopt.", "status": "Afgerond"},
    "Toezeggingen": {"nr": "SZW-01", "toezegging": "De Kamer informeren.", "status": "Openstaand"},
    "Moties": {"nr": "SZW-01", "motie": "Over taal.", "kamerstuk": "32824, nr. 1", "status": "In uitvoering"},
    "Indicatoren": {
        "nr": "SZW-01",
        "onderwerp": "Taal",
        "indicator": "Geslaagden",
        "eenheid": "%",
        "peildatum": "2026",
        "waarde": "12,5",
        "bron": "CBS",
    },
    "Middelen": {"nr": "SZW-01", "onderwerp": "Taal", "omschrijving": "Les", "bedrag": "€ 2", "jaar": "2026"},
    "Inzet": {"nr": "SZW-01", "onderwerp": "Taal", "partij": "Rijk", "inzet": "Geld."},
    "Instrumenten": {"nr": "SZW-01", "onderwerp": "Taal", "soort": "Websites", "omschrijving": "Uitleg."},
}
NUMBERED = "Voortgang Toezeggingen Moties Indicatoren Middelen Inzet Instrumenten"
WITH_TOPIC = "Voortgang Indicatoren Middelen Inzet Instrumenten"
WITH_STATUS = "Voortgang Toezeggingen Moties"
B, W = Severity.BLOKKEREND, Severity.WAARSCHUWING
ODD = Unread("wie weet")

# Rule, severity, sheets, the field pointed at, what breaks it, what does not (None empties a cell of FULL).
CASES: tuple[tuple[str, Severity, str, str, Cells, Cells], ...] = (
    ("nr-ontbreekt", B, NUMBERED, "nr", {"nr": None}, {}),
    ("onderwerp-ontbreekt", B, WITH_TOPIC, "onderwerp", {"onderwerp": None}, {}),
    ("onderwerp-onbekend", B, WITH_TOPIC, "onderwerp", {"onderwerp": ODD}, {}),
    ("status-ontbreekt", B, WITH_STATUS, "status", {"status": None}, {}),
    (
        "status-onbekend",
        B,
        f"{WITH_STATUS} Inzet",
        "status",
        {"status": ODD},
        {"status": "Vervallen", "stand_van_zaken": "x"},
    ),
    ("gereed-onleesbaar", B, WITH_STATUS, "gereed", {"gereed": ODD}, {"gereed": "eind 2026"}),
    (
        "stand-van-zaken-ontbreekt",
        B,
        "Voortgang",
        "stand_van_zaken",
        {"stand_van_zaken": None},
        {"stand_van_zaken": "PM"},
    ),
    # Voortgang asks for Stand van zaken in any case, so that Vervallen adds no second finding there.
    (
        "stand-van-zaken-ontbreekt",
        B,
        "Voortgang",
        "stand_van_zaken",
        {"status": "Vervallen", "stand_van_zaken": " \n"},
        {},
    ),
    (
        "vertraagd-zonder-toelichting",
        W,
        "Voortgang",
        "toelichting_status",
        {"status": "Vertraagd"},
        {"status": "Vertraagd", "toelichting_status": "Te druk."},
    ),
    ("volgorde-onleesbaar", W, "Voortgang", "volgorde", {"volgorde": ODD}, {"volgorde": "2,5"}),
    ("toezegging-ontbreekt", B, "Toezeggingen", "toezegging", {"toezegging": None}, {}),
    ("datum-onleesbaar", W, "Toezeggingen", "datum", {"datum": ODD}, {"datum": "4 december 2026"}),
    (
        "afgedaan-zonder-verwijzing",
        B,
        "Toezeggingen Moties",
        "afgedaan_met",
        {"status": "Afgedaan"},
        {"status": "Afgedaan", "afgedaan_met": "deze brief"},
    ),
    (
        "vervallen-zonder-stand-van-zaken",
        W,
        "Toezeggingen",
        "stand_van_zaken",
        {"status": "Vervallen"},
        {"status": "Vervallen", "stand_van_zaken": "Ingehaald."},
    ),
    (
        "niet-uitgevoerd-zonder-stand-van-zaken",
        W,
        "Moties",
        "stand_van_zaken",
        {"status": "Wordt niet uitgevoerd"},
        {"status": "Wordt niet uitgevoerd", "stand_van_zaken": "Ontraden."},
    ),
    ("motie-ontbreekt", B, "Moties", "motie", {"motie": None}, {}),
    ("kamerstuk-ontbreekt", B, "Moties", "kamerstuk", {"kamerstuk": None}, {}),
    ("indicator-ontbreekt", B, "Indicatoren", "indicator", {"indicator": None}, {}),
    ("eenheid-ontbreekt", B, "Indicatoren", "eenheid", {"eenheid": None}, {}),
    ("peildatum-ontbreekt", B, "Indicatoren Voorblad", "peildatum", {"peildatum": None}, {}),
    ("peildatum-onleesbaar", B, "Indicatoren Voorblad", "peildatum", {"peildatum": ODD}, {}),
    ("waarde-ontbreekt", B, "Indicatoren", "waarde", {"waarde": None}, {}),
    ("waarde-geen-getal", W, "Indicatoren", "waarde", {"waarde": ODD}, {"waarde": "PM"}),
    (
        "streefwaarde-geen-getal",
        W,
        "Indicatoren",
        "streefwaarde",
        {"streefwaarde": ODD},
        {"streefwaarde": "15"},
    ),
    ("bron-ontbreekt", B, "Indicatoren", "bron", {"bron": None}, {}),
    ("omschrijving-ontbreekt", B, "Middelen Instrumenten", "omschrijving", {"omschrijving": None}, {}),
    ("bedrag-ontbreekt", B, "Middelen", "bedrag", {"bedrag": None}, {}),
    ("bedrag-onleesbaar", B, "Middelen", "bedrag", {"bedrag": ODD}, {"bedrag": "p.m."}),
    ("jaar-ontbreekt", B, "Middelen", "jaar", {"jaar": None}, {"jaar": "structureel"}),
    ("partij-ontbreekt", B, "Inzet", "partij", {"partij": None}, {}),
    ("partij-onbekend", W, "Inzet", "partij", {"partij": ODD}, {"partij": "Gemeente"}),
    ("inzet-ontbreekt", B, "Inzet", "inzet", {"inzet": None}, {}),
    ("soort-ontbreekt", B, "Instrumenten", "soort", {"soort": None}, {}),
    ("soort-onbekend", W, "Instrumenten", "soort", {"soort": ODD}, {}),
    ("ministerie-ontbreekt", B, "Voorblad", "ministerie", {"ministerie": None}, {}),
    ("kwartaal-ontbreekt", B, "Voorblad", "kwartaal", {"kwartaal": None}, {}),
    ("kwartaal-op-voorblad-onleesbaar", B, "Voorblad", "kwartaal", {"kwartaal": ODD}, {}),
    ("akkoord-onleesbaar", W, "Voorblad", "akkoord", {"akkoord": ODD}, {"akkoord": "nee"}),
    ("datum-akkoord-onleesbaar", W, "Voorblad", "datum_akkoord", {"datum_akkoord": ODD}, {}),
)


@dataclass(frozen=True)
class Example:
    """A delivery of one sheet, and what each of its rows should give: rule and field."""

    delivery: Delivery
    sheet: str
    expected: tuple[tuple[str, str], ...]


def examples() -> Iterator[Example]:
    for number, (rule, _, sheets, field, bad, good) in enumerate(CASES):
        for sheet in sheets.split():
            name = f"{number} {rule} {sheet}"
            yield _example(f"{name} bad", f"M{number}-", sheet, [bad], ((rule, field),))
            yield _example(f"{name} good", f"M{number}+", sheet, [good], ())
    for sheet in NUMBERED.split():
        twice = ("nr-dubbel", "nr")
        yield _example(f"{sheet}: twice in a file", "A", sheet, [{}, {}], (twice, twice))
        yield _example(f"{sheet}: in two files of one ministry, first", "B", sheet, [{}], (twice,))
        yield _example(f"{sheet}: in two files of one ministry, second", "B", sheet, [{}], (twice,))
        yield _example(f"{sheet}: of another ministry", "C", sheet, [{}, {"nr": "SZW-02"}], ())
        empty = make_delivery(f"{sheet}: hidden", "D", sheet, [{"nr": None}], hidden=True)
        yield Example(empty, sheet, ())


def _example(
    file: str, ministerie: str, sheet: str, rows: list[Cells], expected: tuple[tuple[str, str], ...]
) -> Example:
    return Example(make_delivery(file, ministerie, sheet, [{**FULL[sheet], **row} for row in rows]), sheet, expected)


EXAMPLES = tuple(examples())


@pytest.fixture(scope="module")
def found(suites: tuple[Suite, ...], contract: Contract) -> dict[str, list[tuple[str, str]]]:
    """What all examples gave in one run, by file."""
    judged = tables([example.delivery for example in EXAMPLES], contract)
    by_file: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for verdict in judge(judged, suites):
        by_file[str(judged[verdict.sheet][verdict.index]["bestand"])].append((verdict.rule, verdict.field))
    return by_file


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.delivery.workbook.file)
def test_an_example_gives_just_its_own_finding(example: Example, found: dict[str, list[tuple[str, str]]]) -> None:
    assert found[example.delivery.workbook.file] == list(example.expected)


def test_every_rule_of_every_sheet_has_an_example(suites: tuple[Suite, ...]) -> None:
    shown = {(example.sheet, *expected) for example in EXAMPLES for expected in example.expected}
    assert shown == {(suite.sheet, check.rule, check.field) for suite in suites for check in suite.checks}


def test_severities_are_those_of_the_contract(suites: tuple[Suite, ...]) -> None:
    severities = {name: regel.severity for name, regel in rules(suites).items()}
    assert severities == {rule: severity for rule, severity, *_ in CASES} | {"nr-dubbel": B}


def test_each_required_column_has_a_rule_against_an_empty_cell(suites: tuple[Suite, ...], contract: Contract) -> None:
    required = {(spec.name, column.field) for spec in contract.delivery for column in spec.columns if column.required}
    stated = {
        (suite.sheet, check.field)
        for suite in suites
        for check in suite.checks
        if check.rule.endswith("-ontbreekt") and check.regel.severity is B
    }
    assert stated == required
