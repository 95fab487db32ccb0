"""`voortgang definitief` from outside: refused with all that stands open, then made once, and anew only on request."""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from tests.test_command import voortgang
from tests.workbooks import delivery, measure, regie

pytestmark = pytest.mark.usefixtures("migrated")


def text_of(pdf: Path) -> str:
    pages = pypdfium2.PdfDocument(pdf.read_bytes())
    return " ".join(page.get_textpage().get_text_bounded() for page in pages)


def test_nothing_may_stand_open_and_nothing_is_overwritten(tmp_path: Path) -> None:
    quarter, made = tmp_path / "in" / "2026-Q3", tmp_path / "out" / "2026-Q3"
    arguments = ("definitief", "2026-Q3", "--inputs", tmp_path / "in", "--outputs", tmp_path / "out")

    def deliver(text: str, **cover: object) -> None:
        delivery(quarter / "SZW.xlsx", [measure(text=text), measure("SZW-02", Onderwerp="Werk")], cover)

    ocw = delivery(quarter / "OCW.xlsx", [measure("OCW-01", "Het loopt.", Onderwerp="Dialoog")], {"Ministerie": "OCW"})
    regie(quarter / "regie.xlsx")
    deliver("Het bedrag is PM.")
    refused = voortgang(*arguments)
    assert refused.returncode == 2
    assert "‘PM’, onder ‘Taal’" in refused.stderr and "nog geen akkoord gegeven (OCW.xlsx" in refused.stderr
    assert refused.stderr.splitlines()[-1].startswith("De definitieve brief van 2026-Q3 kan nog niet")
    assert [one["rule"] for one in json.loads((made / "controle" / "bevindingen.json").read_bytes())[:3]] == [
        "punt-nog-open", "zonder-akkoord", "zonder-akkoord"]  # fmt: skip
    assert not (made / "definitief").exists()

    approval = ("OCW", "De directeur", datetime(2026, 9, 21), hashlib.sha256(ocw.read_bytes()).hexdigest())
    letter = {
        "Documenten": "brief, aanbiedingsbrief",
        "Plaats": "Den Haag",
        "Dossier": "32 824",
        "Functie": "Minister",
        "Ondertekenaar": "N.",
    }
    regie(quarter / "regie.xlsx", letter, Akkoord=[("Wat", "Wie", "Datum", "SHA-256"), approval])
    deliver("Het bedrag is bekend.", Akkoord="ja")
    final = voortgang(*arguments)
    assert final.returncode == 0, final.stderr
    listed = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=made / "definitief", check=True, capture_output=True
    )
    assert listed.stdout.count(b": OK") == len(list((made / "definitief").iterdir())) - 1
    offered = text_of(made / "definitief" / "aanbiedingsbrief-voortgang-agenda-integratie-2026-Q3.pdf")
    assert "Hierbij bied ik u, mede namens het Ministerie van Onderwijs, Cultuur" in " ".join(offered.split())
    assert "concept" not in offered.casefold()
    printed = text_of(made / "definitief" / "voortgang-agenda-integratie-2026-Q3.pdf")
    assert "Het bedrag is bekend." in printed
    compared = json.loads((made / "definitief" / "wijzigingen.json").read_bytes())
    assert compared == {"vorig_concept": None, "vorig_kwartaal": None}  # there was no draft, and no earlier quarter
    assert "concept" not in printed.casefold() and "Openstaande punten" not in printed

    deliver("Het bedrag is bijgesteld.", Akkoord="ja")
    again = voortgang(*arguments)
    assert again.returncode == 2 and "Met --herzien maakt u een nieuwe versie" in again.stderr
    before = (made / "definitief" / "manifest.json").read_bytes()
    revised = voortgang(*arguments, "--herzien")
    assert revised.returncode == 0, revised.stderr
    assert "Het bedrag is bijgesteld." in text_of(made / "definitief-02" / "voortgang-agenda-integratie-2026-Q3.pdf")
    assert (made / "definitief" / "manifest.json").read_bytes() == before
    assert "niets nieuws gemaakt" in voortgang(*arguments).stdout
