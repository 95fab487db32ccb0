"""Puts a change in printed text back into the cells that it was printed from, or says that it cannot.

In: the texts of a row's cells and the words printed before and after. Out: the cells' new texts, or None. A place is proposed by
likeness and accepted only if the cell, printed anew by the brief's own rules, says just what was asked: the way in which the cell
writes its references stays as it was, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.assemble.edits import Edit, alike, apply, edits, fold, tidy
from flows.assemble.prose import notes, prose, words
from flows.assemble.spans import BULLET, NUMBER, Span, parts_of
from flows.assemble.tokens import flatten, tokens
from flows.model.contract import Inhoud, SheetSpec
from flows.model.delivery import Cell, Row, Run
from flows.model.reference import Citeerwijze
from flows.model.review import NOTE, NOTE_END
from flows.model.text import Inline, Note

Texts = Mapping[str, str]  # the cells of a row by field
Printer = Callable[[Texts], str]


@dataclass(frozen=True, slots=True)
class Group:
    """Cells of a row that are printed together, and how."""

    texts: Texts
    printed: Printer


def cells_of(row: Row, spec: SheetSpec, number: int | None) -> dict[str, Cell]:
    """The cells with text in a row of the workbook that a brief may print."""
    printed = {column.field for column in spec.columns if column.inhoud in {Inhoud.PROZA, Inhoud.TEKST}}
    return {name: cell for name, cell in row.cells.items() if name in printed and cell.origin.row == number}


def groups_of(texts: Texts, spec: SheetSpec, wijze: Citeerwijze) -> Iterator[Group]:
    """How the cells of a row are printed: prose, a line for each line, or prose with the notes of a column of their own."""
    with_notes = {"stand_van_zaken", "kamerstukken"}
    together = with_notes if with_notes <= {column.field for column in spec.columns} else set()
    if any(texts.get(name) for name in together):
        own = {name: texts.get(name, "") for name in ("stand_van_zaken", "kamerstukken")}
        yield Group(own, lambda now: _with_notes(now["stand_van_zaken"], now["kamerstukken"], wijze))
    for name, text in texts.items():
        if name not in together and text.strip():
            prose_ = spec.column(name).inhoud is Inhoud.PROZA
            yield Group({name: text}, lambda now, name=name, prose_=prose_: _printed(now[name], wijze, prose_=prose_))  # type: ignore[misc]


def place(groups: Sequence[Group], old: str, new: str) -> Texts | None:
    """The new texts of the group that printed `old`, such that it prints `new`; None where that is not certain."""
    found = [(group, at) for group in groups if (at := _where(group.printed(group.texts), old)) is not None]
    if len(found) != 1:
        return None
    group, (start, end) = found[0]
    whole = group.printed(group.texts)
    tail = old[end - start :]  # what is no part of the cell: a mark of ours, or the date of a debate
    if not fold(new).endswith(fold(tail)):
        return None
    new, old = new.removesuffix(new[len(new) - len(tail) :]) if tail else new, old[: end - start]
    changes = [Edit(edit.start + start, edit.end + start, edit.text) for edit in edits(old, new)]
    return _changed(group, whole, changes)


def rearrange(groups: Sequence[Group], old: str, new: str) -> Texts | None:
    """The new texts of the group that printed the lines of `old`, with the one line moved that `new` has elsewhere; or None."""
    lines, wanted = old.split("\n"), new.split("\n")
    for line in lines:
        left, right = ([one for one in of if one != line] for of in (lines, wanted))
        if left == right and lines.count(line) == 1:
            before = (None, *wanted)[wanted.index(line)]
            options = [made for group in groups if (made := _relocated(group, line, before)) is not None]
            return options[0] if len(options) == 1 else None
    return None


def _relocated(group: Group, line: str, before: str | None) -> Texts | None:
    """The texts with a line behind another, or first; None where they would not be printed so."""
    printed = group.printed(group.texts)
    spans = [_where(printed, one) for one in (line, before) if one is not None]
    if None in spans:
        return None
    places = [printed[: span[0]].count("\n") for span in spans if span]
    wanted = tidy("\n".join(_moved(printed.split("\n"), *places)))
    for name, text in group.texts.items():
        rows = [row for row in text.splitlines() if row.strip()]
        if len(rows) == len(printed.split("\n")) and not any(map(NUMBER.match, rows)):
            made = dict(group.texts) | {name: "\n".join(_moved(rows, *places))}
            if tidy(group.printed(made)) == wanted:
                return made
    return None


def _moved(lines: Sequence[str], at: int, behind: int = -1) -> list[str]:
    """The lines, that at `at` behind another."""
    rest = [line for number, line in enumerate(lines) if number != at]
    place_ = behind + 1 if behind < at else behind
    return [*rest[:place_], lines[at], *rest[place_:]]


def _changed(group: Group, whole: str, changes: Sequence[Edit]) -> Texts | None:
    """The texts with one change after the other, from the last to the first."""
    texts, said = dict(group.texts), whole
    for edit in reversed(changes):
        said = apply(said, [edit])
        now = group.printed(texts)
        wanted = tidy(said)
        options = (option for option in _options(texts, now, edit) if tidy(group.printed(option)) == wanted)
        if (option := next(options, None)) is None:
            return None
        texts = option
    return texts


def _where(printed: str, old: str) -> Span | None:
    """Where `old` stands in what is printed, as whole lines; its last line may go on with a mark of ours or a date. None unless once."""
    lines, wanted = fold(printed).split("\n"), fold(old).split("\n")
    places = []
    for at in range(len(lines) - len(wanted) + 1):
        here = lines[at : at + len(wanted)]
        tail = wanted[-1][len(here[-1]) :]
        if (
            here[:-1] == wanted[:-1]
            and here[-1]
            and wanted[-1].startswith(here[-1])
            and (not tail or tail[:2] in {" [", ", "})
        ):
            start = sum(len(line) + 1 for line in lines[:at])
            places.append((start, start + len("\n".join(here))))
    return places[0] if len(places) == 1 else None


def _options(texts: dict[str, str], printed: str, edit: Edit) -> Iterator[dict[str, str]]:
    """The texts with an edit of what is printed made in one of them, the likeliest way first."""
    for name, text in texts.items():
        if text:
            yield from (texts | {name: made} for made in _ways(text, printed, edit))


def _ways(text: str, printed: str, edit: Edit) -> Iterator[str]:
    """The text of a cell with an edit of what is printed made in it; a line that comes in a list is an item of it."""
    image = _image(printed, text)
    left = next((image[at] + 1 for at in range(edit.start - 1, -1, -1) if at in image), 0)
    right = next((image[at] for at in range(edit.end, len(printed)) if at in image), len(text))
    inner = [image[at] for at in range(edit.start, edit.end) if at in image]
    if "\n" in edit.text:
        line = text[text.rfind("\n", 0, left) + 1 :]
        if NUMBER.match(line):
            return
        bullet = BULLET.match(line)
        edit = Edit(edit.start, edit.end, edit.text.replace("\n", f"\n{bullet[0]}" if bullet else "\n"))
    if inner and not edit.text:
        yield _without_lines(text, inner[0], inner[-1] + 1)
    if inner:
        yield text[: inner[0]] + edit.text + text[inner[-1] + 1 :]
    firsts, lasts = ([left, inner[0]], [right, inner[-1] + 1]) if inner else ([left], [right])
    for first in firsts:
        for last in lasts:
            if first <= last:
                yield text[:first] + edit.text + text[last:]
    if edit.start == edit.end:
        yield text[:left] + edit.text + text[left:]
        yield text[:right] + edit.text + text[right:]
    yield from _note_ways(text, printed, edit)


def _without_lines(text: str, start: int, end: int) -> str:
    """The text without the lines of a stretch."""
    first, last = text.rfind("\n", 0, start) + 1, (text + "\n").find("\n", end)
    return (text[:first] + text[last + 1 :]).removesuffix("\n" if last == len(text) else "")


def _note_ways(text: str, printed: str, edit: Edit) -> Iterator[str]:
    """A whole note that goes, or says something else: what it was printed from goes, or is written out."""
    spans, sources = _notes_in(printed), _sources(text)
    if len(spans) < len(sources) or not sources:
        return
    for (start, end), (first, last) in zip(spans, sources, strict=False):
        before = len(text[:first].rstrip())
        if edit.start <= start and end <= edit.end and not edit.text.strip():
            yield text[:before] + text[last:]
            yield text[:first] + text[last:]
        if start < edit.start and edit.end < end:
            inner = printed[start + len(NOTE) : edit.start] + edit.text + printed[edit.end : end - len(NOTE_END)]
            yield f"{text[:before]}{NOTE}{inner}{NOTE_END}{text[last:]}"


def _image(printed: str, text: str) -> dict[int, int]:
    """For the letters of what is printed, where they stand in the cell."""
    return {at + n: other + n for at, end, other in alike(printed, text) for n in range(end - at)}


def notes_of(printed: str) -> tuple[str, ...]:
    """The words of the notes in what is printed."""
    return tuple(printed[start + len(NOTE) : end - len(NOTE_END)] for start, end in _notes_in(printed))


def _notes_in(printed: str) -> list[Span]:
    """Where the notes stand in what is printed."""
    found, at = [], 0
    while (start := printed.find(NOTE, at)) >= 0:
        depth, at = 1, start + len(NOTE)
        while depth and at < len(printed):
            depth += {"[": 1, "]": -1}.get(printed[at], 0)
            at += 1
        found.append((start, at))
    return found


def _sources(text: str) -> list[Span]:
    """What of a cell's prose becomes notes."""
    flat = flatten(text)
    found = [tokens(flat, span) for _, span in parts_of(flat)]
    spans = [one.span for line in found for one in line.commentaries]
    spans += [one.span for line in found for one in line.brackets]
    return sorted(span for span in spans if not any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in spans))


def _with_notes(text: str, column: str, wijze: Citeerwijze) -> str:
    behind = "".join(shown(part.inlines) for part in notes([Run(column)], wijze).parts) if column.strip() else ""
    return _printed(text, wijze, prose_=True) + behind


def _printed(text: str, wijze: Citeerwijze, *, prose_: bool) -> str:
    made = [prose([Run(text)], wijze)] if prose_ else [words(line, wijze) for line in text.splitlines()]
    return "\n".join(shown(part.inlines) for one in made for part in one.parts)


def shown(inlines: Sequence[Inline]) -> str:
    """Inlines as a review shows them."""
    return "".join(
        f"{NOTE}{shown(inline.inlines)}{NOTE_END}" if isinstance(inline, Note) else inline.text for inline in inlines
    )
