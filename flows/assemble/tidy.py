"""Tidies a line after notes took the place of brackets: white space, stops and calls. In: inlines. Out: inlines, the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.model.text import Inline, Note, Text

_SPACES = re.compile(r"[ \t\n\u00a0]*[ \t\n][ \t\n\u00a0]*|\u00a0{2,}")
_STOPS = re.compile(r"\s*([.,;:?!]+)")


def tidy(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """White space single, none at the ends or before a note; a note behind the stops that follow it; no orphaned comma."""
    result: list[Inline] = []
    pending: list[Inline] = []  # notes whose place is not settled until the next words are seen
    space = False  # white space seen behind them
    for inline in inlines:
        if isinstance(inline, Note):
            _rstrip(result)
            pending.append(inline)
            space = False
        elif isinstance(inline, Text):
            text = _SPACES.sub(" ", inline.text)
            if pending and (stops := _STOPS.match(text)):
                _append_stops(result, stops[1])
                text, space = text[stops.end() :], False
            if pending and text.isspace():
                space = True
            elif text:
                text = " " + text.lstrip() if space else text
                text = text.lstrip(" ") if not pending and (not result or _ends_in_space(result)) else text
                result += [*pending, Text(text, inline.bold, inline.italic)]
                pending, space = [], False
        else:
            result += [*pending, *([Text(" ")] if space else []), inline]
            pending, space = [], False
    if not pending:
        _rstrip(result)
    result += pending
    if result and isinstance(first := result[0], Text):
        result[0] = Text(first.text.lstrip(), first.bold, first.italic)
    return tuple(inline for inline in result if not isinstance(inline, Text) or inline.text)


def _ends_in_space(inlines: list[Inline]) -> bool:
    last = inlines[-1]
    return isinstance(last, Text) and last.text[-1:] in {" ", "\u00a0"}


def _rstrip(inlines: list[Inline]) -> None:
    while inlines and isinstance(last := inlines[-1], Text):
        text = last.text.rstrip()
        if text:
            inlines[-1] = Text(text, last.bold, last.italic)
            return
        inlines.pop()


def _append_stops(inlines: list[Inline], stops: str) -> None:
    """Puts stops behind the last words; a comma that stood before a bracket that left does not stand before another stop.

    Where there are no words, there is nothing to stop.
    """
    if inlines and isinstance(last := inlines[-1], Text):
        kept = last.text.rstrip(",;:").rstrip() if last.text.endswith((",", ";", ":")) else last.text
        if kept.endswith((".", "?", "!")) and stops == ".":
            stops = ""
        inlines[-1] = Text(kept + stops, last.bold, last.italic)
    elif inlines:
        inlines.append(Text(stops))
