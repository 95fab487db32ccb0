"""The page with all rules, expectations/LEESMIJ.md, from the rules themselves. Text out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.model.finding import Regel

NAME = "LEESMIJ.md"


def rules_page(templates: Path, suites: Iterable[Any], regels: Mapping[str, Regel]) -> str:
    """The page in Markdown: the rules of each suite, then our own."""
    environment = Environment(
        loader=FileSystemLoader(templates), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, autoescape=False,  # noqa: S701 (Markdown)
    )  # fmt: skip
    environment.filters["cel"] = lambda text: text.replace("|", "\\|").replace("\n", " ")
    return environment.get_template("regels.md.j2").render(suites=tuple(suites), regels=regels)
