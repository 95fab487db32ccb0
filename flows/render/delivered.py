"""Whether the HTML holds the whole brief.

In: the brief and the HTML as read. Out: how many rows and notes were given.

Each text of the brief must stand in the manuscript, in order, in the row that it belongs to, and each note's
words in its note. The templates may say more than the brief, never less.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.model.brief import (
    Annexes,
    Block,
    Brief,
    Inline,
    Kader,
    Note,
    Onderwerp,
    Part,
    Passage,
    Register,
    StatusTable,
)
from flows.model.entries import Indicator, Middel
from flows.render import dutch
from flows.render.difference import Format, ProofError, Rule, first_difference
from flows.render.reading import Manuscript, call, normal

CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Given:
    """What the brief gives: its notes, and its rows by number."""

    notes: int
    rows: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """A text that must be printed, and the row that it belongs to."""

    inlines: tuple[Inline, ...] = ()
    text: str = ""
    nr: str | None = None
    ministerie: str | None = None


def told(brief: Brief) -> Iterator[Told]:
    """All texts of the brief in the order in which they are printed."""
    yield Told(text=brief.titel)
    yield from _passages(brief.voor)
    yield from _block(brief.inleiding)
    for thema in brief.themas:
        yield Told(text=f"{thema.nummer} {thema.titel}")
        yield from _passages(thema.inleiding)
        for onderwerp in thema.onderwerpen:
            yield from _onderwerp(onderwerp)
    yield from _block(brief.slot)
    yield from _passages(brief.na)
    for name in brief.annexes.volgorde:
        yield from _annex(brief.annexes, name)


def delivered(brief: Brief, manuscript: Manuscript) -> Given:
    """Find all of the brief in the manuscript; raises ProofError for the first text that is not there."""
    rows = sorted((span.start, span.end, span.nr) for span in manuscript.spans if span.nr)
    starts = [start for start, _, _ in rows]
    found: set[tuple[str, str]] = set()
    at, number = 0, 0
    for text in told(brief):
        wanted = normal(text.text)
        for inline in text.inlines:
            if isinstance(inline, Note):
                number += 1
                _compare_note(number, inline, manuscript, text)
                wanted += call(number)
            else:
                wanted += normal(inline.text)
        place = manuscript.text.find(wanted, at)
        while text.nr and place >= 0 and not _in_row(rows, starts, place, text.nr):
            place = manuscript.text.find(wanted, place + 1)
        if place < 0:
            raise _missing(text, wanted, manuscript, at)
        if text.nr:
            found.add((text.ministerie or "", text.nr))
        at = place + len(wanted)
    if number != len(manuscript.notes):
        extra = manuscript.notes[number] if number < len(manuscript.notes) else ""
        raise ProofError(Format.HTML, Rule.NOTE, note=number + 1, extra=extra)
    return Given(number, frozenset(found))


def public(brief: Brief) -> Iterator[str]:
    """Each text of the brief that may be published, notes included."""
    for text in told(brief):
        yield text.text
        yield "".join(inline.text for inline in text.inlines if not isinstance(inline, Note))
        for inline in text.inlines:
            if isinstance(inline, Note):
                yield "".join(part.text for part in inline.inlines)
        yield text.nr or ""
        yield text.ministerie or ""
    for point in brief.open:
        yield from (point.text, point.place)


def _in_row(rows: list[tuple[int, int, str]], starts: list[int], place: int, nr: str) -> bool:
    start, end, found = rows[max(0, bisect_right(starts, place) - 1)]
    return start <= place < end and found == nr


def _compare_note(number: int, note: Note, manuscript: Manuscript, text: Told) -> None:
    words = "".join(inline.text for inline in note.inlines)
    found = manuscript.notes[number - 1] if number <= len(manuscript.notes) else ""
    given = normal(words)
    if given != found:
        start, end, begin, stop = first_difference(given, found)
        raise ProofError(
            Format.HTML,
            Rule.NOTE,
            missing=given[start:end] if found else words,
            extra=found[begin:stop],
            context=given[max(0, start - CONTEXT) : start],
            nr=text.nr,
            ministerie=text.ministerie,
            note=number,
        )


def _missing(text: Told, wanted: str, manuscript: Manuscript, at: int) -> ProofError:
    words = text.text or "".join("" if isinstance(inline, Note) else inline.text for inline in text.inlines)
    return ProofError(
        Format.HTML,
        Rule.TEXT,
        missing=words or wanted,
        context=manuscript.readable(max(0, at - CONTEXT), at),
        nr=text.nr,
        ministerie=text.ministerie,
    )


def _passages(passages: Iterable[Passage | Kader]) -> Iterator[Told]:
    for passage in passages:
        yield Told(text=passage.kop)
        yield from _block(passage.block)
        if isinstance(passage, Kader):
            yield Told(text=passage.bron)
            yield Told(text=passage.ondertekening)


def _onderwerp(onderwerp: Onderwerp) -> Iterator[Told]:
    """A topic without any text need not be printed."""
    if onderwerp.empty and not onderwerp.inleiding:
        return
    yield Told(text=onderwerp.titel)
    yield from _passages(onderwerp.inleiding)
    for sectie in onderwerp.secties:
        yield Told(text=sectie.tussenkop or "")
        for block in sectie.blocks:
            yield from _block(block)


def _block(block: Block | None) -> Iterator[Told]:
    if block:
        yield from _parts(block.parts, block.nr, block.ministerie)


def _parts(parts: Iterable[Part], nr: str | None, ministerie: str | None) -> Iterator[Told]:
    yield from (Told(part.inlines, nr=nr, ministerie=ministerie) for part in parts if normal(_seen(part)))


def _seen(part: Part) -> str:
    return "".join("1" if isinstance(inline, Note) else inline.text for inline in part.inlines)


def _annex(annexes: Annexes, name: str) -> Iterator[Told]:
    if name == "status":
        yield from _status(annexes.status_thema)
        yield from _status(annexes.status_ministerie)
    elif name in ("moties", "toezeggingen"):
        yield from _register(annexes.moties if name == "moties" else annexes.toezeggingen)
    elif name == "indicatoren":
        for indicator in annexes.indicatoren or ():
            yield from (
                Told(text=text, nr=indicator.nr, ministerie=indicator.ministerie)
                for text in _indicator(indicator)
            )
    elif name == "middelen" and annexes.middelen:
        for row in annexes.middelen.rows:
            middel = row.middel
            yield from (
                Told(text=text, nr=middel.nr, ministerie=middel.ministerie) for text in _middel(middel)
            )
            yield from _parts(row.kamerstuk, middel.nr, middel.ministerie)
        for year, total in annexes.middelen.totalen:
            yield Told(text=f"{year} {dutch.amount(total)}")
    elif name == "stukken":
        for paper in annexes.stukken or ():
            yield Told((paper.citation,))
            yield from (Told(text=place) for place in paper.plaatsen)


def _status(table: StatusTable | None) -> Iterator[Told]:
    for name, counts in table.rows if table else ():
        yield Told(text=" ".join((name, *map(str, counts))))


def _register(register: Register | None) -> Iterator[Told]:
    for row in (*register.afgerond, *register.open) if register else ():
        for parts in (row.omschrijving, row.vindplaats, row.stand):
            yield from _parts(parts, row.entry.nr, row.entry.ministerie)


def _indicator(row: Indicator) -> Iterator[str]:
    yield from (row.indicator, row.eenheid, dutch.period(row.peildatum) if row.peildatum else "")
    yield from (
        dutch.number(value) if isinstance(value, float | int) else value
        for value in (row.waarde, row.streefwaarde)
    )
    yield row.bron


def _middel(row: Middel) -> Iterator[str]:
    yield from (row.onderwerp, row.omschrijving, row.jaar)
    yield row.bedrag_getypt if row.bedrag is None else dutch.amount(row.bedrag)
    yield row.dekking
