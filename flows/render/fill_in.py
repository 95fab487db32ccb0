"""A ministry's fill-in workbook: what it is asked, to the bytes of an .xlsx. Pure; the same request gives the same bytes.

Each column of the contract has its dropdown and a word of advice. Rows that were taken over are marked until they change: a formula
compares them with what a hidden column remembers. How cells are filled stands in fill_in_cells.py.
"""

from __future__ import annotations

import calendar
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.writer.excel import ExcelWriter

from flows.model.contract import FORM, JOINT, Column, Contract, Eigen, Inhoud, SheetSpec, as_one
from flows.model.delivery import Row
from flows.model.quarter import dutch_date
from flows.model.request import Request
from flows.render import ooxml
from flows.render.fill_in_cells import FREE, LONGEST, carried, dress, height, put, text_of, width
from flows.render.marks import FILL_IN
from flows.render.sheets import BLUE, BOLD, FONT, LINE, PLAIN, TOP, WRAPPED, header, landscape

ROWS = 1000  # that have a dropdown and can be marked
INLINE = 255  # letters of a list that can stand in the dropdown itself
LABELS, VALUES = 24, 100
_YELLOW = PatternFill("solid", start_color=FILL_IN, end_color=FILL_IN)
_FORMULA = re.compile(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?)><f>(.*?)</f><v ?(?:/>|></v>)')


@dataclass(frozen=True, slots=True)
class Words:
    """All sentences in the workbook: by name, the explanation by heading, and the advice by `Blad.veld` or field."""

    zinnen: Mapping[str, str]
    wijzer: Mapping[str, str]
    kolommen: Mapping[str, str]


def fill_in(request: Request, contract: Contract, words: Words) -> bytes:
    """The workbook of one ministry."""
    book = Workbook()
    explained = book.active
    explained.title = contract.eigen.blad
    made = _Book(request, contract.eigen, words)
    for spec in contract.delivery:
        sheet = book.create_sheet(spec.name)
        (made.form if spec.form else made.table)(sheet, spec)
    made.guide(explained)
    for name, place in made.ranges.items():
        book.defined_names[name] = DefinedName(name, attr_text=place)
    return _bytes(book, request, contract.eigen)


def _bytes(book: Any, request: Request, eigen: Eigen) -> bytes:
    """The file, without a clock in it, and with the outcome of each formula as it is before anything is filled in."""
    moment, out = datetime.combine(request.datum, datetime.min.time()), io.BytesIO()
    book.properties.created = book.properties.modified = moment
    book.properties.creator = ""
    book.calculation.fullCalcOnLoad = True
    with zipfile.ZipFile(out, "w") as archive:
        ExcelWriter(book, archive).save()
    # A height that may change with the text, in a spreadsheet program's own way.
    sheets = {name: part.replace(b' customHeight="1"', b"") for name, part in ooxml.read(out.getvalue()).items()}
    outcome = rb'\1 t="str"><f>\2</f><v>' + escape(eigen.ongewijzigd).encode() + b"</v>"
    parts = {name: _FORMULA.sub(outcome, part) for name, part in sheets.items()}
    return ooxml.write(parts, calendar.timegm(moment.timetuple()))


