"""Writes workbooks for tests: a quarter's regie.xlsx and deliveries, as literal rows."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Sheets = Mapping[str, Sequence[Sequence[Any]]]
HEADERS = {
    "Voortgang": ["Nr", "Onderwerp", "Tussenkop", "Stand van zaken", "Kamerstukken", "Status", "Gereed",
                  "Toelichting status", "Mede namens", "Volgorde", "Intern"],
    "Toezeggingen": ["Nr", "Toezeggingnummer", "Toezegging", "Datum", "Overleg", "Kamerstuk", "Bewindspersoon", "Status",
                     "Stand van zaken", "Gereed", "Afgedaan met", "Intern"],
    "Moties": ["Nr", "Motie", "Kamerstuk", "Strekking", "Status", "Stand van zaken", "Gereed", "Afgedaan met", "Intern"],
    "Indicatoren": ["Nr", "Indicator", "Onderwerp", "Eenheid", "Peildatum", "Waarde", "Streefwaarde", "Bron", "Intern"],
    "Middelen": ["Nr", "Onderwerp", "Omschrijving", "Bedrag", "Jaar", "Dekking", "Kamerstuk", "Intern"],
}  # fmt: skip
OPTIONAL = {
    "Inzet": ["Nr", "Onderwerp", "Partij", "Inzet", "Status", "Intern"],
    "Instrumenten": ["Nr", "Onderwerp", "Soort", "Omschrijving", "Vindplaats", "Intern"],
}
COVER = {
    "Ministerie": "SZW",
    "Kwartaal": "2026-Q3",
    "Peildatum": datetime(2026, 9, 10),
    "Versie": 1,
    "Contactpersoon": "J. de Tester",
}
BRIEF = {
    "Titel": "Voortgang Agenda Integratie",
    "Kwartaal": "2026-Q3",
    "Datum": datetime(2026, 9, 25),
    "Afzender": "SZW",
    "Inleiding": "Deze brief beschrijft de voortgang.",
}
AGENDA = [(1, "Meedoen", "Taal", "SZW"), (1, "Meedoen", "Werk", "SZW"), ("", "Ten slotte", "Dialoog", "OCW")]
MINISTRIES = [
    ("SZW", "Ministerie van Sociale Zaken en Werkgelegenheid"),
    ("OCW", "Ministerie van Onderwijs, Cultuur en Wetenschap"),
]


def row(sheet: str, **cells: Any) -> list[Any]:
    """A row of a contract sheet from its cells by header, with spaces as underscores."""
    named = {name.replace("_", " ").casefold(): value for name, value in cells.items()}
    assert named.keys() <= {header.casefold() for header in HEADERS[sheet]}, named
    return [named.get(header.casefold()) for header in HEADERS[sheet]]


def measure(nr: str = "SZW-01", text: str | None = "De cursussen lopen.", **cells: Any) -> list[Any]:
    """A row of Voortgang without fault, unless `cells` says otherwise."""
    return row(
        "Voortgang", **({"Nr": nr, "Onderwerp": "Taal", "Stand_van_zaken": text, "Status": "Loopt op schema"} | cells)
    )


def write_book(path: Path, sheets: Sheets) -> Path:
    """A workbook of literal rows."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for values in rows:
            sheet.append(list(values))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def repacked(path: Path, change: Callable[[str, bytes], bytes | None], more: Mapping[str, bytes] | None = None) -> Path:
    """The zip file with each part as `change` makes it, None for one that goes, and with `more` parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | dict(more or {})).items():
            if data is not None:
                archive.writestr(name, data)
    return path


def form(fields: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """A form sheet: Veld and Waarde."""
    return [("Veld", "Waarde"), *fields.items()]


def delivery(
    path: Path, rows: Iterable[Sequence[Any]], cover: Mapping[str, Any] | None = None, **other: Sequence[Sequence[Any]]
) -> Path:
    """A delivery with `rows` in Voortgang and the other sheets' rows by name."""
    sheets: dict[str, Sequence[Sequence[Any]]] = {"Voorblad": form(COVER | dict(cover or {}))}
    for name, headers in HEADERS.items():
        sheets[name] = [headers, *(rows if name == "Voortgang" else other.get(name, ()))]
    sheets |= {name: [headers, *other[name]] for name, headers in OPTIONAL.items() if name in other}
    return write_book(path, sheets)


def regie(path: Path, brief: Mapping[str, Any] | None = None, **other: Sequence[Sequence[Any]]) -> Path:
    """A steering workbook for two ministries and three topics."""
    due = datetime(2026, 9, 18)
    sheets: dict[str, Sequence[Sequence[Any]]] = {
        "Brief": form(BRIEF | dict(brief or {})),
        "Agenda": [("Thema", "Titel thema", "Onderwerp", "Trekker"), *AGENDA],
        "Ministeries": [("Code", "Naam", "Uiterste leverdatum"), *((code, name, due) for code, name in MINISTRIES)],
    }
    return write_book(path, sheets | other)
