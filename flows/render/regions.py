"""The manuscript as it is drawn: rows with their cells, and the text between them.

In: the manuscript. Out: its regions, in each of which a mark moves on with what has been found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows.render.reading import Manuscript
from flows.render.reading_pdf import Piece


@dataclass(slots=True)
class Cell:
    """A stretch of the manuscript, and how far it has been found."""

    at: int
    end: int


@dataclass(slots=True)
class Region:
    """What is drawn as one.

    A row with its cells, or the text between two rows (one cell). `head` is the table's.
    """

    cells: list[Cell]
    head: tuple[int, int] | None = None
    page: int = 0


def regions(given: Manuscript) -> list[Region]:
    """The manuscript as rows, and what stands between them."""
    found: list[Region] = []
    head: tuple[int, int] | None = None
    at = 0
    for span in given.spans:
        if span.tag == "table":
            head = None
        elif span.tag == "thead":
            head = (span.start, span.end)
        elif span.tag == "tr" and span.end > span.start:
            found.append(Region([Cell(at, span.start)]))
            found.append(Region([], head if head and span.start >= head[1] else None))
            at = span.end
        elif span.tag in ("td", "th") and span.end > span.start:
            found[-1].cells.append(Cell(span.start, span.end))
    return [
        *(region for region in found if region.cells[0].at < region.cells[-1].end),
        Region([Cell(at, len(given.text))]),
    ]


def advance(text: str, cell: Cell, piece: str) -> bool:
    """Move the cell's mark behind `piece` where it stands there; a hyphen may end it within a word."""
    end = cell.at + len(piece)
    if end <= cell.end and text.startswith(piece, cell.at):
        cell.at = end
        return True
    if piece[-1] != "-" or end > cell.end or not text.startswith(piece[:-1], cell.at):
        return False
    if not (text[end - 2 : end - 1].isalnum() and text[end - 1 : end].isalnum()):
        return False
    cell.at = end - 1
    return True


def found_in(text: str, pieces: Iterable[Piece]) -> bool:
    """Whether the pieces say just what `text` says."""
    cell = Cell(0, len(text))
    return all(advance(text, cell, piece.text) for piece in pieces) and cell.at == cell.end
