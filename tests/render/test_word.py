"""The Word file: real notes, headings, lists, tables and fields, and the words of the HTML."""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html
from lxml.etree import _Element

from flows.model.templates import Templates
from flows.render import ooxml
from flows.render.manuscript import manuscript
from flows.render.ooxml import WP, W
from flows.render.word import WordError, word
from tests.render.office import assert_readable_docx, assert_valid_docx
from tests.render.sample import TITLE, sample

TEMPLATES = Templates(Path(__file__).parents[2] / "templates")
EPOCH = 1792108800
DRAWN = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
FIGURE = (
    '<figure class="figuur"><img src="data:image/svg+xml;base64,PHN2Zy8+" alt="Twee balken &amp; een streep" '
    f'data-png="data:image/png;base64,{b64encode(DRAWN).decode()}"><figcaption>Figuur 1. Balken.</figcaption></figure>'
    '<p>Een <span lang="en">level playing field</span>, <em lang="fr">enfin</em>.</p>'
)


@pytest.fixture(scope="module")
def html() -> str:
    return manuscript(sample(), TEMPLATES, concept="concept 01")


@pytest.fixture(scope="module")
def docx(html: str) -> bytes:
    return word(html, TEMPLATES, epoch=EPOCH)


@pytest.fixture(scope="module")
def parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def document(parts: dict[str, bytes]) -> _Element:
    return etree.fromstring(parts["word/document.xml"])


def words(text: str) -> str:
    return "".join(text.split())


def said(element: _Element) -> str:
    """The words of a part of a Word file, without the table of contents."""
    texts = element.iter(f"{W}t")
    return words("".join(text.text or "" for text in texts if not any(True for _ in text.iterancestors(f"{W}sdt"))))


