"""The parts of an .xlsx file: XML by name, and which part another one refers to. Refuses document types and entities.

In: bytes whose zip directory was looked at. Out: parsed parts, small ones whole, sheets as a stream.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from flows.gather.grid import Unreadable


class Package:
    """An .xlsx file as its parts. Names are compared without case, as the format asks."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = {_plain(name): name for name in self.archive.namelist()}
        top = self.related("")
        self.workbook = next(target for kind, target in top.values() if kind == "officeDocument")

    def xml(self, name: str) -> Any:
        """The root of a part; raises KeyError where there is no such part."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(self.archive.read(self.names[_plain(name)]), parser)
        _refuse_dtd(root)
        return root

    def stream(self, name: str, *tags: str) -> Iterator[Any]:
        """The elements `tags` of a part, each as soon as it has been read."""
        with self.archive.open(self.names[_plain(name)]) as part:
            wanted = [f"{{*}}{tag}" for tag in tags]
            checked = False
            for _, element in etree.iterparse(part, tag=wanted, resolve_entities=False, no_network=True):
                if not checked:
                    _refuse_dtd(element)
                    checked = True
                yield element

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """The parts that `name` refers to, by identifier: the kind of the relation, and the part or address."""
        folder, file = posixpath.split(name)
        listing = posixpath.join(folder, "_rels", f"{file}.rels")
        if _plain(listing) not in self.names:
            return {}
        found = {}
        for relation in self.xml(listing):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                if _plain(target) not in self.names:
                    continue
            found[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], target)
        return found

    def first(self, kind: str) -> str | None:
        """The part of a kind that the workbook refers to."""
        return next((target for found, target in self.related(self.workbook).values() if found == kind), None)


def namespace(root: Any) -> str:
    """The namespace of an element, in braces; the format has two."""
    return str(root.tag).partition("}")[0] + "}"


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _refuse_dtd(element: Any) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("bestand-onveilig")
