"""Each PDF is PDF/UA-1 and PDF/A-2a at once; `page` says so in each run, and veraPDF in the slow tests."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import page
import pikepdf
import pytest

from flows.model.papers import Answers
from flows.model.proof import Bestand, Controle, ControleDocument, ControleRij
from flows.model.quarter import Kwartaal
from flows.model.templates import Templates
from flows.render.manuscript import controleblad, manuscript
from flows.render.pdf import pdf
from tests.render.archive import assert_archivable
from tests.render.random_brief import RandomBrief
from tests.render.sample import sample
from tests.render.test_footnotes import Writer
from tests.render.verapdf import verapdf

FOLDER = Path(__file__).parents[2] / "templates"
TEMPLATES = Templates(FOLDER)
DATUM = date(2026, 10, 16)
FONT = '@font-face { font-family: "F"; src: url("font:SourceSansPro-Regular.ttf") } html { font-family: "F" }'
SMALL = f"""<!DOCTYPE html><html lang="nl"><head><title>Klein</title>
<style>{FONT} .noot {{ float: footnote }}</style></head><body><h1>Kop</h1>
<p lang="en">A <strong>bold</strong> word, <a href="https://voorbeeld.nl" title="Voorbeeld">a link</a>.</p>
<div>Los<ul><li>een<ol><li>binnen</li></ol></li></ul><blockquote><p>Citaat</p></blockquote></div>
<figure><svg xmlns="http://www.w3.org/2000/svg" width="90" height="30" viewBox="0 0 9 3"><title>Een balk</title>
<rect width="5" height="3" fill="#1f4258"/></svg><figcaption>Een balk.</figcaption></figure>
<img src="stip.png" alt="Een stip" width="40" height="40"><img src="stip.png" alt="">
<table><caption>Cijfers</caption><thead><tr><th>Wat</th><th>Hoeveel</th></tr></thead>
<tbody><tr><th scope="row">Een</th><td>1<span class="verwijzing" id="v1"><span class="noot" id="n1">Noot.</span></span></td></tr>
<tr><td colspan="2"></td></tr></tbody></table></body></html>"""


def check_sheet() -> str:
    rij = ControleRij("SZW", 3, 2, 1)
    files = (Bestand("SZW.xlsx", "0" * 64),)
    sheet = Controle(
        "Agenda",
        Kwartaal(2026, 3),
        "0" * 64,
        (rij,),
        (ControleDocument("brief", 1, 1, 1, 1),),
        0,
        files,
        files,
        "voortgang 0.1.0",
        Answers(),
    )
    return controleblad(sheet, TEMPLATES)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The PDFs by name."""
    folder = tmp_path_factory.mktemp("pdf")
    from PIL import Image

    shutil.copytree(FOLDER, folder / "templates")
    Image.new("RGB", (4, 4), (31, 66, 88)).save(folder / "templates" / "stip.png")
    documents = {
        "brief": manuscript(sample(), TEMPLATES, concept="concept 01"),
        "definitief": manuscript(RandomBrief(4).brief(), TEMPLATES, concept="concept 02"),
        "controleblad": check_sheet(),
        "noten": Writer(3).html(),
        "klein": SMALL,
    }
    paths = {name: folder / f"{name}.pdf" for name in documents}
    for name, path in paths.items():
        path.write_bytes(pdf(documents[name], Templates(folder / "templates"), datum=DATUM))
    return paths


@pytest.mark.parametrize("name", ["brief", "definitief", "controleblad", "noten", "klein"])
def test_every_pdf_is_accessible_and_archivable(made: dict[str, Path], name: str) -> None:
    assert_archivable(made[name])


def test_a_pdf_without_its_structure_is_neither(made: dict[str, Path], tmp_path: Path) -> None:
    with pikepdf.open(made["klein"]) as file:
        del file.Root.StructTreeRoot
        file.save(tmp_path / "kaal.pdf")
    assert not page.is_pdf_compliant(tmp_path / "kaal.pdf", profile="ua1")
    assert not page.is_pdf_compliant(tmp_path / "kaal.pdf", profile="2a")


def test_metadata_can_be_read_without_unpacking_and_declare_both_standards(made: dict[str, Path]) -> None:
    data = made["brief"].read_bytes()
    assert b'pdfuaid:part="1"' in data
    assert b'pdfaid:part="2" pdfaid:conformance="A"' in data
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.Root.ViewerPreferences.DisplayDocTitle is True


@pytest.mark.slow
def test_verapdf_says_so_too(made: dict[str, Path]) -> None:
    assert verapdf(*made.values()) == [
        f"{path.name} {flavour} valid" for path in made.values() for flavour in ("ua1", "2a")
    ]
