"""The house: what may import what, where Dutch sentences live, and that the lists of names agree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from flows.catalogue import EXPECTATIONS, ROOT, TEMPLATES, load_contract, load_rules
from flows.rules_page import page
from flows.validate.suites import load_suites, rules

FLOWS = ROOT / "flows"
STAGES = ("gather", "register", "validate", "assemble", "render")
MODULES = sorted(FLOWS.rglob("*.py"))
SHARED = {"flows.model", "flows.kamerstuk"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{node.module}"


def room(path: Path) -> str:
    parts = path.relative_to(FLOWS).parts
    return parts[0] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", [path for path in MODULES if room(path)], ids=str)
def test_the_core_knows_nothing_of_prefect_nor_of_another_stage(path: Path) -> None:
    own = f"flows.{room(path)}"
    allowed = (
        {own} | (set() if room(path) == "model" else {"flows.model"}) | (SHARED if room(path) in STAGES else set())
    )
    for name in imports(path):
        assert not name.startswith("prefect"), name
        if name == "flows" or name.startswith("flows."):
            assert ".".join(name.split(".")[:2]) in allowed, name


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_only_the_validator_knows_great_expectations(path: Path) -> None:
    if path.name != "expectations.py":
        at_run_time = [name for name in imports(path) if name.startswith("great_expectations")]
        assert not at_run_time or path.name == "data_docs.py"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_says_what_it_is_and_is_no_larger_than_a_room(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 320


# The grammar in kamerstuk/ recognises Dutch words; no other code holds any.
DUTCH = {" de ", " het ", " een ", " niet ", " wordt ", " staat ", " voor ", " van "}


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) != "kamerstuk"], ids=str)
def test_no_dutch_sentence_stands_in_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.body[0].value) for node in ast.walk(tree) if _documented(node)}  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            words = sum(word in f" {node.value} " for word in DUTCH)
            assert words < 2, node.value


def _documented(node: ast.AST) -> bool:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return isinstance(node, kinds) and ast.get_docstring(node) is not None


def test_every_rule_named_in_code_is_in_the_catalogue_and_the_other_way_round() -> None:
    known = load_rules()
    named = {
        node.value
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert known.keys() <= named
    assert not known.keys() & rules(load_suites(EXPECTATIONS, load_contract())).keys()


def test_the_top_level_is_the_users() -> None:
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "__pycache__"}
    fixed = {"flows", "templates", "inputs", "outputs", "expectations", "tests", "pyproject.toml", "README.md"}
    beside = {"requirements.lock", "Makefile", "prefect.yaml", "CHANGELOG.md", "LICENSE", "voortgang.egg-info", "build"}
    assert fixed <= visible <= fixed | beside


def test_the_page_with_all_rules_is_that_of_the_rules() -> None:
    assert (EXPECTATIONS / "LEESMIJ.md").read_text(encoding="utf-8") == page()  # `make regels` writes it anew


def test_the_catalogues_are_plain_yaml() -> None:
    for path in (*EXPECTATIONS.glob("*.yaml"), *TEMPLATES.glob("*.yaml")):
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path
