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
from flows.render.structure_pdf import Link, Role, Target, read_structure

SLACK = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text in normal form and as drawn; its place is in points from the page's lower left."""

    text: str
    raw: str
    role: Role
    left: float
    middle: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    The pieces of the running text, of its notes by number, the list markers, the furniture and the links.
    """

    number: int
    height: float
    text: tuple[Piece, ...]
    notes: tuple[tuple[int, tuple[Piece, ...]], ...]
    markers: tuple[Piece, ...]
    furniture: tuple[Piece, ...]
    links: tuple[Link, ...]
    note_links: tuple[tuple[int, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF.

    Its pages, its destinations by name, each string outside the text, and each whole property among them.
    """

    pages: tuple[Page, ...]
    targets: dict[str, Target]
    strings: tuple[str, ...]
    values: tuple[str, ...]

    def outside(self) -> Iterator[tuple[int, Piece]]:
        """Each piece that was drawn beyond the edge of its page, with the page's number."""
        for page in self.pages:
            notes = (piece for _, pieces in page.notes for piece in pieces)
            for piece in (*page.text, *notes, *page.markers, *page.furniture):
                if not (0 < piece.middle < page.height and piece.left > -SLACK):
                    yield page.number, piece

    def streams(self) -> Iterator[str]:
        """All text of the file as a reader may read it.

        The running text, each note, the furniture of each page.
        """
        yield "".join(piece.text for page in self.pages for piece in page.text)
        for page in self.pages:
            yield from ("".join(piece.text for piece in pieces) for _, pieces in page.notes)
            yield "".join(piece.text for piece in (*page.furniture, *page.markers))


def read_pdf(data: bytes) -> Pdf:
    """What stands in a PDF that pdf.py made."""
    file = read_structure(data)
    document = pypdfium2.PdfDocument(data)
    try:
        heights = [document.get_page_size(index)[1] for index in range(len(document))]
        pieces = [tuple(_pieces(document[index], file.roles, index + 1)) for index in range(len(document))]
    finally:
        document.close()
    pages = (
        _page(number, heights[number - 1], found, file.links[number - 1], file.targets)
        for number, found in enumerate(pieces, 1)
    )
    return Pdf(tuple(pages), file.targets, (*file.strings, *file.values), file.values)


def _pieces(page: Any, roles: dict[tuple[int, int], Role], number: int) -> Iterator[Piece]:
    """The pieces of a page in the order in which they were drawn."""
    text = page.get_textpage()
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8):
        raw = _text(drawn, text)
        if found := normal(raw):
            role = roles.get((number, pdfium.FPDFPageObj_GetMarkedContentID(drawn)), Role.FURNITURE)
            left, bottom, _, top = drawn.get_bounds()
            yield Piece(found, raw, role, left, (bottom + top) / 2)


def _text(drawn: Any, text: Any, size: int = 2048) -> str:
    """The text of what was drawn; read in one call unless it is longer than usual."""
    buffer = ctypes.create_string_buffer(size)
    needed = pdfium.FPDFTextObj_GetText(drawn, text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    if needed > size:
        return _text(drawn, text, needed)
    return buffer.raw[: needed - 2].decode("utf-16-le", "replace")


def _page(
    number: int, height: float, pieces: tuple[Piece, ...], links: tuple[Link, ...], targets: dict[str, Target]
) -> Page:
    """Sort what stands on a page. Below the highest note stands nothing but notes.

    Furniture stands in the margins only: above all text, or below it. What is drawn among the text without
    being tagged is text too, so that it shows as one word too many.
    """
    tops = sorted(
        (
            (target.top, int(name[1:]))
            for name, target in targets.items()
            if target.page == number and name[:1] == "n" and name[1:].isdecimal()
        ),
        reverse=True,
    )
    highest = tops[0][0] if tops else float("-inf")
    tagged = [piece.middle for piece in pieces if piece.role is not Role.FURNITURE]
    low, high = min(tagged, default=0.0), max(tagged, default=0.0)
    text, markers, furniture = [], [], []
    notes: dict[int, list[Piece]] = {note: [] for _, note in tops}
    note_links: dict[int, list[Link]] = {note: [] for _, note in tops}
    for piece in pieces:
        if piece.role is Role.FURNITURE and not low - SLACK <= piece.middle <= high + SLACK:
            furniture.append(piece)
        elif piece.middle <= highest:
            notes[_note(tops, piece.middle)].append(piece)
        elif piece.role is Role.MARKER:
            markers.append(piece)
        else:
            text.append(piece)
    for link in links:
        if link.middle <= highest:
            note_links[_note(tops, link.middle)].append(link)
    return Page(
        number,
        height,
        tuple(text),
        tuple((note, tuple(found)) for note, found in notes.items()),
        tuple(markers),
        tuple(furniture),
        tuple(link for link in links if link.middle > highest),
        tuple((note, tuple(found)) for note, found in note_links.items()),
    )


def _note(tops: list[tuple[float, int]], middle: float) -> int:
    """The number of the lowest note that begins above `middle`."""
    return next(note for top, note in reversed(tops) if top >= middle)
