"""Files that are no workbooks, and workbooks made to do harm: each is one Dutch finding within seconds, and the others are read."""

from __future__ import annotations

import io
import os
import random
import signal
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.gather import confined
from flows.gather.grid import Unreadable
from flows.gather.raw import open_workbook
from flows.order import Order
from tests.gather.quarters import QUARTER, REGELS, gather, rules
from tests.workbooks import delivery, measure, repacked

SECONDS = 90  # far more than any takes by itself: the machine may be busy
SHEET = "xl/worksheets/sheet2.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
DTD = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
Make = Callable[[Path], object]


def raw(data: bytes) -> Make:
    return lambda path: path.write_bytes(data)


def with_part(name: str, data: bytes | Callable[[], bytes]) -> Make:
    """A workbook with one part changed or added."""

    def make(path: Path) -> None:
        made = data if isinstance(data, bytes) else data()
        repacked(delivery(path, [measure()]), lambda part, old: None if part == name else old, {name: made})

    return make


def flagged(path: Path) -> None:
    """A workbook whose zip says that its parts are encrypted."""
    data = bytearray(delivery(path, [measure()]).read_bytes())
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 1)
    path.write_bytes(data)


def cut(path: Path) -> None:
    data = delivery(path, [measure()]).read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


def lies(path: Path) -> None:
    """A workbook whose zip says that a part is larger than it is."""
    data = bytearray(delivery(path, [measure()]).read_bytes())
    start = data.find(b"PK\x01\x02")
    data[start + 24 : start + 28] = struct.pack("<I", 1 << 31)
    path.write_bytes(data)


def rows_of(count: int, cell: str) -> bytes:
    rows = (f'<row r="{number}">{cell.format(number)}</row>' for number in range(1, count + 1))
    return HEAD + b"<sheetData>" + "".join(rows).encode() + b"</sheetData></worksheet>"


def one_row_without_end() -> bytes:
    noise = random.Random(1)
    cells = "".join(f'<c r="A1"><v>{noise.random()}</v></c>' for _ in range(1_600_000))
    return HEAD + b'<sheetData><row r="1">' + cells.encode() + b"</row></sheetData></worksheet>"


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(2000)


def zipped(**parts: bytes) -> bytes:
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return store.getvalue()


FILES: tuple[tuple[str, Make, str], ...] = (
    ("nothing", raw(b""), "bestand-leeg"),
    ("random bytes", raw(random.Random(7).randbytes(50_000)), "bestand-geen-werkboek"),
    ("random bytes after a zip's mark", raw(b"PK\x03\x04" + random.Random(8).randbytes(9_000)), "bestand-beschadigd"),
    ("truncated", cut, "bestand-beschadigd"),
    ("a web page", raw(b"<html><body><table><tr><td>Nr</td></tr></table></body></html>"), "bestand-tekst"),
    ("comma separated", raw(b"Nr;Onderwerp;Status\r\nSZW-01;Taal;Afgerond\r\n"), "bestand-tekst"),
    ("a PDF", raw(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"), "bestand-geen-werkboek"),
    ("a letter", raw(zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})), "bestand-geen-werkboek"),
    ("an old letter", raw(ole("WordDocument\0")), "bestand-geen-werkboek"),
    ("with a password", raw(ole("EncryptedPackage")), "bestand-beveiligd"),
    ("an .xls with a password", raw(ole("Workbook\0") + b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + b"\x2f\x00"), "bestand-beveiligd"),
    ("encrypted parts", flagged, "bestand-beveiligd"),
    ("an encrypted .ods", raw(zipped(**{"content.xml": b"x", "META-INF/manifest.xml": b"<encryption-data/>"})), "bestand-beveiligd"),
    ("a zip bomb", with_part(SHEET, lambda: HEAD + b" " * (100 << 20)), "bestand-onveilig"),
    ("a zip that lies", lies, "bestand-onveilig"),
    ("too many parts", raw(zipped(**{f"xl/{number}.xml": b"" for number in range(6_000)})), "bestand-te-groot"),
    ("a path that climbs out", with_part("../../etc/cron.d/x", b"x"), "bestand-onveilig"),
    ("an absolute path", with_part("/etc/cron.d/x", b"x"), "bestand-onveilig"),
    ("entities in a sheet", with_part(SHEET, DTD + HEAD + b"<sheetData/></worksheet>"), "bestand-onveilig"),
    ("entities in UTF-16", with_part(SHEET, (DTD + HEAD + b"<sheetData/></worksheet>").decode().encode("utf-16")), "bestand-onveilig"),
    ("entities in the styles", with_part("xl/styles.xml", DTD + b"<styleSheet>&b;&x;</styleSheet>"), "bestand-onveilig"),
    ("a million rows", with_part(SHEET, lambda: rows_of(1_000_000, '<c r="A{0}"><v>{0}</v></c>')), "bestand-te-groot"),
    ("a row without end", with_part(SHEET, one_row_without_end), "bestand-te-groot"),
    ("deep nesting", with_part(SHEET, HEAD + b"<a>" * 100_000), "bestand-beschadigd"),
    ("no workbook inside", with_part("xl/workbook.xml", b"<nothing"), "bestand-beschadigd"),
    ("a folder", lambda path: path.mkdir(), "bestand-onleesbaar"),
    ("a link that leads nowhere", lambda path: path.symlink_to("weg.xlsx"), "bestand-onleesbaar"),
    ("a link that climbs out", lambda path: path.symlink_to("../elders.xlsx"), "bestand-koppeling"),
    ("a pipe", os.mkfifo, "bestand-geen-werkboek"),
)  # fmt: skip


