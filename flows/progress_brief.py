"""The flow `concept`: from a quarter's workbooks to the draft, proved and published.

The check comes first; then one HTML becomes PDF and Word file, both are read back, and only what holds every word is published.
"""

from __future__ import annotations

import calendar
from dataclasses import replace
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows import report
from flows.catalogue import EXPECTATIONS, TEMPLATES
from flows.check_folder import hand_out
from flows.check_workbooks import Checked, check, publish_check, put, scratch_docs
from flows.conduct import conduct
from flows.judge import borrowed_judge
from flows.manifest import control_sheet, identity, manifest, slug
from flows.model.delivery import Origin
from flows.model.finding import Regels, Stop
from flows.order import Order, Rules
from flows.publish import MANIFEST, next_draft, publish, same_draft
from flows.render.data import brief_data, dump, findings_data
from flows.render.difference import ProofError, Rule
from flows.render.leaks import not_said_by
from flows.render.manuscript import controleblad, manuscript
from flows.render.pdf import pdf
from flows.render.proof import Counts, prove
from flows.render.word import word
from flows.stages import stage, stage_beside

TEXTS = frozenset({".j2", ".yaml", ".css", ".lua"})


@flow(name="concept", flow_run_name="concept {kwartaal}", persist_result=False)
def concept(kwartaal: str, inputs: str = "inputs", outputs: str = "outputs") -> State:
    """Makes the next draft of a quarter, or none where nothing changed. Failed with one sentence where nothing can be made."""
    return conduct("concept", kwartaal, inputs, outputs, _draft)


def _draft(order: Order, rules: Rules) -> report.Summary:
    """What was made of the quarter. The check is published first: a draft that stands is the last thing that can go wrong."""
    files: dict[str, bytes] = {}
    with borrowed_judge() as judge, scratch_docs() as docs:
        checked = check(order, rules, judge)
        ident = identity(checked.digests, checked.brief, (TEMPLATES, EXPECTATIONS))
        with judge.writing_docs(docs):
            handed = stage("terugkoppelen", lambda: hand_out(order, checked))
            if same := same_draft(order.outputs, ident):
                place, made = same
            else:
                number = next_draft(order.outputs)
                files, made = _render(order, checked, rules.regels, number, ident)
        put(lambda: publish_check(order, handed, docs))
    if files:
        place = put(lambda: publish(order.outputs, made["draft"], files))
    names = [MANIFEST, *(output["file"] for output in made["outputs"])]
    report.artifacts(order.kwartaal, checked.findings, checked.gathered, place, names)
    unchanged = place.name if same else None
    return replace(checked.summary, place=place, printed=_printed(made), unchanged=unchanged, read=checked.digests)


def _render(
    order: Order, checked: Checked, regels: Regels, number: int, ident: str
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """All files of the draft, and its manifest. Nothing is written: what fails the proof never reaches the disk."""
    brief, printed = checked.brief, f"concept {number:02}"
    html = stage("opmaken", lambda: manuscript(brief, TEMPLATES, concept=printed))
    epoch = calendar.timegm(brief.datum.timetuple())
    in_word = stage_beside("word", lambda: word(html, TEMPLATES, epoch=epoch))
    in_pdf = stage("pdf", lambda: pdf(html, TEMPLATES, datum=brief.datum))
    docx = in_word.result()
    counts = stage("nalezen", lambda: _proved(html, in_pdf, docx, checked, regels))
    base = f"{slug(brief.titel)}-{order.kwartaal}"
    files = {
        f"{base}.pdf": in_pdf,
        f"{base}.docx": docx,
        "brief.json": dump(brief_data(brief)),
        "bevindingen.json": dump(findings_data(checked.findings)),
    }
    name = f"concept-{number:02}"
    so_far = manifest(order, checked, name, counts, files, ident)
    sheet = control_sheet(so_far, checked, printed)
    files["controleblad.pdf"] = stage(
        "controleblad", lambda: pdf(controleblad(sheet, TEMPLATES), TEMPLATES, datum=brief.datum)
    )
    made = manifest(order, checked, name, counts, files, ident)
    return files | {MANIFEST: dump(made)}, made


def _proved(html: str, in_pdf: bytes, docx: bytes, checked: Checked, regels: Regels) -> Counts:
    """The counts of a proof that holds; raises Stop with what is missing where it does not."""
    try:
        ours = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*") if path.suffix in TEXTS]
        return prove(html, in_pdf, docx, checked.brief, not_said_by(ours, checked.private))
    except ProofError as error:
        where = ", ".join(str(part) for part in (error.ministerie, error.nr, error.note, error.page) if part)
        if error.rule is Rule.LEAK:
            raise Stop(regels.finding("nalezen-lek", Origin(""), formaat=error.format, plaats=where)) from error
        details = {"formaat": error.format, "plaats": where, "ontbreekt": error.missing, "extra": error.extra}
        raise Stop(regels.finding("nalezen-verschil", Origin(""), **details)) from error


def _printed(made: dict[str, Any]) -> report.Printed:
    return report.Printed(made["notes"]["given"], made["open_points"], made["gaps"])
