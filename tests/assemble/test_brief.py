"""The brief from rows: order, sections, gaps, annexes and open points, each as a literal case."""

from __future__ import annotations

from datetime import date

import pytest

from flows.assemble.brief import assemble
from flows.assemble.order import in_order, place
from flows.catalogue import load_rules, load_sentences
from flows.model.brief import Brief
from flows.model.delivery import AgendaPunt, Cell, Ministerie, Origin, Plaatsing, Regie, Run, Tekst, Workbook
from flows.model.entries import Entries, Indicator, Maatregel, Middel, Motie, Status, Toezegging
from flows.model.finding import Finding, Regels
from flows.model.quarter import Kwartaal, Periode
from flows.model.text import Mark, Note, PartKind, plain

MINISTRIES = tuple(Ministerie(code, f"Ministerie {code}") for code in ("SZW", "OCW", "VenJ"))
AGENDA = (
    AgendaPunt("1", "Meedoen", "Taal", "OCW"),
    AgendaPunt("1", "Meedoen", "Werk", "SZW"),
    AgendaPunt("", "Ten slotte", "Dialoog", "SZW"),
)
A = "Tweede Kamer, vergaderjaar 2025-2026, 32 824, nr. 7"
A_PRINTED = "Kamerstukken II 2025/26, 32824, nr. 7"


def measure(nr: str, text: str = "Tekst.", **fields: object) -> Maatregel:
    code = nr.split("-", maxsplit=1)[0]
    origin = Origin(f"{code}.xlsx", "Voortgang", 2)
    given: dict[str, object] = {
        "nr": nr, "ministerie": code, "origin": origin, "onderwerp": "Taal", "onderwerp_getypt": "Taal", "tussenkop": "",
        "stand_van_zaken": (Run(text),) if text else (), "kamerstukken": (), "status": Status.OP_SCHEMA, "gereed": None, "toelichting_status": "",
        "mede_namens": (), "volgorde": None, "gap": not text,
    }  # fmt: skip
    return Maatregel(**(given | fields))  # type: ignore[arg-type]


def made(entries: Entries, **regie: object) -> tuple[Brief, tuple[Finding, ...]]:
    given: dict[str, object] = {
        "workbook": Workbook("regie.xlsx", "", {}), "kwartaal": Kwartaal(2026, 3), "datum": date(2026, 9, 25),
        "titel": "Voortgang", "velden": {}, "agenda": AGENDA, "ministeries": MINISTRIES,
        "bijlagen": ("moties", "toezeggingen", "indicatoren", "middelen"),
    }  # fmt: skip
    steering = Regie(**(given | regie))  # type: ignore[arg-type]
    brief, _, findings = assemble(steering, entries, load_sentences(), Regels(load_rules()))
    return brief, findings


def topic(brief: Brief, title: str) -> list[tuple[str | None, list[str | None]]]:
    """The sub-headings of a topic, each with the rows under it."""
    found = next(topic for thema in brief.themas for topic in thema.onderwerpen if topic.titel == title)
    return [(plain(section.tussenkop) or None, [block.nr for block in section.blocks]) for section in found.secties]


ORDERS = [
    # the others: the Trekker's first, then the order of Ministeries, then of the workbook
    (
        [measure("SZW-01"), measure("VenJ-01"), measure("OCW-02"), measure("OCW-01")],
        [],
        ["OCW-02", "OCW-01", "SZW-01", "VenJ-01"],
    ),
    # Volgorde goes before them, decimals allowed, ties by Trekker
    (
        [
            measure("SZW-01", volgorde=2.0),
            measure("OCW-01", volgorde=2.0),
            measure("SZW-02", volgorde=1.5),
            measure("OCW-02"),
        ],
        [],
        ["SZW-02", "OCW-01", "SZW-01", "OCW-02"],
    ),
    # Indeling goes before everything
    (
        [measure("SZW-01", volgorde=1.0), measure("OCW-01"), measure("OCW-02")],
        [Plaatsing("ocw", "OCW-02", volgorde=9.0)],
        ["OCW-02", "SZW-01", "OCW-01"],
    ),
]


