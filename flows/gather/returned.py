"""A fill-in workbook that came back: what `voortgang uitvraag` put in it is recognised, and rows sent back as they were are told.

In: what was found in a workbook that was read with the sheets of `asked`. Out: the same without anything of ours, so that no later
step meets it. A workbook that was made otherwise passes as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from flows.gather.workbook import Found
from flows.model.contract import Column, Contract, Eigen, SheetSpec, as_one, key
from flows.model.delivery import Row, Sheet
from flows.model.finding import Finding, Regels

T = TypeVar("T")
MERK, VORIG = OURS = ("_merk", "_vorig")


def asked(contract: Contract) -> tuple[SheetSpec, ...]:
    """The sheets of a delivery, with what a fill-in workbook has beside them."""
    ours = (Column(MERK, contract.eigen.merk), Column(VORIG, contract.eigen.vorig))
    tables = (spec if spec.form else replace(spec, columns=(*spec.columns, *ours)) for spec in contract.delivery)
    return (*tables, SheetSpec(contract.eigen.blad, (), optional=True))


def returned(found: Found, contract: Contract, regels: Regels) -> Found:
    """`found` without what is ours, and with a finding for each row that was sent back as it was."""
    if found.workbook is None:
        return found
    sheets = {name: sheet for name, sheet in found.workbook.sheets.items() if name != contract.eigen.blad}
    unchanged = [
        finding for name, sheet in sheets.items() for finding in _unchanged(sheet, contract.sheet(name), regels)
    ]
    workbook = replace(found.workbook, sheets={name: _without_ours(sheet) for name, sheet in sheets.items()})
    kept = (finding for finding in found.findings if not _about_ours(finding, contract.eigen))
    return Found(workbook, (*kept, *unchanged))


def _about_ours(finding: Finding, eigen: Eigen) -> bool:
    columns = {key(eigen.merk), key(eigen.vorig)}
    return key(finding.origin.sheet or "") == key(eigen.blad) or key(finding.column or "") in columns


def _unchanged(sheet: Sheet, spec: SheetSpec, regels: Regels) -> Iterator[Finding]:
    for row in sheet.rows:
        now, before = as_one(row.text(column.field) for column in spec.watched), row.text(VORIG)
        filled = [column for column in spec.watched if row.text(column.field).strip()]
        if filled and not row.hidden and _letters(now) == _letters(before):
            nr = " ".join(row.text("nr").split())
            origin = row.cells[filled[0].field].origin
            yield regels.finding("rij-ongewijzigd", origin, nr=nr, column=filled[0].header)


def _letters(text: str) -> str:
    """A text without its white space, which may come back otherwise."""
    return "".join(text.split())


def _without_ours(sheet: Sheet) -> Sheet:
    """The sheet as the contract knows it; a row in which nothing but ours, or a remark, is left is none."""
    rows = (replace(row, cells=_others(row.cells)) for row in sheet.rows if not _emptied(row))
    return replace(sheet, columns=_others(sheet.columns), rows=tuple(rows))


def _others(named: Mapping[str, T]) -> dict[str, T]:
    return {name: value for name, value in named.items() if name not in OURS}


def _emptied(row: Row) -> bool:
    return VORIG in row.cells and row.cells.keys() <= {*OURS, "intern"}