@pytest.mark.parametrize(("make", "rule"), [file[1:] for file in FILES], ids=[name for name, *_ in FILES])
def test_a_bad_file_is_one_finding_and_the_others_are_read(tmp_path: Path, make: Make, rule: str) -> None:
    folder = tmp_path / "2026-Q3"
    delivery(tmp_path / "elders.xlsx", [measure()])
    delivery(folder / "goed.xlsx", [measure()])
    make(folder / "slecht.xlsx")
    begin = time.monotonic()
    gathered = gather(folder)
    assert time.monotonic() - begin < SECONDS
    assert rules(gathered) == {rule}
    assert [found.workbook.file for found in gathered.deliveries] == ["goed.xlsx"]
    (finding,) = [one for one in gathered.findings if one.rule == rule]
    assert finding.blocking and "slecht.xlsx" in finding.message and finding.advice


SHEETS: tuple[tuple[str, bytes | Callable[[], bytes]], ...] = (
    ("very many empty rows with a format", lambda: rows_of(300_000, '<c r="A{0}" s="0"/>')),
    ("everything merged", rows_of(3, '<c r="A{0}"><v>{0}</v></c>').replace(b"</worksheet>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>')),
    ("an extent that is none", HEAD + b'<dimension ref="A1:XFD1048576"/><sheetData/></worksheet>'),
)  # fmt: skip


@pytest.mark.parametrize("sheet", [data for _, data in SHEETS], ids=[name for name, _ in SHEETS])
def test_what_only_looks_large_is_read(tmp_path: Path, sheet: bytes | Callable[[], bytes]) -> None:
    with_part("xl/worksheets/sheet4.xml", sheet)(tmp_path / "a.xlsx")
    assert len(gather(tmp_path).deliveries) == 1


def test_a_file_that_takes_too_long_is_stopped_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = delivery(tmp_path / "a.xlsx", [measure()])
    open_workbook(path)
    for reader in confined._idle:
        reader.process.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(confined, "PATIENCE", 0.2)
    with pytest.raises(Unreadable, match="bestand-te-groot"):
        open_workbook(path)
    monkeypatch.undo()
    assert open_workbook(path).file == "a.xlsx"


@pytest.mark.parametrize("name", ["aan\"haling's <b>.xlsx", "{accolades} %s.xlsx", "x" * 240 + ".xlsx", "漢字 é.xlsx"])
def test_a_file_may_have_an_odd_name(tmp_path: Path, name: str) -> None:
    delivery(tmp_path / name, [measure(Status="wie weet", text="=A1")])
    gathered = gather(tmp_path)
    assert [found.workbook.file for found in gathered.deliveries] == [name]
    (finding,) = [one for one in gathered.findings if one.ministerie == "SZW"]
    assert name in finding.message


@pytest.mark.parametrize(
    "name", [b"regel\neinde.xlsx", "rechts\u202exslx.xlsx".encode(), b"\xff.xlsx", b"\x1b[31m.xlsx"]
)
def test_a_name_that_cannot_be_shown_is_a_finding_and_no_input(tmp_path: Path, name: bytes) -> None:
    good = delivery(tmp_path / "goed.xlsx", [measure()])
    Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_bytes(good.read_bytes())
    order = Order(QUARTER, tmp_path, tmp_path)
    (finding,) = order.misnamed(REGELS)
    assert finding.blocking and "\ufffd" in finding.origin.file and finding.message.isprintable()
    assert order.files(REGELS) == (good,)
