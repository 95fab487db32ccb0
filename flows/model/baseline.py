"""The brief of an earlier quarter, as far as this one is compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.model.contract import key
from flows.model.quarter import Kwartaal, Periode

Key = tuple[str, str, str]


def row_key(sheet: str, ministerie: str | None, nr: str | None) -> Key:
    """The name of a row over the quarters."""
    return sheet, key(ministerie or ""), key(nr or "")


@dataclass(frozen=True, slots=True)
class Termijn:
    """What Gereed said in a quarter."""

    kwartaal: str
    gereed: Periode


@dataclass(frozen=True, slots=True)
class VorigeRij:
    """A row as the earlier brief printed it.

    `termijnen` are what Gereed has said, the oldest first, each with its first quarter; `kwartalen` those in which it said `text`.
    """

    sheet: str
    ministerie: str
    nr: str
    status: str
    text: str
    termijnen: tuple[Termijn, ...] = ()
    kwartalen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VorigeWaarde:
    """The number that an indicator had in the earlier brief, and its unit."""

    waarde: float
    eenheid: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The earlier quarter, the folder of its brief (`concept-03`), the SHA-256 of that brief's data, its rows and its indicators."""

    kwartaal: Kwartaal
    name: str
    sha256: str
    rows: Mapping[Key, VorigeRij]
    indicatoren: Mapping[Key, VorigeWaarde] = field(default_factory=dict)
