"""Indicators beside their target and the value that they had in the earlier brief. In: the brief. Out: numbers, and `Measured`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from flows.model.annexes import IndicatorRow
from flows.model.baseline import row_key
from flows.model.brief import Brief
from flows.model.contract import key
from flows.model.text import plain


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with a number; `target` and `before` where these are numbers too."""

    name: str
    unit: str
    value: float
    target: float | None
    before: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many values lie above another number of their indicator, below it, and on it."""

    above: int
    below: int
    same: int


def measured(brief: Brief) -> tuple[Measured, ...]:
    """The indicators of the annex whose value is a number, in its order."""
    made = []
    for row in brief.annexes.indicatoren or ():
        value, target = _number(row.indicator.waarde), _number(row.indicator.streefwaarde)
        if value is not None and not row.indicator.gap:
            made.append(Measured(plain(row.naam), plain(row.eenheid), value, target, earlier(row, brief)))
    return tuple(made)


def earlier(row: IndicatorRow, brief: Brief) -> float | None:
    """The value that an indicator had in the earlier brief, where that is a number in the same unit."""
    name = row_key("Indicatoren", row.indicator.ministerie, row.indicator.nr)
    before = brief.baseline.indicatoren.get(name) if brief.baseline and row.indicator.nr else None
    return before.waarde if before and key(before.eenheid) == key(plain(row.eenheid)) else None


def compared(rows: Sequence[Measured], name: str) -> Comparison:
    """The values compared with their `target` or with what they were `before`."""
    pairs = [(row.value, other) for row in rows if (other := attrgetter(name)(row)) is not None]
    above, below = (sum(value > other for value, other in pairs), sum(value < other for value, other in pairs))
    return Comparison(above, below, len(pairs) - above - below)


def _number(value: float | str) -> float | None:
    return value if isinstance(value, int | float) and math.isfinite(value) else None
