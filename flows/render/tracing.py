"""Follows the text of a PDF along the manuscript, piece by piece.

In: the manuscript with its layout, the PDF as read. Out: `Trace`.

What a page adds by itself is known and used up: hyphens at line ends, list markers, repeated table heads,
page numbers in the contents list. A row that goes on on the next page is followed cell by cell. Anything else
that differs raises ProofError.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.render.difference import WINDOW, Format, ProofError, Rule, differs, first_difference
from flows.render.reading import LEADER, Manuscript, called, marked
from flows.render.reading_pdf import Page, Pdf, Piece
from flows.render.regions import Cell, Region, advance, regions
from flows.render.structure_pdf import Target

CALL_WIDTH, CALL_HEIGHT, LINE = 4.0, 30.0, 5.0
DOTS = frozenset(".…·_")
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Trace:
    """On which page each note is called (by number, from 1), and whether a row goes on on another page."""

    calls: dict[int, int]
    split: bool


def trace(given: Manuscript, pdf: Pdf) -> Trace:
    """Find all of the manuscript's text in the PDF, in order, and nothing else."""
    walk = _Walk(given, pdf.targets, regions(given))
    for page in pdf.pages:
        walk.page(page)
    walk.finish()
    return Trace(walk.calls, walk.split)


@dataclass(slots=True)
class _Walk:
    """Where the walk is: the region, and the cell of it."""

    given: Manuscript
    targets: dict[str, Target]
    regions: list[Region]
    region: int = 0
    cell: int = 0
    split: bool = False
    calls: dict[int, int] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)
    height: float = 0.0

    def page(self, page: Page) -> None:
        """Follow the text of one page, and compare its list markers."""
        self.items = []
        pieces = page.text
        first = self._after_head(pieces)
        self.cell, self.height = 0, page.height
        for index in range(first, len(pieces)):
            if not self._follow(pieces[index], page.number):
                self._fail(page, pieces[index:])
        self._compare_markers(page)

    def finish(self) -> None:
        """Nothing of the manuscript may be left."""
        for region in self.regions[self.region :]:
            for cell in region.cells:
                if not self._complete(cell):
                    raise self._error(Rule.TEXT, cell.at, missing=self.given.readable(cell.at, cell.end)[:WINDOW])

    def _after_head(self, pieces: Sequence[Piece]) -> int:
        """How many pieces repeat the head of the table that goes on on this page."""
        coming = (region for region in self.regions[self.region :] if not all(map(self._complete, region.cells)))
        region = next(coming, None)
        if region is None or region.head is None:
            return 0
        head = Cell(*region.head)
        for count, piece in enumerate(pieces):
            if head.at == head.end:
                return count
            if not advance(self.given.text, head, piece.text):
                return 0
        return 0

    def _follow(self, piece: Piece, page: int) -> bool:
        """Find one piece at the mark of this cell, or of one further on."""
        while self.region < len(self.regions):
            region = self.regions[self.region]
            for number in range(self.cell + self._is_above(piece, region), len(region.cells)):
                if self._matches(region.cells[number], piece, page):
                    self.cell, self.height = number, piece.middle
                    self.split |= region.page not in (0, page) and len(region.cells) > 1
                    region.page = page
                    return True
            if not all(map(self._complete, region.cells)):
                return False
            region.page = region.page or page
            self.region, self.cell, self.height = self.region + 1, 0, piece.middle
        return False

    def _is_above(self, piece: Piece, region: Region) -> bool:
        """Whether a piece of a row stands above the last one, so that it belongs to a cell further on."""
        return (
            len(region.cells) > 1
            and region.cells[self.cell].at < region.cells[self.cell].end
            and piece.middle > self.height + LINE
        )

    def _matches(self, cell: Cell, piece: Piece, page: int) -> bool:
        """Find one piece at the mark of `cell`, behind the list markers that stand there."""
        text, at, items = self.given.text, cell.at, []
        while at < cell.end and (number := marked(text[at])) is not None:
            items.append(number)
            at += 1
        if at < cell.end and (note := called(text[at])) is not None:
            if piece.text != str(note) or not self._stands_at(f"v{note}", piece, page):
                return False
            self.calls[note] = page
            cell.at = at + 1
        elif at < cell.end and text[at] == LEADER:
            return self._leads(cell, piece, at)
        else:
            ahead = Cell(at, cell.end)
            if not advance(text, ahead, piece.text):
                return False
            cell.at = ahead.at
        self.items += items
        return True

    def _stands_at(self, name: str, piece: Piece, page: int) -> bool:
        target = self.targets.get(name)
        return (
            target is not None
            and target.page == page
            and abs(target.left - piece.left) < CALL_WIDTH
            and 0 < target.top - piece.middle < CALL_HEIGHT
        )

    def _leads(self, cell: Cell, piece: Piece, at: int) -> bool:
        """Use up the dots and the number behind an entry of the contents list: the page of its heading."""
        if DOTS.issuperset(piece.text):
            return True
        entry = next(span for span in self.given.contents if span.end == at)
        target = self.targets.get(entry.target)
        page = str(target.page) if target else ""
        if piece.text != page:
            raise self._error(Rule.CONTENTS, entry.start, missing=page, extra=piece.raw.strip())
        cell.at = at + 1
        return True

    def _complete(self, cell: Cell) -> bool:
        """Whether nothing but markers of empty items is left."""
        return all(marked(self.given.text[at]) is not None for at in range(cell.at, cell.end))

    def _compare_markers(self, page: Page) -> None:
        """Each item that begins on a page has its number there, or a bullet, and nothing else has."""
        given = Counter(str(number) if number else BULLET for number in self.items)
        found = Counter("".join(filter(str.isalnum, piece.text)) or BULLET for piece in page.markers)
        if given != found:
            missing, extra = " ".join(given - found), " ".join(found - given)
            raise ProofError(Format.PDF, Rule.MARKER, missing=missing, extra=extra, page=page.number)

    def _fail(self, page: Page, pieces: Sequence[Piece]) -> None:
        """Say what differs at the first piece that does not fit."""
        text = self.given.text
        region = self.regions[min(self.region, len(self.regions) - 1)]
        cell = next((cell for cell in region.cells if not self._complete(cell)), region.cells[-1])
        given = text[cell.at : cell.at + WINDOW]
        found = "".join(piece.text for piece in pieces)[:WINDOW]
        start, end, begin, stop = first_difference(given, found)
        rule = Rule.CALL if start < len(given) and called(given[start]) is not None else Rule.TEXT
        note = called(given[start]) if rule is Rule.CALL else None
        missing = self.given.readable(cell.at + start, cell.at + end)
        raise self._error(rule, cell.at + start, missing=missing, extra=found[begin:stop], page=page.number, note=note)

    def _error(
        self,
        rule: Rule,
        at: int,
        *,
        missing: str = "",
        extra: str = "",
        page: int | None = None,
        note: int | None = None,
    ) -> ProofError:
        return differs(self.given, Format.PDF, rule, at, missing=missing, extra=extra, page=page, note=note)
