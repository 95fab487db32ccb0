"""The mail to a ministry with its own workbook, marked: after a check of the drop folder, and only where the settings say so.

Each delivery is mailed once, to the addresses that regie.xlsx has for its ministry; what was mailed is in the logbook. What the mail
says stands in templates/terugkoppeling.txt.j2.
"""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING

from flows import logbook, notify, settings
from flows.catalogue import sayings
from flows.check_folder import Handed
from flows.conduct import attended
from flows.model.delivery import Delivery
from flows.order import Order
from flows.settings import Mail
from flows.stages import announce, stage

if TYPE_CHECKING:
    from flows.check_workbooks import Checked

WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def mail_feedback(order: Order, checked: Checked, handed: Handed) -> dict[str, str]:
    """Mails what was not mailed yet; returns the SHA-256 of each delivery that was mailed, by its file."""
    mailed: dict[str, str] = {}
    try:
        mail = settings.load().mail
        if attended() or mail is None or mail.ministeries == "nee":
            return mailed
        before = {digest for page in logbook.pages(order.outputs) for digest in page.mailed.values()}
    except (settings.Misconfigured, OSError):  # which is told elsewhere; a later check mails what this one did not
        return mailed
    for delivery in checked.gathered.deliveries:
        workbook = delivery.workbook
        if workbook.sha256 not in before and workbook.file in handed.copies and _mail(delivery, checked, handed, mail):
            mailed[workbook.file] = workbook.sha256
    return mailed


def _mail(delivery: Delivery, checked: Checked, handed: Handed, mail: Mail) -> bool:
    """Whether the feedback on a delivery has reached somebody; tells if not."""
    ministerie = next(one for one in checked.regie.ministeries if one.code == delivery.ministerie)
    to = [address for address in ministerie.adressen if settings.is_address(address)]
    words, details = sayings("terugkoppeling"), {"bestand": delivery.workbook.file, "ministerie": ministerie.code}
    if not to:
        announce(words["geen_adres"].format(**details))
        return False
    made = _letter(delivery, checked, handed, mail, to)
    try:
        stage("bericht", lambda: notify.send(made, mail), again=lambda error: getattr(error, "transient", False))
    except notify.Undelivered as error:
        announce(str(error))
        return error.partly
    announce(words["gemaild"].format(**details))
    return True


def _letter(delivery: Delivery, checked: Checked, handed: Handed, mail: Mail, to: list[str]) -> EmailMessage:
    file, copy = delivery.workbook.file, handed.copies[delivery.workbook.file]
    facts = {
        "titel": checked.regie.titel,
        "kwartaal": delivery.kwartaal,
        "bestand": file,
        "kopie": copy,
        "bevindingen": [finding for finding in checked.findings if finding.origin.file == file],
        "getoond": notify.SHOWN,
    }
    text = notify.templates().get_template("terugkoppeling.txt.j2").make_module(facts)
    made = notify.letter(vars(text)["onderwerp"], str(text), mail, to, datetime.now(notify.ZONE))
    made["Reply-To"] = ", ".join(mail.aan)
    main, kind = WORKBOOK if copy.casefold().endswith(".xlsx") else ("application", "octet-stream")
    made.add_attachment(handed.files[copy], main, kind, filename=copy)
    made["Content-Language"] = "nl"  # last, as in the mail to the coordinator
    return made
