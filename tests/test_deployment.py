"""prefect.yaml tried for real: Prefect's server on PostgreSQL, two workers of a process pool, runs on schedule and on request.

Workers are killed in the middle of runs: such a run does not look finished, leaves nothing half, and keeps nobody from the next.
The tests stand in the order in which they run, since it takes Prefect a minute and a half to be sure that a run is lost.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.request import Request
from zoneinfo import ZoneInfo

import pytest

from flows.catalogue import ROOT
from tests.postgres import cluster, free_port
from tests.processes import answer, descendants
from tests.workbooks import delivery, measure, regie

pytestmark = pytest.mark.slow
POOL = "voortgang"
WORKERS = ("een", "twee")
PATIENCE = 300.0  # for a machine that does much else; no test is about how long something takes
JUDGING = "Aanleveringen controleren"
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
T = TypeVar("T")


def until(found: Callable[[], T], every: float = 0.3) -> T:
    """What `found` gives once that is something; fails where it never is."""
    end = time.monotonic() + PATIENCE
    while not (result := found()):
        assert time.monotonic() < end, "it never came"
        time.sleep(every)
    return result


@dataclass
class Prefect:
    """A server, seen from outside: its commands and its REST interface; and the workers that were started for it."""

    env: dict[str, str]
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def command(self, *arguments: object, **env: str) -> str:
        command = [sys.executable, "-m", "prefect", "--no-prompt", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=ROOT, env=self.env | env, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, path: str, body: object = None, method: str = "") -> Any:
        data = None if body is None else json.dumps(body).encode()
        address, headers = f"{self.env['PREFECT_API_URL']}/{path}", {"Content-Type": "application/json"}
        request = Request(address, data, headers, method=method or ("GET" if data is None else "POST"))
        return json.loads(answer(request) or b"null")

    def deployments(self) -> dict[str, dict[str, Any]]:
        return {found["name"]: found for found in self.ask("deployments/filter", {})}

    def start(self, deployment: str, when: str | None = None, **parameters: object) -> str:
        """A run of a deployment, now or at a moment; its identifier."""
        state: dict[str, Any] = {"type": "SCHEDULED"}
        if when:
            state["state_details"] = {"scheduled_time": when}
        body = {"parameters": {name: str(value) for name, value in parameters.items()}, "state": state}
        run: dict[str, str] = self.ask(f"deployments/{self.deployments()[deployment]['id']}/create_flow_run", body)
        return run["id"]

    def run(self, run: str) -> dict[str, Any]:
        found: dict[str, Any] = self.ask(f"flow_runs/{run}")
        return found

    def state(self, run: str) -> tuple[str, str]:
        state = self.run(run)["state"]
        return state["type"], state["name"]

    def judging(self, run: str) -> str:
        """Waits until a run has read the workbooks and made nothing yet; returns the worker that does it."""
        begun = partial(self.ask, "task_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})
        until(lambda: any(task["name"].startswith(JUDGING) for task in begun()) or self.state(run)[0] in ENDED)
        assert self.state(run)[0] == "RUNNING", self.run(run)["state"]
        return self.worker_of(run)

    def ended(self, run: str) -> tuple[str, str]:
        """The final state of a run, once it has one."""
        until(lambda: self.state(run)[0] in ENDED)
        return self.state(run)

    def worker_of(self, run: str) -> str:
        name: str = self.run(run)["labels"]["prefect.worker.name"]
        return name

    def work(self, name: str) -> None:
        """Starts a worker that does one run at a time, so that two runs go to two workers."""
        command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--type", "process"]
        with Path(self.env["VOORTGANG_STATE"], f"{name}.log").open("ab") as log:
            self.workers[name] = subprocess.Popen(
                [*command, "--name", name, "--limit", "1"],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def lose(
        self, name: str, how: signal.Signals, moment: Callable[[], None] | None = None, *, runs: bool = True
    ) -> None:
        """Ends a worker, with the processes of its runs, once it is the moment; starts another in its place."""
        worker = self.workers[name]
        others = descendants(worker.pid)
        if moment:
            moment()
        worker.send_signal(how)
        if how is signal.SIGKILL and runs:
            kill(others)
        worker.wait()
        self.work(name)


def kill(processes: set[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def marked(mark: str) -> set[int]:
    """The processes that were started with `mark` in their environment: ours, however they came about."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark.encode() in (folder / "environ").read_bytes():
                found.add(int(folder.name))
    return found


