"""A brief with everything in it, made by hand from neutral sentences of our own: what tests of `render` look at."""

from __future__ import annotations

from datetime import date

from flows.model.annexes import Annexes, Budget, IndicatorRow, MiddelRow, Paper, Register, RegisterRow
from flows.model.baseline import Baseline, VorigeWaarde, row_key
from flows.model.brief import Brief, Kader, Onderwerp, Open, Passage, Sectie, Thema
from flows.model.changes import Overzicht, Regel
from flows.model.counts import StatusTable, Tijdlijn
from flows.model.delivery import Origin
from flows.model.entries import Indicator, Middel, Motie, Status, Toezegging
from flows.model.papers import Answers, Stuk
from flows.model.quarter import Kwartaal, Periode
from flows.model.reference import Piece, Reference, Soort
from flows.model.text import Block, Citation, Inline, Line, Mark, Note, OpenPoint, Part, PartKind, Text

FILE = "geheim-bestand.xlsx"


TITLE = "Brief over de participatieverklaring & <meer>"


def paper(text: str, ident: str | None = None, soort: Soort = Soort.KAMERSTUK) -> Citation:
    """A citation of one piece, with a link where an identifier is given."""
    url = f"https://zoek.officielebekendmakingen.nl/{ident}.html" if ident else None
    return Citation(Reference(soort, (0, len(text)), text), (Piece(text, url),))


def kst(dossier: int, nummer: int, jaar: str = "2025/26") -> Citation:
    """A paper of the Tweede Kamer."""
    return paper(f"Kamerstukken II {jaar}, {dossier}, nr. {nummer}", f"kst-{dossier}-{nummer}")


def note(*inlines: Text | Citation | OpenPoint | str) -> Note:
    """A footnote; strings are plain text."""
    return Note(tuple(Text(inline) if isinstance(inline, str) else inline for inline in inlines))


def line(text: str) -> Line:
    """The words of one line."""
    return (Text(text),) if text else ()


def part(*inlines: Inline | str, kind: PartKind = PartKind.ALINEA) -> Part:
    """A paragraph; strings are plain text."""
    return Part(kind, tuple(Text(inline) if isinstance(inline, str) else inline for inline in inlines))


def bullet(*inlines: Inline | str) -> Part:
    """An item of a bullet list."""
    return part(*inlines, kind=PartKind.OPSOMMING)


def step(*inlines: Inline | str) -> Part:
    """An item of a numbered list."""
    return part(*inlines, kind=PartKind.NUMMERING)


def block(nr: str | None, *parts: Part | str) -> Block:
    """What one row became; `nr` also names its ministry."""
    made = tuple(part(item) if isinstance(item, str) else item for item in parts)
    return Block(Origin(FILE, "Voortgang", 4, "D"), made, nr.split("-")[0] if nr else None, nr)


def topic(titel: str, *blocks: Block, tussenkop: str | None = None) -> Onderwerp:
    """A topic with one section, or none."""
    return Onderwerp(titel, (), (Sectie(line(tussenkop or ""), blocks),) if blocks else ())


def motie(nr: str, wat: str, *vindplaats: Inline | str, stand: tuple[Inline | str, ...], status: Status) -> RegisterRow:
    """A row of the register of moties."""
    origin = Origin(FILE, "Moties", 4)
    entry = Motie(
        nr=nr, ministerie=nr.split("-", maxsplit=1)[0], origin=origin, motie=(), kamerstuk="", strekking=(), status=status,
        stand_van_zaken=(), gereed=None, afgedaan_met="",
    )  # fmt: skip
    return RegisterRow(entry, (part(wat),), (part(*vindplaats),), (part(*stand),), status)


def toezegging(
    nr: str,
    wat: str,
    *vindplaats: Inline | str,
    stand: tuple[Inline | str, ...],
    status: Status,
) -> RegisterRow:
    """A row of the register of toezeggingen."""
    origin = Origin(FILE, "Toezeggingen", 4)
    entry = Toezegging(
        nr=nr, ministerie=nr.split("-", maxsplit=1)[0], origin=origin, toezeggingnummer="", toezegging=(), datum=None, overleg="",
        kamerstuk="", bewindspersoon="", status=status, stand_van_zaken=(), gereed=None, afgedaan_met="",
    )  # fmt: skip
    return RegisterRow(entry, (part(wat),), (part(*vindplaats),), (part(*stand),), status)


