"""The brief as data: `Brief` and findings to plain values for brief.json and bevindingen.json. Nothing that is not public."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from flows.kamerstuk.citation import identifiers, link
from flows.kamerstuk.judge import fields
from flows.model.annexes import IndicatorRow, MiddelRow, RegisterRow
from flows.model.baseline import VorigeRij, row_key
from flows.model.brief import Brief, Kader, Onderwerp, Passage
from flows.model.delivery import Origin
from flows.model.entries import Entry, Inzet, Maatregel, Motie, Toezegging
from flows.model.finding import Finding
from flows.model.papers import Stuk
from flows.model.quarter import Periode
from flows.model.reference import Reference
from flows.model.said import said
from flows.model.text import Block, Citation, Inline, Line, Note, plain, printed

Data = dict[str, Any]


def dump(value: Any) -> bytes:
    """JSON, indented and in UTF-8; the same value gives the same bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def findings_data(findings: Iterable[Finding]) -> list[Data]:
    """The findings as bevindingen.json lists them."""
    return [
        _origin(finding.origin)
        | {
            "column": finding.column or finding.origin.column,
            "value": finding.value,
            "severity": finding.severity.value,
            "rule": finding.rule,
            "message": finding.message,
            "advice": finding.advice,
            "ministerie": finding.ministerie,
            "nr": finding.nr,
        }
        for finding in findings
    ]


def brief_data(brief: Brief) -> Data:
    """The brief as brief.json holds it: `blocks` in print order, the annexes, deadlines and open points."""
    blocks = list(_blocks(brief))
    return {
        "titel": brief.titel,
        "kwartaal": str(brief.kwartaal),
        "datum": brief.datum.isoformat(),
        "themas": [
            {"nummer": thema.nummer, "titel": thema.titel, "onderwerpen": [topic.titel for topic in thema.onderwerpen]}
            for thema in brief.themas
        ],
        "blocks": blocks,
        "registers": {
            "moties": [_register_row(row) for row in _rows(brief.annexes.moties)],
            "toezeggingen": [_register_row(row) for row in _rows(brief.annexes.toezeggingen)],
            "indicatoren": [_indicator(row) for row in brief.annexes.indicatoren or ()],
            "middelen": [_middel(row) for row in brief.annexes.middelen.rows] if brief.annexes.middelen else [],
        },
        "termijnen": list(_deadlines(brief)),
        "ongewijzigd": list(_unchanged(brief)),
        "kamerregister": {
            "stand": brief.answers.stand.isoformat() if brief.answers.stand else None,
            "stukken": [_known(stuk) for stuk in brief.answers.known.values()],
            "onbekend": list(brief.answers.absent),
            "niet_nagegaan": list(brief.answers.unknown),
        },
        "open_punten": [
            {"text": point.text, "place": point.place, "ministerie": point.ministerie, "nr": point.nr, "gap": point.gap}
            | (_origin(point.origin) if point.origin else {})
            for point in brief.open
        ],
    }


def _known(stuk: Stuk) -> Data:
    day = stuk.datum.isoformat() if stuk.datum else None
    told = {"titel": stuk.titel, "datum": day, "soort": stuk.soort, "vergaderjaar": stuk.vergaderjaar}
    return {"identifier": stuk.identifier, "link": link(stuk.identifier)} | told


def _origin(origin: Origin) -> Data:
    return {"file": origin.file, "sheet": origin.sheet, "row": origin.row, "cell": origin.cell}


def _rows(register: Any) -> Iterator[RegisterRow]:
    if register:
        yield from (*register.afgerond, *register.open)


def _blocks(brief: Brief) -> Iterator[Data]:
    yield from passages_data(brief.voor, {"soort": "voor"})
    if brief.inleiding:
        yield block_data(brief.inleiding, {"soort": "inleiding"})
    for thema in brief.themas:
        yield from passages_data(thema.inleiding, {"soort": "thema", "thema": thema.titel})
        for topic in thema.onderwerpen:
            yield from topic_data(topic, {"thema": thema.titel, "onderwerp": topic.titel})
    if brief.slot:
        yield block_data(brief.slot, {"soort": "slot"})
    yield from passages_data(brief.na, {"soort": "na"})


def topic_data(topic: Onderwerp, place: Data) -> Iterator[Data]:
    """A topic of the brief."""
    yield from passages_data(topic.inleiding, {"soort": "onderwerp"} | place)
    for section in topic.secties:
        for block in section.blocks:
            yield block_data(block, {"soort": "maatregel"} | place | line_data("tussenkop", section.tussenkop))


def passages_data(passages: Iterable[Passage | Kader], place: Data) -> Iterator[Data]:
    """The coordinator's own texts of a place."""
    for passage in passages:
        own = line_data("kop", passage.kop)
        if isinstance(passage, Kader):
            own |= {"kader": True} | line_data("bron", passage.bron) | line_data("ondertekening", passage.ondertekening)
        yield block_data(passage.block, place | own)


def block_data(block: Block, place: Data) -> Data:
    """A block at its place, with its notes and references."""
    data: Data = {
        "nr": block.nr,
        "ministerie": block.ministerie,
        "text": printed(block.parts),
        "notes": notes_data(part.inlines for part in block.parts),
        "parts": [{"kind": part.kind.value, "text": plain(part.inlines)} for part in block.parts],
        "references": [_reference(inline.reference) for inline in block.inlines() if isinstance(inline, Citation)],
        "origin": _origin(block.origin) if block.origin else None,
    }
    if isinstance(entry := block.entry, Maatregel):
        data |= {
            "status": entry.status.value,
            "gereed": period_data(entry.gereed),
            "toelichting_status": entry.toelichting_status or None,
            "mede_namens": list(entry.mede_namens),
            "faults": list(entry.faults),
            "gap": entry.gap,
        }
    elif isinstance(entry, Inzet):
        data |= {"status": entry.status.value, "faults": list(entry.faults), "gap": entry.gap}
    return place | data


