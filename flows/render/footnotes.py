"""Repairs the footnote layout of WeasyPrint 70.0, which loses notes without a word.

In: the imported WeasyPrint. Out: the same WeasyPrint with five functions exchanged or wrapped, after which
each note is printed once, in order, on the page of its call or the next, and no text stands on top of a note.
Knows nothing of briefs. Another version of WeasyPrint raises RuntimeError (inside.py).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint import layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, page

from flows.render.inside import verified
from flows.render.long_notes import cut_last

MOST_NOTES = 0.8  # of the height of a page
# A paragraph whose last line before a permitted break does not fit: WeasyPrint moves notes to the next page
# until it does, and keeps that line without ever laying out the line's own notes (they are lost), or moves
# the notes and the paragraph too (they are late for nothing; twice in a row, and they are two pages late).
# Without this the paragraph moves as a whole and takes its notes along, as it did until version 65.
WHOLE_PARAGRAPH = (
    "report = not context.in_column and can_break_now and not could_break_before",
    "report = False",
)

# A border or padding on @footnote makes the two sides differ by 1e-13, and every note "overflows" the area
# made for it: a page for each. `overflows` is WeasyPrint's own comparison with a tolerance.
TOLERANCE = (
    "overflow = last_child_bottom > footnote_area_bottom",
    "overflow = self.overflows(footnote_area_bottom, last_child_bottom)",
)


# A note that is laid out and moved on at once leaves its area behind: empty, but with margin and padding.
EMPTY_AREA = (
    "        self.current_footnote_area.height = 0\n",
    "        self.current_footnote_area.height = 'auto'\n        return False\n",
)

# The notes that a page was handed and has no room for wait behind the rest of one that was cut.
BEHIND_THE_REST = (
    "context.reported_footnotes = reported_footnotes[i:]",
    "context.reported_footnotes[-1:] = reported_footnotes[i:]",
)


def repair() -> None:
    """Exchange the functions; doing it again changes nothing."""
    if layout.make_all_pages is make_all_pages:
        return
    context = layout.LayoutContext
    verified(layout.make_all_pages)
    lines = _edited(block._linebox_layout, WHOLE_PARAGRAPH)
    area = _edited(context._update_footnote_area, TOLERANCE, EMPTY_AREA)
    page.make_page = _edited(page.make_page, BEHIND_THE_REST)
    block._linebox_layout = lines
    block.block_container_layout = _watching_rows(block.block_container_layout)
    context._update_footnote_area = area
    context.layout_footnote = _sparing_text(context.layout_footnote)
    layout.make_all_pages = make_all_pages


def make_all_pages(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
    """Yield all pages, making again only those of `pages` (the last pass) on which something changed.

    As WeasyPrint's, but a page also hands its late notes to the next: in WeasyPrint, a page that is made
    again after one that is not misses them, one that is not made again after one that is leaves them to be
    printed twice, and a last page of nothing but notes is dropped. What each page was handed is kept in the
    context from pass to pass.
    """
    last_pass: list[list[Any]] = getattr(context, "handed_on", [])
    handed_on: list[list[Any]] = [[]]
    context.handed_on = handed_on
    context.rendered_notes = []
    index = 0
    while True:
        state = context.page_maker[index][-1]
        same = index < len(pages) and last_pass[index] == handed_on[index]
        if same and not state["content_changed"] and not state["pages_wanted"]:
            made, resume_at, late = pages[index], context.page_maker[index + 1][0], last_pass[index + 1]
        else:
            state.update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
            context.reported_footnotes = list(handed_on[index])
            context.handed = list(handed_on[index])
            context.row = None
            made, resume_at = page.remake_page(index, context, root_box, html)
            late = list(context.reported_footnotes)
        yield made
        handed_on.append(late)
        index += 1
        if resume_at is None and not late:
            del context.page_maker[index + 1 :]
            context.broken_out_of_flow.clear()
            context.reported_footnotes = []
            return


@dataclass(slots=True)
class _Row:
    """The table row whose cells are laid out.

    The page, the top of the page's first row, and its own top and bottom so far.

    `split` is true where one of its cells goes on on the next page.
    """

    page: int
    first: float
    top: float
    bottom: float
    split: bool = False


def _watching_rows(lay_out: Callable[..., Any]) -> Callable[..., Any]:
    """Lay out a box; where it is a cell, remember how far down its row reaches."""

    def block_container_layout(context: Any, box: Any, *arguments: Any, **options: Any) -> Any:
        if not isinstance(box, boxes.TableCellBox) or box.element_tag != "td":
            return lay_out(context, box, *arguments, **options)
        row: _Row | None = getattr(context, "row", None)
        if row is None or row.page != context.current_page:
            row = _Row(context.current_page, box.position_y, box.position_y, 0.0)
        elif row.top != box.position_y or box.grid_x == 0:
            row = _Row(row.page, min(row.first, box.position_y), box.position_y, 0.0)
        context.row = row
        result = lay_out(context, box, *arguments, **options)
        if cell := result[0]:
            row.bottom = max(row.bottom, cell.position_y + cell.border_height() - cell.padding_bottom)
            row.split |= result[1] is not None
        return result

    return block_container_layout


def _sparing_text(lay_out: Callable[..., Any]) -> Callable[..., Any]:
    """Lay out a note; it overflows also where it would cover text that cannot move any more.

    One that the page before handed on is cut where it does not fit, for it would come two pages late.

    Text that cannot move is a cell to the left in a row that is split or stands first on its page (cells are laid out one
    after the other, so that the notes of the second take room that the first has filled), and the text of a
    page that late notes fill.
    """

    def layout_footnote(context: Any, footnote: Any) -> Any:
        overflow = lay_out(context, footnote)
        sheet = context.current_footnote_area.page
        most = sheet.height * (1.0 if sheet.page_type.blank else MOST_NOTES)
        full = context.overflows(context.page_bottom, sheet.content_box_y() + sheet.height - most)
        if footnote in context.handed:
            if context.reported_footnotes:
                return True
            if full and (rest := cut_last(context, most)):
                context.reported_footnotes = [rest]
                context._update_footnote_area()
                return False
        row: _Row | None = getattr(context, "row", None)
        if row is None or row.page != context.current_page or not (row.split or row.top == row.first):
            return overflow or full
        return overflow or full or context.overflows(context.page_bottom, row.bottom)

    return layout_footnote


def _edited(function: Callable[..., Any], *edits: tuple[str, str]) -> Callable[..., Any]:
    """`function` with some lines of its source exchanged."""
    source = verified(function)
    for old, new in edits:
        if source.count(old) != 1:
            raise RuntimeError(f"{function.__qualname__} has not just one {old!r}")
        source = source.replace(old, new)
    code = compile(source, inspect.getfile(function), "exec")
    names: dict[str, Any] = {}
    exec(code, function.__globals__, names)  # noqa: S102 - WeasyPrint's own source, as its digest says
    made: Callable[..., Any] = names[function.__name__]
    return made
