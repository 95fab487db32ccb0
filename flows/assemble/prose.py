"""Prose to parts: the runs of a cell to paragraphs and list items, with its footnotes at their place.

A reference between brackets leaves the text and becomes a note; one in running prose stays and gets a link. The words are
never changed: only what stood around a reference that left is tidied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flows.assemble.brackets import CONTINUED, divide
from flows.assemble.spans import Span, after_bullet, each_line, gaps_of, parts_of, strip
from flows.assemble.tidy import tidy
from flows.assemble.tokens import (
    Bracket,
    Commentary,
    blanked,
    commentaries,
    flatten,
    open_points,
    references_in,
    tokens,
)
from flows.kamerstuk.citation import identifiers, link, pieces
from flows.model.delivery import Origin, Run
from flows.model.reference import Citeerwijze, Piece, Reference, Soort
from flows.model.text import Citation, Inline, Note, OpenPoint, Part, PartKind, Text, plain

_BETWEEN = re.compile(r"[\s,;]*(?:\ben\b)?[\s,;]*")


@dataclass(frozen=True, slots=True)
class Prose:
    """The parts of a cell, and what a rule must say about it: (rule, words)."""

    parts: tuple[Part, ...]
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Cell:
    runs: Sequence[Run]
    wijze: Citeerwijze
    origin: Origin | None
    by_line: bool = False  # a line end ends a reference
    text: str = ""
    problems: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = flatten("".join(run.text for run in self.runs), references=not self.by_line)

    def styled(self, span: Span) -> Iterator[Text]:
        """The words of a span, each stretch in its style."""
        start = 0
        for run in self.runs:
            first, last = max(span[0], start), min(span[1], start + len(run.text))
            start += len(run.text)
            if first < last:
                yield Text(self.text[first:last], run.bold, run.italic)

    def citation(self, reference: Reference) -> Citation:
        """A reference in the form in which notes and annexes print it."""
        return Citation(reference, pieces(reference, self.wijze))

    def linked(self, reference: Reference) -> Citation:
        """A reference in running prose: the words as typed, with a link to the paper."""
        known = identifiers(reference)
        return Citation(reference, (Piece(reference.text, link(known[0]) if known else None),))


def prose(runs: Sequence[Run], wijze: Citeerwijze, origin: Origin | None = None) -> Prose:
    """The paragraphs and list items of a cell: a line break starts a new one, empty lines do not count."""
    cell = _Cell(runs, wijze, origin)
    parts = []
    for kind, span in parts_of(cell.text):
        inlines = _line(cell, span)
        if inlines:
            parts.append(Part(kind, inlines))
    return Prose(tuple(parts), tuple(cell.problems))


def notes(runs: Sequence[Run], wijze: Citeerwijze, origin: Origin | None = None) -> Prose:
    """The column Kamerstukken as one part of notes: one for each line, in which `;` joins references and words stay."""
    cell = _Cell(runs, wijze, origin, by_line=True)
    result: list[Inline] = []
    for span in each_line(cell.text):
        own, outside = _commentaries(cell, _bare(cell.text, after_bullet(cell.text, span)))
        said = tidy([inline for gap in outside for inline in _cited(cell, gap)])
        result += [Note(said, origin)] if said else []  # type: ignore[arg-type]
        result += [made for note in own for made in _commentary(cell, note.inner)]
    return Prose((Part(PartKind.ALINEA, tuple(result)),), tuple(cell.problems))


def words(text: str, wijze: Citeerwijze, origin: Origin | None = None) -> Prose:
    """A cell of one line, such as Kamerstuk or Bron, as an annex or heading prints it: references in the printed form."""
    cell = _Cell([Run(" ".join(text.split("\n")))], wijze, origin)
    own, outside = _commentaries(cell, _bare(cell.text, (0, len(cell.text))))
    inlines = _cited(cell, outside[0])
    for note, gap in zip(own, outside[1:], strict=True):
        inlines += [*_commentary(cell, note.inner), *_cited(cell, gap)]
    tidied = tidy(inlines)
    return Prose((Part(PartKind.ALINEA, tidied),) if tidied else (), tuple(cell.problems))


def _commentaries(cell: _Cell, span: Span) -> tuple[list[Commentary], list[Span]]:
    """The commentary notes in a span, and what stands around them; one that is not closed is reported."""
    found, unclosed = commentaries(cell.text[slice(*span)])
    if unclosed is not None:
        cell.problems.append(("noot-niet-gesloten", cell.text[span[0] + unclosed : span[1]]))
    own = [note.moved(span[0]) for note in found]
    return own, gaps_of(span, [note.span for note in own])


def _line(cell: _Cell, span: Span) -> tuple[Inline, ...]:
    """The inlines of one line: what leaves the text is cut, what takes its place is put there."""
    found = tokens(cell.text, span)
    if found.unclosed is not None:
        cell.problems.append(("noot-niet-gesloten", cell.text[found.unclosed : span[1]]))
    cuts: list[tuple[Span, Sequence[Inline]]] = [
        *((bracket.span, _bracket(cell, bracket, span)) for bracket in found.brackets),
        *((reference.span, (cell.linked(reference),)) for reference in found.loose),
    ]
    cuts += [(note.span, _commentary(cell, note.inner)) for note in found.commentaries if _is_free(note.span, cuts)]
    cuts += [(point, (OpenPoint(cell.text[slice(*point)]),)) for point in found.open_points if _is_free(point, cuts)]
    inlines: list[Inline] = []
    at = span[0]
    for (start, end), replacement in sorted(cuts, key=lambda cut: cut[0]):
        inlines += cell.styled((at, start))
        inlines += replacement
        at = end
    inlines += cell.styled((at, span[1]))
    return tidy(inlines)


def _is_free(span: Span, cuts: Sequence[tuple[Span, Sequence[Inline]]]) -> bool:
    """Whether a span stands outside all that is cut."""
    return not any(start <= span[0] < end for (start, end), _ in cuts)


def _bare(text: str, span: Span) -> Span:
    """A span without the white space at its ends, and without the brackets around it where it is no more than a reference in them."""
    start, end = strip(text, span)
    inner = start + 1, end - 1
    return strip(text, inner) if _is_enclosed(text, (start, end)) and references_in(text, inner) else (start, end)


def _is_enclosed(text: str, span: Span) -> bool:
    """Whether words stand in one pair of brackets."""
    words = text[slice(*span)]
    return words[:1] + words[-1:] in {"()", "[]"} and not set(words[1:-1]) & set("()[]")


def _commentary(cell: _Cell, inner: Span) -> tuple[Note, ...]:
    """A note of the words in a span; none, and a problem, where there are none."""
    inlines = _note_inlines(cell, _bare(cell.text, inner))
    if not inlines:
        cell.problems.append(("noot-leeg", ""))
        return ()
    return (Note(inlines, cell.origin),)


def _bracket(cell: _Cell, bracket: Bracket, line: Span) -> Sequence[Inline]:
    """What a bracket with references becomes: a note alone, or the bracket with its other words and a note behind it."""
    start, end = bracket.span
    inner, stop = _without_stop(cell.text, bracket, line)
    own = [note.moved(start) for note in commentaries(cell.text[start:end])[0]]
    found = divide(blanked(cell.text, own), inner, bracket.references)
    if (found.whole or bracket.nested) and not own:
        return (*_commentary(cell, inner), *stop)
    note: list[Text | Citation | OpenPoint] = []
    for noted in found.noted:
        lead, tail = cell.text[slice(*noted.lead)], cell.text[slice(*noted.tail)]
        note += [Text("; ")] if note else []
        note += [Text(f"{lead} ")] if lead else []
        note += [cell.citation(noted.reference), *([Text(tail)] if tail else [])]
    kept: list[Inline] = []
    for words in found.kept:
        kept += [Text(" " if CONTINUED.match(cell.text, *words) else ", ")] if kept else []
        kept += _kept(cell, words)
    made = [Note(tuple(note), cell.origin)] if note else []
    if not plain(tuple(kept)):
        return (*made, *kept, *stop)
    if len(found.kept) > 1 or not _is_enclosed(cell.text, found.kept[0]):
        kept = [Text(cell.text[start]), *kept, Text(cell.text[end - 1])]
    return (*kept, *made, *stop)


def _without_stop(text: str, bracket: Bracket, line: Span) -> tuple[Span, tuple[Text, ...]]:
    """The inside of a bracket without the full stop that ends it, and that stop where it ends the sentence."""
    start, end = bracket.span
    last = bracket.references[-1].span[1] if bracket.references else end
    if text[last : end - 1].strip() != ".":
        return (start + 1, end - 1), ()
    after = text[end : line[1]].lstrip()
    return (start + 1, last), (Text("."),) if not after or after[0].isupper() else ()


def _kept(cell: _Cell, span: Span) -> Iterator[Inline]:
    """The other words of a bracket, with the commentary notes and open points among them."""
    own, outside = _commentaries(cell, span)
    yield from _with_open_points(cell, outside[0])
    for note, gap in zip(own, outside[1:], strict=True):
        yield from _commentary(cell, note.inner)
        yield from _with_open_points(cell, gap)


def _with_open_points(cell: _Cell, span: Span) -> Iterator[Text | OpenPoint]:
    at = span[0]
    for start, end in open_points(cell.text, span, references_in(cell.text, span)):
        yield from cell.styled((at, start))
        yield OpenPoint(cell.text[start:end])
        at = end
    yield from cell.styled((at, span[1]))


def _note_inlines(cell: _Cell, span: Span) -> tuple[Text | Citation | OpenPoint, ...]:
    """The inside of a note."""
    return tidy(_cited(cell, span))  # type: ignore[return-value]


def _cited(cell: _Cell, span: Span) -> list[Inline]:
    """Words with their references in the printed form, and `;` where only a comma or `en` stands between two."""
    references = [r for r in references_in(cell.text, span) if r.kind is not Soort.PLACEHOLDER]
    gaps = gaps_of(span, [reference.span for reference in references])
    inlines: list[Inline] = []
    for index, gap in enumerate(gaps):
        between = 0 < index < len(references) and _BETWEEN.fullmatch(cell.text, *gap)
        inlines += [Text("; ")] if between else list(_with_open_points(cell, gap))
        inlines += [cell.citation(references[index])] if index < len(references) else []
    return inlines
