"""A table of Word as OpenDocument's, with its head repeated on each page and its description.

In: `w:tbl`, its style, and how a cell's paragraphs are said. Out: `table:table`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flows.render.odf import Element, make
from flows.render.odt_automatic import Automatic
from flows.render.odt_values import border, colour, points, value
from flows.render.ooxml import W

Say = Callable[[Element], list[Element]]
MARGINS, BETWEEN = f"{W}tblPr/{W}tblCellMar", f"{W}tblPr/{W}tblBorders/{W}insideH"
FIRST_ROW = f"{W}tblStylePr[@{W}type='firstRow']/{W}tcPr"
SIDES = ("top", "left", "bottom", "right")


@dataclass(frozen=True, slots=True)
class Cells:
    """The properties of a table's cells: in its first row, and in the others."""

    head: dict[str, str]
    body: dict[str, str]


def cells(style: Element) -> Cells:
    """The cells of a table's style: their lines and the space within them."""
    margins, first = (style.find(path) for path in (MARGINS, FIRST_ROW))
    space = {f"fo:padding-{side}": points(int(value(margins, side, "w") or 0)) for side in SIDES}
    body = space | _line(style.find(BETWEEN))
    head = body | _line(style.find(f"{FIRST_ROW}/{W}tcBorders/{W}bottom"))
    if (align := value(first, "vAlign")) in ("top", "bottom"):
        head["style:vertical-align"] = align
    if fill := colour(value(first, "shd", "fill")):
        head["fo:background-color"] = fill
    return Cells(head, body)


def _line(found: Element | None) -> dict[str, str]:
    """The line below a row."""
    said = border(found)
    return {"fo:border-bottom": said} if said else {}


def table(found: Element, number: int, looks: Mapping[str, Cells], automatic: Automatic, say: Say) -> Element:
    """The table; `number` names it among the others."""
    properties = found.find(f"{W}tblPr")
    look = looks[value(properties, "tblStyle") or ""]
    widths = [int(column.get(f"{W}w")) for column in found.iterfind(f"{W}tblGrid/{W}gridCol")]
    whole = {"style:width": points(sum(widths)), "table:align": "left", "style:may-break-between-rows": "true"}
    style = automatic.style("table", None, make("style:table-properties", whole))
    made = make("table:table", {"table:name": f"Tabel{number}", "table:style-name": str(style)})
    for tag, words in (("table:title", "tblCaption"), ("table:desc", "tblDescription")):
        if text := value(properties, words):
            made.append(make(tag, text=text))
    for width in widths:
        column = automatic.style(
            "table-column", None, make("style:table-column-properties", {"style:column-width": points(width)})
        )
        made.append(make("table:table-column", {"table:style-name": str(column)}))
    head = make("table:table-header-rows")
    for row in found.iterfind(f"{W}tr"):
        is_head = row.find(f"{W}trPr/{W}tblHeader") is not None
        (head if is_head else made).append(_row(row, look.head if is_head else look.body, automatic, say))
    if len(head):
        made.insert(len(made) - len(made.findall(head[0].tag)), head)
    return made


def _row(row: Element, look: Mapping[str, str], automatic: Automatic, say: Say) -> Element:
    whole = row.find(f"{W}trPr/{W}cantSplit") is not None
    properties = {"fo:keep-together": "always" if whole else "auto"}
    style = automatic.style("table-row", None, make("style:table-row-properties", properties))
    made = make("table:table-row", {"table:style-name": str(style)})
    for cell in row.iterfind(f"{W}tc"):
        of_cell = automatic.style("table-cell", None, make("style:table-cell-properties", look))
        said = {"table:style-name": str(of_cell), "office:value-type": "string"}
        made.append(make("table:table-cell", said, *say(cell)))
    return made
