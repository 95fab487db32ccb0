"""Assembles the Brief: accepted rows and the steering workbook to themes, topics, sections and blocks. A pure function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from flows.assemble.annexes import annexes
from flows.assemble.consistency import doubts
from flows.assemble.desk import Desk, is_pm
from flows.assemble.documents import further
from flows.assemble.order import by_place, in_order, place
from flows.assemble.texts import AFTER, BEFORE, Texts
from flows.model.brief import Brief, Kader, Onderwerp, Passage, Sectie, Thema
from flows.model.contract import key
from flows.model.delivery import AgendaPunt, Documentsoort, Regie
from flows.model.documents import Document
from flows.model.entries import Entries, Maatregel
from flows.model.finding import Finding, Regels
from flows.model.text import Block, Part, PartKind, Text


def assemble(
    regie: Regie, entries: Entries, zinnen: Mapping[str, str], regels: Regels
) -> tuple[Brief, tuple[Document, ...], tuple[Finding, ...]]:
    """The brief of a quarter, the documents beside it, and what was found in their prose while they were assembled."""
    desk = Desk(regie, zinnen, regels)
    brief = _Assembly(desk, entries).brief()
    documents = further(desk, brief, entries)
    for doubt in doubts(desk.cited, entries.moties, zinnen):
        desk.find(doubt.rule, doubt.cited.origin, doubt.cited.entry, value=doubt.said, **doubt.details)
    return replace(brief, open=tuple(desk.open), cited=tuple(desk.cited)), documents, tuple(desk.findings)


class _Assembly:
    def __init__(self, desk: Desk, entries: Entries) -> None:
        self.desk, self.regie, self.zinnen, self.entries = desk, desk.regie, desk.zinnen, entries
        self.measures = place(entries.maatregelen, self.regie.indeling)
        self.texts = Texts(desk, Documentsoort.BRIEF)

    def brief(self) -> Brief:
        fields = {name: cell.text.strip() for name, cell in self.regie.velden.items()}
        names = {key(ministerie.code): ministerie.naam for ministerie in self.regie.ministeries}
        known = [name for punt in self.regie.agenda for name in (punt.titel, punt.onderwerp)]
        before = self.zinnen["plaats_inleiding"]
        self.check_indeling()
        return Brief(
            self.regie.titel,
            self.regie.kwartaal,
            self.regie.datum,
            fields | {"afzender_naam": names.get(key(fields.get("afzender", "")), "")},
            (*self.texts.at(BEFORE, before), *self.texts.elsewhere(known, before)),
            self.own("inleiding"),
            tuple(self.themes()),
            self.own("slot"),
            self.texts.at(AFTER, self.zinnen["plaats_slot"]),
            annexes(self.desk, self.entries, self.measures),
        )

    def own(self, name: str) -> Block | None:
        """A field of the steering workbook as prose."""
        cell = self.regie.velden.get(name)
        return self.desk.block(cell.runs, cell.origin, self.zinnen[f"plaats_{name}"]) if cell else None

    def themes(self) -> Iterator[Thema]:
        """The themes in the order in which the Agenda first names them, each with all its topics."""
        grouped: dict[tuple[str, str], list[AgendaPunt]] = {}
        for punt in self.regie.agenda:
            grouped.setdefault((punt.thema, punt.titel), []).append(punt)
        for (number, title), points in grouped.items():
            intro = self.texts.at(title, title)
            yield Thema(number, title, intro, tuple(self.topic(punt) for punt in points))
        lost = [measure for measure in self.measures if not measure.onderwerp]
        if lost:
            yield Thema("", self.zinnen["nog_te_plaatsen"], (), tuple(self.lost_topics(lost)))

    def lost_topics(self, lost: list[Maatregel]) -> Iterator[Onderwerp]:
        """The rows whose topic the Agenda does not know, under the topics as typed."""
        for typed in dict.fromkeys(measure.onderwerp_getypt for measure in lost):
            rows = [measure for measure in lost if measure.onderwerp_getypt == typed]
            title = typed or self.zinnen["zonder_onderwerp"]
            yield Onderwerp(title, (), self.sections(title, None, rows))

    def topic(self, punt: AgendaPunt) -> Onderwerp:
        intro: list[Passage | Kader] = []
        if punt.inleiding:
            intro.append(Passage((), self.desk.block(punt.inleiding, punt.inleiding_origin, punt.onderwerp)))
        intro += self.texts.at(punt.onderwerp, punt.onderwerp)
        measures = [measure for measure in self.measures if measure.onderwerp == punt.onderwerp]
        if not measures:
            self.desk.find("onderwerp-zonder-inbreng", punt.origin, onderwerp=punt.onderwerp, trekker=punt.trekker)
        return Onderwerp(punt.onderwerp, tuple(intro), self.sections(punt.onderwerp, punt, measures))

    def sections(self, heading: str, punt: AgendaPunt | None, measures: list[Maatregel]) -> tuple[Sectie, ...]:
        ordered = in_order(measures, punt, self.regie.indeling, self.regie.ministeries)
        result: list[Sectie] = []
        for title, group in groupby(ordered, key=lambda measure: measure.tussenkop):
            rows = list(group)
            if result and not title:
                self.desk.find("tussenkop-leeg", rows[0].at("tussenkop"), rows[0], onderwerp=heading)
            line = self.desk.line(title, rows[0].at("tussenkop"), heading, rows[0])
            result.append(Sectie(line, tuple(self.measure(row, heading) for row in rows)))
        return tuple(result)

    def measure(self, row: Maatregel, heading: str) -> Block:
        """A row of Voortgang: its prose or a visible gap, the notes of its column Kamerstukken, the mark of its faults."""
        parts = self.desk.parts(row.stand_van_zaken, row, "stand_van_zaken", heading)
        if row.gap or not parts:
            gap = self.desk.gap(row, "Stand van zaken", "stand_van_zaken", heading)
            parts = (Part(PartKind.ALINEA, (gap,)),)
            row = replace(row, gap=True)
        ends = self.desk.notes(row.kamerstukken, row.at("kamerstukken"), heading, row)
        mark = self.desk.mark(row)
        last = replace(parts[-1], inlines=(*parts[-1].inlines, *ends, *((Text(" "), *mark) if mark else ())))
        if row.gereed and is_pm(row.gereed.tekst):
            self.desk.open_point(row.gereed.tekst, heading, row.at("gereed"), row)
        return Block(row.at("stand_van_zaken"), (*parts[:-1], last), row.ministerie, row.nr or None, row)

    def check_indeling(self) -> None:
        known = {(key(measure.ministerie), key(measure.nr)) for measure in self.measures}
        for where, row in by_place(self.regie.indeling).items():
            if where not in known:
                self.desk.find("indeling-onbekend", row.origin, value=row.code, nr=row.nr)
