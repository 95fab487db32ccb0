"""Which rows of two briefs are the same row. A pure function.

A row is known again by ministry, sheet and Nr, unless its ministry has numbered anew: then what stood under its Nr stands
under another. What is left is known again by likeness of text, of one ministry sooner than of two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from flows.assemble.likeness import ALIKE, best_pairs, likeness
from flows.assemble.rows import Rij
from flows.model.changes import EIGEN
from flows.model.contract import key

OWN_NR = 0.25  # how much sooner a text is itself under its own Nr than under another
TAKEN_OVER = 0.8  # what one ministry takes over from another it does not write anew at once


def match(old: Sequence[Rij], new: Sequence[Rij]) -> dict[int, int]:
    """Which index of `old` goes with which of `new`; no row goes with two."""
    found = _unchanged(old, new)
    rounds: tuple[tuple[Callable[[Rij, Rij], float], float], ...] = (
        (_at_home, ALIKE), (_by_name, 1.0), (_anywhere, TAKEN_OVER),
    )  # fmt: skip
    for alike, least in rounds:
        left = [i for i in range(len(old)) if i not in found]
        right = [j for j in range(len(new)) if j not in set(found.values())]
        pairs = best_pairs([old[i] for i in left], [new[j] for j in right], alike, least)
        found |= {left[i]: right[j] for i, j in pairs.items()}
    return found


def _unchanged(old: Sequence[Rij], new: Sequence[Rij]) -> dict[int, int]:
    """The rows that are as they were, also those that have neither Nr nor words."""
    places: dict[tuple[Any, ...], list[int]] = {}
    for j, row in enumerate(new):
        places.setdefault(_content(row), []).append(j)
    return {i: left.pop(0) for i, row in enumerate(old) if (left := places.get(_content(row)))}


def _content(row: Rij) -> tuple[Any, ...]:
    return row.sheet, replace(row.kant, index=0), *row.velden.values()


def _at_home(one: Rij, other: Rij) -> float:
    """The likeness of two texts of one ministry, or of the coordinator."""
    if one.sheet != other.sheet or key(one.kant.ministerie) != key(other.kant.ministerie):
        return 0.0
    return likeness(one.kant.text, other.kant.text) + OWN_NR * _by_name(one, other)


def _by_name(one: Rij, other: Rij) -> float:
    return float(one.name == other.name and bool(one.kant.nr or one.sheet == EIGEN))


def _anywhere(one: Rij, other: Rij) -> float:
    return likeness(one.kant.text, other.kant.text) if one.sheet == other.sheet else 0.0
