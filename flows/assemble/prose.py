"""Prose to parts: the runs of a cell to paragraphs and list items, with its footnotes at their place.

A reference between brackets leaves the text and becomes a note; one in running prose stays and gets a link. The words are
never changed: only what stood around a reference that left is tidied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flows.assemble.tidy import tidy
from flows.assemble.tokens import Bracket, Commentary, Span, commentaries, flatten, open_points, references_in, tokens
from flows.kamerstuk.citation import identifiers, is_malformed, link, pieces
from flows.model.brief import Citation, Inline, Note, OpenPoint, Part, PartKind, Text
from flows.model.delivery import Origin, Run
from flows.model.reference import Citeerwijze, Piece, Reference, Soort

BULLET = re.compile(r"\s*[·•\-–*]\s+")
NUMBER = re.compile(r"\s*(\d{1,2})[.)]?\s+")
_BETWEEN = re.compile(r"[\s,;]*(?:\ben\b)?[\s,;]*")
_SIGNAL = re.compile(
    r"(?:en|zie|ook|vgl|vergelijk|o\.?a|onder|meer|respectievelijk|resp|laatstelijk|bijvoorbeeld|bijv)\.?",
    re.IGNORECASE,
)


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
        self.check(reference)
        return Citation(reference, pieces(reference, self.wijze))

    def check(self, reference: Reference) -> None:
        if is_malformed(reference):
            self.problems.append(("verwijzing-onleesbaar", " ".join(reference.text.split())))

    def linked(self, reference: Reference) -> Citation:
        """A reference in running prose: the words as typed, with a link to the paper."""
        self.check(reference)
        known = identifiers(reference)
        return Citation(reference, (Piece(reference.text, link(known[0]) if known else None),))


def prose(runs: Sequence[Run], wijze: Citeerwijze, origin: Origin | None = None) -> Prose:
    """The paragraphs and list items of a cell: a line break starts a new one, empty lines do not count."""
    cell = _Cell(runs, wijze, origin)
    parts = []
    for kind, span in _lines(cell.text):
        inlines = _line(cell, span)
        if inlines:
            parts.append(Part(kind, inlines))
    return Prose(tuple(parts), tuple(cell.problems))


def notes(runs: Sequence[Run], wijze: Citeerwijze, origin: Origin | None = None) -> Prose:
    """The column Kamerstukken as one part of notes: one for each line, in which `;` joins references and words stay."""
    cell = _Cell(runs, wijze, origin, by_line=True)
    result: list[Inline] = []
    for span in _spans(cell.text):
        line = _after_bullet(cell.text, span)
        own, outside = _commentaries(cell, line)
        said = tidy([inline for gap in outside for inline in _cited(cell, gap)])
        result += [Note(said, origin)] if said else []  # type: ignore[arg-type]
        result += [made for note in own for made in _commentary(cell, note.inner)]
    return Prose((Part(PartKind.ALINEA, tuple(result)),), tuple(cell.problems))


def words(text: str, wijze: Citeerwijze, origin: Origin | None = None) -> Prose:
    """A cell of one line, such as Kamerstuk or Bron, as an annex or heading prints it: references in the printed form."""
    cell = _Cell([Run(" ".join(text.split("\n")))], wijze, origin)
    own, outside = _commentaries(cell, (0, len(cell.text)))
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
    return own, _gaps(span, [note.span for note in own])


def _spans(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield _strip(text, (at, at + len(line)))
        at += len(line) + 1


def _strip(text: str, span: Span, what: str | None = None) -> Span:
    start, end = span
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip(what)), end - (len(inner) - len(inner.rstrip(what)))


def _after_bullet(text: str, span: Span) -> Span:
    match = BULLET.match(text, *span)
    return (match.end(), span[1]) if match else span


def _lines(text: str) -> Iterator[tuple[PartKind, Span]]:
    """Each line's kind and words. Numbers make a list only in a run 1, 2, …, so that `41 gemeenten` stays prose."""
    spans = list(_spans(text))
    numbers = [int(match[1]) if (match := NUMBER.match(text, *span)) else None for span in spans]
    in_run: set[int] = set()
    for first, number in enumerate(numbers):
        last = first
        while number == 1 and last + 1 < len(numbers) and numbers[last + 1] == last - first + 2:
            last += 1
        in_run |= set(range(first, last + 1)) if last > first else set()
    for index, span in enumerate(spans):
        if index in in_run:
            match = NUMBER.match(text, *span)
            yield PartKind.NUMMERING, (match.end() if match else span[0], span[1])
        elif match := BULLET.match(text, *span):
            yield PartKind.OPSOMMING, (match.end(), span[1])
        else:
            yield PartKind.ALINEA, span


