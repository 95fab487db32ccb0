"""The mail to the coordinator when a run has ended, and how any mail is sent. In: an outcome and the settings. Out: a message, or one sent.

Knows nothing of Prefect. What the mail says stands in templates/bericht.txt.j2, how its HTML looks in bericht.html.j2; the words
are the same in both. The password leaves this module only for the mail server.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from flows.catalogue import TEMPLATES, sayings
from flows.model.quarter import dutch_date
from flows.settings import Mail

if TYPE_CHECKING:
    from flows.report import Summary

ZONE = ZoneInfo("Europe/Amsterdam")
SHOWN = 20
TIMEOUT = 20.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. `toestand` is the name of its final state, `via` who or what started it.

    A run that made nothing has no summary, and a reason if one is known: a sentence.
    """

    verb: str
    kwartaal: str
    toestand: str
    summary: Summary | None
    reason: str | None
    via: str


class Undelivered(Exception):
    """A message did not reach everyone; its text is the sentence that says why.

    `transient`: it may pass by itself. `partly`: it did reach some.
    """

    def __init__(self, sentence: str, *, transient: bool = False, partly: bool = False) -> None:
        super().__init__(sentence)
        self.transient, self.partly = transient, partly


def message(outcome: Outcome, mail: Mail, *, now: datetime | None = None) -> EmailMessage:
    """The mail that tells of `outcome`, as plain text and as HTML."""
    moment = (now or datetime.now(ZONE)).astimezone(ZONE)
    facts = {
        "uitkomst": _tidy(outcome),
        "plaats": _where(outcome),
        "toestanden": sayings("toestand"),
        "getoond": SHOWN,
        "moment": {"dag": dutch_date(moment.date()), "tijd": f"{moment:%H.%M}"},
    }
    environment = templates()
    text = environment.get_template("bericht.txt.j2").make_module(facts)
    html = environment.get_template("bericht.html.j2").render(facts)
    made = letter(vars(text)["onderwerp"], str(text), mail, mail.aan, moment)
    made.add_alternative(_encodable(html), subtype="html", cte="quoted-printable")
    made["Content-Language"] = "nl"  # last: a header of this kind would move into the first part
    return made


def letter(subject: str, text: str, mail: Mail, to: Iterable[str], moment: datetime) -> EmailMessage:
    """A mail of plain text."""
    made = EmailMessage()
    made["Subject"] = _encodable(subject)
    made["From"] = Address(sayings("bericht")["afzender"], addr_spec=mail.van)
    made["To"] = [Address(addr_spec=one) for one in to]
    made["Date"] = moment
    made["Message-ID"] = make_msgid(domain=mail.van.partition("@")[2])
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"  # Exchange heeds this one
    made.set_content(_encodable(text).strip() + "\n", cte="quoted-printable")
    return made


def templates() -> Environment:
    """The templates of mails."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["op_een_regel"] = _line
    return environment


def _tidy(outcome: Outcome) -> Outcome:
    """The outcome with each text on one line: what stands in a cell can look like no other part of the mail."""
    summary = outcome.summary and replace(
        outcome.summary,
        titel=_line(outcome.summary.titel),
        lines=tuple(replace(line, code=_line(line.code)) for line in outcome.summary.lines),
        blocking=tuple((_line(finding), _line(advice)) for finding, advice in outcome.summary.blocking),
    )
    reason = outcome.reason and _line(outcome.reason)
    return replace(outcome, kwartaal=_line(outcome.kwartaal), via=_line(outcome.via), summary=summary, reason=reason)


def _line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _encodable(text: str) -> str:
    """The text without the half characters that an undecodable name on the command line leaves."""
    return text.encode("utf-8", "replace").decode()


def _where(outcome: Outcome) -> dict[str, str] | None:
    """The folder of what was made, in full, and its name."""
    place = outcome.summary and outcome.summary.place
    return {"naam": _line(place.name), "map": _line(str(place.resolve()))} if place else None


def send(made: EmailMessage, mail: Mail) -> None:
    """Sends a message; raises Undelivered where it does not reach everyone. The error has no other one behind it."""
    if fault := _attempt(made, mail):
        raise fault


def _attempt(made: EmailMessage, mail: Mail) -> Undelivered | None:
    step = "onbereikbaar"
    try:
        with _connection(mail) as server:
            if mail.beveiliging == "starttls":
                step = "beveiliging"
                server.starttls(context=ssl.create_default_context())
            if mail.gebruiker and mail.password:
                step = "aanmelden"
                server.login(mail.gebruiker, mail.password.get_secret_value())
            step = "geweigerd"
            refused = server.send_message(made, mail.van, [one.addr_spec for one in made["To"].addresses])
    except OSError as error:
        return _fault(step, error, mail)
    # Who got it must not get it again, so this is not to be repeated.
    return _undelivered("deels_geweigerd", mail, partly=True, adressen=", ".join(refused)) if refused else None


@contextmanager
def _connection(mail: Mail) -> Iterator[smtplib.SMTP]:
    """A connection that is closed whatever happens. Once the message is accepted, a farewell that fails is no matter."""
    if mail.beveiliging == "tls":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.server, mail.poort, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(mail.server, mail.poort, timeout=TIMEOUT)
    try:
        yield server
        with suppress(OSError):
            server.quit()
    finally:
        server.close()


def _fault(step: str, error: OSError, mail: Mail) -> Undelivered:
    """What went wrong at a step, without what the server answered: that may hold anything. SMTP's errors are OSErrors."""
    match error:
        case ssl.SSLError():
            return _undelivered("beveiliging", mail, transient=isinstance(error, ssl.SSLEOFError))
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            passing = any(_passes(code) for code, _ in refused.values())
            return _undelivered("ontvangers_geweigerd", mail, transient=passing, adressen=", ".join(refused))
        case smtplib.SMTPSenderRefused(smtp_code=code):
            return _undelivered("afzender_geweigerd", mail, transient=_passes(code))
        case smtplib.SMTPResponseException(smtp_code=code):
            return _undelivered(step, mail, transient=_passes(code), code=code)
        case smtplib.SMTPServerDisconnected():
            return _undelivered("onbereikbaar", mail, transient=True)
        case smtplib.SMTPException():
            return _undelivered(step, mail, code="")
        case _:
            return _undelivered("onbereikbaar", mail, transient=True)


def _passes(code: int) -> bool:
    """Whether a server's reply means: try again later."""
    return 400 <= code < 500


def _undelivered(
    kind: str, mail: Mail, *, transient: bool = False, partly: bool = False, **details: object
) -> Undelivered:
    sentence = sayings("bericht")[kind].format(server=mail.server, poort=mail.poort, van=mail.van, **details)
    return Undelivered(sentence, transient=transient, partly=partly)
