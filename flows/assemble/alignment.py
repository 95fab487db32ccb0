"""Which paragraphs of two versions of a document belong together. A pure function.

In: the paragraphs of both, in order. Out: pairs that never cross: what was moved counts as gone at the one place and come at the
other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from flows.assemble.likeness import ALIKE, likeness
from flows.assemble.wording import compare_words
from flows.model.changes import Line, Pairs

MOST_PAIRS = 40_000  # that are weighed in one stretch: beyond, only what says the same is the same
WORDS = 3
SAME_CELL = 0.3  # how much likelier two paragraphs of one cell are to be the same


def compared(old: Sequence[Line], new: Sequence[Line]) -> Pairs:
    """What goes with what, and word by word what became of it."""
    return {i: (j, compare_words(old[i].said, new[j].said)) for i, j in aligned(old, new).items()}


def aligned(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """Which index of `old` goes with which of `new`; both rise."""
    found: dict[int, int] = {}
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            found |= dict(zip(range(i, j), range(k, m), strict=True))
        elif kind == "replace":
            pairs = (_likest if (j - i) * (m - k) <= MOST_PAIRS else _same_words)(old[i:j], new[k:m])
            found |= {i + one: k + other for one, other in pairs}
    return found


def _same_words(old: Sequence[Line], new: Sequence[Line]) -> Iterator[tuple[int, int]]:
    matcher = SequenceMatcher(None, [one.said for one in old], [one.said for one in new], autojunk=False)
    for i, j, size in matcher.get_matching_blocks():
        yield from zip(range(i, i + size), range(j, j + size), strict=True)


def _likest(old: Sequence[Line], new: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The pairs that together are most alike, of those that do not cross."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_alike(one, other) for other in new] for one in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j])
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _alike(one: Line, other: Line) -> float:
    """How alike two paragraphs are; 0 where they are not the same. Of another row of a table a few words are no proof."""
    few = len(one.said.text.split()) < WORDS
    if one.column != other.column or (one.column is not None and one.cell != other.cell and few):
        return 0.0
    score = likeness(one.said.text, other.said.text) + SAME_CELL * (one.cell == other.cell and one.cell is not None)
    return score if score >= ALIKE else 0.0
