"""A folder is published whole or not at all, and never overwritten."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows import publish, renaming
from flows.catalogue import ROOT


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    place = publish.publish(tmp_path, "concept-01", {"a.txt": b"a", "manifest.json": b"{}"})
    assert sorted(path.name for path in place.iterdir()) == ["a.txt", "manifest.json"]
    assert publish.next_draft(tmp_path) == 2


def test_a_file_may_lie_in_a_folder_of_its_own(tmp_path: Path) -> None:
    place = publish.publish(tmp_path, "concept-01", {"dossier/index.html": b"page", "manifest.json": b"{}"})
    assert (place / "dossier" / "index.html").read_bytes() == b"page"


def test_an_existing_draft_is_never_overwritten(tmp_path: Path) -> None:
    publish.publish(tmp_path, "concept-01", {"a.txt": b"first"})
    with pytest.raises(publish.Unwritable):
        publish.publish(tmp_path, "concept-01", {"a.txt": b"second"})
    assert (tmp_path / "concept-01" / "a.txt").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["concept-01"]


@pytest.mark.usefixtures("plain_renaming")
def test_an_empty_folder_of_somebody_is_not_overwritten_either(tmp_path: Path) -> None:
    (tmp_path / "concept-01").mkdir()
    (tmp_path / "concept-07").write_bytes(b"a file")
    with pytest.raises(publish.Unwritable):
        publish.publish(tmp_path, "concept-01", {"a.txt": b""})
    assert list((tmp_path / "concept-01").iterdir()) == []
    assert list(publish.drafts(tmp_path)) == [1]
    assert publish.next_draft(tmp_path) == 8


def test_drafts_are_in_order_of_their_numbers(tmp_path: Path) -> None:
    for number in (100, 2, 99):
        (tmp_path / f"concept-{number:02}").mkdir()
    assert list(publish.drafts(tmp_path)) == [2, 99, 100]
    assert publish.drafts(tmp_path / "absent") == {}


def test_a_failure_while_writing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(publish.Unwritable):
        publish.publish(tmp_path, "concept-01", {"a.txt": b"a", "a.txt/b.txt": b"b"})
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(params=[False, True], ids=["linux", "plain"])
def plain_renaming(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system with the renamings of Linux, and on one without."""
    if request.param:
        monkeypatch.setattr(renaming, "_renamed", lambda *_: False)


@pytest.mark.usefixtures("plain_renaming")
def test_what_is_replaced_is_replaced_whole(tmp_path: Path) -> None:
    publish.publish(tmp_path, "controle", {"old.txt": b""}, replace=True)
    publish.publish(tmp_path, "controle", {"new.txt": b""}, replace=True)
    assert [path.name for path in (tmp_path / "controle").iterdir()] == ["new.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["controle"]


def test_the_same_identity_is_found_among_all_drafts(tmp_path: Path) -> None:
    for number, identity in ((1, "one"), (2, "two")):
        publish.publish(
            tmp_path, f"concept-{number:02}", {"manifest.json": json.dumps({"identity": identity}).encode()}
        )
    found = publish.same_draft(tmp_path, {"one"})
    assert found is not None
    assert found[0].name == "concept-01"
    assert publish.same_draft(tmp_path, {"three"}) is None


HOLD = """
import sys, time
from pathlib import Path
from flows.publish import exclusive
with exclusive(Path(sys.argv[1]), lambda: None):
    (Path(sys.argv[1]) / ".onaf-left").mkdir()
    print("held", flush=True)
    time.sleep(60)
"""


def test_one_command_at_a_time_and_a_killed_one_leaves_nothing_behind(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    waited = []

    def waiting() -> None:
        waited.append(True)
        holder.kill()

    with publish.exclusive(tmp_path, waiting):
        assert waited == [True]
        assert not list(tmp_path.glob(".onaf-*"))
    holder.wait()


def test_a_file_is_written_over_what_is_there_and_its_folder_made(tmp_path: Path) -> None:
    folder = tmp_path / "2026-Q3" / "logboek"
    publish.write(folder, "page.json", b"first")
    publish.write(folder, "page.json", b"second")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"page.json": b"second"}
    assert (folder / "page.json").stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    old = os.umask(0)
    os.umask(old)
    return old


@pytest.mark.usefixtures("plain_renaming")
def test_a_created_file_never_stands_in_the_place_of_another(tmp_path: Path) -> None:
    publish.create(tmp_path / "new", "regie.xlsx", b"first")
    with pytest.raises(FileExistsError):
        publish.create(tmp_path / "new", "regie.xlsx", b"second")
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {"regie.xlsx": b"first"}


@pytest.mark.parametrize("work", [publish.write, publish.create])
def test_a_folder_that_is_a_file_cannot_be_written_in(tmp_path: Path, work: Callable[..., None]) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(publish.Unwritable, match="file/below") as caught:
        work(tmp_path / "file" / "below", "a.txt", b"")
    assert not caught.value.transient


@pytest.mark.parametrize(
    ("number", "passing"), [(errno.ENOSPC, False), (errno.EHOSTDOWN, True), (errno.ETIMEDOUT, True)]
)
def test_a_fault_that_may_pass_by_itself_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, passing: bool
) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(publish.Unwritable) as caught:
        publish.publish(tmp_path, "concept-01", {"a.txt": b"a"})
    assert caught.value.transient is passing
    assert list(tmp_path.iterdir()) == []


