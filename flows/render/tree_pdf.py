"""The structure tree of a finished PDF: what somebody hears who does not see the pages.

In: the opened file and the numbers of its pages. Out: `Tree`: all marked content and links in reading order with
the part that they play, and what is wrong with the tree itself.

Reads only the file, with pikepdf.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import pikepdf

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
GROUPS = ("Document", "Sect", "Art", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "P", *HEADINGS)
LISTS = ("L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot")
KNOWN = frozenset((*GROUPS, *LISTS, "Span", "Quote", "Note", "Reference", "Code", "Link", "Figure"))


class Role(Enum):
    """The part that a piece of text plays.

    Text of the document, the call of a note, a note's own number, the marker of a list item, text in a picture;
    and outside the tree: furniture of the page, and what is drawn loose among the text.
    """

    TEXT = auto()
    CALL = auto()
    LABEL = auto()
    MARKER = auto()
    FIGURE = auto()
    FURNITURE = auto()
    LOOSE = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content: its page (from 1), its number there, its role, and the note that it is in (0: none)."""

    page: int
    number: int
    role: Role
    note: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address, or to a destination (`#name`).

    Where it can be clicked (page, and left, bottom, right, top), in which role and note, and the marked content in it.
    """

    address: str
    said: str
    page: int
    area: tuple[float, ...]
    role: Role
    note: int
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class Tree:
    """Marked content and links in reading order, the levels of the headings, and what is wrong."""

    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_tree(file: pikepdf.Pdf, numbers: dict[tuple[int, int], int]) -> Tree:
    """The structure tree of a file; `numbers` are its pages' by object."""
    reading = _Reading(numbers, Tree())
    for child in _children(file.Root.StructTreeRoot):
        reading.element(child, "", 0, Role.TEXT, 0)
    tree = reading.tree
    found = Counter((mark.page, mark.number) for mark in tree.marks)
    tree.faults += [f"marked content {place} is read {times} times" for place, times in found.items() if times > 1]
    annotations = [note for page in file.pages for note in page.obj.get("/Annots", []) if note.Subtype == "/Link"]
    if Counter(note.objgen for note in annotations) != Counter(reading.annotations):
        tree.faults.append("links outside the tree")
    if tree.levels.count(1) != 1:
        tree.faults.append(f"{tree.levels.count(1)} headings of the first level")
    return tree


@dataclass(slots=True)
class _Reading:
    """The tree so far, the number of the last note, and the links' annotations."""

    numbers: dict[tuple[int, int], int]
    tree: Tree
    last: int = 0
    annotations: list[tuple[int, int]] = field(default_factory=list)

    def element(self, element: Any, parent: str, page: int, role: Role, note: int) -> None:
        """Read an element, and all below it."""
        name = str(element.S)[1:]
        page = self.numbers[element.Pg.objgen] if "/Pg" in element else page
        if name == "Note":
            note = self._note(element)
        role = _role(name, parent, role, note)
        self._check(name, element)
        begin = len(self.tree.marks)
        children = _children(element)
        for child in children:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                self.element(child, name, page, role, note)
            elif isinstance(child, int):
                self.tree.marks.append(Mark(page, child, role, note))
            elif isinstance(child, pikepdf.Dictionary) and "/MCID" in child:
                self.tree.marks.append(Mark(self.numbers[child.Pg.objgen], int(child.MCID), role, note))
        marks = tuple(self.tree.marks[begin:])
        for child in children:
            if isinstance(child, pikepdf.Dictionary) and "/Obj" in child:
                self._link(name, child, role, note, marks)
        self._check_notes(name, children)

    def _note(self, element: Any) -> int:
        """The number of a note; notes are read in the order of their numbers."""
        self.last += 1
        if str(element.get("/ID")) != f"n{self.last}":
            self.tree.faults.append(f"note {self.last} is called {element.get('/ID')}")
        return self.last

    def _link(self, name: str, child: Any, role: Role, note: int, marks: tuple[Mark, ...]) -> None:
        link = child.Obj
        if name != "Link":
            self.tree.faults.append(f"a link in {name}")
        self.annotations.append(link.objgen)
        address = str(link.A.get("/URI", link.A.get("/S"))) if "/A" in link else f"#{link.get('/Dest')}"
        area = tuple(float(side) for side in link.Rect)
        page = self.numbers[child.Pg.objgen]
        self.tree.links.append(Link(address, str(link.get("/Contents", "")), page, area, role, note, marks))

    def _check(self, name: str, element: Any) -> None:
        if name not in KNOWN:
            self.tree.faults.append(f"an element {name}")
        if name in HEADINGS:
            self.tree.levels.append(int(name[1]))
        if name == "TH" and "/Scope" not in element.get("/A", {}):
            self.tree.faults.append("a head of a table without scope")
        if name == "Table" and not any(str(below.S) == "/TH" for below in _below(element)):
            self.tree.faults.append("a table without a head")
        if name == "Figure" and not str(element.get("/Alt", "")):
            self.tree.faults.append("a picture without words")

    def _check_notes(self, name: str, children: list[Any]) -> None:
        """A call has its note directly behind it, and no note stands anywhere else."""
        names = [
            str(child.S)[1:] if isinstance(child, pikepdf.Dictionary) and "/S" in child else "" for child in children
        ]
        calls = [place for place, child in enumerate(names) if child == "Reference" and name != "TOCI"]
        if [place + 1 for place in calls] != [place for place, child in enumerate(names) if child == "Note"]:
            self.tree.faults.append("a call without its note behind it")


def _role(name: str, parent: str, role: Role, note: int) -> Role:
    """The role of what stands in an element, within one of `role`."""
    if name == "Lbl":
        return Role.LABEL if note else Role.MARKER
    if name == "Note":
        return Role.TEXT
    if name == "Reference" and parent != "TOCI":
        return Role.CALL
    return Role.FIGURE if name == "Figure" else role


def _below(element: Any) -> Iterator[Any]:
    for child in _children(element):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _below(child)


def _children(element: Any) -> list[Any]:
    children = element.get("/K")
    return list(children) if isinstance(children, pikepdf.Array) else [children]
