"""What a finished PDF holds beside its text.

In: the file's bytes. Out: `Structure`: destinations, links, roles and strings.

Reads only the file, with pikepdf.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any
from xml.etree import ElementTree

import pikepdf


class Role(Enum):
    """Text of the document, the marker of a list item, or furniture of the page (outside the tagged text)."""

    TEXT = auto()
    MARKER = auto()
    FURNITURE = auto()


@dataclass(frozen=True, slots=True)
class Target:
    """A named destination: page from 1, and place."""

    page: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address, or to a destination (`#name`)."""

    address: str
    middle: float


@dataclass(frozen=True, slots=True)
class Structure:
    """Destinations by name, the role of marked content by page and mark, each page's links, and strings.

    `strings` are all strings of the file outside its text, `values` its properties and attached files.
    """

    targets: dict[str, Target]
    roles: dict[tuple[int, int], Role]
    links: tuple[tuple[Link, ...], ...]
    strings: tuple[str, ...]
    values: tuple[str, ...]


def read_structure(data: bytes) -> Structure:
    """What a PDF holds beside its text."""
    with pikepdf.open(io.BytesIO(data)) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
        return Structure(
            dict(_targets(file, numbers)),
            _roles(file, numbers),
            tuple(tuple(_links(page)) for page in file.pages),
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


def _roles(file: pikepdf.Pdf, numbers: dict[tuple[int, int], int]) -> dict[tuple[int, int], Role]:
    """The role of each piece of marked content, by page and mark; what is not in the tree is furniture."""
    roles: dict[tuple[int, int], Role] = {}
    root: Any = file.Root.StructTreeRoot
    todo: list[tuple[Any, int, Role]] = [(child, 0, Role.TEXT) for child in _children(root)]
    while todo:
        element, page, role = todo.pop()
        if "/Pg" in element:
            page = numbers[element.Pg.objgen]
        if element.get("/S") == "/Lbl":
            role = Role.MARKER
        for child in _children(element):
            if isinstance(child, int):
                roles[page, child] = role
            elif isinstance(child, pikepdf.Dictionary) and "/S" in child:
                todo.append((child, page, role))
    return roles


def _children(element: Any) -> list[Any]:
    children = element.get("/K")
    return list(children) if isinstance(children, pikepdf.Array) else [children]


def _links(page: pikepdf.Page) -> Iterator[Link]:
    annotations: Any = page.obj.get("/Annots", [])
    for annotation in annotations:
        if annotation.get("/Subtype") != "/Link":
            continue
        middle = float(annotation.Rect[1] + annotation.Rect[3]) / 2
        if "/A" in annotation:
            yield Link(str(annotation.A.get("/URI", annotation.A.get("/S"))), middle)
        else:
            yield Link(f"#{annotation.get('/Dest')}", middle)
