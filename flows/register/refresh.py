"""Refreshes the register: asks the two services for what a brief cites and the register does not know, or has not looked at for long.

In: the store, identifiers, ministries. Each answer is kept at once, so that a refresh that was broken off goes on where it was; a
service that does not answer stops none of the other questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from flows.model.delivery import Ministerie
from flows.model.papers import Existence, Stuk
from flows.register import bekendmakingen, tweede_kamer
from flows.register.store import Dossier, Place, Register, promises_of
from flows.register.web import Unanswered, Web

STALE = timedelta(days=7)  # after which a dossier that is still cited is looked at again
CHAMBER, PUBLISHER = "tweede_kamer", "bekendmakingen"


@dataclass(frozen=True, slots=True)
class Services:
    """Where the two services are."""

    tweede_kamer: str
    bekendmakingen: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of it: the questions answered, the cited papers that exist and those that do not, and which service failed with what.

    `unknown` are those of which nobody could tell, `promises` how many are open in the Tweede Kamer.
    """

    answered: int
    known: tuple[str, ...]
    absent: tuple[str, ...]
    unknown: tuple[str, ...]
    promises: int
    failures: tuple[tuple[str, str], ...]


def refresh(
    register: Register,
    identifiers: Iterable[str],
    ministeries: Sequence[Ministerie],
    web: Web,
    today: date,
    services: Services,
    tell: Callable[[int], None] = lambda _answered: None,
) -> Refreshed:
    """Asks what is missing. `tell` hears how many questions are answered. Raises sqlite3.Error."""
    return _Refresh(register, sorted(set(identifiers)), web, today, services, tell).run(ministeries)


@dataclass(slots=True)
class _Refresh:
    register: Register
    identifiers: Sequence[str]
    web: Web
    today: date
    services: Services
    tell: Callable[[int], None]
    answered: int = 0
    failures: dict[str, str] = field(default_factory=dict)

    def run(self, ministeries: Sequence[Ministerie]) -> Refreshed:
        asks = [partial(self.dossier, dossier) for dossier in self.wanted_dossiers()]
        asks += [partial(self.promises, one) for one in ministeries if self.old(promises_of(one.code))]
        self.ask_all(CHAMBER, asks)
        names, size = self.wanted_papers(), bekendmakingen.AT_ONCE
        self.ask_all(PUBLISHER, [partial(self.papers, names[at : at + size]) for at in range(0, len(names), size)])
        if not self.failures:
            self.register.refreshed(self.today)
        said = {one: self.register.exists(one, self.today) for one in self.identifiers}
        known, absent, unknown = (tuple(one for one in said if said[one] is what) for what in Existence)
        promises = sum(len(self.register.promises(one.code)) for one in ministeries)
        return Refreshed(self.answered, known, absent, unknown, promises, tuple(self.failures.items()))

    def ask_all(self, service: str, asks: Sequence[Callable[[], None]]) -> None:
        """Asks one after another; a service that gave no answer is asked no more."""
        for ask in asks:
            try:
                ask()
            except Unanswered as error:
                self.failures[service] = str(error)
                return
            self.answered += 1
            self.tell(self.answered)

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
        self.register.keep(found, [one for one in identifiers if self.told_by_publisher(one)], self.today)

    def told_by_publisher(self, identifier: str) -> bool:
        """Whether the publisher's silence means that there is no such paper: the Tweede Kamer has its own sooner."""
        place = Place.of(identifier)
        return not (place and place.in_numerals) or not self.old(place.dossier)
