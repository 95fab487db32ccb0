"""The brief beside earlier ones: its annex of changes, and wijzigingen.json.

In: the brief, the newest brief of an earlier quarter, and the newest draft of this one. Out: the brief with its annex; bytes.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from flows.assemble.changes import compare
from flows.assemble.changes_annex import overview
from flows.baseline import Published
from flows.model.brief import Brief
from flows.model.changes import Overzicht, Since, Vergelijking
from flows.render.data import Data, brief_data, dump
from flows.render.data_changes import changes_data

CHANGES, ANNEX = "wijzigingen.json", "wijzigingen"


def with_annex(brief: Brief, earlier: Published | None) -> Brief:
    """The brief with the annex of changes, if regie.xlsx names it."""
    if ANNEX not in brief.annexes.volgorde:
        return brief
    made = _compared(brief_data(brief), earlier)
    return replace(brief, annexes=replace(brief.annexes, wijzigingen=overview(made) if made else Overzicht()))


def since(brief: Brief, draft: Published | None, earlier: Published | None) -> Since:
    """What differs from the draft before this one, and from the brief of an earlier quarter."""
    data = brief_data(brief)
    return _compared(data, draft), _compared(data, earlier)


def changes_file(made: Since) -> bytes:
    """wijzigingen.json."""
    return dump(changes_data(*made))


def _compared(data: Data, other: Published | None) -> Vergelijking | None:
    """The comparison; None where there is nothing to compare with, or what is there is no brief of ours."""
    if other:
        with suppress(KeyError, TypeError, ValueError, AttributeError):
            return compare(other.data, data, other.name)
    return None
