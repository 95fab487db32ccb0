"""The integration agenda: what state and municipalities do, by topic.

In: the desk, the brief and the rows of Inzet and Instrumenten. Out: the agenda. Rows stand in the order of the Trekker, Ministeries and the
workbook; one with an unknown topic is printed like the brief's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from flows.assemble.desk import Desk
from flows.assemble.order import trekker_first
from flows.assemble.texts import AFTER, BEFORE, Texts
from flows.model.brief import Brief, Onderwerp
from flows.model.delivery import AgendaPunt, Documentsoort
from flows.model.documents import (
    AgendaOnderwerp,
    AgendaThema,
    Doel,
    Doelsoort,
    InstrumentRow,
    Integratieagenda,
    PartijInzet,
)
from flows.model.entries import Entries, Instrument, Instrumentsoort, Inzet, Partij
from flows.model.text import Address, Block, Line, Part, PartKind, Text

_LABEL = re.compile(r"\s*(kernprobleem|ambitie)\s*(?::\s*|\Z)", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"((?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)\]’”'\"])", re.IGNORECASE)


def integration_agenda(desk: Desk, brief: Brief, entries: Entries) -> Integratieagenda:
    """The agenda of a quarter. A topic of which there is nothing to say is not in it, and reported."""
    return _Assembly(desk, brief, entries).agenda()


class _Assembly:
    def __init__(self, desk: Desk, brief: Brief, entries: Entries) -> None:
        self.desk, self.brief, self.entries = desk, brief, entries
        self.texts = Texts(desk, Documentsoort.INTEGRATIEAGENDA)
        self.document = desk.zinnen["plaats_integratieagenda"]
        self.silent: list[str] = []

    def agenda(self) -> Integratieagenda:
        points = self.desk.regie.agenda
        known = [name for punt in points for name in (punt.titel, punt.onderwerp)]
        before = (*self.texts.at(BEFORE, self.document), *self.texts.elsewhere(known, self.document))
        themes = tuple(self.themes(points))
        if themes and self.silent:
            self.desk.find("integratieagenda-zonder-inbreng", None, value="; ".join(self.silent))
        return Integratieagenda(
            titel=self.brief.titel,
            kwartaal=self.brief.kwartaal,
            datum=self.brief.datum,
            velden=self.brief.velden,
            voor=before,
            themas=themes,
            na=self.texts.at(AFTER, self.document),
        )

    def themes(self, points: Sequence[AgendaPunt]) -> Iterator[AgendaThema]:
        """The themes of the brief; the rows whose topic the Agenda does not know under the topics as typed."""
        by_title = {punt.onderwerp: punt for punt in points}
        for thema in self.brief.themas:
            intro = self.texts.at(thema.titel, self.place(thema.titel))
            known = (topic for topic in thema.onderwerpen if topic.titel in by_title)
            topics = tuple(filter(None, (self.topic(topic, by_title[topic.titel]) for topic in known)))
            if topics or intro:
                yield AgendaThema(thema.nummer, thema.titel, intro, topics)
        rows: tuple[Inzet | Instrument, ...] = (*self.entries.inzet, *self.entries.instrumenten)
        if typed := dict.fromkeys(row.onderwerp_getypt for row in rows if not row.onderwerp):
            yield AgendaThema("", self.desk.zinnen["nog_te_plaatsen"], (), tuple(map(self.lost_topic, typed)))

    def topic(self, topic: Onderwerp, punt: AgendaPunt) -> AgendaOnderwerp | None:
        """A topic of the Agenda, if there is something to say; its Inleiding is the first passage of the brief's topic."""
        heading = self.place(punt.onderwerp)
        inzet = [row for row in self.entries.inzet if row.onderwerp == punt.onderwerp]
        instruments = [row for row in self.entries.instrumenten if row.onderwerp == punt.onderwerp]
        made = AgendaOnderwerp(
            punt.onderwerp,
            tuple(_goals(topic.inleiding[0].block)) if punt.inleiding else (),
            self.texts.at(punt.onderwerp, heading),
            self.efforts(inzet, punt, heading),
            self.instruments(instruments, punt, heading),
        )
        if not (made.inzet or made.instrumenten):
            self.silent.append(punt.onderwerp)
        return made if made.doelen or made.inleiding or made.inzet or made.instrumenten else None

    def lost_topic(self, typed: str) -> AgendaOnderwerp:
        title = typed or self.desk.zinnen["zonder_onderwerp"]
        heading = self.place(title)
        inzet = [row for row in self.entries.inzet if not row.onderwerp and row.onderwerp_getypt == typed]
        instruments = [row for row in self.entries.instrumenten if not row.onderwerp and row.onderwerp_getypt == typed]
        return AgendaOnderwerp(
            title, (), (), self.efforts(inzet, None, heading), self.instruments(instruments, None, heading)
        )

    def efforts(self, rows: Iterable[Inzet], punt: AgendaPunt | None, heading: str) -> tuple[PartijInzet, ...]:
        ordered = trekker_first(rows, punt, self.desk.regie.ministeries)
        made = ((party, [row for row in ordered if row.partij is party]) for party in (*Partij, None))
        return tuple(
            PartijInzet(party, tuple(self.effort(row, heading) for row in theirs)) for party, theirs in made if theirs
        )

    def effort(self, row: Inzet, heading: str) -> Block:
        parts = self.desk.parts(row.inzet, row, "inzet", heading)
        row = replace(row, gap=row.gap or not parts)
        parts = self.complete(row, parts, "Inzet", "inzet", heading)
        return Block(row.at("inzet"), parts, row.ministerie, row.nr or None, row)

    def complete(
        self, row: Inzet | Instrument, parts: tuple[Part, ...], column: str, field: str, heading: str
    ) -> tuple[Part, ...]:
        """The printed text of a row with the mark of its faults; a visible gap where there is none."""
        if row.gap:
            return (Part(PartKind.ALINEA, (self.desk.gap(row, column, field, heading),)),)
        mark = self.desk.mark(row)
        last = replace(parts[-1], inlines=(*parts[-1].inlines, *((Text(" "), *mark) if mark else ())))
        return (*parts[:-1], last)

    def instruments(
        self, rows: Iterable[Instrument], punt: AgendaPunt | None, heading: str
    ) -> tuple[InstrumentRow, ...]:
        ordered = trekker_first(rows, punt, self.desk.regie.ministeries)
        return tuple(
            self.instrument(row, heading) for kind in (*Instrumentsoort, None) for row in ordered if row.soort is kind
        )

    def instrument(self, row: Instrument, heading: str) -> InstrumentRow:
        parts = self.desk.parts(row.omschrijving, row, "omschrijving", heading)
        row = replace(row, gap=row.gap or not parts)
        kind = (Text(row.soort),) if row.soort else self.desk.line(row.soort_getypt, row.at("soort"), heading, row)
        where = (self.found(line, row, heading) for line in row.vindplaats.splitlines())
        return InstrumentRow(
            row,
            kind,
            self.complete(row, parts, "Omschrijving", "omschrijving", heading),
            tuple(Part(PartKind.ALINEA, line) for line in where if line),
        )

    def found(self, text: str, row: Instrument, heading: str) -> Line:
        """A line of Vindplaats: addresses as links (shown without `https://`), references in the printed form, other words as they are."""
        made: list[Line] = []
        for index, piece in enumerate(_ADDRESS.split(text.strip())):
            if index % 2:
                shown = _SCHEME.sub("", piece)
                made.append((Address(shown, piece if shown != piece else f"https://{piece}"),))
            else:
                line = self.desk.line(piece, row.at("vindplaats"), heading, row)
                before = (Text(" "),) if index and line and piece[:1].isspace() else ()
                made.append((*before, *line, *((Text(" "),) if piece[-1:].isspace() else ())))
        return tuple(inline for line in made for inline in line)

    def place(self, heading: str) -> str:
        """Where an open point stands that is in no brief."""
        return self.desk.zinnen["plaats_in"].format(document=self.document, plaats=heading)


