"""What the coordinator sees of a check: who delivered what, who has not and how late, and what was found, by ministry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flows.model.finding import Finding
from flows.model.quarter import Kwartaal


@dataclass(frozen=True, slots=True)
class Aanlevering:
    """A file of a ministry. `telt`: it is the one that counts; `tijd` is for information only; `terug` names the copy with marks."""

    bestand: str
    onderdeel: str
    versie: str
    akkoord: bool
    telt: bool
    tijd: datetime | None
    terug: str | None


@dataclass(frozen=True, slots=True)
class Stand:
    """A ministry, its deliveries and its findings."""

    code: str
    naam: str
    leverdatum: date | None
    aanleveringen: tuple[Aanlevering, ...]
    bevindingen: tuple[Finding, ...]

    @property
    def geleverd(self) -> bool:
        return any(one.telt for one in self.aanleveringen)

    @property
    def blokkerend(self) -> int:
        return sum(finding.blocking for finding in self.bevindingen)

    @property
    def waarschuwingen(self) -> int:
        return len(self.bevindingen) - self.blokkerend

    def te_laat(self, vandaag: date) -> int:
        """The days since the last day to deliver; none where there is no such day, or it is still to come."""
        return max(0, (vandaag - self.leverdatum).days) if self.leverdatum else 0


@dataclass(frozen=True, slots=True)
class Controlepagina:
    """The whole page, as of `gemaakt`. `overig` is what no ministry answers for, such as a file that cannot be read."""

    titel: str
    kwartaal: Kwartaal
    gemaakt: datetime
    standen: tuple[Stand, ...]
    overig: tuple[Finding, ...]
