"""A kamerstuk behind its head, or without one: dossiers, numbers of papers, pages and what may stand between.

In: a reader before the dossier, and a draft. Out: the parts in the draft with the reader behind them. What is
not there stays empty, what cannot be read leaves a flag; whether it amounts to a reference is for
`kamerstukken` to say.
"""

from __future__ import annotations

from flows.kamerstuk.chapters import number_follows
from flows.kamerstuk.context import is_quantity
from flows.kamerstuk.dossiers import read_broken_dossier, read_dossier, read_roman_dossier
from flows.kamerstuk.draft import Draft
from flows.kamerstuk.extras import read_extras
from flows.kamerstuk.nummers import Nummers, is_letter_number, read_nummers, take_number_word
from flows.kamerstuk.pages import page_follows
from flows.kamerstuk.parts import ends_here, is_date, is_plain_number, is_year, starts_elsewhere
from flows.kamerstuk.tokens import BREAK, Reader
from flows.model.reference import Kamer

_MOST_DOSSIERS = 8
_LAST_OLD_YEAR = "1974"
_DOSSIER_WORDS = (
    "dossier", "dossiernr", "dossiernummer", "wetsvoorstel", "wetsvoorstellen",
    "kamerstuknummer", "kamerstuknr",
)  # fmt: skip
# Kinds of paper that look like the letter of a paper of the Eerste Kamer.
_KINDS = ("VV", "NV", "NR", "EV", "MO")


def read_paper(r: Reader, draft: Draft, *, cued: bool, paper: bool) -> None:
    """Fills the draft. `cued`: a kamerstuk is announced; `paper`: by a word that is used for nothing else."""
    mark = r.at
    r.skip(",:(-/;|", 2)
    _take_dossier_word(r)
    numbered = take_number_word(r)
    if not _read_dossiers(r, draft, paper=paper and cued):
        if numbered or not cued or not _read_broken(r, draft):
            r.at = mark
        if not cued:
            return
    read_extras(r, draft)
    numbers = _read_numbers(r, draft, cued=cued or paper)
    if numbers:
        draft.add_nummers(numbers)
        read_extras(r, draft)


def read_inverted(r: Reader, draft: Draft) -> bool:
    """`nr. 266 (32824)`: the dossier in brackets behind the number."""
    mark = behind = r.at
    r.skip(",:-", 1)
    if take_number_word(r) and r.digits() and not starts_elsewhere(r):
        numbers = read_nummers(r, letters=False)
        behind = r.at
        r.take(",")
        if numbers and not numbers.unreadable and r.take("("):
            _take_dossier_word(r)
            dossier = read_dossier(r)
            if dossier and r.take(")"):
                draft.dossier = dossier
                draft.add_nummers(numbers)
                read_extras(r, draft)
                return True
    # What was read as a list of numbers holds no reference.
    r.tried = max(r.tried, behind)
    r.at = mark
    return False


def _take_dossier_word(r: Reader) -> None:
    if r.take(*_DOSSIER_WORDS):
        r.skip(".:(", 1)


def _read_broken(r: Reader, draft: Draft) -> bool:
    if is_year(r.digits()) or is_date(r) or not read_broken_dossier(r):
        return False
    draft.flags.append("dossier-onleesbaar")
    return True