def _goals(block: Block) -> Iterator[Doel]:
    """The Agenda's Inleiding, each stretch of paragraphs under the label that it begins with."""
    labelled: list[tuple[Doelsoort, Part]] = []
    kind = Doelsoort.BEIDE
    for part in block.parts:
        found, rest = _label(part)
        kind = found or kind
        labelled += [(kind, rest)] if rest.inlines else []
    for kind, group in groupby(labelled, key=lambda pair: pair[0]):
        yield Doel(kind, replace(block, parts=tuple(part for _, part in group)))


def _label(part: Part) -> tuple[Doelsoort | None, Part]:
    """What a paragraph says that it is about, and the paragraph without that label."""
    first = part.inlines[0] if part.inlines else None
    match = _LABEL.match(first.text) if isinstance(first, Text) else None
    if match is None or (not match[0].rstrip().endswith(":") and len(part.inlines) > 1):
        return None, part
    assert isinstance(first, Text)
    rest = replace(first, text=first.text[match.end() :])
    return Doelsoort(match[1].casefold()), replace(part, inlines=_lstrip((rest, *part.inlines[1:])))


def _lstrip(inlines: Line) -> Line:
    """The inlines without white space or nothing at all at their beginning."""
    first = inlines[0] if inlines else None
    if not isinstance(first, Text):
        return inlines
    text = first.text.lstrip()
    return (replace(first, text=text), *inlines[1:]) if text else _lstrip(inlines[1:])
