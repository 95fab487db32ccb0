"""Two briefs as data, and what differs between them, each as a literal case."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assemble.changes import compare
from flows.assemble.changes_annex import overview
from flows.assemble.likeness import ALIKE, likeness
from flows.model.changes import Deel, NootDeel, Soort, Vergelijking, Wijziging
from flows.model.quarter import Kwartaal

Data = dict[str, Any]
TAAL = "Gemeenten geven taalles op het werk, in de bibliotheek en in de buurt aan wie dat wil."
WERK = "Werkgevers bieden statushouders een startbaan aan waarin zij het vak op de werkvloer leren."
ZORG = "Huisartsen kunnen bij ieder consult een tolk inschakelen, zonder kosten voor de praktijk."


def block(nr: str, text: str = TAAL, onderwerp: str = "Taal", **other: Any) -> Data:
    return {
        "soort": "maatregel", "thema": "Meedoen", "onderwerp": onderwerp, "tussenkop": None, "nr": nr,
        "ministerie": nr.split("-", maxsplit=1)[0], "text": text, "notes": [], "status": "Loopt op schema", "gereed": None,
    } | other  # fmt: skip


def own(soort: str, text: str, **other: Any) -> Data:
    return {"soort": soort, "nr": None, "ministerie": None, "text": text, "notes": []} | other


def promise(nr: str, text: str, status: str = "Openstaand", **other: Any) -> Data:
    cell = {"text": text, "notes": []}
    return {
        "nr": nr,
        "ministerie": "SZW",
        "omschrijving": cell,
        "stand": cell,
        "status": status,
        "gereed": None,
    } | other


def due(text: str, day: str | None) -> Data:
    return {"tekst": text, "laatste_dag": day}


def brief(*blocks: Data, quarter: int = 3, toezeggingen: tuple[Data, ...] = (), **other: Any) -> Data:
    registers = {"moties": [], "toezeggingen": list(toezeggingen), "indicatoren": [], "middelen": []}
    made: Data = {"kwartaal": f"2026-Q{quarter}", "datum": "2026-09-25", "blocks": list(blocks), "registers": registers}
    return made | {"termijnen": [], "ongewijzigd": []} | other


def compared(old: Data, new: Data) -> Vergelijking:
    return compare(old, new, "concept-01")


def told(old: Data, new: Data) -> list[tuple[str | None, str | None, str]]:
    """Each change as the Nr that the row had, the one that it has, and what became of it."""
    return [
        (one.oud.nr if one.oud else None, one.nieuw.nr if one.nieuw else None, one.soort.value)
        for one in compared(old, new).wijzigingen
    ]


def only(old: Data, new: Data) -> Wijziging:
    (change,) = compared(old, new).wijzigingen
    return change


def test_rows_that_came_and_went_stand_in_print_order() -> None:
    old = brief(block("SZW-01"), block("SZW-02", WERK), block("SZW-04", "Vier."))
    new = brief(block("SZW-01"), block("SZW-03", ZORG), block("SZW-04", "Vier."))
    assert told(old, new) == [("SZW-02", None, "eraf"), (None, "SZW-03", "erbij")]


def test_of_a_row_that_came_or_went_all_words_are_told_with_its_notes() -> None:
    row = block("SZW-02", WERK) | {"notes": [{"at": len(WERK), "text": "Stb. 2021, 38"}]}
    for old, new, soort in ((brief(row), brief(), Soort.ERAF), (brief(), brief(row), Soort.ERBIJ)):
        ((name, (words, note)),) = only(old, new).velden
        assert (name, words) == ("tekst", Deel(soort, WERK))
        assert note == NootDeel(soort, (Deel(soort, "Stb. 2021, 38"),))


def test_a_text_under_another_number_is_the_same_row() -> None:
    old = brief(block("SZW-01", TAAL), block("SZW-02", WERK), block("SZW-03", ZORG))
    new = brief(
        block("SZW-01", TAAL), block("SZW-02", "Nieuw is de wachtlijst."), block("SZW-03", WERK), block("SZW-04", ZORG)
    )
    assert told(old, new) == [(None, "SZW-02", "erbij"), ("SZW-02", "SZW-03", "anders"), ("SZW-03", "SZW-04", "anders")]
    assert all(one.hernummerd and not one.velden for one in compared(old, new).wijzigingen if one.oud)


def test_a_text_that_was_written_anew_keeps_its_number() -> None:
    change = only(brief(block("SZW-01", TAAL)), brief(block("SZW-01", ZORG)))
    assert change.soort is Soort.ANDERS and not change.hernummerd


def test_another_ministry_may_take_a_row_over() -> None:
    change = only(brief(block("SZW-01", TAAL)), brief(block("OCW-07", TAAL)))
    assert change.hernummerd and change.soort is Soort.ANDERS


FAR = [(TAAL, WERK), (WERK, ZORG), (TAAL, ""), ("", ""), (TAAL, "Gemeenten geven in de bibliotheek geen taalles.")]
NEAR = [
    (TAAL, TAAL),
    (TAAL, TAAL.replace("dat wil", "daarom vraagt") + " Sinds mei doen 40 gemeenten mee."),
    ("Er zijn nu 66 locaties met in totaal 8.200 plaatsen.", "Er zijn nu 74 locaties met in totaal 9.100 plaatsen."),
    ("motie Meulendijk c.s.", "Motie Meulendijk c.s."),
]


@pytest.mark.parametrize(("one", "other"), FAR)
def test_texts_of_different_rows_are_not_alike(one: str, other: str) -> None:
    assert likeness(one, other) < ALIKE


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_a_text_that_was_brought_up_to_date_is_alike(one: str, other: str) -> None:
    assert likeness(one, other) >= ALIKE


def test_what_moves_is_the_row_that_left_its_place_not_those_behind_it() -> None:
    rows = [block(f"SZW-0{n}", f"Tekst over onderdeel {n} van dit onderwerp.") for n in range(1, 6)]
    change = only(brief(*rows), brief(rows[4], *rows[:4]))
    assert change.verplaatst and change.kant.nr == "SZW-05"


def test_a_row_under_another_topic_has_moved() -> None:
    change = only(
        brief(block("SZW-01"), block("SZW-02", WERK)), brief(block("SZW-01", onderwerp="Werk"), block("SZW-02", WERK))
    )
    assert change.verplaatst and (change.oud and change.oud.plek.onderwerp, change.kant.plek.onderwerp) == (
        "Taal",
        "Werk",
    )


def test_a_heading_that_was_renamed_moves_nothing_but_is_told() -> None:
    change = only(brief(block("SZW-01", tussenkop="Lessen")), brief(block("SZW-01", tussenkop="Les")))
    assert not change.verplaatst and [name for name, _ in change.velden] == ["tussenkop"]


def test_a_note_alone_can_differ() -> None:
    old = block("SZW-01", notes=[{"at": 9, "text": "Zie Stb. 2021, nr. 38.", "references": []}])
    new = block("SZW-01", notes=[{"at": 9, "text": "Zie Stb. 2021, nr. 39.", "references": []}])
    change = only(brief(old), brief(new))
    assert [name for name, _ in change.velden] == ["tekst"]


def test_a_status_that_changed() -> None:
    change = only(brief(block("SZW-01")), brief(block("SZW-01", status="Afgerond")))
    assert change.status == ("Loopt op schema", "Afgerond")


JUNE, YEAR_END, SPRING = (
    due("juni 2026", "2026-06-30"),
    due("eind 2026", "2026-12-31"),
    due("voorjaar 2027", "2027-06-20"),
)
NEVER = due("doorlopend", None)


@pytest.mark.parametrize(
    ("was", "now", "later"),
    [(YEAR_END, SPRING, True), (SPRING, YEAR_END, False), (YEAR_END, NEVER, True), (NEVER, YEAR_END, False)],
)
def test_a_deadline_that_moved(was: Data, now: Data, later: bool) -> None:
    moved = only(brief(block("SZW-01", gereed=was), quarter=2), brief(block("SZW-01", gereed=now))).verschuiving
    assert moved and (moved.later, moved.keren, moved.kwartalen) == (later, 1, 1)


def test_how_often_it_moved_is_counted_from_the_first_that_was_said() -> None:
    history = {"sheet": "Voortgang", "nr": "SZW-01", "ministerie": "SZW", "gereed": YEAR_END}
    old = brief(block("SZW-01", gereed=YEAR_END), quarter=2)
    old["termijnen"] = [history | {"historie": [{"kwartaal": "2025-Q3", **JUNE}]}]
    moved = only(old, brief(block("SZW-01", gereed=SPRING))).verschuiving
    assert moved and (moved.van.tekst, moved.naar.tekst, moved.keren, moved.kwartalen) == (
        "eind 2026",
        "voorjaar 2027",
        2,
        4,
    )


def test_the_same_day_in_other_words_is_no_other_deadline() -> None:
    was, now = due("Q4 2026", "2026-12-31"), due("eind 2026", "2026-12-31")
    assert not told(brief(block("SZW-01", gereed=was), quarter=2), brief(block("SZW-01", gereed=now)))


def test_what_is_open_after_its_day_is_late_and_what_is_done_is_not() -> None:
    rows = (
        promise("SZW-T01", "Brief over taal.", gereed=JUNE),
        promise("SZW-T02", "Brief over zorg.", "Afgedaan", gereed=JUNE),
    )
    change = only(brief(quarter=2, toezeggingen=rows), brief(toezeggingen=rows))
    assert change.te_laat and change.kant.nr == "SZW-T01" and change.soort is Soort.GELIJK


def test_a_text_that_stays_the_same_is_told_with_its_quarters_unless_a_note_differs() -> None:
    same = [{"sheet": "Voortgang", "nr": "SZW-01", "ministerie": "SZW", "kwartalen": ["2026-Q2", "2026-Q3"]}]
    old, new = brief(block("SZW-01"), quarter=2), brief(block("SZW-01"), ongewijzigd=same)
    assert only(old, new).gelijk_in == (Kwartaal(2026, 2), Kwartaal(2026, 3))
    new["blocks"][0]["notes"] = [{"at": 9, "text": "Nieuw.", "references": []}]
    assert not only(old, new).gelijk_in


def test_the_coordinators_own_texts_are_known_by_their_place_and_words() -> None:
    old = brief(own("inleiding", "In deze brief staat de voortgang."), own("voor", TAAL), own("voor", WERK))
    new = brief(own("inleiding", "Deze brief beschrijft wat is bereikt."), own("voor", WERK), own("slot", ZORG))
    assert [(one.soort.value, one.kant.plek.soort) for one in compared(old, new).wijzigingen] == [
        ("anders", "inleiding"), ("eraf", "voor"), ("erbij", "slot"),
    ]  # fmt: skip


def test_indicators_and_budgets_are_compared_by_field() -> None:
    old, new = brief(quarter=2), brief()
    row = {"nr": "SZW-I01", "ministerie": "SZW", "indicator": "Wachttijd", "waarde": 12.0, "bron": "DUO"}
    budget = {"nr": "SZW-F01", "ministerie": "SZW", "omschrijving": "Lessen", "bedrag": None, "bedrag_getypt": "p.m."}
    old["registers"] |= {"indicatoren": [row], "middelen": [budget]}
    new["registers"] |= {"indicatoren": [row | {"waarde": 10.5}], "middelen": [budget | {"bedrag": 2_000_000.0}]}
    said = [
        (name, [deel.text for deel in delen]) for one in compared(old, new).wijzigingen for name, delen in one.velden
    ]
    assert said == [("waarde", ["12", "10,5"]), ("bedrag", ["p.m.", "2000000"])]


def test_a_brief_of_an_older_version_can_be_compared() -> None:
    """It has neither the places of notes nor the history of texts, nor all of the registers' fields."""
    old = brief(block("SZW-01", notes=[{"text": "Stb. 2021, 38.", "references": []}]), quarter=2)
    del old["ongewijzigd"], old["termijnen"]
    old["registers"] = {"moties": [{"nr": "SZW-M01", "ministerie": "SZW", "status": "Afgedaan"}]}
    assert told(old, brief(block("SZW-01", TAAL))) == [("SZW-01", "SZW-01", "anders"), ("SZW-M01", None, "eraf")]


