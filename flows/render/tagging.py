"""The structure of a PDF, as somebody reads it who does not see the page.

In: the pages that WeasyPrint laid out and drew. Out: its PDF with a structure tree: one element for each element
of the HTML, however many pages it stands on; each note directly behind its call; what belongs to the page only (heads
and feet, repeated heads of a table) marked as an artifact. Takes the place of WeasyPrint's own `add_tags`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint import pdf as weasyprint_pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.logger import LOGGER
from weasyprint.pdf.stream import Stream

from flows.render.inside import verified
from flows.render.marking import breaks_a_word, marked_anew
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
        tagging.page(number, page, stream._tags)
    for number, stream in enumerate(streams):
        stream.stream = marked_anew(stream.stream, tagging.artifacts[number], tagging.hyphens[number])
    write(pdf, tagging.document, len(document.pages))
    if "Lang" not in pdf.catalog:
        LOGGER.error('Missing required "lang" attribute at the root of the document')


class _Tagging:
    """The tree in the making, and of the page at hand its number, height and marked content.

    By page and mark, what is an artifact of which kind, and what ends with a hyphen that breaks a word.
    """

    def __init__(self) -> None:
        self.document = Node("Document")
        self.artifacts: defaultdict[int, dict[int, dict[str, str]]] = defaultdict(dict)
        self.hyphens: defaultdict[int, set[int]] = defaultdict(set)
        self._nodes: dict[tuple[Any, str], Node] = {}
        self._lines: dict[tuple[Any, str], tuple[Any, Mark]] = {}
        self._number = 0
        self._height = 0.0
        self._marks: dict[Any, dict[str, Any]] = {}

    def page(self, number: int, page: Any, marks: dict[Any, dict[str, Any]]) -> None:
        """Take up one page, with what was drawn by box."""
        self._number, self._height, self._marks = number, page.height, marks
        self._walk(page._page_box, self.document)
        if marks:
            raise RuntimeError(f"drawn without a box on page {number + 1}")

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
            mark = Mark(self._number, self._marks.pop(box)["mcid"])
            node.kids.append(mark)
            self._note_hyphen(box, mark)
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

    def _note_hyphen(self, box: Any, mark: Mark) -> None:
        """Remember the last text of an element; where it ends in the middle of a word of this one, it is hyphenated."""
        key = (box.element, box.element_tag)
        if isinstance(box, boxes.TextBox):
            if (last := self._lines.get(key)) and breaks_a_word(last[0], box):
                self.hyphens[last[1].page].add(last[1].number)
            self._lines[key] = (box, mark)

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
                self.artifacts[self._number][self._marks.pop(drawn)["mcid"]] = kind


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