@pytest.mark.parametrize(("measures", "indeling", "expected"), ORDERS)
def test_order(measures: list[Maatregel], indeling: list[Plaatsing], expected: list[str]) -> None:
    assert [measure.nr for measure in in_order(measures, AGENDA[0], indeling, MINISTRIES)] == expected


def test_indeling_overrides_topic_and_sub_heading() -> None:
    (moved,) = place([measure("SZW-01")], [Plaatsing("SZW", "SZW-01", "Werk", "Kop")])
    assert (moved.onderwerp, moved.tussenkop) == ("Werk", "Kop")


def test_consecutive_rows_share_a_sub_heading_and_an_empty_one_after_it_is_a_warning() -> None:
    rows = [
        measure("OCW-01"),
        measure("OCW-02", tussenkop="Kop"),
        measure("OCW-03", tussenkop="Kop"),
        measure("OCW-04"),
    ]
    brief, findings = made(Entries(tuple(rows)))
    assert topic(brief, "Taal") == [(None, ["OCW-01"]), ("Kop", ["OCW-02", "OCW-03"]), (None, ["OCW-04"])]
    assert [finding.nr for finding in findings if finding.rule == "tussenkop-leeg"] == ["OCW-04"]


def test_an_unknown_topic_is_printed_under_nog_te_plaatsen() -> None:
    brief, _ = made(Entries((measure("SZW-01", onderwerp="", onderwerp_getypt="Erfgoed"),)))
    assert brief.themas[-1].titel == "Nog te plaatsen"
    assert topic(brief, "Erfgoed") == [(None, ["SZW-01"])]


def test_a_topic_without_rows_is_kept_and_reported() -> None:
    brief, findings = made(Entries((measure("OCW-01"),)))
    assert [topic.empty for thema in brief.themas for topic in thema.onderwerpen] == [False, True, True]
    assert sum(finding.rule == "onderwerp-zonder-inbreng" for finding in findings) == 2


def test_a_row_without_text_stands_as_a_gap_and_keeps_its_notes() -> None:
    brief, _ = made(Entries((measure("OCW-01", "", faults=("Stand van zaken",), kamerstukken=(Run(A),)),)))
    (block,) = brief.themas[0].onderwerpen[0].secties[0].blocks
    assert plain(block.parts[0].inlines) == "[PM OCW-01: Stand van zaken ontbreekt of is onleesbaar]"
    assert len(block.notes()) == 1
    assert [(point.nr, point.gap) for point in brief.open] == [("OCW-01", True)]


def test_a_faulty_row_is_printed_with_a_mark_that_tells_nothing_of_its_content() -> None:
    brief, _ = made(Entries((measure("OCW-01", faults=("Status", "Gereed")),)))
    (block,) = brief.themas[0].onderwerpen[0].secties[0].blocks
    assert plain(block.parts[0].inlines) == "Tekst. [controleer OCW-01: Status, Gereed]"


def test_the_column_kamerstukken_is_called_at_the_end_of_the_row() -> None:
    brief, _ = made(Entries((measure("OCW-01", "Een zin.\n· Een punt.", kamerstukken=(Run(f"{A}\nStb. 2021, 38"),)),)))
    (block,) = brief.themas[0].onderwerpen[0].secties[0].blocks
    assert [part.kind for part in block.parts] == [PartKind.ALINEA, PartKind.OPSOMMING]
    notes = [inline for inline in block.parts[1].inlines if isinstance(inline, Note)]
    assert [plain(note.inlines) for note in notes] == [A_PRINTED, "Stb. 2021, 38"]


