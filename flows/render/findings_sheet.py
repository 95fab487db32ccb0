"""The sheet Bevindingen: what was found in a workbook, as its first sheet, with a link to each cell.

In: a workbook's parts, changed in place, and the findings as lines of words. All its text is text: nothing in it is a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from flows.model.ours import NAME
from flows.render.notes_on_cells import BLOCKING, WARNING, numbered, styles
from flows.render.ooxml import Element
from flows.render.workbook_parts import BOOK_ORDER, SPREADSHEET, STYLE_ORDER, Parts, S, make, section

WIDTHS = (15, 17, 9, 68, 62)
HEADER = 6  # the row of the table's header
LINE_HEIGHT, HIGHEST = 14.0, 409.0  # of rows, in points
LONGEST = 32_000  # letters that a cell can hold
INK, HEAD, LINE, LINK = "FF1A1A1A", "FF154273", "FFBFBFBF", "FF0B57A4"


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in the table: its severity in words, the sheet and cell as shown, what there is and what to do, and where it leads."""

    ernst: str
    blad: str
    cel: str
    bericht: str
    advies: str
    blocking: bool
    link: str | None = None


def insert(
    parts: Parts, title: str, heading: Sequence[str], header: Sequence[str], lines: Sequence[Line], foot: str
) -> None:
    """Puts the sheet before the others, and opens the workbook there. `heading` is a title and the sentences under it."""
    book = parts.edit(parts.book)
    listed = book.find(f"{S}sheets")
    title = _free(title, {one.get("name").casefold() for one in listed})
    name = parts.add("xl/worksheets", "bevindingen", "xml", f"{SPREADSHEET}worksheet+xml")
    parts.put(name, _sheet(_Styles(parts), heading, header, lines, foot))
    number = str(max(int(one.get("sheetId")) for one in listed) + 1)
    _renumber(book, {at: at + 1 for at in range(len(listed))})
    listed.insert(0, make("sheet", name=title, sheetId=number, rid=parts.relate(parts.book, "worksheet", name)))
    _deselect(parts)
    names = section(book, "definedNames", BOOK_ORDER)
    first = quoted(title)
    for told, attributes in (
        (f"{first}!$A$1", {"name": NAME, "hidden": "1"}),
        (f"{first}!${HEADER}:${HEADER}", {"name": "_xlnm.Print_Titles", "localSheetId": "0"}),
    ):
        names.append(make("definedName", text=told, **attributes))


def remove(parts: Parts) -> None:
    """Takes out the sheet of an earlier time."""
    book, by_title = parts.edit(parts.book), parts.sheets
    names, listed = section(book, "definedNames", BOOK_ORDER), book.find(f"{S}sheets")
    for one in [one for one in names if one.get("name") == NAME]:
        names.remove(one)
        title = (one.text or "").rpartition("!")[0].removeprefix("'").removesuffix("'").replace("''", "'")
        at = next((at for at, sheet in enumerate(listed) if sheet.get("name") == title), None)
        if at is None or len(listed) == 1:
            continue
        listed.remove(listed[at])
        parts.drop(parts.book, by_title[title])
        for local in [local for local in names if local.get("localSheetId") == str(at)]:
            names.remove(local)
        _renumber(book, {old: old - (old > at) for old in range(len(listed) + 1)})


def quoted(title: str) -> str:
    """A sheet's title as a formula names it."""
    return "'" + title.replace("'", "''") + "'"


