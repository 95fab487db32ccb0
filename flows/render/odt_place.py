"""Where a paragraph stands: its indents and the space around it, gathered from all that says something of them.

In: `w:pPr` of a style, of a list and of a paragraph, in the order in which Word listens to them. Out: all margins at once, for a
program that is told of one forgets what a style said of the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flows.render.odt_values import points, thick, value
from flows.render.ooxml import Element, W

INDENTS = {"left": ("ind", "left"), "right": ("ind", "right"), "first": ("ind", "firstLine")}
SPACES = {"above": ("spacing", "before"), "below": ("spacing", "after")}


@dataclass(frozen=True, slots=True)
class Place:
    """Lengths in twentieths of a point.

    The last two are how far a border stands outside the indents, as in Word; in OpenDocument it stands within.
    """

    left: float = 0
    right: float = 0
    first: float = 0
    above: float = 0
    below: float = 0
    border_left: float = 0
    border_right: float = 0

    def moved(self, properties: Element | None) -> Place:
        """The place of what has these properties beside those that led here."""
        said = {name: value(properties, *where) for name, where in (INDENTS | SPACES).items()}
        changes: dict[str, float] = {name: int(length) for name, length in said.items() if length is not None}
        if (hanging := value(properties, "ind", "hanging")) is not None:
            changes["first"] = -int(hanging)
        if properties is not None and (borders := properties.find(f"{W}pBdr")) is not None:
            changes |= {f"border_{side}": _outside(borders.find(f"{W}{side}")) for side in ("left", "right")}
        return replace(self, **changes)

    def margins(self) -> Iterator[tuple[str, str]]:
        """The margins in OpenDocument."""
        yield "fo:margin-left", points(self.left - self.border_left)
        yield "fo:margin-right", points(self.right - self.border_right)
        yield "fo:text-indent", points(self.first)
        yield "fo:margin-top", points(self.above)
        yield "fo:margin-bottom", points(self.below)


def _outside(border: Element | None) -> float:
    """A border's width and its distance from the text."""
    return 0 if border is None else 20 * (int(border.get(f"{W}space", 0)) + thick(border))
