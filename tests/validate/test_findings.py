"""Verdicts become findings at the cells, with the value that may have been meant."""

from __future__ import annotations

import pytest

from flows.catalogue import load_rules
from flows.model.contract import Contract
from flows.model.finding import Regels
from flows.validate.expectations import Verdict
from flows.validate.findings import verdict_findings
from flows.validate.suites import Suite, rules
from tests.validate.conftest import make_sheet

TOPICS = ("Arbeidsmarkt", "Taal en lezen", "Taal en werk")


@pytest.mark.parametrize(
    ("field", "rule", "typed", "near"),
    [
        ("status", "status-onbekend", "Loopt niet op schema", "Loopt op schema"),
        ("status", "status-onbekend", "afgeronde zaak", "Afgerond"),
        ("onderwerp", "onderwerp-onbekend", "Taal en w", "Taal en werk"),
        ("onderwerp", "onderwerp-onbekend", "Xyz", None),
    ],
)
def test_the_nearest_is_offered_where_there_is_one(
    contract: Contract, suites: tuple[Suite, ...], field: str, rule: str, typed: str, near: str | None
) -> None:
    delivery = make_sheet("a.xlsx", "SZW", "Voortgang", {field: typed})
    verdict = Verdict("Voortgang", 0, field, rule)
    regels = Regels(load_rules() | rules(suites))
    (finding,) = verdict_findings([verdict], [delivery], contract, regels, [], TOPICS)
    assert typed in finding.message
    assert (f"‘{near}’" in finding.advice) if near else ("Bedoelt" not in finding.advice)
