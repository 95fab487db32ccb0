"""Which insides of WeasyPrint this program relies on.

In: a function of WeasyPrint. Out: its source, which is the one that somebody here has read; RuntimeError for
another version or an altered source, for then nobody has looked whether what is built on it still holds.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import weasyprint

VERSION = "70.0"
DIGESTS = {
    "_linebox_layout": "e07bbe000974787e",
    "LayoutContext._update_footnote_area": "0fcc68f3897d5ef0",
    "make_all_pages": "b5e4034894841caa",
    "make_page": "656f183328e8b1b5",
    "add_tags": "f0e74575b0bafaf3",
    "Stream.marked": "63ad2e4d99aa0059",
}


def verified(function: Callable[..., Any]) -> str:
    """The source of `function`, which must be the one that was read."""
    if weasyprint.__version__ != VERSION:
        raise RuntimeError(f"what is built on WeasyPrint {VERSION} is not for {weasyprint.__version__}")
    source = textwrap.dedent(inspect.getsource(function))
    if sha256(source.encode()).hexdigest()[:16] != DIGESTS[function.__qualname__]:
        raise RuntimeError(f"{function.__qualname__} of WeasyPrint {VERSION} is not the one that was read")
    return source
