"""What must be running before a flow can: Prefect's server and the process that holds Great Expectations.

Both are started as the very first thing, in processes of their own, while everything else is still being imported. Neither
outlives the command: each ends when its pipe to it closes, however the command ended.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from flows.catalogue import ROOT

if TYPE_CHECKING:
    from flows.validate.expectations import Verdict
    from flows.validate.suites import Suite
    from flows.validate.tables import Table

STATE = Path(os.environ.get("VOORTGANG_STATE", ROOT / ".voortgang"))
SETTLE_SECONDS = 10.0
_ENVIRONMENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_HOME": str(STATE / "prefect"),
}


def prepare() -> None:
    """Sets Prefect's environment; must come before its first import. What the user has set stays."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    if _stamp().exists():
        os.environ.setdefault("PREFECT_API_DATABASE_MIGRATE_ON_START", "false")


def running_server() -> str | None:
    """The address of a Prefect server that is already there, from PREFECT_API_URL; None where it does not answer."""
    address = os.environ.get("PREFECT_API_URL", "")
    with suppress(OSError, ValueError, HTTPException), urlopen(f"{address}/health", timeout=2) as answer:
        return address if answer.status == 200 else None
    return None


@contextmanager
def prefect_server() -> Iterator[bool]:
    """A server for the flows inside: the running one, or one of our own; yields whether it is our own.

    Our own listens from the start: whoever connects before it is up waits in the queue of the socket.
    """
    if running_server():
        yield False
        return
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        process = _start("server", listener)
    before = os.environ.get("PREFECT_API_URL")
    os.environ["PREFECT_API_URL"] = address
    try:
        yield True
    finally:
        _stop(process)
        os.environ.pop("PREFECT_API_URL")
        os.environ |= {} if before is None else {"PREFECT_API_URL": before}


def _start(role: str, inherited: socket.socket) -> subprocess.Popen[bytes]:
    """Runs this module in a process of its own, with a socket of ours."""
    command = [sys.executable, "-m", "flows.runtime", role, str(inherited.fileno())]
    return subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=[inherited.fileno()])


def _stop(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    process.wait()


def _end_with_parent() -> None:
    """Ends this process when its standard input closes, as it does however the parent ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command; we end when it does

    def watch() -> None:
        os.read(sys.stdin.fileno(), 1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def settle(flow_run_id: str, tasks: int) -> None:
    """Waits until the server has recorded the end of all `tasks` of a flow run: one stopped too soon loses some."""
    from prefect.client.orchestration import get_client
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    EventsWorker.drain_all()
    APILogWorker.drain_all()
    with get_client(sync_client=True) as client:
        ended = {
            "flow_runs": {"id": {"any_": [flow_run_id]}},
            "task_runs": {"state": {"type": {"any_": ["COMPLETED", "FAILED", "CRASHED"]}}},
        }
        deadline = time.monotonic() + SETTLE_SECONDS
        while client.request("POST", "/task_runs/count", json=ended).json() < tasks and time.monotonic() < deadline:
            time.sleep(0.05)


def _serve(listener: socket.socket) -> None:
    """The server's process: serves on an inherited socket."""
    gc.disable()  # importing makes no garbage worth looking for
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=True)
    gc.enable()
    uvicorn.Server(uvicorn.Config(app, fd=listener.fileno(), log_level="error", lifespan="on")).run()


@dataclass(frozen=True, slots=True)
class Judge:
    """Great Expectations in a process of its own, since importing it takes seconds."""

    connection: Connection

    def judge(self, tables: Mapping[str, Table], suites: tuple[Suite, ...]) -> tuple[Verdict, ...]:
        """What the suites say of the tables; raises what was raised there."""
        verdicts: tuple[Verdict, ...] = self._ask("judge", tables, suites)
        return verdicts

    @contextmanager
    def writing_docs(self, folder: Path) -> Iterator[None]:
        """Writes the Data Docs of the last run to `folder` beside the block; they are there when it ends."""
        self.connection.send(("write_docs", (folder,)))
        try:
            yield
        finally:
            self._answer()

    def _ask(self, what: str, *arguments: object) -> Any:
        self.connection.send((what, arguments))
        return self._answer()

    def _answer(self) -> Any:
        result = self.connection.recv()
        if isinstance(result, BaseException):
            raise result
        return result


@contextmanager
def judge_process() -> Iterator[Judge]:
    """Starts the process; it is ready some seconds later, and ends with the block."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = _start("judge", theirs)
    connection = Connection(ours.detach())
    try:
        yield Judge(connection)
    finally:
        connection.close()
        _stop(process)


_current: list[Judge] = []


@contextmanager
def borrowed_judge() -> Iterator[Judge]:
    """The judge that the command has started already, or one for the length of the block."""
    if _current:
        yield _current[-1]
    else:
        with judge_process() as judge:
            yield judge


@contextmanager
def early_judge() -> Iterator[None]:
    """Starts the judge for all flows run inside."""
    with judge_process() as judge:
        _current.append(judge)
        try:
            yield
        finally:
            _current.remove(judge)


def _judge(link: socket.socket) -> None:
    """The judge's process: answers what it is asked over an inherited socket, until that closes."""
    os.nice(10)  # the server is waited for first
    from flows.validate import expectations

    expectations.warm_up()
    connection = Connection(link.detach())
    with suppress(EOFError):
        while True:
            what, arguments = connection.recv()
            try:
                result = getattr(expectations, what)(*arguments)
            except ValueError as error:
                result = error
            except Exception as error:  # noqa: BLE001 (raised again where it was asked; not all of these can travel)
                result = RuntimeError("".join(traceback.format_exception(error)))
            connection.send(result)
    os._exit(0)  # nothing is left to be put away


def migrate() -> None:
    """Makes the tables of Prefect's database, so that no server of ours need look at them again."""
    command = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    _stamp().touch()


def _stamp() -> Path:
    """Exists where the database has the tables of the installed Prefect."""
    return Path(os.environ["PREFECT_HOME"]) / f"tables-{version('prefect')}"


def main(role: str, descriptor: int | None = None) -> None:
    """What a process of this module does: `server`, `judge` (each with an inherited socket) or `migrate`."""
    prepare()
    if descriptor is None:
        migrate()
        return
    _end_with_parent()
    with socket.socket(fileno=descriptor) as inherited:
        {"server": _serve, "judge": _judge}[role](inherited)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
