"""Two versions of a text, word by word, with their notes. A pure function.

In: an old and a new text, each with its notes at their places. Out: the words and notes that stayed, came and went, as a
reader marks them: whole words, and no crumbs of what stayed between two changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from flows.assemble.likeness import ALIKE, best_pairs, likeness
from flows.model.changes import Deel, Delen, NootDeel, Said, Soort

CRUMB = 3  # words
PARAGRAPH, SENTENCE = frozenset({"\n"}), frozenset(".!?")
_TOKEN = re.compile(r"([^\S\n]*)(\n|\w+(?:[.,:/'’\u2010-]\w+)*|\S)")
_TRAILING = re.compile(r"[^\S\n]*\Z")


@dataclass(frozen=True, slots=True)
class _Call:
    """A note among the words. Two with one number are the same note, whatever its words have become."""

    number: int


_Unit = tuple[str, str | _Call]  # a word, sign or call with the white space before it
_Tokens = list[str | _Call]
_Step = tuple[_Tokens, _Tokens]  # what went and what came; what stayed is both


def compare_words(old: Said, new: Said) -> Delen:
    """All of both texts, as what stayed, came and went."""
    notes = _Notes(old.notes, new.notes)
    steps = _joined(_aligned(_steps(_units(old, notes.old), _units(new, notes.new))))
    went, came = (
        {t.number for pair in steps if pair[0] != pair[1] for t in pair[i] if isinstance(t, _Call)} for i in (0, 1)
    )
    return tuple(_parts(steps, notes, went & came))


def differs(delen: Delen) -> bool:
    """Whether anything came or went."""
    return any(deel.soort is not Soort.GELIJK for deel in delen)


class _Notes:
    """The notes of both texts by number; those that are the same note by their words have one number."""

    def __init__(self, old: Sequence[tuple[int, str]], new: Sequence[tuple[int, str]]) -> None:
        pairs = best_pairs([text for _, text in old], [text for _, text in new], likeness, ALIKE)
        self.new = list(range(len(new)))
        self.old = [pairs.get(index, len(new) + index) for index in range(len(old))]
        self.was = dict(zip(self.old, (text for _, text in old), strict=True))
        self.is_now = dict(zip(self.new, (text for _, text in new), strict=True))


def _units(said: Said, numbers: Iterable[int]) -> list[_Unit]:
    units: list[_Unit] = []
    at = 0
    for (offset, _), number in zip(said.notes, numbers, strict=True):
        units += [*_TOKEN.findall(said.text[at:offset]), (_trailing(said.text[at:offset]), _Call(number))]
        at = offset
    rest = said.text[at:]
    return [*units, *_TOKEN.findall(rest), *([(space, "")] if (space := _trailing(rest)) else [])]


def _trailing(text: str) -> str:
    """The white space at its end, but for ends of paragraphs."""
    return "".join(_TRAILING.findall(text))


def _steps(before: list[_Unit], after: list[_Unit]) -> list[_Step]:
    """Runs that are the same, and those that differ between them. Words are compared whatever white space is before them."""
    # With its heuristic for long texts: without it a cell full of a few words would take minutes.
    matcher = SequenceMatcher(None, [word for _, word in before], [word for _, word in after])
    made: list[_Step] = []
    for _, i, j, k, m in matcher.get_opcodes():
        left, right = before[i:j], after[k:m]
        if [word for _, word in left] == [word for _, word in right]:
            for (space, word), (other, _) in zip(left, right, strict=True):
                made += [([space], [other]), ([word], [word])]
        else:
            space = left[0][0] if left and right and left[0][0] == right[0][0] else ""
            made += [([space], [space]), (_flat(left, space), _flat(right, space))]
    runs = (list(run) for _, run in groupby(made, lambda step: step[0] == step[1]))
    joined = [([t for went, _ in run for t in went if t], [t for _, came in run for t in came if t]) for run in runs]
    return [step for step in joined if step != ([], [])]


def _flat(units: list[_Unit], told: str) -> _Tokens:
    """White space and words in one row, without the white space that has been told."""
    tokens: _Tokens = []
    for space, word in units:
        tokens += [space if tokens or not told else "", word]
    return tokens


def _aligned(steps: list[_Step]) -> list[_Step]:
    """The steps with what only came or only went begun at a paragraph or sentence, where the same words allow that."""
    made = list(steps)
    for index in range(1, len(steps) - 1):
        went, came = made[index]
        if bool(went) != bool(came):
            before, change, after = _best_place(made[index - 1][0], went or came, made[index + 1][0])
            made[index - 1], made[index + 1] = (before, before), (after, after)
            made[index] = (change, []) if went else ([], change)
    return [step for step in made if step != ([], [])]


def _best_place(before: _Tokens, change: _Tokens, after: _Tokens) -> tuple[_Tokens, _Tokens, _Tokens]:
    """The same three runs, with the change where a reader would say that it begins."""
    row, size = before + change + after, len(change)
    first = last = len(before)
    while first and row[first - 1] == row[first - 1 + size]:
        first -= 1
    while last + size < len(row) and row[last] == row[last + size]:
        last += 1
    start = max(range(first, last + 1), key=lambda at: _begins(row[:at]))
    return row[:start], row[start : start + size], row[start + size :]


def _begins(before: _Tokens) -> int:
    """How well a change begins behind these tokens: a paragraph, a sentence, anywhere."""
    if not before or before[-1] == "\n":
        return 2
    return int(before[-1] in SENTENCE)


def _joined(steps: list[_Step]) -> list[_Step]:
    """The steps with a crumb that stayed made part of the changes around it, until none is left."""
    index = 1
    while index < len(steps) - 1:
        (left, stayed, right) = steps[index - 1 : index + 2]
        if stayed[0] == stayed[1] and _crumb(stayed[0], left, right):
            steps[index - 1 : index + 2] = [(left[0] + stayed[0] + right[0], left[1] + stayed[1] + right[1])]
            index = max(1, index - 2)
        else:
            index += 1
    return steps


def _crumb(stayed: _Tokens, left: _Step, right: _Step) -> bool:
    """Whether a few words stayed, no longer than what changed on either side. A note or a paragraph's end is no crumb."""
    words = [token for token in stayed if isinstance(token, str) and token not in PARAGRAPH]
    if len(words) < len(stayed) or sum(word[0].isalnum() for word in words) > CRUMB:
        return False
    return len("".join(words).strip()) <= min(max(map(_length, side)) for side in (left, right))


