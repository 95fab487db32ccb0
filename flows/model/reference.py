"""A reference to a parliamentary or official paper: what was given, where, and what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Soort(StrEnum):
    """The kinds of paper; `placeholder` is a reference that is still to come (`PM kamerstuknummer`)."""

    KAMERSTUK = "kamerstuk"
    HANDELINGEN = "handelingen"
    AANHANGSEL = "aanhangsel"
    STB = "stb"
    STCRT = "stcrt"
    TRB = "trb"
    ECLI = "ecli"
    EU_COM = "eu-com"
    ZAAK = "zaak"
    DOCUMENT = "document"
    OB_ID = "ob-id"
    PLACEHOLDER = "placeholder"


class Kamer(StrEnum):
    """The chamber as cited: Eerste Kamer, Tweede Kamer, verenigde vergadering."""

    EERSTE = "I"
    TWEEDE = "II"
    VERENIGDE = "VV"


class Citeerwijze(StrEnum):
    """How a reference is printed: the official form, or with a space in the dossier (house style)."""

    OFFICIEEL = "officieel"
    HUISSTIJL = "huisstijl"


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference. A part that the source does not give is None or empty: nothing is guessed.

    `span` is half-open, in the text that was parsed; `text` is that text. `vergaderjaren` are `YYYY-YYYY`,
    `dossier` digits only (for one of the Eerste Kamer itself a Roman numeral), `suffix` a chapter or addition
    (`XV`, `02`), `rijkswet` the number of a bill for the Kingdom (`R2064`), `nummers` strings with ranges
    expanded, `reeksen` the first and last of those that were given as a range, `pages` as given (`112-113`,
    `50 e.v.`). `flags` are codes of what is odd; those in expectations/ become findings.
    """

    kind: Soort
    span: tuple[int, int]
    text: str
    chamber: Kamer | None = None
    vergaderjaren: tuple[str, ...] = ()
    dossier: str | None = None
    suffix: str | None = None
    rijkswet: str | None = None
    co_dossiers: tuple[str, ...] = ()
    nummers: tuple[str, ...] = ()
    reeksen: tuple[tuple[str, str], ...] = ()
    pages: tuple[str, ...] = ()
    bijlage: bool = False
    bijlagenummer: str | None = None
    jaar: str | None = None
    vergadering: str | None = None
    item: str | None = None
    ident: str | None = None
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        start, end = self.span
        if not 0 <= start < end or end - start != len(self.text):
            raise ValueError(f"span {self.span} does not fit {self.text!r}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a printed reference, with the address of the paper that it names."""

    text: str
    url: str | None = None
