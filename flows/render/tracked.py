"""A Word file beside an earlier one: what came and went as changes that Word tracks, made by us.

In: the running text of the one with its notes, changed in place; the other file, which stays as it is. Out: nothing; with every change
accepted the text says just what it said. What went stands where it stood: a row of a table as a row, the call of a note as the words of
that note.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.model.changes import Line, Pairs
from flows.model.review import NOTE, NOTE_END, Source
from flows.render import ooxml
from flows.render.ooxml import WP, Element, W, make
from flows.render.tracked_words import Marks, Piece, Words, mark_words

DOCUMENT, NOTES, NUMBERING = "word/document.xml", "word/footnotes.xml", "word/numbering.xml"
_ROW, _CELL, _TABLE, _PARAGRAPH = f"{W}tr", f"{W}tc", f"{W}tbl", f"{W}p"

Cells = Mapping[int, Hashable]  # the row and column that a paragraph comes from, by its number
Compare = Callable[[Sequence[Line], Sequence[Line]], Pairs]
Withheld = Callable[[str], bool]


class Version:
    """One of the two: its paragraphs that say something, in order, and the words of each."""

    def __init__(self, paragraphs: Sequence[Element], notes: Element, cells: Cells) -> None:
        self.paragraphs, self.cells = paragraphs, cells
        self.number = {id(paragraph): number for number, paragraph in enumerate(paragraphs)}
        by_id = {str(one.get(f"{W}id")): one for one in notes}
        self.words = [Words.of([paragraph], by_id) for paragraph in paragraphs]

    @cached_property
    def lines(self) -> list[Line]:
        return [Line(words.said, *self.place(number)) for number, words in enumerate(self.words)]

    def place(self, number: int) -> tuple[Hashable, int | None]:
        """Where a paragraph comes from, and its column in a table. A picture, which has no words, is known by its description."""
        paragraph = self.paragraphs[number]
        pictured, cell = paragraph.find(f".//{WP}docPr"), next(paragraph.iterancestors(_CELL), None)
        place = self.cells.get(number) if pictured is None else pictured.get("descr")
        if cell is None:
            return place, None
        row = cell.getparent().findall(_CELL)
        return place or ooxml.text_of(row[0]), row.index(cell)

    def within(self, element: Element) -> list[int]:
        """The paragraphs in an element."""
        own = (self.number.get(id(one)) for one in element.iter(_PARAGRAPH))
        return [number for number in own if number is not None]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier draft: its Word file, and by paragraph where that comes from; how it is compared with the one that is made.

    What it said and is `withheld` now is not shown again: `instead` is said there.
    """

    docx: bytes
    sources: Mapping[int, Source]
    compare: Compare
    withheld: Withheld
    instead: str


def track(new: Version, old: Version, earlier: Earlier, numbering: bytes, moment: str) -> None:
    """Marks all that came and went since `old`."""
    for words in old.words:
        if earlier.withheld(words.whole):
            words.pieces = [Piece(ooxml.words(earlier.instead), earlier.instead)]
    _Tracking(new, old, earlier.compare(old.lines, new.lines), numbering, moment).all()


