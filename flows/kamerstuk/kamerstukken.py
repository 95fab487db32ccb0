"""Kamerstukken: dossier, numbers and pages behind a head, behind another kamerstuk, or on their own.

In: a reader behind a head, or at a number or `nr.` without one. Out: the references that stand there, with the reader
behind the last; none, where the words are no reference after all.
"""

from __future__ import annotations

from dataclasses import replace

from flows.kamerstuk.context import is_quantity, may_be_cited, stands_alone
from flows.kamerstuk.dossiers import (
    HIGHEST,
    LOWEST,
    Dossier,
    number_follows,
    read_broken_dossier,
    read_dossier,
    read_roman_dossier,
)
from flows.kamerstuk.draft import Draft
from flows.kamerstuk.extras import read_extras
from flows.kamerstuk.head import Head
from flows.kamerstuk.nummers import Nummers, is_letter_number, read_nummers, take_number_word
from flows.kamerstuk.parts import ends_here, is_date, is_plain_number, is_year, read_years, starts_elsewhere
from flows.kamerstuk.tokens import Reader
from flows.model.reference import Kamer, Reference

_MOST_DOSSIERS = 8
_LAST_OLD_YEAR = "1974"
# Kinds of paper that look like the letter of a paper of the Eerste Kamer.
_KINDS = ("VV", "NV", "NR", "EV", "MO")
# Since then the Eerste Kamer numbers by letter only, and the Tweede Kamer not any more (advice of the Raad van State was A or B).
_LETTERS_SINCE = "2003"
_LETTERS_SINCE_DOSSIER = "29400"


def read_with_head(r: Reader, head: Head, start: int) -> list[Reference]:
    """The kamerstukken behind a head that began at token `start`."""
    draft = head.draft
    inverted = _read_inverted(r, draft)
    if not inverted:
        _read_paper(r, draft, cued=not head.dossier_word or head.paper, paper=head.paper)
    if not _is_credible(r, head):
        return []
    return [_finish(r, draft, start), *_read_following(r, draft)]


def read_bare(r: Reader) -> list[Reference]:
    """A dossier with a number, without any word that announces it: `29 628, nr. 77`, `35 570, C`, `35 099 (R2114)`."""
    start = r.at
    if not may_be_cited(r):
        return []
    alone = stands_alone(r)
    draft = Draft()
    _read_paper(r, draft, cued=False, paper=alone)
    dossier = draft.dossier
    if dossier is None or not LOWEST <= int(dossier.digits) <= HIGHEST:
        return []
    chapter = dossier.suffix is not None and not dossier.suffix.isdigit() and len(dossier.suffix) > 1
    if not (
        draft.nummers or dossier.rijkswet or chapter or "nummer-onleesbaar" in draft.flags
    ) or is_quantity(r):
        r.tried = r.at
        return []
    return [_finish(r, draft, start), *_read_following(r, draft)]


def read_number_first(r: Reader) -> list[Reference]:
    """The inverted form without a word that announces it: `nr. 266 (32824)`."""
    start = r.at
    draft = Draft()
    if not may_be_cited(r) or not _read_inverted(r, draft) or draft.dossier is None:
        return []
    if not LOWEST <= int(draft.dossier.digits) <= HIGHEST:
        return []
    return [_finish(r, draft, start), *_read_following(r, draft)]


def _finish(r: Reader, draft: Draft, start: int) -> Reference:
    flags = draft.flags
    if draft.chamber is None and "kamer-tegenstrijdig" not in flags:
        flags.append("zonder-kamer")
    if not draft.years and "vergaderjaar-ongeldig" not in flags:
        flags.append("zonder-vergaderjaar")
    if draft.dossier is None and "dossier-onleesbaar" not in flags:
        flags.append("zonder-dossier")
    if not draft.nummers and "nummer-onleesbaar" not in flags:
        flags.append("zonder-nummer")
    since = (
        draft.years[0] >= _LETTERS_SINCE
        if draft.years
        else bool(draft.dossier and draft.dossier.digits >= _LETTERS_SINCE_DOSSIER)
    )
    if since and draft.chamber is Kamer.TWEEDE and any(number.isalpha() for number in draft.nummers):
        flags.append("letter-in-tweede-kamer")
    if (
        since
        and draft.chamber is Kamer.EERSTE
        and draft.years
        and any(number.isdigit() for number in draft.nummers)
    ):
        flags.append("cijfer-in-eerste-kamer")
    return draft.finish(r, start)


