"""How dates, amounts, numbers and running text are written in Dutch.

In: values. Out: text. A space that must not end a line becomes U+00A0; nothing else of a text is changed.
"""

from __future__ import annotations

import re
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from flows.model.quarter import MONTHS, Periode

LOCALE = "nl_NL"
HARD_SPACE = "\u00a0"

_KEPT_TOGETHER = re.compile(
    r"(?<=\bnr\.) (?=\w)|(?<=\bnrs\.) (?=\w)|(?<=\bp\.) (?=\d)|(?<=\bblz\.) (?=\d)"
    r"|(?<=\bart\.) (?=\d)|(?<=\bitem) (?=\d)"
    r"|(?<=[€§]) (?=\d)|(?<=\b\d\d) (?=\d{3}\b)|(?<=\d) (?=%)|(?<=\d) (?=(?:miljoen|miljard|mln|mld)\b)"
    rf"|(?<=\b\d) (?=(?:{'|'.join(MONTHS)})\b)|(?<=\b\d\d) (?=(?:{'|'.join(MONTHS)})\b)",
)
_TYPED_AS_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T][\d:]+)?")


def kept_together(text: str) -> str:
    """`text` with hard spaces where a line may not end: `nr. 7`, `p. 3`, `€ 20`, `32 824`, `19 mei`."""
    return _KEPT_TOGETHER.sub(HARD_SPACE, text)


def day(value: date) -> str:
    """A date in words: `19 mei 2015`."""
    return format_date(value, "d MMMM y", locale=LOCALE).replace(" ", HARD_SPACE, 1)


def period(value: Periode) -> str:
    """A period as typed; one that was typed in digits (`30-06-2026`) as a date in words."""
    if value.laatste_dag is not None and _TYPED_AS_DATE.fullmatch(value.tekst):
        return day(value.laatste_dag)
    return kept_together(value.tekst)


def number(value: float) -> str:
    """A number with points between thousands and a decimal comma: `1.234,5`."""
    return format_decimal(value, "#,##0.######", locale=LOCALE)


def amount(euros: float) -> str:
    """An amount in euros, with cents only where there are any: `€ 20.000.000`."""
    pattern = "#,##0" if round(euros, 2) == round(euros) else "#,##0.00"
    return f"€{HARD_SPACE}{format_decimal(round(euros, 2), pattern, locale=LOCALE)}"