def test_open_points_are_found_in_text_notes_and_annexes() -> None:
    rows = (measure("OCW-01", "Nog PM."), measure("OCW-02", kamerstukken=(Run("PM kamerstuknummer"),)))
    budget = Middel(nr="F-01", ministerie="SZW", origin=Origin("SZW.xlsx", "Middelen", 2), onderwerp="Taal", omschrijving="Les",
                    bedrag=None, bedrag_getypt="p.m.", jaar="2026", dekking="", kamerstuk="")  # fmt: skip
    brief, findings = made(Entries(rows, middelen=(budget,)))
    assert [(point.text, point.nr) for point in brief.open] == [
        ("PM", "OCW-01"),
        ("PM kamerstuknummer", "OCW-02"),
        ("p.m.", "F-01"),
    ]
    assert sum(finding.rule == "open-punt" for finding in findings) == 3


def motie(status: Status, **fields: object) -> Motie:
    given: dict[str, object] = {
        "nr": "M-01", "ministerie": "SZW", "origin": Origin("SZW.xlsx", "Moties", 2), "motie": (Run("motie Bos"),),
        "kamerstuk": A, "strekking": (Run("Meer lessen"),), "status": status, "stand_van_zaken": (), "gereed": None, "afgedaan_met": "",
    }  # fmt: skip
    return Motie(**(given | fields))  # type: ignore[arg-type]


STATES = [
    (motie(Status.AFGEDAAN, afgedaan_met="deze brief"), True, "Afgedaan met deze brief."),
    (motie(Status.AFGEDAAN, afgedaan_met=A), True, f"Afgedaan met {A_PRINTED}."),
    (
        motie(Status.IN_UITVOERING, gereed=Periode("voorjaar 2027", date(2027, 6, 20))),
        False,
        "Afronding voorzien: voorjaar 2027.",
    ),
    (motie(Status.IN_UITVOERING, stand_van_zaken=(Run("Loopt."),)), False, "Loopt."),
    (motie(Status.NIET_UITGEVOERD, stand_van_zaken=(Run("Vervallen door de wet."),)), True, "Vervallen door de wet."),
    (motie(Status.IN_UITVOERING), False, "–"),
]


@pytest.mark.parametrize(("row", "done", "text"), STATES)
def test_a_register_says_how_it_stands(row: Motie, done: bool, text: str) -> None:
    register = made(Entries(moties=(row,)))[0].annexes.moties
    assert register is not None
    (printed,) = register.afgerond if done else register.open
    assert " ".join(plain(part.inlines) for part in printed.stand) == text
    assert plain(printed.vindplaats[0].inlines) == A_PRINTED


def test_a_promise_is_found_by_its_debate_and_day() -> None:
    row = Toezegging(nr="T-01", ministerie="SZW", origin=Origin("SZW.xlsx", "Toezeggingen", 2), toezeggingnummer="TZ202606-017",
                     toezegging=(Run("De Kamer ontvangt cijfers."),), datum=date(2026, 6, 11), overleg="Commissiedebat Inburgering",
                     kamerstuk="", bewindspersoon="", status=Status.OPENSTAAND, stand_van_zaken=(), gereed=None, afgedaan_met="")  # fmt: skip
    register = made(Entries(toezeggingen=(row,)))[0].annexes.toezeggingen
    assert register is not None
    assert [plain(part.inlines) for part in register.open[0].vindplaats] == [
        "Commissiedebat Inburgering, 11 juni 2026",
        "TZ202606-017",
    ]


def budget(year: str, amount: float | None) -> Middel:
    return Middel(nr="F", ministerie="SZW", origin=Origin("SZW.xlsx", "Middelen", 2), onderwerp="Taal", omschrijving="Les",
                  bedrag=amount, bedrag_getypt="", jaar=year, dekking="", kamerstuk="")  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        ([budget("2026", 1.0), budget("2026", 2.0)], (("2026", 3.0),)),
        ([budget("2014", 1.0), budget("2013-2016", 2.0)], ()),
        ([budget("2026", 1.0), budget("2027", 2.0)], ()),
        ([budget("2026", 1.0), budget("2026", None)], ()),
    ],
)
def test_totals_only_over_one_year_and_never_over_what_cannot_be_read(
    rows: list[Middel], totals: tuple[tuple[str, float], ...]
) -> None:
    budgets = made(Entries(middelen=tuple(rows)))[0].annexes.middelen
    assert budgets is not None
    assert budgets.totalen == totals


