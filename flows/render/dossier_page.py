"""The review page as HTML. In: a `Dossier` and the templates. Out: HTML, with the notes of each block under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from flows.model.dossier import Dossier, Onderdeel, Rij
from flows.model.templates import Templates
from flows.render.manuscript import annexes_of, printing


def dossierpagina(dossier: Dossier, templates: Templates) -> str:
    """The HTML. Raises ValueError where it does not print each block and row, in order."""
    rows, brief = iter(dossier.rijen), dossier.brief
    environment = printing(brief, templates, concept=dossier.concept, endnotes=[])
    drawn: Any = environment.globals["beeld"]
    environment.globals |= {
        "naast": partial(_beside, rows),
        "beeld": lambda *data: replace(drawn(*data), png=""),  # the other form of a picture is for Word
    }
    page = environment.get_template("dossier.html.j2").render(
        dossier=dossier, document=brief, concept=dossier.concept, bijlagen=annexes_of(brief)
    )
    for left in rows:
        raise ValueError(f"not on the page: {left.id}")
    return page.lstrip()


def _beside(rows: Iterator[Rij], item: Onderdeel) -> Rij:
    """The next row, which must be that of `item`."""
    row = next(rows, None)
    if row is None or row.van is not item:
        raise ValueError(f"not in order: {row and row.id}")
    return row
