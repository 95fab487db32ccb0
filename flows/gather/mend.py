"""Mends letters that some program read in the wrong encoding: `casuĂŻstiek` was `casuïstiek`.

Only what can be nothing else is touched: a sequence that one sign of Dutch prose, written in UTF-8, becomes when it is read as
Windows-1252, Windows-1250 or Latin-1. No Dutch word holds any of those.
"""

from __future__ import annotations

import re
from functools import cache

_SIGNS = "áàâäãåæçéèêëíìîïñóòôöõøúùûüýÿßÁÀÄÅÇÉÈÊËÍÏÑÓÖØÚÜ€£§©®°±²³´·¹º¼½¾×÷«»‘’‚“”„†•…‰–—™≤≥ÂÃ\u00a0\u00ad\u2011"
_READ_AS = ("cp1252", "cp1250", "latin-1")
_LEADS = re.compile("[ÂÃĂâ]")
_TWICE = 2  # it may have gone wrong again on what had gone wrong


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {}
    for encoding in _READ_AS:
        for sign in _SIGNS:
            garbled = "".join(_decoded(byte, encoding) for byte in sign.encode())
            table[garbled] = sign
    longest = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), table


def _decoded(byte: int, encoding: str) -> str:
    return bytes([byte]).decode(encoding, "ignore") or chr(byte)  # what the encoding leaves open stays as it is


def mend(text: str) -> str:
    """`text` with such sequences put right; the same text where there are none."""
    if text.isascii() or not _LEADS.search(text):
        return text
    pattern, table = _table()

    def sign(found: re.Match[str]) -> str:
        meant, after = table[found[0]], text[found.end() : found.end() + 1]
        return found[0] if meant.islower() and after.isupper() else meant  # a word in capitals of another language

    for _ in range(_TWICE):
        mended = pattern.sub(sign, text)
        if mended == text:
            break
        text = mended
    return text
