"""The documents beside the brief that regie.xlsx names.

In: the desk at which the brief was put together, the brief, the accepted rows. Out: the documents. Blocks of the brief are taken over
as they are; only what stands in no brief passes over the desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.assemble.desk import Desk
from flows.assemble.integration_agenda import integration_agenda
from flows.assemble.letter import letter
from flows.assemble.texts import AFTER, BEFORE, Texts
from flows.model.brief import Brief, Thema
from flows.model.delivery import Documentsoort
from flows.model.documents import Document, Integratieagenda, Kamerstuk, Overzicht
from flows.model.entries import Entries


def further(desk: Desk, brief: Brief, entries: Entries) -> tuple[Document, ...]:
    """The documents beside the brief, in the order of their kinds; one that would say nothing is not made, and reported."""
    named = desk.regie.documenten
    made: list[Document] = []
    if Documentsoort.OVERZICHT in named:
        made.append(_overview(desk, brief))
    if Documentsoort.INTEGRATIEAGENDA in named:
        made.append(integration_agenda(desk, brief, entries))
    made = [document for document in made if _says_something(desk, document)]
    if Documentsoort.AANBIEDINGSBRIEF in named:
        printed = (brief, *made) if Documentsoort.BRIEF in named else tuple(made)
        offered = letter(desk, brief, printed)
        made = [offered, Kamerstuk.of(offered), *made]
    return tuple(made)


def _says_something(desk: Desk, document: Document) -> bool:
    filled = bool(document.themas) if isinstance(document, Integratieagenda) else any(document.entries())
    if not filled:
        cell = desk.regie.velden.get("documenten")
        desk.find("document-zonder-inhoud", cell.origin if cell else None, value=document.soort.value)
    return filled


def _overview(desk: Desk, brief: Brief) -> Overzicht:
    texts, heading = Texts(desk, Documentsoort.OVERZICHT), desk.zinnen["plaats_overzicht"]
    known = [name for thema in brief.themas for name in (thema.titel, *(topic.titel for topic in thema.onderwerpen))]
    return Overzicht(
        titel=brief.titel,
        kwartaal=brief.kwartaal,
        datum=brief.datum,
        velden=brief.velden,
        voor=(*texts.at(BEFORE, heading), *texts.elsewhere(known, heading)),
        themas=tuple(_themes(desk, brief, texts)),
        na=texts.at(AFTER, heading),
    )


def _themes(desk: Desk, brief: Brief, texts: Texts) -> Iterator[Thema]:
    """The brief's themes with the introductions of the overview in the place of the brief's own."""
    sentence, document = desk.zinnen["plaats_in"], desk.zinnen["plaats_overzicht"]
    for thema in brief.themas:
        intro = texts.at(thema.titel, sentence.format(document=document, plaats=thema.titel))
        topics = (
            replace(topic, inleiding=texts.at(topic.titel, sentence.format(document=document, plaats=topic.titel)))
            for topic in thema.onderwerpen
        )
        yield replace(thema, inleiding=intro, onderwerpen=tuple(topics))
