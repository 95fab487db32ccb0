"""What an element of the HTML is in the structure of a PDF.

In: a box as WeasyPrint laid it out. Out: the names of the elements that it becomes in the tree, and what is said
of the innermost. Knows HTML and PDF's standard structure types; changes nothing.
"""

from __future__ import annotations

from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

from flows.render.structure_tree import Node

SVG = "{http://www.w3.org/2000/svg}"
INLINE = {"strong", "em", "b", "i", "u", "s", "mark", "sup", "sub", "small", "abbr", "cite", "dfn", "var", "ins", "del"}
ROLES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(INLINE, ("Span",)),
    **{name: (name.upper(),) for name in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "tr", "td", "th")},
    "section": ("Sect",),
    "nav": ("Sect",),
    "article": ("Art",),
    "div": ("Div",),
    "figure": ("Div",),
    "blockquote": ("BlockQuote",),
    "q": ("Quote",),
    "code": ("Code",),
    "address": ("P",),
    "ol": ("L",),
    "ul": ("L",),
    "dl": ("L",),
    **dict.fromkeys(("li", "dt", "dd"), ("LI", "LBody")),
    "table": ("Table",),
    "caption": ("Caption",),
    "figcaption": ("Caption",),
    "thead": ("THead",),
    "tbody": ("TBody",),
    "tfoot": ("TFoot",),
    "img": ("Figure",),
    f"{SVG}svg": ("Figure",),
}
CONTENTS = {"ol": ("TOC",), "ul": ("TOC",), "li": ("TOCI",)}
GROUPS = frozenset(("Document", "Sect", "Art", "Div", "BlockQuote"))  # hold paragraphs, never words
CALL, MARKER = "::footnote-call", "::footnote-marker"


def roles(box: Any, parent: Node) -> tuple[str, ...]:
    """The names of the elements that a box becomes below `parent`, outermost first; none where it only arranges."""
    tag = str(box.element_tag)
    if tag.endswith(CALL):
        return ("Reference",)
    if tag.endswith((MARKER, "::marker")):
        return ("Lbl",)
    if tag == "a" and box.link_annotation:
        return ("Reference", "Link") if parent.role == "TOCI" else ("Link",)
    if tag in CONTENTS and (parent.tag == "nav" or parent.role in ("TOC", "TOCI")):
        return CONTENTS[tag]
    found = ROLES.get(tag, ())
    if not found and box.element is not None and "::" not in tag and tag != "html" and box.element.get("lang"):
        return ("Span",) if isinstance(box, boxes.InlineLevelBox) else ("Div",)
    return found


def describe(node: Node, box: Any, height: float) -> None:
    """Say of a new element what its name does not: its language, what it shows, how its cells belong together.

    `height` is that of the page.
    """
    element = box.element
    if node.tag == str(box.element_tag) and "::" not in node.tag and (lang := element.get("lang")):
        node.entries["Lang"] = pydyf.String(lang)
    if node.role == "Figure":
        node.entries["Alt"] = pydyf.String(alternative(element) or "")
        node.attributes = {"O": "/Layout", "BBox": pydyf.Array(_place(box, height))}
    elif node.role in ("TH", "TD"):
        node.attributes = _cell(node.role, box)
    elif node.role == "Table" and (summary := element.get("aria-label")):
        node.attributes = {"O": "/Table", "Summary": pydyf.String(summary)}
    elif node.role == "L" and box.style["list_style_type"] != "none":
        node.attributes = {"O": "/List", "ListNumbering": "/Decimal" if node.tag == "ol" else "/Disc"}
    elif node.tag == "abbr" and (words := element.get("title")):
        node.entries["E"] = pydyf.String(words)


def alternative(element: Any) -> str | None:
    """The words for who does not see a picture; empty for one that only decorates, None where it has none."""
    if element.get("aria-hidden") == "true" or element.get("role") == "presentation":
        return ""
    title = element.find(f"{SVG}title")
    for words in (element.get("aria-label"), element.get("alt"), title.text if title is not None else None):
        if words is not None:
            return str(words)
    return None


def said(element: Any) -> str:
    """What a link leads to: its title, or else its own words."""
    return element.get("title") or " ".join("".join(element.itertext()).split())


def _place(box: Any, height: float) -> tuple[float, float, float, float]:
    left, top = box.content_box_x() * 0.75, box.content_box_y() * 0.75
    bottom = height * 0.75 - top
    return left, bottom - box.height * 0.75, left + box.width * 0.75, bottom


def _cell(role: str, box: Any) -> dict[str, Any]:
    spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
    made: dict[str, Any] = {"O": "/Table", **{name: span for name, span in spans.items() if span != 1}}
    if role == "TH":
        made["Scope"] = "/Row" if box.element.get("scope") in ("row", "rowgroup") else "/Column"
    return made if len(made) > 1 else {}
