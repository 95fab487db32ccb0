"""Dossier numbers with their chapter or addition: `33 400XV`, `21 501-02`, `34 356 (R2064)`.

In: a reader before the number. Out: a `Dossier` with the reader behind it, or None with the reader where it
was.
"""

from __future__ import annotations

from typing import NamedTuple

from flows.kamerstuk.chapters import (
    DIVIDERS,
    LONG_ROMAN,
    NUMBER_WORDS,
    WITH_ADDITIONS,
    number_behind,
    number_follows,
    read_addition,
    read_chapter,
)
from flows.kamerstuk.parts import ends_here
from flows.kamerstuk.tokens import Reader

LOWEST, HIGHEST = 10_000, 39_999


class Dossier(NamedTuple):
    """A dossier as cited; `digits` without spaces, `suffix` as in an identifier (`IXB`, `02`)."""

    digits: str
    suffix: str | None = None
    rijkswet: str | None = None

    def __str__(self) -> str:
        return f"{self.digits}-{self.suffix}" if self.suffix else self.digits


def read_dossier(r: Reader, *, old: bool = False) -> Dossier | None:
    """A dossier; `old` also accepts the shorter numbers of before 1970 (`5380`, `8 437`)."""
    mark = r.at
    digits = read_digits(r, old=old)
    if not digits:
        return None
    if (
        DIVIDERS.isdisjoint((r.peek().low, r.peek(1).low, r.peek(2).low))
        and digits not in WITH_ADDITIONS
        and not (r.letters() and r.glued())
    ):
        return Dossier(digits)
    rijkswet = _read_rijkswet(r)
    suffix = read_addition(r, digits) or read_chapter(r, digits)
    rijkswet = rijkswet or _read_rijkswet(r)
    if r.glued() and r.letters() and not suffix and not rijkswet:
        r.at = mark
        return None
    return Dossier(digits, suffix, rijkswet)


def read_digits(r: Reader, *, old: bool = False) -> str:
    """The digits of a dossier, `32824`, `32 824` or `33.610`; nothing for an amount or any other number."""
    mark = r.at
    first, second = r.digits(), r.digits(1)
    digits = ""
    if len(first) == 5:
        digits, r.at = first, r.at + 1
    elif len(first) == 2 or (old and len(first) == 1):
        if len(second) == 3:
            digits, r.at = first + second, r.at + 2
        elif _is_dotted(r) or _is_dashed(r):
            digits, r.at = first + r.digits(2), r.at + 3
        # A third group of three makes it a bigger number (`12 345 678`).
        if digits and (len(r.digits()) == 3 or (r.peek().low == "." and r.glued() and r.glued(1) and r.digits(1))):
            digits = ""
    if not digits and old and r.at == mark and len(first) in (3, 4) and not r.letters(1)[: r.glued(1)]:
        digits, r.at = first, r.at + 1
    if digits and not _has_decimals(r):
        return digits
    r.at = mark
    return ""


def _has_decimals(r: Reader) -> bool:
    """Whether a comma and digits touch the number here, fewer than in a dossier, or a dash (`25 000,-`)."""
    if r.peek().low != "," or not (r.glued(1) and r.glued()):
        return False
    return len(r.digits(1)) in (1, 2, 3) or r.peek(1).low == "-"


def _is_dotted(r: Reader) -> bool:
    return r.peek(1).low == "." and r.glued(1) and r.glued(2) and len(r.digits(2)) == 3


def _is_dashed(r: Reader) -> bool:
    """Whether a dash stands for the space in a dossier (`31-700 XII`), which a chapter or number must confirm."""
    dashed = r.peek(1).low == "-" and r.glued(1) and r.glued(2) and len(r.digits(2)) == 3
    return dashed and (r.letters(3) in LONG_ROMAN or r.peek(3).low in NUMBER_WORDS or r.peek(4).low in NUMBER_WORDS)


def read_roman_dossier(r: Reader, *, dated: bool) -> Dossier | None:
    """A dossier of the Eerste Kamer itself, `CXIX`, in front of the letter of a paper; `C` where it is dated."""
    word = r.letters()
    roman = len(word) <= 8 and not set(word) - set("IVXLC") and (len(word) > 1 or (dated and word in "CL"))
    if not (word and roman and r.peek(1).low == "," and number_behind(r, 1)):
        return None
    r.at += 1
    return Dossier(word)


def _read_rijkswet(r: Reader) -> str | None:
    mark = r.at
    r.skip("-/,", 1)
    opened = r.take("(", "[")
    # Glued to the digits it is something else: `32016R0679`.
    if not (r.at == mark and r.glued()) and r.take("r"):
        r.skip(".-", 1)
        number = r.digits()
        r.at += 1
        if len(number) in (3, 4) and (not opened or r.take(")", "]") or r.peek().low == ","):
            return "R" + number
    r.at = mark
    return None


def read_broken_dossier(r: Reader) -> bool:
    """Moves past digits that stand where a dossier should and are none (`30 3024`, `328240`)."""
    if not r.digits():
        return False
    r.at += 1
    for _ in range(3):
        if r.digits():
            r.at += 1
        elif r.peek().low == "." and r.glued() and r.glued(1) and r.digits(1):
            r.at += 2
        else:
            break
    r.take("?")
    return number_follows(r) or ends_here(r)
