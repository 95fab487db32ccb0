"""The pictures of the annexes: status by theme, when it is due, and indicators against their target.

In: the rows to draw, with the words that the templates have for them. Out: `Picture`. Pure; how a line, a letter or a colour gets on
paper is canvas.py's. What a picture cannot show (a name too long, a value too small) stands in the table beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import sqrt

from flows.model.counts import StatusTable, Tijdlijn
from flows.model.entries import Status
from flows.render import dutch
from flows.render.canvas import LINE, WIDTH, Canvas, Fill, Picture, fitted, measured
from flows.render.indicators import Measured
from flows.render.look import Look

Counts = Sequence[tuple[str, tuple[int, ...]]]

HATCHES = {
    Status.NIET_GESTART: "|||",
    Status.OP_SCHEMA: "",
    Status.VERTRAAGD: "////",
    Status.AFGEROND: "\\\\\\",
    Status.VERVALLEN: "xxx",
    Status.ONBEKEND: "+++",
}
NAMES = 54.0  # width of the names on the left
GAP = 3.0
BAR, SWATCH, DISC, SMALLEST = 6.0, 5.0, 4.2, 1.5
HEAD = 2 * LINE + GAP
TARGET = 1.8  # points, of the line at a target
VALUES, TARGETS = 138.0, WIDTH - 0.5  # right edges of the numbers beside the bars


def status_fill(status: Status, look: Look) -> Fill:
    """How a status looks in every picture."""
    return Fill(look.colours[status.value.casefold().replace(" ", "-")], HATCHES[status])


def status_bars(look: Look, table: StatusTable, rows: Counts) -> Picture:
    """A bar for each of `rows`, all in the scale of the table's longest, with a part for each status."""
    fills = [status_fill(status, look) for status in table.statussen]
    legend = [(fill, str(status)) for fill, status in zip(fills, table.statussen, strict=True)]
    names = [fitted(name, NAMES - GAP, 2, look) for name, _ in rows]
    canvas = Canvas(look, _legend_height(look, legend) + sum(_height(name, BAR) for name in names))
    y = _legend(canvas, legend)
    totals = [sum(counts) for _, counts in table.rows]
    scale = (WIDTH - NAMES - 2 - max(measured(dutch.short(total), look.bold) for total in totals)) / max(totals)
    for name, (_, counts) in zip(names, rows, strict=True):
        middle, y = y + _height(name, BAR) / 2, y + _height(name, BAR)
        _name(canvas, name, middle)
        x = NAMES
        for fill, count in zip(fills, counts, strict=True):
            width = count * scale
            if count:
                canvas.box(x, middle - BAR / 2, width, BAR, fill)
            if measured(said := dutch.short(count), look.bold) + 2.4 < width:
                canvas.text(x + width / 2, middle, said, align="center", bold=True, tag=True)
            x += width
        canvas.text(x + 1.5, middle, dutch.short(sum(counts)), bold=True)
    return canvas.finished()


def time_line(look: Look, line: Tijdlijn, rows: Counts, heads: Sequence[str]) -> Picture:
    """A mark for what is due in each of the columns `heads`: what is overdue before a line for the day, the rest behind it."""
    columns = heads[: len(line.kwartalen) + 1]
    step = (WIDTH - NAMES) / (len(line.kwartalen) + 1)
    names = [fitted(name, NAMES - GAP, 2, look) for name, _ in rows]
    heights = [_height(name, 2 * DISC) for name in names]
    canvas = Canvas(look, HEAD + sum(heights))
    for column, head in enumerate(columns):
        for number, words in enumerate(fitted(head, step - 1, 2, look)):
            canvas.text(NAMES + column * step + 1, LINE * (number + 0.6), words, bold=True)
    most = max((max(counts[:-1]) for _, counts in line.rows), default=0) or 1
    late, coming = Fill(look.colours["verstreken"], "////"), Fill(look.colours["komt"])
    y = HEAD
    for name, height, (_, counts) in zip(names, heights, rows, strict=True):
        canvas.line((0, y), (WIDTH, y), look.colours["lijn"])
        middle, y = y + height / 2, y + height
        _name(canvas, name, middle)
        for column, count in enumerate(counts[:-1]):
            radius = max(SMALLEST, DISC * sqrt(count / most))
            x = NAMES + column * step + 1 + radius
            if count and column:
                canvas.disc(x, middle, radius, coming)
            elif count:
                canvas.box(x - radius, middle - radius, 2 * radius, 2 * radius, late)
            if count:
                canvas.text(x + radius + 1, middle, dutch.short(count), bold=True)
    canvas.line((NAMES + step - 1, 0), (NAMES + step - 1, y), look.colours["inkt"], 1.2)
    return canvas.finished()


