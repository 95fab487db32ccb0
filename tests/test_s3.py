"""Inputs and outputs at an address: the same as in a folder, on an S3 server of this machine."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import botocore.exceptions as boto
import pytest
from botocore.config import Config

from flows import publish, publish_remote
from flows.catalogue import ROOT, load_contract
from flows.gather.normalise import Choices
from flows.gather.raw import sha256
from flows.gather.steering import read_regie
from flows.gather.workbook import read_workbook, unreachable
from flows.model.place import Place, place
from flows.model.quarter import Kwartaal
from flows.model.s3 import S3, os_errors
from flows.order import Order, Rules, input_digests, input_files, quarters
from tests.workbooks import delivery, measure, regie

BUCKET = "voortgang"
SETTINGS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "very-secret",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "NO_PROXY": "127.0.0.1",
}
DRAFT = {"brief.json": b"{}", "manifest.json": b'{"identity": "one"}'}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A client of a server of our own, which the environment names for everybody in this process."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("moto_server")), "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (SETTINGS | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}).items():
            patch.setenv(name, value)
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
            patch.delenv(name, raising=False)
        S3.clear_instance_cache()
        made = boto3.client("s3", config=Config(retries={"total_max_attempts": 1}))
        deadline = time.monotonic() + 60
        while True:
            try:
                made.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
                break
            except boto.EndpointConnectionError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield made
    server.terminate()
    server.wait()
    S3.clear_instance_cache()


@pytest.fixture
def folder(client: Any) -> Place:
    """A prefix of its own."""
    assert client
    return place(f"s3://{BUCKET}/{uuid4().hex}/2026-Q3")


def put(client: Any, folder: Place, *names: str) -> None:
    for name in names:
        client.put_object(Bucket=BUCKET, Key=f"{str(folder).removeprefix(f's3://{BUCKET}/')}/{name}", Body=b"")


def contents(client: Any, folder: Place) -> dict[str, bytes]:
    prefix = str(folder).removeprefix(f"s3://{BUCKET}/") + "/"
    keys = [item["Key"] for item in client.list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", ())]
    return {key.removeprefix(prefix): client.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in keys}


def test_text_names_a_folder_or_an_address() -> None:
    assert type(place("inputs")) is type(Path())
    assert place("C:/x") == Path("C:/x")
    assert place("file:///a%20b/c") == Path("/a b/c")
    assert str(place("s3://bucket/prefix") / "2026-Q3" / "regie.xlsx") == "s3://bucket/prefix/2026-Q3/regie.xlsx"


@pytest.mark.parametrize("text", ["s3:/bucket/x", "nonsense://x", "s3://key:very-secret@bucket/x"])
def test_an_address_that_is_none_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(s3|Unsupported.*)$") as caught:
        place(text)
    assert "secret" not in str(caught.value)


def test_local_folders_need_nothing_of_what_addresses_need() -> None:
    code = "import sys; from flows import publish; from flows.model.place import place; place('x'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"upath", "fsspec", "s3fs", "botocore"} & set(done.stdout.split())


def test_a_draft_is_published_and_found_by_its_identity(client: Any, folder: Place) -> None:
    assert publish.drafts(folder) == {}
    assert publish.next_draft(folder) == 1
    with publish.exclusive(folder, lambda: None):
        made = publish.publish(folder, "concept-01", DRAFT)
    assert str(made) == f"{folder}/concept-01"
    assert contents(client, made) == DRAFT
    assert publish.drafts(folder) == {1: made}
    assert publish.next_draft(folder) == 2
    second = DRAFT | {"manifest.json": b'{"identity": "two"}', "dossier/index.html": b"page"}
    assert contents(client, publish.publish(folder, "concept-02", second)) == second
    assert publish.same_draft(folder, {"one"}) == (made, {"identity": "one"})
    assert publish.same_draft(folder, {"three"}) is None


@pytest.mark.parametrize("there", ["brief.json", "manifest.json", ".onaf", ""])
def test_what_is_there_is_never_overwritten_whatever_it_is(client: Any, folder: Place, there: str) -> None:
    put(client, folder, f"concept-01/{there}")
    before = contents(client, folder)
    with pytest.raises(publish.Unwritable) as caught:
        publish.publish(folder, "concept-01", DRAFT)
    assert str(caught.value) == f"{folder}/concept-01" and not caught.value.transient
    assert contents(client, folder) == before
    assert publish.next_draft(folder) == 2
    assert list(publish.drafts(folder)) == ([1] if there == "manifest.json" else [])


def test_what_an_interrupted_run_left_is_no_draft_and_is_cleared(client: Any, folder: Place) -> None:
    put(client, folder, "concept-01/manifest.json", "concept-01/.onaf")
    put(client, folder, "concept-02/.onaf", "concept-02/brief.pdf", "concept-03/.onaf", "concept-04/of-somebody.txt")
    assert list(publish.drafts(folder)) == [1]
    assert publish.next_draft(folder) == 5
    with publish.exclusive(folder, lambda: None):
        assert sorted(contents(client, folder)) == ["concept-01/manifest.json", "concept-04/of-somebody.txt"]
    assert publish.next_draft(folder) == 5


def test_what_is_replaced_holds_nothing_of_what_was_there(client: Any, folder: Place, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "index.html").write_bytes(b"docs")
    put(client, folder, "controle/old [1].txt", "controle/data-docs/old.html", "controleert/kept.txt")
    publish.publish(folder, "controle", {"new.txt": b"new"}, {"data-docs": tmp_path}, replace=True)
    assert contents(client, folder / "controle") == {"new.txt": b"new", "data-docs/deep/index.html": b"docs"}
    assert contents(client, folder / "controleert") == {"kept.txt": b""}


def test_a_file_is_written_over_what_is_there_but_never_created_over_it(client: Any, folder: Place) -> None:
    publish.create(folder / "logboek", "page.json", b"first")
    with pytest.raises(FileExistsError):
        publish.create(folder / "logboek", "page.json", b"second")
    assert contents(client, folder) == {"logboek/page.json": b"first"}
    publish.write(folder / "logboek", "page.json", b"third")
    assert contents(client, folder) == {"logboek/page.json": b"third"}


def test_of_several_that_claim_a_number_at_once_one_gets_it_and_it_is_whole(client: Any, folder: Place) -> None:
    def attempt(number: int) -> bytes | None:
        mine = str(number).encode()
        try:
            publish.publish(folder, "concept-01", {f"{number}.pdf": mine, "brief.json": mine, "manifest.json": mine})
        except publish.Unwritable:
            return None
        return mine

    with ThreadPoolExecutor(4) as pool:
        won = [one for one in pool.map(attempt, range(4)) if one]
    assert len(won) == 1
    assert contents(client, folder / "concept-01") == {
        f"{won[0].decode()}.pdf": won[0], "brief.json": won[0], "manifest.json": won[0]}  # fmt: skip


def test_a_number_that_another_used_between_the_look_and_the_claim_is_left_to_it(
    client: Any, folder: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = publish_remote.create

    def late(target: Any, data: bytes) -> None:
        monkeypatch.setattr(publish_remote, "create", create)
        publish.publish(folder, "concept-01", DRAFT)
        create(target, data)

    monkeypatch.setattr(publish_remote, "create", late)
    with pytest.raises(publish.Unwritable):
        publish.publish(folder, "concept-01", {"late.txt": b"", "manifest.json": b"{}"})
    assert contents(client, folder / "concept-01") == DRAFT


def test_a_run_that_was_taken_for_interrupted_withdraws(
    client: Any, folder: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = publish_remote.write

    def and_another_clears(target: Any, data: bytes) -> None:
        if target.name == "manifest.json":
            publish_remote.clear(folder)  # type: ignore[arg-type]
        write(target, data)

    monkeypatch.setattr(publish_remote, "write", and_another_clears)
    with pytest.raises(publish.Unwritable) as caught:
        publish.publish(folder, "concept-01", DRAFT)
    assert caught.value.transient
    assert contents(client, folder) == {}


def test_a_failed_attempt_leaves_nothing_or_is_taken_over_by_the_next(
    client: Any, folder: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ConnectionError

    for away in (False, True):  # also for the withdrawal
        with monkeypatch.context() as broken:
            broken.setattr(publish_remote, "write", fails)
            if away:
                broken.setattr(publish_remote, "_remove", fails)
            with pytest.raises(publish.Unwritable) as caught:
                publish.publish(folder, "concept-01", DRAFT)
        assert caught.value.transient
        assert list(contents(client, folder)) == (["concept-01/.onaf"] if away else [])
    publish.publish(folder, "concept-01", DRAFT)
    assert contents(client, folder / "concept-01") == DRAFT


def die_everywhere(address: str) -> int:
    """Publishes in a process that is killed before its first request, then in one killed before its second, and so on.

    All that speaks to the server is done in processes of its own, so that none is split off from one that has threads.
    """
    moment = 0
    while True:
        moment += 1
        folder = place(f"{address}/{moment}")
        status = apart(
            lambda folder=folder, moment=moment: (die_at(moment), publish.publish(folder, "concept-01", DRAFT))
        )
        if not os.WIFSIGNALED(status):
            assert status == 0
            break
    folders = [place(f"{address}/{number}") for number in range(1, moment + 1)]
    assert apart(lambda: [check(one) for one in folders]) == 0
    return moment - 1


def apart(work: Callable[[], object]) -> int:
    if (child := os.fork()) == 0:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 (the end of this process is all that is told)
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def die_at(moment: int) -> None:
    call, left = S3._call_s3, [moment]

    async def counted(self: S3, *arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return await call(self, *arguments, **named)

    S3._call_s3 = counted  # type: ignore[method-assign]


def check(folder: Place) -> None:
    found = publish.drafts(folder)
    with publish.exclusive(folder, lambda: None):
        assert found == publish.drafts(folder)
        number = publish.next_draft(folder)
        assert number == len(found) + 1
        publish.publish(folder, f"concept-{number:02}", DRAFT)
    for draft in publish.drafts(folder).values():
        assert {path.name: path.read_bytes() for path in draft.iterdir()} == DRAFT


def test_whenever_a_run_is_killed_a_draft_is_whole_or_none_and_the_next_run_works(folder: Place) -> None:
    code = f"from tests import test_s3 as t; print(t.die_everywhere({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5


def test_deliveries_are_read_as_from_a_folder(client: Any, folder: Place, tmp_path: Path) -> None:
    local = tmp_path / "2026-Q3"
    regie(local / "regie.xlsx")
    delivery(local / "bijdrage [SZW] v1.xlsx", [measure()])
    (local / ".~lock.x#").write_bytes(b"")
    for path in local.iterdir():
        publish.write(folder, path.name, path.read_bytes())
    put(client, folder, "", "map/", "map/in.xlsx")  # as consoles make folders: an empty object stands for each
    rules = Rules.load()
    assert [path.name for path in input_files(folder)] == ["bijdrage [SZW] v1.xlsx", "map", "regie.xlsx"]
    assert input_digests(input_files(folder)) == input_digests(input_files(local))
    assert sha256(folder / "regie.xlsx") == sha256(local / "regie.xlsx")
    assert quarters(folder.parent) == quarters(tmp_path) == (Kwartaal.parse("2026-Q3"),)
    assert Order.of("2026-Q3", str(folder.parent), "outputs", rules.regels).inputs == folder
    there, here = (
        (
            read_workbook(source / "bijdrage [SZW] v1.xlsx", load_contract().delivery, Choices({}, {}), rules.regels),
            read_regie(source / "regie.xlsx", Kwartaal.parse("2026-Q3"), rules.contract, rules.regels),
        )
        for source in (folder, local)
    )
    assert there == here
    assert there[0].workbook
    assert (
        read_workbook(folder / "absent.xlsx", (), Choices({}, {}), rules.regels).findings[0].rule
        == "bestand-onleesbaar"
    )


def test_a_file_is_as_it_is_now_whatever_was_seen_before(folder: Place) -> None:
    for data in (b"1", b"22"):
        publish.write(folder, f"{len(data)}.txt", data)
        publish.write(folder, "a.txt", data)
        assert (folder / "a.txt").read_bytes() == data
        assert (folder / "a.txt").stat().st_size == len(data)
        assert len([*folder.iterdir()]) == len(data) + 1
    before = (folder / "a.txt").stat().st_mtime
    assert abs(before - time.time()) < 100


@pytest.mark.usefixtures("client")
def test_a_bucket_that_is_not_there_and_keys_that_are_none_are_unwritable(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = place("s3://voortgang-absent/2026-Q3")
    for work in (lambda: publish.write(absent, "a.txt", b""), lambda: publish.publish(absent, "concept-01", DRAFT)):
        with pytest.raises(publish.Unwritable, match="s3://voortgang-absent/2026-Q3"):
            work()
    with pytest.raises(publish.Unwritable), publish.exclusive(absent, lambda: None):
        pass
    assert publish.drafts(absent) == {} and publish.next_draft(absent) == 1
    S3.clear_instance_cache()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(publish.Unwritable) as caught:
        publish.write(place(f"s3://{BUCKET}/x"), "a.txt", b"")
    assert isinstance(caught.value.__cause__, PermissionError) and not caught.value.transient
    S3.clear_instance_cache()


@pytest.mark.usefixtures("client")
def test_a_server_that_is_gone_is_told_soon_and_may_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    S3.clear_instance_cache()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    folder, begin = place(f"s3://{BUCKET}/2026-Q3"), time.monotonic()
    for work in (
        lambda: publish.write(folder, "a.txt", b""),
        lambda: publish.publish(folder, "concept-01", DRAFT),
        lambda: publish.drafts(folder),
        lambda: publish.next_draft(folder),
    ):
        with pytest.raises(publish.Unwritable) as caught:
            work()
        assert caught.value.transient
        assert str(folder) in str(caught.value)
        monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)  # seen once
    for read in ("is_file", "is_dir", "read_bytes", "stat"):
        with pytest.raises(ConnectionError):
            getattr(folder / "regie.xlsx", read)()
    with pytest.raises(ConnectionError):
        input_files(folder)
    with pytest.raises(ConnectionError):
        read_workbook(folder / "a.xlsx", (), Choices({}, {}), Rules.load().regels)
    assert unreachable(folder / "a.xlsx", Rules.load().regels).findings[0].rule == "bestand-onleesbaar"
    assert time.monotonic() - begin < 60
    S3.clear_instance_cache()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (boto.NoCredentialsError(), PermissionError),
        (boto.ReadTimeoutError(endpoint_url="http://u:secret@h"), TimeoutError),
        (boto.EndpointConnectionError(endpoint_url="http://u:secret@h"), ConnectionError),
        (boto.ParamValidationError(report="secret"), OSError),
        (ValueError("secret"), OSError),
        (FileNotFoundError(errno.ENOENT, "x"), FileNotFoundError),
    ],
)
def test_every_fault_is_an_os_error_without_words_of_others(error: Exception, kind: type[OSError]) -> None:
    with pytest.raises(kind) as caught, os_errors():
        raise error
    assert type(caught.value) is kind
    assert "secret" not in str(caught.value)


def test_a_draft_that_cannot_be_reached_for_a_moment_is_not_made_again(
    folder: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(folder, "concept-01", DRAFT)

    def fails(*_: object) -> bytes:
        raise ConnectionError

    monkeypatch.setattr(json, "loads", fails)
    with pytest.raises(publish.Unwritable) as caught:
        publish.same_draft(folder, {"one"})
    assert caught.value.transient
