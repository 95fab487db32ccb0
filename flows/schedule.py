"""The flow `rooster`: runs every day and makes the draft of the newest quarter on the day after its last Uiterste leverdatum.

Its today is the day for which the run was scheduled, in Dutch time, so that a late run does what it was meant for. A day that was
missed is made up for on the next. What it cannot do it says every day in Prefect, and by mail on the first and on every Monday.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum, auto
from zoneinfo import ZoneInfo

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows import logbook, report, runtime
from flows.catalogue import sayings
from flows.check_workbooks import steering_of
from flows.conduct import started_by, tell
from flows.gather.steering import FILE
from flows.logbook import Page
from flows.model.delivery import Origin
from flows.model.finding import Stop
from flows.model.quarter import Kwartaal, dutch_date
from flows.order import ZONE, Order, Rules, due_date, known, newest_prepared
from flows.progress_brief import concept

NAME = "rooster"
MONDAY = 0


class Turn(Enum):
    """What a day brings: the draft, nothing yet, nothing more, or a quarter that nobody has prepared."""

    NOW = auto()
    LATER = auto()
    MADE = auto()
    UNPREPARED = auto()


def turn(today: date, newest: Kwartaal, due: date, *, made: bool) -> Turn:
    """What `today` brings, where `newest` is the newest quarter with a regie.xlsx and `due` the day for its draft."""
    if today < due:
        return Turn.LATER
    if not made:
        return Turn.NOW
    return Turn.UNPREPARED if Kwartaal.of(today) > newest else Turn.MADE


def made_since(due: date, pages: Iterable[Page]) -> bool:
    """Whether the schedule has made a draft on `due` or later."""
    done = {sayings("toestand")[name] for name in ("gereed", "met_bevindingen")}
    return any(
        page.via == NAME and page.verb == concept.name and page.outcome in done and _day(page.begin) >= due
        for page in pages
    )


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(ZONE)).date()


@flow(name=NAME, flow_run_name=NAME, persist_result=False)
def rooster(inputs: str = "inputs", outputs: str = "outputs") -> State:
    """Makes the draft of the newest quarter if its day has come. Failed with one sentence where that cannot be known."""
    runtime.end_with_start()
    rules = Rules.load()
    scheduled = flow_run.get_scheduled_start_time()
    today = scheduled.astimezone(ZoneInfo(ZONE)).date()
    try:
        return _do(today, inputs, outputs, rules)
    except Stop as stop:
        state = report.failed(stop)
        with started_by(NAME):
            tell(NAME, NAME, str(Kwartaal.of(today)), state, None, again=today.weekday() == MONDAY)
        return state


def _do(today: date, inputs: str, outputs: str, rules: Rules) -> State:
    """What the day brings, done; raises Stop where that cannot be known, or nobody has prepared the quarter."""
    order = _newest(today, inputs, outputs, rules)
    regie, _ = steering_of(order, rules)
    due = due_date(regie.ministeries)
    if due is None:
        raise Stop(rules.regels.finding("rooster-zonder-leverdatum", Origin(FILE), kwartaal=order.kwartaal))
    match turn(today, order.kwartaal, due, made=made_since(due, _pages(order, rules))):
        case Turn.NOW:
            with started_by(NAME):
                return _likewise(concept(str(order.kwartaal), inputs, outputs, return_state=True))
        case Turn.UNPREPARED:
            raise _unprepared(Kwartaal.of(today), inputs, rules)
        case Turn.LATER:
            return _nothing("later", order.kwartaal, due)
        case Turn.MADE:
            return _nothing("gemaakt", order.kwartaal, due)


def _pages(order: Order, rules: Rules) -> tuple[Page, ...]:
    """The quarter's logbook; raises Stop where it is out of reach."""
    try:
        return logbook.pages(order.outputs)
    except OSError as error:
        raise Stop(rules.regels.finding("map-onleesbaar", Origin(""), map=order.outputs)) from error


def _newest(today: date, inputs: str, outputs: str, rules: Rules) -> Order:
    """The order for the newest quarter that has a regie.xlsx; raises Stop where there is none."""
    prepared = newest_prepared(inputs, rules.regels)
    if not prepared:
        raise _unprepared(Kwartaal.of(today), inputs, rules)
    return Order.of(str(prepared), inputs, outputs, rules.regels)


def _unprepared(kwartaal: Kwartaal, inputs: str, rules: Rules) -> Stop:
    folder = known(inputs, rules.regels) / str(kwartaal)
    return Stop(rules.regels.finding("rooster-zonder-regie", Origin(str(folder)), kwartaal=kwartaal, map=folder))


def _likewise(state: State) -> State:
    """The final state of the draft's run as that of the schedule's."""
    ended = Completed if state.is_completed() else Failed
    return ended(name=state.name, message=state.message)


def _nothing(why: str, kwartaal: Kwartaal, due: date) -> State:
    words = sayings("rooster")[why].format(kwartaal=kwartaal, dag=dutch_date(due))
    return Completed(name=sayings("toestand")["nog_niet"], message=words)
