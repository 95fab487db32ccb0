"""Where inputs and outputs are: text in, a place out. A place is a local folder or an address such as s3://bucket/prefix.

A local one is an ordinary path, and asks for nothing to be loaded that only addresses need. Whatever goes wrong at an address is
an OSError, as it is on a disk; listings are never remembered.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from upath import UPath

Place: TypeAlias = "Path | UPath"

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/", re.IGNORECASE)  # two letters at least; `s3:/x` is a slip, and no folder


def place(text: str) -> Place:
    """The place that a text names; raises ValueError for an address of an unknown kind, or one that holds a password."""
    scheme = _ADDRESS.match(text)
    if scheme is None:
        return Path(text)
    parts = urlsplit(text)
    if "://" not in text or "@" in parts.netloc:
        raise ValueError(scheme[1])  # not the text: it may hold a secret
    if scheme[1].casefold() in {"file", "local"}:
        return Path(unquote(parts.path))
    return _remote(text)


def _remote(text: str) -> UPath:
    import fsspec
    from upath import UPath

    fsspec.register_implementation("s3", "flows.model.s3.S3", clobber=True)  # loaded with the first such address
    try:
        return UPath(text, use_listings_cache=False)
    except ImportError as error:  # the kind is known, but what it needs is not installed
        raise ValueError(urlsplit(text).scheme) from error
