"""HTML to PDF: the same bytes on any day, nothing from outside, and no warning that goes unheard."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from flows.model.templates import Templates
from flows.render.pdf import PdfError, pdf

DATUM = date(2026, 10, 16)
STYLE = '@font-face { font-family: "F"; src: url("font:SourceSansPro-Regular.ttf") } html { font-family: "F" }'


def document(body: str, style: str = STYLE, head: str = "") -> str:
    return (
        '<!DOCTYPE html><html lang="nl"><head><title>Voortgang</title>'
        f'<meta name="author" content="SZW">{head}'
        f"<style>{style}</style></head><body>{body}</body></html>"
    )


def test_the_same_html_gives_the_same_bytes_at_any_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html = document('<h1>Kop</h1><p>Tekst met <a href="https://www.voorbeeld.nl">link</a>.</p>')
    first = pdf(html, Templates(tmp_path), datum=DATUM)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert pdf(html, Templates(tmp_path), datum=DATUM) == first
    assert pdf(html, Templates(tmp_path), datum=date(2026, 10, 17)) != first


def test_the_same_html_gives_the_same_bytes_in_another_folder_and_process(tmp_path: Path) -> None:
    script = (
        "import sys; from datetime import date; from pathlib import Path; from flows.model.templates import Templates; from flows.render.pdf import pdf\n"
        "html = Path(sys.argv[1]).read_text(); made = pdf(html, Templates(Path(sys.argv[1]).parent), datum=date(2026, 10, 16))\n"
        "sys.stdout.buffer.write(made)"
    )
    noot = '<span class="verwijzing" id="v1"><span class="noot" id="n1">Noot.</span></span>'
    html = document(
        f'<h1>Kop</h1><p><em>Tekst</em>{noot} <a href="https://a.nl">link</a></p>', STYLE + ".noot { float: footnote }"
    )
    made = []
    for seed, name in (("1", "een"), ("2", "twee")):
        file = tmp_path / name / "brief.html"
        file.parent.mkdir()
        file.write_text(html)
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}", "SOURCE_DATE_EPOCH": seed}
        done = subprocess.run([sys.executable, "-c", script, file], env=environment, capture_output=True, check=True)
        made.append(done.stdout)
    assert made[0] == made[1] == pdf(html, Templates(tmp_path), datum=DATUM)


def test_title_author_language_date_tags_and_bookmarks_are_in_the_file(tmp_path: Path) -> None:
    with pikepdf.open(
        io.BytesIO(pdf(document("<h1>Kop</h1><h2>Onder</h2>"), Templates(tmp_path), datum=DATUM))
    ) as file:
        assert str(file.docinfo.Title) == "Voortgang"
        assert str(file.docinfo.Author) == "SZW"
        assert str(file.docinfo.CreationDate) == str(file.docinfo.ModDate) == "D:20261016"
        assert str(file.Root.Lang) == "nl"
        assert file.Root.MarkInfo.Marked
        with file.open_outline() as outline:
            assert [(entry.title, [child.title for child in entry.children]) for entry in outline.root] == [
                ("Kop", ["Onder"])
            ]


def test_a_link_is_described_by_its_title_else_by_its_own_words(tmp_path: Path) -> None:
    html = document(
        '<p><a href="https://a.nl/1" title="Brief &amp; <bijlage>">1</a>, <a href="https://a.nl/2">de <em>tweede</em></a></p>'
    )
    with pikepdf.open(io.BytesIO(pdf(html, Templates(tmp_path), datum=DATUM))) as file:
        assert [str(link["/Contents"]) for link in file.pages[0]["/Annots"]] == ["Brief & <bijlage>", "de tweede"]


def test_all_fonts_are_those_of_the_package(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pdf(document("<p>Officiële figuur</p>"), Templates(tmp_path), datum=DATUM))) as file:
        names = {
            str(thing.FontName)
            for thing in file.objects
            if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing
        }
    assert {name.rpartition("+")[2] for name in names} == {"F"}


def test_style_sheets_and_pictures_of_the_templates_are_read(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "extra.css").write_text("p { break-before: page }")
    html = document("<p>een</p><p>twee</p>", head='<link rel="stylesheet" href="theme/extra.css">')
    with pikepdf.open(io.BytesIO(pdf(html, Templates(tmp_path), datum=DATUM))) as file:
        assert len(file.pages) == 2


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/x.png",
        "https://voorbeeld.nl/x.png",
        "file:///etc/hostname",
        "../buiten.png",
        "%2e%2e/buiten.png",
        "link.png",
        "data:image/png;base64,AAAA",
        "file://server/x.png",
        "font:../__init__.py",
        "ontbreekt.png",
    ],
)
def test_an_address_outside_the_templates_is_refused(tmp_path: Path, address: str) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (tmp_path / "buiten.png").write_bytes(b"x")
    (templates / "link.png").symlink_to(tmp_path / "buiten.png")
    with pytest.raises(PdfError) as error:
        pdf(document(f'<img alt="x" src="{address}">'), Templates(templates), datum=DATUM)
    assert error.value.lines


def drawing(inside: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{inside}</svg>'
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def test_a_drawing_that_the_html_holds_is_a_figure_with_its_words(tmp_path: Path) -> None:
    image = drawing('<rect width="9" height="9"/>')
    with pikepdf.open(
        io.BytesIO(pdf(document(f'<img alt="Een vlak" src="{image}">'), Templates(tmp_path), datum=DATUM))
    ) as file:
        words = [str(thing.Alt) for thing in file.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing]
    assert words == ["Een vlak"]


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://localhost/x.png", "data:image/png;base64,AAAA"])
def test_a_drawing_that_asks_for_more_is_refused(tmp_path: Path, address: str) -> None:
    image = drawing(f'<image xlink:href="{address}" width="9" height="9"/>')
    with pytest.raises(PdfError):
        pdf(document(f'<img alt="x" src="{image}">'), Templates(tmp_path), datum=DATUM)


@pytest.mark.parametrize(
    ("body", "style", "words"),
    [
        ('<p style="kleur: rood">x</p>', STYLE, "kleur"),
        ('<a href="#nergens">x</a>', STYLE, "nergens"),
        ("<p>x</p>", "p { flot: left }", "flot"),
        ('<img src="x.svg">', STYLE, "alt"),
    ],
)
def test_a_warning_of_weasyprint_is_an_error_with_its_words(tmp_path: Path, body: str, style: str, words: str) -> None:
    (tmp_path / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    with pytest.raises(PdfError, match=words):
        pdf(document(body, style), Templates(tmp_path), datum=DATUM)