def test_status_is_counted_by_theme_and_by_ministry() -> None:
    rows = (measure("OCW-01"), measure("SZW-01", status=Status.VERTRAAGD), measure("SZW-02", onderwerp="Dialoog"))
    annexes = made(Entries(rows), bijlagen=("status",))[0].annexes
    assert annexes.status_thema is not None and annexes.status_ministerie is not None
    assert annexes.status_thema.rows == (("Thema 1: Meedoen", (0, 1, 1, 0, 0)), ("Ten slotte", (0, 1, 0, 0, 0)))
    assert annexes.status_ministerie.rows == (("Ministerie SZW", (0, 1, 1, 0, 0)), ("Ministerie OCW", (0, 1, 0, 0, 0)))
    assert annexes.moties is None


def test_what_is_not_done_is_on_the_time_line_of_the_annex_status_and_of_no_other() -> None:
    late, done = Periode("begin 2013", date(2013, 3, 31)), Periode("medio 2013", date(2013, 8, 31))
    rows = (measure("SZW-01", gereed=late), measure("SZW-02", gereed=done, status=Status.AFGEROND), measure("SZW-03"))
    line = made(Entries(rows), bijlagen=("status",))[0].annexes.tijdlijn
    assert line and (line.kwartalen, line.rows) == ((), (("Thema 1: Meedoen", (1, 1)),))
    assert made(Entries(rows), bijlagen=("moties",))[0].annexes.tijdlijn is None


def test_every_paper_stands_once_in_stukken_with_where_it_is_cited() -> None:
    rows = (
        measure("OCW-01", f"Zie ({A}) en (Kamerstuk 29 544, nrs. 2 en 10)."),
        measure("SZW-01", onderwerp="Werk", kamerstukken=(Run(A),)),
    )
    papers = made(Entries(rows), bijlagen=("stukken",))[0].annexes.stukken
    assert papers is not None
    assert [(paper.citation.text, paper.plaatsen) for paper in papers] == [
        ("Kamerstukken 29544, nr. 2", ("Taal",)),
        ("Kamerstukken 29544, nr. 10", ("Taal",)),
        (A_PRINTED, ("Taal", "Werk")),
    ]


def test_texts_of_the_coordinator_stand_where_they_say() -> None:
    texts = (
        Tekst("brief", "voor", (Run("Vooraf."),)),
        Tekst("brief", "meedoen", (Run("Bij het thema."),)),
        Tekst("brief", "Taal", (Run("Een gemeente vertelt."),), kop="Voorbeeld", kader=True),
        Tekst("brief", "Nergens", (Run("Verdwaald."),)),
        Tekst("overzicht", "voor", (Run("Niet in de brief."),)),
    )
    brief, findings = made(Entries(), teksten=texts)
    assert [plain(passage.block.parts[0].inlines) for passage in brief.voor] == ["Vooraf.", "Verdwaald."]
    assert plain(brief.themas[0].inleiding[0].block.parts[0].inlines) == "Bij het thema."
    assert plain(brief.themas[0].onderwerpen[0].inleiding[0].block.parts[0].inlines) == "Een gemeente vertelt."
    assert "teksten-plaats-onbekend" in {finding.rule for finding in findings}


def test_the_introduction_is_prose_with_notes() -> None:
    cell = Cell(Origin("regie.xlsx", "Brief", 12, "B"), "", (Run(f"De agenda ({A}) heeft:\n1 een;\n2 twee."),))
    brief, _ = made(Entries(), velden={"inleiding": cell})
    assert brief.inleiding is not None
    assert [part.kind for part in brief.inleiding.parts] == [PartKind.ALINEA, PartKind.NUMMERING, PartKind.NUMMERING]
    assert len(brief.inleiding.notes()) == 1


