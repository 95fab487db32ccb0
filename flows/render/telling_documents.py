"""What the documents beside the brief say, in the order in which it is printed.

In: the document. Out: its texts, each with the row that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.model.documents import Aanbiedingsbrief, AgendaOnderwerp, Integratieagenda, Kamerstuk, Overzicht
from flows.render import dutch
from flows.render.telling_parts import Told, block, parts, passages, themes


def of_document(document: Aanbiedingsbrief | Overzicht | Integratieagenda) -> Iterator[Told]:
    """All texts of a document."""
    if isinstance(document, Aanbiedingsbrief):
        yield from _letter(document)
        return
    yield Told(text=document.titel)
    yield from passages(document.voor)
    if isinstance(document, Overzicht):
        yield from themes(document.themas)
    else:
        yield from _agenda(document)
    yield from passages(document.na)


def _letter(letter: Aanbiedingsbrief) -> Iterator[Told]:
    day = Told(text=dutch.day(letter.datum))
    if isinstance(letter, Kamerstuk):
        yield from (Told(letter.dossier), Told(letter.plaats), day)
    else:
        yield Told(text=letter.velden.get("afzender_naam", ""))
        yield from (Told(letter.onze_referentie), Told(letter.contactpersoon), day, Told(letter.betreft))
    yield from passages(letter.voor)
    yield from (Told(person) for person in letter.mede_namens)
    yield Told(letter.vorige)
    yield from passages(letter.na)
    yield from (Told(letter.functie), Told(letter.ondertekenaar))


def _agenda(agenda: Integratieagenda) -> Iterator[Told]:
    for thema in agenda.themas:
        yield Told(text=f"{thema.nummer} {thema.titel}")
        yield from passages(thema.inleiding)
        for topic in thema.onderwerpen:
            yield from _topic(topic)


def _topic(topic: AgendaOnderwerp) -> Iterator[Told]:
    yield Told(text=topic.titel)
    for goal in topic.doelen:
        yield from block(goal.block)
    yield from passages(topic.inleiding)
    for effort in topic.inzet:
        for said in effort.blocks:
            yield from block(said)
    for row in topic.instrumenten:
        nr, ministerie = row.instrument.nr, row.instrument.ministerie
        yield Told(row.soort, nr=nr, ministerie=ministerie)
        yield from parts(row.omschrijving, nr, ministerie)
        yield from parts(row.vindplaats, nr, ministerie)
