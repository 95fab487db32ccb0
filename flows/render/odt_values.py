"""Single values of Word's properties, as OpenDocument writes them.

In: an attribute or a line of Word's. Out: a length, a colour or a border.
"""

from __future__ import annotations

from flows.render.ooxml import Element, W


def value(parent: Element | None, tag: str, attribute: str = "val") -> str | None:
    """An attribute of a child; None where there is no such thing."""
    found = None if parent is None else parent.find(f"{W}{tag}")
    return None if found is None else found.get(f"{W}{attribute}")


def is_on(parent: Element | None, tag: str) -> bool | None:
    """Whether a property is on; None where nothing is said of it."""
    found = None if parent is None else parent.find(f"{W}{tag}")
    return None if found is None else found.get(f"{W}val") not in ("0", "false", "off")


def points(twentieths: float) -> str:
    """A length in twentieths of a point."""
    return f"{twentieths / 20:g}pt"


def colour(code: str | None) -> str | None:
    """A colour; None for one that the program chooses."""
    return f"#{code.lower()}" if code and code != "auto" else None


def thick(border: Element) -> float:
    """The width of a border in points; 0 for one that is not drawn."""
    return 0 if border.get(f"{W}val") in ("nil", "none") else int(border.get(f"{W}sz", 4)) / 8


def border(found: Element | None) -> str | None:
    """A border; None for none."""
    if found is None or not thick(found):
        return None
    return f"{thick(found):g}pt solid {colour(found.get(f'{W}color')) or '#000000'}"
