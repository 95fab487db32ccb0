"""A table of Word as OpenDocument's, with its head repeated on each page and its description.

In: `w:tbl`, and how a cell's paragraphs are said. Out: `table:table`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flows.render.odf import Element, make
from flows.render.odt_automatic import Automatic
from flows.render.odt_properties import points, value
from flows.render.odt_styles import Cells
from flows.render.ooxml import W

Say = Callable[[Element], list[Element]]


def table(found: Element, number: int, cells: Mapping[str, Cells], automatic: Automatic, say: Say) -> Element:
    """The table; `number` names it among the others."""
    properties = found.find(f"{W}tblPr")
    look = cells[value(properties, "tblStyle") or ""]
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
