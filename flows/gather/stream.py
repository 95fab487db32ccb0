"""Follows the running text of a Word file: pieces of text with who added or removed them, bookmarks, notes, comments' anchors.

In: the body of a document. Out: its paragraphs as stored, and what stands beside the text. Knows no draft.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flows.model.review import AUTHOR, BOOKMARK, NOTE, NOTE_END, OBJECT, Author, Piece

BOX, CONTENTS = "tekstvak", "inhoud"  # what stands elsewhere
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PLAIN = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
_OBJECTS = frozenset({"drawing", "pict", "object"})
_ADDS, _REMOVES = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom"})
_OFF = frozenset({"0", "false", "off", "none"})
_MADE_BY_WORD = re.compile(r"\s*(?:TOC|PAGE|NUMPAGES|PAGEREF)\b")
_UNREAD = frozenset(
    {"pPr", "rPr", "sectPr", "tblPr", "tblGrid", "tcPr", "instrText", "delInstrText", "sdtPr", "sdtEndPr"}
)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark's name, and before which piece of its paragraph it starts."""

    name: str
    start: int


@dataclass(slots=True)
class Stored:
    """A paragraph as the file has it.

    `within` is the bookmark of ours that still runs as it begins, `split` who made it one by itself, `joined` who took away its end.
    """

    pieces: list[Piece] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    heading: int = 0
    within: str = ""
    split: Author | None = None
    joined: Author | None = None


@dataclass(slots=True)
class Anchor:
    """What a comment is about: the place of its first paragraph, and the words."""

    place: int
    words: str = ""


