"""The contents of an OpenDocument text: lines with links, and how a program makes them anew.

In: the lines as they stand in Word. Out: `text:table-of-content` around them, each line with its page: a field, which the program
that opens the file fills in by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.render.odf import Element, make, name


def table_of_contents(number: int, lines: Sequence[Element]) -> Element:
    """The contents; `number` names them among others."""
    for line in lines:
        for link in line.iterfind(name("text:a")):
            page = {"text:reference-format": "page", "text:ref-name": link.get(name("xlink:href")).removeprefix("#")}
            link.extend((make("text:tab"), make("text:bookmark-ref", page)))
    said = {"text:name": f"Inhoud{number}", "text:protected": "false"}
    return make("text:table-of-content", said, _source(), make("text:index-body", None, *lines))


def _source() -> Element:
    """The headings of two levels, each with its page behind dots."""
    entries = (
        make(
            "text:table-of-content-entry-template",
            {"text:outline-level": str(level), "text:style-name": f"Contents_20_{level}"},
            make("text:index-entry-link-start"),
            make("text:index-entry-text"),
            make("text:index-entry-tab-stop", {"style:type": "right", "style:leader-char": "."}),
            make("text:index-entry-page-number"),
            make("text:index-entry-link-end"),
        )
        for level in (1, 2)
    )
    return make("text:table-of-content-source", {"text:outline-level": "2"}, *entries)
