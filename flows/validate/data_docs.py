"""Great Expectations' own static site (Data Docs) of a run that was judged before.

In: the context that holds the run's suites and results, and a folder. Out: the site in that folder. Nothing
is judged again, and no network is needed to build it (its pages ask a CDN for their looks when opened).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

SITE = "data-docs"


class DocsError(RuntimeError):
    """The site is incomplete: Great Expectations only logs that a page could not be made."""


class Context(Protocol):
    """The part of a Great Expectations context that is needed here."""

    def list_data_docs_sites(self) -> Mapping[str, Any]: ...
    def delete_data_docs_site(self, site_name: str) -> None: ...
    def add_data_docs_site(self, site_name: str, site_config: Any) -> None: ...
    def build_data_docs(self, site_names: list[str] | None = None) -> Any: ...


def build(context: Context, folder: Path, pages: int) -> Path:
    """Writes the site, which must get `pages` pages with results, and returns its first page."""
    for name in tuple(context.list_data_docs_sites()):
        context.delete_data_docs_site(name)
    context.add_data_docs_site(
        SITE,
        {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(folder.resolve()),
            },
        },
    )
    context.build_data_docs(site_names=[SITE])
    made = len(list(folder.glob("validations/**/*.html")))
    if made != pages:
        raise DocsError(f"{folder}: {made} pages with results instead of {pages}")
    _drop_instructions(folder)
    return folder / "index.html"


def _drop_instructions(folder: Path) -> None:
    # 3.3 of the site's 4 MB are films about Great Expectations, which no page shows without how-to buttons.
    for film in folder.glob("static/images/*.gif"):
        film.unlink()
