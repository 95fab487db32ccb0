"""The pictures: true to their numbers, told apart without colour, legible at any scale, and the same bytes anywhere."""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from flows.model.counts import StatusTable, Tijdlijn
from flows.model.entries import Status
from flows.model.quarter import Kwartaal
from flows.model.templates import Templates
from flows.render.canvas import Picture, fitted, measured
from flows.render.indicators import Comparison, Measured, compared
from flows.render.look import look
from flows.render.pictures import indicator_bars, status_bars, status_fill, time_line

ROOT = Path(__file__).parents[2]
LOOK = look(Templates(ROOT / "templates"))
STATUSES = (
    Status.NIET_GESTART, Status.OP_SCHEMA, Status.VERTRAAGD, Status.AFGEROND, Status.VERVALLEN, Status.ONBEKEND,
)  # fmt: skip
WORDS = {"waarde": "Waarde", "streefwaarde": "Streefwaarde", "vorige": "Waarde in het tweede kwartaal 2026"}
LONG = "Een naam die nergens ophoudt " * 7
PAGE = 210.0  # mm, for a picture with its heading and caption
SVG = "{http://www.w3.org/2000/svg}"
FAR = Tijdlijn(date(2026, 9, 25), tuple(Kwartaal(2027, n) for n in (1, 2, 3, 4)), True, (("T", (2, 0, 8, 0, 2, 5)),))


def svg(picture: Picture) -> etree._Element:
    kind, data = picture.svg.split(",")
    assert kind == "data:image/svg+xml;base64"
    return etree.fromstring(base64.b64decode(data))


def shapes(picture: Picture) -> list[tuple[float, float]]:
    """Width and height in millimetres of what is filled, in the order in which it was drawn."""
    found = []
    for path in svg(picture).iter(f"{SVG}path"):
        if "stroke: #ffffff; stroke-linejoin" in path.get("style", ""):
            numbers = [float(number) * 25.4 / 72 for number in re.findall(r"-?[\d.]+", path.get("d", ""))]
            xs, ys = numbers[::2], numbers[1::2]
            found.append((round(max(xs) - min(xs), 1), round(max(ys) - min(ys), 1)))
    return found


def widths(picture: Picture, height: float) -> list[float]:
    """The widths of all that is `height` high: the bars, not the legend."""
    return [width for width, tall in shapes(picture) if tall == height]


def table(*counts: tuple[int, ...], name: str = "Thema") -> StatusTable:
    return StatusTable(STATUSES[: len(counts[0])], tuple((f"{name} {n}", row) for n, row in enumerate(counts, 1)))


def statuses(made: StatusTable) -> Picture:
    return status_bars(LOOK, made, made.rows)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", sorted({*LOOK.colours} - {"lijn", "vlak", "markering"}))
def test_every_colour_stands_out_from_the_paper(name: str) -> None:
    assert contrast(LOOK.colours[name], "#ffffff") >= (4.5 if name in {"inkt", "grijs"} else 3)


@pytest.mark.parametrize(("one", "other"), list(itertools.pairwise(STATUSES)))
def test_neighbours_stand_out_from_each_other(one: Status, other: Status) -> None:
    assert contrast(status_fill(one, LOOK).colour, status_fill(other, LOOK).colour) >= 3


def test_each_status_has_a_hatching_of_its_own_so_that_it_is_known_without_colour() -> None:
    assert len({status_fill(status, LOOK).hatch for status in STATUSES}) == len(STATUSES)


def test_a_part_of_a_bar_is_as_long_as_its_count_in_the_scale_of_the_whole_table() -> None:
    made = table((3, 0, 1), (0, 8, 8))
    assert widths(statuses(made), 6.0) == [18.9, 6.3, 50.5, 50.5]
    assert widths(status_bars(LOOK, made, made.rows[:1]), 6.0) == [18.9, 6.3]


def test_a_bar_of_an_indicator_is_as_long_as_its_value() -> None:
    rows = [Measured("Deelname", "%", 50.0, 100.0, 25.0), Measured("Saldo", "euro", -3.0, 1.0, None)]
    rows += [Measured("Groot", "", 1.7e308, -1.7e308, None), Measured("Nul", "", 0.0, None, None)]
    assert widths(indicator_bars(LOOK, rows, WORDS), 3.2) == [33.0, 16.5, 49.5, 33.0, 0.0]


def test_what_is_overdue_is_a_box_and_the_rest_a_disc_by_area() -> None:
    picture = time_line(LOOK, FAR, FAR.rows, ["Verstreken", "Q1", "Q2", "Q3", "Q4 en later"])
    assert shapes(picture) == [(4.2, 4.2), (8.4, 8.4), (4.2, 4.2)]


