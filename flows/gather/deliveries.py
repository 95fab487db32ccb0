"""Whose is it, and which of several counts: workbooks to deliveries, by their cover sheets. File names and times decide nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from flows.gather.workbook import Found
from flows.model.contract import key
from flows.model.delivery import Delivery, Origin, Regie, Row, Workbook
from flows.model.finding import Finding, Regels
from flows.model.quarter import Kwartaal

COVER = "Voorblad"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A quarter's deliveries in the order of Ministeries, who is missing, all findings so far, and what was set aside."""

    deliveries: tuple[Delivery, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    private: frozenset[str]
    aside: tuple[Delivery, ...] = ()


def sort_out(found: Sequence[Found], regie: Regie, regels: Regels) -> Gathered:
    """The deliveries that count among the workbooks found. What is set aside is listed in a finding, with its text."""
    findings: list[Finding] = []
    recognised: list[Delivery] = []
    for item in found:
        delivery = _recognise(item.workbook, regie, regels, findings) if item.workbook else None
        if delivery:
            findings += [replace(finding, ministerie=delivery.ministerie) for finding in item.findings]
            recognised.append(delivery)
        elif not (item.workbook and item.workbook.rows(COVER)):  # else the cover says it all
            findings += item.findings
    order = [ministerie.code for ministerie in regie.ministeries]
    recognised.sort(
        key=lambda d: (order.index(d.ministerie), key(d.onderdeel), _version(d.versie) or (), d.workbook.file)
    )
    chosen: list[Delivery] = []
    aside: list[Delivery] = []
    for _, several in groupby(recognised, key=lambda d: (d.ministerie, key(d.onderdeel))):
        group = list(several)
        chosen.append(group[-1])
        aside += group[:-1]
        older = {other.workbook.file for other in group[:-1] if not _tie(other, group[-1])}
        findings = [finding for finding in findings if finding.origin.file not in older]  # they no longer count
        findings += _compared(group, regels)
    delivered = {delivery.ministerie for delivery in chosen}
    missing = tuple(code for code in order if code not in delivered)
    findings += [_missing(code, regie, regels) for code in missing]
    private = frozenset(text for item in found if item.workbook for text in item.workbook.private)
    return Gathered(tuple(chosen), missing, tuple(findings), private, tuple(aside))


def _recognise(workbook: Workbook, regie: Regie, regels: Regels, findings: list[Finding]) -> Delivery | None:
    cover = next(iter(workbook.rows(COVER)), None)
    if cover is None:
        return None
    code, quarter = cover.cells.get("ministerie"), cover.meaning("kwartaal")
    if code is None or not code.text.strip() or quarter is None:
        faulty = "ministerie" if code is None or not code.text.strip() else "kwartaal"
        origin = cover.cells[faulty].origin if faulty in cover.cells else cover.origin
        findings.append(regels.finding("voorblad-onvolledig", origin))
        return None
    known = {key(ministerie.code): ministerie.code for ministerie in regie.ministeries}
    if key(code.text) not in known:
        findings.append(
            regels.finding("afzender-onbekend", code.origin, value=code.text, codes=", ".join(known.values()))
        )
        return None
    ours = known[key(code.text)]
    if quarter != str(regie.kwartaal):
        place = cover.cells["kwartaal"]
        details = {"ministerie": ours, "value": place.text, "kwartaal": str(regie.kwartaal)}
        findings.append(regels.finding("ander-kwartaal", place.origin, **details))
        return None
    day = cover.meaning("peildatum")
    return Delivery(
        workbook,
        ours,
        Kwartaal.parse(str(quarter)),
        day if isinstance(day, date) else None,
        cover.text("onderdeel").strip(),
        _typed_version(cover),
        cover.meaning("akkoord") is True,
    )


def _typed_version(cover: Row) -> str:
    """The version as typed; a date as year, month and day, so that the later one is the higher."""
    value = cover.cells["versie"].value if "versie" in cover.cells else None
    return f"{value:%Y.%m.%d}" if isinstance(value, date) else cover.text("versie").strip()


def _version(text: str) -> tuple[int, ...] | None:
    """The numbers of a version, without zeros at the end: `1.0` is `1`."""
    numbers = list(map(int, re.findall(r"\d+", text)))
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers) or None


def _tie(first: Delivery, second: Delivery) -> bool:
    return _version(first.versie) is None or _version(first.versie) == _version(second.versie)


def _compared(group: list[Delivery], regels: Regels) -> list[Finding]:
    """What is to be said of several deliveries of one ministry and part, sorted by version: the last counts."""
    best, findings = group[-1], []
    for other in group[:-1]:
        if _tie(other, best):
            details = {"ander": other.workbook.file, "gedrukt": best.workbook.file}
            place = Origin(best.workbook.file)
            findings.append(regels.finding("dubbele-aanlevering", place, ministerie=best.ministerie, **details))
        findings += _set_aside(other, best, regels)
    return findings


def _set_aside(other: Delivery, best: Delivery, regels: Regels) -> list[Finding]:
    """A finding for each row of `other` that `best` lacks or, where no version decided, tells otherwise."""
    result = []
    for name in other.workbook.sheets:
        kept = {key(row.text("nr")) or _words(row): _words(row) for row in best.workbook.rows(name)}
        for row in () if name == COVER else other.workbook.rows(name):
            nr = key(row.text("nr")) or _words(row)
            if nr not in kept or (_tie(other, best) and kept[nr] != _words(row)):
                rule = "nr-vervalt-door-versie" if nr not in kept else "andere-tekst-in-dubbele-aanlevering"
                said = None if row.hidden else _words(row)
                details = {"ministerie": other.ministerie, "nr": row.text("nr").strip(), "value": said}
                result.append(regels.finding(rule, row.origin, **details, gedrukt=best.workbook.file))
    return result


def _words(row: Row) -> str:
    """A row's public text, for a listing."""
    return " | ".join(" ".join(cell.text.split()) for field, cell in row.cells.items() if field != "intern")


def _missing(code: str, regie: Regie, regels: Regels) -> Finding:
    ministerie = next(m for m in regie.ministeries if m.code == code)
    origin = ministerie.origin or Origin(regie.workbook.file)
    if ministerie.leverdatum is None:
        return regels.finding("niet-geleverd-zonder-datum", origin, ministerie=code, naam=ministerie.naam)
    late = (regie.datum - ministerie.leverdatum).days
    rule = "niet-geleverd" if late > 0 else "nog-niet-geleverd"
    when = f"{ministerie.leverdatum:%d-%m-%Y}"
    return regels.finding(rule, origin, ministerie=code, naam=ministerie.naam, dagen=late, leverdatum=when)
