"""A reference in the making: filled by the rules part by part, then frozen into a `Reference`."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.kamerstuk.dossiers import Dossier
from flows.kamerstuk.nummers import Nummers
from flows.kamerstuk.parts import Years
from flows.kamerstuk.tokens import Reader
from flows.model.reference import Kamer, Reference, Soort


@dataclass(slots=True)
class Draft:
    """The parts found so far. Flags are added as they are met; `finish` drops doubles."""

    kind: Soort = Soort.KAMERSTUK
    chamber: Kamer | None = None
    years: tuple[str, ...] = ()
    dossier: Dossier | None = None
    co_dossiers: list[Dossier] = field(default_factory=list)
    nummers: list[str] = field(default_factory=list)
    ranges: list[tuple[str, str]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    bijlage: bool = False
    bijlagenummer: str | None = None
    jaar: str | None = None
    vergadering: str | None = None
    item: str | None = None
    ident: str | None = None
    flags: list[str] = field(default_factory=list)

    def add_years(self, years: Years) -> None:
        """Takes vergaderjaren; what is none leaves the part empty and a flag."""
        if years.found:
            self.years = self.years or years.found
        else:
            self.flags.append("vergaderjaar-ongeldig")

    def add_chamber(self, chamber: Kamer) -> None:
        """Takes a chamber; two different ones contradict each other, so neither holds."""
        if self.chamber not in (None, chamber):
            self.flags.append("kamer-tegenstrijdig")
        self.chamber = chamber

    def add_nummers(self, numbers: Nummers) -> None:
        """Takes numbers of papers; an unreadable list leaves the part empty and a flag."""
        self.nummers, self.ranges = numbers.found, numbers.ranges
        if numbers.unreadable:
            self.flags.append("nummer-onleesbaar")

    def finish(self, r: Reader, first: int) -> Reference:
        """The reference from token `first` to where the reader is, and a bracket that closes one in it."""
        start, end = r.span_from(first)
        if r.text.count("(", start, end) > r.text.count(")", start, end) and r.take(")"):
            start, end = r.span_from(first)
        dossier = self.dossier
        return Reference(
            kind=self.kind,
            span=(start, end),
            text=r.text[start:end],
            chamber=None if "kamer-tegenstrijdig" in self.flags else self.chamber,
            vergaderjaren=self.years,
            dossier=dossier.digits if dossier else None,
            suffix=dossier.suffix if dossier else None,
            rijkswet=dossier.rijkswet if dossier else None,
            co_dossiers=tuple(str(other) for other in self.co_dossiers),
            nummers=tuple(self.nummers),
            reeksen=tuple(self.ranges),
            pages=tuple(self.pages),
            bijlage=self.bijlage,
            bijlagenummer=self.bijlagenummer,
            jaar=self.jaar,
            vergadering=self.vergadering,
            item=self.item,
            ident=self.ident,
            flags=tuple(dict.fromkeys(self.flags)),
        )
