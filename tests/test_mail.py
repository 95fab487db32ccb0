"""What the coordinator gets by mail of real runs, through a server that asks for TLS and a password; and where neither may stand."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from ssl import SSLContext

import pytest

from flows.catalogue import ROOT
from tests.test_notify import HIDDEN, Postbus, authenticator, certified, serving
from tests.workbooks import delivery, measure, regie

pytestmark = pytest.mark.usefixtures("migrated")
__all__ = ["certified"]


@pytest.mark.slow
def test_a_draft_and_a_failure_are_mailed_and_the_password_stands_nowhere(
    tmp_path: Path, certified: Callable[[str], tuple[SSLContext, Path]]
) -> None:
    regie(tmp_path / "in" / "2026-Q3" / "regie.xlsx")
    delivery(tmp_path / "in" / "2026-Q3" / "SZW.xlsx", [measure(Intern="Alleen voor ons")])
    context, certificate = certified("127.0.0.1")
    postbus = Postbus()
    options = {"tls_context": context, "authenticator": authenticator, "auth_required": True}
    with serving(postbus, **options) as port:
        mail = {"SERVER": "127.0.0.1", "POORT": str(port), "GEBRUIKER": "voortgang", "WACHTWOORD": HIDDEN}
        mail |= {"VAN": "voortgang@voorbeeld.nl", "AAN": "regie@voorbeeld.nl"}
        env = os.environ | {f"VOORTGANG_MAIL__{name}": value for name, value in mail.items()}
        env |= {"SSL_CERT_FILE": str(certificate)}

        def voortgang(verb: str, quarter: str, **more: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-m", "flows.cli", verb, quarter]
            command += ["--inputs", str(tmp_path / "in"), "--outputs", str(tmp_path / "out")]
            return subprocess.run(command, cwd=ROOT, env=env | more, capture_output=True, text=True, check=False)

        first = voortgang("concept", "2026-Q3")
        runs = [
            first,
            voortgang("concept", "2026-Q3"),
            voortgang("controle", "2026-Q3"),
            voortgang("concept", "2031-Q1"),
        ]
        assert [run.returncode for run in runs] == [1, 1, 1, 2], first.stderr
        wrong = voortgang("concept", "2032-Q1", VOORTGANG_MAIL__WACHTWOORD="een-ander")
    mails = [message_from_bytes(one.content, policy=policy.default) for one in postbus.received]
    assert [str(one["To"]) for one in mails] == ["regie@voorbeeld.nl"] * 2
    drafted, failed = (one.get_body(("plain",)).get_content() for one in mails)  # type: ignore[union-attr]
    assert "concept-01" in str(mails[0]["Subject"])
    assert str(tmp_path / "out" / "2026-Q3" / "concept-01") in drafted
    assert "Van OCW (Ministerie van Onderwijs, Cultuur en Wetenschap) is geen aanlevering ontvangen" in drafted
    assert "Alleen voor ons" not in drafted
    assert "mislukt" in str(mails[1]["Subject"])
    assert "2031-Q1 bestaat niet" in failed
    assert wrong.returncode == 2
    assert "127.0.0.1" in wrong.stderr  # who refused the login; the draft's own sentence stands beside it
    for text in (run.stdout + run.stderr for run in (*runs, wrong)):
        assert HIDDEN not in text
    for path in (
        path
        for folder in (Path(os.environ["VOORTGANG_STATE"]), tmp_path / "out")
        for path in folder.rglob("*")
        if path.is_file()
    ):
        assert HIDDEN.encode() not in path.read_bytes(), path
