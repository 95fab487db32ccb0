"""The documents beside the brief: the letter that offers it, the overview of the execution, the integration agenda.

Like the brief without numbers, layout or file format. They are made of what the brief is made of: a block that stands in both is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import ClassVar

from flows.model.brief import Brief, Kader, Passage, Thema
from flows.model.delivery import Documentsoort
from flows.model.entries import Entry, Instrument, Partij
from flows.model.papers import Answers
from flows.model.quarter import Kwartaal
from flows.model.text import Block, Line, Note, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Verder:
    """What each further document has. `velden` are fields of the steering workbook as text, `titel` is that of the brief."""

    soort: ClassVar[Documentsoort]
    vorm: ClassVar[str] = ""
    titel: str
    kwartaal: Kwartaal
    datum: date
    velden: Mapping[str, str]
    voor: tuple[Passage | Kader, ...] = ()
    na: tuple[Passage | Kader, ...] = ()
    answers: Answers = field(default_factory=Answers)

    def entries(self) -> Iterator[Entry]:
        """Every row that the document prints or shows as a gap, once."""
        yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanbiedingsbrief(Verder):
    """The letter to the Chamber. A field that is missing is a gap; one that may be missing is empty.

    `mede_namens` are the other bewindspersonen in order, `vorige` tells in notes which brief was the last, `bijlagen` which other
    documents are made.
    """

    soort = Documentsoort.AANBIEDINGSBRIEF
    dossier: Line
    plaats: Line
    betreft: Line
    onze_referentie: Line
    contactpersoon: Line
    vorige: tuple[Note, ...]
    mede_namens: tuple[Line, ...]
    functie: Line
    ondertekenaar: Line
    bijlagen: tuple[Documentsoort, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kamerstuk(Aanbiedingsbrief):
    """The letter in the form in which the Chamber publishes it, with its notes at the end."""

    vorm = "kamerstuk"

    @classmethod
    def of(cls, letter: Aanbiedingsbrief) -> Kamerstuk:
        """The same letter in that form."""
        return cls(**{each.name: getattr(letter, each.name) for each in fields(letter)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Overzicht(Verder):
    """The execution by topic: the brief's rows, without its annexes and with introductions of its own."""

    soort = Documentsoort.OVERZICHT
    themas: tuple[Thema, ...]

    def entries(self) -> Iterator[Entry]:
        for thema in self.themas:
            for topic in thema.onderwerpen:
                yield from (block.entry for sectie in topic.secties for block in sectie.blocks if block.entry)


class Doelsoort(StrEnum):
    """What a paragraph of the Agenda's Inleiding tells; BEIDE where it does not say so."""

    KERNPROBLEEM = "kernprobleem"
    AMBITIE = "ambitie"
    BEIDE = "beide"


@dataclass(frozen=True, slots=True)
class Doel:
    """What a topic is about: the paragraphs of the Agenda's Inleiding of one kind."""

    soort: Doelsoort
    block: Block


@dataclass(frozen=True, slots=True)
class PartijInzet:
    """What one party does for a topic; `partij` is None where that is not known."""

    partij: Partij | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """A row of Instrumenten as printed."""

    instrument: Instrument
    soort: Line
    omschrijving: tuple[Part, ...]
    vindplaats: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class AgendaOnderwerp:
    """A topic of the integration agenda, about which something was delivered or written."""

    titel: str
    doelen: tuple[Doel, ...]
    inleiding: tuple[Passage | Kader, ...]
    inzet: tuple[PartijInzet, ...]
    instrumenten: tuple[InstrumentRow, ...]


@dataclass(frozen=True, slots=True)
class AgendaThema:
    """A theme of the integration agenda with its introduction and topics."""

    nummer: str
    titel: str
    inleiding: tuple[Passage | Kader, ...]
    onderwerpen: tuple[AgendaOnderwerp, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Integratieagenda(Verder):
    """What state and municipalities do, by topic."""

    soort = Documentsoort.INTEGRATIEAGENDA
    themas: tuple[AgendaThema, ...]

    def entries(self) -> Iterator[Entry]:
        for topic in (topic for thema in self.themas for topic in thema.onderwerpen):
            yield from (block.entry for inzet in topic.inzet for block in inzet.blocks if block.entry)
            yield from (row.instrument for row in topic.instrumenten)


Document = Brief | Aanbiedingsbrief | Kamerstuk | Overzicht | Integratieagenda
