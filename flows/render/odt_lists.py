"""Lists: in Word each item names its list, in OpenDocument a list holds its items.

In: Word's `numbering.xml`, and items as they are said. Out: the lists' styles, and the lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.render.odf import Element, make, name
from flows.render.odt_values import points, value
from flows.render.ooxml import W

FORMATS = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


@dataclass(frozen=True, slots=True)
class Lists:
    """The first level of each of Word's lists, by its number: the brief has no lists within lists."""

    levels: Mapping[str, Element]

    @classmethod
    def read(cls, numbering: Element) -> Lists:
        """The lists of `numbering.xml`."""
        kinds = {
            found.get(f"{W}abstractNumId"): found.find(f"{W}lvl") for found in numbering.iterfind(f"{W}abstractNum")
        }
        return cls(
            {found.get(f"{W}numId"): kinds[value(found, "abstractNumId")] for found in numbering.iterfind(f"{W}num")}
        )

    def styles(self, used: frozenset[str]) -> list[Element]:
        """A style for each list that is used."""
        return [
            make("text:list-style", {"style:name": list_style(number)}, _level(level))
            for number, level in self.levels.items()
            if number in used
        ]


def add(blocks: list[Element], number: str, item: Element) -> None:
    """Put an item into its list: the one that stands last, or a new one."""
    style = list_style(number)
    if not (blocks and blocks[-1].get(name("text:style-name")) == style):
        blocks.append(make("text:list", {"text:style-name": style}))
    blocks[-1].append(make("text:list-item", None, item))


def list_style(number: str | None) -> str:
    """The name of a list's style."""
    return f"lijst{number}"


def _level(level: Element) -> Element:
    kind, text = value(level, "numFmt") or "", value(level, "lvlText") or ""
    said = {"text:level": "1"}
    if kind == "bullet":
        tag, said["text:bullet-char"] = "text:list-level-style-bullet", text
    else:
        before, _, after = text.partition("%1")
        tag = "text:list-level-style-number"
        said |= {"style:num-prefix": before, "style:num-suffix": after, "style:num-format": FORMATS[kind]}
        said["text:start-value"] = value(level, "start") or "1"
    left, hanging = (int(value(level.find(f"{W}pPr"), "ind", side) or 0) for side in ("left", "hanging"))
    place = {
        "text:label-followed-by": "listtab",
        "text:list-tab-stop-position": points(left),
        "fo:text-indent": points(-hanging),
        "fo:margin-left": points(left),
    }
    alignment = make("style:list-level-label-alignment", place)
    return make(tag, said, make("style:list-level-properties", ALIGNED, alignment))


ALIGNED = {"text:list-level-position-and-space-mode": "label-alignment"}
