"""The newest brief of an earlier quarter: found among the outputs, and read back as what this quarter is compared with.

A final brief goes before a draft, a later one before an earlier. A folder that somebody has touched is passed over.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.model.baseline import Baseline, Key, Termijn, VorigeRij, VorigeWaarde, row_key
from flows.model.place import Place
from flows.model.quarter import Kwartaal, Periode
from flows.order import quarters
from flows.publish import MANIFEST

BRIEF = "brief.json"
_FOLDER = re.compile(r"(?P<kind>concept|definitief)(?:-(?P<number>\d{2,}))?")
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """A brief that was made: its quarter, the name of its folder, and brief.json as bytes and as data."""

    kwartaal: Kwartaal
    name: str
    content: bytes
    data: Data


def newest_brief(outputs: Place, before: Kwartaal) -> Published | None:
    """The newest brief of the quarters before `before`; None where there is none. Raises OSError where `outputs` is out of reach."""
    earlier = quarters(outputs) if outputs.is_dir() else ()
    for quarter in reversed([one for one in earlier if one < before]):
        for folder in _folders(outputs / str(quarter)):
            with suppress(FileNotFoundError, NotADirectoryError, ValueError):
                (folder / MANIFEST).read_bytes()  # written last: without it a folder is not complete
                content = (folder / BRIEF).read_bytes()
                data = json.loads(content)
                if isinstance(data, dict) and data.get("kwartaal") == str(quarter):
                    return Published(quarter, folder.name, content, data)
    return None


def baseline(found: Published) -> Baseline:
    """The rows of a brief; raises KeyError or TypeError for data that no brief of ours holds."""
    rows = [*_measures(found.data), *_registers(found.data["registers"])]
    terms = {
        row_key(row.get("sheet", "Voortgang"), row["ministerie"], row["nr"]): list(_history(row))
        for row in found.data["termijnen"]
    }
    made: dict[Key, VorigeRij] = {}
    for sheet, row, text in rows:
        name = row_key(sheet, row["ministerie"], row["nr"])
        said = terms.get(name, [])
        if row["gereed"] and (not said or said[-1].gereed != _period(row["gereed"])):
            said = [*said, Termijn(str(found.kwartaal), _period(row["gereed"]))]
        made.setdefault(name, VorigeRij(sheet, row["ministerie"], row["nr"], row["status"], text, tuple(said)))
    indicators = dict(_indicators(found.data["registers"]))
    return Baseline(found.kwartaal, found.name, hashlib.sha256(found.content).hexdigest(), made, indicators)


def _folders(quarter: Place) -> list[Place]:
    """The folders of briefs, the newest final one first."""
    named = [(match, path) for path in quarter.iterdir() if (match := _FOLDER.fullmatch(path.name))]
    named.sort(key=lambda item: (item[0]["kind"] == "definitief", int(item[0]["number"] or 1)), reverse=True)
    return [path for _, path in named]


def _measures(data: Data) -> Iterator[tuple[str, Data, str]]:
    blocks = [block for block in data["blocks"] if block.get("status") and block["nr"] and not block["gap"]]
    return (("Voortgang", block, block["text"]) for block in blocks)


def _indicators(data: Data) -> Iterator[tuple[Key, VorigeWaarde]]:
    """The indicators of which a number was printed."""
    for row in data["indicatoren"]:
        if row["nr"] and not row["gap"] and isinstance(row["waarde"], int | float):
            yield (
                row_key("Indicatoren", row["ministerie"], row["nr"]),
                VorigeWaarde(row["waarde"], row["eenheid"] or ""),
            )


def _registers(data: Data) -> Iterator[tuple[str, Data, str]]:
    for sheet in ("Moties", "Toezeggingen"):
        for row in data[sheet.casefold()]:
            if row["nr"]:
                yield sheet, row, row["stand"]["text"]


def _history(row: Data) -> Iterator[Termijn]:
    return (Termijn(one["kwartaal"], _period(one)) for one in row["historie"])


def _period(data: Data) -> Periode:
    day = data["laatste_dag"]
    return Periode(data["tekst"], date.fromisoformat(day) if day else None)
