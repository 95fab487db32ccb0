"""Staatsblad, Staatscourant, Tractatenblad: `Stb. 2011, 35`, `Stcrt. 24 augustus 2000, nr. 163`.

In: a reader at the word for the paper. Out: its references with the reader behind them; none where no number
follows.
"""

from __future__ import annotations

from flows.kamerstuk.draft import Draft
from flows.kamerstuk.nummers import take_number_word
from flows.kamerstuk.pages import read_pages, take_range
from flows.kamerstuk.parts import is_date, is_plain_number, is_year, read_date, starts_elsewhere
from flows.kamerstuk.tokens import BREAK, Reader
from flows.model.quarter import MONTHS
from flows.model.reference import Reference, Soort

GAZETTES = {
    "stb": Soort.STB, "staatsblad": Soort.STB, "stbl": Soort.STB,
    "stcrt": Soort.STCRT, "staatscourant": Soort.STCRT, "strct": Soort.STCRT, "stct": Soort.STCRT,
    "trb": Soort.TRB, "tractatenblad": Soort.TRB,
}  # fmt: skip
_MOST_ITEMS, _LONGEST_RANGE, _LOOK_BACK = 40, 50, 60
_DECREES = ("wet", "rijkswet", "besluit", "regeling")


def read_gazettes(r: Reader) -> list[Reference]:
    """The reference here and those that share its word: `Stb. 1998, 203; 1999, 34`."""
    start = r.at
    if r.peek(-1).low == "belgisch":
        return []
    kind = GAZETTES[r.peek().low]
    r.at += 1
    r.take(".")
    if r.take_words("van", "het", "koninkrijk", "der", "nederlanden"):
        r.take(",")
    r.skip(",:(", 1)
    draft = Draft(kind)
    if not _read_one(r, draft):
        return []
    if draft.jaar is None:
        draft.jaar = _year_before(r, start)
        if draft.jaar is None:
            draft.flags.append("zonder-jaar")
    found = [draft.finish(r, start)]
    while True:
        mark = r.at
        r.skip(",;", 1)
        r.take("en", "&")
        start = r.at
        draft = Draft(kind)
        if start == mark or not is_year(r.digits()) or not _read_one(r, draft) or draft.jaar is None:
            r.at = mark
            return found
        found.append(draft.finish(r, start))


def _read_one(r: Reader, draft: Draft) -> bool:
    """Year and number in any order, or a number alone, and pages."""
    if not _read_year_and_numbers(r, draft):
        return False
    _read_year_behind(r, draft)
    draft.pages += read_pages(r)
    return True


def _read_year_and_numbers(r: Reader, draft: Draft) -> bool:
    mark = r.at
    if r.take("jaargang", "jrg", "van", "uit"):
        r.take(".")
    if is_year(r.digits()) and not r.letters(1)[: r.glued(1)] and _read_year_first(r, draft):
        return True
    r.at = mark
    year = read_date(r)
    if year is not None:
        r.skip(",(/", 2)
        take_number_word(r)
        if year and _read_list(r, draft, year):
            return True
        r.at = mark
        return False
    named = take_number_word(r)
    if named and is_year(r.digits()) and r.peek(1).low == "/" and _read_year_first(r, draft):
        return True
    plain = not is_year(r.digits()) and (is_plain_number(r) or _is_old_number(r))
    if (named or plain) and _read_list(r, draft, None):
        return True
    r.at = mark
    return False


def _read_year_first(r: Reader, draft: Draft) -> bool:
    year = r.digits()
    r.at += 1
    r.skip(",;:/-.()", 2)
    if is_date(r):
        return False
    take_number_word(r)
    r.skip(":", 1)
    return _read_list(r, draft, year)


def _read_year_behind(r: Reader, draft: Draft) -> None:
    """The year behind the number, in a date or by itself: `, 24 augustus 2000`, `van 2012`."""
    mark = r.at
    r.skip(",(", 1)
    start = r.at
    year = read_date(r)
    if not year and draft.jaar is None:
        r.at = start
        r.take("van", "uit", "jaargang")
        year = r.digits() if is_year(r.digits()) else ""
        r.at += 1
    if year and draft.jaar in (None, year):
        draft.jaar = year
    else:
        r.at = mark


def _read_list(r: Reader, draft: Draft, year: str | None) -> bool:
    """The numbers, of a year if it stood before them."""
    first = _read_number(r, draft.kind)
    if first is None:
        return False
    draft.jaar = year
    draft.nummers.append(first)
    for _ in range(_MOST_ITEMS):
        mark = r.at
        if take_range(r) and (last := _read_number(r, draft.kind)) and _extend(draft, last):
            continue
        r.at = mark
        comma = r.skip(",;", 1)
        joined = r.take("en", "&", "alsmede")
        named = take_number_word(r)
        next_year = is_year(r.digits()) and (draft.kind is not Soort.STCRT or year is None or len(r.digits(2)) > 0)
        fits = (comma or joined) and (
            named or (is_plain_number(r, words_may_follow=joined and not comma) and not next_year)
        )
        number = _read_number(r, draft.kind) if fits else None
        if number is None:
            r.at = mark
            break
        draft.nummers.append(number)
    return True


def _extend(draft: Draft, last: str) -> bool:
    first = draft.nummers[-1]
    if not (first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _LONGEST_RANGE):
        return False
    draft.nummers += [str(number) for number in range(int(first) + 1, int(last) + 1)]
    draft.ranges.append((first, last))
    return True


def _read_number(r: Reader, kind: Soort) -> str | None:
    """A number; before 1950 the Staatsblad put a letter for the year before it (`K 219`)."""
    digits = r.digits()
    if _is_old_number(r):
        r.at += 2
        return f"{r.peek(-2).text} {r.peek(-1).text}"
    if kind is Soort.STCRT and len(digits) == 2 and starts_elsewhere(r):
        r.at += 2 if r.digits(1) else 3
        return digits + r.peek(-1).text
    if not 0 < len(digits) <= 5 or is_date(r):
        return None
    letter = r.letters(1) if r.glued(1) else ""
    if len(letter) > 1:
        return None
    r.at += 2 if letter else 1
    return digits + letter


def _is_old_number(r: Reader) -> bool:
    return len(r.letters()) == 1 and r.letters().isupper() and 0 < len(r.digits(1)) <= 3


def _year_before(r: Reader, start: int) -> str | None:
    """The year of the decree that was published there: `wet van 7 juni 2006, Stb. 330`.

    Its date stands right before, its number apart, or is the only one in the title before it.
    """
    found: list[int] = []
    near = True
    for at in range(start - 1, max(start - _LOOK_BACK, 1), -1):
        token = r.tokens[at]
        if token.low in (";", BREAK) or (token.low == "." and r.tokens[at + 1].text[:1].isupper()):
            break
        if is_year(token.text) and r.tokens[at - 1].low in MONTHS:
            if near:
                return token.text
            found.append(at)
        near = near and not (token.text.isalpha() and len(token.text) > 1 and token.low not in ("nr", "nrs", "no"))
    # Three tokens are the date, `van` and a word for the decree stand before it.
    dated = len(found) == 1 and any(word.low in _DECREES for word in r.tokens[max(found[0] - 5, 0) : found[0] - 2])
    return r.tokens[found[0]].text if dated else None
