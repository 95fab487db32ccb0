"""A review of a draft in Word: what a copy says, who changed what in it, and what comes of that. No behaviour but a text's readings.

A note stands in a text at its place, as a ministry writes it in a cell: `[noot: …]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flows.model.delivery import Origin

NOTE, NOTE_END = "[noot: ", "]"
OBJECT = "\ufffc"  # a picture or another thing that is no text
AUTHOR = "Voortgang"  # whose comments are ours
BOOKMARK = (
    "_vg"  # how the names of our bookmarks begin: Word and LibreOffice keep them, and show none of that beginning
)
PROPERTY = "Voortgang-kenmerk"  # of a document: the identity of the draft that it is a copy of
SOURCES = "urn:voortgang:herkomst"  # the namespace in which a copy says where its paragraphs come from


@dataclass(frozen=True, slots=True, order=True)
class Author:
    """Who changed something, and when, as the program that saved it wrote it."""

    name: str
    moment: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in a paragraph. `added` and `removed` are who did so with changes tracked; a paragraph's end within is a line end."""

    text: str
    added: Author | None = None
    removed: Author | None = None
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph by the name of its bookmark (empty: it has none), with the level of a heading (0: it is none).

    `joined` tells that its end was taken away, so that it runs on in the next.
    """

    name: str
    pieces: tuple[Piece, ...]
    heading: int = 0
    joined: Author | None = None

    @property
    def before(self) -> str:
        """What it said when tracking began."""
        return "".join(piece.text for piece in self.pieces if not piece.added)

    @property
    def after(self) -> str:
        """What it says when all that was tracked is accepted."""
        return "".join(piece.text for piece in self.pieces if not piece.removed)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment: on which words, and in which paragraph (by its place, None where it is at none); what it answers."""

    author: Author
    text: str
    words: str = ""
    place: int | None = None
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a paragraph comes from. A paragraph of the templates or the coordinator has no ministry."""

    origin: Origin
    ministerie: str | None = None
    nr: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A Word file that was reviewed, or the one that was handed out. `elsewhere` is text beside the running text, by where it stands."""

    identity: str
    saved: Author
    paragraphs: tuple[Paragraph, ...]
    remarks: tuple[Remark, ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)


class Sort(StrEnum):
    """What a reviewer did."""

    REWORDED = "gewijzigd"
    ADDED = "toegevoegd"
    REMOVED = "geschrapt"
    MOVED = "verplaatst"
    JOINED = "samengevoegd"
    STYLED = "opmaak"
    REMARK = "opmerking"
    ELSEWHERE = "elders"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that a reviewer did: what it was about, what it said and says, and what is to be said of it.

    `ident` is the same each time that the same file is read. `place` is the heading that it stands under; `why` names the reason why
    it cannot be put into a cell by itself, and is empty where it can; `cell` is where it would go; `name` is the paragraph's; `draft` is
    the identity of the draft that was reviewed.
    """

    ident: str
    sort: Sort
    file: str
    authors: tuple[Author, ...]
    place: str
    name: str = ""
    source: Source | None = None
    old: str = ""
    new: str = ""
    remark: str = ""
    words: str = ""
    answers: str = ""
    why: str = ""
    cell: str = ""
    conflicts: tuple[str, ...] = ()
    draft: str = ""
