"""The styles and texts of an .xlsx file: which numbers are dates, which letters bold, italic or struck through.

In: parsed XML. Out: plain values. Letters that were read in the wrong encoding are mended here, where nothing of them is lost yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from flows.gather.mend import mend
from flows.gather.normalise import clean
from flows.gather.package import Package, namespace
from flows.model.delivery import Run

_BUILTIN = {
    9: "0%", 10: "0.00%", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
}  # fmt: skip
_SILENT = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPE = re.compile(r"_x((?![dD][89a-fA-F])[0-9A-Fa-f]{4})_")  # never half a sign
_SPACE = re.compile("[ \\n]+")
_OFF = {"0", "false", "none"}


class Font(NamedTuple):
    """What of a font is kept."""

    bold: bool = False
    italic: bool = False
    strike: bool = False


class Style(NamedTuple):
    """What of a cell's style matters: how its number is shown, whether that is a date or a time, and its font."""

    number_format: str = "General"
    date: bool = False
    font: Font = Font()


class Text(NamedTuple):
    """A text in pieces, each with its own font (None: that of the cell), and the words that were mended: as stored, as read."""

    pieces: tuple[tuple[str, Font | None], ...]
    mended: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> str:
        return "".join(text for text, _ in self.pieces)

    def styled(self, font: Font) -> tuple[tuple[Run, ...], str]:
        """The runs to print in a cell with that font, and the text that is struck through."""
        if len(self.pieces) == 1 and not font.strike and self.pieces[0][1] is None:
            return (Run(self.pieces[0][0], font.bold, font.italic),), ""
        pieces = [(text, own or font) for text, own in self.pieces if text]
        struck = " ".join(text.strip() for text, own in pieces if own.strike)
        return tuple(Run(text, own.bold, own.italic) for text, own in pieces if not own.strike), struck


def read_styles(package: Package) -> Sequence[Style]:
    """The styles that cells refer to by number; one plain style where there are none."""
    name = package.first("styles")
    if name is None:
        return (Style(),)
    root = package.xml(name)
    ns = namespace(root)
    formats = {int(one.get("numFmtId")): one.get("formatCode") for one in root.iterfind(f"{ns}numFmts/{ns}numFmt")}
    fonts = [_font(one, ns) for one in root.iterfind(f"{ns}fonts/{ns}font")] or [Font()]
    styles = []
    for one in root.iterfind(f"{ns}cellXfs/{ns}xf"):
        number = int(one.get("numFmtId", 0))
        code = formats.get(number) or _BUILTIN.get(number, "General")
        styles.append(Style(code, _is_date(code), fonts[int(one.get("fontId", 0))]))
    return styles or (Style(),)


def read_strings(package: Package) -> Sequence[Text]:
    """The texts that cells refer to by number."""
    name = package.first("sharedStrings")
    if name is None:
        return ()
    root = package.xml(name)
    return [rich_text(one) for one in root.iterfind(f"{namespace(root)}si")]


def rich_text(element: Any) -> Text:
    """The text of an element that holds `t`, or runs with a `t` and perhaps a font each."""
    ns, pieces = namespace(element), []
    if not (runs := element.findall(f"{ns}r")):
        return plain_text(element.findtext(f"{ns}t") or "")
    for run in runs:
        style = run.find(f"{ns}rPr")
        pieces.append((run.findtext(f"{ns}t") or "", None if style is None else _font(style, ns)))
    return _text(pieces)


@lru_cache(maxsize=2048)  # most cells of a column say the same few things
def plain_text(text: str) -> Text:
    """A text without fonts of its own."""
    return _text([(text, None)])


def _text(pieces: Sequence[tuple[str, Font | None]]) -> Text:
    stored = [(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text), font) for text, font in pieces]
    mended = tuple((clean(mend(text)), font) for text, font in stored)
    words = [pair for (before, _), (after, _) in zip(stored, mended, strict=True) for pair in _changed(before, after)]
    return Text(mended, tuple(dict.fromkeys(words)))


def _changed(stored: str, mended: str) -> list[tuple[str, str]]:
    """The words of a text that were mended; mending changes no space between words."""
    before = clean(stored)
    if before == mended or mend(stored) == stored:
        return []
    return [pair for pair in zip(_SPACE.split(before), _SPACE.split(mended), strict=False) if pair[0] != pair[1]]


def _font(element: Any, ns: str) -> Font:
    found = [element.find(f"{ns}{name}") for name in ("b", "i", "strike")]
    return Font(*(one is not None and one.get("val", "1") not in _OFF for one in found))


def _is_date(code: str) -> bool:
    shown = _SILENT.sub("", code.partition(";")[0])
    return shown.casefold() not in {"general", "@"} and bool(re.search(r"[dmyhsj]", shown, re.IGNORECASE))
