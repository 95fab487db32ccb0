"""What a run leaves behind for people: its final state, the artifacts in Prefect's store, and the summary for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.catalogue import sayings
from flows.gather.deliveries import Gathered
from flows.model.delivery import Delivery, Origin, Regie
from flows.model.finding import Finding, Regels, Stop
from flows.model.place import Place
from flows.model.quarter import Kwartaal
from flows.publish import Unwritable
from flows.stages import announce


@dataclass(frozen=True, slots=True)
class Line:
    """A ministry in the closing table; `code` is empty for what no ministry answers for."""

    code: str
    rows: int
    blocking: int
    warnings: int
    delivered: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed: notes, open points, and rows that stand as a gap."""

    notes: int
    open_points: int
    gaps: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a coordinator wants to know at the end of a run. `unchanged` names the draft that was there already.

    `read` has the SHA-256 of each input by file name, `mailed` that of each delivery whose sender got mail; `register` is the day of
    the register of papers.
    """

    titel: str
    lines: tuple[Line, ...]
    blocking: tuple[tuple[str, str], ...]
    place: Place | None = None
    printed: Printed | None = None
    unchanged: str | None = None
    read: Mapping[str, str] = field(default_factory=dict)
    register: date | None = None
    mailed: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, regie: Regie, gathered: Gathered, findings: Sequence[Finding]) -> Summary:
        counts = Counter((finding.ministerie or "", finding.blocking) for finding in findings)
        lines = [
            Line(
                ministerie.code,
                sum(rows_of(delivery) for delivery in gathered.deliveries if delivery.ministerie == ministerie.code),
                counts[ministerie.code, True],
                counts[ministerie.code, False],
                ministerie.code not in gathered.missing,
            )
            for ministerie in regie.ministeries
        ]
        rest = Line("", 0, counts["", True], counts["", False], True)
        blocking = tuple((finding.message, finding.advice) for finding in findings if finding.blocking)
        return cls(regie.titel, (*lines, rest) if rest.blocking + rest.warnings else tuple(lines), blocking)


def rows_of(delivery: Delivery) -> int:
    """The rows of a delivery's tables."""
    return sum(len(sheet.rows) for name, sheet in delivery.workbook.sheets.items() if name != "Voorblad")


def completed(summary: Summary) -> State:
    """The final state of a run that made what was asked: named for it where blocking findings remain."""
    name = sayings("toestand")["met_bevindingen" if summary.blocking else "gereed"]
    return Completed(name=name, message=str(summary.place), data=summary)


def failed(stop: Stop) -> State:
    """The final state of a run that could make nothing, with the one sentence that says why."""
    finding = stop.finding
    return Failed(name=sayings("toestand")["mislukt"], message=f"{finding.message} {finding.advice}")


def unwritable(error: Unwritable, regels: Regels) -> State:
    """The final state where the outcome has no place to stand."""
    return failed(Stop(regels.finding("map-onschrijfbaar", Origin(str(error)), map=error)))


def gathered(found: Gathered) -> None:
    """Tells per ministry what was read, and who is missing."""
    words = sayings("slot")
    for delivery in found.deliveries:
        details = {"ministerie": delivery.ministerie, "rijen": rows_of(delivery), "bestand": delivery.workbook.file}
        announce(words["gelezen"].format(**details))
    for code in found.missing:
        announce(words["ontbreekt"].format(ministerie=code))


def waiting(kwartaal: Kwartaal) -> None:
    """Tells that another command works on the quarter."""
    announce(sayings("slot")["bezet"].format(kwartaal=kwartaal))


def artifacts(
    kwartaal: Kwartaal, findings: Sequence[Finding], gathered: Gathered, place: Place, names: Iterable[str]
) -> None:
    """Leaves in Prefect's store the findings, who is missing and where the files are."""
    words, key = sayings("paneel"), str(kwartaal).casefold()
    heads = cast("dict[str, str]", words["kolommen"])
    table = [
        {
            heads["ernst"]: finding.severity.value,
            heads["ministerie"]: finding.ministerie or "",
            heads["plaats"]: " ".join(filter(None, (finding.origin.file, finding.origin.sheet, finding.origin.cell))),
            heads["bericht"]: finding.message,
            heads["advies"]: finding.advice,
        }
        for finding in findings
    ]
    create_table_artifact(table, key=f"bevindingen-{key}", description=words["bevindingen"].format(kwartaal=kwartaal))
    missing = "\n".join(f"- {code}" for code in gathered.missing) or words["ontbreekt_niemand"]
    heading = words["ontbreekt"].format(kwartaal=kwartaal)
    create_markdown_artifact(f"## {heading}\n\n{missing}", key=f"ontbreekt-{key}", description=heading)
    heading = words["bestanden"].format(kwartaal=kwartaal)
    listed = "\n".join(f"- {name}" for name in sorted(names))  # no links: a browser opens no files from a server's page
    told = f"## {heading}\n\n{words['map']}\n\n`{place}`\n\n{listed}"
    create_markdown_artifact(told, key=f"bestanden-{key}", description=heading)
