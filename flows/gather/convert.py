"""Converts what is a workbook but no .xlsx with LibreOffice, where that is installed: it keeps fonts, comments and hidden rows.

In: bytes and their kind. Out: the bytes of an .xlsx, to be looked at and read like any other. Each conversion has a profile of its own in
a folder that goes with it: no macro, no link and no formula is carried out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from flows.gather.grid import Unreadable
from flows.gather.look import Kind, look

SECONDS = 45
MEMORY = 4 << 30
MOST_WRITTEN = 256 << 20
FAILED = "bestand-verkeerde-soort"
_FILTERS = {
    Kind.XLS: "MS Excel 97",
    Kind.XLSB: "Calc MS Excel 2007 Binary",
    Kind.ODS: "calc8",
}  # else it may take a file for text
_SETTINGS = {
    "Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "Calc/Content/Update": {"Link": "2"},
    "Calc/Formula/Load": {"ODFRecalcMode": "1", "OOXMLRecalcMode": "1"},
}
_ITEM = '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""


def converted(data: bytes, kind: Kind) -> bytes:
    """The workbook as .xlsx; raises `Unreadable` where it cannot be converted, or should not be opened."""
    if (program := shutil.which("soffice")) is None:
        raise Unreadable(FAILED)
    try:
        with tempfile.TemporaryDirectory(prefix="voortgang-") as scratch:
            result = _convert(program, data, kind, Path(scratch))
    except OSError as error:
        raise Unreadable(FAILED) from error
    if look(result) is not Kind.XLSX:
        raise Unreadable(FAILED)
    return result


def _convert(program: str, data: bytes, kind: Kind, folder: Path) -> bytes:
    """What the program makes of a workbook, in an empty folder; an OSError where it makes nothing."""
    source, profile = folder / f"in.{kind}", folder / "profile"
    source.write_bytes(data)
    _write_profile(profile)
    # `timeout` ends the whole group of processes, also where we have ended before it.
    limits = f"timeout --kill-after=1 {SECONDS} prlimit --as={MEMORY} --cpu={SECONDS} --fsize={MOST_WRITTEN} --core=0"
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", f"--infilter={_FILTERS[kind]}"]
    asked = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(source)]
    subprocess.run(
        [*limits.split(), program, *options, *asked],
        check=False,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return (folder / "out" / "in.xlsx").read_bytes()


def _write_profile(folder: Path) -> None:
    items = [
        _ITEM.format(path=path, name=name, value=value)
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    ]
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items="".join(items)), encoding="utf-8")
