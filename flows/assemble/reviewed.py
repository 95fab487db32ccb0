"""What reviewers did: the copy that was handed out beside one that came back, paragraph by paragraph.

In: two copies as read. Out: verdicts, in the order of the brief. Pure. A copy that nobody touched gives none; whatever else stands in one
that came back is in some verdict.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import Any

from flows.assemble.edits import edits, tidy
from flows.model.review import AUTHOR, Author, Copy, Paragraph, Remark, Sort, Verdict

LIKE = 0.5  # how much of a paragraph must stand in another to be the same one
MOST_PAIRS = 40_000  # that are compared: beyond, a paragraph counts as one that went and one that came
BETWEEN = " › "  # the headings of a place


@dataclass(frozen=True, slots=True)
class _Known:
    """A paragraph as it was handed out: its text, the headings over it, its rank."""

    paragraph: Paragraph
    place: str
    rank: int


def compare(handed: Copy, returned: Copy, file: str) -> tuple[Verdict, ...]:
    """All that was done in the copy `file`."""
    return tuple(_Comparison(handed, returned, file).verdicts())


def with_conflicts(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts in the order of the brief, each with the reviewers who did something else with the same words."""
    rewordings: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.name and verdict.sort in {Sort.REWORDED, Sort.REMOVED}:
            rewordings.setdefault((verdict.name, verdict.old), []).append(verdict)
    ordered = sorted(verdicts, key=lambda one: (not one.name, one.name))
    return tuple(replace(one, conflicts=_against(one, rewordings.get((one.name, one.old), ()))) for one in ordered)


def _against(one: Verdict, others: Iterable[Verdict]) -> tuple[str, ...]:
    if one.sort not in {Sort.REWORDED, Sort.REMOVED}:
        return ()
    mine = edits(one.old, one.new)
    meeting = (
        other
        for other in others
        if other is not one and any(a.meets(b) for a in mine for b in edits(other.old, other.new))
    )
    return tuple(dict.fromkeys(author.name for other in meeting for author in other.authors))


