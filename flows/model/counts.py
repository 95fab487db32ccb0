"""Counts of measures as the annex status prints and draws them: by status, and by when they are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.model.entries import Status
from flows.model.quarter import Kwartaal


@dataclass(frozen=True, slots=True)
class StatusTable:
    """Counts of measures: a row for each theme (or ministry), a column for each status."""

    statussen: tuple[Status, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Tijdlijn:
    """When the measures that are not done are due, seen from `datum`: a row for each theme.

    Counted are those before `datum`, those of each of `kwartalen` (`open`: the last one and all behind it), and those without a day.
    """

    datum: date
    kwartalen: tuple[Kwartaal, ...]
    open: bool
    rows: tuple[tuple[str, tuple[int, ...]], ...]
