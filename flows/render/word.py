"""HTML to Word, with real notes, headings, lists and tables.

In: the brief's HTML and the templates. Out: the bytes of a DOCX. Only this module starts pandoc. How it looks is in
reference.docx, which class has which style in noten.lua; the words of header and footer are in reference.docx too,
with «titel», «kwartaal» and «concept» for what differs.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pypandoc

from flows.model.templates import Templates
from flows.render import ooxml
from flows.render.ooxml import Element, R, W, make, run
from flows.render.word_body import finish, highlight
from flows.render.word_source import Source, prepare

LANGUAGE, REFERENCE = "nl-NL", "theme/reference.docx"
BULLET = "\u2022"
LIST_INDENT = {"left": "340", "hanging": "340"}


class WordError(Exception):
    """pandoc could not make the Word file; the text is pandoc's own."""


def word(html: str, templates: Templates, *, epoch: int) -> bytes:
    """The DOCX of `html`, dated `epoch` (seconds since 1970). The same arguments give the same bytes."""
    source = prepare(html, templates)
    parts = ooxml.read(_pandoc(source.html, templates, epoch))
    reference = ooxml.read(templates.file(REFERENCE).read_bytes())
    document = ooxml.parse(parts["word/document.xml"])
    finish(document, source.tables, source.annexes, apart=source.apart)
    _describe_links(document, parts["word/_rels/document.xml.rels"], source.titles)
    parts["word/document.xml"] = ooxml.serialise(document)
    notes = _notes(parts["word/footnotes.xml"])
    _describe_links(notes, parts["word/_rels/footnotes.xml.rels"], source.titles)
    parts["word/footnotes.xml"] = ooxml.serialise(notes)
    parts["word/numbering.xml"] = _lists(parts["word/numbering.xml"])
    if source.styles:
        own = templates.file(f"theme/{source.styles}.styles.xml").read_bytes()
        parts["word/styles.xml"] = _styles(parts["word/styles.xml"], own)
    parts["word/settings.xml"] = _settings(reference["word/settings.xml"])
    parts |= {name: _furniture(part, source) for name, part in parts.items() if _is_furniture(name)}
    parts["docProps/core.xml"] = _properties(source, epoch)
    parts["docProps/app.xml"] = APP
    return ooxml.write(parts, epoch)


def _pandoc(html: str, templates: Templates, epoch: int) -> bytes:
    """Run pandoc, which fails on any warning."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "brief.docx"
        command = [
            pypandoc.get_pandoc_path(),
            "--from=html",
            "--to=docx",
            f"--output={made}",
            f"--reference-doc={templates.file(REFERENCE)}",
            f"--lua-filter={templates.file('noten.lua')}",
            f"--metadata=lang:{LANGUAGE}",
            "--fail-if-warnings",
        ]
        environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch)}
        done = subprocess.run(command, input=html.encode(), capture_output=True, check=False, env=environment)
        if done.returncode:
            raise WordError(done.stderr.decode(errors="replace").strip())
        return made.read_bytes()


def _describe_links(root: Element, relations: bytes, titles: Mapping[str, str]) -> None:
    """Give a link to a paper its title, which Word shows over it."""
    addresses = {relation.get("Id"): relation.get("Target") for relation in ooxml.parse(relations)}
    for link in root.iter(f"{W}hyperlink"):
        if title := titles.get(addresses.get(link.get(f"{R}id"), "")):
            link.set(f"{W}tooltip", title)


def _notes(part: bytes) -> Element:
    """Highlight the marks; put a tab behind each note's number, so that its lines stand in one column."""
    root = ooxml.parse(part)
    highlight(root)
    for number in root.iter(f"{W}footnoteRef"):
        space = number.getparent().getnext()
        space.getparent().replace(space, run(make("tab")))
    return root


def _lists(part: bytes) -> bytes:
    """Give lists their bullet and their indent."""
    root = ooxml.parse(part)
    for level in root.iter(f"{W}lvl"):
        if level.find(f"{W}numFmt").get(f"{W}val") == "bullet":
            level.find(f"{W}lvlText").set(f"{W}val", BULLET)
            for fonts in level.findall(f"{W}rPr"):
                level.remove(fonts)
        if level.get(f"{W}ilvl") == "0":
            level.find(f"{W}pPr").clear()
            level.find(f"{W}pPr").append(make("ind", **LIST_INDENT))
    return ooxml.serialise(root)


def _styles(part: bytes, own: bytes) -> bytes:
    """The styles with those of the document's own in place of others of the same name."""
    root = ooxml.parse(part)
    for style in ooxml.parse(own):
        name = style.get(f"{W}styleId")
        for other in root.findall(f"{W}style[@{W}styleId='{name}']"):
            root.remove(other)
        root.append(style)
    return ooxml.serialise(root)


def _settings(part: bytes) -> bytes:
    """The reference's settings, and that Word fills in the pages of the contents on opening."""
    root = ooxml.parse(part)
    for unwanted in root.findall(f"{W}rsids") + root.findall(f"{W}updateFields"):
        root.remove(unwanted)
    behind = (root.find(f"{W}{name}") for name in ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat"))
    next(found for found in behind if found is not None).addprevious(make("updateFields", val="true"))
    return ooxml.serialise(root)


def _is_furniture(name: str) -> bool:
    return name.startswith(("word/header", "word/footer"))


def _furniture(part: bytes, source: Source) -> bytes:
    """Fill in what the header and footer leave open."""
    text = part.decode()
    for name in ("titel", "kwartaal", "concept"):
        text = text.replace(f"«{name}»", escape(getattr(source, name)))
    return text.encode()


def _properties(source: Source, epoch: int) -> bytes:
    """The document's properties."""
    moment = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    filled = CORE.format(
        title=escape(source.meta["title"]),
        author=escape(source.meta.get("author", "")),
        description=escape(source.meta.get("description", "")),
        language=LANGUAGE,
        moment=moment,
    )
    return filled.encode()


APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>\
<dc:description>{description}</dc:description><dc:language>{language}</dc:language>\
<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>"""
