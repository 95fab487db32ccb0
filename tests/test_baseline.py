"""Which brief of an earlier quarter is taken for comparison."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.baseline import Published, baseline, newest_brief
from flows.model.baseline import VorigeWaarde, row_key
from flows.model.quarter import Kwartaal

NOW = Kwartaal(2026, 3)


def put(outputs: Path, *folders: str) -> Path:
    """Briefs in folders such as `2026-Q2/concept-01`."""
    for folder in folders:
        (outputs / folder).mkdir(parents=True)
        (outputs / folder / "manifest.json").touch()
        (outputs / folder / "brief.json").write_text(json.dumps({"kwartaal": folder.split("/")[0]}))
    return outputs


@pytest.mark.parametrize(
    ("folders", "newest"),
    [
        ([], None),
        (["2026-Q3/concept-01", "2026-Q4/concept-01"], None),
        (["2026-Q1/concept-01", "2026-Q2/concept-01"], "2026-Q2/concept-01"),
        (["2026-Q2/concept-02", "2026-Q2/concept-10", "2026-Q2/concept-09"], "2026-Q2/concept-10"),
        (["2026-Q2/concept-10", "2026-Q2/definitief"], "2026-Q2/definitief"),
        (["2026-Q2/definitief", "2026-Q2/definitief-02"], "2026-Q2/definitief-02"),
        (["2026-Q2/oud", "2025-Q4/concept-01"], "2025-Q4/concept-01"),
    ],
)
def test_the_newest_brief_before_it(tmp_path: Path, folders: list[str], newest: str | None) -> None:
    found = newest_brief(put(tmp_path / "out", *folders), NOW)
    assert (f"{found.kwartaal}/{found.name}" if found else None) == newest


def test_a_folder_that_is_not_complete_is_passed_over(tmp_path: Path) -> None:
    outputs = put(tmp_path, "2026-Q1/concept-01", "2026-Q2/concept-01")
    (outputs / "2026-Q2" / "concept-01" / "manifest.json").unlink()
    found = newest_brief(outputs, NOW)
    assert found and found.kwartaal == Kwartaal(2026, 1)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"kwartaal": "2019-Q1"}', b"\xff\xfe"])
def test_what_is_no_brief_is_passed_over(tmp_path: Path, content: bytes) -> None:
    outputs = put(tmp_path, "2026-Q1/concept-01", "2026-Q2/concept-01")
    (outputs / "2026-Q2" / "concept-01" / "brief.json").write_bytes(content)
    found = newest_brief(outputs, NOW)
    assert found and found.kwartaal == Kwartaal(2026, 1)


def indicator(nr: str | None, waarde: float | str, *, gap: bool = False) -> dict[str, object]:
    return {"nr": nr, "ministerie": "SZW", "gap": gap, "waarde": waarde, "eenheid": "%"}


def test_the_indicators_with_a_number_are_known() -> None:
    rows = [
        indicator("A", 44.5),
        indicator("B", "PM"),
        indicator(None, 1.0),
        indicator("D", 2, gap=True),
        indicator("E", 0),
    ]
    registers = {"moties": [], "toezeggingen": [], "indicatoren": rows}
    data = {"kwartaal": "2026-Q2", "datum": "2026-06-26", "blocks": [], "termijnen": [], "registers": registers}
    found = baseline(Published(Kwartaal(2026, 2), "concept-01", b"", data))
    assert found.indicatoren == {
        row_key("Indicatoren", "SZW", "A"): VorigeWaarde(44.5, "%"),
        row_key("Indicatoren", "SZW", "E"): VorigeWaarde(0, "%"),
    }
