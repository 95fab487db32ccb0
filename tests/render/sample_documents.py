"""The documents beside the sample brief, made by hand: what tests of `render` look at."""

from __future__ import annotations

from dataclasses import replace

from flows.model.brief import Kader, Passage
from flows.model.delivery import Documentsoort, Origin
from flows.model.documents import (
    Aanbiedingsbrief,
    AgendaOnderwerp,
    AgendaThema,
    Doel,
    Doelsoort,
    InstrumentRow,
    Integratieagenda,
    Overzicht,
    PartijInzet,
)
from flows.model.entries import Instrument, Instrumentsoort, Partij
from flows.model.text import Address, Block, Citation, Mark, Note, OpenPoint, Part, Text
from tests.render.sample import FILE, KORT, PROZA, WET, block, bullet, kst, line, note, part, sample

BRIEF = sample()
HEAD = {
    "titel": BRIEF.titel,
    "kwartaal": BRIEF.kwartaal,
    "datum": BRIEF.datum,
    "velden": BRIEF.velden | {"afzender_naam": "Ministerie van SZW"},
}
CONTACT = "Geheime Contactpersoon"


def letter() -> Aanbiedingsbrief:
    """The letter, with two notes before its text and two in it."""
    return Aanbiedingsbrief(
        **HEAD,
        dossier=line("32 824"),
        plaats=line("Den Haag"),
        betreft=line("Voortgangsbrief derde kwartaal 2026"),
        onze_referentie=line("2026-0000183162"),
        contactpersoon=line(CONTACT),
        vorige=(note(kst(32824, 390)), note("Aangeboden op ", kst(32824, 391), ".")),
        mede_namens=(line("Minister van Onderwijs, Cultuur en Wetenschap"), line("Staatssecretaris Jeugd, Preventie en Sport"), line("Ministerie van Algemene Zaken")),
        voor=(Passage((), block(None, part("Eerst dit.", note(kst(36800, 2))))),),
        na=(
            Passage((), block(None, PROZA, part("Drie punten:"), bullet("het eerste;"), bullet("het laatste.", note("Zie ", kst(30950, 214), ", p. 3.")))),
            Passage(line("Vervolg"), block(None, KORT)),
        ),
        functie=line("Minister van Sociale Zaken en Werkgelegenheid"),
        ondertekenaar=line("N.A. Hoogvliet"),
        bijlagen=(Documentsoort.BRIEF, Documentsoort.OVERZICHT, Documentsoort.INTEGRATIEAGENDA),
    )  # fmt: skip


def overview() -> Overzicht:
    """The rows of the sample brief with an introduction of the overview."""
    intro = (Passage((), block(None, "Bij dit thema. " + KORT)),)
    first, *others = BRIEF.themas
    bare = tuple(replace(topic, inleiding=()) for topic in first.onderwerpen)
    themas = (replace(first, inleiding=intro, onderwerpen=bare), *others)
    return Overzicht(**HEAD, voor=(Passage(line("Leeswijzer"), block(None, KORT)),), themas=themas)


def row(nr: str, soort: Instrumentsoort, what: str, *where: Text | Address | Citation | str) -> InstrumentRow:
    """A row of Instrumenten."""
    entry = Instrument(
        nr=nr, ministerie=nr.split("-", maxsplit=1)[0], origin=Origin(FILE, "Instrumenten", 4), onderwerp="Taal", onderwerp_getypt="Taal",
        soort=soort, soort_getypt=soort.value, omschrijving=(), vindplaats="",
    )  # fmt: skip
    return InstrumentRow(entry, line(soort), (part(what),), (part(*where),) if where else ())


def said(nr: str, *parts: Part | str) -> Block:
    """A row of Inzet."""
    return replace(block(nr, *parts), origin=Origin(FILE, "Inzet", 4, "D"))


def agenda() -> Integratieagenda:
    """An agenda with all that it can hold: a gap, an open point, a box, links, a table over a page."""
    address = Address(
        "https://www.inburgeren.nl/een-heel-lang-adres/met-veel-delen/en-nog-een-deel.html",
        "https://www.inburgeren.nl/een-heel-lang-adres/met-veel-delen/en-nog-een-deel.html",
    )
    taal = AgendaOnderwerp(
        "Taal",
        (Doel(Doelsoort.KERNPROBLEEM, block(None, PROZA)), Doel(Doelsoort.AMBITIE, block(None, part(KORT, note(kst(32824, 7)))))),
        (Kader(line("In de buurt"), block(None, "‘Zo leer ik elke dag een woord.’"), line("Gemeente Voorbeeld, Taalverslag 2025, p. 6"), line("Cursist")),),
        (
            PartijInzet(Partij.RIJK, (said("SZW-60", part(WET, note(kst(36800, 2)))), said("OCW-60", part("Nog ", OpenPoint("PM"), ".")))),
            PartijInzet(Partij.GEMEENTE, (said("SZW-61", part("Gemeenten:"), bullet("lezen;"), bullet("schrijven.")),)),
            PartijInzet(None, (said("BZK-60", part(Mark("[PM BZK-60: Inzet ontbreekt of is onleesbaar]"))),)),
        ),
        (
            row("SZW-62", Instrumentsoort.WETGEVING, "Wet inburgering", kst(35483, 2), Text("; zie ook "), address),
            row("SZW-63", Instrumentsoort.OVERIG, "Handreiking"),
            *(row(f"SZW-{number}", Instrumentsoort.WEBSITES, f"Site {number}. {KORT}", Address("www.a.example", "https://www.a.example")) for number in range(64, 84)),
        ),
    )  # fmt: skip
    werk = AgendaOnderwerp("Werk", (Doel(Doelsoort.BEIDE, block(None, KORT)),), (), (), ())
    themas = (
        AgendaThema("1", "Meedoen", (Passage(line("Vooraf"), block(None, KORT)),), (taal, werk)),
        AgendaThema("", "Tot slot", (), (werk,)),
    )
    before = (Passage(line("Voorwoord"), block(None, PROZA)),)
    return Integratieagenda(**HEAD, voor=before, themas=themas, na=(Passage(line("Colofon"), block(None, KORT)),))


def many_notes(number: int) -> Aanbiedingsbrief:
    """A letter with so many long notes that they fill pages at its end."""
    texts = (part(f"Zin {index}.", Note((Text(f"Noot {index}. {PROZA}"),))) for index in range(number))
    return replace(letter(), na=(Passage((), block(None, *texts)),))
