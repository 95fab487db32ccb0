"""Publishing on a disk: writes beside the target, flushes to the disk, and puts it in place with one renaming.

A run that is killed leaves at most a hidden entry that begins with `.onaf-`, which the next one clears. Raises OSError.
One command at a time works on a quarter: the others wait at the lock, which dies with its holder.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from flows.renaming import move_new, swap

LOCK = ".in-gebruik"
UNFINISHED = ".onaf-"
OLD = "-oud"  # `.onaf-controle-oud` is what stood in `controle`, while that is being replaced


@contextmanager
def held(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds the folder's lock, and clears what an interrupted command left in it."""
    _make(folder)
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        _clear(folder)
        yield


def _clear(folder: Path) -> None:
    for left in folder.glob(f"{UNFINISHED}*{OLD}"):
        _restore(left, folder / left.name.removeprefix(UNFINISHED).removesuffix(OLD))
    for pattern in (f"{UNFINISHED}*", f"*/{UNFINISHED}*"):
        for left in folder.glob(pattern):
            _remove(left)


def _restore(old: Path, target: Path) -> None:
    """Puts back what was being replaced if nothing has come in its place; else it has had its time."""
    if os.path.lexists(target):
        _remove(old)
    else:
        old.rename(target)


def folders(folder: Path) -> frozenset[str]:
    """The names of the folders in `folder`."""
    return frozenset(path.name for path in folder.glob("*") if path.is_dir())


def names(folder: Path) -> frozenset[str]:
    """The names of all that is in `folder`, files too: none of it may be overwritten."""
    return frozenset(path.name for path in folder.glob("*"))


def publish(target: Path, files: Mapping[str, bytes], trees: Mapping[str, Path], *, replace: bool) -> None:
    """Makes the folder `target` of files and copied trees."""
    unfinished = _beside(target)
    unfinished.mkdir()
    try:
        for file, data in files.items():
            _make((unfinished / file).parent)
            _write(unfinished / file, data)
            _sync((unfinished / file).parent)
        for tree, source in trees.items():
            _copy(source, unfinished / tree)
        unfinished.chmod(0o755)
        _sync(unfinished)
        if replace:
            _replace(unfinished, target)
        else:
            move_new(unfinished, target)
        _sync(target.parent)
    finally:
        _remove(unfinished)  # or, when it changed places with its target, what stood there


def _replace(unfinished: Path, target: Path) -> None:
    """Puts `unfinished` in the place of `target`, which is there whole, old or new, whenever this ends."""
    old = target.with_name(UNFINISHED + target.name + OLD)
    if os.path.lexists(old):
        _restore(old, target)
    if not os.path.lexists(target):
        unfinished.rename(target)
    elif not swap(unfinished, target):
        target.rename(old)
        try:
            unfinished.rename(target)
        except OSError:
            old.rename(target)
            raise
        _remove(old)


def write(target: Path, data: bytes) -> None:
    """Writes a file over what is there."""
    _make(target.parent)
    try:
        _put(target, data, os.replace)
    except FileNotFoundError:  # a command that began in the meantime took the unfinished file for a left one
        _put(target, data, os.replace)


def create(target: Path, data: bytes) -> None:
    """Writes a file; raises FileExistsError if it is there."""
    _make(target.parent)
    _put(target, data, move_new)


def _put(target: Path, data: bytes, move: Callable[[Path, Path], None]) -> None:
    unfinished = _beside(target)
    try:
        _write(unfinished, data)
        move(unfinished, target)
        _sync(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    return target.with_name(UNFINISHED + uuid4().hex)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _copy(source: Path, target: Path) -> None:
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.is_dir():
            _copy(path, target / path.name)
        else:
            _write(target / path.name, path.read_bytes())
    _sync(target)


def _make(folder: Path) -> None:
    """Makes a folder and those above it, each noted on the disk."""
    if not folder.is_dir():
        _make(folder.parent)
        try:
            folder.mkdir(exist_ok=True)
        except FileExistsError as error:
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from error
        _sync(folder.parent)


def _remove(path: Path) -> None:
    """Removes a file or folder as far as that can be done: what is left over does no harm, and the next run tries again."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _sync(folder: Path) -> None:
    """Flushes a folder's list of names to the disk, where the file system knows of such a thing."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}:
            raise
    finally:
        os.close(descriptor)
