"""What changed between two texts, word by word. Text in, edits out; a note `[noot: …]` counts as its words and its two ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

_TOKEN = re.compile(r"\[noot: |\w+|\n|[^\S\n]+|[^\w\s]")
_ALIKE = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2011": "-"})
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`old[start:end]` gives way to `text`."""

    start: int
    end: int
    text: str

    def meets(self, other: Edit) -> bool:
        """Whether two edits of one text are about the same words, and do not say the same."""
        overlapping = self.start < other.end and other.start < self.end
        return self != other and (overlapping or self.start == other.start)


def fold(text: str) -> str:
    """The form in which texts are compared, as long as the text: quotation marks and spaces that look alike are the same."""
    return text.translate(_ALIKE)


def tidy(text: str) -> str:
    """A folded text without white space that nobody sees, nor empty lines."""
    lines = (_SPACES.sub(" ", line).strip() for line in fold(text).split("\n"))
    return "\n".join(filter(None, lines))


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """What changed, in order."""
    before, after, matcher = _compared(old, new)
    return tuple(
        Edit(before[first], before[last], new[after[begin] : after[end]])
        for kind, first, last, begin, end in matcher.get_opcodes()
        if kind != "equal"
    )


def alike(one: str, other: str) -> Iterator[tuple[int, int, int]]:
    """The stretches that stand in both: from and to where in the one, and from where in the other."""
    here, there, matcher = _compared(one, other)
    for block in matcher.get_matching_blocks():
        yield here[block.a], here[block.a + block.size], there[block.b]


def _compared(one: str, other: str) -> tuple[list[int], list[int], SequenceMatcher[str]]:
    """Where the words of two texts begin (and the last one ends), and what compares those words."""
    words, others = _TOKEN.findall(fold(one)), _TOKEN.findall(fold(other))
    starts, other_starts = ([0, *accumulate(map(len, found))] for found in (words, others))
    return starts, other_starts, SequenceMatcher(None, words, others, autojunk=False)


def apply(text: str, changes: Iterable[Edit]) -> str:
    """The text with edits made, none of which meets another."""
    for edit in sorted(changes, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def marked(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The pieces of both texts: what stayed (``""``), what went (``"-"``) and what came (``"+"``)."""
    at = 0
    for edit in edits(old, new):
        pieces = ((old[at : edit.start], ""), (old[edit.start : edit.end], "-"), (edit.text, "+"))
        yield from (piece for piece in pieces if piece[0])
        at = edit.end
    if old[at:]:
        yield old[at:], ""
