"""The flow `uitvraag`: a fill-in workbook for each ministry, with what it still had open in the last quarter.

Reads the steering workbook, the newest earlier quarter that has a brief, and the deliveries of that quarter: a ministry's own words as
it typed them, else as they were printed. Writes outputs/KWARTAAL/uitvraag. No ministry's workbook holds another's own columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows import report
from flows.baseline import newest_brief
from flows.catalogue import load_sentences, sayings
from flows.check_workbooks import put, read_deliveries, steering_of
from flows.conduct import conduct
from flows.gather.deliveries import COVER, sort_out
from flows.gather.recalled import recalled
from flows.gather.steering import FILE, choices_of
from flows.model.delivery import Delivery, Ministerie, Origin, Regie, Row
from flows.model.entries import Status
from flows.model.finding import Regels, Stop
from flows.model.place import Place
from flows.model.quarter import Kwartaal
from flows.model.request import Request
from flows.order import Order, Rules, input_files, quarters
from flows.publish import publish
from flows.render.fill_in import Words, fill_in
from flows.stages import announce, stage

ASKED = "uitvraag"
OWN_COVER = ("onderdeel", "contactpersoon", "email")
_UNNAMEABLE = re.compile(r"[^\w .-]")


@flow(name="uitvraag", flow_run_name="uitvraag {kwartaal}", persist_result=False)
def uitvraag(kwartaal: str, inputs: str = "inputs", outputs: str = "outputs") -> State:
    """Makes the fill-in workbooks of a quarter, in place of those that were there. Failed with one sentence where none could be made."""
    return conduct(ASKED, kwartaal, inputs, outputs, _ask)


def _ask(order: Order, rules: Rules) -> report.Summary:
    regie, _ = steering_of(order, rules)
    last = _last(order, regie, rules)
    words = Words(*(sayings(f"{ASKED}_{part}") for part in ("zinnen", "wijzer", "kolommen")))
    requests = [_request(ministerie, regie, last, rules) for ministerie in regie.ministeries]
    files = stage(
        "uitvragen",
        lambda: {_file(one): fill_in(one, rules.contract, words) for one in requests},
    )
    for one in requests:
        said = sayings(ASKED)["overgenomen" if one.carried else "leeg"]
        announce(said.format(ministerie=one.ministerie.code, rijen=one.carried, bron=one.bron))
    place = put(lambda: publish(order.outputs, ASKED, files, replace=True))
    return report.Summary(regie.titel, (), (), place, read={FILE: regie.workbook.sha256})


def _file(request: Request) -> str:
    """The name of a workbook's file: the ministry's code, without what a file name cannot hold."""
    return _UNNAMEABLE.sub("-", request.ministerie.code) + ".xlsx"


@dataclass(frozen=True, slots=True)
class Last:
    """The quarter that rows are taken over from: what was delivered for it, and the brief that was made of it, as data."""

    kwartaal: Kwartaal
    deliveries: tuple[Delivery, ...]
    brief: Mapping[str, Any] | None


def _last(order: Order, regie: Regie, rules: Rules) -> Last | None:
    """The newest earlier quarter that has a brief, else the newest that has a steering workbook; raises Stop out of reach."""
    inputs, outputs, regels = order.inputs.parent, order.outputs.parent, rules.regels
    with _within_reach(outputs, regels):
        brief = newest_brief(outputs, order.kwartaal)
    if brief:
        return Last(brief.kwartaal, _deliveries(inputs, brief.kwartaal, regie, rules), brief.data)
    with _within_reach(inputs, regels):
        earlier = [one for one in quarters(inputs) if one < order.kwartaal and (inputs / str(one) / FILE).is_file()]
    return Last(earlier[-1], _deliveries(inputs, earlier[-1], regie, rules), None) if earlier else None


@contextmanager
def _within_reach(folder: Place, regels: Regels) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Stop(regels.finding("map-onleesbaar", Origin(str(folder)), map=folder)) from error


def _deliveries(inputs: Place, quarter: Kwartaal, regie: Regie, rules: Rules) -> tuple[Delivery, ...]:
    """The deliveries of an earlier quarter that count, of the ministries that deliver now."""
    folder, then = inputs / str(quarter), replace(regie, kwartaal=quarter)
    with _within_reach(folder, rules.regels):
        files = input_files(folder) if folder.is_dir() else ()
    found = list(read_deliveries(files, choices_of(then), rules.contract, rules.regels))
    return sort_out(found, then, rules.regels).deliveries


def _request(ministerie: Ministerie, regie: Regie, last: Last | None, rules: Rules) -> Request:
    """What one ministry is asked. Of deliveries only its own are looked at."""
    topics = tuple(punt.onderwerp for punt in regie.agenda)
    blank = Request(regie.kwartaal, regie.datum, ministerie, topics, regie.ministeries)
    if last is None:
        return blank
    own = [delivery for delivery in last.deliveries if delivery.ministerie == ministerie.code]
    tables = [spec.name for spec in rules.contract.delivery if not spec.form]
    rows: Mapping[str, Sequence[Row]] = {}
    if own:
        rows = {name: [row for delivery in own for row in delivery.workbook.rows(name)] for name in tables}
    elif last.brief:
        rows = recalled(last.brief, ministerie.code, rules.contract, choices_of(regie), load_sentences())
    still_open = {name: tuple(row for row in found if not _done(row)) for name, found in rows.items()}
    return replace(blank, bron=last.kwartaal, voorblad=_cover(own), rows=still_open)


def _done(row: Row) -> bool:
    status = row.meaning("status")
    return isinstance(status, str) and Status(status).done


def _cover(own: Sequence[Delivery]) -> Mapping[str, str]:
    """What the ministry's own cover said and is likely to hold still; nothing where several parts delivered."""
    rows = own[0].workbook.rows(COVER) if len(own) == 1 else ()
    return {name: row.text(name).strip() for row in rows for name in OWN_COVER}
