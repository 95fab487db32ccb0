"""What stands before a dossier or number and says what it is: the word for the paper, the chamber and the vergaderjaar.

In: a reader at a cue (`Kamerstukken`, `TK`, `Tweede Kamer`, `Handelingen`, `vergaderjaar`, a bare `2012-2013`). Out: a
`Head`, the parts in any order and said twice if need be (`Tweede Kamer, vergaderjaar 2012-2013, Kamerstukken II`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flows.kamerstuk.draft import Draft
from flows.kamerstuk.parts import YEAR_WORDS, is_year, read_date, read_years, starts_elsewhere
from flows.kamerstuk.tokens import Reader
from flows.model.reference import Kamer, Soort

_PAPER_WORDS = frozenset(
    """
    kamerstuk kamerstukken kamerstukkennr kamerstukkennummer kamerstuknr kamerstuknrs kamerstuknummer kamerstuknummers
    kamerst kst kamerstukdossier kamerstukdossiernummer kamerdossier kamerstukkendossier
    """.split()
)
_GLUED_PAPER_WORDS = {
    "kamerstukkenii": Kamer.TWEEDE, "kamerstukii": Kamer.TWEEDE, "kamerstukkeni": Kamer.EERSTE, "kamerstuki": Kamer.EERSTE,
}  # fmt: skip
_DOSSIER_WORDS = frozenset(
    """
    wetsvoorstel wetsvoorstellen initiatiefwetsvoorstel wetsvoorstelnummer wetsvoorstelnr dossier dossiernummer dossiernr
    dossiers dossiernummers
    """.split()
)
_RECORD_WORDS = {"handelingen": None, "hand": None, "htk": Kamer.TWEEDE, "hek": Kamer.EERSTE}
_ANNEX_WORDS = frozenset({"aanhangsel", "aanh"})
_ORDINALS = {"eerste": Kamer.EERSTE, "tweede": Kamer.TWEEDE}
_ABBREVIATIONS = {"TK": Kamer.TWEEDE, "EK": Kamer.EERSTE, "VV": Kamer.VERENIGDE}
_NUMERALS = {"I": Kamer.EERSTE, "II": Kamer.TWEEDE, "VV": Kamer.VERENIGDE}
_MOST_PARTS = 12


@dataclass(slots=True)
class Head:
    """The draft so far, and how strongly the words announce a reference.

    `paper` a word that is used for nothing else (`Kamerstukken`); `dossier_word` one that must have a dossier right behind
    it; `abbreviated` TK or EK; with none of these only a vergaderjaar or a chamber in words was found.
    """

    draft: Draft = field(default_factory=Draft)
    paper: bool = False
    dossier_word: bool = False
    abbreviated: bool = False
    dated: bool = False


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
        firm = head.paper or head.draft.kind is not Soort.KAMERSTUK
        low = r.peek().low
        rules = _NUMBER_RULES if low[:1].isdigit() else _RULES.get(low, ())
        found = any(rule(r, head) for rule in rules)
        # `de Tweede Kamer (Kamerstuk 32 824, nr. 7)`: the bracket holds the reference, the words before it do not belong.
        if found and len(opened) > before and not firm and r.peek().low != ")":
            r.at = mark
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


def _paper_word(r: Reader, head: Head) -> bool:
    if head.draft.kind is not Soort.KAMERSTUK:
        return False
    if r.take(*_PAPER_WORDS):
        if r.peek(-1).low == "kst" and r.peek().low == "-" and r.glued():
            r.at -= 1
            return False
        head.paper = True
        r.take(".")
        _numeral(r, head)
        return True
    if r.peek().low in _GLUED_PAPER_WORDS:
        head.paper = True
        head.draft.add_chamber(_GLUED_PAPER_WORDS[r.peek().low])
        r.at += 1
        return True
    return False


def _numeral(r: Reader, head: Head) -> bool:
    """The chamber as a numeral, behind a word that calls for one: `Kamerstukken II`, `Handelingen-I`, `Kamerstukken (II)`."""
    mark = r.at
    r.skip(",-/(", 1)
    chamber = _NUMERALS.get(r.peek().text)
    if chamber is None or (r.peek(-1).low == "," and r.peek(1).low not in ("", ",") and not r.digits(1)):
        r.at = mark
        return False
    opened = r.peek(-1).low == "("
    r.at += 1
    other = _NUMERALS.get(r.peek(1).text) if r.peek().low in ("/", "en") else None
    if other:
        r.at += 2
        head.draft.add_chamber(other)
    head.draft.add_chamber(chamber)
    if opened:
        r.take(")")
    return True


def _bijlagen_word(r: Reader, head: Head) -> bool:
    """`Bijlage bij` (an annex) or `Bijlagen Handelingen` (what the papers were called before)."""
    if head.paper or not r.take("bijlage", "bijlagen", "bijl"):
        return False
    mark = r.at
    r.take(".")
    if not r.take_words("van", "de"):
        r.take("der", "bij", "tot")
        r.take("de")
    if r.take("handelingen", "hand", "h"):
        r.take(".")
        head.paper = True
        _numeral(r, head)
        return True
    r.at = mark
    number = r.digits() or (r.letters() if r.letters().isupper() and len(r.letters()) <= 4 else "")
    if number:
        r.at += 1
    if r.take("bij") and (
        r.peek().low in _PAPER_WORDS
        or r.peek().text in _ABBREVIATIONS
        or r.peek().low in ("aanhangsel", "tweede", "eerste")
    ):
        head.draft.bijlage = True
        head.draft.bijlagenummer = number or None
        return True
    r.at = mark - 1
    return False


def _dossier_word(r: Reader, head: Head) -> bool:
    if not r.take(*_DOSSIER_WORDS):
        return False
    head.dossier_word = True
    return True


def _chamber(r: Reader, head: Head) -> bool:
    token = r.peek()
    chamber = _ABBREVIATIONS.get(token.text)
    if chamber and (token.text != "VV" or head.paper):
        r.at += 1
        r.skip(".", 1)
        head.abbreviated = True
    elif token.text in ("T", "E") and r.peek(1).low == "." and r.peek(2).text == "K" and r.peek(3).low == ".":
        chamber = _ABBREVIATIONS[token.text + "K"]
        r.at += 4
        head.abbreviated = True
    elif token.low in _ORDINALS and r.peek(1).low in ("kamer", "kamerstuk", "kamerstukken"):
        chamber = _ORDINALS[token.low]
        r.at += 1
        r.take("kamer")
    elif token.low in _ORDINALS and r.peek(1).low == "-" and r.peek(2).low == "kamer":
        chamber = _ORDINALS[token.low]
        r.at += 3
    elif r.take_words("verenigde", "vergadering"):
        chamber = Kamer.VERENIGDE
    else:
        return False
    if chamber is None:
        return False
    if not _cued(head) and not head.draft.years and token.low in _ORDINALS and _is_prose(r):
        r.at -= 2
        return False
    head.draft.add_chamber(chamber)
    mark = r.at
    if not r.take_words("van", "de"):
        r.take("der")
    if not _staten_generaal(r, head):
        r.at = mark
    return True


def _staten_generaal(r: Reader, head: Head) -> bool:
    if not _cued(head) or not r.take_words("staten", "-", "generaal"):
        return False
    if head.draft.kind is not Soort.KAMERSTUK or head.paper:
        _numeral(r, head)
    return True


def _is_prose(r: Reader) -> bool:
    """Whether `Tweede Kamer` is a word of the sentence: `in de Tweede Kamer, Kamerstukken II 2012/13`."""
    named = r.peek().low in _PAPER_WORDS or (r.peek().low == "," and r.peek(1).low in _PAPER_WORDS)
    return named and r.peek(-3).low in ("de", "der") and r.peek(-1).low == "kamer"


def _vergaderjaar(r: Reader, head: Head) -> bool:
    years = read_years(r)
    if (
        years is None
        and is_year(r.digits())
        and r.peek(1).low in (",", ")")
        and _cued(head)
        and not head.draft.years
    ):
        r.at += 2 if r.peek(1).low == "," else 1
        if not (starts_elsewhere(r) or r.peek().low in ("nr", "nrs", "aanhangsel", ")")):
            r.at -= 2
            return False
        r.at -= 1 if r.peek(-1).low == "," else 0
        head.draft.flags.append("vergaderjaar-ongeldig")
        return True
    if years is None:
        return False
    head.draft.add_years(years)
    return True


def _cued(head: Head) -> bool:
    return (
        head.paper
        or head.abbreviated
        or head.draft.chamber is not None
        or head.draft.kind is not Soort.KAMERSTUK
    )


def _records(r: Reader, head: Head) -> bool:
    word = r.peek()
    if word.low not in _RECORD_WORDS:
        return False
    r.at += 1
    r.take(".")
    if head.draft.kind is Soort.KAMERSTUK:
        head.draft.kind = Soort.HANDELINGEN
    chamber = _RECORD_WORDS[word.low]
    if chamber:
        head.draft.add_chamber(chamber)
    _numeral(r, head)
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
    _numeral(r, head)
    return True


def _date(r: Reader, head: Head) -> bool:
    if not _cued(head) or read_date(r) is None:
        return False
    head.dated = True
    return True


Rule = Callable[[Reader, Head], bool]
_NUMBER_RULES: tuple[Rule, ...] = (_vergaderjaar, _date)
_RULES: dict[str, tuple[Rule, ...]] = {
    **dict.fromkeys(_PAPER_WORDS | _GLUED_PAPER_WORDS.keys(), (_paper_word,)),
    **dict.fromkeys(_DOSSIER_WORDS, (_dossier_word,)),
    **dict.fromkeys(_RECORD_WORDS, (_records,)),
    **dict.fromkeys((*_ANNEX_WORDS, "kamervragen"), (_annex,)),
    **dict.fromkeys(("bijlage", "bijlagen", "bijl"), (_bijlagen_word,)),
    **dict.fromkeys((*_ORDINALS, "tk", "ek", "vv", "t", "e", "verenigde"), (_chamber,)),
    **dict.fromkeys((*YEAR_WORDS, "'"), (_vergaderjaar,)),
    **dict.fromkeys(("d", "dd", "van", "op", "de"), (_date,)),
    "staten": (_staten_generaal,),
}
# The words at which a reference can begin.
CUES = _RULES.keys() - {"d", "dd", "van", "op", "de", "vv", "staten", "'"}