def line_data(name: str, line: Line) -> Data:
    """A line by name, None where it is empty, and its notes where it has any."""
    notes = notes_data([line])
    return {name: plain(line) or None} | ({f"{name}_notes": notes} if notes else {})


def notes_data(lines: Iterable[Line]) -> list[Data]:
    """The notes of successive lines, each with its place in their words."""
    made: list[Data] = []
    at = 0
    for line in lines:
        for inline in line:
            if isinstance(inline, Note):
                references = [_reference(reference) for reference in inline.references]
                made.append({"at": at, "text": plain(inline.inlines), "references": references})
            else:
                at += len(inline.text)
        at += 1
    return made


def _reference(reference: Reference) -> Data:
    return fields(reference) | {"links": [link(identifier) for identifier in identifiers(reference)]}


def period_data(period: Periode | None) -> Data | None:
    """A period with the last day that it means."""
    if period is None:
        return None
    return {"tekst": period.tekst, "laatste_dag": period.laatste_dag.isoformat() if period.laatste_dag else None}


def _deadlines(brief: Brief) -> Iterator[Data]:
    """What Gereed says of each row, and what it said in earlier quarters, each once."""
    for name, row, before in _compared(brief):
        if row.gereed:
            said = [one for one in before.termijnen if one.gereed != row.gereed] if before else []
            historie = [{"kwartaal": one.kwartaal} | (period_data(one.gereed) or {}) for one in said]
            yield name | {"gereed": period_data(row.gereed), "historie": historie}


def _unchanged(brief: Brief) -> Iterator[Data]:
    """The open rows that say what they said, and the successive quarters in which they did."""
    texts = said(brief)
    for name, row, before in _compared(brief):
        if before and before.text and before.text == texts.get(row.origin) and not row.status.done:
            yield name | {"kwartalen": [*before.kwartalen, str(brief.kwartaal)]}


def _compared(brief: Brief) -> Iterator[tuple[Data, Maatregel | Motie | Toezegging, VorigeRij | None]]:
    """The rows that have a deadline, with their names over the quarters and what they were in an earlier one."""
    rows: list[tuple[str, Entry | None]] = [("Voortgang", block.entry) for block in brief.blocks()]
    rows += [("Moties", row.entry) for row in _rows(brief.annexes.moties)]
    rows += [("Toezeggingen", row.entry) for row in _rows(brief.annexes.toezeggingen)]
    earlier = brief.baseline.rows if brief.baseline else {}
    for sheet, row in rows:
        if isinstance(row, Maatregel | Motie | Toezegging):
            before = earlier.get(row_key(sheet, row.ministerie, row.nr)) if row.nr else None
            yield {"sheet": sheet, "nr": row.nr or None, "ministerie": row.ministerie}, row, before


def entry_data(entry: Entry) -> Data:
    """What is known of every row."""
    return {
        "nr": entry.nr or None,
        "ministerie": entry.ministerie,
        "origin": _origin(entry.origin),
        "faults": list(entry.faults),
        "gap": entry.gap,
    }


def cell_data(parts: Iterable[Any]) -> Data:
    """A cell of several lines."""
    inlines: list[Inline] = [inline for part in parts for inline in part.inlines]
    references = [_reference(inline.reference) for inline in inlines if isinstance(inline, Citation)]
    return {"text": printed(parts), "notes": notes_data(part.inlines for part in parts), "references": references}


def _register_row(row: RegisterRow) -> Data:
    entry = row.entry
    data = entry_data(entry) | {
        "omschrijving": cell_data(row.omschrijving),
        "vindplaats": cell_data(row.vindplaats),
        "stand": cell_data(row.stand),
    }
    data |= {"status": row.status.value, "afgerond": row.status.done}
    if isinstance(entry, Motie | Toezegging):
        data |= {"gereed": period_data(entry.gereed), "afgedaan_met": entry.afgedaan_met or None}
    if isinstance(entry, Toezegging):
        day = entry.datum.isoformat() if entry.datum else None
        data |= {
            "toezeggingnummer": entry.toezeggingnummer or None,
            "datum": day,
            "bewindspersoon": entry.bewindspersoon or None,
        }
    return data


def _indicator(row: IndicatorRow) -> Data:
    entry = row.indicator
    data = entry_data(entry) | {"onderwerp": entry.onderwerp, "peildatum": period_data(entry.peildatum)}
    data |= {"waarde": entry.waarde, "streefwaarde": entry.streefwaarde}
    return (
        data
        | line_data("indicator", row.naam)
        | line_data("eenheid", row.eenheid)
        | line_data("bron", row.bron)
        | {
            f"{name}_notes": notes
            for name, line in (("waarde", row.waarde), ("streefwaarde", row.streefwaarde))
            if (notes := notes_data([line]))
        }
    )


def _middel(row: MiddelRow) -> Data:
    entry = row.middel
    data = entry_data(entry) | {
        "onderwerp": entry.onderwerp,
        "bedrag": entry.bedrag,
        "bedrag_getypt": entry.bedrag_getypt,
    }
    data |= (
        line_data("omschrijving", row.omschrijving) | line_data("jaar", row.jaar) | line_data("dekking", row.dekking)
    )
    return data | {"kamerstuk": cell_data(row.kamerstuk) if row.kamerstuk else None}
