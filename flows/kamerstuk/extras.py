"""What may stand between and behind number and pages: kind of paper, annex, vergaderjaar, date.

In: a reader behind a dossier, a number or a page. Out: pages, annex and vergaderjaar in the draft, and the
reader behind all that belongs to the reference.
"""

from __future__ import annotations

from flows.kamerstuk.annexes import read_annex_behind
from flows.kamerstuk.chambers import take_chamber
from flows.kamerstuk.draft import Draft
from flows.kamerstuk.pages import PAGE_WORDS, page_follows, read_pages, take_page_word
from flows.kamerstuk.parts import DATE_WORDS, YEAR_WORDS, read_date, read_years
from flows.kamerstuk.tokens import BREAK, Reader, words

_SHORT_KINDS = words("mvt mva nnavv nnav nv nnv nnavnv nnv vv vnv nr herdruk hd ev nva")
# Abbreviations that are something else as well, unless they stand in brackets.
_AMBIGUOUS_KINDS = words("vv nv ev nr hd")
_KINDS = {
    "memorie": ["memorie van toelichting", "memorie van antwoord"],
    "nadere": ["nadere memorie van antwoord"],
    "nota": [
        "nota naar aanleiding van het verslag", "nota naar aanleiding van het eindverslag",
        "nota naar aanleiding van het nader verslag", "nota n . a . v . het verslag", "nota van wijziging",
        "nota",
    ],
    "tweede": ["tweede nota van wijziging"],
    "nader": ["nader rapport", "nader verslag"],
    "advies": ["advies raad van state", "advies van de raad van state", "advies"],
    "voorlopig": ["voorlopig verslag"],
    "verslag": ["verslag"],
    "eindverslag": ["eindverslag"],
    "voorstel": ["voorstel van wet"],
    "gewijzigd": ["gewijzigd voorstel van wet"],
    "koninklijke": ["koninklijke boodschap"],
    "amendement": ["amendement"],
    "motie": ["motie"],
    "brief": ["brief"],
    "toelichting": ["toelichting"],
}  # fmt: skip
_SECTION_WORDS = ("\u00a7", "par", "paragraaf")
_BEGINNINGS = frozenset(
    [*_SHORT_KINDS, *_KINDS, *_SECTION_WORDS, *YEAR_WORDS, *PAGE_WORDS, *DATE_WORDS, "bijlage", "bijl", "("],
)
# Digits begin a date or a vergaderjaar.
_LENGTHS = (0, 1, 2, 4)
_LONGEST_BRACKET = 10
_MOST_EXTRAS = 6


def read_extras(r: Reader, draft: Draft) -> None:
    """Takes whatever of these stands here, in any order."""
    for _ in range(_MOST_EXTRAS):
        ahead = 0
        while ahead < 2 and r.peek(ahead).low in (",", ";", ":", "-", "(", "/"):
            ahead += 1
        digits, bracketed = r.digits(ahead), r.peek(ahead - 1).low == "(" and ahead
        if len(digits) not in _LENGTHS or not (digits or bracketed or r.peek(ahead).low in _BEGINNINGS):
            return
        pages = read_pages(r)
        draft.pages += pages
        if not (
            pages
            or read_annex_behind(r, draft)
            or _read_years_behind(r, draft)
            or _take_date(r)
            or _take_kind(r)
            or _take_section(r)
            or take_document(r)
        ):
            return


def take_document(r: Reader) -> bool:
    """Moves past the number of the same paper in another register: `(2023D39037)`."""
    if r.peek().text != "(" or r.peek(4).text != ")":
        return False
    if len(r.digits(1)) == 4 and r.peek(2).text in ("Z", "D") and len(r.digits(3)) >= 4 and r.glued(2) and r.glued(3):
        r.at += 5
        return True
    return False


def _read_years_behind(r: Reader, draft: Draft) -> bool:
    """A vergaderjaar behind the dossier or number: `(vergaderjaar 2012-2013)`, `, 2004-2005`."""
    if draft.years or "vergaderjaar-ongeldig" in draft.flags:
        return False
    mark = r.at
    opened = r.take("(")
    separated = r.take(",") if not opened else False
    chamber = take_chamber(r) if opened else None
    if chamber:
        r.take(",")
    years = read_years(r)
    # Without the word a period could be meant, but not in brackets, nor between dossier and number.
    fits = (
        years is not None
        and (years.found or years.marked)
        and (years.marked or opened or (separated and not draft.nummers))
    )
    if fits and years is not None and (not opened or r.take(")")):
        draft.add_years(years)
        if chamber:
            draft.add_chamber(chamber)
        return True
    r.at = mark
    return False


def _take_date(r: Reader) -> bool:
    """A date, if something of the reference follows it: `32 824, 9 september 2013, nr. 34`."""
    mark = r.at
    r.take(",")
    if read_date(r) is not None:
        after = r.at
        r.take(",")
        if r.peek().low in ("nr", "nrs") or take_page_word(r):
            r.at = after
            return True
    r.at = mark
    return False


def _take_kind(r: Reader) -> bool:
    """The kind of the paper: abbreviated (`MvT`, `(NV)`), or in words before the page, or in brackets."""
    mark = r.at
    opened = r.take("(")
    if not opened:
        r.take(",", ":")
    if r.peek().low in _SHORT_KINDS and (opened or r.peek().low not in _AMBIGUOUS_KINDS):
        r.at += 1
        if not opened or r.take(")"):
            return True
    elif any(r.take_words(*kind.split()) for kind in _KINDS.get(r.peek().low, ())) and (
        r.take(")") if opened else page_follows(r)
    ):
        return True
    r.at = mark
    return _take_bracket(r)


def _take_section(r: Reader) -> bool:
    """A section, if a page follows: `nr. 3, par. 4.2, p. 7`."""
    mark = r.at
    r.take(",")
    if r.take(*_SECTION_WORDS):
        r.take(".")
        while r.digits():
            r.at += 1
            r.take(".")
        if page_follows(r):
            return True
    r.at = mark
    return False


def _take_bracket(r: Reader) -> bool:
    """Any few words in brackets, if a page follows: `nr. 3 (tweede druk), p. 5`."""
    mark = r.at
    if r.take("("):
        for _ in range(_LONGEST_BRACKET):
            if r.take(")"):
                if page_follows(r):
                    return True
                break
            if r.peek().low in ("", "(", BREAK):
                break
            r.at += 1
    r.at = mark
    return False
