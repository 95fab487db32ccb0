"""The OpenDocument text: the words, notes, lists, tables and pictures of the Word file, in its styles."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from flows.model.templates import Templates
from flows.render import ooxml
from flows.render.manuscript import manuscript
from flows.render.odf import make, name, say
from flows.render.odt import odt
from flows.render.odt_text import OdtError
from flows.render.reading_docx import read_docx
from flows.render.reading_odt import read_odt
from flows.render.word import word
from tests.render.office import assert_readable_odt, assert_valid_odt, opened
from tests.render.random_brief import RandomBrief
from tests.render.sample import TITLE, sample
from tests.render.test_word import DRAWN, EPOCH, FIGURE

TEMPLATES = Templates(Path(__file__).parents[2] / "templates")


def made(html: str) -> bytes:
    return word(html, TEMPLATES, epoch=EPOCH)


@pytest.fixture(scope="module")
def docx() -> bytes:
    html = manuscript(sample(), TEMPLATES, concept="concept 01")
    return made(html.replace('<h3 id="thema-1-1">', f'{FIGURE}<h3 id="thema-1-1">', 1))


@pytest.fixture(scope="module")
def file(docx: bytes) -> bytes:
    return odt(docx, epoch=EPOCH)


@pytest.fixture(scope="module")
def parts(file: bytes) -> dict[str, bytes]:
    return ooxml.read(file)


@pytest.fixture(scope="module")
def content(parts: dict[str, bytes]) -> Any:
    return etree.fromstring(parts["content.xml"])


@pytest.fixture(scope="module")
def styles(parts: dict[str, bytes]) -> Any:
    return etree.fromstring(parts["styles.xml"])


def said(element: Any) -> str:
    return "".join(element.itertext())


def style(root: Any, named: str) -> Any:
    return next(one for one in root.iter(name("style:style")) if one.get(name("style:name")) == named)


def property_of(root: Any, named: str, kind: str, attribute: str) -> str | None:
    return style(root, named).find(name(f"style:{kind}-properties")).get(name(attribute))


def test_it_follows_the_schema_of_opendocument(file: bytes, tmp_path: Path) -> None:
    assert_valid_odt(file, tmp_path)


def test_everybody_can_read_it(file: bytes) -> None:
    assert_readable_odt(file)


def test_its_type_stands_first_and_can_be_read_as_it_is(file: bytes) -> None:
    assert file[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.textPK")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_says_what_the_word_file_says(seed: int) -> None:
    docx = made(manuscript(RandomBrief(seed).brief(), TEMPLATES, concept="concept 01"))
    ours, theirs = read_odt(odt(docx, epoch=EPOCH)).manuscript, read_docx(docx).manuscript
    assert (ours.text, ours.notes, ours.note_links) == (theirs.text, theirs.notes, theirs.note_links)


def test_notes_are_notes_in_order_with_their_numbers(content: Any) -> None:
    notes = list(content.iter(name("text:note")))
    assert [one.findtext(name("text:note-citation")) for one in notes] == [str(number) for number in range(1, 15)]
    assert said(notes[0].find(name("text:note-body"))) == "Kamerstukken II 2024/25, 32824, nr.\u00a07."


def test_headings_have_the_styles_and_levels_of_headings(content: Any, styles: Any) -> None:
    heads = [(one.get(name("text:outline-level")), said(one)) for one in content.iter(name("text:h"))]
    assert heads[:3] == [("1", "Inleiding"), ("1", "1 Meedoen en zelfredzaam zijn"), ("2", "Arbeidsmarkt")]
    assert style(styles, "Heading_20_1").get(name("style:default-outline-level")) == "1"
    assert property_of(styles, "Heading_20_1", "text", "fo:color") == "#1f4258"
    assert property_of(styles, "Heading_20_1", "paragraph", "fo:keep-with-next") == "always"


def test_a_theme_that_changes_the_styles_of_word_changes_these(docx: bytes) -> None:
    parts = ooxml.read(docx)
    parts["word/styles.xml"] = (
        parts["word/styles.xml"].replace(b"1F4258", b"7A0019").replace(b"Source Sans Pro", b"Fira Sans")
    )
    root = etree.fromstring(ooxml.read(odt(ooxml.write(parts, EPOCH), epoch=EPOCH))["styles.xml"])
    assert property_of(root, "Heading_20_1", "text", "fo:color") == "#7a0019"
    default = root.find(f".//{name('style:default-style')}/{name('style:text-properties')}")
    assert default.get(name("fo:font-family")) == "'Fira Sans'"


def test_lists_are_lists_and_each_numbered_list_counts_anew(content: Any) -> None:
    lists = [[said(item) for item in one] for one in content.iter(name("text:list"))]
    assert lists[0][-1] == "de monitor komt eind 2026 beschikbaar."
    kinds = {one.get(name("style:name")): one[0].tag for one in content.iter(name("text:list-style"))}
    used = [one.get(name("text:style-name")) for one in content.iter(name("text:list"))]
    assert [kinds[one] for one in used][:2] == [
        name("text:list-level-style-number"),
        name("text:list-level-style-bullet"),
    ]
    numbered = [one for one in used if kinds[one] == name("text:list-level-style-number")]
    assert len(numbered) == len(set(numbered))


def test_tables_repeat_their_head_and_say_what_they_are(content: Any) -> None:
    tables = list(content.iter(name("table:table")))
    assert len(tables) == 10
    first = tables[0]
    assert first.findtext(name("table:title")) == "Aantal maatregelen naar status, per thema"
    assert first.findtext(name("table:desc")).startswith("Thema, Niet gestart")
    assert said(first.find(name("table:table-header-rows"))).startswith("Thema")
    assert len({one.get(name("table:name")) for one in tables}) == 10


def test_the_contents_lead_to_headings_and_let_the_program_fill_in_the_page(content: Any) -> None:
    assert said(next(content.iter(name("text:index-title")))) == "Inhoud"
    lines = [one for found in content.iter(name("text:index-body")) for one in found.iterfind(name("text:p"))]
    assert [said(one) for one in lines][:3] == ["Inleiding", "1 Meedoen en zelfredzaam zijn", "Arbeidsmarkt"]
    targets = [one.find(name("text:a")).get(name("xlink:href")) for one in lines]
    assert targets[:2] == ["#inleiding", "#thema-1"]
    fields = [one.find(f".//{name('text:bookmark-ref')}") for one in lines]
    assert [f"#{one.get(name('text:ref-name'))}" for one in fields] == targets
    assert {one.get(name("text:reference-format")) for one in fields} == {"page"}


def test_a_picture_keeps_its_words_its_size_and_its_caption(content: Any, parts: dict[str, bytes]) -> None:
    frame = next(content.iter(name("draw:frame")))
    assert frame.findtext(name("svg:desc")) == "Twee balken & een streep"
    assert parts[frame.find(name("draw:image")).get(name("xlink:href"))] == DRAWN
    caption = frame.getparent().getnext()
    assert (said(caption), caption.get(name("text:style-name"))) == ("Figuur 1. Balken.", "Image_20_Caption")


def test_links_show_the_titles_of_their_papers(content: Any) -> None:
    assert {one.get(name("office:title")) for one in content.iter(name("text:a"))} == {TITLE, None}


def test_header_and_footer_say_what_and_where(styles: Any) -> None:
    page = styles.find(f".//{name('style:master-page')}")
    assert [etree.QName(one).localname for one in page] == ["header", "header-first", "footer", "footer-first"]
    assert said(page[0]) == "Voortgang Agenda Samen Vooruit, derde kwartaal 2026CONCEPT 01"
    assert said(page[1]) == ""
    assert said(page[2]) == said(page[3]) == "Pagina 1 van 1"
    assert [etree.QName(one).localname for one in page[2].iter()][-2:] == ["page-number", "page-count"]


def test_title_author_language_and_dates_are_set(parts: dict[str, bytes]) -> None:
    meta = etree.fromstring(parts["meta.xml"])
    found = {etree.QName(one).localname: one.text for one in meta[0]}
    assert found == {
        "title": "Voortgang Agenda Samen Vooruit, derde kwartaal 2026 (concept 01)",
        "description": "Voortgangsbrief derde kwartaal 2026 over de uitvoering van de Agenda Samen Vooruit, derde kwartaal 2026",
        "initial-creator": "SZW",
        "creator": "SZW",
        "creation-date": "2026-10-16T00:00:00Z",
        "date": "2026-10-16T00:00:00Z",
        "language": "nl-NL",
    }


def test_words_of_another_language_keep_it(content: Any) -> None:
    span = next(one for one in content.iter(name("text:span")) if said(one) == "level playing field")
    assert property_of(content, span.get(name("text:style-name")), "text", "fo:language") == "en"


def test_the_fonts_of_word_are_there_as_fonts(parts: dict[str, bytes]) -> None:
    fonts = {name: part for name, part in parts.items() if name.startswith("Fonts/")}
    assert len(fonts) == 4
    assert {part[:4] for part in fonts.values()} == {b"\x00\x01\x00\x00"}


def test_the_same_file_gives_the_same_bytes(docx: bytes, file: bytes) -> None:
    assert odt(docx, epoch=EPOCH) == file


def test_what_it_does_not_know_is_an_error_and_not_left_out(docx: bytes) -> None:
    parts = ooxml.read(docx)
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", b"<w:customXml/><w:sectPr", 1)
    with pytest.raises(OdtError, match="customXml"):
        odt(ooxml.write(parts, EPOCH), epoch=EPOCH)


@pytest.mark.parametrize(
    ("text", "xml"),
    [
        ("een  twee", '<text:p>een <text:s text:c="1"/>twee</text:p>'),
        ("een    twee  drie", '<text:p>een <text:s text:c="3"/>twee <text:s text:c="1"/>drie</text:p>'),
        ("een twee ", "<text:p>een twee </text:p>"),
    ],
)
def test_spaces_that_would_not_be_shown_are_counted(text: str, xml: str) -> None:
    paragraph = make("text:p")
    say(paragraph, text)
    assert re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(paragraph).decode()) == xml


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_libreoffice_shows_all_of_it(docx: bytes, file: bytes, kind: str, tmp_path: Path) -> None:
    pages = opened({"docx": docx, "odt": file}[kind], kind, tmp_path)
    assert len(pages) > 9
    assert f"Pagina 2 van {len(pages)}" in pages[1]
    shown = re.sub(r"\s", "", "".join(pages))
    assert all(
        re.sub(r"\s", "", words) in shown for words in ("Figuur 1. Balken.", "Handelingen II 2025/26, nr. 29, item 7")
    )
    if kind == "odt":
        assert re.search(r"Inleiding\.*\s*2\s", pages[0])
