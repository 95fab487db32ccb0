"""Time as the brief counts it: the quarter and the Dutch periods of the column Gereed.

In: text or a date. Out: `Kwartaal`, or a `Periode` with the last day that it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
ORDINALS = {"1e": 1, "2e": 2, "3e": 3, "4e": 4, "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True, order=True)
class Kwartaal:
    """A calendar quarter; its text is `2026-Q3`, also the name of its folder in inputs/ and outputs/."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.number <= 4):
            raise ValueError(f"no quarter: {self.year}-Q{self.number}")

    @classmethod
    def parse(cls, text: str) -> Kwartaal:
        """The quarter that `text` (`2026-Q3`, in any case) names; raises ValueError where it names none."""
        match = re.fullmatch(r"(\d{4})\s*-\s*[Qq](\d)", text.strip())
        if not match:
            raise ValueError(f"no quarter: {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Kwartaal:
        """The quarter in which `day` falls."""
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


@dataclass(frozen=True, slots=True)
class Periode:
    """A period as typed, with the last day that it means; `laatste_dag` is None for `doorlopend`."""

    tekst: str
    laatste_dag: date | None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _nth_friday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(4 - first.weekday()) % 7 + 7 * (nth - 1))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_MONTH = "|".join([*MONTHS, *(name[:3] for name in MONTHS), "mrt", "sept"])
_YEAR = r"(?P<year>(?:19[9]|20\d|210)\d)"
_WEEKDAY = "(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag,? )?"
_MIDNIGHT = "(?:[t ]00:00(?::00)?(?:\\.0+)?)?"  # what an export adds to a day
_SEASONS = {"voorjaar": (6, 20), "zomer": (9, 22), "najaar": (12, 20), "lente": (6, 20), "herfst": (12, 20)}
_PARTS_OF_MONTH = {"begin": 10, "medio": 20}
_PARTS_OF_YEAR = {"begin": (3, 31), "medio": (8, 31), "eind": (12, 31)}
_HALVES = {1: (6, 30), 2: (12, 31)}


def month_number(name: str) -> int:
    """The number of a Dutch month, from its name or a usual abbreviation; raises ValueError for anything else."""
    short = {"mrt": "maa", "sept": "sep"}.get(name.rstrip("."), name)[:3]
    return [month[:3] for month in MONTHS].index(short) + 1


_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        _YEAR,
        rf"(?P<first>\d{{4}})\s*(?:-|t/m|tot en met)\s*{_YEAR}",
        rf"(?:(?:het )?(?P<ordinal>{'|'.join(ORDINALS)}) (?:kwartaal|kw\.?)|q ?(?P<quarter>[1-4]))(?: van|,)?[ /-]?{_YEAR}",
        rf"{_YEAR}[ /-]?(?:q|k|kwartaal )(?P<quarter>[1-4])",
        rf"(?:(?P<part>begin|medio|eind)e? )?(?P<month>{_MONTH})\.?[ -]{_YEAR}",
        rf"(?P<part>begin|medio|eind)e?(?: van)? {_YEAR}",
        rf"(?:het )?(?P<season>{'|'.join(_SEASONS)})(?: van)? {_YEAR}",
        rf"(?:de )?(?P<half>eerste|tweede|1e|2e) helft(?: van)? {_YEAR}",
        rf"voor (?:(?:de|het) )?(?P<recess>zomer|zomerreces|kerstreces)(?: van)? {_YEAR}",
    )
)
_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[ -](?P<month>{_MONTH})\.?[ -]{_YEAR}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}}) ?[-/.] ?(?P<monthnumber>\d{{1,2}}) ?[-/.] ?{_YEAR}{_MIDNIGHT}",
        rf"{_YEAR}-(?P<monthnumber>\d{{2}})-(?P<day>\d{{2}}){_MIDNIGHT}",
    )
)


def parse_periode(text: str) -> Periode | None:
    """The period that a Dutch text such as `medio maart 2014` or `voor het zomerreces 2014` means; None if unreadable.

    The table is the contract's: `2014` ends on 31 December, `begin 2014` on 31 March, a season on its last day.
    """
    typed = " ".join(text.split())
    plain = typed.casefold().replace("\u2013", "-").replace("vóór", "voor").replace("é", "e").rstrip(".")
    if plain == "doorlopend":
        return Periode(typed, None)
    day = _match(plain, (*_PATTERNS, *_DAYS))
    return Periode(typed, day) if day else None


def parse_datum(text: str) -> date | None:
    """The day that `17-12-2013`, `17 december 2013` or `2013-12-17` means; None for anything else."""
    return _match(" ".join(text.split()).casefold(), _DAYS)


def dutch_date(day: date) -> str:
    """A date as a Dutch letter writes it: `17 december 2013`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _match(plain: str, patterns: tuple[re.Pattern[str], ...]) -> date | None:
    for pattern in patterns:
        if match := pattern.fullmatch(plain):
            return _last_day({key: value for key, value in match.groupdict().items() if value})
    return None


def _last_day(found: dict[str, str]) -> date | None:
    year = int(found["year"])
    if "first" in found and int(found["first"]) > year:
        return None
    if "day" in found:
        month = month_number(found["month"]) if "month" in found else int(found["monthnumber"])
        return _day(year, month, int(found["day"]))
    if "month" in found:
        month = month_number(found["month"])
        part = found.get("part", "eind")
        return date(year, month, _PARTS_OF_MONTH[part]) if part in _PARTS_OF_MONTH else month_end(year, month)
    if "part" in found:
        return date(year, *_PARTS_OF_YEAR[found["part"]])
    if "season" in found:
        return date(year, *_SEASONS[found["season"]])
    if "half" in found:
        return date(year, *_HALVES[ORDINALS[found["half"]]])
    if "recess" in found:
        return _nth_friday(year, 12, 3) if found["recess"] == "kerstreces" else _nth_friday(year, 7, 1)
    quarter = int(found["quarter"]) if "quarter" in found else ORDINALS.get(found.get("ordinal", ""), 4)
    return month_end(year, 3 * quarter)
