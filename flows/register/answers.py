"""What the register tells of a brief: the papers that it cites, and the promises that no workbook holds.

In: the store's file, the brief and its rows. Out: `Answers`. Asks no service and changes nothing: a draft never waits for the network.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from flows.kamerstuk.citation import identifiers
from flows.model.brief import Brief
from flows.model.contract import printable
from flows.model.delivery import Regie
from flows.model.entries import Entries
from flows.model.papers import Answers, Existence, Kamertoezegging, Stuk
from flows.register.store import Register, opened

_NUMBER = re.compile(r"TZ[0-9]{6}-[0-9]+")


def look_up(path: Path, brief: Brief, regie: Regie, entries: Entries, letters: frozenset[int]) -> Answers:
    """The answers of the register in a file; none where it cannot be read. In titles a sign stands for what `letters` lacks."""
    cited = sorted({name for one in brief.cited for name in identifiers(one.citation.reference)})
    delivered = {number for row in entries.toezeggingen for number in _NUMBER.findall(row.toezeggingnummer.upper())}
    with suppress(OSError, sqlite3.Error), opened(path) as register:
        existence = {name: register.exists(name, brief.datum) for name in cited}
        found = (stuk for name in cited if (stuk := register.find(name)))
        return Answers(
            register.stand,
            {stuk.identifier: _printable(stuk, letters) for stuk in found},
            {name: register.nearest(name) for name, said in existence.items() if said is Existence.NO},
            tuple(name for name, said in existence.items() if said is Existence.UNKNOWN),
            tuple(_in_no_workbook(register, regie, delivered, letters)),
        )
    return Answers()


def _in_no_workbook(
    register: Register, regie: Regie, delivered: Container[str], letters: frozenset[int]
) -> Iterator[Kamertoezegging]:
    for ministerie in regie.ministeries:
        for promise in register.promises(ministerie.code):
            if promise.nummer not in delivered:
                yield replace(promise, tekst=printable(promise.tekst, letters))


def _printable(stuk: Stuk, letters: frozenset[int]) -> Stuk:
    return replace(stuk, titel=printable(stuk.titel, letters)) if stuk.titel else stuk
