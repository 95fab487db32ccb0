"""References as dictionaries with the fields of the judged samples. In: a text. Out: one a reference."""

from __future__ import annotations

from flows.kamerstuk import grammar
from flows.kamerstuk.identifiers import identifiers
from flows.model.reference import Reference, Soort

Fields = dict[str, str | bool | list[str] | list[list[str]] | list[int] | None]


def parse(text: str) -> list[Fields]:
    """The references of `text`, in order."""
    return [fields(reference) for reference in grammar.parse(text)]


def fields(ref: Reference) -> Fields:
    """One reference as a dictionary: what was given, what can be derived, what is odd."""
    found = list(identifiers(ref)) or None
    years = list(ref.vergaderjaren)
    return {
        "kind": ref.kind.value,
        "text": ref.text,
        "span": list(ref.span),
        "chamber": ref.chamber.value if ref.chamber else None,
        "vergaderjaar": years if len(years) > 1 else (years[0] if years else None),
        "dossier": ref.dossier,
        "suffix": ref.suffix,
        "rijkswet": ref.rijkswet,
        "co_dossiers": list(ref.co_dossiers),
        "nummers": list(ref.nummers),
        "pages": list(ref.pages),
        "bijlage": ref.bijlage,
        "jaar": ref.jaar,
        "vergadering": ref.vergadering,
        "item": ref.item,
        "ident": ref.ident,
        "kst": found if ref.kind is Soort.KAMERSTUK else None,
        "kst_alt": [],
        "ob_ids": found if ref.kind is not Soort.KAMERSTUK else None,
        "flags": list(ref.flags),
    }
