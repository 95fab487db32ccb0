"""The coordinator's steering workbook: `regie.xlsx` to `Regie`. Without it there is no brief, so its faults stop the run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from flows.gather.grid import Unreadable
from flows.gather.normalise import Choices
from flows.gather.raw import open_workbook
from flows.gather.workbook import Found, interpret
from flows.model.contract import Contract, SheetSpec, key
from flows.model.delivery import (
    AgendaPunt,
    Akkoord,
    Cell,
    Documentsoort,
    Ministerie,
    Origin,
    Plaatsing,
    Regie,
    Row,
    Run,
    Sheet,
    Tekst,
    Workbook,
)
from flows.model.finding import Finding, Regels, Stop
from flows.model.place import Place
from flows.model.quarter import Kwartaal
from flows.model.reference import Citeerwijze

FILE = "regie.xlsx"
BIJLAGEN = ("status", "moties", "toezeggingen", "indicatoren", "middelen", "stukken", "wijzigingen")
STANDARD_BIJLAGEN = ("moties", "toezeggingen", "indicatoren", "middelen")
NEEDED = {"Agenda": ("onderwerp",), "Indeling": ("code", "nr"), "Teksten": ("tekst",), "Ministeries": ("code",)}
NAMED_ONCE = {"Agenda": ("onderwerp",), "Ministeries": ("code",), "Indeling": ("code", "nr")}
DOCUMENTEN = tuple(Documentsoort)


def read_regie(
    path: Place, kwartaal: Kwartaal, contract: Contract, regels: Regels, letters: frozenset[int] = frozenset()
) -> tuple[Regie, tuple[Finding, ...]]:
    """The steering workbook of `kwartaal` and what is to be said about it; raises Stop where no brief can be made of it.

    Where it cannot be reached, that is an OSError.
    """
    try:
        raw = open_workbook(path)
    except Unreadable as error:
        raise Stop(regels.finding(str(error), Origin(path.name))) from error
    # Its own sheets name topics and ministries, which only a first reading knows.
    first = interpret(raw, contract.regie, Choices({}, {}), regels).workbook
    assert first is not None
    ministeries = _ministeries(first)
    topics, codes = tuple(punt.onderwerp for punt in _agenda(first)), tuple(m.code for m in ministeries)
    found = interpret(raw, contract.regie, Choices.of(topics, codes, letters), regels)
    assert found.workbook is not None
    return _regie(found, _agenda(found.workbook), ministeries, kwartaal, contract, regels)


def choices_of(regie: Regie, letters: frozenset[int] = frozenset()) -> Choices:
    """What the deliveries may name: topics and ministries; and the letters that can be printed."""
    return Choices.of(tuple(punt.onderwerp for punt in regie.agenda), tuple(m.code for m in regie.ministeries), letters)


def _regie(
    found: Found,
    agenda: tuple[AgendaPunt, ...],
    ministeries: tuple[Ministerie, ...],
    kwartaal: Kwartaal,
    contract: Contract,
    regels: Regels,
) -> tuple[Regie, tuple[Finding, ...]]:
    workbook = found.workbook
    assert workbook is not None
    head = next(iter(workbook.rows("Brief")), None)
    if head is None or not agenda or not ministeries:
        raise Stop(
            next((f for f in found.findings if f.blocking), regels.finding("regie-onvolledig", Origin(workbook.file)))
        )
    fields: Mapping[str, Cell] = {field: cell for field, cell in head.cells.items() if cell.text.strip()}
    for column in contract.regie[0].columns:
        if column.required and (column.field not in fields or fields[column.field].meaning is None):
            place = head.cells[column.field].origin if column.field in head.cells else head.origin
            raise Stop(regels.finding("regie-veld-ontbreekt", place, column=column.header))
    datum, named = fields["datum"].meaning, str(fields["kwartaal"].meaning)
    assert isinstance(datum, date)
    if named != str(kwartaal):
        raise Stop(
            regels.finding("regie-ander-kwartaal", fields["kwartaal"].origin, value=named, kwartaal=str(kwartaal))
        )
    findings = [*found.findings, *_without_effect(workbook, contract, regels)]
    documents = _documents(fields.get("documenten"), regels, findings)
    findings += _lost_texts(workbook, documents, regels)
    regie = Regie(
        workbook,
        kwartaal,
        datum,
        fields["titel"].text.strip(),
        fields,
        agenda,
        ministeries,
        tuple(_plaatsing(row) for row in _visible(workbook.rows("Indeling"))),
        tuple(_tekst(row) for row in _visible(workbook.rows("Teksten"))),
        _listed(fields.get("bijlagen"), regels, findings),
        _citeerwijze(fields.get("citeerwijze"), regels, findings),
        tuple(_akkoord(row) for row in _visible(workbook.rows("Akkoord"))),
        documents,
    )
    return regie, tuple(findings)


def _without_effect(workbook: Workbook, contract: Contract, regels: Regels) -> Iterator[Finding]:
    """What stands in the steering workbook and has no effect: hidden rows, values that mean nothing, doubles, lost texts."""
    for spec in contract.regie:
        for row in workbook.rows(spec.name):
            if row.hidden:
                yield regels.finding("regie-rij-verborgen", row.origin, rij=row.origin.row)
            else:
                yield from _meaningless(row, spec, workbook.sheets[spec.name], regels)
    for sheet, fields in NAMED_ONCE.items():
        yield from _doubled(list(_visible(workbook.rows(sheet))), fields, regels)
    yield from _untitled(workbook, regels)


def _doubled(rows: list[Row], fields: tuple[str, ...], regels: Regels) -> Iterator[Finding]:
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        named = tuple(key(row.text(field)) for field in fields)
        if all(named) and named in seen:
            cell = row.cells[fields[-1]]
            yield regels.finding("regie-dubbel", cell.origin, value=cell.text.strip())
        seen.add(named)


def _untitled(workbook: Workbook, regels: Regels) -> Iterator[Finding]:
    title = ""
    for row in _visible(workbook.rows("Agenda")):
        if row.text("onderwerp").strip() and not row.text("titel").strip():
            yield regels.finding("agenda-zonder-titel", row.cells["onderwerp"].origin, value=title)
        title = row.text("titel").strip() or title


def _lost_texts(workbook: Workbook, documents: tuple[Documentsoort, ...], regels: Regels) -> Iterator[Finding]:
    for row in _visible(workbook.rows("Teksten")):
        document, place = row.text("document").strip(), row.origin
        if key(document) not in DOCUMENTEN:
            choices = ", ".join(DOCUMENTEN)
            yield regels.finding("teksten-document-onbekend", place, value=document, rij=place.row, keuze=choices)
        elif key(document) not in documents:
            yield regels.finding("tekst-niet-gedrukt", place, value=document, rij=place.row)


def _meaningless(row: Row, spec: SheetSpec, sheet: Sheet, regels: Regels) -> Iterator[Finding]:
    for column in spec.columns:
        cell, said = row.cells.get(column.field), row.text(column.field).strip()
        if cell and said and cell.meaning is None:
            yield regels.finding("regie-onleesbaar", cell.origin, column=column.header, value=said)
        elif not said and column.field in NEEDED.get(spec.name, ()):
            place = row.origin.at(sheet.columns.get(column.field))
            yield regels.finding("regie-leeg", place, column=column.header)


def _agenda(workbook: Workbook) -> tuple[AgendaPunt, ...]:
    """The topics of the Agenda, each where it is named first. A row without a theme's title goes with the row above it."""
    found: dict[str, AgendaPunt] = {}
    number = title = ""
    for row in _visible(workbook.rows("Agenda")):
        if named := " ".join(row.text("titel").split()):
            number, title = row.text("thema").strip(), named
        if topic := " ".join(row.text("onderwerp").split()):
            trekker, intro = row.text("trekker").strip(), row.cells.get("inleiding")
            place = intro.origin if intro else None
            punt = AgendaPunt(
                number, title, topic, trekker, _prose(row, "inleiding"), row.cells["onderwerp"].origin, place
            )
            found.setdefault(key(topic), punt)
    return tuple(found.values())


