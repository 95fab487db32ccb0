"""The proof of the structure: who hears the PDF, hears the same text.

In: the manuscript with its layout, the PDF as read. Out: nothing, or ProofError for what is wrong.

Read along the tree, the words are those of the manuscript in its order, with each note directly behind its call;
the headings have their levels; each link lies on its own words and leads where it should, from a call to its
note and back.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from flows.render.difference import WINDOW, Format, ProofError, Rule, first_difference
from flows.render.reading import HEADINGS, LEADER, Manuscript, called, marked
from flows.render.reading_pdf import SLACK, Pdf, Piece
from flows.render.regions import Cell, advance
from flows.render.tree_pdf import Link, Role

SKIPPED = frozenset((Role.MARKER, Role.LABEL, Role.FIGURE))


def prove_tree(given: Manuscript, pdf: Pdf) -> None:
    """Prove the structure tree; raises ProofError for the first fault."""
    for fault in pdf.tree.faults:
        raise _wrong(extra=fault)
    levels = [int(span.tag[1]) for span in given.spans if span.tag in HEADINGS]
    if levels != pdf.tree.levels:
        raise _wrong(missing=" ".join(map(str, levels)), extra=" ".join(map(str, pdf.tree.levels)))
    drawn = _drawn(pdf)
    _compare_words("".join(_heard(given, pdf)), drawn, pdf)
    _compare_links(given, pdf, drawn)


def _wrong(*, missing: str = "", extra: str = "", note: int | None = None, page: int | None = None) -> ProofError:
    return ProofError(Format.PDF, Rule.STRUCTURE, missing=missing, extra=extra, note=note, page=page)


def _drawn(pdf: Pdf) -> dict[tuple[int, int], list[Piece]]:
    """What was drawn, by page and mark."""
    found: dict[tuple[int, int], list[Piece]] = {}
    for page in pdf.pages:
        for piece in page.pieces:
            found.setdefault((page.number, piece.mark.number), []).append(piece)
    return found


def _heard(given: Manuscript, pdf: Pdf) -> Iterator[str]:
    """The text as it should be heard: notes at their call, numbers of pages in the contents list, no list markers."""
    entries = {span.end: span.target for span in given.contents}
    for at, character in enumerate(given.text):
        if (number := called(character)) is not None:
            yield f"{number}{given.notes[number - 1]}"
        elif character == LEADER:
            yield str(pdf.targets[entries[at]].page)
        elif marked(character) is None:
            yield character


def _compare_words(heard: str, drawn: dict[tuple[int, int], list[Piece]], pdf: Pdf) -> None:
    cell = Cell(0, len(heard))
    for mark in pdf.tree.marks:
        for piece in drawn.get((mark.page, mark.number), ()):
            if mark.role is Role.LABEL and piece.text.rstrip(".)") != str(mark.note):
                raise _wrong(missing=str(mark.note), extra=piece.raw, note=mark.note, page=mark.page)
            if mark.role not in SKIPPED and not advance(heard, cell, piece.text):
                rest = heard[cell.at : cell.at + WINDOW]
                start, end, begin, stop = first_difference(rest, piece.text)
                raise _wrong(missing=rest[start:end], extra=piece.text[begin:stop], page=mark.page)
    if cell.at < cell.end:
        raise _wrong(missing=heard[cell.at : cell.at + WINDOW])


def _compare_links(given: Manuscript, pdf: Pdf, drawn: dict[tuple[int, int], list[Piece]]) -> None:
    for link in pdf.tree.links:
        pieces = [piece for mark in link.marks for piece in drawn.get((mark.page, mark.number), ())]
        if not any(piece.mark.page == link.page and _lies_on(link, piece) for piece in pieces):
            raise _wrong(extra=link.address, page=link.page)
        if not link.said:
            raise _wrong(missing=link.address, page=link.page)
    for role, name in ((Role.CALL, "n"), (Role.LABEL, "v")):
        expected = [f"#{name}{number}" for number in range(1, len(given.notes) + 1)]
        found = [link.address for link in pdf.tree.links if link.role is role]
        if found != expected:
            missing, extra = " ".join(sorted(set(expected) - set(found))), " ".join(found)
            raise ProofError(Format.PDF, Rule.LINK, missing=missing, extra=extra)
    _compare_addresses(given.links, (link for link in pdf.tree.links if not link.note and link.role is Role.TEXT))
    for number, links in enumerate(given.note_links, 1):
        inside = (link for link in pdf.tree.links if link.note == number and link.role is Role.TEXT)
        _compare_addresses(links, inside, number)


def _compare_addresses(given: tuple[str, ...], links: Iterator[Link], note: int | None = None) -> None:
    """The links of the text or of a note, in order. One over several lines is several in a PDF."""
    wanted = [address for address, _ in groupby(given)]
    found = [address for address, _ in groupby(link.address for link in links)]
    if wanted != found:
        pairs = zip([*wanted, *[""] * len(found)], [*found, *[""] * len(wanted)], strict=True)
        missing, extra = next((left, right) for left, right in pairs if left != right)
        raise ProofError(Format.PDF, Rule.LINK, missing=missing, extra=extra, note=note)


def _lies_on(link: Link, piece: Piece) -> bool:
    left, bottom, right, top = link.area
    low, high = sorted((bottom, top))
    return left - SLACK <= piece.left <= right + SLACK and low - SLACK <= piece.middle <= high + SLACK
