"""The structure of a PDF, as somebody reads it who does not see the page.

In: the pages that WeasyPrint laid out and drew. Out: its PDF with a structure tree: one element for each element
of the HTML, however many pages it stands on; each note directly behind its call; what belongs to the page only (heads
and feet, repeated heads of a table) marked as an artifact. Takes the place of WeasyPrint's own `add_tags`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint import pdf as weasyprint_pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.logger import LOGGER
from weasyprint.pdf.stream import Stream

from flows.render.inside import verified
from flows.render.roles import CALL, GROUPS, MARKER, alternative, describe, roles, said
from flows.render.structure_tree import Link, Mark, Node, write

REPEATED = ("thead", "tfoot")
PAGINATION = {"Type": "/Pagination"}
AROUND = 1.5  # px around a small number, to hit it


def install() -> None:
    """Have WeasyPrint build this tree; doing it again changes nothing."""
    if weasyprint_pdf.add_tags is add_tags:
        return
    verified(weasyprint_pdf.add_tags)
    verified(Stream.marked)
    weasyprint_pdf.add_tags = add_tags


def link_notes(document: Any) -> None:
    """Make each call a link to its note and the note's number a link back.

    What stands within a link is no link of its own.
    """
    for page in document.pages:
        page.links[:] = [link for link in page.links if link[-1].link]
        for box in page._page_box.descendants():
            tag, name = str(box.element_tag), box.element is not None and box.element.get("id")
            if name and tag.endswith((CALL, MARKER)) and isinstance(box, boxes.TextBox):
                target = name if tag.endswith(CALL) else f"v{name[1:]}"
                left, top, width, height = box.hit_area()
                area = (left - AROUND, top - AROUND, left + width + AROUND, top + height + AROUND)
                page.links.append(("internal", target, area, box))


def add_tags(pdf: pydyf.PDF, document: Any, _version: object, streams: list[Any]) -> None:
    """Add the structure tree to the file."""
    tagging = _Tagging()
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        tagging.page(number, page, stream)
    write(pdf, tagging.document, len(document.pages))
    if "Lang" not in pdf.catalog:
        LOGGER.error('Missing required "lang" attribute at the root of the document')


class _Tagging:
    """The tree in the making, and of the page at hand its number, height and marked content."""

    def __init__(self) -> None:
        self.document = Node("Document")
        self._nodes: dict[tuple[Any, str], Node] = {}
        self._number = 0
        self._height = 0.0
        self._marks: dict[Any, dict[str, Any]] = {}
        self._artifacts: dict[int, dict[str, str]] = {}

    def page(self, number: int, page: Any, stream: Any) -> None:
        """Take up one page, and mark in its stream what is an artifact."""
        self._number, self._height, self._marks, self._artifacts = number, page.height, stream._tags, {}
        self._walk(page._page_box, self.document)
        if self._marks:
            raise RuntimeError(f"drawn without a box on page {number + 1}")
        for place, drawn in enumerate(stream.stream):
            if isinstance(drawn, pydyf.Dictionary) and drawn.get("MCID") in self._artifacts:
                stream.stream[place - 1] = "/Artifact"
                stream.stream[place] = pydyf.Dictionary(self._artifacts[drawn["MCID"]])

    def _walk(self, box: Any, parent: Node) -> None:
        """Take up a box and all in it."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            side = {"@top": "/Header", "@bottom": "/Footer"}.get(box.at_keyword.partition("-")[0])
            self._to_artifacts(box, PAGINATION | ({"Subtype": side} if side else {}))
        elif self._is_repeated(box):
            self._to_artifacts(box, PAGINATION)
        elif box.is_leader or (isinstance(box, boxes.ReplacedBox) and not self._is_telling(box)):
            self._to_artifacts(box, {"Type": "/Layout"})
        else:
            self._take(box, parent)

    def _take(self, box: Any, parent: Node) -> None:
        node = self._node(box, parent)
        if box.link_annotation:
            if node.role != "Link":
                node = node.child("Link", node.tag, self._number)
            box.link_annotation["Contents"] = pydyf.String(_leads_to(box))
            node.kids.append(Link(self._number, box.link_annotation))
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            if node.role in GROUPS:
                node = self._paragraph(node)
            node.kids.append(Mark(self._number, self._marks.pop(box)["mcid"]))
        for child in box.children:
            self._walk(child, node)

    def _node(self, box: Any, parent: Node) -> Node:
        """The element that a box belongs to: that of an earlier page or line, a new one, or its parent's."""
        key = (box.element, box.element_tag)
        if found := self._nodes.get(key):
            return found
        node, names = parent, roles(box, parent)
        for name in names:
            node = self._new(name, box, node)
        if names:
            describe(node, box, self._height)
            self._nodes[key] = node
        if str(box.element_tag).endswith(CALL):
            note = parent.child("Note", box.element.tag, self._number)
            if name := box.element.get("id"):
                note.entries["ID"] = pydyf.String(name)
            self._nodes[box.element, box.element.tag] = note
        return node

    def _new(self, role: str, box: Any, parent: Node) -> Node:
        """A new element. The label of an item stands before its body."""
        if role == "Lbl" and parent.role == "LBody" and parent.parent:
            return parent.parent.child(role, box.element_tag, self._number, at=0)
        return parent.child(role, box.element_tag, self._number)

    def _paragraph(self, group: Node) -> Node:
        """The paragraph for words that stand loose in a group of paragraphs."""
        last = group.kids[-1] if group.kids else None
        return last if isinstance(last, Node) and last.tag == "::loose" else group.child("P", "::loose", self._number)

    def _is_repeated(self, box: Any) -> bool:
        known = self._nodes.get((box.element, box.element_tag)) if box.element_tag in REPEATED else None
        return known is not None and known.page != self._number

    def _is_telling(self, box: Any) -> bool:
        """Whether a picture is more than decoration; one of which nothing is said is an error."""
        words = alternative(box.element)
        if words is None:
            LOGGER.error('Image "%s" has no required alt description', box.element.get("src", "svg"))
        return bool(words)

    def _to_artifacts(self, box: Any, kind: dict[str, str]) -> None:
        for drawn in _drawn(box):
            if drawn in self._marks:
                self._artifacts[self._marks.pop(drawn)["mcid"]] = kind


def _drawn(box: Any) -> Iterator[Any]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    yield box
    for child in getattr(box, "children", ()):
        yield from _drawn(child)


def _leads_to(box: Any) -> str:
    """The words for a link; for a note's call and number the HTML has them ready."""
    tag, element = str(box.element_tag), box.element
    name = "data-heen" if tag.endswith(CALL) else "data-terug" if tag.endswith(MARKER) else ""
    return str(element.get(name) or element.get("id")) if name else said(element)
