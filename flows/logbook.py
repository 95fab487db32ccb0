"""The logbook of a quarter: who ran what when, with which inputs, and how it ended. One small file a run, in outputs/KWARTAAL/logboek.

A run writes its page when it begins and again when it ends. A page without an end, of a run that is no more, tells of one that
was broken off. The pages are also the drop folder's memory: what has been checked is what a page says was read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from flows.model.place import Place
from flows.publish import write

FOLDER = "logboek"


@dataclass(frozen=True, slots=True)
class Page:
    """One run. Times are ISO 8601 with zone; `outcome` is the name of its final state, None while it runs.

    `inputs` has the SHA-256 of each input file by name, as read; `made` is the folder that holds what was made; `via` is what
    started it: a command, the schedule, the drop folder, or the name of a deployment; `fault` names what, from outside, kept it from
    its work; `mailed` has the deliveries, by SHA-256 too, whose senders got their feedback by mail.
    """

    run: str
    verb: str
    kwartaal: str
    who: str
    host: str
    via: str
    begin: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    end: str | None = None
    outcome: str | None = None
    made: str | None = None
    reason: str | None = None
    fault: str | None = None
    delivered: int = 0
    expected: int = 0
    blocking: int = 0
    mailed: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for moment in filter(None, (self.begin, self.end)):
            datetime.fromisoformat(moment)  # raises ValueError for a page that somebody has damaged

    @property
    def name(self) -> str:
        """Its file, so that pages sort by when they began."""
        begun = datetime.fromisoformat(self.begin).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        return f"{begun}-{self.verb}-{self.run[:8]}.json"

    @property
    def told(self) -> bool:
        """Whether it ended with something to tell of its inputs, so that no other run need look at them again."""
        return self.outcome is not None and self.fault is None


def keep(outputs: Place, page: Page) -> None:
    """Writes a page, over an earlier one of the same run; raises Unwritable."""
    data = json.dumps(asdict(page), indent=1, sort_keys=True) + "\n"  # ASCII: a file name need not be UTF-8
    write(outputs / FOLDER, page.name, data.encode())


def close(outputs: Place, page: Page, end: datetime, **found: Any) -> Page:
    """Writes a page with its end; returns it."""
    closed = replace(page, end=end.isoformat(timespec="seconds"), **found)
    keep(outputs, closed)
    return closed


def pages(outputs: Place) -> tuple[Page, ...]:
    """All pages of a quarter, oldest first. What somebody has damaged is left out; raises OSError where they are out of reach."""
    found: list[Page] = []
    try:
        paths: list[Place] = sorted((outputs / FOLDER).iterdir(), key=lambda path: path.name)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    for path in paths:
        if path.suffix == ".json" and not path.name.startswith("."):
            with suppress(FileNotFoundError, ValueError, TypeError):
                found.append(Page(**json.loads(path.read_bytes())))
    return tuple(found)


def last_read(found: tuple[Page, ...], verbs: frozenset[str]) -> Mapping[str, str] | None:
    """The inputs of which the newest run of one of `verbs` has told something; None where there is none."""
    return next((page.inputs for page in reversed(found) if page.told and page.verb in verbs), None)
