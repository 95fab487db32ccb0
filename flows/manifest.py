"""What went into a draft and what came out, countable afterwards: its identity, manifest.json and the control sheet."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flows.check_workbooks import Checked
from flows.gather.raw import sha256
from flows.model.brief import Brief
from flows.model.contract import printable
from flows.model.delivery import Delivery, Documentsoort
from flows.model.documents import Document
from flows.model.entries import Entry
from flows.model.proof import Bestand, Controle, ControleDocument, ControleRij
from flows.order import Order
from flows.render.proof import Counts
from flows.rendering import Rendered, name_of
from flows.theme import load_letters

PACKAGES = (
    "voortgang", "weasyprint", "pypandoc-binary", "jinja2", "openpyxl", "pandas", "great-expectations",
    "pikepdf", "babel", "font-source-sans-pro", "matplotlib",
)  # fmt: skip
SHEETS = ("Voortgang", "Toezeggingen", "Moties", "Indicatoren", "Middelen", "Inzet", "Instrumenten")
SHOWN_PACKAGES = ("voortgang", "weasyprint", "pypandoc-binary")


def slug(title: str) -> str:
    """A title as the beginning of a file name: `Voortgang Agenda Integratie` is `voortgang-agenda-integratie`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "brief"


def versions() -> dict[str, str]:
    """The versions of everything that decides a byte of the outputs."""
    return {package: version(package) for package in PACKAGES}


def identity(inputs: Mapping[str, str], brief: Brief, folders: Iterable[tuple[str, Path]]) -> str:
    """The SHA-256 of all that decides what a draft says: inputs, earlier brief, register, templates, expectations, versions."""
    edited = {
        f"{name}/{path.relative_to(folder).as_posix()}": sha256(path)
        for name, folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith((".", "~$"))
    }
    whole = json.dumps(
        [dict(inputs), _baseline(brief), asdict(brief.answers), edited, versions()], sort_keys=True, default=str
    )
    return hashlib.sha256(whole.encode()).hexdigest()


def with_changes(plain: str) -> str:
    """The identity of a draft whose review copy shows what changed; `plain` is that of the same draft without."""
    return hashlib.sha256(f"{plain} wijzigingen".encode()).hexdigest()


def _baseline(brief: Brief) -> dict[str, str] | None:
    before = brief.baseline
    return {"kwartaal": str(before.kwartaal), "draft": before.name, "sha256": before.sha256} if before else None


def _entries(documents: Iterable[Document]) -> list[Entry]:
    """Every row that one of the documents prints or shows as a gap, once."""
    rows = {(entry.origin, type(entry)): entry for document in documents for entry in document.entries()}
    return list(rows.values())


def _counts(delivery: Delivery, rows: Sequence[Entry]) -> dict[str, Any]:
    """Rows read, printed and standing as a gap, by sheet and in all. What is none of these is in an annex not asked for."""
    own = [row for row in rows if row.origin.file == delivery.workbook.file]
    title = {name: sheet.title for name, sheet in delivery.workbook.sheets.items()}
    by_sheet = {}
    for name in SHEETS:
        here = [row.gap for row in own if row.origin.sheet == title.get(name)]
        by_sheet[name] = {
            "read": len(delivery.workbook.rows(name)),
            "printed": here.count(False),
            "gaps": here.count(True),
        }
    total = {
        f"rows_{what}" if what != "gaps" else what: sum(sheet[what] for sheet in by_sheet.values())
        for what in ("read", "printed", "gaps")
    }
    return total | {"sheets": by_sheet}


def manifest(
    order: Order,
    checked: Checked,
    name: str,
    documents: Sequence[Rendered],
    outputs: Mapping[str, bytes],
    ident: str,
) -> dict[str, Any]:
    """manifest.json as data. It holds no date of its own: the same identity gives the same bytes."""
    rows = _entries(checked.documents)
    by_file = {delivery.workbook.file: delivery for delivery in (*checked.gathered.deliveries, *checked.gathered.aside)}
    found = Counter((finding.origin.file, finding.severity.value) for finding in checked.findings)
    answers = checked.brief.answers
    notes = {name_of(made.document): _notes(made.counts) for made in documents}
    nothing = {"rows_read": 0, "rows_printed": 0, "gaps": 0, "sheets": {}}
    return {
        "kwartaal": str(order.kwartaal),
        "draft": name,
        "identity": ident,
        "inputs": [
            {"file": file, "sha256": digest, "ministerie": by_file[file].ministerie if file in by_file else None}
            | (_counts(by_file[file], rows) if file in by_file else nothing)
            | {"findings": {severity: found[file, severity] for severity in ("blokkerend", "waarschuwing")}}
            for file, digest in checked.digests.items()
        ],
        "missing": list(checked.gathered.missing),
        "outputs": [{"file": file, "sha256": hashlib.sha256(data).hexdigest()} for file, data in outputs.items()],
        "versions": versions(),
        "baseline": _baseline(checked.brief),
        "register_snapshot": str(answers.stand) if answers.stand else None,
        "register": {
            "known": len(answers.known),
            "absent": len(answers.absent),
            "unknown": len(answers.unknown),
            "promises_elsewhere": len(answers.promises),
        },
        "notes": notes.get(Documentsoort.BRIEF.value) or _notes(None),
        "documents": [{"name": name, "notes": counted} for name, counted in notes.items()],
        "open_points": sum(not point.gap for point in checked.brief.open),
        "gaps": sum(point.gap for point in checked.brief.open),
        "findings": dict(Counter(finding.severity.value for finding in checked.findings)),
    }


def _notes(counts: Counts | None) -> dict[str, int]:
    """The notes given, and printed in each format."""
    return {
        "given": counts.notes if counts else 0,
        "pdf": counts.notes_pdf if counts else 0,
        "docx": counts.notes_docx if counts else 0,
        "odt": counts.notes_odt if counts else 0,
    }


def control_sheet(data: Mapping[str, Any], checked: Checked, printed: str) -> Controle:
    """The control sheet's content, from the manifest so far: `printed` is the draft's name as it stands in the brief."""
    letters = load_letters()
    per_ministry: dict[str, Counter[str]] = {ministerie.code: Counter() for ministerie in checked.regie.ministeries}
    for item in data["inputs"]:
        if item["ministerie"]:
            per_ministry[item["ministerie"]].update({key: item[key] for key in ("rows_read", "rows_printed", "gaps")})
    for finding in checked.findings:
        if finding.ministerie:
            per_ministry[finding.ministerie][finding.severity.value] += 1
    return Controle(
        checked.brief.titel,
        checked.brief.kwartaal,
        data["identity"],
        tuple(
            ControleRij(
                code, row["rows_read"], row["rows_printed"], row["gaps"], row["blokkerend"], row["waarschuwing"]
            )
            for code, row in per_ministry.items()
        ),
        tuple(ControleDocument(document["name"], **document["notes"]) for document in data["documents"]),
        data["open_points"],
        tuple(Bestand(printable(item["file"], letters), item["sha256"]) for item in data["inputs"]),
        tuple(Bestand(item["file"], item["sha256"]) for item in data["outputs"]),
        ", ".join(f"{package} {data['versions'][package]}" for package in SHOWN_PACKAGES),
        checked.brief.answers,
        printed,
    )
