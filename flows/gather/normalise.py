"""What a cell's value means by the kind of its column: dates, periods, amounts, choices, codes.

In: a value as the spreadsheet stores it, with its number format. Out: a `Reading`: the meaning, None where unreadable, and
whether it was a near miss. Pure functions; knows no workbook.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flows.model.contract import Column, Inhoud, key
from flows.model.delivery import Meaning, Value
from flows.model.quarter import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    Kwartaal,
    Periode,
    dutch_date,
    month_end,
    parse_datum,
    parse_periode,
)

PM = "PM"
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
FIRST_DAY, FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)  # day 0 of the two ways to count
SHORT, LONG = 4, 8  # letters of a word in which no slip, or two, can be told
# What cannot be seen (joiners, direction marks, variation selectors) goes; a look-alike takes the place of what fonts
# lack: hyphens, and the bullets of Word and its symbol fonts.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFE0E, 0xFE0F]
)
_ALIKE = dict.fromkeys([0x2010, 0x2011], "-") | dict.fromkeys(map(ord, "\uf0b7\uf0a7\uf0d8\uf076●▪■◦‣"), "•")
_LINE_ENDS = dict.fromkeys([0x2028, 0x2029, 0x85], "\n") | {0x09: " "}
_REPLACED = _INVISIBLE | _ALIKE | _LINE_ENDS
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ODD = re.compile(r"[^\n -~]|_x000")
_ESCAPED = re.compile(r"_x000[Dd]_\n?")
_SERIAL = re.compile(r"[2-7]\d{4}")
_UNITS = {"": 1, "duizend": 1e3, "dzd": 1e3, "miljoen": 1e6, "mln": 1e6, "mio": 1e6, "miljard": 1e9, "mld": 1e9}
_NUMBER = r"(?P<sign>[-\u2212\u2013]?)(?P<whole>\d{1,3}(?:[. \u00a0]\d{3})+|\d+)(?:,(?P<decimals>\d+|-))?"
_AMOUNT = re.compile(
    rf"(?:€|eur|euro)?\s*{_NUMBER}(?:,?-)?\s*(?P<unit>{'|'.join(u for u in _UNITS if u)})?\.?\s*(?:€|eur|euro)?"
)
_ENGLISH = re.compile(r"(?:€|eur|euro)?\s*(-?\d+\.\d{2}|-?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?)\s*(?:€|eur|euro)?")
_POINT = re.compile(r"(?:€|eur|euro)?\s*(\d+\.\d{1,2})\s*(miljoen|mln|mio|miljard|mld)\.?\s*(?:€|eur|euro)?")
_YES_NO = {
    "ja": True,
    "j": True,
    "x": True,
    "waar": True,
    "true": True,
    "nee": False,
    "n": False,
    "false": False,
    "onwaar": False,
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the workbook itself cannot know: the topics of the Agenda and the codes of Ministeries, each by its key.

    `letters` are the code points that can be printed; empty where any can.
    """

    onderwerpen: Mapping[str, str]
    codes: Mapping[str, str]
    letters: frozenset[int] = frozenset()

    @classmethod
    def of(cls, onderwerpen: tuple[str, ...], codes: tuple[str, ...], letters: frozenset[int] = frozenset()) -> Choices:
        return cls({key(topic): topic for topic in onderwerpen}, {key(code): code for code in codes}, letters)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a value means; `near` is true where it was not typed quite so; `unknown` are codes that nobody knows."""

    meaning: Meaning
    near: bool = False
    unknown: tuple[str, ...] = ()


def clean(text: str) -> str:
    """Text without what cannot be seen: soft hyphens, zero-width and control characters, Excel's escaped line ends."""
    if not _ODD.search(text):
        return text
    text = _ESCAPED.sub("\n", text).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text.translate(_REPLACED)))