def indicator(
    nr: str,
    naam: str,
    eenheid: str,
    peil: Periode,
    waarde: float | str,
    streef: float | str,
    bron: str,
) -> IndicatorRow:
    """A row of Indicatoren."""
    entry = Indicator(
        nr=nr, ministerie=nr.split("-", maxsplit=1)[0], origin=Origin(FILE, "Indicatoren", 4), indicator=naam, onderwerp="Taal",
        eenheid=eenheid, peildatum=peil, waarde=waarde, streefwaarde=streef, bron=bron,
    )  # fmt: skip
    waarde_regel, streef_regel = (line(typed) if isinstance(typed, str) else () for typed in (waarde, streef))
    return IndicatorRow(entry, line(naam), line(eenheid), (), waarde_regel, streef_regel, line(bron))


def middel(
    nr: str,
    onderwerp: str,
    wat: str,
    bedrag: float | None,
    jaar: str,
    dekking: str = "",
    stuk: Citation | None = None,
) -> MiddelRow:
    """A row of Middelen; one without an amount was typed as p.m."""
    entry = Middel(
        nr=nr, ministerie=nr.split("-", maxsplit=1)[0], origin=Origin(FILE, "Middelen", 4), onderwerp=onderwerp, omschrijving=wat,
        bedrag=bedrag, bedrag_getypt="" if bedrag is not None else "p.m.", jaar=jaar, dekking=dekking, kamerstuk="",
    )  # fmt: skip
    typed = () if bedrag is not None else (OpenPoint("p.m."),)
    return MiddelRow(entry, line(wat), line(jaar), typed, line(dekking), (part(stuk),) if stuk else ())


PROZA = (
    "Het kabinet heeft in het afgelopen kwartaal met de betrokken gemeenten en maatschappelijke organisaties gesproken over de "
    "uitvoering van de afspraken. Daarbij is vastgesteld dat de meeste maatregelen volgens planning verlopen, dat de "
    "samenwerking tussen de uitvoeringsorganisaties is verbeterd en dat de resterende knelpunten vooral liggen bij de "
    "gegevensuitwisseling en bij de beschikbaarheid van voldoende gekwalificeerd personeel."
)
KORT = (
    "De voorbereidingen voor de volgende fase zijn begonnen. Uw Kamer wordt in het voorjaar van 2027 over de uitkomsten "
    "geïnformeerd."
)
WET = (
    "Het wetsvoorstel is na advisering door de Afdeling advisering van de Raad van State aangepast en bij uw Kamer ingediend. "
    "De inwerkingtreding is, onder voorbehoud van parlementaire behandeling, voorzien per 1 januari 2027. In overleg met de "
    "Vereniging van Nederlandse Gemeenten wordt een handreiking opgesteld waarmee gemeenten zich op de nieuwe taken kunnen "
    "voorbereiden."
)


def sample() -> Brief:
    """The brief as a draft: with an open point, a gap, and a topic for which nothing was delivered."""
    return Brief(
        titel="Voortgang Agenda Samen Vooruit",
        kwartaal=Kwartaal(2026, 3),
        datum=date(2026, 10, 16),
        velden={
            "titel": "Voortgang Agenda Samen Vooruit",
            "dossier": "32 824",
            "betreft": "Voortgangsbrief derde kwartaal 2026 over de uitvoering van de Agenda Samen Vooruit",
            "onze_referentie": "2026-0000183162",
            "afzender": "SZW",
            "contactpersoon": "Geheime Contactpersoon",
        },
        voor=(
            Kader(
                line("Leeswijzer"),
                block(None, part("Per onderwerp leest u ", Text("wat", italic=True), " er is bereikt en wat er nog volgt. De ",
                                 "stand van zaken is die van 30 september 2026, tenzij anders vermeld.")),
            ),
        ),
        inleiding=block(
            None,
            part("De Agenda Samen Vooruit", note(kst(32824, 7, "2024/25"), "."), " van dit kabinet verscheen in februari van ",
                 "het vorige jaar. Met deze brief informeert het kabinet uw Kamer over de voortgang in het derde kwartaal van ",
                 "2026. " + PROZA),
            part("De brief volgt de indeling van de agenda. " + KORT),
            part("Drie ontwikkelingen springen in het oog:"),
            step("de deelname aan taalonderwijs is met 12,5 % gestegen;"),
            step("de wet is op 1 juli 2026 in werking getreden;", note(paper("Stb. 2026, 214", "stb-2026-214"))),
            step("de monitor komt eind 2026 beschikbaar."),
        ),
        themas=(_meedoen(), _grenzen(), _waarden(), _ten_slotte()),
        slot=block(None, "Het kabinet zet de ingezette koers voort en blijft met alle betrokkenen in gesprek. " + KORT),
        na=(Passage(line("Verantwoording"), block(None, "De gegevens in deze brief zijn door de ministeries aangeleverd. " + PROZA)),),
        annexes=_annexes(),
        baseline=Baseline(Kwartaal(2026, 2), "concept-02", "", {}, {
            row_key("Indicatoren", "OCW", "OCW-40"): VorigeWaarde(22100.0, "aantal"),
            row_key("Indicatoren", "SZW", "SZW-40"): VorigeWaarde(67.9, "%"),
            row_key("Indicatoren", "BZK", "BZK-40"): VorigeWaarde(74.5, "procent van alle gemeenten"),
        }),
        answers=Answers(date(2026, 9, 21), {name: Stuk(name, TITLE) for name in ["kst-32824-398"]}),
        open=(
            Open("PM verwijzing", "Inburgering", Origin(FILE, "Voortgang", 9, "D"), "SZW", "SZW-07"),
            Open("[PM OCW-03: Stand van zaken ontbreekt]", "Ouderbetrokkenheid", Origin(FILE, "Voortgang", 6), "OCW", "OCW-03", True),
            Open("p.m.", "Middelen", Origin(FILE, "Middelen", 5, "D"), "SZW", "SZW-43"),
            Open("Voor dit onderwerp is niets aangeleverd.", "Maatschappelijke codes", None),
            Open("PM datum", "Inleiding", Origin("regie.xlsx", "Brief", 12, "B")),
        ),
    )  # fmt: skip


