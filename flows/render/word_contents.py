"""The table of contents of the Word file.

In: Word's text, with the heading of the contents. Out: the same, with the contents: fields that show the headings as
links until Word fills in the pages. One for the text with two levels, one for the annexes with one, each over a
bookmark of its own. Only Word knows its pages; no page number is invented here.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.render.ooxml import Element, W, field, make, style_of, text_of, words

LEVELS = {"Heading1": ("TOC1", 1), "Heading2": ("TOC2", 2)}
HEADING = "TOCHeading"
TEXT, ANNEXES = ("inhoud-tekst", "900001", 2), ("inhoud-bijlagen", "900002", 1)
INSTRUCTION = r'TOC \b {bookmark} \o "1-{depth}" \h \z'


def contents(body: Element, annexes: str, *, apart: bool) -> list[Element]:
    """Make the contents, and say which paragraphs begin a page: the first behind them, and the first annex.

    `annexes` is the bookmark of the first annex, empty where there is none. `apart` gives the contents a page of
    their own.
    """
    heading = next((found for found in body.iter(f"{W}p") if style_of(found) == HEADING), None)
    if heading is None:
        return []
    found = list(_headings(body))
    cut = next((place for place, (name, _) in enumerate(found) if name == annexes), len(found))
    first = next((element for element in heading.itersiblings(f"{W}p")), None)
    _bookmark(body, heading.getnext(), found[cut][1] if cut < len(found) else None)
    text, further = _field(found[:cut], *TEXT[::2]), _field(found[cut:], *ANNEXES[::2])
    place = make("p")
    heading.addprevious(place)
    place.addprevious(_box(heading, *text))
    if further:
        place.addprevious(_box(*further))
    body.remove(place)
    begun = (heading if apart else None, first, found[cut][1] if cut < len(found) else None)
    return [element for element in begun if element is not None]


def _box(*lines: Element) -> Element:
    """Word's frame for a table of contents. Each field needs its own: LibreOffice 7.4 cannot open two in one."""
    gallery = make("docPartObj", make("docPartGallery", val="Table of Contents"))
    return make("sdt", make("sdtPr", gallery), make("sdtContent", *lines))


def _headings(body: Element) -> Iterator[tuple[str, Element]]:
    """Each heading of the contents, with the name of the bookmark before it."""
    name = ""
    for element in body.iter(f"{W}bookmarkStart", f"{W}p"):
        if element.tag == f"{W}bookmarkStart":
            name = str(element.get(f"{W}name"))
        elif style_of(element) in LEVELS:
            yield name, element


def _field(headings: list[tuple[str, Element]], bookmark: str, depth: int) -> list[Element]:
    """The lines of one field; none where there are no headings."""
    lines = [_line(name, heading) for name, heading in headings if LEVELS[style_of(heading)][1] <= depth]
    if lines:
        *before, after = field(INSTRUCTION.format(bookmark=bookmark, depth=depth))
        for place, element in enumerate(before, 1):
            lines[0].insert(place, element)
        lines[-1].append(after)
    return lines


def _line(name: str, heading: Element) -> Element:
    """A line of the contents: the heading's words as a link."""
    style, _ = LEVELS[style_of(heading)]
    return make(
        "p",
        make("pPr", make("pStyle", val=style)),
        make("hyperlink", words(text_of(heading)), anchor=name, history="1"),
    )


def _bookmark(body: Element, first: Element | None, annex: Element | None) -> None:
    """Put a bookmark around the text, and one around the annexes."""
    end = body.find(f"{W}sectPr")
    if first is None or end is None:
        return
    middle = end if annex is None else annex
    for (name, number, _), start, stop in ((TEXT, first, middle), (ANNEXES, middle, end)):
        if start is not stop:
            start.addprevious(make("bookmarkStart", id=number, name=name))
            stop.addprevious(make("bookmarkEnd", id=number))
