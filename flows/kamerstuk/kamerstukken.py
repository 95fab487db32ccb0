"""Kamerstukken: which of what `papers` reads is a reference, what is odd about it, and what follows on it.

In: a reader behind a head, or at a number or `nr.` without one. Out: the references that stand there, with
the reader behind the last; none, where the words are no reference after all.
"""

from __future__ import annotations

from flows.kamerstuk.context import is_announced, is_quantity, may_be_cited, stands_alone
from flows.kamerstuk.dossiers import HIGHEST, LOWEST, Dossier
from flows.kamerstuk.draft import Draft
from flows.kamerstuk.extras import read_extras
from flows.kamerstuk.head import Head
from flows.kamerstuk.nummers import is_letter_number, read_nummers, take_number_word
from flows.kamerstuk.pages import page_follows
from flows.kamerstuk.papers import read_inverted, read_paper
from flows.kamerstuk.parts import ends_here, is_year, read_years, starts_elsewhere
from flows.kamerstuk.tokens import Reader
from flows.model.reference import Kamer, Reference

# Since then the Eerste Kamer numbers by letter only, and the Tweede Kamer no more (advice of the Raad van
# State was A).
_LETTERS_SINCE = "2003"
_LETTERS_SINCE_DOSSIER = "29400"
_CARRIED_FLAGS = ("kamer-tegenstrijdig", "vergaderjaar-ongeldig")


def read_with_head(r: Reader, head: Head, start: int) -> list[Reference]:
    """The kamerstukken behind a head that began at token `start`."""
    draft = head.draft
    if not read_inverted(r, draft):
        read_paper(r, draft, cued=not head.dossier_word or head.paper, paper=head.paper)
    if not _is_credible(r, head):
        return []
    return [_finish(r, draft, start), *_read_following(r, draft)]


def read_bare(r: Reader) -> list[Reference]:
    """A dossier with a number and no head: `29 628, nr. 77`, `35 570, C`, `35 099 (R2114)`."""
    start = r.at
    if not may_be_cited(r):
        return []
    draft = Draft()
    read_paper(r, draft, cued=False, paper=stands_alone(r) or is_announced(r))
    dossier = draft.dossier
    if dossier is None or not _is_recent(dossier):
        return []
    chapter = dossier.suffix is not None and not dossier.suffix.isdigit() and len(dossier.suffix) > 1
    if not (_is_numbered(draft) or dossier.rijkswet or chapter) or is_quantity(r):
        r.tried = max(r.tried, r.at)
        return []
    return [_finish(r, draft, start), *_read_following(r, draft)]


def read_number_first(r: Reader) -> list[Reference]:
    """The inverted form without a word that announces it: `nr. 266 (32824)`."""
    start = r.at
    draft = Draft()
    if not may_be_cited(r) or not read_inverted(r, draft) or draft.dossier is None or not _is_recent(draft.dossier):
        return []
    return [_finish(r, draft, start), *_read_following(r, draft)]


def _is_recent(dossier: Dossier) -> bool:
    """Whether a dossier can be one of the last fifty years; without a head no others are taken for one."""
    return LOWEST <= int(dossier.digits) <= HIGHEST


def _is_numbered(draft: Draft) -> bool:
    return bool(draft.nummers) or "nummer-onleesbaar" in draft.flags


def _is_credible(r: Reader, head: Head) -> bool:
    """Whether what was found is a reference: the weaker the words that announce it, the more must follow."""
    draft = head.draft
    numbered = _is_numbered(draft)
    dated = bool(draft.years) or "vergaderjaar-ongeldig" in draft.flags
    named = head.paper or draft.chamber is not None
    if draft.dossier is None:
        if "dossier-onleesbaar" in draft.flags:
            return (bool(draft.years) and named) or (head.paper and (numbered or (draft.chamber is not None and dated)))
        return numbered and ((bool(draft.years) and named) or (head.paper and (dated or draft.chamber is not None)))
    if not numbered and (is_quantity(r) or not draft.dossier.digits.isdigit()):
        return False
    if head.paper or numbered or draft.dossier.suffix or draft.dossier.rijkswet:
        return True
    if dated:
        return draft.chamber is not None or ends_here(r)
    return (head.abbreviated or head.dossier_word) and not r.peek().text.islower()


def _finish(r: Reader, draft: Draft, start: int) -> Reference:
    flags = draft.flags
    absent = {
        "kamer": draft.chamber is None and not {"kamer-tegenstrijdig", "kamer-onleesbaar"}.intersection(flags),
        "vergaderjaar": not draft.years and "vergaderjaar-ongeldig" not in flags,
        "dossier": draft.dossier is None and "dossier-onleesbaar" not in flags,
        "nummer": not _is_numbered(draft),
    }
    flags += [f"zonder-{part}" for part, is_absent in absent.items() if is_absent]
    if draft.years:
        by_letter = draft.years[0] >= _LETTERS_SINCE
    else:
        by_letter = draft.dossier is not None and draft.dossier.digits >= _LETTERS_SINCE_DOSSIER
    if by_letter and draft.chamber is Kamer.TWEEDE and any(number.isalpha() for number in draft.nummers):
        flags.append("letter-in-tweede-kamer")
    if (
        by_letter
        and draft.chamber is Kamer.EERSTE
        and draft.years
        and any(number.isdigit() for number in draft.nummers)
    ):
        flags.append("cijfer-in-eerste-kamer")
    return draft.finish(r, start)


def _read_following(r: Reader, first: Draft) -> list[Reference]:
    """The references behind it that share its chamber, year or dossier: `; 29 544, nr. 457`, `, en nr. 6`."""
    found: list[Reference] = []
    previous = first
    while True:
        mark = r.at
        following = _read_one_following(r, previous)
        if following is None:
            r.at = mark
            return found
        previous, start = following
        found.append(_finish(r, previous, start))


def _read_one_following(r: Reader, previous: Draft) -> tuple[Draft, int] | None:
    if not r.skip(",;", 1) + r.take("en", "&", "alsmede"):
        return None
    r.take("en", "resp", "alsmede")
    start = r.at
    draft = Draft(chamber=previous.chamber, years=previous.years)
    draft.flags = [flag for flag in previous.flags if flag in _CARRIED_FLAGS]
    lettered = bool(previous.nummers) and previous.nummers[-1].isalpha() and is_letter_number(r.letters())
    if (lettered and page_follows(r, 1)) or (_is_numbered(previous) and take_number_word(r)):
        if starts_elsewhere(r) or (numbers := read_nummers(r)) is None:
            return None
        draft.dossier, draft.co_dossiers = previous.dossier, list(previous.co_dossiers)
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
    read_paper(r, draft, cued=previous.chamber is not None or bool(previous.years), paper=False)
    divided = draft.dossier is not None and (draft.dossier.suffix is not None or draft.dossier.rijkswet is not None)
    return (draft, start) if draft.dossier and (divided or _is_numbered(draft)) else None
