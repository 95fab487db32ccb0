"""The brief as one closed vocabulary: Brief > Thema > Onderwerp > Sectie > Block > Part > inlines.

A Note is an inline at its place and has no number: each writer numbers it. Everything keeps its origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from flows.model.baseline import Baseline
from flows.model.changes import Overzicht
from flows.model.counts import StatusTable, Tijdlijn
from flows.model.delivery import Documentsoort, Origin
from flows.model.entries import Entry, Indicator, Middel, Status
from flows.model.papers import Answers
from flows.model.quarter import Kwartaal
from flows.model.reference import Piece, Reference


@dataclass(frozen=True, slots=True)
class Text:
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference as it is printed, each piece with its link."""

    reference: Reference
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A `PM`: printed and marked in a draft, never in a final brief."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of ours in a draft about a row at fault, or what was typed and cannot be read: never in a final brief."""

    text: str


@dataclass(frozen=True, slots=True)
class Address:
    """An address on the web as it is shown, and the whole address that it leads to."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, at the place of its call. It holds no notes itself."""

    inlines: tuple[Text | Citation | OpenPoint, ...]
    origin: Origin | None = None

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(inline.reference for inline in self.inlines if isinstance(inline, Citation))


Inline = Text | Citation | Address | OpenPoint | Mark | Note
Line = tuple[Inline, ...]  # the words of one line: a heading, a source, a cell of an annex


class PartKind(StrEnum):
    """A paragraph, or an item of a list."""

    ALINEA = "alinea"
    OPSOMMING = "opsomming"
    NUMMERING = "nummering"


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph or list item."""

    kind: PartKind
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What one cell became: its parts, and where they came from. `nr` is None for the coordinator's own prose."""

    origin: Origin | None
    parts: tuple[Part, ...]
    ministerie: str | None = None
    nr: str | None = None
    entry: Entry | None = None

    def inlines(self) -> Iterator[Inline]:
        for part in self.parts:
            yield from part.inlines

    def notes(self) -> tuple[Note, ...]:
        return tuple(inline for inline in self.inlines() if isinstance(inline, Note))


def plain(inlines: tuple[Inline, ...]) -> str:
    """The words of inlines, without those of the notes."""
    return "".join(inline.text for inline in inlines if not isinstance(inline, Note))


def printed(parts: Iterable[Part]) -> str:
    """The words of parts, a line for each, without those of the notes."""
    return "\n".join(plain(part.inlines) for part in parts)


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
class RegisterRow:
    """A motie or toezegging as the annex prints it."""

    entry: Entry
    omschrijving: tuple[Part, ...]
    vindplaats: tuple[Part, ...]
    stand: tuple[Part, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Register:
    """The annex of moties or of toezeggingen, split into what is done and what is not."""

    afgerond: tuple[RegisterRow, ...]
    open: tuple[RegisterRow, ...]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of Indicatoren as printed. A number or a known date stands in `indicator`; its line here is empty."""

    indicator: Indicator
    naam: Line
    eenheid: Line
    peildatum: Line
    waarde: Line
    streefwaarde: Line
    bron: Line


@dataclass(frozen=True, slots=True)
class MiddelRow:
    """A row of Middelen as printed. An amount that could be read stands in `middel`; its line here is empty."""

    middel: Middel
    omschrijving: Line
    jaar: Line
    bedrag: Line
    dekking: Line
    kamerstuk: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """The annex of middelen. `totalen` has a sum in euros for each single year with several readable amounts."""

    rows: tuple[MiddelRow, ...]
    totalen: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, the topics in which it is cited, and its title where a register knows that."""

    citation: Citation
    plaatsen: tuple[str, ...]
    titel: str | None = None


@dataclass(frozen=True, slots=True)
class Annexes:
    """The annexes, each None where regie.xlsx does not name it; `volgorde` is the order in which it names them."""

    volgorde: tuple[str, ...] = ()
    status_thema: StatusTable | None = None
    status_ministerie: StatusTable | None = None
    tijdlijn: Tijdlijn | None = None
    moties: Register | None = None
    toezeggingen: Register | None = None
    indicatoren: tuple[IndicatorRow, ...] | None = None
    middelen: Budget | None = None
    stukken: tuple[Paper, ...] | None = None
    wijzigingen: Overzicht | None = None


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
