"""The contents of an OpenDocument text: lines with links, and how a program makes them anew.

In: the lines as they stand in Word. Out: `text:table-of-content` around them, each line with its page: a field, which the program
that opens the file fills in by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.render.odf import Element, make, name

LINK = name("text:a")
CONTENTS, NAME = "text:table-of-content", "Inhoud"


def add_contents(blocks: list[Element], paragraphs: Sequence[Element]) -> None:
    """Put lines into the contents that stand last, or into new ones. What leads nowhere is their heading.

    Word needs a field for each part of the contents; here they are one, which a program can make anew as a whole.
    """
    lines = [one for one in paragraphs if one.find(LINK) is not None]
    heading = [one for one in paragraphs if one.find(LINK) is None]
    for line in lines:
        link = line.find(LINK)
        page = {"text:reference-format": "page", "text:ref-name": link.get(name("xlink:href")).removeprefix("#")}
        link.extend((make("text:tab"), make("text:bookmark-ref", page)))
    if not (blocks and blocks[-1].tag == name(CONTENTS)):
        title = make("text:index-title", {"text:name": f"{NAME}-kop"}, *heading)
        body = make("text:index-body", None, title)
        said = {"text:name": NAME, "text:protected": "false"}
        blocks.append(make(CONTENTS, said, _source("".join("".join(one.itertext()) for one in heading)), body))
    blocks[-1][-1].extend(lines)


def _source(heading: str) -> Element:
    """The heading, and the headings of two levels, each with its page behind dots."""
    title = make("text:index-title-template", {"text:style-name": "Contents_20_Heading"}, text=heading)
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
    return make("text:table-of-content-source", {"text:outline-level": "2"}, title, *entries)
