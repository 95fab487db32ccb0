"""Parts that every kind of reference has: vergaderjaren, dates, pages, and plain numbers in a list.

In: a reader before the part. Out: the part as values with the reader behind it, or None (or nothing) with the
reader where it was.
"""

from __future__ import annotations

from typing import NamedTuple

from flows.kamerstuk.tokens import BREAK, Reader, words
from flows.model.quarter import MONTHS

_MONTHS = {*MONTHS, *(month[:3] for month in MONTHS), "mrt", "sept"}
YEAR_WORDS = words("""
    vergaderjaar vergaderjaren vergjaar verg vj zitting zittingen zittingsjaar zittingsjaren zittingjaar
    jaargang
    """)
DATE_WORDS = words("d dd van op de")
_FIRST_YEAR, _LAST_YEAR = 1813, 2099

# A lower-case word right behind a number makes it a quantity (`7, 12 leden`), unless it is one of these.
_AFTER_A_NUMBER = words("""
    en of t tot tm p pp blz pag pagina bladzijde d dd van alsmede resp respectievelijk inzake over
    bijlage met nr nrs e ev evv vergaderjaar herdruk hierna zoals waarin waarbij op in bij is zijn wordt
    worden heeft hebben ziet zien gaat staat r l item dat die als onder zie voor
    """)


class Years(NamedTuple):
    """Vergaderjaren as `YYYY-YYYY`; none where what stands there is not a vergaderjaar (`2013-2013`)."""

    found: tuple[str, ...]
    marked: bool


def is_year(digits: str) -> bool:
    """Whether a word is four digits that can be a year."""
    return len(digits) == 4 and digits.isascii() and digits.isdecimal() and _FIRST_YEAR <= int(digits) <= _LAST_YEAR


def is_date(r: Reader) -> bool:
    """Whether the number here begins a date such as `12 juni 2013`."""
    return len(r.digits()) in (1, 2) and r.peek(1).low in _MONTHS


def is_plain_number(r: Reader, *, words_may_follow: bool = False) -> bool:
    """Whether the number here stands for itself: no date, no decimal, no quantity, no ordinal."""
    if not r.digits() or is_date(r):
        return False
    after = r.peek(1)
    if r.glued(1) and (
        (after.text.isalpha() and len(after.text) > 1) or (after.low in ",.:" and r.glued(2) and r.digits(2))
    ):
        return False
    if r.glued(1) and len(r.letters(1)) == 1:
        after = r.peek(2)
    if after.low in ("%", "\u20ac", "\u00b0", "euro", "miljoen", "miljard"):
        return False
    return words_may_follow or not after.text.islower() or not after.text.isalpha() or after.low in _AFTER_A_NUMBER


def read_date(r: Reader) -> str | None:
    """The year of a date (`8 augustus 1997`, `d.d. 8-8-1997`); an empty text for a date without one."""
    mark = r.at
    if not r.digits() and r.peek().low not in DATE_WORDS:
        return None
    if not (r.take_words("d", ".", "d", ".") or r.take("dd", "van", "op")):
        r.take("de")
    r.take(".")
    day = r.digits()
    if is_date(r):
        r.at += 2
        r.take(".")
        if is_year(r.digits()):
            r.at += 1
            return r.peek(-1).text
        return ""
    divided = r.peek(1).low == r.peek(3).low and r.peek(1).low in ("-", "/", ".")
    if 0 < len(day) <= 2 and divided and len(r.digits(2)) in (1, 2) and is_year(r.digits(4)):
        r.at += 5
        return r.peek(-1).text
    r.at = mark
    return None


def read_years(r: Reader) -> Years | None:
    """One vergaderjaar or several: `vergaderjaar 2012-2013`, `1999/00`, `1993/94-1996/97`, `08-09`."""
    mark = r.at
    marked = r.peek().low in YEAR_WORDS
    if not (marked or r.digits() or r.peek().low == "'"):
        return None
    if marked:
        r.at += 1
        r.take(".")
        if r.take("jaar", "jr"):
            r.take(".")
        r.skip(":,", 1)
    first = _read_year(r)
    if first is None:
        if marked and is_year(r.digits()):
            r.at += 1
            return Years((), True)
        r.at = mark
        return None
    found = [first]
    while first and len(found) < 4:
        before = r.at
        if not (r.take("-", "en", "&", ",") or r.take_words("t", "/", "m")):
            break
        following = _read_year(r) if len(r.digits()) == 4 else None
        if not following:
            r.at = before
            break
        found.append(following)
    return Years(tuple(found) if first else (), marked)


def _read_year(r: Reader) -> str | None:
    """A vergaderjaar; an empty text where two years stand there that do not follow each other."""
    mark = r.at
    r.take("'")
    first, dash = r.digits(), r.peek(1).low
    r.at += 2
    # A dash is also typed twice: `1985/-86`, `1985--86`.
    r.take("-")
    r.take("'")
    second = r.digits()
    if first and second and dash in ("-", "/") and len(second) <= len(first):
        r.at += 1
        # A third number makes it a date (`08-09-2012`, `2012-12-05`), a letter something else.
        third = r.peek().low in ("-", "/") and r.glued() and r.glued(1) and len(r.digits(1)) in (1, 2, 4)
        # Behind two whole years it is a third vergaderjaar or an old dossier (`1958-1959-5380`).
        longer = third and not (len(r.digits(1)) == 4 and (len(second) == 4 or r.peek(2).low in ("-", "/")))
        if not longer and not (r.glued() and r.letters()):
            if is_year(first) and (len(second) == 2 or is_year(second)):
                start = int(first)
                follows = int(second) in ((start + 1) % 100, start + 1) and len(second) in (2, 4)
                return f"{start}-{start + 1}" if follows and (len(second) == 2 or int(second) == start + 1) else ""
            if len(first) == len(second) == 2 and int(second) == (int(first) + 1) % 100:
                start = int(first) + (1900 if int(first) > 49 else 2000)
                return f"{start}-{start + 1}"
    r.at = mark
    return None


def starts_elsewhere(r: Reader) -> bool:
    """Whether the number here begins a dossier (`29 544`) or a vergaderjaar, so is no item of a list."""
    digits = r.digits()
    if len(digits) == 5 or (len(digits) == 2 and len(r.digits(1)) == 3):
        return True
    if len(digits) == 2 and r.peek(1).low == "." and r.glued(1) and r.glued(2) and len(r.digits(2)) == 3:
        return True
    return is_year(digits) and r.peek(1).low in ("-", "/") and bool(r.digits(2))


def ends_here(r: Reader) -> bool:
    """Whether nothing follows that belongs to what was read: an end, a closing sign, or a break."""
    return r.peek().low in ("", ".", ",", ";", ":", ")", "]", "!", "?", '"', "'", "\u201d", "|", BREAK)
