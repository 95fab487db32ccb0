"""What was delivered: workbooks as read, each cell with its place. Nothing here is judged yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from flows.model.contract import key
from flows.model.quarter import Kwartaal, Periode
from flows.model.reference import Citeerwijze

Value = str | int | float | bool | date | None
Meaning = str | float | int | bool | date | Periode | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A place in a file: sheet as named there, row from 1, column as letters. What is unknown is None."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    @property
    def cell(self) -> str | None:
        """The address as Excel writes it (`D4`), or None for a whole file, sheet, row or column."""
        return f"{self.column}{self.row}" if self.column and self.row else None

    def at(self, column: str | None) -> Origin:
        """The cell of this row in `column`."""
        return replace(self, column=column)


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style. Struck-through text never gets this far."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: the value as stored, its text, and what it means by its column (None where unreadable)."""

    origin: Origin
    value: Value
    runs: tuple[Run, ...] = ()
    meaning: Meaning = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a contract sheet: its filled cells by field name."""

    origin: Origin
    cells: Mapping[str, Cell]
    hidden: bool = False

    def text(self, name: str) -> str:
        """The text of a field; empty where the cell is."""
        cell = self.cells.get(name)
        return cell.text if cell else ""

    def meaning(self, name: str) -> Meaning:
        """What a field means; None where the cell is empty or unreadable."""
        cell = self.cells.get(name)
        return cell.meaning if cell else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A contract sheet: `columns` maps each field found to its column letter, `name` is the contract's."""

    name: str
    title: str
    columns: Mapping[str, str]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook's contract sheets. `private` holds every text in it that may never be published."""

    file: str
    sha256: str
    sheets: Mapping[str, Sheet]
    private: frozenset[str] = frozenset()

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """The rows of a contract sheet; none where the sheet is missing."""
        return self.sheets[sheet].rows if sheet in self.sheets else ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A ministry's workbook, recognised by its cover sheet."""

    workbook: Workbook
    ministerie: str
    kwartaal: Kwartaal
    peildatum: date | None = None
    onderdeel: str = ""
    versie: str = ""
    akkoord: bool = False


@dataclass(frozen=True, slots=True)
class Ministerie:
    """Who must deliver, and by when (`leverdatum` inclusive). `adressen`, as typed, stand in no file that is made."""

    code: str
    naam: str
    bewindspersonen: tuple[str, ...] = ()
    leverdatum: date | None = None
    origin: Origin | None = None
    adressen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaPunt:
    """A topic of the Agenda. `thema` is empty for an unnumbered part."""

    thema: str
    titel: str
    onderwerp: str
    trekker: str
    inleiding: tuple[Run, ...] = ()
    origin: Origin | None = None
    inleiding_origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Plaatsing:
    """A row of Indeling: where a ministry's row stands, whatever its own workbook says."""

    code: str
    nr: str
    onderwerp: str = ""
    tussenkop: str = ""
    volgorde: float | None = None
    origin: Origin | None = None


class Documentsoort(StrEnum):
    """The documents that the steering workbook may name, in the order in which they are made."""

    BRIEF = "brief"
    AANBIEDINGSBRIEF = "aanbiedingsbrief"
    OVERZICHT = "overzicht"
    INTEGRATIEAGENDA = "integratieagenda"


@dataclass(frozen=True, slots=True)
class Tekst:
    """A row of Teksten: prose of the coordinator's own, before, after or within the brief."""

    document: str
    plaats: str
    tekst: tuple[Run, ...]
    kop: str = ""
    kader: bool = False
    bron: str = ""
    ondertekening: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Akkoord:
    """A row of Akkoord: what is to be approved (a ministry's code or a theme's title), on which day it was, and of which delivery."""

    wat: str
    datum: date | None
    sha256: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Regie:
    """The steering workbook: what the brief is, its order, and who delivers."""

    workbook: Workbook
    kwartaal: Kwartaal
    datum: date
    titel: str
    velden: Mapping[str, Cell]
    agenda: tuple[AgendaPunt, ...]
    ministeries: tuple[Ministerie, ...]
    indeling: tuple[Plaatsing, ...] = ()
    teksten: tuple[Tekst, ...] = ()
    bijlagen: tuple[str, ...] = ()
    citeerwijze: Citeerwijze = Citeerwijze.OFFICIEEL
    akkoorden: tuple[Akkoord, ...] = ()
    documenten: tuple[Documentsoort, ...] = (Documentsoort.BRIEF,)

    def approves(self, delivery: Delivery) -> bool:
        """Whether a delivery is approved: by its own cover sheet, or by a row of Akkoord that names its ministry and its SHA-256."""
        signed = {(key(row.wat), row.sha256) for row in self.akkoorden if row.datum}
        return delivery.akkoord or (key(delivery.ministerie), delivery.workbook.sha256) in signed
