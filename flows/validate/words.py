"""The words that rules look for in a text: expectations/woorden.yaml as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable

_GAP = "…"
_FEW_WORDS = r"(?:[\s,]+[^\s.;:?!]+){0,8}?[\s,]+"


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the phrases as whole words, in any case; `…` stands for at most eight words of the same sentence."""
    return re.compile("|".join(rf"(?<!\w){_phrase(one)}(?!\w)" for one in phrases), re.IGNORECASE)


def _phrase(text: str) -> str:
    parts = (r"\s+".join(map(re.escape, part.split())) for part in text.split(_GAP))
    return _FEW_WORDS.join(parts)
