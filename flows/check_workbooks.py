"""The flow `controle`: gathers a quarter's workbooks and judges them; also the first step of the brief.

Reads inputs/KWARTAAL, writes outputs/KWARTAAL/controle: the findings and Great Expectations' Data Docs.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, repeat
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State

from flows import report, settings
from flows.assemble.brief import assemble
from flows.assemble.papers import answered
from flows.baseline import BRIEF, Published, baseline, newest_brief
from flows.catalogue import load_sentences, load_words, sayings
from flows.check_folder import Handed, hand_out
from flows.comparison import readable, renamed, with_annex
from flows.conduct import conduct
from flows.feedback_mail import mail_feedback
from flows.gather.deliveries import Gathered, sort_out
from flows.gather.normalise import Choices
from flows.gather.returned import asked, returned
from flows.gather.steering import FILE, choices_of, read_regie
from flows.gather.workbook import Found, read_workbook, unreachable
from flows.judge import Judge, borrowed_judge
from flows.model.brief import Brief
from flows.model.contract import Contract, key
from flows.model.delivery import Delivery, Documentsoort, Origin, Regie
from flows.model.documents import Document
from flows.model.entries import Entries
from flows.model.finding import Finding, Regels, Severity, Stop
from flows.model.place import Place
from flows.order import Order, Rules, input_digests
from flows.publish import publish
from flows.register.answers import look_up
from flows.stages import stage
from flows.theme import load_letters
from flows.validate.accept import accept
from flows.validate.changes import changes
from flows.validate.coherence import coherence
from flows.validate.findings import hidden_rows, unprinted_sheets, verdict_findings
from flows.validate.papers import paper_findings
from flows.validate.tables import tables

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods"})
READERS = os.cpu_count() or 1
CHECKED = "controle"
UNKNOWN_TOPIC, UNREAD = "onderwerp-onbekend", "bestand-onleesbaar"
SENT_BACK, UNCHANGED = "rij-ongewijzigd", "tekst-ongewijzigd"


@dataclass(frozen=True, slots=True)
class Checked:
    """A quarter as gathered, judged, typed and assembled: all that is known before anything is rendered."""

    regie: Regie
    gathered: Gathered
    entries: Entries
    brief: Brief
    further: tuple[Document, ...]
    earlier: Published | None  # the brief of an earlier quarter that it is compared with
    findings: tuple[Finding, ...]
    private: frozenset[str]
    digests: Mapping[
        str, str
    ]  # the SHA-256 of every input by file name, of the bytes that were read; empty if none could be

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that are made, the brief among them where regie.xlsx names it."""
        return (self.brief, *self.further) if Documentsoort.BRIEF in self.regie.documenten else self.further

    @property
    def summary(self) -> report.Summary:
        """What of it a coordinator wants to know."""
        summary = report.Summary.of(self.regie, self.gathered, self.findings)
        return replace(summary, register=self.brief.answers.stand)


