"""What the HTML of a document says.

In: the HTML. Out: its `Manuscript`, with the elements and where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from flows.render.reading import LEADER, Manuscript, Span, Stream, call, item

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_UNREAD = frozenset(("head", "style", "script", "svg", "template"))


def read_html(html: str, *, layout: bool = False, endnotes: bool = False) -> Manuscript:
    """The manuscript that `html` holds.

    Without contents list and list markers, as Word has it; with both for `layout`. Notes at the end are text, as they are on
    paper; for `endnotes` they are notes.

    Raises ValueError where the calls are not numbered 1, 2, 3…
    """
    reader = _Reader(layout, endnotes)
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

    def __init__(self, layout: bool, endnotes: bool) -> None:
        super().__init__()
        self._layout = layout
        self._endnotes = endnotes
        self._called = 0
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
        self._open.append(_Open(tag, attributes, self.text.length, int(attributes.get("start", "1")), len(self._spans)))
        self._spans.append(None)
        if "noot" in classes:
            self._begin_note(attributes, "n")
            self.text.mark(call(len(self.notes)))
        if self._endnotes and "eindverwijzing" in classes:
            self._called += 1
            self.text.mark(call(self._called))
        if self._endnotes and "eindnoot" in classes:
            self._begin_note(attributes, "eindnoot-")
        if tag == "a" and "href" in attributes and not self._unread:
            (self._note or self.text).links.append(attributes["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        closed = self._open.pop()
        if closed.tag != tag:
            raise ValueError(f"<{closed.tag}> is closed by </{tag}>")
        classes = closed.attributes.get("class", "").split()
        if "noot" in classes or "eindnoot" in classes:
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

    def _begin_note(self, attributes: dict[str, str], prefix: str) -> None:
        self.notes.append(Stream())
        self._note = self.notes[-1]
        if attributes.get("id") != f"{prefix}{len(self.notes)}":
            raise ValueError(f"note {len(self.notes)} is called {attributes.get('id')!r}")

    def _skips(self, tag: str, classes: list[str]) -> bool:
        number = self._endnotes and ("eindverwijzing" in classes or "eindnummer" in classes)
        return number or tag in _UNREAD or (tag == "nav" and "inhoud" in classes and not self._layout)

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
