"""Puts a finished folder in its place, whole or not at all, and finds what is there already. Knows nothing of what is in it.

One command at a time works on a quarter: the others wait at the lock, which dies with its holder.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
_LOCK = ".in-gebruik"
_UNFINISHED = ".onaf-"
_DRAFT = re.compile(r"concept-(\d{2,})")


class Unwritable(Exception):
    """The folder in which the outcome must stand cannot be written to."""


@contextmanager
def exclusive(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds a quarter's output folder; calls `waiting` once if another command has it, then waits for that to end.

    What an interrupted command left unfinished is cleared away.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("a")
    except OSError as error:
        raise Unwritable(str(folder)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        for left in folder.glob(_UNFINISHED + "*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def drafts(folder: Path) -> dict[int, Path]:
    """The drafts of a quarter by number."""
    found = ((_DRAFT.fullmatch(path.name), path) for path in folder.glob("concept-*"))
    return {int(match[1]): path for match, path in sorted(found, key=lambda item: item[1].name) if match}


def same_draft(folder: Path, identity: str) -> tuple[Path, dict[str, Any]] | None:
    """The newest draft of that identity and its manifest; None where there is none."""
    for _, path in sorted(drafts(folder).items(), reverse=True):
        with suppress(OSError, ValueError, KeyError):  # a folder that somebody has touched is no draft of ours
            manifest = json.loads((path / MANIFEST).read_bytes())
            if manifest["identity"] == identity:
                return path, manifest
    return None


def next_draft(folder: Path) -> int:
    """The number of the next draft."""
    return max(drafts(folder), default=0) + 1


def publish(
    folder: Path,
    name: str,
    files: Mapping[str, bytes],
    trees: Mapping[str, Path] | None = None,
    *,
    replace: bool = False,
) -> Path:
    """Writes `files` (and copies whole `trees`) to `folder/name`: all of it or nothing. An existing folder is only replaced on request."""
    try:
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    except OSError as error:
        raise Unwritable(str(folder)) from error
    old = unfinished.with_name(unfinished.name + "-oud")
    target = folder / name
    try:
        for file, data in files.items():
            _write(unfinished / file, data)
        for tree, source in (trees or {}).items():
            shutil.copytree(source, unfinished / tree)
        unfinished.chmod(0o755)
        if replace and target.exists():
            target.rename(old)
        unfinished.rename(target)
        _sync(folder)
    except OSError as error:
        if old.exists() and not target.exists():
            old.rename(target)
        raise Unwritable(str(target)) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return target


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
