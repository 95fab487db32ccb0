"""The two public services on this machine, in their own formats, with the faults that such services have.

The OData service answers what its documentation says of filters, counts and pages, as far as we ask it, and refuses the rest with 400,
as the real one does; the SRU service answers a query that it does not understand with status 200 and diagnostics.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.sax.saxutils import escape

PAGE = 250
ODATA = "/OData/v4/2.0/"
DOSSIER = re.compile(r"Kamerstukdossier/any\(d: d/Nummer eq (\d+) and (.*)\)")
QUOTED = r"'((?:[^']|'')*)'"
RECORD = """<sru:record xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse"><sru:recordSchema>http://standaarden.overheid.nl/sru/
</sru:recordSchema><sru:recordXMLEscaping>xml</sru:recordXMLEscaping><sru:recordData><gzd:gzd
xmlns:gzd="http://standaarden.overheid.nl/sru"><gzd:originalData><overheidwetgeving:meta
xmlns:overheidwetgeving="http://standaarden.overheid.nl/wetgeving/"><overheidwetgeving:owmskern xmlns:dcterms="http://purl.org/dc/terms/">
<dcterms:identifier>{id}</dcterms:identifier><dcterms:title>{titel}</dcterms:title><dcterms:type
scheme="OVERHEIDop.Parlementair">{soort}</dcterms:type></overheidwetgeving:owmskern><overheidwetgeving:owmsmantel
xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:issued>{datum}</dcterms:issued></overheidwetgeving:owmsmantel><overheidwetgeving:tpmeta>
<overheidwetgeving:vergaderjaar>{jaar}</overheidwetgeving:vergaderjaar></overheidwetgeving:tpmeta></overheidwetgeving:meta>
</gzd:originalData><gzd:enrichedData><gzd:preferredUrl>https://zoek.officielebekendmakingen.nl/{id}.html</gzd:preferredUrl>
</gzd:enrichedData></gzd:gzd></sru:recordData><sru:recordPosition>{place}</sru:recordPosition></sru:record>"""
RESPONSE = """<?xml version="1.0" encoding="UTF-8"?><sru:searchRetrieveResponse
xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse"><sru:version>2.0</sru:version>{inner}</sru:searchRetrieveResponse>"""
DIAGNOSTIC = """<sru:numberOfRecords>0</sru:numberOfRecords><sru:diagnostics><diag:diagnostic
xmlns:diag="http://docs.oasis-open.org/ns/search-ws/diagnostic"><diag:uri>info:srw/diagnostic/1/10</diag:uri>
<diag:details>{details}</diag:details><diag:message>Query syntax error</diag:message></diag:diagnostic></sru:diagnostics>"""


def document(nummer: int, volgnummer: int, onderwerp: str = "", **more: Any) -> dict[str, Any]:
    """A row of Document, with its dossier; `toevoeging`, `verwijderd` and other fields as named."""
    row = {
        "Id": f"{nummer:08}-0000-4000-8000-{volgnummer:012}",
        "Soort": "Brief regering",
        "DocumentNummer": f"2026D{nummer % 100:02}{volgnummer:03}",
        "Titel": "Integratiebeleid",
        "Onderwerp": onderwerp or f"Brief nummer {volgnummer}",
        "Datum": "2026-03-05T00:00:00+01:00",
        "Vergaderjaar": "2025-2026",
        "Kamer": 2,
        "Volgnummer": volgnummer,
        "Verwijderd": False,
    }
    return {"dossier": (nummer, more.pop("toevoeging", None))} | row | more


def toezegging(nummer: str, tekst: str, **more: Any) -> dict[str, Any]:
    """A row of Toezegging: open, of the Minister van Sociale Zaken en Werkgelegenheid."""
    row = {
        "Nummer": nummer,
        "Aanmaakdatum": "2026-03-19T17:42:13.69+01:00",
        "DatumNakoming": "0001-01-01T00:00:00Z",
        "Functie": "Minister van Sociale Zaken en Werkgelegenheid",
        "Ministerie": None,
        "Status": "Openstaand",
        "Tekst": tekst,
        "Verwijderd": False,
    }
    return row | more


