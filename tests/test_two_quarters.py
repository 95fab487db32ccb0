"""The story between the quarters of the example: what a reviewer and a minister's office read of it.

A first quarter is made of the second, so that there is a deadline that has moved before. No Prefect, and nothing is rendered
but the annex of changes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import openpyxl

from flows.assemble.brief import assemble
from flows.baseline import Published, baseline
from flows.catalogue import ROOT, load_contract, load_rules, load_sentences
from flows.comparison import changes_file, since, with_annex
from flows.gather.deliveries import sort_out
from flows.gather.steering import choices_of, read_regie
from flows.gather.workbook import read_workbook
from flows.model.brief import Brief
from flows.model.contract import key
from flows.model.finding import Regels
from flows.model.quarter import Kwartaal
from flows.render.data import brief_data, dump
from flows.validate.accept import accept

CONTRACT, REGELS = load_contract(), Regels(load_rules())
Q1, Q2, Q3 = (Kwartaal(2026, number) for number in (1, 2, 3))
Row = dict[str, Any]


def assembled(folder: Path, quarter: Kwartaal, earlier: Published | None) -> Brief:
    """The brief of a folder, compared with an earlier one, with the annex of changes first."""
    regie, _ = read_regie(folder / "regie.xlsx", quarter, CONTRACT, REGELS)
    regie = replace(regie, bijlagen=("wijzigingen", *regie.bijlagen))
    files = sorted(path for path in folder.iterdir() if path.name != "regie.xlsx")
    found = [read_workbook(path, CONTRACT.delivery, choices_of(regie), REGELS) for path in files]
    gathered = sort_out(found, regie, REGELS)
    brief, _, _ = assemble(regie, accept(gathered.deliveries, gathered.findings), load_sentences(), REGELS)
    return with_annex(replace(brief, baseline=baseline(earlier) if earlier else None), earlier)


def published(brief: Brief) -> Published:
    content = dump(brief_data(brief))
    return Published(brief.kwartaal, "concept-01", content, json.loads(content))


def with_cell(book: Path, sheet: str, nr: str, column: str, value: str) -> None:
    """One cell of a row, written anew."""
    opened = openpyxl.load_workbook(book, rich_text=True)
    rows = list(opened[sheet].iter_rows())
    head = next(row for row in rows if key(str(row[0].value)) == "nr")
    at = next(cell.column for cell in head if key(str(cell.value)) == key(column))
    next(row for row in rows if row[0].value == nr)[at - 1].value = value
    opened.save(book)


@cache
def briefs() -> tuple[Brief, Brief, Brief]:
    """Three quarters, each compared with the one before it. In the third BZK has let a promise slip without a word."""
    folder = Path(mkdtemp())
    for quarter, source in ((Q1, Q2), (Q2, Q2), (Q3, Q3)):
        shutil.copytree(ROOT / "inputs" / str(source), folder / str(quarter))
    with_cell(folder / str(Q1) / "SZW.xlsx", "Voortgang", "SZW-03", "Gereed", "eind 2026")
    with_cell(folder / str(Q3) / "BZK.xlsx", "Toezeggingen", "BZK-T01", "Gereed", "zomer 2026")
    first = replace(assembled(folder / str(Q1), Q2, None), kwartaal=Q1)
    second = assembled(folder / str(Q2), Q2, published(first))
    return first, second, assembled(folder / str(Q3), Q3, published(second))


def changes(old: Brief, new: Brief) -> dict[str | None, Row]:
    """The changes of wijzigingen.json by the Nr that a row has, or had; None is a text of the coordinator's."""
    data = json.loads(changes_file(since(new, None, published(old))))["vorig_kwartaal"]
    return {(row["nieuw"] or row["oud"])["nr"]: row for row in data["wijzigingen"]}


def text(pieces: list[Row]) -> str:
    """Pieces with marks: [-gone-], {+new+}, and notes as <words>."""
    marks = {"gelijk": "{}", "erbij": "{{+{}+}}", "eraf": "[-{}-]", "anders": "{}"}
    return "".join(
        f"<{text(piece['noot'])}>" if "noot" in piece else marks[piece["soort"]].format(piece["text"])
        for piece in pieces
    )


def test_the_story_between_two_quarters() -> None:
    _, second, third = briefs()
    told = changes(second, third)
    assert told["OCW-04"]["status"] == {"van": "Loopt op schema", "naar": "Afgerond"}
    assert told["SZW-03"]["termijn"] | {"van": None, "naar": None} == {
        "van": None, "naar": None, "later": True, "keren": 2, "kwartalen": 2,
    }  # fmt: skip
    assert "aan een aanvragende instelling{+, die afspraken maakt met de gemeenten" in text(
        told["OCW-01"]["velden"]["tekst"]
    )
    assert told["VWS-07"]["hernummerd"] and told["VWS-07"]["oud"]["nr"] == "VWS-08"
    assert (
        told["SZW-05"]["verplaatst"] and told["SZW-05"]["nieuw"]["plek"]["onderwerp"] == "Opvang en vroege integratie"
    )
    assert told["AenM-T01"]["status"] == {"van": "Openstaand", "naar": "Afgedaan"}
    assert told["BZK-T01"]["te_laat"] and told["BZK-T01"]["soort"] == "gelijk"
    assert told["OCW-08"]["gelijk_in"] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert (told["SZW-14"]["soort"], told["VRO-01"]["soort"]) == ("erbij", "eraf")
    assert told["SZW-F02"]["velden"]["bedrag"][0] == {"soort": "eraf", "text": "18000000"}
    assert "AenM-F01" not in told


def internal(folder: Path) -> Iterator[str]:
    """What stands in the columns for internal remarks."""
    for path in folder.iterdir():
        for sheet in openpyxl.load_workbook(path):
            for column in sheet.iter_cols():
                words = [str(cell.value) for cell in column if cell.value]
                if "intern" in [key(word) for word in words[:2]]:
                    yield from (word for word in words if key(word) != "intern")


def test_nothing_of_intern_is_told() -> None:
    _, second, third = briefs()
    data = changes_file(since(third, published(second), published(second))).decode()
    remarks = set(internal(ROOT / "inputs" / str(Q2))) | set(internal(ROOT / "inputs" / str(Q3)))
    assert len(remarks) > 20 and not [remark for remark in remarks if remark in data]


def test_the_page_for_the_ministers_office() -> None:
    _, _, third = briefs()
    overview = third.annexes.wijzigingen
    assert overview and overview.kwartaal == Q2
    groups = {name: [(row.onderwerp or row.sheet, row.ministerie) for row in rows] for name, rows in overview.groepen}
    assert list(groups) == ["nieuw", "afgerond", "vertraagd", "vervroegd", "vervallen", "verstreken"]
    assert groups["verstreken"] == [("Toezeggingen", "BZK")]
    assert ("Huisvesting van vergunninghouders", "VRO") in groups["vervallen"]
    first = next(iter(dict(overview.groepen)["vertraagd"]))
    assert (first.keren, first.van and first.van.tekst, first.gereed and first.gereed.tekst) == (
        2,
        "begin 2027",
        "voorjaar 2027",
    )