def _read_dossiers(r: Reader, draft: Draft, *, paper: bool) -> bool:
    """The dossier, and those that share the paper: `26 727 en 26 728`, `35526 25295`."""
    old = (paper or bool(draft.years)) and (not draft.years or draft.years[0] <= _LAST_OLD_YEAR)
    old = old and not is_date(r) and not (is_year(r.digits()) and not draft.years)
    draft.dossier = read_dossier(r, old=old)
    if draft.dossier is None and draft.chamber is Kamer.EERSTE:
        draft.dossier = read_roman_dossier(r, dated=bool(draft.years))
    if draft.dossier is None:
        return False
    listed, last = None, r.at
    while len(draft.co_dossiers) < _MOST_DOSSIERS:
        mark = r.at
        comma = r.take(",")
        joined = r.take("en", "&", "+", "/", "-", "alsmede", "resp")
        other = read_dossier(r) if r.digits() else None
        if other is None and comma and old and len(r.digits()) == len(draft.dossier.digits) and not is_year(r.digits()):
            other = read_dossier(r, old=True)
        if other is None or is_quantity(r):
            r.at = mark
            break
        listed = (listed or (mark, len(draft.co_dossiers))) if comma and not joined else None
        draft.co_dossiers.append(other)
        last = mark
    # Without a head, numbers behind commas are dossiers only if the list ends in a number of a paper.
    if listed and not (draft.years or draft.chamber or number_follows(r) or (paper and ends_here(r))):
        r.tried = max(r.tried, last)
        r.at, count = listed
        del draft.co_dossiers[count:]
    # `e.a.`: and other dossiers, which are not named.
    r.take_words("e", ".", "a", ".")
    return True


def _read_numbers(r: Reader, draft: Draft, *, cued: bool) -> Nummers | None:
    mark = r.at
    separators = r.skip(",;:/-(.", 2)
    # A full stop in front of a word with a capital is the end of the sentence.
    if separators == 1 and r.peek(-1).low == "." and r.peek().text[:1].isupper():
        r.at = mark
        return None
    if take_number_word(r):
        numbers = read_nummers(r)
        if numbers:
            return numbers
    r.at = mark
    numbers = _read_unnamed(r, draft, cued=cued) if draft.dossier else None
    if numbers is None:
        r.at = mark
    return numbers


def _read_unnamed(r: Reader, draft: Draft, *, cued: bool) -> Nummers | None:
    """Numbers without a word for it: `31 322-255`, `35 570, C`, `30 300, 90`, `26 855 (250, 250a)`."""
    divided = draft.dossier is not None and draft.dossier.suffix is not None
    comma = r.take(",")
    joined = not comma and r.take("-", "/")
    if is_letter_number(r.letters()):
        kind = draft.chamber is Kamer.TWEEDE and r.letters() in _KINDS
        fits = _is_letter(r, cued=cued) and (cued or ((comma or divided) and _ends_a_phrase(r)))
        return read_nummers(r) if fits and not kind else None
    if not joined and cued and r.take("("):
        numbers = read_nummers(r)
        return numbers if numbers and r.take(")") else None
    digits = r.digits()
    if not digits or len(digits) > 4 or starts_elsewhere(r):
        return None
    if joined and (cued or divided) and not is_date(r) and not (r.peek(1).low == "-" and r.glued(1)):
        return read_nummers(r)
    if not comma and not joined and cued and not is_year(digits) and is_plain_number(r) and _is_last(r):
        return read_nummers(r, letters=False)
    if comma and cued and not is_year(digits) and is_plain_number(r) and not (r.peek(1).low == "." and r.glued(2)):
        return read_nummers(r, letters=False)
    return None


def _is_last(r: Reader) -> bool:
    """Whether a number here is the last of its phrase, pages apart."""
    if page_follows(r, 1):
        return True
    r.at += 1
    found = ends_here(r)
    r.at -= 1
    return found


def _is_letter(r: Reader, *, cued: bool) -> bool:
    """Whether a letter here stands by itself and is not an initial or part of a word."""
    if not r.glued(1):
        return True
    initial = r.peek(1).low == "." and bool(r.letters(2)) and (not cued or r.glued(2))
    return r.peek(1).low in ",.;:)/-\u2026\"'!?" and not initial


def _ends_a_phrase(r: Reader) -> bool:
    """Whether a letter is the last of its phrase or one of a list, and begins no name or sentence."""
    after = r.peek(1)
    if after.low == ".":
        return not r.letters(2) and not r.digits(2)
    listed = after.low == "en" and is_letter_number(r.letters(2))
    return listed or after.low in ("", ",", ";", ":", ")", "]", BREAK, "-")
