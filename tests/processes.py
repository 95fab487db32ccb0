"""Processes of this machine, for tests that start and kill some, and ask a server of theirs; and waiting for what comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

PATIENCE = 120.0


def eventually(true: Callable[[], object]) -> None:
    """Waits until something is true; fails if it never is."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.2)


def answer(request: Request) -> bytes:
    """What a Prefect server answers. One whose database is busy says so, and is asked again, as Prefect's own client does."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(request, timeout=60) as answered:
                return bytes(answered.read())
        except HTTPError as error:
            if error.code != HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > deadline:
                raise
        time.sleep(1)


def descendants(of: int) -> set[int]:
    """A process' children and theirs."""
    found: set[int] = set()
    for task in Path(f"/proc/{of}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child} | descendants(child)
    return found


def alive(process: int) -> bool:
    """Whether a process runs (one that has ended and waits for its parent does not)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
