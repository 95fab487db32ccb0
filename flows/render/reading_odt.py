"""What stands in a finished OpenDocument text.

In: the file's bytes. Out: an `OfficeFile`: its text as a `Manuscript`, and every string in it.

Reads only the file, with the standard library. The contents list, whose pages the reader's program fills in, is no part of the
manuscript; hidden and inserted text is, so that it shows as one word too many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.render.office_file import Element, OfficeFile, Package
from flows.render.reading import Stream, call

NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, OFFICE, META, TABLE, SVG = (NAMES % name for name in ("text", "office", "meta", "table", "svg-compatible"))
HREF = "{http://www.w3.org/1999/xlink}href"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "content.xml"
_PLAIN = {f"{TEXT}s": " ", f"{TEXT}tab": " ", f"{TEXT}line-break": " "}
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_DESCRIBES = (f"{TABLE}title", f"{TABLE}desc", f"{SVG}title", f"{SVG}desc")


def read_odt(data: bytes) -> OfficeFile:
    """What stands in an ODT; raises ValueError where a note does not have the number of its place."""
    package = Package.of(data)
    body = package.parts[CONTENT].find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise ValueError(CONTENT)
    reader = _Reader()
    reader.read(body, reader.text)
    return package.file(reader.text, reader.notes, _values(package.parts.values()))


def _values(parts: Iterable[Element]) -> Iterator[str]:
    """Each paragraph, description and property of the document."""
    for root in parts:
        for element in root.iter():
            if element.tag in (*_PARAGRAPHS, *_DESCRIBES) or element.tag.startswith((META, DC)):
                yield "".join(element.itertext())


class _Reader:
    """Follows the text, and reads each note where it is called."""

    def __init__(self) -> None:
        self.text = Stream()
        self.notes: list[Stream] = []

    def read(self, element: Element, stream: Stream) -> None:
        """Add what `element` says to `stream`."""
        tag = element.tag
        if tag == f"{TEXT}note":
            self._note(element, stream)
        elif tag in _PLAIN:
            stream.add(_PLAIN[tag])
        elif tag not in (f"{TEXT}table-of-content", *_DESCRIBES):
            if tag == f"{TEXT}a":
                stream.links.append(element.get(HREF, ""))
            self._words(element, stream)
            if tag in _PARAGRAPHS:
                stream.add(" ")

    def _words(self, element: Element, stream: Stream) -> None:
        stream.add(element.text or "")
        for child in element:
            self.read(child, stream)
            stream.add(child.tail or "")

    def _note(self, note: Element, stream: Stream) -> None:
        self.notes.append(Stream())
        number, body = note.findtext(f"{TEXT}note-citation"), note.find(f"{TEXT}note-body")
        if number != str(len(self.notes)) or body is None:
            raise ValueError(f"note {len(self.notes)} is called {number!r}")
        stream.mark(call(len(self.notes)))
        self._words(body, self.notes[-1])
