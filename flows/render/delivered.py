"""Whether the HTML holds the whole document.

In: the document and the HTML as read. Out: how many rows and notes were given.

Each text of the document must stand in the manuscript, in order, in the row that it belongs to, and each note's
words in its note. The templates may say more, never less.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from flows.model.documents import Document
from flows.model.text import Note
from flows.render.difference import Format, ProofError, Rule, first_difference
from flows.render.reading import Manuscript, call, normal
from flows.render.telling import told
from flows.render.telling_parts import Told

CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Given:
    """What a document gives: its notes, and its rows by number."""

    notes: int
    rows: frozenset[tuple[str, str]]


def delivered(document: Document, manuscript: Manuscript) -> Given:
    """Find all of the document in the manuscript; raises ProofError for the first text that is not there."""
    rows = sorted((span.start, span.end, span.nr) for span in manuscript.spans if span.nr)
    starts = [start for start, _, _ in rows]
    found: set[tuple[str, str]] = set()
    at, number = 0, 0
    for text in told(document):
        wanted = normal(text.text)
        for inline in text.inlines:
            if isinstance(inline, Note):
                number += 1
                _compare_note(number, inline, manuscript, text)
                wanted += call(number)
            else:
                wanted += normal(inline.text)
        place = manuscript.text.find(wanted, at)
        while text.nr and place >= 0 and not _in_row(rows, starts, place, text.nr):
            place = manuscript.text.find(wanted, place + 1)
        if place < 0:
            raise _missing(text, wanted, manuscript, at)
        if text.nr:
            found.add((text.ministerie or "", text.nr))
        at = place + len(wanted)
    if number != len(manuscript.notes):
        extra = manuscript.notes[number] if number < len(manuscript.notes) else ""
        raise ProofError(Format.HTML, Rule.NOTE, note=number + 1, extra=extra)
    return Given(number, frozenset(found))


def _in_row(rows: list[tuple[int, int, str]], starts: list[int], place: int, nr: str) -> bool:
    start, end, found = rows[max(0, bisect_right(starts, place) - 1)]
    return start <= place < end and found == nr


def _compare_note(number: int, note: Note, manuscript: Manuscript, text: Told) -> None:
    words = "".join(inline.text for inline in note.inlines)
    found = manuscript.notes[number - 1] if number <= len(manuscript.notes) else ""
    given = normal(words)
    if given != found:
        start, end, begin, stop = first_difference(given, found)
        raise ProofError(
            Format.HTML,
            Rule.NOTE,
            missing=given[start:end] if found else words,
            extra=found[begin:stop],
            context=given[max(0, start - CONTEXT) : start],
            nr=text.nr,
            ministerie=text.ministerie,
            note=number,
        )


def _missing(text: Told, wanted: str, manuscript: Manuscript, at: int) -> ProofError:
    words = text.text or "".join("" if isinstance(inline, Note) else inline.text for inline in text.inlines)
    return ProofError(
        Format.HTML,
        Rule.TEXT,
        missing=words or wanted,
        context=manuscript.readable(max(0, at - CONTEXT), at),
        nr=text.nr,
        ministerie=text.ministerie,
    )
