"""`voortgang start`, as a process: the drop folder, the schedule, other commands beside it, and how it ends. Every real part runs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest

from flows.catalogue import ROOT
from tests.processes import alive, answer, descendants, eventually
from tests.register.services import Services, serving, toezegging
from tests.workbooks import MINISTRIES, delivery, measure, regie

pytestmark = pytest.mark.slow


class Started:
    """A `voortgang start` with folders of its own."""

    def __init__(self, folder: Path) -> None:
        self.inputs, self.outputs = folder / "in", folder / "out"
        self.env = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
        self.env |= {"VOORTGANG_STATE": str(folder / "state"), "PREFECT_HOME": str(folder / "state" / "prefect")}
        self.process: subprocess.Popen[str] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def command(self, verb: str, *more: object) -> list[str]:
        folders = ("--inputs", self.inputs, "--outputs", self.outputs)
        return [sys.executable, "-m", "flows.cli", verb, *map(str, (*more, *folders))]

    def start(self) -> None:
        command = self.command("start", "--poort", self.port)
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            line = self.process.stdout.readline()
            assert line, said
            said += line
        assert f"http://127.0.0.1:{self.port}" in said

    def end(self, number: int = signal.SIGTERM) -> set[int]:
        """Ends it; returns the processes that it had."""
        assert self.process is not None
        had = descendants(self.process.pid)
        self.process.send_signal(number)
        self.process.wait(60)
        return had

    def run(self, verb: str, *more: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(verb, *more), cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )

    def ask(self, what: str, **body: Any) -> Any:
        address = f"http://127.0.0.1:{self.port}/api/{what}"
        request = Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
        return json.loads(answer(request))

    def runs(self, flow: str, *types: str) -> list[str]:
        """The names of the states of all runs of a flow whose state is of these types (else: that have ended), oldest first."""
        wanted = types or ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
        found = self.ask("flow_runs/filter", flows={"name": {"any_": [flow]}}, sort="EXPECTED_START_TIME_ASC")
        return [run["state"]["name"] for run in found if run["state"]["type"] in wanted]

    def ended(self, flow: str, count: int) -> Callable[[], bool]:
        """Whether at least so many runs of a flow have ended."""
        return lambda: len(self.runs(flow)) >= count

    @property
    def findings(self) -> Path:
        return self.outputs / "2026-Q3" / "controle" / "bevindingen.json"

    def missing(self) -> list[str]:
        """Who has not delivered, by the newest check."""
        found = json.loads(self.findings.read_bytes())
        return [finding["ministerie"] for finding in found if "geleverd" in finding["rule"]]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Started]:
    """A service on a quarter in which nobody has delivered, nor needs to yet."""
    service = Started(tmp_path_factory.mktemp("start"))
    shutil.copytree(migrated, service.inputs.parent / "state")
    ministries = [(code, name, datetime(2090, 1, 1)) for code, name in MINISTRIES]
    regie(service.inputs / "2026-Q3" / "regie.xlsx", Ministeries=[("Code", "Naam", "Uiterste leverdatum"), *ministries])
    with serving(Services(toezeggingen=[toezegging("TZ202603-130", "Een brief.")])) as services:
        service.env["VOORTGANG_KAMERREGISTER__TWEEDE_KAMER"] = services.odata
        service.env["VOORTGANG_KAMERREGISTER__BEKENDMAKINGEN"] = services.sru
        service.start()
        yield service
    if service.process is not None and service.process.poll() is None:
        service.end(signal.SIGKILL)


def deliver(service: Started, code: str, text: str = "De cursussen lopen.") -> None:
    """Copies a delivery into the folder, as a person would."""
    made = delivery(service.inputs.parent / f"{code}.xlsx", [measure(f"{code}-01", text)], {"Ministerie": code})
    shutil.copyfile(made, service.inputs / "2026-Q3" / f"{code}.xlsx")


def test_a_delivery_is_checked_once_and_the_feedback_is_there(started: Started) -> None:
    deliver(started, "SZW")
    eventually(started.findings.exists)
    eventually(started.ended("controle", 1))
    assert started.missing() == ["OCW"]
    os.utime(started.inputs / "2026-Q3" / "SZW.xlsx", (1, 1))  # another time is no other delivery
    deliver(started, "OCW")
    eventually(started.ended("controle", 2))
    assert started.missing() == []
    assert started.runs("controle") == ["Met bevindingen", "Gereed"]


def test_the_register_is_refreshed_an_hour_before(started: Started) -> None:
    (before,) = started.ask("deployments/filter", deployments={"name": {"any_": ["vooraf"]}})
    assert [one["schedule"]["cron"] for one in before["schedules"]] == ["0 5 * * *"]
    started.ask(f"deployments/{before['id']}/create_flow_run")
    eventually(started.ended("register", 1))
    (run,) = started.ask(
        "flow_runs/filter",
        flows={"name": {"any_": ["register"]}},
        flow_runs={"state": {"type": {"any_": ["COMPLETED", "FAILED", "CRASHED"]}}},
    )
    assert (run["state"]["name"], run["state"]["message"]) == (
        "Gereed",
        "Vragen beantwoord: 2.",
    )  # the promises of two ministries


def test_the_scheduled_run_makes_the_draft_on_its_day_and_not_before(started: Started) -> None:
    eventually(started.ended("rooster", 1))  # the one that the start itself asks for
    assert started.runs("rooster") == ["Nog niet aan de beurt"]
    regie(started.inputs / "2026-Q3" / "regie.xlsx")  # the last day for delivery is 18 September 2026
    (daily,) = started.ask("deployments/filter", deployments={"name": {"any_": ["dagelijks"]}})
    (schedule,) = daily["schedules"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("0 6 * * *", "Europe/Amsterdam")
    eventually(
        lambda: started.ask("flow_runs/filter", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}})
    )  # planned
    for count, day in enumerate(("2026-09-18", "2026-09-19", "2026-10-05"), start=2):  # the test sets the clock
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": f"{day}T06:00:00+02:00"}}
        started.ask(f"deployments/{daily['id']}/create_flow_run", state=state)
        eventually(started.ended("rooster", count))
    runs = started.ask("flow_runs/filter", flows={"name": {"any_": ["rooster"]}}, sort="EXPECTED_START_TIME_ASC")
    said = {run["expected_start_time"][:10]: (run["state"]["name"], run["state"]["message"]) for run in runs}
    assert said["2026-09-18"] == (
        "Nog niet aan de beurt",
        "Het concept van 2026-Q3 wordt gemaakt op 19 september 2026.",
    )
    draft = started.outputs / "2026-Q3" / "concept-01"
    assert said["2026-09-19"] == ("Gereed", str(draft))
    assert (draft / "manifest.json").exists()
    name, message = said["2026-10-05"]
    assert name == "Mislukt"
    assert "Voer ‘voortgang nieuw 2026-Q4’ uit" in message


def test_other_commands_use_the_running_server_and_a_second_start_is_refused(started: Started) -> None:
    before = started.runs("concept")
    run = started.run("concept", "2026-Q3")
    assert run.returncode == 0, run.stderr
    assert "niets nieuws gemaakt" in run.stdout  # the schedule has made it
    assert len(started.runs("concept")) == len(before) + 1
    again = started.run("start", "--poort", started.port)
    assert again.returncode == 2
    assert "draait al" in again.stderr
    seen = started.run("overzicht", "2026-Q3")
    assert "rooster" in seen.stdout
    assert "concept-01" in seen.stdout


def test_it_ends_within_seconds_and_misses_and_repeats_nothing_over_a_restart(started: Started) -> None:
    had = started.end(signal.SIGINT)
    assert started.process is not None
    assert started.process.returncode == 0
    assert not any(map(alive, had))
    assert not (started.inputs.parent / "state" / "server.json").exists()
    deliver(started, "SZW", "Geleverd toen niemand keek.")
    before = json.loads(started.findings.read_bytes())
    started.start()
    count = len(started.runs("controle"))
    eventually(started.ended("controle", count + 1))
    assert json.loads(started.findings.read_bytes()) == before
    assert len(started.runs("controle")) == count + 1


def test_a_start_killed_in_the_middle_of_a_check_leaves_no_process_and_checks_after_the_next(started: Started) -> None:
    before = len(started.runs("controle"))
    deliver(started, "OCW", "Wordt onderbroken.")
    eventually(lambda: started.runs("controle", "RUNNING"))
    had = started.end(signal.SIGKILL)
    eventually(lambda: not any(map(alive, had)))
    started.start()
    eventually(started.ended("controle", before + 2))
    assert started.runs("controle")[before:] == ["Afgebroken", "Gereed"]
    assert not list((started.outputs / "2026-Q3").glob(".onaf-*"))


def test_it_can_be_ended_as_soon_as_it_has_begun(started: Started) -> None:
    started.end()
    started.start()
    had = started.end()
    assert started.process is not None
    assert started.process.returncode == 0
    assert not any(map(alive, had))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    mistyped = Started(tmp_path)
    refused = mistyped.run("start", "--poort", mistyped.port)
    assert refused.returncode == 2
    assert f"De map {mistyped.inputs} bestaat niet." in refused.stderr.replace("\n", " ")