def check(order: Order, rules: Rules, judge: Judge) -> Checked:
    """Gathers, judges, types and assembles a quarter, stage by stage."""
    contract, regels = rules.contract, rules.regels
    # What comes while we read belongs to the next run; of what is no workbook its content before that counts.
    files = order.files(regels)
    before, letters = input_digests(files), load_letters()
    regie, steering = steering_of(order, rules)
    found = list(read_deliveries(files, choices_of(regie, letters), contract, regels))
    order.files(regels)  # raises Stop where the folder has gone: then what was found tells nothing
    gathered = sort_out(found, regie, regels)
    report.gathered(gathered)
    unread = (
        *hidden_rows(gathered.deliveries, regels),
        *unprinted_sheets(gathered.deliveries, regie, regels),
    )
    known = (*steering, *gathered.findings, *unread, *order.misnamed(regels))
    judged = stage("controleren", lambda: _judge(gathered.deliveries, known, rules, judge, regie))
    judged = tuple(finding for finding in judged if not _placed(finding, regie))
    entries = accept(gathered.deliveries, (*known, *judged))
    brief, documents, more = stage("samenstellen", lambda: assemble(regie, entries, load_sentences(), regels))
    register = settings.register_file()
    answers = stage("nazoeken", lambda: look_up(register, brief, regie, entries, letters))
    brief, further = answered(brief, answers), tuple(replace(document, answers=answers) for document in documents)
    own = _own_words(regie, contract)
    private = frozenset(text for text in gathered.private | regie.workbook.private if key(text) not in own)
    brief, earlier, unread_brief = _compared(brief, order, gathered, private, regels)
    more = (*more, *unread_brief, *_doubts(brief, entries, regie, gathered, regels))
    ranks = {ministerie.code: rank for rank, ministerie in enumerate(regie.ministeries)}
    findings = sorted(
        (*known, *judged, *more),
        key=lambda f: (f.severity is not Severity.BLOKKEREND, ranks.get(f.ministerie or "", -1), f.origin.file),
    )
    books = (regie.workbook, *(item.workbook for item in found if item.workbook))
    out_of_sight = {f.origin.file: "" for item in found for f in item.findings if f.rule == UNREAD}
    digests = dict(sorted((before | out_of_sight | {book.file: book.sha256 for book in books}).items()))
    return Checked(regie, gathered, entries, brief, further, earlier, tuple(findings), private, digests)


def _doubts(brief: Brief, entries: Entries, regie: Regie, gathered: Gathered, regels: Regels) -> Iterator[Finding]:
    """What the rows tell beside each other, an earlier brief and the register. A row that came back as it was is told of once."""
    words = load_words()
    sent_back = {(finding.ministerie, finding.nr) for finding in gathered.findings if finding.rule == SENT_BACK}
    yield from coherence(brief, entries, regie, gathered.missing, words, regels)
    for finding in changes(brief, entries, gathered.deliveries, words, regels):
        if finding.rule != UNCHANGED or (finding.ministerie, finding.nr) not in sent_back:
            yield finding
    yield from paper_findings(brief, regie, regels)


def _compared(
    brief: Brief, order: Order, gathered: Gathered, private: Collection[str], regels: Regels
) -> tuple[Brief, Published | None, tuple[Finding, ...]]:
    """The brief with that of an earlier quarter and what differs, if there is one; a finding where it is none that we know."""
    found, unread = None, list[Finding]()
    with suppress(OSError):  # a place out of reach is told when the outcome is put there
        found = newest_brief(order.outputs.parent, order.kwartaal)
    if found:
        try:
            brief = replace(brief, baseline=baseline(found, renamed(brief, found)))
            found = readable(found, private, brief, sayings("herkomst")["intern"])
        except (KeyError, TypeError, ValueError, AttributeError):
            place = Origin(f"{found.kwartaal}/{found.name}/{BRIEF}")
            found = None
            unread.append(regels.finding("vorige-brief-onleesbaar", place))
    return with_annex(brief, found, gathered.missing), found, tuple(unread)


def steering_of(order: Order, rules: Rules) -> tuple[Regie, tuple[Finding, ...]]:
    """The steering workbook; raises Stop where it cannot be reached either."""
    path, regels = order.inputs / FILE, rules.regels
    try:
        return stage(
            "regie",
            lambda: read_regie(path, order.kwartaal, rules.contract, regels, load_letters()),
            again=out_of_reach,
        )
    except OSError as error:
        raise Stop(unreachable(path, regels).findings[0]) from error


def out_of_reach(error: BaseException) -> bool:
    """Whether a file could not be read for a reason outside of it, which may pass by itself."""
    return isinstance(error, OSError)


def _own_words(regie: Regie, contract: Contract) -> frozenset[str]:
    """The keys of words that every workbook holds, in a hidden list too: headers, choices, topics, ministries."""
    columns = [column for spec in (*contract.delivery, *contract.regie) for column in spec.columns]
    choices = [word for column in columns for word in (column.header, *(column.keuzes or ()))]
    names = [name for m in regie.ministeries for name in (m.code, m.naam, *m.bewindspersonen)]
    topics = [name for punt in regie.agenda for name in (punt.onderwerp, punt.titel)]
    return frozenset(map(key, (*choices, *names, *topics)))


