"""What every file of a word processor is read into, whatever its format: packages of XML, followed by a reader of their own.

In: the file's bytes, or what a reader found. Out: its parts, or an `OfficeFile`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from flows.render.reading import Manuscript, Stream

Element = ElementTree.Element
BINARY = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".ttf", ".odttf")
MARKUP = (".xml", ".rels")


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """A file of a word processor.

    Its text, each string in it that a reader or a program could find, and each whole paragraph or property.
    """

    manuscript: Manuscript
    strings: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a file: those of XML by name, and the text of whatever else is neither a picture nor a font."""

    parts: Mapping[str, Element]
    others: tuple[str, ...]

    @classmethod
    def of(cls, data: bytes) -> Package:
        """The parts of a file of these bytes."""
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            raw = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
        parts = {name: ElementTree.fromstring(part) for name, part in raw.items() if name.endswith(MARKUP)}
        rest = (part for name, part in raw.items() if not name.endswith((*MARKUP, *BINARY)))
        return cls(parts, tuple(part.decode("utf-8", "replace") for part in rest))

    def file(self, text: Stream, notes: Sequence[Stream], values: Iterable[str]) -> OfficeFile:
        """The file in which a reader found that text, those notes and those values."""
        manuscript = Manuscript(
            "".join(text.parts),
            tuple("".join(note.parts) for note in notes),
            tuple(text.links),
            tuple(tuple(note.links) for note in notes),
            tuple(text.words),
        )
        return OfficeFile(manuscript, (*self._strings(), *self.others), tuple(values))

    def _strings(self) -> Iterator[str]:
        """All text of each part, and all attributes."""
        for root in self.parts.values():
            yield "".join(root.itertext())
            for element in root.iter():
                yield from element.attrib.values()
