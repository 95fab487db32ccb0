"""The command from outside, as a process: exit status, sentences, folders. Every real part runs."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from flows.catalogue import ROOT
from tests.workbooks import delivery, measure, regie

VOORBEELD = ROOT.parent / "shared" / "voorbeeld"


pytestmark = pytest.mark.usefixtures("migrated")


def voortgang(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=cwd, check=False)


def quarter(folder: Path, text: str = "De cursussen lopen.") -> Path:
    """A small quarter in which nothing is wrong."""
    regie(folder / "2026-Q3" / "regie.xlsx")
    delivery(folder / "2026-Q3" / "SZW.xlsx", [measure(text=text), measure("SZW-02", Onderwerp="Werk")])
    delivery(
        folder / "2026-Q3" / "OCW.xlsx",
        [measure("OCW-01", "Het overleg loopt.", Onderwerp="Dialoog")],
        {"Ministerie": "OCW"},
    )
    return folder


def data(path: Path) -> Any:
    return json.loads(path.read_bytes())


def test_a_clean_quarter_its_repetition_and_one_cell_touched(tmp_path: Path) -> None:
    inputs, outputs = quarter(tmp_path / "in"), tmp_path / "out"
    first = voortgang("concept", "2026-Q3", "--inputs", inputs, "--outputs", outputs)
    assert first.returncode == 0, first.stderr
    draft = outputs / "2026-Q3" / "concept-01"
    assert {path.name for path in draft.iterdir()} == {
        "voortgang-agenda-integratie-2026-Q3.pdf", "voortgang-agenda-integratie-2026-Q3.docx",
        "voortgang-agenda-integratie-2026-Q3.odt", "voortgang-agenda-integratie-2026-Q3-review.docx",
        "brief.json", "manifest.json", "bevindingen.json", "wijzigingen.json", "controleblad.pdf", "dossier"}  # fmt: skip
    assert data(draft / "wijzigingen.json") == {"vorig_concept": None, "vorig_kwartaal": None}
    manifest = data(draft / "manifest.json")
    for output in manifest["outputs"]:
        assert hashlib.sha256((draft / output["file"]).read_bytes()).hexdigest() == output["sha256"]
    assert [(item["rows_read"], item["rows_printed"], item["gaps"]) for item in manifest["inputs"]] == [
        (1, 1, 0),
        (2, 2, 0),
        (0, 0, 0),
    ]

    store = Path(os.environ["VOORTGANG_STATE"], "prefect", "prefect.db")
    with sqlite3.connect(store) as prefect:
        recorded = prefect.execute(
            "select state_type, count(*) from task_run where flow_run_id ="
            " (select id from flow_run order by created desc limit 1) group by state_type"
        ).fetchall()
    assert recorded == [("COMPLETED", 16)]  # the embedded server lost none before it was stopped

    again = voortgang("concept", "2026-Q3", "--inputs", inputs, "--outputs", outputs)
    assert again.returncode == 0
    assert "niets nieuws gemaakt" in again.stdout
    assert not (outputs / "2026-Q3" / "concept-02").exists()

    quarter(tmp_path / "in", "De cursussen zijn klaar.")
    assert voortgang("concept", "2026-Q3", "--inputs", inputs, "--outputs", outputs).returncode == 0
    changed = data(outputs / "2026-Q3" / "concept-02" / "manifest.json")
    before = {item["file"]: item["sha256"] for item in manifest["inputs"]}
    assert [item["file"] for item in changed["inputs"] if item["sha256"] != before[item["file"]]] != []
    told = data(outputs / "2026-Q3" / "concept-02" / "wijzigingen.json")["vorig_concept"]
    assert (told["map"], [row["nieuw"]["nr"] for row in told["wijzigingen"]]) == ("concept-01", ["SZW-01"])


def test_the_same_identity_gives_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    inputs = quarter(tmp_path / "in")
    made = []
    for name in ("one", "two"):
        os.environ["PYTHONHASHSEED"] = str(len(name) + len(made))
        assert voortgang("concept", "2026-Q3", "--inputs", inputs, "--outputs", tmp_path / name).returncode == 0
        files = (path for path in (tmp_path / name / "2026-Q3" / "concept-01").rglob("*") if path.is_file())
        made.append({path.name: path.read_bytes() for path in files})
    assert made[0] == made[1]


def test_two_commands_at_once_end_in_one_draft(tmp_path: Path) -> None:
    inputs, outputs = quarter(tmp_path / "in"), tmp_path / "out"
    with ThreadPoolExecutor(2) as pool:
        runs = list(
            pool.map(lambda _: voortgang("concept", "2026-Q3", "--inputs", inputs, "--outputs", outputs), range(2))
        )
    assert [run.returncode for run in runs] == [0, 0], [run.stderr for run in runs]
    assert sum("niets nieuws gemaakt" in run.stdout for run in runs) == 1
    assert sum("Een andere opdracht werkt aan 2026-Q3" in run.stderr for run in runs) == 1
    assert sorted(path.name for path in (outputs / "2026-Q3").glob("concept-*")) == ["concept-01"]
    assert not list((outputs / "2026-Q3").glob(".onaf-*"))


def test_a_broken_workbook_and_private_words_leave_a_draft_of_the_rest(tmp_path: Path) -> None:
    inputs, outputs = quarter(tmp_path / "in"), tmp_path / "out"
    (inputs / "2026-Q3" / "OCW.xlsx").write_bytes(b"PK\x03\x04 afgebroken")
    delivery(inputs / "2026-Q3" / "SZW.xlsx", [measure(Intern="Nooit tonen aan derden"), measure("SZW-02", None)])
    run = voortgang("concept", "2026-Q3", "--inputs", inputs, "--outputs", outputs)
    assert run.returncode == 1, run.stderr
    draft = outputs / "2026-Q3" / "concept-01"
    findings = data(draft / "bevindingen.json")
    assert {(finding["file"], finding["rule"]) for finding in findings if finding["severity"] == "blokkerend"} == {
        ("OCW.xlsx", "bestand-beschadigd"), ("regie.xlsx", "niet-geleverd"), ("SZW.xlsx", "stand-van-zaken-ontbreekt")}  # fmt: skip
    assert [block["text"] for block in data(draft / "brief.json")["blocks"] if block["nr"] == "SZW-02"] == [
        "[PM SZW-02: Stand van zaken ontbreekt of is onleesbaar]"]  # fmt: skip
    for path in (outputs / "2026-Q3").rglob("*"):
        assert not path.is_file() or b"Nooit tonen" not in path.read_bytes(), path
    controle = outputs / "2026-Q3" / "controle"
    assert [path.name for path in controle.glob("*.xlsx")] == [
        "SZW.xlsx"
    ]  # back to who wrote the words, and nobody else
    book = openpyxl.load_workbook(controle / "SZW.xlsx")
    assert (book.sheetnames[0], book["Voortgang"]["K2"].value) == ("Bevindingen", "Nooit tonen aan derden")
    assert "niet ingevuld" in book["Voortgang"]["D3"].comment.text
    assert "OCW" not in str([[cell.value for cell in row] for row in book["Bevindingen"]])
    page = (controle / "index.html").read_text(encoding="utf-8")
    assert "OCW.xlsx" in page and 'href="SZW.xlsx"' in page


@pytest.mark.slow
def test_what_people_paste_never_stops_the_draft(tmp_path: Path) -> None:
    inputs, outputs = quarter(tmp_path / "in"), tmp_path / "out"
    text = "Klaar ✅ \uf0b7 punt, 漢, ﷽, Z\u0336a\u0335, <script>alert(1)</script> {{ 7*7 }} &amp; m², CO₂ en non\u2011actief."
    rows = [["T-01", None, "Een brief over e\u0301e\u0301n zaak", None, None, None, None, "Openstaand"]]
    delivery(
        inputs / "2026-Q3" / "SZW.xlsx", [measure(text=text), measure("SZW-02", Onderwerp="Werk")], Toezeggingen=rows
    )
    run = voortgang("concept", "2026-Q3", "--inputs", inputs, "--outputs", outputs)
    assert run.returncode == 1, run.stderr
    findings = data(outputs / "2026-Q3" / "concept-01" / "bevindingen.json")
    assert [(finding["rule"], finding["cell"]) for finding in findings] == [("teken-niet-afdrukbaar", "D2")]
    (printed,) = [
        block["text"]
        for block in data(outputs / "2026-Q3" / "concept-01" / "brief.json")["blocks"]
        if block["nr"] == "SZW-01"
    ]
    assert (
        printed
        == "Klaar [?] • punt, [?], [?], Z[?]a[?], <script>alert(1)</script> {{ 7*7 }} &amp; m², CO₂ en non-actief. [controleer SZW-01: Stand van zaken]"
    )


@pytest.mark.slow
def test_what_controle_hands_out_can_be_handed_in_again(tmp_path: Path) -> None:
    quarter(tmp_path / "inputs")
    assert voortgang("controle", "2026-Q3", cwd=tmp_path).returncode == 0
    place = tmp_path / "outputs" / "2026-Q3" / "controle"
    assert data(place / "bevindingen.json") == []
    assert (place / "data-docs" / "index.html").exists()
    books = [place / name for name in ("OCW.xlsx", "SZW.xlsx")]
    before = [book.read_bytes() for book in books]
    for book in books:  # handed in again as they came back
        (tmp_path / "inputs" / "2026-Q3" / book.name).write_bytes(book.read_bytes())
    assert voortgang("controle", "2026-Q3", cwd=tmp_path).returncode == 0
    assert data(place / "bevindingen.json") == []
    assert [book.read_bytes() for book in books] == before


REFUSED = [
    (("concept", "2026-Q9"), "geen kwartaal"),
    (("concept", "2031-Q1"), "bestaat niet"),
    (("concept", "2030-Q1"), "is leeg"),
    (("controle", "2030-Q2"), "staat geen regie.xlsx"),
    (("concept",), "onvolledig of onbekend"),
    (("bestaatniet",), "onvolledig of onbekend"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_what_cannot_be_made_is_one_sentence_and_status_2(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "2030-Q1").mkdir()
    delivery(tmp_path / "2030-Q2" / "SZW.xlsx", [measure()])
    folders = ("--inputs", tmp_path, "--outputs", tmp_path / "out") if len(arguments) > 1 else ()
    run = voortgang(*arguments, *folders)
    assert run.returncode == 2
    assert re.search(words, run.stderr)
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out").exists()


def test_an_outputs_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("no folder")
    run = voortgang("controle", "2026-Q3", "--inputs", quarter(tmp_path / "in"), "--outputs", tmp_path / "out")
    assert run.returncode == 2
    assert "kan niet worden geschreven" in run.stderr
    assert "Traceback" not in run.stderr


def test_help_is_dutch_and_shows_only_what_works() -> None:
    text = voortgang("--help").stdout
    assert "Gebruik:" in text
    assert "Usage" not in text
    assert {
        "nieuw",
        "uitvraag",
        "controle",
        "concept",
        "definitief",
        "verwerk",
        "overzicht",
        "register",
        "start",
    } == set(re.findall(r"^│ (\w+) ", text, re.MULTILINE)) - {"help"}


@pytest.mark.skipif(not VOORBEELD.exists(), reason="the real quarter is not beside the checkout")
def test_the_real_quarter_gives_what_its_readme_says(tmp_path: Path) -> None:
    run = voortgang("concept", "2013-Q4", "--inputs", VOORBEELD, "--outputs", tmp_path)
    assert run.returncode == 1, run.stderr
    draft = tmp_path / "2013-Q4" / "concept-01"
    brief, manifest = data(draft / "brief.json"), data(draft / "manifest.json")
    assert sum(block["nr"] is not None for block in brief["blocks"]) == 40
    assert [len(block["notes"]) for block in brief["blocks"] if block["soort"] == "inleiding"] == [1]
    assert manifest["notes"] == {"given": 15, "pdf": 15, "docx": 15, "odt": 15}
    assert sorted(point["text"] for point in brief["open_punten"]) == ["PM kamerstuknummer", "PM verwijzing"]
    assert manifest["missing"] == ["BZ"]
    assert [finding["rule"] for finding in data(draft / "bevindingen.json") if finding["severity"] == "blokkerend"] == [
        "niet-geleverd"
    ]
    registers = brief["registers"]
    assert {name: len(rows) for name, rows in registers.items()} == {
        "moties": 5,
        "toezeggingen": 4,
        "indicatoren": 3,
        "middelen": 2,
    }
    assert [sum(row["afgerond"] for row in registers[name]) for name in ("moties", "toezeggingen")] == [1, 2]
    roma = [block for block in brief["blocks"] if block.get("onderwerp") == "Roma"]
    assert [block["ministerie"] for block in roma] == ["SZW", "VenJ", "SZW"]


SLUG = "voortgang-agenda-integratie-2026-Q3"
EFFORT = (
    "SZW-Z01",
    "Taal",
    "Gemeente",
    "Gemeenten richten een taalhuis in.",
    "Vertraagd",
    "Nog niet met de VNG besproken.",
)
TOOL = (
    "SZW-N01",
    "Taal",
    "Websites",
    "Zoek een taalhuis.",
    "https://www.taalhuis.example",
    "Adres wijzigt in oktober.",
)


def test_documents_without_the_brief_are_made_proved_and_counted(tmp_path: Path) -> None:
    fields = {"Documenten": "integratieagenda, aanbiedingsbrief", "Contactpersoon": "C. Oordinator", "Functie": "Minister", "Ondertekenaar": "N.",
              "Plaats": "Den Haag", "Dossier": "32 824", "Vorige brief": "Kamerstukken II 2025/26, 32 824, nr. 512"}  # fmt: skip
    regie(tmp_path / "2026-Q3" / "regie.xlsx", fields)
    delivery(tmp_path / "2026-Q3" / "SZW.xlsx", [measure()], Inzet=[EFFORT], Instrumenten=[TOOL])
    delivery(tmp_path / "2026-Q3" / "OCW.xlsx", [], {"Ministerie": "OCW"})
    run = voortgang("concept", "2026-Q3", "--inputs", tmp_path, "--outputs", tmp_path / "out")
    assert run.returncode == 0, run.stderr
    draft = tmp_path / "out" / "2026-Q3" / "concept-01"
    names = [f"{name}.{kind}" for name in (f"aanbiedingsbrief-{SLUG}", f"aanbiedingsbrief-{SLUG}-kamerstuk", f"integratieagenda-{SLUG}")
             for kind in ("pdf", "docx", "odt")]  # fmt: skip
    assert {path.name for path in draft.iterdir()} == {
        *names, "brief.json", "manifest.json", "bevindingen.json", "wijzigingen.json", "controleblad.pdf", "dossier"}  # fmt: skip
    manifest, brief = data(draft / "manifest.json"), data(draft / "brief.json")
    assert manifest["notes"] == {"given": 0, "pdf": 0, "docx": 0, "odt": 0}
    assert {document["name"]: document["notes"]["pdf"] for document in manifest["documents"]} == {
        "aanbiedingsbrief": 1, "kamerstuk": 1, "integratieagenda": 0}  # fmt: skip
    read = {item["file"]: (item["rows_read"], item["rows_printed"]) for item in manifest["inputs"]}
    assert read == {"OCW.xlsx": (0, 0), "SZW.xlsx": (3, 2), "regie.xlsx": (0, 0)}  # no document prints Voortgang
    assert [block["nr"] for block in brief["documenten"]["integratieagenda"]["blocks"]] == ["SZW-Z01", "SZW-N01"]
    assert brief["documenten"]["aanbiedingsbrief"]["bijlagen"] == ["integratieagenda"]
    found = {finding["rule"] for finding in data(draft / "bevindingen.json")}
    assert {"blad-niet-gedrukt", "integratieagenda-zonder-inbreng"} <= found
    published = (draft / "brief.json").read_text(encoding="utf-8") + found_in_word(draft)
    assert not any(words in published for words in ("VNG besproken", "wijzigt in oktober", "J. de Tester"))


def found_in_word(draft: Path) -> str:
    """All text of the Word files."""
    packages = [zipfile.ZipFile(path) for path in draft.glob("*.docx")]
    return "".join(
        package.read(name).decode() for package in packages for name in package.namelist() if name.endswith(".xml")
    )


def test_the_example_quarter_is_what_its_story_says(tmp_path: Path) -> None:
    run = voortgang("concept", "2026-Q3", "--outputs", tmp_path)
    assert run.returncode == 1, run.stderr
    draft = tmp_path / "2026-Q3" / "concept-01"
    manifest = data(draft / "manifest.json")
    assert manifest["notes"] == {"given": 71, "pdf": 71, "docx": 71, "odt": 71}
    assert {document["name"]: document["notes"] for document in manifest["documents"]} == {
        name: dict.fromkeys(("given", "pdf", "docx", "odt"), notes)
        for name, notes in (
            ("brief", 71),
            ("aanbiedingsbrief", 2),
            ("kamerstuk", 2),
            ("overzicht", 70),
            ("integratieagenda", 3),
        )
    }
    assert all(item["rows_read"] == item["rows_printed"] + item["gaps"] for item in manifest["inputs"])
    assert manifest["missing"] == ["VRO"]
    faults = {
        (f["file"], f["sheet"], f["cell"]) for f in data(draft / "bevindingen.json") if f["severity"] == "blokkerend"
    }
    assert faults == {("regie.xlsx", "Ministeries", "A9")} | {
        ("BZ.xlsx", "Voortgang", cell) for cell in ("F6", "D7", "B8", "G9", "A4", "A10")
    } | {("BZ.xlsx", "Moties", "H2"), ("BZ.xlsx", "Middelen", "D3")}  # fmt: skip
    book = openpyxl.load_workbook(ROOT / "inputs" / "2026-Q3" / "SZW.xlsx")
    private = [str(row[0].value) for row in book["kladblok"].iter_rows(min_row=2) if row[0].value]
    assert len(private) > 3
    text = (draft / "brief.json").read_text(encoding="utf-8")
    page = (draft / "dossier" / "index.html").read_text(encoding="utf-8")
    assert not any(words in text or words in page for words in private)
    rows = {name for name in re.findall(r'<article class="blok" id="([^"]+)"', page) if "regie" not in name}
    assert {f"blok-{block['nr']}" for block in data(draft / "brief.json")["blocks"] if block["nr"]} <= rows
    assert page.count('<li id="eindnoot-') == 71
