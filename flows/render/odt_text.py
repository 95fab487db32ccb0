"""The text of a Word file as OpenDocument's.

In: Word's paragraphs, tables and notes, as they were made here. Out: the same ones, with the styles that only they use. What it
does not know raises OdtError: nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from flows.render.odf import Element, make, say
from flows.render.odt_automatic import Automatic
from flows.render.odt_contents import add_contents
from flows.render.odt_lists import Lists, add, list_style
from flows.render.odt_pictures import picture
from flows.render.odt_properties import paragraph_properties, text_properties
from flows.render.odt_styles import CONTENTS_LINK, Styles
from flows.render.odt_tables import table
from flows.render.odt_values import value
from flows.render.ooxml import R, W, style_of

LETTERS = {f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
SILENT = frozenset(f"{W}{tag}" for tag in ("pPr", "rPr", "bookmarkEnd", "footnoteRef", "sectPr", "tcPr"))
FIELDS: Mapping[str, Callable[[], Element]] = {
    "PAGE": lambda: make("text:page-number", {"text:select-page": "current"}, text="1"),
    "NUMPAGES": lambda: make("text:page-count", text="1"),
}


class OdtError(Exception):
    """The Word file holds what is not known here; the text names it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the Word file that holds text: the targets of its relations, the notes that it calls, and their part."""

    relations: Mapping[str, str]
    notes: Mapping[str, Element] = field(default_factory=dict)
    of_notes: Part | None = None


class Text:
    """Says Word's blocks again, and keeps count of notes, tables and fields."""

    def __init__(self, styles: Styles, lists: Lists, automatic: Automatic) -> None:
        self._styles, self._lists, self._automatic = styles, lists, automatic
        self._notes = self._tables = 0
        self._bookmarks: list[str] = []
        self._fields: list[str] = []

    def blocks(self, elements: Iterable[Element], part: Part) -> list[Element]:
        """Paragraphs, headings, lists, tables and contents."""
        made: list[Element] = []
        for element in elements:
            if element.tag == f"{W}p":
                number = value(element.find(f"{W}pPr/{W}numPr"), "numId")
                said = self._paragraph(element, part, number)
                if number:
                    add(made, number, said)
                else:
                    made.append(said)
            elif element.tag == f"{W}tbl":
                self._tables += 1
                looks = self._styles.tables
                made.append(table(element, self._tables, looks, self._automatic, lambda cell: self.blocks(cell, part)))
            elif element.tag == f"{W}sdt":
                add_contents(made, self.blocks(element.find(f"{W}sdtContent"), part))
            elif element.tag == f"{W}bookmarkStart":
                self._bookmarks.append(element.get(f"{W}name"))
            elif element.tag not in SILENT:
                raise OdtError(element.tag)
        return made

    def _paragraph(self, paragraph: Element, part: Part, number: str | None) -> Element:
        """A paragraph or a heading. What is marked before a paragraph in Word, is marked at its beginning here."""
        key, properties = style_of(paragraph) or "Normal", paragraph.find(f"{W}pPr")
        before = self._styles.places[key]
        place = before.moved(self._lists.levels[number].find(f"{W}pPr") if number else None).moved(properties)
        of_list = list_style(number) if number else ""
        own = (paragraph_properties(properties, place, before), text_properties(None, properties))
        said = {
            "text:style-name": str(self._automatic.style("paragraph", self._styles.names[key], *own, of_list=of_list))
        }
        level = self._styles.levels.get(key)
        made = make("text:h", said | {"text:outline-level": level}) if level else make("text:p", said)
        made.extend(make("text:bookmark", {"text:name": name}) for name in self._bookmarks)
        self._bookmarks.clear()
        self._inlines(paragraph, made, part)
        return made

    def _inlines(self, parent: Element, made: Element, part: Part) -> None:
        for element in parent:
            if element.tag == f"{W}r":
                self._run(element, made, part)
            elif element.tag == f"{W}hyperlink":
                link = make("text:a", _address(element, part))
                made.append(link)
                self._inlines(element, link, part)
            elif element.tag == f"{W}bookmarkStart":
                made.append(make("text:bookmark", {"text:name": element.get(f"{W}name")}))
            elif element.tag not in SILENT:
                raise OdtError(element.tag)

    def _run(self, run: Element, made: Element, part: Part) -> None:
        """A run of text, in a style of its own where it has properties."""
        properties = run.find(f"{W}rPr")
        style = self._automatic.style(
            "text", self._styles.names.get(value(properties, "rStyle") or ""), text_properties(properties)
        )
        place = made
        if style and run.find(f"{W}footnoteReference") is None:
            place = make("text:span", {"text:style-name": style})
        for element in run:
            self._inline(element, place, part)
        if place is not made and (len(place) or place.text):
            made.append(place)

    def _inline(self, element: Element, place: Element, part: Part) -> None:
        if element.tag == f"{W}fldChar":
            self._field(element.get(f"{W}fldCharType"), place)
        elif element.tag == f"{W}instrText":
            self._fields[-1] += element.text.strip()
        elif any(instruction in FIELDS for instruction in self._fields):
            return  # what the field said when the Word file was made
        elif element.tag == f"{W}t" or element.tag in LETTERS:
            say(place, LETTERS.get(element.tag) or element.text or "")
        elif element.tag == f"{W}tab" and not _behind_number(element):
            place.append(make("text:tab"))
        elif element.tag == f"{W}br" and element.get(f"{W}type") is None:
            place.append(make("text:line-break"))
        elif element.tag == f"{W}footnoteReference":
            place.append(self._note(part, element.get(f"{W}id")))
        elif element.tag == f"{W}drawing":
            place.append(picture(element, part.relations))
        elif element.tag not in SILENT and not _behind_number(element):
            raise OdtError(element.tag)

    def _note(self, part: Part, key: str) -> Element:
        if part.of_notes is None:
            raise OdtError(key)
        self._notes += 1
        citation = make("text:note-citation", text=str(self._notes))
        body = make("text:note-body", None, *self.blocks(part.notes[key], part.of_notes))
        return make("text:note", {"text:id": f"noot{self._notes}", "text:note-class": "footnote"}, citation, body)

    def _field(self, kind: str, place: Element) -> None:
        """A field stands where it ends; the one around the contents is none here."""
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and (instruction := self._fields.pop()) in FIELDS:
            place.append(FIELDS[instruction]())


def _behind_number(element: Element) -> bool:
    """Whether this is the tab behind the number of a note, for which OpenDocument leaves room by itself."""
    before = element.getparent().getprevious()
    return element.tag == f"{W}tab" and before is not None and before.find(f"{W}footnoteRef") is not None


def _address(link: Element, part: Part) -> dict[str, str]:
    relation, anchor, title = link.get(f"{R}id"), link.get(f"{W}anchor"), link.get(f"{W}tooltip")
    said = {"xlink:type": "simple", "xlink:href": part.relations[relation] if relation else f"#{anchor}"}
    if not any(True for _ in link.iter(f"{W}rStyle")):
        said |= dict.fromkeys(("text:style-name", "text:visited-style-name"), CONTENTS_LINK)
    return said | ({"office:title": title} if title else {})
