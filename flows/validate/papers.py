"""Findings about the papers that a brief cites and the promises that the Tweede Kamer keeps open. A pure function."""

from __future__ import annotations

from collections.abc import Iterator

from flows.kamerstuk.citation import cite, identifiers, singles
from flows.model.brief import Brief, Cited
from flows.model.delivery import Origin, Regie
from flows.model.finding import Finding, Regels
from flows.model.papers import Kamertoezegging
from flows.model.quarter import dutch_date
from flows.model.reference import Reference


def paper_findings(brief: Brief, regie: Regie, regels: Regels) -> tuple[Finding, ...]:
    """What the register's answers in a brief tell its coordinator, each paper at every cell that cites it."""
    return tuple(dict.fromkeys(_Papers(brief, regie, regels).findings()))


class _Papers:
    def __init__(self, brief: Brief, regie: Regie, regels: Regels) -> None:
        self.cited, self.answers, self.regie, self.regels = brief.cited, brief.answers, regie, regels
        self.steering = Origin(regie.workbook.file)
        self.stand = dutch_date(self.answers.stand) if self.answers.stand else ""

    def findings(self) -> Iterator[Finding]:
        if not self.answers.stand:
            yield self.regels.finding("register-onleesbaar", self.steering)
            return
        for one in self.cited:
            for paper in singles(one.citation.reference):
                for name in identifiers(paper):
                    yield from self.paper(one, paper, name)
        if unknown := len(self.answers.unknown):
            rule = "stuk-niet-nagegaan" if unknown == 1 else "stukken-niet-nagegaan"
            yield self.regels.finding(rule, self.steering, aantal=unknown, stand=self.stand)
        for promise in self.answers.promises:
            yield self.promise(promise)

    def paper(self, one: Cited, paper: Reference, name: str) -> Iterator[Finding]:
        """A paper that does not exist, or one of another vergaderjaar than is said."""
        if (near := self.answers.absent.get(name)) is not None:
            rule = "stuk-onbekend" if near else "dossier-onbekend"
            yield self.at(rule, one, paper, naaste=" en ".join(f"nr. {other.rsplit('-', 1)[1]}" for other in near))
        known = self.answers.known.get(name)
        if (
            known
            and known.vergaderjaar
            and len(paper.vergaderjaren) == 1
            and known.vergaderjaar not in paper.vergaderjaren
        ):
            day = dutch_date(known.datum) if known.datum else "–"
            yield self.at("stuk-ander-vergaderjaar", one, paper, jaar=known.vergaderjaar.replace("-", "–"), datum=day)

    def at(self, rule: str, one: Cited, paper: Reference, **details: str) -> Finding:
        """The finding at the cell that cites a paper."""
        entry, origin = one.entry, one.origin or self.steering
        ministerie, nr = (entry.ministerie, entry.nr or None) if entry else (None, None)
        return self.regels.finding(
            rule,
            origin,
            ministerie=ministerie,
            nr=nr,
            value=cite(paper, self.regie.citeerwijze),
            stand=self.stand,
            **details,
        )

    def promise(self, promise: Kamertoezegging) -> Finding:
        """A promise in no workbook, at the row of its ministry."""
        origin = next((m.origin for m in self.regie.ministeries if m.code == promise.ministerie), None)
        return self.regels.finding(
            "toezegging-niet-aangeleverd",
            origin or self.steering,
            ministerie=promise.ministerie,
            value=promise.nummer,
            tekst=promise.tekst,
            datum=dutch_date(promise.datum) if promise.datum else "–",
            stand=self.stand,
        )
