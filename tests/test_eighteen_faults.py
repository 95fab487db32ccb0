"""Eighteen faults of real deliveries in one quarter: each is told with file, sheet, cell and advice, or read as meant; none harms another."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from flows.catalogue import ROOT
from tests.gather.quarters import edited
from tests.gather.test_formats import saved_as
from tests.workbooks import delivery, measure, regie, row

Make = Callable[[Path], object]  # writes the delivery of a ministry whose code is the file's name
XLS = shutil.which("soffice") is not None


class Told(NamedTuple):
    """A finding: its rule, severity, sheet and cell."""

    rule: str
    severity: str = "blokkerend"
    sheet: str | None = None
    cell: str | None = None


def whole(path: Path, *rows: list[Any], **other: Any) -> Path:
    return delivery(path, rows or [measure()], {"Ministerie": path.stem}, **other)


def touched(edit: Callable[[Any], None]) -> Make:
    return lambda path: edited(whole(path, measure(), measure("SZW-02")), edit)


def renamed(book: Any) -> None:
    book["Voortgang"].title = "Voortgang Q3"


def without_a_column(book: Any) -> None:
    book["Voortgang"].delete_cols(6)


def with_a_row_more(book: Any) -> None:
    book["Voortgang"].insert_rows(1, 2)
    book["Voortgang"].insert_rows(4)


def corrupt(path: Path) -> None:
    data = bytearray(whole(path).read_bytes())
    data[len(data) // 4 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 4)
    path.write_bytes(data)


def truncated(path: Path) -> None:
    data = whole(path).read_bytes()
    path.write_bytes(data[: len(data) // 2])


def encrypted(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))


def locked(path: Path) -> None:
    whole(path)
    path.with_name(f"~${path.name}").write_bytes(b"\x05Tester")


def old_format(path: Path) -> None:
    if XLS:
        scratch = path.parent.parent.parent / "xls"
        shutil.copy(saved_as("xls", whole(scratch / path.name), scratch), path.with_suffix(".xls"))
    else:
        whole(path)


def twice(path: Path) -> None:
    shutil.copy(whole(path), path.with_name(f"{path.stem} kopie.xlsx"))


FAULTS: tuple[tuple[str, str, Make, tuple[Told, ...]], ...] = (
    ("F01", "a sheet renamed", touched(renamed), (Told("blad-hernoemd", sheet="Voortgang Q3"),)),
    ("F02", "corrupt", corrupt, (Told("bestand-beschadigd"),)),
    ("F03", "truncated", truncated, (Told("bestand-beschadigd"),)),
    ("F04", "no bytes", lambda path: path.write_bytes(b""), (Told("bestand-leeg"),)),
    ("F05", "encrypted", encrypted, (Told("bestand-beveiligd"),)),
    ("F06", "a lock file beside it", locked, ()),
    ("F07", "a column missing", touched(without_a_column), (Told("kolom-ontbreekt", sheet="Voortgang"),)),
    ("F08", "rows inserted", touched(with_a_row_more), ()),
    ("F09", "an unknown status", lambda path: whole(path, measure(Status="Loopt niet op schema")),
     (Told("status-onbekend", sheet="Voortgang", cell="F2"),)),
    ("F10", "a double Nr", lambda path: whole(path, measure("A-1"), measure("A-1")),
     (Told("nr-dubbel", sheet="Voortgang", cell="A2"), Told("nr-dubbel", sheet="Voortgang", cell="A3"))),
    ("F11", "a date as Dutch text", lambda path: whole(path, measure(Gereed="1 maart 2027")), ()),
    ("F12", "an amount with points",
     lambda path: whole(path, Middelen=[row("Middelen", Nr="M-1", Onderwerp="Taal", Omschrijving="x", Bedrag="1.250.000", Jaar=2026)]), ()),
    ("F13", "a required cell empty", lambda path: whole(path, measure(text=None)),
     (Told("stand-van-zaken-ontbreekt", sheet="Voortgang", cell="D2"),)),
    ("F14", "a formula without a value", lambda path: whole(path, measure(text="=A2")),
     (Told("formule-zonder-waarde", sheet="Voortgang", cell="D2"),)),
    ("F15", "a delivery absent", lambda _: None, ()),
    ("F16", "an .xls", old_format, ()),
    ("F17", "the same delivery twice", twice, (Told("dubbele-aanlevering"),)),
    ("F18", "a version in its name", lambda path: whole(path).rename(path.with_name("F18 v1.2 def.xlsx")), ()),
)  # fmt: skip
CODES = [code for code, *_ in FAULTS]
Run = tuple[int, list[dict[str, Any]], Path]
UNREAD = ("F02", "F03", "F04", "F05", "F15")


@pytest.fixture(scope="module")
def run(
    tmp_path_factory: pytest.TempPathFactory,
    migrated: Path,  # noqa: ARG001 (made before the command runs)
) -> Run:
    """`voortgang controle` on a quarter with all of them: its exit status, its findings, and what it handed out."""
    folder = tmp_path_factory.mktemp("faults")
    quarter = folder / "in" / "2026-Q3"
    ministries = [("Code", "Naam", "Uiterste leverdatum"), *((code, code, datetime(2026, 9, 18)) for code in CODES)]
    regie(quarter / "regie.xlsx", Ministeries=ministries)
    for code, _, make, _ in FAULTS:
        make(quarter / f"{code}.xlsx")
    command = [sys.executable, "-m", "flows.cli", "controle", "2026-Q3"]
    command += ["--inputs", str(folder / "in"), "--outputs", str(folder / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    handed = folder / "out" / "2026-Q3" / "controle"
    return done.returncode, json.loads((handed / "bevindingen.json").read_bytes()), handed


def test_the_exit_status_tells(run: Run) -> None:
    assert run[0] == 1


@pytest.mark.parametrize(
    ("code", "told"), [(code, told) for code, _, _, told in FAULTS], ids=[what for _, what, *_ in FAULTS]
)
def test_a_fault_is_told_and_nothing_else_is(run: Run, code: str, told: tuple[Told, ...]) -> None:
    found = [one for one in run[1] if str(one["file"]).startswith(code)]
    assert sorted(Told(one["rule"], one["severity"], one["sheet"], one["cell"]) for one in found) == sorted(told)
    for one in found:
        assert one["file"] in one["message"] and one["advice"]
        assert (one["sheet"] or "") in one["message"] and (one["cell"] or "") in one["message"]


def test_who_has_not_delivered_is_known_with_the_days_late(run: Run) -> None:
    late = {one["ministerie"]: one["message"] for one in run[1] if one["rule"] == "niet-geleverd"}
    assert tuple(late) == UNREAD and "(dagen te laat op de datum van de brief: 7)" in late["F15"]


def test_each_that_could_be_read_comes_back(run: Run) -> None:
    back = [code for code in CODES if list(run[2].glob(f"{code}*.xlsx"))]
    assert back == [code for code in CODES if code not in UNREAD]


def test_the_nearest_is_offered(run: Run) -> None:
    advice = {one["file"]: one["advice"] for one in run[1] if one["file"] in {"F01.xlsx", "F09.xlsx"}}
    assert "‘Voortgang’" in advice["F01.xlsx"] and "‘Loopt op schema’" in advice["F09.xlsx"]
