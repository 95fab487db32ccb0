"""Publishing at an address, where nothing can be renamed or locked: the manifest is written last, and makes a folder count.

A new folder is claimed by a marker, which only one can make, and which goes when all is there. So a folder with a marker and without
a manifest is what an interrupted run left. Raises OSError.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from upath import UPath

MANIFEST = "manifest.json"
MARKER = ".onaf"

_given_up: set[bytes] = set()  # claims of this process that could not be withdrawn: a new attempt may take them over


def clear(folder: UPath) -> None:
    """Removes what interrupted runs left: folders that are claimed and have no manifest, and claims on those that have one.

    The claim goes first. A run that still writes finds it gone and withdraws, or has written its manifest before and stays.
    """
    for name, inside in _folders(folder).items():
        if MARKER in inside:
            _remove(folder / name, {MARKER})
            left = _inside(folder / name)
            if MANIFEST not in left:
                _remove(folder / name, left)


def complete(folder: UPath) -> frozenset[str]:
    """The names of the folders in `folder` that have a manifest."""
    with suppress(FileNotFoundError):
        return frozenset(name for name, inside in _folders(folder).items() if MANIFEST in inside)
    return frozenset()


def names(folder: UPath) -> frozenset[str]:
    """The names of all that is in `folder`."""
    with suppress(FileNotFoundError):
        return frozenset(_folders(folder))
    return frozenset()


def publish(target: UPath, files: Mapping[str, bytes], trees: Mapping[str, Path], *, replace: bool) -> None:
    """Makes the folder `target` of files and copied trees."""
    whole = dict(files) | {f"{tree}/{name}": data for tree, source in trees.items() for name, data in _read(source)}
    if replace:
        _replace(target, whole)
        return
    claim = uuid4().hex.encode()
    _claim(target, claim)
    try:
        for name in sorted(whole, key=lambda name: name == MANIFEST):  # one by one: none may arrive after a withdrawal
            write(target / name, whole[name])
        if _claimed_by(target) != claim:
            raise ConnectionError(MARKER)  # another run has taken it for left behind
    except OSError:
        _withdraw(target, claim, set(whole))
        raise
    with suppress(OSError):  # all is there; who comes next removes the claim
        _remove(target, {MARKER})


def write(target: UPath, data: bytes) -> None:
    """Writes a file over what is there."""
    target.fs.pipe_file(target.path, data)


def create(target: UPath, data: bytes) -> None:
    """Writes a file; raises FileExistsError if it is there."""
    target.fs.pipe_file(target.path, data, mode="create")


def _claim(target: UPath, claim: bytes) -> None:
    """Makes the marker of `target`; raises FileExistsError if anything is there."""
    there = _inside(target)
    if MARKER in there and _claimed_by(target) in _given_up:
        _remove(target, there - {MARKER})
        _remove(target, {MARKER})
    elif there:
        raise FileExistsError(str(target))
    try:
        create(target / MARKER, claim)
    except FileExistsError:
        if _claimed_by(target) != claim:  # else it was made, and only the answer was lost
            raise
    if _inside(target) != {MARKER}:  # finished by another between the look and the claim
        _remove(target, {MARKER})
        raise FileExistsError(str(target))


def _withdraw(target: UPath, claim: bytes, written: set[str]) -> None:
    """Removes what this run wrote, if that is still its own."""
    try:
        if _claimed_by(target) in {claim, None}:
            _remove(target, _inside(target) & written)
            _remove(target, {MARKER} & _inside(target))
    except OSError:
        _given_up.add(claim)


def _claimed_by(target: UPath) -> bytes | None:
    with suppress(FileNotFoundError):
        return (target / MARKER).read_bytes()
    return None


def _replace(target: UPath, whole: Mapping[str, bytes]) -> None:
    """Writes over what is there, then removes what is no longer part of it."""
    target.fs.pipe({(target / name).path: data for name, data in whole.items()})
    _remove(target, _inside(target) - whole.keys())


def _read(tree: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(tree.rglob("*")):
        if path.is_file():
            yield path.relative_to(tree).as_posix(), path.read_bytes()


def _inside(target: UPath) -> set[str]:
    """The files in a folder and below, by their path in it; the empty path stands for a file in the folder's own place."""
    base = target.path.rstrip("/")
    return {str(key).removeprefix(base).removeprefix("/") for key in target.fs.find(base)}


def _folders(folder: UPath) -> dict[str, set[str]]:
    """What is in `folder` by name: the files in it and below."""
    found: dict[str, set[str]] = {}
    for path in _inside(folder):
        name, _, rest = path.partition("/")
        found.setdefault(name, set()).add(rest)
    return found


def _remove(target: UPath, inside: set[str]) -> None:
    for path in sorted(inside):
        target.fs.rm_file((target / path).path if path else target.path)