def _is_credible(r: Reader, head: Head) -> bool:
    """Whether what was found is a reference: the weaker the words that announce it, the more must follow."""
    draft = head.draft
    numbered = bool(draft.nummers) or "nummer-onleesbaar" in draft.flags
    dated = bool(draft.years) or "vergaderjaar-ongeldig" in draft.flags
    if draft.dossier is None:
        broken = "dossier-onleesbaar" in draft.flags
        placed = bool(draft.years) or (head.paper and (dated or draft.chamber is not None))
        return (
            placed
            and (numbered or broken)
            and (head.paper or draft.chamber is not None)
            or (head.paper and broken and numbered)
        )
    if is_quantity(r) and not numbered:
        return False
    if head.paper or numbered or draft.dossier.suffix or draft.dossier.rijkswet:
        return True
    if dated:
        return draft.chamber is not None or ends_here(r)
    return (head.abbreviated or head.dossier_word) and not r.peek().text.islower()


def _read_paper(r: Reader, draft: Draft, *, cued: bool, paper: bool) -> None:
    """Dossiers, numbers, kind of paper and pages; what is not there stays empty."""
    mark = r.at
    r.skip(",:(-/;|", 2)
    _take_dossier_word(r)
    numbered = take_number_word(r)
    if not _read_dossiers(r, draft, paper=paper and cued):
        if numbered:
            r.at = mark
            r.skip(",:(-/;|", 2)
        if cued and _read_broken(r, draft, numbered=numbered):
            pass
        elif numbered:
            r.at = mark
        else:
            r.at = mark
            if not cued:
                return
    _read_rest(r, draft, cued=cued, paper=paper)


def _take_dossier_word(r: Reader) -> None:
    if r.take(
        "dossier",
        "dossiernr",
        "dossiernummer",
        "wetsvoorstel",
        "wetsvoorstellen",
        "kamerstuknummer",
        "kamerstuknr",
    ):
        r.skip(".:(", 1)


def _read_broken(r: Reader, draft: Draft, *, numbered: bool) -> bool:
    mark = r.at
    if numbered or is_year(r.digits()) or (is_date(r)):
        return False
    if read_broken_dossier(r):
        draft.flags.append("dossier-onleesbaar")
        return True
    r.at = mark
    return False


def _read_dossiers(r: Reader, draft: Draft, *, paper: bool) -> bool:
    """The dossier, and those that share the paper: `26 727 en 26 728`, `35526 25295`."""
    old = (
        (paper or bool(draft.years))
        and (not draft.years or draft.years[0] <= _LAST_OLD_YEAR)
        and not is_date(r)
    )
    old = old and not (is_year(r.digits()) and not draft.years)
    first = read_dossier(r, old=old) or (read_roman_dossier(r) if draft.chamber is Kamer.EERSTE else None)
    if first is None:
        return False
    draft.dossier = first
    while len(draft.co_dossiers) < _MOST_DOSSIERS:
        mark = r.at
        r.take(",")
        r.take("en", "&", "/", "-", "alsmede", "resp")
        other = read_dossier(r) if starts_elsewhere(r) else None
        if (
            other is None
            or is_quantity(r)
            or (r.peek(-1).low != r.peek(-2).low and _is_own_paper(r, mark, draft))
        ):
            r.at = mark
            break
        draft.co_dossiers.append(other)
    return True


def _is_own_paper(r: Reader, mark: int, draft: Draft) -> bool:
    """Whether a bare number behind a comma would be taken for a dossier on no more than its shape."""
    return (
        not draft.years
        and draft.chamber is None
        and r.tokens[mark].low == ","
        and not number_follows(r)
        and not starts_elsewhere_next(r)
    )


def starts_elsewhere_next(r: Reader) -> bool:
    """Whether one more dossier follows behind a comma or `en`."""
    mark = r.at
    r.take(",")
    r.take("en", "&", "/")
    found = starts_elsewhere(r)
    r.at = mark
    return found


def _read_rest(r: Reader, draft: Draft, *, cued: bool, paper: bool) -> None:
    read_extras(r, draft)
    numbers = _read_numbers(r, draft, cued=cued, paper=paper)
    if numbers:
        draft.add_nummers(numbers)
    read_extras(r, draft)


def _read_numbers(r: Reader, draft: Draft, *, cued: bool, paper: bool) -> Nummers | None:
    mark = r.at
    r.skip(",;:/-(.", 2)
    if r.at > mark and r.peek(-1).low == "." and (r.at == mark + 1 and r.peek().text[:1].isupper()):
        r.at = mark
    if take_number_word(r):
        numbers = read_nummers(r)
        if numbers:
            return numbers
    r.at = mark
    numbers = _read_unnamed(r, draft, cued=cued, paper=paper)
    if numbers is None:
        r.at = mark
    return numbers


