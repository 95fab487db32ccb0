"""The register's store: one SQLite file. Papers and promises go in as the services tell them; what is known comes out.

Nothing in it is guessed: a paper is absent only where a service was asked for it, or for the whole of its dossier, and did not know
it. The store begins with a list of identifiers (`beginstand.txt.xz`), so that it can tell something before any service was asked.
"""

from __future__ import annotations

import lzma
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Self

from flows.model.papers import Existence, Kamertoezegging, Stuk

SEED = Path(__file__).parent / "beginstand.txt.xz"
_SCHEMA = """
    CREATE TABLE stuk (id TEXT PRIMARY KEY, reeks TEXT, plaats INTEGER, titel TEXT, datum TEXT, soort TEXT, vergaderjaar TEXT)
        WITHOUT ROWID;
    CREATE TABLE gevraagd (wat TEXT PRIMARY KEY, dag TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE toezegging (nummer TEXT PRIMARY KEY, ministerie TEXT NOT NULL, tekst TEXT NOT NULL, status TEXT NOT NULL,
                             datum TEXT, nakoming TEXT) WITHOUT ROWID;
    CREATE TABLE stand (naam TEXT PRIMARY KEY, waarde TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier, or a part of one: its number, and the chapter or addition (`XV`, `02`) where it has one."""

    nummer: str
    toevoeging: str | None = None

    def __str__(self) -> str:
        return "-".join(filter(None, (self.nummer, self.toevoeging)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a Kamerstuk stands: `kst-32824-305` is the 305th of its dossier's numerals, `kst-31929-H` the 8th of its letters."""

    dossier: Dossier
    reeks: str
    plaats: int

    @classmethod
    def of(cls, identifier: str) -> Self | None:
        """The place in the identifier of a Kamerstuk; None in that of an annex or of something else."""
        kind, *parts = identifier.split("-")
        if kind == "kst" and len(parts) > 2 and len(parts[0]) == 8:  # a vergaderjaar: older papers of the Eerste Kamer
            parts = parts[1:]
        if kind != "kst" or not 2 <= len(parts) <= 3:
            return None
        *dossier, number = parts
        head = identifier.removesuffix(number)
        if number.isascii() and number.isdigit():
            return cls(Dossier(*dossier), head + "1", int(number))
        if number.isascii() and number.isalpha() and number.isupper():
            return cls(
                Dossier(*dossier), head + "A", reduce(lambda value, letter: value * 26 + ord(letter) - 64, number, 0)
            )
        return None

    @property
    def in_numerals(self) -> bool:
        return self.reeks.endswith("1")


class Register:
    """The store, open. `stand` is the day of the last complete refresh, or that of the list it began with."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @property
    def stand(self) -> date:
        return date.fromisoformat(self._state("stand"))

    def find(self, identifier: str) -> Stuk | None:
        """A paper by its identifier."""
        row = self._db.execute(
            "SELECT id, titel, datum, soort, vergaderjaar FROM stuk WHERE id = ?", (identifier,)
        ).fetchone()
        return Stuk(row[0], row[1], _day(row[2]), row[3], row[4]) if row else None

    def exists(self, identifier: str, before: date) -> Existence:
        """Whether a paper exists. `before`: the day by which it must have appeared, that of the letter that cites it."""
        if self.find(identifier):
            return Existence.YES
        place = Place.of(identifier)
        if self.asked(identifier) or (place and self._passed(place)):
            return Existence.NO
        day = self.asked(place.dossier) if place and place.in_numerals else None
        return Existence.NO if day and day >= before else Existence.UNKNOWN

    def nearest(self, identifier: str) -> tuple[str, ...]:
        """The papers of the same dossier that stand before and after the place where this one would be."""
        if (place := Place.of(identifier)) is None:
            return ()
        query = "SELECT id FROM stuk WHERE reeks = ? AND plaats {} ? ORDER BY plaats {} LIMIT 1"
        sides = (query.format("<", "DESC"), query.format(">", "ASC"))
        found = (self._db.execute(side, (place.reeks, place.plaats)).fetchone() for side in sides)
        return tuple(row[0] for row in found if row)

    def promises(self, ministerie: str) -> tuple[Kamertoezegging, ...]:
        """The open promises of a ministry, by number."""
        query = "SELECT nummer, ministerie, tekst, status, datum, nakoming FROM toezegging WHERE ministerie = ? ORDER BY nummer"
        rows = self._db.execute(query, (ministerie,))
        return tuple(
            Kamertoezegging(n, m, tekst, status, _day(made), _day(due)) for n, m, tekst, status, made, due in rows
        )

    def asked(self, what: object) -> date | None:
        """The day on which a service was asked last about a dossier, an identifier, or the promises of a ministry."""
        row = self._db.execute("SELECT dag FROM gevraagd WHERE wat = ?", (str(what),)).fetchone()
        return date.fromisoformat(row[0]) if row else None

    def keep(self, stukken: Iterable[Stuk], asked: Iterable[object], day: date) -> None:
        """Takes in papers together with what was asked for them: all or nothing."""
        rows = (_row(s.identifier, s.titel, _text(s.datum), s.soort, s.vergaderjaar) for s in stukken)
        with self._db:
            self._db.executemany(
                """INSERT INTO stuk VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
                    titel = coalesce(excluded.titel, titel), datum = coalesce(excluded.datum, datum),
                    soort = coalesce(excluded.soort, soort), vergaderjaar = coalesce(excluded.vergaderjaar, vergaderjaar)""",
                rows,
            )
            self._note(asked, day)

    def keep_promises(self, ministerie: str, promises: Iterable[Kamertoezegging], day: date) -> None:
        """Takes in all open promises of a ministry in place of those that were known."""
        rows = [(p.nummer, p.ministerie, p.tekst, p.status, _text(p.datum), _text(p.nakoming)) for p in promises]
        with self._db:
            self._db.execute("DELETE FROM toezegging WHERE ministerie = ?", (ministerie,))
            self._db.executemany("INSERT OR REPLACE INTO toezegging VALUES (?, ?, ?, ?, ?, ?)", rows)
            self._note([promises_of(ministerie)], day)

    def refreshed(self, day: date) -> None:
        """Notes that all that was asked for was answered on this day."""
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO stand VALUES ('stand', ?)", (day.isoformat(),))

    def _note(self, asked: Iterable[object], day: date) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO gevraagd VALUES (?, ?)", ((str(what), day.isoformat()) for what in asked)
        )

    def _state(self, name: str) -> str:
        return str(self._db.execute("SELECT waarde FROM stand WHERE naam = ?", (name,)).fetchone()[0])

    def _passed(self, place: Place) -> bool:
        """Whether later papers are known: a higher one in its series, or a newer dossier where its own is not known at all."""
        last = self._db.execute("SELECT max(plaats) FROM stuk WHERE reeks = ?", (place.reeks,)).fetchone()[0]
        if last is not None:
            return place.plaats < int(last)
        nummer = place.dossier.nummer
        return place.in_numerals and nummer.isdigit() and int(nummer) < int(self._state("hoogste_dossier"))


def promises_of(ministerie: str) -> str:
    """Under what the question for the promises of a ministry is noted."""
    return f"toezeggingen {ministerie}"


@contextmanager
def opened(path: Path) -> Iterator[Register]:
    """The register in a file; made from the list it begins with where there is none yet. Raises OSError, sqlite3.Error."""
    if not path.exists():
        build(path)
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        yield Register(connection)


def build(path: Path, seed: Path = SEED) -> None:
    """Makes the store from a list of identifiers, whole or not at all. Its first line names its day: `# 2025-01-31`."""
    head, *identifiers = lzma.decompress(seed.read_bytes()).decode().split("\n")
    dossiers = (place.dossier.nummer for one in identifiers if (place := Place.of(one)))
    highest = max(int(nummer) for nummer in dossiers if len(nummer) == 5 and nummer.isdigit())
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.onaf")
    try:
        with closing(sqlite3.connect(unfinished)) as db, db:
            db.executescript(_SCHEMA)
            db.executemany("INSERT INTO stuk VALUES (?, ?, ?, ?, ?, ?, ?)", (_row(one) for one in identifiers if one))
            values = (("stand", head.lstrip("# ")), ("hoogste_dossier", str(highest)))
            db.execute("CREATE INDEX stuk_in_reeks ON stuk (reeks, plaats)")
            db.executemany("INSERT INTO stand VALUES (?, ?)", values)
        unfinished.replace(path)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


def _row(identifier: str, *told: str | None) -> tuple[str | int | None, ...]:
    place = Place.of(identifier)
    rest = told or (None,) * 4
    return (identifier, place.reeks if place else None, place.plaats if place else None, *rest)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
