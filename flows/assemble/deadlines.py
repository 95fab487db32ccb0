"""What is due when, by theme, seen from the brief's date. In: names with days. Out: a Tijdlijn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from flows.model.counts import Tijdlijn
from flows.model.quarter import Kwartaal

MOST = 5  # quarters that stand apart; what is due behind them is counted with the last


def tijdlijn(names: Sequence[str], due: Sequence[tuple[str, date | None]], datum: date) -> Tijdlijn:
    """Counts what is `due` under each name, in the order of `names`: before `datum`, by quarter from then on, and without a day."""
    coming = sorted({Kwartaal.of(day) for _, day in due if day and day >= datum})
    quarters = _from(Kwartaal.of(datum), coming[-1]) if coming else ()
    shown = quarters[:MOST]
    counts = Counter((name, _column(day, datum, shown)) for name, day in due)
    rows = ((name, tuple(counts[name, column] for column in range(len(shown) + 2))) for name in names)
    return Tijdlijn(datum, shown, len(quarters) > MOST, tuple(row for row in rows if any(row[1])))


def _from(first: Kwartaal, last: Kwartaal) -> tuple[Kwartaal, ...]:
    """All quarters from `first` to `last`, empty ones too, so that distance on paper is distance in time."""
    numbers = range(4 * first.year + first.number - 1, 4 * last.year + last.number)
    return tuple(Kwartaal(number // 4, number % 4 + 1) for number in numbers)


def _column(day: date | None, datum: date, shown: Sequence[Kwartaal]) -> int:
    """The place of a day among the counts."""
    if day is None:
        return len(shown) + 1
    if day < datum:
        return 0
    return min(sum(quarter <= Kwartaal.of(day) for quarter in shown), len(shown))