@contextmanager
def everything_ends(mark: str) -> Iterator[None]:
    try:
        yield
    finally:
        while left := marked(mark):
            kill(left)
            time.sleep(0.1)


@contextmanager
def server(env: dict[str, str]) -> Iterator[Prefect]:
    prefect, port = Prefect(env), env["PREFECT_API_URL"].split(":")[2].split("/")[0]
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", port, "--no-ui"]
    with Path(env["VOORTGANG_STATE"], "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)

    def healthy() -> bool:
        assert process.poll() is None, Path(env["VOORTGANG_STATE"], "server.log").read_text()
        with suppress(OSError):
            return bool(prefect.ask("health"))
        return False

    until(healthy)
    yield prefect


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deployment")


@pytest.fixture(scope="module")
def prefect(folder: Path) -> Iterator[Prefect]:
    """All that an administrator sets up, in the order of the README."""
    state = folder / "state"
    state.mkdir()
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "VOORTGANG_"))}
    with ExitStack() as stack:
        database = stack.enter_context(cluster())
        env = plain | {
            "DO_NOT_TRACK": "1",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_HOME": str(state / "prefect"),
            "PREFECT_API_URL": f"http://127.0.0.1:{free_port()}/api",
            "PREFECT_API_DATABASE_CONNECTION_URL": f"postgresql+asyncpg://{database}",
            "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "VOORTGANG_STATE": str(state),
        }
        stack.enter_context(everything_ends(f"VOORTGANG_STATE={state}"))
        prefect = stack.enter_context(server(env))
        prefect.command("work-pool", "create", POOL, "--type", "process")
        prefect.command("automation", "create", "--from-file", "flows/automations.yaml")
        yield prefect


@pytest.fixture(scope="module")
def pool(prefect: Prefect, folder: Path) -> Prefect:
    """Deployed for shared storage; the schedules pause, since every test starts its own runs."""
    places = {"VOORTGANG_INPUTS": str(folder / "in"), "VOORTGANG_OUTPUTS": str(folder / "out")}
    prefect.command("deploy", "--all", **places)
    for deployment in prefect.deployments().values():
        for schedule in deployment["schedules"]:
            prefect.ask(f"deployments/{deployment['id']}/schedules/{schedule['id']}", {"active": False}, "PATCH")
    for name in WORKERS:
        prefect.work(name)
    return prefect


def quarter(folder: Path, kwartaal: str = "2026-Q3") -> dict[str, object]:
    """A small quarter in which nothing is wrong; the parameters of a run that takes it."""
    source = folder / "in" / kwartaal
    regie(source / "regie.xlsx", {"Kwartaal": kwartaal})
    for code, rows in {
        "SZW": [measure(), measure("SZW-02", Onderwerp="Werk")],
        "OCW": [measure("OCW-01", Onderwerp="Dialoog")],
    }.items():
        delivery(source / f"{code}.xlsx", rows, {"Ministerie": code, "Kwartaal": kwartaal})
    return {"inputs": folder / "in", "outputs": folder / "out"}


def drafts(folder: Path) -> list[str]:
    """The drafts that stand there. Each is whole, by its manifest, and nothing else is in it."""
    found = sorted(folder.glob("out/*/concept-*"))
    for draft in found:
        manifest = json.loads((draft / "manifest.json").read_bytes())
        digests = {output["file"]: output["sha256"] for output in manifest["outputs"]}
        assert digests.keys() | {"manifest.json"} == {
            str(path.relative_to(draft)) for path in draft.rglob("*") if path.is_file()
        }
        assert len(digests) == 9
        for name, digest in digests.items():
            assert hashlib.sha256((draft / name).read_bytes()).hexdigest() == digest
    return [draft.name for draft in found]


