"""What Excel asks of a workbook's parts before it opens one without repairing it, as assertions."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import Any

from lxml import etree
from openpyxl.utils import get_column_letter

from flows.render.ooxml import R, read
from flows.render.workbook_parts import BOOK_ORDER, ORDER, S

CONTENT_TYPES = "[Content_Types].xml"


def assert_sound(data: bytes) -> None:
    parts = read(data)
    roots = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels", ".vml"))}
    _types(parts, roots[CONTENT_TYPES])
    targets = {name: _relations(name, parts, roots) for name in parts if not name.endswith(".rels")}
    book = roots["xl/workbook.xml"]
    _in_order(book, BOOK_ORDER)
    sheets = book.findall(f"{S}sheets/{S}sheet")
    assert (
        len({one.get("name").casefold() for one in sheets})
        == len({one.get("sheetId") for one in sheets})
        == len(sheets)
    )
    for name in book.iter(f"{S}definedName"):
        assert int(name.get("localSheetId", 0)) < len(sheets)
    styles = roots["xl/styles.xml"]
    for group in styles:
        assert group.get("count") is None or int(group.get("count")) == len(group), group.tag
    for one in sheets:
        part = targets["xl/workbook.xml"][one.get(f"{R}id")]
        if roots[part].tag == f"{S}worksheet":
            _sheet(roots[part], targets[part], roots, styles)
    selected = [part for part in parts if b'tabSelected="1"' in parts[part]]
    assert len(selected) <= 1


def _types(parts: dict[str, bytes], types: Any) -> None:
    defaults = [one.get("Extension").casefold() for one in types if one.tag.endswith("Default")]
    overrides = [one.get("PartName").lstrip("/") for one in types if one.tag.endswith("Override")]
    assert not [name for name, times in Counter((*defaults, *overrides)).items() if times > 1]
    assert set(overrides) <= parts.keys()
    assert not [
        name for name in parts if name not in (*overrides, CONTENT_TYPES) and name.rpartition(".")[2] not in defaults
    ]


def _relations(owner: str, parts: dict[str, bytes], roots: dict[str, Any]) -> dict[str, str]:
    folder, base = posixpath.split(owner)
    found = roots.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    internal = [one for one in (() if found is None else found) if one.get("TargetMode") != "External"]
    targets = {
        one.get("Id"): posixpath.normpath(posixpath.join("/", folder, one.get("Target")))[1:] for one in internal
    }
    assert len(targets) == len(internal)
    assert set(targets.values()) <= parts.keys()
    if owner in roots:
        named = {one.get(f"{R}id") for one in roots[owner].iter() if one.get(f"{R}id")}
        assert named <= {one.get("Id") for one in (() if found is None else found)}
    return targets


def _in_order(root: Any, order: str) -> None:
    at = [order.split().index(etree.QName(child).localname) for child in root]
    assert at == sorted(at)


def _sheet(root: Any, targets: dict[str, str], roots: dict[str, Any], styles: Any) -> None:
    _in_order(root, ORDER)
    formats, marks = styles.find(f"{S}cellXfs"), styles.find(f"{S}dxfs")
    assert all(int(cell.get("s", 0)) < len(formats) for cell in root.iter(f"{S}c"))
    assert all(int(rule.get("dxfId")) < len(marks) for rule in root.iter(f"{S}cfRule") if rule.get("dxfId"))
    priorities = [one.get("priority") for one in root.iter("{*}cfRule") if one.get("priority")]
    assert len(set(priorities)) == len(priorities)
    comments = [roots[name] for name in targets.values() if "comments" in name]
    drawing = root.find(f"{S}legacyDrawing")
    assert not comments or drawing is not None
    if comments:
        shapes = list(roots[targets[drawing.get(f"{R}id")]].iter("{urn:schemas-microsoft-com:vml}shape"))
        ids = [
            one.get("id") for one in shapes if one.get("id").startswith("_x0000_s")
        ]  # LibreOffice calls its own all the same
        assert len(set(ids)) == len(ids)
        refs = [one.get("ref") for one in comments[0].iter(f"{S}comment")]
        notes = [one for one in shapes if one.find(".//*[@ObjectType='Note']") is not None]
        boxes = [f"{get_column_letter(_of(one, 'Column'))}{_of(one, 'Row')}" for one in notes]
        assert sorted(refs) == sorted(boxes)
        assert len(set(refs)) == len(refs)
        authors = len(comments[0].find(f"{S}authors"))
        assert all(int(one.get("authorId")) < authors for one in comments[0].iter(f"{S}comment"))


def _of(shape: Any, name: str) -> int:
    """The row or column of a comment's box, from 1."""
    return int(shape.findtext(f".//{{urn:schemas-microsoft-com:office:excel}}{name}")) + 1
