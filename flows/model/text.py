"""The words of a document as one closed vocabulary: Block > Part > inlines.

A Note is an inline at its place and has no number: each writer numbers it. Everything keeps its origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from flows.model.delivery import Origin
from flows.model.entries import Entry
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