class Stream:
    """Reads a body; `notes` has the notes by kind and id, `levels` the level of each heading's style."""

    def __init__(self, ns: str, notes: Mapping[str, Mapping[str, Any]], levels: Mapping[str, int]) -> None:
        self.ns, self.notes, self.levels = ns, notes, levels
        self.stored: list[Stored] = []
        self.anchors: dict[str, Anchor] = {}
        self.elsewhere: defaultdict[str, str] = defaultdict(str)
        self._open: dict[str, str] = {}  # bookmarks that run, by id
        self._commented: set[str] = set()  # comments whose words are read
        self._fields: list[str] = []  # the instructions of fields that run; empty: not known yet
        self._mark: Author | None = None  # who made the end of the last paragraph

    def read(self, body: Any) -> None:
        """Reads paragraphs and tables."""
        self._blocks(body, None, None)

    def _blocks(self, element: Any, added: Author | None, removed: Author | None) -> None:
        for child in element:
            kind = self._kind(child)
            if kind == "p":
                self._paragraph(child, added, removed)
            elif kind == "tr":
                properties = child.find(f"{self.ns}trPr")
                marks = (None, None) if properties is None else self._marks(properties)
                self._blocks(child, marks[0] or added, marks[1] or removed)
            elif kind in {"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"}:
                self._milestone(child, kind, None)
            elif kind == "sdt" and _is_contents(child, self.ns):
                self._contents(child)
            elif kind and kind not in _UNREAD:
                self._blocks(child, *self._changed(child, kind, added, removed))

    def _paragraph(self, element: Any, added: Author | None, removed: Author | None) -> None:
        within = next((name for name in reversed(self._open.values()) if name.startswith(BOOKMARK)), "")
        stored = Stored(within=within, split=self._mark)
        self.stored.append(stored)
        self._mark = None
        if (properties := element.find(f"{self.ns}pPr")) is not None:
            style = properties.find(f"{self.ns}pStyle")
            stored.heading = 0 if style is None else self.levels.get(str(style.get(f"{self.ns}val")), 0)
            if (mark := properties.find(f"{self.ns}rPr")) is not None:
                self._mark, ended = self._marks(mark)
                stored.joined = self._theirs(ended)
        self._inlines(element, stored.pieces, added, removed)

    def _inlines(self, element: Any, pieces: list[Piece], added: Author | None, removed: Author | None) -> None:
        for child in element:
            kind = self._kind(child)
            if kind in {"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"}:
                self._milestone(child, kind, pieces)
            elif kind == "r":
                self._run(child, pieces, added, removed)
            elif kind == "fldSimple" and _MADE_BY_WORD.match(str(child.get(f"{self.ns}instr"))):
                continue
            elif kind and kind not in _UNREAD:
                self._inlines(child, pieces, *self._changed(child, kind, added, removed))

    def _changed(
        self, element: Any, kind: str, added: Author | None, removed: Author | None
    ) -> tuple[Author | None, Author | None]:
        """Who added and who removed what stands in an element."""
        by = self._by(element) if kind in _ADDS | _REMOVES else None
        return self._theirs(by) or added if kind in _ADDS else added, by if kind in _REMOVES else removed

    def _run(self, run: Any, pieces: list[Piece], added: Author | None, removed: Author | None) -> None:
        properties = run.find(f"{self.ns}rPr")
        made = Piece("", added, removed, self._is_on(properties, "b"), self._is_on(properties, "i"))
        for child in run:
            kind = self._kind(child)
            if kind in {"footnoteReference", "endnoteReference"}:
                self._add(replace(made, text=NOTE), pieces)
                self._note(kind.replace("Reference", "s"), str(child.get(f"{self.ns}id")), pieces, made)
                self._add(replace(made, text=NOTE_END), pieces)
            elif kind == "commentReference":
                self.anchors.setdefault(str(child.get(f"{self.ns}id")), Anchor(len(self.stored) - 1))
            elif kind == "fldChar":
                self._field(str(child.get(f"{self.ns}fldCharType")))
            elif kind == "instrText" and self._fields:
                self._fields[-1] += child.text or ""
            else:
                if kind in _OBJECTS or child.tag == f"{_MARKUP}AlternateContent":
                    self._boxes(child)
                self._add(replace(made, text=self._text(child, kind)), pieces)

    def _text(self, child: Any, kind: str) -> str:
        """What an element of a run says."""
        if kind in {"t", "delText"}:
            return (child.text or "").replace("\u202f", "")  # what keeps two notes at one word apart
        if kind == "br":
            return "\n" if child.get(f"{self.ns}type") in {None, "textWrapping"} else ""
        if kind == "sym":
            return chr(int(child.get(f"{self.ns}char", "fffd"), 16))
        if kind in _OBJECTS or child.tag == f"{_MARKUP}AlternateContent":
            return OBJECT
        return _PLAIN.get(kind, "")

    def _add(self, piece: Piece, pieces: list[Piece]) -> None:
        if piece.removed and piece.removed.name == AUTHOR:
            return
        if any(_MADE_BY_WORD.match(said) for said in self._fields):
            if piece.added or piece.removed:
                self.elsewhere[CONTENTS] += piece.text
        elif piece.text:
            pieces.append(piece)
            for name in self._commented if not piece.removed else ():
                self.anchors[name].words += piece.text

    def _note(self, kind: str, name: str, pieces: list[Piece], call: Piece) -> None:
        """The words of a note, without the white space around them, added or removed as its call was."""
        inner: list[Piece] = []
        if (note := self.notes.get(kind, {}).get(name)) is not None:
            for paragraph in note.iter(f"{self.ns}p"):
                inner += [Piece(" ", call.added, call.removed)] if inner else []
                self._inlines(paragraph, inner, call.added, call.removed)
        pieces += _stripped(inner)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _boxes(self, element: Any) -> None:
        """The text of boxes; of two forms of the same thing the first."""
        for box in element.iter(f"{self.ns}txbxContent"):
            if not any(above.tag == f"{_MARKUP}Fallback" for above in box.iterancestors()):
                self.elsewhere[BOX] += words_of(box, self.ns) + "\n"

    def _contents(self, element: Any) -> None:
        """The contents are made by Word; only what somebody changed there is told."""
        changed = [one for kind in (*_ADDS, *_REMOVES) for one in element.iter(f"{self.ns}{kind}")]
        if said := " ".join("".join(one.itertext(f"{self.ns}t", f"{self.ns}delText")) for one in changed).strip():
            self.elsewhere[CONTENTS] += said
        for one in element.iter(f"{self.ns}commentReference", f"{self.ns}bookmarkStart", f"{self.ns}bookmarkEnd"):
            if self._kind(one) == "commentReference":
                self.anchors.setdefault(str(one.get(f"{self.ns}id")), Anchor(len(self.stored)))
            else:
                self._milestone(one, self._kind(one), None)

    def _milestone(self, element: Any, kind: str, pieces: list[Piece] | None) -> None:
        name = str(element.get(f"{self.ns}id"))
        if kind == "bookmarkStart":
            self._open[name] = str(element.get(f"{self.ns}name"))
            if pieces is not None and self.stored:
                self.stored[-1].bookmarks.append(Bookmark(self._open[name], len(pieces)))
        elif kind == "bookmarkEnd":
            self._open.pop(name, None)
        elif kind == "commentRangeStart":
            self.anchors[name] = Anchor(len(self.stored) - (pieces is not None))
            self._commented.add(name)
        else:
            self._commented.discard(name)

    def _kind(self, element: Any) -> str:
        """The name of an element of the format; empty for any other, but for what holds some."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag.startswith(self.ns):
            return tag[len(self.ns) :]
        return "other" if tag and not tag.startswith(_MARKUP) else ""

    def _marks(self, properties: Any) -> tuple[Author | None, Author | None]:
        """Who added and who removed what has these properties."""
        found = {self._kind(child): self._by(child) for child in properties}
        added = next((found[kind] for kind in _ADDS if kind in found), None)
        return self._theirs(added), next((found[kind] for kind in _REMOVES if kind in found), None)

    def _by(self, element: Any) -> Author:
        return Author(str(element.get(f"{self.ns}author", "")), str(element.get(f"{self.ns}date", "")))

    def _theirs(self, author: Author | None) -> Author | None:
        """Who changed something, unless it was we, to show what differs from an earlier draft: that is no change of a reader's."""
        return None if author is None or author.name == AUTHOR else author

    def _is_on(self, properties: Any, name: str) -> bool:
        found = None if properties is None else properties.find(f"{self.ns}{name}")
        return found is not None and found.get(f"{self.ns}val", "1") not in _OFF


def _is_contents(element: Any, ns: str) -> bool:
    gallery = element.find(f"{ns}sdtPr/{ns}docPartObj/{ns}docPartGallery")
    return gallery is not None and gallery.get(f"{ns}val") == "Table of Contents"


def _stripped(pieces: list[Piece]) -> list[Piece]:
    while pieces and not pieces[0].text.strip():
        pieces.pop(0)
    while pieces and not pieces[-1].text.strip():
        pieces.pop()
    if pieces:
        pieces[0] = replace(pieces[0], text=pieces[0].text.lstrip())
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())
    return pieces


def words_of(element: Any, ns: str) -> str:
    """The words of an element, a line for each paragraph, but for numbers that Word fills in."""
    lines = []
    for paragraph in element.iter(f"{ns}p"):
        reader = Stream(ns, {}, {})
        pieces: list[Piece] = []
        reader._inlines(paragraph, pieces, None, None)  # noqa: SLF001
        lines.append("".join(piece.text for piece in pieces if not piece.removed).strip())
    return "\n".join(filter(None, lines))


def attribute(element: Any, name: str) -> str | None:
    """The value of an attribute by its name in any namespace."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)
