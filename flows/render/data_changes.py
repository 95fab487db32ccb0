"""Comparisons as data, for wijzigingen.json: `vorig_concept` and `vorig_kwartaal`, each null where there is nothing to compare with.

A comparison has `kwartaal` and `map` of the older brief, and `wijzigingen` in print order, a row each:

- `blad` (Voortgang, Toezeggingen, Moties, Indicatoren, Middelen; Teksten for the coordinator's own prose), `soort`: erbij, eraf,
  anders, or gelijk for a row that is told of only for `gelijk_in` or `te_laat`.
- `oud` and `nieuw`: the row in each brief (null where it is not there): `ministerie`, `nr`, `status`, `gereed`, `plek` (its
  headings), `text` by which it is known, and `index`, its place in brief.json, in `blocks` or in `registers` under its `blad`.
- `hernummerd`, `verplaatst`: another Nr (or ministry); under another heading or in another order.
- `velden`: the fields that differ (`tekst` for prose, `stand`, `vindplaats`, ...; all of a row that came or went), each a list of
  pieces. A piece is `{soort, text}` with soort gelijk, erbij or eraf; or, for a note at its place, `{soort, noot: [pieces],
  verplaatst}`, of which the soort may also be anders. All pieces but those that are erbij give the old text, all but those that
  are eraf the new one.
- `status`: `{van, naar}`. `termijn`: `{van, naar, later, keren, kwartalen}`: moved so often by now, in so many quarters.
- `gelijk_in`: the successive quarters in which an open row said the same. `te_laat`: open, with its deadline before the brief's date.
"""

from __future__ import annotations

from collections.abc import Iterable

from flows.model.changes import Deel, Kant, NootDeel, Vergelijking, Wijziging
from flows.render.data import Data, period_data


def changes_data(draft: Vergelijking | None, quarter: Vergelijking | None) -> Data:
    """wijzigingen.json: compared with the draft before it, and with an earlier quarter."""
    pairs = (("vorig_concept", draft), ("vorig_kwartaal", quarter))
    return {name: _comparison(made) if made else None for name, made in pairs}


def _comparison(made: Vergelijking) -> Data:
    rows = [_change(change) for change in made.wijzigingen]
    return {"kwartaal": str(made.kwartaal), "map": made.name, "wijzigingen": rows}


def _change(change: Wijziging) -> Data:
    moved = change.verschuiving
    return {
        "blad": change.sheet,
        "soort": change.soort.value,
        "oud": _side(change.oud) if change.oud else None,
        "nieuw": _side(change.nieuw) if change.nieuw else None,
        "hernummerd": change.hernummerd,
        "verplaatst": change.verplaatst,
        "velden": {name: pieces(delen) for name, delen in change.velden},
        "status": dict(zip(("van", "naar"), change.status, strict=True)) if change.status else None,
        "termijn": {
            "van": period_data(moved.van),
            "naar": period_data(moved.naar),
            "later": moved.later,
            "keren": moved.keren,
            "kwartalen": moved.kwartalen,
        }
        if moved
        else None,
        "gelijk_in": [str(quarter) for quarter in change.gelijk_in],
        "te_laat": change.te_laat,
    }


def _side(side: Kant) -> Data:
    place = side.plek
    return {
        "index": side.index,
        "ministerie": side.ministerie or None,
        "nr": side.nr or None,
        "plek": {
            "soort": place.soort,
            "thema": place.thema or None,
            "onderwerp": place.onderwerp or None,
            "tussenkop": place.tussenkop or None,
        },
        "text": side.text,
        "status": side.status or None,
        "gereed": period_data(side.gereed),
    }


def pieces(delen: Iterable[Deel | NootDeel]) -> list[Data]:
    """Words and notes, as what stayed, came and went."""
    return [
        {"soort": deel.soort.value, "text": deel.text}
        if isinstance(deel, Deel)
        else {"soort": deel.soort.value, "noot": pieces(deel.delen), "verplaatst": deel.verplaatst}
        for deel in delen
    ]
