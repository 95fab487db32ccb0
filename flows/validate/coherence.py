"""What does not fit together in the workbooks of one quarter: text and registers, text and sender, co-signers and deliveries.

In: the brief, the accepted rows, the steering workbook, who has not delivered. Out: findings, all of them warnings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from flows.model.brief import Brief
from flows.model.contract import key
from flows.model.delivery import Regie
from flows.model.entries import Entries, Maatregel
from flows.model.finding import Finding, Regels
from flows.model.text import printed
from flows.validate.words import pattern

_QUOTED = re.compile(r"[‘“'\"][^’”'\"]*[’”'\"]")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]|$)")
_AMOUNT = re.compile(r"€\s?(\d+(?:\.\d{3})*)(?:,(\d+))?(?:\s(duizend|miljoen|mln\.?|miljard))?")
_TIMES = {"": 1.0, "duizend": 1e3, "miljoen": 1e6, "mln": 1e6, "miljard": 1e9}
ALIKE = 0.2  # amounts that differ by less than this part are meant to be the same
STEM, SHARED = 6, 2  # words of so many letters, of which so many must be in both, make two texts one promise


def coherence(
    brief: Brief,
    entries: Entries,
    regie: Regie,
    missing: Collection[str],
    words: Mapping[str, Sequence[str]],
    regels: Regels,
) -> tuple[Finding, ...]:
    """All that does not fit, rule by rule, in print order."""
    return tuple(_Coherence(brief, entries, regie, missing, words, regels).findings())


class _Coherence:
    def __init__(
        self,
        brief: Brief,
        entries: Entries,
        regie: Regie,
        missing: Collection[str],
        words: Mapping[str, Sequence[str]],
        regels: Regels,
    ) -> None:
        self.rows = [
            (row, printed(block.parts))
            for block in brief.blocks()
            if isinstance(row := block.entry, Maatregel) and not row.gap
        ]
        self.missing, self.regels = {key(code) for code in missing}, regels
        self.promised = [_stems("".join(run.text for run in row.toezegging)) for row in entries.toezeggingen]
        self.budget: dict[tuple[str, str], list[float]] = {}
        for middel in entries.middelen:
            if middel.bedrag:
                self.budget.setdefault((key(middel.onderwerp), middel.ministerie), []).append(middel.bedrag)
        sender = regie.velden.get("afzender")
        self.sender = key(sender.text) if sender else ""
        self.first_person, self.promise = pattern(words["eerste-persoon"]), pattern(words["belofte"])

    def findings(self) -> Iterator[Finding]:
        for row, text in self.rows:
            yield from self.cosigners(row)
            yield from self.person(row, text)
            yield from self.promises(row, text)
            yield from self.amounts(row, text)

    def at(self, rule: str, row: Maatregel, field: str, value: str, **details: str) -> Finding:
        return self.regels.finding(
            rule, row.at(field), ministerie=row.ministerie, nr=row.nr or None, value=value, **details
        )

    def cosigners(self, row: Maatregel) -> Iterator[Finding]:
        """Ministries in whose name too a row speaks, and that have delivered nothing."""
        for code in row.mede_namens:
            if key(code) in self.missing:
                yield self.at("mede-namens-niet-geleverd", row, "mede_namens", code)

    def person(self, row: Maatregel, text: str) -> Iterator[Finding]:
        """The first person, in a row of another than the sender; not where somebody is quoted."""
        found = self.first_person.search(_QUOTED.sub("", text))
        if found and self.sender and key(row.ministerie) != self.sender:
            yield self.at("eerste-persoon", row, "stand_van_zaken", found[0])

    def promises(self, row: Maatregel, text: str) -> Iterator[Finding]:
        """Sentences that promise the Kamer something, and look like no row of Toezeggingen."""
        for sentence in _SENTENCE.findall(text):
            if not self.promise.search(sentence):
                continue
            said = _stems(sentence)
            if not any(len(said & known) >= SHARED for known in self.promised):
                yield self.at("belofte-zonder-toezegging", row, "stand_van_zaken", " ".join(sentence.split()))

    def amounts(self, row: Maatregel, text: str) -> Iterator[Finding]:
        """Amounts that are nearly one of Middelen for the same topic of the same ministry, and none of them."""
        budget = self.budget.get((key(row.onderwerp), row.ministerie), ())
        for match in _AMOUNT.finditer(text):
            amount, last = _amount(match)
            near = [other for other in budget if abs(other - amount) < ALIKE * other]
            if near and not any(abs(other - amount) < last for other in budget):
                other = f"{near[0]:,.0f}".replace(",", ".")
                yield self.at("bedrag-anders-dan-middelen", row, "stand_van_zaken", match[0], bedrag=other)


def _amount(match: re.Match[str]) -> tuple[float, float]:
    """An amount in euros, and what its last digit is worth."""
    times = _TIMES[(match[3] or "").rstrip(".")]
    decimals = match[2] or ""
    return float(match[1].replace(".", "") + "." + (decimals or "0")) * times, times / 10 ** len(decimals)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in re.findall(rf"\w{{{STEM},}}", text.casefold()))
