"""Word's styles as OpenDocument's, so that a theme has one file with styles.

In: the roots of Word's `styles.xml` and `settings.xml`. Out: `Styles`: the styles, and what the text must know of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.render.odf import make
from flows.render.odt_place import Place
from flows.render.odt_properties import paragraph_properties, text_properties
from flows.render.odt_tables import Cells, cells
from flows.render.odt_values import points, value
from flows.render.ooxml import Element, W

NO_STYLE = "DefaultParagraphFont"  # Word's name for text that has no style of its own
NO_HEADING = 9  # the level of what is in no contents
DEFAULTS = f"{W}docDefaults/{W}pPrDefault/{W}pPr"
FAMILIES = {"paragraph": "paragraph", "character": "text"}
OWN_NAMES = {
    "Normal": "Standard", "Body Text": "Text body", "TOC Heading": "Contents Heading", "footnote text": "Footnote",
    "footnote reference": "Footnote anchor", "Hyperlink": "Internet link", "caption": "Caption", "header": "Header", "footer": "Footer",
}  # fmt: skip
CALL, NUMBER = "Footnote_20_anchor", "Footnote_20_Symbol"  # of a note: in the text, and before the note
CONTENTS_LINK = "Index_20_Link"
BREAKS = {"fo:hyphenate": "true", "fo:hyphenation-remain-char-count": "2", "fo:hyphenation-push-char-count": "2"}


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles, what each is called here by its id in Word, where its paragraphs stand, and the table's."""

    elements: tuple[Element, ...]
    names: dict[str, str]
    places: dict[str, Place]
    levels: dict[str, str]
    tables: dict[str, Cells]


def styles(root: Element, settings: Element) -> Styles:
    """All styles of Word that OpenDocument knows."""
    found = [
        style
        for style in root.iterfind(f"{W}style")
        if style.get(f"{W}type") in FAMILIES and style.get(f"{W}styleId") != NO_STYLE
    ]
    chain = {style.get(f"{W}styleId"): style for style in found}
    names = {key: _encoded(_name(style)) for key, style in chain.items()}
    first = Place().moved(root.find(DEFAULTS))
    places = {"": first} | {key: _place(style, chain, first) for key, style in chain.items()}
    levels = dict(_levels(found))
    made = [_style(style, names, places, levels) for style in found]
    return Styles(
        (
            _defaults(root, settings),
            *map(_empty, ("text", "table", "table-row", "table-cell")),
            *made,
            *_own_styles(),
            _notes(),
        ),
        names,
        places,
        levels,
        {style.get(f"{W}styleId"): cells(style) for style in root.iterfind(f"{W}style[@{W}type='table']")},
    )


def _levels(found: list[Element]) -> Iterator[tuple[str, str]]:
    """The level of each heading, from 1."""
    for style in found:
        if (level := value(style.find(f"{W}pPr"), "outlineLvl")) is not None and int(level) < NO_HEADING:
            yield style.get(f"{W}styleId"), str(int(level) + 1)


def _name(style: Element) -> str:
    """What OpenDocument's programs call a style, where they know it."""
    name = str(value(style, "name"))
    own = name.replace("toc ", "Contents ", 1) if name.startswith("toc ") else OWN_NAMES.get(name, name)
    return own[0].upper() + own[1:]


def _encoded(name: str) -> str:
    return name.replace(" ", "_20_")


def _place(style: Element | None, chain: dict[str, Element], first: Place) -> Place:
    """Where the paragraphs of a style stand, which it may have from the style that it is based on."""
    if style is None:
        return first
    return _place(chain.get(value(style, "basedOn") or ""), chain, first).moved(style.find(f"{W}pPr"))


def _style(style: Element, names: dict[str, str], places: dict[str, Place], levels: dict[str, str]) -> Element:
    key = style.get(f"{W}styleId")
    said = {
        "style:name": names[key],
        "style:display-name": _name(style),
        "style:family": FAMILIES[style.get(f"{W}type")],
    }
    for tag, attribute in (("basedOn", "style:parent-style-name"), ("next", "style:next-style-name")):
        if other := names.get(value(style, tag) or ""):
            said[attribute] = other
    properties = style.find(f"{W}pPr")
    if level := levels.get(key):
        said["style:default-outline-level"] = level
    place, before = places[key], places.get(value(style, "basedOn") or "", places[""])
    both = (paragraph_properties(properties, place, before), text_properties(style.find(f"{W}rPr"), properties))
    return make("style:style", said, *(part for part in both if part is not None))


def _defaults(root: Element, settings: Element) -> Element:
    """What holds where no style says otherwise, the language and the breaking of words among it."""
    paragraph = paragraph_properties(root.find(DEFAULTS), Place().moved(root.find(DEFAULTS)), Place())
    text = text_properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    paragraph = make("style:paragraph-properties") if paragraph is None else paragraph
    text = make("style:text-properties") if text is None else text
    if settings.find(f"{W}autoHyphenation") is not None:
        text.attrib.update(make("style:text-properties", BREAKS).attrib)
        ladder = {"fo:hyphenation-ladder-count": value(settings, "consecutiveHyphenLimit") or "no-limit"}
        paragraph.attrib.update(make("style:paragraph-properties", ladder).attrib)
    if stop := value(settings, "defaultTabStop"):
        distance = {"style:tab-stop-distance": points(int(stop))}
        paragraph.attrib.update(make("style:paragraph-properties", distance).attrib)
    return make("style:default-style", {"style:family": "paragraph"}, paragraph, text)


def _own_styles() -> Iterator[Element]:
    """The number before a note looks as its call does; a line of the contents is a link that does not look like one."""
    yield make("style:style", {"style:name": NUMBER, "style:family": "text", "style:parent-style-name": CALL})
    yield make("style:style", {"style:name": CONTENTS_LINK, "style:family": "text"})


def _empty(family: str) -> Element:
    return make("style:default-style", {"style:family": family})


def _notes() -> Element:
    """Notes are numbered 1, 2, 3, at the foot of the page."""
    said = {
        "text:note-class": "footnote",
        "text:default-style-name": "Footnote",
        "text:citation-style-name": NUMBER,
        "text:citation-body-style-name": CALL,
        "style:num-format": "1",
        "text:start-value": "0",
        "text:footnotes-position": "page",
        "text:start-numbering-at": "document",
    }
    return make("text:notes-configuration", said)
