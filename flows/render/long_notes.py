"""Cuts a note that does not fit its page.

In: WeasyPrint's context with a note as the last in the area at the foot of the page, and the height that the area
may have. Out: the first part of the note in its place, and the rest for the next page. The cut is between two
lines, as WeasyPrint breaks them.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout.block import block_level_layout


def cut_last(context: Any, height: float) -> Any:
    """Leave of the last note on the page what fits an area of `height`; returns the rest, None where nothing fits."""
    area = build.create_anonymous_boxes(context.current_footnote_area.deepcopy())
    notes = list(area.children)
    space = context.page_bottom - area.position_y - height
    laid_out, at, *_ = block_level_layout(context, area, space, None, area.page)
    within = (at or {}).get(len(notes) - 1)
    if within is None:
        return None
    first, rest = _cut(notes[-1], within)
    if first is None or rest is None:
        return None
    _hyphenate(first, laid_out)
    context.current_page_footnotes[-1] = first
    return _continued(rest)


def _cut(box: Any, at: Any) -> tuple[Any, Any]:
    """A box up to a place, and from there on; None for a part without anything in it.

    A line goes on in the lines of the next part, so its content is handed out without it.
    """
    (index, within), *_ = at.items()
    if isinstance(box, boxes.TextBox):
        text = box.text.encode()  # WeasyPrint counts a text in bytes
        first, rest = text[:index].decode(), text[index:].decode()
        return box.copy_with_text(first) if first else None, box.copy_with_text(rest) if rest else None
    before, after = list(box.children[:index]), list(box.children[index:])
    if within is not None:
        first, after[0] = _cut(after[0], within)
        before.append(first)
    return _part(box, before), _part(box, after)


def _part(box: Any, children: list[Any]) -> Any:
    found: list[Any] = []
    for child in children:
        if isinstance(child, boxes.LineBox):
            found += child.children
        elif child is not None:
            found.append(child)
    return box.copy_with_children(found) if found else None


def _hyphenate(first: Any, laid_out: Any) -> None:
    """End the last line of a part with a hyphen where it has one as it is laid out."""
    text, line = _last(first), _last(laid_out)
    hyphen = line.style["hyphenate_character"]
    if line.text.endswith(hyphen) and not text.text.rstrip().endswith(hyphen):
        text.text += hyphen


def _last(box: Any) -> Any:
    """The last text in a box."""
    return [text for text in box.descendants() if isinstance(text, boxes.TextBox)][-1]


def _continued(rest: Any) -> Any:
    """The rest of a note: without the place that links lead to, and without the indent of a first line."""
    rest.style = rest.style.copy()
    rest.style["anchor"] = None
    rest.style["text_indent"] = Dimension(0, "px")
    return rest
