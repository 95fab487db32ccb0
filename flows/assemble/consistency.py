"""What can be doubted about the references of the brief from what is in it, without any register.

In: the citations in print order, each with the words around it, and the rows of Moties. Out: doubts, each about one citation. What
may be right is not doubted: a page or annex cited here and another there, a part given here and left out there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flows.assemble.movers import Movers, movers_before, words_of
from flows.kamerstuk.citation import MALFORMED
from flows.kamerstuk.grammar import parse
from flows.kamerstuk.vergaderjaar import fits, vergaderjaar
from flows.model.brief import Cited
from flows.model.delivery import Origin
from flows.model.entries import Motie, Toezegging
from flows.model.quarter import MONTHS, dutch_date, parse_datum
from flows.model.reference import Kamer, Reference, Soort

Paper = tuple[str, str | None, str, Kamer | None]  # dossier, suffix, number, and the chamber where it numbered its own

_DATE = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}"
_OF = r"(?:van|d\.d\.|dd\.?|gedateerd)"
_IN_IT = re.compile(_DATE)
_BEFORE = re.compile(rf"brief (?:aan (?:de |uw )?(?:[TE]\w+de )?Kamer )?\(?{_OF} (?P<date>{_DATE})[\s.,;:)\]]*[(\[]?\Z")
_BEHIND = re.compile(rf"[\s,;(\[]*(?:(?:de |\w*)brief )?{_OF} (?P<date>{_DATE})")
_LETTER = re.compile(r"brief\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A rule about a citation: what was said there, and what the rule's sentence names besides."""

    rule: str
    cited: Cited
    said: str
    details: Mapping[str, str] = field(default_factory=dict)


def doubts(cited: Sequence[Cited], moties: Iterable[Motie], zinnen: Mapping[str, str]) -> Iterator[Doubt]:
    """All doubts, rule by rule, in print order."""
    yield from _malformed(cited, zinnen)
    yield from _misdated(cited)
    yield from _contradicting(cited, zinnen)
    yield from _of_others(cited, moties)


def _malformed(cited: Iterable[Cited], zinnen: Mapping[str, str]) -> Iterator[Doubt]:
    """References of which a part cannot be right, with what that is."""
    for one in cited:
        wrong = [zinnen[flag] for flag in one.citation.reference.flags if flag in MALFORMED]
        if wrong:
            yield Doubt("verwijzing-onleesbaar", one, _text(one), {"fouten": "; ".join(wrong)})


def _misdated(cited: Iterable[Cited]) -> Iterator[Doubt]:
    """References to a paper of a day that is in another vergaderjaar."""
    for one in cited:
        years, day = one.citation.reference.vergaderjaren, _day(one)
        if day and years and not any(fits(year, day) for year in years):
            said = {"datum": dutch_date(day), "vergaderjaar": vergaderjaar(day)}
            yield Doubt("vergaderjaar-past-niet", one, _text(one), said)


def _day(cited: Cited) -> date | None:
    """The day of the paper, where it is clear that this is what a date beside the reference tells."""
    reference, row = cited.citation.reference, cited.entry
    if match := _IN_IT.search(reference.text):
        return parse_datum(match[0])
    if match := _BEFORE.search(cited.before) or _BEHIND.match(cited.after):
        return parse_datum(match["date"])
    if isinstance(row, Toezegging) and cited.origin == row.at("kamerstuk"):
        # The report of a debate comes later, and what was debated sooner: only these are of the day itself.
        return row.datum if reference.kind is Soort.HANDELINGEN or _LETTER.search(row.overleg) else None
    return None


def _contradicting(cited: Iterable[Cited], zinnen: Mapping[str, str]) -> Iterator[Doubt]:
    """Later references to a paper that differ from the first in a part that both give."""
    first: dict[tuple[Paper, str], Cited] = {}
    for one in cited:
        different: dict[str, Cited] = {}
        for paper in papers(one.citation.reference):
            for part, said in _parts(one.citation.reference).items():
                earlier = first.setdefault((paper, part), one)
                if said.isdisjoint(_parts(earlier.citation.reference)[part]):
                    different[part] = earlier
        for part, earlier in different.items():
            said_first = {"eerder": _text(earlier), "verschil": zinnen[f"verschil_{part}"]} | _place(earlier.origin)
            yield Doubt("stuk-tegenstrijdig", one, _text(one), said_first)


def papers(reference: Reference) -> Iterator[Paper]:
    """The Kamerstukken that a reference names, as far as their numbers hold over the years."""
    digits = reference.dossier or ""
    if reference.kind is Soort.KAMERSTUK and digits.isdigit() and len(digits) == 5:
        for number in reference.nummers:
            usual = Kamer.TWEEDE if number[0].isdigit() else Kamer.EERSTE
            # Until 2003 each chamber had numbers and letters of its own; since then the unusual has a flag.
            own = reference.chamber not in (None, usual) and MALFORMED.isdisjoint(reference.flags)
            yield digits, reference.suffix, number, reference.chamber if own else None


def _parts(reference: Reference) -> dict[str, frozenset[str]]:
    """The parts of a reference that are the same wherever its paper is cited, as far as they are given."""
    chamber = [reference.chamber.value] if reference.chamber else []
    given = {"vergaderjaar": frozenset(reference.vergaderjaren), "kamer": frozenset(chamber)}
    return {part: said for part, said in given.items() if said}


def _of_others(cited: Iterable[Cited], moties: Iterable[Motie]) -> Iterator[Doubt]:
    """References beside movers of whom the row on Moties with that paper names none."""
    rows: dict[Paper, list[Motie]] = {}
    for motie in moties:
        for reference in parse(motie.kamerstuk):
            for paper in papers(reference):
                rows.setdefault(paper, []).append(motie)
    for one in cited:
        movers = movers_before(one.before)
        same = [row for paper in papers(one.citation.reference) for row in rows.get(paper, ())]
        if movers and same and not any(_names_one_of(movers, row) for row in same):
            told = {"verwijzing": _text(one), "eerder": _title(same[0])} | _place(same[0].at("motie"))
            yield Doubt("indieners-verschillen", one, movers.text, told)


def _names_one_of(movers: Movers, row: Motie) -> bool:
    """Whether a row names one of the movers, or nobody at all."""
    title = _title(row)
    return movers_before(title) is None or not movers.names.isdisjoint(words_of(title))


def _title(row: Motie) -> str:
    return " ".join("".join(run.text for run in row.motie).split())


def _text(cited: Cited) -> str:
    return " ".join(cited.citation.reference.text.split())


def _place(origin: Origin | None) -> dict[str, str]:
    """Where something stood, as the rules name it."""
    where = (origin.file, origin.sheet, origin.cell) if origin else ("", "", "")
    return dict(zip(("eerder_bestand", "eerder_blad", "eerder_cel"), (part or "" for part in where), strict=True))
