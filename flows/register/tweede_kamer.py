"""The Tweede Kamer's open data (OData v4): the papers of a dossier, and the open promises of a ministry.

In: a connection and the service's address. Out: papers and promises, all of them or Unanswered: the service counts what it has, and
an answer that holds another number is asked for again. Source: opendata.tweedekamer.nl/documentatie/odata-api.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from flows.model.contract import key
from flows.model.delivery import Ministerie
from flows.model.papers import Kamertoezegging, Stuk
from flows.register.store import Dossier
from flows.register.web import Faulty, Unanswered, Web

_KEPT = "Verwijderd eq false"
_DONE = ("Afgedaan", "Voldaan", "Vervallen")
_NO_DAY = "0001-01-01"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LISTINGS = 2
_NAMED_SO = "ministerie van "
_SENATE = ("1", "eerstekamer")  # as the service numbers and as it names a chamber
Row = dict[str, Any]


def papers_of(web: Web, address: str, dossier: Dossier) -> tuple[Stuk, ...]:
    """The numbered papers of a dossier, in the order of their numbers. Those of the Eerste Kamer are not among them."""
    if dossier.toevoeging:
        part = f"d/Toevoeging eq {_quoted(dossier.toevoeging)}"
    else:  # of a bill for the whole Kingdom the number (R2064) stands there
        part = "(d/Toevoeging eq null or startswith(d/Toevoeging,'(R'))"
    there = f"Kamerstukdossier/any(d: d/Nummer eq {int(dossier.nummer)} and {part})"
    fields = "Titel,Onderwerp,Datum,Vergaderjaar,Kamer,Soort,DocumentNummer,Volgnummer"
    rows = _rows(
        web, address, "Document", f"{_KEPT} and Volgnummer gt 0 and {there}", fields, "Volgnummer,DocumentNummer"
    )
    first: dict[int, Row] = {}
    for row in rows:
        if key(str(row.get("Kamer"))) not in _SENATE:
            first.setdefault(int(row["Volgnummer"]), row)
    return tuple(_paper(f"kst-{dossier}-{number}", row) for number, row in sorted(first.items()))


def promises_of(web: Web, address: str, ministerie: Ministerie) -> tuple[Kamertoezegging, ...]:
    """The promises of a ministry that are not done, by number: those under its name or code, and those of its bewindspersonen."""
    naam = ministerie.naam.strip()
    naam = naam[len(_NAMED_SO) :] if naam.casefold().startswith(_NAMED_SO) else naam
    whose = [f"Ministerie eq {_quoted(ministerie.code)}"]
    whose += [f"contains({field},{_quoted(naam)})" for field in ("Ministerie", "Functie") if naam]
    open_ = " and ".join(f"Status ne {_quoted(status)}" for status in _DONE)
    fields = "Nummer,Tekst,Status,Aanmaakdatum,DatumNakoming,Ministerie,Functie"
    rows = _rows(web, address, "Toezegging", f"{_KEPT} and {open_} and ({' or '.join(whose)})", fields, "Nummer")
    return tuple(
        Kamertoezegging(
            row["Nummer"], ministerie.code, " ".join((row.get("Tekst") or "").split()), row.get("Status") or "",
            _day(row.get("Aanmaakdatum")), _day(row.get("DatumNakoming")),
        )
        for row in rows if row.get("Nummer")
    )  # fmt: skip


def _rows(web: Web, address: str, entity: str, filter_: str, fields: str, order: str) -> list[Row]:
    """All rows of a question; asked once more where there are not as many as the service counts."""
    question = {"$filter": filter_, "$select": fields, "$orderby": order, "$count": "true"}
    for _ in range(LISTINGS):
        count, rows = _listing(web, address, entity, question)
        if count is None or count == len(rows):
            return rows
    raise Unanswered(f"{len(rows)} of {count} rows")


def _listing(web: Web, address: str, entity: str, question: Mapping[str, str]) -> tuple[int | None, list[Row]]:
    """The rows page by page, and their number as the service counts it."""
    page = web.ask(urljoin(address, entity), question, _page)
    count, rows = page.get("@odata.count"), list(page["value"])
    while link := page.get("@odata.nextLink"):
        following = urljoin(address, str(link))
        if not page["value"] or urlsplit(following).netloc != urlsplit(address).netloc:
            raise Unanswered("nextLink")
        page = web.ask(following, {}, _page)
        rows += page["value"]
    return count, rows


def _page(content: bytes) -> dict[str, Any]:
    """One page; raises Faulty where it is cut off, or is no page."""
    try:
        page = json.loads(content)
    except ValueError as error:
        raise Faulty("no JSON") from error
    rows = page.get("value") if isinstance(page, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Faulty("no rows")
    return cast("dict[str, Any]", page)


def _paper(identifier: str, row: Row) -> Stuk:
    titel = row.get("Onderwerp") or row.get("Titel")
    return Stuk(
        identifier,
        " ".join(titel.split()) if titel else None,
        _day(row.get("Datum")),
        row.get("Soort"),
        row.get("Vergaderjaar"),
    )


def _day(text: str | None) -> date | None:
    """The day of a moment as the service writes it; its 1 January of the year 1 is none."""
    found = _DAY.match(text or "")
    return date.fromisoformat(found[0]) if found and found[0] > _NO_DAY else None


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
