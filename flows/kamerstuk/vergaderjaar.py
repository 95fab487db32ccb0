"""The vergaderjaar of parliament: from one Prinsjesdag to the next.

In: a day, or a vergaderjaar as `YYYY-YYYY`. Out: the vergaderjaar of the day, or whether the two fit.

Prinsjesdag is the third Tuesday of September (article 65 of the Grondwet of 1983, which would allow an earlier day by law; as the
opening of the yearly session so since the Grondwet of 1887). Before that the session was opened on the third Monday of September
(Grondwet of 1848), the third Monday of October (1815) and the first Monday of November (1814). Sources: koninklijkhuis.nl, "Oorsprong
en geschiedenis" of Prinsjesdag; eerstekamer.nl, "De Verenigde Vergadering op de derde dinsdag in september".
"""

from __future__ import annotations

from datetime import date, timedelta

# From which year on: month, weekday (Monday is 0), and which one of the month.
_OPENINGS = ((1888, 9, 1, 3), (1849, 9, 0, 3), (1815, 10, 0, 3), (0, 11, 0, 1))
# Papers of around Prinsjesdag are dated in the old vergaderjaar and printed in the new one.
TOLERANCE = timedelta(days=7)


def prinsjesdag(year: int) -> date:
    """The day of a calendar year on which a vergaderjaar begins."""
    month, weekday, nth = next(opening for first, *opening in _OPENINGS if year >= first)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def vergaderjaar(day: date) -> str:
    """The vergaderjaar of `day` as `YYYY-YYYY`."""
    start = day.year if day >= prinsjesdag(day.year) else day.year - 1
    return f"{start}-{start + 1}"


def fits(year: str, day: date) -> bool:
    """Whether a paper of `day` can be of the vergaderjaar `year`, with some days' tolerance around Prinsjesdag."""
    return year in {vergaderjaar(day - TOLERANCE), vergaderjaar(day + TOLERANCE)}
