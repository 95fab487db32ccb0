"""When a delivery has come to rest, and what is checked once: a folder looked at by a clock of the test's own."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from flows import logbook
from flows.drop_folder import COMPANY, FORGOTTEN, PATIENCE, REST, TRIES, Watch
from flows.gather.raw import sha256
from flows.logbook import Page
from flows.model.quarter import Kwartaal
from tests.workbooks import delivery, measure, regie

Q3 = Kwartaal(2026, 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A quarter in which nobody has delivered yet."""
    regie(tmp_path / "in" / "2026-Q3" / "regie.xlsx")
    return tmp_path / "in" / "2026-Q3"


@pytest.fixture
def watch(tmp_path: Path, folder: Path) -> Watch:
    return Watch(folder.parent, tmp_path / "out")


def deliver(folder: Path, name: str = "SZW.xlsx", text: str = "De cursussen lopen.") -> Path:
    return delivery(folder / name, [measure(text=text)])


def contents(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path) for path in folder.iterdir()}


def checked(watch: Watch, folder: Path, **found: str | None) -> None:
    """Notes a check of what lies in the folder, as `controle` does."""
    known = {
        "run": os.urandom(4).hex(),
        "verb": "controle",
        "kwartaal": "2026-Q3",
        "who": "a",
        "host": "b",
        "via": "aanlevermap",
    }
    known |= {
        "begin": f"2026-09-10T10:00:{len(logbook.pages(watch.outputs / '2026-Q3')):02}+02:00",
        "outcome": "Gereed",
    }
    logbook.keep(watch.outputs / "2026-Q3", Page(**(known | found), inputs=contents(folder)))  # type: ignore[arg-type]


def look(watch: Watch, *moments: float) -> Mapping[str, str] | None:
    """What the last of several looks finds ready in the quarter."""
    found: Mapping[str, str] | None = None
    for moment in moments:
        found = watch.look(moment).get(Q3)
    return found


def test_a_delivery_is_checked_when_it_has_been_the_same_for_some_seconds(watch: Watch, folder: Path) -> None:
    deliver(folder)
    assert look(watch, 0, REST - 0.1) is None
    assert look(watch, REST) == contents(folder)


def test_a_quarter_without_deliveries_asks_for_nothing(watch: Watch, folder: Path) -> None:
    assert look(watch, 0, REST, 100) is None
    (folder / "~$regie.xlsx").write_bytes(b"lock")
    (folder / ".DS_Store").write_bytes(b"")
    assert look(watch, 200, 300) is None


def test_what_was_checked_is_not_checked_again_not_even_after_a_restart(watch: Watch, folder: Path) -> None:
    path = deliver(folder)
    assert look(watch, 0, REST)
    checked(watch, folder)
    assert look(watch, 10, 20, 100) is None
    os.utime(path, (1, 1))  # another time, the same content
    assert look(watch, 200, 220) is None
    again = Watch(watch.inputs, watch.outputs)
    assert look(again, 0, REST, 100) is None


def test_what_came_while_nobody_looked_is_not_missed(watch: Watch, folder: Path) -> None:
    deliver(folder)
    checked(watch, folder)
    deliver(folder, "OCW.xlsx")
    assert look(watch, 0, REST) == contents(folder)


def test_another_content_a_removed_file_and_a_changed_regie_ask_for_a_new_check(watch: Watch, folder: Path) -> None:
    path = deliver(folder)
    checked(watch, folder)
    deliver(folder, text="De cursussen zijn klaar.")
    assert look(watch, 0, REST) == contents(folder)
    checked(watch, folder)
    regie(folder / "regie.xlsx", {"Titel": "Iets anders"})
    assert look(watch, 100, 100 + REST) == contents(folder)
    deliver(folder, "OCW.xlsx")
    checked(watch, folder)
    path.unlink()
    assert look(watch, 200, 200 + REST) == contents(folder)


def test_a_file_that_keeps_changing_does_no_harm_to_the_others(watch: Watch, folder: Path) -> None:
    deliver(folder)
    busy, moment = folder / "log.xlsx", 0.0
    while moment <= REST + COMPANY:
        busy.write_bytes(b"x" * (1 + int(moment)))
        found = look(watch, moment)
        moment += 1.0
    assert found is not None
    assert set(found) == {"regie.xlsx", "SZW.xlsx"}


