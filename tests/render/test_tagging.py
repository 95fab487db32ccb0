"""The structure of a PDF: what somebody hears who does not see the page, in which order, and by which name."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from flows.model.templates import Templates
from flows.render.manuscript import manuscript
from flows.render.pdf import PdfError, pdf
from flows.render.proof import prove_pdf
from flows.render.reading_pdf import read_pdf
from tests.render.sample import sample

TEMPLATES = Templates(Path(__file__).parents[2] / "templates")
DATUM = date(2026, 10, 16)
STYLE = """@font-face { font-family: "F"; src: url("font:SourceSansPro-Regular.ttf") } html { font: 8pt/1.3 "F" }
@page { size: A6; margin: 10mm; @top-left { content: "Kop" } @bottom-right { content: counter(page) }
@footnote { border-top: 1pt solid } }
.noot { float: footnote } .inhoud a::after { content: leader(".") target-counter(attr(href), page) }
.inhoud ol { list-style: none }"""


def document(body: str) -> str:
    head = f"<head><title>T</title><style>{STYLE}</style></head>"
    return f'<!DOCTYPE html><html lang="nl">{head}<body>{body}</body></html>'


def noot(number: int, text: str = "Noot.") -> str:
    ways = f'data-heen="Noot {number}" data-terug="Terug bij noot {number}"'
    return f'<span class="verwijzing" id="v{number}"><span class="noot" id="n{number}" {ways}>{text}</span></span>'


@cache
def made(body: str) -> bytes:
    return pdf(document(body), TEMPLATES, datum=DATUM)


def elements(body: str) -> list[Any]:
    """Each element as its name and what is in it; text as a string, without the spaces around it."""
    data = made(body)
    pieces: dict[tuple[int, int], str] = {}
    for page in read_pdf(data).pages:
        for piece in page.pieces:
            place = page.number, piece.mark.number
            pieces[place] = pieces.get(place, "") + piece.raw.strip()
    with pikepdf.open(io.BytesIO(data)) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
        return list(_within(file.Root.StructTreeRoot.K[0], numbers, pieces))


def _within(element: Any, numbers: dict[Any, int], pieces: dict[tuple[int, int], str]) -> Iterator[Any]:
    own = numbers[element.Pg.objgen]
    for child in element.get("/K", []):
        if isinstance(child, int):
            yield from filter(None, [pieces.get((own, child), "")])
        elif "/S" in child:
            yield {str(child.S)[1:]: list(_within(child, numbers, pieces))}
        elif "/MCID" in child:
            yield pieces[numbers[child.Pg.objgen], int(child.MCID)]
        elif "/Obj" in child:
            yield ("→", str(child.Obj.get("/Dest", "")) or str(child.Obj.A.URI), str(child.Obj.Contents))


def joined(parts: Iterable[str]) -> str:
    """Words without the spaces between them, which lines do not end with."""
    return "".join("".join(parts).split())


def entries(body: str, role: str) -> list[Any]:
    """What is said of each element of a role."""
    with pikepdf.open(io.BytesIO(made(body))) as file:
        return [
            {key: value for key, value in thing.as_dict().items() if key not in ("/K", "/P", "/Pg", "/S")}
            for thing in file.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == f"/{role}"
        ]


def test_a_note_stands_behind_its_call_and_the_two_are_linked() -> None:
    call = {"Reference": [{"Link": [("→", "n1", "Noot 1"), "1"]}]}
    label = {"Lbl": [{"Link": [("→", "v1", "Terug bij noot 1"), "1."]}]}
    body = f"<h1>Titel</h1><p>Voor.{noot(1)} Na.</p>"
    assert elements(body) == [{"H1": ["Titel"]}, {"P": ["Voor.", call, {"Note": [label, "Noot."]}, "Na."]}]
    assert [str(note["/ID"]) for note in entries(body, "Note")] == ["n1"]


def test_a_list_has_items_with_label_and_body_and_lists_within() -> None:
    inner = {"L": [{"LI": [{"Lbl": ["1."]}, {"LBody": ["binnen"]}]}]}
    body = "<h1>T</h1><ul><li>een<ol><li>binnen</li></ol></li><li>twee</li></ul>"
    items = [{"LI": [{"Lbl": ["•"]}, {"LBody": ["een", inner]}]}, {"LI": [{"Lbl": ["•"]}, {"LBody": ["twee"]}]}]
    assert elements(body) == [{"H1": ["T"]}, {"L": items}]
    assert sorted(str(found["/A"].ListNumbering) for found in entries(body, "L")) == ["/Decimal", "/Disc"]


def test_the_contents_list_refers_and_its_dots_are_no_text() -> None:
    body = '<h1>T</h1><nav class="inhoud"><ol><li><a href="#k">Kop</a></li></ol></nav><h2 id="k">Kop</h2>'
    entry = {"TOCI": [{"Reference": [{"Link": [("→", "k", "Kop"), "Kop", "1"]}]}]}
    assert elements(body) == [{"H1": ["T"]}, {"Sect": [{"TOC": [entry]}]}, {"H2": ["Kop"]}]


def test_a_paragraph_over_three_pages_is_one() -> None:
    found = elements(f"<h1>T</h1><p>{'woord ' * 900}</p>")
    assert [list(element) for element in found] == [["H1"], ["P"]]
    assert joined(found[1]["P"]) == "woord" * 900


def test_a_table_over_pages_is_one_with_its_head_read_once_and_its_rows_whole() -> None:
    rows = "".join(f"<tr><td>{n} {'links ' * 90}</td><td>{n} {'rechts ' * 60}</td></tr>" for n in range(9))
    head = '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
    body = f'<h1>T</h1><table aria-label="Alles">{head}<tbody>{rows}</tbody></table>'
    assert len(read_pdf(made(body)).pages) > 3
    table = elements(body)[1]["Table"]
    assert table[0] == {"THead": [{"TR": [{"TH": ["A"]}, {"TH": ["B"]}]}]}
    (body_of_it,) = table[1:]
    cells = [[joined(cell["TD"]) for cell in row["TR"]] for row in body_of_it["TBody"]]
    assert cells == [[f"{n}{'links' * 90}", f"{n}{'rechts' * 60}"] for n in range(9)]
    assert [str(found["/A"].Scope) for found in entries(body, "TH")] == ["/Column", "/Column"]
    assert [str(found["/A"].Summary) for found in entries(body, "Table")] == ["Alles"]


def test_bold_and_italic_are_spans_and_a_foreign_word_says_its_language() -> None:
    body = '<h1>T</h1><p>Een <strong>vet</strong> <span lang="en">benefit</span></p><p lang="fr">Enfin</p>'
    assert elements(body)[1:] == [{"P": ["Een", {"Span": ["vet"]}, {"Span": ["benefit"]}]}, {"P": ["Enfin"]}]
    assert [str(found["/Lang"]) for found in entries(body, "Span") if "/Lang" in found] == ["en"]
    assert [str(found["/Lang"]) for found in entries(body, "P") if "/Lang" in found] == ["fr"]


@pytest.mark.parametrize(
    ("text", "hyphens", "soft"),
    [
        ("uitvoeringsorganisaties", "auto", 1),  # uitvoeringsorga-nisaties
        ("Noord-Brabantse stoelen-en-tafels", "manual", 0),  # breaks behind its own hyphens
        ("meer samenhang of samen-hang", "auto", 0),  # either could be meant
    ],
)
def test_a_hyphen_that_is_not_in_the_text_is_a_soft_one(text: str, hyphens: str, soft: int) -> None:
    style = f"width: 17mm; hyphens: {hyphens}; hyphenate-character: '-'; hyphenate-limit-chars: 6 3 3"
    body = f'<h1>T</h1><p style="{style}">{text}</p>'
    with pikepdf.open(io.BytesIO(made(body))) as file:
        assert file.pages[0].Contents.read_bytes().count(b"/ActualText <FEFF00AD>") == soft
    assert any(piece.text.endswith("-") for piece in read_pdf(made(body)).pages[0].text)
    assert prove_pdf(document(body), made(body)) == 0


def test_a_link_over_lines_is_one_and_has_words() -> None:
    body = f'<h1>T</h1><p>{"woord " * 14}<a href="https://a.nl/1" title="Een brief">{"link " * 9}</a></p>'
    (link,) = (part["Link"] for part in elements(body)[1]["P"] if isinstance(part, dict))
    places = [part for part in link if isinstance(part, tuple)]
    assert places == [("→", "https://a.nl/1", "Een brief")] * len(places)
    assert len(places) > 1
    assert joined(part for part in link if isinstance(part, str)) == "link" * 9


def test_a_picture_has_words_and_a_place() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><title>Een balk</title><rect width="9" height="9"/></svg>'
    body = f"<h1>T</h1><figure>{svg}<figcaption>Onderschrift.</figcaption></figure>"
    (figure,) = entries(body, "Figure")
    left, bottom, right, top = map(float, figure["/A"].BBox)
    assert str(figure["/Alt"]) == "Een balk"
    assert (round(right - left), round(top - bottom)) == (30, 15)
    assert {"Caption": ["Onderschrift."]} in elements(body)[1]["Div"]
    assert prove_pdf(document(body), made(body)) == 0


def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(PdfError, match="alt"):
        pdf(document('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>'), TEMPLATES, datum=DATUM)


def test_heads_and_feet_of_pages_are_no_text() -> None:
    (page,) = read_pdf(made("<h1>T</h1>")).pages
    assert [piece.text for piece in page.furniture] == ["Kop", "1"]


def test_the_brief_uses_no_element_without_a_meaning() -> None:
    html = manuscript(sample(), TEMPLATES, concept="concept 01")
    tree = read_pdf(pdf(html, TEMPLATES, datum=DATUM)).tree
    assert tree.faults == []
    assert tree.levels[0] == 1
