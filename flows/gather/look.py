"""Looks at a file before anything opens it: which kind it is, whatever its name says, and whether it is what it pretends to be.

In: bytes. Out: the kind, or `Unreadable`. Nothing is unpacked here: a zip's directory tells enough, and no reader goes beyond it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from enum import StrEnum

from flows.gather.grid import Unreadable

OF_COPIES = {  # the rule that says of a reviewer's copy what another says of a workbook
    "bestand-beschadigd": "kopie-beschadigd",
    "bestand-beveiligd": "kopie-beveiligd",
    "bestand-onveilig": "kopie-onveilig",
    "bestand-te-groot": "kopie-te-groot",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_BYTES = 64 << 20  # of a file
MOST_UNPACKED = 256 << 20
MOST_PARTS = 5_000
BOMB_BYTES, BOMB_RATIO = 8 << 20, 200  # a part as large as this, and packed as tightly, holds no text of people
_ENCRYPTED_XLS = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_WEB_PAGE = re.compile(rb"<(?:!doctype html|html|table|body|\?xml)\b", re.IGNORECASE)
_SEPARATED = re.compile(rb"[^\n\x00]*[;,\t|][^\n\x00]*\r?\n")


class Kind(StrEnum):
    """The kinds of workbooks, by the extension that they should have."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"


# What zipfile raises for an archive that is damaged, or that it cannot unpack.
DAMAGE = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError)


def look(data: bytes) -> Kind:
    """The kind of workbook that `data` is; raises `Unreadable` where it is none, is locked, or had better stay closed."""
    if not data:
        raise Unreadable("bestand-leeg")
    if len(data) > MOST_BYTES:
        raise Unreadable("bestand-te-groot")
    if data.startswith(OLE[:4]):
        return _look_into_ole(data)
    if data.startswith(b"PK"):
        return _look_into_zip(data)
    head = data[:4096]
    text = _WEB_PAGE.search(head) or _SEPARATED.match(head)
    raise Unreadable("bestand-tekst" if text and b"\x00" not in head else "bestand-geen-werkboek")


def look_at_word(data: bytes) -> None:
    """Raises `Unreadable` where `data` is no Word file (.docx) that can be opened safely."""
    if not data.startswith(b"PK"):
        locked = data.startswith(OLE[:4]) and "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable("kopie-beveiligd" if locked else "kopie-geen-word")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse(archive.infolist())
            names = archive.namelist()
    except DAMAGE as error:
        raise Unreadable("kopie-beschadigd") from error
    except Unreadable as error:
        raise Unreadable(OF_COPIES[str(error)]) from error
    if not any(name.casefold().startswith("word/") for name in names):
        raise Unreadable("kopie-geen-word")


def _look_into_ole(data: bytes) -> Kind:
    """An old .xls, or what else has that shell: an encrypted workbook of today, a letter, a mail."""
    if "EncryptedPackage".encode("utf-16-le") in data or _ENCRYPTED_XLS.search(data):
        raise Unreadable("bestand-beveiligd")
    if any(name.encode("utf-16-le") in data for name in ("Workbook\0", "Book\0")):
        return Kind.XLS
    raise Unreadable("bestand-beschadigd" if len(data) < 1536 else "bestand-geen-werkboek")


def _look_into_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse(parts)
            names = {part.filename.replace("\\", "/") for part in parts}
            if any(name.endswith("workbook.bin") for name in names):
                return Kind.XLSB
            if "content.xml" in names:
                return _open_document(archive, names)
    except DAMAGE as error:
        raise Unreadable("bestand-beschadigd") from error
    if any(name.casefold().startswith("xl/") for name in names):
        return Kind.XLSX
    raise Unreadable("bestand-geen-werkboek" if names else "bestand-beschadigd")


def _refuse(parts: Iterable[zipfile.ZipInfo]) -> None:
    """Raises `Unreadable` for a zip that no spreadsheet program writes: one that unpacks without end, or elsewhere."""
    parts, seen = tuple(parts), set()
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("bestand-beveiligd")
    for part in parts:
        name = part.filename.replace("\\", "/")
        bomb = part.file_size > max(BOMB_BYTES, BOMB_RATIO * part.compress_size)
        if bomb or name.startswith("/") or ".." in name.split("/") or name in seen:
            raise Unreadable("bestand-onveilig")
        seen.add(name)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("bestand-te-groot")


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    kind = archive.read("mimetype") if "mimetype" in names else b"opendocument.spreadsheet"
    if b"opendocument.spreadsheet" not in kind:
        raise Unreadable("bestand-geen-werkboek")
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable("bestand-beveiligd")
    return Kind.ODS
