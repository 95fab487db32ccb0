"""What a proof finds.

One difference between what was given and what is in a file. In: nothing. Out: `ProofError`, as data.

The Dutch sentence for a `Regel` is made elsewhere.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from enum import StrEnum

from flows.render.reading import Manuscript

WINDOW = 400


class Format(StrEnum):
    """The file in which something differs."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"


class Rule(StrEnum):
    """What differs."""

    TEXT = "text"
    CALL = "call"
    NOTE = "note"
    NOTE_ORDER = "note-order"
    NOTE_PAGE = "note-page"
    MARKER = "marker"
    CONTENTS = "contents"
    LINK = "link"
    LEAK = "leak"
    OUTSIDE = "outside"
    STRUCTURE = "structure"
    PICTURE = "picture"


class ProofError(Exception):
    """The first difference found. `missing` was given and is not there, `extra` is there and was not given.

    `nr` and `ministerie` name the row, `note` the note, `page` the page of the PDF, as far as there is one;
    `context` is what stands before.
    """

    def __init__(
        self,
        format: Format,
        rule: Rule,
        *,
        missing: str = "",
        extra: str = "",
        context: str = "",
        nr: str | None = None,
        ministerie: str | None = None,
        note: int | None = None,
        page: int | None = None,
    ) -> None:
        place = ", ".join(f"{name} {value}" for name, value in (("nr", nr), ("note", note), ("page", page)) if value)
        words = f": missing {missing!r}, extra {extra!r}, after {context!r}"
        super().__init__(
            f"{format}: {rule} ({place}){'' if rule is Rule.LEAK else words}"
        )  # logs are no place for a leak
        self.format = format
        self.rule = rule
        self.missing = missing
        self.extra = extra
        self.context = context
        self.nr = nr
        self.ministerie = ministerie
        self.note = note
        self.page = page


def first_difference(given: str, found: str) -> tuple[int, int, int, int]:
    """The first place where two streams part: start and end in `given`, start and end in `found`."""
    start = _common(given, found)
    left, right = given[start : start + WINDOW], found[start : start + WINDOW]
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind != "equal":
            return start + a, start + b, start + c, start + d
    return start, start, start, start


def _common(left: str, right: str) -> int:
    """How many characters two texts have in common at their beginning."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[:middle] == right[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def differs(
    given: Manuscript,
    format: Format,
    rule: Rule,
    at: int,
    *,
    missing: str = "",
    extra: str = "",
    page: int | None = None,
    note: int | None = None,
) -> ProofError:
    """The error for a difference at a place of the manuscript, with the row that it belongs to."""
    span = given.around(at)
    nr, ministerie = (span.nr, span.ministerie) if span else (None, None)
    context = given.readable(max(0, at - 60), at)
    return ProofError(
        format,
        rule,
        missing=missing,
        extra=extra,
        context=context,
        nr=nr,
        ministerie=ministerie,
        note=note,
        page=page,
    )