class _Comparison:
    def __init__(self, handed: Copy, returned: Copy, file: str) -> None:
        self.handed, self.returned, self.file = handed, returned, file
        self.saved = returned.saved if returned.saved.name else Author(file, returned.saved.moment)
        self.known = dict(_known(handed.paragraphs))
        self.names = _names(self.known, returned.paragraphs)
        self.of = {name: paragraph for name, paragraph in zip(self.names, returned.paragraphs, strict=True) if name}

    def verdicts(self) -> Iterator[Verdict]:
        found = [*self.rewordings(), *self.additions(), *self.moves(), *self.remarks(), *self.elsewhere()]
        ranks = {name: known.rank for name, known in self.known.items()}
        yield from sorted(self.moved_by_hand(found), key=lambda one: ranks.get(one.name, len(ranks)))

    def moved_by_hand(self, found: Iterable[Verdict]) -> list[Verdict]:
        """Makes one of a text that was removed here and added there."""
        made = list(found)
        for gone in [one for one in made if one.sort is Sort.REMOVED and one.name and not one.new]:
            same = (one for one in made if one.sort is Sort.ADDED and tidy(one.new) == tidy(gone.old))
            if twin := next(same, None):
                moved = self.moved(gone.name, twin.name, self.after(twin.name, gone.name))
                made[made.index(gone)] = replace(gone, sort=Sort.MOVED, **moved)
                made.remove(twin)
        return made

    def after(self, name: str, but: str) -> str:
        """The paragraph that stood behind another, `but` for one that has gone."""
        names = [one for one in self.known if one != but]
        return next(iter(names[names.index(name) + 1 :]), "") if name in names else ""

    def verdict(self, sort: Sort, authors: Iterable[Author], name: str, **more: Any) -> Verdict:
        """A verdict about the paragraph handed out under `name`."""
        who = tuple(sorted({author.name: author for author in sorted(authors)}.values()))
        draft = self.handed.identity
        said = "\x1f".join((draft, name, sort, *(author.name for author in who), *more.values()))
        ident = hashlib.sha256(said.encode()).hexdigest()[:16]
        known, source = self.known.get(name), self.handed.sources.get(name)
        return Verdict(ident, sort, self.file, who, known.place if known else "", name, source, **more, draft=draft)

    def rewordings(self) -> Iterator[Verdict]:
        for name, known in self.known.items():
            old = known.paragraph.after
            if (now := self.of.get(name)) is None:
                yield self.verdict(Sort.REMOVED, [self.saved], name, old=old)
                continue
            withdrawn = "".join(piece.text for piece in now.pieces if piece.added and piece.removed)
            for authors, new in self.readings(now, old):
                sort = Sort.REWORDED if tidy(new) else Sort.REMOVED
                yield self.verdict(sort, authors, name, old=old, new=new, words=withdrawn)
            if now.joined and tidy(now.after):
                texts = self.run_on(name) or {"old": old, "new": now.after}
                yield self.verdict(Sort.JOINED, [_or(now.joined, self.saved)], name, **texts)
            if words := _restyled(known.paragraph, now):
                yield self.verdict(Sort.STYLED, [self.saved], name, old=old, words=words)

    def readings(self, now: Paragraph, old: str) -> Iterator[tuple[set[Author], str]]:
        """Who made what of a paragraph: each by themselves where that can be told, else all together."""
        tracked = {author for piece in now.pieces for author in (piece.added, piece.removed) if author}
        names = {author.name for author in tracked}
        apart = not any(piece.added and piece.removed for piece in now.pieces)
        if tidy(now.before) == tidy(old) and apart:
            for name in sorted(names):
                new = "".join(piece.text for piece in now.pieces if _in_version_of(name, piece.added, piece.removed))
                if tidy(new) != tidy(old):
                    yield {author for author in tracked if author.name == name}, new
        elif tidy(now.after) != tidy(old) or not apart:
            mine = set() if tidy(now.before) == tidy(old) else {self.saved}
            yield mine | tracked, now.after

    def additions(self) -> Iterator[Verdict]:
        """Paragraphs that nobody handed out. What was moved away from stands elsewhere."""
        before = ""
        said = {tidy(known.paragraph.after) for known in self.known.values()}
        for number, (name, paragraph) in enumerate(zip(self.names, self.returned.paragraphs, strict=True)):
            if name:
                before = name
                continue
            new, tracked = paragraph.after, [piece.added for piece in paragraph.pieces if piece.added]
            if tidy(new):
                after = self.known[before].paragraph.after if before else ""
                made = self.verdict(Sort.ADDED, tracked or [self.saved], before, new=new, words=after)
                behind = next((one for one in self.names[number:] if one), "")
                yield made if self.within(before, behind) else replace(made, source=None)
            elif tracked:  # added by one, and removed again
                gone = [piece.removed for piece in paragraph.pieces if piece.removed]
                yield self.verdict(Sort.REMOVED, [*tracked, *gone], "", old="".join(p.text for p in paragraph.pieces))
            elif tidy(paragraph.before) and tidy(paragraph.before) not in said:
                gone = [piece.removed for piece in paragraph.pieces if piece.removed]
                yield self.verdict(Sort.REMOVED, gone, "", old=paragraph.before)

    def within(self, before: str, behind: str) -> bool:
        """Whether what stands between two paragraphs stands in one cell."""
        one, other = self.handed.sources.get(before), self.handed.sources.get(behind)
        return one is not None and one == other

    def moves(self) -> Iterator[Verdict]:
        """Paragraphs that stand behind others than they did."""
        present = [name for name in self.names if name and tidy(self.of[name].after)]
        kept = _longest_rise([self.known[name].rank for name in present])
        for number, name in enumerate(present):
            if self.known[name].rank not in kept:
                now = self.of[name]
                authors = [piece.added for piece in now.pieces if piece.added] or [self.saved]
                before, behind = ("", *present)[number], (*present, "")[number + 1]
                yield self.verdict(Sort.MOVED, authors, name, **self.moved(name, before, behind))

    def moved(self, name: str, before: str, behind: str) -> dict[str, Any]:
        """What a move between two paragraphs makes of the cell, where it stays in that; else the paragraph alone."""
        cell, own = self.cell(name), self.known[name].paragraph.after
        words = self.known[before].paragraph.after if before else ""
        others = [one for one in cell if one != name]
        if before in others or behind in others:
            at = others.index(before) + 1 if before in others else others.index(behind)
            old, new = (self.lines(names) for names in (cell, [*others[:at], name, *others[at:]]))
            return {"old": old, "new": new, "words": words}
        return {"old": own, "words": words}

    def run_on(self, name: str) -> dict[str, str]:
        """A paragraph and the next of its cell, and both as one; nothing where it is the last."""
        cell = self.cell(name)
        pair = cell[cell.index(name) :][:2] if cell else []
        return {"old": self.lines(pair), "new": " ".join(self.lines(pair).split("\n"))} if len(pair) == 2 else {}

    def cell(self, name: str) -> list[str]:
        """The paragraphs that come from the cell of which one is `name`, in their order; they stand together."""
        runs = ([*run] for source, run in groupby(self.known, self.handed.sources.get) if source)
        return next((run for run in runs if name in run), [])

    def lines(self, names: Iterable[str]) -> str:
        return "\n".join(self.known[name].paragraph.after for name in names)

    def remarks(self) -> Iterator[Verdict]:
        ours = {remark.text for remark in self.handed.remarks}
        for remark in self.returned.remarks:
            if remark.author.name != AUTHOR or remark.text not in ours:
                answers = remark.answers if remark.answers not in ours else ""
                more = {"remark": remark.text, "words": remark.words, "answers": answers}
                name = self.at(remark)
                old = self.known[name].paragraph.after if name else ""
                yield self.verdict(Sort.REMARK, [_or(remark.author, self.saved)], name, old=old, **more)

    def at(self, remark: Remark) -> str:
        """The name of the paragraph that a comment is at, or of the last one before it."""
        if remark.place is None:
            return ""
        return next((name for name in reversed(self.names[: remark.place + 1]) if name), "")

    def elsewhere(self) -> Iterator[Verdict]:
        """Text beside the running text: what is no longer as it was, and what it is now."""
        was, now = (list(filter(tidy, one.elsewhere.values())) for one in (self.handed, self.returned))
        gone, come = [text for text in was if text not in now], [text for text in now if text not in was]
        for old, new in zip_longest(gone, come, fillvalue=""):
            yield self.verdict(Sort.ELSEWHERE, [self.saved], "", old=old, new=new)


