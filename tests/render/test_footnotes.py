"""The repair of WeasyPrint's footnotes.

Each note is printed once, in order, with its call or on the next page.
"""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import layout

from flows.model.templates import Templates
from flows.render import footnotes, inside
from flows.render.pdf import pdf
from flows.render.proof import prove_pdf
from flows.render.reading_html import read_html
from flows.render.reading_pdf import read_pdf
from flows.render.tracing import trace

DATUM = date(2026, 10, 16)
FONT = '@font-face { font-family: "F"; src: url("font:SourceSansPro-Regular.ttf") }'
STYLE = (
    FONT
    + """
@page { size: A5; margin: 15mm; @bottom-right { content: counter(page) "/" counter(pages) }
        @footnote { margin-top: 2mm; padding-top: 1mm; border-top: .4pt solid } }
html { font: 8pt/1.3 "F"; hyphens: auto; orphans: 2; widows: 2 }
h2 { break-after: avoid } p, ul, ol, td { margin: 0 0 3pt } td { vertical-align: top }
.noot { float: footnote; font-size: 6.5pt }
.inhoud { break-after: page } .inhoud ol { list-style: none }
.inhoud a::after { content: leader(dotted) target-counter(attr(href), page) }
"""
)
SMALLEST = """<!DOCTYPE html><html lang="nl"><title>T</title><style>
@page { size: 100px; margin: 0; @footnote { margin: 0 } }
html { font: 10px/1 monospace } body, div { margin: 0 }
.noot { float: footnote } .noot::footnote-call { vertical-align: baseline }</style>
<body><div>x<br>x<br>x<br>x<br>x<br>x<br>x<br>x</div>
<div>A<span class="noot" id="n1">one</span><br>B<span class="noot" id="n2">two</span><br>C<br>D</div>"""
WORDS = [
    "de",
    "voortgang",
    "van",
    "uitvoeringsorganisaties",
    "gemeenten",
    "is",
    "officieel",
    "€",
    "2,3",
    "miljoen",
    "www.voorbeeld.nl/pad",
    "2013-2014",
]


def page_of_notes(html: str, *, repaired: bool) -> dict[str, int]:
    """On which page each note is printed, by a WeasyPrint of its own."""
    script = (
        "import sys, weasyprint; from flows.render import footnotes\n"
        f"{'footnotes.repair()' if repaired else ''}\n"
        "pages = weasyprint.HTML(string=sys.stdin.read()).render().pages\n"
        "print({name: n for n, page in enumerate(pages, 1) for name in page.anchors if name[0] == 'n'})"
    )
    done = subprocess.run([sys.executable, "-c", script], input=html, capture_output=True, text=True, check=True)
    return dict(eval(done.stdout))  # noqa: S307 - what the line above printed


def test_the_smallest_page_on_which_weasyprint_loses_a_note() -> None:
    assert page_of_notes(SMALLEST, repaired=False).keys() == {"n1"}
    assert page_of_notes(SMALLEST, repaired=True).keys() == {"n1", "n2"}


