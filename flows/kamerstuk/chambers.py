"""The chamber in a head: `II` behind a word for the paper, `TK`, `Tweede Kamer der Staten-Generaal`.

In: a reader at the chamber, and the head. Out: whether it was one, with the reader behind it and the chamber
in the head.
"""

from __future__ import annotations

from flows.kamerstuk.head import PAPER_WORDS, Head
from flows.kamerstuk.parts import read_years
from flows.kamerstuk.tokens import Reader
from flows.model.reference import Kamer

ORDINALS = {"eerste": Kamer.EERSTE, "tweede": Kamer.TWEEDE}
ABBREVIATIONS = {"TK": Kamer.TWEEDE, "EK": Kamer.EERSTE, "VV": Kamer.VERENIGDE}
_IN_WORDS = ORDINALS.keys() | {"verenigde"}
_NUMERALS = {"I": Kamer.EERSTE, "II": Kamer.TWEEDE, "VV": Kamer.VERENIGDE}
_DIGITS = {"1": Kamer.EERSTE, "2": Kamer.TWEEDE}


def read_numeral(r: Reader, head: Head) -> bool:
    """The chamber as a numeral, behind a word that calls for one: `Kamerstukken II`, `Handelingen-I`."""
    mark = r.at
    r.skip(",-/(", 1)
    if r.digits() and head.paper and _vergaderjaar_follows(r):
        # `11` is how a scanner reads II; it is not repaired.
        if chamber := _DIGITS.get(r.digits()):
            head.draft.add_chamber(chamber)
        else:
            head.draft.flags.append("kamer-onleesbaar")
        r.at += 1
        return True
    chamber = _NUMERALS.get(r.peek().text)
    if chamber is None or (r.peek(-1).low == "," and r.peek(1).low not in ("", ",") and not r.digits(1)):
        r.at = mark
        return False
    opened = r.peek(-1).low == "("
    r.at += 1
    other = _NUMERALS.get(r.peek(1).text) if r.peek().low in ("/", "en", "&", "+") else None
    if other:
        r.at += 2
        head.draft.add_chamber(other)
    head.draft.add_chamber(chamber)
    if opened:
        r.take(")")
    return True


def _vergaderjaar_follows(r: Reader) -> bool:
    """Whether the small number here stands between the word for the paper and a vergaderjaar."""
    mark = r.at
    r.at += 1
    r.take(",")
    found = len(r.digits(-1)) <= 2 and len(r.digits()) == 4 and read_years(r) is not None
    r.at = mark
    return found


def read_chamber(r: Reader, head: Head) -> bool:
    """The chamber in words or abbreviated, where it is no word of the sentence."""
    token = r.peek()
    if token.text == "VV" and not head.paper:
        return False
    chamber = take_chamber(r)
    if chamber is None:
        return False
    head.abbreviated = head.abbreviated or token.low not in _IN_WORDS
    if not head.is_cued and not head.draft.years and token.low in ORDINALS and _is_prose(r):
        r.at -= 2
        return False
    head.draft.add_chamber(chamber)
    mark = r.at
    if not r.take_words("van", "de"):
        r.take("der")
    if not read_staten_generaal(r, head):
        r.at = mark
    return True


def take_chamber(r: Reader) -> Kamer | None:
    """The chamber, whatever stands around it: `TK`, `T.K.`, `Tweede Kamer`."""
    text = r.peek().text
    if text in ("T", "E") and r.peek(1).low == "." and r.peek(2).text == "K" and r.peek(3).low == ".":
        r.at += 4
        return ABBREVIATIONS[text + "K"]
    if text in ABBREVIATIONS:
        r.at += 1
        r.take(".")
        return ABBREVIATIONS[text]
    if r.take_words("verenigde", "vergadering"):
        return Kamer.VERENIGDE
    chamber = ORDINALS.get(r.peek().low)
    dashed = r.peek(1).low == "-"
    if chamber is None or r.peek(2 if dashed else 1).low not in ("kamer", "kamerstuk", "kamerstukken"):
        return None
    # `Tweede Kamerstuk`: the word for the paper stays for its own rule.
    r.at += 2 if dashed else 1
    r.take("kamer")
    return chamber


def read_staten_generaal(r: Reader, head: Head) -> bool:
    """The words `Staten-Generaal` behind the chamber or before its numeral."""
    if not head.is_cued or not (r.take_words("staten", "-", "generaal") or r.take_words("staten", "generaal")):
        return False
    if head.is_record or head.paper:
        read_numeral(r, head)
    return True


def _is_prose(r: Reader) -> bool:
    """Whether `Tweede Kamer` is a word of the sentence: `in de Tweede Kamer, Kamerstukken II 2012/13`."""
    named = r.peek().low in PAPER_WORDS or (r.peek().low == "," and r.peek(1).low in PAPER_WORDS)
    return named and r.peek(-3).low in ("de", "der") and r.peek(-1).low == "kamer"
