"""Numbers of papers within a dossier: `nr. 7`, `nrs. 1–3`, `nr. 126 en 149; 190`, `nr. 11b en d`, `A t/m C`.

In: a reader before the word for number, or before the first number. Out: `Nummers`, ranges expanded, with the
reader behind them. Where a number cannot be read there are none and `unreadable` says so: nothing is
repaired.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.kamerstuk.chapters import NUMBER_WORDS
from flows.kamerstuk.pages import page_follows, take_page_word, take_range
from flows.kamerstuk.parts import is_plain_number, is_year, starts_elsewhere
from flows.kamerstuk.tokens import Reader

_LONGEST_RANGE, _MOST_ITEMS, _MOST_NUMBERS = 200, 60, 300
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_UNKNOWN = frozenset({"pm", "x", "xx", "xxx", "xxxx", "?", "\u2026", "_", "n", "nn", "nnb", "pmnr"})


_NUMBER_CUES = NUMBER_WORDS | {"onder", "stuk", "met", "#", "n"}


@dataclass(slots=True)
class Nummers:
    """The numbers found so far, the ranges among them, and whether something there is no number."""

    found: list[str] = field(default_factory=list)
    ranges: list[tuple[str, str]] = field(default_factory=list)
    unreadable: bool = False


def take_number_word(r: Reader) -> bool:
    """Moves past `nr.`, `nr's`, `stuk nr.`, `onder nummer`, `#`."""
    mark = r.at
    if r.peek().low not in _NUMBER_CUES:
        return False
    if r.peek(1).low in NUMBER_WORDS:
        r.take("onder", "stuk", "met")
    if r.take(*NUMBER_WORDS, "#"):
        if r.skip(".'", 2):
            r.take("s")
        r.take(":")
        return True
    if r.take_words("n", "\u00b0"):
        r.take(".")
        return True
    r.at = mark
    return False


def read_nummers(r: Reader, *, letters: bool = True) -> Nummers | None:
    """The list of numbers here, behind the word for number; None where none stands here."""
    numbers = Nummers()
    plural = r.peek(-1).low in ("nrs", "nos", "nummers") or r.peek(-2).low in ("nrs", "nos", "nummers")
    dots = r.take_words(".", ".")
    if dots or (r.peek().low in _UNKNOWN and (r.peek().low != "n" or r.peek(1).low == ".")):
        while r.peek().low in _UNKNOWN or (r.peek().low in (".", "_", "\u2026") and r.glued()):
            r.at += 1
        return Nummers(unreadable=True)
    if not _read_item(r, numbers, letters=letters):
        if r.digits() and len(r.digits()) > 4:
            r.at += 1
            return Nummers(unreadable=True)
        return None
    for _ in range(_MOST_ITEMS):
        mark = r.at
        comma = r.skip(",;/", 1)
        if r.take("en", "&", "+", "of", "alsmede", "respectievelijk", "resp"):
            r.take(".")
            r.take_words("/", "of")
            comma = 0
        named = take_number_word(r)
        if (
            r.at == mark
            or starts_elsewhere(r)
            or not (named or _may_go_on(r, numbers, plural=plural, comma=bool(comma)))
        ):
            r.at = mark
            break
        if not _read_item(r, numbers, letters=letters):
            r.at = mark
            break
    if len(numbers.found) > _MOST_NUMBERS:
        numbers.unreadable = True
    return Nummers(unreadable=True) if numbers.unreadable else numbers


def _may_go_on(r: Reader, numbers: Nummers, *, plural: bool, comma: bool) -> bool:
    """Whether what stands behind a comma or `en` is one more number of the list."""
    if r.digits():
        listed = r.peek(1).low in (",", "en", "&") and bool(r.digits(2))
        unlikely = comma and not plural and not listed and is_year(r.digits())
        return not unlikely and is_plain_number(r, words_may_follow=plural and not comma)
    word = r.letters()
    last = numbers.found[-1] if numbers.found else ""
    if len(word) == 1 and word.islower():
        return last[-1:].islower() and word > last[-1] and not r.digits(1) and word != "p"
    return bool(word) and last.isalpha() and not (r.peek(1).low == "." and r.letters(2)) and not page_follows(r)


def _read_item(r: Reader, numbers: Nummers, *, letters: bool) -> bool:
    first = _read_number(r, numbers.found, letters=letters)
    if first is None:
        return False
    mark = r.at
    if take_range(r) and not take_page_word(r) and not starts_elsewhere(r):
        dash = r.peek(-1).low == "-"
        take_number_word(r)
        last = _read_number(r, [first], letters=letters)
        if last is not None:
            expanded = _expand(first, last) if len(numbers.found) <= _MOST_NUMBERS else []
            if expanded:
                numbers.found += expanded
                numbers.ranges.append((first, last))
            else:
                numbers.unreadable = True
            return True
        if dash and r.digits():
            r.at += 1
            numbers.unreadable = True
            return True
    r.at = mark
    numbers.found.append(first)
    return True


def _read_number(r: Reader, before: list[str], *, letters: bool) -> str | None:
    """One number: `7`, `202a`, `H`, or the letter of the number before (`11b en d`)."""
    digits, word = r.digits(), r.letters()
    if 0 < len(digits) <= 4:
        letter = r.letters(1) if r.glued(1) else ""
        # `2020D29994` is a name of another kind.
        if letter and r.glued(2) and r.digits(2):
            return None
        lettered = len(letter) == 1 and letter.isascii()
        r.at += 2 if lettered else 1
        return digits + letter if lettered else digits
    if len(word) == 1 and word.islower() and before and before[-1][-1:].islower():
        r.at += 1
        return before[-1][:-1] + word
    if letters and is_letter_number(word) and not (r.glued(1) and r.digits(1)):
        r.at += 1
        return word
    return None


def is_letter_number(word: str) -> bool:
    """Whether a word can be the number of a paper of the Eerste Kamer: `A` to `ZZ`, the chambers apart."""
    return 0 < len(word) <= 2 and word not in ("TK", "EK") and all(letter in _LETTERS for letter in word)


def _expand(first: str, last: str) -> list[str]:
    """All numbers of a range; none where its ends do not make one."""
    if first.isdigit() and last.isdigit():
        low, high = int(first), int(last)
        return [str(number) for number in range(low, high + 1)] if 0 < high - low <= _LONGEST_RANGE else []
    if first[:-1] == last[:-1] and first[-1].islower() and last[-1].islower() and first[-1] < last[-1]:
        return [first[:-1] + chr(code) for code in range(ord(first[-1]), ord(last[-1]) + 1)]
    if first.isalpha() and last.isalpha() and first.isupper() and last.isupper():
        low, high = _ordinal(first), _ordinal(last)
        return [_letter(number) for number in range(low, high + 1)] if 0 < high - low <= _LONGEST_RANGE else []
    return []


def _ordinal(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + _LETTERS.index(letter) + 1
    return value


def _letter(ordinal: int) -> str:
    high, low = divmod(ordinal - 1, 26)
    return (_LETTERS[high - 1] if high else "") + _LETTERS[low]
