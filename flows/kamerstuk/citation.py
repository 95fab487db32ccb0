"""How a reference is printed.

In: a `Reference`. Out: the official form as text, or in pieces that carry the address of their paper.

What the source does not give is not printed. What is malformed or contradicts itself is printed as it was
written, with an address only where the paper is certain.
"""

from __future__ import annotations

from dataclasses import replace

from flows.kamerstuk.chapters import LONG_ROMAN, has_chapters
from flows.kamerstuk.identifiers import by_number, identifiers, link
from flows.model.reference import Citeerwijze, Kamer, Piece, Reference, Soort

__all__ = ["MALFORMED", "cite", "identifiers", "is_malformed", "link", "pieces", "singles"]

# Flags of a part that cannot be right.
MALFORMED = frozenset(
    {
        "dossier-onleesbaar", "vergaderjaar-ongeldig", "nummer-onleesbaar", "kamer-onleesbaar", "kamer-tegenstrijdig",
        "letter-in-tweede-kamer", "cijfer-in-eerste-kamer", "zonder-dossier", "zonder-jaar",
    },
)  # fmt: skip
_NAMED = frozenset({Soort.ECLI, Soort.EU_COM, Soort.ZAAK, Soort.DOCUMENT, Soort.OB_ID, Soort.PLACEHOLDER})
_GAZETTES = {Soort.STB: "Stb.", Soort.STCRT: "Stcrt.", Soort.TRB: "Trb."}
_HEADS = {
    Soort.KAMERSTUK: "Kamerstukken",
    Soort.HANDELINGEN: "Handelingen",
    Soort.AANHANGSEL: "Aanhangsel Handelingen",
}
_NBSP = "\u00a0"


def cite(ref: Reference, wijze: Citeerwijze = Citeerwijze.OFFICIEEL) -> str:
    """The printed reference."""
    return "".join(piece.text for piece in pieces(ref, wijze))


def is_malformed(ref: Reference) -> bool:
    """Whether a part of the reference cannot be right; such a one is printed as it was written."""
    return not MALFORMED.isdisjoint(ref.flags)


def singles(ref: Reference) -> tuple[Reference, ...]:
    """A reference to several numbers as one to each, without pages: the paper, not the place in it."""
    if ref.kind is not Soort.KAMERSTUK or not ref.nummers:
        return (replace(ref, pages=()),)
    return tuple(replace(ref, nummers=(number,), reeksen=(), pages=()) for number in ref.nummers)


def pieces(ref: Reference, wijze: Citeerwijze = Citeerwijze.OFFICIEEL) -> tuple[Piece, ...]:
    """The printed reference in pieces; of several numbers each has its own piece and address."""
    links = [link(found) if found else None for found in by_number(ref)]
    if ref.kind in _NAMED or is_malformed(ref) or _has_no_form(ref):
        name = ref.ident if ref.kind is Soort.OB_ID else None
        return (Piece(name or " ".join(ref.text.split()), links[0] if len(links) == 1 else None),)
    head, numbers, tail = _head(ref, wijze), _numbers(ref), _tail(ref)
    if not numbers:
        return (Piece(head + tail, links[0] if links else None),)
    # Words between numbers carry no address; the words before the first belong to it, those behind only to a
    # single one.
    addresses = dict(zip(ref.nummers, links, strict=True))
    first, *others = numbers
    if not others:
        return (Piece(head + first + tail, addresses[first]),)
    printed = [Piece(head + first, addresses[first])]
    printed += [Piece(word, addresses.get(word)) for word in others]
    return (*printed, Piece(tail)) if tail else tuple(printed)


def _has_no_form(ref: Reference) -> bool:
    """Whether the official form has no place for what says where in the Handelingen: a date alone, a sitting of a committee."""
    placed = ref.vergaderjaren or ref.vergadering or ref.pages
    return ref.kind is Soort.HANDELINGEN and (not placed or "commissievergadering" in ref.flags)


