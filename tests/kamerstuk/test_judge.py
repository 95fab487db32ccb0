"""Recall and precision on the shared samples, beside the checkout; skipped where they are absent."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from flows.kamerstuk.judge import parse

SAMPLES = Path(__file__).parents[3] / "shared" / "kamerstuk"
NEEDS_SAMPLES = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside the checkout")
WITH_DOSSIER = ("kamerstuk",)
NEWER_THAN_THE_LIST = {"kst-33822-36"}
NAMED = ("ecli", "eu-com", "zaak", "document", "ob-id", "placeholder")


def _samples(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLES / name).read_text(encoding="utf-8").splitlines() if line]


def _key(ref: dict[str, Any]) -> tuple[Any, ...]:
    """What makes a reference right."""
    if ref["kind"] in NAMED:
        return (ref["kind"], ref["ident"])
    return (ref["kind"], ref["dossier"], ref["suffix"], tuple(ref["nummers"]))


def _rest(ref: dict[str, Any], gold: dict[str, Any]) -> dict[str, Any]:
    """The other parts that the sample names."""
    names = (
        "chamber",
        "vergaderjaar",
        "pages",
        "bijlage",
        "jaar",
        "vergadering",
        "item",
        "co_dossiers",
        "rijkswet",
    )
    return {name: ref[name] for name in names if name in gold}


@NEEDS_SAMPLES
@pytest.mark.parametrize("name", ["examples.jsonl", "seed-003.jsonl"])
def test_every_sample_is_read_as_it_should_be(name: str) -> None:
    gold_count = found_count = right = 0
    wrong: list[str] = []
    for sample in _samples(name):
        gold, found = sample["gold"]["refs"], parse(sample["text"])
        gold_count += len(gold)
        found_count += len(found)
        matched = [(ref, each) for ref, each in zip(found, gold, strict=False) if _key(ref) == _key(each)]
        right += len(matched)
        if len(matched) != len(gold) or any(_rest(ref, each) != _rest(each, each) for ref, each in matched):
            wrong.append(sample["id"])
    print(
        f"{name}: recall {right}/{gold_count}, precision {right}/{found_count}, other parts wrong in {wrong}",
    )
    assert (right, found_count, wrong) == (gold_count, gold_count, [])


@NEEDS_SAMPLES
@pytest.mark.parametrize("name", ["examples.jsonl", "seed-003.jsonl"])
def test_identifiers_are_those_of_the_samples(name: str) -> None:
    for sample in _samples(name):
        for ref, gold in zip(parse(sample["text"]), sample["gold"]["refs"], strict=True):
            field = "kst" if gold["kind"] in WITH_DOSSIER else "ob_ids"
            allowed = [gold.get(field), *(gold.get("kst_alt") or [])]
            assert ref[field] in allowed, sample["id"]


@NEEDS_SAMPLES
@pytest.mark.parametrize("name", ["examples.jsonl", "seed-003.jsonl"])
def test_the_papers_that_identifiers_name_exist(name: str) -> None:
    with lzma.open(SAMPLES / "kst-identifiers.txt.xz", "rt", encoding="utf-8") as lines:
        published = set(lines.read().split())
    derived = {
        identifier for sample in _samples(name) for ref in parse(sample["text"]) for identifier in ref["kst"] or []
    }
    assert derived
    assert derived - published <= NEWER_THAN_THE_LIST


@NEEDS_SAMPLES
def test_no_negative_sample_is_taken_for_a_reference() -> None:
    alarms = {sample["id"]: sample["text"] for sample in _samples("negatives.jsonl") if parse(sample["text"])}
    print(f"negatives.jsonl: {len(alarms)} false alarms")
    assert alarms == {}


def test_the_fields_of_a_reference() -> None:
    (ref,) = parse("Tweede Kamer, vergaderjaar 2012-2013, 33 400XV, nr. 105 en 107, blz. 3")
    assert {
        name: ref[name] for name in ("kind", "chamber", "vergaderjaar", "dossier", "suffix", "nummers", "pages", "kst")
    } == {
        "kind": "kamerstuk",
        "chamber": "II",
        "vergaderjaar": "2012-2013",
        "dossier": "33400",
        "suffix": "XV",
        "nummers": ["105", "107"],
        "pages": ["3"],
        "kst": ["kst-33400-XV-105", "kst-33400-XV-107"],
    }
