"""The publications on officielebekendmakingen.nl, by KOOP's SRU 2.0: papers of any kind by their identifiers.

In: a connection, the service's address and identifiers. Out: those that exist. A question that the service does not understand is
answered with status 200 and diagnostics, and tells nothing. Source: KOOP, Handleiding SRU 2.0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from lxml import etree

from flows.model.papers import Stuk
from flows.register.web import Faulty, Web

AT_ONCE = 20  # identifiers in one question
PAGE = 100
_NAME = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = re.compile(r"\d{4}-\d{4}")


def papers(web: Web, address: str, identifiers: Sequence[str]) -> tuple[Stuk, ...]:
    """Those of the papers that exist, in the order in which they were asked for. An identifier that can be none does not."""
    asked = [one for one in dict.fromkeys(identifiers) if _NAME.fullmatch(one)]
    found: dict[str, Stuk] = {}
    for first in range(0, len(asked), AT_ONCE):
        found |= {stuk.identifier: stuk for stuk in _records(web, address, asked[first : first + AT_ONCE])}
    return tuple(found[one] for one in asked if one in found)


def _records(web: Web, address: str, identifiers: Sequence[str]) -> list[Stuk]:
    named = " OR ".join(f'dt.identifier=="{one}"' for one in identifiers)
    question = {
        "operation": "searchRetrieve",
        "version": "2.0",
        "query": f"c.product-area==officielepublicaties AND ({named})",
        "recordSchema": "gzd",
        "maximumRecords": str(PAGE),
    }
    found: list[Stuk] = []
    while True:
        total, stukken = web.ask(address, question | {"startRecord": str(len(found) + 1)}, _answer)
        found += stukken
        if len(found) >= total:
            return found


def _answer(content: bytes) -> tuple[int, list[Stuk]]:
    """The number of records that there are, and those in this answer; raises Faulty where it tells nothing."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise Faulty("no XML") from error
    if etree.QName(root).localname != "searchRetrieveResponse":
        raise Faulty("no SRU")
    if said := _first(root, "diagnostics", "message") or _first(root, "diagnostics", "uri"):
        raise Faulty(said)
    total = _first(root, "numberOfRecords")
    stukken = [stuk for record in root.iterfind("{*}records/{*}record") if (stuk := _paper(record))]
    if not total.isdigit() or (int(total) > 0 and not stukken):
        raise Faulty("records")
    return int(total), stukken


def _paper(record: etree._Element) -> Stuk | None:
    """A record; None where it has no identifier."""
    name = _first(record, "owmskern", "identifier")
    days = (_DAY.match(_first(record, "owmsmantel", field)) for field in ("issued", "available", "date"))
    day = next((date.fromisoformat(match[0]) for match in days if match), None)
    years = _YEARS.fullmatch(_first(record, "vergaderjaar"))
    kind = _first(record, "owmskern", "type") or None
    return (
        Stuk(name, _first(record, "owmskern", "title") or None, day, kind, years[0] if years else None)
        if name
        else None
    )


def _first(element: etree._Element, *names: str) -> str:
    """The text of the first element at the end of this path of local names, at any depth."""
    found = element.find("/".join(f".//{{*}}{name}" for name in names))
    return " ".join("".join(map(str, found.itertext())).split()) if found is not None else ""