def _length(tokens: _Tokens) -> int:
    return sum(len(token) for token in tokens if isinstance(token, str))


def _parts(steps: Iterable[_Step], notes: _Notes, moved: set[int]) -> Iterator[Deel | NootDeel]:
    for went, came in steps:
        if went == came:
            yield from _run(Soort.GELIJK, went, notes, moved)
        else:
            yield from _run(Soort.ERAF, went, notes, moved)
            yield from _run(Soort.ERBIJ, came, notes, moved)


def _run(soort: Soort, tokens: _Tokens, notes: _Notes, moved: set[int]) -> Iterator[Deel | NootDeel]:
    for call, run in groupby(tokens, _call):
        if call is None:
            yield Deel(soort, "".join(map(str, run)))
        elif soort is Soort.GELIJK:
            words = _words(notes.was[call.number], notes.is_now[call.number])
            yield NootDeel(Soort.ANDERS if differs(words) else soort, words)
        else:
            text = (notes.was if soort is Soort.ERAF else notes.is_now)[call.number]
            yield NootDeel(soort, (Deel(soort, text),), call.number in moved)


def _words(old: str, new: str) -> tuple[Deel, ...]:
    """Two versions of what holds no notes itself."""
    return tuple(deel for deel in compare_words(Said(old), Said(new)) if isinstance(deel, Deel))


def _call(token: str | _Call) -> _Call | None:
    return token if isinstance(token, _Call) else None
