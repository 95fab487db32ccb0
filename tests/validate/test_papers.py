"""What a register's answers tell the coordinator, at the cell that cites the paper."""

from __future__ import annotations

from datetime import date

import pytest

from flows.assemble.brief import assemble
from flows.assemble.papers import answered
from flows.catalogue import load_rules, load_sentences
from flows.model.delivery import Ministerie, Origin, Regie, Run, Workbook
from flows.model.entries import Entries, Motie, Status
from flows.model.finding import Regels
from flows.model.papers import Answers, Kamertoezegging, Stuk
from flows.model.quarter import Kwartaal
from flows.validate.papers import paper_findings

STAND = date(2026, 9, 21)
MINISTRY = Origin("regie.xlsx", "Ministeries", 3, "A")
REGELS = Regels(load_rules())


def found(text: str, **told: object) -> list[tuple[str, str | None, str | None]]:
    """The rule, cell and value of each finding about a motie with `text` as its Kamerstuk."""
    return [(one.rule, one.origin.cell, one.value) for one in findings(text, Answers(STAND, **told))]  # type: ignore[arg-type]


def findings(text: str, answers: Answers) -> tuple:  # type: ignore[type-arg]
    origin = Origin("SZW.xlsx", "Moties", 2)
    motie = Motie(
        nr="M-01", ministerie="SZW", origin=origin, cells={"kamerstuk": origin.at("C")}, motie=(Run("Een motie."),),
        kamerstuk=text, strekking=(), status=Status.IN_UITVOERING, stand_van_zaken=(), gereed=None, afgedaan_met="",
    )  # fmt: skip
    regie = Regie(
        Workbook("regie.xlsx", "", {}), Kwartaal(2026, 3), date(2026, 9, 25), "Titel", {}, (),
        (Ministerie("SZW", "Sociale Zaken", origin=MINISTRY),), bijlagen=("moties", "stukken"),
    )  # fmt: skip
    brief, _, _ = assemble(regie, Entries(moties=(motie,)), load_sentences(), REGELS)
    return paper_findings(answered(brief, answers), regie, REGELS)


def test_a_paper_that_exists_is_no_finding() -> None:
    assert found("Kamerstukken II 2025/26, 32824, nr. 7", known={"kst-32824-7": Stuk("kst-32824-7")}) == []


def test_a_paper_that_does_not_exist_is_named_with_its_neighbours() -> None:
    absent = {"kst-32824-8": ("kst-32824-7", "kst-32824-10")}
    text = "Kamerstukken II 2025/26, 32824, nrs. 7 en 8"
    assert found(text, absent=absent) == [("stuk-onbekend", "C2", "Kamerstukken II 2025/26, 32824, nr. 8")]
    (one,) = findings(text, Answers(STAND, absent=absent))
    assert (one.ministerie, one.nr) == ("SZW", "M-01")
    assert one.message.startswith("In SZW.xlsx, blad ‘Moties’, cel C2 wordt Kamerstukken II 2025/26, 32824, nr. 8 ")
    assert "nr. 7 en nr. 10" in one.advice


def test_a_dossier_that_does_not_exist_has_no_neighbours() -> None:
    assert found("32842, nr. 8", absent={"kst-32842-8": ()}) == [
        ("dossier-onbekend", "C2", "Kamerstukken 32842, nr. 8")
    ]


def test_a_paper_that_is_cited_twice_in_a_cell_is_one_finding() -> None:
    assert len(found("32824, nr. 8\n32824, nr. 8", absent={"kst-32824-8": ()})) == 1


@pytest.mark.parametrize(
    ("text", "year", "rules"),
    [
        ("Kamerstukken II 2025/26, 32824, nr. 7", "2025-2026", []),
        ("Kamerstukken II 2024/25, 32824, nr. 7", "2025-2026", ["stuk-ander-vergaderjaar"]),
        ("Kamerstukken 32824, nr. 7", "2025-2026", []),  # none is said
        ("Kamerstukken II 2024/25, 32824, nr. 7", None, []),  # none is known
    ],
)
def test_another_vergaderjaar_than_the_register_has(text: str, year: str | None, rules: list[str]) -> None:
    known = {"kst-32824-7": Stuk("kst-32824-7", datum=date(2026, 3, 5), vergaderjaar=year)}
    assert [rule for rule, *_ in found(text, known=known)] == rules


@pytest.mark.parametrize(("unknown", "rule"), [(1, "stuk-niet-nagegaan"), (3, "stukken-niet-nagegaan")])
def test_what_the_register_cannot_tell_is_one_finding(unknown: int, rule: str) -> None:
    names = tuple(f"kst-32824-{number}" for number in range(unknown))
    assert found("32824, nr. 8", unknown=names) == [(rule, None, None)]


def test_a_promise_in_no_workbook_is_told_at_its_ministry() -> None:
    promise = Kamertoezegging("TZ202603-130", "SZW", "De minister stuurt een brief.", "Openstaand", date(2026, 3, 19))
    (one,) = findings("32824, nr. 8", Answers(STAND, promises=(promise,)))
    assert (one.rule, one.origin, one.value) == ("toezegging-niet-aangeleverd", MINISTRY, "TZ202603-130")
    assert "van 19 maart 2026" in one.message and "De minister stuurt een brief." in one.message


def test_without_a_register_that_is_the_only_finding() -> None:
    assert [one.rule for one in findings("32824, nr. 8", Answers())] == ["register-onleesbaar"]