def unfinished(folder: Path) -> list[Path]:
    return list(folder.glob("out/*/.onaf-*"))


def test_what_is_deployed_holds_for_any_machine(prefect: Prefect) -> None:
    prefect.command("deploy", "--all")
    found = prefect.deployments()
    assert {name: one["entrypoint"] for name, one in found.items()} == {
        "dagelijks": "flows/schedule.py:rooster",
        "vooraf": "flows/refresh_register.py:register",
        "aanlevermap": "flows/drop_folder.py:aanlevermap",
        "controle": "flows/check_workbooks.py:controle",
        "concept": "flows/progress_brief.py:concept",
    }
    assert str(ROOT) not in json.dumps(found)
    for one in found.values():
        assert one["parameters"] == {}  # the folders of the checkout, as nothing else was said
        assert (one["work_pool_name"], one["pull_steps"], one["path"]) == (POOL, [], None)


def test_the_schedule_plans_a_run_for_every_morning_in_dutch_time(prefect: Prefect) -> None:
    planned = {
        "deployments": {"name": {"any_": ["dagelijks"]}},
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
    }
    runs = until(lambda: prefect.ask("flow_runs/filter", planned))
    times = [
        datetime.fromisoformat(run["expected_start_time"]).astimezone(ZoneInfo("Europe/Amsterdam")) for run in runs
    ]
    assert {f"{time:%H:%M}" for time in times} == {"06:00"}


