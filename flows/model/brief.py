"""The brief as one closed vocabulary: Brief > Thema > Onderwerp > Sectie > Block, and its annexes. Its words are those of text.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from flows.model.annexes import Annexes
from flows.model.baseline import Baseline
from flows.model.delivery import Documentsoort, Origin
from flows.model.entries import Entry
from flows.model.papers import Answers
from flows.model.quarter import Kwartaal
from flows.model.text import Block, Citation, Line


@dataclass(frozen=True, slots=True)
class Kader:
    """A box with a quoted example, its source and its signature."""

    kop: Line
    block: Block
    bron: Line = ()
    ondertekening: Line = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Prose of the coordinator's under a heading of its own (which may be empty)."""

    kop: Line
    block: Block


@dataclass(frozen=True, slots=True)
class Sectie:
    """Consecutive blocks of a topic under one sub-heading (empty: under none)."""

    tussenkop: Line
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Onderwerp:
    """A topic with its introduction and sections; `empty` marks one for which nothing was delivered."""

    titel: str
    inleiding: tuple[Passage | Kader, ...]
    secties: tuple[Sectie, ...]

    @property
    def empty(self) -> bool:
        return not self.secties


@dataclass(frozen=True, slots=True)
class Thema:
    """A theme with its introduction and topics; `nummer` is empty for an unnumbered part."""

    nummer: str
    titel: str
    inleiding: tuple[Passage | Kader, ...]
    onderwerpen: tuple[Onderwerp, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """An open point: a PM, or a row that stands in the draft as a gap."""

    text: str
    place: str
    origin: Origin | None
    ministerie: str | None = None
    nr: str | None = None
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: under which heading it is printed, the cell and row that it was written in, and the nearest words.

    `before` are those of its paragraph and note up to it, `after` those of its note or paragraph behind it.
    """

    citation: Citation
    place: str
    origin: Origin | None
    entry: Entry | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole brief, without numbers, layout or file format. `velden` are the fields of the steering workbook as text."""

    soort: ClassVar[Documentsoort] = Documentsoort.BRIEF
    vorm: ClassVar[str] = ""
    titel: str
    kwartaal: Kwartaal
    datum: date
    velden: dict[str, str]
    voor: tuple[Passage | Kader, ...]
    inleiding: Block | None
    themas: tuple[Thema, ...]
    slot: Block | None
    na: tuple[Passage | Kader, ...]
    annexes: Annexes
    open: tuple[Open, ...] = ()
    cited: tuple[Cited, ...] = ()
    answers: Answers = field(default_factory=Answers)
    baseline: Baseline | None = None

    def blocks(self) -> Iterator[Block]:
        """The blocks of the topics' sections, in print order: the rows of Voortgang."""
        for thema in self.themas:
            for onderwerp in thema.onderwerpen:
                for sectie in onderwerp.secties:
                    yield from sectie.blocks

    def entries(self) -> Iterator[Entry]:
        """Every row that the brief prints or shows as a gap, once."""
        yield from (block.entry for block in self.blocks() if block.entry)
        for register in (self.annexes.moties, self.annexes.toezeggingen):
            yield from (row.entry for row in (*register.afgerond, *register.open)) if register else ()
        yield from (row.indicator for row in self.annexes.indicatoren or ())
        yield from (row.middel for row in self.annexes.middelen.rows) if self.annexes.middelen else ()