def _meedoen() -> Thema:
    arbeid = Onderwerp(
        "Arbeidsmarkt",
        (Passage((), block(None, "Werk is de kortste weg naar zelfstandigheid. " + KORT)),),
        (
            Sectie(
                (),
                (
                    block("SZW-01", part(PROZA, note(kst(29544, 1201), " en ", paper("Handelingen II 2025/26, nr. 88, item 5, p. 25-36", "h-tk-20252026-88-5"), ".")),
                          part(WET)),
                    block("BZK-01", part("Gemeenten hebben dit kwartaal 41 regionale ", Text("mobiliteitscentra", bold=True), " ingericht.",
                                         note("Zie de bijlage bij ", kst(30950, 214), ", p. 12-14."),
                                         note("Motie van het lid Voorbeeld c.s. (", kst(30950, 217), "). De motie verzoekt de regering om samen met de Vereniging van Nederlandse Gemeenten te onderzoeken hoe regionale centra duurzaam kunnen worden bekostigd, en de Kamer daarover voor de zomer te berichten."),
                                         " " + KORT)),
                ),
            ),
            Sectie(line("Arbeidsdiscriminatie"), (block("SZW-02", PROZA, WET),)),
            Sectie(line("Leer-werktrajecten"), (
                block("SZW-03", part("Voor de leer-werktrajecten gelden de volgende afspraken:"),
                      bullet("werkgevers bieden ten minste 2.500 plaatsen aan;", note(kst(31524, 480))),
                      bullet("scholen zorgen voor ", Text("begeleiding op de werkvloer", italic=True), ", zodat deelnemers het traject met een erkend diploma kunnen afronden;")),
                block("OCW-01", bullet("het ministerie van Onderwijs, Cultuur en Wetenschap stelt een subsidieregeling open voor praktijkleren in de derde leerweg;"),
                      bullet("de arbeidsongeschiktheidsverzekeringspremie wordt voor deelnemers niet verhoogd.", note("Brief van 3 juni 2026, ", paper("2026Z11842", "2026Z11842", Soort.ZAAK), "."))),
                block("SZW-04", "De eerste resultaten komen medio 2027 beschikbaar."),
            )),
        ),
    )  # fmt: skip
    inburgering = topic(
        "Inburgering",
        block("SZW-06", PROZA, "De doorlooptijd is gedaald van 14 naar 9 maanden. " + KORT),
        block("SZW-07", part("De evaluatie van het stelsel is op 19 mei 2026 aan uw Kamer aangeboden.", note(OpenPoint("PM verwijzing")),
                             " De beleidsreactie volgt in ", OpenPoint("PM"), ". " + PROZA)),
    )  # fmt: skip
    taal = topic(
        "Taal",
        block(
            "OCW-02",
            part(WET, note("Aanhangsel Handelingen II 2025/26, nr. 1241; zie ook ", kst(32824, 412), ".")),
            part(PROZA),
        ),
    )
    return Thema("1", "Meedoen en zelfredzaam zijn", (), (arbeid, taal, inburgering))