def test_the_schedules_and_the_shared_storage_are_deployed(pool: Prefect, folder: Path) -> None:
    found = pool.deployments()
    schedules = {name: [schedule["schedule"] for schedule in one["schedules"]] for name, one in found.items()}
    (daily,), (before,), (sweep,) = schedules["dagelijks"], schedules["vooraf"], schedules["aanlevermap"]
    assert (daily["cron"], daily["timezone"]) == ("0 6 * * *", "Europe/Amsterdam")
    assert (before["cron"], before["timezone"]) == ("0 5 * * *", "Europe/Amsterdam")
    assert sweep["interval"] == 60
    assert schedules["controle"] == schedules["concept"] == []
    assert found["aanlevermap"]["global_concurrency_limit"]["limit"] == 1
    assert found["aanlevermap"]["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert found.pop("vooraf")["parameters"] == {"inputs": str(folder / "in")}
    for one in found.values():
        assert one["parameters"] == {"inputs": str(folder / "in"), "outputs": str(folder / "out")}


def publishing(folder: Path) -> None:
    """Waits until a draft is being written, or has just been."""
    until(lambda: unfinished(folder) or any(folder.glob("out/*/concept-*")), every=0.0005)


LOST = [
    ("2025-Q1", signal.SIGKILL, None),
    ("2025-Q2", signal.SIGKILL, publishing),
    ("2025-Q3", signal.SIGTERM, None),  # as a service is stopped
]


@dataclass
class Lost:
    """A run that was lost, its quarter, and the folder of its inputs and outputs."""

    run: str
    kwartaal: str
    folder: Path


@pytest.fixture(scope="module")
def lost(pool: Prefect, folder: Path) -> list[Lost]:
    """Runs that were lost with their worker, each at another moment."""
    found = []
    for kwartaal, how, moment in LOST:
        own = folder / f"lost-{kwartaal}"
        run = pool.start("concept", kwartaal=kwartaal, **quarter(own, kwartaal))
        pool.lose(pool.judging(run), how, moment and partial(moment, own))
        found.append(Lost(run, kwartaal, own))
    return found


@pytest.mark.parametrize("number", range(len(LOST)))
def test_a_run_lost_with_its_worker_leaves_no_half_draft(number: int, pool: Prefect, lost: list[Lost]) -> None:
    assert pool.state(lost[number].run)[0] not in {"COMPLETED", "CANCELLED"}
    late = ["concept-01"] if LOST[number][2] is publishing else []  # it may have stood there when the kill came
    assert drafts(lost[number].folder) in ([], late)


def test_a_triggered_run_makes_a_whole_draft_where_it_was_deployed_for(pool: Prefect, folder: Path) -> None:
    quarter(folder)
    pool.command("deployment", "run", "concept/concept", "--param", "kwartaal=2026-Q3", "--watch")
    assert drafts(folder) == ["concept-01"]
    assert unfinished(folder) == []


def test_a_run_of_the_schedule_is_taken_up_and_acts_for_its_day(pool: Prefect, folder: Path) -> None:
    places = quarter(folder / "scheduled")
    early = pool.start("dagelijks", "2026-09-18T06:00:00+02:00", **places)
    assert pool.ended(early) == ("COMPLETED", "Nog niet aan de beurt")
    assert drafts(folder / "scheduled") == []
    run = pool.start("dagelijks", "2026-09-19T06:00:00+02:00", **places)
    assert pool.ended(run) == ("COMPLETED", "Gereed")
    assert drafts(folder / "scheduled") == ["concept-01"]


def test_a_run_outlives_its_worker(pool: Prefect, folder: Path) -> None:
    own = folder / "orphan"
    run = pool.start("concept", kwartaal="2025-Q4", **quarter(own, "2025-Q4"))
    pool.lose(pool.judging(run), signal.SIGKILL, runs=False)
    assert pool.ended(run) == ("COMPLETED", "Gereed")
    assert drafts(own) == ["concept-01"]


def test_two_workers_at_once_on_one_quarter_end_in_one_draft(pool: Prefect, folder: Path) -> None:
    places = quarter(folder / "twice", "2026-Q1")
    runs = [pool.start("concept", kwartaal="2026-Q1", **places) for _ in WORKERS]
    assert [pool.ended(run) for run in runs] == [("COMPLETED", "Gereed")] * 2
    assert {pool.worker_of(run) for run in runs} == set(WORKERS)
    assert drafts(folder / "twice") == ["concept-01"]


def test_a_sweep_checks_what_lies_in_the_drop_folder_and_a_second_one_does_not_wait_for_it(
    pool: Prefect, folder: Path
) -> None:
    places = quarter(folder / "dropped", "2026-Q2")
    runs = [pool.start("aanlevermap", **places) for _ in WORKERS]
    assert sorted(pool.ended(run)[0] for run in runs) == ["CANCELLED", "COMPLETED"]
    assert (folder / "dropped" / "out" / "2026-Q2" / "controle" / "bevindingen.json").is_file()


@pytest.fixture(scope="module")
def next_runs(pool: Prefect, lost: list[Lost]) -> list[str]:
    """A run of each quarter whose run was lost."""
    return [
        pool.start("concept", kwartaal=one.kwartaal, inputs=one.folder / "in", outputs=one.folder / "out")
        for one in lost
    ]


@pytest.mark.parametrize("number", range(len(LOST)))
def test_the_next_run_after_a_lost_one_is_right(
    number: int, pool: Prefect, lost: list[Lost], next_runs: list[str]
) -> None:
    assert pool.ended(next_runs[number]) == ("COMPLETED", "Gereed")
    assert drafts(lost[number].folder) == ["concept-01"]
    assert unfinished(lost[number].folder) == []


@pytest.mark.parametrize("number", range(len(LOST)))
def test_a_lost_run_is_seen_to_have_failed(number: int, pool: Prefect, lost: list[Lost]) -> None:
    assert pool.ended(lost[number].run) == ("CRASHED", "Verdwenen")


def test_a_lost_run_can_be_taken_up_again(pool: Prefect, lost: list[Lost]) -> None:
    again = {"state": {"type": "SCHEDULED", "name": "AwaitingRetry"}}  # what the button in Prefect's pages does
    pool.ask(f"flow_runs/{lost[0].run}/set_state", again)
    assert pool.ended(lost[0].run) == ("COMPLETED", "Gereed")
    assert drafts(lost[0].folder) == ["concept-01"]


def test_no_other_run_was_taken_for_lost(pool: Prefect, lost: list[Lost]) -> None:
    crashed = pool.ask("flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["CRASHED"]}}}})
    assert {run["id"] for run in crashed} == {one.run for one in lost[1:]}
