"""Begins a quarter: the newest regie.xlsx before it to a new one in its folder, or a blank model where there is none.

At the rim: finds, reads and writes the files; what becomes of which cell is the contract's. Knows no Prefect.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flows.catalogue import load_contract, load_rules, sayings
from flows.gather.grid import RawWorkbook, Unreadable
from flows.gather.normalise import Choices
from flows.gather.raw import open_workbook
from flows.gather.steering import FILE
from flows.gather.workbook import interpret
from flows.model.contract import FORM, Column, Contract, Nieuw, SheetSpec
from flows.model.delivery import Origin, Row, Sheet
from flows.model.finding import Finding, Regels, Stop
from flows.model.place import Place
from flows.model.quarter import Kwartaal
from flows.order import known, quarters
from flows.publish import Unwritable, create
from flows.render.blank_regie import blank_regie
from flows.render.next_regie import NewRegie, Target, next_regie

Where = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """The new regie.xlsx: `source` is the quarter it was made of, None for the blank model. Places are (sheet, cell, label).

    `emptied` are to be filled in, `to_check` kept their value, `cleared` were emptied and need nothing yet. `dated` are those
    of `to_check` that name the source's time: (sheet, cell, words). `lost` names what could not be taken over.
    """

    kwartaal: Kwartaal
    path: Place
    source: Kwartaal | None
    emptied: tuple[Where, ...]
    to_check: tuple[Where, ...]
    dated: tuple[Where, ...] = ()
    cleared: tuple[Where, ...] = ()
    lost: tuple[str, ...] = ()


def new_quarter(kwartaal: str, inputs: str) -> Made:
    """Writes the regie.xlsx of the quarter as typed; raises Stop where that cannot be, and never overwrites."""
    contract, regels = load_contract(), Regels(load_rules())
    try:
        new = Kwartaal.parse(kwartaal)
    except ValueError:
        raise Stop(regels.finding("kwartaal-onleesbaar", Origin(kwartaal), value=kwartaal)) from None
    root = known(inputs, regels)
    folder = root / str(new)
    try:
        if (folder / FILE).exists():
            raise Stop(regels.finding("nieuw-bestaat", Origin(str(folder)), map=folder))
        source = _last(root, new)
    except OSError as error:
        raise Stop(regels.finding("map-onleesbaar", Origin(str(root)), map=root)) from error
    made = _renewed(root, source, new, contract, regels) if source else _blank(contract, new)
    try:
        create(folder, FILE, made.data)
    except (FileExistsError, Unwritable) as error:  # another was quicker, or a file has the folder's name
        rule = "nieuw-bestaat" if isinstance(error, FileExistsError) and folder.is_dir() else "map-onschrijfbaar"
        raise Stop(regels.finding(rule, Origin(str(folder)), map=folder)) from error
    return Made(new, folder / FILE, source, made.emptied, made.to_check, made.dated, made.cleared, made.lost)


def _last(root: Place, new: Kwartaal) -> Kwartaal | None:
    """The newest quarter before `new` that has a regie.xlsx."""
    before = (quarter for quarter in reversed(quarters(root)) if quarter < new) if root.exists() else iter(())
    return next((quarter for quarter in before if (root / str(quarter) / FILE).is_file()), None)


def _blank(contract: Contract, new: Kwartaal) -> NewRegie:
    return blank_regie(contract.regie, FORM, new, sayings("nieuw_uitleg"))


def _renewed(root: Place, old: Kwartaal, new: Kwartaal, contract: Contract, regels: Regels) -> NewRegie:
    path, name = root / str(old) / FILE, f"{old}/{FILE}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, of what it leaves out; that is told in `lost`
        try:
            data, raw = path.read_bytes(), replace(open_workbook(path), file=name)
        except Unreadable as error:
            raise Stop(regels.finding(str(error), Origin(name))) from error
        except OSError as error:
            raise Stop(regels.finding("bestand-onleesbaar", Origin(name))) from error
        targets = tuple(_targets(raw, contract, regels))
        return next_regie(data, targets, old, new, sayings("nieuw_cellen"))


def _targets(raw: RawWorkbook, contract: Contract, regels: Regels) -> Iterator[Target]:
    """The cells that the contract does something with; raises Stop where no cell is to hold the new quarter."""
    found = interpret(raw, contract.regie, Choices({}, {}), regels)
    assert found.workbook is not None
    sheets = found.workbook.sheets
    head = next((row for spec in contract.regie if spec.form for row in found.workbook.rows(spec.name)), None)
    if head is None or "kwartaal" not in head.cells:
        raise Stop(_no_quarter(raw, contract, regels))
    for spec in contract.regie:
        if sheet := sheets.get(spec.name):
            for row in sheet.rows:
                yield from _of_row(row, sheet, spec)
            yield from _unread(raw, sheet, spec)


def _no_quarter(raw: RawWorkbook, contract: Contract, regels: Regels) -> Finding:
    """Why the field for the quarter is not found."""
    found = interpret(raw, [spec for spec in contract.regie if spec.form], Choices({}, {}), regels)
    return next((one for one in found.findings if one.blocking), regels.finding("regie-onvolledig", Origin(raw.file)))


def _of_row(row: Row, sheet: Sheet, spec: SheetSpec) -> Iterator[Target]:
    for column in spec.columns:
        cell = row.cells.get(column.field)
        kept = column.nieuw in (Nieuw.NAGAAN, Nieuw.GEDATEERD)
        if column.nieuw is None or column.field not in sheet.columns or (kept and row.hidden):
            continue
        place = cell.origin if cell else row.origin.at(sheet.columns[column.field])
        label = column.header if spec.form else f"{column.header} ({_name(row, spec, column)})"
        yield _target(place, label, spec, column, cell.text if cell else "")


def _unread(raw: RawWorkbook, sheet: Sheet, spec: SheetSpec) -> Iterator[Target]:
    """Cells to be cleared in rows that hold nothing else that is read."""
    read = {row.origin.row or 0 for row in sheet.rows}
    (rows,) = (found.rows for found in raw.sheets if found.title == sheet.title)
    for column in (column for column in spec.columns if column.nieuw is Nieuw.WEG and column.field in sheet.columns):
        letter = sheet.columns[column.field]
        for number in (number for number in rows if read and number > min(read) and number not in read):
            if letter in rows[number]:
                yield _target(Origin(raw.file, sheet.title, number, letter), column.header, spec, column, "")


def _target(place: Origin, label: str, spec: SheetSpec, column: Column, text: str) -> Target:
    assert place.sheet
    assert place.cell
    assert column.nieuw
    return Target(place.sheet, place.cell, label, f"{spec.name}.{column.field}", column.nieuw, text)


def _name(row: Row, spec: SheetSpec, column: Column) -> str:
    """What a row is known by: the last required field of it but the column itself."""
    fields = [other.field for other in spec.columns if other.required and other is not column]
    return next((text for field in reversed(fields) if (text := row.text(field).strip())), str(row.origin.row))