def _grenzen() -> Thema:
    overlast = Onderwerp("Aanpak van criminaliteit en overlast", (), (
        Sectie(line("1. Preventie"), (block("JenV-01", PROZA, part(KORT, note(kst(28684, 790)))),)),
        Sectie(line("2. Handhaving"), (block("JenV-02", WET),)),
        Sectie(line("3. Nazorg"), (block("BZK-02", PROZA),)),
    ))  # fmt: skip
    ouders = Onderwerp(
        "Versterken van ouderbetrokkenheid",
        (Kader(line("Uit de praktijk: een school in Zutphen"),
               block(None, "„Vroeger kwamen ouders alleen als er iets mis was. Nu drinken zij elke vrijdag koffie in de aula en spreken wij hen over wat er goed gaat.”",
                     "De school werkt sinds 2024 met:",
                     bullet("een ouderkamer die elke werkdag open is en waar ouders elkaar en de leerkrachten zonder afspraak kunnen ontmoeten;"), bullet("een vaste contactpersoon per klas.")),
               line("gesprek met de schoolleiding, 11 september 2026"), line("Directeur van een basisschool")),),
        (Sectie((), (
            block("OCW-03", part(Mark("[PM OCW-03: Stand van zaken ontbreekt]"))),
            block("OCW-04", PROZA),
            block("OCW-05", part("Status van deze maatregel: zie de planning. ", Mark("[Status onbekend: loopt]"), " " + KORT)),
        )),),
    )  # fmt: skip
    return Thema(
        "2",
        "Grenzen stellen en opvoeden",
        (
            Passage(
                line("Uitgangspunten"),
                block(None, "Het kabinet stelt grenzen waar dat nodig is en biedt hulp waar dat kan. " + KORT),
            ),
        ),
        (overlast, ouders, topic("EU-migranten", block("SZW-10", PROZA, WET))),
    )


def _waarden() -> Thema:
    return Thema(
        "3",
        "Omgaan met anderen en verinnerlijken van waarden",
        (),
        (
            topic("Participatieverklaring nieuwkomers", block("SZW-11", part(WET, note(kst(32824, 398), ", ", kst(32824, 401), " en ", kst(33400, 105), "."))),
                  block("SZW-12", PROZA)),
            topic("Maatschappelijke codes"),
            topic("Bevorderen van acceptatie en tegengaan van gedwongen achterlating en huwelijksdwang in gesloten gemeenschappen",
                  block("VWS-01", PROZA, part(KORT, note("Zie ", kst(32840, 77), ". De cijfers zijn van het Centraal Bureau voor de Statistiek; zij betreffen 2025 en zijn voorlopig.")))),
        ),
    )  # fmt: skip


def _ten_slotte() -> Thema:
    return Thema("", "Ten slotte", (), (topic("Gemeenschappelijke integrale aanpak", block("BZK-04", WET, PROZA)),))


