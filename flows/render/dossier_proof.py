"""Whether all that stands on the review page may be read by who may read the draft.

In: the private texts, the page and what it is made of. Out: nothing, or ProofError for a page that holds any of them. What the page
says of itself is compared with what the brief, an earlier one, the register and the public columns say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import html

from flows.model.changes import Deel, Delen, Vergelijking
from flows.model.dossier import Dossier
from flows.render import dutch
from flows.render.difference import Format
from flows.render.leaks import PUBLISHED_FIELDS, Published, Strings, key, refuse_leaks
from flows.render.telling import public

ALONE = "h1|h2|h3|h4|p|li|td|th|dt|dd|a|span|option|mark|ins|del|strong|em"


def refuse_private(page: str, dossier: Dossier, private: Collection[str]) -> None:
    """Raise ProofError for the first private text that stands on the page."""
    tree = html.fromstring(page)
    for code in tree.xpath("//style | //script"):
        code.getparent().remove(code)
    links = [str(link) for link in tree.xpath("//main//a/@href[starts-with(., 'http')]")]
    values = [element.text_content() for element in tree.iter(*ALONE.split("|"))]
    attributes = [str(value) for value in tree.xpath("//@*")]
    texts = [key(text) for text in (*_said(dossier), *links)]
    strings = Strings(Format.HTML, (tree.text_content(), *attributes), (*values, *attributes))
    refuse_leaks(private, [strings], Published("\n".join(texts), frozenset(texts)))


def _said(dossier: Dossier) -> Iterator[str]:
    """All that may be read: what is printed, now and before, and what stands in public columns and on cover sheets."""
    brief, answers = dossier.brief, dossier.brief.answers
    yield from public(brief)
    yield from (brief.velden.get(name, "") for name in PUBLISHED_FIELDS)
    for row in dossier.rijen:
        yield from (row.id, row.nr, row.ministerie, row.toelichting, *row.mede_namens)
        yield from (dutch.period(row.gereed), row.gereed.tekst) if row.gereed else ()
        yield from (row.origin.file, row.origin.sheet or "") if row.origin else ()
    for stand in dossier.standen:
        yield from (stand.code, stand.naam, *(finding.origin.file for finding in stand.bevindingen))
        for one in stand.aanleveringen:
            yield from (one.bestand, one.onderdeel, one.versie)
    for finding in dossier.overig:
        yield from (finding.origin.file, finding.origin.sheet or "")
    yield from (stuk.titel or "" for stuk in answers.known.values())
    for promise in answers.promises:
        yield from (promise.nummer, promise.tekst, promise.status)
    yield from _earlier(dossier.sinds_concept)
    yield from _earlier(dossier.sinds_kwartaal)


def _earlier(made: Vergelijking | None) -> Iterator[str]:
    """What an earlier brief said where this one says something else."""
    for change in made.wijzigingen if made else ():
        for side in (change.oud, change.nieuw):
            yield from (side.text, side.nr, side.plek.onderwerp, side.plek.tussenkop) if side else ()
        if change.verschuiving:
            yield from (dutch.period(change.verschuiving.van), dutch.period(change.verschuiving.naar))
        for _, words in change.velden:
            yield "".join(_words(words))


def _words(pieces: Delen) -> Iterator[str]:
    for piece in pieces:
        yield piece.text if isinstance(piece, Deel) else "".join(_words(piece.delen))
