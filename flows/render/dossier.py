"""What stands beside each block on the review page: where it comes from, what was found in it, and what changed.

In: the brief, the steering workbook, the deliveries, the findings, and comparisons with earlier briefs. Out: a `Dossier`. Pure;
dossier_page.py makes the page of it, and dossier_proof.py looks whether all of it may be read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from flows.kamerstuk.citation import identifiers, link
from flows.model.annexes import Annexes, IndicatorRow, MiddelRow, RegisterRow
from flows.model.brief import Brief, Open
from flows.model.changes import (
    EIGEN,
    INDICATOREN,
    MIDDELEN,
    MOTIES,
    TOEZEGGINGEN,
    VOORTGANG,
    Since,
    Vergelijking,
    Wijziging,
)
from flows.model.check_page import Aanlevering, Stand
from flows.model.delivery import Delivery, Origin, Regie
from flows.model.dossier import Dossier, Nagezocht, Onderdeel, OpenPlaats, Plaats, Rij, Verwijzing
from flows.model.entries import Entry
from flows.model.finding import Finding
from flows.model.papers import Answers, Existence
from flows.model.text import Block, Citation

BLOCKS = "blocks"  # the list of brief.json that holds both rows of Voortgang and the coordinator's own texts
_NO_NAME = re.compile(r"[^A-Za-z0-9.]+")

Place = tuple[str, str | None, int]
Changes = Mapping[tuple[str, int], Wijziging]
Found = TypeVar("Found", Finding, Open)


def dossier(
    brief: Brief,
    concept: str,
    regie: Regie,
    deliveries: Sequence[tuple[Delivery, bool]],
    findings: Collection[Finding],
    since: Since,
) -> Dossier:
    """The page as data. `deliveries` come with whether they count, `since` compares with the draft before and an earlier quarter."""
    rows = tuple(_rows(brief, findings, *map(_by_index, since)))
    known = {place: row for row in reversed(rows) if (place := _place(row.origin))}
    return Dossier(
        brief,
        concept,
        rows,
        tuple(OpenPlaats(point, _row_at(point.origin, known)) for point in brief.open),
        tuple(_references(brief, known)),
        tuple(_standing(regie, deliveries, findings)),
        tuple(finding for finding in findings if _place(finding.origin) not in known),
        *since,
    )


def _place(origin: Origin | None) -> Place | None:
    """The row of a file; None for a file or sheet as a whole."""
    return (origin.file, origin.sheet, origin.row) if origin and origin.row else None


def _row_at(origin: Origin | None, known: Mapping[Place, Rij]) -> Rij | None:
    place = _place(origin)
    return known.get(place) if place else None


def _by_index(made: Vergelijking | None) -> Changes:
    """The changes by the list and the place in it that brief.json has for the newer row."""
    changes = made.wijzigingen if made else ()
    return {(_list_of(one.sheet), one.nieuw.index): one for one in changes if one.nieuw}


def _list_of(sheet: str) -> str:
    return BLOCKS if sheet in (VOORTGANG, EIGEN) else sheet


def _rows(brief: Brief, findings: Iterable[Finding], concept: Changes, kwartaal: Changes) -> Iterator[Rij]:
    """The blocks and rows in print order."""
    found, still_open = _by_place(findings), _by_place(brief.open)
    names, counts = Counter[str](), Counter[str]()
    for where, item in _printed(brief):
        entry, origin, ministerie, nr = _source(item)
        name, index, place = _name(ministerie, nr, origin), counts[where], _place(origin)
        names[name] += 1
        counts[where] += 1
        yield Rij(
            name if names[name] == 1 else f"{name}_{names[name]}",
            item,
            origin,
            ministerie,
            nr,
            entry,
            tuple(still_open[place]) if place else (),
            tuple(found[place]) if place else (),
            concept.get((where, index)),
            kwartaal.get((where, index)),
        )


def _by_place(items: Iterable[Found]) -> defaultdict[Place | None, list[Found]]:
    by_place: defaultdict[Place | None, list[Found]] = defaultdict(list)
    for item in items:
        by_place[_place(item.origin)].append(item)
    return by_place


def _printed(brief: Brief) -> Iterator[tuple[str, Onderdeel]]:
    """The blocks, and the rows of the annexes, each with the list of brief.json that holds it."""
    yield from ((BLOCKS, block) for block in _blocks(brief))
    for soort in brief.annexes.volgorde:
        yield from _annex(brief.annexes, soort)


def _blocks(brief: Brief) -> Iterator[Block]:
    yield from (passage.block for passage in brief.voor)
    yield from [brief.inleiding] if brief.inleiding else []
    for thema in brief.themas:
        yield from (passage.block for passage in thema.inleiding)
        for topic in thema.onderwerpen:
            yield from (passage.block for passage in topic.inleiding)
            yield from (block for sectie in topic.secties for block in sectie.blocks)
    yield from [brief.slot] if brief.slot else []
    yield from (passage.block for passage in brief.na)


def _annex(annexes: Annexes, soort: str) -> Iterator[tuple[str, RegisterRow | IndicatorRow | MiddelRow]]:
    registers = {"moties": (MOTIES, annexes.moties), "toezeggingen": (TOEZEGGINGEN, annexes.toezeggingen)}
    if soort in registers:
        sheet, register = registers[soort]
        yield from ((sheet, row) for row in (*register.afgerond, *register.open)) if register else ()
    elif soort == "indicatoren":
        yield from ((INDICATOREN, row) for row in annexes.indicatoren or ())
    elif soort == "middelen" and annexes.middelen:
        yield from ((MIDDELEN, row) for row in annexes.middelen.rows)


def _source(item: Onderdeel) -> tuple[Entry | None, Origin | None, str, str]:
    """The row of a workbook, its place, whose it is and its number, as far as there are any."""
    match item:
        case Block():
            return item.entry, item.origin, item.ministerie or "", item.nr or ""
        case RegisterRow():
            entry = item.entry
        case IndicatorRow():
            entry = item.indicator
        case MiddelRow():
            entry = item.middel
    return entry, entry.origin, entry.ministerie, entry.nr


def _name(ministerie: str, nr: str, origin: Origin | None) -> str:
    """The name under which others may link to a block; of the coordinator's own texts it is the cell."""
    place = (origin.sheet, origin.cell or origin.row) if origin else ()
    words = [nr] if nr.startswith(ministerie) and nr else [ministerie, *([nr] if nr else place)]
    return "-".join(["blok", *(_NO_NAME.sub("-", str(word)).strip("-") for word in words if word)])