def style(paragraph: _Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def styled(document: _Element, *names: str) -> list[str]:
    return ["".join(p.itertext(f"{W}t")) for p in document.iter(f"{W}p") if style(p) in names]


def notes(part: bytes) -> Iterator[_Element]:
    for found in etree.fromstring(part).iterfind(f"{W}footnote"):
        if found.get(f"{W}type") is None:
            yield found


def test_the_words_are_those_of_the_html_in_order(html: str, document: _Element, parts: dict[str, bytes]) -> None:
    root = lxml_html.document_fromstring(html)
    for unread in root.xpath("//nav | //style | //head"):
        unread.drop_tree()
    given = [words(found.text_content()) for found in root.xpath("//span[@class='noot']")]
    assert [said(found) for found in notes(parts["word/footnotes.xml"])] == given
    for found in root.xpath("//span[@class='noot']"):
        found.drop_tree()
    assert said(document) == words(root.text_content())


def test_notes_are_called_in_order_and_each_once(document: _Element, parts: dict[str, bytes]) -> None:
    called = [found.get(f"{W}id") for found in document.iter(f"{W}footnoteReference")]
    assert called == [found.get(f"{W}id") for found in notes(parts["word/footnotes.xml"])]
    assert len(called) == len(set(called)) == 14


def test_two_notes_at_one_word_are_kept_apart(document: _Element) -> None:
    between = [t.getparent() for t in document.iter(f"{W}t") if t.text == "\u202f"]
    assert [run.find(f"{W}rPr/{W}vertAlign").get(f"{W}val") for run in between] == ["superscript"]


def test_the_title_is_a_title_and_headings_begin_at_one(document: _Element) -> None:
    assert styled(document, "Title") == ["Voortgang Agenda Samen Vooruit"]
    assert styled(document, "Subtitle") == ["derde kwartaal 2026"]
    assert styled(document, "Heading1")[:3] == [
        "Inleiding",
        "1 Meedoen en zelfredzaam zijn",
        "2 Grenzen stellen en opvoeden",
    ]
    assert styled(document, "Heading3")[:2] == ["Arbeidsdiscriminatie", "Leer-werktrajecten"]


def test_the_contents_are_fields_that_show_linked_headings(document: _Element) -> None:
    boxes = list(document.iter(f"{W}sdt"))
    fields = [found.text.strip() for box in boxes for found in box.iter(f"{W}instrText")]
    assert fields == [r'TOC \b inhoud-tekst \o "1-2" \h \z', r'TOC \b inhoud-bijlagen \o "1-1" \h \z']
    kinds = [found.get(f"{W}fldCharType") for found in document.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"] * 2
    links = [link for box in boxes for link in box.iter(f"{W}hyperlink")]
    bookmarks = [found.get(f"{W}name") for found in document.iter(f"{W}bookmarkStart")]
    assert {link.get(f"{W}anchor") for link in links} <= set(bookmarks)
    assert {"inhoud-tekst", "inhoud-bijlagen"} <= set(bookmarks)
    assert len(bookmarks) == len(set(bookmarks))
    assert ["".join(link.itertext(f"{W}t")) for link in links][:3] == [
        "Inleiding",
        "1 Meedoen en zelfredzaam zijn",
        "Arbeidsmarkt",
    ]


def test_lists_are_lists_and_each_numbered_list_counts_anew(document: _Element, parts: dict[str, bytes]) -> None:
    items = [p for p in document.iter(f"{W}p") if style(p) in {"ListBullet", "ListNumber", "Kaderlijst"}]
    assert all(p.find(f"{W}pPr/{W}numPr") is not None for p in items)
    assert styled(document, "ListNumber")[-1] == "de monitor komt eind 2026 beschikbaar."
    assert b"Wingdings" not in parts["word/numbering.xml"]
    assert 'w:val="\u2022"'.encode() in parts["word/numbering.xml"]


def test_only_a_short_lead_in_is_kept_with_its_list(html: str, document: _Element) -> None:
    assert styled(document, "Aanhef")
    longer = html.replace('class="aanhef">', 'class="aanhef">' + "woord " * 60)
    changed = ooxml.parse(ooxml.read(word(longer, TEMPLATES, epoch=EPOCH))["word/document.xml"])
    assert styled(changed, "Aanhef") == []


def test_tables_repeat_their_head_and_say_what_they_are(document: _Element) -> None:
    tables = list(document.iter(f"{W}tbl"))
    assert len(tables) == 10
    for table in tables:
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        assert sum(int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")) in range(9068, 9077)
    assert styled(document, "Tabeltotaal")[:2] == ["Totaal", "1"]


def test_a_picture_says_what_it_shows_and_its_caption_follows(document: _Element, parts: dict[str, bytes]) -> None:
    shown = [str(words) for words in document.xpath("//*[local-name()='docPr']/@descr")]
    assert [said.split(" ")[0] for said in shown] == ["Gestapelde", "Tijdlijn", "Balken"]
    assert document.xpath("//*[local-name()='cNvPr']/@descr") == shown
    assert [name.rsplit(".")[-1] for name in parts if name.startswith("word/media/")] == ["png"] * 3
    assert [caption.split(".")[0] for caption in styled(document, "ImageCaption")] == [
        "Figuur 1",
        "Figuur 2",
        "Figuur 3",
    ]


def test_a_box_is_styled_paragraphs(document: _Element) -> None:
    assert styled(document, "Kaderkop") == ["Leeswijzer", "Uit de praktijk: een school in Zutphen"]
    assert styled(document, "Kaderbron") == ["Bron: gesprek met de schoolleiding, 11\u00a0september 2026"]
    assert len(styled(document, "Kaderlijst")) == 2


def test_open_points_are_highlighted_also_in_notes(document: _Element, parts: dict[str, bytes]) -> None:
    both = [document, etree.fromstring(parts["word/footnotes.xml"])]
    marked = [
        run.findtext(f"{W}t")
        for root in both
        for run in root.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}highlight") is not None
    ]
    assert marked[0] == "PM"
    assert marked[-1] == "PM verwijzing"


def test_a_picture_is_the_one_in_dots_with_its_words_and_caption(html: str, tmp_path: Path) -> None:
    made = word(html.replace("<h3 ", f"{FIGURE}<h3 ", 1), TEMPLATES, epoch=EPOCH)
    assert_valid_docx(made, tmp_path)
    assert_readable_docx(made)
    parts = ooxml.read(made)
    assert DRAWN in [part for name, part in parts.items() if name.startswith("word/media/")]
    document = ooxml.parse(parts["word/document.xml"])
    words = {one.get("descr") for picture in document.iter(f"{WP}inline") for one in picture.iter() if one.get("descr")}
    assert "Twee balken & een streep" in words
    assert not any(one.startswith("data:") for one in words)
    assert styled(document, "ImageCaption")[0] == "Figuur 1. Balken."


def test_words_of_another_language_keep_it(html: str) -> None:
    made = word(html.replace("<h3 ", f"{FIGURE}<h3 ", 1), TEMPLATES, epoch=EPOCH)
    document = ooxml.parse(ooxml.read(made)["word/document.xml"])
    found = {
        run.findtext(f"{W}t"): run.find(f"{W}rPr/{W}lang").get(f"{W}val")
        for run in document.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}lang") is not None
    }
    assert found == {"level playing field": "en", "enfin": "fr"}


def test_the_caption_of_a_table_stands_above_it_and_describes_it(html: str, tmp_path: Path) -> None:
    captioned = re.sub(r'<table ([^>]*?)aria-label="([^"]*)"', r"<table \1", html, count=1)
    captioned = re.sub(r"<table [^>]*>", r"\g<0><caption>Tabel 1. Thema's</caption>", captioned, count=1)
    made = word(captioned, TEMPLATES, epoch=EPOCH)
    assert_valid_docx(made, tmp_path)
    document = ooxml.parse(ooxml.read(made)["word/document.xml"])
    table = next(document.iter(f"{W}tbl"))
    assert style(table.getprevious()) == "TableCaption"
    assert [one.get(f"{W}val") for one in table.iter(f"{W}tblCaption")] == ["Tabel 1. Thema's"]


def test_it_follows_the_schema_of_word(docx: bytes, tmp_path: Path) -> None:
    assert_valid_docx(docx, tmp_path)


def test_everybody_can_read_it(docx: bytes) -> None:
    assert_readable_docx(docx)


def test_links_lead_to_the_papers(parts: dict[str, bytes]) -> None:
    targets = re.findall(r'Target="(https:[^"]+)"', parts["word/_rels/footnotes.xml.rels"].decode())
    assert "https://zoek.officielebekendmakingen.nl/kst-32824-7.html" in targets


def test_links_show_the_titles_of_their_papers(document: _Element, parts: dict[str, bytes]) -> None:
    for root in (document, ooxml.parse(parts["word/footnotes.xml"])):
        shown = [link.get(f"{W}tooltip") for link in root.iter(f"{W}hyperlink")]
        assert TITLE in shown
        assert set(shown) == {TITLE, None}


def test_header_and_footer_say_what_and_where(parts: dict[str, bytes]) -> None:
    header, footer = (etree.fromstring(parts[f"word/{name}.xml"]) for name in ("header1", "footer1"))
    assert list(header.itertext(f"{W}t")) == ["Voortgang Agenda Samen Vooruit, derde kwartaal 2026", "CONCEPT 01"]
    assert "".join(footer.itertext(f"{W}t")) == "Pagina 1 van 1"
    assert [found.text.strip() for found in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert not any("«".encode() in part for name, part in parts.items() if name.endswith(".xml"))


def test_language_title_author_and_date_are_set(parts: dict[str, bytes]) -> None:
    core = parts["docProps/core.xml"].decode()
    assert "<dc:title>Voortgang Agenda Samen Vooruit, derde kwartaal 2026 (concept 01)</dc:title>" in core
    assert "<dc:creator>SZW</dc:creator>" in core
    assert "<dc:language>nl-NL</dc:language>" in core
    assert core.count("2026-10-16T00:00:00Z") == 2
    styles = etree.fromstring(parts["word/styles.xml"])
    assert styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == "nl-NL"


def test_every_style_that_is_used_exists(document: _Element, parts: dict[str, bytes]) -> None:
    known = {found.get(f"{W}styleId") for found in etree.fromstring(parts["word/styles.xml"]).iterfind(f"{W}style")}
    used = {found.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for found in document.iter(f"{W}{tag}")}
    assert used <= known


def test_the_same_html_gives_the_same_bytes(html: str, docx: bytes) -> None:
    assert word(html, TEMPLATES, epoch=EPOCH) == docx


def test_what_pandoc_refuses_is_an_error_in_its_own_words(html: str, tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "reference.docx").write_bytes(b"")
    (tmp_path / "noten.lua").write_text("")
    with pytest.raises(WordError):
        word(html, Templates(tmp_path), epoch=EPOCH)
