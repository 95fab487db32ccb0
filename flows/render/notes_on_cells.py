"""Our marks on the cells of a worksheet: a colour and a comment; how they are set, and taken away with nothing else touched.

In: a workbook's parts, changed in place. The colour is a conditional format that always holds: the cell keeps its own format, a cell
that is empty needs not be there, and it is known again by its formula. A comment of others keeps its text; ours stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from flows.model.ours import SIGN, without_ours
from flows.render.ooxml import Element, R
from flows.render.workbook_parts import ORDER, SPREADSHEET, STYLE_ORDER, Parts, S, make, place, section

AUTHOR = "Voortgang"
FORMULA = '"voortgang"<>""'
BLOCKING, WARNING, INK = "FFF4B8AC", "FFFFE699", "FF1A1A1A"
VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
TOGETHER = 8000  # areas that one conditional format can have
WIDTH, LINE, LETTERS = 340, 17, 50  # of a comment: pixels, pixels a line, letters a line
COLUMN, ROW = 64, 20  # pixels of a column and a row that the sheet says nothing of
LAST = 16383
_OURS = re.compile(rb'voortgang(?:"|&quot;)&lt;')
_SHAPE = re.compile(rb"<((?:\w+:)?)shape\s[^>]*[^/>]>.*?</\1shape>", re.DOTALL)
_PLACE = re.compile(rb"<(?:\w+:)?(Row|Column)>\s*(\d+)\s*<")
_NUMBER = re.compile(rb"_x0000_s(\d+)")
_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor>)[^<]*")
_SPACES = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_NEW = f'<xml{_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
_KIND = (
    '<v:shapetype{spaces} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NOTE = (
    '<v:shape{spaces} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said at a cell, a line a finding, and whether any of it blocks."""

    lines: tuple[str, ...]
    blocking: bool


def mark(parts: Parts, sheet: str, marks: Mapping[str, Mark]) -> None:
    """Colours cells of a sheet (a part) and says in their comments why. A cell that is merged with others is the first of them."""
    root = parts.edit(sheet)
    anchored: dict[str, Mark] = {}
    areas = [(one.get("ref"), range_boundaries(one.get("ref"))) for one in root.iter(f"{S}mergeCell")]
    for cell, found in marks.items():
        at = _first(cell, areas)
        before = anchored.get(at, Mark((), blocking=False))
        anchored[at] = Mark((*before.lines, *found.lines), before.blocking or found.blocking)
    _colour(parts, root, anchored)
    _comment(parts, sheet, root, anchored)


def wipe(parts: Parts, sheet: str) -> None:
    """Takes our marks off a sheet."""
    if _OURS.search(parts.parts[sheet]):
        root = parts.edit(sheet)
        for rule in [one for one in root.iter(f"{S}cfRule") if one.findtext(f"{S}formula") == FORMULA]:
            formats = rule.getparent()
            formats.remove(rule)
            if not len(formats):
                root.remove(formats)
    for _, comments in tuple(parts.related(sheet, "comments")):
        if SIGN.strip().encode() in parts.parts[comments]:
            _unsay(parts, sheet, comments)


def format_number(parts: Parts, colour: str) -> int:
    """The number of the format that colours a cell."""
    fill = make("patternFill", make("fgColor", rgb=colour), make("bgColor", rgb=colour), patternType="solid")
    ours = make("dxf", make("font", make("color", rgb=INK)), make("fill", fill))
    return numbered(section(parts.edit(styles(parts)), "dxfs", STYLE_ORDER), ours)


def styles(parts: Parts) -> str:
    """The part with the workbook's styles."""
    return next(name for _, name in parts.related(parts.book, "styles"))


def numbered(group: Element, element: Element) -> int:
    """The number of an element in its group, to which it is added where it is not there yet."""
    same = (at for at, one in enumerate(group) if _alike(one, element))
    if (found := next(same, None)) is None:
        found = len(group)
        group.append(element)
        group.set("count", str(found + 1))
    return found


def _alike(one: Element, other: Element) -> bool:
    same = one.tag == other.tag and dict(one.attrib) == dict(other.attrib) and len(one) == len(other)
    return same and all(map(_alike, one, other))


