"""The papers that a brief cites: each one once for the annex, and what a register tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flows.kamerstuk.citation import cite, identifiers, pieces, singles
from flows.model.annexes import Paper
from flows.model.brief import Brief, Cited
from flows.model.contract import key
from flows.model.papers import Answers
from flows.model.reference import Citeerwijze, Reference, Soort
from flows.model.text import Citation


def papers(cited: Iterable[Cited], wijze: Citeerwijze) -> tuple[Paper, ...]:
    """Every paper once, by dossier and number, with the headings under which it is cited."""
    found: dict[tuple[object, ...], tuple[Reference, list[str]]] = {}
    for one in cited:
        for paper in singles(one.citation.reference):
            _, places = found.setdefault(_sort_key(paper), (paper, []))
            places.append(one.place)
    ordered = sorted(found.items(), key=lambda item: item[0])
    return tuple(Paper(Citation(ref, pieces(ref, wijze)), tuple(dict.fromkeys(places))) for _, (ref, places) in ordered)


def answered(brief: Brief, answers: Answers) -> Brief:
    """The brief with what a register told, and the titles that it knows in the annex."""
    listed = brief.annexes.stukken
    if listed is not None:
        listed = tuple(replace(paper, titel=_title(paper.citation.reference, answers)) for paper in listed)
    return replace(brief, annexes=replace(brief.annexes, stukken=listed), answers=answers)


def _title(reference: Reference, answers: Answers) -> str | None:
    known = (answers.known.get(name) for name in identifiers(reference))
    return next((stuk.titel for stuk in known if stuk), None)


def _sort_key(reference: Reference) -> tuple[object, ...]:
    """Kamerstukken first, by dossier, suffix and each number by its value; then the other kinds as they are cited."""
    numbers = tuple((int(n) if n.isdigit() else 0, n) for n in reference.nummers)
    if reference.kind is Soort.KAMERSTUK and reference.dossier:
        return (0, reference.dossier, reference.suffix or "", numbers)
    return (1, key(cite(reference, Citeerwijze.OFFICIEEL)), "", ())
