"""A reviewer at work in a Word file: edits as Word and LibreOffice store them, with changes tracked or not."""

from __future__ import annotations

import copy
from itertools import count

from flows.render import ooxml
from flows.render.ooxml import Element, W, make, run, words

DOCUMENT, NOTES, COMMENTS, CORE = "word/document.xml", "word/footnotes.xml", "word/comments.xml", "docProps/core.xml"
MOMENT = "2026-10-20T09:30:00Z"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Reviewer:
    """Edits the copy `data` under a name; `tracked` tells whether changes are tracked."""

    def __init__(self, data: bytes, name: str = "R. de Lezer", *, tracked: bool = False) -> None:
        self.parts = ooxml.read(data)
        self.name, self.tracked = name, tracked
        self.document, self.notes, self.comments = (
            ooxml.parse(self.parts[part]) for part in (DOCUMENT, NOTES, COMMENTS)
        )
        self.numbers = count(900_000 + sum(map(ord, name)))

    def saved(self) -> bytes:
        """The file as the reviewer sends it back; its notes are numbered in the order of their calls, as Word stores them."""
        notes = {str(one.get(f"{W}id")): one for one in self.notes if one.get(f"{W}type") is None}
        for note in notes.values():
            self.notes.remove(note)
        for number, call in enumerate(self.document.iter(f"{W}footnoteReference"), 1):
            note = notes[str(call.get(f"{W}id"))]
            self.notes.append(note)
            for one in (note, call):
                one.set(f"{W}id", str(number))
        core = self.parts[CORE].decode()
        if "lastModifiedBy" not in core:
            end = "</cp:coreProperties>"
            core = core.replace(end, f"<cp:lastModifiedBy>{self.name}</cp:lastModifiedBy>{end}")
        roots = {DOCUMENT: self.document, NOTES: self.notes, COMMENTS: self.comments}
        parts = self.parts | {name: ooxml.serialise(root) for name, root in roots.items()} | {CORE: core.encode()}
        return ooxml.write(parts, 0)

    def names(self) -> list[str]:
        """The names of the paragraphs."""
        marks = (str(one.get(f"{W}name")) for one in self.document.iter(f"{W}bookmarkStart"))
        return [name for name in marks if name.startswith("_vg")]

    def at(self, name: str) -> Element:
        """The paragraph of that name."""
        mark = next(one for one in self.document.iter(f"{W}bookmarkStart") if one.get(f"{W}name") == name)
        return next(mark.iterancestors(f"{W}p"))

    def find(self, text: str) -> str:
        """The name of the first paragraph with these words."""
        return next(name for name in self.names() if text in ooxml.text_of(self.at(name)))

    def replace(self, name: str, old: str, new: str) -> None:
        """Writes other words in a paragraph."""
        self._replace(self.at(name), old, new)

    def in_note(self, name: str, old: str, new: str, which: int = 0) -> None:
        """Writes other words in one of the paragraph's notes."""
        self._replace(self._note(name, which), old, new)

    def _note(self, name: str, which: int) -> Element:
        call = list(self.at(name).iter(f"{W}footnoteReference"))[which]
        return next(one for one in self.notes if one.get(f"{W}id") == call.get(f"{W}id"))

    def _replace(self, root: Element, old: str, new: str) -> None:
        text = next(one for one in root.iter(f"{W}t") if old in (one.text or ""))
        before, _, after = text.text.partition(old)
        if not self.tracked:
            text.text = before + new + after
            text.set(XML_SPACE, "preserve")
            return
        whole = text.getparent()
        at, holder = whole.getparent().index(whole), whole.getparent()
        holder.remove(whole)
        pieces = [self._like(whole, before), self._removed(self._like(whole, old)), self._added(self._like(whole, new))]
        for piece in (*pieces, self._like(whole, after)):
            if piece is not None:
                holder.insert(at, piece)
                at += 1

    def _like(self, whole: Element, text: str) -> Element | None:
        if not text:
            return None
        piece = copy.deepcopy(whole)
        for child in piece.findall(f"{W}t"):
            piece.remove(child)
        piece.append(make("t", text=text))
        return piece

    def _tracked(self, kind: str, *children: Element) -> Element:
        return make(kind, *children, id=str(next(self.numbers)), author=self.name, date=MOMENT)

    def _added(self, piece: Element | None) -> Element | None:
        return None if piece is None else self._tracked("ins", piece)

    def _removed(self, piece: Element | None, kind: str = "del") -> Element | None:
        if piece is None:
            return None
        for text in piece.iter(f"{W}t"):
            text.tag = f"{W}delText"
        return self._tracked(kind, piece)

    def remove(self, name: str) -> None:
        """Removes a paragraph."""
        paragraph = self.at(name)
        if self.tracked:
            self._remove_words(paragraph)
            self._mark(paragraph, "del")
        elif paragraph.getparent().tag == f"{W}tc" and len(paragraph.getparent().findall(f"{W}p")) == 1:
            for child in [child for child in paragraph if child.tag != f"{W}pPr"]:
                paragraph.remove(child)
        else:
            paragraph.getparent().remove(paragraph)

    def _remove_words(self, paragraph: Element, kind: str = "del") -> None:
        for piece in list(paragraph.iter(f"{W}r")):
            holder, at = piece.getparent(), piece.getparent().index(piece)
            holder.insert(at, self._removed(piece, kind))

    def _mark(self, paragraph: Element, kind: str) -> None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = make("pPr")
            paragraph.insert(0, properties)
        properties.append(make("rPr", self._tracked(kind)))

    def add_after(self, name: str, text: str) -> None:
        """Writes a new paragraph behind another."""
        paragraph = self.at(name)
        properties = paragraph.find(f"{W}pPr")
        new = make("p", *([] if properties is None else [copy.deepcopy(properties)]))
        piece = words(text)
        new.append(self._added(piece) if self.tracked else piece)
        if self.tracked:
            self._mark(new, "ins")
        paragraph.addnext(new)

    def join(self, name: str) -> None:
        """Strikes the end of a paragraph with changes tracked, as Word does with Del behind its last word."""
        self._mark(self.at(name), "del")

    def split(self, name: str, behind: str) -> None:
        """Ends a paragraph behind some of its words, so that the rest is one by itself."""
        paragraph = self.at(name)
        text = next(one for one in paragraph.iter(f"{W}t") if behind in (one.text or ""))
        whole = text.getparent()
        before, _, after = text.text.partition(behind)
        first = make("p")
        for child in list(paragraph)[: paragraph.index(whole)]:
            first.append(child if child.tag != f"{W}pPr" else copy.deepcopy(child))
        first.append(self._like(whole, before + behind))
        if self.tracked:
            self._mark(first, "ins")
        rest = self._like(whole, after.lstrip())
        whole.addnext(rest)
        paragraph.remove(whole)
        paragraph.addprevious(first)

    def move(self, name: str, behind: str) -> None:
        """Moves a paragraph behind another."""
        paragraph, target = self.at(name), self.at(behind)
        if not self.tracked:
            if paragraph.getparent().tag == f"{W}tc" and len(paragraph.getparent().findall(f"{W}p")) == 1:
                paragraph.addprevious(make("p"))  # a cell is never without a paragraph
            target.addnext(paragraph)
            return
        copied = copy.deepcopy(paragraph)
        for call in copied.iter(f"{W}footnoteReference"):
            note = copy.deepcopy(next(one for one in self.notes if one.get(f"{W}id") == call.get(f"{W}id")))
            self.notes.append(note)
            for one in (note, call):
                one.set(f"{W}id", str(900_000 + len(self.notes)))
        for mark in [one for one in paragraph if one.tag in {f"{W}bookmarkStart", f"{W}bookmarkEnd"}]:
            paragraph.remove(mark)
        for piece in list(copied.iter(f"{W}r")):
            piece.getparent().insert(piece.getparent().index(piece), self._tracked("moveTo", piece))
        self._remove_words(paragraph, "moveFrom")
        self._mark(copied, "ins")
        self._mark(paragraph, "del")
        target.addnext(copied)

    def comment(self, name: str, text: str) -> None:
        """Comments a paragraph."""
        ident, paragraph = str(next(self.numbers)), self.at(name)
        first = next(child for child in paragraph if child.tag != f"{W}pPr")
        first.addprevious(make("commentRangeStart", id=ident))
        paragraph.append(make("commentRangeEnd", id=ident))
        paragraph.append(run(make("commentReference", id=ident)))
        attributes = {"id": ident, "author": self.name, "date": MOMENT, "initials": "R"}
        self.comments.append(make("comment", make("p", words(text)), **attributes))

    def reply(self, text: str) -> None:
        """Answers the last comment, as Word stores it: a comment, and elsewhere whose answer it is."""
        asked, (anchor,) = (
            self.comments[-1],
            [
                one
                for one in self.document.iter(f"{W}commentRangeStart")
                if one.get(f"{W}id") == self.comments[-1].get(f"{W}id")
            ],
        )
        ident = str(next(self.numbers))
        answer = make("comment", make("p", words(text)), id=ident, author=self.name, date=MOMENT)
        for number, one in enumerate((asked, answer), 1):
            one.find(f"{W}p").set(f"{W14}paraId", f"0000000{number}")
        self.comments.append(answer)
        anchor.addnext(make("commentRangeEnd", id=ident))
        anchor.addnext(make("commentRangeStart", id=ident))
        line = b'<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/>'
        space = b'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
        self.parts["word/commentsExtended.xml"] = b"<w15:commentsEx " + space + b">" + line + b"</w15:commentsEx>"
        relation = (
            b'<Relationship Id="rIdX" Target="commentsExtended.xml" Type="http://x/relationships/commentsExtended"/>'
        )
        listing = "word/_rels/document.xml.rels"
        self.parts[listing] = self.parts[listing].replace(b"</Relationships>", relation + b"</Relationships>")

    def add_note(self, name: str, text: str) -> None:
        """Adds a note at the end of a paragraph."""
        ident, paragraph = str(next(self.numbers)), self.at(name)
        self.notes.append(make("footnote", make("p", run(make("footnoteRef")), words(" " + text)), id=ident))
        call = run(make("footnoteReference", id=ident))
        end = next(one for one in paragraph if one.tag == f"{W}bookmarkEnd")
        end.addprevious(self._added(call) if self.tracked else call)

    def remove_note(self, name: str, which: int = 0) -> None:
        """Removes one of the notes of a paragraph."""
        call = list(self.at(name).iter(f"{W}footnoteReference"))[which].getparent()
        if self.tracked:
            call.getparent().insert(call.getparent().index(call), self._tracked("del", call))
        else:
            call.getparent().remove(call)

    def bold(self, name: str) -> None:
        """Makes a paragraph bold."""
        for piece in self.at(name).iter(f"{W}r"):
            properties = piece.find(f"{W}rPr")
            if properties is None:
                properties = make("rPr")
                piece.insert(0, properties)
            properties.insert(0, make("b"))
