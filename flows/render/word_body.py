"""What pandoc leaves undone in Word's text: contents, tables, pictures, boxes and marks.

In: the root of `document.xml`. Out: the same, finished. Knows the names of reference.docx's styles; adds no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.render.ooxml import PIC, WP, Element, W, make, properties_of, restyle, set_property, style_of
from flows.render.word_contents import contents
from flows.render.word_source import TableSource

MARKS = frozenset({"Openstaandpunt", "Hiaat"})
BOX, BOXED_LIST, BOX_SPACE = "Kader", "Kaderlijst", "240"
CLOSING = frozenset({"Briefslot", "Brieffunctie"})
LISTS, LIST_SPACE = frozenset({"ListBullet", "ListNumber"}), "150"
DENSE_LIST, HEADING = "Wijzigingenlijst", "Heading2"


def finish(root: Element, tables: Sequence[TableSource], annexes: str, *, apart: bool) -> None:
    """Finish the text; `annexes` and `apart` are as in `contents`."""
    body = root.find(f"{W}body")
    for table, source in zip(body.iter(f"{W}tbl"), tables, strict=True):
        _table(table, source, _measure(body))
    highlight(body)
    _pictures(body)
    _boxes(body)
    _lists(body)
    _closing(body)
    for paragraph in contents(body, annexes, apart=apart):
        set_property(paragraph, "pageBreakBefore")
        set_property(paragraph, "spacing", before="0")


def highlight(root: Element) -> None:
    """Highlight the marks also where a reader does not show their style."""
    for style in root.iter(f"{W}rStyle"):
        if style.get(f"{W}val") in MARKS:
            style.getparent().append(make("highlight", val="yellow"))


def _measure(body: Element) -> int:
    """The width of the text, in twentieths of a point."""
    size, margins = body.find(f"{W}sectPr/{W}pgSz"), body.find(f"{W}sectPr/{W}pgMar")
    return int(size.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))


def _table(table: Element, source: TableSource, measure: int) -> None:
    """Set a table's widths, description and styles; keep its short rows whole."""
    whole = sum(source.widths)
    widths = [round(measure * width / whole) for width in source.widths]
    properties = table.find(f"{W}tblPr")
    properties.find(f"{W}tblW").attrib.update({f"{W}type": "dxa", f"{W}w": str(sum(widths))})
    for caption in properties.findall(f"{W}tblCaption"):
        properties.remove(caption)
    properties.append(make("tblCaption", val=source.description))
    properties.append(make("tblDescription", val=", ".join(source.heads)))
    for column, width in zip(table.iter(f"{W}gridCol"), widths, strict=True):
        column.set(f"{W}w", str(width))
    head, *rows = table.iterfind(f"{W}tr")
    _row(head, widths, "Tabelkop", splittable=False)
    for row, splittable, total in zip(rows, source.splittable, source.totals, strict=True):
        _row(row, widths, "Tabeltotaal" if total else "Tabeltekst", splittable=splittable)


def _row(row: Element, widths: Sequence[int], style: str, *, splittable: bool) -> None:
    for cell, width in zip(row.iterfind(f"{W}tc"), widths, strict=True):
        cell.find(f"{W}tcPr").insert(0, make("tcW", w=str(width), type="dxa"))
        for paragraph in cell.iter(f"{W}p"):
            restyle(paragraph, style)
    if not splittable:
        properties_of(row, "trPr").insert(0, make("cantSplit"))


def _pictures(body: Element) -> None:
    """Say of the inside of a picture what is said of the whole (pandoc gives its address); let it stand at the margin."""
    for picture in body.iter(f"{WP}inline"):
        picture.attrib.update(dict.fromkeys(("distT", "distB", "distL", "distR"), "0"))
        words = picture.find(f"{WP}docPr").get("descr")
        for inside in picture.iter(f"{PIC}cNvPr"):
            inside.set("descr", words)


def _boxes(body: Element) -> None:
    """Set the boxes apart from the text around them."""
    for previous, paragraph, following in _neighbours(body):
        if _boxed(paragraph):
            edges = {"before": _boxed(previous), "after": _boxed(following)}
            if space := {name: BOX_SPACE for name, inside in edges.items() if not inside}:
                set_property(paragraph, "spacing", **space)
            if style_of(paragraph) == BOXED_LIST:
                set_property(paragraph, "ind", left="580", hanging="340")


def _lists(body: Element) -> None:
    """Set the last item of a list apart from what follows, and the heading of a dense list close to it."""
    for previous, paragraph, following in _neighbours(body):
        style = style_of(paragraph)
        if style in LISTS and (following is None or style_of(following) not in LISTS):
            set_property(paragraph, "spacing", after=LIST_SPACE)
        if style == DENSE_LIST:
            set_property(paragraph, "ind", left="240", hanging="240")
            if style_of(previous) == HEADING:
                set_property(previous, "spacing", before="140", after="20", line="250")


def _closing(body: Element) -> None:
    """Keep the last words of a letter on the page of its signature."""
    for previous, paragraph, _ in _neighbours(body):
        if previous is not None and style_of(paragraph) in CLOSING:
            set_property(previous, "keepNext")


def _neighbours(body: Element) -> Iterator[tuple[Element | None, Element, Element | None]]:
    """Each paragraph, with the one before it and the one after it."""
    paragraphs = list(body.iter(f"{W}p"))
    yield from zip([None, *paragraphs], paragraphs, [*paragraphs[1:], None], strict=False)


def _boxed(paragraph: Element | None) -> bool:
    return paragraph is not None and style_of(paragraph).startswith(BOX)
