"""The templates with the theme that the settings name, and the letters that its fonts have."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

from flows import settings
from flows.catalogue import TEMPLATES, sayings
from flows.model.templates import Templates

FONTS = "font_source_sans_pro"  # the package in which `font:NAME.ttf` is found
STYLES = "theme/theme.css"
_FONT = re.compile(r'@font-face[^}]*?url\("(?P<where>font:|theme/)(?P<name>[^"]+)"\)')


def templates() -> Templates:
    """The templates; raises Misconfigured where the settings name no theme that there is."""
    return Templates(TEMPLATES, settings.load().huisstijl)


def load_letters() -> frozenset[int]:
    """The code points for which every font of the theme has a glyph, but for accents that stand by themselves.

    Those are drawn over the letter before them, where a finished PDF cannot be read back. None where the theme names no font: then
    nothing is known. Raises Misconfigured for a font that is not there, or is none.
    """
    chosen = templates()
    fonts = {_font(chosen, found) for found in _FONT.finditer(chosen.text(STYLES))}
    return _letters(tuple(sorted(fonts))) if fonts else frozenset()


def _font(chosen: Templates, found: re.Match[str]) -> Path:
    if found["where"] == "font:":
        return Path(str(files(FONTS) / "files" / found["name"]))
    return chosen.file(found["where"] + found["name"])


@cache
def _letters(fonts: tuple[Path, ...]) -> frozenset[int]:
    known = frozenset.intersection(*map(_known, fonts))
    return frozenset(code for code in known if not unicodedata.combining(chr(code)))


def _known(font: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        return frozenset(TTFont(str(font), lazy=True).getBestCmap())
    except (OSError, TTLibError) as error:
        raise settings.Misconfigured(sayings("instellingen")["letter"].format(bestand=font)) from error
