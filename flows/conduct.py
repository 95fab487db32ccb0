"""What every run does around its work: one at a time on a quarter, a page in the logbook, a final state, and mail to the coordinator.

The work itself is a function of the order and the rules; what it may raise for a user's mistake (Stop) or a place that cannot be
written (Unwritable) becomes a final state with one sentence. Anything else is a bug: it is noted in the logbook and raised.
"""

from __future__ import annotations

import errno
import getpass
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import State
from prefect.client.schemas.sorting import FlowRunSort
from prefect.concurrency.sync import concurrency
from prefect.exceptions import ObjectAlreadyExists
from prefect.runtime import deployment, flow_run
from prefect.states import Failed

from flows import logbook, notify, report, runtime, settings
from flows.catalogue import sayings
from flows.logbook import Page
from flows.model.finding import Stop
from flows.model.place import place
from flows.model.quarter import Kwartaal
from flows.order import Order, Rules, input_digests, input_files
from flows.publish import Unwritable, exclusive
from flows.stages import announce, stage

Work = Callable[[Order, Rules], report.Summary]
LEASE_SECONDS = 60.0  # how long a run that died keeps others from its quarter
FINAL = ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"]
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})

_via: ContextVar[str] = ContextVar("via", default="")


@contextmanager
def started_by(name: str) -> Iterator[None]:
    """Runs inside are noted in the logbook as started by `name`: the schedule or the drop folder."""
    token = _via.set(name)
    try:
        yield
    finally:
        _via.reset(token)


def conduct(verb: str, kwartaal: str, inputs: str, outputs: str, work: Work) -> State:
    """The final state of a run that does `work` on a quarter."""
    runtime.end_with_start()
    rules, summary = Rules.load(), None
    try:
        order = Order.of(kwartaal, inputs, outputs, rules.regels)
        waiting = once(lambda: report.waiting(order.kwartaal))
        with one_at_a_time(order.kwartaal, waiting), exclusive(order.outputs, waiting):
            state, summary = _noted(verb, order, rules, work)
    except Stop as stop:
        state = report.failed(stop)
        if not attended():
            _note_refusal(verb, kwartaal, inputs, outputs, state)
    except Unwritable as error:
        state = report.unwritable(error, rules.regels)
    except settings.Misconfigured as error:
        state = Failed(name=sayings("toestand")["mislukt"], message=str(error))
    except Exception:
        tell(verb, f"{verb} {kwartaal}", kwartaal, Failed(name=sayings("toestand")["fout"]), None)
        raise
    tell(verb, f"{verb} {kwartaal}", kwartaal, state, summary)
    return state


def once(say: Callable[[], None]) -> Callable[[], None]:
    """Calls `say` the first time only: who waits at two locks waits once."""
    said: list[None] = []
    return lambda: said or said.append(say())  # type: ignore[func-returns-value,return-value]


