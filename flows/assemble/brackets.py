"""What of a bracket with references goes into the note and what stays in the text. Text and spans in, spans out.

A reference leaves with the words that only point to it or say where in it; other words stay between the brackets. The
bracket leaves as a whole where nothing else is in it, or where its words make no sense without the reference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.assemble.spans import Span, gaps_of, strip
from flows.assemble.tokens import FILLER
from flows.model.reference import Reference

_POINTER = r"""(?:zie|ook|eveneens|tevens|onder\ meer|onder\ andere|met\ name|in\ het\ bijzonder|laatstelijk|hiervoor|hierover|verder
    |bijvoorbeeld|vergelijk|(?:respectievelijk|vgl|cf|resp|bijv|bv|o\.a|o\.m|m\.n|i\.h\.b|b\.v)\.?)(?!\w)"""
_ADDRESS = r"(?:https?://|www\.)[^\s;]*[^\s.,;:)\]]"
_ONLY_POINTING = re.compile(rf"(?:[^\w{FILLER}]|(?<!\w)(?:{_POINTER}|en\b|{_ADDRESS}))*+", re.IGNORECASE | re.VERBOSE)
_LEAD = re.compile(rf"(?:(?<!\w){_POINTER}[\s,:]*)+\Z", re.IGNORECASE | re.VERBOSE)
_PLACE_IN_IT = re.compile(
    r"(?:zie )?(?:ook )?(?:tabel|figuur|paragraaf|par\.|§|hoofdstuk|onderdeel|voetnoot|bijlagen?\b)[^,;]*",
    re.IGNORECASE,
)
_ONLY_JOINING = re.compile(r"[\s,;/]*(?:en|of|alsmede)?[\s,;]*")
# Words that want the reference behind them; and those that want the one before them.
_UNFINISHED = re.compile(
    r"(?<!\w)(?:en|of|alsmede|in|bij|van|met|op|aan|als|per|uit|over|onder|volgens|conform|door|naar|voor|tot|sinds"
    r"|de|het|een|deze|dit|dat|is)\Z",
    re.IGNORECASE,
)
CONTINUED = re.compile(r"(?:en|of|alsmede)\b", re.IGNORECASE)
_WORD = re.compile(rf"[\w{FILLER}]")
_SEPARATORS = " \t\u00a0\n,;:"


@dataclass(frozen=True, slots=True)
class Noted:
    """A reference in the note, with the words that go along before and behind it."""

    lead: Span
    reference: Reference
    tail: Span


@dataclass(frozen=True, slots=True)
class Division:
    """What is noted and what words are kept; `whole`: the bracket goes as it is."""

    whole: bool
    noted: tuple[Noted, ...]
    kept: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Gap:
    """The words between two references: of the one before (`tail`), of none, of the one behind (`lead`)."""

    tail: Span
    words: Span
    lead: Span


def divide(text: str, inner: Span, references: Sequence[Reference]) -> Division:
    """Divides what stands within a bracket; commentary notes in `text` are blanked."""
    last = len(references)
    spans = gaps_of(inner, [reference.span for reference in references])
    gaps = [_gap(text, span, behind=index > 0, before=index < last) for index, span in enumerate(spans)]
    kept = tuple(gap.words for gap in gaps if _WORD.search(text, *gap.words))
    whole = (
        not kept
        or all(_ONLY_POINTING.fullmatch(text, *span) for span in spans)
        or any(_wants_what_follows(text, gap) for gap in gaps[:-1])
        or (kept[0] != gaps[0].words and CONTINUED.match(text, *kept[0]) is not None)
    )
    leads, tails = (gap.lead for gap in gaps), (gap.tail for gap in gaps[1:])
    return Division(whole, tuple(map(Noted, leads, references, tails)), kept)


def _gap(text: str, span: Span, *, behind: bool, before: bool) -> _Gap:
    """Divides the words of a gap `behind` a reference and `before` one."""
    start, end = span
    words = strip(text, span, _SEPARATORS)
    if behind and _PLACE_IN_IT.fullmatch(text, *words):
        return _Gap((start, words[1]), (end, end), (end, end))
    lead = _LEAD.search(text, start, end) if before else None
    cut = lead.start() if lead else end
    if behind and before and _ONLY_JOINING.fullmatch(text, start, cut):
        start = cut
    return _Gap((span[0], span[0]), strip(text, (start, cut), _SEPARATORS), strip(text, (cut, end), _SEPARATORS))


def _wants_what_follows(text: str, gap: _Gap) -> bool:
    """Whether the words before a reference cannot end where they do."""
    end = gap.words[1]
    return text[end : end + 1] not in {",", ";", ":"} and _UNFINISHED.search(text, *gap.words) is not None