def read_deliveries(files: Sequence[Place], choices: Choices, contract: Contract, regels: Regels) -> Iterator[Found]:
    """What each file but the steering workbook holds, or why it was not read. Some are read while others are waited for."""
    specs = asked(contract)
    with ThreadPoolExecutor(READERS) as pool:
        reading: dict[Place, Iterator[Callable[[], Found]]] = {}
        for path in files:
            if path.name != FILE and path.suffix.casefold() in WORKBOOKS and not path.is_dir():
                read = partial(read_workbook, path, specs, choices, regels)
                reading[path] = chain([pool.submit(read).result], repeat(read))  # where that fails, it is read again
        for path in (path for path in files if path.name != FILE):
            if path in reading:
                yield returned(_delivery(path, reading[path], regels), contract, regels)
            else:
                yield Found(None, (regels.finding("bestand-overgeslagen", Origin(path.name)),))


def _delivery(path: Place, tries: Iterator[Callable[[], Found]], regels: Regels) -> Found:
    def attempt() -> Found:
        return next(tries)()

    try:
        return stage("werkboek", attempt, again=out_of_reach, bestand=path.name)
    except OSError:
        return unreachable(path, regels)


def _placed(finding: Finding, regie: Regie) -> bool:
    """Whether it is about a topic that the Agenda does not know, of a row that Indeling has given one."""
    where = (key(finding.ministerie or ""), key(finding.nr or ""))
    placed = {(key(row.code), key(row.nr)) for row in regie.indeling if row.onderwerp}
    return finding.rule == UNKNOWN_TOPIC and finding.origin.sheet is not None and where in placed


def _judge(
    deliveries: Sequence[Delivery], known: Sequence[Finding], rules: Rules, judge: Judge, regie: Regie
) -> tuple[Finding, ...]:
    verdicts = judge.judge(tables(deliveries, rules.contract), rules.suites)
    topics = [punt.onderwerp for punt in regie.agenda]
    return verdict_findings(verdicts, deliveries, rules.contract, rules.regels, known, topics)


def publish_check(order: Order, handed: Handed, docs: Path) -> Place:
    """Writes what is handed out and the Data Docs to the folder `controle`, in place of what stood there."""
    return publish(order.outputs, CHECKED, handed.files, {docs.name: docs}, replace=True)


@flow(name="controle", flow_run_name="controle {kwartaal}", persist_result=False)
def controle(kwartaal: str, inputs: str = "inputs", outputs: str = "outputs") -> State:
    """Gathers and judges the deliveries of a quarter. Completed, or Failed with one sentence where nothing could be read."""
    return conduct(CHECKED, kwartaal, inputs, outputs, _check_only)


def _check_only(order: Order, rules: Rules) -> report.Summary:
    with borrowed_judge() as judge, scratch_docs() as docs:
        checked = check(order, rules, judge)
        with judge.writing_docs(docs):
            handed = stage("terugkoppelen", lambda: hand_out(order, checked))
        place = put(lambda: publish_check(order, handed, docs))
    mailed = mail_feedback(order, checked, handed)
    report.artifacts(order.kwartaal, checked.findings, checked.gathered, place, (*handed.files, docs.name))
    return replace(checked.summary, place=place, read=checked.digests, mailed=mailed)


def put(work: Callable[[], Place]) -> Place:
    """Publishes, again where the place could not be reached for a moment."""
    return stage("neerzetten", work, again=lambda error: getattr(error, "transient", False))


@contextmanager
def scratch_docs() -> Iterator[Path]:
    """A folder for Data Docs until they are published."""
    with tempfile.TemporaryDirectory() as scratch:
        yield Path(scratch) / "data-docs"
