"""Great Expectations' own static site (Data Docs) of a run that was judged before.

In: the context that holds the run's suites and results, a folder, and a style sheet. Out: the site in that folder. Nothing is judged
again. Its pages are made to look right without the internet: what they would fetch or run is taken out.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from lxml import html
from lxml.html import builder

SITE = "data-docs"
STATUS = "//*[@id='section-1-content-block-1-subheader']//i"
# What the pages need no more: a script, or anything that is fetched from elsewhere.
_FETCHED = "//script | //link | //style | //img | //footer | //head/title[not(text())] | //button"


class DocsError(RuntimeError):
    """The site is incomplete: Great Expectations only logs that a page could not be made."""


class Context(Protocol):
    """The part of a Great Expectations context that is needed here."""

    def list_data_docs_sites(self) -> Mapping[str, Any]: ...
    def delete_data_docs_site(self, site_name: str) -> None: ...
    def add_data_docs_site(self, site_name: str, site_config: Any) -> None: ...
    def build_data_docs(self, site_names: list[str] | None = None) -> Any: ...


def build(context: Context, folder: Path, pages: int, css: str = "") -> Path:
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
    results = sorted(folder.glob("validations/**/*.html"))
    if len(results) != pages:
        raise DocsError(f"{folder}: {len(results)} pages with results instead of {pages}")
    _offline(folder, results, css)
    return folder / "index.html"


def _offline(folder: Path, results: Iterable[Path], css: str) -> None:
    """Makes the site whole by itself."""
    suites = sorted(folder.glob("expectations/*.html"))
    listed = dict(zip(("Validation-Results", "Expectation-Suites"), (results, suites), strict=True))
    trees = {
        path: html.fromstring(path.read_text(encoding="utf-8")) for path in (folder / "index.html", *results, *suites)
    }
    statuses = {path: list(_status(tree)) for path, tree in trees.items()}
    for path, tree in trees.items():
        for name, found in listed.items():
            for pane in tree.xpath("//*[@id=$name]", name=name):  # tables that a script would fill
                pane[:] = [_table(folder, found, statuses)]
        _stand_alone(tree, css)
        path.write_bytes(html.tostring(tree, doctype="<!DOCTYPE html>", encoding="utf-8"))
    shutil.rmtree(folder / "static")  # fonts, and films about Great Expectations that no page shows


def _status(page: Any) -> Iterator[tuple[str, str]]:
    """How the suite of a page did: the class and the word with which that page says so."""
    for sign in page.xpath(STATUS):
        yield sign.get("class"), (sign.tail or "").strip()


def _table(folder: Path, pages: Iterable[Path], statuses: Mapping[Path, list[tuple[str, str]]]) -> Any:
    table = builder.TABLE()
    for path in pages:
        row = builder.TR(
            builder.TD(builder.A(path.stem, href=quote(path.relative_to(folder).as_posix()))),
            *(builder.TD(builder.I({"class": sign}), f" {word}") for sign, word in statuses[path]),
        )
        table.append(row)
    return table


def _stand_alone(page: Any, css: str) -> None:
    for image in page.xpath("//a/img[@alt]"):
        image.getparent().text = image.get("alt")
    for unneeded in page.xpath(_FETCHED):
        unneeded.drop_tree()
    for link in page.xpath("//a[starts-with(@href, 'http')]"):
        link.drop_tag()
    for pressed in page.xpath("//*[@onclick]"):  # a choice that the style sheet carries out by itself
        del pressed.attrib["onclick"]
    page.find("head").append(builder.STYLE(css))
