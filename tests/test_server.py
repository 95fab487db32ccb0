"""With a Prefect server that is already there: what a coordinator finds in its store; and that nothing is left behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest

from flows import runtime
from flows.catalogue import ROOT
from tests.processes import answer
from tests.workbooks import delivery, measure, regie


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a running server with an empty store."""
    home = {
        "VOORTGANG_STATE": str(tmp_path_factory.mktemp("state")),
        "PREFECT_HOME": str(tmp_path_factory.mktemp("home")),
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    env = dict(os.environ) | home | {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", port, "--no-ui"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    try:
        while not runtime.running_server():
            assert process.poll() is None
            time.sleep(0.2)
        yield env | {"PREFECT_API_URL": os.environ["PREFECT_API_URL"]}
    finally:
        del os.environ["PREFECT_API_URL"]
        process.terminate()
        process.wait()


def ask(server: dict[str, str], what: str) -> list[dict[str, Any]]:
    request = Request(f"{server['PREFECT_API_URL']}/{what}/filter", b"{}", {"Content-Type": "application/json"})
    found: list[dict[str, Any]] = json.loads(answer(request))
    return found


def test_a_run_leaves_in_the_store_what_a_coordinator_looks_for(tmp_path: Path, server: dict[str, str]) -> None:
    regie(tmp_path / "in" / "2026-Q3" / "regie.xlsx")
    delivery(tmp_path / "in" / "2026-Q3" / "SZW.xlsx", [measure()])
    for quarter, status in (("2026-Q3", 1), ("2031-Q1", 2)):
        command = ["concept", quarter, "--inputs", str(tmp_path / "in"), "--outputs", str(tmp_path / "out")]
        run = subprocess.run(
            [sys.executable, "-m", "flows.cli", *command],
            env=server,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert run.returncode == status, run.stderr
    states = {found["name"]: (found["state"]["type"], found["state"]["name"]) for found in ask(server, "flow_runs")}
    assert states == {"concept 2026-Q3": ("COMPLETED", "Met bevindingen"), "concept 2031-Q1": ("FAILED", "Mislukt")}
    tasks = {found["name"].rsplit("-", 1)[0]: found["state"]["type"] for found in ask(server, "task_runs")}
    assert set(tasks) == {
        "Stuurbestand lezen", "Werkboek lezen: SZW.xlsx", "Aanleveringen controleren", "Brief samenstellen", "Opmaken: brief",
        "Werkboeken markeren", "Kamerstukken nazoeken in het register",
        "PDF maken: brief", "Word-bestand en ODT maken: brief", "PDF, Word-bestand en ODT nalezen: brief",
        "Kopie voor lezers maken", "Pagina voor beoordelaars maken", "Controleblad maken", "Uitkomsten neerzetten"}  # fmt: skip
    assert set(tasks.values()) == {"COMPLETED"}
    artifacts = {found["key"]: found["data"] for found in ask(server, "artifacts")}
    assert set(artifacts) == {"bevindingen-2026-q3", "ontbreekt-2026-q3", "bestanden-2026-q3"}
    assert "Ministerie van Onderwijs" in artifacts["bevindingen-2026-q3"]
    assert "- OCW" in artifacts["ontbreekt-2026-q3"]
    assert "voortgang-agenda-integratie-2026-Q3.pdf" in artifacts["bestanden-2026-q3"]


def children(of: int) -> set[int]:
    return {int(word) for word in Path(f"/proc/{of}/task/{of}/children").read_text().split()}


def alive(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_killed_command_leaves_no_process_and_no_half_folder(tmp_path: Path) -> None:
    regie(tmp_path / "in" / "2026-Q3" / "regie.xlsx")
    delivery(tmp_path / "in" / "2026-Q3" / "SZW.xlsx", [measure()])
    command = [
        sys.executable,
        "-m",
        "flows.cli",
        "concept",
        "2026-Q3",
        "--inputs",
        str(tmp_path / "in"),
        "--outputs",
        str(tmp_path / "out"),
    ]
    env = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    started: set[int] = set()
    for line in process.stderr:
        started |= children(process.pid)
        if "Aanleveringen controleren" in line:
            break
    assert len(started) >= 2  # the server and the judge
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(100):
        if not any(map(alive, started)):
            break
        time.sleep(0.1)
    assert not any(map(alive, started))
    assert not list((tmp_path / "out").rglob("manifest.json"))