def _head(ref: Reference, wijze: Citeerwijze) -> str:
    """All that stands before the first number."""
    if ref.kind in _GAZETTES:
        return f"{_GAZETTES[ref.kind]} {ref.jaar}, "
    name = _HEADS[ref.kind]
    parts = [" ".join(part for part in (name, _chamber(ref.chamber), _years(ref.vergaderjaren)) if part)]
    if ref.dossier:
        dossiers = _dossiers(ref, wijze)
        if ref.vergaderjaren or ref.kind is Soort.HANDELINGEN:
            parts.append(dossiers)
        else:
            parts[0] += f" {dossiers}"
    head = ", ".join(parts)
    if ref.bijlage:
        head = f"Bijlage {ref.bijlagenummer} bij {head}" if ref.bijlagenummer else f"Bijlage bij {head}"
    if not ref.nummers:
        return head
    # Without the word `33400, IX` is a chapter.
    if any(number[0].isdigit() for number in ref.nummers) or (not ref.suffix and ref.nummers[0] in LONG_ROMAN):
        return f"{head}, {'nrs.' if len(ref.nummers) > 1 else 'nr.'} "
    return f"{head}, "


def _tail(ref: Reference) -> str:
    """All that stands behind the last number."""
    parts = []
    if ref.vergadering:
        parts.append(f"nr. {ref.vergadering}")
    if ref.item:
        parts.append(f"item {ref.item}")
    if ref.pages:
        parts.append(f"p. {_listed(ref.pages)}")
    return "".join(f", {part}" for part in parts)


def _numbers(ref: Reference) -> list[str]:
    """The numbers and the words between them, in turn; a range that was given as one stays one."""
    groups: list[list[str]] = []
    starts = dict(ref.reeksen)
    rest = list(ref.nummers)
    while rest:
        last = starts.get(rest[0])
        length = rest.index(last) + 1 if last in rest else 1
        groups.append([rest[0], "-", rest[length - 1]] if length > 1 else [rest[0]])
        rest = rest[length:]
    words: list[str] = []
    for index, group in enumerate(groups):
        if index:
            joint = " en " if index == len(groups) - 1 else ", "
            # A letter behind numerals is no number of a paper without the word for it.
            words.append(joint if group[0].isalpha() == groups[index - 1][0].isalpha() else f"{joint}nr. ")
        words += group
    return words


def _chamber(chamber: Kamer | None) -> str:
    return chamber.value if chamber else ""


def _years(years: tuple[str, ...]) -> str:
    return "-".join(_year(year) for year in years)


def _year(year: str) -> str:
    """`2009-2010` as 2009/10; the turn of the century in full."""
    first, last = year.split("-")
    return f"{first}/{last}" if last.endswith("00") else f"{first}/{last[2:]}"


def _dossiers(ref: Reference, wijze: Citeerwijze) -> str:
    own = f"{ref.dossier}-{ref.suffix}" if ref.suffix else str(ref.dossier)
    printed = [_dossier(own, wijze) + (f" ({ref.rijkswet})" if ref.rijkswet else "")]
    return _listed((*printed, *(_dossier(other, wijze) for other in ref.co_dossiers)))


def _dossier(name: str, wijze: Citeerwijze) -> str:
    """A dossier with chapter (`33400 XV`) or addition (`21501-02`); in the house style with a hard space."""
    digits, _, suffix = name.partition("-")
    if suffix.isalpha() and suffix not in LONG_ROMAN and not has_chapters(digits):
        # Without the word the letter is the number of a paper.
        suffix = f"hoofdstuk {suffix}"
    if wijze is Citeerwijze.HUISSTIJL and len(digits) == 5 and digits.isdigit():
        digits = f"{digits[:2]}{_NBSP}{digits[2:]}"
    return digits + (f"-{suffix}" if suffix.isdigit() else f" {suffix}" if suffix else "")


def _listed(parts: tuple[str, ...]) -> str:
    *most, last = parts
    return f"{', '.join(most)} en {last}" if most else last