def _annexes() -> Annexes:
    moties = tuple(
        motie(f"SZW-{20 + i}", f"De motie-{naam} verzoekt de regering {wat}", kst(32824, 380 + i), stand=(stand,), status=Status.IN_UITVOERING)
        for i, (naam, wat, stand) in enumerate((
            ("Van den Voorbeeld c.s.", "om de wachttijden bij taalaanbieders halfjaarlijks te publiceren.", "De eerste publicatie is voorzien voor eind 2026."),
            ("Voorbeeld/Van der Toonbeeld", "om met sociale partners afspraken te maken over de begeleiding van nieuwkomers op de werkvloer, en daarbij in het bijzonder aandacht te schenken aan kleine werkgevers die geen eigen personeelsafdeling hebben.", PROZA),
            ("Toonbeeld", "om de gegevensuitwisseling tussen gemeenten en uitvoeringsorganisaties te verbeteren.", KORT),
            ("Specimen c.s.", "om een onafhankelijk onderzoek naar de werking van de participatieverklaring.", WET),
            ("Van Exempel", "om de arbeidsongeschiktheidsverzekering en de werkloosheidsuitkeringsvoorwaarden toegankelijker te maken.", "Het overleg hierover loopt."),
            ("Monster/Staal", "om de Kamer jaarlijks te berichten.", "Uw Kamer ontvangt het bericht bij de begroting."),
        ))
    )  # fmt: skip
    toezeggingen_open = (
        toezegging("BZK-30", "De minister zegt toe de Kamer te informeren over de uitkomsten van de pilots in vijf grensgemeenten.",
                   "Commissiedebat integratie, 12 maart 2026 (TZ202603-114)", stand=("Na de zomer van 2027.",), status=Status.OPENSTAAND),
        toezegging("SZW-30", "De staatssecretaris zegt toe te bezien of de regeling kan worden vereenvoudigd.",
                   "Begrotingsbehandeling, 4 december 2025", note(paper("Handelingen II 2025/26, nr. 29, item 7", "h-tk-20252026-29-7")), stand=(WET, note(kst(36800, 61))), status=Status.DEELS_AFGEDAAN),
    )  # fmt: skip
    toezeggingen_klaar = (
        toezegging("SZW-31", "De minister zegt toe de Kamer te informeren over de taaleis.", "Commissiedebat inburgering, 23 april 2026", stand=("Afgedaan met ", kst(32824, 411), "."), status=Status.AFGEDAAN),
    )  # fmt: skip
    q3 = Periode("2026-09-30", date(2026, 9, 30))
    return Annexes(
        volgorde=("status", "moties", "toezeggingen", "indicatoren", "middelen", "stukken", "wijzigingen"),
        status_thema=StatusTable(
            (Status.NIET_GESTART, Status.OP_SCHEMA, Status.VERTRAAGD, Status.AFGEROND, Status.VERVALLEN),
            (("Meedoen en zelfredzaam zijn", (1, 8, 2, 3, 0)), ("Grenzen stellen en opvoeden", (0, 5, 1, 2, 1)),
             ("Omgaan met anderen en verinnerlijken van waarden", (0, 4, 0, 0, 0)), ("Ten slotte", (0, 1, 0, 0, 0))),
        ),
        status_ministerie=StatusTable(
            (Status.OP_SCHEMA, Status.VERTRAAGD),
            (("Ministerie van Sociale Zaken en Werkgelegenheid", (12, 2)), ("Ministerie van Onderwijs, Cultuur en Wetenschap", (6, 1))),
        ),
        tijdlijn=Tijdlijn(
            date(2026, 10, 16), (Kwartaal(2026, 4), Kwartaal(2027, 1), Kwartaal(2027, 2)), False,
            (("Meedoen en zelfredzaam zijn", (2, 3, 4, 1, 1)), ("Grenzen stellen en opvoeden", (1, 0, 2, 2, 1)),
             ("Omgaan met anderen en verinnerlijken van waarden", (0, 0, 0, 4, 0)), ("Ten slotte", (0, 1, 0, 0, 0))),
        ),
        moties=Register((), moties),
        toezeggingen=Register(toezeggingen_klaar, toezeggingen_open),
        indicatoren=(
            indicator("OCW-40", "Deelnemers aan taalonderwijs", "aantal", q3, 23450.0, 25000.0, "Dienst Uitvoering Onderwijs"),
            indicator("SZW-40", "Nettoarbeidsparticipatie", "%", Periode("2e kwartaal 2026", date(2026, 6, 30)), 67.4, 70.0, "Centraal Bureau voor de Statistiek"),
            indicator("BZK-40", "Gemeenten met een samenwerkingsovereenkomst", "aantal", Periode("medio 2026", date(2026, 8, 31)), 312.0, "", "Vereniging van Nederlandse Gemeenten"),
            indicator("SZW-41", "Gemiddelde doorlooptijd", "maanden", q3, "9 à 10", 8.25, "eigen registratie"),
        ),
        middelen=Budget(
            (
                middel("SZW-42", "Inburgering", "Uitvoering door gemeenten", 20000000.0, "2026", "begroting SZW, artikel 13", kst(36800, 2)),
                middel("OCW-42", "Taal", "Subsidieregeling praktijkleren", 2400000.5, "2026", "begroting OCW", None),
                middel("SZW-43", "Arbeidsmarkt", "Regionale mobiliteitscentra", None, "2027", "", None),
            ),
            (("2026", 22400000.5),),
        ),
        stukken=(
            Paper(kst(29544, 1201), ("Arbeidsmarkt",)),
            Paper(kst(32824, 398), ("Participatieverklaring nieuwkomers", "Moties"), TITLE),
            Paper(paper("Stb. 2026, 214", "stb-2026-214"), ("Inleiding",)),
        ),
        wijzigingen=Overzicht(
            Kwartaal(2026, 2),
            (
                ("nieuw", (Regel("Moties", "", "BZK", "motie Van 't Hof", "In uitvoering", gereed=Periode("15-03-2027", date(2027, 3, 15))),)),
                ("vertraagd", (Regel("Voortgang", "Taal", "SZW", "De lessen beginnen…", van=Periode("2026-09-30", date(2026, 9, 30)), gereed=q3, keren=2, kwartalen=3),)),
                ("vervallen", (Regel("Toezeggingen", "", "OCW", ""), Regel("Voortgang", "Werk", "SZW", "De regeling stopt.", "Vervallen"))),
                ("verstreken", (Regel("Toezeggingen", "", "", "De minister zegt toe de Kamer te informeren.", gereed=q3),)),
            ),
        ),
    )  # fmt: skip
