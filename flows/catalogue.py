"""Reads the catalogues that people edit: columns, rules and sentences. Files in, frozen values out; nothing else is read here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from flows.model.contract import Column, Contract, Eigen, Inhoud, Nieuw, SheetSpec, Uitvraag
from flows.model.finding import Regel, Severity

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
EXPECTATIONS = ROOT / "expectations"


def _load(path: Path) -> Any:
    return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def load_contract(folder: Path = EXPECTATIONS) -> Contract:
    """The sheets and columns of `columns.yaml`; an unknown kind of content raises ValueError."""
    data = _load(folder / "columns.yaml")
    return Contract(_sheets(data["aanlevering"]), _sheets(data["regie"]), Eigen(**data["eigen"]))


def _sheets(data: Mapping[str, Any]) -> tuple[SheetSpec, ...]:
    return tuple(
        SheetSpec(
            name,
            tuple(_column(field, column) for field, column in sheet["kolommen"].items()),
            optional=sheet.get("optioneel", False),
            form=sheet.get("formulier", False),
            aliases=tuple(sheet.get("alias", ())),
        )
        for name, sheet in data.items()
    )


def _column(field: str, data: Mapping[str, Any]) -> Column:
    return Column(
        field,
        data["kop"],
        Inhoud(data.get("inhoud", "tekst")),
        data.get("verplicht", False),
        tuple(data.get("alias", ())),
        data.get("keuzes"),
        Nieuw(data["nieuw"]) if "nieuw" in data else None,
        Uitvraag(data["uitvraag"]) if "uitvraag" in data else None,
    )


def load_rules(folder: Path = EXPECTATIONS) -> dict[str, Regel]:
    """The rules of `regels.yaml` by name: those that no Great Expectations suite can state."""
    return {
        name: Regel(Severity(rule["ernst"]), rule["bericht"], rule["advies"], discreet=rule.get("discreet", ""))
        for name, rule in _load(folder / "regels.yaml").items()
    }


def load_words(folder: Path = EXPECTATIONS) -> dict[str, tuple[str, ...]]:
    """The words of `woorden.yaml` that rules look for, by what they are about."""
    return {name: tuple(words) for name, words in _load(folder / "woorden.yaml").items()}


@cache
def sayings(part: str) -> dict[str, str]:
    """A part of `meldingen.yaml`: what the commands say while they work and when they are done."""
    return dict(_load(TEMPLATES / "meldingen.yaml")[part])


def load_sentences(folder: Path = TEMPLATES) -> dict[str, str]:
    """The sentences of `zinnen.yaml` by name, with `{placeholders}`."""
    return dict(_load(folder / "zinnen.yaml"))
