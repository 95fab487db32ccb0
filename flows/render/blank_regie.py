"""A blank steering workbook from the contract, for the first quarter of all: what to fill in is marked, the rest is explained.

In: the contract's sheets, the quarter, the explanations by field. Out: bytes and the cells to fill in. Pure.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation

from flows.model.contract import Column, Inhoud, Nieuw, SheetSpec
from flows.model.quarter import Kwartaal
from flows.render.marks import FILL_IN, colour, mark, remark
from flows.render.next_regie import NewRegie, Place
from flows.render.sheets import BOLD, DATE, LINE, PLAIN, TOP, WRAPPED, header, landscape

ROWS = 200  # that have a dropdown
LABELS, VALUES = 24, 100
_WIDTHS = {Inhoud.PROZA: 60, Inhoud.NUMMER: 14, Inhoud.GETAL: 12, Inhoud.CODES: 12, Inhoud.KEUZE: 12, Inhoud.DATUM: 20}
_WIDTH = 32


def blank_regie(
    specs: Sequence[SheetSpec], form_headers: Sequence[str], new: Kwartaal, words: Mapping[str, str]
) -> NewRegie:
    """The blank workbook of `new`. `form_headers` are the two headers of a form."""
    book, to_fill_in = Workbook(), list[Place]()
    book.remove(book.active)
    for spec in specs:
        sheet = book.create_sheet(spec.name)
        landscape(sheet)
        if spec.form:
            header(sheet, form_headers)
            to_fill_in += _form(sheet, spec, new, words)
        else:
            header(sheet, [column.header for column in spec.columns])
            to_fill_in += _table(sheet, spec, words)
    out = io.BytesIO()
    book.save(out)
    return NewRegie(out.getvalue(), tuple(to_fill_in))


def _form(sheet: Any, spec: SheetSpec, new: Kwartaal, words: Mapping[str, str]) -> list[Place]:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = LABELS, VALUES
    to_fill_in = []
    for number, column in enumerate(spec.columns, 2):
        label, value = sheet.cell(number, 1, column.header), sheet.cell(number, 2)
        label.font, label.alignment, label.border = BOLD if column.required else PLAIN, TOP, LINE
        value.font, value.alignment, value.border = PLAIN, WRAPPED, LINE
        explained = words.get(f"{spec.name}.{column.field}", "")
        if column.inhoud is Inhoud.DATUM:
            value.number_format = DATE
            value.alignment = Alignment(vertical="top", horizontal="left")
        _choices(sheet, column, value.coordinate)
        if column.nieuw is Nieuw.KWARTAAL:
            value.value = str(new)
        elif column.required:
            mark(value, FILL_IN, explained)
            to_fill_in.append((spec.name, value.coordinate, column.header))
        elif explained:
            remark(label, explained)
    return to_fill_in


def _table(sheet: Any, spec: SheetSpec, words: Mapping[str, str]) -> list[Place]:
    for head, column in zip(sheet[1], spec.columns, strict=True):
        style = sheet.column_dimensions[head.column_letter]
        style.width = max(_WIDTHS.get(column.inhoud, _WIDTH), len(column.header) + 4)
        style.alignment = WRAPPED if column.inhoud is Inhoud.PROZA else TOP
        if column.inhoud is Inhoud.DATUM:
            style.number_format = DATE
        if explained := words.get(f"{spec.name}.{column.field}"):
            remark(head, explained)
        _choices(sheet, column, f"{head.column_letter}2:{head.column_letter}{ROWS}")
    if begin := words.get(f"{spec.name}.begin"):
        for cell in (sheet.cell(2, number) for number, column in enumerate(spec.columns, 1) if column.required):
            colour(cell, FILL_IN)
        mark(sheet["A2"], FILL_IN, begin)
        return [(spec.name, "A2", spec.columns[0].header)]
    return []


def _choices(sheet: Any, column: Column, cells: str) -> None:
    if column.keuzes:
        listed = ",".join(dict.fromkeys(column.keuzes.values()))
        sheet.add_data_validation(
            DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True, sqref=cells)
        )