def cases() -> Iterator[tuple[str, Picture]]:
    yield "one theme", statuses(table((1,), name=LONG))
    yield "15 themes", statuses(table(*((n, 2, 3, 40, 5, 6) for n in range(15)), name=LONG))
    yield "a million", statuses(table((1_000_000, 0, 1)))
    rows = tuple((f"{LONG} {n}", (n, 0, 123_456, n)) for n in range(15))
    line = Tijdlijn(date(2026, 9, 25), (Kwartaal(2026, 3), Kwartaal(2026, 4)), False, rows)
    yield "15 themes due", time_line(LOOK, line, rows, ["Verstreken", "Q3 2026", "Q4 2026"])
    only = Tijdlijn(date(2026, 9, 25), (), False, (("T", (1, 0)),))
    yield "only overdue", time_line(LOOK, only, only.rows, ["Verstreken"])
    yield "12 indicators", indicator_bars(LOOK, [Measured(LONG, LONG, 1.0, 2.0, 3.0)] * 12, WORDS)
    extremes = [
        Measured("Groot", "", 1.7e308, -1.7e308, 2e300), Measured("Nul", "%", 0.0, 0.0, 0.0),
        Measured("Klein", "", 5e-324, None, None), Measured("Min", "euro", -20e9, None, -1.0),
    ]  # fmt: skip
    yield "extremes", indicator_bars(LOOK, extremes, WORDS)


CASES = dict(cases())


@pytest.mark.parametrize("name", CASES)
def test_at_any_scale_it_fits_on_a_page_and_nothing_but_white_touches_its_edges(name: str) -> None:
    picture = CASES[name]
    assert (picture.width, picture.height <= PAGE) == (160.0, True)
    image = Image.open(io.BytesIO(base64.b64decode(picture.png.split(",")[1]))).convert("L")
    right = image.crop((image.width - 1, 0, image.width, image.height))
    bottom = image.crop((0, image.height - 1, image.width, image.height))
    lines = {"15 themes due", "only overdue", "12 indicators", "extremes"}  # lines between rows go on to the edge
    assert right.getextrema()[0] > 180 if name in lines else right.getextrema() == (255, 255)
    assert bottom.getextrema() == (255, 255) or name in {"15 themes due", "only overdue"}


@pytest.mark.parametrize("name", CASES)
def test_the_words_of_a_picture_are_shapes_and_the_file_says_nothing_else(name: str) -> None:
    root = svg(CASES[name])
    assert not list(root.iter(f"{SVG}text", f"{SVG}metadata", f"{SVG}image", f"{SVG}title"))
    assert not [text for text in root.itertext() if text.strip() and "stroke-linejoin" not in text]


PRINTS = """
from tests.render.test_pictures import CASES, digests
print(*digests(CASES.values()))
"""


def digests(pictures: Iterable[Picture]) -> list[str]:
    return [hashlib.sha256((picture.svg + picture.png).encode()).hexdigest() for picture in pictures]


def test_the_same_bytes_in_another_process_with_other_settings_of_matplotlib(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("figure.dpi: 300\nhatch.linewidth: 5\nsvg.fonttype: none\nfont.size: 30\n")
    other = os.environ | {"PYTHONHASHSEED": "7", "MPLCONFIGDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", PRINTS], cwd=tmp_path, env=other, check=True, capture_output=True)
    assert done.stdout.decode().split() == digests(CASES.values())


@given(st.text(max_size=250))
@settings(max_examples=60, deadline=None)
def test_any_name_can_be_drawn_and_keeps_to_its_lines(name: str) -> None:
    lines = fitted(name, 51.0, 2, LOOK)
    assert len(lines) <= 2
    assert all(measured(line, LOOK.letter) <= 51.0 for line in lines)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("", ()),
        ("Taal", ("Taal",)),
        ("$5 - $7 \\a", ("$5 - $7 \\a",)),
        ("漢字 en Å", ("?? en Å",)),
        ("een twee drie vier vijf zes zeven acht", ("een twee drie", "vier vijf zes zev…")),
        ("Arbeidsongeschiktheidsverzekering", ("Arbeidsongeschi", "ktheidsverzeke…")),
    ],
)
def test_what_does_not_fit_is_an_ellipsis_and_what_the_letter_lacks_a_question_mark(
    name: str, lines: tuple[str, ...]
) -> None:
    assert fitted(name, 22.0, 2, LOOK) == lines
    assert statuses(table((1,), name=name)).height > 0


def test_values_are_compared_with_their_own_number_only() -> None:
    rows = [
        Measured("A", "", 1.0, 2.0, None), Measured("B", "", 3.0, 2.0, 3.0), Measured("C", "", 0.0, None, 0.5),
    ]  # fmt: skip
    assert compared(rows, "target") == Comparison(above=1, below=1, same=0)
    assert compared(rows, "before") == Comparison(above=0, below=1, same=1)


def test_a_theme_may_bring_its_own_letters_and_colours_and_what_it_lacks_is_the_standard(tmp_path: Path) -> None:
    (tmp_path / "eigen.ttf").touch()
    (tmp_path / "theme.css").write_text(':root { --beeld-letter: url("theme/eigen.ttf"); --beeld-vertraagd: #AA0000; }')
    found = look(Templates(ROOT / "templates", tmp_path))
    assert (found.letter, found.bold) == (tmp_path / "eigen.ttf", LOOK.bold)
    assert found.colours == LOOK.colours | {"vertraagd": "#AA0000"}
