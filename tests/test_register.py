"""`voortgang register bijwerken` and what the register does to a draft, as processes against services on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from flows.catalogue import ROOT
from tests.register.services import Services, document, serving, toezegging
from tests.workbooks import delivery, measure, regie, row

TEXT = (
    "De Kamer is geïnformeerd (Kamerstukken II 2025/26, 32824, nr. 466 en Kamerstukken II 2025/26, 32824, nr. 999). "
    "De wet is gewijzigd (Stb. 2011, 35). Eerder is dit toegelicht (Kamerstukken II 2023/24, 32824, nr. 467)."
)
TITLE = "Voortgang <integratie> & taal"

pytestmark = pytest.mark.usefixtures("migrated")


@pytest.fixture
def services() -> Iterator[Services]:
    with serving(Services()) as served:
        served.documents = [document(32824, 466, TITLE), document(32824, 467), document(32824, 1001)]
        served.publications = {"stb-2011-35": ("Besluit van 20 januari", "AMvB", "2011-01-31", "")}
        served.toezeggingen = [
            toezegging("TZ202603-130", "De minister stuurt een brief over taal."),
            toezegging("TZ202603-131", "De minister meldt de uitkomst."),
        ]
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small quarter that cites four papers and delivers one promise."""
    quarter = tmp_path / "in" / "2026-Q3"
    regie(quarter / "regie.xlsx", {"Bijlagen": "toezeggingen, stukken"})
    promise = row(
        "Toezeggingen", Nr="T-01", Toezeggingnummer="tz202603-131", Toezegging="Een brief.", Status="Openstaand"
    )
    delivery(quarter / "SZW.xlsx", [measure(text=TEXT), measure("SZW-02", Onderwerp="Werk")], Toezeggingen=[promise])
    delivery(quarter / "OCW.xlsx", [measure("OCW-01", "Klaar.", Onderwerp="Dialoog")], {"Ministerie": "OCW"})
    return tmp_path


def voortgang(folder: Path, services: Services, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "VOORTGANG_KAMERREGISTER__BESTAND": str(folder / "register.sqlite"),
        "VOORTGANG_KAMERREGISTER__TWEEDE_KAMER": services.odata,
        "VOORTGANG_KAMERREGISTER__BEKENDMAKINGEN": services.sru,
    }
    command = [sys.executable, "-m", "flows.cli", *arguments, "--inputs", str(folder / "in")]
    command += ["--outputs", str(folder / "out")] if arguments[0] == "concept" else []
    return subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=ROOT, env=environment, check=False)


def data(path: Path) -> Any:
    return json.loads(path.read_bytes())


def found(draft: Path) -> list[tuple[str, str | None, str | None]]:
    return [(one["rule"], one["cell"], one["value"]) for one in data(draft / "bevindingen.json")]


@pytest.mark.slow
def test_a_draft_before_and_after_a_refresh(folder: Path, services: Services) -> None:
    quarter = folder / "out" / "2026-Q3"
    before = voortgang(folder, services, "concept", "2026-Q3")
    assert before.returncode == 0, before.stderr
    assert services.asked == []  # a draft asks nobody
    assert "Register van Kamerstukken: stand 31 januari 2025." in before.stdout
    assert found(quarter / "concept-01") == [("stukken-niet-nagegaan", None, None)]
    assert data(quarter / "concept-01" / "manifest.json")["register_snapshot"] == "2025-01-31"

    refreshed = voortgang(folder, services, "register", "bijwerken")
    assert refreshed.returncode == 0, refreshed.stderr
    assert "Aangehaalde stukken: 3 bekend, 1 onbekend, 0 nog niet na te gaan." in refreshed.stdout
    assert "Onbekend: kst-32824-999" in refreshed.stdout
    asked = len(services.asked)
    again = voortgang(folder, services, "register", "bijwerken", "2026-Q3")
    assert (again.returncode, len(services.asked)) == (0, asked)
    assert "Er was niets te vragen" in again.stdout

    after = voortgang(folder, services, "concept", "2026-Q3")
    assert after.returncode == 0, after.stderr
    assert len(services.asked) == asked
    draft = quarter / "concept-02"
    assert found(draft) == [
        ("stuk-onbekend", "D2", "Kamerstukken II 2025/26, 32824, nr. 999"),
        ("stuk-ander-vergaderjaar", "D2", "Kamerstukken II 2023/24, 32824, nr. 467"),
        ("toezegging-niet-aangeleverd", "A2", "TZ202603-130"),
    ]
    (unknown,) = [one for one in data(draft / "bevindingen.json") if one["rule"] == "stuk-onbekend"]
    assert "nr. 467 en nr. 1001" in unknown["advice"]
    manifest = data(draft / "manifest.json")
    assert manifest["register"] == {"known": 3, "absent": 1, "unknown": 0, "promises_elsewhere": 1}
    titles = {one["identifier"]: one["titel"] for one in data(draft / "brief.json")["kamerregister"]["stukken"]}
    assert titles == {
        "kst-32824-466": TITLE, "kst-32824-467": "Brief nummer 467", "stb-2011-35": "Besluit van 20 januari"}  # fmt: skip

    name = "voortgang-agenda-integratie-2026-Q3.pdf"
    with pikepdf.open(draft / name) as file:
        links = {
            str(link["/A"]["/URI"]).rsplit("/", 1)[1]: str(link["/Contents"])
            for page in file.pages
            for link in page.get("/Annots", [])
            if "/A" in link
        }
    assert links["kst-32824-466.html"] == TITLE
    assert links["kst-32824-999.html"] == "Kamerstukken II 2025/26, 32824, nr. 999"
    words = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(draft / name))
    assert TITLE in " ".join(words.split())
    sheet = pypdfium2.PdfDocument(draft / "controleblad.pdf")
    assert len(sheet) == 1
    assert "in geen werkboek staan: SZW 1" in " ".join(sheet[0].get_textpage().get_text_bounded().split())


@pytest.mark.slow
def test_off_line_it_says_so_and_the_draft_is_made_all_the_same(folder: Path, services: Services) -> None:
    gone = Services(address="http://127.0.0.1:9")
    run = voortgang(folder, gone, "register", "bijwerken")
    assert (run.returncode, run.stdout) == (2, "")
    assert "van de Tweede Kamer en officielebekendmakingen.nl kwam geen bruikbaar antwoord" in run.stderr
    assert "Traceback" not in run.stderr
    assert voortgang(folder, gone, "concept", "2026-Q3").returncode == 0

    services.always = {"sru": "404"}
    run = voortgang(folder, services, "register", "bijwerken")
    assert run.returncode == 1, run.stderr
    assert "Van officielebekendmakingen.nl kwam niet op alles een bruikbaar antwoord." in run.stdout
    assert "2 bekend, 1 onbekend, 1 nog niet na te gaan" in run.stdout


@pytest.mark.slow
def test_a_register_that_cannot_be_read_stops_no_draft(folder: Path, services: Services) -> None:
    (folder / "register.sqlite").write_bytes(b"geen register")
    run = voortgang(folder, services, "concept", "2026-Q3")
    assert run.returncode == 0, run.stderr
    draft = folder / "out" / "2026-Q3" / "concept-01"
    assert found(draft) == [("register-onleesbaar", None, None)]
    assert data(draft / "manifest.json")["register_snapshot"] is None
    run = voortgang(folder, services, "register", "bijwerken")
    assert run.returncode == 2
    assert "verwijder het dan en voer de opdracht opnieuw uit" in run.stderr
