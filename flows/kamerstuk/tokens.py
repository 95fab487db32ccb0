"""Text cut into tokens, once, and a reader that walks over them.

In: any text. Out: `Reader`, which the rules of the grammar move forward and, where a rule does not fit, put
back. Every pattern here consumes what it looks at, so cutting takes time in proportion to the text.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

# White space separates tokens and so do zero-width spaces and soft hyphens; an empty line is a token, for no
# reference runs over the end of a paragraph.
_TOKEN = re.compile(r"\n(?:[^\S\n]*\n)+|[0-9]+|[^\W\d_]+|[^\s\u200b\u00ad\ufeff]")
_LETTERS = re.compile(r"[^\W\d_]")
_SAME = (
    {"\n": "\u00b6"} | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-") | {"\u2019": "'", "\u2018": "'"}
)
BREAK = "\u00b6"
# No rule looks further ahead or back than this.
_MARGIN = 40


def words(text: str) -> frozenset[str]:
    """The words of a text, for lists of words that are looked up."""
    return frozenset(text.split())


class Token(NamedTuple):
    """A run of digits, a run of letters, or one other character; `low` is the form to compare with.

    `digits` and `letters` hold the text of a run of that kind, else nothing. `firm`: there is one in every
    reference.
    """

    text: str
    low: str
    digits: str
    letters: str
    firm: bool


_NOTHING = Token("", "", "", "", firm=False)
# Digits, PM for what is still to come, a Roman dossier; a text without them is not even cut.
_FIRM = re.compile(r"[0-9]|[Pp]\s?\.?\s?[Mm]|[IVXLC]{2}")
_FIRM_WORDS = ("pm", "m")


def may_hold_a_reference(text: str) -> bool:
    """Whether there is anything in a text that every reference has."""
    return _FIRM.search(text) is not None


@lru_cache(maxsize=4096)
def _token(text: str) -> Token:
    """The token of a text; equal ones are one object, for texts have few different ones."""
    if text[0] in "0123456789":
        return Token(text, text, text, "", firm=True)
    if _LETTERS.match(text):
        low = text.lower()
        return Token(text, low, "", text, firm=low in _FIRM_WORDS or not set(text) - set("IVXLC"))
    return Token(text, _SAME.get(text[0], text), "", "", firm=False)


class Reader:
    """A place in a list of tokens. `take…` methods move past what they find, or leave the place as it was.

    `floor` is the first token that belongs to no reference yet. A rule that fails sets `tried` to the first
    token it has not ruled out as a beginning, so that none is read over and over.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(map(_token, _TOKEN.findall(text)))
        self.at = self.floor = self.tried = 0
        self.count = len(self.tokens)
        # Empty tokens behind the last stand for the end and, by negative index, for what precedes the first.
        self.tokens += [_NOTHING] * _MARGIN

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each token stands; most texts without a reference are never asked."""
        return [match.span() for match in _TOKEN.finditer(self.text)]

    def peek(self, ahead: int = 0) -> Token:
        """The token `ahead` places further (or back); an empty one outside the text."""
        return self.tokens[self.at + ahead]

    def place(self) -> int:
        """Where the token here starts in the text."""
        return self.spans[self.at][0] if self.at < self.count else len(self.text)

    def span_from(self, first: int) -> tuple[int, int]:
        """The span of the tokens from `first` up to here."""
        return self.spans[first][0], self.spans[self.at - 1][1]

    def digits(self, ahead: int = 0) -> str:
        """The digits that stand `ahead` places further, or nothing."""
        return self.tokens[self.at + ahead].digits

    def letters(self, ahead: int = 0) -> str:
        """The word that stands `ahead` places further, or nothing."""
        return self.tokens[self.at + ahead].letters

    def glued(self, ahead: int = 0) -> bool:
        """Whether the token `ahead` places further touches the one before it."""
        at = self.at + ahead
        return 0 < at < self.count and self.spans[at - 1][1] == self.spans[at][0]

    def take(self, *lows: str) -> bool:
        """Moves past one token that is any of `lows`."""
        if self.tokens[self.at].low in lows:
            self.at += 1
            return True
        return False

    def take_words(self, *lows: str) -> bool:
        """Moves past these tokens, in this order, or not at all."""
        at = self.at
        for low in lows:
            if self.tokens[at].low != low:
                return False
            at += 1
        self.at = at
        return True

    def skip(self, lows: str, most: int = 2) -> int:
        """Moves past at most `most` single characters out of `lows` and says how many there were."""
        start = at = self.at
        while at < start + most and self.tokens[at].text and self.tokens[at].low in lows:
            at += 1
        self.at = at
        return at - start
