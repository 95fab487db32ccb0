"""The brief beside earlier ones: its annex of changes, and wijzigingen.json.

In: the brief, the newest brief of an earlier quarter, and the newest draft of this one. Out: the brief with its annex; bytes. What an
earlier brief said and has become private since is in neither.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from flows.assemble.changes import compare
from flows.assemble.changes_annex import overview
from flows.baseline import Published
from flows.model.baseline import Key, row_key
from flows.model.brief import Brief
from flows.model.changes import Kant, Overzicht, Since, Vergelijking
from flows.render.data import Data, brief_data, dump
from flows.render.data_changes import changes_data
from flows.render.leaks import withheld

CHANGES, ANNEX = "wijzigingen.json", "wijzigingen"


def readable(other: Published, private: Collection[str], brief: Brief, instead: str) -> Published:
    """An earlier brief as it may be read beside `brief`: each text that is private now says `instead`."""
    hidden = withheld(private, brief)

    def told(data: Any) -> Any:
        if isinstance(data, str):
            return instead if hidden(data) else data
        if isinstance(data, Mapping):
            return {name: told(value) for name, value in data.items()}
        return [told(one) for one in data] if isinstance(data, list) else data

    return replace(other, data=told(other.data))


def with_annex(brief: Brief, earlier: Published | None, missing: Collection[str] = ()) -> Brief:
    """The brief with the annex of changes, if regie.xlsx names it; `missing` are the ministries that have not delivered."""
    if ANNEX not in brief.annexes.volgorde:
        return brief
    made = _compared(brief_data(brief), earlier)
    return replace(brief, annexes=replace(brief.annexes, wijzigingen=overview(made, missing) if made else Overzicht()))


def renamed(brief: Brief, earlier: Published) -> dict[Key, Key]:
    """The rows of an earlier brief that stand under another Nr, or another ministry's, now: by their name then that of now."""
    made = _compared(brief_data(brief), earlier)
    both = ((one.sheet, one.oud, one.nieuw) for one in (made.wijzigingen if made else ()) if one.hernummerd)
    return {_name(sheet, old): _name(sheet, new) for sheet, old, new in both if old and new}


def _name(sheet: str, kant: Kant) -> Key:
    return row_key(sheet, kant.ministerie, kant.nr)


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
