"""All that a document says, in the order in which it is printed.

In: the document. Out: its texts, each with the row that it belongs to. Knows no format: what is printed of a
number, a date or an amount is what dutch.py makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.model.annexes import IndicatorRow, MiddelRow, Paper, Register
from flows.model.brief import Brief
from flows.model.changes import Overzicht
from flows.model.counts import StatusTable, Tijdlijn
from flows.model.documents import Document
from flows.model.entries import Entry
from flows.model.text import Line, Note
from flows.render import dutch
from flows.render.indicators import earlier
from flows.render.telling_documents import of_document
from flows.render.telling_parts import Told, block, parts, passages, themes


def told(document: Document) -> Iterator[Told]:
    """All texts of a document in the order in which they are printed."""
    yield from _brief(document) if isinstance(document, Brief) else of_document(document)


def public(document: Document) -> Iterator[str]:
    """Each text of a document that may be published: the running text as one stretch, then the notes, then the rest."""
    texts = tuple(told(document))
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
    for point in document.open if isinstance(document, Brief) else ():
        yield from (point.text, point.place)


def _brief(brief: Brief) -> Iterator[Told]:
    yield Told(text=brief.titel)
    yield from passages(brief.voor)
    yield from block(brief.inleiding)
    yield from themes(brief.themas)
    yield from block(brief.slot)
    yield from passages(brief.na)
    for name in brief.annexes.volgorde:
        yield from _annex(brief, name)


def _annex(brief: Brief, name: str) -> Iterator[Told]:
    annexes = brief.annexes
    if name == "status":
        yield from _status(annexes.status_thema)
        yield from _status(annexes.status_ministerie)
        yield from _status(annexes.tijdlijn)
    elif name in ("moties", "toezeggingen"):
        yield from _register(annexes.moties if name == "moties" else annexes.toezeggingen)
    elif name == "indicatoren":
        for row in annexes.indicatoren or ():
            yield from _of(row.indicator, _indicator(row, earlier(row, brief)))
    elif name == "middelen" and annexes.middelen:
        for budget in annexes.middelen.rows:
            yield from _of(budget.middel, _middel(budget))
            yield from parts(budget.kamerstuk, budget.middel.nr, budget.middel.ministerie, budget.middel.origin)
        for year, total in annexes.middelen.totalen:
            yield Told(text=f"{year} {dutch.amount(total)}")
    elif name == "stukken":
        yield from _papers(annexes.stukken or ())
    elif name == "wijzigingen":
        yield from _changes(annexes.wijzigingen or Overzicht())


def _papers(papers: Iterable[Paper]) -> Iterator[Told]:
    for paper in papers:
        yield Told((paper.citation,))
        yield from (Told(text=text) for text in (paper.titel or "", *paper.plaatsen))


def _changes(overview: Overzicht) -> Iterator[Told]:
    for row in (row for _, rows in overview.groepen for row in rows):
        terms = (dutch.period(term) for term in (row.van, row.gereed) if term)
        for text in (row.onderwerp, row.ministerie, row.wat, row.status, *terms):
            yield Told(text=text)


def _status(table: StatusTable | Tijdlijn | None) -> Iterator[Told]:
    for name, counts in table.rows if table else ():
        yield Told(text=" ".join((name, *map(str, counts))))


def _register(register: Register | None) -> Iterator[Told]:
    for row in (*register.afgerond, *register.open) if register else ():
        for cell in (row.omschrijving, row.vindplaats, row.stand):
            yield from parts(cell, row.entry.nr, row.entry.ministerie, row.entry.origin)


def _of(entry: Entry, texts: Iterable[Line | str]) -> Iterator[Told]:
    for text in texts:
        line, words = ((), text) if isinstance(text, str) else (text, "")
        yield Told(line, words, entry.nr, entry.ministerie, entry.origin)


def _indicator(row: IndicatorRow, before: float | None) -> Iterator[Line | str]:
    entry = row.indicator
    yield from (row.naam, row.eenheid)
    yield row.peildatum or (dutch.period(entry.peildatum) if entry.peildatum else "")
    yield row.waarde if isinstance(entry.waarde, str) else dutch.number(entry.waarde)
    yield dutch.number(before) if before is not None else ""
    yield row.streefwaarde if isinstance(entry.streefwaarde, str) else dutch.number(entry.streefwaarde)
    yield row.bron


def _middel(row: MiddelRow) -> Iterator[Line | str]:
    yield from (row.middel.onderwerp, row.omschrijving, row.jaar)
    yield row.bedrag if row.middel.bedrag is None else dutch.amount(row.middel.bedrag)
    yield row.dekking
