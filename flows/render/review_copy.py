"""The review copy: the Word file of a draft, each paragraph under a name of its own, with its source as a comment.

In: the bytes of the finished Word file, the brief and its findings, the draft's identity. Out: the bytes of another with the same
words. A name is a bookmark, which Word and LibreOffice keep when they save; what each name stands for, a part of the file tells
that only the copy in the draft's folder needs to keep. Nothing that is not in the brief or its findings comes in, but for what an
earlier draft said, where that is asked for.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from difflib import SequenceMatcher
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from flows.model.brief import Brief
from flows.model.entries import Maatregel, Motie, Toezegging
from flows.model.finding import Finding
from flows.model.review import AUTHOR, BOOKMARK, PROPERTY, SOURCES, Source
from flows.model.text import Note
from flows.render import dutch, ooxml, tracked
from flows.render.difference import Format
from flows.render.leaks import Published, Strings, key, refuse_leaks
from flows.render.ooxml import Element, W, make, run, words
from flows.render.reading import normal
from flows.render.reading_docx import read_docx
from flows.render.telling import told

CONTENTS = "sdt"
COMMENTS, RELATIONS, TYPES = "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
PART, PART_PROPERTIES = "customXml/item1.xml", "customXml/itemProps1.xml"
FIRST_ID = 800_000  # above every number that a bookmark of the file itself has
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def review_copy(
    docx: bytes,
    brief: Brief,
    findings: Sequence[Finding],
    identity: str,
    words_of: Mapping[str, str],
    *,
    epoch: int,
    earlier: tracked.Earlier | None = None,
) -> bytes:
    """The review copy; `words_of` are its sentences. The same arguments give the same bytes.

    With an `earlier` draft, all that came and went since then stands in it as changes that Word tracks.
    """
    parts = ooxml.read(docx)
    document, notes = ooxml.parse(parts[tracked.DOCUMENT]), ooxml.parse(parts[tracked.NOTES])
    paragraphs = list(_paragraphs(document))
    sources = _sources(paragraphs, brief)
    moment = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if earlier:
        new, old = tracked.Version(paragraphs, notes, _cells(sources)), _version(earlier)
        tracked.track(new, old, earlier, parts.get(tracked.NUMBERING, b""), moment)
        parts[tracked.NOTES] = ooxml.serialise(notes)
    for number, paragraph in enumerate(paragraphs):
        _name(paragraph, number)
    comments = _comments(paragraphs, sources, _notes(brief, findings, words_of), moment)
    _keep_notes(document)
    parts[tracked.DOCUMENT] = ooxml.serialise(document)
    parts[COMMENTS] = ooxml.serialise(comments)
    parts[PART] = _listed(sources).encode()
    parts |= _wired(parts, identity)
    return ooxml.write(parts, epoch)


def refuse_added(copy: bytes, docx: bytes, brief: Brief, private: Iterable[str]) -> None:
    """Raise ProofError for the first private text in a review copy that is not in the Word file that it was made of."""
    made, of = read_docx(copy), read_docx(docx)
    places = [name for entry in brief.entries() for name in (entry.origin.file, entry.origin.sheet or "")]
    words, values = (frozenset(map(key, (*texts, *places))) for texts in (of.strings, of.values))
    refuse_leaks(
        private, [Strings(Format.DOCX, made.strings, made.values)], Published("\n".join(sorted(words)), values)
    )


def _paragraphs(document: Element) -> Iterator[Element]:
    """The paragraphs that say something, but for the contents, which Word makes anew."""
    for paragraph in document.iter(f"{W}p"):
        within = any(True for _ in paragraph.iterancestors(f"{W}{CONTENTS}"))
        if not within and next(paragraph.iter(f"{W}t", f"{W}drawing", f"{W}footnoteReference"), None) is not None:
            yield paragraph


def _name(paragraph: Element, number: int) -> None:
    mark = {"id": str(FIRST_ID + number)}
    after = 1 if len(paragraph) and paragraph[0].tag == f"{W}pPr" else 0
    paragraph.insert(after, make("bookmarkStart", **mark, name=_bookmark(number)))
    paragraph.append(make("bookmarkEnd", **mark))


def _bookmark(number: int) -> str:
    return f"{BOOKMARK}{number:05}"


def _sources(paragraphs: Sequence[Element], brief: Brief) -> dict[int, Source]:
    """Where paragraphs come from: what the brief says stands in the file in its order, between words of the templates."""
    texts = list(told(brief))
    said = ("".join(one.text for one in text.inlines if not isinstance(one, Note)) for text in texts)
    asked = [normal(text.text + words) for text, words in zip(texts, said, strict=True)]
    found = _in_order(asked, [normal(ooxml.text_of(paragraph)) for paragraph in paragraphs])
    return {at: Source(one.origin, one.ministerie, one.nr) for n, at in found.items() if (one := texts[n]).origin}


def _in_order(asked: Sequence[str], given: Sequence[str]) -> dict[int, int]:
    """Where each text stands, in order: first those that stand there once, and between them the first of each."""
    places: dict[str, list[int]] = {}
    for at, text in enumerate(given):
        places.setdefault(text, []).append(at)
    times = Counter(asked)
    once = [n for n, text in enumerate(asked) if text and times[text] == len(places.get(text, ())) == 1]
    others = sorted(places[asked[n]][0] for n in once)
    matcher = SequenceMatcher(None, [asked[n] for n in once], [given[at] for at in others], autojunk=False)
    fixed = {once[i + k]: others[j + k] for i, j, size in matcher.get_matching_blocks() for k in range(size)}
    found, low, left = {}, 0, deque([*sorted(fixed.values()), len(given)])
    for n, text in enumerate(asked):
        ahead = [fixed[n]] if n in fixed else [at for at in places.get(text, ()) if low <= at < left[0]]
        if ahead and text:
            found[n], low = ahead[0], ahead[0] + 1
        if n in fixed:
            left.popleft()
    return found


def _notes(brief: Brief, findings: Iterable[Finding], said: Mapping[str, str]) -> dict[tuple[str, str, int], list[str]]:
    """What is told of each row, by file, sheet and row: where it stands, how it is with it, what was found in it."""
    told_of: dict[tuple[str, str, int], list[str]] = {}
    for entry in brief.entries():
        place = entry.origin
        lines = [said["bron"].format(ministerie=entry.ministerie, bestand=place.file, blad=place.sheet, rij=place.row)]
        if isinstance(entry, Maatregel | Motie | Toezegging):
            due = dutch.period(entry.gereed) if entry.gereed else said["geen"]
            lines.append(said["status"].format(status=entry.status.value, gereed=due))
        told_of.setdefault(_row(place.file, place.sheet, place.row), lines)
    for finding in findings:
        place = finding.origin
        if (row := _row(place.file, place.sheet, place.row)) in told_of:
            line = said["bevinding"].format(ernst=finding.severity.value, bericht=finding.to_sender)
            told_of[row] += [] if line in told_of[row] else [line]
    return told_of


def _row(file: str, sheet: str | None, row: int | None) -> tuple[str, str, int]:
    return file, sheet or "", row or 0


def _comments(
    paragraphs: Sequence[Element],
    sources: Mapping[int, Source],
    told_of: Mapping[tuple[str, str, int], list[str]],
    moment: str,
) -> Element:
    """A comment at the first paragraph of each row."""
    root, before = make("comments"), None
    for number, source in sources.items():
        place = source.origin
        row = _row(place.file, place.sheet, place.row)
        if row != before and row in told_of:
            name = str(len(root))
            _anchor(paragraphs[number], name)
            lines = [make("p", words(line)) for line in told_of[row]]
            root.append(make("comment", *lines, id=name, author=AUTHOR, date=moment, initials=AUTHOR[0]))
        before = row
    return root


def _anchor(paragraph: Element, name: str) -> None:
    first = paragraph.find(f"{W}bookmarkStart")
    while first.get(f"{W}name") and not str(first.get(f"{W}name")).startswith(BOOKMARK):
        first = first.getnext()
    first.addnext(make("commentRangeStart", id=name))
    paragraph[-1].addprevious(make("commentRangeEnd", id=name))
    paragraph[-1].addprevious(run(make("commentReference", id=name)))


def _keep_notes(document: Element) -> None:
    """Puts no mark of a comment between the first note and the second: LibreOffice 7.4 would mix up the words of all notes.

    What a comment is about stays marked where it is.
    """
    call, comment = f"{W}footnoteReference", f"{W}commentReference"
    calls = [one.getparent() for one in document.iter(call)]
    if len(calls) < 2:
        return
    marks = [one.getparent() for one in document.iter(call, comment)]
    for mark in marks[marks.index(calls[0]) + 1 : marks.index(calls[1])]:
        calls[1].addnext(mark)


def _version(earlier: tracked.Earlier) -> tracked.Version:
    """An earlier draft as it read."""
    parts = ooxml.read(earlier.docx)
    document, notes = (ooxml.parse(parts[name]) for name in (tracked.DOCUMENT, tracked.NOTES))
    return tracked.Version(list(_paragraphs(document)), notes, _cells(earlier.sources))


def _cells(sources: Mapping[int, Source]) -> dict[int, Hashable]:
    """The row and column of paragraphs, as they are known from draft to draft."""
    cells: dict[int, Hashable] = {}
    for number, source in sources.items():
        place = source.origin
        row = (source.ministerie, source.nr) if source.nr else (place.file, place.row)
        cells[number] = (*row, place.sheet, place.column)
    return cells


def _listed(sources: Mapping[int, Source]) -> str:
    """What each name stands for."""
    lines = []
    for number, source in sources.items():
        place = source.origin
        told_ = {"naam": _bookmark(number), "bestand": place.file, "blad": place.sheet, "rij": place.row}
        told_ |= {"kolom": place.column, "ministerie": source.ministerie, "nr": source.nr}
        lines.append(
            "<alinea" + "".join(f" {name}={quoteattr(str(value))}" for name, value in told_.items() if value) + "/>"
        )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<herkomst xmlns="{SOURCES}">{"".join(lines)}</herkomst>'


def _wired(parts: Mapping[str, bytes], identity: str) -> dict[str, bytes]:
    """The parts that tell of others, and the document's property with the draft's identity."""
    types, relations = ooxml.parse(parts[TYPES]), ooxml.parse(parts[RELATIONS])
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    etree.SubElement(types, f"{{{_PACKAGE}/content-types}}Override", PartName=f"/{PART_PROPERTIES}", ContentType=kind)
    target = {"Id": "rIdHerkomst", "Type": f"{_OFFICE}/relationships/customXml", "Target": f"../{PART}"}
    etree.SubElement(relations, f"{{{_PACKAGE}/relationships}}Relationship", **target)
    return {
        TYPES: ooxml.serialise(types),
        RELATIONS: ooxml.serialise(relations),
        PART_PROPERTIES: _ITEM.encode(),
        "customXml/_rels/item1.xml.rels": _ITEM_RELATIONS.encode(),
        "docProps/custom.xml": _CUSTOM.format(name=PROPERTY, value=escape(identity)).encode(),
    }


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ITEM = (
    f'{_HEAD}<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{{8E6A7B54-3C0F-4B7E-9D53-5A1C27F0D2A1}}">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{SOURCES}"/></ds:schemaRefs></ds:datastoreItem>'
)
_ITEM_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/relationships/customXmlProps" Target="itemProps1.xml"/></Relationships>'
)
_CUSTOM = (
    f'{_HEAD}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"><property'
    ' fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}"><vt:lpwstr>{value}</vt:lpwstr>'
    "</property></Properties>"
)
