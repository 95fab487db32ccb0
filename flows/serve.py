"""`voortgang start`: one process that serves the flows to a small department: Prefect's server, the schedule and the drop folder.

Every run is a process of its own, started by Prefect's runner; what this process itself does is look at the drop folder. All of it
ends with this process, however that ends; what a run had not finished is not there, and is done again after the next start.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, cast
from uuid import UUID

from flows import runtime
from flows.catalogue import sayings
from flows.settings import Settings

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun, State
    from prefect.deployments.runner import RunnerDeployment
    from prefect.runner import Runner

    from flows.drop_folder import Watch
    from flows.model.quarter import Kwartaal

DAILY, NAME, ON_REQUEST, BEFORE = "dagelijks", "aanlevermap", "op-aanvraag", "vooraf"
AT_ONCE = 2  # runs beside each other, of different quarters
QUERY_SECONDS = 2.0
MANY = 200  # the most that Prefect's API tells at once
STOP_SECONDS = 5.0  # for the runner to end its runs; one that has not by then ends when it misses this process
AGAIN_SECONDS = 600.0  # after a check that could not even be noted in the logbook
LOCK, LEASES = "start.lock", "concurrency_leases"


class Refused(Exception):
    """The service cannot start; its argument is the sentence that says why."""


def start(settings: Settings, say: Callable[[str], None]) -> None:
    """Serves until SIGTERM or Ctrl-C; tells `say` what a bystander wants to know. Raises Refused where it cannot begin."""
    words = sayings("start")
    if "://" not in settings.inputs and not Path(settings.inputs).is_dir():
        raise Refused(words["geen_map"].format(map=settings.inputs))
    stopped = Event()

    def stop(*_: object) -> None:
        stopped.set()  # the exception is lost where it is raised in a destructor
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        stack.enter_context(_alone())
        shutil.rmtree(Path(os.environ["PREFECT_HOME"], LEASES), ignore_errors=True)  # whoever held one has ended
        try:
            server = runtime.public_server(settings.poort, partial(import_module, "flows.schedule"))
            address = stack.enter_context(server)
        except OSError as error:
            raise Refused(words["poort_bezet"].format(poort=settings.poort)) from error
        stack.enter_context(_announced(address))
        os.environ[runtime.STARTED_BY] = str(os.getpid())
        service, running = stack.enter_context(_runner(settings))
        pages = address.removesuffix("/api")
        for line in ("draait", "map", "tijd", "stoppen"):
            say(words[line].format(adres=pages, inputs=service.inputs, outputs=service.outputs, tijd=settings.tijd))
        try:
            _watch(service, running, stopped, say)
        finally:
            say(words["stopt"])


@contextmanager
def _alone() -> Iterator[None]:
    """Holds the state folder: a second `voortgang start` on it is refused."""
    runtime.STATE.mkdir(parents=True, exist_ok=True)
    with (runtime.STATE / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(sayings("start")["draait_al"].format(adres=runtime.running_server() or "")) from None
        yield


@contextmanager
def _announced(address: str) -> Iterator[None]:
    """Tells other commands where the server is."""
    unfinished = runtime.SERVING.with_suffix(".onaf")
    unfinished.write_text(json.dumps({"address": address}), encoding="utf-8")
    unfinished.replace(runtime.SERVING)
    try:
        yield
    finally:
        runtime.SERVING.unlink(missing_ok=True)


@dataclass(slots=True)
class Service:
    """What runs: the folders, the deployments by name, the checks that are under way, and what was asked for last and when."""

    inputs: str
    outputs: str
    deployments: Mapping[str, UUID]
    pending: dict[Kwartaal, UUID] = field(default_factory=dict)
    asked: dict[Kwartaal, tuple[Mapping[str, str], float]] = field(default_factory=dict)

    def may_ask(self, quarter: Kwartaal, files: Mapping[str, str], now: float) -> bool:
        """Whether a check of these files is not under way, nor was just tried."""
        before, when = self.asked.get(quarter, ({}, 0.0))
        return quarter not in self.pending and (before != files or now - when > AGAIN_SECONDS)


def deployments(settings: Settings, inputs: str, outputs: str) -> list[RunnerDeployment]:
    """What the server offers: the daily schedule, the check that the drop folder asks for, a draft on request, the register.

    The register is refreshed an hour before the schedule looks, so that a draft of that day has its answers.
    """
    from prefect.schedules import Cron

    from flows.check_workbooks import controle
    from flows.order import ZONE
    from flows.progress_brief import concept
    from flows.refresh_register import register
    from flows.schedule import rooster

    words, folders = sayings("uitrol"), {"inputs": inputs, "outputs": outputs}
    daily, before = (Cron(cron, timezone=ZONE) for cron in (settings.cron, settings.cron_before))
    offered = [
        rooster.to_deployment(DAILY, schedule=daily, description=words["rooster"], parameters=folders),
        controle.to_deployment(NAME, description=words["controle"], parameters=folders),
        concept.to_deployment(ON_REQUEST, description=words["concept"], parameters=folders),
        register.to_deployment(BEFORE, schedule=before, description=words["register"], parameters={"inputs": inputs}),
    ]
    return cast("list[RunnerDeployment]", offered)  # Prefect types them as if they were awaited


@contextmanager
def _runner(settings: Settings) -> Iterator[tuple[Service, Future[None]]]:
    """Prefect's runner with our deployments, in a thread of its own that ends with the block, or else with the process."""
    from prefect.client.orchestration import get_client
    from prefect.runner import Runner

    inputs, outputs = (_absolute(text) for text in (settings.inputs, settings.outputs))
    runner = Runner(name="voortgang", query_seconds=QUERY_SECONDS, limit=AT_ONCE, pause_on_shutdown=False)
    offered = {one.name: cast("UUID", runner.add_deployment(one)) for one in deployments(settings, inputs, outputs)}
    with get_client(sync_client=True) as client:
        _clear_away(client, offered)
        client.create_flow_run_from_deployment(offered[DAILY])  # makes up for days on which nothing ran
    running: Future[None] = Future()
    Thread(target=_run, args=(runner, running), daemon=True).start()
    try:
        yield Service(inputs, outputs, offered), running
    finally:
        Thread(target=_stop, args=(runner, running), daemon=True).start()
        wait([running], STOP_SECONDS)


