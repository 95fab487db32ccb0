"""The clients of the two public services, against servers that answer in their formats and have their faults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from flows.model.delivery import Ministerie
from flows.model.papers import Kamertoezegging, Stuk
from flows.register import bekendmakingen, tweede_kamer
from flows.register.store import Dossier
from flows.register.web import Patience, Unanswered, Web, connected
from tests.register.services import Services, document, serving, toezegging

QUICK = Patience(tries=3, timeout=0.3, first_wait=0.01, pause=0.0)
PASSING = ["500", "503", "429", "late", "cut", "half", "portal"]
SZW = Ministerie("SZW", "Ministerie van Sociale Zaken en Werkgelegenheid", (), None)


@pytest.fixture
def services() -> Iterator[Services]:
    with serving(Services()) as served:
        yield served


@pytest.fixture
def web() -> Iterator[Web]:
    with connected(QUICK) as connection:
        yield connection


def test_the_papers_of_a_dossier_come_page_by_page(services: Services, web: Web) -> None:
    services.documents = [document(32824, number) for number in range(600, 0, -1)]
    services.documents += [document(32824, 601, Verwijderd=True), document(32824, -1), document(29279, 5)]
    found = tweede_kamer.papers_of(web, services.odata, Dossier("32824"))
    assert [stuk.identifier for stuk in found] == [f"kst-32824-{number}" for number in range(1, 601)]
    assert found[6] == Stuk("kst-32824-7", "Brief nummer 7", date(2026, 3, 5), "Brief regering", "2025-2026")
    assert len(services.asked) == 3


def test_a_chapter_an_addition_and_a_bill_for_the_kingdom(services: Services, web: Web) -> None:
    services.documents = [
        document(33400, 12, toevoeging="XV"),
        document(33400, 13, toevoeging="VIII"),
        document(34356, 3, toevoeging="(R2064)"),
        document(34356, 4),
    ]
    papers = {
        name: [stuk.identifier for stuk in tweede_kamer.papers_of(web, services.odata, Dossier(*name))]
        for name in (("33400", "XV"), ("34356",), ("33400",))
    }
    assert papers == {("33400", "XV"): ["kst-33400-XV-12"], ("34356",): ["kst-34356-3", "kst-34356-4"], ("33400",): []}


def test_the_open_promises_of_a_ministry_are_found_by_its_name_and_its_code(services: Services, web: Web) -> None:
    services.toezeggingen = [
        toezegging(
            "TZ202603-130", "De minister\r\n stuurt een brief.", Ministerie="SZW", Functie="Minister voor Integratie"
        ),
        toezegging(
            "TZ202603-131", "Een evaluatie.", DatumNakoming="2026-12-31T00:00:00+01:00", Status="Deels afgedaan"
        ),
        toezegging("TZ202603-132", "Al gedaan.", Status="Afgedaan"),
        toezegging("TZ202603-133", "Ook gedaan.", Status="Voldaan"),
        toezegging("TZ202603-134", "Van een ander.", Functie="Minister van Financiën"),
        toezegging("TZ202603-135", "Ingetrokken.", Verwijderd=True),
    ]
    assert tweede_kamer.promises_of(web, services.odata, SZW) == (
        Kamertoezegging("TZ202603-130", "SZW", "De minister stuurt een brief.", "Openstaand", date(2026, 3, 19)),
        Kamertoezegging(
            "TZ202603-131", "SZW", "Een evaluatie.", "Deels afgedaan", date(2026, 3, 19), date(2026, 12, 31)
        ),
    )


def test_a_ministry_with_an_apostrophe_in_its_name_is_asked_for_as_such(services: Services, web: Web) -> None:
    services.toezeggingen = [toezegging("TZ1", "x", Functie="Minister van Auto's")]
    assert len(tweede_kamer.promises_of(web, services.odata, Ministerie("AU", "Auto's", (), None))) == 1


def test_publications_are_found_by_their_identifiers(services: Services, web: Web) -> None:
    services.publications = {
        f"kst-31929-{letter}": (f"Brief & bijlage {letter}", "Brief", "2010-02-01", "2009-2010")
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    }
    asked = [f"kst-31929-{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] + ["stb-2011-35", 'x" OR dt.title=="y']
    found = bekendmakingen.papers(web, services.sru, asked)
    assert [stuk.identifier for stuk in found] == asked[:26]
    assert found[7] == Stuk("kst-31929-H", "Brief & bijlage H", date(2010, 2, 1), "Brief", "2009-2010")
    assert len(services.asked) == 2


def test_more_records_than_fit_in_an_answer_come_page_by_page(
    services: Services, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bekendmakingen, "PAGE", 3)
    services.publications = {f"stb-2011-{number}": ("Wet", "Wet", "2011-01-31", "") for number in range(8)}
    assert len(bekendmakingen.papers(web, services.sru, list(services.publications))) == 8
    assert len(services.asked) == 3


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_costs_no_answer(services: Services, web: Web, fault: str) -> None:
    services.documents = [document(32824, number) for number in range(1, 4)]
    services.publications = {"stb-2011-35": ("Wet", "Wet", "2011-01-31", "")}
    services.faults = [fault, fault]
    assert len(tweede_kamer.papers_of(web, services.odata, Dossier("32824"))) == 3
    services.faults = [fault]
    assert len(bekendmakingen.papers(web, services.sru, ["stb-2011-35"])) == 1


def test_a_page_that_lacks_a_row_is_not_taken_for_the_whole(services: Services, web: Web) -> None:
    services.documents = [document(32824, number) for number in range(1, 4)]
    services.faults = ["short"]
    assert len(tweede_kamer.papers_of(web, services.odata, Dossier("32824"))) == 3
    services.faults = ["short"] * 9
    with pytest.raises(Unanswered, match="2 of 3 rows"):
        tweede_kamer.papers_of(web, services.odata, Dossier("32824"))


@pytest.mark.parametrize("fault", [*PASSING, "diagnostic", "404", "400"])
def test_a_fault_that_stays_tells_nothing_about_a_paper(services: Services, web: Web, fault: str) -> None:
    services.faults = [fault] * 20
    with pytest.raises(Unanswered):
        bekendmakingen.papers(web, services.sru, ["stb-2011-35"])
    assert len(services.asked) == (1 if fault in ("404", "400") else 3)


def test_a_query_that_is_not_understood_is_told_by_its_diagnostic(services: Services, web: Web) -> None:
    services.faults = ["diagnostic"] * 3
    with pytest.raises(Unanswered, match="Query syntax error"):
        bekendmakingen.papers(web, services.sru, ["stb-2011-35"])


def test_without_a_connection_it_is_said_soon(web: Web) -> None:
    with pytest.raises(Unanswered, match="ConnectError"):
        bekendmakingen.papers(web, "http://127.0.0.1:9/sru", ["stb-2011-35"])


@pytest.mark.parametrize("page", [[], {}, {"value": None}, {"value": ["x"]}, {"value": [None], "@odata.count": 1}])
def test_json_that_is_no_list_of_rows_tells_nothing(
    services: Services, web: Web, monkeypatch: pytest.MonkeyPatch, page: object
) -> None:
    monkeypatch.setattr(services, "_page", lambda *_: page, raising=False)
    with pytest.raises(Unanswered, match="no rows"):
        tweede_kamer.papers_of(web, services.odata, Dossier("32824"))


def test_a_promise_without_a_number_and_a_day_that_is_none_do_no_harm(services: Services, web: Web) -> None:
    services.toezeggingen = [
        toezegging("", "Zonder nummer."),
        toezegging("TZ1", "x", Ministerie="SZW", Aanmaakdatum="gisteren", DatumNakoming="0001-01-01T00:00:00+01:00"),
    ]
    assert tweede_kamer.promises_of(web, services.odata, SZW) == (Kamertoezegging("TZ1", "SZW", "x", "Openstaand"),)


def test_a_link_to_another_host_is_not_followed(services: Services, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    page = {"value": [{"Volgnummer": 1}], "@odata.nextLink": "http://127.0.0.2:1/OData/v4/2.0/Document"}
    monkeypatch.setattr(services, "_page", lambda *_: page, raising=False)
    with pytest.raises(Unanswered, match="nextLink"):
        tweede_kamer.papers_of(web, services.odata, Dossier("32824"))
