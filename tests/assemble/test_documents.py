"""The documents beside the brief: what stands in each, who signs with, and what is told of what is missing."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assemble.brief import assemble
from flows.catalogue import load_rules, load_sentences
from flows.model.brief import Brief, Kader
from flows.model.delivery import AgendaPunt, Cell, Documentsoort, Ministerie, Origin, Regie, Run, Tekst, Workbook
from flows.model.documents import Aanbiedingsbrief, Document, Doelsoort, Integratieagenda, Kamerstuk, Overzicht
from flows.model.entries import Entries, Instrument, Instrumentsoort, Inzet, Partij, Status
from flows.model.finding import Finding, Regels
from flows.model.quarter import Kwartaal
from flows.model.text import Address, Citation, Mark, OpenPoint, plain, printed
from tests.assemble.test_brief import AGENDA, measure

A = "Kamerstukken II 2025/26, 32824, nr. 7"
MINISTRIES = (
    Ministerie("SZW", "Ministerie van SZW", ("Minister van SZW", "Staatssecretaris Participatie")),
    Ministerie("OCW", "Ministerie van OCW", ("Minister van OCW", "Staatssecretaris van OCW")),
    Ministerie("VenJ", "Ministerie van VenJ"),
    Ministerie("BZ", "Ministerie van BZ", ("Minister van BZ",)),
)
FIELDS = {
    "afzender": "szw", "dossier": "32 824", "plaats": "Den Haag", "functie": "Minister van SZW", "ondertekenaar": "N.A. Hoogvliet",
    "vorige_brief": A, "betreft": "Voortgang", "contactpersoon": "S. Meerdink",
}  # fmt: skip
ALL = tuple(Documentsoort)


def made(
    entries: Entries,
    documents: tuple[Documentsoort, ...] = ALL,
    fields: dict[str, str] | None = None,
    **regie: object,
) -> tuple[Brief, dict[type, Document], tuple[Finding, ...]]:
    cells = {
        name: Cell(Origin("regie.xlsx", "Brief", 9, "B"), text, (Run(text),))
        for name, text in (FIELDS if fields is None else fields).items()
    }
    given: dict[str, object] = {
        "workbook": Workbook("regie.xlsx", "", {}), "kwartaal": Kwartaal(2026, 3), "datum": date(2026, 9, 25),
        "titel": "Voortgang", "velden": cells, "agenda": AGENDA, "ministeries": MINISTRIES, "documenten": documents,
    }  # fmt: skip
    steering = Regie(**(given | regie))  # type: ignore[arg-type]
    brief, further, findings = assemble(steering, entries, load_sentences(), Regels(load_rules()))
    return brief, {type(document): document for document in further}, findings


def inzet(nr: str, text: str = "Inzet.", **fields: object) -> Inzet:
    code = nr.split("-", maxsplit=1)[0]
    given: dict[str, object] = {
        "nr": nr, "ministerie": code, "origin": Origin(f"{code}.xlsx", "Inzet", 2), "onderwerp": "Taal",
        "onderwerp_getypt": "Taal", "partij": Partij.RIJK, "inzet": (Run(text),) if text else (), "status": Status.VERTRAAGD, "gap": not text,
    }  # fmt: skip
    return Inzet(**(given | fields))  # type: ignore[arg-type]


def instrument(nr: str, where: str = "", **fields: object) -> Instrument:
    code = nr.split("-", maxsplit=1)[0]
    given: dict[str, object] = {
        "nr": nr, "ministerie": code, "origin": Origin(f"{code}.xlsx", "Instrumenten", 2), "onderwerp": "Taal",
        "onderwerp_getypt": "Taal", "soort": Instrumentsoort.WEBSITES, "soort_getypt": "Websites",
        "omschrijving": (Run("Een site."),), "vindplaats": where,
    }  # fmt: skip
    return Instrument(**(given | fields))  # type: ignore[arg-type]


def letter(entries: Entries, *documents: Documentsoort, **regie: object) -> Aanbiedingsbrief:
    found = made(entries, (Documentsoort.AANBIEDINGSBRIEF, *documents), **regie)[1][Aanbiedingsbrief]  # type: ignore[arg-type]
    assert isinstance(found, Aanbiedingsbrief)
    return found


def agenda(entries: Entries, **regie: object) -> Integratieagenda:
    found = made(entries, (Documentsoort.INTEGRATIEAGENDA,), **regie)[1][Integratieagenda]  # type: ignore[arg-type]
    assert isinstance(found, Integratieagenda)
    return found


def names(found: Aanbiedingsbrief) -> list[str]:
    return [plain(person) for person in found.mede_namens]


CO_SIGNERS = [
    # all bewindspersonen of a ministry with a printed row, in Ministeries' order; the sender's excepted
    ((measure("BZ-01"), measure("OCW-01"), measure("SZW-01")), ["Minister van OCW", "Staatssecretaris van OCW", "Minister van BZ"]),
    # a ministry that a printed row names; one without bewindspersoon by its name
    ((measure("SZW-01", mede_namens=("venj",)),), ["Ministerie van VenJ"]),
    # neither the ministry of a gap, nor whom a gap names
    ((measure("SZW-01"), measure("OCW-01", "", mede_namens=("BZ",))), []),
    # a hidden row is a gap
    ((measure("BZ-01", hidden=True, gap=True),), []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), CO_SIGNERS)
def test_who_signs_with(rows: tuple[object, ...], expected: list[str]) -> None:
    assert names(letter(Entries(rows), Documentsoort.BRIEF)) == expected  # type: ignore[arg-type]


def test_only_the_rows_of_documents_that_are_made_count_for_who_signs_with() -> None:
    entries = Entries((measure("OCW-01"),), inzet=(inzet("BZ-Z01"),))
    assert names(letter(entries, Documentsoort.INTEGRATIEAGENDA)) == ["Minister van BZ"]
    assert names(letter(entries, Documentsoort.BRIEF)) == ["Minister van OCW", "Staatssecretaris van OCW"]


def test_the_letter_names_the_last_brief_in_a_note_and_lists_the_documents_that_are_made() -> None:
    found = letter(Entries((measure("SZW-01"),)), *ALL)
    assert [plain(note.inlines) for note in found.vorige] == [A]
    assert found.bijlagen == (Documentsoort.BRIEF, Documentsoort.OVERZICHT)  # nothing was delivered for the agenda


def test_the_letter_of_the_chamber_is_the_same_letter() -> None:
    _, documents, _ = made(Entries((measure("SZW-01"),)))
    assert list(documents) == [Aanbiedingsbrief, Kamerstuk, Overzicht]
    assert Kamerstuk.of(documents[Aanbiedingsbrief]) == documents[Kamerstuk]  # type: ignore[arg-type]


def test_what_the_letter_needs_and_is_not_told_is_a_gap_and_what_is_still_to_come_an_open_point() -> None:
    brief, documents, findings = made(Entries((measure("SZW-01"),)), fields={"afzender": "SZW", "plaats": "PM"})
    found = documents[Aanbiedingsbrief]
    assert isinstance(found, Aanbiedingsbrief)
    assert found.functie == (Mark("[PM: Functie ontbreekt in regie.xlsx]"),)
    assert (found.plaats, found.onze_referentie, plain(found.betreft)) == ((OpenPoint("PM"),), (), "Voortgang")
    rules = Counter(finding.rule for finding in findings)
    assert (rules["document-veld-ontbreekt"], rules["vorige-brief-niet-genoemd"]) == (3, 1)
    assert [(point.text, point.gap) for point in brief.open if not point.gap] == [("PM", False)]


def test_a_text_of_the_letter_with_another_place_is_printed_in_front_and_reported() -> None:
    texts = (
        Tekst("aanbiedingsbrief", "na", (Run("Erna."),)),
        Tekst("aanbiedingsbrief", "Taal", (Run("Verdwaald."),)),
        Tekst("brief", "voor", (Run("Van de brief."),)),
    )
    _, documents, findings = made(Entries((measure("SZW-01"),)), teksten=texts)
    found = documents[Aanbiedingsbrief]
    assert [printed(passage.block.parts) for passage in found.voor] == ["Verdwaald."]
    assert [printed(passage.block.parts) for passage in found.na] == ["Erna."]
    assert sum(finding.rule == "teksten-plaats-onbekend" for finding in findings) == 1


def test_the_overview_has_the_blocks_of_the_brief_and_introductions_of_its_own() -> None:
    point = AgendaPunt("1", "Meedoen", "Taal", "OCW", (Run("Van de Agenda."),))
    texts = (Tekst("overzicht", "Meedoen", (Run("Bij het thema."),)), Tekst("overzicht", "Taal", (Run("Nog PM."),)))
    rows = (measure("OCW-01", "Nog PM.", kamerstukken=(Run(A),)),)
    brief, documents, findings = made(Entries(rows), agenda=(point, *AGENDA[1:]), teksten=texts)
    overview = documents[Overzicht]
    assert isinstance(overview, Overzicht)
    thema, topic = overview.themas[0], overview.themas[0].onderwerpen[0]
    assert [printed(passage.block.parts) for passage in (*thema.inleiding, *topic.inleiding)] == [
        "Bij het thema.",
        "Nog PM.",
    ]
    assert topic.secties[0].blocks[0] is brief.themas[0].onderwerpen[0].secties[0].blocks[0]
    assert [(point.text, point.place) for point in brief.open] == [("PM", "Taal"), ("PM", "Overzicht, Taal")]
    assert sum(finding.rule == "open-punt" for finding in findings) == 2
    assert len(brief.cited) == 2  # the row's, and the letter's last brief


def test_a_document_of_which_there_is_nothing_to_say_is_not_made_and_that_is_told() -> None:
    _, documents, findings = made(Entries())
    assert list(documents) == [Aanbiedingsbrief, Kamerstuk]
    untold = [finding.value for finding in findings if finding.rule == "document-zonder-inhoud"]
    assert untold == ["overzicht", "integratieagenda"]


GOALS = [
    ("Een zin.\nNog een.", [(Doelsoort.BEIDE, "Een zin.\nNog een.")]),
    ("Kernprobleem: te lang.\nDat duurt.\nAmbitie: korter.",
     [(Doelsoort.KERNPROBLEEM, "te lang.\nDat duurt."), (Doelsoort.AMBITIE, "korter.")]),
    ("Vooraf.\nAMBITIE\nKorter.", [(Doelsoort.BEIDE, "Vooraf."), (Doelsoort.AMBITIE, "Korter.")]),
    ("Ambitie is nodig.", [(Doelsoort.BEIDE, "Ambitie is nodig.")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GOALS)
def test_the_introduction_of_a_topic_tells_the_problem_and_the_ambition(
    text: str, expected: list[tuple[Doelsoort, str]]
) -> None:
    point = AgendaPunt("1", "Meedoen", "Taal", "OCW", (Run(text),))
    (topic,) = agenda(Entries(), agenda=(point,)).themas[0].onderwerpen
    assert [(goal.soort, printed(goal.block.parts)) for goal in topic.doelen] == expected


def test_a_label_in_bold_is_a_label_too() -> None:
    runs = (Run("Kernprobleem:", bold=True), Run(" te lang."))
    (topic,) = agenda(Entries(), agenda=(AgendaPunt("1", "Meedoen", "Taal", "OCW", runs),)).themas[0].onderwerpen
    assert [(goal.soort, printed(goal.block.parts)) for goal in topic.doelen] == [(Doelsoort.KERNPROBLEEM, "te lang.")]


def test_efforts_stand_by_party_the_trekkers_first_and_none_is_lost() -> None:
    rows = (
        inzet("SZW-Z01"), inzet("SZW-Z02", partij=Partij.GEMEENTE), inzet("SZW-Z03", partij=None), inzet("OCW-Z01"),
        inzet("BZ-Z01", onderwerp="", onderwerp_getypt="Erfgoed"),
    )  # fmt: skip
    found = agenda(Entries(inzet=rows))
    (topic,) = found.themas[0].onderwerpen
    assert [(effort.partij, [block.nr for block in effort.blocks]) for effort in topic.inzet] == [
        (Partij.RIJK, ["OCW-Z01", "SZW-Z01"]), (Partij.GEMEENTE, ["SZW-Z02"]), (None, ["SZW-Z03"])]  # fmt: skip
    lost = found.themas[-1]
    assert (lost.titel, lost.onderwerpen[0].titel) == ("Nog te plaatsen", "Erfgoed")
    assert {entry.nr for entry in found.entries()} == {row.nr for row in rows}


def test_an_effort_without_text_is_a_gap_and_one_at_fault_is_marked() -> None:
    rows = (inzet("SZW-Z01", ""), inzet("SZW-Z02", faults=("Partij",), partij=None))
    brief, documents, _ = made(Entries(inzet=rows), (Documentsoort.INTEGRATIEAGENDA,))
    found = documents[Integratieagenda]
    assert isinstance(found, Integratieagenda)
    blocks = [block for effort in found.themas[0].onderwerpen[0].inzet for block in effort.blocks]
    assert [printed(block.parts) for block in blocks] == [
        "[PM SZW-Z01: Inzet ontbreekt of is onleesbaar]", "Inzet. [controleer SZW-Z02: Partij]"]  # fmt: skip
    assert [(point.nr, point.place, point.gap) for point in brief.open] == [("SZW-Z01", "Integratieagenda, Taal", True)]


def test_a_row_that_prints_nothing_counts_as_a_gap() -> None:
    rows = (inzet("SZW-Z01", "[noot: ]"),)
    found = agenda(Entries(inzet=rows, instrumenten=(instrument("SZW-N01", omschrijving=(Run("[noot: ]"),)),)))
    assert [entry.gap for entry in found.entries()] == [True, True]


FOUND_AT = [
    ("https://www.inburgeren.nl", [("www.inburgeren.nl", "https://www.inburgeren.nl")]),
    ("zie www.a.example/b, of bel", [("zie ", None), ("www.a.example/b", "https://www.a.example/b"), (", of bel", None)]),
    ("(https://a.example/x).", [("(", None), ("a.example/x", "https://a.example/x"), (").", None)]),
    ("https://zoek.officielebekendmakingen.nl/kst-32824-7.html", [
        ("zoek.officielebekendmakingen.nl/kst-32824-7.html", "https://zoek.officielebekendmakingen.nl/kst-32824-7.html")]),
    (A, [(A, "https://zoek.officielebekendmakingen.nl/kst-32824-7.html")]),
    ("verschijnt in november", [("verschijnt in november", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND_AT)
def test_where_an_instrument_is_found(text: str, expected: list[tuple[str, str | None]]) -> None:
    (topic,) = agenda(Entries(instrumenten=(instrument("SZW-N01", text),))).themas[0].onderwerpen
    (part,) = topic.instrumenten[0].vindplaats
    told: list[tuple[str, str | None]] = []
    for inline in part.inlines:
        url = (
            inline.url
            if isinstance(inline, Address)
            else inline.pieces[0].url
            if isinstance(inline, Citation)
            else None
        )
        assert not isinstance(inline, Mark)
        if told and told[-1][1] is None and url is None:
            told[-1] = (told[-1][0] + plain((inline,)), None)
        else:
            told.append((plain((inline,)), url))
    assert told == expected


@given(
    st.lists(
        st.sampled_from(["www.a.example", "https://b.example/x?y=1", A, "(zie", "bijlage 2)", "en", "PM", ";", "·"]),
        min_size=1,
    )
)
def test_of_where_an_instrument_is_found_no_word_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    (topic,) = agenda(Entries(instrumenten=(instrument("SZW-N01", text),))).themas[0].onderwerpen
    shown = " ".join(printed(topic.instrumenten[0].vindplaats).split())
    for word in words:
        assert word.removeprefix("https://").strip("()") in shown
    links = [
        inline.url
        for part in topic.instrumenten[0].vindplaats
        for inline in part.inlines
        if isinstance(inline, Address)
    ]
    assert links == [word if "://" in word else f"https://{word}" for word in words if ".example" in word]


def test_instruments_stand_by_kind_and_one_of_an_unknown_kind_last_as_typed() -> None:
    rows = (
        instrument("SZW-N01", soort=None, soort_getypt="Convenant"), instrument("SZW-N02"),
        instrument("SZW-N03", soort=Instrumentsoort.WETGEVING),
    )  # fmt: skip
    (topic,) = agenda(Entries(instrumenten=rows)).themas[0].onderwerpen
    assert [(row.instrument.nr, plain(row.soort)) for row in topic.instrumenten] == [
        ("SZW-N03", "Wet- en regelgeving"), ("SZW-N02", "Websites"), ("SZW-N01", "Convenant")]  # fmt: skip


def test_topics_without_efforts_are_told_and_boxes_stand_with_their_topic() -> None:
    box = Tekst("integratieagenda", "Taal", (Run("‘Zo leer ik.’"),), "Uit de buurt", True, "Gemeente X", "Cursist")
    entries = Entries(inzet=(inzet("SZW-Z01"),))
    _, documents, findings = made(entries, (Documentsoort.INTEGRATIEAGENDA,), teksten=(box,))
    found = documents[Integratieagenda]
    assert isinstance(found, Integratieagenda)
    ((topic,),) = (thema.onderwerpen for thema in found.themas)
    (kader,) = topic.inleiding
    assert isinstance(kader, Kader) and plain(kader.bron) == "Gemeente X"
    told = [finding.value for finding in findings if finding.rule == "integratieagenda-zonder-inbreng"]
    assert told == ["Werk; Dialoog"]
