"""Lists: in Word each item names its list, in OpenDocument a list holds its items.

In: Word's `numbering.xml`, and items as they are said. Out: the lists' styles, and the lists.
"""

from __future__ import annotations

from collections.abc import Set

from flows.render.odf import Element, make, name
from flows.render.odt_properties import points, value
from flows.render.ooxml import W

FORMATS = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


def list_styles(numbering: Element, used: Set[str]) -> list[Element]:
    """A style for each list that is used, of one level: the brief has no lists within lists."""
    levels = {found.get(f"{W}abstractNumId"): found.find(f"{W}lvl") for found in numbering.iterfind(f"{W}abstractNum")}
    return [
        make("text:list-style", {"style:name": _style(found.get(f"{W}numId"))}, _level(levels[value(found, "abstractNumId")]))
        for found in numbering.iterfind(f"{W}num")
        if found.get(f"{W}numId") in used
    ]


def add(blocks: list[Element], number: str, item: Element) -> None:
    """Put an item into its list: the one that stands last, or a new one."""
    style = _style(number)
    if not (blocks and blocks[-1].get(name("text:style-name")) == style):
        blocks.append(make("text:list", {"text:style-name": style}))
    blocks[-1].append(make("text:list-item", None, item))


def _style(number: str | None) -> str:
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
