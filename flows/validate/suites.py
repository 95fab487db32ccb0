"""The rules of expectations/: one suite a sheet, read and checked, before Great Expectations sees them.

In: the folder and the contract. Out: frozen suites, and the catalogue of their rules. A mistake in a file is
a `SuiteError` that names the file and the expectation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from flows.model.contract import Contract, SheetSpec
from flows.model.finding import Regel, Severity
from flows.validate.tables import fields, table_columns

COLUMN_SET = "expect_table_columns_to_match_set"
PLACEHOLDERS = frozenset({"nr", "kolom", "waarde", "blad", "cel", "bestand"})
_META = {"regel", "ernst", "bericht", "advies"}
NEAR = "advies_naaste"
_KEBAB = re.compile(r"[a-z]+(-[a-z]+)*")
_COLUMN_KWARGS = ("column", "column_A", "column_B")


class SuiteError(ValueError):
    """A suite that cannot be used: the message says which file and expectation, and why."""


@dataclass(frozen=True, slots=True)
class Check:
    """An expectation about rows: type, kwargs, the field to point at, the rule, and where it is written."""

    type: str
    kwargs: Mapping[str, Any]
    field: str
    rule: str
    regel: Regel
    place: str


@dataclass(frozen=True, slots=True)
class Suite:
    """The checks of a sheet, and the columns without which they would pass in silence."""

    sheet: str
    columns: tuple[str, ...]
    checks: tuple[Check, ...]


def load_suites(folder: Path, contract: Contract) -> tuple[Suite, ...]:
    """The suite of each delivery sheet, from `<sheet>.yaml` in `folder`; any mistake raises SuiteError."""
    suites = tuple(_suite(folder / f"{spec.name.casefold()}.yaml", spec) for spec in contract.delivery)
    rules(suites)
    return suites


def rules(suites: Iterable[Suite]) -> dict[str, Regel]:
    """The rules by name; one name with two different texts raises SuiteError."""
    found: dict[str, Check] = {}
    for check in (check for suite in suites for check in suite.checks):
        first = found.setdefault(check.rule, check)
        if first.regel != check.regel:
            raise SuiteError(f"{check.place}: other texts or severity than {first.place}")
    return {name: check.regel for name, check in found.items()}


def _suite(path: Path, spec: SheetSpec) -> Suite:
    data = _read(path)
    if data.get("name") != spec.name or set(data) != {"name", "expectations"} or not data["expectations"]:
        raise SuiteError(f"{path.name}: needs name: {spec.name} and a list of expectations, nothing else")
    first, *others = data["expectations"]
    columns = _column_set(first, f"{path.name}, expectation 1", spec)
    checks = tuple(
        _check(item, f"{path.name}, expectation {number}", spec, columns) for number, item in enumerate(others, 2)
    )
    return Suite(spec.name, columns, checks)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except FileNotFoundError:
        raise SuiteError(f"{path.name}: not found in {path.parent}") from None
    except yaml.YAMLError as error:
        raise SuiteError(f"{path.name}: no valid YAML: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("expectations"), list):
        raise SuiteError(f"{path.name}: no suite")
    return data


def _column_set(item: Any, place: str, spec: SheetSpec) -> tuple[str, ...]:
    kwargs = item.get("kwargs") if isinstance(item, dict) and item.get("type") == COLUMN_SET else None
    if not isinstance(kwargs, dict) or kwargs.get("exact_match") is not False or not kwargs.get("column_set"):
        raise SuiteError(f"{place}: must be {COLUMN_SET} with a column_set and exact_match: false")
    _refuse(place, "unknown columns", set(kwargs["column_set"]) - table_columns(spec))
    return tuple(kwargs["column_set"])


def _check(item: Any, place: str, spec: SheetSpec, columns: tuple[str, ...]) -> Check:
    if not isinstance(item, dict) or set(item) != {"type", "kwargs", "meta"}:
        raise SuiteError(f"{place}: needs type, kwargs and meta, nothing else")
    kind, kwargs, meta = item["type"], item["kwargs"], item["meta"]
    if not isinstance(kind, str) or not isinstance(kwargs, dict) or not isinstance(meta, dict):
        raise SuiteError(f"{place}: type is a word, kwargs and meta have fields")
    place = f"{place} ({meta.get('regel') or kind})"
    _refuse(place, "missing in meta", _META - set(meta))
    _refuse(place, "unknown in meta", set(meta) - _META - {"kolom", NEAR})
    _refuse(
        place,
        "no text in meta",
        {name for name, text in meta.items() if not isinstance(text, str) or not text},
    )
    if not _KEBAB.fullmatch(meta["regel"]):
        raise SuiteError(f"{place}: regel is written-like-this")
    if not isinstance(kwargs.get("row_condition", {}), dict):
        raise SuiteError(f"{place}: row_condition has fields: type, column, operator, parameter")
    used = set(_columns(kwargs))
    _refuse(place, "unknown columns", used - table_columns(spec))
    _refuse(place, "columns that expectation 1 does not name", used - set(columns))
    field = meta.get("kolom", kwargs.get("column"))
    if field not in fields(spec):
        raise SuiteError(f"{place}: kolom is no field of {spec.name}: {field}")
    return Check(kind, kwargs, field, meta["regel"], _regel(meta, place), place)


def _columns(kwargs: Mapping[str, Any]) -> Iterator[str]:
    yield from (kwargs[name] for name in _COLUMN_KWARGS if name in kwargs)
    yield from kwargs.get("column_list", ())
    conditions = [kwargs.get("row_condition")]
    while conditions:
        condition = conditions.pop()
        if isinstance(condition, dict):
            yield from (column["name"] for column in [condition.get("column")] if isinstance(column, dict))
            conditions += condition.get("conditions", ())


def _regel(meta: Mapping[str, str], place: str) -> Regel:
    if meta["ernst"] not in set(Severity):
        raise SuiteError(f"{place}: unknown ernst: {meta['ernst']}")
    near = meta.get(NEAR, "")
    for text in (meta["bericht"], meta["advies"], near.replace("{naaste}", "")):
        try:
            found = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        except ValueError as error:
            raise SuiteError(f"{place}: {error}: {text}") from error
        _refuse(place, "unknown placeholders", found - PLACEHOLDERS)
    return Regel(Severity(meta["ernst"]), meta["bericht"], meta["advies"], advice_near=near)


def _refuse(place: str, what: str, names: set[str]) -> None:
    if names:
        raise SuiteError(f"{place}: {what}: {', '.join(sorted(map(str, names)))}")
