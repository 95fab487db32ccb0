"""The annex of changes: what a minister's office wants to know of a comparison with the brief of an earlier quarter.

In: the comparison. Out: an `Overzicht`, its groups in the order in which they are printed, none of them empty. A pure function.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from flows.model.changes import MOTIES, TOEZEGGINGEN, VOORTGANG, Overzicht, Regel, Vergelijking, Wijziging
from flows.model.entries import Status

NIEUW, AFGEROND, VERTRAAGD, VERVROEGD, VERVALLEN, VERSTREKEN = GROEPEN = (
    "nieuw", "afgerond", "vertraagd", "vervroegd", "vervallen", "verstreken",
)  # fmt: skip
LINE, LEAST = 112, 30  # characters of a line in print, and how many of them a row's words have at least
GONE = 20  # characters of the words that say that a row is gone
_SENTENCE = re.compile(r".{20,}?[.!?](?=\s+[A-Z])")
# From a mark of ours on, a second paragraph, or what is still to come.
_UNPRINTED = re.compile(r"\s*(?:\[|\n|\bPM\b|\bp\.m\.).*", re.DOTALL)


def overview(made: Vergelijking, missing: Collection[str] = ()) -> Overzicht:
    """Each row under what became of it, and once more where its deadline has passed.

    That a row of a ministry that is `missing` is not there says nothing of the row.
    """
    groups: dict[str, list[Regel]] = {name: [] for name in GROEPEN}
    for change in made.of(VOORTGANG, TOEZEGGINGEN, MOTIES):
        if change.nieuw is None and change.kant.ministerie in missing:
            continue
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
    van = moved.van if moved else None
    told = (kant.plek.onderwerp or change.sheet, kant.ministerie, status, *(one.tekst for one in (van, due) if one))
    room = LINE - sum(len(text) + 5 for text in told if text) - (0 if change.nieuw else GONE)
    often = (moved.keren, moved.kwartalen) if moved else (0, 0)
    return Regel(
        change.sheet,
        kant.plek.onderwerp,
        kant.ministerie,
        _beginning(kant.text, max(LEAST, room)),
        status,
        van,
        due,
        *often,
    )


def _beginning(text: str, room: int) -> str:
    """The first sentence, cut off between two words where it is longer than there is room."""
    text = _UNPRINTED.sub("", text)
    found = _SENTENCE.match(text)
    first = found[0] if found else text
    return first if len(first) <= room else f"{first[:room].rsplit(' ', 1)[0].rstrip(' ,;:(')}…"
