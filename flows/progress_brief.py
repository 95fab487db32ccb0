"""The flows `concept` and `definitief`: from a quarter's workbooks to the draft or the final brief, proved and published.

The check comes first; then each document becomes PDF, Word file and ODT, all are read back, and only what holds every word is published. A
final brief is only made where nothing stands open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows import report
from flows.baseline import Published, newest_draft
from flows.catalogue import EXPECTATIONS, sayings
from flows.check_folder import hand_out
from flows.check_workbooks import CHECKED, Checked, check, publish_check, put, scratch_docs
from flows.comparison import CHANGES, changes_file, readable, since
from flows.conduct import conduct
from flows.handed_copy import handed_copy, handed_out
from flows.judge import borrowed_judge
from flows.manifest import control_sheet, identity, manifest, slug, with_changes
from flows.model.delivery import Origin
from flows.model.finding import Finding, Regels, Stop
from flows.model.place import Place
from flows.order import Order, Rules
from flows.publish import MANIFEST, Kind, drafts, next_draft, publish, same_draft
from flows.render.data import brief_data, dump, findings_data
from flows.render.data_documents import documents_data
from flows.render.manuscript import controleblad
from flows.render.pdf import pdf
from flows.rendering import rendered, unsaid
from flows.review_page import PAGE, review_page
from flows.stages import announce, stage
from flows.theme import templates
from flows.validate.approval import still_open

CHECKSUMS = "SHA256SUMS"


@flow(name="concept", flow_run_name="concept {kwartaal}", persist_result=False)
def concept(kwartaal: str, inputs: str = "inputs", outputs: str = "outputs", *, wijzigingen: bool = False) -> State:
    """Makes the next draft of a quarter, or none where nothing changed. Failed with one sentence where nothing can be made.

    `wijzigingen` marks in its review copy what changed since the draft before it.
    """
    return conduct("concept", kwartaal, inputs, outputs, partial(_brief, Kind.DRAFT, marked=wijzigingen))


@flow(name="definitief", flow_run_name="definitief {kwartaal}", persist_result=False)
def definitief(kwartaal: str, inputs: str = "inputs", outputs: str = "outputs", *, herzien: bool = False) -> State:
    """Makes the final brief of a quarter; Failed with one sentence while anything stands open, each of which is told.

    `herzien` makes a later version where there is a final brief already that was made of something else.
    """
    return conduct("definitief", kwartaal, inputs, outputs, partial(_brief, Kind.FINAL, again=herzien))


@dataclass(frozen=True, slots=True)
class _Edition:
    """What is made: a draft or a final brief, its number and identity, the draft before it, and whose review copy it is compared with."""

    kind: Kind
    number: int
    identity: str
    before: Published | None
    copy: Place | None


def _brief(kind: Kind, order: Order, rules: Rules, *, again: bool = True, marked: bool = False) -> report.Summary:
    """What was made of the quarter. The check is published first: a brief that stands is the last thing that can go wrong."""
    files: dict[str, bytes] = {}
    with borrowed_judge() as judge, scratch_docs() as docs:
        checked = check(order, rules, judge)
        standing = _standing(checked, rules.regels) if kind is Kind.FINAL else ()
        checked = replace(checked, findings=(*standing, *(one for one in checked.findings if one not in standing)))
        plain = identity(checked.digests, checked.brief, (*templates().folders(), ("expectations", EXPECTATIONS)))
        before = _draft_before(order, {plain, with_changes(plain)})
        copy = handed_out(order.outputs / before.name) if marked and before else None
        if marked and not copy:
            announce(sayings("slot")["geen_vorig_concept"])
        ident = with_changes(plain) if copy else plain
        with judge.writing_docs(docs):
            handed = stage("terugkoppelen", lambda: hand_out(order, checked))
            same = same_draft(order.outputs, {ident, with_changes(plain)}, kind)
            if same:
                place, made = same
            elif not standing and (again or not drafts(order.outputs, kind)):
                number = next_draft(order.outputs, kind)
                edition = _Edition(kind, number, ident, before, copy)
                files, made = _render(order, checked, rules.regels, edition)
        put(lambda: publish_check(order, handed, docs))
    if not (files or same):
        raise _refused(order, standing, rules.regels)
    if files:
        place = put(lambda: publish(order.outputs, made["draft"], files))
    names = [MANIFEST, *(output["file"] for output in made["outputs"])]
    report.artifacts(order.kwartaal, checked.findings, checked.gathered, place, names)
    unchanged = place.name if same else None
    return replace(checked.summary, place=place, printed=_printed(made), unchanged=unchanged, read=checked.digests)


def _standing(checked: Checked, regels: Regels) -> tuple[Finding, ...]:
    """Everything that keeps the final brief from being made."""
    open_points = still_open(checked.brief, checked.gathered.deliveries, checked.regie, regels)
    return (*(finding for finding in checked.findings if finding.blocking), *open_points)


def _refused(order: Order, standing: Sequence[Finding], regels: Regels) -> Stop:
    """Why there is no final brief; what stands open is told one by one."""
    for finding in standing:
        announce(f"• {finding.message} {finding.advice}")
    if standing:
        where = order.outputs / CHECKED
        return Stop(
            regels.finding("definitief-kan-niet", Origin(""), kwartaal=order.kwartaal, aantal=len(standing), map=where)
        )
    *_, newest = drafts(order.outputs, Kind.FINAL).values()
    return Stop(regels.finding("definitief-bestaat", Origin(""), kwartaal=order.kwartaal, map=newest))


def _render(
    order: Order, checked: Checked, regels: Regels, edition: _Edition
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """All files of the edition, and its manifest. Nothing is written: what fails the proof never reaches the disk."""
    look, ident, before = templates(), edition.identity, edition.before
    name = edition.kind.folder(edition.number)
    brief, printed = checked.brief, name.replace("-", " ")
    draft = printed if edition.kind is Kind.DRAFT else None
    private = unsaid(checked, look)
    documents = rendered(checked, private, regels, look, concept=draft)
    base = f"{slug(brief.titel)}-{order.kwartaal}"
    files = {file: data for document in documents for file, data in document.named(base).items()}
    earlier = readable(before, private, brief, sayings("herkomst")["intern"]) if before else None
    changed = since(brief, earlier, checked.earlier)
    if draft and (docx := files.get(f"{base}.docx")):
        files |= handed_copy(base, docx, checked, ident, edition.copy, private, regels)
    files |= {
        "brief.json": dump(brief_data(brief) | {"documenten": documents_data(checked.further)}),
        CHANGES: changes_file(changed),
        "bevindingen.json": dump(findings_data(checked.findings)),
    }
    if draft:
        files[PAGE] = stage("dossier", lambda: review_page(checked, private, regels, look, draft, changed))
    sheet = control_sheet(manifest(order, checked, name, documents, files, ident), checked, printed)
    files["controleblad.pdf"] = stage("controleblad", lambda: pdf(controleblad(sheet, look), look, datum=brief.datum))
    made = manifest(order, checked, name, documents, files, ident)
    files[MANIFEST] = dump(made)
    return files if draft else files | {CHECKSUMS: _checksums(files)}, made


def _draft_before(order: Order, same: Collection[str]) -> Published | None:
    """The newest draft that is not this one."""
    with suppress(OSError):  # a place out of reach is told when the outcome is put there
        return newest_draft(order.outputs, order.kwartaal, but=same)
    return None


def _checksums(files: Mapping[str, bytes]) -> bytes:
    """The files with their SHA-256, as `sha256sum --check` reads them."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()


def _printed(made: dict[str, Any]) -> report.Printed:
    return report.Printed(made["notes"]["given"], made["open_points"], made["gaps"])
