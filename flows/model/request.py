"""What a ministry is asked: its fill-in workbook before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flows.model.delivery import Ministerie, Row
from flows.model.quarter import Kwartaal


@dataclass(frozen=True, slots=True)
class Request:
    """A ministry's workbook for a quarter: what its cover already says, and by sheet the rows that are still open.

    `bron` is the quarter that the rows come from, None where there is none; `onderwerpen` and `ministeries` are what may be
    chosen from; `datum` is the brief's.
    """

    kwartaal: Kwartaal
    datum: date
    ministerie: Ministerie
    onderwerpen: tuple[str, ...]
    ministeries: tuple[Ministerie, ...]
    bron: Kwartaal | None = None
    voorblad: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    @property
    def carried(self) -> int:
        """How many rows were taken over."""
        return sum(map(len, self.rows.values()))
