"""Where what reviewers did belongs: which cells it changes, and how they read then.

In: verdicts, and the workbooks as they are now. Out: the verdicts with their cell, or why there is none; and for those that were
chosen the cells' new texts. A workbook may have changed since the draft: a place is one only where the words are printed from it still.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flows.assemble.edits import Edit, apply, edits, tidy
from flows.assemble.placing import Texts, cells_of, groups_of, notes_of, place, rearrange
from flows.model.contract import SheetSpec, key
from flows.model.delivery import Cell, Origin, Row, Workbook
from flows.model.reference import Citeerwijze
from flows.model.review import OBJECT, Sort, Source, Verdict

NO_CELL, UNSURE, EMPTY, CONFLICT = "geen-cel", "niet-zeker", "leeg", "strijdig"
NOTES, HEADING = "kamerstukken", "tussenkop"
IN_CELLS = frozenset({Sort.REWORDED, Sort.REMOVED, Sort.ADDED, Sort.MOVED, Sort.JOINED})


@dataclass(frozen=True, slots=True)
class Taken:
    """A cell that changes: what it said, the edits in it, and the verdicts that ask for them."""

    origin: Origin
    old: str
    edits: tuple[Edit, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(slots=True)
class _Row:
    """The cells of a row, and how they read with what was taken over so far."""

    spec: SheetSpec
    cells: Mapping[str, Cell]
    texts: Texts
    verdicts: dict[str, list[Verdict]] = field(default_factory=dict)


class Workbooks:
    """The workbooks of a quarter, with the specifications of their sheets; `wijze` is how the brief cites."""

    def __init__(self, books: Iterable[Workbook], specs: Iterable[SheetSpec], wijze: Citeerwijze) -> None:
        self.books = {book.file: book for book in books}
        self.specs = {spec.name: spec for spec in specs}
        self.wijze = wijze

    def row(self, source: Source | None) -> _Row | None:
        """The row that a paragraph comes from; None where there is none, or it is hidden."""
        place_ = source.origin if source else Origin("")
        book = self.books.get(place_.file)
        for name, sheet in book.sheets.items() if book else ():
            if sheet.title == place_.sheet and name in self.specs:
                spec = self.specs[name]
                rows = [row for row in sheet.rows if not row.hidden and _is(row, source)]
                found = cells_of(rows[0], spec, rows[0].origin.row) if len(rows) == 1 else {}
                if found:
                    return _Row(spec, found, {name: cell.text for name, cell in found.items()})
        return None

    def located(self, verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
        """The verdicts, each with the cells that it would change, or the reason why it changes none."""
        for verdict in verdicts:
            row = self.row(verdict.source)
            if not _placeable(verdict):
                yield replace(verdict, why=verdict.sort.value)
            elif row is None:
                yield replace(verdict, why=NO_CELL)
            else:
                found = self.placed(row, verdict.sort, _old(verdict), _new(verdict))
                if isinstance(found, str):
                    yield replace(verdict, why=found)
                else:
                    yield replace(verdict, why="", cell=", ".join(_shown(row.cells[name]) for name in found))

    def placed(self, row: _Row, sort: Sort, old: str, new: str) -> dict[str, str] | str:
        """The cells that change, with their new texts; or the reason why not."""
        if OBJECT in new:
            return UNSURE
        groups = list(groups_of(row.texts, row.spec, self.wijze))
        texts = (rearrange if sort is Sort.MOVED else place)(groups, old, new)
        if texts is None:
            return UNSURE
        changed = {name: text for name, text in texts.items() if text != row.texts.get(name, "")}
        if any(not text.strip() and name != NOTES for name, text in changed.items()):
            return EMPTY  # something else would be printed there
        if HEADING in changed and self.heads(row.texts[HEADING]) > 1:
            return UNSURE  # a heading over several rows stands in all of them
        return changed

    def heads(self, heading: str) -> int:
        """How many rows have a heading."""
        sheets = (sheet for book in self.books.values() for sheet in book.sheets.values())
        return sum(key(row.text(HEADING)) == key(heading) for sheet in sheets for row in sheet.rows)

    def taken(self, chosen: Sequence[Verdict]) -> tuple[tuple[Taken, ...], tuple[Verdict, ...]]:
        """The cells as they read with all that was chosen, and what of that could not be done."""
        rows: dict[Origin, _Row] = {}
        refused = [replace(one, why=one.sort.value) for one in chosen if not _placeable(one)]
        for group in _together(filter(_placeable, chosen)):
            origin = group[0].source.origin.at(None) if group[0].source else Origin("")
            if origin not in rows and (found := self.row(group[0].source)):
                rows[origin] = found
            row = rows.get(origin)
            done = _combined(group) if row else NO_CELL
            result = self.placed(row, group[0].sort, *done) if row and not isinstance(done, str) else done
            if row is None or not isinstance(result, dict):
                refused += (replace(verdict, why=str(result)) for verdict in group)
                continue
            row.texts = {**row.texts, **result}
            for name in result:
                row.verdicts.setdefault(name, []).extend(group)
        return tuple(_cells(rows.values())), tuple(refused)


def _cells(rows: Iterable[_Row]) -> Iterator[Taken]:
    for row in rows:
        for name, verdicts in row.verdicts.items():
            cell = row.cells[name]
            yield Taken(cell.origin, cell.text, edits(cell.text, row.texts[name]), tuple(verdicts))


def _together(chosen: Iterable[Verdict]) -> list[list[Verdict]]:
    """What was chosen, by paragraph: first what needs the words as they were handed out."""
    order = {Sort.MOVED: 0, Sort.ADDED: 1, Sort.JOINED: 3}
    groups: dict[tuple[int, str, str], list[Verdict]] = {}
    for verdict in chosen:
        groups.setdefault((order.get(verdict.sort, 2), verdict.name, _old(verdict)), []).append(verdict)
    return [group for key, group in sorted(groups.items(), key=lambda item: item[0][0])]


def _combined(group: Sequence[Verdict]) -> tuple[str, str] | str:
    """The words of a paragraph before and after all that was chosen for it; a reason where that is two things at once."""
    if group[0].sort is Sort.ADDED:
        words = group[0].words
        return words, "\n".join((words, *dict.fromkeys(verdict.new for verdict in group)))
    old = group[0].old
    changes = {edit for verdict in group for edit in edits(old, verdict.new)}
    if any(one.meets(other) for one in changes for other in changes):
        return CONFLICT
    return old, apply(old, changes)


def _is(row: Row, source: Source | None) -> bool:
    """Whether a paragraph comes from a row: known by its Nr, wherever it stands now; one without by its place alone."""
    nr, place_ = row.text("nr"), source.origin if source else Origin("")
    return key(nr) == key(source.nr) if source and source.nr else row.origin.row == place_.row


def _placeable(verdict: Verdict) -> bool:
    """Whether it changes words or paragraphs; one that was moved or joined must have stayed in its cell."""
    if verdict.sort is Sort.MOVED:
        return bool(verdict.new)
    return verdict.sort in IN_CELLS and (verdict.sort is not Sort.JOINED or "\n" in verdict.old)


def _old(verdict: Verdict) -> str:
    return verdict.words if verdict.sort is Sort.ADDED else verdict.old


def _new(verdict: Verdict) -> str:
    return f"{verdict.words}\n{verdict.new}" if verdict.sort is Sort.ADDED else verdict.new


def _shown(cell: Cell) -> str:
    place_ = cell.origin
    return f"{place_.file}, {place_.sheet}!{place_.cell}"


def notes_changed(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The notes that only the one text has, and those that only the other has."""
    before, after = notes_of(old), notes_of(new)
    said = {tidy(note) for note in before}, {tidy(note) for note in after}
    gone = tuple(note for note in before if tidy(note) not in said[1])
    return gone, tuple(note for note in after if tidy(note) not in said[0])