class _Tracking:
    def __init__(self, new: Version, old: Version, pairs: Pairs, numbering: bytes, moment: str) -> None:
        self.new, self.old, self.pairs, self.marks = new, old, pairs, Marks(moment)
        lists = ooxml.parse(numbering).iterfind(f"{W}num") if numbering else ()
        self.lists = {one.get(f"{W}numId") for one in lists}
        self.put: dict[int, Element] = {}  # by paragraph of the old version, where it stands in the new one

    def all(self) -> None:
        came = set(range(len(self.new.paragraphs))) - {other for other, _ in self.pairs.values()}
        for one, (other, parts) in self.pairs.items():
            mark_words(self.new.words[other], self.old.words[one], parts, self.marks)
            self.put[one] = self.new.paragraphs[other]
        self.came(came)
        done: set[int] = set()
        for number in range(len(self.old.paragraphs)):
            if number not in self.pairs and number not in done:
                done |= self.went(number)

    def came(self, numbers: set[int]) -> None:
        rows = set()
        for number in sorted(numbers):
            paragraph = self.new.paragraphs[number]
            for piece in self.new.words[number].pieces:
                self.marks.came(piece.run)
                for inner in piece.note.pieces if piece.note else ():
                    if inner.text:
                        self.marks.came(inner.run)
            self.marks.end(paragraph, "ins")
            row = next(paragraph.iterancestors(_ROW), None)
            if row is not None and row not in rows and numbers.issuperset(self.new.within(row)):
                rows.add(row)
                self.marks.row(row, "ins")

    def went(self, number: int) -> set[int]:
        """Puts a paragraph that went where it stood, with the row or table that went with it; returns what was put."""
        paragraph = self.old.paragraphs[number]
        for unit in reversed(list(paragraph.iterancestors(_TABLE, _ROW))):
            inside = self.old.within(unit)
            if not set(inside) & self.pairs.keys() and self.placed(unit, number):
                return set(inside)
        cell, gone = self.counterpart(paragraph), self.gone(paragraph)
        if cell is not None:
            self.into(cell, gone, number)
        else:
            self.behind(gone, number)
        self.put[number] = gone
        return {number}

    def placed(self, unit: Element, number: int) -> bool:
        """Whether a table or row that went could be put behind what it stood behind."""
        made = self.gone_table(unit) if unit.tag == _TABLE else self.gone_row(unit)
        if unit.tag == _TABLE:
            self.behind(made, number)
        else:
            near = (one for one in (number - 1, self.old.within(unit)[-1] + 1) if one in self.put)
            rows = ((one, next(self.put[one].iterancestors(_ROW), None)) for one in near)
            fitting = ((one, row) for one, row in rows if row is not None and self.fits(unit, row, one))
            one, row = next(fitting, (0, None))
            if row is None:
                return False
            (row.addnext if one < number else row.addprevious)(made)
        for old, now in zip(unit.iter(_PARAGRAPH), made.iter(_PARAGRAPH), strict=True):
            if id(old) in self.old.number:
                self.put[self.old.number[id(old)]] = now
        return True

    def fits(self, unit: Element, row: Element, number: int) -> bool:
        """Whether a row stood in the table of which paragraph `number` is, and has as many cells as `row` in the new one."""
        table = unit.getparent()
        return table in self.old.paragraphs[number].iterancestors(_TABLE) and len(unit.findall(_CELL)) == len(
            row.findall(_CELL)
        )

    def counterpart(self, paragraph: Element) -> Element | None:
        """The cell in which a paragraph stood, where its row is still there."""
        cell = next(paragraph.iterancestors(_CELL), None)
        if cell is None:
            return None
        row = cell.getparent()
        kept = (self.put[number] for number in self.old.within(row) if number in self.put)
        now = next((found for one in kept if (found := next(one.iterancestors(_ROW), None)) is not None), None)
        cells = [] if now is None else now.findall(_CELL)
        at = row.findall(_CELL).index(cell)
        return cells[at] if len(cells) == len(row.findall(_CELL)) else None

    def into(self, cell: Element, gone: Element, number: int) -> None:
        """Puts a paragraph in a cell, behind what it stood behind there."""
        before = self.put.get(number - 1)
        if before is not None and cell in before.iterancestors(_CELL):
            before.addnext(gone)
        else:
            cell.find(_PARAGRAPH).addprevious(gone)

    def behind(self, gone: Element, number: int) -> None:
        """Puts a paragraph or table in the running text, behind what it stood behind."""
        before = self.put.get(number - 1)
        if before is None:
            self.top(self.new.paragraphs[0]).addprevious(gone)
        else:
            self.top(before).addnext(gone)

    def top(self, paragraph: Element) -> Element:
        """The paragraph, or the table that it stands in."""
        return next(reversed(list(paragraph.iterancestors(_TABLE))), paragraph)

    def gone(self, paragraph: Element) -> Element:
        """A paragraph of words that went."""
        made = make("p")
        if (properties := paragraph.find(f"{W}pPr")) is not None:
            made.append(copy.deepcopy(properties))
            for one in (*made[0].iterfind(f"{W}sectPr"), *made[0].iterfind(f"{W}numPr")):
                number = one.find(f"{W}numId")
                if number is None or number.get(f"{W}val") not in self.lists:
                    made[0].remove(one)
        self.marks.end(made, "del")
        own = self.old.number.get(id(paragraph))
        for piece in self.old.words[own].pieces if own is not None else ():
            text = f"{NOTE}{piece.note.whole}{NOTE_END}" if piece.note else piece.text
            if text:
                made.append(self.marks.went(text, None if piece.note else piece.run))
        return made

    def gone_row(self, row: Element) -> Element:
        made = make("tr", *(copy.deepcopy(one) for one in row.iterfind(f"{W}trPr")))
        for cell in row.iterfind(_CELL):
            properties = (copy.deepcopy(one) for one in cell.iterfind(f"{W}tcPr"))
            made.append(make("tc", *properties, *map(self.gone, cell.iterfind(_PARAGRAPH))))
        self.marks.row(made, "del")
        return made

    def gone_table(self, table: Element) -> Element:
        properties = (copy.deepcopy(one) for one in (*table.iterfind(f"{W}tblPr"), *table.iterfind(f"{W}tblGrid")))
        return make("tbl", *properties, *map(self.gone_row, table.iterfind(_ROW)))
