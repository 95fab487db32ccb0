"""HTML to PDF (PDF/UA-1 and PDF/A-2a in one), the same bytes on any day.

In: the HTML as text, the folder of templates for what it names (style sheets, pictures), the date of the
document. Out: the file's bytes. Only this module starts WeasyPrint. Whatever WeasyPrint would only log is an
error here.
"""

from __future__ import annotations

import logging
import mimetypes
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from flows.model.templates import Templates
from flows.render import footnotes, tagging
from flows.render.archivable import VARIANT, declare

DRAWING = "data:image/svg+xml;base64,"
FONTS = "font_source_sans_pro"
PICTURES = "img, svg { image-rendering: crisp-edges }"  # PDF/A forbids to smooth them


class PdfError(Exception):
    """The PDF could not be made as the HTML asks; `lines` are WeasyPrint's words or the refused address."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def pdf(html: str, templates: Templates, *, datum: date) -> bytes:
    """The PDF of `html`, dated `datum`.

    Raises PdfError on anything that WeasyPrint warns of, and on a forbidden address.
    """
    footnotes.repair()
    tagging.install()
    with _no_warnings():
        source = weasyprint.HTML(
            string=html, base_url=templates.folder.resolve().as_uri() + "/", url_fetcher=_Fetcher(templates)
        )
        try:
            document = source.render(pdf_variant=VARIANT, stylesheets=[weasyprint.CSS(string=PICTURES)])
        except FatalURLFetchingError as refused:
            raise PdfError(str(refused.__cause__)) from refused
        document.metadata.created = document.metadata.modified = datum.isoformat()
        tagging.link_notes(document)
        made: bytes = document.write_pdf(pdf_variant=VARIANT, finisher=declare)
    return made


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Reads what lies among the templates, `font:NAME.ttf` from the fonts' package, and a drawing that the HTML itself holds."""

    def __init__(self, templates: Templates) -> None:
        super().__init__(fail_on_errors=True)
        self._templates, self._folder = templates, templates.folder.resolve()

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 (WeasyPrint hands it over)
        """What stands at `url`; ValueError where it is forbidden, OSError where there is nothing."""
        if url.startswith(DRAWING):
            return URLFetcherResponse(url, b64decode(url.removeprefix(DRAWING)), {"Content-Type": "image/svg+xml"})
        try:
            found = self._found(urlsplit(url))
        except ValueError:
            raise ValueError(url) from None
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, found.read_bytes(), {"Content-Type": kind})

    def _found(self, url: SplitResult) -> Path:
        path = unquote(url.path)
        if url.scheme == "font":
            return Templates(Path(str(files(FONTS) / "files"))).file(path)
        if url.scheme == "file" and not url.netloc:
            return self._templates.file(Path(path).relative_to(self._folder).as_posix())
        raise ValueError(path)


class _Lines(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Turn each line that WeasyPrint logs within into an error."""
    logger = logging.getLogger("weasyprint")
    heard, level = _Lines(), logger.level
    logger.setLevel(logging.WARNING)
    logger.addHandler(heard)
    try:
        yield
    finally:
        logger.removeHandler(heard)
        logger.setLevel(level)
    if heard.lines:
        raise PdfError(*heard.lines)
