"""Word's properties of paragraphs and of text, as OpenDocument says them.

In: `w:pPr` and `w:rPr`. Out: `style:paragraph-properties` and `style:text-properties`. What OpenDocument has no word for
only changes how something looks, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flows.render.odf import make
from flows.render.ooxml import Element, W

ALIGN = {"left": "start", "start": "start", "right": "end", "end": "end", "center": "center", "both": "justify"}
POSITION = {"superscript": "super 58%", "subscript": "sub 58%"}
SIDES = ("top", "left", "bottom", "right")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands between the margins, in twentieths of a point: its indents, and how far a border stands outside them.

    In Word a border stands outside the indents, in OpenDocument within.
    """

    left: int = 0
    right: int = 0
    first: int = 0
    border_left: float = 0
    border_right: float = 0

    def moved(self, properties: Element | None) -> Place:
        """The place of what has these properties beside those that led here."""
        if properties is None:
            return self
        indents = {"left": self.left, "right": self.right, "firstLine": self.first, "hanging": None}
        said = {side: value(properties, "ind", side) for side in indents}
        first = self.first if said["firstLine"] is None else int(said["firstLine"])
        first = first if said["hanging"] is None else -int(said["hanging"])
        left, right = (int(said[side] or indents[side] or 0) for side in ("left", "right"))
        borders = properties.find(f"{W}pBdr")
        if borders is None:
            return replace(self, left=left, right=right, first=first)
        return Place(left, right, first, *(_width(borders.find(f"{W}{side}")) for side in ("left", "right")))


def value(parent: Element | None, tag: str, attribute: str = "val") -> str | None:
    """An attribute of a child; None where there is no such thing."""
    found = None if parent is None else parent.find(f"{W}{tag}")
    return None if found is None else found.get(f"{W}{attribute}")


def points(twentieths: float) -> str:
    """A length in twentieths of a point."""
    return f"{twentieths / 20:g}pt"


def paragraph_properties(properties: Element | None, place: Place, before: Place) -> Element | None:
    """How a paragraph stands; None where nothing is said of it. `before` is the place that it has without these properties."""
    said = dict(_indents(place)) if place != before else {}
    if properties is not None:
        said |= {**dict(_spacing(properties)), **dict(_flow(properties))}
        for side in SIDES:
            said |= _border(properties.find(f"{W}pBdr/{W}{side}"), side)
        if fill := colour(value(properties, "shd", "fill")):
            said["fo:background-color"] = fill
    made = make("style:paragraph-properties", said)
    if stops := list(_stops(properties, place)):
        made.append(make("style:tab-stops", None, *stops))
    return made if len(made) or made.attrib else None


def text_properties(properties: Element | None, paragraph: Element | None = None) -> Element | None:
    """How text looks; None where nothing is said of it. Of the paragraph it asks whether words may be broken."""
    said = {}
    if properties is not None:
        said = dict(_letters(properties)) | dict(_decoration(properties))
    if (hyphens := _on(paragraph, "suppressAutoHyphens")) is not None:
        said["fo:hyphenate"] = str(not hyphens).lower()
    return make("style:text-properties", said) if said else None


def border(found: Element | None) -> str | None:
    """A line as OpenDocument says it; None for none."""
    if found is None or found.get(f"{W}val") in ("nil", "none"):
        return None
    return f"{_thick(found):g}pt solid {colour(found.get(f'{W}color')) or '#000000'}"


def colour(code: str | None) -> str | None:
    """A colour; None for one that the program chooses."""
    return f"#{code.lower()}" if code and code != "auto" else None


def _width(found: Element) -> float:
    """A border's width and its distance from the text."""
    return 0 if border(found) is None else 20 * (int(found.get(f"{W}space", 0)) + _thick(found))


def _thick(found: Element) -> float:
    return int(found.get(f"{W}sz", 4)) / 8


def _border(found: Element, side: str) -> dict[str, str]:
    line = border(found)
    return {f"fo:border-{side}": line, f"fo:padding-{side}": f"{found.get(f'{W}space', 0)}pt"} if line else {}


