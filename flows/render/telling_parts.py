"""What documents have in common of what they say: passages, themes, rows.

In: a piece of a document. Out: its texts, each with the row that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.model.brief import Kader, Onderwerp, Passage, Thema
from flows.model.delivery import Origin
from flows.model.text import Block, Inline, Note, Part
from flows.render.reading import normal


@dataclass(frozen=True, slots=True)
class Told:
    """A text that must be printed, and the row that it belongs to; `origin` is that of the row, or of a text of the coordinator's."""

    inlines: tuple[Inline, ...] = ()
    text: str = ""
    nr: str | None = None
    ministerie: str | None = None
    origin: Origin | None = None


def themes(themas: Iterable[Thema]) -> Iterator[Told]:
    """Themes with their topics."""
    for thema in themas:
        yield Told(text=f"{thema.nummer} {thema.titel}")
        yield from passages(thema.inleiding)
        for onderwerp in thema.onderwerpen:
            yield from _onderwerp(onderwerp)


def passages(texts: Iterable[Passage | Kader]) -> Iterator[Told]:
    """The coordinator's own texts."""
    for passage in texts:
        yield Told(passage.kop, origin=passage.block.origin)
        yield from block(passage.block)
        if isinstance(passage, Kader):
            yield Told(passage.bron, origin=passage.block.origin)
            yield Told(passage.ondertekening, origin=passage.block.origin)


def _onderwerp(onderwerp: Onderwerp) -> Iterator[Told]:
    """A topic without any text need not be printed."""
    if onderwerp.empty and not onderwerp.inleiding:
        return
    yield Told(text=onderwerp.titel)
    yield from passages(onderwerp.inleiding)
    for sectie in onderwerp.secties:
        yield Told(sectie.tussenkop, origin=next((said.origin for said in sectie.blocks), None))
        for said in sectie.blocks:
            yield from block(said)


def block(said: Block | None) -> Iterator[Told]:
    """A block, as its row's."""
    if said:
        yield from parts(said.parts, said.nr, said.ministerie, said.origin)


def parts(said: Iterable[Part], nr: str | None, ministerie: str | None, origin: Origin | None = None) -> Iterator[Told]:
    """The paragraphs and items that print something."""
    yield from (Told(part.inlines, "", nr, ministerie, origin) for part in said if normal(_seen(part)))


def _seen(part: Part) -> str:
    return "".join("1" if isinstance(inline, Note) else inline.text for inline in part.inlines)