class _Book:
    """Fills the sheets of one workbook. `lists` are those too long for a dropdown, `ranges` where they came to stand."""

    def __init__(self, request: Request, eigen: Eigen, words: Words) -> None:
        self.request, self.eigen, self.words = request, eigen, words
        self.lists: dict[str, tuple[str, Sequence[str]]] = {}
        self.ranges: dict[str, str] = {}

    def form(self, sheet: Any, spec: SheetSpec) -> None:
        """The cover, as far as it is known."""
        self.sheet(sheet, FORM)
        ours = self.request.ministerie
        signers = "; ".join(ours.bewindspersonen)
        fixed = {"ministerie": ours.code, "kwartaal": str(self.request.kwartaal)}
        known = fixed | {"versie": "1", "bewindspersoon": signers} | dict(self.request.voorblad)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = LABELS, VALUES
        for number, column in enumerate(spec.columns, 2):
            label, value = sheet.cell(number, 1, _header(column)), sheet.cell(number, 2)
            label.font, label.alignment, label.border = BOLD if column.required else PLAIN, TOP, LINE
            dress(value, column, left=True)
            put(value, known.get(column.field, ""))
            value.border = LINE
            if column.field in fixed:
                value.protection = Protection(locked=True)
            elif column.required:
                rule = FormulaRule([f"LEN({value.coordinate})=0"], fill=_YELLOW)
                sheet.conditional_formatting.add(value.coordinate, rule)
            self.advise(sheet, spec, column, value.coordinate)

    def table(self, sheet: Any, spec: SheetSpec) -> None:
        """A sheet of rows: those taken over, and room for others."""
        ours = (self.eigen.merk, self.eigen.vorig) if spec.watched else ()
        self.sheet(sheet, (*map(_header, spec.columns), *ours))
        sheet.freeze_panes = "B2"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
        for number, column in enumerate(spec.columns, 1):
            letter = get_column_letter(number)
            dress(sheet.column_dimensions[letter], column)
            sheet.column_dimensions[letter].width = width(column)
            self.advise(sheet, spec, column, f"{letter}2:{letter}{ROWS}")
        for number, row in enumerate(self.request.rows.get(spec.name, ()), 2):
            self.row(sheet, spec, number, row)
        if ours:
            self.marked(sheet, spec)

    def row(self, sheet: Any, spec: SheetSpec, number: int, row: Row) -> None:
        """A row that is still open, and the formula that tells whether it has changed."""
        texts, watched = [], []
        for at, column in enumerate(spec.columns, 1):
            cell, source = sheet.cell(number, at), row.cells.get(column.field)
            content = carried(source, column)
            dress(cell, column, source)
            put(cell, content)
            texts.append((text_of(content), width(column)))
            watched += texts[-1:] if column.uitvraag else []
        sheet.row_dimensions[number].height = height(texts)
        before = as_one(text for text, _ in watched)
        if watched and len(before) <= LONGEST:
            merk, vorig = (sheet.cell(number, len(spec.columns) + more) for more in (1, 2))
            put(vorig, before)
            letters = [get_column_letter(spec.columns.index(column) + 1) for column in spec.watched]
            now = f'&"{JOINT}"&'.join(f"{letter}{number}" for letter in letters)
            merk.value = f'=IF(EXACT({now},{vorig.coordinate}),"{self.eigen.ongewijzigd}","")'
            for cell in (merk, vorig):
                cell.protection, cell.alignment = FREE, WRAPPED

    def marked(self, sheet: Any, spec: SheetSpec) -> None:
        """Colours what must be looked at as long as the mark says so, and hides what the mark is compared with."""
        merk, vorig = (get_column_letter(len(spec.columns) + more) for more in (1, 2))
        sheet.column_dimensions[merk].width = len(self.eigen.ongewijzigd) + 4
        sheet.column_dimensions[vorig].hidden = True
        for letter in (merk, vorig):
            sheet.column_dimensions[letter].protection = FREE
        letters = ["A", *(get_column_letter(spec.columns.index(column) + 1) for column in spec.watched), merk]
        cells = " ".join(f"{letter}2:{letter}{ROWS}" for letter in letters)
        rule = FormulaRule([f'${merk}2="{self.eigen.ongewijzigd}"'], fill=_YELLOW)
        sheet.conditional_formatting.add(cells, rule)

    def advise(self, sheet: Any, spec: SheetSpec, column: Column, cells: str) -> None:
        """The dropdown of a column, and what is said when a cell of it is chosen."""
        advice = self.words.kolommen.get(f"{spec.name}.{column.field}") or self.words.kolommen.get(column.field)
        choices = self.choices(column)
        if not (advice or choices):
            return
        rule = DataValidation(allow_blank=True, showInputMessage=bool(advice), sqref=cells)
        rule.promptTitle, rule.prompt = (column.header, advice) if advice else (None, None)
        if choices:
            rule.type, rule.formula1 = "list", self.listed(column.header, choices)
            rule.showErrorMessage = column.inhoud is not Inhoud.CODES  # several codes may be typed
            rule.errorTitle, rule.error = self.words.zinnen["fout_kop"], self.words.zinnen["fout"]
        sheet.add_data_validation(rule)

    def choices(self, column: Column) -> tuple[str, ...]:
        """What may be chosen in a column; nothing where anything may be typed."""
        match column.inhoud:
            case Inhoud.ONDERWERP:
                return self.request.onderwerpen
            case Inhoud.CODES:
                return tuple(ministerie.code for ministerie in self.request.ministeries)
            case Inhoud.JA_NEE:
                return self.words.zinnen["ja"], self.words.zinnen["nee"]
            case _:
                return tuple(dict.fromkeys((column.keuzes or {}).values()))

    def listed(self, title: str, choices: Sequence[str]) -> str:
        """A list as a dropdown takes it; one that is too long, or has a comma in it, goes by a name."""
        inline = ",".join(choices)
        if len(inline) <= INLINE and not any(sign in choice for choice in choices for sign in ',"'):
            return f'"{inline}"'
        for name, (_, known) in self.lists.items():
            if known == choices:
                return name
        name = f"keuzelijst_{len(self.lists) + 1}"
        self.lists[name] = (title, choices)
        return name

    def guide(self, sheet: Any) -> None:
        """The sheet that explains, with the long lists below."""
        zinnen, request = self.words.zinnen, self.request
        due = request.ministerie.leverdatum
        details = {
            "ministerie": request.ministerie.naam,
            "kwartaal": request.kwartaal,
            "bron": request.bron,
            "leverdatum": dutch_date(due) if due else "",
            "codes": ", ".join(f"{one.code} ({one.naam})" for one in request.ministeries),
            "ongewijzigd": self.eigen.ongewijzigd,
            "merk": self.eigen.merk,
        }
        self.sheet(sheet, ())
        put(sheet["A1"], zinnen["titel"].format(**details))
        sheet["A1"].font = Font(name=FONT, size=16, bold=True, color=BLUE)
        put(sheet["A2"], zinnen["uiterlijk" if due else "zonder_datum"].format(**details))
        lines = dict(self.words.wijzer)
        for name in ("met_rijen", "zonder_rijen"):
            said = lines.pop(name)
            if name == ("met_rijen" if request.carried else "zonder_rijen"):
                lines = {zinnen["rijen"]: said} | lines
        for number, (heading, line) in enumerate(lines.items(), 4):
            self.explain(sheet, number, heading, line.format(**details))
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = LABELS, VALUES
        for name, (title, choices) in self.lists.items():
            first = sheet.max_row + 2
            for number, choice in enumerate(choices, first):
                self.explain(sheet, number, title if number == first else "", choice)
            self.ranges[name] = f"{quote_sheetname(sheet.title)}!$B${first}:$B${sheet.max_row}"

    @staticmethod
    def explain(sheet: Any, number: int, heading: str, said: str) -> None:
        """A line of the sheet that explains."""
        label, text = sheet.cell(number, 1), sheet.cell(number, 2)
        put(label, heading)
        put(text, said)
        label.font, label.alignment, text.alignment = BOLD, WRAPPED, WRAPPED
        label.border = text.border = LINE
        sheet.row_dimensions[number].height = height([(said, VALUES)])

    def sheet(self, sheet: Any, names: Sequence[str]) -> None:
        """What all sheets have: header, print set-up, and a protection that leaves rows free."""
        if names:
            header(sheet, names)
        landscape(sheet)
        sheet.print_options.gridLines = bool(names)
        details = {"ministerie": self.request.ministerie.code, "kwartaal": self.request.kwartaal}
        sheet.oddHeader.left.text = self.words.zinnen["koptekst"].format(**details).replace("&", "&&")
        sheet.oddHeader.right.text, sheet.oddFooter.center.text = "&A", self.words.zinnen["voettekst"]
        free = ("formatCells", "formatColumns", "formatRows", "insertRows", "insertHyperlinks", "deleteRows", "sort")
        sheet.protection = SheetProtection(sheet=True, **dict.fromkeys(free, False))


def _header(column: Column) -> str:
    return f"{column.header} *" if column.required else column.header
