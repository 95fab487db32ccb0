"""The flow `controle`: gathers a quarter's workbooks and judges them; also the first step of the brief.

Reads inputs/KWARTAAL, writes outputs/KWARTAAL/controle: the findings and Great Expectations' Data Docs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State

from flows import report
from flows.assemble.brief import assemble
from flows.catalogue import EXPECTATIONS, load_contract, load_letters, load_rules, load_sentences
from flows.gather.deliveries import Gathered, sort_out
from flows.gather.steering import FILE, choices_of, read_regie
from flows.gather.workbook import Found, read_workbook
from flows.model.brief import Brief
from flows.model.contract import Contract, key
from flows.model.delivery import Delivery, Origin, Regie
from flows.model.entries import Entries
from flows.model.finding import Finding, Regels, Severity, Stop
from flows.model.quarter import Kwartaal
from flows.publish import Unwritable, exclusive, publish
from flows.render.data import dump, findings_data
from flows.runtime import Judge, borrowed_judge
from flows.stages import stage
from flows.validate.accept import accept
from flows.validate.findings import hidden_rows, unprinted_sheets, verdict_findings
from flows.validate.suites import Suite, load_suites, rules
from flows.validate.tables import tables

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods"})
CHECKED = "controle"
UNKNOWN_TOPIC = "onderwerp-onbekend"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: a quarter, and where its folders are."""

    kwartaal: Kwartaal
    inputs: Path
    outputs: Path

    @classmethod
    def of(cls, kwartaal: str, inputs: str, outputs: str, regels: Regels) -> Order:
        """The order as typed; raises Stop where the quarter is none, or has no folder, or an empty one."""
        try:
            quarter = Kwartaal.parse(kwartaal)
        except ValueError:
            raise Stop(regels.finding("kwartaal-onleesbaar", Origin(kwartaal), value=kwartaal)) from None
        source = Path(inputs) / str(quarter)
        if not source.is_dir():
            raise Stop(regels.finding("kwartaal-onbekend", Origin(str(source)), map=source))
        files = [path.name for path in source.iterdir() if not _ignored(path)]
        if FILE not in files:
            rule = "regie-ontbreekt" if files else "map-leeg"
            raise Stop(regels.finding(rule, Origin(str(source)), map=source))
        return cls(quarter, source, Path(outputs) / str(quarter))


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything in expectations/, loaded."""

    contract: Contract
    suites: tuple[Suite, ...]
    regels: Regels

    @classmethod
    def load(cls) -> Rules:
        contract = load_contract(EXPECTATIONS)
        suites = load_suites(EXPECTATIONS, contract)
        return cls(contract, suites, Regels(load_rules(EXPECTATIONS) | rules(suites)))


@dataclass(frozen=True, slots=True)
class Checked:
    """A quarter as gathered, judged, typed and assembled: all that is known before anything is rendered."""

    regie: Regie
    gathered: Gathered
    entries: Entries
    brief: Brief
    findings: tuple[Finding, ...]
    private: frozenset[str]
    digests: Mapping[str, str]  # of each workbook by file name, of the very bytes that were read

    @property
    def blocking(self) -> int:
        return sum(finding.blocking for finding in self.findings)


def input_files(folder: Path) -> tuple[Path, ...]:
    """The files of a quarter by name, without what systems and spreadsheet programs leave behind."""
    return tuple(sorted(path for path in folder.iterdir() if not _ignored(path)))


def _ignored(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.name.casefold() in {"thumbs.db", "desktop.ini"}


def check(order: Order, rules: Rules, judge: Judge) -> Checked:
    """Gathers, judges, types and assembles a quarter, stage by stage."""
    contract, regels = rules.contract, rules.regels
    regie, steering = stage(
        "regie", lambda: read_regie(order.inputs / FILE, order.kwartaal, contract, regels, load_letters())
    )
    found = list(_read(order, regie, contract, regels))
    gathered = sort_out(found, regie, regels)
    report.gathered(gathered)
    unread = (
        *hidden_rows(gathered.deliveries, regels),
        *unprinted_sheets(gathered.deliveries, regie.bijlagen, regels),
    )
    known = (*steering, *gathered.findings, *unread)
    judged = stage("controleren", lambda: _judge(gathered.deliveries, known, rules, judge))
    judged = tuple(finding for finding in judged if not _placed(finding, regie))
    entries = accept(gathered.deliveries, (*known, *judged))
    brief, more = stage("samenstellen", lambda: assemble(regie, entries, load_sentences(), regels))
    ranks = {ministerie.code: rank for rank, ministerie in enumerate(regie.ministeries)}
    findings = sorted(
        (*known, *judged, *more),
        key=lambda f: (f.severity is not Severity.BLOKKEREND, ranks.get(f.ministerie or "", -1), f.origin.file),
    )
    own = _own_words(regie, contract)
    private = frozenset(text for text in gathered.private | regie.workbook.private if key(text) not in own)
    books = (regie.workbook, *(item.workbook for item in found if item.workbook))
    digests = {book.file: book.sha256 for book in books}
    return Checked(regie, gathered, entries, brief, tuple(findings), private, digests)


def _own_words(regie: Regie, contract: Contract) -> frozenset[str]:
    """The keys of words that every workbook holds, in a hidden list too: headers, choices, topics, ministries."""
    columns = [column for spec in (*contract.delivery, *contract.regie) for column in spec.columns]
    choices = [word for column in columns for word in (column.header, *(column.keuzes or ()))]
    names = [name for m in regie.ministeries for name in (m.code, m.naam, *m.bewindspersonen)]
    topics = [name for punt in regie.agenda for name in (punt.onderwerp, punt.titel)]
    return frozenset(map(key, (*choices, *names, *topics)))


def _read(order: Order, regie: Regie, contract: Contract, regels: Regels) -> Iterator[Found]:
    choices = choices_of(regie, load_letters())
    for path in input_files(order.inputs):
        if path.name == FILE:
            continue
        if path.is_file() and path.suffix.casefold() in WORKBOOKS:
            yield stage("werkboek", partial(read_workbook, path, contract.delivery, choices, regels), bestand=path.name)
        else:
            yield Found(None, (regels.finding("bestand-overgeslagen", Origin(path.name)),))


def _placed(finding: Finding, regie: Regie) -> bool:
    """Whether it is about a topic that the Agenda does not know, of a row that Indeling has given one."""
    where = (key(finding.ministerie or ""), key(finding.nr or ""))
    placed = {(key(row.code), key(row.nr)) for row in regie.indeling if row.onderwerp}
    return finding.rule == UNKNOWN_TOPIC and finding.origin.sheet is not None and where in placed


def _judge(deliveries: Sequence[Delivery], known: Sequence[Finding], rules: Rules, judge: Judge) -> tuple[Finding, ...]:
    verdicts = judge.judge(tables(deliveries, rules.contract), rules.suites)
    return verdict_findings(verdicts, deliveries, rules.contract, rules.regels, known)


def publish_check(order: Order, findings: Sequence[Finding], docs: Path) -> Path:
    """Writes the findings and the Data Docs to the folder `controle`, in place of what stood there."""
    return publish(
        order.outputs, CHECKED, {"bevindingen.json": dump(findings_data(findings))}, {docs.name: docs}, replace=True
    )


@flow(name="controle", flow_run_name="controle {kwartaal}", persist_result=False)
def controle(kwartaal: str, inputs: str = "inputs", outputs: str = "outputs") -> State:
    """Gathers and judges the deliveries of a quarter. Completed, or Failed with one sentence where nothing could be read."""
    rules = Rules.load()
    try:
        order = Order.of(kwartaal, inputs, outputs, rules.regels)
        with (
            exclusive(order.outputs, lambda: report.waiting(order.kwartaal)),
            borrowed_judge() as judge,
            scratch_docs() as docs,
        ):
            checked = check(order, rules, judge)
            with judge.writing_docs(docs):
                pass
            place = stage("neerzetten", lambda: publish_check(order, checked.findings, docs))
    except Stop as stop:
        return report.failed(stop)
    except Unwritable as error:
        return report.unwritable(error, rules.regels)
    report.artifacts(order.kwartaal, checked.findings, checked.gathered, sorted(place.iterdir()))
    return report.completed(replace(report.Summary.of(checked.regie, checked.gathered, checked.findings), place=place))


@contextmanager
def scratch_docs() -> Iterator[Path]:
    """A folder for Data Docs until they are published."""
    with tempfile.TemporaryDirectory() as scratch:
        yield Path(scratch) / "data-docs"
