"""What is wrong with a delivery, as a value: a rule, a place, what was there, and what to do about it.

Rules (name, severity, Dutch message and advice) are data in expectations/; `Regels` turns one into a `Finding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flows.model.delivery import Origin


class Severity(StrEnum):
    """`blokkerend` stops the final brief and makes the exit status 1; the draft is made all the same."""

    BLOKKEREND = "blokkerend"
    WAARSCHUWING = "waarschuwing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `message` and `advice` are Dutch sentences; `column` is the header that the user sees.

    `discreet` stands in place of a message that quotes another file, wherever only the sender of this one reads it.
    """

    rule: str
    severity: Severity
    message: str
    advice: str
    origin: Origin
    ministerie: str | None = None
    nr: str | None = None
    column: str | None = None
    value: str | None = None
    discreet: str = ""

    @property
    def blocking(self) -> bool:
        return self.severity is Severity.BLOKKEREND

    @property
    def to_sender(self) -> str:
        """The message for who sent the file."""
        return self.discreet or self.message


@dataclass(frozen=True, slots=True)
class Regel:
    """A rule's texts, with `{placeholders}` for what differs from case to case. `discreet` quotes no other file than its own.

    `advice_near` is the advice where something was found (`{naaste}`) that may have been meant.
    """

    severity: Severity
    message: str
    advice: str
    discreet: str = ""
    advice_near: str = ""


@dataclass(frozen=True, slots=True)
class Regels:
    """The catalogue of rules by name."""

    by_name: Mapping[str, Regel]

    def finding(
        self,
        rule: str,
        origin: Origin,
        *,
        ministerie: str | None = None,
        nr: str | None = None,
        column: str | None = None,
        value: str | None = None,
        **details: object,
    ) -> Finding:
        """The finding of `rule` at `origin`; an unknown rule or placeholder is a bug and raises KeyError."""
        regel = self.by_name[rule]
        words = {"nr": nr or "", "kolom": column or "", "waarde": value or "", "ministerie": ministerie or ""}
        words |= {"bestand": origin.file, "blad": origin.sheet or "", "cel": origin.cell or ""}
        words |= {key: str(detail) for key, detail in details.items()}
        elsewhere = words.get("eerder_bestand", origin.file) != origin.file
        advice = regel.advice_near if regel.advice_near and words.get("naaste") else regel.advice
        return Finding(
            rule,
            regel.severity,
            regel.message.format_map(words),
            advice.format_map(words),
            origin,
            ministerie,
            nr,
            column,
            value,
            regel.discreet.format_map(words) if elsewhere else "",
        )


class Stop(Exception):
    """Nothing can be made: the user's mistake, as a finding, is all there is to say. No bug, so never a traceback."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding
