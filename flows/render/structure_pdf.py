"""What a finished PDF holds beside its text.

In: the file's bytes. Out: `Structure`: destinations, structure tree and strings.

Reads only the file, with pikepdf.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pikepdf

from flows.render.tree_pdf import Tree, read_tree


@dataclass(frozen=True, slots=True)
class Target:
    """A named destination: page from 1, and place."""

    page: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Structure:
    """Destinations by name, the structure tree, and strings.

    `strings` are all strings of the file outside its text, `values` its properties and attached files.
    """

    targets: dict[str, Target]
    tree: Tree
    strings: tuple[str, ...]
    values: tuple[str, ...]


def read_structure(data: bytes) -> Structure:
    """What a PDF holds beside its text."""
    with pikepdf.open(io.BytesIO(data)) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
        return Structure(
            dict(_targets(file, numbers)),
            read_tree(file, numbers),
            tuple(text for thing in file.objects for text in _strings(thing)),
            tuple(_values(file)),
        )


def _targets(file: pikepdf.Pdf, numbers: dict[tuple[int, int], int]) -> Iterator[tuple[str, Target]]:
    if "/Names" not in file.Root or "/Dests" not in file.Root.Names:
        return
    for name, value in pikepdf.NameTree(file.Root.Names.Dests).items():
        place: Any = value
        yield str(name), Target(numbers[place[0].objgen], float(place[2]), float(place[3]))


def _strings(thing: Any) -> Iterator[str]:
    """All strings within an object, but for what it only points to."""
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        yield from (text for part in thing if _is_within(part) for text in _strings(part))
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield from (text for part in thing.values() if _is_within(part) for text in _strings(part))


def _is_within(part: Any) -> bool:
    return isinstance(part, pikepdf.Object) and not part.is_indirect


def _values(file: pikepdf.Pdf) -> Iterator[str]:
    """The document's properties (as fields and as XMP), and the text of files attached to it."""
    yield from (str(value) for value in file.docinfo.values())
    if "/Metadata" in file.Root:
        xmp = ElementTree.fromstring(file.Root.Metadata.read_bytes())
        for element in xmp.iter():
            yield element.text or ""
            yield from element.attrib.values()
    for name, attached in file.attachments.items():
        yield name
        yield attached.get_file().read_bytes().decode("utf-8", "replace")