@pytest.mark.parametrize(
    "data", [{}, {"kwartaal": "2026-Q2"}, brief() | {"kwartaal": "ooit"}, brief() | {"blocks": [3]}]
)
def test_what_is_no_brief_cannot(data: Data) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        compared(data, brief())


ROWS = st.builds(
    block,
    st.sampled_from(["", *(f"{code}-0{n}" for code in ("SZW", "OCW") for n in range(4))]),
    st.sampled_from(["", TAAL, WERK, ZORG]) | st.text(max_size=20),
    st.sampled_from(["Taal", "Werk"]),
    tussenkop=st.sampled_from([None, "Lessen"]),
    gereed=st.sampled_from([None, JUNE, SPRING]),
    gap=st.booleans(),
)


@given(st.lists(ROWS, max_size=8))
def test_a_brief_does_not_differ_from_itself(rows: list[Data]) -> None:
    assert not told(brief(*rows), copy.deepcopy(brief(*rows)))


@given(st.lists(ROWS, max_size=8), st.lists(ROWS, max_size=8))
def test_every_row_of_both_is_told_at_most_once_and_what_came_or_went_always(old: list[Data], new: list[Data]) -> None:
    changes = compared(brief(*old, quarter=2), brief(*new)).wijzigingen
    before = [one.oud.index for one in changes if one.oud]
    now = [one.nieuw.index for one in changes if one.nieuw]
    assert len(set(before)) == len(before) and now == sorted(set(now))
    assert len(new) - len(old) == sum(one.soort is Soort.ERBIJ for one in changes) - sum(
        one.soort is Soort.ERAF for one in changes
    )


