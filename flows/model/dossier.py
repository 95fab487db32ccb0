"""What the review page shows: the brief with, beside each block and row, all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from flows.model.annexes import IndicatorRow, MiddelRow, RegisterRow
from flows.model.brief import Brief, Open
from flows.model.changes import Soort, Vergelijking, Wijziging
from flows.model.check_page import Stand
from flows.model.delivery import Origin
from flows.model.entries import Entry, Maatregel, Motie, Status, Toezegging
from flows.model.finding import Finding
from flows.model.papers import Existence
from flows.model.quarter import Periode
from flows.model.text import Block, Citation

Onderdeel = Block | RegisterRow | IndicatorRow | MiddelRow


@dataclass(frozen=True, slots=True)
class Rij:
    """A block or row of the brief (`van`), under an `id` that stays as long as its ministry and Nr do.

    The changes are None where nothing is told of it, or there is nothing to compare with.
    """

    id: str
    van: Onderdeel
    origin: Origin | None
    ministerie: str
    nr: str
    entry: Entry | None = None
    open: tuple[Open, ...] = ()
    bevindingen: tuple[Finding, ...] = ()
    sinds_concept: Wijziging | None = None
    sinds_kwartaal: Wijziging | None = None

    @property
    def status(self) -> Status | None:
        """How it stands with a measure, motie or toezegging."""
        return self.entry.status if isinstance(self.entry, Maatregel | Motie | Toezegging) else None

    @property
    def gereed(self) -> Periode | None:
        """By when it is to be done."""
        return self.entry.gereed if isinstance(self.entry, Maatregel | Motie | Toezegging) else None

    @property
    def toelichting(self) -> str:
        """What explains the status of a measure; it is not printed."""
        return self.entry.toelichting_status if isinstance(self.entry, Maatregel) else ""

    @property
    def mede_namens(self) -> tuple[str, ...]:
        """The other ministries for which a measure is told."""
        return self.entry.mede_namens if isinstance(self.entry, Maatregel) else ()

    @property
    def gewijzigd(self) -> tuple[bool, bool]:
        """Whether it differs from the draft before this one, and from the earlier quarter."""
        changes = (self.sinds_concept, self.sinds_kwartaal)
        concept, kwartaal = (change is not None and change.soort is not Soort.GELIJK for change in changes)
        return concept, kwartaal


@dataclass(frozen=True, slots=True)
class Plaats:
    """A heading of the brief, with the block under it that is meant; `rij` is None where that is no block."""

    naam: str
    rij: Rij | None


@dataclass(frozen=True, slots=True)
class Nagezocht:
    """A paper, its address, whether it exists, and its title where a register knows that."""

    link: str
    bestaat: Existence
    titel: str = ""


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """A citation as it is printed, where it is, and what a register tells of its papers; none where it names none that it can know."""

    citation: Citation
    plaatsen: tuple[Plaats, ...]
    stukken: tuple[Nagezocht, ...]


@dataclass(frozen=True, slots=True)
class OpenPlaats:
    """An open point, and the block that it stands in."""

    punt: Open
    rij: Rij | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole page. `concept` is the draft's name as printed, `rijen` stand in print order, `overig` are findings at none of them.

    A finding whose message is empty quotes what is not public.
    """

    brief: Brief
    concept: str
    rijen: tuple[Rij, ...]
    open: tuple[OpenPlaats, ...]
    verwijzingen: tuple[Verwijzing, ...]
    standen: tuple[Stand, ...]
    overig: tuple[Finding, ...]
    sinds_concept: Vergelijking | None = None
    sinds_kwartaal: Vergelijking | None = None

    @property
    def ministeries(self) -> tuple[str, ...]:
        """Those that have a row in the brief."""
        return tuple(sorted({rij.ministerie for rij in self.rijen if rij.ministerie}))