def _read_unnamed(r: Reader, draft: Draft, *, cued: bool, paper: bool) -> Nummers | None:
    """Numbers without a word for it: `31 322-255`, `35 570, C`, `30 300, 90`."""
    if draft.dossier is None:
        return None
    comma = r.take(",")
    joined = not comma and r.take("-", "/")
    word = r.letters()
    if is_letter_number(word) and not (draft.chamber is Kamer.TWEEDE and word in _KINDS) and not r.glued(1):
        if (cued or paper) or ((comma or draft.dossier.suffix) and _ends_a_cell(r)):
            return read_nummers(r)
        return None
    if is_letter_number(word) and r.glued(1) and r.peek(1).low in ",.;:)-\u2026\"'!?":
        initials = r.peek(1).low == "." and r.letters(2) and (not cued or r.glued(2))
        if not initials and (cued or paper or ((comma or draft.dossier.suffix) and _ends_a_cell(r))):
            return read_nummers(r)
        return None
    if not comma and not joined and cued and r.take("("):
        numbers = read_nummers(r)
        return numbers if numbers and r.take(")") else None
    digits = r.digits()
    if not digits or len(digits) > 4 or starts_elsewhere(r):
        return None
    if (
        joined
        and (cued or paper or draft.dossier.suffix)
        and not is_date(r)
        and (r.peek(1).low != "-" or not r.glued(1))
    ):
        return read_nummers(r)
    if (
        comma
        and (cued or paper)
        and not is_year(digits)
        and is_plain_number(r)
        and not (r.peek(1).low == "." and r.glued(2))
    ):
        return read_nummers(r, letters=False)
    return None


def _ends_a_cell(r: Reader) -> bool:
    """Whether a single letter is the last of its phrase, or one of a list of letters: it must not begin a name or a sentence."""
    after = r.peek(1)
    if after.low == ".":
        return not r.letters(2) and not r.digits(2)
    return after.low in ("", ",", ";", ":", ")", "]", "\u00b6", "-") or (
        after.low == "en" and is_letter_number(r.letters(2))
    )


def _read_inverted(r: Reader, draft: Draft) -> bool:
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


def _read_following(r: Reader, first: Draft) -> list[Reference]:
    """The references behind the first that share its chamber, year or dossier: `; 29 544, nr. 457`, `, en nr. 6`."""
    found: list[Reference] = []
    previous = first
    while True:
        mark = r.at
        following = _read_one_following(r, previous)
        if following is None:
            r.at = mark
            return found
        draft, start = following
        found.append(_finish(r, draft, start))
        previous = draft


def _read_one_following(r: Reader, previous: Draft) -> tuple[Draft, int] | None:
    if not r.skip(",;", 1) + r.take("en", "&", "alsmede"):
        return None
    r.take("en", "resp", "alsmede")
    start = r.at
    draft = Draft(chamber=previous.chamber, years=previous.years)
    draft.flags = [
        flag for flag in previous.flags if flag in ("kamer-tegenstrijdig", "vergaderjaar-ongeldig")
    ]
    if previous.dossier and (previous.nummers or previous.pages) and take_number_word(r):
        numbers = read_nummers(r)
        if numbers is None or starts_elsewhere(r):
            return None
        draft.dossier, draft.co_dossiers = replace(previous.dossier), list(previous.co_dossiers)
        draft.add_nummers(numbers)
        read_extras(r, draft)
        return draft, start
    chamber = {"I": Kamer.EERSTE, "II": Kamer.TWEEDE}.get(r.peek().text)
    if chamber and is_year(r.digits(1)):
        draft.chamber, r.at = chamber, r.at + 1
    years = read_years(r)
    if years:
        draft.years, draft.flags = (), []
        draft.add_years(years)
        r.take(",")
    if not starts_elsewhere(r):
        return None
    cued = previous.chamber is not None or bool(previous.years)
    _read_paper(r, draft, cued=cued, paper=False)
    if not _is_numbered(draft.dossier) and not draft.nummers and "nummer-onleesbaar" not in draft.flags:
        return None
    return (draft, start) if draft.dossier else None


def _is_numbered(dossier: Dossier | None) -> bool:
    return dossier is not None and (dossier.suffix is not None or dossier.rijkswet is not None)
