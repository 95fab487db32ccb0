"""Who moved a motie, as far as a text says: `de motie Van den Berg/Smit c.s.`. Text in, names out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import takewhile

_MOTIE = re.compile(r"\bmoties?(?:\s+|\s?-\s?)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=\w\w\w)[.!?:;]\s+(?=\w)")
_TOKEN = re.compile(r"\([^()]*\)|[\w’'.]+|\S")
_PARTICLES = frozenset(
    {"van", "de", "den", "der", "het", "ten", "ter", "te", "el", "al", "la", "le", "von", "’t", "'t"}
)
_BETWEEN = frozenset({"lid", "leden", "en", ",", "/", "&", "-", "–"}) | _PARTICLES
_AND_OTHERS = frozenset({"c.s.", "c.s", "cs.", "cs"})
_SUBJECT = frozenset({"over", "inzake", "d.d."})
_CLOSING = ".,;:()[] "


@dataclass(frozen=True, slots=True)
class Movers:
    """The movers as a text names them, and the words of their names to compare."""

    text: str
    names: frozenset[str]


def movers_before(text: str) -> Movers | None:
    """The movers of the motie with which a text ends, perhaps with its subject or day; None where it names none."""
    *_, sentence = _SENTENCE_END.split(text)
    *motie, rest = _MOTIE.split(sentence)
    named = list(takewhile(lambda token: _is_of_names(token[0]), _TOKEN.finditer(rest)))
    while named and named[-1][0].casefold() in _BETWEEN:
        named.pop()
    names = frozenset(word for token in named if token[0][0] != "(" for word in words_of(token[0]))
    if not (motie and names and _is_about_it(rest[named[-1].end() :].strip(_CLOSING))):
        return None
    last = named[-1][0].casefold()
    return Movers(rest[: named[-1].end()].rstrip("" if last in _AND_OTHERS else "."), names)


def _is_of_names(token: str) -> bool:
    """Whether a word is a name, stands between names, or is a party in brackets."""
    return token[0].isupper() or (token[0] == "(" and len(token) > 1) or token.casefold() in _BETWEEN | _AND_OTHERS


def _is_about_it(rest: str) -> bool:
    """Whether what stands behind the names says no more than the subject or the day of the motie."""
    first, *_ = rest.removeprefix("van ").split(" ", 1)
    return not rest or ((first in _SUBJECT or first.isdigit()) and not set(rest) & set(",;:()[]"))


def words_of(text: str) -> frozenset[str]:
    """The words of a text as they compare: without accents, case, initials and the particles of surnames."""
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return frozenset(re.findall(r"[^\W\d_]{2,}", "".join(letters).casefold())) - _BETWEEN - _AND_OTHERS
