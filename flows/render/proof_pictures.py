"""The proof of the pictures: each says in the PDF, the Word file and the ODT, to who does not see it, what the HTML gives it to say.

In: the HTML and the bytes of a file. Out: nothing, or ProofError. A picture without words only decorates and is no part of this.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
from lxml import etree
from lxml import html as lxml_html

from flows.render.difference import Format, ProofError, Rule
from flows.render.ooxml import WP

DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"


def prove_pictures(html: str, data: bytes, format: Format) -> None:
    """Compare the words of all pictures, in order."""
    given = [words for image in lxml_html.document_fromstring(html).iter("img") if (words := image.get("alt"))]
    found = [words for words in READERS[format](data) if words]
    for number in range(max(len(given), len(found))):
        missing, extra = (words[number] if number < len(words) else "" for words in (given, found))
        if missing != extra:
            raise ProofError(format, Rule.PICTURE, missing=missing, extra=extra)


def _pdf(data: bytes) -> Iterator[str]:
    """The words of each Figure, in the order of the structure tree."""
    with pikepdf.open(io.BytesIO(data)) as file:
        todo: list[Any] = [file.Root.StructTreeRoot]
        while todo:
            element = todo.pop()
            if element.get("/S") == "/Figure":
                yield str(element.get("/Alt", ""))
            children = element.get("/K")
            below = list(children) if isinstance(children, pikepdf.Array) else [children]
            todo += [child for child in reversed(below) if isinstance(child, pikepdf.Dictionary)]


def _docx(data: bytes) -> Iterator[str]:
    """The words of each picture in the text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return (str(picture.get("descr", "")) for picture in root.iter(f"{WP}docPr"))


def _odt(data: bytes) -> Iterator[str]:
    """The words of each picture in the text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("content.xml"))
    return (frame.findtext(f"{SVG}desc", "") for frame in root.iter(f"{DRAW}frame"))


READERS = {Format.PDF: _pdf, Format.DOCX: _docx, Format.ODT: _odt}
