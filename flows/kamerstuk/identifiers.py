"""The identifiers on officielebekendmakingen.nl of the papers that a reference names, and their addresses.

In: a `Reference`. Out: identifiers, one a number; none where the rules of publication leave any doubt. What
they say is derived only: whether the paper exists is for a register to tell.
"""

from __future__ import annotations

from flows.model.reference import Kamer, Reference, Soort

_SITE = "https://zoek.officielebekendmakingen.nl/{}.html"
# Papers are on line from 1995; those of 1994-1995 for the greater part.
_FIRST_YEAR = 1994
_FIRST_DOSSIER, _FIRST_NUMBER_OF_OLDER = 24_000, 100
# The dossier of the councils of the European Union, divided by additions and still growing.
_EU_COUNCILS = 21_501
# Papers of the Eerste Kamer have the vergaderjaar in their identifier until 2009-2010, in which older
# dossiers still have it.
_LAST_YEAR_WITH_PREFIX, _LAST_DOSSIER_WITH_PREFIX, _FIRST_DOSSIER_WITHOUT = 2009, 32_139, 32_400
_FIRST_GAZETTE = 1995
_FIRST_STCRT, _LAST_DAY_ISSUE_OF_2009 = 2009, 130
_LAST_YEAR_BY_PAGE, _LAST_YEAR_BY_FIRST_PAGE = 2008, 2009
_CODES = {Kamer.EERSTE: "ek", Kamer.TWEEDE: "tk", Kamer.VERENIGDE: "vv", None: "tk"}


def link(identifier: str) -> str:
    """The address of the paper with this identifier."""
    return _SITE.format(identifier)


def identifiers(ref: Reference) -> tuple[str, ...]:
    """The identifiers of the papers, in the order of the numbers; empty where none can be derived."""
    return tuple(found for found in by_number(ref) if found)


def by_number(ref: Reference) -> tuple[str | None, ...]:
    """For each number its identifier or None; for a kind without numbers one entry."""
    match ref.kind:
        case Soort.KAMERSTUK:
            return tuple(_kst(ref, number) for number in ref.nummers)
        case Soort.STB | Soort.STCRT | Soort.TRB:
            return tuple(_gazette(ref, number) for number in ref.nummers)
        case Soort.AANHANGSEL:
            return tuple(_aanhangsel(ref, number) for number in ref.nummers)
        case Soort.HANDELINGEN:
            return (_handelingen(ref),)
        case Soort.OB_ID:
            return (ref.ident,)
        case _:
            return ()


def _start(ref: Reference) -> int | None:
    return int(ref.vergaderjaren[0][:4]) if len(ref.vergaderjaren) == 1 else None


def _compact(ref: Reference) -> str:
    return ref.vergaderjaren[0].replace("-", "")


def _kst(ref: Reference, number: str) -> str | None:
    if not ref.dossier or "kamer-tegenstrijdig" in ref.flags or (len(ref.dossier) < 5 and ref.dossier.isdigit()):
        return None
    start = _start(ref)
    plain = "-".join(["kst", ref.dossier, *([ref.suffix] if ref.suffix else []), number])
    senate = (
        ref.chamber is Kamer.EERSTE
        or "letter-in-tweede-kamer" in ref.flags
        or (ref.chamber is None and number.isalpha())
    )
    dossier = int(ref.dossier) if ref.dossier.isdigit() else None
    if start is None:
        if senate:
            return plain if dossier is not None and dossier >= _FIRST_DOSSIER_WITHOUT else None
        recent = dossier is not None and (dossier >= _FIRST_DOSSIER or dossier == _EU_COUNCILS)
        return plain if recent or (number.isdigit() and int(number) >= _FIRST_NUMBER_OF_OLDER) else None
    if start < _FIRST_YEAR:
        return None
    prefixed = start < _LAST_YEAR_WITH_PREFIX or (
        start == _LAST_YEAR_WITH_PREFIX and dossier is not None and dossier <= _LAST_DOSSIER_WITH_PREFIX
    )
    return plain.replace("kst-", f"kst-{_compact(ref)}-", 1) if senate and prefixed else plain


def _gazette(ref: Reference, number: str) -> str | None:
    if ref.jaar is None or not number.isdigit() or int(ref.jaar) < _FIRST_GAZETTE:
        return None
    if ref.kind is Soort.STCRT:
        year = int(ref.jaar)
        if year < _FIRST_STCRT or (year == _FIRST_STCRT and int(number) <= _LAST_DAY_ISSUE_OF_2009):
            return None
    return f"{ref.kind.value}-{ref.jaar}-{number}"


def _aanhangsel(ref: Reference, number: str) -> str | None:
    start = _start(ref)
    if start is None or start <= _FIRST_YEAR or not number.isdigit():
        return None
    return f"ah-{_CODES[ref.chamber]}-{_compact(ref)}-{number}"


def _handelingen(ref: Reference) -> str | None:
    start = _start(ref)
    if start is None or start <= _FIRST_YEAR or ref.chamber is None:
        return None
    head = f"h-{_CODES[ref.chamber]}-{_compact(ref)}"
    ranges = [page for page in ref.pages if page.replace("-", "").isdigit() and page.count("-") == 1]
    if ref.item and ref.vergadering and start > _LAST_YEAR_BY_FIRST_PAGE:
        return f"{head}-{ref.vergadering}-{ref.item}"
    if len(ref.pages) != 1 or not ranges:
        return None
    if start <= _LAST_YEAR_BY_PAGE:
        return f"{head}-{ranges[0]}"
    if start == _LAST_YEAR_BY_FIRST_PAGE and ref.vergadering:
        return f"{head}-{ref.vergadering}-{ranges[0].split('-')[0]}"
    return None
