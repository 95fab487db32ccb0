"""Judges tables by suites with Great Expectations; the only module that imports it, and pandas.

In: plain tables and suites. Out: a `Verdict` for each cell at fault, all plain and picklable, so that it can
run in a worker process. That process keeps its last run, for the Data Docs. The imports take seconds: they
are done late, or by `warm_up`.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.model.finding import Regel, Severity
from flows.validate import data_docs
from flows.validate.suites import COLUMN_SET, Check, Suite, SuiteError
from flows.validate.tables import Table

if TYPE_CHECKING:
    import great_expectations as gx
    from great_expectations.core import ExpectationSuiteValidationResult as SuiteResult
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext
    from great_expectations.expectations.expectation import Expectation

ROW_COUNT = "expect_table_row_count_to_equal"
POSITION = "positie"
# Columns of the place are for the reader of the Data Docs; the position is for the verdict.
_RESULT_FORMAT = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": ["bestand", "blad", "rij", POSITION],
    "return_unexpected_index_query": False,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule that a cell breaks: the position in its sheet's table, and the field to point at."""

    sheet: str
    index: int
    field: str
    rule: str


_last: list[tuple[EphemeralDataContext, Sequence[gx.ExpectationSuite], Sequence[SuiteResult]]] = []


def judge(tables: Mapping[str, Table], suites: Sequence[Suite]) -> tuple[Verdict, ...]:
    """The verdicts, by sheet, check and position; the run is kept for `write_docs`.

    Raises SuiteError where a suite cannot be carried out in full: nothing passes by not being looked at.
    """
    if sorted(tables) != (sheets := sorted(suite.sheet for suite in suites)):
        raise SuiteError(f"tables {sorted(tables)} do not match suites {sheets}")
    context = _context()
    # One asset for all sheets: each that is added makes Great Expectations write out its whole configuration.
    asset = context.data_sources.add_pandas("bladen").add_dataframe_asset("blad")
    whole = asset.add_batch_definition_whole_dataframe("alle rijen")
    loaded = [_load(suite, len(tables[suite.sheet])) for suite in suites]
    results: list[SuiteResult] = []
    verdicts: list[Verdict] = []
    for suite, ours in zip(suites, loaded, strict=True):
        if table := tables[suite.sheet]:
            result = _validate(whole, ours, suite, table)
            verdicts += _verdicts(suite, result.results)
            results.append(result)
    _last[:] = [(context, loaded, results)]
    return tuple(verdicts)


def write_docs(folder: Path, name: str = "controle", day: date | None = None, css: str = "") -> Path:
    """Writes the Data Docs of this process's last run, as run `name` of `day` and looking like `css`; returns their first page."""
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    ((context, suites, results),) = _last
    moment = datetime.combine(day, datetime.min.time()) if day else datetime.now()
    identifier = RunIdentifier(run_name=name, run_time=moment)
    for suite in suites:
        context.suites.add_or_update(suite)
    for result in results:
        result.meta |= {"run_id": identifier}
        suite_key = ExpectationSuiteIdentifier(result.suite_name)
        context.validation_results_store.set(
            ValidationResultIdentifier(suite_key, identifier, result.suite_name), result
        )
    return data_docs.build(context, folder, len(results), css)


def warm_up() -> None:
    """Does what is slow the first time, without the garbage collector, which would make it a third slower."""
    gc.disable()
    try:
        rule = Regel(Severity.WAARSCHUWING, "-", "-")
        check = Check("expect_column_values_to_not_be_null", {"column": "rij"}, "rij", "-", rule, "-")
        judge({"-": [{"bestand": "-", "blad": "-", "rij": 1}]}, [Suite("-", ("rij",), (check,))])
        _last.clear()
        gc.freeze()
    finally:
        gc.enable()


def _context() -> EphemeralDataContext:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _load(suite: Suite, rows: int) -> gx.ExpectationSuite:
    """The suite for a table of so many rows. Great Expectations leaves out in silence what it cannot load."""
    import great_expectations as gx

    expectations = [
        _expectation(COLUMN_SET, {"column_set": list(suite.columns), "exact_match": False}, suite.sheet),
        _expectation(ROW_COUNT, {"value": rows}, suite.sheet),
        *(_row_expectation(check, number) for number, check in enumerate(suite.checks)),
    ]
    return gx.ExpectationSuite(name=suite.sheet, expectations=expectations)


def _row_expectation(check: Check, number: int) -> Expectation:
    from great_expectations.expectations import expectation as kinds

    critical = check.regel.severity is Severity.BLOKKEREND
    expectation = _expectation(
        check.type,
        check.kwargs,
        check.place,
        severity="critical" if critical else "warning",
        notes=f"{check.rule} ({check.regel.severity}): {check.regel.message}",
        meta={"regel": check.rule, "nummer": number},
    )
    by_row = (kinds.ColumnMapExpectation, kinds.ColumnPairMapExpectation, kinds.MulticolumnMapExpectation)
    if not isinstance(expectation, by_row):
        raise SuiteError(f"{check.place}: {check.type} does not judge row by row")
    return expectation


def _expectation(kind: str, kwargs: Mapping[str, Any], place: str, **more: Any) -> Expectation:
    from great_expectations.exceptions.exceptions import GreatExpectationsError
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    try:
        return ExpectationConfiguration(type=kind, kwargs=dict(kwargs), **more).to_domain_obj()
    except (GreatExpectationsError, ValueError, TypeError) as error:
        raise SuiteError(f"{place}: {kind} cannot be loaded: {error}") from error


def _validate(whole: BatchDefinition[Any], ours: gx.ExpectationSuite, suite: Suite, table: Table) -> SuiteResult:
    """The results of a suite over a table; raises SuiteError unless it all was there and all was judged."""
    import pandas as pd

    frame = pd.DataFrame(table, dtype=object)
    frame[POSITION] = pd.Series(range(len(table)), dtype=object)
    result = whole.get_batch({"dataframe": frame}).validate(ours, result_format=_RESULT_FORMAT)
    if len(result.results) != len(ours.expectations):
        raise SuiteError(f"{suite.sheet}: {len(result.results)} results of {len(ours.expectations)}")
    for one in result.results:
        if not one.success and not (one.expectation_config and "nummer" in one.expectation_config.meta):
            raise SuiteError(f"{suite.sheet}: table has other columns or rows: {one}")
    for one in result.results:
        if errors := tuple(_errors(one.exception_info)):
            raise SuiteError(f"{suite.sheet}: {one.expectation_config}: {'; '.join(errors)}")
    return result


def _errors(info: Any) -> Iterator[str]:
    """What was raised: Great Expectations keeps that plainly, or by the metric in which it was raised."""
    if isinstance(info, Mapping):
        if info.get("raised_exception"):
            yield str(info.get("exception_message"))
        for inner in info.values():
            yield from _errors(inner)


def _verdicts(suite: Suite, results: Sequence[ExpectationValidationResult]) -> list[Verdict]:
    """A verdict for each row that breaks a check, whatever share of rows the check tolerates."""
    by_number = {config.meta.get("nummer"): result for result in results if (config := result.expectation_config)}
    verdicts: list[Verdict] = []
    for number, check in enumerate(suite.checks):
        places = by_number[number].result["unexpected_index_list"]
        if not (places or by_number[number].success):
            raise SuiteError(f"{check.place}: fails without a row at fault")
        verdicts += (Verdict(suite.sheet, place[POSITION], check.field, check.rule) for place in places)
    return verdicts
