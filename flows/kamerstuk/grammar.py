"""All references in a text. In: any Dutch text. Out: `Reference`s in order, spans disjoint; what is malformed is None with a flag.

The text is cut into tokens once; at each token that can begin a reference a rule reads on, by hand and without
backtracking over more than a bounded number of tokens, so the time grows with the length of the text and no faster.

Flags of a reference, as codes; those in expectations/ become findings:

- `dossier-onleesbaar`: digits stand where the dossier should and are none (`30 3024`)
- `vergaderjaar-ongeldig`: two years that do not follow each other (`2013-2013`), or a single year
- `nummer-onleesbaar`: a number of a paper that is none (`nr. PM`), or a range that does not ascend
- `kamer-tegenstrijdig`: both chambers are named
- `letter-in-tweede-kamer`: a letter as number, while since 2003 only papers of the Eerste Kamer have letters
- `cijfer-in-eerste-kamer`: a numeral as number, while since 2003 papers of the Eerste Kamer have letters
- `zonder-kamer`, `zonder-vergaderjaar`, `zonder-dossier`, `zonder-nummer`, `zonder-jaar`: that part is not given
- `verwijzing-volgt`: a placeholder for a reference still to come
"""

from __future__ import annotations

from collections.abc import Callable

from flows.kamerstuk.gazettes import GAZETTES, read_gazettes
from flows.kamerstuk.handelingen import read_aanhangsel, read_handelingen
from flows.kamerstuk.head import CUES, read_head
from flows.kamerstuk.idents import OB_PREFIXES, read_com, read_ecli, read_identifier, read_placeholder, read_registered
from flows.kamerstuk.kamerstukken import read_bare, read_number_first, read_with_head
from flows.kamerstuk.tokens import Reader
from flows.model.reference import Reference, Soort

Rule = Callable[[Reader], list[Reference]]


def parse(text: str) -> tuple[Reference, ...]:
    """Every reference in `text`."""
    reader = Reader(text)
    found: list[Reference] = []
    at, count = 0, len(reader.tokens)
    while at < count:
        low = reader.tokens[at].low
        rules = _NUMBER_RULES if low[0] in "0123456789" else _RULES.get(low)
        if rules:
            for rule in rules:
                reader.at = at
                references = rule(reader)
                if references:
                    found += references
                    reader.floor = reader.at
                    at = reader.at - 1
                    break
        at += 1
    return tuple(found)


def _read_cited(r: Reader) -> list[Reference]:
    start = r.at
    head = read_head(r)
    if head is None:
        return []
    if head.draft.kind is Soort.HANDELINGEN:
        return read_handelingen(r, head, start)
    if head.draft.kind is Soort.AANHANGSEL:
        return read_aanhangsel(r, head, start)
    return read_with_head(r, head, start)


def _rules() -> dict[str, tuple[Rule, ...]]:
    rules: dict[str, tuple[Rule, ...]] = {cue: (_read_cited,) for cue in CUES}
    rules |= {gazette: (read_gazettes,) for gazette in GAZETTES}
    rules |= {prefix: (read_identifier, *rules.get(prefix, ())) for prefix in OB_PREFIXES}
    rules |= {word: (read_number_first,) for word in ("nr", "nrs", "nummer", "nummers", "stuk")}
    rules |= {"ecli": (read_ecli,), "com": (read_com,), "pm": (read_placeholder,), "p": (read_placeholder,)}
    return rules


_RULES = _rules()
_NUMBER_RULES: tuple[Rule, ...] = (read_registered, _read_cited, read_bare)
