"""Deliveries as plain tables, one a contract sheet, to be judged by rules that know only columns.

In: deliveries and the contract. Out: per sheet a list of dicts, picklable, in a fixed order; `placed_rows`
gives the row behind each position. Columns that may never be published are left out: no report can show them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flows.model.contract import Column, Contract, Inhoud, SheetSpec
from flows.model.delivery import Delivery, Meaning, Row
from flows.model.quarter import Periode

Table = list[dict[str, str | int | None]]

PLACE = ("bestand", "blad", "rij", "ministerie")
READ, UNREADABLE = "_gelezen", "_onleesbaar"
_WITH_MEANING = frozenset(
    {
        Inhoud.KEUZE,
        Inhoud.ONDERWERP,
        Inhoud.PERIODE,
        Inhoud.DATUM,
        Inhoud.GETAL,
        Inhoud.BEDRAG,
        Inhoud.KWARTAAL,
        Inhoud.JA_NEE,
    }
)


def placed_rows(deliveries: Sequence[Delivery], contract: Contract) -> dict[str, tuple[tuple[Delivery, Row], ...]]:
    """Per sheet the rows that are judged, in the order of its table. Hidden rows are not."""
    return {
        spec.name: tuple(
            (delivery, row) for delivery in deliveries for row in delivery.workbook.rows(spec.name) if not row.hidden
        )
        for spec in contract.delivery
    }


def tables(deliveries: Sequence[Delivery], contract: Contract) -> dict[str, Table]:
    """Per sheet its table, empty where nothing was delivered. A form gives one row a delivery."""
    rows = placed_rows(deliveries, contract)
    return {spec.name: [_record(spec, *placed) for placed in rows[spec.name]] for spec in contract.delivery}


def fields(spec: SheetSpec) -> tuple[str, ...]:
    """The fields of a sheet that a rule may point at."""
    return tuple(column.field for column in _public(spec))


def table_columns(spec: SheetSpec) -> frozenset[str]:
    """All columns of a sheet's table: place, fields, and what was read of a field or could not be."""
    derived = [c.field + suffix for c in _public(spec) if c.inhoud in _WITH_MEANING for suffix in (READ, UNREADABLE)]
    return frozenset({*PLACE, *fields(spec), *derived})


def _public(spec: SheetSpec) -> tuple[Column, ...]:
    return tuple(column for column in spec.columns if column.inhoud is not Inhoud.INTERN)


def _record(spec: SheetSpec, delivery: Delivery, row: Row) -> dict[str, str | int | None]:
    record: dict[str, str | int | None] = {
        "bestand": row.origin.file,
        "blad": row.origin.sheet,
        "rij": row.origin.row,
        "ministerie": delivery.ministerie,
    }
    for column in _public(spec):
        text = row.text(column.field).strip() or None
        record[column.field] = text
        if column.inhoud in _WITH_MEANING:
            meaning = _as_text(row.meaning(column.field)) if text else None
            record[column.field + READ] = meaning
            record[column.field + UNREADABLE] = text if meaning is None else None
    return record


def _as_text(meaning: Meaning) -> str | None:
    match meaning:
        case None:
            return None
        case bool():
            return "ja" if meaning else "nee"
        case Periode():
            return meaning.laatste_dag.isoformat() if meaning.laatste_dag else meaning.tekst
        case date():
            return meaning.isoformat()
        case tuple():
            return ", ".join(meaning)
        case _:
            return str(meaning)
