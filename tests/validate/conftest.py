"""Deliveries made of words: a row is its cells' text by field; `Unread` is text without a meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from flows.catalogue import EXPECTATIONS, load_contract
from flows.model.contract import Contract
from flows.model.delivery import Cell, Delivery, Origin, Row, Run, Sheet, Workbook
from flows.model.quarter import Kwartaal
from flows.validate.suites import Suite, load_suites


class Unread(str):
    """Text that the reader could make nothing of."""

    __slots__ = ()


Cells = Mapping[str, str | None]


@pytest.fixture(scope="session")
def folder() -> Path:
    return EXPECTATIONS


@pytest.fixture(scope="session")
def contract() -> Contract:
    return load_contract()


@pytest.fixture(scope="session")
def suites(folder: Path, contract: Contract) -> tuple[Suite, ...]:
    return load_suites(folder, contract)


def make_delivery(file: str, ministerie: str, sheet: str, rows: Iterable[Cells], *, hidden: bool = False) -> Delivery:
    """A delivery with one sheet. Its rows start at 2; a cell means what it says, unless it is Unread."""
    made = tuple(_row(file, sheet, number, cells, hidden) for number, cells in enumerate(rows, 2))
    workbook = Workbook(file, "", {sheet: Sheet(sheet, sheet, {}, made)})
    return Delivery(workbook, ministerie, Kwartaal(2026, 3))


def make_sheet(file: str, ministerie: str, sheet: str, cells: Cells) -> Delivery:
    """A delivery with one row, whose sheet has the columns of its cells."""
    made = make_delivery(file, ministerie, sheet, [cells])
    columns = dict(zip(cells, "ABCDEFGHIJKL", strict=False))
    sheets = {sheet: replace(made.workbook.sheets[sheet], columns=columns)}
    return replace(made, workbook=replace(made.workbook, sheets=sheets))


def _row(file: str, sheet: str, number: int, cells: Cells, hidden: bool) -> Row:
    origin = Origin(file, sheet, number)
    filled = {field: text for field, text in cells.items() if text is not None}
    return Row(origin, {field: _cell(origin, text) for field, text in filled.items()}, hidden)


def _cell(origin: Origin, text: str) -> Cell:
    return Cell(origin, str(text), (Run(str(text)),), None if isinstance(text, Unread) else text)
