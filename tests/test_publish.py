"""A folder is published whole or not at all, and never overwritten."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows import publish


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    place = publish.publish(tmp_path, "concept-01", {"a.txt": b"a", "manifest.json": b"{}"})
    assert sorted(path.name for path in place.iterdir()) == ["a.txt", "manifest.json"]
    assert publish.next_draft(tmp_path) == 2


def test_an_existing_draft_is_never_overwritten(tmp_path: Path) -> None:
    publish.publish(tmp_path, "concept-01", {"a.txt": b"first"})
    with pytest.raises(publish.Unwritable):
        publish.publish(tmp_path, "concept-01", {"a.txt": b"second"})
    assert (tmp_path / "concept-01" / "a.txt").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["concept-01"]


def test_a_failure_while_writing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(publish.Unwritable):
        publish.publish(tmp_path, "concept-01", {"a.txt": b"a", "no/such/folder.txt": b"b"})
    assert list(tmp_path.iterdir()) == []


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
    found = publish.same_draft(tmp_path, "one")
    assert found is not None
    assert found[0].name == "concept-01"
    assert publish.same_draft(tmp_path, "three") is None


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
