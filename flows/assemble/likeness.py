"""How alike texts are, and which of two lists belong together by it. Pure functions.

Two texts are alike by the pairs of successive words that they share: texts of one subject share words, but hardly pairs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

ALIKE = (
    0.4  # a text of last quarter, brought up to date, shares more; two measures of one topic share less than a tenth
)

T = TypeVar("T")
_WORD = re.compile(r"\w+")


def likeness(one: str, other: str) -> float:
    """From 0, for texts that share no pair of words, to 1, for texts of the same words. What is empty is like nothing."""
    if one == other:
        return float(bool(one))
    left, right = _pairs(one), _pairs(other)
    whole = left.total() + right.total()
    return 2 * (left & right).total() / whole if whole else 0.0


@lru_cache(maxsize=4096)  # a row is compared with all rows of the other quarter
def _pairs(text: str) -> Counter[tuple[str, str]]:
    words = ["", *_WORD.findall(text.casefold()), ""]
    return Counter(pairwise(words)) if len(words) > 2 else Counter()


def best_pairs(old: Sequence[T], new: Sequence[T], alike: Callable[[T, T], float], least: float) -> dict[int, int]:
    """Which index of `old` goes with which of `new`: the likest first, of equals those that stand nearest to one another."""
    scores = [(alike(one, other), i, j) for i, one in enumerate(old) for j, other in enumerate(new)]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted((s for s in scores if s[0] >= least), key=lambda s: (-s[0], abs(s[1] - s[2]), s[1], s[2])):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found
