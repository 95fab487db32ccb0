"""Accepted rows, fully typed: what the brief is made of.

A row with a fault is accepted too, so that nothing delivered disappears: `cells` has the place of each field, `faults`
names the columns at fault, `hidden` tells that the row is hidden, `gap` that what should be printed is missing,
unreadable or hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from flows.model.delivery import Origin, Run
from flows.model.quarter import Periode


class Status(StrEnum):
    """All values of Status, as in the workbooks; ONBEKEND stands where a row has none that is known."""

    NIET_GESTART = "Niet gestart"
    OP_SCHEMA = "Loopt op schema"
    VERTRAAGD = "Vertraagd"
    AFGEROND = "Afgerond"
    VERVALLEN = "Vervallen"
    OPENSTAAND = "Openstaand"
    DEELS_AFGEDAAN = "Deels afgedaan"
    AFGEDAAN = "Afgedaan"
    IN_UITVOERING = "In uitvoering"
    NIET_UITGEVOERD = "Wordt niet uitgevoerd"
    ONBEKEND = "Onbekend"

    @property
    def done(self) -> bool:
        """Nothing remains to be done."""
        return self in {Status.AFGEROND, Status.VERVALLEN, Status.AFGEDAAN, Status.NIET_UITGEVOERD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every accepted row has."""

    nr: str
    ministerie: str
    origin: Origin
    cells: Mapping[str, Origin] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    hidden: bool = False
    gap: bool = False

    def at(self, name: str) -> Origin:
        """The place of a field's cell; of the row where there is no such column."""
        return self.cells.get(name, self.origin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maatregel(Entry):
    """A row of Voortgang. `onderwerp` is empty where the Agenda does not know it."""

    onderwerp: str
    onderwerp_getypt: str
    tussenkop: str
    stand_van_zaken: tuple[Run, ...]
    kamerstukken: tuple[Run, ...]
    status: Status
    gereed: Periode | None
    toelichting_status: str
    mede_namens: tuple[str, ...]
    volgorde: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Toezegging(Entry):
    """A row of Toezeggingen."""

    toezeggingnummer: str
    toezegging: tuple[Run, ...]
    datum: date | None
    overleg: str
    kamerstuk: str
    bewindspersoon: str
    status: Status
    stand_van_zaken: tuple[Run, ...]
    gereed: Periode | None
    afgedaan_met: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Motie(Entry):
    """A row of Moties."""

    motie: tuple[Run, ...]
    kamerstuk: str
    strekking: tuple[Run, ...]
    status: Status
    stand_van_zaken: tuple[Run, ...]
    gereed: Periode | None
    afgedaan_met: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Entry):
    """A row of Indicatoren. Values that are no number are kept as typed."""

    indicator: str
    onderwerp: str
    eenheid: str
    peildatum: Periode | None
    waarde: float | str
    streefwaarde: float | str
    bron: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Middel(Entry):
    """A row of Middelen. `bedrag` in euros; None where unreadable, then `bedrag_getypt` is what stood there."""

    onderwerp: str
    omschrijving: str
    bedrag: float | None
    bedrag_getypt: str
    jaar: str
    dekking: str
    kamerstuk: str


class Partij(StrEnum):
    """Whose effort a row of Inzet is."""

    RIJK = "Rijk"
    GEMEENTE = "Gemeente"


class Instrumentsoort(StrEnum):
    """The kinds of instruments, in print order."""

    WETGEVING = "Wet- en regelgeving"
    FINANCIEN = "Financiën"
    OVERIG = "Overige instrumenten"
    WEBSITES = "Websites"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inzet(Entry):
    """A row of Inzet. `onderwerp` is empty where the Agenda does not know it, `partij` None where nobody knows whose it is."""

    onderwerp: str
    onderwerp_getypt: str
    partij: Partij | None
    inzet: tuple[Run, ...]
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Entry):
    """A row of Instrumenten. `soort` is None for a kind that is not known; then `soort_getypt` is what stood there."""

    onderwerp: str
    onderwerp_getypt: str
    soort: Instrumentsoort | None
    soort_getypt: str
    omschrijving: tuple[Run, ...]
    vindplaats: str


@dataclass(frozen=True, slots=True)
class Entries:
    """All accepted rows of a quarter, in the order of Ministeries, then of the workbook."""

    maatregelen: tuple[Maatregel, ...] = ()
    toezeggingen: tuple[Toezegging, ...] = ()
    moties: tuple[Motie, ...] = ()
    indicatoren: tuple[Indicator, ...] = ()
    middelen: tuple[Middel, ...] = ()
    inzet: tuple[Inzet, ...] = ()
    instrumenten: tuple[Instrument, ...] = ()
