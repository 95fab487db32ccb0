"""Whether a PDF is PDF/UA-1 and PDF/A-2a at once, as the package `page` sees it."""

from __future__ import annotations

import re
from pathlib import Path

import page

STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream\r?\n")
MISJUDGED = "PDFA2A-STREAM-LENGTH-001"  # it takes a last byte that happens to be a line end for no part of the stream


def assert_archivable(path: Path) -> None:
    """Nothing is found by either standard; and each stream is as long as it says."""
    failures = [failure for profile in ("ua1", "2a") for failure in page.validate_pdf(path, profile=profile).failures]
    assert [(failure.rule_id, failure.message) for failure in failures if failure.rule_id != MISJUDGED] == []
    data = path.read_bytes()
    for found in STREAM.finditer(data):
        assert data[found.end() + int(found[1]) :].lstrip(b"\r\n").startswith(b"endstream")
