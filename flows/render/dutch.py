"""How dates, amounts, numbers and running text are written in Dutch.

In: values. Out: text. A space that must not end a line becomes U+00A0, and a straight quotation mark or apostrophe the curved one
that it stands for; nothing else of a text is changed, and it keeps its length.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Context, localcontext

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal, format_scientific

from flows.model.quarter import MONTHS, Periode

LOCALE = "nl_NL"
HARD_SPACE = "\u00a0"
SHORT, BEYOND = 12, 1e15  # characters; a number without a name
ANY_SIZE = Context(prec=350)  # digits; a float has no more before its point than 309

_KEPT_TOGETHER = re.compile(
    r"(?<=\bnr\.) (?=\w)|(?<=\bnrs\.) (?=\w)|(?<=\bp\.) (?=\d)|(?<=\bblz\.) (?=\d)"
    r"|(?<=\bart\.) (?=\d)|(?<=\bartikel) (?=\d)|(?<=\bbijlage) (?=\d)|(?<=\bitem) (?=\d)|(?<=\bd\.d\.) (?=\d)"
    r"|(?<=[€§]) (?=\d)|(?<=\b\d\d) (?=\d{3}\b)|(?<=\d) (?=%)|(?<=\d) (?=(?:miljoen|miljard|mln|mld)\b)"
    rf"|(?<=\b\d) (?=(?:{'|'.join(MONTHS)})\b)|(?<=\b\d\d) (?=(?:{'|'.join(MONTHS)})\b)",
)
APOSTROPHE = "\u2019"
_CURVED = {"'": ("\u2018", APOSTROPHE), '"': ("\u201c", "\u201d")}
_STRAIGHT = re.compile("['\"]")
_BEFORE_OPENING = " \u00a0\n\t([{/\u2013\u2014\u2018\u201c'\""
_ELIDED = re.compile(r"(?:[stnkmr]|ns|er|em|tis|twas|\d\d)\b")  # 's, 't, 'n, '90
_CLOSES = {mark: re.compile(rf"\S{mark}(?!\w)") for mark in _CURVED}
_TYPED_AS_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T][\d:]+)?")


def typeset(text: str) -> str:
    """`text` as it is printed.

    Hard spaces where a line may not end: `nr. 7`, `p. 3`, `€ 20`, `32 824`, `19 mei`. Curved quotation marks and apostrophes: `‘wel’`,
    `“niet”`, `’s ochtends`, `auto’s`. A mark that may be anything, such as that of feet or inches, is left alone.
    """
    return _curved(_KEPT_TOGETHER.sub(HARD_SPACE, text))


def _curved(text: str) -> str:
    if "'" not in text and '"' not in text:
        return text
    made, opened = list(text), {"'": False, '"': False}
    for found in _STRAIGHT.finditer(text):
        mark, before, after = found[0], text[: found.start()], text[found.end() :]
        opens = not before or before[-1] in _BEFORE_OPENING
        if mark == "'" and (
            _ELIDED.match(after) if opens else before[-1].isalpha() and (after[:1].isalpha() or not opened[mark])
        ):
            made[found.start()] = APOSTROPHE
        elif opens and after.strip() and not after[0].isspace() and _CLOSES[mark].search(after):
            made[found.start()], opened[mark] = _CURVED[mark][0], True
        elif opened[mark] and not opens:
            made[found.start()], opened[mark] = _CURVED[mark][1], False
    return "".join(made)


def day(value: date) -> str:
    """A date in words: `19 mei 2015`."""
    return format_date(value, "d MMMM y", locale=LOCALE).replace(" ", HARD_SPACE, 1)


def period(value: Periode) -> str:
    """A period as typed; one that was typed in digits (`30-06-2026`) as a date in words."""
    if value.laatste_dag is not None and _TYPED_AS_DATE.fullmatch(value.tekst):
        return day(value.laatste_dag)
    return typeset(value.tekst)


def number(value: float) -> str:
    """A number with points between thousands and a decimal comma: `1.234,5`."""
    with localcontext(ANY_SIZE):
        return format_decimal(value, "#,##0.######", locale=LOCALE)


def short(value: float) -> str:
    """A number for a narrow place: a long one in units such as `mld.`, one that is beyond those as a power of ten."""
    full = number(value)
    if len(full) <= SHORT:
        return full
    if abs(value) < BEYOND:
        return format_compact_decimal(value, locale=LOCALE, fraction_digits=1)
    return format_scientific(value, "0.##E0", locale=LOCALE)


def amount(euros: float) -> str:
    """An amount in euros, with cents only where there are any: `€ 20.000.000`."""
    pattern = "#,##0" if round(euros, 2) == round(euros) else "#,##0.00"
    with localcontext(ANY_SIZE):
        return f"€{HARD_SPACE}{format_decimal(round(euros, 2), pattern, locale=LOCALE)}"
