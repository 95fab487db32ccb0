"""A PostgreSQL cluster of its own for a test: made in a temporary folder, listening on this machine only, gone afterwards.

Takes the programs of Debian's package `postgresql`. They refuse to run as root: then they run as the user `postgres`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAMS = "/usr/lib/postgresql"
ROLE = "voortgang"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=60")


def programs() -> Path:
    """The folder of the newest PostgreSQL on this machine."""
    found = sorted(Path(PROGRAMS).glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    assert found, f"no PostgreSQL in {PROGRAMS}: apt-get install postgresql"
    return found[-1].parent


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster with an empty database; yields its address as SQLAlchemy writes it, without the driver."""
    folder = Path(tempfile.mkdtemp(prefix="voortgang-postgres-"))
    own: dict[str, Any] = {"cwd": folder}
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        own |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    programs_, data, port = programs(), folder / "data", free_port()
    initdb = [
        programs_ / "initdb",
        "-D",
        data,
        "-U",
        ROLE,
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    server = [programs_ / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", folder]
    try:
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **own)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*server, *(part for setting in QUICK for part in ("-c", setting))],
                stdout=log,
                stderr=log,
                start_new_session=True,
                **own,
            )
        try:
            _wait(programs_, port, process, folder / "log")
            yield f"{ROLE}@127.0.0.1:{port}/postgres"
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(programs_: Path, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    ready = [programs_ / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", ROLE, "-d", "postgres"]
    while subprocess.run(ready, check=False).returncode:
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Asks it to end without waiting for its clients; a cluster that does not is killed with all its processes."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
