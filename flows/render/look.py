"""What the theme says of pictures: colours and letters. In: the templates. Out: `Look`. The only module that reads theme.css as data.

A property of theme.css that begins with `--beeld-` has a colour, or the address of a font as `@font-face` has it. `--inkt`,
`--grijs` and `--lijn` are those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from flows.model.templates import Templates

THEME = "theme/theme.css"
FONTS = "font_source_sans_pro"
_PROPERTY = re.compile(r'--([\w-]+):\s*(?:url\("(?P<address>[^"]+)"\)|(?P<colour>#[0-9a-fA-F]{6}))\s*;')


@dataclass(frozen=True, slots=True)
class Look:
    """The theme's colours by name, and the files of the plain and the bold letter."""

    colours: Mapping[str, str]
    letter: Path
    bold: Path


def look(templates: Templates) -> Look:
    """How pictures look in the theme; what it does not say is as in the standard theme."""
    styles = (chosen.text(THEME) for chosen in (Templates(templates.folder), templates))
    found = {match[1]: match["address"] or match["colour"] for css in styles for match in _PROPERTY.finditer(css)}
    letter, bold = (_font(found.pop(name), templates) for name in ("beeld-letter", "beeld-letter-vet"))
    return Look({name.removeprefix("beeld-"): value for name, value in found.items()}, letter, bold)


def _font(address: str, templates: Templates) -> Path:
    scheme, _, name = address.rpartition(":")
    return Path(str(files(FONTS) / "files")) / name if scheme == "font" else templates.file(name)
