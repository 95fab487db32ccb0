"""What brief.json holds of each block and row, as far as a later brief is compared with it. A pure function.

In: a brief as data, of any version of ours: what an older one does not hold is empty. Out: its rows in print order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.model.baseline import Key, Termijn, row_key
from flows.model.changes import EIGEN, INDICATOREN, MIDDELEN, MOTIES, TOEZEGGINGEN, VOORTGANG, Kant, Plek, Said
from flows.model.quarter import Kwartaal, Periode

Data = Mapping[str, Any]

TEXT, STAND = "tekst", "stand"
REGISTER = (STAND, "omschrijving", "vindplaats", "afgedaan_met")
FIELDS = {
    VOORTGANG: (TEXT, "tussenkop", "toelichting_status", "mede_namens"),
    EIGEN: (TEXT, "kop", "bron", "ondertekening"),
    MOTIES: REGISTER,
    TOEZEGGINGEN: (*REGISTER, "toezeggingnummer", "datum", "bewindspersoon"),
    INDICATOREN: ("indicator", "onderwerp", "eenheid", "peildatum", "waarde", "streefwaarde", "bron"),
    MIDDELEN: ("omschrijving", "onderwerp", "jaar", "bedrag", "dekking", "kamerstuk"),
}
# What says which row it is, also where its ministry gives it another Nr.
KNOWN_BY = {
    VOORTGANG: TEXT, EIGEN: TEXT, MOTIES: "omschrijving", TOEZEGGINGEN: "omschrijving", INDICATOREN: "indicator",
    MIDDELEN: "omschrijving",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rij:
    """A block or row: where it is and what it says. `gap` tells that what it should say is missing."""

    sheet: str
    kant: Kant
    velden: Mapping[str, Said]
    gap: bool

    @property
    def name(self) -> Key:
        """The name of the row over the quarters; of a text of the coordinator's, its place."""
        if self.sheet != EIGEN:
            return row_key(self.sheet, self.kant.ministerie, self.kant.nr)
        plek = self.kant.plek
        return row_key(EIGEN, plek.soort, f"{plek.thema}/{plek.onderwerp}/{self.velden['kop'].text}")


@dataclass(frozen=True, slots=True)
class Verteld:
    """A brief as data, typed.

    `termijnen` are what Gereed has said of a row, the oldest first; `gelijk` the quarters in which it said the same words.
    """

    kwartaal: Kwartaal
    datum: date
    rows: tuple[Rij, ...]
    termijnen: Mapping[Key, tuple[Termijn, ...]]
    gelijk: Mapping[Key, tuple[str, ...]]


def read_brief(data: Data) -> Verteld:
    """The rows of a brief; raises KeyError, TypeError or ValueError for data that no brief of ours holds."""
    kwartaal = Kwartaal.parse(data["kwartaal"])
    rows = tuple(_rows(data))
    said = {_name(row): _history(row) for row in data.get("termijnen", ())}
    for row in rows:
        before, gereed = said.get(row.name, ()), row.kant.gereed
        if gereed and (not before or before[-1].gereed != gereed):
            said[row.name] = (*before, Termijn(str(kwartaal), gereed))
    same = {_name(row): tuple(row["kwartalen"]) for row in data.get("ongewijzigd", ())}
    return Verteld(kwartaal, date.fromisoformat(data["datum"]), rows, said, same)


def _rows(data: Data) -> Iterator[Rij]:
    for index, block in enumerate(data["blocks"]):
        yield _row(VOORTGANG if block["soort"] == "maatregel" else EIGEN, index, block)
    for sheet in (TOEZEGGINGEN, MOTIES, INDICATOREN, MIDDELEN):
        for index, row in enumerate(data["registers"].get(sheet.casefold(), ())):
            yield _row(sheet, index, row)


def _row(sheet: str, index: int, row: Data) -> Rij:
    headings = (row.get(name) or "" for name in ("thema", "onderwerp", "tussenkop"))
    plek, gap = Plek(row.get("soort") or sheet.casefold(), *headings), bool(row.get("gap"))
    fields = {name: _said(row, name) for name in FIELDS[sheet]}
    known_by = fields[KNOWN_BY[sheet]].text
    who = (row.get("ministerie") or "", row.get("nr") or "")
    kant = Kant(index, *who, plek, "" if gap else known_by, row.get("status") or "", _period(row.get("gereed")))
    return Rij(sheet, kant, fields, gap)


def _said(row: Data, name: str) -> Said:
    """A field with its notes, in whichever form it is held."""
    if name == TEXT:
        return _with_notes(row.get("text"), row.get("notes"))
    value = row.get(name)
    if name == "bedrag" and value is None:
        value = row.get("bedrag_getypt")
    if isinstance(value, Mapping):
        return _with_notes(value.get("text", value.get("tekst")), value.get("notes"))
    return _with_notes(value, row.get(f"{name}_notes"))


def _with_notes(value: Any, notes: Any) -> Said:
    text = _text(value)
    return Said(text, tuple((note.get("at", len(text)), note["text"]) for note in notes or ()))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _name(row: Data) -> Key:
    return row_key(row.get("sheet", VOORTGANG), row["ministerie"], row["nr"])


def _history(row: Data) -> tuple[Termijn, ...]:
    return tuple(Termijn(one["kwartaal"], period) for one in row["historie"] if (period := _period(one)))


def _period(data: Data | None) -> Periode | None:
    if not data:
        return None
    day = data["laatste_dag"]
    return Periode(data["tekst"], date.fromisoformat(day) if day else None)
