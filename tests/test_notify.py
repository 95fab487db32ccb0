"""The mail to the coordinator, as a real mail server on this machine receives it, and what a user is told when none arrives."""

from __future__ import annotations

import ipaddress
import logging
import pickle
import re
import socket
import ssl
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from lxml import html

from flows import notify
from flows.model.place import place
from flows.notify import Outcome, Undelivered
from flows.report import Line, Printed, Summary
from flows.settings import Mail

HIDDEN = "Zwaluw-4711-stil"
TITLE = "Voortgang ‘Één’ Agenda"
LINES = (Line("SZW", 24, 1, 3, True), Line("VWS", 0, 0, 0, False), Line("", 0, 0, 2, True))
FINDINGS = (
    ('In SZW.xlsx, cel E7: ‘<script>alert("ë")</script>’ is geen verwijzing.\n\nOORZAAK', "Schrijf ze voluit & juist."),
    ("Het ‘coördinerend’ bureau ĳkt.", "Geen."),
)
MADE = Summary(TITLE, LINES, FINDINGS, place("/srv/uit/2026-Q3/concept-02"), Printed(71, 4, 2))
DRAFT = Outcome("concept", "2026-Q3", "Met bevindingen", MADE, None, "rooster")
REASON = "De map is leeg. Zet er regie.xlsx in."
MOMENT = datetime(2026, 11, 25, 5, 2, tzinfo=UTC)


class Postbus:
    """What a server received; it refuses what a case wants refused."""

    def __init__(self, refused: dict[str, str] | None = None, after_data: str = "250 OK") -> None:
        self.received: list[Envelope] = []
        self.refused = refused or {}
        self.after_data = after_data

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.refused.get(address, "250 OK")

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:  # noqa: N802
        if address not in self.refused:
            envelope.rcpt_tos.append(address)
        return self.refused.get(address, "250 OK")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.after_data.startswith("250"):
            self.received.append(envelope)
        return self.after_data


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(handler: Postbus, **options: Any) -> Iterator[int]:
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def settings(port: int, **values: Any) -> Mail:
    given = {"server": "127.0.0.1", "van": "voortgang@voorbeeld.nl", "aan": "regie@voorbeeld.nl", "beveiliging": "geen"}
    return Mail.model_validate(given | {"poort": port} | values)


def login(port: int, **values: Any) -> Mail:
    return settings(port, **({"beveiliging": "starttls", "gebruiker": "voortgang", "wachtwoord": HIDDEN} | values))


