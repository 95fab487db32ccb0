"""The fonts that a Word file holds, for an OpenDocument file to hold as well.

In: the parts of the Word file. Out: the declarations of its fonts, and the files that they name. In Word a font's first bytes are
scrambled with a key that stands beside it (ISO/IEC 29500-1, 17.8.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flows.render import ooxml
from flows.render.odf import Element, make
from flows.render.odt_values import value
from flows.render.ooxml import R, W

TABLE, FOLDER = "word/fontTable.xml", "Fonts/"
SCRAMBLED = 32
FACES = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")


def fonts(parts: Mapping[str, bytes]) -> tuple[Element, dict[str, bytes]]:
    """The declarations, and the fonts by name."""
    files: dict[str, bytes] = {}
    faces = [_face(font, parts, files) for font in ooxml.parse(parts[TABLE]).iterfind(f"{W}font")]
    return make("office:font-face-decls", None, *faces), files


def _face(font: Element, parts: Mapping[str, bytes], files: dict[str, bytes]) -> Element:
    name = font.get(f"{W}name")
    said = {"style:name": name, "svg:font-family": f"'{name}'"}
    if (family := value(font, "family")) in ("swiss", "roman", "modern"):
        said["style:font-family-generic"] = family
    face, source = make("style:font-face", said), make("svg:font-face-src")
    targets = ooxml.targets(parts, TABLE)
    for tag in FACES:
        if (found := font.find(f"{W}{tag}")) is not None:
            path = f"{FOLDER}{len(files) + 1}.ttf"
            files[path] = _plain(parts[f"word/{targets[found.get(f'{R}id')]}"], UUID(found.get(f"{W}fontKey")))
            uri = {"xlink:href": path, "xlink:type": "simple"}
            source.append(make("svg:font-face-uri", uri, make("svg:font-face-format", {"svg:string": "truetype"})))
    if len(source):
        face.append(source)
    return face


def _plain(data: bytes, key: UUID) -> bytes:
    """The font as it was before it was scrambled."""
    mask = key.bytes[::-1] * 2
    return bytes(byte ^ other for byte, other in zip(data[:SCRAMBLED], mask, strict=True)) + data[SCRAMBLED:]
