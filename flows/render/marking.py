"""Marks in the drawing instructions of a page what is not to be read as it is drawn.

In: the instructions that WeasyPrint wrote, and by mark what is an artifact and what ends with a hyphen that is not in
the text. Out: the instructions with artifacts marked as such, and such a hyphen as a soft one, so that a word over
two lines is heard and found as one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pydyf

SOFT = b"/Span <</ActualText <FEFF00AD>>> BDC"
_LAST_GLYPH = re.compile(rb"(\[.*)([0-9a-f]{4})(>[-.0-9]*\] TJ)", re.DOTALL)


def breaks_a_word(line: Any, following: Any) -> bool:
    """Whether the hyphen at the end of a text is there only because the next one goes on in the same word."""
    hyphen = line.style["hyphenate_character"]
    begin, end = line.text.removesuffix(hyphen).split(), following.text.split()
    if not (line.text.endswith(hyphen) and begin and end):
        return False
    text = "".join(line.element.itertext())
    return begin[-1] + end[0] in text and begin[-1] + hyphen + end[0] not in text


def marked_anew(drawn: Iterable[Any], artifacts: Mapping[int, dict[str, str]], hyphens: set[int]) -> list[Any]:
    """The instructions of a page, with its artifacts and soft hyphens marked."""
    made: list[Any] = []
    hyphen: int | None = None  # where the text that ends with one was drawn last
    soft = False
    for instruction in drawn:
        if isinstance(instruction, pydyf.Dictionary) and (mark := instruction.get("MCID")) is not None:
            soft, hyphen = mark in hyphens, None
            if mark in artifacts:
                made[-1], instruction = "/Artifact", pydyf.Dictionary(artifacts[mark])  # noqa: PLW2901
        elif soft and isinstance(instruction, bytes) and instruction.endswith(b"] TJ"):
            hyphen = len(made)
        elif instruction == b"EMC" and hyphen is not None:
            made[hyphen:] = [*_softened(made[hyphen]), *made[hyphen + 1 :]]
            soft, hyphen = False, None
        made.append(instruction)
    return made


def _softened(shown: bytes) -> list[bytes]:
    """The last glyph of a text by itself, as a soft hyphen."""
    found = _LAST_GLYPH.fullmatch(shown)
    return [found[1] + b">] TJ", SOFT, b"[<" + found[2] + found[3], b"EMC"] if found else [shown]
