"""What a text says, without how it looks: the form in which HTML, PDF, Word and OpenDocument are compared.

In: text. Out: its normal form, and `Manuscript`: one stream of characters without white space, in which each
call of a note is one character of its own, and the notes beside it. Files are read by reading_html,
reading_pdf, reading_docx and reading_odt.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

CALL, ITEM, LEADER = 0xF0000, 0x100000, "\U0010fffd"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ALIKE = {0x2010: "-", 0x2011: "-", 0x02: "-", 0xFFFE: "-", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_OWN_MARKS = re.compile("[\U000f0000-\U0010ffff]")


def call(number: int) -> str:
    """The character that stands for the call of note `number`."""
    return chr(CALL + number)


def item(number: int) -> str:
    """The character that stands for the marker of a list item; 0 for a bullet."""
    return chr(ITEM + number)


def called(character: str) -> int | None:
    """The number of the note that `character` calls; None for any other character."""
    return ord(character) - CALL if CALL <= ord(character) < ITEM else None


def marked(character: str) -> int | None:
    """The number of the list item that `character` marks (0: a bullet); None for any other character."""
    return ord(character) - ITEM if ITEM <= ord(character) < ord(LEADER) else None


def normal(text: str) -> str:
    """`text` without white space and what is invisible, ligatures and accents taken apart, hyphens and quotation marks alike.

    Equal texts stay equal wherever they are cut in pieces. Everything visible is kept, case and punctuation
    too.
    """
    if text.isascii():
        return "".join(text.translate(_ALIKE).split())
    apart = unicodedata.normalize("NFKD", text).translate(_ALIKE | _UNSEEN)
    return "".join(_OWN_MARKS.sub("\ufffd", apart).split())


@dataclass(frozen=True, slots=True)
class Span:
    """An element of the HTML: where its text stands in the stream, and what it is."""

    tag: str
    start: int
    end: int
    id: str = ""
    nr: str | None = None
    ministerie: str | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text as a stream with calls at their place, each note as a stream, and the links of all of them."""

    text: str
    notes: tuple[str, ...]
    links: tuple[str, ...]
    note_links: tuple[tuple[str, ...], ...]
    words: tuple[tuple[int, str], ...] = ()
    spans: tuple[Span, ...] = ()
    contents: tuple[Span, ...] = ()

    def readable(self, start: int, end: int) -> str:
        """The words of the stream from `start` to `end`, with the white space that they had."""
        first = max(0, bisect_right(self.words, start, key=lambda piece: piece[0]) - 1)
        parts: list[str] = []
        for offset, raw in self.words[first:]:
            if offset >= end:
                break
            parts.append(_cut(raw, start - offset, end - offset))
        return " ".join("".join(parts).split())

    def around(self, position: int) -> Span | None:
        """The smallest row, item or paragraph at `position`; one with a number where there is one."""
        found = [span for span in self.spans if span.start <= position < max(span.end, span.start + 1)]
        return min(found, key=lambda span: (span.nr is None, span.end - span.start), default=None)


def _cut(raw: str, start: int, end: int) -> str:
    """The part of `raw` that makes characters `start` to `end` of its normal form."""
    kept, position = [], 0
    for character in raw:
        if start <= position < end or (character.isspace() and start < position < end):
            kept.append(character)
        position += len(normal(character))
    return "".join(kept)


@dataclass(slots=True)
class Stream:
    """A stream in the making."""

    parts: list[str] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, raw: str) -> None:
        self.words.append((self.length, raw))
        self.mark(normal(raw))

    def mark(self, characters: str) -> None:
        self.parts.append(characters)
        self.length += len(characters)
