"""The letter that offers the other documents to the Chamber.

In: the desk, the brief and the documents that the letter goes with. Out: the letter. The standard text is the template's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.assemble.desk import Desk, is_pm
from flows.assemble.texts import AFTER, BEFORE, Texts
from flows.model.brief import Brief
from flows.model.contract import key
from flows.model.delivery import Documentsoort
from flows.model.documents import Aanbiedingsbrief, Document
from flows.model.entries import Entry, Maatregel
from flows.model.text import Line, Note, OpenPoint, Text


def letter(desk: Desk, brief: Brief, documents: Iterable[Document]) -> Aanbiedingsbrief:
    """The letter; what it needs and the steering workbook does not tell stands in it as a gap."""
    documents, heading = tuple(documents), desk.zinnen["plaats_aanbiedingsbrief"]
    texts = Texts(desk, Documentsoort.AANBIEDINGSBRIEF)
    entries = [entry for document in documents or (brief,) for entry in document.entries()]
    betreft = desk.regie.velden.get("betreft")
    return Aanbiedingsbrief(
        titel=brief.titel,
        kwartaal=brief.kwartaal,
        datum=brief.datum,
        velden=brief.velden,
        dossier=_field(desk, "dossier", heading),
        plaats=_field(desk, "plaats", heading),
        betreft=desk.line(betreft.text, betreft.origin, heading) if betreft else (Text(brief.titel),),
        onze_referentie=_field(desk, "onze_referentie", heading, needed=False),
        contactpersoon=_field(desk, "contactpersoon", heading, needed=False),
        vorige=tuple(_previous(desk, heading)),
        mede_namens=tuple(_co_signers(desk, entries, heading)),
        voor=(*texts.at(BEFORE, heading), *texts.elsewhere((), heading)),
        na=texts.at(AFTER, heading),
        functie=_field(desk, "functie", heading),
        ondertekenaar=_field(desk, "ondertekenaar", heading),
        bijlagen=tuple(document.soort for document in documents),
    )


def _field(desk: Desk, name: str, heading: str, *, needed: bool = True) -> Line:
    """A field of the steering workbook in its own words; a gap where it is needed and not there."""
    cell = desk.regie.velden.get(name)
    if cell is None:
        return desk.gap_of_field(name.capitalize(), heading) if needed else ()
    text = " ".join(cell.text.split())
    if is_pm(text):
        desk.open_point(text, heading, cell.origin, None)
        return (OpenPoint(text),)
    return (Text(text),)


def _previous(desk: Desk, heading: str) -> Iterator[Note]:
    cell = desk.regie.velden.get("vorige_brief")
    if cell is None:
        desk.find("vorige-brief-niet-genoemd", None)
        return
    yield from (inline for inline in desk.notes(cell.runs, cell.origin, heading) if isinstance(inline, Note))


def _co_signers(desk: Desk, entries: Iterable[Entry], heading: str) -> Iterator[Line]:
    """The bewindspersonen of all ministries of which a row is printed, or that one names; not those of the sender.

    A ministry of which nobody is known is named itself.
    """
    codes: set[str] = set()
    for entry in entries:
        if not entry.gap:
            codes |= {key(entry.ministerie), *map(key, entry.mede_namens if isinstance(entry, Maatregel) else ())}
    sender = desk.regie.velden.get("afzender")
    codes -= {key(sender.text)} if sender else set()
    named: list[str] = []
    for ministerie in desk.regie.ministeries:
        if key(ministerie.code) in codes:
            if not ministerie.bewindspersonen:
                desk.find("ministerie-zonder-bewindspersoon", ministerie.origin, value=ministerie.naam)
            named += ministerie.bewindspersonen or (ministerie.naam,)
    for name in dict.fromkeys(named):
        yield desk.line(name, None, heading)