def _free(title: str, taken: AbstractSet[str]) -> str:
    names = (title, *(f"{title} ({number})" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name.casefold() not in taken)


def _renumber(book: Element, places: Mapping[int, int]) -> None:
    """What names a sheet by its place follows it."""
    for one in book.iterfind(f"{S}definedNames/{S}definedName[@localSheetId]"):
        one.set("localSheetId", str(places.get(int(one.get("localSheetId")), 0)))
    for view in book.iterfind(f"{S}bookViews/{S}workbookView"):
        view.attrib.pop("firstSheet", None)
        view.set("activeTab", "0")


def _deselect(parts: Parts) -> None:
    """No other sheet stays selected: what is typed in one of several selected sheets is typed in all."""
    for _, name in (*parts.related(parts.book, "worksheet"), *parts.related(parts.book, "chartsheet")):
        if b'tabSelected="' in parts.parts[name]:
            for view in parts.edit(name).iterfind(f"{S}sheetViews/{S}sheetView"):
                view.attrib.pop("tabSelected", None)


class _Styles:
    """The formats of our sheet, added to those of the workbook."""

    def __init__(self, parts: Parts) -> None:
        self.root = parts.edit(styles(parts))
        rule = make("bottom", make("color", rgb=LINE), style="thin")
        plain = self.add("borders", make("border", *map(make, ("left", "right", "top", "bottom", "diagonal"))))
        lined = self.add("borders", make("border", *map(make, ("left", "right", "top")), rule, make("diagonal")))
        text, bold = self.font(), self.font(bold=True)
        self.text = self.format(text, 0, lined)
        self.link = self.format(self.font(LINK, underlined=True), 0, lined)
        self.ernst = {
            blocking: self.format(bold, self.fill(colour), lined)
            for blocking, colour in ((True, BLOCKING), (False, WARNING))
        }
        self.header = self.format(self.font("FFFFFFFF", bold=True), self.fill(HEAD), plain)
        self.title = self.format(self.font(HEAD, bold=True, size="16"), 0, plain, wrap=False)
        self.sentence = self.format(text, 0, plain, wrap=False)

    def add(self, group: str, element: Element) -> int:
        return numbered(section(self.root, group, STYLE_ORDER), element)

    def font(self, colour: str = INK, *, bold: bool = False, underlined: bool = False, size: str = "10") -> int:
        said = [make("b")] * bold + [make("u")] * underlined
        return self.add(
            "fonts", make("font", *said, make("sz", val=size), make("color", rgb=colour), make("name", val="Calibri"))
        )

    def fill(self, colour: str) -> int:
        solid = make("patternFill", make("fgColor", rgb=colour), make("bgColor", indexed="64"), patternType="solid")
        return self.add("fills", make("fill", solid))

    def format(self, font: int, fill: int, border: int, *, wrap: bool = True) -> int:
        """A format of text: a value in it that begins with `=` stays text, also after somebody has edited it."""
        numbers = {"fontId": font, "fillId": fill, "borderId": border, "numFmtId": 49}
        alignment = make("alignment", vertical="top", wrapText=str(int(wrap)))
        told = {"quotePrefix": "1", "applyFont": "1", "applyFill": "1", "applyBorder": "1", "applyAlignment": "1"}
        told |= {name: str(number) for name, number in numbers.items()}
        return self.add("cellXfs", make("xf", alignment, **told))


def _sheet(styles: _Styles, heading: Sequence[str], header: Sequence[str], lines: Sequence[Line], foot: str) -> Element:
    rows = [_row(1, [(styles.title, heading[0])], 2 * LINE_HEIGHT)]
    rows += [_row(at, [(styles.sentence, words)]) for at, words in enumerate(heading[1:], 2)]
    rows.append(_row(HEADER, [(styles.header, words) for words in header], LINE_HEIGHT + 6))
    links = []
    for at, line in enumerate(lines, HEADER + 1):
        words = (line.ernst, line.blad, line.cel, line.bericht, line.advies)
        if line.link:
            links.append(make("hyperlink", ref=f"C{at}", location=line.link, display=line.cel))
        formats = (styles.ernst[line.blocking], styles.text, styles.link if line.link else styles.text)
        rows.append(_row(at, list(zip((*formats, styles.text, styles.text), words, strict=True)), _height(words)))
    pane = make("pane", ySplit=str(HEADER), topLeftCell=f"A{HEADER + 1}", activePane="bottomLeft", state="frozen")
    chosen = make("selection", pane="bottomLeft", activeCell=f"A{HEADER + 1}", sqref=f"A{HEADER + 1}")
    view = make("sheetView", pane, chosen, showGridLines="0", tabSelected="1", workbookViewId="0")
    columns = [
        make("col", min=str(at), max=str(at), width=str(width), customWidth="1") for at, width in enumerate(WIDTHS, 1)
    ]
    foot = f"&L{foot.replace('&', '&&')}&R&P / &N"
    return make(
        "worksheet",
        make("sheetPr", make("tabColor", rgb=HEAD), make("pageSetUpPr", fitToPage="1")),
        make("dimension", ref=f"A1:E{HEADER + len(lines)}"),
        make("sheetViews", view),
        make("sheetFormatPr", defaultRowHeight="15"),
        make("cols", *columns),
        make("sheetData", *rows),
        *([make("hyperlinks", *links)] if links else []),
        make("pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.6", header="0.3", footer="0.3"),
        make("pageSetup", paperSize="9", orientation="landscape", fitToHeight="0"),
        make("headerFooter", make("oddFooter", text=foot)),
    )


def _row(at: int, cells: Sequence[tuple[int, str]], height: float = LINE_HEIGHT) -> Element:
    made = [
        make("c", make("is", make("t", text=words[:LONGEST])), r=f"{letter}{at}", s=str(style), t="inlineStr")
        for letter, (style, words) in zip("ABCDE", cells, strict=False)
    ]
    return make("row", *made, r=str(at), ht=str(height), customHeight="1")


def _height(texts: Iterable[str]) -> float:
    """The height of a row in points: not every program finds it by itself."""
    lines = (
        sum(1 + len(line) // width for line in text.split("\n")) for text, width in zip(texts, WIDTHS, strict=True)
    )
    return min(HIGHEST, LINE_HEIGHT * max(lines) + 3)
