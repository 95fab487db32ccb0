"""The words of a Word paragraph beside those that it had: what came and went as changes that Word tracks.

In: paragraphs as elements, with the notes that they call. Out: the same elements, changed in place, which say what they said.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from flows.model.changes import Deel, Delen, NootDeel, Said, Soort
from flows.model.review import AUTHOR, NOTE, NOTE_END
from flows.render.ooxml import Element, W, make, properties_of, run

FIRST_ID = 600_000
_TEXT, _BREAK, _CALL = f"{W}t", f"{W}br", f"{W}footnoteReference"


class Marks:
    """Makes the marks of changes, all of them ours and of one `moment`."""

    def __init__(self, moment: str) -> None:
        self.moment, self.numbers = moment, count(FIRST_ID)

    def mark(self, kind: str, *children: Element) -> Element:
        """`ins` or `del`, around what came or went."""
        return make(kind, *children, id=str(next(self.numbers)), author=AUTHOR, date=self.moment)

    def came(self, one: Element) -> Element:
        """Marks a run where it stands as come; returns what stands there now."""
        holder, at = one.getparent(), one.getparent().index(one)
        made = self.mark("ins", one)
        holder.insert(at, made)
        return made

    def went(self, text: str, like: Element | None) -> Element:
        """A run of words that went, which looks as they did in the run `like`."""
        made = run(make("delText", text=text.replace("\n", " ")))
        properties = None if like is None else like.find(f"{W}rPr")
        if properties is not None:
            made.insert(0, copy.deepcopy(properties))
        return self.mark("del", made)

    def end(self, paragraph: Element, kind: str) -> None:
        """Marks the end of a paragraph, so that it goes with its words."""
        properties = properties_of(paragraph, "pPr")
        of_end = properties.find(f"{W}rPr")
        if of_end is None:
            of_end = make("rPr")
            section = properties.find(f"{W}sectPr")
            properties.insert(len(properties) if section is None else properties.index(section), of_end)
        of_end.insert(0, self.mark(kind))

    def row(self, row: Element, kind: str) -> None:
        """Marks a row of a table."""
        properties = properties_of(row, "trPr")
        if not len(properties):
            properties.append(make("cantSplit"))  # it may not be empty but for the mark
        properties.append(self.mark(kind))


@dataclass(slots=True)
class Piece:
    """A run with one thing in it: text, the call of a note, or what says nothing."""

    run: Element
    text: str = ""
    note: Words | None = None


@dataclass(slots=True)
class Words:
    """What a paragraph says, piece by piece; the words of the notes that it calls are read with it."""

    pieces: list[Piece] = field(default_factory=list)

    @classmethod
    def of(cls, elements: Iterable[Element], notes: Mapping[str, Element]) -> Words:
        """The words in elements, whose runs are taken apart for it."""
        made = cls()
        for element in elements:
            for one in [one for part in list(element.iter(f"{W}r")) for one in _apart(part)]:
                call = one.find(_CALL)
                if call is None:
                    text = "".join("\n" if part.tag == _BREAK else part.text or "" for part in one.iter(_TEXT, _BREAK))
                    made.pieces.append(Piece(one, text))
                else:
                    note = notes[str(call.get(f"{W}id"))]
                    made.pieces.append(Piece(one, note=cls.of(note.iter(f"{W}p"), {})))
        return made

    @property
    def said(self) -> Said:
        """The text, with its notes at their places."""
        text, notes = "", []
        for piece in self.pieces:
            if piece.note:
                notes.append((len(text), piece.note.said.text))
            text += piece.text
        return Said(text, tuple(notes))

    @property
    def whole(self) -> str:
        """All that it says, with the words of a note at its place."""
        said = (f"{NOTE}{piece.note.whole}{NOTE_END}" if piece.note else piece.text for piece in self.pieces)
        return "".join(said).strip()


def _apart(one: Element) -> list[Element]:
    """A run as runs with one thing in each, where it stood."""
    *others, _ = [child for child in one if child.tag != f"{W}rPr"] or [None]
    made = []
    for child in others:
        part = make("r")
        if (properties := one.find(f"{W}rPr")) is not None:
            part.append(copy.deepcopy(properties))
        part.append(child)
        one.addprevious(part)
        made.append(part)
    return [*made, one]


def mark_words(new: Words, old: Words, parts: Delen, marks: Marks) -> None:
    """Marks what came in `new`, and puts what went where it stood; `parts` are all of both."""
    now, before = _Cursor(new.pieces), _Cursor(old.pieces)
    for part in parts:
        match part:
            case Deel(Soort.GELIJK, text):
                now.take(len(text))
                before.take(len(text))
            case Deel(Soort.ERBIJ, text):
                for piece in now.take(len(text)):
                    now.behind = marks.came(piece.run)
            case Deel(Soort.ERAF, text):
                for piece in before.take(len(text)):
                    now.put(marks.went(piece.text, piece.run))
            case NootDeel():
                _mark_note(part, now, before, marks)


def _mark_note(part: NootDeel, now: _Cursor, before: _Cursor, marks: Marks) -> None:
    is_now = now.note() if part.soort is not Soort.ERAF else None
    was = before.note() if part.soort is not Soort.ERBIJ else None
    if is_now and was:
        mark_words(is_now, was, part.delen, marks)
    elif is_now:
        now.behind = marks.came(now.behind)
        for piece in is_now.pieces:
            if piece.text:
                marks.came(piece.run)
    elif was:  # a call that went would take a number: Word counts it until the change is accepted
        now.put(marks.went(f"{NOTE}{was.whole}{NOTE_END}", None))


class _Cursor:
    """Goes through pieces. `behind` is what was passed last."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.left = list(pieces)
        self.behind: Element | None = None

    def take(self, size: int) -> Iterator[Piece]:
        """The pieces of the next letters; one that goes on behind these is taken apart."""
        taken = []
        while size:
            piece = self.left.pop(0)
            if len(piece.text) > size:
                rest = Piece(copy.deepcopy(piece.run), piece.text[size:])
                piece.text = piece.text[:size]
                for part in (piece, rest):
                    _say(part)
                piece.run.addnext(rest.run)
                self.left.insert(0, rest)
            size -= len(piece.text)
            self.behind = piece.run
            taken += [piece] if piece.text else []
        return iter(taken)

    def note(self) -> Words:
        """The next note."""
        while not (piece := self.left.pop(0)).note:
            pass
        self.behind = piece.run
        return piece.note

    def put(self, element: Element) -> None:
        """Puts an element behind what was passed, or before all."""
        while self.behind is None and len(self.left) > 1 and not (self.left[0].text or self.left[0].note):
            self.behind = self.left.pop(0).run  # the number of a note
        if self.behind is None:
            self.left[0].run.addprevious(element)
        else:
            link = self.behind.getparent()
            at_end = link.tag == f"{W}hyperlink" and link[-1] is self.behind
            (link if at_end else self.behind).addnext(element)
        self.behind = element


def _say(piece: Piece) -> None:
    text = piece.run.find(_TEXT)
    text.text = piece.text
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
