"""What changed between two texts, word by word. Text in, edits out; a note `[noot: …]` counts as its words and its two ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

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
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    starts = [0, *_ends(before)]
    matcher = SequenceMatcher(None, list(map(fold, before)), list(map(fold, after)), autojunk=False)
    return tuple(
        Edit(starts[first], starts[last], "".join(after[begin:end]))
        for kind, first, last, begin, end in matcher.get_opcodes()
        if kind != "equal"
    )


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


def _ends(tokens: Sequence[str]) -> Iterator[int]:
    at = 0
    for token in tokens:
        at += len(token)
        yield at
