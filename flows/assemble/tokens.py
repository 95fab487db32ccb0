"""What stands in a line of prose: commentary notes, references, brackets, open points. Text in, spans out.

Offsets are into the text of the whole cell, so that styles can be looked up later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flows.kamerstuk.grammar import parse
from flows.model.reference import Reference, Soort

Span = tuple[int, int]
_NOTE = re.compile(r"\[\s*noot\s*:\s*", re.IGNORECASE)
_PM = re.compile(r"(?<![\w.])(?:PM|P\.M\.)(?!\w)")
_FILLER = "\ufffc"


@dataclass(frozen=True, slots=True)
class Commentary:
    """`[noot: …]`: `span` with the brackets, `inner` the words of the note."""

    span: Span
    inner: Span

    def moved(self, by: int) -> Commentary:
        """The same note in a text that begins `by` earlier."""
        return Commentary(_move(self.span, by), _move(self.inner, by))


@dataclass(frozen=True, slots=True)
class Bracket:
    """A pair of round brackets (`span` includes them) and the references that stand directly in it."""

    span: Span
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything of note in a stretch of text, each list in order. `unclosed` is where a commentary note never ends."""

    commentaries: tuple[Commentary, ...]
    brackets: tuple[Bracket, ...]
    loose: tuple[Reference, ...]
    open_points: tuple[Span, ...]
    unclosed: int | None


def commentaries(text: str) -> tuple[tuple[Commentary, ...], int | None]:
    """The `[noot: …]` of a text, and the offset of one that is not closed. Square brackets within a note may nest."""
    found: list[Commentary] = []
    at = 0
    while match := _NOTE.search(text, at):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += {"[": 1, "]": -1}.get(text[end], 0)
            end += 1
        if depth:
            return tuple(found), match.start()
        found.append(Commentary((match.start(), end), (match.end(), end - 1)))
        at = end
    return tuple(found), None


def flatten(text: str, *, references: bool = True) -> str:
    """`text` with the line ends inside commentary notes, and references, as spaces: these never start a new paragraph."""
    if "\n" not in text:
        return text
    inner = [note.span for note in commentaries(text)[0]]
    inner += [reference.span for reference in parse(text)] if references else []
    letters = list(text)
    for start, end in inner:
        letters[start:end] = [" " if letter == "\n" else letter for letter in letters[start:end]]
    return "".join(letters)


def references_in(text: str, span: Span) -> tuple[Reference, ...]:
    """The references in a stretch of text, their spans counted from the start of the whole text."""
    start, end = span
    return tuple(replace(reference, span=_move(reference.span, start)) for reference in parse(text[start:end]))


def open_points(text: str, span: Span, references: tuple[Reference, ...]) -> tuple[Span, ...]:
    """Each PM that is a word of its own, or a reference still to come, in a stretch of text."""
    coming = [reference.span for reference in references if reference.kind is Soort.PLACEHOLDER]
    words = [match.span() for match in _PM.finditer(text, *span)]
    loose = [word for word in words if not any(start <= word[0] < end for start, end in coming)]
    return tuple(sorted(coming + loose))


def tokens(text: str, span: Span) -> Tokens:
    """All tokens of the line `text[span]`."""
    start, end = span
    notes, unclosed = commentaries(text[start:end])
    own = tuple(note.moved(start) for note in notes)
    for note in own:
        first, last = note.span
        text = text[:first] + _FILLER * (last - first) + text[last:]
    references = references_in(text, span)
    papers = tuple(reference for reference in references if reference.kind is not Soort.PLACEHOLDER)
    brackets = _brackets(text, span, papers)
    enclosed = {reference.span for bracket in brackets for reference in bracket.references}
    return Tokens(
        own,
        brackets,
        tuple(reference for reference in papers if reference.span not in enclosed),
        open_points(text, span, references),
        None if unclosed is None else unclosed + start,
    )


def _move(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _brackets(text: str, span: Span, references: tuple[Reference, ...]) -> tuple[Bracket, ...]:
    """The innermost pairs that hold a reference. Brackets inside a reference (`34 356 (R2064)`) are part of it."""
    inside = {at for reference in references for at in range(*reference.span)}
    pairs, opened = [], []
    for at in range(*span):
        if at in inside:
            continue
        if text[at] == "(":
            opened.append(at)
        elif text[at] == ")" and opened:
            pairs.append((opened.pop(), at + 1))
    held: dict[Span, list[Reference]] = {}
    for reference in references:
        around = [pair for pair in pairs if pair[0] < reference.span[0] and reference.span[1] < pair[1]]
        if around:
            held.setdefault(min(around, key=lambda pair: pair[1] - pair[0]), []).append(reference)
    return tuple(Bracket(pair, tuple(inner)) for pair, inner in sorted(held.items()))
