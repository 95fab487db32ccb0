"""What a text says, without how it looks: the form in which HTML, PDF and Word are compared.

In: the HTML of a brief. Out: a `Manuscript`: one stream of characters without white space, in which each call
of a note is one character of its own, and the notes beside it. Reads nothing else; the finished files are
read by reading_pdf and reading_docx.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from html.parser import HTMLParser

CALL, ITEM, LEADER = 0xF0000, 0x100000, "\U0010fffd"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_UNREAD = frozenset(("head", "style", "script", "template"))
_HYPHENS = {0x2010: "-", 0x2011: "-", 0x02: "-", 0xFFFE: "-"}
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
    """`text` without white space and what is invisible, ligatures and accents taken apart, hyphens alike.

    Equal texts stay equal wherever they are cut in pieces. Everything visible is kept, case and punctuation
    too.
    """
    if text.isascii():
        return "".join(text.translate(_HYPHENS).split())
    apart = unicodedata.normalize("NFKD", text).translate(_HYPHENS | _UNSEEN)
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


def read_html(html: str, *, layout: bool = False) -> Manuscript:
    """The manuscript that `html` holds.

    Without contents list and list markers, as Word has it; with both for `layout`.

    Raises ValueError where the calls are not numbered 1, 2, 3…
    """
    reader = _Reader(layout)
    reader.feed(html)
    reader.close()
    return Manuscript(
        "".join(reader.text.parts),
        tuple("".join(note.parts) for note in reader.notes),
        tuple(reader.text.links),
        tuple(tuple(note.links) for note in reader.notes),
        tuple(reader.text.words),
        reader.spans,
        tuple(span for span in reader.spans if span.target),
    )


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


@dataclass(slots=True)
class _Open:
    """An element that is not yet closed.

    Its place among the spans, and the number of the next item of a list.
    """

    tag: str
    attributes: dict[str, str]
    start: int
    count: int
    place: int


class _Reader(HTMLParser):
    """Follows the tags; keeps the text that is read, the notes apart."""

    def __init__(self, layout: bool) -> None:
        super().__init__()
        self._layout = layout
        self._open: list[_Open] = []
        self._note: Stream | None = None
        self._unread = 0
        self.text = Stream()
        self.notes: list[Stream] = []
        self._spans: list[Span | None] = []

    @property
    def spans(self) -> tuple[Span, ...]:
        """The elements of the text, in the order in which they begin."""
        return tuple(span for span in self._spans if span)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_data(" ")
            return
        attributes = {name: value or "" for name, value in attrs}
        classes = attributes.get("class", "").split()
        self._unread += self._skips(tag, classes)
        if tag == "li" and self._layout and not self._unread and not self._in_contents():
            self.text.mark(item(self._number()))
        self._open.append(
            _Open(tag, attributes, self.text.length, int(attributes.get("start", "1")), len(self._spans))
        )
        self._spans.append(None)
        if "noot" in classes:
            self.notes.append(Stream())
            self._note = self.notes[-1]
            if attributes.get("id") != f"n{len(self.notes)}":
                raise ValueError(f"note {len(self.notes)} is called {attributes.get('id')!r}")
            self.text.mark(call(len(self.notes)))
        if tag == "a" and "href" in attributes and not self._unread:
            (self._note or self.text).links.append(attributes["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        closed = self._open.pop()
        if closed.tag != tag:
            raise ValueError(f"<{closed.tag}> is closed by </{tag}>")
        classes = closed.attributes.get("class", "").split()
        if "noot" in classes:
            self._note = None
        target = ""
        if tag == "a" and self._in_contents() and not self._unread:
            target = closed.attributes["href"].removeprefix("#")
        if not self._unread and not self._note:
            self._spans[closed.place] = _span(closed, self.text.length, target)
        if target:
            self.text.mark(LEADER)
        self._unread -= self._skips(tag, classes)

    def handle_data(self, data: str) -> None:
        if not self._unread and self._open:
            (self._note or self.text).add(data)

    def _skips(self, tag: str, classes: list[str]) -> bool:
        return tag in _UNREAD or (tag == "nav" and "inhoud" in classes and not self._layout)

    def _in_contents(self) -> bool:
        return any(element.tag == "nav" for element in self._open)

    def _number(self) -> int:
        """The number of the item that begins; 0 in a list with bullets."""
        parent = next((element for element in reversed(self._open) if element.tag in ("ol", "ul")), None)
        if parent is None or parent.tag == "ul":
            return 0
        parent.count += 1
        return parent.count - 1


def _span(closed: _Open, end: int, target: str) -> Span:
    get = closed.attributes.get
    return Span(closed.tag, closed.start, end, get("id", ""), get("data-nr"), get("data-ministerie"), target)
