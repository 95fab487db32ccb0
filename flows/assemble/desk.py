"""The desk at which the brief is put together: turns cells into inlines, and keeps what is found, cited and open meanwhile.

In: runs or text, with the row and field they came from. Out: parts and lines; on the side `findings`, `open` and `cited`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flows.assemble.prose import Prose, notes, prose, words
from flows.model.brief import Cited, Open
from flows.model.contract import key
from flows.model.delivery import Origin, Regie, Run
from flows.model.entries import Entry
from flows.model.finding import Finding, Regels
from flows.model.text import Block, Citation, Line, Mark, Note, OpenPoint, Part, PartKind, plain

NEAR = 300  # characters; what stands further from a reference says nothing about it
PM = frozenset({"pm", "p.m", "p.m."})


class Desk:
    """What the parts of the assembly share. `zinnen` are the sentences of templates/zinnen.yaml."""

    def __init__(self, regie: Regie, zinnen: Mapping[str, str], regels: Regels) -> None:
        self.regie, self.zinnen, self.regels = regie, zinnen, regels
        self.findings: list[Finding] = []
        self.open: list[Open] = []
        self.cited: list[Cited] = []

    def find(self, rule: str, origin: Origin | None, entry: Entry | None = None, **details: str | None) -> None:
        """Reports a rule, at the row of `entry` where there is one."""
        place = origin or Origin(self.regie.workbook.file)
        who = {"ministerie": entry.ministerie, "nr": self.label(entry)} if entry else {}
        self.findings.append(self.regels.finding(rule, place, **(who | details)))

    def label(self, entry: Entry) -> str:
        """How a row is named in a draft: its Nr, or its ministry and place where it has none."""
        return entry.nr or self.zinnen["zonder_nr"].format(ministerie=entry.ministerie, rij=entry.origin.row)

    def block(self, runs: Sequence[Run], origin: Origin | None, heading: str) -> Block:
        """The coordinator's own prose."""
        return Block(origin, self._kept(prose(runs, self.regie.citeerwijze, origin), heading, origin, None).parts)

    def parts(self, runs: Sequence[Run], entry: Entry, field: str, heading: str) -> tuple[Part, ...]:
        """A cell of prose in a row."""
        origin = entry.at(field)
        return self._kept(prose(runs, self.regie.citeerwijze, origin), heading, origin, entry).parts

    def line(self, text: str, origin: Origin | None, heading: str, entry: Entry | None = None) -> Line:
        """A cell of one line: references in the printed form, commentary as notes; one that is still to come as a PM."""
        if is_pm(text):
            self.open_point(text, heading, origin, entry)
            return (OpenPoint(text),)
        parts = self._kept(words(text, self.regie.citeerwijze, origin), heading, origin, entry).parts
        return parts[0].inlines if parts else ()

    def lines(self, text: str, entry: Entry, field: str, heading: str) -> tuple[Part, ...]:
        """A cell of an annex, a paragraph for each of its lines."""
        made = (self.line(line, entry.at(field), heading, entry) for line in text.splitlines())
        return tuple(Part(PartKind.ALINEA, inlines) for inlines in made if inlines)

    def notes(self, runs: Sequence[Run], origin: Origin | None, heading: str, entry: Entry | None = None) -> Line:
        """A cell of references: a note for each line."""
        return self._kept(notes(runs, self.regie.citeerwijze, origin), heading, origin, entry).parts[0].inlines

    def mark(self, entry: Entry) -> Line:
        """The mark that a row at fault gets in a draft: its number and the columns at fault, never their content."""
        if not entry.faults or entry.gap:
            return ()
        return (Mark(self.zinnen["markering"].format(nr=self.label(entry), kolommen=", ".join(entry.faults))),)

    def gap(self, entry: Entry, column: str, field: str, heading: str) -> Mark:
        """The visible gap of a row whose printed text is missing; also an open point."""
        sentence = self.zinnen["hiaat_verborgen" if entry.hidden else "hiaat"]
        made = Mark(sentence.format(nr=self.label(entry), kolom=column))
        self.open.append(Open(made.text, heading, entry.at(field), entry.ministerie, self.label(entry), gap=True))
        return made

    def gap_of_field(self, column: str, heading: str) -> Line:
        """The visible gap of a field of the steering workbook that a document needs; also an open point, and reported."""
        made = Mark(self.zinnen["hiaat_veld"].format(kolom=column))
        place = Origin(self.regie.workbook.file, "Brief")
        self.open.append(Open(made.text, heading, place, gap=True))
        self.find("document-veld-ontbreekt", place, column=column, document=heading)
        return (made,)

    def open_point(self, said: str, heading: str, origin: Origin | None, entry: Entry | None) -> None:
        """A PM, listed and reported."""
        code, nr = (entry.ministerie, self.label(entry)) if entry else (None, None)
        self.open.append(Open(said, heading, origin, code, nr))
        self.find("open-punt", origin, entry, value=said)

    def _kept(self, found: Prose, heading: str, origin: Origin | None, entry: Entry | None) -> Prose:
        for rule, said in found.problems:
            self.find(rule, origin, entry, value=said)
        for part in found.parts:
            self._look(part.inlines, heading, origin, entry)
        return found

    def _look(self, inlines: Line, heading: str, origin: Origin | None, entry: Entry | None, before: str = "") -> None:
        for index, inline in enumerate(inlines):
            if isinstance(inline, Citation):
                after = plain(inlines[index + 1 :])
                self.cited.append(Cited(inline, heading, origin, entry, before[-NEAR:], after[:NEAR]))
            elif isinstance(inline, OpenPoint):
                self.open_point(inline.text, heading, origin, entry)
            if isinstance(inline, Note):
                self._look(inline.inlines, heading, origin, entry, before)
                before = "" if inline.references else before  # the words before a call belong to that reference
            else:
                before += inline.text


def is_pm(text: str) -> bool:
    """Whether a cell says no more than that it is still to come."""
    return key(text) in PM
