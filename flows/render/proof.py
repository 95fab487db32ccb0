"""The proof of completeness.

What was given stands in the finished PDF, Word file and OpenDocument text, once, in order, and nothing else does.

In: the document, the HTML made of it, the bytes of the files, and the texts that may not be published. Out:
`Counts`; or ProofError (difference.py) for the first thing that is not as it should be. Makes nothing and
changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from flows.model.documents import Document
from flows.render.delivered import delivered
from flows.render.difference import Format, ProofError, Rule, differs, first_difference
from flows.render.leaks import Strings, published, refuse_leaks
from flows.render.office_file import OfficeFile
from flows.render.proof_pictures import prove_pictures
from flows.render.proof_tree import prove_tree
from flows.render.reading import HEADINGS, Manuscript, called, normal
from flows.render.reading_docx import read_docx
from flows.render.reading_html import read_html
from flows.render.reading_odt import read_odt
from flows.render.reading_pdf import Page, Pdf, Piece, read_pdf
from flows.render.regions import found_in
from flows.render.tracing import Trace, trace

__all__ = ["Counts", "Format", "ProofError", "Rule", "prove", "prove_office", "prove_pdf"]
OFFICES = {Format.DOCX: read_docx, Format.ODT: read_odt}

FULL = 0.6  # of the height of a page: notes that reach as high fill it


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted.

    Notes given and printed in each format, rows of the ministries, and words of the text.

    `rows` are the printed rows as (ministerie, nr).
    """

    notes: int
    notes_pdf: int
    notes_docx: int
    notes_odt: int
    rows: frozenset[tuple[str, str]]
    words: int

    @property
    def blocks(self) -> int:
        """How many rows are printed."""
        return len(self.rows)


def prove(html: str, pdf: bytes, docx: bytes, odt: bytes, document: Document, private: Iterable[str]) -> Counts:
    """Prove the files; raises ProofError for the first difference. Notes at the end are proved as the text that they are."""
    text, with_endnotes = read_html(html), read_html(html, endnotes=True)
    given = delivered(document, with_endnotes)
    endnotes = len(with_endnotes.notes) - len(text.notes)
    printed, offices = read_pdf(pdf), {Format.DOCX: _read(docx, Format.DOCX), Format.ODT: _read(odt, Format.ODT)}
    texts = (
        Strings(Format.PDF, (*printed.streams(), *printed.strings), printed.values),
        *(
            Strings(kind, (file.manuscript.text, *file.manuscript.notes, *file.strings), file.values)
            for kind, file in offices.items()
        ),
    )
    refuse_leaks(private, texts, published(document, text))
    notes = _compare_pdf(text, read_html(html, layout=True), printed)
    in_word, in_odt = (_compare_office(text, file.manuscript, kind) for kind, file in offices.items())
    for kind, data in ((Format.PDF, pdf), (Format.DOCX, docx), (Format.ODT, odt)):
        prove_pictures(html, data, kind)
    words = sum(len(raw.split()) for _, raw in text.words)
    return Counts(given.notes, notes + endnotes, in_word + endnotes, in_odt + endnotes, given.rows, words)


def prove_pdf(html: str, pdf: bytes) -> int:
    """Prove the PDF of a document that is made of no brief; the number of its notes."""
    return _compare_pdf(read_html(html), read_html(html, layout=True), read_pdf(pdf))


def prove_office(html: str, file: bytes, format: Format) -> int:
    """Prove the Word file or the OpenDocument text of a document that is made of no brief; the number of its notes."""
    return _compare_office(read_html(html), _read(file, format).manuscript, format)


def _read(file: bytes, format: Format) -> OfficeFile:
    try:
        return OFFICES[format](file)
    except (KeyError, ValueError) as broken:
        raise ProofError(format, Rule.NOTE, extra=str(broken)) from broken


def _compare_pdf(text: Manuscript, laid_out: Manuscript, pdf: Pdf) -> int:
    """All that a PDF must be.

    Within its pages, and with the words, notes, contents, links and structure that were given.
    """
    for page, piece in pdf.astray():
        raise ProofError(Format.PDF, Rule.OUTSIDE, extra=piece.raw, page=page)
    traced = trace(laid_out, pdf)
    notes = _compare_notes(text, pdf, traced)
    _compare_contents(laid_out)
    prove_tree(laid_out, pdf)
    return notes