def test_deliveries_that_come_together_are_checked_together(watch: Watch, folder: Path) -> None:
    deliver(folder)
    assert look(watch, 0) is None
    deliver(folder, "OCW.xlsx")
    assert look(watch, 3, REST + 1) is None  # the second still moves
    assert look(watch, 3 + REST) == contents(folder)


def test_a_file_that_a_program_has_open_waits_until_it_is_closed(watch: Watch, folder: Path) -> None:
    deliver(folder)
    checked(watch, folder)
    path = deliver(folder, text="Nog niet af")
    for lock in (folder / "~$SZW.xlsx", folder / ".~lock.SZW.xlsx#"):
        lock.write_bytes(b"someone")
        assert look(watch, 0, REST, 1000) is None
        lock.unlink()
    assert look(watch, 1001) == contents(folder)
    lock = folder / "~$SZW.xlsx"
    lock.write_bytes(b"a program that is no more")
    assert look(watch, 2000, 2000 + REST) is None
    long_ago = time.time() - FORGOTTEN - 60
    os.utime(lock, (long_ago, long_ago))
    found = look(watch, 3000)
    assert found is not None
    assert found["SZW.xlsx"] == sha256(path)


@pytest.mark.parametrize("half", [b"", b"PK\x03\x04 the rest is still on its way"])
def test_what_looks_unfinished_gets_more_time(watch: Watch, folder: Path, half: bytes) -> None:
    (folder / "SZW.xlsx").write_bytes(half)
    assert look(watch, 0, REST, PATIENCE - 1) is None
    assert look(watch, PATIENCE) == contents(folder)


def test_a_copy_that_stalls_is_checked_once_it_is_whole(watch: Watch, folder: Path) -> None:
    whole = deliver(folder).read_bytes()
    (folder / "SZW.xlsx").write_bytes(whole[: len(whole) // 2])
    assert look(watch, 0, REST, 20) is None
    (folder / "SZW.xlsx").write_bytes(whole)
    assert look(watch, 21) is None
    assert look(watch, 21 + REST) == contents(folder)


def test_files_and_folders_that_disappear_do_no_harm(watch: Watch, folder: Path) -> None:
    deliver(folder)
    look(watch, 0)
    (folder / "SZW.xlsx").unlink()
    assert look(watch, REST) is None
    (folder / "regie.xlsx").unlink()
    folder.rmdir()
    assert watch.look(10) == {}
    folder.parent.rmdir()
    assert watch.look(20) == {}


def test_a_check_that_dies_again_and_again_waits_for_another_delivery(watch: Watch, folder: Path) -> None:
    deliver(folder)
    for _ in range(TRIES):
        assert look(watch, 0, REST)
        checked(watch, folder, outcome=None)
    assert look(watch, 100) is None
    deliver(folder, text="Een ander bestand")
    assert look(watch, 200, 200 + REST) == contents(folder)


def test_a_file_that_may_not_be_read_does_no_harm_to_the_others(
    watch: Watch, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(folder)
    (folder / "OCW.xlsx").write_bytes(b"PK\x03\x04")
    real = Path.open

    def refused(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "OCW.xlsx":
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr("flows.drop_folder.sha256", lambda path: refused(path, "rb") and sha256(path))
    assert look(watch, 0, REST) == {
        "SZW.xlsx": sha256(folder / "SZW.xlsx"),
        "regie.xlsx": sha256(folder / "regie.xlsx"),
        "OCW.xlsx": "",
    }


def test_a_check_that_could_not_be_written_is_asked_for_again(watch: Watch, folder: Path) -> None:
    deliver(folder)
    checked(watch, folder, outcome="Mislukt", fault="Unwritable")
    assert look(watch, 0, REST) == contents(folder)
    checked(watch, folder, outcome="Mislukt")  # a user's mistake: nothing comes of asking again
    assert look(watch, 10) is None


def test_pages_of_machines_in_several_zones_stand_in_the_order_of_time(watch: Watch, folder: Path) -> None:
    deliver(folder)
    checked(watch, folder, begin="2026-09-10T14:00:00+02:00")
    deliver(folder, "OCW.xlsx")
    checked(watch, folder, begin="2026-09-10T12:05:00+00:00")  # five minutes later
    assert look(watch, 0, REST) is None
