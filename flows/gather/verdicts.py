"""Reads what an earlier `verwerk` left: the verdicts as data, and what the coordinator chose in their workbook.

In: bytes and a workbook. Out: verdicts, and by their ident what is taken over with the words as they stand there now: the coordinator may
have changed them. Raises ValueError, KeyError or TypeError where the data is not ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flows.gather.raw import open_workbook
from flows.model.contract import key
from flows.model.delivery import Origin
from flows.model.place import Place
from flows.model.review import Author, Sort, Source, Verdict


def read_verdicts(data: bytes) -> tuple[Verdict, ...]:
    """The verdicts of a file that was made of them."""
    return tuple(_verdict(one) for one in json.loads(data))


def _verdict(told: dict[str, Any]) -> Verdict:
    source = told.pop("source")
    return Verdict(
        **told
        | {
            "sort": Sort(told["sort"]),
            "authors": tuple(Author(**author) for author in told["authors"]),
            "source": source and Source(Origin(**source["origin"]), source["ministerie"], source["nr"]),
            "conflicts": tuple(told["conflicts"]),
        }
    )


def read_choices(path: Place, columns: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What was filled in, and the new words, by ident; `columns` are the headers by name. Raises `Unreadable`."""
    sheet = open_workbook(path).sheets[0]
    rows = sorted(sheet.rows.items())
    heads = {key(_text(cell)): letter for letter, cell in rows[0][1].items()}
    letters = {name: heads[key(columns[name])] for name in ("kenmerk", "overnemen", "nieuw")}
    found = ({name: _text(row.get(letter)) for name, letter in letters.items()} for _, row in rows[1:])
    return {one["kenmerk"]: (key(one["overnemen"]), one["nieuw"]) for one in found if one["kenmerk"]}


def _text(cell: Any) -> str:
    return "".join(run.text for run in cell.runs) if cell else ""
