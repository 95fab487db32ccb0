"""A picture of Word as OpenDocument's, with the words for who does not see it.

In: `w:drawing`, and where the picture lies. Out: `draw:frame`; of a Word part's name also the name here.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.render.odf import Element, make
from flows.render.ooxml import WP, R

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FOLDER, MEDIA = "Pictures/", "media/"
MILLIMETRE = 36000


def picture(drawing: Element, relations: Mapping[str, str]) -> Element:
    """The picture, as large as in Word."""
    inline = drawing.find(f"{WP}inline")
    size, about = inline.find(f"{WP}extent"), inline.find(f"{WP}docPr")
    said = {
        "draw:name": f"Beeld{about.get('id')}",
        "text:anchor-type": "as-char",
        "svg:width": f"{int(size.get('cx')) / MILLIMETRE:.2f}mm",
        "svg:height": f"{int(size.get('cy')) / MILLIMETRE:.2f}mm",
    }
    target = relations[next(inline.iter(f"{A}blip")).get(f"{R}embed")]
    image = {
        "xlink:href": FOLDER + target.removeprefix(MEDIA),
        "xlink:type": "simple",
        "xlink:show": "embed",
        "xlink:actuate": "onLoad",
    }
    frame = make("draw:frame", said, make("draw:image", image))
    if words := about.get("descr"):
        frame.extend(
            make(tag, text=words) for tag in ("svg:title", "svg:desc")
        )  # some programs show one, some the other
    return frame