def _compare_notes(text: Manuscript, pdf: Pdf, traced: Trace) -> int:
    """Each note begins on the page of its call or the next, in the order of the calls on paper, and is printed whole.

    One that does not fit a page goes on at the head of the next page's notes; the notes behind it wait.
    """
    full = {page.number for page in pdf.pages if _is_full(page)}
    printed = [(number, page.number, pieces) for page in pdf.pages for number, pieces in page.notes]
    pages: dict[int, int] = {}
    for number, page, _ in printed:
        pages.setdefault(number, page)
    for number, words in enumerate(text.notes, 1):
        if number not in pages:
            raise _note_differs(text, number, Rule.NOTE, missing=words)
        call, begin = traced.calls[number], pages[number]
        if begin < call or not full.issuperset(range(call + 1, begin)):
            raise _note_differs(text, number, Rule.NOTE_PAGE, missing=str(call), extra=str(begin))
        if (target := pdf.targets.get(f"n{number}")) is None or target.page != begin:
            raise _note_differs(text, number, Rule.LINK, missing=f"#n{number}")
    for number, parts in groupby(printed, key=lambda part: part[0]):
        _compare_note(text, number, tuple(piece for _, _, pieces in parts for piece in pieces))
    order = [number for number, _ in groupby(number for number, _, _ in printed)]
    expected = sorted(pages, key=lambda number: (traced.calls[number], number))
    for number, wanted in zip(order, expected, strict=True):
        if number != wanted:
            raise _note_differs(text, wanted, Rule.NOTE_ORDER, missing=str(wanted), extra=str(number))
    return len(pages)


def _is_full(page: Page) -> bool:
    """Whether a page has no room for one note more: they reach into its upper part."""
    return any(pieces[0].middle > FULL * page.height for _, pieces in page.notes)


def _compare_note(text: Manuscript, number: int, pieces: tuple[Piece, ...]) -> None:
    """A note says its number, and its words."""
    if number > len(text.notes):
        raise ProofError(Format.PDF, Rule.NOTE, note=number, extra="".join(piece.raw for piece in pieces))
    marker = pieces[0].text.rstrip(".)") if pieces else ""
    if marker != str(number):
        raise _note_differs(text, number, Rule.NOTE, missing=str(number), extra=marker)
    words = text.notes[number - 1]
    if not found_in(words, pieces[1:]):
        found = "".join(piece.text for piece in pieces[1:])
        start, end, begin, stop = first_difference(words, found)
        raise _note_differs(text, number, Rule.NOTE, missing=words[start:end], extra=found[begin:stop])


def _note_differs(text: Manuscript, number: int, rule: Rule, *, missing: str = "", extra: str = "") -> ProofError:
    at = next(index for index, character in enumerate(text.text) if called(character) == number)
    return differs(text, Format.PDF, rule, at, missing=missing, extra=extra, note=number)


def _compare_contents(laid_out: Manuscript) -> None:
    """Each entry of the contents list names the heading that it leads to.

    (Its page number is compared in tracing.)
    """
    headings = {span.id: span for span in laid_out.spans if span.tag in HEADINGS and span.id}
    for entry in laid_out.contents:
        heading = headings.get(entry.target)
        words = laid_out.readable(heading.start, heading.end) if heading else ""
        named = laid_out.readable(entry.start, entry.end)
        if normal(named) != normal(words):
            raise ProofError(Format.HTML, Rule.CONTENTS, missing=words, extra=named)


def _compare_links(format: Format, given: list[str], found: list[str], note: int | None = None) -> None:
    if given == found:
        return
    pairs = zip([*given, *[""] * len(found)], [*found, *[""] * len(given)], strict=True)
    missing, extra = next((left, right) for left, right in pairs if left != right)
    raise ProofError(format, Rule.LINK, missing=missing, extra=extra, note=note)


def _compare_office(text: Manuscript, word: Manuscript, format: Format) -> int:
    """The file's text is the manuscript's, with the same notes at the same places and the same links; the number of notes."""
    if text.text != word.text:
        start, end, begin, stop = first_difference(text.text, word.text)
        note = called(text.text[start]) if start < len(text.text) else None
        missing, extra = text.readable(start, end), word.readable(begin, stop)
        rule = Rule.CALL if note else Rule.TEXT
        raise differs(text, format, rule, start, missing=missing, extra=extra, note=note)
    for number, (given, found) in enumerate(zip(text.notes, word.notes, strict=True), 1):
        if given != found:
            start, end, begin, stop = first_difference(given, found)
            at = next(index for index, character in enumerate(text.text) if called(character) == number)
            raise differs(
                text,
                format,
                Rule.NOTE,
                at,
                missing=given[start:end],
                extra=found[begin:stop],
                note=number,
            )
    _compare_links(format, list(_external(text.links)), list(_external(word.links)))
    for number, (links, others) in enumerate(zip(text.note_links, word.note_links, strict=True), 1):
        _compare_links(format, list(links), list(others), number)
    return len(word.notes)


def _external(links: Iterable[str]) -> Iterator[str]:
    return (address for address in links if not address.startswith("#"))