def as_text(value: Value, number_format: str = "General") -> str:
    """The text of a value as its reader sees it in the sheet: whole numbers without a point, dates in Dutch."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return _periode(value, number_format).tekst
    if "%" in number_format:
        decimals = len(re.sub(r".*?(?:\.([0#]*))?%.*", r"\1", number_format))
        return f"{value * 100:.{decimals}f}%".replace(".", ",")
    return str(int(value)) if float(value).is_integer() else f"{value:.15g}"


def read(value: Value, number_format: str, column: Column, choices: Choices, shift: int = 0) -> Reading:
    """What `value` means in `column`; `shift` is added to a number that stands for a day."""
    text = " ".join(as_text(value, number_format).split())
    match column.inhoud:
        case Inhoud.KEUZE:
            return _choose(
                text, {key(typed): meant for typed, meant in (column.keuzes or {}).items()}, column.keuzes or {}
            )
        case Inhoud.ONDERWERP:
            return _choose(text, choices.onderwerpen, choices.onderwerpen.values())
        case Inhoud.CODES:
            codes = [part.strip() for part in re.split(r"[,;/\n]| en ", as_text(value)) if part.strip()]
            known = tuple(dict.fromkeys(choices.codes[key(code)] for code in codes if key(code) in choices.codes))
            return Reading(known, unknown=tuple(code for code in codes if key(code) not in choices.codes))
        case Inhoud.PERIODE:
            return Reading(_as_periode(value, number_format, shift))
        case Inhoud.DATUM:
            return Reading(_as_date(value, shift))
        case Inhoud.KWARTAAL:
            return Reading(_as_quarter(text))
        case Inhoud.GETAL:
            return Reading(None if isinstance(value, date | bool) else _as_number(value, number_format, text))
        case Inhoud.BEDRAG:
            return Reading(None if isinstance(value, date | bool) else _as_amount(value, text))
        case Inhoud.JA_NEE:
            return Reading(_YES_NO.get(text.casefold()))
        case _:
            return Reading(text)


def _choose(text: str, options: Mapping[str, str], typed: object) -> Reading:
    typed_key = key(text)
    if typed_key in options:
        exact = text in (typed if isinstance(typed, Mapping) else set(options.values()))
        return Reading(options[typed_key], near=not exact)
    close = {meant for option, meant in options.items() if _slip(typed_key, option)}
    return Reading(close.pop(), near=True) if len(close) == 1 else Reading(None)


def _slip(typed: str, option: str) -> bool:
    """Whether `typed` is `option` but for a slip: a letter, in a long word two. `Loopt niet op schema` is none, nor another number."""
    if len(option) < SHORT or abs(len(typed) - len(option)) > 1:
        return False
    same_numbers = [sign for sign in typed if sign.isdigit()] == [sign for sign in option if sign.isdigit()]
    return same_numbers and _steps(typed, option) <= (2 if len(option) >= LONG else 1)


def _steps(one: str, other: str) -> int:
    """How many letters must be put in, left out or changed to make the one of the other."""
    above = list(range(len(other) + 1))
    for number, sign in enumerate(one, 1):
        row = [number]
        for at, letter in enumerate(other, 1):
            row.append(min(above[at] + 1, row[-1] + 1, above[at - 1] + (sign != letter)))
        above = row
    return above[-1]


def _serial(value: float, shift: int) -> date | None:
    days = value + shift
    return FIRST_DAY + timedelta(days=int(days)) if FIRST_SERIAL <= days < LAST_SERIAL else None


def _as_date(value: Value, shift: int) -> date | None:
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return day if day.year >= FIRST_YEAR else None
    if isinstance(value, str) and _SERIAL.fullmatch(value.strip()):
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(value, shift)
    return parse_datum(value) if isinstance(value, str) else None


def _periode(value: date, number_format: str) -> Periode:
    day = value.date() if isinstance(value, datetime) else value
    for year in ((day - FIRST_DAY).days, (day - FIRST_DAY_1904).days):
        if FIRST_YEAR <= year <= LAST_YEAR:  # a year typed in a cell that Excel shows as a date
            return Periode(str(year), date(year, 12, 31))
    shown = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", number_format).casefold()
    if "d" not in shown and "m" in shown and ("y" in shown or "j" in shown):
        return Periode(f"{MONTHS[day.month - 1]} {day.year}", month_end(day.year, day.month))
    return Periode(dutch_date(day), day)


def _as_periode(value: Value, number_format: str, shift: int) -> Periode | None:
    if isinstance(value, date):
        return _periode(value, number_format)
    if isinstance(value, str) and _SERIAL.fullmatch(value.strip()):
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if float(value).is_integer() and FIRST_YEAR <= value <= LAST_YEAR:
            return Periode(str(int(value)), date(int(value), 12, 31))
        day = _serial(value, shift)
        return Periode(dutch_date(day), day) if day else None
    if isinstance(value, str) and value.strip().casefold() in {"pm", "p.m."}:
        return Periode(value.strip(), None)
    return parse_periode(value) if isinstance(value, str) else None


def _as_quarter(text: str) -> str | None:
    match = re.fullmatch(r"(?:q(\d)|([1-4])e kwartaal)(?: van)? (\d{4})", text.casefold())
    try:
        return str(Kwartaal(int(match[3]), int(match[1] or match[2])) if match else Kwartaal.parse(text))
    except ValueError:
        return None


def _as_number(value: Value, number_format: str, text: str) -> float | str | None:
    if isinstance(value, int | float):
        return text if "%" in number_format else float(value)
    if text.casefold() in {"pm", "p.m."}:
        return PM
    match = re.fullmatch(_NUMBER, text) or re.fullmatch(r"(?P<sign>-?)(?P<whole>\d+)\.(?P<decimals>\d{1,2})", text)
    return _number(match) if match else None


def _as_amount(value: Value, text: str) -> float | str | None:
    if isinstance(value, int | float):
        return float(value)
    plain = text.casefold()
    if plain in {"pm", "p.m."}:
        return PM
    if point := _POINT.fullmatch(plain):
        return round(float(point[1]) * _UNITS[point[2]], 2)
    if english := _ENGLISH.fullmatch(plain):
        return float(english[1].replace(",", ""))
    match = _AMOUNT.fullmatch(plain)
    return round(_number(match) * _UNITS[match["unit"] or ""], 2) if match else None


def _number(match: re.Match[str]) -> float:
    decimals = (match["decimals"] or "").strip("-")
    number = float(re.sub(r"\D", "", match["whole"]) + "." + (decimals or "0"))
    return -number if match["sign"] else number
