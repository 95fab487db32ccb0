"""What must be running before a flow can: Prefect's server, found or started, and processes that end with the one that needs them.

A server of our own is started as the very first thing, while everything else is still being imported. It does not outlive the
command: it ends when its pipe to it closes, however the command ended.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http.client import HTTPException
from importlib.metadata import version
from pathlib import Path
from urllib.request import urlopen

from flows.catalogue import ROOT

STATE = Path(os.environ.get("VOORTGANG_STATE", ROOT / ".voortgang"))
SERVING = STATE / "server.json"  # where `voortgang start` tells the other commands its server's address
OWN_SERVER = "VOORTGANG_OWN_SERVER"  # set where the server in PREFECT_API_URL serves this command alone
STARTED_BY = "VOORTGANG_STARTED_BY"  # the process of `voortgang start`, without which its runs must not go on
SETTLE_SECONDS = 10.0
START_SECONDS = 300.0  # a slow disk may take its time over the tables
_ENVIRONMENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_HOME": str(STATE / "prefect"),
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_UI_API_URL": "/api",  # the pages ask the server that they came from, whatever its port
    # Leases in files, so that a slot whose holder died is freed also by a server that was started again.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
}


def prepare() -> None:
    """Sets Prefect's environment; must come before its first import. What the user has set stays."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    for name in ("NO_PROXY", "no_proxy"):  # a proxy leads out of this machine; our own server is on it
        named = os.environ.get(name, "").split(",")
        os.environ[name] = ",".join(dict.fromkeys([*filter(None, named), "127.0.0.1", "localhost"]))
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    if _stamp().exists():
        os.environ.setdefault("PREFECT_API_DATABASE_MIGRATE_ON_START", "false")


def running_server() -> str | None:
    """The address of a Prefect server that answers: the one in PREFECT_API_URL, else that of `voortgang start`."""
    addresses = [os.environ.get("PREFECT_API_URL", "")]
    with suppress(OSError, ValueError, KeyError):
        addresses.append(json.loads(SERVING.read_bytes())["address"])
    return next((address for address in addresses if address and answers(address)), None)


def answers(address: str) -> bool:
    """Whether a Prefect server at `address` says that it is well."""
    with suppress(OSError, ValueError, HTTPException), urlopen(f"{address}/health", timeout=2) as answer:
        return bool(answer.status == 200)
    return False


@contextmanager
def prefect_server() -> Iterator[bool]:
    """A server for the flows inside: the running one, or one of our own; yields whether it is our own.

    Our own listens from the start: whoever connects before it is up waits in the queue of the socket.
    """
    if found := running_server():
        with _environment(PREFECT_API_URL=found):
            yield False
        return
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        address, process = _address(listener), start_process("server", listener)
    try:
        with _environment(PREFECT_API_URL=address, **{OWN_SERVER: "1"}):
            yield True
    finally:
        stop_process(process)


@contextmanager
def public_server(port: int, meanwhile: Callable[[], object]) -> Iterator[str]:
    """The server of `voortgang start`, with its pages and services, at a port that others know; yields its address.

    Does `meanwhile` while the server starts. Raises OSError where the port is taken.
    """
    with socket.create_server(("127.0.0.1", port), backlog=128) as listener:
        address = _address(listener)
        process = start_process("public_server", listener)
    try:
        with _environment(PREFECT_API_URL=address):
            meanwhile()
            deadline = time.monotonic() + START_SECONDS
            while not answers(address):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("Prefect's server did not start")
                time.sleep(0.1)
            yield address
    finally:
        stop_process(process)


def _address(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}/api"


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """The environment with `values`, put back as it was afterwards."""
    before = {name: os.environ.get(name) for name in values}
    os.environ |= values
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            os.environ |= {} if value is None else {name: value}


def start_process(role: str, inherited: socket.socket) -> subprocess.Popen[bytes]:
    """Runs this module in a process of its own, with a socket of ours."""
    command = [sys.executable, "-m", "flows.runtime", role, str(inherited.fileno())]
    return subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=[inherited.fileno()])


def stop_process(process: subprocess.Popen[bytes]) -> None:
    """Ends a process of ours by closing its pipe, and waits for it."""
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


def end_with_start() -> None:
    """Ends this process when the `voortgang start` that runs it is no more: its server is gone, and another may take over."""
    if not (parent := os.environ.get(STARTED_BY)):
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)

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


def _serve(listener: socket.socket, *, ephemeral: bool = True) -> None:
    """The server's process: serves on an inherited socket; an ephemeral one without pages and scheduler."""
    gc.disable()  # importing makes no garbage worth looking for
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=ephemeral)
    gc.enable()
    uvicorn.Server(uvicorn.Config(app, fd=listener.fileno(), log_level="error", lifespan="on")).run()


def migrate() -> None:
    """Makes the tables of Prefect's database, so that no server of ours need look at them again."""
    command = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    _stamp().touch()


def _stamp() -> Path:
    """Exists where the database has the tables of the installed Prefect."""
    return Path(os.environ["PREFECT_HOME"]) / f"tables-{version('prefect')}"


def _judge(link: socket.socket) -> None:
    """The judge's process."""
    from flows import judge

    judge.answer(link)


_ROLES: Mapping[str, Callable[[socket.socket], None]] = {
    "server": _serve,
    "public_server": partial(_serve, ephemeral=False),
    "judge": _judge,
}


def main(role: str, descriptor: int | None = None) -> None:
    """What a process of this module does: `server`, `public_server`, `judge` (each with an inherited socket) or `migrate`."""
    prepare()
    if descriptor is None:
        migrate()
        return
    _end_with_parent()
    with socket.socket(fileno=descriptor) as inherited:
        _ROLES[role](inherited)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