def _line(cell: _Cell, span: Span) -> tuple[Inline, ...]:
    """The inlines of one line: what leaves the text is cut, what takes its place is put there."""
    found = tokens(cell.text, span)
    if found.unclosed is not None:
        cell.problems.append(("noot-niet-gesloten", cell.text[found.unclosed : span[1]]))
    cuts: list[tuple[Span, tuple[Inline, ...]]] = [
        *((note.span, _commentary(cell, note.inner)) for note in found.commentaries),
        *((bracket.span, _bracket(cell, bracket)) for bracket in found.brackets),
        *((reference.span, (cell.linked(reference),)) for reference in found.loose),
    ]
    taken = [cut for cut, _ in cuts]
    loose = [point for point in found.open_points if not any(start <= point[0] < end for start, end in taken)]
    cuts += [(point, (OpenPoint(cell.text[slice(*point)]),)) for point in loose]
    inlines: list[Inline] = []
    at = span[0]
    for (start, end), replacement in sorted(cuts, key=lambda cut: cut[0]):
        inlines += cell.styled((at, start))
        inlines += replacement
        at = end
    inlines += cell.styled((at, span[1]))
    return tidy(inlines)


def _commentary(cell: _Cell, inner: Span) -> tuple[Note, ...]:
    """A note of the words in a span; none, and a problem, where there are none."""
    inlines = _note_inlines(cell, _strip(cell.text, inner))
    if not inlines:
        cell.problems.append(("noot-leeg", ""))
        return ()
    return (Note(inlines, cell.origin),)


def _bracket(cell: _Cell, bracket: Bracket) -> tuple[Inline, ...]:
    """What a bracket with references becomes: a note alone, or the bracket with its other words and a note behind it."""
    start, end = bracket.span
    gaps = _gaps((start + 1, end - 1), [reference.span for reference in bracket.references])
    words = [word for gap in gaps for word in re.findall(r"[^\W\d_][\w.]*|\d+|\ufffc", cell.text[slice(*gap)])]
    holds_note = bool(commentaries(cell.text[start:end])[0])
    if not holds_note and all(_SIGNAL.fullmatch(word) for word in words):
        return _commentary(cell, (start + 1, end - 1))
    note: list[Text | Citation | OpenPoint] = []
    for reference in bracket.references:
        note += [Text("; ")] if note else []
        note.append(cell.citation(reference))
    kept: list[Inline] = [Text("(")]
    for gap in gaps:
        inner = _strip(cell.text, gap, " \t\u00a0\n,;:")
        if inner[0] < inner[1]:
            joined = (
                "" if len(kept) == 1 else " " if re.match(r"(?:en|of|en/of|alsmede)\b", cell.text[inner[0] :]) else ", "
            )
            kept += [Text(joined)] if joined else []
            kept += _kept(cell, inner)
    return (*kept, Text(")"), Note(tuple(note), cell.origin))


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


def _gaps(span: Span, taken: Sequence[Span]) -> list[Span]:
    """What is left of `span` between the spans `taken`, in order; every gap, empty ones too."""
    edges = [span[0], *(edge for one in taken for edge in one), span[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _note_inlines(cell: _Cell, span: Span) -> tuple[Text | Citation | OpenPoint, ...]:
    """The inside of a note."""
    return tidy(_cited(cell, span))  # type: ignore[return-value]


def _cited(cell: _Cell, span: Span) -> list[Inline]:
    """Words with their references in the printed form, and `;` where only a comma or `en` stands between two."""
    references = [r for r in references_in(cell.text, span) if r.kind is not Soort.PLACEHOLDER]
    gaps = _gaps(span, [reference.span for reference in references])
    inlines: list[Inline] = []
    for index, gap in enumerate(gaps):
        between = 0 < index < len(references) and _BETWEEN.fullmatch(cell.text, *gap)
        inlines += [Text("; ")] if between else list(_with_open_points(cell, gap))
        inlines += [cell.citation(references[index])] if index < len(references) else []
    return inlines