def _ministeries(workbook: Workbook) -> tuple[Ministerie, ...]:
    found: dict[str, Ministerie] = {}
    for row in _visible(workbook.rows("Ministeries")):
        due = row.meaning("leverdatum")
        signers = tuple(line.strip() for line in row.text("bewindspersoon").splitlines() if line.strip())
        if code := row.text("code").strip():
            name, day = row.text("naam").strip() or code, due if isinstance(due, date) else None
            addresses = tuple(re.split(r"[\s,;]+", row.text("email").strip()))
            found.setdefault(key(code), Ministerie(code, name, signers, day, row.cells["code"].origin, addresses))
    return tuple(found.values())


def _visible(rows: Iterable[Row]) -> Iterable[Row]:
    return (row for row in rows if not row.hidden)


def _prose(row: Row, field: str) -> tuple[Run, ...]:
    return row.cells[field].runs if field in row.cells else ()


def _plaatsing(row: Row) -> Plaatsing:
    order, topic = row.meaning("volgorde"), row.meaning("onderwerp")
    return Plaatsing(
        row.text("code").strip(),
        row.text("nr").strip(),
        str(topic or ""),
        " ".join(row.text("tussenkop").split()),
        order if isinstance(order, float) else None,
        row.cells["nr"].origin if "nr" in row.cells else row.origin,
    )


