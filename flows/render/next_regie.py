"""The steering workbook of a new quarter: the bytes of the last one and what becomes of which cell, to the bytes of the new one.

Pure. Everything else in the workbook stays as it was. What openpyxl does not write back is put back (dropdowns that
Excel keeps in an extension) or named, so that the coordinator is told.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from openpyxl.cell import MergedCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet.datavalidation import DataValidation

from flows.model.contract import Nieuw
from flows.model.quarter import MONTHS, ORDINALS, Kwartaal
from flows.render.marks import DATED, FILL_IN, LOOK_AT, mark, wipe

Place = tuple[str, str, str]
_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_SHAPE = re.compile(rb"<xdr:(?:sp|cxnSp)[ >]")


@dataclass(frozen=True, slots=True)
class Target:
    """A cell that a new quarter does something with: where it is, what it is called, what stands in it.

    `field` is sheet and field by the contract (`Brief.datum`), by which its sentence is found.
    """

    sheet: str
    cell: str
    label: str
    field: str
    nieuw: Nieuw
    text: str = ""

    @property
    def place(self) -> Place:
        return self.sheet, self.cell, self.label


@dataclass(frozen=True, slots=True)
class NewRegie:
    """The new workbook, and its cells by what was done: (sheet, cell, label).

    `emptied` are to be filled in, `cleared` need nothing yet, `to_check` kept their value. `dated` are those of `to_check`
    that name the last quarter: (sheet, cell, the words). `lost` names what could not be taken over.
    """

    data: bytes
    emptied: tuple[Place, ...] = ()
    to_check: tuple[Place, ...] = ()
    dated: tuple[Place, ...] = ()
    cleared: tuple[Place, ...] = ()
    lost: tuple[str, ...] = ()


def next_regie(
    data: bytes, targets: Iterable[Target], old: Kwartaal, new: Kwartaal, words: Mapping[str, str]
) -> NewRegie:
    """The workbook of `new`, made of that of `old`."""
    reader = ExcelReader(io.BytesIO(data), rich_text=True)
    reader.read()
    book = reader.wb
    for sheet in book.worksheets:
        wipe(sheet)
    lost = _lost(data, {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets()}, book)
    done: dict[str, list[Place]] = {"emptied": [], "to_check": [], "dated": [], "cleared": []}
    for target in _once(targets, book):
        cell, said = book[target.sheet][target.cell], _Words(target, old, new, words)
        if target.nieuw is Nieuw.KWARTAAL:
            cell.value = str(new)
        elif target.nieuw in (Nieuw.LEEG, Nieuw.WEG):
            filled = cell.value is not None
            cell.value = cell.hyperlink = None
            if target.nieuw is Nieuw.LEEG:
                mark(cell, FILL_IN, said.to_fill_in())
                done["emptied"].append(target.place)
            elif filled:
                done["cleared"].append(target.place)
        elif target.text.strip() and (said.dated or target.nieuw is Nieuw.NAGAAN):
            mark(cell, DATED if said.dated else LOOK_AT, said.to_check())
            done["to_check"].append(target.place)
            done["dated"] += [(target.sheet, target.cell, said.dated)] if said.dated else []
    out = io.BytesIO()
    book.save(out)
    emptied, to_check, dated, cleared = (tuple(places) for places in done.values())
    return NewRegie(out.getvalue(), emptied, to_check, dated, cleared, lost)


def _once(targets: Iterable[Target], book: Any) -> Iterator[Target]:
    """Each cell once: of cells merged downwards the first, which holds the value of all; none of a row merged into one."""
    seen = set()
    for target in targets:
        sheet, cell = book[target.sheet], book[target.sheet][target.cell]
        if isinstance(cell, MergedCell):
            area = next(area for area in sheet.merged_cells.ranges if target.cell in area)
            if area.min_col != cell.column:
                continue
            cell = sheet.cell(area.min_row, area.min_col)
        if (target.sheet, cell.coordinate) not in seen:
            seen.add((target.sheet, cell.coordinate))
            yield replace(target, cell=cell.coordinate)


class _Words:
    """What is said at one cell."""

    def __init__(self, target: Target, old: Kwartaal, new: Kwartaal, words: Mapping[str, str]) -> None:
        self.words, self.target = words, target
        self.dated = ", ".join(f"‘{name}’" for name in names_of(target.text, old))
        self.filling = {"oud": old, "nieuw": new, "waarde": target.text.strip(), "woorden": self.dated}

    def to_fill_in(self) -> str:
        return self.say(self.target.field, *(["stond"] if self.target.text.strip() else []))

    def to_check(self) -> str:
        return self.say(*(["noemt"] if self.dated else []), self.target.field)

    def say(self, *names: str) -> str:
        sentences = (self.words.get(name) or self.words[str(self.target.nieuw)] for name in names)
        return " ".join(sentence.format_map(self.filling) for sentence in sentences)


def names_of(text: str, old: Kwartaal) -> tuple[str, ...]:
    """The words in `text` that name the quarter `old`, its year or a time in it: `derde kwartaal 2026`, `25 juni`, `2026`.

    A year within a vergaderjaar, a number or a date of another year is none.
    """
    year = rf"(?<![\d/–-]){old.year}(?![\d/–-])"
    any_year = r"(?:\s+(?P<{}>\d{{4}}))?"
    pattern = "|".join((
        rf"\b{old.year}-[Qq][1-4]\b",
        rf"(?i:\b(?:{'|'.join(ORDINALS)})\s+kwartaal(?:\s+van)?{any_year.format('a')})",
        rf"\b[Qq][1-4]\b{any_year.format('b')}",
        rf"\b(?:\d{{1,2}}\s+)?(?:{'|'.join(MONTHS)})\b{any_year.format('c')}",
        rf"\b\d{{1,2}}[-/.]\d{{1,2}}[-/.]{old.year}\b",
        year,
    ))  # fmt: skip
    found = (match for match in re.finditer(pattern, text) if set(match.groupdict().values()) <= {None, str(old.year)})
    return tuple(dict.fromkeys(" ".join(match[0].split()) for match in found))


def _lost(data: bytes, sheets: Mapping[str, str], book: Any) -> tuple[str, ...]:
    """Puts the dropdowns of Excel's extension back as ordinary ones; returns what the new workbook lacks all the same."""
    lost = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for title, path in sheets.items():
            xml = archive.read(path)
            if _X14[1:-1].encode() not in xml:
                continue
            tree = etree.fromstring(xml)
            for found in tree.iter(f"{_X14}dataValidation"):
                try:
                    book[title].add_data_validation(_validation(found))
                except (TypeError, ValueError):
                    lost.add("keuzelijsten")
            if next(tree.iter(f"{_X14}cfRule"), None) is not None:
                lost.add("opmaak")
        names = archive.namelist()
        if any(name.startswith("xl/threadedComments/") for name in names):
            lost.add("gesprekken")
        drawings = (name for name in names if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name))
        if any(_SHAPE.search(archive.read(name)) for name in drawings):
            lost.add("tekstvakken")
    return tuple(sorted(lost))


def _validation(found: Any) -> DataValidation:
    """An ordinary dropdown from one of the extension; raises TypeError or ValueError where there is no such thing."""
    settings = {name: value for name, value in found.attrib.items() if not name.startswith("{")}
    for number in (1, 2):
        formula = found.find(f"{_X14}formula{number}/{_XM}f")
        settings |= {} if formula is None else {f"formula{number}": formula.text}
    return DataValidation(**settings, sqref=found.findtext(f"{_XM}sqref", ""))
