"""The flow `register`: brings the register of parliamentary papers up to date with what a quarter's workbooks cite.

Asks the Tweede Kamer and the publisher of the official papers only what the register does not know yet; each answer is kept at once,
so that a run that was broken off goes on where it was. It writes nothing but the register's own file.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows import report, runtime, settings
from flows.assemble.brief import assemble
from flows.catalogue import load_sentences, sayings
from flows.check_workbooks import read_deliveries, steering_of
from flows.gather.deliveries import sort_out
from flows.gather.steering import choices_of
from flows.kamerstuk.citation import identifiers
from flows.model.delivery import Origin, Regie
from flows.model.finding import Stop
from flows.order import ZONE, Order, Rules, newest_prepared
from flows.register.refresh import Refreshed, Services, refresh
from flows.register.store import opened
from flows.register.web import connected
from flows.stages import announce, stage
from flows.theme import load_letters
from flows.validate.accept import accept

NAME = "register"
OFTEN = 20  # questions, after which it is said how far it is


@flow(name=NAME, flow_run_name=NAME, persist_result=False)
def register(kwartaal: str = "", inputs: str = "inputs") -> State:
    """Refreshes the register for a quarter, the newest one where none is named.

    Completed; Failed with one sentence where nothing could be asked.
    """
    runtime.end_with_start()
    rules = Rules.load()
    try:
        done = _refreshed(kwartaal, inputs, rules)
    except Stop as stop:
        return report.failed(stop)
    name = sayings("toestand")["deels" if done.failures else "gereed"]
    return Completed(name=name, message=sayings("kamerregister")["gevraagd"].format(aantal=done.answered), data=done)


def _refreshed(kwartaal: str, inputs: str, rules: Rules) -> Refreshed:
    """What came of a refresh; raises Stop where there is no quarter, no answer at all, or the register cannot be kept."""
    quarter = kwartaal or newest_prepared(inputs, rules.regels)
    if not quarter:
        raise Stop(rules.regels.finding("geen-kwartalen", Origin(inputs), map=inputs))
    regie, cited = cited_by(Order.of(str(quarter), inputs, "outputs", rules.regels), rules)
    chosen = settings.load().kamerregister
    asked = Services(chosen.tweede_kamer, chosen.bekendmakingen)

    def ask() -> Refreshed:
        with opened(chosen.path) as store, connected() as web:
            return refresh(store, cited, regie.ministeries, web, datetime.now(ZoneInfo(ZONE)).date(), asked, _tell)

    try:
        done = stage("bevragen", ask)
    except (OSError, sqlite3.Error) as error:
        raise Stop(rules.regels.finding("register-niet-te-bewaren", Origin(""), pad=chosen.path)) from error
    for service, reason in done.failures:
        get_run_logger().warning("%s: %s", service, reason)
    if done.failures and not done.answered:
        words = sayings("kamerregister")
        services = words["en"].join(words[service] for service, _ in done.failures)
        raise Stop(rules.regels.finding("register-geen-antwoord", Origin(""), diensten=services))
    return done


def cited_by(order: Order, rules: Rules) -> tuple[Regie, frozenset[str]]:
    """The steering workbook of a quarter, and the identifiers of all papers that its deliveries cite where they are printed."""
    regie, steering = steering_of(order, rules)
    choices = choices_of(regie, load_letters())
    found = list(read_deliveries(order.files(rules.regels), choices, rules.contract, rules.regels))
    gathered = sort_out(found, regie, rules.regels)
    entries = accept(gathered.deliveries, (*steering, *gathered.findings))
    brief, _, _ = stage("samenstellen", lambda: assemble(regie, entries, load_sentences(), rules.regels))
    return regie, frozenset(name for one in brief.cited for name in identifiers(one.citation.reference))


def _tell(answered: int) -> None:
    if answered % OFTEN == 0:
        announce(sayings("kamerregister")["gevraagd"].format(aantal=answered))
