"""kill -9 at many points of a run: what is there afterwards is complete, and the next run works.

The points are the moments at which a run changes something in the outputs folder; between two of them nothing on disk differs. Each
is hit by the run itself, which counts them and kills itself at the one it is told. Which points are tried is seeded.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows import logbook
from flows.catalogue import ROOT
from tests.workbooks import delivery, measure, regie

pytestmark = pytest.mark.usefixtures("migrated")
TRIED = int(os.environ.get("KILL_POINTS", "6"))
COUNTING = """
import os, signal, sys
from pathlib import Path
outputs, last = sys.argv[1], int(sys.argv[2])
CHANGES = {"open", "os.rename", "os.mkdir", "os.link", "os.remove", "os.rmdir", "os.chmod", "tempfile.mkdtemp", "tempfile.mkstemp"}
seen, mine = [0], os.getpid()
def hook(event, arguments):
    if event in CHANGES and arguments and str(arguments[0]).startswith(outputs) and os.getpid() == mine:
        if event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR) == 0:
            return
        seen[0] += 1
        if seen[0] == last:
            os.kill(mine, signal.SIGKILL)
sys.addaudithook(hook)
sys.argv = ["voortgang", "concept", "2026-Q3", *sys.argv[3:]]
from flows.cli import main
try:
    main()
finally:
    print("points", seen[0])
"""


def run(folder: Path, point: int) -> subprocess.CompletedProcess[str]:
    """Makes a draft, killed at a point (never for 0)."""
    folders = ("--inputs", str(folder / "in"), "--outputs", str(folder / "out"))
    command = [sys.executable, "-c", COUNTING, str(folder / "out"), str(point), *folders]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def incomplete(outputs: Path) -> list[str]:
    """The drafts whose files are not those that their manifest names."""
    wrong = []
    for draft in outputs.glob("concept-*"):
        manifest = json.loads((draft / "manifest.json").read_bytes())
        hashes = {item["file"]: item["sha256"] for item in manifest["outputs"]}
        found = {
            str(path.relative_to(draft)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in draft.rglob("*")
            if path.is_file() and path.name != "manifest.json"
        }
        if hashes != found:
            wrong.append(draft.name)
    return wrong


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("kill")
    regie(made / "in" / "2026-Q3" / "regie.xlsx")
    return made


@pytest.mark.slow
def test_whatever_the_moment_of_the_kill_there_is_all_or_nothing_and_the_next_run_works(folder: Path) -> None:
    outputs, chance = folder / "out" / "2026-Q3", random.Random(20260919)

    def deliver(text: str) -> None:
        delivery(folder / "in" / "2026-Q3" / "SZW.xlsx", [measure(text=text)])

    deliver("Het begin.")
    whole = run(folder, 0)
    assert whole.returncode == 1, whole.stderr
    points = int(re.findall(r"points (\d+)", whole.stdout)[-1])
    assert points > 20
    drafts = 1
    for point in sorted(chance.sample(range(1, points + 1), TRIED)):
        deliver(f"Onderbroken op punt {point}.")
        killed = run(folder, point)
        assert killed.returncode == -9, (point, killed.stderr)
        assert not incomplete(outputs), point
        found = sorted(path.name for path in outputs.glob("concept-*"))
        assert len(found) in (drafts, drafts + 1), point
        drafts = len(found)
        assert json.loads((outputs / "controle" / "bevindingen.json").read_bytes()) is not None, point
    last = run(folder, 0)
    assert last.returncode == 1, last.stderr
    assert not incomplete(outputs)
    assert not list(outputs.glob(".onaf-*"))
    pages = logbook.pages(outputs)
    assert {page.outcome for page in pages} == {"Met bevindingen", None}
    assert pages[-1].outcome  # of those that were killed only one at its very last point can have one too
    newest = json.loads((outputs / pages[-1].made / "manifest.json").read_bytes())  # type: ignore[operator]
    assert {item["file"]: item["sha256"] for item in newest["inputs"]} == dict(pages[-1].inputs)
