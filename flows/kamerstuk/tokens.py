"""Text cut into tokens, once, and a reader that walks over them.

In: any text. Out: `Reader`, which the rules of the grammar move forward and, where a rule does not fit, put back.
Every pattern here consumes what it looks at, so cutting takes time in proportion to the text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# White space separates tokens and so do zero-width spaces and soft hyphens; an empty line is a token, for no reference
# runs over the end of a paragraph.
_TOKEN = re.compile(r"\n(?:[^\S\n]*\n)+|[0-9]+|[^\W\d_]+|[^\s\u200b\u00ad\ufeff]")
_SAME = {"\n": "\u00b6"} | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-") | {"\u2019": "'", "\u2018": "'"}
BREAK = "\u00b6"


class Token(NamedTuple):
    """A run of digits, a run of letters, or one other character; `low` is the form to compare with."""

    start: int
    end: int
    text: str
    low: str


def tokenise(text: str) -> list[Token]:
    """The tokens of `text`, in order."""
    return [
        Token(match.start(), match.end(), raw := match.group(), _SAME.get(raw[0]) or raw.lower())
        for match in _TOKEN.finditer(text)
    ]


class Reader:
    """A place in a list of tokens. `take…` methods move past what they find, or leave the place as it was.

    `floor` is the first token that belongs to no reference yet.
    """

    __slots__ = ("_end", "at", "floor", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenise(text)
        self.at = self.floor = 0
        self._end = Token(len(text), len(text), "", "")

    def peek(self, ahead: int = 0) -> Token:
        """The token `ahead` places further (or back); an empty one outside the text."""
        at = self.at + ahead
        return self.tokens[at] if 0 <= at < len(self.tokens) else self._end

    def digits(self, ahead: int = 0) -> str:
        """The digits that stand `ahead` places further, or nothing."""
        text = self.peek(ahead).text
        return text if text.isdecimal() and text.isascii() else ""

    def letters(self, ahead: int = 0) -> str:
        """The word that stands `ahead` places further, or nothing."""
        text = self.peek(ahead).text
        return text if text.isalpha() else ""

    def glued(self, ahead: int = 0) -> bool:
        """Whether the token `ahead` places further touches the one before it."""
        token = self.peek(ahead)
        return token.text != "" and self.at + ahead > 0 and token.start == self.peek(ahead - 1).end

    def take(self, *lows: str) -> bool:
        """Moves past one token that is any of `lows`."""
        if self.peek().low in lows:
            self.at += 1
            return True
        return False

    def take_words(self, *lows: str) -> bool:
        """Moves past these tokens, in this order, or not at all."""
        if all(self.peek(ahead).low == low for ahead, low in enumerate(lows)):
            self.at += len(lows)
            return True
        return False

    def skip(self, lows: str, most: int = 2) -> int:
        """Moves past at most `most` single characters out of `lows` and says how many there were."""
        skipped = 0
        while skipped < most and self.peek().text and self.peek().low in lows:
            self.at += 1
            skipped += 1
        return skipped
