"""The newest brief of an earlier quarter, and the newest draft of this one: found among the outputs, read back to compare with.

A final brief goes before a draft, a later one before an earlier. A folder that somebody has touched is passed over.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flows.assemble.rows import STAND, TEXT, read_brief
from flows.model.baseline import Baseline, Key, VorigeRij, VorigeWaarde, row_key
from flows.model.changes import MOTIES, TOEZEGGINGEN, VOORTGANG
from flows.model.place import Place
from flows.model.quarter import Kwartaal
from flows.order import quarters
from flows.publish import MANIFEST, Kind

BRIEF = "brief.json"
_FOLDER = re.compile(r"(?P<kind>concept|definitief)(?:-(?P<number>\d{2,}))?")
Data = Mapping[str, Any]
NO_KEYS: Mapping[Key, Key] = MappingProxyType({})
SAYS = {VOORTGANG: TEXT, MOTIES: STAND, TOEZEGGINGEN: STAND}  # what is compared of a row


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
    briefs = (_newest(outputs / str(one), one, _FOLDER) for one in reversed(earlier) if one < before)
    return next(filter(None, briefs), None)


def newest_draft(folder: Place, quarter: Kwartaal, *, but: Collection[str] = ()) -> Published | None:
    """The newest draft of a quarter, `but` those of some identities; None where there is none.

    Raises OSError where the folder is out of reach.
    """
    return _newest(folder, quarter, Kind.DRAFT.value, but) if folder.is_dir() else None


def _newest(folder: Place, quarter: Kwartaal, named: re.Pattern[str], but: Collection[str] = ()) -> Published | None:
    for path in _folders(folder, named):
        with suppress(FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
            manifest = (path / MANIFEST).read_bytes()  # written last: without it a folder is not complete
            if but and json.loads(manifest)["identity"] in but:
                continue
            content = (path / BRIEF).read_bytes()
            data = json.loads(content)
            if isinstance(data, dict) and data.get("kwartaal") == str(quarter):
                return Published(quarter, path.name, content, data)
    return None


def baseline(found: Published, renamed: Mapping[Key, Key] = NO_KEYS) -> Baseline:
    """The rows of a brief, each under its name, or the one that it has in the later brief where it was `renamed`.

    Raises KeyError, TypeError or ValueError for data that no brief of ours holds.
    """
    told, quarter = read_brief(found.data), str(found.kwartaal)
    taken = set(renamed.values())

    def now(name: Key) -> Key:
        gone = name in taken and name not in renamed  # its Nr is another row's
        return (*name[:2], f"{name[2]} {quarter}") if gone else renamed.get(name, name)

    made: dict[Key, VorigeRij] = {}
    for row in told.rows:
        kant, name = row.kant, row.name
        if row.sheet in SAYS and kant.nr and not (row.gap and row.sheet == VOORTGANG):
            text, same = row.velden[SAYS[row.sheet]].text, told.gelijk.get(name, (quarter,))
            terms = told.termijnen.get(name, ())
            made.setdefault(now(name), VorigeRij(row.sheet, kant.ministerie, kant.nr, kant.status, text, terms, same))
    indicators = {now(name): value for name, value in _indicators(found.data["registers"])}
    return Baseline(found.kwartaal, found.name, hashlib.sha256(found.content).hexdigest(), made, indicators)


def _folders(quarter: Place, named: re.Pattern[str]) -> list[Place]:
    """The folders of briefs, the newest final one first."""
    found = [
        (match, path)
        for path in quarter.iterdir()
        if named.fullmatch(path.name) and (match := _FOLDER.fullmatch(path.name))
    ]
    found.sort(key=lambda item: (item[0]["kind"] == "definitief", int(item[0]["number"] or 1)), reverse=True)
    return [path for _, path in found]


def _indicators(data: Data) -> Iterator[tuple[Key, VorigeWaarde]]:
    """The indicators of which a number was printed."""
    for row in data["indicatoren"]:
        if row["nr"] and not row["gap"] and isinstance(row["waarde"], int | float):
            yield (
                row_key("Indicatoren", row["ministerie"], row["nr"]),
                VorigeWaarde(row["waarde"], row["eenheid"] or ""),
            )
