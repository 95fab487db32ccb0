"""What stands in a finished PDF, and where.

In: the file's bytes. Out: `Pdf`: the pages, with what stands on them.

Reads only the file, with PDFium, which had no part in making it; what text does not tell is read by
structure_pdf. A piece is what was drawn in one go: a line, or the part of it in one style.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from flows.render.reading import normal
from flows.render.structure_pdf import Target, read_structure
from flows.render.tree_pdf import Mark, Role, Tree

SLACK = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text in normal form and as drawn; its place is in points from the page's lower left."""

    text: str
    raw: str
    mark: Mark
    left: float
    middle: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    The pieces of the running text as they were drawn, of the notes by number from the highest down, and the rest: the
    list markers, the text in pictures, the furniture.
    """

    number: int
    height: float
    text: tuple[Piece, ...]
    notes: tuple[tuple[int, tuple[Piece, ...]], ...]
    markers: tuple[Piece, ...]
    pictures: tuple[Piece, ...]
    furniture: tuple[Piece, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All that stands on the page."""
        notes = (piece for _, pieces in self.notes for piece in pieces)
        return (*self.text, *notes, *self.markers, *self.pictures, *self.furniture)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF.

    Its pages, its structure tree, its destinations by name, each string outside the text, and each whole property
    among them.
    """

    pages: tuple[Page, ...]
    tree: Tree
    targets: dict[str, Target]
    strings: tuple[str, ...]
    values: tuple[str, ...]

    def astray(self) -> Iterator[tuple[int, Piece]]:
        """Each piece beyond the edge of its page, and each of the text among notes, with the page's number."""
        for page in self.pages:
            for piece in page.pieces:
                if not (0 < piece.middle < page.height and piece.left > -SLACK):
                    yield page.number, piece
            highest = max((pieces[0].middle for _, pieces in page.notes), default=float("-inf"))
            for piece in (*page.text, *page.markers):
                if piece.middle < highest:
                    yield page.number, piece

    def streams(self) -> Iterator[str]:
        """All text of the file as a reader may read it.

        The running text, each note, the rest of each page.
        """
        yield "".join(piece.text for page in self.pages for piece in page.text)
        for page in self.pages:
            yield from ("".join(piece.text for piece in pieces) for _, pieces in page.notes)
            yield "".join(piece.text for piece in (*page.furniture, *page.pictures, *page.markers))


def read_pdf(data: bytes) -> Pdf:
    """What stands in a PDF that pdf.py made."""
    file = read_structure(data)
    marks = {(mark.page, mark.number): mark for mark in file.tree.marks}
    document = pypdfium2.PdfDocument(data)
    try:
        pages = tuple(
            _page(number, document.get_page_size(number - 1)[1], tuple(_pieces(document[number - 1], marks, number)))
            for number in range(1, len(document) + 1)
        )
    finally:
        document.close()
    return Pdf(pages, file.tree, file.targets, (*file.strings, *file.values), file.values)


def _pieces(page: Any, marks: dict[tuple[int, int], Mark], number: int) -> Iterator[Piece]:
    """The pieces of a page in the order in which they were drawn."""
    text = page.get_textpage()
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8):
        raw = _text(drawn, text)
        if found := normal(raw):
            place = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
            mark = marks.get((number, place)) or Mark(number, place, _untagged(drawn), 0)
            left, bottom, _, top = drawn.get_bounds()
            yield Piece(found, raw, mark, left, (bottom + top) / 2)


def _untagged(drawn: Any) -> Role:
    """The role of what is not in the tree: an artifact that says which (head or foot of the page) is furniture."""
    marks = (pdfium.FPDFPageObj_GetMark(drawn, place) for place in range(pdfium.FPDFPageObj_CountMarks(drawn)))
    furniture = any(pdfium.FPDFPageObjMark_GetParamValueType(mark, b"Subtype") for mark in marks)
    return Role.FURNITURE if furniture else Role.LOOSE


def _text(drawn: Any, text: Any, size: int = 2048) -> str:
    """The text of what was drawn; read in one call unless it is longer than usual."""
    buffer = ctypes.create_string_buffer(size)
    needed = pdfium.FPDFTextObj_GetText(drawn, text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    if needed > size:
        return _text(drawn, text, needed)
    return buffer.raw[: needed - 2].decode("utf-16-le", "replace")


def _page(number: int, height: float, pieces: tuple[Piece, ...]) -> Page:
    """Sort what stands on a page.

    Furniture stands in the margins only: above all text, or below it. What is drawn among the text without being
    tagged is text too, so that it shows as one word too many.
    """
    tagged = [piece.middle for piece in pieces if piece.mark.role not in (Role.FURNITURE, Role.LOOSE)]
    low, high = min(tagged, default=0.0), max(tagged, default=0.0)
    sorted_: dict[Role, list[Piece]] = {role: [] for role in (Role.TEXT, Role.MARKER, Role.FIGURE, Role.FURNITURE)}
    notes: dict[int, list[Piece]] = {}
    for piece in pieces:
        role = piece.mark.role
        if piece.mark.note:
            notes.setdefault(piece.mark.note, []).append(piece)
        elif role is Role.FURNITURE and low - SLACK <= piece.middle <= high + SLACK:
            sorted_[Role.TEXT].append(piece)
        else:
            sorted_[role if role in sorted_ else Role.TEXT].append(piece)
    downwards = sorted(notes.items(), key=lambda item: -item[1][0].middle)
    return Page(
        number,
        height,
        tuple(sorted_[Role.TEXT]),
        tuple((note, tuple(found)) for note, found in downwards),
        tuple(sorted_[Role.MARKER]),
        tuple(sorted_[Role.FIGURE]),
        tuple(sorted_[Role.FURNITURE]),
    )
