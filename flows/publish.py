"""Puts what is finished in its place, whole or not at all, and finds what is there already. Knows nothing of what is in it.

Folders and bytes go in; what a reader finds is complete at any moment, whatever is interrupted. Every fault at writing comes out
as `Unwritable`. How it is done on a disk stands in publish_local.py, and at an address in publish_remote.py.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

from flows import publish_local, publish_remote
from flows.model.place import Place
from flows.publish_remote import MANIFEST

__all__ = [
    "MANIFEST",
    "Kind",
    "Unwritable",
    "create",
    "drafts",
    "exclusive",
    "next_draft",
    "publish",
    "same_draft",
    "write",
]


class Kind(Enum):
    """What a folder holds, and how such a folder is called: drafts have numbers, and so has each later version of a final brief."""

    DRAFT = re.compile(r"concept-(\d{2,})")
    FINAL = re.compile(r"definitief(?:-(\d{2,}))?")

    def folder(self, number: int) -> str:
        """The name of the folder with that number, from 1."""
        if self is Kind.DRAFT:
            return f"concept-{number:02}"
        return f"definitief-{number:02}" if number > 1 else "definitief"


PASSING = frozenset({
    errno.EAGAIN, errno.EBUSY, errno.EIO, errno.EREMOTEIO, errno.ESTALE,
    errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH,
})  # fmt: skip


class Unwritable(Exception):
    """The place in which the outcome must stand cannot be written to. `transient`: the fault may pass by itself."""

    def __init__(self, where: str, *, transient: bool = False) -> None:
        super().__init__(where)
        self.transient = transient


@contextmanager
def _writing(where: Place) -> Iterator[None]:
    """Makes any fault inside an Unwritable that names `where` and nothing else: other words may hold keys or addresses."""
    try:
        yield
    except OSError as error:
        raise Unwritable(str(where), transient=_passing(error)) from error


def _passing(error: OSError) -> bool:
    return isinstance(error, ConnectionError | TimeoutError) or error.errno in PASSING


@contextmanager
def exclusive(folder: Place, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds a quarter's output folder; calls `waiting` once if another command has it, then waits for that to end.

    What an interrupted command left unfinished is cleared away, and what it was replacing is put back. At an address nothing can
    be held: there the flow's own limit on Prefect keeps runs apart.
    """
    with ExitStack() as held:
        with _writing(folder):
            if isinstance(folder, Path):
                held.enter_context(publish_local.held(folder, waiting))
            else:
                publish_remote.clear(folder)
        yield


def drafts(folder: Place, kind: Kind = Kind.DRAFT) -> dict[int, Place]:
    """The drafts (or final briefs) of a quarter by number, in its order; raises Unwritable where an address does not answer."""
    with _writing(folder):
        found = publish_local.folders(folder) if isinstance(folder, Path) else publish_remote.complete(folder)
    return {number: folder / name for number, name in _numbered(found, kind)}


def same_draft(
    folder: Place, identities: Collection[str], kind: Kind = Kind.DRAFT
) -> tuple[Place, dict[str, Any]] | None:
    """The newest draft (or final brief) of one of the identities and its manifest; None where there is none."""
    for _, path in sorted(drafts(folder, kind).items(), reverse=True):
        try:
            manifest = json.loads((path / MANIFEST).read_bytes())
            if manifest["identity"] in identities:
                return path, manifest
        except (ValueError, KeyError, TypeError):  # a folder that somebody has touched is no draft of ours
            continue
        except OSError as error:  # one that cannot be reached for a moment may be the one: do not make it twice
            if _passing(error):
                raise Unwritable(str(folder), transient=True) from error
    return None


def next_draft(folder: Place, kind: Kind = Kind.DRAFT) -> int:
    """The number of the next draft (or final brief), above that of anything there that is called one, complete or not."""
    with _writing(folder):
        names = publish_local.names(folder) if isinstance(folder, Path) else publish_remote.names(folder)
    return max((number for number, _ in _numbered(names, kind)), default=0) + 1


def _numbered(names: frozenset[str], kind: Kind) -> list[tuple[int, str]]:
    return sorted((int(match[1] or 1), match[0]) for match in map(kind.value.fullmatch, names) if match)


def publish(
    folder: Place,
    name: str,
    files: Mapping[str, bytes],
    trees: Mapping[str, Path] | None = None,
    *,
    replace: bool = False,
) -> Place:
    """Writes `files` (and copies whole `trees`) to `folder/name`: all of it or nothing. An existing folder is only replaced on request.

    At an address a new folder counts from the moment that its manifest is there, which is written last; one that is replaced may
    be a mix of old and new for a moment.
    """
    target = folder / name
    with _writing(target):
        if isinstance(target, Path):
            publish_local.publish(target, files, trees or {}, replace=replace)
        else:
            publish_remote.publish(target, files, trees or {}, replace=replace)
    return target


def write(folder: Place, name: str, data: bytes) -> None:
    """Writes one file, whole or not at all, over what is there; makes its folder; raises Unwritable."""
    with _writing(folder):
        if isinstance(folder, Path):
            publish_local.write(folder / name, data)
        else:
            publish_remote.write(folder / name, data)


def create(folder: Place, name: str, data: bytes) -> None:
    """Writes one file that is not there yet; raises FileExistsError, and changes nothing, if it is; or Unwritable."""
    try:
        with _writing(folder):
            if isinstance(folder, Path):
                publish_local.create(folder / name, data)
            else:
                publish_remote.create(folder / name, data)
    except Unwritable as error:
        if isinstance(error.__cause__, FileExistsError):
            raise error.__cause__ from None
        raise
