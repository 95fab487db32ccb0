"""All references in a text.

In: any Dutch text. Out: `Reference`s in order, their spans disjoint; a malformed part is None, with a flag.

The text is cut into tokens once; at each token that can begin a reference a rule reads on, by hand and
without backtracking over more than a bounded number of tokens, so the time grows with the length of the text
and no faster.

Flags of a reference, as codes; those in expectations/ become findings:

- `dossier-onleesbaar`: digits stand where the dossier should and are none (`30 3024`)
- `vergaderjaar-ongeldig`: two years that do not follow each other (`2013-2013`), or a single year
- `nummer-onleesbaar`: a number of a paper that is none (`nr. PM`), or a range that does not ascend
- `kamer-onleesbaar`: a number stands where the chamber should and is none (`Kamerstukken 11, 1997/98`)
- `kamer-tegenstrijdig`: both chambers are named
- `letter-in-tweede-kamer`: a letter as number, while since 2003 only papers of the Eerste Kamer have letters
- `cijfer-in-eerste-kamer`: a numeral as number, while since 2003 papers of the Eerste Kamer have letters
- `commissievergadering`: Handelingen of a committee (`UCV`), whose sittings have numbers of their own
- `zonder-kamer`, `zonder-vergaderjaar`, `zonder-dossier`, `zonder-nummer`, `zonder-jaar`: not given
- `verwijzing-volgt`: a placeholder for a reference still to come
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flows.kamerstuk.aanhangsel import read_aanhangsel
from flows.kamerstuk.cues import CUES, read_head
from flows.kamerstuk.gazettes import GAZETTES, read_gazettes
from flows.kamerstuk.handelingen import read_handelingen
from flows.kamerstuk.head import PAPER_WORDS
from flows.kamerstuk.idents import (
    OB_PREFIXES,
    read_com,
    read_ecli,
    read_identifier,
    read_paper_to_come,
    read_placeholder,
    read_registered,
)
from flows.kamerstuk.kamerstukken import read_bare, read_number_first, read_with_head
from flows.kamerstuk.tokens import Reader, may_hold_a_reference
from flows.model.reference import Reference, Soort

Rule = Callable[[Reader], list[Reference]]
# No reference has more tokens than this before its first digit.
_REACH = 30


def parse(text: str) -> tuple[Reference, ...]:
    """Every reference in `text`."""
    if not may_hold_a_reference(text):
        return ()
    reader = Reader(text)
    found: list[Reference] = []
    for at in _beginnings(reader):
        if at < max(reader.floor, reader.tried):
            continue
        token = reader.tokens[at]
        for rule in _number_rules(reader, at) if token.digits else _RULES[token.low]:
            reader.at = at
            references = rule(reader)
            if references:
                found += references
                reader.floor = reader.at
                break
    return tuple(found)


def _beginnings(r: Reader) -> Iterator[int]:
    """The tokens at which a reference can begin: those with a rule, and digits or the like close behind.

    Digits and commas alone are none, however many.
    """
    firm = (at for at, token in enumerate(r.tokens) if token.firm)
    words = (at for at, token in enumerate(r.tokens) if not token.digits and token.low != ",")
    near = word = -1
    for at, token in enumerate(r.tokens):
        if token.digits:
            while word < at:
                word = next(words)  # there is one: the empty tokens behind the last
            if word - at < _REACH:
                yield at
        elif token.low in _RULES:
            while near < at:
                near = next(firm, r.count + _REACH)
            if near - at < _REACH:
                yield at


def _read_cited(r: Reader) -> list[Reference]:
    start = r.at
    head = read_head(r)
    if head is None:
        return []
    behind = r.at
    found = _READERS[head.draft.kind](r, head, start)
    if not found:
        # A part of this head announces no more than the whole, so nothing begins in it.
        r.tried = max(r.tried, behind)
    return found


def _rules() -> dict[str, tuple[Rule, ...]]:
    rules: dict[str, tuple[Rule, ...]] = dict.fromkeys(CUES, (_read_cited,))
    rules |= dict.fromkeys(PAPER_WORDS, (_read_cited, read_paper_to_come))
    rules |= dict.fromkeys(GAZETTES, (read_gazettes,))
    rules |= {prefix: (read_identifier, *rules.get(prefix, ())) for prefix in OB_PREFIXES}
    rules |= dict.fromkeys(("nr", "nrs", "nummer", "nummers", "stuk"), (read_number_first,))
    rules |= {"ecli": (read_ecli,), "com": (read_com,), "pm": (read_placeholder,), "p": (read_placeholder,)}
    return rules


_READERS = {
    Soort.KAMERSTUK: read_with_head, Soort.HANDELINGEN: read_handelingen, Soort.AANHANGSEL: read_aanhangsel,
}  # fmt: skip
_RULES = _rules()
_YEAR_RULES: tuple[Rule, ...] = (read_registered, _read_cited)
_DOSSIER_RULES: tuple[Rule, ...] = (read_bare,)


def _number_rules(r: Reader, at: int) -> tuple[Rule, ...]:
    """The rules for a number, by its length."""
    length = len(r.tokens[at].digits)
    if length == 4:
        return _YEAR_RULES if r.tokens[at + 1].low in ("-", "/", "z", "d") else ()
    if length == 5 or (length == 2 and (len(r.tokens[at + 1].digits) == 3 or r.tokens[at + 1].low == ".")):
        return _DOSSIER_RULES
    return ()