def authenticator(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"voortgang", HIDDEN.encode()), handled=False)


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[ssl.SSLContext, Path]]:
    """Makes a server's TLS context for an address, and the file with its self-signed certificate."""
    folder = tmp_path_factory.mktemp("tls")

    def make(address: str) -> tuple[ssl.SSLContext, Path]:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "postbus")])
        now = datetime.now(UTC)
        alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(alternative, critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        public, private = folder / f"{address}.pem", folder / f"{address}.key"
        public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        private.write_bytes(key.private_bytes(*form))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(public, private)
        return context, public

    return make


@pytest.fixture
def tls(certified, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's TLS context that this machine trusts."""
    context, public = certified("127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    return context


def parts(message: EmailMessage) -> tuple[str, Any]:
    """The plain text and the parsed HTML."""
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text and page
    return text.get_content().replace("\r\n", "\n"), html.document_fromstring(
        page.get_content().encode(), html.HTMLParser(encoding="utf-8")
    )


def received(postbus: Postbus) -> EmailMessage:
    (envelope,) = postbus.received
    assert isinstance(envelope.original_content, bytes)
    return message_from_bytes(envelope.original_content, policy=policy.default)


def fault(mail: Mail, outcome: Outcome = DRAFT) -> Undelivered:
    """What send() raises: nothing stands behind it, and the password is nowhere in it."""
    with pytest.raises(Undelivered) as caught:
        notify.send(notify.message(outcome, mail), mail)
    error = caught.value
    assert error.__cause__ is None and error.__context__ is None
    assert HIDDEN not in "".join(traceback.format_exception(error)) + repr(error)
    return error


# What arrives


def test_the_mail_arrives_as_it_was_sent() -> None:
    postbus = Postbus()
    with serving(postbus) as port:
        mail = settings(port, aan="regie@voorbeeld.nl, chef@voorbeeld.nl")
        notify.send(notify.message(DRAFT, mail, now=MOMENT), mail)
    (envelope,) = postbus.received
    assert envelope.mail_from == "voortgang@voorbeeld.nl"
    assert envelope.rcpt_tos == ["regie@voorbeeld.nl", "chef@voorbeeld.nl"]
    got = received(postbus)
    assert got["Subject"] == "Voortgang 2026-Q3: concept-02 staat klaar, 2 blokkerende bevindingen"
    assert got["From"] == "Voortgang <voortgang@voorbeeld.nl>"
    assert got["To"] == "regie@voorbeeld.nl, chef@voorbeeld.nl"
    assert got["Date"] == "Wed, 25 Nov 2026 06:02:00 +0100"
    assert re.fullmatch(r"<[\w.]+@voorbeeld\.nl>", got["Message-ID"])
    assert (got["Auto-Submitted"], got["Content-Language"]) == ("auto-generated", "nl")
    assert got.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in got.iter_parts()] == ["text/plain", "text/html"]

    text, page = parts(got)
    rows = [line.split() for line in text.splitlines()]
    assert ["Ministerie", "Rijen", "Blokkerend", "Waarschuwingen", "Aangeleverd"] in rows
    assert ["SZW", "24", "1", "3", "ja"] in rows and ["VWS", "0", "0", "0", "nee"] in rows
    assert "/srv/uit/2026-Q3/concept-02" in text.splitlines()
    assert "Het concept van ‘Voortgang ‘Één’ Agenda’ is gemaakt" in text
    assert '‘<script>alert("ë")</script>’ is geen verwijzing. OORZAAK\n    Advies: Schrijf ze voluit & juist.' in text
    assert "Het ‘coördinerend’ bureau ĳkt." in text
    assert "op 25 november 2026 om 06.02 uur. Gestart door of via: rooster." in text
    assert not page.xpath("//script")
    assert '‘<script>alert("ë")</script>’' in page.xpath("string(//ol/li[1])")


def test_text_and_html_say_the_same_words() -> None:
    text, page = parts(notify.message(DRAFT, settings(25)))
    for leaf in page.xpath("//body//text()[normalize-space()]"):
        assert " ".join(leaf.split()).casefold() in " ".join(text.split()).casefold()


def test_the_html_is_accessible_and_takes_nothing_from_elsewhere() -> None:
    message = notify.message(DRAFT, settings(25))
    _, page = parts(message)
    assert page.get("lang") == "nl" and page.xpath("string(//title)") == message["Subject"]
    assert page.xpath("string(//table/caption)") == "Aanleveringen en bevindingen per ministerie"
    assert len(page.xpath("//thead//th[@scope='col']")) == 5
    assert [cell.text for cell in page.xpath("//tbody//th[@scope='row']")] == [
        "SZW",
        "VWS",
        "regie.xlsx en overige bestanden",
    ]
    assert [cell.text for cell in page.xpath("//tbody/tr[1]/td")] == ["24", "1", "3", "ja"]
    assert not page.xpath("//img | //link | //style | //@href | //@src") and "url(" not in html.tostring(
        page, encoding="unicode"
    )


@pytest.mark.parametrize(
    ("outcome", "subject"),
    [
        (
            Outcome("concept", "2026-Q3", "Gereed", Summary(TITLE, (), (), place("/uit/concept-01")), None, "rooster"),
            "Voortgang 2026-Q3: concept-01 staat klaar, geen blokkerende bevindingen",
        ),
        (
            Outcome("controle", "2026-Q3", "Met bevindingen", Summary(TITLE, (), FINDINGS[:1]), None, "aanlevermap"),
            "Voortgang 2026-Q3: gecontroleerd, 1 blokkerende bevinding",
        ),
        (
            Outcome(
                "concept",
                "2026-Q3",
                "Gereed",
                Summary(TITLE, (), (), place("/uit/concept-01"), None, "concept-01"),
                None,
                "jansen",
            ),
            "Voortgang 2026-Q3: niets veranderd sinds concept-01",
        ),
        (Outcome("concept", "2026-Q3", "Mislukt", None, REASON, "rooster"), "Voortgang 2026-Q3: concept mislukt"),
        (Outcome("concept", "2026-Q3", "Afgebroken", None, None, "jansen"), "Voortgang 2026-Q3: concept afgebroken"),
        (Outcome("controle", "2026-Q3", "Mislukt", None, REASON, "x"), "Voortgang 2026-Q3: controle mislukt"),
        (
            Outcome("rooster", "2026-Q3", "Mislukt", None, REASON, "rooster"),
            "Voortgang 2026-Q3: geen concept volgens rooster",
        ),
    ],
)
def test_the_subject_tells_how_it_ended(outcome: Outcome, subject: str) -> None:
    assert notify.message(outcome, settings(25))["Subject"] == subject


def test_a_failure_says_why_and_what_to_do() -> None:
    text, page = parts(notify.message(Outcome("concept", "2026-Q3", "Mislukt", None, REASON, "rooster"), settings(25)))
    assert f"OORZAAK\n\n{REASON}\n" in text and REASON in page.text_content() and not page.xpath("//table")
    assert "opnieuw: voortgang concept 2026-Q3" in text


def test_a_failure_without_a_known_cause_says_where_to_look() -> None:
    text, _ = parts(notify.message(Outcome("concept", "2026-Q3", "Afgebroken", None, None, "jansen"), settings(25)))
    assert "De oorzaak is niet bekend. Uw beheerder vindt het verloop van de opdracht in Prefect." in text


def test_twenty_findings_are_told_and_the_others_counted() -> None:
    many = tuple((f"Bevinding {number:03}.", "Los op.") for number in range(1, 24))
    text, page = parts(
        notify.message(
            Outcome("concept", "2026-Q3", "Met bevindingen", Summary(TITLE, (), many), None, "x"), settings(25)
        )
    )
    assert "Bevinding 020." in text and "Bevinding 021." not in text and len(page.xpath("//ol/li")) == 20
    assert "Er zijn nog 3 blokkerende bevindingen; u vindt ze alle in bevindingen.json." in text


def test_what_stands_in_a_cell_or_on_the_command_line_adds_no_header_and_no_line() -> None:
    wild = "2026-Q3\r\nBcc: x@elders.nl\u2028\x1b[31m\u202e\udcff"
    summary = Summary(wild, (Line(wild, 1, 1, 1, True),), ((wild, wild),), place("/uit/concept\n01"))
    for outcome in (
        Outcome("concept", wild, "Gereed", summary, None, wild),
        Outcome("concept", wild, "Mislukt", None, wild, wild),
    ):
        message = message_from_bytes(bytes(notify.message(outcome, settings(25))), policy=policy.default)
        assert message["Bcc"] is None and "Bcc: x@elders.nl" in message["Subject"]
        text, page = parts(message)
        assert not re.search(r"^Bcc|[\r\x1b\u202e\u2028]", text, re.MULTILINE)
        assert not re.search(r"[\x1b\u202e\u2028]", page.text_content())


# How it is sent


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the server does not see TLS that was there from the start
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_mail_is_sent_over_tls_with_a_login(security: str, tls: ssl.SSLContext) -> None:
    postbus = Postbus()
    options: dict[str, Any] = {"authenticator": authenticator, "auth_required": True}
    if security == "starttls":
        options |= {"tls_context": tls, "require_starttls": True}
    else:
        options |= {"ssl_context": tls, "auth_require_tls": False}
    with serving(postbus, **options) as port:
        mail = login(port, beveiliging=security)
        notify.send(notify.message(DRAFT, mail), mail)
    assert received(postbus)["Subject"].startswith("Voortgang 2026-Q3")


def test_a_login_that_is_refused_is_told_without_the_password(
    tls: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    postbus = Postbus()
    with serving(postbus, tls_context=tls, authenticator=lambda *_: AuthResult(success=False, handled=False)) as port:
        mail = login(port)
        error = fault(mail)
    assert not error.transient and not postbus.received
    assert str(error) == (
        "Het bericht is niet verstuurd: mailserver 127.0.0.1 wees de aanmelding af; "
        "controleer de gebruiker en het wachtwoord in de instellingen."
    )
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # that is the server's
    assert HIDDEN not in "".join(ours) and HIDDEN not in f"{mail} {mail!r}"


def test_a_server_that_knows_no_login_is_told(tls: ssl.SSLContext) -> None:
    with serving(Postbus(), tls_context=tls) as port:
        assert "wees de aanmelding af" in str(fault(login(port)))


def test_an_absent_server_may_come_back() -> None:
    port = free_port()
    error = fault(settings(port))
    assert error.transient
    assert str(error) == (
        f"Het bericht is niet verstuurd: mailserver 127.0.0.1 (poort {port}) is niet bereikbaar of verbrak de verbinding."
    )


def test_a_silent_server_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        error = fault(settings(silent.getsockname()[1]))
    assert error.transient and "is niet bereikbaar" in str(error)


TLS_FAILED = "er kwam geen veilige verbinding (TLS) met mailserver 127.0.0.1"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    security: str, certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, _ = certified("127.0.0.1")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    postbus = Postbus()
    with serving(postbus, **{"tls_context" if security == "starttls" else "ssl_context": context}) as port:
        error = fault(login(port, beveiliging=security))
    assert TLS_FAILED in str(error) and not error.transient and not postbus.received


def test_a_certificate_of_another_server_is_refused(certified, monkeypatch: pytest.MonkeyPatch) -> None:
    context, public = certified("127.0.0.2")
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with serving(Postbus(), tls_context=context) as port:
        assert TLS_FAILED in str(fault(login(port)))


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_without_tls_gets_neither_password_nor_mail(security: str) -> None:
    postbus = Postbus()
    with serving(postbus, authenticator=authenticator, auth_require_tls=False) as port:
        error = fault(login(port, beveiliging=security))
    assert TLS_FAILED in str(error) and not error.transient and not postbus.received


@pytest.mark.parametrize(("reply", "transient"), [("550 onbekend", False), ("451 later", True)])
def test_a_refused_recipient_is_named(reply: str, transient: bool) -> None:
    postbus = Postbus({"regie@voorbeeld.nl": reply})
    with serving(postbus) as port:
        error = fault(settings(port))
    assert error.transient is transient and not postbus.received
    assert (
        str(error)
        == "Het bericht is niet verstuurd: mailserver 127.0.0.1 weigerde elke ontvanger (regie@voorbeeld.nl)."
    )


@pytest.mark.parametrize("reply", ["550 onbekend", "451 later"])
def test_one_refused_recipient_keeps_the_mail_from_nobody_else_and_it_is_not_sent_twice(reply: str) -> None:
    postbus = Postbus({"weg@voorbeeld.nl": reply})
    with serving(postbus) as port:
        error = fault(settings(port, aan=["weg@voorbeeld.nl", "regie@voorbeeld.nl"]))
    assert [envelope.rcpt_tos for envelope in postbus.received] == [["regie@voorbeeld.nl"]]
    assert not error.transient
    assert str(error) == (
        "Het bericht is verstuurd, maar niet aan weg@voorbeeld.nl: mailserver 127.0.0.1 weigerde die ontvangers."
    )


def test_a_refused_sender_is_named() -> None:
    with serving(Postbus({"voortgang@voorbeeld.nl": "553 mag niet"})) as port:
        error = fault(settings(port))
    assert str(error) == (
        "Het bericht is niet verstuurd: mailserver 127.0.0.1 weigerde de afzender voortgang@voorbeeld.nl."
    )


@pytest.mark.parametrize(("reply", "transient"), [("554 spam", False), ("452 vol", True)])
def test_a_refused_message_is_told_with_the_code_alone(reply: str, transient: bool) -> None:
    with serving(Postbus(after_data=reply)) as port:
        error = fault(settings(port))
    assert error.transient is transient
    assert str(error) == f"Het bericht is niet verstuurd: mailserver 127.0.0.1 nam het niet aan (code {reply[:3]})."


def test_the_error_travels_between_processes() -> None:
    travelled = pickle.loads(pickle.dumps(Undelivered("Zo is het.", transient=True)))
    assert str(travelled) == "Zo is het." and travelled.transient
