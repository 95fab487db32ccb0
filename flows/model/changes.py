"""What differs between two briefs: a `Wijziging` for each block or row that is not as it was, in print order.

Texts are compared as words with the calls of their notes in them. A `Vergelijking` also tells what stays as it was for
too long: a text that is the same in successive quarters, a deadline that has passed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.model.quarter import Kwartaal, Periode

VOORTGANG, MOTIES, TOEZEGGINGEN, INDICATOREN, MIDDELEN, EIGEN = (
    "Voortgang", "Moties", "Toezeggingen", "Indicatoren", "Middelen", "Teksten",
)  # fmt: skip


class Soort(StrEnum):
    """What became of words, of a note, or of a row. Only a row can be ANDERS as a whole, and a note of which the words differ."""

    GELIJK = "gelijk"
    ERBIJ = "erbij"
    ERAF = "eraf"
    ANDERS = "anders"


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and its notes as (offset in the text, words), in order."""

    text: str
    notes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: what it says, the row and column that it comes from (None: the templates), and its column in a table."""

    said: Said
    cell: Hashable = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Deel:
    """Words that stayed, came or went."""

    soort: Soort
    text: str


@dataclass(frozen=True, slots=True)
class NootDeel:
    """A note at its place. One that moved stands twice, as ERAF where it was and as ERBIJ where it is."""

    soort: Soort
    delen: tuple[Deel, ...]
    verplaatst: bool = False


Delen = tuple[Deel | NootDeel, ...]
Pairs = Mapping[int, tuple[int, Delen]]  # by paragraph of the older version the one of the newer, and all of both


@dataclass(frozen=True, slots=True)
class Plek:
    """Where a text stands: what it is (`maatregel`, `inleiding`, ...), and under which headings."""

    soort: str
    thema: str = ""
    onderwerp: str = ""
    tussenkop: str = ""


@dataclass(frozen=True, slots=True)
class Kant:
    """A row in one of the two briefs: its place in the list of brief.json that holds it, and what it says there."""

    index: int
    ministerie: str
    nr: str
    plek: Plek
    text: str
    status: str = ""
    gereed: Periode | None = None


@dataclass(frozen=True, slots=True)
class Verschuiving:
    """A deadline that became another, and how often it has by now, in how many quarters."""

    van: Periode
    naar: Periode
    keren: int
    kwartalen: int

    @property
    def later(self) -> bool:
        """Whether it slipped; a deadline without a last day is later than any."""
        return (self.naar.laatste_dag or date.max) > (self.van.laatste_dag or date.max)


@dataclass(frozen=True, slots=True)
class Wijziging:
    """What became of a row. `velden` are the fields that differ (all of a row that came or went); of Voortgang `tekst` is the first.

    `gelijk_in` are the successive quarters in which an open row said the same; `te_laat` tells that it is not done though its
    deadline lies before the date of the brief.
    """

    sheet: str
    oud: Kant | None
    nieuw: Kant | None
    velden: tuple[tuple[str, Delen], ...] = ()
    verplaatst: bool = False
    verschuiving: Verschuiving | None = None
    gelijk_in: tuple[Kwartaal, ...] = ()
    te_laat: bool = False

    @property
    def soort(self) -> Soort:
        """Whether the row came, went, differs, or is told for what stays as it was."""
        if self.oud is None or self.nieuw is None:
            return Soort.ERBIJ if self.nieuw else Soort.ERAF
        differs = self.velden or self.verplaatst or self.verschuiving or self.hernummerd or self.status
        return Soort.ANDERS if differs else Soort.GELIJK

    @property
    def kant(self) -> Kant:
        """The row as it is, or as it was where it is gone."""
        kant = self.nieuw or self.oud
        assert kant
        return kant

    @property
    def hernummerd(self) -> bool:
        """Whether its ministry gave it another Nr, or another ministry has taken it over."""
        if self.oud is None or self.nieuw is None:
            return False
        return (self.oud.ministerie, self.oud.nr) != (self.nieuw.ministerie, self.nieuw.nr)

    @property
    def status(self) -> tuple[str, str] | None:
        """The status that it had and the one that it has, where these differ."""
        if self.oud and self.nieuw and self.oud.status != self.nieuw.status:
            return self.oud.status, self.nieuw.status
        return None


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """A brief beside an earlier one: the quarter and folder of that, and all that differs, in print order."""

    kwartaal: Kwartaal
    name: str
    wijzigingen: tuple[Wijziging, ...]

    def of(self, *sheets: str) -> Iterator[Wijziging]:
        """Those of some sheets."""
        return (one for one in self.wijzigingen if one.sheet in sheets)


Since = tuple[Vergelijking | None, Vergelijking | None]  # the draft before this one, and an earlier quarter


@dataclass(frozen=True, slots=True)
class Regel:
    """A row as the annex of changes prints it: what it is about, whose it is, and the beginning of its words.

    Of what became of it, what its group asks for: the status; the deadline, the one it had, and how often that has moved by
    now, in how many quarters.
    """

    sheet: str
    onderwerp: str
    ministerie: str
    wat: str
    status: str = ""
    van: Periode | None = None
    gereed: Periode | None = None
    keren: int = 0
    kwartalen: int = 0


@dataclass(frozen=True, slots=True)
class Overzicht:
    """The annex of changes: the quarter of the earlier brief (None: there is none), and the rows under what became of them."""

    kwartaal: Kwartaal | None = None
    groepen: tuple[tuple[str, tuple[Regel, ...]], ...] = ()