def _first(cell: str, areas: Sequence[tuple[str, tuple[int, int, int, int]]]) -> str:
    column, row = _position(cell)
    for ref, (left, top, right, bottom) in areas:
        if left <= column <= right and top <= row <= bottom:
            return str(ref.partition(":")[0])
    return cell


def _position(cell: str) -> tuple[int, int]:
    """The column and row of a cell, from 1."""
    letters, row = coordinate_from_string(cell)
    return column_index_from_string(letters), row


def _colour(parts: Parts, root: Element, marks: Mapping[str, Mark]) -> None:
    """The formats go before all others of the sheet, whose numbers make room."""
    ours: list[tuple[str, list[str]]] = []
    for blocking, colour in ((True, BLOCKING), (False, WARNING)):
        cells = [cell for cell, found in marks.items() if found.blocking == blocking]
        ours += [(colour, cells[start : start + TOGETHER]) for start in range(0, len(cells), TOGETHER)]
    rules = [one for one in root.iter("{*}cfRule") if one.get("priority", "").isdigit()]
    room = 1 + len(ours) - min((int(one.get("priority")) for one in rules), default=0)
    for one in rules:
        one.set("priority", str(int(one.get("priority")) + room))
    for priority, (colour, cells) in enumerate(ours, 1):
        number = str(format_number(parts, colour))
        formula = make("formula", text=FORMULA)
        rule = make("cfRule", formula, type="expression", dxfId=number, priority=str(priority))
        place(root, make("conditionalFormatting", rule, sqref=" ".join(cells)), ORDER)


def _comment(parts: Parts, sheet: str, root: Element, marks: Mapping[str, Mark]) -> None:
    comments = next((name for _, name in parts.related(sheet, "comments")), "")
    if not comments:
        comments = parts.add("xl", "comments", "xml", f"{SPREADSHEET}comments+xml")
        parts.put(comments, make("comments", make("authors"), make("commentList")))
        parts.relate(sheet, "comments", comments)
    said = parts.edit(comments)
    authors, listed = said.find(f"{S}authors"), said.find(f"{S}commentList")
    if AUTHOR not in (known := [one.text for one in authors]):
        authors.append(make("author", text=AUTHOR))
    by = str([*known, AUTHOR].index(AUTHOR))
    theirs = {one.get("ref"): one for one in listed}
    drawing, sizes = _drawing(parts, sheet, root), _Sizes(root)
    shapes = parts.parts[drawing]
    number = max([1024, *map(int, _NUMBER.findall(shapes))])
    moved: dict[tuple[int, int], bytes] = {}
    for cell, found in marks.items():
        lines = [SIGN + " ".join(line.split()) for line in found.lines]
        column, row = _position(cell)
        if cell in theirs:
            before = _say(theirs[cell], lines)
            moved[column, row] = sizes.anchor(column, row, [*before.split("\n"), *lines]).encode()
            continue
        listed.append(make("comment", make("text", _run("\n".join(lines))), ref=cell, authorId=by))
        number += 1
        anchor = sizes.anchor(column, row, lines)
        shapes = _with(shapes, number=number, anchor=anchor, row=row - 1, column=column - 1)
    parts.parts[drawing] = _boxes(
        shapes, lambda place, box: _ANCHOR.sub(rb"\g<1>" + moved[place], box) if place in moved else box
    )


def _say(comment: Element, lines: Sequence[str]) -> str:
    """Adds lines to a comment; returns what stood there."""
    text = comment.find(f"{S}text")
    before = "".join(text.itertext(f"{S}t"))
    if (plain := text.find(f"{S}t")) is not None:
        text.insert(0, make("r", plain))
    runs = text.findall(f"{S}r")
    at = text.index(runs[-1]) + 1 if runs else 0
    text.insert(at, _run("\n".join((*([""] if before and not before.endswith("\n") else []), *lines))))
    return before


def _run(text: str) -> Element:
    properties = make("rPr", make("sz", val="9"), make("color", indexed="81"), make("rFont", val="Tahoma"))
    return make("r", properties, make("t", text=text))


def _drawing(parts: Parts, sheet: str, root: Element) -> str:
    """The part with the boxes of a sheet's comments."""
    if (drawing := root.find(f"{S}legacyDrawing")) is not None:
        return dict(parts.related(sheet, "vmlDrawing"))[drawing.get(f"{R}id")]
    name = parts.add("xl/drawings", "vmlDrawing", "vml", VML)
    parts.parts[name] = _NEW.encode()
    place(root, make("legacyDrawing", rid=parts.relate(sheet, "vmlDrawing", name)), ORDER)
    return name


