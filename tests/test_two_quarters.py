"""The story between the quarters of the example: what a reviewer and a minister's office read of it.

A first quarter is made of the second, so that there is a deadline that has moved before. No Prefect, and nothing is rendered
but the annex of changes.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import openpyxl
import pytest

from flows.assemble.brief import assemble
from flows.baseline import Published, baseline
from flows.catalogue import ROOT, load_contract, load_rules, load_sentences
from flows.comparison import changes_file, with_annex
from flows.gather.deliveries import sort_out
from flows.gather.steering import choices_of, read_regie
from flows.gather.workbook import read_workbook
from flows.model.brief import Brief
from flows.model.contract import key
from flows.model.finding import Regels
from flows.model.quarter import Kwartaal
from flows.render.data import brief_data, dump
from flows.validate.accept import accept

CONTRACT, REGELS = load_contract(), Regels(load_rules())
Q1, Q2, Q3 = (Kwartaal(2026, number) for number in (1, 2, 3))
Row = dict[str, Any]


def assembled(folder: Path, quarter: Kwartaal, earlier: Published | None) -> Brief:
    """The brief of a folder, compared with an earlier one, with the annex of changes first."""
    regie, _ = read_regie(folder / "regie.xlsx", quarter, CONTRACT, REGELS)
    regie = replace(regie, bijlagen=("wijzigingen", *regie.bijlagen))
    files = sorted(path for path in folder.iterdir() if path.name != "regie.xlsx")
    found = [read_workbook(path, CONTRACT.delivery, choices_of(regie), REGELS) for path in files]
    gathered = sort_out(found, regie, REGELS)
    brief, _ = assemble(regie, accept(gathered.deliveries, gathered.findings), load_sentences(), REGELS)
    return with_annex(replace(brief, baseline=baseline(earlier) if earlier else None), earlier)


def published(brief: Brief) -> Published:
    content = dump(brief_data(brief))
    return Published(brief.kwartaal, "concept-01", content, json.loads(content))


def with_cell(book: Path, sheet: str, nr: str, column: str, value: str) -> None:
    """One cell of a row, written anew."""
    opened = openpyxl.load_workbook(book, rich_text=True)
    rows = list(opened[sheet].iter_rows())
    head = next(row for row in rows if key(str(row[0].value)) == "nr")
    at = next(cell.column for cell in head if key(str(cell.value)) == key(column))
    next(row for row in rows if row[0].value == nr)[at - 1].value = value
    opened.save(book)


@cache
def briefs() -> tuple[Brief, Brief, Brief]:
    """Three quarters, each compared with the one before it. In the third BZK has let a promise slip without a word."""
    folder = Path(mkdtemp())
    for quarter, source in ((Q1, Q2), (Q2, Q2), (Q3, Q3)):
        shutil.copytree(ROOT / "inputs" / str(source), folder / str(quarter))
    with_cell(folder / str(Q1) / "SZW.xlsx", "Voortgang", "SZW-03", "Gereed", "eind 2026")
    with_cell(folder / str(Q3) / "BZK.xlsx", "Toezeggingen", "BZK-T01", "Gereed", "zomer 2026")
    first = replace(assembled(folder / str(Q1), Q2, None), kwartaal=Q1)
    second = assembled(folder / str(Q2), Q2, published(first))
    return first, second, assembled(folder / str(Q3), Q3, published(second))