def _references(brief: Brief, known: Mapping[Place, Rij]) -> Iterator[Verwijzing]:
    """Each citation once, in print order."""
    found: dict[str, tuple[Citation, list[Plaats]]] = {}
    for one in brief.cited:
        _, places = found.setdefault(one.citation.text, (one.citation, []))
        places.append(Plaats(one.place, _row_at(one.origin or (one.entry.origin if one.entry else None), known)))
    for citation, places in found.values():
        stukken = tuple(_looked_up(name, brief.answers) for name in identifiers(citation.reference))
        yield Verwijzing(citation, tuple(_once(places)), stukken)


def _once(places: Iterable[Plaats]) -> Iterator[Plaats]:
    yield from {(place.naam, place.rij.id if place.rij else ""): place for place in places}.values()


def _looked_up(name: str, answers: Answers) -> Nagezocht:
    stuk = answers.known.get(name)
    if name in answers.absent:
        exists = Existence.NO
    else:
        exists = Existence.UNKNOWN if name in answers.unknown or not answers.stand else Existence.YES
    return Nagezocht(link(name), exists, (stuk.titel if stuk else None) or "")


def _standing(
    regie: Regie, deliveries: Sequence[tuple[Delivery, bool]], findings: Iterable[Finding]
) -> Iterator[Stand]:
    """Who has delivered what, and whether it is approved. Without times: they would differ from day to day."""
    by_ministry: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_ministry[finding.ministerie].append(finding)
    for ministerie in regie.ministeries:
        own = tuple(
            Aanlevering(
                one.workbook.file, one.onderdeel, one.versie, regie.approves(one), telt=counts, tijd=None, terug=None
            )
            for one, counts in deliveries
            if one.ministerie == ministerie.code
        )
        yield Stand(ministerie.code, ministerie.naam, ministerie.leverdatum, own, tuple(by_ministry[ministerie.code]))
