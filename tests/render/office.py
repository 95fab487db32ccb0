"""What is asked of every Word file and OpenDocument text, as assertions: that it follows its schema, and that everybody can read it."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from lxml import etree
from openxml_audit import OdfValidator, OpenXmlValidator, ValidationSeverity

from flows.render import ooxml
from flows.render.odf import name
from flows.render.ooxml import WP, W, style_of, text_of

FAKE_ITEM = re.compile(r"[•·\-–*]\s")
EMPTY_LINK = re.compile(r"https?://|^(hier|klik hier|link)$", re.IGNORECASE)


def assert_valid_docx(data: bytes, folder: Path) -> None:
    path = folder / "brief.docx"
    path.write_bytes(data)
    assert [found.description for found in OpenXmlValidator().validate(path).errors] == []


def assert_valid_odt(data: bytes, folder: Path) -> None:
    path = folder / "brief.odt"
    path.write_bytes(data)
    found = OdfValidator(relaxng_validation=True).validate(path)
    wrong = [one.description for one in found.errors if one.severity is not ValidationSeverity.WARNING]
    assert wrong == []  # it warns of a picture without a place, which one in a line of text has not


def assert_readable_docx(data: bytes) -> None:
    """Title, language, heading levels, real lists and headings, table heads, descriptions, links and notes."""
    parts = ooxml.read(data)
    root = {part: etree.fromstring(parts[part]) for part in parts if part.endswith(".xml")}
    document, styles = root["word/document.xml"], root["word/styles.xml"]
    assert root["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}title").strip()
    assert styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == "nl-NL"
    known = {one.get(f"{W}styleId"): one.find(f"{W}name").get(f"{W}val") for one in styles.iterfind(f"{W}style")}
    levels = [0]
    for paragraph in document.iter(f"{W}p"):
        said, style = text_of(paragraph).strip(), style_of(paragraph)
        if heading := re.match(r"heading (\d)", known.get(style, "Normal")):
            levels.append(int(heading[1]))
            assert levels[-1] <= levels[-2] + 1, said
            assert said
        else:
            assert not FAKE_ITEM.match(said) or paragraph.find(f"{W}pPr/{W}numPr") is not None
            bold = [run.find(f"{W}rPr/{W}b") is not None for run in paragraph.iter(f"{W}r") if text_of(run)]
            assert not (bold and all(bold) and len(said) < 80 and paragraph.getparent().tag == f"{W}body"), said
    for table in document.iter(f"{W}tbl"):
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        assert not [*table.iter(f"{W}vMerge", f"{W}gridSpan")]
    assert not [*document.iter(f"{WP}anchor")]
    assert all(picture.get("descr").strip() for picture in document.iter(f"{WP}docPr"))
    _called(document, root["word/footnotes.xml"])
    for link in document.iter(f"{W}hyperlink"):
        assert text_of(link).strip()
        assert not EMPTY_LINK.match(text_of(link).strip())


def _called(document: Any, notes: Any) -> None:
    called = [one.get(f"{W}id") for one in document.iter(f"{W}footnoteReference")]
    there = [one.get(f"{W}id") for one in notes.iterfind(f"{W}footnote") if one.get(f"{W}type") is None]
    assert called == there


def assert_readable_odt(data: bytes) -> None:
    """The same of an OpenDocument text."""
    parts = ooxml.read(data)
    content, styles, meta = (etree.fromstring(parts[f"{part}.xml"]) for part in ("content", "styles", "meta"))
    assert meta.findtext(f".//{name('dc:title')}")
    assert meta.findtext(f".//{name('dc:language')}") == "nl-NL"
    text = styles.find(f".//{name('style:default-style')}/{name('style:text-properties')}")
    assert (text.get(name("fo:language")), text.get(name("fo:country"))) == ("nl", "NL")
    levels = [0, *(int(one.get(name("text:outline-level"))) for one in content.iter(name("text:h")))]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in content.iter(name("table:table")):
        assert len(table.find(name("table:table-header-rows"))) == 1
        assert table.findtext(name("table:title"))
    for picture in content.iter(name("draw:frame")):
        assert picture.findtext(name("svg:desc"))
        assert picture.find(name("draw:image")).get(name("xlink:href")) in parts
    numbers = [one.text for one in content.iter(name("text:note-citation"))]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    named = {one.get(name("text:name")) for one in content.iter(name("text:bookmark"))}
    assert {one.get(name("text:ref-name")) for one in content.iter(name("text:bookmark-ref"))} <= named


def opened(data: bytes, kind: str, folder: Path) -> list[str]:
    """The words that LibreOffice shows of a file, by page."""
    (folder / f"brief.{kind}").write_bytes(data)
    own = f"-env:UserInstallation={(folder / 'profiel').as_uri()}"
    subprocess.run(
        ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / f"brief.{kind}")],
        check=True,
        capture_output=True,
    )
    shown = pdfium.PdfDocument(folder / "brief.pdf")
    return [page.get_textpage().get_text_bounded() for page in shown]
