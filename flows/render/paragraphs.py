"""Which paragraphs and list items stand together.

In: blocks of one section. Out: groups, each a paragraph or one list. Bullets of consecutive blocks form one list;
numbered items only those of one block, as each block counts its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from flows.model.text import Block, Inline, Note, Part, PartKind, Text, plain
from flows.render.dutch import typeset


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph or list item, and the row that it comes from."""

    part: Part
    nr: str | None
    ministerie: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """A paragraph, or the items of one list. `leads` is true for a paragraph that a list follows."""

    kind: PartKind
    items: tuple[Item, ...]
    leads: bool = False


def filled(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """The inlines that print something."""
    return tuple(inline for inline in inlines if isinstance(inline, Note) or inline.text)


def printed_line(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """The inlines that print something, with their text as it is printed: a quotation may begin in one and end in another."""
    line = filled(inlines)
    whole, at = typeset(plain(line)), 0
    for inline in line:
        if isinstance(inline, Note):
            yield inline
        else:
            end = at + len(inline.text)
            yield replace(inline, text=whole[at:end]) if isinstance(inline, Text) else inline
            at = end


def groups(blocks: Iterable[Block]) -> tuple[Group, ...]:
    """The paragraphs and lists of consecutive blocks, in order; what is empty is left out."""
    found = [
        Group(kind, tuple(item for _, item in run))
        for (kind, _), run in groupby(_keyed(blocks), key=lambda keyed: keyed[0])
    ]
    pairs = zip_longest(found, found[1:])
    return tuple(
        replace(group, leads=group.kind is PartKind.ALINEA and after is not None and after.kind is not PartKind.ALINEA)
        for group, after in pairs
    )


def _keyed(blocks: Iterable[Block]) -> Iterator[tuple[tuple[PartKind, int], Item]]:
    """Each item with what its group is known by: paragraphs stand alone, numbered items with those of their block."""
    alone = 0
    for number, block in enumerate(blocks):
        for part in block.parts:
            if not filled(part.inlines):
                continue
            alone += 1
            place = {PartKind.ALINEA: alone, PartKind.NUMMERING: number}.get(part.kind, 0)
            yield (part.kind, place), Item(part, block.nr, block.ministerie)
