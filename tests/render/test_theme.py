"""Another theme: other letters, another colour, a logo, in every format; and every document is as accessible and as complete as before."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from flows.model.documents import Document, Kamerstuk
from flows.model.templates import Templates
from flows.render import ooxml
from flows.render.manuscript import manuscript
from flows.render.odt import odt
from flows.render.pdf import pdf
from flows.render.proof import prove
from flows.render.word import word
from tests.render.archive import assert_archivable
from tests.render.office import assert_valid_docx, assert_valid_odt
from tests.render.sample import sample
from tests.render.sample_documents import agenda, letter, overview
from tests.render.test_word import EPOCH
from tests.render.verapdf import verapdf

FOLDER = Path(__file__).parents[2] / "templates"
FONTS = Path(str(files("matplotlib") / "mpl-data" / "fonts" / "ttf"))
FACES = (("DejaVuSans", 400, "normal"), ("DejaVuSans-Oblique", 400, "italic"), ("DejaVuSans-Bold", 600, "normal"),
         ("DejaVuSans-BoldOblique", 600, "italic"))  # fmt: skip
LOGO = (
    '<p class="logo"><img src="theme/logo.png" style="width: 30mm" alt="Logo van het Ministerie van Voorbeelden"></p>\n'
)
DOCUMENTS: dict[str, Document] = {
    "brief": sample(),
    "aanbiedingsbrief": letter(),
    "kamerstuk": Kamerstuk.of(letter()),
    "overzicht": overview(),
    "integratieagenda": agenda(),
}


@dataclass(frozen=True, slots=True)
class Made:
    html: str
    pdf: bytes
    docx: bytes
    odt: bytes


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ministry's folder: what it lacks, such as the styles of Word, comes from the neutral theme."""
    folder = tmp_path_factory.mktemp("huisstijl")
    for name, _, _ in FACES:
        shutil.copy(FONTS / f"{name}.ttf", folder)
    Image.new("RGB", (30, 10), (11, 93, 59)).save(folder / "logo.png")
    (folder / "logo.html.j2").write_text(LOGO, encoding="utf-8")
    faces = "".join(
        f'@font-face {{ font-family: "Eigen"; font-weight: {weight}; font-style: {style}; src: url("theme/{name}.ttf") }}\n'
        for name, weight, style in FACES
    )
    own = (FOLDER / "theme" / "theme.css").read_text(encoding="utf-8")
    colours = own[own.index(":root") :].replace("#1f4258", "#0b5d3b").replace('"Brief", ', '"Eigen", ')
    (folder / "theme.css").write_text(faces + colours, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(theme: Path) -> dict[str, Made]:
    look, found = Templates(FOLDER, theme), {}
    for name, document in DOCUMENTS.items():
        html = manuscript(document, look, concept="concept 01")
        docx = word(html, look, epoch=EPOCH)
        found[name] = Made(html, pdf(html, look, datum=date(2026, 10, 16)), docx, odt(docx, epoch=EPOCH))
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_complete_accessible_and_archivable(made: dict[str, Made], tmp_path: Path, name: str) -> None:
    one = made[name]
    counts = prove(one.html, one.pdf, one.docx, one.odt, DOCUMENTS[name], frozenset())
    assert counts.notes == counts.notes_pdf == counts.notes_docx == counts.notes_odt
    (tmp_path / "a.pdf").write_bytes(one.pdf)
    assert_archivable(tmp_path / "a.pdf")
    assert_valid_docx(one.docx, tmp_path)
    assert_valid_odt(one.odt, tmp_path)


def test_letters_colour_and_logo_are_those_of_the_theme(made: dict[str, Made]) -> None:
    one = made["brief"]
    with pikepdf.open(io.BytesIO(one.pdf)) as file:
        fonts = {
            str(thing.BaseFont).split("+")[-1]
            for thing in file.objects
            if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing
        }
        assert fonts and all(font.startswith("Eigen") for font in fonts)
    assert "#0b5d3b" in one.html and "#1f4258" not in one.html
    assert 'descr="Logo van het Ministerie van Voorbeelden"' in ooxml.read(one.docx)["word/document.xml"].decode()
    assert "Logo van het Ministerie van Voorbeelden" in ooxml.read(one.odt)["content.xml"].decode()


@pytest.mark.slow
def test_verapdf_says_so_too(made: dict[str, Made], tmp_path: Path) -> None:
    for name, one in made.items():
        (tmp_path / f"{name}.pdf").write_bytes(one.pdf)
    paths = sorted(tmp_path.glob("*.pdf"))
    assert verapdf(*paths) == [f"{path.name} {flavour} valid" for path in paths for flavour in ("ua1", "2a")]