def _known(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, _Known]]:
    over: dict[int, str] = {}
    for rank, paragraph in enumerate(one for one in paragraphs if one.name):
        if paragraph.heading:
            over = {level: text for level, text in over.items() if level < paragraph.heading}
            over[paragraph.heading] = paragraph.after.strip()
        yield paragraph.name, _Known(paragraph, BETWEEN.join(over.values()), rank)


def _names(known: Mapping[str, _Known], paragraphs: Sequence[Paragraph]) -> list[str]:
    """The name of each paragraph; one that lost it gets it back from what it says."""
    names = [paragraph.name if paragraph.name in known else "" for paragraph in paragraphs]
    missing = [name for name in known if name not in names]
    loose = [number for number, name in enumerate(names) if not name and _base(paragraphs[number])]
    if not missing or not loose:
        return names
    by_text: dict[str, list[str]] = {}
    for name in missing:
        by_text.setdefault(tidy(known[name].paragraph.after), []).append(name)
    for at in loose:
        if same := by_text.get(_base(paragraphs[at])):
            names[at] = same.pop(0)
    missing, loose = [name for name in missing if name not in names], [at for at in loose if not names[at]]
    if len(missing) * len(loose) > MOST_PAIRS:
        return names
    pairs = [
        (-score, abs(one - other), at, name)
        for one, name in enumerate(missing)
        for other, at in enumerate(loose)
        if (score := _likeness(tidy(known[name].paragraph.after), _base(paragraphs[at]))) > LIKE
    ]
    for _, _, at, name in sorted(pairs):
        if not names[at] and name not in names:
            names[at] = name
    return names


def _base(paragraph: Paragraph) -> str:
    return tidy(paragraph.before) or tidy(paragraph.after)


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > LIKE and matcher.quick_ratio() > LIKE else 0.0


def _in_version_of(name: str, added: Author | None, removed: Author | None) -> bool:
    """Whether a piece stands in the text as one reviewer wants it, without what the others did."""
    return (added is None or added.name == name) and (removed is None or removed.name != name)


def _or(author: Author, other: Author) -> Author:
    return author if author.name else other


def _restyled(was: Paragraph, now: Paragraph) -> str:
    """The words of a paragraph, where it says the same, that became bold or italic or no longer are."""
    before, after = list(_letters(was)), list(_letters(now))
    if [letter for letter, *_ in before] != [letter for letter, *_ in after]:
        return ""
    changed = "".join(a[0] if a != b else " " for a, b in zip(after, before, strict=True))
    return " ".join(changed.split())


def _letters(paragraph: Paragraph) -> Iterator[tuple[str, bool, bool]]:
    for piece in paragraph.pieces:
        if not piece.removed:
            for letter in piece.text:
                yield letter, piece.bold and not letter.isspace(), piece.italic and not letter.isspace()


def _longest_rise(ranks: Sequence[int]) -> frozenset[int]:
    """The largest set of ranks that stand in their order: all others were moved."""
    tails: list[int] = []
    chains: list[tuple[int, ...]] = []
    for rank in ranks:
        at = bisect_left(tails, rank)
        chain = (*(chains[at - 1] if at else ()), rank)
        tails[at : at + 1], chains[at : at + 1] = [rank], [chain]
    return frozenset(chains[-1]) if chains else frozenset()
