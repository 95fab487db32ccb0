"""What stands before a dossier or number and says what it is: word for the paper, chamber, vergaderjaar.

In: a reader at a cue (`Kamerstukken`, `TK`, `Tweede Kamer`, `Handelingen`, `vergaderjaar`, a bare
`2012-2013`). Out: a `Head`, its parts in any order and said twice if need be (`Tweede Kamer, 2012-2013,
Kamerstukken II`).
"""

from __future__ import annotations

from collections.abc import Callable

from flows.kamerstuk.annexes import read_annex
from flows.kamerstuk.chambers import ORDINALS, read_chamber, read_numeral, read_staten_generaal
from flows.kamerstuk.head import PAPER_WORDS, Head
from flows.kamerstuk.parts import DATE_WORDS, YEAR_WORDS, is_year, read_date, read_years, starts_elsewhere
from flows.kamerstuk.tokens import Reader, words
from flows.model.reference import Kamer, Soort

_GLUED_PAPER_WORDS = {
    "kamerstukkenii": Kamer.TWEEDE, "kamerstukii": Kamer.TWEEDE,
    "kamerstukkeni": Kamer.EERSTE, "kamerstuki": Kamer.EERSTE,
}  # fmt: skip
_DOSSIER_WORDS = words("""
    wetsvoorstel wetsvoorstellen initiatiefwetsvoorstel wetsvoorstelnummer wetsvoorstelnr dossier
    dossiers dossiernummer dossiernummers dossiernr
    """)
_RECORD_WORDS = {"handelingen": None, "hand": None, "htk": Kamer.TWEEDE, "hek": Kamer.EERSTE}
_ANNEX_WORDS = frozenset({"aanhangsel", "aanh"})
_BEHIND_A_YEAR = ("nr", "nrs", "aanhangsel")
_MOST_PARTS = 12


def read_head(r: Reader) -> Head | None:
    """The head that begins here, or None with the reader where it was."""
    head = Head()
    start = r.at
    opened: list[bool] = []
    for _ in range(_MOST_PARTS):
        mark = r.at
        before = len(opened)
        if r.at > start:
            _skip_separators(r, opened)
        firm = head.paper or head.is_record
        outside = head.copy() if len(opened) > before else head
        low = r.peek().low
        rules = _NUMBER_RULES if low[:1].isdigit() else _RULES.get(low, ())
        found = any(rule(r, head) for rule in rules)
        # `de Tweede Kamer (Kamerstuk 32 824, nr. 7)`: the bracket holds the reference, the words before it do
        # not belong.
        if found and len(opened) > before and not firm and r.peek().low != ")":
            r.at = mark
            head = outside
            break
        if found and opened and r.take(")"):
            opened.pop()
        if not found:
            del opened[before:]
            r.at = mark
            break
    return head if r.at > start else None


def _skip_separators(r: Reader, opened: list[bool]) -> None:
    for _ in range(3):
        if r.take("("):
            opened.append(True)
        elif r.peek().low == ")" and opened:
            opened.pop()
            r.at += 1
        elif not r.take(",", ":", "-", "/", ";", "|"):
            break
    if r.take("van", "bij", "der", "uit", "tot"):
        r.take("de", "het")
        if r.take("verslag"):
            r.take("van", "der")
            r.take("de")


def _paper_word(r: Reader, head: Head) -> bool:
    if head.is_record:
        return False
    if r.take(*PAPER_WORDS):
        if r.peek(-1).low == "kst" and r.peek().low == "-" and r.glued():
            r.at -= 1
            return False
        head.paper = True
        r.take(".")
        read_numeral(r, head)
        return True
    if r.peek().low in _GLUED_PAPER_WORDS:
        head.paper = True
        head.draft.add_chamber(_GLUED_PAPER_WORDS[r.peek().low])
        r.at += 1
        return True
    return False


def _numeral(r: Reader, head: Head) -> bool:
    """The chamber behind the vergaderjaar: `Kamerstukken 2012/13 II`."""
    return bool(head.paper and head.draft.years and head.draft.chamber is None) and read_numeral(r, head)


def _dossier_word(r: Reader, head: Head) -> bool:
    if not (r.take(*_DOSSIER_WORDS) or r.take_words("voorstel", "van", "wet")):
        return False
    if r.peek(-1).low.endswith("nr"):
        r.take(".")
    head.dossier_word = True
    return True


def _vergaderjaar(r: Reader, head: Head) -> bool:
    years = read_years(r)
    if years is not None:
        head.draft.add_years(years)
        return True
    return _single_year(r, head)


def _single_year(r: Reader, head: Head) -> bool:
    """One year where a vergaderjaar should be: `Kamerstukken II 2013, 32 824, nr. 7`."""
    if not head.is_cued or head.draft.years or not is_year(r.digits()):
        return False
    r.at += 1
    end = r.at
    r.take(",")
    fits = starts_elsewhere(r) or r.peek().low in (*_BEHIND_A_YEAR, ")" if r.at == end else "")
    r.at = end if fits else end - 1
    if fits:
        head.draft.flags.append("vergaderjaar-ongeldig")
    return fits


def _records(r: Reader, head: Head) -> bool:
    word = r.peek()
    if word.low not in _RECORD_WORDS or (head.draft.bijlage and not head.is_record):
        return False
    r.at += 1
    r.take(".")
    if not head.is_record:
        head.draft.kind = Soort.HANDELINGEN
    chamber = _RECORD_WORDS[word.low]
    if chamber:
        head.draft.add_chamber(chamber)
    read_numeral(r, head)
    if r.take("ucv", "ocv"):
        head.draft.flags.append("commissievergadering")
    return True


def _annex(r: Reader, head: Head) -> bool:
    mark = r.at
    if r.take("kamervragen") and not (r.take("(") and r.peek().low in _ANNEX_WORDS):
        r.at = mark
        return False
    if not r.take(*_ANNEX_WORDS):
        return False
    r.take(".")
    head.draft.kind = Soort.AANHANGSEL
    read_numeral(r, head)
    return True


def _date(r: Reader, head: Head) -> bool:
    if not head.is_cued or read_date(r) is None:
        return False
    head.dated = True
    return True


Rule = Callable[[Reader, Head], bool]
_NUMBER_RULES: tuple[Rule, ...] = (_vergaderjaar, _date)
_RULES: dict[str, tuple[Rule, ...]] = {
    **dict.fromkeys(PAPER_WORDS | _GLUED_PAPER_WORDS.keys(), (_paper_word,)),
    **dict.fromkeys((*_DOSSIER_WORDS, "voorstel"), (_dossier_word,)),
    **dict.fromkeys(_RECORD_WORDS, (_records,)),
    **dict.fromkeys((*_ANNEX_WORDS, "kamervragen"), (_annex,)),
    **dict.fromkeys(("bijlage", "bijlagen", "bijl"), (read_annex,)),
    **dict.fromkeys((*ORDINALS, "tk", "ek", "vv", "t", "e", "verenigde"), (read_chamber,)),
    **dict.fromkeys((*YEAR_WORDS, "'"), (_vergaderjaar,)),
    **dict.fromkeys(DATE_WORDS, (_date,)),
    "staten": (read_staten_generaal,),
    **dict.fromkeys(("i", "ii"), (_numeral,)),
}
# The words at which a reference can begin.
CUES = _RULES.keys() - DATE_WORDS - {"vv", "staten", "i", "ii", "'"}
