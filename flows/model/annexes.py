"""The annexes of the brief: registers, figures, budgets, counts and papers, as rows to print."""

from __future__ import annotations

from dataclasses import dataclass

from flows.model.changes import Overzicht
from flows.model.counts import StatusTable, Tijdlijn
from flows.model.entries import Entry, Indicator, Middel, Status
from flows.model.text import Citation, Line, Part


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A motie or toezegging as the annex prints it."""

    entry: Entry
    omschrijving: tuple[Part, ...]
    vindplaats: tuple[Part, ...]
    stand: tuple[Part, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Register:
    """The annex of moties or of toezeggingen, split into what is done and what is not."""

    afgerond: tuple[RegisterRow, ...]
    open: tuple[RegisterRow, ...]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of Indicatoren as printed. A number or a known date stands in `indicator`; its line here is empty."""

    indicator: Indicator
    naam: Line
    eenheid: Line
    peildatum: Line
    waarde: Line
    streefwaarde: Line
    bron: Line


@dataclass(frozen=True, slots=True)
class MiddelRow:
    """A row of Middelen as printed. An amount that could be read stands in `middel`; its line here is empty."""

    middel: Middel
    omschrijving: Line
    jaar: Line
    bedrag: Line
    dekking: Line
    kamerstuk: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """The annex of middelen. `totalen` has a sum in euros for each single year with several readable amounts."""

    rows: tuple[MiddelRow, ...]
    totalen: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, the topics in which it is cited, and its title where a register knows that."""

    citation: Citation
    plaatsen: tuple[str, ...]
    titel: str | None = None


@dataclass(frozen=True, slots=True)
class Annexes:
    """The annexes, each None where regie.xlsx does not name it; `volgorde` is the order in which it names them."""

    volgorde: tuple[str, ...] = ()
    status_thema: StatusTable | None = None
    status_ministerie: StatusTable | None = None
    tijdlijn: Tijdlijn | None = None
    moties: Register | None = None
    toezeggingen: Register | None = None
    indicatoren: tuple[IndicatorRow, ...] | None = None
    middelen: Budget | None = None
    stukken: tuple[Paper, ...] | None = None
    wijzigingen: Overzicht | None = None
