"""Verdicts to findings: what the suites said of a table's positions, back at the cells of the deliveries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from flows.model.contract import Contract, Inhoud, nearest
from flows.model.delivery import Delivery, Documentsoort, Origin, Regie, Row, Sheet
from flows.model.finding import Finding, Regels
from flows.validate.expectations import Verdict
from flows.validate.tables import placed_rows

COVER = "Voorblad"


def verdict_findings(
    verdicts: Iterable[Verdict],
    deliveries: Sequence[Delivery],
    contract: Contract,
    regels: Regels,
    known: Iterable[Finding],
    topics: Collection[str] = (),
) -> tuple[Finding, ...]:
    """The findings of verdicts. A cell that `known` already blames gets no second finding, a missing column none a row.

    `topics` are those of the Agenda: what could not be read is told with what may have been meant.
    """
    blamed = {finding.origin for finding in known if finding.blocking and finding.origin.cell}
    placed = placed_rows(deliveries, contract)
    result = []
    for verdict in verdicts:
        delivery, row = placed[verdict.sheet][verdict.index]
        sheet, spec = delivery.workbook.sheets[verdict.sheet], contract.sheet(verdict.sheet)
        cell = row.cells.get(verdict.field)
        if verdict.field not in sheet.columns:
            continue
        origin = cell.origin if cell else row.origin.at(sheet.columns[verdict.field])
        if origin not in blamed:
            column = spec.column(verdict.field)
            said = " ".join(cell.text.split()) if cell else None
            options = topics if column.inhoud is Inhoud.ONDERWERP else (column.keuzes or {}).values()
            details = {"ministerie": delivery.ministerie, "nr": _nr(row, sheet), "column": column.header, "value": said}
            near = nearest(said, options) if said else None
            result.append(regels.finding(verdict.rule, origin, **details, naaste=near or ""))
    return tuple(result)


def unprinted_sheets(deliveries: Iterable[Delivery], regie: Regie, regels: Regels) -> Iterator[Finding]:
    """A finding for each sheet with rows that stand in none of the documents and annexes that regie.xlsx names."""
    printed = {COVER.casefold(), *_printed(regie)}
    for delivery in deliveries:
        for name, sheet in delivery.workbook.sheets.items():
            if sheet.rows and name.casefold() not in printed:
                origin = Origin(delivery.workbook.file, sheet.title)
                yield regels.finding(
                    "blad-niet-gedrukt", origin, ministerie=delivery.ministerie, aantal=len(sheet.rows)
                )


def _printed(regie: Regie) -> Iterator[str]:
    """The sheets that are printed somewhere."""
    for document in regie.documenten:
        if document in {Documentsoort.BRIEF, Documentsoort.OVERZICHT}:
            yield "voortgang"
        if document is Documentsoort.BRIEF:
            yield from regie.bijlagen
        elif document is Documentsoort.INTEGRATIEAGENDA:
            yield from ("inzet", "instrumenten")


def hidden_rows(deliveries: Iterable[Delivery], regels: Regels) -> Iterator[Finding]:
    """A finding for each hidden row: its text is not printed until it is shown."""
    for delivery in deliveries:
        for sheet in delivery.workbook.sheets.values():
            for row in sheet.rows:
                if row.hidden:
                    nr = _nr(row, sheet) or ""
                    yield regels.finding(
                        "rij-verborgen", row.origin, ministerie=delivery.ministerie, nr=nr, rij=row.origin.row
                    )


def _nr(row: Row, sheet: Sheet) -> str | None:
    return " ".join(row.text("nr").split()) or None if "nr" in sheet.columns else None
