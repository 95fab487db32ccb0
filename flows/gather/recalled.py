"""What a brief printed, as rows again: for a ministry whose own workbook of that quarter is not at hand.

In: brief.json as data. Out: rows by sheet, in the printed form. Notes go back to where they can be typed: references to a cell of
their own, other words as `[noot: …]`. What a draft says about a row (marks, gaps, sentences of ours) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flows.gather.normalise import Choices, read
from flows.model.contract import Contract, Inhoud, SheetSpec
from flows.model.delivery import Cell, Origin, Row, Run, Value
from flows.model.quarter import dutch_date

Data = Mapping[str, Any]
Fields = dict[str, Value]
BRIEF = "brief.json"


def recalled(
    data: Data, code: str, contract: Contract, choices: Choices, sentences: Mapping[str, str]
) -> dict[str, tuple[Row, ...]]:
    """The rows of the ministry `code` in a brief, by sheet of the contract."""
    annexes = data["registers"]
    made = {
        "Voortgang": [_maatregel(block, sentences) for block in _of(code, data["blocks"])],
        "Toezeggingen": [_toezegging(row, sentences) for row in _of(code, annexes["toezeggingen"])],
        "Moties": [_motie(row, sentences) for row in _of(code, annexes["moties"])],
        "Indicatoren": [_indicator(row, sentences) for row in _of(code, annexes["indicatoren"])],
        "Middelen": [_middel(row, sentences) for row in _of(code, annexes["middelen"])],
    }
    return {name: tuple(_rows(fields, contract.sheet(name), choices)) for name, fields in made.items()}


def _of(code: str, rows: Sequence[Data]) -> Iterator[Data]:
    return (row for row in rows if row.get("ministerie") == code)


def _rows(found: Sequence[Fields], spec: SheetSpec, choices: Choices) -> Iterator[Row]:
    for number, fields in enumerate(found, 1):
        cells = {}
        for column in spec.columns:
            value = fields.get(column.field)
            meaning = read(value, "", column, choices).meaning
            if value not in (None, "") and not (column.inhoud is Inhoud.KEUZE and meaning is None):  # a status of ours
                cells[column.field] = Cell(Origin(BRIEF, spec.name, number), value, (Run(str(value)),), meaning)
        yield Row(Origin(BRIEF, spec.name, number), cells)


def _maatregel(block: Data, sentences: Mapping[str, str]) -> Fields:
    comments = [note for note in block["notes"] if not note["references"]]
    references = [note["text"] for note in block["notes"] if note["references"]]
    return {
        "nr": block["nr"],
        "onderwerp": "" if block["onderwerp"] == sentences["zonder_onderwerp"] else block["onderwerp"],
        "tussenkop": block["tussenkop"],
        "stand_van_zaken": _typed(_plain(block, "\n".join(_paragraphs(block["parts"])), sentences), comments),
        "kamerstukken": "\n".join(references),
        "status": block["status"],
        "gereed": _period(block),
        "toelichting_status": block["toelichting_status"],
        "mede_namens": ", ".join(block["mede_namens"]),
    }


def _paragraphs(parts: Sequence[Data]) -> Iterator[str]:
    number = 0
    for part in parts:
        number = number + 1 if part["kind"] == "nummering" else 0
        sign = {"opsomming": "· ", "nummering": f"{number}. "}.get(part["kind"], "")
        yield sign + part["text"]


def _toezegging(row: Data, sentences: Mapping[str, str]) -> Fields:
    day = date.fromisoformat(row["datum"]) if row["datum"] else None
    where = [line for line in _cell(row["vindplaats"]).splitlines() if line != row["toezeggingnummer"]]
    debate = where.pop(0).removesuffix(dutch_date(day)).removesuffix(", ") if day and where else ""
    return {
        "nr": row["nr"],
        "toezeggingnummer": row["toezeggingnummer"],
        "toezegging": _plain(row, _cell(row["omschrijving"]), sentences),
        "datum": day,
        "overleg": debate,
        "kamerstuk": "\n".join(where),
        "bewindspersoon": row["bewindspersoon"],
    } | _state(row, sentences)


def _motie(row: Data, sentences: Mapping[str, str]) -> Fields:
    what, _, meant = _plain(row, _cell(row["omschrijving"]), sentences).partition("\n")
    named: Fields = {"nr": row["nr"], "motie": what, "kamerstuk": _cell(row["vindplaats"]), "strekking": meant}
    return named | _state(row, sentences)


def _state(row: Data, sentences: Mapping[str, str]) -> Fields:
    due, said = _period(row), _cell(row["stand"])
    built = {sentences["niets_gemeld"], sentences["voorzien"].format(due)}
    return {
        "status": row["status"],
        "stand_van_zaken": "" if said in built else said,
        "gereed": due,
        "afgedaan_met": row["afgedaan_met"],
    }


def _indicator(row: Data, sentences: Mapping[str, str]) -> Fields:
    named: Fields = {name: _line(row, name) for name in ("eenheid", "bron")}
    name = _plain(row, _line(row, "indicator"), sentences)
    told = {"indicator": name, "onderwerp": row["onderwerp"], "streefwaarde": row["streefwaarde"]}
    return {"nr": row["nr"]} | told | named


def _middel(row: Data, sentences: Mapping[str, str]) -> Fields:
    amount = row["bedrag_getypt"] if row["bedrag"] is None else row["bedrag"]
    named: Fields = {name: _line(row, name) for name in ("jaar", "dekking")}
    name = _plain(row, _line(row, "omschrijving"), sentences)
    paper = _cell(row["kamerstuk"]) if row["kamerstuk"] else ""
    return {
        "nr": row["nr"],
        "onderwerp": row["onderwerp"],
        "omschrijving": name,
        "bedrag": amount,
        "kamerstuk": paper,
    } | named


def _plain(row: Data, text: str, sentences: Mapping[str, str]) -> str:
    """The words of a row that a draft marks or shows as a gap, without what the draft says."""
    if row["gap"]:
        return ""
    mark = sentences["markering"].format(nr=row["nr"], kolommen=", ".join(row["faults"]))
    return text.removesuffix(mark).rstrip()


def _cell(cell: Data) -> str:
    return _typed(cell["text"], cell["notes"])


def _line(row: Data, name: str) -> str:
    return _typed(row[name] or "", row.get(f"{name}_notes", ()))


def _typed(text: str, notes: Sequence[Data]) -> str:
    return " ".join((text, *(f"[noot: {note['text']}]" for note in notes)))


def _period(row: Data) -> str:
    return row["gereed"]["tekst"] if row["gereed"] else ""