def test_a_note_may_stand_in_any_printed_cell() -> None:
    row = Indicator(nr="I-01", ministerie="SZW", origin=Origin("SZW.xlsx", "Indicatoren", 2), indicator="Lessen[noot: Per week.]",
                    onderwerp="Taal", eenheid="uur", peildatum=None, waarde=3.0, streefwaarde="PM", bron=f"DUO ({A})")  # fmt: skip
    rows = (measure("OCW-01", tussenkop="Kop[noot: Een noot.]"), measure("OCW-02", tussenkop="Kop[noot: Een noot.]"))
    brief, _ = made(Entries(rows, indicatoren=(row,)))
    (section,) = brief.themas[0].onderwerpen[0].secties
    assert [type(inline).__name__ for inline in section.tussenkop] == ["Text", "Note"]
    assert brief.annexes.indicatoren is not None
    (printed,) = brief.annexes.indicatoren
    assert [type(inline).__name__ for inline in printed.naam] == ["Text", "Note"]
    assert plain(printed.bron) == f"DUO ({A_PRINTED})"
    assert [point.text for point in brief.open] == ["PM"]


@pytest.mark.parametrize("said", ["PM", "pm", "p.m."])
def test_a_pm_in_any_case_and_cell_is_open(said: str) -> None:
    due = Periode(said, None)
    row = Indicator(nr="I-01", ministerie="SZW", origin=Origin("SZW.xlsx", "Indicatoren", 2), indicator="Lessen",
                    onderwerp="Taal", eenheid="uur", peildatum=due, waarde=said, streefwaarde=3.0, bron="DUO")  # fmt: skip
    brief, _ = made(Entries(moties=(motie(Status.IN_UITVOERING, gereed=due),), indicatoren=(row,)))
    assert [(point.text, point.nr) for point in brief.open] == [(said, "M-01"), (said, "I-01"), (said, "I-01")]


def test_a_register_never_says_done_of_what_is_open() -> None:
    brief, findings = made(Entries(moties=(motie(Status.IN_UITVOERING, afgedaan_met=A),)))
    assert brief.annexes.moties is not None
    assert plain(brief.annexes.moties.open[0].stand[0].inlines) == f"Zie {A_PRINTED}."
    assert "afgedaan-met-bij-open-status" in {finding.rule for finding in findings}


def test_a_text_is_printed_once_where_theme_and_topic_share_a_title() -> None:
    agenda = (AgendaPunt("1", "Taal", "Taal", "OCW"),)
    brief, _ = made(Entries(), agenda=agenda, teksten=(Tekst("brief", "Taal", (Run("Eén keer."),)),))
    assert len(brief.themas[0].inleiding) == 1
    assert brief.themas[0].onderwerpen[0].inleiding == ()


def test_a_motie_without_a_name_keeps_its_strekking() -> None:
    brief, _ = made(Entries(moties=(motie(Status.IN_UITVOERING, motie=(), gap=True, faults=("Motie",)),)))
    assert brief.annexes.moties is not None
    assert [plain(part.inlines) for part in brief.annexes.moties.open[0].omschrijving] == [
        "[PM M-01: Motie ontbreekt of is onleesbaar]", "Meer lessen"]  # fmt: skip


def test_afgedaan_met_something_that_is_no_paper_is_told() -> None:
    _, findings = made(Entries(moties=(motie(Status.AFGEDAAN, afgedaan_met="ja"),)))
    assert "afgedaan-met-geen-verwijzing" in {finding.rule for finding in findings}


def test_a_theme_named_twice_in_the_agenda_is_printed_once() -> None:
    agenda = (AGENDA[0], AGENDA[2], AGENDA[1])
    brief, _ = made(Entries(), agenda=agenda)
    assert [(thema.titel, [topic.titel for topic in thema.onderwerpen]) for thema in brief.themas] == [
        ("Meedoen", ["Taal", "Werk"]), ("Ten slotte", ["Dialoog"])]  # fmt: skip


def test_no_mark_is_made_where_nothing_is_at_fault() -> None:
    brief, _ = made(Entries((measure("OCW-01"),)))
    assert not any(isinstance(inline, Mark) for inline in brief.themas[0].onderwerpen[0].secties[0].blocks[0].inlines())
