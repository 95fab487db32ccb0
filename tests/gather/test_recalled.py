"""brief.json back to rows: what was printed, where it can be typed, and nothing that a draft says of its own."""

from __future__ import annotations

from typing import Any

import pytest

from flows.catalogue import load_contract, load_sentences
from flows.gather.normalise import Choices
from flows.gather.recalled import recalled
from flows.model.delivery import Row

CHOICES = Choices.of(("Taal",), ("SZW", "OCW"))
REFERENCE = {"text": "Kamerstukken II 2025/26, 32824, nr. 7", "references": [{}]}
COMMENT = {"text": "In 40 gemeenten.", "references": []}
MEASURE: dict[str, Any] = {
    "soort": "maatregel", "nr": "SZW-01", "ministerie": "SZW", "onderwerp": "Taal", "tussenkop": None, "notes": [],
    "parts": [{"kind": "alinea", "text": "De cursussen lopen."}], "status": "Loopt op schema", "gereed": None,
    "toelichting_status": None, "mede_namens": ["OCW"], "faults": [], "gap": False,
}  # fmt: skip
MOTION: dict[str, Any] = {
    "nr": "M-01", "ministerie": "SZW", "omschrijving": {"text": "motie Jansen c.s.", "notes": []},
    "vindplaats": {"text": "", "notes": []}, "stand": {"text": "–", "notes": []}, "status": "In uitvoering",
    "gereed": {"tekst": "eind 2026"}, "afgedaan_met": None, "faults": [], "gap": False,
}  # fmt: skip


def rows(sheet: str, *blocks: dict[str, Any], **registers: list[dict[str, Any]]) -> tuple[Row, ...]:
    empty = dict.fromkeys(("moties", "toezeggingen", "indicatoren", "middelen"), ())
    brief = {"blocks": blocks, "registers": empty | registers}
    return recalled(brief, "SZW", load_contract(), CHOICES, load_sentences())[sheet]


def measure(**changed: Any) -> Row:
    (row,) = rows("Voortgang", MEASURE | changed)
    return row


def test_notes_go_where_they_can_be_typed() -> None:
    row = measure(notes=[REFERENCE, COMMENT])
    assert row.text("stand_van_zaken") == "De cursussen lopen. [noot: In 40 gemeenten.]"
    assert row.text("kamerstukken") == "Kamerstukken II 2025/26, 32824, nr. 7"


def test_lists_get_their_signs_back() -> None:
    kinds = ("alinea", "opsomming", "opsomming", "nummering", "nummering")
    parts = [{"kind": kind, "text": text} for kind, text in zip(kinds, "abcde", strict=True)]
    assert measure(parts=parts).text("stand_van_zaken").splitlines() == ["a", "· b", "· c", "1. d", "2. e"]


def test_what_a_draft_says_of_a_row_is_left_out() -> None:
    marked = [{"kind": "alinea", "text": "Loopt. [controleer SZW-01: Status, Gereed]"}]
    row = measure(parts=marked, faults=["Status", "Gereed"], status="Onbekend", onderwerp="Zonder onderwerp")
    assert {name: cell.text for name, cell in row.cells.items()} == {
        "nr": "SZW-01",
        "stand_van_zaken": "Loopt.",
        "mede_namens": "OCW",
    }
    assert measure(gap=True).text("stand_van_zaken") == ""


@pytest.mark.parametrize(
    ("printed", "typed"), [("–", ""), ("Afronding voorzien: eind 2026.", ""), ("Het loopt.", "Het loopt.")]
)
def test_a_sentence_that_was_built_is_not_typed_text(printed: str, typed: str) -> None:
    (row,) = rows("Moties", moties=[MOTION | {"stand": {"text": printed, "notes": []}}])
    assert (row.text("stand_van_zaken"), row.text("gereed")) == (typed, "eind 2026")


def test_rows_of_others_and_prose_of_the_coordinator_are_not_recalled() -> None:
    assert rows("Voortgang", MEASURE | {"ministerie": "OCW"}, {"soort": "inleiding", "ministerie": None}) == ()
