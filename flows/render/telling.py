"""All that a brief says, in the order in which it is printed.

In: the brief. Out: its texts, each with the row that it belongs to. Knows no format: what is printed of a
number, a date or an amount is what dutch.py makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.model.brief import (
    Annexes,
    Block,
    Brief,
    IndicatorRow,
    Inline,
    Kader,
    Line,
    MiddelRow,
    Note,
    Onderwerp,
    Part,
    Passage,
    Register,
    StatusTable,
)
from flows.model.entries import Entry
from flows.render import dutch
from flows.render.reading import normal


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


def public(brief: Brief) -> Iterator[str]:
    """Each text of the brief that may be published: the running text as one stretch, then the notes, then the rest."""
    texts = tuple(told(brief))
    for text in texts:
        yield text.text
        yield "".join(inline.text for inline in text.inlines if not isinstance(inline, Note))
    for text in texts:
        for inline in text.inlines:
            if isinstance(inline, Note):
                yield "".join(part.text for part in inline.inlines)
    for text in texts:
        yield text.nr or ""
        yield text.ministerie or ""
    for point in brief.open:
        yield from (point.text, point.place)


def _passages(passages: Iterable[Passage | Kader]) -> Iterator[Told]:
    for passage in passages:
        yield Told(passage.kop)
        yield from _block(passage.block)
        if isinstance(passage, Kader):
            yield Told(passage.bron)
            yield Told(passage.ondertekening)


def _onderwerp(onderwerp: Onderwerp) -> Iterator[Told]:
    """A topic without any text need not be printed."""
    if onderwerp.empty and not onderwerp.inleiding:
        return
    yield Told(text=onderwerp.titel)
    yield from _passages(onderwerp.inleiding)
    for sectie in onderwerp.secties:
        yield Told(sectie.tussenkop)
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
        for row in annexes.indicatoren or ():
            yield from _of(row.indicator, _indicator(row))
    elif name == "middelen" and annexes.middelen:
        for budget in annexes.middelen.rows:
            yield from _of(budget.middel, _middel(budget))
            yield from _parts(budget.kamerstuk, budget.middel.nr, budget.middel.ministerie)
        for year, total in annexes.middelen.totalen:
            yield Told(text=f"{year} {dutch.amount(total)}")
    elif name == "stukken":
        for paper in annexes.stukken or ():
            yield Told((paper.citation,))
            yield Told(text=paper.titel or "")
            yield from (Told(text=place) for place in paper.plaatsen)


def _status(table: StatusTable | None) -> Iterator[Told]:
    for name, counts in table.rows if table else ():
        yield Told(text=" ".join((name, *map(str, counts))))


def _register(register: Register | None) -> Iterator[Told]:
    for row in (*register.afgerond, *register.open) if register else ():
        for parts in (row.omschrijving, row.vindplaats, row.stand):
            yield from _parts(parts, row.entry.nr, row.entry.ministerie)


def _of(entry: Entry, texts: Iterable[Line | str]) -> Iterator[Told]:
    for text in texts:
        line, words = ((), text) if isinstance(text, str) else (text, "")
        yield Told(line, words, entry.nr, entry.ministerie)


def _indicator(row: IndicatorRow) -> Iterator[Line | str]:
    entry = row.indicator
    yield from (row.naam, row.eenheid)
    yield row.peildatum or (dutch.period(entry.peildatum) if entry.peildatum else "")
    for number, line in ((entry.waarde, row.waarde), (entry.streefwaarde, row.streefwaarde)):
        yield line if isinstance(number, str) else dutch.number(number)
    yield row.bron


def _middel(row: MiddelRow) -> Iterator[Line | str]:
    yield from (row.middel.onderwerp, row.omschrijving, row.jaar)
    yield row.bedrag if row.middel.bedrag is None else dutch.amount(row.middel.bedrag)
    yield row.dekking
