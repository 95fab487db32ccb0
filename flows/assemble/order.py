"""Where each measure stands: its topic and sub-heading, and its order within the topic, over all ministries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from math import inf
from typing import TypeVar

from flows.model.contract import key
from flows.model.delivery import AgendaPunt, Ministerie, Plaatsing
from flows.model.entries import Entry, Maatregel

Place = tuple[str, str]
Row = TypeVar("Row", bound=Entry)


def place(measures: Iterable[Maatregel], indeling: Iterable[Plaatsing]) -> list[Maatregel]:
    """The measures with the topic and sub-heading that Indeling gives them."""
    overrides = by_place(indeling)
    return [_placed(measure, overrides.get(_place(measure))) for measure in measures]


def _placed(measure: Maatregel, override: Plaatsing | None) -> Maatregel:
    if override is None:
        return measure
    topic, title = override.onderwerp or measure.onderwerp, override.tussenkop or measure.tussenkop
    return replace(measure, onderwerp=topic, tussenkop=title)


def by_place(indeling: Iterable[Plaatsing]) -> dict[Place, Plaatsing]:
    """The rows of Indeling by ministry and Nr; of two, the first."""
    return {(key(row.code), key(row.nr)): row for row in reversed(tuple(indeling))}


def _place(measure: Maatregel) -> Place:
    return key(measure.ministerie), key(measure.nr)


def trekker_first(rows: Iterable[Row], punt: AgendaPunt | None, ministeries: Iterable[Ministerie]) -> list[Row]:
    """Rows of one topic without an order of their own: the Trekker's, then by the order of Ministeries, then of the workbook."""
    whose = _whose(punt, ministeries)
    return sorted(rows, key=lambda row: whose(row.ministerie))


def _whose(punt: AgendaPunt | None, ministeries: Iterable[Ministerie]) -> Callable[[str], tuple[bool, float]]:
    ranks = {ministerie.code: rank for rank, ministerie in enumerate(ministeries)}
    trekker = key(punt.trekker) if punt else ""
    return lambda code: (key(code) != trekker, ranks.get(code, inf))


def in_order(
    measures: Iterable[Maatregel],
    punt: AgendaPunt | None,
    indeling: Iterable[Plaatsing],
    ministeries: Iterable[Ministerie],
) -> list[Maatregel]:
    """The measures of one topic in print order: those of Indeling, those with Volgorde, the others.

    Ties go to the Trekker, then by the order of Ministeries, then of the workbook.
    """
    rows = list(reversed(by_place(indeling).items()))
    overrides: Mapping[Place, int] = {where: index for index, (where, _) in enumerate(rows)}
    of = _whose(punt, ministeries)

    def rank(measure: Maatregel) -> tuple[float, ...]:
        index = overrides.get(_place(measure))
        whose = of(measure.ministerie)
        if index is not None:
            order = rows[index][1].volgorde
            return (0, inf if order is None else order, index)
        order = measure.volgorde
        return (2, 0, *whose) if order is None else (1, order, *whose)

    return sorted(measures, key=rank)  # sorted is stable: rows of one ministry keep the order of its workbook
