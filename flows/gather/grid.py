"""What an opened workbook is made of: plain grids of cells, before anything in them is recognised. No behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.model.delivery import Run, Value


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as stored, but for what cannot be seen in it. `fault` names a rule where it holds no value that can be read.

    `struck` is text struck through, `mended` words as stored and as read, `link` an address behind the text.
    """

    row: int
    column: str
    value: Value
    number_format: str
    runs: tuple[Run, ...]
    struck: str = ""
    fault: str | None = None
    mended: tuple[tuple[str, str], ...] = ()
    link: str = ""

    def __reduce__(self) -> tuple[type[RawCell], tuple[object, ...]]:
        """How a cell travels between processes; what dataclasses do by themselves takes three times as long."""
        return RawCell, tuple(getattr(self, name) for name in RawCell.__slots__)


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet: its cells by row and column letter, which rows are hidden, vertical merges (cell to its source), text in boxes."""

    title: str
    rows: Mapping[int, Mapping[str, RawCell]]
    hidden_rows: frozenset[int]
    merged: Mapping[tuple[int, str], tuple[int, str]]
    boxes: str = ""


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """An opened file. `private` is text in it that may never be published; `hidden` are the titles of hidden sheets.

    `shift` is how many days later than usual its day numbers begin to count.
    """

    file: str
    sha256: str
    sheets: tuple[RawSheet, ...]
    hidden: tuple[str, ...]
    private: frozenset[str]
    shift: int = 0


class Unreadable(Exception):
    """A file that is no workbook we can read; its argument is the name of the rule that says so."""
