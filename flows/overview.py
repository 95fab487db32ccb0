"""What there is: quarters, their drafts and the state of each, and the logbook. Reads manifests, logbooks and steering workbooks.

Knows no Prefect: what is told here is what lies in inputs/ and outputs/.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flows.gather.steering import FILE, read_regie
from flows.gather.workbook import unreachable
from flows.logbook import Page, pages
from flows.model.delivery import Origin
from flows.model.finding import Stop
from flows.model.place import Place
from flows.model.quarter import Kwartaal
from flows.order import Rules, due_date, input_digests, input_files, is_folder, known, quarters
from flows.publish import MANIFEST, Kind, Unwritable, drafts
from flows.theme import load_letters


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft or a final brief: its folder, and when it was made (None where the logbook does not say).

    Then what stands open, and the inputs that differ now.
    """

    name: str
    made: datetime | None
    blocking: int
    open_points: int
    gaps: int
    outdated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A quarter. `due` is the day on which the schedule makes its draft; `fault` says why its regie.xlsx cannot be used."""

    kwartaal: Kwartaal
    due: date | None
    fault: str | None
    drafts: tuple[Draft, ...]
    pages: tuple[Page, ...]

    @property
    def checked(self) -> Page | None:
        """The newest run that read the deliveries."""
        return next((page for page in reversed(self.pages) if page.end and page.expected), None)


def overviews(inputs: str, outputs: str) -> tuple[Overview, ...]:
    """Every quarter that has a folder in `inputs` or `outputs`, newest first; raises Stop where neither can be read."""
    rules = Rules.load()
    folders = (known(inputs, rules.regels), known(outputs, rules.regels))
    found: set[Kwartaal] = set()
    for folder in folders:
        with suppress(OSError):
            found |= set(quarters(folder))
    if not found:
        raise Stop(rules.regels.finding("geen-kwartalen", Origin(inputs), map=inputs))
    return tuple(overview(one, *folders, rules) for one in sorted(found, reverse=True))


def overview_of(kwartaal: str, inputs: str, outputs: str) -> Overview:
    """What there is of the quarter as typed; raises Stop where there is nothing."""
    rules = Rules.load()
    try:
        quarter = Kwartaal.parse(kwartaal)
    except ValueError:
        raise Stop(rules.regels.finding("kwartaal-onleesbaar", Origin(kwartaal), value=kwartaal)) from None
    folders = (known(inputs, rules.regels), known(outputs, rules.regels))
    if not any(is_folder(folder / str(quarter), rules.regels) for folder in folders):
        source = folders[0] / str(quarter)
        raise Stop(rules.regels.finding("kwartaal-onbekend", Origin(str(source)), map=source))
    return overview(quarter, *folders, rules)


def overview(kwartaal: Kwartaal, inputs: Place, outputs: Place, rules: Rules) -> Overview:
    """What there is of one quarter."""
    source, target = inputs / str(kwartaal), outputs / str(kwartaal)
    due, fault = _due(source, kwartaal, rules)
    now: Mapping[str, str] = {}
    with suppress(OSError):
        now = input_digests(input_files(source))
    written: tuple[Page, ...] = ()
    with suppress(OSError):
        written = pages(target)
    made = {
        page.made: page for page in reversed(written) if page.made and page.end
    }  # the first that names a draft made it
    there: list[Place] = []
    with suppress(Unwritable):  # an address that does not answer
        there = [path for kind in Kind for path in drafts(target, kind).values()]
    found = tuple(draft for path in there if (draft := _draft(path, now, made.get(path.name))) is not None)
    return Overview(kwartaal, due, fault, found, written)


def _due(source: Place, kwartaal: Kwartaal, rules: Rules) -> tuple[date | None, str | None]:
    path = source / FILE
    try:
        if not path.is_file():
            return None, rules.regels.finding("regie-ontbreekt", Origin(str(source)), map=source).message
        regie, _ = read_regie(path, kwartaal, rules.contract, rules.regels, load_letters())
    except Stop as stop:
        return None, stop.finding.message
    except OSError:
        return None, unreachable(path, rules.regels).findings[0].message
    return due_date(regie.ministeries), None


def _draft(path: Place, now: Mapping[str, str], page: Page | None) -> Draft | None:
    """A draft by its manifest; None for a folder without a manifest of ours."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        manifest: dict[str, Any] = json.loads((path / MANIFEST).read_bytes())
        then = {item["file"]: item["sha256"] for item in manifest["inputs"]}
        differ = sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))
        made = datetime.fromisoformat(page.end) if page and page.end else None
        blocking = manifest["findings"].get("blokkerend", 0)
        return Draft(path.name, made, blocking, manifest["open_points"], manifest["gaps"], tuple(differ))
    return None
