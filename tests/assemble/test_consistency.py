"""What is doubted about references, and what is not: each rule as a table of cells.

A case is what stands on Voortgang (a row a cell), and for some rules what stands on a register.
"""

from __future__ import annotations

from datetime import date

import pytest

from flows.assemble.movers import movers_before
from flows.catalogue import load_sentences
from flows.kamerstuk.citation import MALFORMED
from flows.model.delivery import Origin, Run
from flows.model.entries import Entries, Motie, Status, Toezegging
from flows.model.finding import Finding

from .test_brief import made, measure, motie

PAPER = "Kamerstukken II 2025/26, 32824, nr. 7"

WRONG = [
    ("Kamerstukken II 2013/13, 32824, nr. 7", "het vergaderjaar bestaat niet uit twee opeenvolgende jaren"),
    ("Kamerstuk 32824, nr. PM", "het nummer van het stuk is niet te lezen"),
    ("Kamerstukken II 2025/26, nr. 7", "het dossiernummer ontbreekt"),
    ("Tweede Kamer 2025/26, 30 3024, nr. 7", "het dossiernummer is niet te lezen"),
    ("Kamerstukken 11, 1997/98, 25 000, nr. 7", "waar I of II hoort te staan, staat iets anders"),
    ("EK/TK 2025/26, 32824, nr. 7", "de Eerste en de Tweede Kamer worden allebei genoemd"),
    ("TK 2008-2009, 31439 nr A", "stukken van de Tweede Kamer hebben een nummer, geen letter"),
    ("Kamerstukken I 2025/26, 32824, nr. 7", "stukken van de Eerste Kamer hebben een letter, geen nummer"),
    ("Stb. nr. 35", "het jaar ontbreekt"),
]


def found(
    rule: str, *texts: str, moties: tuple[Motie, ...] = (), toezeggingen: tuple[Toezegging, ...] = ()
) -> list[Finding]:
    rows = (
        measure(f"OCW-{at}", text, origin=Origin("OCW.xlsx", "Voortgang", at, "D"))
        for at, text in enumerate(texts, start=2)
    )
    _, findings = made(Entries(tuple(rows), moties=moties, toezeggingen=toezeggingen))
    return [finding for finding in findings if finding.rule == rule]


def of_motie(title: str, kamerstuk: str = PAPER, **fields: object) -> Motie:
    cells = {"motie": Origin("SZW.xlsx", "Moties", 2, "B"), "afgedaan_met": Origin("SZW.xlsx", "Moties", 2, "H")}
    return motie(
        Status.AFGEDAAN,
        motie=(Run(title),),
        kamerstuk=kamerstuk,
        cells=cells,
        **({"afgedaan_met": "deze brief"} | fields),
    )


def promise(day: date, overleg: str, kamerstuk: str) -> Toezegging:
    origin = Origin("SZW.xlsx", "Toezeggingen", 2)
    return Toezegging(nr="T-01", ministerie="SZW", origin=origin, cells={"kamerstuk": origin.at("F")}, toezeggingnummer="",
                      toezegging=(Run("De Kamer ontvangt cijfers."),), datum=day, overleg=overleg, kamerstuk=kamerstuk,
                      bewindspersoon="", status=Status.OPENSTAAND, stand_van_zaken=(), gereed=None, afgedaan_met="")  # fmt: skip


@pytest.mark.parametrize(("text", "wrong"), WRONG)
def test_what_is_wrong_with_a_reference_is_said(text: str, wrong: str) -> None:
    (finding,) = found("verwijzing-onleesbaar", f"De brief ({text}).")
    assert finding.value == text
    assert f"klopt: {wrong}." in finding.message
    assert (finding.origin.cell, finding.nr) == ("D2", "OCW-2")


def test_every_flag_of_a_malformed_reference_has_its_words() -> None:
    assert load_sentences().keys() >= MALFORMED
    said = {wrong for _, wrong in WRONG}
    assert said == {load_sentences()[flag] for flag in MALFORMED}


@pytest.mark.parametrize("text", ["In Kamerstuk 32824, nr. PM staat dit.", "Dit[noot: Zie Kamerstuk 32824, nr. PM.]."])
def test_a_reference_is_judged_in_prose_and_commentary_too(text: str) -> None:
    assert len(found("verwijzing-onleesbaar", text)) == 1


def test_afgedaan_met_a_malformed_reference_is_reported_at_its_cell() -> None:
    row = of_motie("motie Bos", afgedaan_met="Kamerstukken II 2013/13, 32824, nr. 7")
    (finding,) = found("verwijzing-onleesbaar", moties=(row,))
    assert (finding.origin.cell, finding.nr) == ("H2", "M-01")
    assert found("afgedaan-met-geen-verwijzing", moties=(row,)) == []


