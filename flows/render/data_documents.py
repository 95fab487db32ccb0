"""The documents beside the brief as brief.json holds them: their own blocks, in print order. Nothing that is not public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.model.documents import Aanbiedingsbrief, AgendaOnderwerp, Document, Integratieagenda, Kamerstuk, Overzicht
from flows.model.text import plain
from flows.render.data import Data, block_data, cell_data, entry_data, line_data, notes_data, passages_data, topic_data


def documents_data(documents: Iterable[Document]) -> Data:
    """Each document by its name; the letter once, whatever forms it is made in."""
    return {document.soort.value: _document(document) for document in documents if not isinstance(document, Kamerstuk)}


def _document(document: Document) -> Data:
    own = _letter(document) if isinstance(document, Aanbiedingsbrief) else {}
    blocks = [*passages_data(document.voor, {"soort": "voor"}), *_blocks(document)]
    return own | {"blocks": [*blocks, *passages_data(document.na, {"soort": "na"})]}


def _letter(letter: Aanbiedingsbrief) -> Data:
    data = {"betreft": plain(letter.betreft), "mede_namens": [plain(person) for person in letter.mede_namens]}
    data |= {"ondertekenaar": plain(letter.ondertekenaar), "functie": plain(letter.functie)}
    return data | {"vorige_brief": notes_data([letter.vorige]), "bijlagen": list(letter.bijlagen)}


def _blocks(document: Document) -> Iterator[Data]:
    if isinstance(document, Overzicht | Integratieagenda):
        for thema in document.themas:
            yield from passages_data(thema.inleiding, {"soort": "thema", "thema": thema.titel})
            for topic in thema.onderwerpen:
                place = {"thema": thema.titel, "onderwerp": topic.titel}
                yield from (
                    _agenda_topic(topic, place) if isinstance(topic, AgendaOnderwerp) else topic_data(topic, place)
                )


def _agenda_topic(topic: AgendaOnderwerp, place: Data) -> Iterator[Data]:
    for goal in topic.doelen:
        yield block_data(goal.block, {"soort": goal.soort.value} | place)
    yield from passages_data(topic.inleiding, {"soort": "onderwerp"} | place)
    for effort in topic.inzet:
        for block in effort.blocks:
            yield block_data(block, {"soort": "inzet", "partij": effort.partij} | place)
    for instrument in topic.instrumenten:
        cells = {"omschrijving": cell_data(instrument.omschrijving), "vindplaats": cell_data(instrument.vindplaats)}
        yield (
            {"soort": "instrument"}
            | place
            | entry_data(instrument.instrument)
            | line_data("instrumentsoort", instrument.soort)
            | cells
        )
