"""Reads a reviewer's copy: a Word file, edited in Word or LibreOffice, with or without changes tracked, as paragraphs and comments.

In: the bytes of a .docx that were looked at. Out: a `Copy`; whatever is raised means that it is damaged. Nothing that stands in it
is passed over: what is no running text (headers, boxes, endnotes, what was changed in the contents) stands under `elsewhere`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from flows.gather.grid import Unreadable
from flows.gather.package import Package, namespace
from flows.gather.stream import Bookmark, Stream, attribute, words_of
from flows.model.delivery import Origin
from flows.model.review import BOOKMARK, PROPERTY, SOURCES, Author, Copy, Paragraph, Piece, Remark, Source

MOST_PARAGRAPHS, MOST_LETTERS = 20_000, 60_000  # in a file, in a paragraph: far above what a brief has
_CUSTOM = "custom-properties"


def read(data: bytes) -> Copy:
    """What a copy says."""
    package = Package(data)
    related = package.related(package.workbook)
    first = dict(reversed(related.values()))
    notes = {kind: package.xml(first[kind]) for kind in ("footnotes", "endnotes") if kind in first}
    document = package.xml(package.workbook)
    ns = namespace(document)
    stream = Stream(ns, {kind: _by_id(root, ns) for kind, root in notes.items()}, _levels(package, first, ns))
    stream.read(document.find(f"{ns}body"))
    paragraphs, places = _paragraphs(stream)
    if len(paragraphs) > MOST_PARAGRAPHS or any(len(one.after) > MOST_LETTERS for one in paragraphs):
        raise Unreadable("bestand-te-groot")
    elsewhere = dict(stream.elsewhere)
    for kind, part in sorted(related.values()):
        if kind in {"header", "footer"} and (said := words_of(package.xml(part), ns)):
            elsewhere[part.rpartition("/")[2]] = said
    remarks = tuple(_remarks(package, first, stream, places))
    identity, sources = _identity(package), _sources(package, related)
    return Copy(identity, _saved(package), paragraphs, remarks, elsewhere, sources)


def _by_id(root: Any, ns: str) -> dict[str, Any]:
    notes = (one for one in root if one.get(f"{ns}type") in {None, "normal"})
    return {str(one.get(f"{ns}id")): one for one in notes}


def _levels(package: Package, first: Mapping[str, str], ns: str) -> dict[str, int]:
    """The level of each style of a heading."""
    if "styles" not in first:
        return {}
    levels = {}
    for style in package.xml(first["styles"]).iterfind(f"{ns}style"):
        level = style.find(f"{ns}pPr/{ns}outlineLvl")
        if level is not None and (number := int(level.get(f"{ns}val", 9))) < 9:
            levels[str(style.get(f"{ns}styleId"))] = number + 1
    return levels


def _paragraphs(stream: Stream) -> tuple[tuple[Paragraph, ...], list[int]]:
    """The paragraphs as they were handed out, and for each stored one the place of its first."""
    found: list[Paragraph] = []
    places: list[int] = []
    known: set[str] = set()
    for stored in stream.stored:
        places.append(len(found))
        bookmarks = [mark for mark in stored.bookmarks if mark.name.startswith(BOOKMARK) and mark.name not in known]
        known |= {mark.name for mark in bookmarks}
        if not bookmarks and found and stored.within in {found[-1].name} - {""}:
            places[-1] = len(found) - 1
            end = Piece("\n", added=stored.split)
            found[-1] = replace(found[-1], pieces=(*found[-1].pieces, end, *stored.pieces), joined=stored.joined)
        else:
            found += _divided(stored.pieces, bookmarks, stored.heading, stored.joined)
    return tuple(found), places


def _divided(
    pieces: list[Piece], bookmarks: list[Bookmark], heading: int, joined: Author | None
) -> Iterator[Paragraph]:
    """A stored paragraph as the paragraphs that were handed out: several where the ends between them were taken away."""
    if not bookmarks:
        yield Paragraph("", tuple(pieces), heading, joined)
        return
    starts = [0, *(mark.start for mark in bookmarks[1:]), len(pieces)]
    for mark, start, end in zip(bookmarks, starts[:-1], starts[1:], strict=True):
        last = mark is bookmarks[-1]
        rest = any(piece.text.strip() for piece in pieces[end:])
        run_on = joined if last else Author("") if rest and end > start else None
        yield Paragraph(mark.name, tuple(pieces[start:end]), heading, run_on)


def _remarks(package: Package, first: Mapping[str, str], stream: Stream, places: list[int]) -> Iterator[Remark]:
    if "comments" not in first:
        return
    root = package.xml(first["comments"])
    ns = namespace(root)
    said = {str(one.get(f"{ns}id")): one for one in root.iterfind(f"{ns}comment")}
    texts = {name: words_of(one, ns) for name, one in said.items()}
    by_paragraph = {
        attribute(paragraph, "paraId"): name for name, one in said.items() for paragraph in one.iter(f"{ns}p")
    }
    parents = {}
    if "commentsExtended" in first:
        for one in package.xml(first["commentsExtended"]):
            parent = by_paragraph.get(attribute(one, "paraIdParent"))
            parents[by_paragraph.get(attribute(one, "paraId"))] = parent
    for name, one in said.items():
        author = Author(str(one.get(f"{ns}author", "")), str(one.get(f"{ns}date", "")))
        anchor = stream.anchors.get(name)
        parent = parents.get(name)
        answers = texts[parent] if parent else ""
        if anchor is None:
            yield Remark(author, texts[name], answers=answers)
        else:
            at = places[anchor.place] if anchor.place < len(places) else None
            yield Remark(author, texts[name], " ".join(anchor.words.split()), at, answers)


def _identity(package: Package) -> str:
    for kind, part in package.related("").values():
        if kind == _CUSTOM:
            for one in package.xml(part):
                if one.get("name") == PROPERTY:
                    return "".join(one.itertext()).strip()
    return ""


def _saved(package: Package) -> Author:
    """Who saved the file last, and when."""
    for kind, part in package.related("").values():
        if kind == "core-properties":
            told = {str(one.tag).rpartition("}")[2]: (one.text or "").strip() for one in package.xml(part)}
            return Author(told.get("lastModifiedBy", ""), told.get("modified", ""))
    return Author("")


def _sources(package: Package, related: Mapping[str, tuple[str, str]]) -> dict[str, Source]:
    """Where the paragraphs come from, as the copy that was handed out says it."""
    for kind, part in related.values():
        if kind == "customXml" and (root := package.xml(part)).tag == f"{{{SOURCES}}}herkomst":
            return {str(one.get("naam")): _source(one) for one in root}
    return {}


def _source(one: Any) -> Source:
    row = one.get("rij")
    origin = Origin(str(one.get("bestand")), one.get("blad"), int(row) if row else None, one.get("kolom"))
    return Source(origin, one.get("ministerie"), one.get("nr"))