class Writer:
    """Random text with notes; everything follows from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.notes = 0
        self.density = self.random.choice((0.1, 0.2, 0.4))

    def words(self, least: int, most: int) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randint(least, most)))

    def note(self) -> str:
        self.notes += 1
        kind = self.random.random()
        text = self.words(300, 1500) if kind < 0.005 else self.words(30, 90) if kind < 0.1 else self.words(2, 9)
        return noot(self.notes, text)

    def line(self, least: int, most: int) -> str:
        made = []
        for _ in range(self.random.randint(1, 4)):
            notes = [
                self.note() for _ in range(self.random.choice((1, 2, 3, 5))) if self.random.random() < self.density
            ]
            made.append(self.words(least, most) + "." + "\u202f".join(notes))
        return " ".join(made)

    def row(self) -> str:
        most = self.random.choice((4, 12, 12, 60, 60, 400))
        return "<tr>" + "".join(f"<td>{self.line(1, most)}</td>" for _ in range(3)) + "</tr>"

    def table(self) -> str:
        rows = "".join(self.row() for _ in range(self.random.randint(1, 8)))
        head = "<thead><tr><th>Wat</th><th>Waar</th><th>Stand</th></tr></thead>"
        return f"<table>{head}<tbody>{rows}</tbody></table>"

    def list(self) -> str:
        tag = self.random.choice(("ul", "ol"))
        first, nested = self.line(2, 20), ""
        if self.random.random() < 0.3:
            nested = f"<ul><li>{self.line(1, 5)}</li><li>{self.line(1, 9)}</li></ul>"
        return f"<{tag}><li>{first}{nested}</li><li>{self.line(2, 20)}</li></{tag}>"

    def html(self) -> str:
        headings, body = [], []
        for number in range(self.random.randint(6, 16)):
            kind = self.random.random()
            if kind < 0.15:
                headings.append(self.words(1, 5))
                body.append(f'<h2 id="k{number}">{headings[-1]}</h2>')
                headings[-1] = f'<li><a href="#k{number}">{headings[-1]}</a></li>'
            elif kind < 0.65:
                body.append(f"<p>{self.line(3, 40)}</p>")
            elif kind < 0.75:
                body.append(f"<p>{self.line(120, 200)}</p>")
            else:
                body.append(self.list() if kind < 0.9 else self.table())
        contents = f'<nav class="inhoud" id="inhoud"><ol>{"".join(headings)}</ol></nav>' if headings else ""
        return document(f"<h1>Titel</h1>{contents}<main>{''.join(body)}</main>")


def document(body: str, style: str = "") -> str:
    head = f"<head><title>T</title><style>{STYLE}{style}</style></head>"
    return f'<!DOCTYPE html><html lang="nl">{head}<body>{body}</body></html>'


def noot(number: int, text: str = "noot") -> str:
    return f'<span class="verwijzing" id="v{number}"><span class="noot" id="n{number}">{text}</span></span>'


@settings(max_examples=6)
@given(seed=st.integers(0, 10_000))
def test_all_notes_of_any_text_are_printed_once_in_order_with_their_call_or_on_the_next_page(seed: int) -> None:
    prove(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seeds", [range(first, first + 20) for first in range(0, 40, 20)])
def test_all_notes_of_hundreds_of_pages_are_printed(seeds: range) -> None:
    for seed in seeds:
        prove(seed)


def prove(seed: int) -> None:
    """All notes are there; and no page but the first and the last has a single line of text, with notes or without."""
    writer = Writer(seed)
    html = writer.html()
    made = pdf(html, Templates(Path()), datum=DATUM)
    assert prove_pdf(html, made) == writer.notes
    lines = {page.number: {round(piece.middle) for piece in page.text} for page in read_pdf(made).pages[1:-1]}
    assert [number for number, middles in lines.items() if len(middles) == 1] == []


def test_a_page_that_is_made_again_keeps_the_late_notes_of_the_page_before() -> None:
    late = "".join(f"<p>Zin {n}.{noot(n, 'lang ' * 60)}</p>" for n in range(1, 12))
    nav = '<nav class="inhoud" id="inhoud"><ol><li><a href="#k">Kop</a></li></ol></nav>'
    html = document(f'<h1>T</h1>{late}{nav}<h2 id="k">Kop</h2><p>Slot.{noot(12)}</p>', ".inhoud { break-after: auto }")
    assert prove_pdf(html, pdf(html, Templates(Path()), datum=DATUM)) == 12


def test_a_last_page_of_nothing_but_notes_stays_when_the_contents_list_is_made_again() -> None:
    nav = '<nav class="inhoud" id="inhoud"><ol><li><a href="#k">Kop</a></li></ol></nav>'
    notes = "".join(noot(n, "lang " * 120) for n in range(1, 6))
    html = document(f'<h1>T</h1>{nav}<h2 id="k">Kop</h2><p>Alle noten staan hier.{notes}</p>')
    assert prove_pdf(html, pdf(html, Templates(Path()), datum=DATUM)) == 5


def test_a_border_above_the_notes_does_not_give_each_note_a_page() -> None:
    text = "".join(f"<p>{'woord ' * 30}{noot(n, 'kort')}</p>" for n in range(1, 41))
    pages = [
        len(read_pdf(pdf(document(text, style), Templates(Path()), datum=DATUM)).pages)
        for style in ("", "@page { @footnote { border: none; padding: 0; margin-top: 3.14mm } }")
    ]
    assert abs(pages[0] - pages[1]) <= 1


def test_a_note_in_a_row_over_two_pages_does_not_cover_the_text_of_the_cell_beside_it() -> None:
    row = f"<tr><td>{'links ' * 1500}</td><td>rechts{noot(1, 'onder ' * 40)}</td></tr>"
    html = document(f"<h1>Boven.</h1><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{row}</tbody></table>")
    made = pdf(html, Templates(Path()), datum=DATUM)
    assert prove_pdf(html, made) == 1
    assert trace(read_html(html, layout=True), read_pdf(made)).split


def test_a_note_longer_than_a_page_goes_on_on_the_next_pages_and_the_notes_behind_it_wait() -> None:
    long = " ".join(f"woord{n} uitvoeringsorganisaties" for n in range(400))
    text = "".join(f"<p>{'tekst ' * 60}{noot(n)}</p>" for n in range(2, 30))
    html = document(f"<h1>T</h1><p>Kort.{noot(1, long)}</p>{text}")
    made = pdf(html, Templates(Path()), datum=DATUM)
    assert prove_pdf(html, made) == 29
    pages = read_pdf(made).pages
    found = [page.number for page in pages if 1 in dict(page.notes)]
    assert found == list(range(2, 2 + len(found)))
    assert len(found) > 2
    assert all(page.text for page in pages[: found[-1]])


def test_notes_longer_than_a_page_at_the_end_of_the_text_have_pages_of_their_own() -> None:
    html = document(f"<h1>T</h1><p>Slot.{noot(1, 'lang ' * 2000)}{noot(2, 'lang ' * 2000)}{noot(3)}</p>")
    made = pdf(html, Templates(Path()), datum=DATUM)
    assert prove_pdf(html, made) == 3
    assert [bool(page.text) for page in read_pdf(made).pages] == [True, False, False, False]


def test_another_version_of_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "make_all_pages", None)
    monkeypatch.setattr(weasyprint, "__version__", "70.1")
    with pytest.raises(RuntimeError, match=r"70\.1"):
        footnotes.repair()


def test_an_altered_source_of_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "make_all_pages", layout.layout_document)
    monkeypatch.setitem(inside.DIGESTS, "layout_document", "0" * 16)
    with pytest.raises(RuntimeError, match="layout_document"):
        footnotes.repair()
