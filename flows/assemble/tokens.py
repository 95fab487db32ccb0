"""What stands in a line of prose: commentary notes, references, brackets, open points. Text in, spans out.

Offsets are into the text of the whole cell, so that styles can be looked up later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flows.assemble.spans import BULLET, Span, strip
from flows.kamerstuk.grammar import parse
from flows.model.reference import Reference, Soort

_NOTE = re.compile(r"\[\s*noot\s*:\s*", re.IGNORECASE)
_PM = re.compile(r"(?<![\w.])(?:PM|P\.M\.)(?!\w)")
FILLER = "\ufffc"
_CLOSES = {")": "(", "]": "["}
_LIST_ITEM = re.compile(rf"{BULLET.pattern}|\s*\d{{1,2}}[.)]\s")


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
    """A pair of brackets (`span` includes them) with references, or with no more than a note; `nested` where some stand deeper in it."""

    span: Span
    references: tuple[Reference, ...]
    nested: bool = False


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
    """`text` with the line ends inside commentary notes as spaces, for these start no paragraph; of `references` and their brackets too."""
    if "\n" not in text:
        return text
    inner = [note.span for note in commentaries(text)[0]]
    if references:
        found = parse(text)
        inner += [reference.span for reference in found]
        inner += [bracket.span for bracket in _brackets(text, (0, len(text)), found) if _runs_on(text, bracket)]
    letters = list(text)
    for start, end in inner:
        letters[start:end] = [" " if letter == "\n" else letter for letter in letters[start:end]]
    return "".join(letters)


def _runs_on(text: str, bracket: Bracket) -> bool:
    """Whether the lines within a bracket are one text: none is empty or an item of a list."""
    start, end = bracket.span
    _, *others = (text[start:end] + text[end:].split("\n", 1)[0]).split("\n")
    return all(line.strip() and not _LIST_ITEM.match(line) for line in others)


def blanked(text: str, notes: Iterable[Commentary]) -> str:
    """The text, as long as it was, without the words of its commentary notes."""
    for note in notes:
        start, end = note.span
        text = text[:start] + FILLER * (end - start) + text[end:]
    return text


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
    text = blanked(text, own)
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
    """The innermost pairs that hold a reference, or no more than a note; of two that hold each other the outer.

    Brackets inside a reference (`34 356 (R2064)`) are part of it.
    """
    inside = {at for reference in references for at in range(*reference.span)}
    pairs, opened = [], []
    for at in range(*span):
        if at in inside:
            continue
        if text[at] in _CLOSES.values():
            opened.append(at)
        elif opened and text[opened[-1]] == _CLOSES.get(text[at]):
            pairs.append((opened.pop(), at + 1))
    held = {pair for pair in pairs if set(text[pair[0] + 1 : pair[1] - 1].strip()) == {FILLER}}
    for reference in references:
        around = [pair for pair in pairs if _within(reference.span, pair)]  # inner ones first
        held |= {next((pair for pair in around if not _is_double(text, pair, pairs)), around[0])} if around else set()
    outer: list[Span] = []
    nested: set[Span] = set()
    for pair in sorted(held):
        if outer and _within(pair, outer[-1]):
            nested.add(outer[-1])
        else:
            outer.append(pair)
    return tuple(
        Bracket(pair, tuple(ref for ref in references if _within(ref.span, pair)), pair in nested) for pair in outer
    )


def _is_double(text: str, pair: Span, pairs: Sequence[Span]) -> bool:
    """Whether a pair stands by itself in another: `((…))`."""
    return any(_within(pair, other) and strip(text, (other[0] + 1, other[1] - 1)) == pair for other in pairs)


def _within(span: Span, other: Span) -> bool:
    return other[0] < span[0] and span[1] < other[1]
