"""The drop folder: which quarters hold deliveries that have come to rest and have not been checked yet; and a flow that checks those.

A file is at rest when its size and time have stayed the same for some seconds, no program has it open, and it looks whole. What has
been checked is what the logbook says was read, by content: so nothing is checked twice, and nothing is missed over a restart.
Folders are looked at in turns, since a network share tells nobody what changes on it.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows import logbook, report, runtime
from flows.catalogue import sayings
from flows.check_workbooks import controle
from flows.conduct import started_by
from flows.gather.raw import sha256
from flows.gather.steering import FILE
from flows.model.finding import Stop
from flows.model.place import Place
from flows.model.quarter import Kwartaal
from flows.order import Rules, ignored, known, quarters

NAME = "aanlevermap"
CHECKS = frozenset({"controle", "concept"})
REST = 5.0  # seconds that a file must stay the same
PATIENCE = 45.0  # the same for one that looks unfinished: empty, or a zip without its end
COMPANY = 15.0  # how long deliveries at rest wait for others that still move, to be checked together
FORGOTTEN = 12 * 3600.0  # a lock file that has been there so long belongs to a program that is no more
TRIES = 3  # a check that dies this often on the same files waits until one of them changes
LOOK, LOOK_REMOTE = 2.0, 15.0  # between two looks at a folder, or at an address


@dataclass(slots=True)
class Seen:
    """A file as it was seen last, and since when (seconds of a steady clock) it has been so."""

    size: int
    changed: float
    since: float
    rest: float
    digest: str | None = None


@dataclass(slots=True)
class Watch:
    """Looks at the quarters of `inputs` again and again, and remembers what it saw. `outputs` holds the logbooks."""

    inputs: Place
    outputs: Place
    rest: float = REST
    seen: dict[tuple[Kwartaal, str], Seen] = field(default_factory=dict)
    read: dict[Kwartaal, Mapping[str, str]] = field(default_factory=dict)

    def look(self, now: float) -> dict[Kwartaal, Mapping[str, str]]:
        """The quarters that ask for a check at `now` (seconds of a steady clock), each with its files at rest by digest."""
        ready = {}
        with suppress(OSError):  # a share that is away for a moment
            for quarter in quarters(self.inputs):
                with suppress(OSError):
                    if files := self._ready(quarter, now):
                        ready[quarter] = files
        return ready

    @property
    def pause(self) -> float:
        """The seconds between two looks."""
        return LOOK if isinstance(self.inputs, Path) else LOOK_REMOTE

    @property
    def moving(self) -> bool:
        """Whether a file was not at rest when it was last looked at."""
        return any(one.digest is None for one in self.seen.values())

    def _ready(self, quarter: Kwartaal, now: float) -> Mapping[str, str] | None:
        """The digests of a quarter's files at rest, if they ask for a check."""
        names = self._update(quarter, now)
        resting = {name: digest for name in names if (digest := self.seen[quarter, name].digest) is not None}
        if not resting.keys() - {FILE}:
            return None
        if self._new(quarter, resting, names) is None:
            return None
        pages = logbook.pages(self.outputs / str(quarter))
        self.read[quarter] = logbook.last_read(pages, CHECKS) or {}
        if (new := self._new(quarter, resting, names)) is None:
            return None
        waited = now - max((self.seen[quarter, name].since for name in new), default=0.0)
        if len(resting) < len(names) and waited < self.rest + COMPANY:
            return None
        broken_off = sum(page.outcome is None and page.via == NAME and page.inputs == resting for page in pages)
        return resting if broken_off < TRIES else None

    def _new(self, quarter: Kwartaal, resting: Mapping[str, str], names: Sequence[str]) -> list[str] | None:
        """The files at rest that differ from what was read last; None where nothing differs and nothing has gone."""
        read = self.read.get(quarter, {})
        new = [name for name, digest in resting.items() if read.get(name) != digest]
        return new if new or read.keys() - set(names) else None

    def _update(self, quarter: Kwartaal, now: float) -> list[str]:
        """Looks at each file of a quarter; returns their names."""
        paths = {path.name: path for path in (self.inputs / str(quarter)).iterdir()}
        names = [name for name, path in paths.items() if not ignored(name) and path.is_file()]
        for name in names:
            with suppress(OSError):  # gone, or out of reach for a moment: it is looked at again
                self._see((quarter, name), paths[name], now, is_open=self._open(name, paths))
        for gone in [key for key in self.seen if key[0] == quarter and key[1] not in paths]:
            del self.seen[gone]
        return [name for name in names if (quarter, name) in self.seen]

    def _see(self, key: tuple[Kwartaal, str], path: Place, now: float, *, is_open: bool) -> None:
        """Remembers how a file is now, and its digest once it is at rest."""
        stat = path.stat()
        one = self.seen.get(key)
        if one is None or (one.size, one.changed) != (stat.st_size, stat.st_mtime):
            one = self.seen[key] = Seen(stat.st_size, stat.st_mtime, now, self.rest)
        if is_open:
            one.digest = None
        elif one.digest is None and now - one.since >= one.rest:
            if one.rest < PATIENCE and not _whole(path):
                one.rest = PATIENCE
            else:
                one.digest = _digest(path)

    def _open(self, name: str, paths: Mapping[str, Place]) -> bool:
        """Whether a spreadsheet program has the file open, as a lock file beside it tells."""
        locks = (paths[lock] for lock in (f"~${name}", f".~lock.{name}#") if lock in paths)
        return any(time.time() - lock.stat().st_mtime < FORGOTTEN for lock in locks)


def _whole(path: Place) -> bool:
    """Whether a file looks finished: not empty, and with its end if it begins as a zip. One that may not be read does."""
    try:
        with path.open("rb") as file:
            head = file.read(2)
            return bool(head) and (head != b"PK" or zipfile.is_zipfile(file))
    except PermissionError:
        return True


def _digest(path: Place) -> str:
    """The SHA-256 of a file; empty, as in the logbook, for one that may not be read."""
    try:
        return sha256(path)
    except PermissionError:
        return ""


@flow(name=NAME, flow_run_name=NAME, persist_result=False)
def aanlevermap(inputs: str = "inputs", outputs: str = "outputs") -> State:
    """Checks every quarter with new deliveries, once. For a work pool, on a short interval; `voortgang start` needs it not."""
    runtime.end_with_start()
    regels, checked = Rules.load().regels, []
    try:
        watch = Watch(known(inputs, regels), known(outputs, regels))
    except Stop as stop:
        return report.failed(stop)
    with started_by(NAME):
        for quarter in _settled(watch):
            state: State = controle(str(quarter), inputs, outputs, return_state=True)
            checked.append(f"{quarter}: {state.name}")
    return Completed(message="; ".join(checked) or sayings("aanlevermap")["niets_nieuws"])


def _settled(watch: Watch) -> Iterator[Kwartaal]:
    """The quarters that ask for a check, as soon as each does; ends when nothing moves any more, or has moved for too long."""
    begin, done = time.monotonic(), set()
    while True:
        now = time.monotonic()
        for quarter in watch.look(now):
            if quarter not in done:
                done.add(quarter)
                yield quarter
        if not watch.moving or now - begin > PATIENCE + COMPANY:
            return
        time.sleep(LOOK)  # at an address too: here a run waits for it
