"""A drawing in the theme's letters and colours: the same picture as SVG and as PNG, the same bytes on any machine.

In: what is drawn, in millimetres from the upper left. Out: `Picture`. Only this module knows matplotlib. Letters are drawn as
shapes, so that a picture adds no words to a text; all that it says is said beside it.
"""

from __future__ import annotations

import base64
import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Rectangle

from flows.render import dutch
from flows.render.look import Look

WIDTH = 160.0
DOTS = 200  # per inch, of the PNG
SIZE = 8.5  # points, of letters
LINE = 4.0  # from one line of letters to the next
MM = 72 / 25.4  # points
EDGE = 1.0  # points; the white edge that keeps neighbours apart
SETTINGS = {"svg.fonttype": "path", "svg.hashsalt": "voortgang", "hatch.linewidth": 0.9}
MISSING, MORE = "?", "…"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG and as PNG, each as the address `data:`, and its size in millimetres."""

    svg: str
    png: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Fill:
    """A colour, and the hatching over it that survives grey print."""

    colour: str
    hatch: str = ""


class Canvas:
    """A white sheet of the text's width and a height."""

    def __init__(self, look: Look, height: float) -> None:
        self.look, self.height = look, height
        self._drawn: list[Callable[[], Patch | Line2D]] = []  # drawn once the settings are ours
        self._words: list[tuple[float, float, str, dict[str, Any]]] = []

    def box(self, x: float, y: float, width: float, height: float, fill: Fill) -> None:
        """A filled box with a white edge."""
        self._drawn.append(partial(Rectangle, (x, y), width, height, **_filled(fill)))

    def disc(self, x: float, y: float, radius: float, fill: Fill) -> None:
        """A filled disc with a white edge."""
        self._drawn.append(partial(Circle, (x, y), radius, **_filled(fill)))

    def line(self, begin: tuple[float, float], end: tuple[float, float], colour: str, points: float = 0.4) -> None:
        """A straight line."""
        pairs = zip(begin, end, strict=True)
        self._drawn.append(partial(Line2D, *pairs, color=colour, linewidth=points, solid_capstyle="butt"))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        align: str = "left",
        bold: bool = False,
        tag: bool = False,
        colour: str = "inkt",
    ) -> None:
        """A line of letters around height `y`; a `tag` is white behind, so that it can be read on any fill."""
        extra: dict[str, Any] = {"ha": align, "color": self.look.colours[colour]}
        extra["font"] = FontProperties(fname=self.look.bold if bold else self.look.letter, size=SIZE)
        if tag:
            extra["bbox"] = {"boxstyle": "square,pad=0.18", "facecolor": "white", "edgecolor": "none"}
        self._words.append((x, y, _drawable(words, self.look.letter), extra))

    def finished(self) -> Picture:
        """The picture."""
        with style.context(["default", SETTINGS]):
            figure = Figure(figsize=(WIDTH * MM / 72, self.height * MM / 72))
            axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(self.height, 0))
            axes.set_axis_off()
            for draw in self._drawn:
                axes.add_artist(draw())
            for x, y, words, extra in self._words:
                axes.text(x, y, words, va="center_baseline", parse_math=False, **extra)
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            svg = _saved(figure, "svg", metadata=nothing)
            png = _saved(figure, "png", metadata={"Software": None}, dpi=DOTS)
        return Picture(_address("image/svg+xml", svg), _address("image/png", png), WIDTH, self.height)


def fitted(words: str, width: float, lines: int, look: Look) -> tuple[str, ...]:
    """`words` as lines of at most `width`, at most `lines` of them; what is left out is an ellipsis."""
    made = list(_lines(_drawable(dutch.typeset(words), look.letter), width, look.letter))
    if len(made) > lines:
        last = made[lines - 1]
        while last and measured(last + MORE, look.letter) > width:
            last = last[:-1].rstrip()
        made[lines - 1 :] = [last + MORE]
    return tuple(made)


def measured(words: str, letter: Path) -> float:
    """The width of a line of letters."""
    font = get_font(letter)
    font.set_size(SIZE, 72)
    font.set_text(words, 0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64 / MM


def _lines(words: str, width: float, letter: Path) -> Iterator[str]:
    line = ""
    for word in words.split(" "):  # a hard space is no end of a line
        if line and measured(f"{line} {word}", letter) > width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
        while measured(line, letter) > width:  # a word that is longer than a line
            fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or measured(line[:n], letter) <= width)
            yield line[:fits]
            line = line[fits:]
    if line:
        yield line


def _drawable(words: str, letter: Path) -> str:
    """Words with a question mark for each character that the letter does not have; white space is a space."""
    known = get_font(letter).get_charmap()
    letters = unicodedata.normalize("NFC", words)
    return "".join(c if ord(c) in known else " " if c.isspace() else MISSING for c in letters)


def _filled(fill: Fill) -> dict[str, Any]:
    return {"facecolor": fill.colour, "edgecolor": "white", "hatch": fill.hatch or None, "linewidth": EDGE}


def _saved(figure: Figure, kind: str, **extra: Any) -> bytes:
    made = io.BytesIO()
    figure.savefig(made, format=kind, **extra)
    return made.getvalue()


def _address(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
