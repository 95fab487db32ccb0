"""Where the templates lie, and the theme: the folder theme/ among them, or one that a ministry has put in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

THEME = "theme/"


@dataclass(frozen=True, slots=True)
class Templates:
    """The folder of the templates. What `theme` lacks comes from theme/ in that folder."""

    folder: Path
    theme: Path | None = None

    def file(self, name: str) -> Path:
        """The file of that name (`brief.css`, `theme/theme.css`); raises ValueError where it leads out of its folder."""
        if self.theme and name.startswith(THEME):
            own = _below(self.theme, name.removeprefix(THEME))
            if own.is_file():
                return own
        return _below(self.folder, name)

    def text(self, name: str) -> str:
        """The text of a file."""
        return self.file(name).read_text(encoding="utf-8")

    def folders(self) -> Iterator[tuple[str, Path]]:
        """The folders that decide how everything looks, by what they are called anywhere."""
        yield "templates", self.folder
        if self.theme:
            yield "huisstijl", self.theme


def _below(folder: Path, name: str) -> Path:
    """The file `name` in `folder`, which it may not leave by `..` or a symbolic link."""
    found = (folder / name).resolve()
    if not found.is_relative_to(folder.resolve()):
        raise ValueError(name)
    return found
