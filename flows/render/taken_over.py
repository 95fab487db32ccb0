"""A delivery with words of a review in its cells: the copy that a ministry gets to look at and hand in again.

In: the bytes of a workbook, and by sheet and cell what is to change. Out: the bytes of the same workbook with those cells changed and
marked, their letters as bold or italic as they were. Nothing else in it changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher

from flows.render.notes_on_cells import Mark, mark
from flows.render.ooxml import Element
from flows.render.workbook_parts import Parts, S, make

Cut = tuple[int, int, str]  # from a letter to another of the old text, and what comes there


@dataclass(frozen=True, slots=True)
class Change:
    """What changes in a cell: its text as it was read, the cuts in it, and the lines that are said of it."""

    text: str
    cuts: tuple[Cut, ...]
    lines: tuple[str, ...]


class Unchangeable(Exception):
    """A cell that holds no text of its own: a formula, a number, or nothing. Its argument is the cell."""


def taken_over(data: bytes, changes: Mapping[tuple[str, str], Change]) -> bytes:
    """The workbook with its cells changed; raises Unchangeable."""
    parts = Parts(data)
    for title, part in parts.sheets.items():
        here = {cell: change for (sheet, cell), change in changes.items() if sheet == title}
        if here:
            cells = {one.get("r"): one for one in parts.edit(part).iter(f"{S}c")}
            for cell, change in here.items():
                _change(parts, cells.get(cell), cell, change)
            mark(parts, part, {cell: Mark(change.lines, blocking=False) for cell, change in here.items()})
    return parts.bytes()


def _change(parts: Parts, cell: Element | None, name: str, change: Change) -> None:
    if cell is None or cell.find(f"{S}f") is not None:
        raise Unchangeable(name)
    runs = _runs(parts, cell)
    if not runs:
        raise Unchangeable(name)
    made = _changed(runs, change)
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    cell.append(make("is", *(_run(text, style) for text, style in made)))


def _runs(parts: Parts, cell: Element) -> list[tuple[str, Element | None]]:
    """The text of a cell in pieces, each with its font (None: that of the cell)."""
    kind, holder = cell.get("t"), cell.find(f"{S}is")
    if kind == "s":
        (strings,) = (part for _, part in parts.related(parts.book, "sharedStrings"))
        holder = parts.tree(strings).findall(f"{S}si")[int(cell.findtext(f"{S}v"))]
    elif kind == "str":
        return [(cell.findtext(f"{S}v") or "", None)]
    if holder is None:
        return []
    if runs := holder.findall(f"{S}r"):
        return [(run.findtext(f"{S}t") or "", run.find(f"{S}rPr")) for run in runs]
    return [(holder.findtext(f"{S}t") or "", None)]


def _changed(runs: Sequence[tuple[str, Element | None]], change: Change) -> list[tuple[str, Element | None]]:
    """The pieces with the cuts made; what comes looks like what stands before it."""
    letters = [(letter, at) for at, (text, _) in enumerate(runs) for letter in text]
    stored = "".join(letter for letter, _ in letters)
    place = _places(change.text, stored)
    for start, end, text in sorted(change.cuts, reverse=True):
        first, last = place[start], place[end]
        style = letters[first - 1][1] if first else 0
        letters[first:last] = [(letter, style) for letter in text]
    made: list[tuple[str, Element | None]] = []
    before = -1
    for letter, at in letters:
        if at == before:
            made[-1] = (made[-1][0] + letter, runs[at][1])
        else:
            made.append((letter, runs[at][1]))
        before = at
    return made


def _places(read: str, stored: str) -> list[int]:
    """Where each letter of a text as it was read stands in the text as it is stored, and its end."""
    places = [len(stored)] * (len(read) + 1)
    for block in SequenceMatcher(None, read, stored, autojunk=False).get_matching_blocks():
        for n in range(block.size):
            places[block.a + n] = block.b + n
    for at in range(len(read) - 1, -1, -1):  # what was mended stands before what follows it
        places[at] = min(places[at], places[at + 1])
    return places


def _run(text: str, style: Element | None) -> Element:
    return make("r", *([] if style is None else [deepcopy(style)]), make("t", text=text))
