"""A small brief as a reviewer sees it, with something of everything beside its blocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flows.catalogue import TEMPLATES
from flows.kamerstuk.grammar import parse
from flows.model.annexes import Annexes, Budget, Register
from flows.model.brief import Brief, Cited, Onderwerp, Open, Passage, Sectie, Thema
from flows.model.changes import VOORTGANG, Deel, Kant, NootDeel, Plek, Soort, Vergelijking, Verschuiving, Wijziging
from flows.model.delivery import Akkoord, Delivery, Ministerie, Origin, Regie, Workbook
from flows.model.dossier import Dossier
from flows.model.entries import Maatregel, Status
from flows.model.finding import Finding, Severity
from flows.model.papers import Answers, Kamertoezegging, Stuk
from flows.model.quarter import Kwartaal, Periode
from flows.model.templates import Templates
from flows.model.text import Block, Citation, OpenPoint
from flows.render.dossier import dossier
from flows.render.dossier_page import dossierpagina
from tests.render.sample import block, bullet, indicator, kst, line, middel, motie, note, part

LOOK = Templates(TEMPLATES)
Q2, Q3 = Kwartaal(2026, 2), Kwartaal(2026, 3)
JULI, EIND = Periode("1 juli 2026", date(2026, 7, 1)), Periode("eind 2026", date(2026, 12, 31))


def measure(nr: str, row: int, *parts: object, status: Status = Status.OP_SCHEMA, **fields: object) -> Block:
    """A row of Voortgang of the ministry that `nr` begins with, and its block."""
    code = nr.split("-", maxsplit=1)[0]
    origin = Origin(f"{code}.xlsx", "Voortgang", row)
    entry = Maatregel(
        nr=nr, ministerie=code, origin=origin, onderwerp="", onderwerp_getypt="", tussenkop="", stand_van_zaken=(), kamerstukken=(),
        status=status, volgorde=None,
        **{"gereed": None, "toelichting_status": "", "mede_namens": ()} | fields,
    )  # fmt: skip
    return replace(block(nr, *parts), origin=origin.at("D"), ministerie=code, entry=entry)


def found(nr: str, row: int, message: str, severity: Severity = Severity.WAARSCHUWING, **fields: str) -> Finding:
    """A finding about a row of Voortgang."""
    code = nr.split("-", maxsplit=1)[0]
    return Finding(
        "regel", severity, message, "Pas dit aan.", Origin(f"{code}.xlsx", "Voortgang", row, "F"), code, nr, **fields
    )


def cited(nummer: int) -> Citation:
    """A paper as it is read from a cell."""
    made = kst(32824, nummer)
    return replace(made, reference=parse(made.text)[0])


def brief() -> Brief:
    """Four measures, a text of the coordinator's, and a row of each annex."""
    taal = Onderwerp(
        "Taal",
        (Passage(line("Vooraf"), replace(block(None, "Taal is de basis."), origin=Origin("regie.xlsx", "Teksten", 3, "D"))),),
        (Sectie(line("Scholen"), (
            measure("SZW-01", 4, part("De lessen begonnen.", note(kst(32824, 7), "."), " Gemeenten betalen één plek per school."),
                    gereed=JULI, toelichting_status="Wacht op het Rijk.", mede_namens=("OCW", "BZK")),
            measure("OCW-01", 4, bullet("Scholen doen mee.", note("Zie de bijlage.")), status=Status.VERTRAAGD),
        )),),
    )  # fmt: skip
    werk = Onderwerp("Werk", (), (Sectie((), (
        measure("SZW-02", 5, part("Over werk volgt ", OpenPoint("PM"), ".")),
        measure("SZW-02", 6, "Deze rij heeft hetzelfde nummer <b>.", status=Status.ONBEKEND),
    )),))  # fmt: skip
    rows = taal.secties[0].blocks
    return Brief(
        titel="Voortgang Agenda Samen", kwartaal=Q3, datum=date(2026, 10, 16), velden={"contactpersoon": "Pietje Puk"}, voor=(),
        inleiding=replace(block(None, part("Dit is de brief.", note(kst(32824, 1)))), origin=Origin("regie.xlsx", "Brief", 12, "B")),
        themas=(Thema("1", "Meedoen", (), (taal, werk, Onderwerp("Zorg", (), ()))),), slot=None, na=(),
        annexes=Annexes(
            ("moties", "indicatoren", "middelen"),
            moties=Register((), (motie("SZW-M1", "De motie-Voorbeeld.", kst(32824, 9), stand=("Loopt.", note("Nog niet klaar.")), status=Status.IN_UITVOERING),)),
            indicatoren=(indicator("SZW-I1", "Geslaagden", "aantal", EIND, 1234.5, 2000.0, "DUO"),),
            middelen=None,
        ),
        open=(Open("PM", "Werk", Origin("SZW.xlsx", "Voortgang", 5, "D"), "SZW", "SZW-02"), Open("Niets aangeleverd.", "Zorg", None)),
        cited=(
            Cited(cited(1), "Inleiding", Origin("regie.xlsx", "Brief", 12, "B")),
            Cited(cited(7), "Taal", rows[0].origin, rows[0].entry),
            Cited(cited(9), "Moties", Origin("geheim-bestand.xlsx", "Moties", 4, "C")),
            Cited(cited(9), "Aanbiedingsbrief", None),
        ),
        answers=Answers(
            date(2026, 9, 21), {"kst-32824-7": Stuk("kst-32824-7", "Over lessen & lezen")}, {"kst-32824-9": ()}, ("kst-32824-1",),
            (Kamertoezegging("TZ202609-001", "BZK", "De minister bericht de Kamer.", "Openstaand", date(2026, 9, 1)),),
        ),
    )  # fmt: skip


