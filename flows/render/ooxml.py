"""A Word file as its parts, and the few helpers with which their XML is read and made.

In: the bytes of a zip, or parts by name. Out: the other; the same parts give the same bytes.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
FIRST = ("[Content_Types].xml", "_rels/.rels")
DOS_EPOCH = 315532800
PROPERTIES = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "spacing", "ind")

Element = Any  # lxml has no types of its own


def read(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def write(
    parts: Mapping[str, bytes], epoch: int, *, first: Sequence[str] = FIRST, stored: frozenset[str] = frozenset()
) -> bytes:
    """A package whose bytes follow from its parts and `epoch` alone; `stored` are not compressed."""
    moment = time.gmtime(max(epoch, DOS_EPOCH))
    date_time = (moment.tm_year, moment.tm_mon, moment.tm_mday, moment.tm_hour, moment.tm_min, moment.tm_sec)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in (*first, *sorted(set(parts) - set(first))):
            info = zipfile.ZipInfo(name, date_time)
            info.create_system = info.external_attr = 0
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            package.writestr(info, parts[name], compresslevel=9)
    return made.getvalue()


def parse(part: bytes) -> Element:
    """The root of a part."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def serialise(root: Element) -> bytes:
    """A part, from its root."""
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def make(tag: str, *children: Element, text: str | None = None, **attributes: str) -> Element:
    """An element of the main namespace: `make("pStyle", val="Title")`."""
    element = etree.Element(f"{W}{tag}", {f"{W}{name}": value for name, value in attributes.items()}, {"w": MAIN})
    if text is not None:
        element.text = text
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.extend(children)
    return element


def run(*children: Element) -> Element:
    """A run."""
    return make("r", *children)


def words(text: str) -> Element:
    """A run of text."""
    return run(make("t", text=text))


def field(instruction: str, *result: Element) -> list[Element]:
    """A field: its begin, its instruction, its result as it stands until Word updates it, and its end."""
    return [
        run(make("fldChar", fldCharType="begin")),
        run(make("instrText", text=f" {instruction} ")),
        run(make("fldChar", fldCharType="separate")),
        *result,
        run(make("fldChar", fldCharType="end")),
    ]


def style_of(paragraph: Element) -> str:
    """The id of a paragraph's style; empty for none."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def properties_of(element: Element, tag: str) -> Element:
    """The properties of a paragraph (`pPr`) or of a row of a table (`trPr`), which come first in it; made where there are none."""
    found = element.find(f"{W}{tag}")
    if found is None:
        found = make(tag)
        element.insert(0, found)
    return found


def restyle(paragraph: Element, style: str) -> None:
    """Give a paragraph another style, and keep its own properties."""
    properties = properties_of(paragraph, "pPr")
    found = properties.find(f"{W}pStyle")
    if found is None:
        properties.insert(0, make("pStyle", val=style))
    else:
        found.set(f"{W}val", style)


def set_property(paragraph: Element, tag: str, **attributes: str) -> None:
    """Set a property of a paragraph, at the place that the schema gives it."""
    properties = paragraph.find(f"{W}pPr")
    found = properties.find(f"{W}{tag}")
    if found is None:
        found = make(tag)
        earlier = {f"{W}{name}" for name in PROPERTIES[: PROPERTIES.index(tag)]}
        properties.insert(sum(1 for child in properties if child.tag in earlier), found)
    found.attrib.update({f"{W}{name}": value for name, value in attributes.items()})


def text_of(element: Element) -> str:
    """The words of an element."""
    return "".join(element.itertext(f"{W}t"))


def targets(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    """Where the relations of a part lead, by their id."""
    folder, _, file = name.rpartition("/")
    found = parts.get(f"{folder}/_rels/{file}.rels")
    return {} if found is None else {str(one.get("Id")): str(one.get("Target")) for one in parse(found)}
