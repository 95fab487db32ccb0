"""Assembles the Brief: accepted rows and the steering workbook to themes, topics, sections and blocks. A pure function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from flows.assemble.annexes import annexes, gap, label, mark
from flows.assemble.order import by_place, in_order, place
from flows.assemble.prose import notes, prose
from flows.model.brief import (
    Annexes,
    Block,
    Brief,
    Inline,
    Kader,
    Note,
    Onderwerp,
    Open,
    OpenPoint,
    Part,
    PartKind,
    Passage,
    Sectie,
    Thema,
)
from flows.model.contract import key
from flows.model.delivery import AgendaPunt, Origin, Regie, Run, Tekst
from flows.model.entries import Entries, Entry, Maatregel
from flows.model.finding import Finding, Regels

BEFORE, AFTER, DOCUMENT = "voor", "na", "brief"


def assemble(
    regie: Regie, entries: Entries, zinnen: Mapping[str, str], regels: Regels
) -> tuple[Brief, tuple[Finding, ...]]:
    """The brief of a quarter, and what was found in its prose while it was assembled."""
    return _Assembly(regie, entries, zinnen, regels).brief()


class _Assembly:
    def __init__(self, regie: Regie, entries: Entries, zinnen: Mapping[str, str], regels: Regels) -> None:
        self.regie, self.entries, self.zinnen, self.regels = regie, entries, zinnen, regels
        self.findings: list[Finding] = []
        self.open: list[Open] = []
        self.cited: list[tuple[str, Block]] = []
        self.measures = place(entries.maatregelen, regie.indeling)
        self.texts = [text for text in regie.teksten if text.document == DOCUMENT]

    def brief(self) -> tuple[Brief, tuple[Finding, ...]]:
        fields = {name: cell.text.strip() for name, cell in self.regie.velden.items()}
        names = {key(ministerie.code): ministerie.naam for ministerie in self.regie.ministeries}
        brief = Brief(
            self.regie.titel,
            self.regie.kwartaal,
            self.regie.datum,
            fields | {"afzender_naam": names.get(key(fields.get("afzender", "")), "")},
            (*self.passages(BEFORE, self.zinnen["plaats_inleiding"]), *self.misplaced()),
            self.own("inleiding"),
            tuple(self.themes()),
            self.own("slot"),
            self.passages(AFTER, self.zinnen["plaats_slot"]),
            annexes(self.regie, self.entries, self.measures, self.cited, self.zinnen),
        )
        self.check_indeling()
        self.look_in_annexes(brief.annexes)
        return replace(brief, open=tuple(self.open)), tuple(self.findings)

    def own(self, name: str) -> Block | None:
        """A field of the steering workbook as prose."""
        cell = self.regie.velden.get(name)
        if cell is None:
            return None
        return self.block(cell.runs, cell.origin, self.zinnen[f"plaats_{name}"])

    def block(self, runs: Sequence[Run], origin: Origin | None, heading: str) -> Block:
        found = prose(runs, self.regie.citeerwijze, origin)
        self.tell(found.problems, origin)
        return self.seen(Block(origin, found.parts), heading)

    def seen(self, block: Block, heading: str) -> Block:
        """Registers what is cited and what is open in a block, and hands it on."""
        self.cited.append((heading, block))
        self.look(block.inlines(), heading, block.origin, block.entry)
        return block

    def tell(
        self,
        problems: Iterable[tuple[str, str]],
        origin: Origin | None,
        entry: Entry | None = None,
        column: str | None = None,
    ) -> None:
        for rule, said in problems:
            self.find(rule, origin, entry, column=column, value=said)

    def find(self, rule: str, origin: Origin | None, entry: Entry | None = None, **details: str | None) -> None:
        place = origin or Origin(self.regie.workbook.file)
        who = {"ministerie": entry.ministerie, "nr": label(entry, self.zinnen)} if entry else {}
        self.findings.append(self.regels.finding(rule, place, **(who | details)))

    def look(self, inlines: Iterable[Inline], heading: str, origin: Origin | None, entry: Entry | None) -> None:
        for inline in inlines:
            if isinstance(inline, Note):
                self.look(inline.inlines, heading, inline.origin or origin, entry)
            elif isinstance(inline, OpenPoint):
                self.open_point(inline.text, heading, origin, entry)

    def open_point(self, said: str, heading: str, origin: Origin | None, entry: Entry | None) -> None:
        code, nr = (entry.ministerie, label(entry, self.zinnen)) if entry else (None, None)
        self.open.append(Open(said, heading, origin, code, nr))
        self.find("open-punt", origin, entry, value=said)

    def passages(self, where: str, heading: str) -> tuple[Passage | Kader, ...]:
        return tuple(self.passage(text, heading) for text in self.texts if key(text.plaats) == key(where))

    def passage(self, text: Tekst, heading: str) -> Passage | Kader:
        block = self.block(text.tekst, text.origin, heading)
        return Kader(text.kop, block, text.bron, text.ondertekening) if text.kader else Passage(text.kop, block)

    def misplaced(self) -> Iterator[Passage | Kader]:
        """Texts whose place nobody knows: printed before the introduction, and reported."""
        known = {key(name) for punt in self.regie.agenda for name in (punt.titel, punt.onderwerp)} | {BEFORE, AFTER}
        for text in self.texts:
            if key(text.plaats) not in known:
                self.find("teksten-plaats-onbekend", text.origin, value=text.plaats)
                yield self.passage(text, self.zinnen["plaats_inleiding"])

    def themes(self) -> Iterator[Thema]:
        for (number, title), points in groupby(self.regie.agenda, key=lambda punt: (punt.thema, punt.titel)):
            intro = self.passages(title, title)
            yield Thema(number, title, intro, tuple(self.topic(punt) for punt in points))
        lost = [measure for measure in self.measures if not measure.onderwerp]
        if lost:
            named = dict.fromkeys(measure.onderwerp_getypt for measure in lost)
            topics = tuple(
                Onderwerp(
                    name or self.zinnen["zonder_onderwerp"],
                    (),
                    self.sections(name, None, [m for m in lost if m.onderwerp_getypt == name]),
                )
                for name in named
            )
            yield Thema("", self.zinnen["nog_te_plaatsen"], (), topics)

    def topic(self, punt: AgendaPunt) -> Onderwerp:
        intro: list[Passage | Kader] = []
        if punt.inleiding:
            intro.append(Passage("", self.block(punt.inleiding, punt.origin, punt.onderwerp)))
        intro += self.passages(punt.onderwerp, punt.onderwerp)
        measures = [measure for measure in self.measures if measure.onderwerp == punt.onderwerp]
        if not measures:
            self.find("onderwerp-zonder-inbreng", punt.origin, onderwerp=punt.onderwerp, trekker=punt.trekker)
        return Onderwerp(punt.onderwerp, tuple(intro), self.sections(punt.onderwerp, punt, measures))

    def sections(self, heading: str, punt: AgendaPunt | None, measures: list[Maatregel]) -> tuple[Sectie, ...]:
        ordered = in_order(measures, punt, self.regie.indeling, self.regie.ministeries)
        result: list[Sectie] = []
        for title, group in groupby(ordered, key=lambda measure: measure.tussenkop):
            rows = list(group)
            if result and not title:
                self.find("tussenkop-leeg", rows[0].origin, rows[0], onderwerp=heading)
            result.append(Sectie(title or None, tuple(self.measure(row, heading) for row in rows)))
        return tuple(result)

    def measure(self, row: Maatregel, heading: str) -> Block:
        """A row of Voortgang: its prose or a visible gap, the mark of its faults, and the notes of its column Kamerstukken."""
        wijze = self.regie.citeerwijze
        text = prose(row.stand_van_zaken, wijze, row.tekst_origin)
        ends, problems = notes(row.kamerstukken, wijze, row.kamerstukken_origin)
        self.tell(text.problems, row.tekst_origin, row, "Stand van zaken")
        self.tell(problems, row.kamerstukken_origin, row, "Kamerstukken")
        parts = text.parts
        if row.gap or not parts:
            missing = gap(row, "Stand van zaken", self.zinnen)
            parts = (Part(PartKind.ALINEA, (missing,)),)
            self.open.append(
                Open(missing.text, heading, row.tekst_origin, row.ministerie, label(row, self.zinnen), gap=True)
            )
            marks: tuple[Inline, ...] = ()
        else:
            marks = mark(row, label(row, self.zinnen), self.zinnen)
        last = replace(parts[-1], inlines=(*parts[-1].inlines, *ends, *marks))
        return self.seen(Block(row.tekst_origin, (*parts[:-1], last), row.ministerie, row.nr or None, row), heading)

    def check_indeling(self) -> None:
        known = {(key(measure.ministerie), key(measure.nr)) for measure in self.measures}
        for where, row in by_place(self.regie.indeling).items():
            if where not in known:
                self.find("indeling-onbekend", None, value=row.code, nr=row.nr)

    def look_in_annexes(self, printed: Annexes) -> None:
        """Open points in the annexes, and the rows of them that stand there as gaps."""
        for name, register in (("moties", printed.moties), ("toezeggingen", printed.toezeggingen)):
            for row in (*register.afgerond, *register.open) if register else ():
                for part in (*row.omschrijving, *row.vindplaats, *row.stand):
                    self.look(part.inlines, self.zinnen[f"plaats_{name}"], row.entry.origin, row.entry)
                self.look_for_gap(row.entry, name)
        for indicator in printed.indicatoren or ():
            self.look_in_value(indicator, indicator.waarde, "indicatoren")
        for budget in printed.middelen.rows if printed.middelen else ():
            self.look_in_value(budget.middel, budget.middel.bedrag_getypt, "middelen")

    def look_in_value(self, entry: Entry, said: float | str, name: str) -> None:
        """An amount or value that is still to come, and a row of numbers that stands as a gap."""
        if isinstance(said, str) and key(said) in {"pm", "p.m."}:
            self.open_point(said, self.zinnen[f"plaats_{name}"], entry.origin, entry)
        self.look_for_gap(entry, name)

    def look_for_gap(self, entry: Entry, name: str) -> None:
        if entry.gap:
            shown, where = gap(entry, "", self.zinnen).text, self.zinnen[f"plaats_{name}"]
            self.open.append(Open(shown, where, entry.origin, entry.ministerie, label(entry, self.zinnen), gap=True))
