"""The traps of Great Expectations: nothing may pass because it was not looked at."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from flows.model.contract import Contract
from flows.model.finding import Regel, Severity
from flows.validate.expectations import Verdict, judge, warm_up, write_docs
from flows.validate.suites import Check, Suite, SuiteError
from flows.validate.tables import Table, tables

from .conftest import make_delivery

NOT_NULL = "expect_column_values_to_not_be_null"
REGEL = Regel(Severity.WAARSCHUWING, "-", "-")


def suite(kind: str = NOT_NULL, *, columns: tuple[str, ...] = ("nr",), **kwargs: Any) -> Suite:
    """A suite of one check, by default that Nr is filled."""
    return Suite("Blad", columns, (Check(kind, {"column": "nr", **kwargs}, "nr", "nr-ontbreekt", REGEL, "blad.yaml"),))


def table(*numbers: str | None) -> dict[str, Table]:
    return {"Blad": [{"bestand": "a.xlsx", "blad": "Blad", "rij": row, "nr": nr} for row, nr in enumerate(numbers, 2)]}


def test_a_verdict_names_the_position_in_the_table() -> None:
    assert judge(table("1", None, "3"), [suite()]) == (Verdict("Blad", 1, "nr", "nr-ontbreekt"),)


def test_verdicts_travel_to_another_process() -> None:
    verdicts = judge(table(None), [suite()])
    assert pickle.loads(pickle.dumps(verdicts)) == verdicts


def test_an_empty_table_gives_no_verdicts(contract: Contract, suites: tuple[Suite, ...]) -> None:
    assert judge(tables([], contract), suites) == ()


def test_no_list_of_rows_is_cut_off() -> None:
    assert len(judge(table(*[None] * 1000), [suite()])) == 1000


def test_a_tolerance_hides_no_row() -> None:
    assert len(judge(table("1", "2", "3", None), [suite(mostly=0.5)])) == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (suite("expect_column_values_to_be_beautiful"), "beautiful cannot be loaded"),
        (suite(kleur="rood"), "blad.yaml: .* cannot be loaded"),
        (suite(row_condition={"type": "vergelijking"}), "cannot be loaded"),
        (suite("expect_column_unique_value_count_to_be_between", max_value=9), "does not judge row by row"),
        (suite("expect_column_values_to_match_regex", regex="("), "nr-ontbreekt.*: .*unterminated|missing"),
        (suite(columns=("nr", "status")), "table has other columns or rows"),
        (suite(column="status"), "status"),
        (suite(row_condition={"type": "pass_through", "pass_through_filter": "nr ="}), "nr-ontbreekt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_judged_is_refused(wrong: Suite, message: str) -> None:
    with pytest.raises(SuiteError, match=message):
        judge(table("1"), [wrong])


def test_a_type_is_refused_even_where_there_is_no_row_to_judge() -> None:
    with pytest.raises(SuiteError, match="beautiful"):
        judge(table(), [suite("expect_column_values_to_be_beautiful")])


@pytest.mark.parametrize("suites", [[], [suite(), Suite("Ander blad", ("nr",), ())]], ids=["none", "too many"])
def test_each_table_has_its_suite(suites: list[Suite]) -> None:
    with pytest.raises(SuiteError, match="do not match"):
        judge(table("1"), suites)


def test_the_docs_of_a_run_come_after_its_verdicts(
    contract: Contract, suites: tuple[Suite, ...], tmp_path: Path
) -> None:
    rows = [{"nr": None, "stand_van_zaken": "Loopt.", "intern": "geheim"}]
    judge(tables([make_delivery("SZW.xlsx", "SZW", "Voortgang", rows)], contract), suites)
    index = write_docs(tmp_path / "docs", "2026-Q3", date(2026, 10, 1))
    pages = {page.relative_to(index.parent).as_posix(): page.read_text() for page in index.parent.rglob("*.html")}
    assert {name for name in pages if name.startswith("validations")} == {
        "validations/Voortgang/2026-Q3/20261001T000000.000000Z/Voortgang.html"
    }
    assert len([name for name in pages if name.startswith("expectations")]) == len(suites)
    assert "SZW.xlsx" in "".join(pages.values())
    assert "geheim" not in "".join(pages.values())


def test_the_docs_fetch_and_run_nothing(contract: Contract, suites: tuple[Suite, ...], tmp_path: Path) -> None:
    rows = [{"nr": None, "stand_van_zaken": "Loopt."}]
    judge(tables([make_delivery("SZW.xlsx", "SZW", "Voortgang", rows)], contract), suites)
    index = write_docs(tmp_path / "docs", "2026-Q3", date(2026, 10, 1), "body { color: teal }")
    for page in tmp_path.rglob("*.html"):
        tree = html.fromstring(page.read_bytes())
        assert not tree.xpath("//script | //link | //img | //iframe")
        assert "//" not in "".join(tree.xpath("//@href | //@src"))
        assert tree.xpath("string(//style)") == "body { color: teal }"
        links = [link for link in tree.xpath("//a/@href") if not link.startswith("#")]
        assert all((page.parent / link).is_file() for link in links)
    listed = html.fromstring(index.read_bytes()).xpath("//*[@id='Validation-Results']//tr")
    assert [" ".join(row.text_content().split()) for row in listed] == ["Voortgang Failed"]


def test_docs_without_any_row_are_made_too(contract: Contract, suites: tuple[Suite, ...], tmp_path: Path) -> None:
    judge(tables([], contract), suites)
    write_docs(tmp_path)
    assert (tmp_path / "index.html").is_file()


def test_warming_up_leaves_no_run_behind(tmp_path: Path) -> None:
    warm_up()
    with pytest.raises(ValueError, match="unpack"):
        write_docs(tmp_path)