def _with(shapes: bytes, **details: object) -> bytes:
    """The drawing with one shape more. It is not parsed: Excel writes some that are no XML."""
    added = _NOTE if b"_x0000_t202" in shapes else _KIND + _NOTE
    body, end, rest = shapes.rpartition(b"</xml>")
    root = shapes[: shapes.find(b">", shapes.find(b"<xml"))]
    spaces = "" if all(one.encode() in root for one in _SPACES.split()) else _SPACES
    return body + added.format(spaces=spaces, **details).encode() + end + rest


def _boxes(shapes: bytes, change: Callable[[tuple[int, int], bytes], bytes]) -> bytes:
    """The drawing with each box that belongs to a cell (column and row, from 1) changed."""

    def changed(match: re.Match[bytes]) -> bytes:
        at = {name: int(number) + 1 for name, number in _PLACE.findall(match[0])}
        return change((at[b"Column"], at[b"Row"]), match[0]) if len(at) == 2 else match[0]

    return _SHAPE.sub(changed, shapes)


def _unsay(parts: Parts, sheet: str, comments: str) -> None:
    """Takes our lines out of the comments of a sheet, and what is empty then."""
    root = parts.edit(sheet)
    drawing = _drawing(parts, sheet, root)
    listed, gone = parts.edit(comments).find(f"{S}commentList"), set()
    for comment in list(listed):
        if _without_ours(comment.find(f"{S}text")):
            listed.remove(comment)
            gone.add(_position(comment.get("ref")))
    parts.parts[drawing] = _boxes(parts.parts[drawing], lambda place, box: b"" if place in gone else box)
    if not len(listed):
        parts.drop(sheet, comments)
    if not re.search(rb"<(\w+:)?shape\b", parts.parts[drawing]):
        parts.drop(sheet, drawing)
        root.remove(root.find(f"{S}legacyDrawing"))


def _without_ours(text: Element) -> bool:
    """Takes our lines out of a comment; returns whether nothing else was in it."""
    pieces, ours = list(text.iter(f"{S}t")), False
    for piece in pieces:
        if (kept := without_ours(piece.text or "")) != (piece.text or ""):
            piece.text, ours = kept, True
    filled = [piece for piece in pieces if (piece.text or "").strip()]
    if ours and filled:
        filled[-1].text = filled[-1].text.rstrip("\n")  # the line end that stood before ours
        for piece in pieces[pieces.index(filled[-1]) + 1 :]:
            text.remove(piece if piece.getparent() is text else piece.getparent())
    return ours and not filled


class _Sizes:
    """The widths and heights of a sheet, in pixels."""

    def __init__(self, root: Element) -> None:
        self.columns = [
            (
                int(one.get("min")),
                int(one.get("max")),
                int(float(one.get("width", 9)) * 7 + 5) * (one.get("hidden") != "1"),
            )
            for one in root.iter(f"{S}col")
        ]
        self.rows = {
            int(one.get("r")): int(float(one.get("ht")) * 4 / 3)
            for one in root.iterfind(f"{S}sheetData/{S}row")
            if one.get("ht") and one.get("r")
        }

    def anchor(self, column: int, row: int, lines: Iterable[str]) -> str:
        """Where a comment of these lines stands: beside its cell, from a column and row to others."""
        height = LINE * (1 + sum(1 + len(line) // LETTERS for line in lines))
        right, across = _walk(column, WIDTH, self._width)
        bottom, down = _walk(row - 1, height, lambda at: self.rows.get(at + 1, ROW))
        return f"{column}, 12, {row - 1}, 4, {right}, {across}, {bottom}, {down}"

    def _width(self, at: int) -> int:
        return next((width for first, last, width in self.columns if first <= at + 1 <= last), COLUMN)


def _walk(at: int, pixels: int, size: Callable[[int], int]) -> tuple[int, int]:
    """From the start of a column or row (from 0) so many pixels on: which one that is, and how far in it."""
    while (here := size(at)) < pixels and at < LAST:
        at, pixels = at + 1, pixels - here
    return at, pixels