def test_what_was_being_replaced_is_put_back_unless_the_new_is_there(tmp_path: Path) -> None:
    for name in (".onaf-controle-oud", ".onaf-controleert-oud", "controleert", ".onaf-123"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "of.txt").write_text(name)
    (tmp_path / "logboek").mkdir()
    (tmp_path / "logboek" / ".onaf-456").write_bytes(b"")
    with publish.exclusive(tmp_path, lambda: None):
        assert (tmp_path / "controle" / "of.txt").read_text() == ".onaf-controle-oud"
        assert (tmp_path / "controleert" / "of.txt").read_text() == "controleert"
        assert not [*tmp_path.rglob(".onaf-*")]


def test_a_manifest_that_somebody_has_touched_is_no_draft_of_ours(tmp_path: Path) -> None:
    for number, text in enumerate((b"[]", b"{}", b"\xff", b'"identity"'), 1):
        publish.publish(tmp_path, f"concept-{number:02}", {"manifest.json": text})
    (tmp_path / "concept-05").mkdir()
    assert publish.same_draft(tmp_path, {"one"}) is None


# A run that is killed. Every call that changes or reads the disk is a moment to die at.

OLD, NEW = {"a.txt": b"old", "b.txt": b"old"}, {"a.txt": b"new", "c.txt": b"new", "docs/deep/x.txt": b"new"}
MOMENTS = ("open", "os.", "shutil.", "fsync")


def _publish(folder: Path, name: str, *, replace: bool = False) -> None:
    flat = {file: data for file, data in NEW.items() if "/" not in file}
    publish.publish(folder, name, flat, {"docs": folder.parent / "docs"}, replace=replace)


def _draft(folder: Path) -> None:
    _publish(folder, f"concept-{publish.next_draft(folder):02}")


def _replace(folder: Path) -> None:
    _publish(folder, "controle", replace=True)


def _write(folder: Path) -> None:
    publish.write(folder / "logboek", "a.txt", b"new")


def _create(folder: Path) -> None:
    try:
        publish.create(folder / "logboek", "a.txt", b"new")
    except FileExistsError:
        assert (folder / "logboek" / "a.txt").read_bytes() == b"new"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def visible(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(folder).items() if not name.startswith(".onaf-")}


def check(work: Callable[[Path], None], folder: Path, *, plain: bool) -> None:
    """What may be there after a kill, before and after the next run."""
    if work is _replace:
        assert contents(folder / "controle") in (OLD, NEW, *({} for _ in range(plain)))
    elif work is _draft:
        assert contents(folder / "concept-01") in ({}, NEW)
    else:
        before = [{"a.txt": b"old"}] if work is _write else [{}]
        assert visible(folder / "logboek") in (*before, {"a.txt": b"new"})
    with publish.exclusive(folder, lambda: None):
        if work is _replace:
            assert contents(folder / "controle") in (OLD, NEW)
        work(folder)
    found = sorted(path.name for path in folder.iterdir() if path.name != ".in-gebruik")
    assert not [name for name in found if name.startswith(".onaf-")]
    for name in found:
        assert contents(folder / name) in (NEW, {"a.txt": b"new"}), name


def die_everywhere(work: Callable[[Path], None], folder: Path, *, plain: bool) -> int:
    """Does `work` in a process that is killed at its first moment, then in one killed at its second; returns how many there are."""
    os.fsync = lambda _descriptor: sys.audit("fsync")  # a moment too; a kill loses nothing that a process has written
    (folder / "docs" / "deep").mkdir(parents=True)
    (folder / "docs" / "deep" / "x.txt").write_bytes(b"new")
    if plain:
        renaming._renamed = lambda *_: False  # type: ignore[assignment]
    moment = 0
    while True:
        moment += 1
        place = folder / str(moment)
        place.mkdir()
        if work is _replace:
            publish.publish(place, "controle", OLD)
        if work is _write:
            publish.write(place / "logboek", "a.txt", b"old")
        if (child := os.fork()) == 0:
            die_at(moment)
            work(place)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        check(work, place, plain=plain)
        shutil.rmtree(place)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            return moment - 1


def die_at(moment: int) -> None:
    left = [moment]

    def listen(event: str, _arguments: object) -> None:
        if event.startswith(MOMENTS):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(listen)


@pytest.mark.parametrize("plain", [False, True], ids=["linux", "plain"])
@pytest.mark.parametrize("work", ["_draft", "_replace", "_write", "_create"])
def test_whenever_a_run_is_killed_what_is_there_is_whole_and_the_next_run_works(
    tmp_path: Path, work: str, plain: bool
) -> None:
    code = f"from pathlib import Path\nfrom tests import test_publish as t\nprint(t.die_everywhere(t.{work}, Path({str(tmp_path)!r}), plain={plain}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5