def _run(runner: Runner, running: Future[None]) -> None:
    try:
        running.set_result(asyncio.run(runner.start()))
    except BaseException as error:  # noqa: BLE001 (whoever looks at the future raises it)
        running.set_exception(error)


def _stop(runner: Runner, running: Future[None]) -> None:
    while not runner.started and not running.done():  # it cannot be stopped before it has started
        time.sleep(0.05)
    if runner.started:
        runner.stop()


def _absolute(text: str) -> str:
    return text if "://" in text else str(Path(text).resolve())


def _clear_away(client: SyncPrefectClient, offered: Mapping[str, UUID]) -> None:
    """Closes the runs that an earlier service left behind and frees their quarters: none goes on, and the drop folder asks anew."""
    from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId, FlowRunFilter
    from prefect.client.schemas.sorting import FlowRunSort
    from prefect.states import Crashed

    for limit in client.read_global_concurrency_limits(limit=MANY):
        client.update_global_concurrency_limit(limit.name, GlobalConcurrencyLimitUpdate(active_slots=0))
    for name, deployment in offered.items():
        types = ["RUNNING", "PENDING", "CANCELLING", *(["SCHEDULED"] if name == NAME else [])]
        left = FlowRunFilter.model_validate({"state": {"type": {"any_": types}}})
        ours = DeploymentFilter(id=DeploymentFilterId(any_=[deployment]))
        sort = FlowRunSort.EXPECTED_START_TIME_DESC
        for run in client.read_flow_runs(flow_run_filter=left, deployment_filter=ours, sort=sort, limit=MANY):
            state: State[None] = Crashed(name=sayings("toestand")["afgebroken"], message=sayings("start")["afgebroken"])
            client.set_flow_run_state(run.id, state, force=True)


def _watch(service: Service, running: Future[None], stopped: Event, say: Callable[[str], None]) -> None:
    """Looks at the drop folder until the runner ends or the service must. A server that does not answer for a moment is asked again."""
    from httpx import HTTPError
    from prefect.client.orchestration import get_client

    from flows.drop_folder import Watch
    from flows.model.place import place

    watch = Watch(place(service.inputs), place(service.outputs))
    with get_client(sync_client=True) as client:
        while not running.done() and not stopped.is_set():
            with suppress(HTTPError):
                _look(watch, service, client, say)
            time.sleep(watch.pause)
    if running.done():
        running.result()


def _look(watch: Watch, service: Service, client: SyncPrefectClient, say: Callable[[str], None]) -> None:
    """Looks once, tells which checks have ended, and asks for those that are wanted."""
    from prefect.exceptions import ObjectNotFound

    ready, now = watch.look(time.monotonic()), time.monotonic()
    for quarter, run in list(service.pending.items()):
        try:
            _follow(service, quarter, client.read_flow_run(run), say)
        except ObjectNotFound:  # somebody has deleted the run in Prefect's pages
            del service.pending[quarter]
    for quarter, files in ready.items():
        if service.may_ask(quarter, files, now):
            service.pending[quarter] = _ask(client, service, quarter)
            service.asked[quarter] = (files, now)


def _ask(client: SyncPrefectClient, service: Service, quarter: Kwartaal) -> UUID:
    """Asks for a check of a quarter; returns its run."""
    parameters = {"kwartaal": str(quarter), "inputs": service.inputs, "outputs": service.outputs}
    return client.create_flow_run_from_deployment(service.deployments[NAME], parameters=parameters).id


def _follow(service: Service, quarter: Kwartaal, run: FlowRun, say: Callable[[str], None]) -> None:
    """Tells how a check ended, once it has."""
    if run.state is None or not run.state.is_final():
        return
    del service.pending[quarter]
    details = {"run": run.name, "uitkomst": run.state.name, "bericht": run.state.message or ""}
    say(sayings("start")["klaar"].format(tijd=f"{datetime.now().astimezone():%H:%M}", **details))