def indicator_bars(look: Look, rows: Sequence[Measured], words: Mapping[str, str]) -> Picture:
    """A bar for each indicator in a scale of its own, with its target as a line and the earlier value as a bar below."""
    now, before = Fill(look.colours["waarde"]), Fill(look.colours["vorige"], "////")
    legend = [(now, words["waarde"])]
    legend += [(before, words["vorige"])] if any(row.before is not None for row in rows) else []
    names = [fitted(f"{row.name} ({row.unit})" if row.unit else row.name, NAMES - GAP, 3, look) for row in rows]
    top = _legend_height(look, legend) + LINE
    canvas = Canvas(look, top + sum(_height(name, 2 * LINE) for name in names))
    y = _legend(canvas, legend) + LINE
    for edge, head in ((VALUES, words["waarde"]), (TARGETS, words["streefwaarde"])):
        canvas.text(edge, y - LINE / 2, head, align="right", bold=True)
    mark = TARGETS - measured(words["streefwaarde"], look.bold) - 2
    canvas.line((mark, y - LINE), (mark, y), look.colours["streefwaarde"], TARGET)
    for name, row in zip(names, rows, strict=True):
        height = _height(name, 2 * LINE)
        canvas.line((0, y), (WIDTH, y), look.colours["lijn"])
        middle, y = y + height / 2, y + height
        _name(canvas, name, middle)
        _indicator(canvas, row, middle, now, before)
    return canvas.finished()


def _indicator(canvas: Canvas, row: Measured, middle: float, now: Fill, before: Fill) -> None:
    """The bars, the line and the numbers of one indicator; of a value that was never known nothing."""
    known = [number for number in (row.value, row.target, row.before) if number is not None]
    largest = max(map(abs, known)) or 1.0  # the difference of two huge numbers may be no number
    low, high = min(0.0, *known) / largest, max(0.0, *known) / largest
    room = VALUES - 18 - NAMES

    def at(number: float) -> float:
        return NAMES + room * (number / largest - low) / (high - low or 1.0)

    two = row.before is not None
    upper = middle - LINE / 2 if two else middle
    canvas.text(VALUES, upper, dutch.short(row.value), align="right", bold=True)
    _bar(canvas, at(0), at(row.value), upper, now)
    if row.before is not None:
        canvas.text(VALUES, middle + LINE / 2, dutch.short(row.before), align="right", colour="grijs")
        _bar(canvas, at(0), at(row.before), middle + LINE / 2, before)
    canvas.line((at(0), middle - LINE), (at(0), middle + LINE), canvas.look.colours["grijs"])
    if row.target is not None:
        canvas.text(TARGETS, middle, dutch.short(row.target), align="right")
        for colour, points in (("white", 2 * TARGET), (canvas.look.colours["streefwaarde"], TARGET)):
            canvas.line((at(row.target), middle - LINE), (at(row.target), middle + LINE), colour, points)


def _bar(canvas: Canvas, begin: float, end: float, middle: float, fill: Fill) -> None:
    canvas.box(min(begin, end), middle - LINE * 0.4, abs(end - begin), LINE * 0.8, fill)


def _name(canvas: Canvas, lines: Sequence[str], middle: float) -> None:
    """A name on the left, its lines around `middle`."""
    for number, line in enumerate(lines):
        canvas.text(0, middle + LINE * (number - (len(lines) - 1) / 2), line)


def _height(name: Sequence[str], least: float) -> float:
    return max(LINE * len(name), least) + GAP


def _placed(look: Look, legend: Sequence[tuple[Fill, str]]) -> tuple[tuple[float, float], ...]:
    """Where the entries of a legend stand: as many on a line as fit."""
    x, y = 0.0, LINE / 2
    made: list[tuple[float, float]] = []
    for _, words in legend:
        width = SWATCH + 1.5 + measured(words, look.letter) + 2 * GAP
        if x + width > WIDTH + 2 * GAP:
            x, y = 0.0, y + LINE + 1
        made.append((x, y))
        x += width
    return tuple(made)


def _legend_height(look: Look, legend: Sequence[tuple[Fill, str]]) -> float:
    return _placed(look, legend)[-1][1] + LINE / 2 + GAP


def _legend(canvas: Canvas, legend: Sequence[tuple[Fill, str]]) -> float:
    """Draws what each fill means; returns where it ends."""
    for (x, y), (fill, words) in zip(_placed(canvas.look, legend), legend, strict=True):
        canvas.box(x, y - LINE * 0.45, SWATCH, LINE * 0.9, fill)
        canvas.text(x + SWATCH + 1.5, y, words)
    return _legend_height(canvas.look, legend)


PICTURES: Mapping[str, Callable[..., Picture]] = {
    "status": status_bars,
    "tijdlijn": time_line,
    "indicatoren": indicator_bars,
}
