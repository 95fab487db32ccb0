"""The input contract as data: which sheets and columns there are, by which names they are known, and what they hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache


class Inhoud(StrEnum):
    """What a column holds; decides how its cells are read."""

    TEKST = "tekst"
    PROZA = "proza"
    NUMMER = "nummer"
    KEUZE = "keuze"
    ONDERWERP = "onderwerp"
    CODES = "codes"
    PERIODE = "periode"
    DATUM = "datum"
    KWARTAAL = "kwartaal"
    GETAL = "getal"
    BEDRAG = "bedrag"
    JA_NEE = "ja-nee"
    INTERN = "intern"


class Nieuw(StrEnum):
    """What becomes of a column's cells when the next quarter's steering workbook is made of the last one."""

    KWARTAAL = "kwartaal"  # holds the new quarter
    LEEG = "leeg"  # emptied, marked to be filled in
    WEG = "weg"  # emptied, nothing to fill in yet
    NAGAAN = "nagaan"  # kept, marked to be looked at
    GEDATEERD = "gedateerd"  # kept, marked only where it names the last quarter


class Uitvraag(StrEnum):
    """What a fill-in workbook does with a column's cells in rows that are still open; the others stay as they were."""

    LEEG = "leeg"  # emptied, to be filled in
    BIJWERKEN = "bijwerken"  # kept, to be brought up to date


@lru_cache(maxsize=8192)  # a quarter asks the same few words of every row
def key(name: str) -> str:
    """The form in which names are compared: without case, accents, white space, and a trailing colon or asterisk."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(c for c in letters if not unicodedata.combining(c) and not c.isspace() and c not in "\u00ad\u200b")
    return kept.rstrip(":*")


@cache
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key(name) for name in names)


FORM = ("Veld", "Waarde")  # the headers of a form


def nearest(text: str, options: Iterable[str]) -> str | None:
    """The option most like `text`, for advice only."""
    by_key = {key(option): option for option in options}
    close = get_close_matches(key(text), by_key, n=1, cutoff=0.5)
    return by_key[close[0]] if close else None


UNPRINTABLE = "[?]"
JOINT = "|"


def printable(text: str, letters: frozenset[int]) -> str:
    """`text` with a visible sign for what no font of the theme can print; all of it where `letters` is empty."""
    if not letters or letters.issuperset(map(ord, text)):
        return text
    return "".join(letter if ord(letter) in letters or letter == "\n" else UNPRINTABLE for letter in text)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its header and other names for it, whether it must be there, and its choices.

    `keuzes` maps what may be typed to what it means (`Voldaan` to `Afgedaan`). `nieuw` and `uitvraag` say what a new quarter does
    with it, in the steering workbook and in a fill-in workbook.
    """

    field: str
    header: str
    inhoud: Inhoud = Inhoud.TEKST
    required: bool = False
    aliases: tuple[str, ...] = ()
    keuzes: Mapping[str, str] | None = None
    nieuw: Nieuw | None = None
    uitvraag: Uitvraag | None = None

    @property
    def keys(self) -> frozenset[str]:
        return _keys((self.header, *self.aliases))


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet: its name, its columns, and whether a workbook may do without. A form has its fields in rows, not columns."""

    name: str
    columns: tuple[Column, ...]
    optional: bool = False
    form: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        return _keys((self.name, *self.aliases))

    def column(self, field: str) -> Column:
        """The column of a field; KeyError where there is none."""
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(field)

    @property
    def watched(self) -> tuple[Column, ...]:
        """The columns by which a row of a fill-in workbook counts as brought up to date."""
        return tuple(column for column in self.columns if column.uitvraag)


@dataclass(frozen=True, slots=True)
class Eigen:
    """What a fill-in workbook has beside the contract: a sheet that explains (`blad`), and two columns of each table.

    `merk` says `ongewijzigd` as long as a row has not changed; `vorig` is hidden and holds what its watched columns held.
    """

    blad: str
    merk: str
    ongewijzigd: str
    vorig: str


def as_one(texts: Iterable[str]) -> str:
    """The texts of a row's watched columns in one, as the column `vorig` holds them."""
    return JOINT.join(texts)


@dataclass(frozen=True, slots=True)
class Contract:
    """The sheets of a delivery and of the steering workbook, and what is added to a fill-in workbook."""

    delivery: tuple[SheetSpec, ...]
    regie: tuple[SheetSpec, ...]
    eigen: Eigen

    def sheet(self, name: str) -> SheetSpec:
        """The delivery's sheet of that name; KeyError where there is none."""
        for spec in self.delivery:
            if spec.name == name:
                return spec
        raise KeyError(name)