@dataclass
class Services:
    """What the services know, the faults that come first (one for each question), and the questions that they got."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    toezeggingen: list[dict[str, Any]] = field(default_factory=list)
    publications: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)  # title, kind, day, vergaderjaar
    faults: list[str] = field(default_factory=list)
    always: dict[str, str] = field(default_factory=dict)  # the fault of a service that is out of order: `sru`, `OData`
    asked: list[str] = field(default_factory=list)
    address: str = ""

    @property
    def odata(self) -> str:
        return self.address + ODATA

    @property
    def sru(self) -> str:
        return self.address + "/sru"

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, bytes]:
        if path == "/sru":
            return 200, RESPONSE.format(inner=self._search(query)).encode()
        rows = self._select(path.removeprefix(ODATA), query["$filter"]) if path.startswith(ODATA) else None
        if rows is None:
            return 400, b'{"error":{"code":"","message":"The query specified in the URI is not valid."}}'
        return 200, json.dumps(self._page(path, query, rows)).encode()

    def _select(self, entity: str, filter_: str) -> list[dict[str, Any]] | None:
        if not filter_.startswith("Verwijderd eq false and "):
            return None
        rest = filter_.removeprefix("Verwijderd eq false and ")
        if entity == "Document" and (match := DOSSIER.fullmatch(rest.removeprefix("Volgnummer gt 0 and "))):
            part = re.fullmatch(rf"d/Toevoeging eq {QUOTED}", match[2])
            whole = match[2] == "(d/Toevoeging eq null or startswith(d/Toevoeging,'(R'))"
            if not part and not whole:
                return None

            def there(row: dict[str, Any]) -> bool:
                number, suffix = row["dossier"]
                fits = suffix == part[1] if part else suffix is None or suffix.startswith("(R")
                return number == int(match[1]) and fits and row["Volgnummer"] > 0 and not row["Verwijderd"]

            return sorted(filter(there, self.documents), key=lambda row: row["Volgnummer"])
        if entity == "Toezegging" and (match := re.fullmatch(r"((?:Status ne '\w+' and )+)\((.+)\)", rest)):
            done = re.findall(r"Status ne '(\w+)'", match[1])
            whose = [
                re.fullmatch(rf"(?:(\w+) eq {QUOTED}|contains\((\w+),{QUOTED}\))", one)
                for one in match[2].split(" or ")
            ]
            if not all(whose):
                return None

            def open_(row: dict[str, Any]) -> bool:
                fits = any(
                    (m[1] and row[m[1]] == m[2].replace("''", "'"))
                    or (m[3] and m[4].replace("''", "'") in (row[m[3]] or ""))
                    for m in whose
                    if m
                )
                return fits and row["Status"] not in done and not row["Verwijderd"]

            return sorted(filter(open_, self.toezeggingen), key=lambda row: row["Nummer"])
        return None

    def _page(self, path: str, query: dict[str, str], rows: list[dict[str, Any]]) -> dict[str, Any]:
        skip = int(query.get("$skip", 0))
        fields = query["$select"].split(",")
        page: dict[str, Any] = {"@odata.context": f"{self.odata}$metadata#{path.removeprefix(ODATA)}"}
        if query.get("$count") == "true":
            page["@odata.count"] = len(rows)
        page["value"] = [{name: row[name] for name in fields} for row in rows[skip : skip + PAGE]]
        if skip + PAGE < len(rows):
            page["@odata.nextLink"] = f"{self.address}{path}?{urlencode(query | {'$skip': str(skip + PAGE)})}"
        return page

    def _search(self, query: dict[str, str]) -> str:
        wanted = re.fullmatch(r"c\.product-area==officielepublicaties AND \((.+)\)", query.get("query", ""))
        terms = (
            [re.fullmatch(r'dt\.identifier=="([A-Za-z0-9-]+)"', term) for term in wanted[1].split(" OR ")]
            if wanted
            else []
        )
        if not terms or not all(terms) or query.get("recordSchema") != "gzd":
            return DIAGNOSTIC.format(details=escape(query.get("query", "")))
        names = [term[1] for term in terms if term and term[1] in self.publications]
        start, most = int(query["startRecord"]) - 1, int(query["maximumRecords"])
        records = "".join(
            RECORD.format(id=name, titel=escape(titel), soort=soort, datum=datum, jaar=jaar, place=place)
            for place, name in enumerate(names[start : start + most], start + 1)
            for titel, soort, datum, jaar in [self.publications[name]]
        )
        return f"<sru:numberOfRecords>{len(names)}</sru:numberOfRecords><sru:records>{records}</sru:records>"


@contextmanager
def serving(services: Services) -> Iterator[Services]:
    """The services, at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            services.asked.append(f"{url.path.rsplit('/', 1)[1]} {query.get('$filter') or query.get('query', '')}")
            fault = services.faults.pop(0) if services.faults else ""
            fault = fault or next((said for name, said in services.always.items() if name in url.path), "")
            status, body = services.answer(url.path, query)
            self._send(
                *FAULTS[fault](status, body) if fault in FAULTS else (int(fault or status), body), cut=fault == "cut"
            )

        def _send(self, status: int, body: bytes, *, cut: bool = False) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body) * 2 if cut else len(body)))
            if status == 429:
                self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        services.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield services
        finally:
            server.shutdown()


def _late(status: int, body: bytes) -> tuple[int, bytes]:
    time.sleep(0.6)
    return status, body


def _half(status: int, body: bytes) -> tuple[int, bytes]:
    return status, body[: len(body) // 2]


def _portal(*_: object) -> tuple[int, bytes]:
    return 200, b"<!DOCTYPE html><html><body>Meld u aan</body></html>"


def _diagnostic(*_: object) -> tuple[int, bytes]:
    return 200, RESPONSE.format(inner=DIAGNOSTIC.format(details="?")).encode()


def _short(status: int, body: bytes) -> tuple[int, bytes]:
    page = json.loads(body)
    return status, json.dumps(page | {"value": page["value"][:-1]}).encode()


# What goes wrong, beside a status: an answer that comes too late, or half of one, with and without a word of its length; the answer of
# another; a diagnostic with status 200; one row too few.
FAULTS = {
    "late": _late,
    "cut": _half,
    "half": _half,
    "portal": _portal,
    "diagnostic": _diagnostic,
    "short": _short,
}
