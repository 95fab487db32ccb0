"""The suites that people edit: they load, they read well, and each mistake in them is refused by name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from flows.catalogue import load_rules
from flows.model.contract import Contract
from flows.model.delivery import Origin
from flows.model.finding import Regels
from flows.validate.suites import Suite, SuiteError, load_suites, rules

# What stands in voortgang.yaml, what an editor makes of it, and what the refusal says.
MISTAKES = (
    ("      ernst: blokkerend\n", "", r"voortgang\.yaml, expectation 2 .*: missing in meta: ernst"),
    ("regel: nr-ontbreekt\n", "regel:\n", "no text in meta: regel"),
    ("regel: nr-dubbel", "regel: Nr dubbel", "regel is written-like-this"),
    ("      ernst: blokkerend", "      ernst: ernstig", "nr-ontbreekt.*: unknown ernst: ernstig"),
    ("kolom: nr\n", "kolom: nummer\n", "nr-dubbel.*: kolom is no field of Voortgang: nummer"),
    ("kolom: nr\n", "kolom: intern\n", "kolom is no field of Voortgang: intern"),
    ("      kolom: nr\n", "", "kolom is no field of Voortgang: None"),
    ("kolom: nr\n", "kollom: nr\n", "unknown in meta: kollom"),
    ("{column: nr}", "{column: nummer}", "nr-ontbreekt.*: unknown columns: nummer"),
    ("{column: nr}", "{column: tussenkop}", "columns that expectation 1 does not name: tussenkop"),
    ("{name: status_gelezen}", "{name: stat}", "vertraagd-zonder-toelichting.*: unknown columns: stat"),
    ("row_condition: {", "row_condition: status == 1 #", "row_condition has fields"),
    ("column_set: [", "column_set: [stat,", "expectation 1: unknown columns: stat"),
    ("exact_match: false", "exact_match: true", "expectation 1: must be .* exact_match: false"),
    ("Nr {waarde} komt", "Nr {nummer} komt", "nr-dubbel.*: unknown placeholders: nummer"),
    ("Nr {waarde} komt", "Nr {waarde komt", "nr-dubbel.*: unexpected '{'"),
    ("meer dan één keer", "vaker", "toezeggingen.yaml, .*other texts or severity than voortgang.yaml"),
    ("name: Voortgang", "name: Voortgangs", "needs name: Voortgang"),
    ("  - type: expect_compound", "  - soort: expect_compound", "expectation 3: needs type, kwargs"),
    ("expectations:", "expectations: [", r"voortgang\.yaml: no valid YAML"),
)


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES, ids=[case[2] for case in MISTAKES])
def test_a_mistake_is_refused_with_its_place(
    folder: Path, contract: Contract, tmp_path: Path, old: str, new: str, message: str
) -> None:
    for path in folder.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    edited = tmp_path / "voortgang.yaml"
    assert old in edited.read_text()
    edited.write_text(edited.read_text().replace(old, new, 1))
    with pytest.raises(SuiteError, match=message):
        load_suites(tmp_path, contract)


def test_a_sheet_without_a_suite_is_refused(contract: Contract, tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"voorblad\.yaml: not found"):
        load_suites(tmp_path, contract)


def test_each_delivery_sheet_has_a_suite(suites: tuple[Suite, ...], contract: Contract) -> None:
    assert [suite.sheet for suite in suites] == [spec.name for spec in contract.delivery]


def test_each_file_explains_itself_in_a_comment(folder: Path, suites: tuple[Suite, ...]) -> None:
    for suite in suites:
        assert (folder / f"{suite.sheet.casefold()}.yaml").read_text().startswith("# ")


def test_great_expectations_loads_each_file_as_it_is(folder: Path, suites: tuple[Suite, ...]) -> None:
    import great_expectations as gx

    for suite in suites:
        data = yaml.safe_load((folder / f"{suite.sheet.casefold()}.yaml").read_text())
        assert len(gx.ExpectationSuite(**data).expectations) == len(suite.checks) + 1


def test_texts_are_whole_sentences_without_a_gap_where_nothing_was_filled_in(
    suites: tuple[Suite, ...],
) -> None:
    for name in rules(suites):
        origin = Origin("SZW.xlsx", "Voortgang", 4, "D")
        finding = Regels(rules(suites)).finding(name, origin, nr="SZW-01", column="Gereed", value="wie weet")
        for text in (finding.message, finding.advice):
            assert re.fullmatch(r"[A-Z].*\.", text), text
            assert not re.search(r"\{|\}|  | [.,;]", text), text
        if not name.endswith(("-onleesbaar", "-onbekend", "-geen-getal", "-dubbel")):
            assert "wie weet" not in finding.message + finding.advice
        assert "(SZW.xlsx, " in finding.message
        assert "cel D4)" in finding.message


def test_no_rule_has_the_name_of_one_that_is_made_elsewhere(folder: Path, suites: tuple[Suite, ...]) -> None:
    assert not rules(suites).keys() & load_rules(folder).keys()
