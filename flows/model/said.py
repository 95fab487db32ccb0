"""What the rows of a brief say, for comparison with what they said in an earlier quarter."""

from __future__ import annotations

from flows.model.brief import Brief
from flows.model.delivery import Origin
from flows.model.entries import Motie, Toezegging
from flows.model.text import printed


def said(brief: Brief) -> dict[Origin, str]:
    """By row: a measure's text, and what was typed as the stand of a register's row."""
    texts = {
        block.entry.origin: printed(block.parts) for block in brief.blocks() if block.entry and not block.entry.gap
    }
    for register in (brief.annexes.moties, brief.annexes.toezeggingen):
        for row in (*register.afgerond, *register.open) if register else ():
            typed = isinstance(row.entry, Motie | Toezegging) and row.entry.stand_van_zaken
            texts[row.entry.origin] = printed(row.stand) if typed else ""
    return texts
