"""What `controle` hands out: the findings, a page for the coordinator, and each ministry's own workbook with its marks.

In: a quarter as checked. Out: the files of the folder `controle` but for the Data Docs, all made before any is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flows.catalogue import sayings
from flows.conduct import now
from flows.gather.grid import Unreadable
from flows.gather.raw import as_xlsx
from flows.model.check_page import Aanlevering, Controlepagina, Stand
from flows.model.delivery import Delivery
from flows.model.place import Place
from flows.order import Order
from flows.render.data import dump, findings_data
from flows.render.feedback import Unmarkable, feedback, names
from flows.render.manuscript import controlepagina
from flows.theme import templates

if TYPE_CHECKING:
    from flows.check_workbooks import Checked

FINDINGS, PAGE = "bevindingen.json", "index.html"


@dataclass(frozen=True, slots=True)
class Handed:
    """The files by name, and the names of those that are the copy of a delivery, by its file."""

    files: Mapping[str, bytes]
    copies: Mapping[str, str]


def hand_out(order: Order, checked: Checked) -> Handed:
    """All that is handed out."""
    marked = _marked_workbooks(order.inputs, checked)
    copies = {file: name for file, (name, _) in marked.items()}
    page = controlepagina(_page(order, checked, copies), templates())
    files = {FINDINGS: dump(findings_data(checked.findings)), PAGE: page.encode()} | dict(marked.values())
    return Handed(files, copies)


def _marked_workbooks(inputs: Place, checked: Checked) -> dict[str, tuple[str, bytes]]:
    """The copy of each delivery by its file: what it is called, and its bytes, always of an .xlsx.

    None of what cannot be marked, or has changed since.
    """
    words, result = sayings("terugkoppeling"), {}
    deliveries = (*checked.gathered.deliveries, *checked.gathered.aside)
    called = names(deliveries)
    for delivery in deliveries:
        file = delivery.workbook.file
        own = [finding for finding in checked.findings if finding.origin.file == file]
        with suppress(OSError, Unreadable, Unmarkable):
            data = (inputs / file).read_bytes()
            if hashlib.sha256(data).hexdigest() == delivery.workbook.sha256:
                result[file] = (called[file], feedback(as_xlsx(data), file, own, words))
    return result


def _page(order: Order, checked: Checked, copies: Mapping[str, str]) -> Controlepagina:
    gathered, ministeries = checked.gathered, checked.regie.ministeries
    deliveries = [(one, True) for one in gathered.deliveries] + [(one, False) for one in gathered.aside]
    standen = tuple(
        Stand(
            ministerie.code,
            ministerie.naam,
            ministerie.leverdatum,
            tuple(
                _delivered(order.inputs, one, copies, counts=counts)
                for one, counts in deliveries
                if one.ministerie == ministerie.code
            ),
            tuple(finding for finding in checked.findings if finding.ministerie == ministerie.code),
        )
        for ministerie in ministeries
    )
    codes = {ministerie.code for ministerie in ministeries}
    rest = tuple(finding for finding in checked.findings if finding.ministerie not in codes)
    return Controlepagina(checked.regie.titel, order.kwartaal, now(), standen, rest)


def _delivered(inputs: Place, one: Delivery, copies: Mapping[str, str], *, counts: bool) -> Aanlevering:
    file = one.workbook.file
    copy = copies.get(file)
    return Aanlevering(file, one.onderdeel, one.versie, one.akkoord, counts, _moment(inputs / file), copy)


def _moment(path: Place) -> datetime | None:
    with suppress(OSError):
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return None
