"""Stretches of a cell's text: its paragraphs and list items, and what is left between others. Text in, half-open spans out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.model.text import PartKind

Span = tuple[int, int]
BULLET = re.compile(r"\s*[·•\-–*]\s+")
NUMBER = re.compile(r"\s*(\d{1,2})[.)]?\s+")


def gaps_of(span: Span, taken: Sequence[Span]) -> list[Span]:
    """What is left of `span` between the spans `taken`, in order; every gap, empty ones too."""
    edges = [span[0], *(edge for one in taken for edge in one), span[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def strip(text: str, span: Span, what: str | None = None) -> Span:
    """The span without the white space, or the characters `what`, at its ends."""
    start, end = span
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip(what))
    return start, max(start, end - len(inner) + len(inner.rstrip(what)))


def each_line(text: str) -> Iterator[Span]:
    """The lines with words."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield strip(text, (at, at + len(line)))
        at += len(line) + 1


def after_bullet(text: str, span: Span) -> Span:
    """A line without the bullet it begins with."""
    match = BULLET.match(text, *span)
    return (match.end(), span[1]) if match else span


def parts_of(text: str) -> Iterator[tuple[PartKind, Span]]:
    """Each line's kind and words. Numbers make a list only in a run 1, 2, …, so that `41 gemeenten` stays prose."""
    spans = list(each_line(text))
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
