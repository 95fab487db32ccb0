"""The annex of changes: what a minister's office wants to know of a comparison with the brief of an earlier quarter.

In: the comparison. Out: an `Overzicht`, its groups in the order in which they are printed, none of them empty. A pure function.
"""

from __future__ import annotations

import re
from dataclasses import replace

from flows.model.changes import MOTIES, TOEZEGGINGEN, VOORTGANG, Overzicht, Regel, Vergelijking, Wijziging
from flows.model.entries import Status

NIEUW, AFGEROND, VERTRAAGD, VERVROEGD, VERVALLEN, VERSTREKEN = GROEPEN = (
    "nieuw", "afgerond", "vertraagd", "vervroegd", "vervallen", "verstreken",
)  # fmt: skip
LONG = 70  # characters of a row's words
_SENTENCE = re.compile(r".{20,}?[.!?](?=\s+[A-Z])")
_UNPRINTED = re.compile(
    r"\s*(?:\[|\n|\bPM\b|\bp\.m\.).*", re.DOTALL
)  # a mark of ours, a second paragraph, what is to come


def overview(made: Vergelijking) -> Overzicht:
    """Each row under what became of it, and once more where its deadline has passed."""
    groups: dict[str, list[Regel]] = {name: [] for name in GROEPEN}
    for change in made.of(VOORTGANG, TOEZEGGINGEN, MOTIES):
        for name in filter(None, (_group(change), VERSTREKEN if change.te_laat else None)):
            groups[name].append(_line(change, name))
    return Overzicht(made.kwartaal, tuple((name, tuple(rows)) for name, rows in groups.items() if rows))


def _group(change: Wijziging) -> str | None:
    """What became of a row, as far as the annex tells it."""
    old, new = change.oud, change.nieuw
    if old is None:
        return NIEUW
    if new is None:
        return None if _done(old.status) else VERVALLEN
    if change.status and _done(new.status):
        return AFGEROND if new.status in {Status.AFGEROND, Status.AFGEDAAN} else VERVALLEN
    moved = None if _done(new.status) else change.verschuiving
    if (moved and moved.later) or (change.status and new.status == Status.VERTRAAGD):
        return VERTRAAGD
    return VERVROEGD if moved else None


def _done(status: str) -> bool:
    return status in set(Status) and Status(status).done


def _line(change: Wijziging, group: str) -> Regel:
    """The row with what its group asks for."""
    kant, moved = change.kant, change.verschuiving if group in {VERTRAAGD, VERVROEGD} else None
    status = kant.status if group == NIEUW or (group == VERVALLEN and change.nieuw) else ""
    due = kant.gereed if group in {NIEUW, VERTRAAGD, VERVROEGD, VERSTREKEN} else None
    line = Regel(change.sheet, kant.plek.onderwerp, kant.ministerie, _beginning(kant.text), status, gereed=due)
    return replace(line, van=moved.van, keren=moved.keren, kwartalen=moved.kwartalen) if moved else line


def _beginning(text: str) -> str:
    """The first sentence, cut off between two words where it is long."""
    text = _UNPRINTED.sub("", text)
    found = _SENTENCE.match(text)
    first = found[0] if found else text
    return first if len(first) <= LONG else f"{first[:LONG].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
