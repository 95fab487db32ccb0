"""A workbook file as its parts: what is related to what, and how a part is put in, changed or taken out in place.

In: the bytes of an xlsx. Out: those of the same file, in which every part that was not touched is byte for byte what it was.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import count

from lxml import etree

from flows.render.ooxml import Element, R, parse, read, serialise, write

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
S = f"{{{MAIN}}}"
RELATIONSHIPS = R[1:-1]
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CONTENT_TYPES = "[Content_Types].xml"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# The order that the schema gives the parts of a sheet and of a workbook.
ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios"
    " autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations"
    " hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches"
    " ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls"
    " webPublishItems tableParts extLst"
)
BOOK_ORDER = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences definedNames"
    " calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr"
    " webPublishObjects extLst"
)
STYLE_ORDER = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"


def make(tag: str, *children: Element, text: str | None = None, rid: str | None = None, **attributes: str) -> Element:
    """An element of a spreadsheet: `make("row", r="1")`; words in a `t` keep their spaces, `rid` is a relation's id."""
    element = etree.Element(S + tag, attributes, {None: MAIN} | ({"r": RELATIONSHIPS} if rid else {}))
    if rid:
        element.set(f"{R}id", rid)
    if text is not None:
        element.text = writable(text)
    if tag == "t":
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.extend(children)
    return element


def writable(text: str) -> str:
    """Text that XML can hold, and that no spreadsheet program takes for an escape."""
    return _ESCAPE.sub("_x005F_", _UNWRITABLE.sub("", text))


def place(root: Element, element: Element, order: str) -> None:
    """Puts an element at the place that the schema gives it, after those of its kind."""
    names = order.split()
    later = names[names.index(etree.QName(element).localname) + 1 :]
    at = next((number for number, child in enumerate(root) if _kind(child) in later), len(root))
    root.insert(at, element)


def section(root: Element, tag: str, order: str) -> Element:
    """The child of that name, made where it is missing."""
    if (found := root.find(S + tag)) is None:
        found = make(tag)
        place(root, found, order)
    return found


def _kind(child: Element) -> str:
    """The name of an element; of one that programs may choose to read, of what it holds."""
    inside = next(child.iter(f"{S}*"), None)
    return "" if inside is None else str(etree.QName(inside).localname)


class Parts:
    """The parts of a workbook; raises ValueError where it is no workbook whose parts we know, KeyError where one is missing."""

    def __init__(self, data: bytes) -> None:
        self.parts = read(data)
        self._changed: dict[str, Element] = {}
        (self.book,) = (name for _, name in self.related("", "officeDocument"))
        if self.tree(self.book).tag != f"{S}workbook":
            raise ValueError(self.book)

    def bytes(self) -> bytes:
        """The file."""
        return write(self.parts | {name: serialise(root) for name, root in self._changed.items()}, 0)

    def tree(self, name: str) -> Element:
        """The root of a part, to look at: it changes nothing in the file."""
        return self._changed[name] if name in self._changed else parse(self.parts[name])

    def put(self, name: str, root: Element) -> None:
        """Makes this the root of a part."""
        self.parts.setdefault(name, b"")
        self._changed[name] = root

    def edit(self, name: str) -> Element:
        """The root of a part, to change."""
        self.put(name, root := self.tree(name))
        return root

    def add(self, folder: str, name: str, ending: str, kind: str) -> str:
        """Finds room for a new part of a content type: a name that is free, which the file is told of."""
        free = next(path for number in count(1) if (path := f"{folder}/{name}{number}.{ending}") not in self.parts)
        types = self.edit(CONTENT_TYPES)
        if ending == "xml":
            etree.SubElement(types, f"{TYPES}Override", PartName=f"/{free}", ContentType=kind)
        elif not any(one.get("Extension", "").casefold() == ending for one in types.iter(f"{TYPES}Default")):
            types.insert(0, etree.Element(f"{TYPES}Default", Extension=ending, ContentType=kind))
        self.parts[free] = b""
        return free

    def drop(self, owner: str, name: str) -> None:
        """Takes a part out, and the relation that `owner` has to it."""
        for gone in (name, _relations(name)):
            self.parts.pop(gone, None)
            self._changed.pop(gone, None)
        types, relations = self.edit(CONTENT_TYPES), self.edit(_relations(owner))
        for one in [one for one in types if one.get("PartName") == f"/{name}"]:
            types.remove(one)
        for one in [one for one in relations if _target(owner, one) == name]:
            relations.remove(one)
        if not len(relations):
            del self.parts[_relations(owner)], self._changed[_relations(owner)]

    def related(self, owner: str, kind: str) -> Iterator[tuple[str, str]]:
        """The id and the part of each relation of that kind that a part has."""
        if (path := _relations(owner)) in self.parts:
            for one in self.tree(path):
                if one.get("Type", "").rpartition("/")[2] == kind and one.get("TargetMode") != "External":
                    yield one.get("Id"), _target(owner, one)

    def relate(self, owner: str, kind: str, name: str) -> str:
        """Relates a part to another; returns the relation's id."""
        path = _relations(owner)
        if path not in self.parts:
            self.put(path, etree.Element(f"{PACKAGE}Relationships", nsmap={None: PACKAGE[1:-1]}))
        relations = self.edit(path)
        known = {one.get("Id") for one in relations}
        free = next(rid for number in count(1) if (rid := f"rId{number}") not in known)
        etree.SubElement(
            relations, f"{PACKAGE}Relationship", Id=free, Type=f"{RELATIONSHIPS}/{kind}", Target=f"/{name}"
        )
        return free

    @property
    def sheets(self) -> dict[str, str]:
        """The part of each worksheet by title, in the workbook's order."""
        parts = dict(self.related(self.book, "worksheet"))
        listed = self.tree(self.book).iterfind(f"{S}sheets/{S}sheet")
        return {one.get("name"): parts[one.get(f"{R}id")] for one in listed if one.get(f"{R}id") in parts}


def _relations(owner: str) -> str:
    folder, base = posixpath.split(owner)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _target(owner: str, relation: Element) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), relation.get("Target", ""))).lstrip("/")
