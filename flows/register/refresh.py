"""Refreshes the register: asks the two services for what a brief cites and the register does not know, or has not looked at for long.

In: the store, identifiers, ministries. Each answer is kept at once, so that a refresh that was broken off goes on where it was; a
service that does not answer stops none of the other questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from flows.model.delivery import Ministerie
from flows.model.papers import Stuk
from flows.register import bekendmakingen, tweede_kamer
from flows.register.store import Dossier, Place, Register, promises_of
from flows.register.web import Unanswered, Web

STALE = timedelta(days=7)  # after which a dossier that is still cited is looked at again
CHAMBER, PUBLISHER = "tweede_kamer", "bekendmakingen"


@dataclass(frozen=True, slots=True)
class Services:
    """Where the two services are."""

    tweede_kamer: str = tweede_kamer.ADDRESS
    bekendmakingen: str = bekendmakingen.ADDRESS


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of it: the questions asked, those of the cited papers that exist and do not, and which service failed with what."""

    asked: int
    known: tuple[str, ...]
    absent: tuple[str, ...]
    failures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Question:
    service: str
    ask: Callable[[], None]


def refresh(
    register: Register,
    identifiers: Iterable[str],
    ministeries: Sequence[Ministerie],
    web: Web,
    today: date,
    services: Services = Services(),
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Refreshed:
    """Asks what is missing. `tell` hears how many of how many questions are done. Raises sqlite3.Error."""
    return _Refresh(register, sorted(set(identifiers)), web, today, services, tell).run(ministeries)


@dataclass(slots=True)
class _Refresh:
    register: Register
    identifiers: Sequence[str]
    web: Web
    today: date
    services: Services
    tell: Callable[[int, int], None]

    def run(self, ministeries: Sequence[Ministerie]) -> Refreshed:
        dossiers = [_Question(CHAMBER, partial(self.dossier, dossier)) for dossier in self.wanted_dossiers()]
        promises = [
            _Question(CHAMBER, partial(self.promises, one)) for one in ministeries if self.old(promises_of(one.code))
        ]
        failures = self.ask_all([*dossiers, *promises], 0)
        names = self.wanted_papers()
        groups = [
            names[first : first + bekendmakingen.AT_ONCE] for first in range(0, len(names), bekendmakingen.AT_ONCE)
        ]
        papers = [_Question(PUBLISHER, partial(self.papers, group)) for group in groups]
        failures |= self.ask_all(papers, len(dossiers) + len(promises))
        if not failures:
            self.register.refreshed(self.today)
        known = tuple(one for one in self.identifiers if self.register.find(one))
        absent = tuple(one for one in self.identifiers if one not in known and self.register.asked(one))
        return Refreshed(len(dossiers) + len(promises) + len(papers), known, absent, tuple(sorted(failures.items())))

    def ask_all(self, questions: Sequence[_Question], done: int) -> dict[str, str]:
        """Asks one after another; returns the services that failed, with why. One that failed is asked no more."""
        failures: dict[str, str] = {}
        for number, question in enumerate(questions, done + 1):
            if question.service not in failures:
                try:
                    question.ask()
                except Unanswered as error:
                    failures[question.service] = str(error)
            self.tell(number, done + len(questions))
        return failures

    def old(self, what: object, age: timedelta = timedelta(days=1)) -> bool:
        day = self.register.asked(what)
        return day is None or self.today - day >= age

    def wanted_dossiers(self) -> list[Dossier]:
        """The dossiers of cited papers of the Tweede Kamer that miss one, or its title, and those not looked at for long."""
        places = {one: place for one in self.identifiers if (place := Place.of(one)) and place.in_numerals}
        cited = {
            place.dossier: [one for one, p in places.items() if p.dossier == place.dossier] for place in places.values()
        }
        numbered = (dossier for dossier in cited if dossier.nummer.isdigit())
        return [d for d in numbered if self.old(d, STALE) or (self.old(d) and any(map(self.untold, cited[d])))]

    def wanted_papers(self) -> list[str]:
        """The cited papers that are still without a title, and were not asked for today."""
        return [one for one in self.identifiers if self.untold(one) and self.old(one)]

    def untold(self, identifier: str) -> bool:
        stuk = self.register.find(identifier)
        return stuk is None or stuk.titel is None

    def dossier(self, dossier: Dossier) -> None:
        found = tweede_kamer.papers_of(self.web, self.services.tweede_kamer, dossier)
        self.register.keep(found, [dossier], self.today)

    def promises(self, ministerie: Ministerie) -> None:
        found = tweede_kamer.promises_of(self.web, self.services.tweede_kamer, ministerie)
        self.register.keep_promises(ministerie.code, found, self.today)

    def papers(self, identifiers: Sequence[str]) -> None:
        found: tuple[Stuk, ...] = bekendmakingen.papers(self.web, self.services.bekendmakingen, identifiers)
        self.register.keep(found, identifiers, self.today)