def with_budget() -> Brief:
    """The same with money."""
    rows = (middel("SZW-B1", "Taal", "Lessen", 1000.0, "2026"),)
    made = brief()
    return replace(made, annexes=replace(made.annexes, middelen=Budget(rows, ())))


def side(index: int, nr: str, text: str, status: str = "Loopt op schema", topic: str = "Taal") -> Kant:
    """A row of Voortgang in one of two briefs."""
    return Kant(index, nr.split("-", maxsplit=1)[0], nr, Plek("maatregel", "Meedoen", topic), text, status)


def since_draft() -> Vergelijking:
    """One word and one note differ, one row has gone."""
    words = (
        Deel(Soort.GELIJK, "De lessen "), Deel(Soort.ERAF, "beginnen"), Deel(Soort.ERBIJ, "begonnen"), Deel(Soort.GELIJK, "."),
        NootDeel(Soort.ANDERS, (Deel(Soort.GELIJK, "Kamerstukken II 2025/26, 32824, nr. "), Deel(Soort.ERAF, "6"), Deel(Soort.ERBIJ, "7"))),
        NootDeel(Soort.ERAF, (Deel(Soort.ERAF, "Een noot die weg is."),)),
    )  # fmt: skip
    gone = (Deel(Soort.ERAF, "Dit is vervallen."), NootDeel(Soort.ERAF, (Deel(Soort.ERAF, "Zie artikel 7."),)))
    changes = (
        Wijziging(VOORTGANG, side(2, "SZW-01", "De lessen beginnen."), side(2, "SZW-01", "De lessen begonnen."), (("tekst", words),)),
        Wijziging(VOORTGANG, side(3, "OCW-09", "Dit is vervallen."), None, (("tekst", gone),)),
    )  # fmt: skip
    return Vergelijking(Q3, "concept-01", changes)


def since_quarter() -> Vergelijking:
    """A row is new; another has another number, status and deadline, and stands elsewhere."""
    changed = Wijziging(
        VOORTGANG, side(7, "SZW-07", "Over werk.", "Niet gestart", "Zorg"), side(4, "SZW-02", "Over werk."), (), True,
        Verschuiving(JULI, EIND, 2, 3), (Q2, Q3), True,
    )  # fmt: skip
    return Vergelijking(Q2, "definitief", (Wijziging(VOORTGANG, None, side(3, "OCW-01", "Scholen doen mee.")), changed))


FINDINGS = (
    found("SZW-01", 4, "Gereed ligt voor de datum."),
    found("OCW-01", 4, "De status <klopt> niet.", Severity.BLOKKEREND),
    Finding("regel", Severity.BLOKKEREND, "Van VRO is niets ontvangen.", "Vraag op.", Origin("regie.xlsx"), "VRO"),
)


def regie() -> Regie:
    """Three ministries, of which one has not delivered; OCW's delivery was approved by the coordinator."""
    ministeries = (
        Ministerie("SZW", "Sociale Zaken"), Ministerie("OCW", "Onderwijs"), Ministerie("VRO", "VRO", leverdatum=date(2026, 9, 18)),
    )  # fmt: skip
    signed = Akkoord("OCW", date(2026, 9, 20), "hash-ocw", Origin("regie.xlsx", "Akkoord", 2))
    made = brief()
    return Regie(
        Workbook("regie.xlsx", "", {}), made.kwartaal, made.datum, made.titel, {}, (), ministeries, akkoorden=(signed,)
    )


def deliveries() -> tuple[tuple[Delivery, bool], ...]:
    """What was delivered: of SZW two versions, of which the older does not count."""
    szw, old = (
        Delivery(Workbook(name, "", {}), "SZW", Q3, versie=version, akkoord=version == "2")
        for name, version in (("SZW.xlsx", "2"), ("SZW-oud.xlsx", "1"))
    )
    ocw = Delivery(Workbook("OCW.xlsx", "hash-ocw", {}), "OCW", Q3, onderdeel="Directie Taal")
    return (szw, True), (ocw, True), (old, False)


def made_dossier(
    of: Brief | None = None, *, compared: bool = True, findings: tuple[Finding, ...] = FINDINGS
) -> Dossier:
    """The page as data."""
    since = (since_draft(), since_quarter()) if compared else (None, None)
    return dossier(of or with_budget(), "concept 02", regie(), deliveries(), findings, since)


def page(of: Brief | None = None, *, compared: bool = True, findings: tuple[Finding, ...] = FINDINGS) -> str:
    """The page."""
    return dossierpagina(made_dossier(of, compared=compared, findings=findings), LOOK)
