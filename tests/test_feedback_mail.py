"""What a ministry gets by mail of its own delivery, through a real mail server and a drop folder that runs; and what it never gets."""

from __future__ import annotations

import io
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from flows import feedback_mail, settings
from tests.processes import eventually
from tests.test_notify import Postbus, serving
from tests.test_notify import settings as mail_settings
from tests.test_start import Started
from tests.workbooks import MINISTRIES, delivery, measure, regie

ADDRESS = {"SZW": "integratie@szw.voorbeeld.nl; tweede@szw.voorbeeld.nl", "OCW": "bureau@ocw.voorbeeld.nl"}
HEADER = ("Code", "Naam", "Uiterste leverdatum", "E-mail")


def deliver(folder: Path, code: str, text: str | None) -> None:
    """A delivery with a fault and a remark of its own, put there at once as a person would."""
    other = measure(f"{code}-02", "Tekst.", Status="Onbekend", Intern=f"Alleen {code}")
    made = delivery(folder.parent / f"{code}.xlsx", [measure(f"{code}-01", text), other], {"Ministerie": code})
    made.replace(folder / made.name)


def mails(postbus: Postbus) -> list[tuple[list[str], EmailMessage]]:
    return [(one.rcpt_tos, message_from_bytes(one.content, policy=policy.default)) for one in postbus.received]


def to_ministries(postbus: Postbus) -> list[list[str]]:
    return [to for to, _ in mails(postbus) if to != ["regie@voorbeeld.nl"]]


def text_of(book: Any) -> str:
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


@pytest.mark.slow
def test_each_ministry_gets_its_own_workbook_once_a_delivery(tmp_path: Path, migrated: Path) -> None:
    service, postbus = Started(tmp_path), Postbus()
    copytree(migrated, tmp_path / "state")
    inputs = service.inputs / "2026-Q3"
    rows = [(code, name, datetime(2090, 1, 1), ADDRESS[code]) for code, name in MINISTRIES]
    regie(inputs / "regie.xlsx", Ministeries=[HEADER, *rows])
    with serving(postbus) as port:
        mail = {"SERVER": "127.0.0.1", "POORT": str(port), "BEVEILIGING": "geen", "MINISTERIES": "ja"}
        mail |= {"VAN": "voortgang@voorbeeld.nl", "AAN": "regie@voorbeeld.nl"}
        service.env |= {f"VOORTGANG_MAIL__{name}": value for name, value in mail.items()}
        watched = service.run("controle", "2026-Q3")  # somebody sees how this ends
        assert watched.returncode == 1, watched.stderr  # nobody has delivered yet
        service.start()
        try:
            for code in ("SZW", "OCW"):
                deliver(inputs, code, "De cursussen lopen.")
            eventually(lambda: len(to_ministries(postbus)) >= 2 and len(postbus.received) >= 3)
            first = mails(postbus)
            deliver(inputs, "OCW", "De cursussen zijn klaar.")
            eventually(lambda: len(postbus.received) >= 5)
        finally:
            service.end()
    assert to_ministries(postbus) == [
        ["integratie@szw.voorbeeld.nl", "tweede@szw.voorbeeld.nl"], ["bureau@ocw.voorbeeld.nl"], ["bureau@ocw.voorbeeld.nl"]]  # fmt: skip
    for to, mail_ in [one for one in first if one[0] != ["regie@voorbeeld.nl"]]:
        own, other = ("SZW", "OCW") if "szw" in to[0] else ("OCW", "SZW")
        (attached,) = mail_.iter_attachments()
        assert attached.get_filename() == f"{own}.xlsx"
        book = openpyxl.load_workbook(io.BytesIO(attached.get_payload(decode=True)))
        words = text_of(book) + str(mail_.get_body().get_content()) + "".join(map(str, mail_.values()))  # type: ignore[union-attr]
        assert book.sheetnames[0] == "Bevindingen"
        assert f"Alleen {own}" in words  # it is the sender's own
        assert "‘Onbekend’" in words
        assert mail_["Reply-To"] == "regie@voorbeeld.nl"
        for secret in (
            f"Alleen {other}",
            f"{other}.xlsx",
            f"{other}-01",
            f"{other.casefold()}.voorbeeld.nl",
            str(tmp_path),
        ):
            assert secret not in words
    for path in (path for path in service.outputs.rglob("*") if path.is_file()):
        assert b"voorbeeld.nl" not in path.read_bytes(), path


def test_without_the_setting_no_ministry_gets_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: Any = SimpleNamespace(mail=mail_settings(25))
    monkeypatch.setattr(settings, "load", lambda: chosen)
    monkeypatch.setattr(feedback_mail, "attended", lambda: False)
    nothing: Any = None
    assert chosen.mail.ministeries == "nee"
    assert feedback_mail.mail_feedback(nothing, nothing, nothing) == {}
