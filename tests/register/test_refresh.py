"""A refresh of the register: only what is missing is asked, an answer is kept at once, and a silent service stops nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.model.delivery import Ministerie
from flows.register.refresh import Refreshed, refresh
from flows.register.refresh import Services as Addresses
from flows.register.store import Register, opened
from flows.register.web import Patience, Web, connected
from tests.register.services import Services, document, serving, toezegging

DAY = date(2026, 9, 21)
SZW = Ministerie("SZW", "Ministerie van Sociale Zaken en Werkgelegenheid")
CITED = ["kst-32824-466", "kst-32824-999", "stb-2011-35", "stb-2011-36"]


@pytest.fixture
def services() -> Iterator[Services]:
    with serving(Services()) as served:
        served.documents = [document(32824, number) for number in (465, 466, 467)]
        served.publications = {"stb-2011-35": ("Besluit", "AMvB", "2011-01-31", "")}
        served.toezeggingen = [toezegging("TZ202603-130", "Een brief.")]
        yield served


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("seeded") / "register.sqlite"
    with opened(path):
        return path.read_bytes()


@pytest.fixture
def register(tmp_path: Path, seeded: bytes) -> Iterator[Register]:
    (tmp_path / "register.sqlite").write_bytes(seeded)
    with opened(tmp_path / "register.sqlite") as found:
        yield found


@pytest.fixture
def web() -> Iterator[Web]:
    with connected(Patience(tries=2, timeout=0.3, first_wait=0.01, pause=0.0)) as connection:
        yield connection


def refreshed(register: Register, services: Services, web: Web, day: date = DAY) -> Refreshed:
    services.asked.clear()
    return refresh(register, CITED, [SZW], web, day, Addresses(services.odata, services.sru))


def test_what_is_cited_is_asked_and_told(register: Register, services: Services, web: Web) -> None:
    done = refreshed(register, services, web)
    assert (done.known, done.absent) == (("kst-32824-466", "stb-2011-35"), ("kst-32824-999", "stb-2011-36"))
    assert (done.unknown, done.promises, done.failures) == ((), 1, ())
    assert done.answered == len(services.asked) == 3  # the dossier, the promises, the rest at once
    assert register.stand == DAY
    assert register.nearest("kst-32824-999") == ("kst-32824-467",)
    stuk = register.find("stb-2011-35")
    assert stuk and (stuk.titel, stuk.datum) == ("Besluit", date(2011, 1, 31))


def test_nothing_is_asked_twice_on_a_day(register: Register, services: Services, web: Web) -> None:
    refreshed(register, services, web)
    assert refreshed(register, services, web).answered == 0
    assert services.asked == []


def test_a_later_day_asks_for_what_is_still_missing_and_for_promises(
    register: Register, services: Services, web: Web
) -> None:
    refreshed(register, services, web)
    services.documents.append(document(32824, 999))
    services.toezeggingen.clear()
    done = refreshed(register, services, web, DAY + timedelta(days=1))
    assert (done.known, done.absent) == (("kst-32824-466", "kst-32824-999", "stb-2011-35"), ("stb-2011-36",))
    assert (len(services.asked), done.promises) == (3, 0)


def test_a_refresh_that_was_broken_off_goes_on_where_it_was(register: Register, services: Services, web: Web) -> None:
    services.faults = ["", "500", "500"]  # the dossier is answered, the promises are not
    done = refreshed(register, services, web)
    assert (done.answered, done.failures) == (2, (("tweede_kamer", "HTTP 500"),))
    assert register.stand == date(2025, 1, 31)
    assert refreshed(register, services, web).answered == 1
    assert [question.split()[0] for question in services.asked] == ["Toezegging"]
    assert register.stand == DAY


def test_a_service_that_is_out_of_order_stops_only_its_own_questions(
    register: Register, services: Services, web: Web
) -> None:
    services.always = {"OData": "503"}
    done = refreshed(register, services, web)
    assert (done.known, done.failures) == (("stb-2011-35",), (("tweede_kamer", "HTTP 503"),))
    assert done.unknown == ("kst-32824-466", "kst-32824-999")  # the publisher may just not have them yet
    assert done.absent == ("stb-2011-36",)
    services.always = {"sru": "diagnostic"}
    assert refreshed(register, services, web, DAY + timedelta(days=1)).known == ("kst-32824-466", "stb-2011-35")


def test_without_any_answer_the_register_stays_as_it_was(register: Register, services: Services, web: Web) -> None:
    services.always = {"OData": "half", "sru": "portal"}
    done = refreshed(register, services, web)
    assert (done.answered, [service for service, _ in done.failures]) == (0, ["tweede_kamer", "bekendmakingen"])
    assert done.unknown == ("kst-32824-466", "kst-32824-999", "stb-2011-35", "stb-2011-36")
    assert register.stand == date(2025, 1, 31)
