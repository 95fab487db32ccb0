"""What differs between two briefs. A pure function of what brief.json holds of both.

In: an older and a newer brief as data. Out: a `Vergelijking`, in print order; what is gone stands behind what it stood behind.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flows.assemble.matching import match
from flows.assemble.rows import STAND, TEXT, Rij, Verteld, read_brief
from flows.assemble.wording import compare_words, differs
from flows.model.baseline import Termijn
from flows.model.changes import (
    EIGEN,
    INDICATOREN,
    MIDDELEN,
    MOTIES,
    TOEZEGGINGEN,
    VOORTGANG,
    Delen,
    Plek,
    Said,
    Soort,
    Vergelijking,
    Verschuiving,
    Wijziging,
)
from flows.model.entries import Status
from flows.model.quarter import Kwartaal

LISTS = ((EIGEN, VOORTGANG), (TOEZEGGINGEN,), (MOTIES,), (INDICATOREN,), (MIDDELEN,))
NOTHING = Said("")


def compare(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> Vergelijking:
    """All that differs; `name` is the folder of the older brief. Raises KeyError, TypeError or ValueError for other data."""
    before, now = read_brief(old), read_brief(new)
    found = (one for sheets in LISTS for one in _List(before, now, sheets).changes())
    return Vergelijking(before.kwartaal, name, tuple(found))


class _List:
    """One of the lists that brief.json holds: the blocks, or the rows of a register."""

    def __init__(self, before: Verteld, now: Verteld, sheets: Sequence[str]) -> None:
        self.before, self.now = before, now
        self.old = [row for row in before.rows if row.sheet in sheets]
        self.new = [row for row in now.rows if row.sheet in sheets]
        self.pairs = match(self.old, self.new)
        self.successive = before.kwartaal < now.kwartaal
        self.moved = self.out_of_place() if VOORTGANG in sheets else set[int]()

    def changes(self) -> Iterator[Wijziging]:
        """The rows that came, went or differ, and those that stayed as they were for too long."""
        places = {j: i for i, j in self.pairs.items()}
        at: list[tuple[tuple[int, int], Wijziging]] = []
        last = -1
        for i, row in enumerate(self.old):
            last = self.pairs.get(i, last)
            if i not in self.pairs:
                at.append(((last, i + 1), Wijziging(row.sheet, row.kant, None, tuple(_fields(row.velden, {})))))
        for j, row in enumerate(self.new):
            change = self.compared(self.old[places[j]], row, j) if j in places else self.came(row)
            if change:
                at.append(((j, 0), change))
        return (change for _, change in sorted(at, key=lambda item: item[0]))

    def came(self, row: Rij) -> Wijziging:
        return Wijziging(row.sheet, None, row.kant, tuple(_fields({}, row.velden)), te_laat=self.late(row))

    def compared(self, old: Rij, new: Rij, j: int) -> Wijziging | None:
        """What became of a row; None where nothing did."""
        said = tuple(_fields(old.velden, new.velden))
        same = () if {TEXT, STAND} & {name for name, _ in said} else self.now.gelijk.get(new.name, ())
        change = Wijziging(
            new.sheet,
            old.kant,
            new.kant,
            said,
            j in self.moved,
            self.shifted(old, new),
            tuple(map(Kwartaal.parse, same)) if self.successive else (),
            self.successive and self.late(new),
        )
        return change if change.soort is not Soort.GELIJK or change.gelijk_in or change.te_laat else None

    def shifted(self, old: Rij, new: Rij) -> Verschuiving | None:
        """The deadline, where it means another day. How often is counted over the quarters before this one."""
        was, now = old.kant.gereed, new.kant.gereed
        if not (was and now) or was.laatste_dag == now.laatste_dag:
            return None
        quarter = self.now.kwartaal
        said: tuple[Termijn, ...] = self.before.termijnen.get(old.name, ())
        earlier = [one for one in said if Kwartaal.parse(one.kwartaal) < quarter]
        since = Kwartaal.parse(earlier[0].kwartaal) if earlier else quarter
        return Verschuiving(was, now, len(earlier), 4 * (quarter.year - since.year) + quarter.number - since.number)

    def late(self, row: Rij) -> bool:
        """Whether it should have been done by the date of the newer brief."""
        day = row.kant.gereed.laatste_dag if row.kant.gereed else None
        return bool(day and day < self.now.datum) and not (
            row.kant.status in set(Status) and Status(row.kant.status).done
        )

    def out_of_place(self) -> set[int]:
        """The rows that stand under another heading, or behind what they stood before. A heading that was renamed is the same."""
        was, now = ({row.kant.plek for row in rows} for rows in (self.old, self.new))
        moved: set[int] = set()
        topics: dict[Plek, list[tuple[int, int]]] = {}
        for i, j in self.pairs.items():
            here, there = self.old[i].kant.plek, self.new[j].kant.plek
            if here == there or (here not in now and there not in was):
                topics.setdefault(replace(there, tussenkop=""), []).append((i, j))
            else:
                moved.add(j)
        for rows in topics.values():
            order = [j for _, j in sorted(rows)]
            moved |= set(order) - set(_rising(order))
        return moved


def _fields(old: Mapping[str, Said], new: Mapping[str, Said]) -> Iterator[tuple[str, Delen]]:
    for name in new or old:
        words = compare_words(old.get(name, NOTHING), new.get(name, NOTHING))
        if differs(words):
            yield name, words


def _rising(numbers: Sequence[int]) -> list[int]:
    """The longest run of rising numbers, others left out; of equals the one that ends lowest."""
    runs: list[list[int]] = []
    for number in numbers:
        length = bisect_left([run[-1] for run in runs], number)
        runs[length : length + 1] = [[*(runs[length - 1] if length else ()), number]]
    return runs[-1] if runs else []