def _on(properties: Element | None, tag: str) -> bool | None:
    """Whether a property is on; None where nothing is said of it."""
    found = None if properties is None else properties.find(f"{W}{tag}")
    return None if found is None else found.get(f"{W}val") not in ("0", "false", "off")


def _spacing(properties: Element) -> Iterator[tuple[str, str]]:
    for side, name in (("before", "fo:margin-top"), ("after", "fo:margin-bottom")):
        if (space := value(properties, "spacing", side)) is not None:
            yield name, points(int(space))
    if (line := value(properties, "spacing", "line")) is not None:
        rule = value(properties, "spacing", "lineRule")
        if rule == "atLeast":
            yield "style:line-height-at-least", points(int(line))
        else:
            yield "fo:line-height", points(int(line)) if rule == "exact" else f"{int(line) / 2.4:g}%"


def _indents(place: Place) -> Iterator[tuple[str, str]]:
    yield "fo:margin-left", points(place.left - place.border_left)
    yield "fo:margin-right", points(place.right - place.border_right)
    yield "fo:text-indent", points(place.first)


def _flow(properties: Element) -> Iterator[tuple[str, str]]:
    for tag, name, on in (
        ("keepNext", "fo:keep-with-next", "always"),
        ("keepLines", "fo:keep-together", "always"),
        ("pageBreakBefore", "fo:break-before", "page"),
    ):
        if (said := _on(properties, tag)) is not None:
            yield name, on if said else "auto"
    if (control := _on(properties, "widowControl")) is not None:
        yield from dict.fromkeys(("fo:widows", "fo:orphans"), "2" if control else "0").items()
    if (align := ALIGN.get(value(properties, "jc") or "")) is not None:
        yield "fo:text-align", align


def _stops(properties: Element | None, place: Place) -> Iterator[Element]:
    """The tab stops, counted from the indent."""
    for tab in () if properties is None else properties.iterfind(f"{W}tabs/{W}tab"):
        if (position := int(tab.get(f"{W}pos")) - place.left) >= 0:
            yield _stop(tab, position)


def _stop(tab: Element, position: int) -> Element:
    said = {"style:position": points(position)}
    if (kind := tab.get(f"{W}val")) in ("right", "center"):
        said["style:type"] = kind
    if tab.get(f"{W}leader") == "dot":
        said |= {"style:leader-style": "dotted", "style:leader-text": "."}
    return make("style:tab-stop", said)


def _letters(properties: Element) -> Iterator[tuple[str, str]]:
    if font := value(properties, "rFonts", "ascii"):
        yield "fo:font-family", f"'{font}'"
    if size := value(properties, "sz"):
        yield "fo:font-size", f"{int(size) / 2:g}pt"
    if (bold := _on(properties, "b")) is not None:
        yield "fo:font-weight", "bold" if bold else "normal"
    if (italic := _on(properties, "i")) is not None:
        yield "fo:font-style", "italic" if italic else "normal"
    if _on(properties, "caps"):
        yield "fo:text-transform", "uppercase"
    if _on(properties, "smallCaps"):
        yield "fo:font-variant", "small-caps"
    if (wide := value(properties, "spacing")) is not None:
        yield "fo:letter-spacing", points(int(wide))
    if position := POSITION.get(value(properties, "vertAlign") or ""):
        yield "style:text-position", position
    if language := value(properties, "lang"):
        yield from zip(("fo:language", "fo:country"), (*language.split("-"), "none")[:2], strict=True)


def _decoration(properties: Element) -> Iterator[tuple[str, str]]:
    if said := colour(value(properties, "color")):
        yield "fo:color", said
    if fill := colour(value(properties, "shd", "fill")):
        yield "fo:background-color", fill
    if (line := value(properties, "u")) is not None:
        yield "style:text-underline-style", "none" if line == "none" else "solid"
        yield "style:text-underline-color", colour(value(properties, "u", "color")) or "font-color"
