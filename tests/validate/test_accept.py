"""Rows become entries, typed; a hidden one tells nothing of what is in it."""

from __future__ import annotations

from datetime import date

from flows.model.delivery import Cell, Delivery, Meaning, Origin, Row, Run, Sheet, Workbook
from flows.model.entries import Instrumentsoort, Partij, Status
from flows.model.quarter import Kwartaal, Periode
from flows.validate.accept import accept


def sheet(name: str, *, hidden: bool, **cells: Meaning) -> Delivery:
    """A delivery with one row; a cell's text is what it means."""
    origin = Origin("SZW.xlsx", name, 2)
    row = Row(origin, {field: Cell(origin, None, (Run(str(value)),), value) for field, value in cells.items()}, hidden)
    columns = dict(zip(cells, "ABCDEFGHIJKL", strict=False))
    return Delivery(Workbook("SZW.xlsx", "", {name: Sheet(name, name, columns, (row,))}), "SZW", Kwartaal(2026, 3))


DUE = Periode("maart 2027", date(2027, 3, 31))


def test_a_row_is_typed_and_knows_its_cells() -> None:
    delivery = sheet("Middelen", hidden=False, nr="F-01", omschrijving="Lessen", bedrag=1234567.0, jaar="2026")
    (row,) = accept([delivery], []).middelen
    assert (row.nr, row.bedrag, row.gap, row.at("bedrag").cell) == ("F-01", 1234567.0, False, "C2")


def test_a_hidden_row_keeps_its_number_and_nothing_else() -> None:
    delivery = sheet("Middelen", hidden=True, nr="F-01", omschrijving="Lessen", bedrag=1234567.0, jaar="2026")
    (row,) = accept([delivery], []).middelen
    assert (row.nr, row.bedrag, row.omschrijving, row.gap, row.hidden) == ("F-01", None, "", True, True)


def test_a_hidden_promise_has_no_date_no_term_and_no_status() -> None:
    cells = {"nr": "T-01", "toezegging": "Brief", "datum": date(2026, 6, 1), "gereed": DUE, "status": "Afgedaan"}
    (row,) = accept([sheet("Toezeggingen", hidden=True, **cells)], []).toezeggingen
    assert (row.datum, row.gereed, row.status, row.toezegging) == (None, None, Status.ONBEKEND, ())


def test_an_effort_and_an_instrument_are_typed_and_an_unknown_choice_keeps_what_was_typed() -> None:
    effort = sheet(
        "Inzet", hidden=False, nr="Z-01", onderwerp="Taal", partij="Gemeente", inzet="Lessen.", status="Vertraagd"
    )
    (row,) = accept([effort], []).inzet
    assert (row.onderwerp, row.partij, row.status, row.gap) == ("Taal", Partij.GEMEENTE, Status.VERTRAAGD, False)
    tool = sheet(
        "Instrumenten", hidden=False, nr="N-01", soort="Websites", omschrijving="Een site.", vindplaats="www.a.example"
    )
    (found,) = accept([tool], []).instrumenten
    assert (found.soort, found.soort_getypt, found.vindplaats) == (
        Instrumentsoort.WEBSITES,
        "Websites",
        "www.a.example",
    )


def test_a_hidden_effort_and_instrument_tell_nothing_but_their_number() -> None:
    effort = sheet("Inzet", hidden=True, nr="Z-01", partij="Rijk", inzet="Geheim.", status="Afgerond")
    (row,) = accept([effort], []).inzet
    assert (row.nr, row.partij, row.inzet, row.status, row.gap) == ("Z-01", None, (), Status.ONBEKEND, True)
    tool = sheet(
        "Instrumenten", hidden=True, nr="N-01", soort="Websites", omschrijving="Geheim.", vindplaats="www.a.example"
    )
    (found,) = accept([tool], []).instrumenten
    assert (found.soort, found.soort_getypt, found.omschrijving, found.vindplaats) == (None, "", (), "")
