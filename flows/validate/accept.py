"""Types the rows: deliveries and what was found in them to `Entries`. A row is never dropped: a fault is named, a gap is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flows.model.delivery import Delivery, Meaning, Row, Run
from flows.model.entries import (
    Entries,
    Indicator,
    Instrument,
    Instrumentsoort,
    Inzet,
    Maatregel,
    Middel,
    Motie,
    Partij,
    Status,
    Toezegging,
)
from flows.model.finding import Finding
from flows.model.quarter import Periode

Faults = dict[tuple[str, str | None, int | None], list[str]]  # headers at fault by file, sheet and row


@dataclass(frozen=True, slots=True)
class _Fields:
    """A row of a delivery with typed access to its fields, and the headers of the columns at fault."""

    delivery: Delivery
    columns: Mapping[str, str]
    row: Row
    faults: tuple[str, ...]

    def meaning(self, name: str) -> Meaning:
        return None if self.row.hidden else self.row.meaning(name)

    def words(self, name: str) -> str:
        return "" if self.row.hidden else " ".join(self.row.text(name).split())

    def lines(self, name: str) -> str:
        return "" if self.row.hidden else self.row.text(name).strip()

    def runs(self, name: str) -> tuple[Run, ...]:
        cell = self.row.cells.get(name)
        return cell.runs if cell and not self.row.hidden else ()

    def period(self, name: str) -> Periode | None:
        meaning = self.meaning(name)
        return meaning if isinstance(meaning, Periode) else None

    def number(self, name: str) -> float | None:
        meaning = self.meaning(name)
        return meaning if isinstance(meaning, float) else None

    def number_or_words(self, name: str) -> float | str:
        number = self.number(name)
        return self.words(name) if number is None else number

    def status(self) -> Status:
        meaning = self.meaning("status")
        return Status(meaning) if isinstance(meaning, str) else Status.ONBEKEND

    def topic(self) -> str:
        meaning = self.row.meaning("onderwerp")
        return meaning if isinstance(meaning, str) else ""

    def common(self, printed: str) -> dict[str, object]:
        return {
            "nr": " ".join(self.row.text("nr").split()),
            "ministerie": self.delivery.ministerie,
            "origin": self.row.origin,
            "cells": {name: self.row.origin.at(letter) for name, letter in self.columns.items()},
            "faults": self.faults,
            "hidden": self.row.hidden,
            "gap": self.row.hidden or not self.words(printed),
        }


def accept(deliveries: Iterable[Delivery], findings: Iterable[Finding]) -> Entries:
    """All rows of `deliveries`, typed, in their order; `findings` decides which columns of a row are at fault."""
    deliveries = tuple(deliveries)
    faults: Faults = {}
    for finding in findings:
        if finding.blocking and finding.column:
            faults.setdefault((finding.origin.file, finding.origin.sheet, finding.origin.row), []).append(
                finding.column
            )

    return Entries(
        tuple(map(_maatregel, _rows(deliveries, "Voortgang", faults))),
        tuple(map(_toezegging, _rows(deliveries, "Toezeggingen", faults))),
        tuple(map(_motie, _rows(deliveries, "Moties", faults))),
        tuple(map(_indicator, _rows(deliveries, "Indicatoren", faults))),
        tuple(map(_middel, _rows(deliveries, "Middelen", faults))),
        tuple(map(_inzet, _rows(deliveries, "Inzet", faults))),
        tuple(map(_instrument, _rows(deliveries, "Instrumenten", faults))),
    )


def _rows(deliveries: tuple[Delivery, ...], sheet: str, faults: Faults) -> Iterator[_Fields]:
    for delivery in deliveries:
        for row in delivery.workbook.rows(sheet):
            named = faults.get((row.origin.file, row.origin.sheet, row.origin.row), [])
            yield _Fields(delivery, delivery.workbook.sheets[sheet].columns, row, tuple(dict.fromkeys(named)))


def _maatregel(fields: _Fields) -> Maatregel:
    codes = fields.meaning("mede_namens")
    return Maatregel(
        **fields.common("stand_van_zaken"),  # type: ignore[arg-type]
        onderwerp=fields.topic(),
        onderwerp_getypt=fields.words("onderwerp"),
        tussenkop=fields.words("tussenkop"),
        stand_van_zaken=fields.runs("stand_van_zaken"),
        kamerstukken=fields.runs("kamerstukken"),
        status=fields.status(),
        gereed=fields.period("gereed"),
        toelichting_status=fields.lines("toelichting_status"),
        mede_namens=codes if isinstance(codes, tuple) else (),
        volgorde=fields.number("volgorde"),
    )


def _toezegging(fields: _Fields) -> Toezegging:
    day = fields.meaning("datum")
    return Toezegging(
        **fields.common("toezegging"),  # type: ignore[arg-type]
        toezeggingnummer=fields.words("toezeggingnummer"),
        toezegging=fields.runs("toezegging"),
        datum=day if isinstance(day, date) else None,
        overleg=fields.words("overleg"),
        kamerstuk=fields.lines("kamerstuk"),
        bewindspersoon=fields.words("bewindspersoon"),
        status=fields.status(),
        stand_van_zaken=fields.runs("stand_van_zaken"),
        gereed=fields.period("gereed"),
        afgedaan_met=fields.words("afgedaan_met"),
    )


def _motie(fields: _Fields) -> Motie:
    return Motie(
        **fields.common("motie"),  # type: ignore[arg-type]
        motie=fields.runs("motie"),
        kamerstuk=fields.lines("kamerstuk"),
        strekking=fields.runs("strekking"),
        status=fields.status(),
        stand_van_zaken=fields.runs("stand_van_zaken"),
        gereed=fields.period("gereed"),
        afgedaan_met=fields.words("afgedaan_met"),
    )


def _indicator(fields: _Fields) -> Indicator:
    return Indicator(
        **fields.common("indicator"),  # type: ignore[arg-type]
        indicator=fields.words("indicator"),
        onderwerp=fields.topic() or fields.words("onderwerp"),
        eenheid=fields.words("eenheid"),
        peildatum=fields.period("peildatum"),
        waarde=fields.number_or_words("waarde"),
        streefwaarde=fields.number_or_words("streefwaarde"),
        bron=fields.words("bron"),
    )


def _middel(fields: _Fields) -> Middel:
    return Middel(
        **fields.common("omschrijving"),  # type: ignore[arg-type]
        onderwerp=fields.topic() or fields.words("onderwerp"),
        omschrijving=fields.words("omschrijving"),
        bedrag=fields.number("bedrag"),
        bedrag_getypt=fields.words("bedrag"),
        jaar=fields.words("jaar"),
        dekking=fields.words("dekking"),
        kamerstuk=fields.lines("kamerstuk"),
    )


def _inzet(fields: _Fields) -> Inzet:
    party = fields.meaning("partij")
    return Inzet(
        **fields.common("inzet"),  # type: ignore[arg-type]
        onderwerp=fields.topic(),
        onderwerp_getypt=fields.words("onderwerp"),
        partij=Partij(party) if isinstance(party, str) else None,
        inzet=fields.runs("inzet"),
        status=fields.status(),
    )


def _instrument(fields: _Fields) -> Instrument:
    kind = fields.meaning("soort")
    return Instrument(
        **fields.common("omschrijving"),  # type: ignore[arg-type]
        onderwerp=fields.topic(),
        onderwerp_getypt=fields.words("onderwerp"),
        soort=Instrumentsoort(kind) if isinstance(kind, str) else None,
        soort_getypt=fields.words("soort"),
        omschrijving=fields.runs("omschrijving"),
        vindplaats=fields.lines("vindplaats"),
    )
