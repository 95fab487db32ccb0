"""An OpenDocument file as its parts, and the few helpers with which their XML is made.

In: parts by name. Out: the bytes of the file; the same parts give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from flows.render import ooxml

SPACES = re.compile("(  +)")
MIMETYPE = "application/vnd.oasis.opendocument.text"
VERSION = "1.3"
NAMESPACES = {
    **{
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "meta", "style", "text", "table", "config", "manifest")
    },
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ooo": "http://openoffice.org/2004/office",
    "xlink": "http://www.w3.org/1999/xlink",
}
TYPES = {
    "xml": "text/xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "ttf": "application/x-font-ttf",
}

Element = Any  # lxml has no types of its own


def name(prefixed: str) -> str:
    """`text:p` as lxml names it."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def make(tag: str, attributes: Mapping[str, str] | None = None, *children: Element, text: str | None = None) -> Element:
    """An element: `make("text:p", {"text:style-name": "Title"}, text="Voortgang")`."""
    named = {name(key): value for key, value in (attributes or {}).items()}
    element = etree.Element(name(tag), named, NAMESPACES)
    element.text = text
    element.extend(children)
    return element


def say(element: Element, text: str) -> None:
    """Add text behind all that an element holds; spaces beyond the first would not be shown, so they are counted."""
    for words in SPACES.split(text):
        if words.startswith("  "):
            _add(element, " ")
            element.append(make("text:s", {"text:c": str(len(words) - 1)}))
        else:
            _add(element, words)


def _add(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def write(parts: Mapping[str, bytes], epoch: int) -> bytes:
    """The file of these parts. Its type comes first and as it is, so that a program knows it by its first bytes."""
    entries = [("/", MIMETYPE), *((part, TYPES[part.rpartition(".")[2]]) for part in sorted(parts))]
    files = [
        make("manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": kind}) for path, kind in entries
    ]
    files[0].set(name("manifest:version"), VERSION)
    manifest = make("manifest:manifest", {"manifest:version": VERSION}, *files)
    whole = {"mimetype": MIMETYPE.encode(), "META-INF/manifest.xml": ooxml.serialise(manifest), **parts}
    return ooxml.write(whole, epoch, first=("mimetype",), stored=frozenset({"mimetype"}))
