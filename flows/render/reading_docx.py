"""What stands in a finished Word file.

In: the file's bytes. Out: an `OfficeFile`: its text as a `Manuscript`, and every string in it.

Reads only the file, with the standard library. The contents list, which Word fills in itself, is no part of
the manuscript; hidden and inserted text is, so that it shows as one word too many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.render.office_file import Element, OfficeFile, Package
from flows.render.reading import Stream, call

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DOCUMENT, NOTES = "word/document.xml", "word/footnotes.xml"
_PLAIN = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}


def read_docx(data: bytes) -> OfficeFile:
    """What stands in a DOCX.

    Raises KeyError or ValueError where a note is called that is not there, or is not called.
    """
    package = Package.of(data)
    reader = _Reader(package.parts)
    body = package.parts[DOCUMENT].find(f"{W}body")
    if body is None:
        raise ValueError(DOCUMENT)
    reader.read(body, reader.text, DOCUMENT)
    reader.no_note_is_left()
    return package.file(reader.text, reader.notes, _values(package.parts))


def _values(parts: Mapping[str, Element]) -> Iterator[str]:
    """Each paragraph, and each property of the document."""
    for name, root in parts.items():
        for element in root.iter():
            if element.tag == f"{W}p":
                yield "".join(element.itertext())
            elif name.startswith(("docProps/", "customXml/")):
                yield element.text or ""


class _Reader:
    """Follows document.xml, and reads each note where it is called."""

    def __init__(self, parts: Mapping[str, Element]) -> None:
        self.text = Stream()
        self.notes: list[Stream] = []
        self._links = {name: dict(_addresses(root)) for name, root in parts.items() if name.endswith(".rels")}
        notes = parts[NOTES].iter(f"{W}footnote") if NOTES in parts else ()
        self._left = {str(note.get(f"{W}id")): note for note in notes if note.get(f"{W}type") in (None, "normal")}

    def read(self, element: Element, stream: Stream, part: str) -> None:
        """Add what `element` says to `stream`."""
        tag = element.tag
        if tag in {f"{W}t", f"{W}delText"}:
            stream.add(element.text or "")
        elif tag in _PLAIN:
            stream.add(_PLAIN[tag])
        elif tag == f"{W}footnoteReference":
            self._note(str(element.get(f"{W}id")), stream)
        elif tag == f"{W}sdt" and _is_contents(element):
            return
        else:
            if tag == f"{W}hyperlink" and (name := element.get(RELATION)):
                stream.links.append(self._address(part, name))
            for child in element:
                self.read(child, stream, part)
            if tag == f"{W}p":
                stream.add(" ")

    def no_note_is_left(self) -> None:
        """Each note of footnotes.xml has been called."""
        if self._left:
            raise ValueError(f"notes without call: {', '.join(self._left)}")

    def _note(self, name: str, stream: Stream) -> None:
        self.notes.append(Stream())
        stream.mark(call(len(self.notes)))
        self.read(self._left.pop(name), self.notes[-1], NOTES)

    def _address(self, part: str, name: str) -> str:
        folder, _, file = part.rpartition("/")
        return self._links[f"{folder}/_rels/{file}.rels"][name]


def _addresses(root: Element) -> Iterator[tuple[str, str]]:
    for relation in root:
        yield str(relation.get("Id")), str(relation.get("Target"))


def _is_contents(element: Element) -> bool:
    """Whether an element is the contents list as Word knows it."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"