AFGEDAAN_MET = [
    ("deze brief", []),
    ("Deze brief.", []),
    (PAPER, []),
    (f"brief van 12 mei 2026 ({PAPER})", []),
    ("PM", ["open-punt"]),
    ("PM kamerstuknummer", ["open-punt"]),
    ("ja", ["afgedaan-met-geen-verwijzing"]),
    ("brief van 12 mei 2026", ["afgedaan-met-geen-verwijzing"]),
]


@pytest.mark.parametrize(("said", "rules"), AFGEDAAN_MET)
def test_afgedaan_met(said: str, rules: list[str]) -> None:
    _, findings = made(Entries(moties=(of_motie("motie Bos", afgedaan_met=said),)))
    assert [finding.rule for finding in findings if finding.nr] == rules


MISDATED = [
    "De brief van 12 mei 2025 ({}) zegt dit.",
    "De Kamerbrief van 12 mei 2025[noot: {}.] zegt dit.",
    "De brief aan de Tweede Kamer van 12 mei 2025 ({}) zegt dit.",
    "Dit (brief van 12 mei 2025, {}) loopt.",
    "De brief ({}, d.d. 12-05-2025) zegt dit.",
    "Dit[noot: {}, d.d. 12-05-2025.] loopt.",
    "Dit[noot: {} (brief van 12 mei 2025).] loopt.",
    "In {} van 12 mei 2025 staat dit.",
]
NOT_MISDATED = [
    # the date of another thing, or of a debate, whose report comes later
    "In mei 2025 ({}) was dit klaar.",
    "Sinds 12 mei 2025 ({}) loopt dit.",
    "Het debat van 12 mei 2025 ({}) ging over taal.",
    "Het debat (d.d. 12 mei 2025, {}) ging over taal.",
    "Het rapport van 12 mei 2025 is aangeboden ({}).",
    "De brief van de gemeente over het rapport van 12 mei 2025 ({}).",
    "De brief van 12 mei 2025 (Kamerstuk 29544, nr. 1; {}).",
    "De brief van 12 mei 2025 (Kamerstuk 29544, nr. 1) ({}).",
    "De brief van 12 mei ({}) zegt dit.",
    "De brief ({}) is op 12 mei 2025 besproken.",
]


@pytest.mark.parametrize("text", MISDATED)
def test_a_vergaderjaar_that_does_not_fit_the_date_of_its_paper_is_reported(text: str) -> None:
    (finding,) = found("vergaderjaar-past-niet", text.format("Kamerstukken II 2026/27, 32824, nr. 7"))
    assert "12 mei 2025; die dag valt in het vergaderjaar 2024-2025" in finding.message
    assert found("vergaderjaar-past-niet", text.format("Kamerstukken II 2024/25, 32824, nr. 7")) == []
    assert found("vergaderjaar-past-niet", text.format("Kamerstuk 32824, nr. 7")) == []


@pytest.mark.parametrize("text", NOT_MISDATED)
def test_a_date_that_need_not_be_that_of_the_paper_is_left_alone(text: str) -> None:
    assert found("vergaderjaar-past-niet", text.format("Kamerstukken II 2026/27, 32824, nr. 7")) == []


@pytest.mark.parametrize(
    ("overleg", "kamerstuk", "count"),
    [
        ("Brief", PAPER, 1),
        ("Plenair debat", "Handelingen II 2025/26, nr. 28, item 11", 1),
        # the report of a debate comes later, and what was debated sooner
        ("Commissiedebat", PAPER, 0),
        ("Brief", "Kamerstukken II 2024/25, 32824, nr. 7", 0),
    ],
)
def test_the_date_of_a_promise_counts_where_it_is_that_of_the_paper(overleg: str, kamerstuk: str, count: int) -> None:
    findings = found("vergaderjaar-past-niet", toezeggingen=(promise(date(2025, 5, 12), overleg, kamerstuk),))
    assert [finding.origin.cell for finding in findings] == ["F2"] * count


CONTRADICTING = [
    ("Kamerstukken II 2025/26, 32824, nr. 7", "Kamerstukken II 2024/25, 32824, nr. 7", "Het vergaderjaar verschilt"),
    ("Kamerstukken II 2025/26, 32824, nrs. 6 en 7", "TK 2024-2025, 32 824, nr. 7, p. 3", "Het vergaderjaar verschilt"),
    ("Kamerstukken I 2025/26, 36800 XX, D", "Kamerstukken II 2025/26, 36800 XX, D", "De Kamer verschilt"),
]
AGREEING = [
    ("Kamerstukken II 2025/26, 32824, nr. 7", "Kamerstuk 32 824, nr. 7"),
    ("Kamerstukken II 2025/26, 32824, nr. 7, p. 3", "Kamerstukken II 2025/26, 32824, nr. 7, p. 11"),
    ("Kamerstukken II 2025/26, 32824, nr. 7", "Bijlage bij Kamerstukken II 2025/26, 32824, nr. 7"),
    ("Kamerstukken II 2025/26, 32824, nr. 7", "Kamerstukken II 2024/25, 32824, nr. 8"),
    ("Kamerstukken II 2025/26, 36800 XV, nr. 7", "Kamerstukken II 2024/25, 36800 VI, nr. 7"),
    ("Kamerstukken II 2025/26, 32824, nr. 7", "kst-32824-7"),
    # until 2003 each chamber had numbers and letters of its own
    ("Kamerstukken I 1999/2000, 26855, nr. 5", "Kamerstukken II 1998/99, 26855, nr. 5"),
    # numbered anew in each year
    ("Aanhangsel Handelingen II 2025/26, nr. 12", "Aanhangsel Handelingen II 2024/25, nr. 12"),
    ("Stb. 2021, 38", "Stb. 2022, 38"),
]


