"""Word's properties of paragraphs and of text, as OpenDocument says them.

In: `w:pPr` and `w:rPr`. Out: `style:paragraph-properties` and `style:text-properties`. What OpenDocument has no word for
only changes how something looks, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.render.odf import make
from flows.render.odt_place import Place
from flows.render.odt_values import border, colour, is_on, points, value
from flows.render.ooxml import Element, W

ALIGN = {"left": "start", "start": "start", "right": "end", "end": "end", "center": "center", "both": "justify"}
POSITION = {"superscript": "super 58%", "subscript": "sub 58%"}
SIDES = ("top", "left", "bottom", "right")


def paragraph_properties(properties: Element | None, place: Place, before: Place) -> Element | None:
    """How a paragraph stands; None where nothing is said of it. `before` is the place that it has without these properties."""
    said = dict(place.margins()) if place != before else {}
    if properties is not None:
        said |= {**dict(_line(properties)), **dict(_flow(properties))}
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
    if (hyphens := is_on(paragraph, "suppressAutoHyphens")) is not None:
        said["fo:hyphenate"] = str(not hyphens).lower()
    return make("style:text-properties", said) if said else None


def _border(found: Element, side: str) -> dict[str, str]:
    line = border(found)
    return {f"fo:border-{side}": line, f"fo:padding-{side}": f"{found.get(f'{W}space', 0)}pt"} if line else {}


def _line(properties: Element) -> Iterator[tuple[str, str]]:
    if (line := value(properties, "spacing", "line")) is not None:
        rule = value(properties, "spacing", "lineRule")
        if rule == "atLeast":
            yield "style:line-height-at-least", points(int(line))
        else:
            yield "fo:line-height", points(int(line)) if rule == "exact" else f"{int(line) / 2.4:g}%"


def _flow(properties: Element) -> Iterator[tuple[str, str]]:
    for tag, name, on in (
        ("keepNext", "fo:keep-with-next", "always"),
        ("keepLines", "fo:keep-together", "always"),
        ("pageBreakBefore", "fo:break-before", "page"),
    ):
        if (said := is_on(properties, tag)) is not None:
            yield name, on if said else "auto"
    if (control := is_on(properties, "widowControl")) is not None:
        yield from dict.fromkeys(("fo:widows", "fo:orphans"), "2" if control else "0").items()
    if (align := ALIGN.get(value(properties, "jc") or "")) is not None:
        yield "fo:text-align", align


def _stops(properties: Element | None, place: Place) -> Iterator[Element]:
    """The tab stops, counted from the indent."""
    for tab in () if properties is None else properties.iterfind(f"{W}tabs/{W}tab"):
        if (position := int(tab.get(f"{W}pos")) - place.left) >= 0:
            yield _stop(tab, position)


def _stop(tab: Element, position: float) -> Element:
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
    if (bold := is_on(properties, "b")) is not None:
        yield "fo:font-weight", "bold" if bold else "normal"
    if (italic := is_on(properties, "i")) is not None:
        yield "fo:font-style", "italic" if italic else "normal"
    if is_on(properties, "caps"):
        yield "fo:text-transform", "uppercase"
    if is_on(properties, "smallCaps"):
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
