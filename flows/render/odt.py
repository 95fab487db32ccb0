"""The finished Word file as an OpenDocument text: the same words, notes, order and look.

In: the bytes of a DOCX that was made here. Out: those of an ODT. pandoc, which can write ODT too, drops the words for pictures and
would ask for a second file of styles beside reference.docx; here there is one, and nothing is laid out twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.render import ooxml
from flows.render.odf import Element, make, write
from flows.render.odt_automatic import Automatic
from flows.render.odt_fonts import fonts
from flows.render.odt_lists import Lists
from flows.render.odt_page import master_page, page_layout
from flows.render.odt_pictures import FOLDER, MEDIA
from flows.render.odt_styles import Styles, styles
from flows.render.odt_text import Part, Text
from flows.render.ooxml import R, W

DOCUMENT, NOTES = "word/document.xml", "word/footnotes.xml"
CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
DC, TERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
SETTINGS = {
    "AddParaTableSpacing": "false",  # true: between paragraphs both their spaces; in Word it is the larger
    "AddParaSpacingToTableCells": "true",  # false: none below the last paragraph of a cell
    "IgnoreFirstLineIndentInNumbering": "false",  # true: an item of a list does not hang
}
VERSION = {"office:version": "1.3"}


def odt(docx: bytes, *, epoch: int) -> bytes:
    """The ODT of `docx`, dated `epoch` (seconds since 1970). The same arguments give the same bytes."""
    parts = ooxml.read(docx)
    root = {name: ooxml.parse(part) for name, part in parts.items() if name.endswith(".xml")}
    look = styles(root["word/styles.xml"], root["word/settings.xml"])
    faces, files = fonts(parts)
    made = {
        "content.xml": _content(root, parts, look, faces),
        "styles.xml": _styles(root, parts, look, faces),
        "settings.xml": _settings(),
        "meta.xml": _meta(root["docProps/core.xml"]),
    }
    pictures = {
        FOLDER + name.removeprefix(f"word/{MEDIA}"): part
        for name, part in parts.items()
        if name.startswith(f"word/{MEDIA}")
    }
    return write({name: ooxml.serialise(part) for name, part in made.items()} | files | pictures, epoch)


def _content(root: Mapping[str, Element], parts: Mapping[str, bytes], look: Styles, faces: Element) -> Element:
    """The text."""
    notes = {note.get(f"{W}id"): note for note in root[NOTES].iterfind(f"{W}footnote")}
    part = Part(ooxml.targets(parts, DOCUMENT), notes, Part(ooxml.targets(parts, NOTES)))
    automatic, lists = Automatic(), Lists.read(root["word/numbering.xml"])
    blocks = Text(look, lists, automatic).blocks(root[DOCUMENT].find(f"{W}body"), part)
    used = frozenset(found.get(f"{W}val") for found in root[DOCUMENT].iter(f"{W}numId"))
    own = make("office:automatic-styles", None, *lists.styles(used), *automatic.elements)
    body = make("office:body", None, make("office:text", None, *blocks))
    return make("office:document-content", VERSION, _copy(faces), own, body)


def _styles(root: Mapping[str, Element], parts: Mapping[str, bytes], look: Styles, faces: Element) -> Element:
    """The styles, and the page with its header and footer."""
    section = root[DOCUMENT].find(f"{W}body/{W}sectPr")
    automatic = Automatic("kop")
    furniture = dict(_furniture(section, root, parts, Text(look, Lists({}), automatic)))
    return make(
        "office:document-styles",
        VERSION,
        faces,
        make("office:styles", None, *look.elements),
        make("office:automatic-styles", None, page_layout(section), *automatic.elements),
        make("office:master-styles", None, master_page(furniture)),
    )


def _furniture(
    section: Element, root: Mapping[str, Element], parts: Mapping[str, bytes], text: Text
) -> Iterator[tuple[str, list[Element]]]:
    """The paragraphs of each header and footer, by its place."""
    targets = ooxml.targets(parts, DOCUMENT)
    title = section.find(f"{W}titlePg") is not None
    for place in ("header", "footer"):
        for found in section.iterfind(f"{W}{place}Reference"):
            kind, name = found.get(f"{W}type"), f"word/{targets[found.get(f'{R}id')]}"
            if kind == "default" or (kind == "first" and title):
                yield (
                    place + ("-first" if kind == "first" else ""),
                    text.blocks(root[name], Part(ooxml.targets(parts, name))),
                )


def _meta(core: Element) -> Element:
    """The properties of the document."""
    said = {tag: core.findtext(found) or "" for tag, found in PROPERTIES.items()}
    return make(
        "office:document-meta",
        VERSION,
        make("office:meta", None, *(make(tag, text=text) for tag, text in said.items() if text)),
    )


PROPERTIES = {
    "dc:title": f"{DC}title",
    "dc:description": f"{DC}description",
    "meta:initial-creator": f"{DC}creator",
    "dc:creator": f"{DC}creator",
    "meta:creation-date": f"{TERMS}created",
    "dc:date": f"{TERMS}modified",
    "dc:language": f"{DC}language",
}


def _settings() -> Element:
    """What LibreOffice does as it did long ago where nobody says otherwise."""
    items = (
        make("config:config-item", {"config:name": name, "config:type": "boolean"}, text=said)
        for name, said in SETTINGS.items()
    )
    whole = make("config:config-item-set", {"config:name": "ooo:configuration-settings"}, *items)
    return make("office:document-settings", VERSION, make("office:settings", None, whole))


def _copy(element: Element) -> Element:
    return ooxml.parse(ooxml.serialise(element))
