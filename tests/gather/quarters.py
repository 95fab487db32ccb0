"""Gathers a folder of workbooks as a run does, without Prefect."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from flows.catalogue import load_contract, load_rules
from flows.gather.deliveries import Gathered, sort_out
from flows.gather.steering import choices_of, read_regie
from flows.gather.workbook import read_workbook
from flows.model.delivery import Row
from flows.model.finding import Regels
from flows.model.quarter import Kwartaal
from tests.workbooks import regie

CONTRACT, REGELS = load_contract(), Regels(load_rules())
QUARTER = Kwartaal(2026, 3)


def gather(folder: Path) -> Gathered:
    """The deliveries in a folder, by a steering workbook that is put there if it is not."""
    if not (folder / "regie.xlsx").exists():
        regie(folder / "regie.xlsx")
    steering, _ = read_regie(folder / "regie.xlsx", QUARTER, CONTRACT, REGELS)
    files = sorted(path for path in folder.iterdir() if path.name != "regie.xlsx")
    return sort_out(
        [read_workbook(path, CONTRACT.delivery, choices_of(steering), REGELS) for path in files], steering, REGELS
    )


def edited(path: Path, edit: Callable[[Any], None]) -> Path:
    """The workbook as `edit` leaves it."""
    book = openpyxl.load_workbook(path, rich_text=True)
    edit(book)
    book.save(path)
    return path


def rules(gathered: Gathered) -> set[str]:
    """The rules broken, but for the ministry that never delivers here."""
    return {finding.rule for finding in gathered.findings if finding.ministerie != "OCW"}


def rows(gathered: Gathered, sheet: str = "Voortgang") -> tuple[Row, ...]:
    """The rows of a sheet of the only delivery."""
    (delivery,) = gathered.deliveries
    return delivery.workbook.rows(sheet)