def groups(old: Data, new: Data) -> list[tuple[str, list[str]]]:
    return [(name, [row.wat for row in rows]) for name, rows in overview(compared(old, new)).groepen]


def test_the_annex_tells_a_row_under_what_became_of_it() -> None:
    old = brief(
        block("SZW-01", TAAL), block("SZW-02", WERK, gereed=YEAR_END), block("SZW-03", ZORG), block("SZW-04", "Weg."),
        block("SZW-05", "Was al klaar.", status="Afgerond"), quarter=2,
    )  # fmt: skip
    new = brief(
        block("SZW-01", TAAL, status="Afgerond"), block("SZW-02", WERK, gereed=SPRING), block("SZW-03", ZORG, status="Vervallen"),
        block("SZW-06", "Nieuw. Tweede zin.\nTweede alinea."),
        toezeggingen=(promise("SZW-T01", "Brief over taal.", gereed=JUNE),),
    )  # fmt: skip
    assert groups(old, new) == [
        ("nieuw", ["Nieuw. Tweede zin.", "Brief over taal."]),
        ("afgerond", [TAAL]),
        ("vertraagd", ["Werkgevers bieden statushouders een startbaan aan waarin zij…"]),
        ("vervallen", ["Huisartsen kunnen bij ieder consult een tolk inschakelen, zonder kosten voor de…", "Weg."]),
        ("verstreken", ["Brief over taal."]),
    ]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Eerste zin is dit dus. Tweede zin.", "Eerste zin is dit dus."),
        ("Er is 20 mln. beschikbaar voor taal. Dat is veel.", "Er is 20 mln. beschikbaar voor taal."),
        ("De handreiking verschijnt [controleer SZW-01: Gereed]", "De handreiking verschijnt"),
        ("Het bedrag is PM en volgt later.", "Het bedrag is"),
        ("Opsomming:\nitem", "Opsomming:"),
    ],
)
def test_the_annex_prints_the_beginning_of_a_text_and_nothing_that_is_open(text: str, printed: str) -> None:
    assert groups(brief(), brief(block("SZW-01", text))) == [("nieuw", [printed])]


def test_rows_of_a_ministry_that_has_not_delivered_have_not_gone() -> None:
    old = brief(block("SZW-01", TAAL), block("OCW-01", WERK))
    made = compared(old, brief())
    assert [row.ministerie for _, rows in overview(made, ("OCW",)).groepen for row in rows] == ["SZW"]
