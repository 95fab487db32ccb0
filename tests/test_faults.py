"""Faults from outside: a full disk, a folder that may not be written, inputs that vanish. Each ends in one sentence, nothing half."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows import logbook
from flows.catalogue import ROOT
from flows.stages import RETRIES
from tests.workbooks import delivery, measure, regie

pytestmark = pytest.mark.usefixtures("migrated")
Mount = Callable[..., Path]


def voortgang(verb: str, folder: Path, outputs: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "flows.cli",
        verb,
        "2026-Q3",
        "--inputs",
        str(folder / "in"),
        "--outputs",
        str(outputs),
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    regie(tmp_path / "in" / "2026-Q3" / "regie.xlsx")
    delivery(tmp_path / "in" / "2026-Q3" / "SZW.xlsx", [measure()])
    return tmp_path


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a small file system of its own, in memory."""
    mounted: list[Path] = []

    def small(name: str, options: str) -> Path:
        place = tmp_path / name
        place.mkdir(exist_ok=True)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip("only an administrator can mount a file system")
        mounted.append(place)
        return place

    yield small
    for place in mounted:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.slow
def test_a_full_disk_is_one_sentence_and_the_next_run_works(folder: Path, mount: Mount) -> None:
    outputs = mount("full", "size=60k")
    run = voortgang("concept", folder, outputs)
    assert run.returncode == 2
    assert "kan niet worden geschreven" in run.stderr
    assert "Traceback" not in run.stderr
    assert [path.name for path in (outputs / "2026-Q3").iterdir() if path.name not in {".in-gebruik", "logboek"}] == []
    subprocess.run(["mount", "-o", "remount,size=20m", str(outputs)], check=True)
    assert voortgang("concept", folder, outputs).returncode == 1
    assert (outputs / "2026-Q3" / "concept-01" / "manifest.json").exists()


def test_a_folder_that_may_only_be_read_is_one_sentence(folder: Path, mount: Mount) -> None:
    run = voortgang("controle", folder, mount("read-only", "ro,size=1m"))
    assert run.returncode == 2
    assert "kan niet worden geschreven" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_delivery_that_vanishes_while_it_is_read_is_a_finding(folder: Path) -> None:
    (folder / "in" / "2026-Q3" / "OCW.xlsx").symlink_to("nowhere.xlsx")  # listed, and gone when it is opened
    assert voortgang("controle", folder, folder / "out").returncode == 1
    findings = json.loads((folder / "out" / "2026-Q3" / "controle" / "bevindingen.json").read_bytes())
    assert ("bestand-onleesbaar", "OCW.xlsx") in {(finding["rule"], finding["file"]) for finding in findings}


@pytest.mark.slow
def test_a_quarter_that_vanishes_in_the_middle_of_a_run_is_one_sentence(folder: Path) -> None:
    outputs = folder / "out" / "2026-Q3"
    script = (
        "import shutil, sys; from flows import check_workbooks; real = check_workbooks.steering_of\n"
        "def gone(*arguments):\n    found = real(*arguments); shutil.rmtree(arguments[0].inputs); return found\n"
        "check_workbooks.steering_of = gone; from flows.cli import main; main()"
    )
    command = [
        sys.executable,
        "-c",
        script,
        "controle",
        "2026-Q3",
        "--inputs",
        str(folder / "in"),
        "--outputs",
        str(folder / "out"),
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "kan niet worden gelezen" in run.stderr
    assert "Traceback" not in run.stderr
    (page,) = logbook.pages(outputs)
    assert page.outcome == "Mislukt"
    shutil.rmtree(outputs)


@pytest.mark.slow
def test_a_share_that_is_away_for_a_moment_is_tried_again_and_a_users_mistake_is_not(folder: Path) -> None:
    script = """
import sys; from flows.gather import workbook, raw
real, tried = raw.open_workbook, []
def open_workbook(path):
    tried.append(path.name)
    if path.name == "SZW.xlsx" and tried.count(path.name) < {times}:
        raise OSError(116, "Stale file handle")
    return real(path)
workbook.open_workbook = open_workbook
from flows import stages; stages.RETRY_SECONDS = 0.0
from flows.cli import main
try:
    main()
finally:
    print("tried", tried.count("SZW.xlsx"), tried.count("leeg.xlsx"))
"""
    (folder / "in" / "2026-Q3" / "leeg.xlsx").write_bytes(b"")
    for times, status in ((2, 1), (RETRIES + 2, 1)):
        command = [sys.executable, "-c", script.format(times=times), "controle", "2026-Q3"]
        command += ["--inputs", str(folder / "in"), "--outputs", str(folder / "out")]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert run.returncode == status, run.stderr
        assert f"tried {min(times, RETRIES + 1)} 1" in run.stdout
        findings = json.loads((folder / "out" / "2026-Q3" / "controle" / "bevindingen.json").read_bytes())
        unreadable = [finding["file"] for finding in findings if finding["rule"] == "bestand-onleesbaar"]
        assert unreadable == ([] if times == 2 else ["SZW.xlsx"])
        page = max(logbook.pages(folder / "out" / "2026-Q3"), key=lambda page: page.end or "")
        assert bool(page.inputs["SZW.xlsx"]) is (times == 2)  # not read: so it is asked for once it can be


@pytest.mark.slow
def test_a_delivery_that_arrives_in_the_middle_of_a_run_belongs_to_the_next(folder: Path) -> None:
    late = delivery(folder / "late.xlsx", [measure("OCW-01", Onderwerp="Dialoog")], {"Ministerie": "OCW"})
    half = folder / "in" / "2026-Q3" / "half.xlsx"
    half.write_bytes(late.read_bytes()[:2000])
    code = """
import shutil, sys
from flows import check_workbooks
late, real = sys.argv.pop(), check_workbooks.check
def arrives(order, *more):
    found = real(order, *more)
    for name in ("OCW.xlsx", "half.xlsx"):
        shutil.copy(late, order.inputs / name)
    return found
check_workbooks.check = arrives
from flows.cli import main
main()
"""
    command = [sys.executable, "-c", code, "controle", "2026-Q3", "--inputs", str(folder / "in")]
    command += ["--outputs", str(folder / "out"), str(late)]
    before = half.read_bytes()
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 1
    (page,) = logbook.pages(folder / "out" / "2026-Q3")
    assert set(page.inputs) == {"regie.xlsx", "SZW.xlsx", "half.xlsx"}
    assert page.inputs["half.xlsx"] == hashlib.sha256(before).hexdigest()
