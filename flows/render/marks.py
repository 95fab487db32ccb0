"""The marks that `voortgang nieuw` puts at cells: a colour and a line in the cell's comment; how they are set and taken away.

In: openpyxl's sheets and cells, changed in place. A line of ours begins with SIGN, so that whatever a program does to a
comment's author, it is known again and what others wrote beside it stays.
"""

from __future__ import annotations

from typing import Any

from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from flows.model.ours import SIGN, without_ours

AUTHOR = "voortgang"
FILL_IN, LOOK_AT, DATED = "FFFFF1A6", "FFD9EAF9", "FFFFD2A6"
_OURS = frozenset((FILL_IN, LOOK_AT, DATED))
_WIDTH, _LINE, _LETTERS = 320, 17, 46  # of a comment: pixels, pixels a line, letters a line


def colour(cell: Any, argb: str) -> None:
    """Fills a cell with one of our colours."""
    cell.fill = PatternFill("solid", start_color=argb, end_color=argb)


def mark(cell: Any, argb: str, sentence: str) -> None:
    """Colours a cell and says in its comment why, below what already stands there."""
    colour(cell, argb)
    before = cell.comment
    line = SIGN + " ".join(sentence.split())
    remark(cell, f"{before.text.rstrip()}\n{line}" if before else line, before.author if before else AUTHOR)


def remark(cell: Any, text: str, author: str = AUTHOR) -> None:
    """Gives a cell a comment as large as its text."""
    lines = sum(1 + len(line) // _LETTERS for line in text.splitlines())
    cell.comment = Comment(text, author, height=_LINE * (lines + 1), width=_WIDTH)


def wipe(sheet: Any) -> None:
    """Takes away all marks of an earlier time. Comments of others keep their text, and get room for it again."""
    for cell in list(sheet._cells.values()):  # noqa: SLF001 (its public walk goes past every place up to the furthest cell)
        if isinstance(cell, MergedCell):
            continue
        if cell.fill.fill_type == "solid" and _argb(cell.fill.fgColor) in _OURS:
            cell.fill = PatternFill()
        if cell.comment:
            _unsay(cell)


def _unsay(cell: Any) -> None:
    text = cell.comment.text
    if kept := without_ours(text).strip():
        remark(cell, kept if kept.count("\n") < text.count("\n") else text, cell.comment.author)
    else:
        cell.comment = None


def _argb(fill: Any) -> str:
    """The colour, as one that covers; empty where it is none of its own but of the theme."""
    return f"FF{fill.rgb[-6:]}" if fill.type == "rgb" and isinstance(fill.rgb, str) else ""
