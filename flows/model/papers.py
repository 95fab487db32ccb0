"""What a register of parliamentary papers tells: papers that exist, and promises that the Tweede Kamer keeps open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto


class Existence(Enum):
    """Whether a paper exists, as far as a register can tell."""

    YES = auto()
    NO = auto()
    UNKNOWN = auto()  # newer than what the register has looked at, or of a kind that it was never asked about


@dataclass(frozen=True, slots=True)
class Stuk:
    """A paper under its identifier on officielebekendmakingen.nl (`kst-32824-305`); what a source does not tell is None.

    `vergaderjaar` is `YYYY-YYYY`.
    """

    identifier: str
    titel: str | None = None
    datum: date | None = None
    soort: str | None = None
    vergaderjaar: str | None = None


@dataclass(frozen=True, slots=True)
class Kamertoezegging:
    """A promise as the Tweede Kamer registers it: its number (`TZ202403-123`), whose it is (a code of Ministeries), its words."""

    nummer: str
    ministerie: str
    tekst: str
    status: str
    datum: date | None = None
    nakoming: date | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a register told of all that a brief cites; `stand` is its day, None where it could not be read.

    `known` are papers by identifier, `absent` those that do not exist, each with the papers of its dossier just before and after it,
    `unknown` those of which it cannot tell. `promises` are open in the Tweede Kamer and stand in no workbook.
    """

    stand: date | None = None
    known: Mapping[str, Stuk] = field(default_factory=dict)
    absent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    promises: tuple[Kamertoezegging, ...] = ()