@contextmanager
def one_at_a_time(kwartaal: Kwartaal, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds the quarter's concurrency limit on a Prefect server that others use too; calls `waiting` if it is taken.

    The lock of the output folder keeps the commands of one machine apart, this limit the machines of one server.
    """
    if os.environ.get(runtime.OWN_SERVER) or not os.environ.get("PREFECT_API_URL"):
        yield
        return
    name = f"voortgang-{kwartaal}"
    with get_client(sync_client=True) as client:
        with suppress(ObjectAlreadyExists):
            client.upsert_global_concurrency_limit_by_name(name, 1)
        if client.read_global_concurrency_limit_by_name(name).active_slots:
            waiting()
    with concurrency(name, lease_duration=LEASE_SECONDS, strict=True, raise_on_lease_renewal_failure=False):
        yield


def _noted(verb: str, order: Order, rules: Rules, work: Work) -> tuple[State, report.Summary | None]:
    """Does the work between the two writings of its page in the logbook."""
    page = new_page(verb, str(order.kwartaal), input_digests(order.files(rules.regels)))
    logbook.keep(order.outputs, page)
    summary = None
    try:
        summary = work(order, rules)
        state = report.completed(summary)
    except Stop as stop:
        state = report.failed(stop)
    except Exception as error:
        full = isinstance(error, OSError) and error.errno in NO_ROOM
        cause = Unwritable(str(order.outputs)) if full else error
        fault = type(cause).__name__ if isinstance(cause, Unwritable) else None
        outcome = sayings("toestand")["mislukt" if fault else "fout"]
        with suppress(Unwritable):
            logbook.close(order.outputs, page, now(), outcome=outcome, reason=type(cause).__name__, fault=fault)
        raise cause from error
    logbook.close(order.outputs, page, now(), **_found(state, summary))
    return state, summary


def _note_refusal(verb: str, kwartaal: str, inputs: str, outputs: str, state: State) -> None:
    """Notes a run that nobody watched and that could not begin, so that the drop folder does not ask for it again."""
    with suppress(ValueError, OSError, Unwritable):
        quarter = str(Kwartaal.parse(kwartaal))
        page = new_page(verb, quarter, input_digests(input_files(place(inputs) / quarter)))
        logbook.close(place(outputs) / quarter, page, now(), outcome=state.name, reason=state.message)


def _found(state: State, summary: report.Summary | None) -> Mapping[str, Any]:
    """What a page tells of the end of a run."""
    if summary is None:
        return {"outcome": state.name, "reason": state.message}
    ministries = [line for line in summary.lines if line.code]
    return {
        "outcome": state.name,
        "inputs": dict(summary.read),
        "made": summary.place.name if summary.place else None,
        "delivered": sum(line.delivered for line in ministries),
        "expected": len(ministries),
        "blocking": len(summary.blocking),
        "mailed": dict(summary.mailed),
    }


def new_page(verb: str, kwartaal: str, inputs: Mapping[str, str]) -> Page:
    """The page of a run that begins now."""
    via = _via.get() or deployment.get_name() or sayings("logboek")["opdracht"]
    begin = now().isoformat(timespec="seconds")
    return Page(str(flow_run.get_id()), verb, kwartaal, user(), socket.gethostname(), via, begin, inputs)


def user() -> str:
    """Who runs this process; a number where the machine knows no name for it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def now() -> datetime:
    """The present moment, in the zone of this machine."""
    return datetime.now().astimezone()


def attended() -> bool:
    """Whether somebody runs this at a terminal and sees how it ends."""
    return not (_via.get() or deployment.get_id())


def tell(
    verb: str, run: str, kwartaal: str, state: State, summary: report.Summary | None, *, again: bool = False
) -> None:
    """Mails how a run ended, where mail is set up; a check that a person runs at the terminal is told there only.

    A failure is told once as long as it repeats itself, unless `again` asks for a reminder.
    """
    if (summary and summary.unchanged) or (attended() and verb != "concept"):
        return
    try:
        mail = settings.load().mail
        if mail is None or (state.is_failed() and not again and _repeats(run, state)):
            return
        by = _via.get() or deployment.get_name() or user()
        outcome = notify.Outcome(verb, kwartaal, state.name or "", summary, None if summary else state.message, by)
        message = notify.message(outcome, mail)
        stage("bericht", lambda: notify.send(message, mail), again=lambda error: getattr(error, "transient", False))
    except (settings.Misconfigured, notify.Undelivered) as error:
        announce(str(error))


def _repeats(run: str, state: State) -> bool:
    """Whether the run of that name before this one has failed with the same sentence, or with a bug too."""
    named = FlowRunFilter.model_validate({"name": {"any_": [run]}, "state": {"type": {"any_": FINAL}}})
    with get_client(sync_client=True) as client:
        before = client.read_flow_runs(flow_run_filter=named, sort=FlowRunSort.END_TIME_DESC, limit=1)
    ours = sayings("toestand")["mislukt"]
    return any(
        one.state is not None
        and (
            one.state.message == state.message
            or (state.message is None and one.state.is_failed() and one.state.name != ours)
        )
        for one in before
    )
