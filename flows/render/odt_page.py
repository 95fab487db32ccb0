"""The page of an OpenDocument text: its size and margins, and its header and footer.

In: `w:sectPr`, and the paragraphs of each header and footer. Out: the page's layout and its master page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flows.render.odf import make
from flows.render.odt_values import points
from flows.render.ooxml import Element, W

LAYOUT, MASTER = "Pagina", "Standard"
PLACES = ("header", "header-first", "footer", "footer-first")  # in the order that the schema asks for
SEPARATOR = {
    "style:width": "0.5pt", "style:distance-before-sep": "8pt", "style:distance-after-sep": "5pt",
    "style:adjustment": "left", "style:rel-width": "25%", "style:color": "#000000", "style:line-style": "solid",
}  # fmt: skip


def page_layout(section: Element) -> Element:
    """The paper, its margins, and the room of header and footer within them."""
    size, margins = section.find(f"{W}pgSz"), _margins(section)
    said = {
        "fo:page-width": points(int(size.get(f"{W}w"))),
        "fo:page-height": points(int(size.get(f"{W}h"))),
        "fo:margin-left": points(margins["left"]),
        "fo:margin-right": points(margins["right"]),
        "fo:margin-top": points(margins["header"]),
        "fo:margin-bottom": points(margins["footer"]),
    }
    properties = make("style:page-layout-properties", said, make("style:footnote-sep", SEPARATOR))
    return make(
        "style:page-layout",
        {"style:name": LAYOUT},
        properties,
        _room("style:header-style", "fo:margin-bottom", margins["top"] - margins["header"]),
        _room("style:footer-style", "fo:margin-top", margins["bottom"] - margins["footer"]),
    )


def master_page(furniture: Mapping[str, Sequence[Element]]) -> Element:
    """The master page; `furniture` has the paragraphs of each of PLACES that there is."""
    said = {"style:name": MASTER, "style:page-layout-name": LAYOUT}
    return make(
        "style:master-page",
        said,
        *(make(f"style:{place}", None, *furniture[place]) for place in PLACES if place in furniture),
    )


def _margins(section: Element) -> dict[str, int]:
    found = section.find(f"{W}pgMar")
    return {side: int(found.get(f"{W}{side}")) for side in ("top", "right", "bottom", "left", "header", "footer")}


def _room(tag: str, side: str, height: int) -> Element:
    """The room between the text and the edge of a header or footer of one line."""
    line = 220
    said = {"fo:min-height": points(height), side: points(max(0, height - line)), "style:dynamic-spacing": "false"}
    return make(tag, None, make("style:header-footer-properties", said))
