"""An annex: `Bijlage bij Kamerstukken II 2015/16, 34389, nr. 9`, `…, nr. 9, bijlage 2`.

In: a reader before the word for it, and the head or draft. Out: whether it was one, with the reader behind it
and the annex in the head or draft.
"""

from __future__ import annotations

from flows.kamerstuk.chambers import ABBREVIATIONS, ORDINALS, read_numeral
from flows.kamerstuk.chapters import NUMBER_WORDS
from flows.kamerstuk.draft import Draft
from flows.kamerstuk.head import PAPER_WORDS, Head
from flows.kamerstuk.tokens import Reader

_ANNEXED = PAPER_WORDS | ORDINALS.keys() | {"aanhangsel"}


def read_annex(r: Reader, head: Head) -> bool:
    """`Bijlage bij` (an annex) or `Bijlagen Handelingen` (what the papers were called before)."""
    start = r.at
    if head.paper or head.is_record or not r.take("bijlage", "bijlagen", "bijl"):
        return False
    r.take(".")
    mark = r.at
    if not r.take_words("van", "de"):
        r.take("der", "bij", "tot")
        r.take("de")
    if r.take("handelingen", "hand", "h"):
        r.take(".")
        head.paper = True
        read_numeral(r, head)
        return True
    r.at = mark
    name = _take_name(r)
    named = r.take("bij", "van")
    r.take("de", ":")
    if named and (r.peek().low in _ANNEXED or r.peek().text in ABBREVIATIONS):
        head.draft.bijlage = True
        head.draft.bijlagenummer = name or None
        return True
    r.at = start
    return False


def read_annex_behind(r: Reader, draft: Draft) -> bool:
    """`(bijlage IV)`, `, bijlage 2`, `(bijlage)`, `, bijlage bij nr. 9`."""
    mark = r.at
    opened = r.take("(")
    if not opened:
        r.take(",", "-")
    if r.take("bijlage", "bijl"):
        r.take(".")
        if not draft.nummers and r.take("bij") and r.peek().low in NUMBER_WORDS:
            draft.bijlage = True
            return True
        name = _take_name(r)
        if (not opened or r.take(")")) and (opened or name or r.peek().low in ("", ",", ";", ".", ")", "(")):
            draft.bijlage = True
            draft.bijlagenummer = name or draft.bijlagenummer
            return True
    r.at = mark
    return False


def _take_name(r: Reader) -> str:
    """The number of an annex, `2` or `IV`, or nothing."""
    name = r.digits() if len(r.digits()) <= 2 else ""
    if r.letters().isupper() and len(r.letters()) <= 4:
        name = r.letters()
    r.at += bool(name)
    return name
