"""The tree of what a PDF says: its elements, and how they are written down.

In: `Node`s with marked content and links in reading order. Out: the objects of the file that hold the tree.
Knows the form in which PDF 1.7 wants a structure tree; nothing of HTML, boxes or briefs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

EMPTY_TOO = frozenset(("TD", "TH"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of marked content: its page (from 0) and its number there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Link:
    """The annotation that makes a place on a page a link."""

    page: int
    annotation: Any


@dataclass(slots=True, eq=False)
class Node:
    """An element of the tree, with its children in reading order; `tag` is the HTML's, `page` where it begins."""

    role: str
    parent: Node | None = None
    tag: str = ""
    page: int = 0
    kids: list[Node | Mark | Link] = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)

    def child(self, role: str, tag: str, page: int, at: int | None = None) -> Node:
        """A new child, the last one unless `at` says where."""
        made = Node(role, self, tag, page)
        self.kids.insert(len(self.kids) if at is None else at, made)
        return made

    @property
    def empty(self) -> bool:
        """Whether nothing is in it; an empty cell is still a cell."""
        return self.role not in EMPTY_TOO and all(isinstance(kid, Node) and kid.empty for kid in self.kids)


def write(pdf: pydyf.PDF, document: Node, pages: int) -> None:
    """Add the tree under `document` to the file, with all that leads into it and what a viewer must know."""
    root = _added(pdf, {"Type": "/StructTreeRoot"})
    writing = _Writing(pdf, [[] for _ in range(pages)], {}, [])
    root["K"] = pydyf.Array([writing.element(document, root.reference)])
    numbers = pydyf.Array()
    for page, owners in enumerate(writing.owners):
        numbers += [page, pydyf.Array(owners)]
    for place, owner in enumerate(writing.links, pages):
        numbers += [place, owner]
    root["ParentTree"] = _added(pdf, {"Nums": numbers}).reference
    if writing.names:
        names = pydyf.Array()
        for name, owner in sorted(writing.names.items()):
            names += [pydyf.String(name), owner]
        root["IDTree"] = _added(pdf, {"Names": names}).reference
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


@dataclass(slots=True)
class _Writing:
    """What leads back into the tree.

    The owner of each mark by page, of each name, and of each link in the order in which they are numbered.
    """

    pdf: pydyf.PDF
    owners: list[list[Any]]
    names: dict[str, bytes]
    links: list[bytes]

    def element(self, node: Node, parent: bytes) -> bytes:
        """Add an element and all below it; returns the reference to it."""
        place = self.pdf.page_references[node.page]
        made = _added(self.pdf, {"S": f"/{node.role}", "P": parent, "Pg": place, **node.entries})
        if node.attributes:
            made["A"] = pydyf.Dictionary(node.attributes)
        if name := node.entries.get("ID"):
            self.names[name.string] = made.reference
        reference: bytes = made.reference
        made["K"] = pydyf.Array(self._kids(node, reference))
        return reference

    def _kids(self, node: Node, owner: bytes) -> Iterator[Any]:
        for kid in node.kids:
            if isinstance(kid, Node):
                if not kid.empty:
                    yield self.element(kid, owner)
            elif isinstance(kid, Link):
                kid.annotation["StructParent"] = len(self.owners) + len(self.links)
                self.links.append(owner)
                yield self._away("OBJR", kid.page, Obj=kid.annotation.reference)
            else:
                marks = self.owners[kid.page]
                marks += ["null"] * (kid.number + 1 - len(marks))
                marks[kid.number] = owner
                yield kid.number if kid.page == node.page else self._away("MCR", kid.page, MCID=kid.number)

    def _away(self, kind: str, page: int, **what: Any) -> pydyf.Dictionary:
        return pydyf.Dictionary({"Type": f"/{kind}", "Pg": self.pdf.page_references[page], **what})


def _added(pdf: pydyf.PDF, entries: dict[str, Any]) -> pydyf.Dictionary:
    made = pydyf.Dictionary(entries)
    pdf.add_object(made)
    return made