def _tekst(row: Row) -> Tekst:
    return Tekst(
        key(row.text("document")),
        " ".join(row.text("plaats").split()),
        _prose(row, "tekst"),
        " ".join(row.text("kop").split()),
        row.meaning("soort") == "kader",
        row.text("bron").strip(),
        row.text("ondertekening").strip(),
        row.cells["tekst"].origin if "tekst" in row.cells else row.origin,
    )


def _akkoord(row: Row) -> Akkoord:
    day = row.meaning("datum")
    place = row.cells["wat"].origin if "wat" in row.cells else row.origin
    return Akkoord(
        row.text("wat").strip(), day if isinstance(day, date) else None, row.text("sha256").strip().casefold(), place
    )


def _names(cell: Cell) -> list[str]:
    return [name.strip() for name in re.split(r"[,;\n]", cell.text) if name.strip()]


def _documents(cell: Cell | None, regels: Regels, findings: list[Finding]) -> tuple[Documentsoort, ...]:
    """The documents that the field Documenten names, each once; the brief where it names none."""
    if cell is None:
        return DOCUMENTEN[:1]
    names = _names(cell)
    choices = ", ".join(DOCUMENTEN)
    findings += [
        regels.finding("document-onbekend", cell.origin, value=name, keuze=choices)
        for name in names
        if key(name) not in DOCUMENTEN
    ]
    named = set(map(key, names))
    return tuple(document for document in DOCUMENTEN if document in named) or DOCUMENTEN[:1]


def _listed(cell: Cell | None, regels: Regels, findings: list[Finding]) -> tuple[str, ...]:
    """The annexes that the field Bijlagen names, in its order; the standard ones where it is empty."""
    if cell is None:
        return STANDARD_BIJLAGEN
    names = _names(cell)
    findings += [
        regels.finding("bijlage-onbekend", cell.origin, value=name, keuze=", ".join(BIJLAGEN))
        for name in names
        if key(name) not in BIJLAGEN
    ]
    return tuple(dict.fromkeys(key(name) for name in names if key(name) in BIJLAGEN))


def _citeerwijze(cell: Cell | None, regels: Regels, findings: list[Finding]) -> Citeerwijze:
    if cell is None:
        return Citeerwijze.OFFICIEEL
    try:
        return Citeerwijze(key(cell.text))
    except ValueError:
        findings.append(regels.finding("citeerwijze-onbekend", cell.origin, value=cell.text))
        return Citeerwijze.OFFICIEEL
