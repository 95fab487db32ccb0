"""A ministry's own workbook back: the cells at fault marked, and what was found on a first sheet of ours.

In: the bytes of a delivery and its findings. Out: the bytes of the same workbook, with marks of an earlier time replaced. Nothing else
in it changes, and the same delivery and findings give the same bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, count
from pathlib import PurePath
from typing import cast

from openpyxl.utils.cell import column_index_from_string

from flows.model.delivery import Delivery
from flows.model.finding import Finding
from flows.render import findings_sheet, notes_on_cells
from flows.render.findings_sheet import Line, quoted
from flows.render.notes_on_cells import Mark
from flows.render.workbook_parts import Parts

Words = Mapping[str, object]


class Unmarkable(Exception):
    """A workbook of which no copy with marks can be made."""


def feedback(data: bytes, file: str, findings: Sequence[Finding], words: Words) -> bytes:
    """The workbook `file` with its findings; `words` are those of the sheet. Raises Unmarkable."""
    try:
        parts = Parts(data)
        findings_sheet.remove(parts)
        sheets = parts.sheets
        for sheet in sheets.values():
            notes_on_cells.wipe(parts, sheet)
        ordered = sorted(findings, key=lambda finding: _order(finding, list(sheets)))
        for title, sheet in sheets.items():
            if marks := _marks(title, ordered):
                notes_on_cells.mark(parts, sheet, marks)
        _insert(parts, file, ordered, words, sheets)
        return parts.bytes()
    except Exception as error:  # a strange file trips over anything, and must not keep the others from theirs
        raise Unmarkable(file) from error


def names(deliveries: Sequence[Delivery]) -> dict[str, str]:
    """What the copy of each file is called: by its ministry, and its part or own name where that has several. No two are the same."""
    result: dict[str, str] = {}
    parts = Counter((delivery.ministerie, delivery.onderdeel.casefold()) for delivery in deliveries)
    files = Counter(delivery.ministerie for delivery in deliveries)
    for delivery in deliveries:
        file, code, part = PurePath(delivery.workbook.file), delivery.ministerie, delivery.onderdeel
        alone = part and parts[code, part.casefold()] == 1
        name = code if files[code] == 1 else f"{code}-{part if alone else file.stem}"
        suffix = file.suffix if file.suffix.lower() in {".xlsm", ".xltx", ".xltm"} else ".xlsx"
        taken = {one.casefold() for one in result.values()}
        options = (f"{_safe(name)}{number}{suffix}" for number in chain([""], (f"-{at}" for at in count(2))))
        result[str(file)] = next(one for one in options if one.casefold() not in taken)
    return result


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.")


def _order(finding: Finding, sheets: Sequence[str]) -> tuple[bool, int, int, int]:
    """What blocks first; then in the order of the workbook, what is about a whole file or sheet before its cells."""
    place = finding.origin
    sheet = sheets.index(place.sheet) if place.sheet in sheets else -1
    return not finding.blocking, sheet, place.row or 0, column_index_from_string(place.column) if place.column else 0


def _marks(title: str, findings: Sequence[Finding]) -> dict[str, Mark]:
    """What is said at each cell of a sheet; what is about a row at its first cell."""
    marks: dict[str, Mark] = {}
    for finding in findings:
        if finding.origin.sheet == title and (cell := _cell(finding)):
            before = marks.get(cell, Mark((), blocking=False))
            lines = (*before.lines, f"({finding.severity}) {finding.to_sender} {finding.advice}")
            marks[cell] = Mark(lines, before.blocking or finding.blocking)
    return marks


def _cell(finding: Finding) -> str | None:
    place = finding.origin
    return place.cell or (f"A{place.row}" if place.row else None)


def _insert(parts: Parts, file: str, findings: Sequence[Finding], words: Words, sheets: Mapping[str, str]) -> None:
    said = {name: str(text) for name, text in words.items()}
    blocking = sum(finding.blocking for finding in findings)
    counts = {"bestand": file, "blokkerend": blocking, "waarschuwing": len(findings) - blocking}
    heading = [said["titel"], said["aantallen" if findings else "niets"].format(**counts)]
    heading += [said["doen"], said["blijft"]] if findings else []
    lines = [_line(finding, said, sheets) for finding in findings]
    header = cast("Sequence[str]", words["kolommen"])
    findings_sheet.insert(parts, said["blad"], heading, header, lines, said["voet"].format(**counts))


def _line(finding: Finding, said: Mapping[str, str], sheets: Mapping[str, str]) -> Line:
    place, cell = finding.origin, _cell(finding)
    shown = place.cell or (said["rij"].format(rij=place.row) if place.row else "")
    where = place.sheet or said["hele_bestand"]
    link = f"{quoted(where)}!{cell}" if where in sheets and cell else None
    return Line(finding.severity.value, where, shown, finding.to_sender, finding.advice, finding.blocking, link)
