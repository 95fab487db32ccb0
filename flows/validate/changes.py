"""What became of the rows of an earlier brief: vanished, back from done, put off, or unchanged. A pure function.

In: the brief with its baseline, the accepted rows, the deliveries. Out: findings, all of them warnings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flows.model.baseline import Baseline, VorigeRij, row_key
from flows.model.brief import Brief
from flows.model.contract import key
from flows.model.delivery import Delivery, Origin
from flows.model.entries import Entries, Maatregel, Motie, Status, Toezegging
from flows.model.finding import Finding, Regels
from flows.model.said import said
from flows.validate.words import pattern

Row = Maatregel | Motie | Toezegging


def changes(
    brief: Brief,
    entries: Entries,
    deliveries: Sequence[Delivery],
    words: Mapping[str, Sequence[str]],
    regels: Regels,
) -> tuple[Finding, ...]:
    """All findings, first what vanished, then row by row; none where the brief has no baseline."""
    if brief.baseline is None:
        return ()
    return tuple(_Changes(brief, brief.baseline, entries, deliveries, words, regels).findings())


class _Changes:
    def __init__(
        self,
        brief: Brief,
        baseline: Baseline,
        entries: Entries,
        deliveries: Sequence[Delivery],
        words: Mapping[str, Sequence[str]],
        regels: Regels,
    ) -> None:
        self.baseline, self.deliveries, self.regels = baseline, deliveries, regels
        self.rows: list[tuple[str, Row]] = [
            *(("Voortgang", row) for row in entries.maatregelen),
            *(("Moties", row) for row in entries.moties),
            *(("Toezeggingen", row) for row in entries.toezeggingen),
        ]
        self.texts = said(brief)
        self.times = pattern(words["tijd"])

    def findings(self) -> Iterator[Finding]:
        yield from self.vanished()
        for sheet, row in self.rows:
            before = self.baseline.rows.get(row_key(sheet, row.ministerie, row.nr))
            if before and row.nr:
                yield from self.renumbered(row, before)
                yield from self.reopened(row, before)
                yield from self.moved(row, before)
                yield from self.unchanged(row, before)

    def vanished(self) -> Iterator[Finding]:
        """Rows that were not done, of ministries that have delivered, and are not there any more."""
        there = {row_key(sheet, row.ministerie, row.nr) for sheet, row in self.rows}
        first = {delivery.ministerie: delivery.workbook for delivery in reversed(self.deliveries)}
        for name, before in self.baseline.rows.items():
            book = first.get(before.ministerie)
            if book and name not in there and not _done(before):
                sheet = book.sheets.get(before.sheet)
                yield self.about(
                    "rij-verdwenen", Origin(book.file, sheet.title if sheet else before.sheet), before, before
                )

    def renumbered(self, row: Row, before: VorigeRij) -> Iterator[Finding]:
        """A row under another Nr. One that another ministry has taken over has its own."""
        if key(row.ministerie) == key(before.ministerie) and key(row.nr) != key(before.nr):
            yield self.about("rij-hernummerd", row.at("nr"), row, before, row.nr, oud=before.nr)

    def reopened(self, row: Row, before: VorigeRij) -> Iterator[Finding]:
        """A row that was done and no longer is."""
        if before.status == Status.AFGEROND and not row.status.done and row.status is not Status.ONBEKEND:
            yield self.about("status-terug", row.at("status"), row, before, value=row.status)

    def moved(self, row: Row, before: VorigeRij) -> Iterator[Finding]:
        """A deadline that is another than in the earlier brief, with how often it has moved by now."""
        then, now = before.termijnen[-1:], row.gereed
        if then and now and now.laatste_dag and then[0].gereed.laatste_dag not in (None, now.laatste_dag):
            often = str(len(before.termijnen))
            rule = "termijn-verschoven" if often == "1" else "termijn-vaker-verschoven"
            yield self.about(rule, row.at("gereed"), row, before, now.tekst, oud=then[0].gereed.tekst, aantal=often)

    def unchanged(self, row: Row, before: VorigeRij) -> Iterator[Finding]:
        """A text that is the same as in the earlier brief, and the words in it that may no longer be right."""
        text = self.texts.get(row.origin, "")
        if not text or text != before.text or row.status.done:
            return
        times = dict.fromkeys(match[0] for match in self.times.finditer(text))
        rule = "tekst-ongewijzigd-met-tijd" if times else "tekst-ongewijzigd"
        yield self.about(rule, row.at("stand_van_zaken"), row, before, ", ".join(times) or None)

    def about(
        self,
        rule: str,
        origin: Origin,
        row: Row | VorigeRij,
        before: VorigeRij,
        value: str | None = None,
        **details: str,
    ) -> Finding:
        return self.regels.finding(
            rule,
            origin,
            ministerie=row.ministerie,
            nr=row.nr,
            value=value,
            kwartaal=self.baseline.kwartaal,
            status=before.status,
            **details,
        )


def _done(row: VorigeRij) -> bool:
    return row.status in set(Status) and Status(row.status).done