@pytest.mark.parametrize(("first", "later", "difference"), CONTRADICTING)
def test_a_paper_cited_in_two_ways_that_disagree_is_reported_at_the_later_cell(
    first: str, later: str, difference: str
) -> None:
    (finding,) = found("stuk-tegenstrijdig", f"De brief ({first}).", "Niets.", f"De brief ({later}).")
    assert (finding.origin.cell, finding.value) == ("D4", later)
    assert f"heet in OCW.xlsx, blad ‘Voortgang’, cel D2 ‘{first}’. {difference}" in finding.message


@pytest.mark.parametrize(("first", "later"), AGREEING)
def test_a_part_left_out_or_another_paper_is_no_contradiction(first: str, later: str) -> None:
    assert found("stuk-tegenstrijdig", f"De brief ({first}).", f"De brief ({later}).") == []


DIFFERENT = [
    ("de motie Segers ({})", "motie Bos"),
    ("de motie-Segers c.s. ({})", "Motie Bos c.s. over taal"),
    ("dit (conform de motie van het lid Segers (CU), {})", "motie-Bos/Smit"),
    ("dit[noot: Motie Segers c.s., {}.]", "motie van de leden Bos (PvdA) en Smit (VVD)"),
    ("de motie Segers over taal op school ({})", "motie Bos"),
    ("de motie Van Weijenberg c.s. ({})", "motie Van Weyenberg c.s."),
]
SAME = [
    ("de motie Van den Berg ({})", "motie Berg, van den"),
    ("de motie VAN DEN BERG c.s. ({})", "Motie-Van den Berg"),
    ("de motie Yücel en Azmani ({})", "motie Azmani/Yucel"),
    ("de motie Karabulut-De Vries ({})", "motie De Vries"),
    ("de motie A.B. Bos (PvdA) ({})", "motie van het lid Bos"),
    ("de motie El Idrissi c.s. ({})", "motie Van Dalen/El Idrissi"),
    ("de motie Smit ({})", "Motie van de leden Bos (PvdA), Smit (VVD) en Visser (CDA)"),
    # another motie, another paper, or nobody named
    ("de motie Segers. De Kamer vroeg ({}) dit", "motie Bos"),
    ("na de motie Segers is de motie ({}) aangenomen", "motie Bos"),
    ("de moties Segers en Bos ({} en Kamerstuk 32824, nr. 8)", "motie Bos"),
    ("de motie Segers (Kamerstuk 32824, nr. 9)", "motie Bos"),
    ("de motie over taal ({})", "motie Bos"),
    ("de motie Segers ({})", "Over taal op de werkvloer"),
]


@pytest.mark.parametrize(("text", "title"), DIFFERENT)
def test_movers_of_whom_the_register_names_none_are_reported(text: str, title: str) -> None:
    (finding,) = found("indieners-verschillen", f"Dit is {text.format(PAPER)}.", moties=(of_motie(title),))
    assert finding.origin.cell == "D2"
    assert f"heet in SZW.xlsx, blad ‘Moties’, cel B2 ‘{title}’" in finding.message


@pytest.mark.parametrize(("text", "title"), SAME)
def test_the_same_movers_written_otherwise_are_not(text: str, title: str) -> None:
    assert found("indieners-verschillen", f"Dit is {text.format(PAPER)}.", moties=(of_motie(title),)) == []


@pytest.mark.parametrize(
    ("text", "movers"),
    [
        ("de motie Van Weijenberg c.s.", "Van Weijenberg c.s."),
        ("(conform de motie Hamer/Van Weyenberg).", "Hamer/Van Weyenberg"),
        ("De motie-Bos van 3 juli 2025", "Bos"),
        ("motie van de leden Bos (PvdA) en Smit (VVD)", "van de leden Bos (PvdA) en Smit (VVD)"),
        ("de motie Bos is in behandeling en", None),
        ("de motie", None),
        ("Segers", None),
    ],
)
def test_movers(text: str, movers: str | None) -> None:
    found = movers_before(text)
    assert (found and found.text) == movers
