"""What the control sheet states: that what was delivered is what is printed, in numbers that can be recounted."""

from __future__ import annotations

from dataclasses import dataclass

from flows.model.papers import Answers
from flows.model.quarter import Kwartaal


@dataclass(frozen=True, slots=True)
class ControleRij:
    """A ministry: rows read, printed and standing as a gap, and its findings."""

    ministerie: str
    gelezen: int
    gedrukt: int
    hiaten: int
    blokkerend: int = 0
    waarschuwingen: int = 0


@dataclass(frozen=True, slots=True)
class ControleDocument:
    """A document, its notes, and how many of them were found back in each format."""

    naam: str
    given: int
    pdf: int
    docx: int
    odt: int

    @property
    def compleet(self) -> bool:
        """Whether each note stands in each format."""
        return self.given == self.pdf == self.docx == self.odt


@dataclass(frozen=True, slots=True)
class Bestand:
    """A file that went in or came out, and its SHA-256 in hexadecimal."""

    naam: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Controle:
    """All that one control sheet says. `concept` is the draft's number as printed (`concept 01`), None for a final."""

    titel: str
    kwartaal: Kwartaal
    identiteit: str
    rijen: tuple[ControleRij, ...]
    documenten: tuple[ControleDocument, ...]
    openstaand: int
    invoer: tuple[Bestand, ...]
    uitvoer: tuple[Bestand, ...]
    versies: str
    register: Answers
    concept: str | None = None

    @property
    def totaal(self) -> ControleRij:
        """The sums over the ministries, under no name."""
        return ControleRij(
            "",
            sum(rij.gelezen for rij in self.rijen),
            sum(rij.gedrukt for rij in self.rijen),
            sum(rij.hiaten for rij in self.rijen),
            sum(rij.blokkerend for rij in self.rijen),
            sum(rij.waarschuwingen for rij in self.rijen),
        )
