"""Opens a workbook: a file to plain grids of cells, or the name of the rule that says why it cannot be read.

A file is looked at first; what is no .xlsx is converted; and it is read in a process that can be stopped.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from flows.gather.confined import read
from flows.gather.convert import converted
from flows.gather.grid import RawWorkbook, Unreadable
from flows.gather.look import MOST_BYTES, Kind, look
from flows.model.place import Place


def sha256(path: Place) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def open_workbook(path: Place) -> RawWorkbook:
    """Reads a workbook; raises `Unreadable` where it is none, is locked with a password, or is damaged.

    What keeps it out of reach, a share that is away or a right that lacks, is no fault of the file: it stays the OSError that it is.
    """
    data = _bytes(path)
    raw = read(as_xlsx(data))
    return replace(raw, file=path.name, sha256=hashlib.sha256(data).hexdigest())


def as_xlsx(data: bytes) -> bytes:
    """A workbook as the .xlsx that it is, or is converted to; raises `Unreadable`."""
    kind = look(data)
    return data if kind is Kind.XLSX else converted(data, kind)


def _bytes(path: Place) -> bytes:
    """What is in a file; no more of it than a workbook may hold."""
    try:
        if isinstance(path, Path):
            _refuse(path)
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable("bestand-te-groot")
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Unreadable("bestand-onleesbaar") from error


def _refuse(path: Path) -> None:
    """Raises `Unreadable` for what leads out of its folder, or never ends."""
    if path.resolve().parent != path.parent.resolve():
        raise Unreadable("bestand-koppeling")
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise Unreadable("bestand-geen-werkboek")
