"""What stands between a draft and the final brief, beside the blocking findings: open points, and what nobody has approved.

In: the brief, the deliveries that count and the steering workbook. Out: findings, all of them blocking.

A delivery is approved by its own cover sheet, or by a row of Akkoord that names its ministry and its SHA-256: an approval holds for
the workbook that was seen, not for a later one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from flows.model.brief import Brief
from flows.model.contract import key
from flows.model.delivery import Akkoord, Delivery, Origin, Regie
from flows.model.finding import Finding, Regels

COVER = "Voorblad"


def still_open(brief: Brief, deliveries: Iterable[Delivery], regie: Regie, regels: Regels) -> Iterator[Finding]:
    """A finding for each open point, each delivery without approval, and each approval that is not given or holds for another."""
    for point in brief.open:
        if not point.gap:  # a gap is a finding already
            place = point.origin or Origin(regie.workbook.file)
            details = {"ministerie": point.ministerie, "nr": point.nr, "value": point.text}
            yield regels.finding("punt-nog-open", place, **details, plaats=point.place)
    seen: dict[str, list[Delivery]] = {}
    for delivery in deliveries:
        seen.setdefault(key(delivery.ministerie), []).append(delivery)
    asked = {key(ministerie.code) for ministerie in regie.ministeries}
    for row in regie.akkoorden:
        yield from _unapproved(row, seen, asked, regels)
    for own in seen.values():
        for delivery in own:
            if not regie.approves(delivery):
                yield regels.finding("zonder-akkoord", _cover(delivery), ministerie=delivery.ministerie)


def _unapproved(
    row: Akkoord, seen: dict[str, list[Delivery]], asked: Collection[str], regels: Regels
) -> Iterator[Finding]:
    """Why a row of Akkoord is no approval; that of a ministry must name a delivery that counts."""
    name = key(row.wat)
    digests = [delivery.workbook.sha256 for delivery in seen.get(name, ())]
    if row.datum is None:
        yield regels.finding("akkoord-niet-gegeven", row.origin, value=row.wat)
    elif name in asked and row.sha256 not in digests:
        yield regels.finding("akkoord-andere-aanlevering", row.origin, value=row.wat, hash=", ".join(digests))


def _cover(delivery: Delivery) -> Origin:
    (cover,) = delivery.workbook.rows(COVER)
    return cover.cells["akkoord"].origin if "akkoord" in cover.cells else cover.origin
