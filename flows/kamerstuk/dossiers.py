"""Dossier numbers with their chapter or addition: `33 400XV`, `19 700 hoofdstuk XV`, `21 501-02`, `34 356 (R2064)`.

In: a reader before the number. Out: a `Dossier` with the reader behind it, or None with the reader where it was.
"35 300 A" is a chapter and "31 439, A" a number of a paper: which it is depends on whether the dossier has chapters.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.kamerstuk.parts import ends_here
from flows.kamerstuk.tokens import Reader

# Dossiers of budgets, which have chapters, besides those that end in 00 (a budget proper always does).
_WITH_CHAPTERS = frozenset(
    """
    30105 30391 30550 30560 30885 31031 31061 31290 31444 31474 31792 31924 31965 32123 32222 32360 32395 32565 32609
    32710 32780 33090 33240 33280 33480 33605 33640 33750 33805 33930 33940 34085 34210 34350 34475 34485 34550 34620
    34725 34730 34775 34845 34950 34960 35095 35210 35350 35450 35470 35570 35650 35830 35850 35925 35975 36120 36250
    36350 36360 36410 36435 36470 36550 36560 36613 36625 36725 36740 36850
    """.split()
)
# Dossiers that are divided by two digits, of which the zero counts.
_WITH_ADDITIONS = frozenset({"21501", "19291", "23908"})
_ROMAN = (
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV"
).split()  # fmt: skip
_CHAPTERS = frozenset([*_ROMAN, *"ABCDEFGHJKLM", "IIA", "IIB", "IXA", "IXB"])
_LONG_ROMAN = _CHAPTERS - frozenset("ABCDEFGHIJKLMVX")
_LAST_WITH_IXB = 33_400
NUMBER_WORDS = frozenset(
    "nr nrs no nos num nummer nummers stuk stuknr stuknrs stuknummer ondernr ondernrs ondernummer ondernummers volgnr volgnummer".split()
)
_CHAPTER_WORDS = ("hoofdstuk", "hfdst", "hfst", "hst")
LOWEST, HIGHEST = 10_000, 39_999


@dataclass(frozen=True, slots=True)
class Dossier:
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
    rijkswet = _read_rijkswet(r)
    suffix = _read_addition(r, digits) or _read_chapter(r, digits)
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
        elif r.peek(1).low == "." and r.glued(1) and r.glued(2) and len(r.digits(2)) == 3:
            digits, r.at = first + r.digits(2), r.at + 3
        # A third group of three makes it a bigger number (`12 345 678`).
        if digits and (
            len(r.digits()) == 3 or (r.peek().low == "." and r.glued() and r.glued(1) and r.digits(1))
        ):
            digits = ""
    if not digits and old and r.at == mark and len(first) in (3, 4) and not r.letters(1)[: r.glued(1)]:
        digits, r.at = first, r.at + 1
    if digits and not (
        r.peek().low == "," and r.glued() and r.glued(1) and (r.digits(1) or r.peek(1).low == "-")
    ):
        return digits
    r.at = mark
    return ""


def read_roman_dossier(r: Reader) -> Dossier | None:
    """A dossier of the Eerste Kamer itself, `CXIX`, in front of the letter of a paper."""
    word = r.letters()
    if (
        not word
        or len(word) > 8
        or set(word) - set("IVXLC")
        or r.peek(1).low != ","
        or not number_behind(r, 1)
    ):
        return None
    r.at += 1
    return Dossier(word)


def has_chapters(digits: str) -> bool:
    """Whether a dossier is divided into the chapters of a budget."""
    return digits.endswith("00") or digits in _WITH_CHAPTERS


def number_follows(r: Reader) -> bool:
    """Whether the number of a paper follows: `, nr. 7`, `(nr. 7)`, `-105`, `, D`."""
    mark = r.at
    separators = r.skip(",;:/-(.", 2)
    token = r.peek()
    found = token.low in NUMBER_WORDS or (token.low == "onder" and r.peek(1).low in NUMBER_WORDS)
    if not found and separators and r.peek(-1).low == "-":
        found = bool(r.digits()) and len(r.digits()) <= 4
    if not found and (separators == 0 or r.peek(-1).low == ","):
        found = (
            len(token.text) <= 2 and token.text.isascii() and token.text.isalpha() and token.text.isupper()
        )
    r.at = mark
    return found


def _read_addition(r: Reader, digits: str) -> str | None:
    mark = r.at
    if digits in _WITH_ADDITIONS:
        r.skip("-/", 1)
        addition = r.digits()
        if len(addition) == 2 and len(r.digits(1)) != 3 and not (r.glued(1) and r.letters(1)):
            r.at += 1
            return addition
    r.at = mark
    return None


def _read_chapter(r: Reader, digits: str) -> str | None:
    mark = r.at
    comma = r.take(",")
    opened = r.take("(")
    if not comma:
        r.take("-", "/")
    named = r.take(*_CHAPTER_WORDS) or (
        r.peek().low == "h" and r.peek(1).low == "." and r.take_words("h", ".")
    )
    if named:
        r.take(".")
    chapter = _take_chapter_name(r, digits)
    fits = chapter is not None and (named or _is_chapter(r, digits, chapter, comma=comma))
    if fits and opened:
        fits = r.take(")")
    if not fits:
        r.at = mark
        return None
    return chapter


def _take_chapter_name(r: Reader, digits: str) -> str | None:
    word = r.letters()
    # `33 400 xv` is read too, but a single small letter is a word or part of a number.
    name = word.upper() if len(word) > 1 and word.islower() and has_chapters(digits) else word
    if name not in _CHAPTERS or (r.glued(1) and r.digits(1)):
        return None
    r.at += 1
    half = r.peek().text
    divided = name == "II" or (name == "IX" and int(digits) < _LAST_WITH_IXB)
    if divided and half in ("A", "B") and has_chapters(digits):
        r.at += 1
        return name + half
    if divided and r.peek().low == "-" and r.peek(1).text in ("A", "B") and number_behind(r, 2):
        r.at += 2
        return name + r.peek(-1).text
    return name


def number_behind(r: Reader, ahead: int) -> bool:
    """`number_follows`, some tokens further."""
    r.at += ahead
    found = number_follows(r)
    r.at -= ahead
    return found


def _is_chapter(r: Reader, digits: str, chapter: str, *, comma: bool) -> bool:
    followed = number_follows(r)
    if comma:
        # Behind a comma a letter is the number of a paper, unless another number follows it.
        named = r.peek().low == "," and r.peek(1).low in NUMBER_WORDS
        if chapter in _LONG_ROMAN:
            return followed or has_chapters(digits)
        return has_chapters(digits) and (named or r.peek().low in NUMBER_WORDS)
    if chapter in _LONG_ROMAN or has_chapters(digits):
        return True
    return followed and (r.peek().low in NUMBER_WORDS or r.peek(1).low in NUMBER_WORDS)


def _read_rijkswet(r: Reader) -> str | None:
    mark = r.at
    opened = r.take("(", "[")
    if not opened:
        r.skip("-/,", 1)
    if r.peek().text in ("R", "r") and 3 <= len(r.digits(1)) <= 4:
        number = "R" + r.digits(1)
        r.at += 2
        if not opened or r.take(")", "]") or r.peek().low == ",":
            return number
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
