"""The register's store: what it knows, what it knows not to exist, and what it cannot tell."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from flows.catalogue import ROOT
from flows.model.papers import Existence, Kamertoezegging, Stuk
from flows.register.store import Dossier, Place, Register, build, opened, promises_of

LIST = ROOT.parent / "shared" / "kamerstuk" / "kst-identifiers.txt.xz"
DAY, LATER = date(2026, 3, 5), date(2026, 9, 25)
NAMES = ["kst-32824-1", "kst-32824-2", "kst-32824-5", "kst-33400-XV-3", "kst-20082009-31929-C", "kst-31929-H", "blg-1"]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    seed = tmp_path / "begin.txt.xz"
    seed.write_bytes(lzma.compress("\n".join(["# 2025-01-31", *NAMES, ""]).encode()))
    build(tmp_path / "register.sqlite", seed)
    with opened(tmp_path / "register.sqlite") as found:
        yield found


@pytest.mark.parametrize(
    ("identifier", "place"),
    [
        ("kst-32824-305", Place(Dossier("32824"), "kst-32824-1", 305)),
        ("kst-33400-XV-12", Place(Dossier("33400", "XV"), "kst-33400-XV-1", 12)),
        ("kst-21501-02-2338", Place(Dossier("21501", "02"), "kst-21501-02-1", 2338)),
        ("kst-31929-AB", Place(Dossier("31929"), "kst-31929-A", 28)),
        ("kst-20082009-31929-C", Place(Dossier("31929"), "kst-20082009-31929-A", 3)),
        ("kst-32824-305-b1", None),
        ("kst-CXIX-A", Place(Dossier("CXIX"), "kst-CXIX-A", 1)),
        ("ah-tk-20252026-1386", None),
        ("blg-123456", None),
    ],
)
def test_where_a_paper_stands(identifier: str, place: Place | None) -> None:
    assert Place.of(identifier) == place


@pytest.mark.parametrize(
    ("identifier", "existence"),
    [
        ("kst-32824-2", Existence.YES),
        ("kst-32824-3", Existence.NO),  # between two that exist
        ("kst-32824-6", Existence.UNKNOWN),  # newer than the list
        ("kst-32000-1", Existence.NO),  # a dossier that nobody has heard of, with newer ones known
        ("kst-39000-1", Existence.UNKNOWN),
        ("kst-33000-XV-3", Existence.NO),
        ("kst-31929-A", Existence.NO),
        ("kst-31929-I", Existence.UNKNOWN),
        ("stb-2011-35", Existence.UNKNOWN),
    ],
)
def test_what_the_first_list_tells(register: Register, identifier: str, existence: Existence) -> None:
    assert register.stand == date(2025, 1, 31)
    assert register.exists(identifier, LATER) is existence


@pytest.mark.parametrize(
    ("identifier", "near"),
    [
        ("kst-32824-3", ("kst-32824-2", "kst-32824-5")),
        ("kst-32824-9", ("kst-32824-5",)),
        ("kst-31929-C", ("kst-31929-H",)),
        ("kst-32999-1", ()),
        ("stb-2011-35", ()),
    ],
)
def test_the_nearest_are_those_before_and_after_it(register: Register, identifier: str, near: tuple[str, ...]) -> None:
    assert register.nearest(identifier) == near


def test_a_dossier_that_was_asked_for_tells_of_all_until_that_day(register: Register) -> None:
    register.keep([Stuk("kst-32824-6", "Brief", DAY, "Brief regering", "2025-2026")], [Dossier("32824")], DAY)
    assert register.find("kst-32824-6") == Stuk("kst-32824-6", "Brief", DAY, "Brief regering", "2025-2026")
    assert register.exists("kst-32824-7", DAY) is Existence.NO
    assert register.exists("kst-32824-7", LATER) is Existence.UNKNOWN  # it may have appeared since


def test_a_paper_that_was_asked_for_and_not_found_does_not_exist(register: Register) -> None:
    register.keep([], ["stb-2011-35"], DAY)
    assert register.exists("stb-2011-35", LATER) is Existence.NO


def test_what_one_service_knows_is_not_lost_to_the_silence_of_the_other(register: Register) -> None:
    register.keep([Stuk("kst-32824-5", "Brief", DAY, None, "2025-2026")], [], DAY)
    register.keep([Stuk("kst-32824-5", None, None, "Brief regering")], [], LATER)
    assert register.find("kst-32824-5") == Stuk("kst-32824-5", "Brief", DAY, "Brief regering", "2025-2026")


def test_promises_of_a_ministry_take_the_place_of_those_known_before(register: Register) -> None:
    one, two = (Kamertoezegging(f"TZ202603-{n}", "SZW", "Een brief.", "Openstaand", DAY) for n in (130, 131))
    register.keep_promises("SZW", [one, two], DAY)
    register.keep_promises("OCW", [], DAY)
    register.keep_promises("SZW", [two], LATER)
    assert (register.promises("SZW"), register.promises("OCW")) == ((two,), ())
    assert register.asked(promises_of("SZW")) == LATER


def test_it_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    broken = tmp_path / "begin.txt.xz"
    broken.write_bytes(b"\xfd7zXZ\x00 afgebroken")
    with pytest.raises(lzma.LZMAError):
        build(tmp_path / "register.sqlite", broken)
    assert list(tmp_path.iterdir()) == [broken]


@pytest.mark.skipif(not LIST.exists(), reason="the large list is not here")
def test_the_first_list_is_the_whole_list_that_was_published(tmp_path: Path) -> None:
    with opened(tmp_path / "register.sqlite") as register:
        names = lzma.decompress(LIST.read_bytes()).decode().split()
        assert len(names) == 336_528
        assert all(register.exists(name, LATER) is Existence.YES for name in names[::97])
