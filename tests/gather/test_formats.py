"""Workbooks in other formats, known by what is in them: converted where LibreOffice is installed, refused with advice where not."""

from __future__ import annotations

import hashlib
import shutil
import struct
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from flows.gather import convert
from flows.model.delivery import Run
from tests.gather.quarters import edited, gather, rows, rules
from tests.workbooks import HEADERS, delivery, measure

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def _whole(book: Any) -> None:
    sheet = book["Voortgang"]
    sheet["D2"] = CellRichText(
        "De ", TextBlock(InlineFont(b=True), "wet"), " is ", TextBlock(InlineFont(strike=True), "bijna "), "klaar."
    )
    sheet["D2"].comment = Comment("niet voor de Kamer", "SZW")
    sheet.row_dimensions[3].hidden = True
    sheet["F3"] = "=NA()"


def saved_as(kind: str, path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it in another format."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "saved"), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "saved" / f"{path.stem}.{kind}"


@needs_libreoffice
@pytest.mark.parametrize(("kind", "name"), [("xls", "SZW.xls"), ("ods", "SZW.xlsx")])
def test_another_format_is_read_as_meant_whatever_its_name(tmp_path: Path, kind: str, name: str) -> None:
    source = edited(delivery(tmp_path / "x.xlsx", [measure(Gereed="eind 2027"), measure("SZW-02")]), _whole)
    folder = tmp_path / "2026-Q3"
    folder.mkdir()
    shutil.copy(saved_as(kind, source, tmp_path), folder / name)
    gathered = gather(folder)
    first, second = rows(gathered)
    assert first.cells["stand_van_zaken"].runs == (Run("De "), Run("wet", bold=True), Run(" is "), Run("klaar."))
    assert first.cells["stand_van_zaken"].origin.cell == "D2" and first.cells["stand_van_zaken"].origin.file == name
    assert second.hidden and "niet voor de Kamer" in gathered.private
    assert rules(gathered) == {"doorgehaald", "foutwaarde"}
    assert gathered.deliveries[0].peildatum is not None
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    assert gathered.deliveries[0].workbook.sha256 == digest


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BINARY = "application/vnd.ms-excel"


def binary(path: Path, sheets: dict[str, list[list[str | None]]]) -> None:
    """An .xlsb of texts, written record by record: LibreOffice reads that format, and writes it not."""

    def record(kind: int, data: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
        size = bytes([len(data)]) if len(data) < 128 else bytes([len(data) & 127 | 128, len(data) >> 7])
        return number + size + data

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    def relations(*targets: tuple[str, str]) -> str:
        each = (
            f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{to}"/>'
            for n, (kind, to) in enumerate(targets, 1)
        )
        return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'

    parts: dict[str, str | bytes] = {"_rels/.rels": relations(("officeDocument", "xl/workbook.bin"))}
    book, types = record(131) + record(143), ""
    for number, (name, grid) in enumerate(sheets.items(), 1):
        book += record(156, struct.pack("<II", 0, number) + text(f"rId{number}") + text(name))
        cells = record(129) + record(145)
        for at, values in enumerate(grid):
            cells += record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 0))
            cells += b"".join(
                record(6, struct.pack("<II", n, 0) + text(value)) for n, value in enumerate(values) if value
            )
        parts[f"xl/worksheets/sheet{number}.bin"] = cells + record(146) + record(130)
        types += f'<Override PartName="/xl/worksheets/sheet{number}.bin" ContentType="{BINARY}.worksheet"/>'
    parts["xl/workbook.bin"] = book + record(144) + record(132)
    parts["xl/_rels/workbook.bin.rels"] = relations(
        *(("worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1))
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" ContentType="{BINARY}.sheet.binary.macroEnabled.main"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)


@needs_libreoffice
def test_a_binary_workbook_is_read_as_meant(tmp_path: Path) -> None:
    cover: list[list[str | None]] = [
        ["Veld", "Waarde"],
        ["Ministerie", "SZW"],
        ["Kwartaal", "2026-Q3"],
        ["Peildatum", "10-09-2026"],
    ]
    binary(tmp_path / "SZW.xlsb", {"Voorblad": cover, "Voortgang": [HEADERS["Voortgang"], measure(text="Één cursus.")]})
    (found,) = rows(gather(tmp_path))
    assert (found.text("stand_van_zaken"), found.cells["stand_van_zaken"].origin.cell) == ("Één cursus.", "D2")


def test_without_libreoffice_the_finding_says_how_to_save_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert.shutil, "which", lambda _: None)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook\0".encode("utf-16-le") + bytes(2000)
    (tmp_path / "a.xlsx").write_bytes(old)
    (finding,) = [one for one in gather(tmp_path).findings if one.rule == "bestand-verkeerde-soort"]
    assert finding.blocking and ".xlsx" in finding.advice


@needs_libreoffice
def test_what_libreoffice_cannot_convert_is_a_finding(tmp_path: Path) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook\0".encode("utf-16-le") + bytes(2000)
    (tmp_path / "a.xls").write_bytes(old)
    delivery(tmp_path / "b.xlsx", [measure()])
    assert rules(gather(tmp_path)) == {"bestand-verkeerde-soort"}


@pytest.mark.parametrize("name", ["SZW.xls", "SZW.ods", "SZW.xlsm", "SZW.xltx", "SZW.xlsb"])
def test_a_name_says_nothing_of_the_format(tmp_path: Path, name: str) -> None:
    delivery(tmp_path / "a.xlsx", [measure()]).rename(tmp_path / name)
    assert len(rows(gather(tmp_path))) == 1
