"""`voortgang verwerk` from outside: a draft, its copy edited by reviewers, what was chosen in the workbooks, and the next draft with it."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText

from flows.catalogue import load_rules, sayings
from flows.model.finding import Regels, Stop
from flows.model.quarter import Kwartaal
from flows.model.review import Author, Sort, Verdict
from flows.order import Order
from flows.render.leaks import key
from flows.render.ooxml import W
from flows.render.reading_docx import read_docx
from flows.render.review_copy import review_copy
from flows.review import _kept, _read
from tests.render.packages import assert_sound
from tests.render.sample import sample
from tests.reviewers import Reviewer
from tests.test_command import voortgang
from tests.workbooks import delivery, measure, regie, row

pytestmark = pytest.mark.usefixtures("migrated")
LOOPT = "De cursussen lopen (Kamerstukken II 2025/26, 32 824, nr. 7). In 2027 volgt meer.\n- een punt;\n- nog een punt."
UNSEEN = "Dit blijft geheim, ook voor lezers."
DRAFT = "voortgang-agenda-integratie-2026-Q3"


def run(folder: Path, verb: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return voortgang(verb, "2026-Q3", *arguments, "--inputs", folder / "in", "--outputs", folder / "out")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:  # noqa: ARG001
    """A quarter with its draft, two copies that came back, and what was made of them."""
    folder = tmp_path_factory.mktemp("review")
    quarter = folder / "in" / "2026-Q3"
    regie(quarter / "regie.xlsx", {"Bijlagen": "moties"})
    delivery(
        quarter / "SZW.xlsx",
        [measure(text=LOOPT, Kamerstukken="32824, nr. 45", Intern=UNSEEN), measure("SZW-02", "Een en een is twee.", Onderwerp="Werk")],
        Moties=[row("Moties", Nr="M-01", Motie="Motie-Jansen", Kamerstuk="32824, nr. 9", Strekking="Vraagt om meer.", Status="In uitvoering")],
    )  # fmt: skip
    delivery(
        quarter / "OCW.xlsx", [measure("OCW-01", "Het overleg loopt.", Onderwerp="Dialoog")], {"Ministerie": "OCW"}
    )
    assert run(folder, "concept").returncode == 0
    anna, bert = (Reviewer(handed(folder).read_bytes(), name, tracked=name == "Anna") for name in ("Anna", "Bert"))
    loopt = anna.find("De cursussen lopen")
    anna.replace(loopt, "cursussen", "taalcursussen")
    anna.comment(anna.find("is twee"), "=HYPERLINK(1)")
    bert.replace(loopt, "cursussen", "lessen")
    bert.replace(bert.find("Vraagt om meer"), "meer", "veel meer")
    bert.replace(bert.find("Het overleg"), "loopt", "loopt goed")
    bert.replace(bert.find("Dialoog"), "Dialoog", "Gesprek")
    for reviewer in (anna, bert):
        (folder / f"{reviewer.name}.docx").write_bytes(reviewer.saved())
    done = run(folder, "verwerk", folder / "Anna.docx", folder / "Bert.docx")
    assert done.returncode == 0, done.stderr
    return folder


def handed(folder: Path) -> Path:
    return folder / "out" / "2026-Q3" / "concept-01" / f"{DRAFT}-review.docx"


def review(folder: Path, name: str = "opmerkingen.xlsx") -> Path:
    return folder / "out" / "2026-Q3" / "review" / name


def rows(path: Path) -> list[dict[str, Any]]:
    sheet = load_workbook(path, rich_text=True).active
    head, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(head, values, strict=True)) for values in found]


def choose(path: Path, *what: tuple[str, str]) -> None:
    """Fills in `ja` at the rows of a reviewer and a row's Nr."""
    book = load_workbook(path, rich_text=True)
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[1]}
    for number in range(2, sheet.max_row + 1):
        if tuple(sheet.cell(number, columns[name]).value for name in ("Lezer", "Nr")) in what:
            sheet.cell(number, columns["Overnemen"]).value = "ja"
    book.save(path)


def test_what_was_done_is_listed_with_its_cell_and_its_conflict(made: Path) -> None:
    told = [(one["Soort"], one["Nr"], one["Cel"], one["Lezer"], one["Strijdig met"], one["Overnemen"]) for one in rows(review(made))]  # fmt: skip
    assert told == [
        ("Gewijzigd", "SZW-01", "SZW.xlsx, Voortgang!D2", "Anna", "Bert", None),
        ("Gewijzigd", "SZW-01", "SZW.xlsx, Voortgang!D2", "Bert", "Anna", None),
        ("Opmerking", "SZW-02", None, "Anna", None, None),
        ("Gewijzigd", None, None, "Bert", None, None),
        ("Gewijzigd", "OCW-01", "OCW.xlsx, Voortgang!D2", "Bert", None, None),
        ("Gewijzigd", "M-01", "SZW.xlsx, Moties!D2", "Bert", None, None),
    ]
    changed = rows(review(made))[0]["Nieuwe tekst"]
    assert isinstance(changed, CellRichText)
    assert [(block.text, block.font.strike, block.font.u) for block in changed[1:3]] == [
        ("cursussen", True, None),
        ("taalcursussen", None, "single"),
    ]
    assert rows(review(made))[2]["Opmerking"] == "=HYPERLINK(1)"
    assert load_workbook(review(made)).active.cell(4, 9).data_type == "s"


def test_each_ministry_gets_what_is_about_its_own_rows(made: Path) -> None:
    assert {one["Nr"] for one in rows(review(made, "opmerkingen-SZW.xlsx"))} == {"SZW-01", "SZW-02", "M-01"}
    assert [one["Nr"] for one in rows(review(made, "opmerkingen-OCW.xlsx"))] == ["OCW-01"]


def test_nothing_internal_is_in_the_copy_or_in_the_workbooks(made: Path) -> None:
    copy = read_docx(handed(made).read_bytes())
    assert "Voortgang, rij 2" in " ".join(copy.values)  # its comments say where a text comes from
    assert key(UNSEEN) not in key(" ".join(copy.strings))
    assert all(UNSEEN not in path.read_text(errors="replace") for path in review(made).parent.glob("*.json"))


def test_what_was_chosen_is_in_the_next_draft(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "werk"
    shutil.copytree(made, folder)
    choose(review(folder), ("Anna", "SZW-01"), ("Bert", "OCW-01"), ("Bert", "M-01"))
    shutil.copy(folder / "Anna.docx", review(folder).parent)
    done = run(folder, "verwerk", "--overnemen")
    assert done.returncode == 0, done.stdout + done.stderr
    before, after = (load_workbook(path / "SZW.xlsx") for path in (folder / "in" / "2026-Q3", review(folder).parent))
    assert after["Voortgang"]["D2"].value == LOOPT.replace("cursussen", "taalcursussen")
    assert "Overgenomen uit de kopie van Anna" in after["Voortgang"]["D2"].comment.text
    assert after["Voortgang"]["K2"].value == before["Voortgang"]["K2"].value == UNSEEN
    assert_sound(review(folder, "SZW.xlsx").read_bytes())
    assert (review(folder).parent / "Anna.docx").exists()
    assert {one["Overnemen"] for one in rows(review(folder)) if one["Nr"] in {"OCW-01", "M-01"}} == {"ja"}
    for name in ("SZW.xlsx", "OCW.xlsx"):
        shutil.copy(review(folder, name), folder / "in" / "2026-Q3")
    again = run(folder, "concept")
    assert again.returncode == 0, again.stdout + again.stderr
    brief = json.loads((folder / "out" / "2026-Q3" / "concept-02" / "brief.json").read_bytes())
    texts = {block["nr"]: block["text"] for block in brief["blocks"]}
    assert texts["SZW-01"].startswith("De taalcursussen lopen. In 2027")
    assert texts["OCW-01"] == "Het overleg loopt goed."
    assert brief["registers"]["moties"][0]["omschrijving"]["text"].endswith("Vraagt om veel meer.")


def test_copies_of_one_name_are_all_kept_and_a_newer_one_replaces_only_its_own(made: Path, tmp_path: Path) -> None:
    """Reviewers send a copy back under the name that it came with."""
    folder = tmp_path / "werk"
    shutil.copytree(made, folder)
    shutil.rmtree(review(folder).parent)
    copies = [folder / name / handed(made).name for name in ("een", "twee", "later", "weer")]
    for path, name in zip(copies, ("Anna", "Bert", "Carla", "Anna"), strict=True):
        reader = Reviewer(handed(made).read_bytes(), name)
        reader.replace(reader.find("Het overleg"), "loopt", f"{name} loopt {path.parent.name}")
        path.parent.mkdir()
        path.write_bytes(reader.saved())
    for files, readers in ((copies[:2], ["Anna", "Bert"]), (copies[2:], ["Anna", "Bert", "Carla"])):
        assert run(folder, "verwerk", *files).returncode == 0
        assert sorted(one["Lezer"] for one in rows(review(folder))) == readers
    assert {str(one["Bestand"]) for one in rows(review(folder))} == {
        f"{one}/{handed(made).name}" for one in ("twee", "later", "weer")
    }


def test_what_was_said_of_an_older_draft_is_kept() -> None:
    def said(ident: str, draft: str, who: str = "Jan") -> Verdict:
        return Verdict(ident, Sort.REMARK, "brief.docx", (Author(who),), "", remark="Klopt dit?", draft=draft)

    earlier = [said("a", "een"), said("b", "twee"), said("c", "twee", "Kees")]
    fresh = [said("d", "twee")]
    assert [one.ident for one in _kept(earlier, fresh, [("brief.docx", "Jan", "twee")])] == ["a", "c"]


def test_two_choices_for_the_same_words_are_refused_and_told(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "werk"
    shutil.copytree(made, folder)
    choose(review(folder), ("Anna", "SZW-01"), ("Bert", "SZW-01"))
    done = run(folder, "verwerk", "--overnemen")
    assert done.returncode == 1
    assert "twee gekozen wijzigingen gaan over dezelfde woorden" in done.stdout
    assert not review(folder, "SZW.xlsx").exists()


def test_a_file_that_is_no_copy_of_this_quarter_is_refused_in_one_sentence(made: Path, tmp_path: Path) -> None:
    draft = handed(made).parent
    strange, other, gone = (tmp_path / name for name in ("vreemd.docx", "ander.docx", "weg.docx"))
    strange.write_bytes((draft / f"{DRAFT}.docx").read_bytes())
    identity = json.loads((draft / "manifest.json").read_bytes())["identity"]
    other.write_bytes(
        review_copy((draft / f"{DRAFT}.docx").read_bytes(), sample(), (), "anders", sayings("herkomst"), epoch=0)
    )
    order = Order(Kwartaal(2026, 3), made / "in" / "2026-Q3", made / "out" / "2026-Q3")
    for file, rule in ((strange, "kopie-onbekend"), (other, "kopie-ander-concept"), (gone, "kopie-onleesbaar")):
        with pytest.raises(Stop) as refused:
            _read(str(file), order, Regels(load_rules()))
        assert refused.value.finding.rule == rule
    assert _read(str(handed(made)), order, Regels(load_rules()))[0].identity == identity
    run_ = run(made, "verwerk", strange)
    assert run_.returncode == 2
    assert run_.stderr.splitlines()[-1].startswith("Het bestand vreemd.docx is geen kopie van een concept")


def words_of(copy: Path, element: str) -> str:
    return "".join(etree.fromstring(zipfile.ZipFile(copy).read("word/document.xml")).itertext(f"{W}{element}"))


@pytest.mark.slow
def test_the_next_copy_shows_on_request_what_changed_and_nothing_that_became_internal(
    made: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "werk"
    shutil.copytree(made, folder)
    first = run(folder, "concept", "--wijzigingen")
    assert "geen eerder concept" in first.stderr
    assert "niets veranderd" in first.stdout
    book = load_workbook(folder / "in" / "2026-Q3" / "SZW.xlsx")
    sheet = book["Voortgang"]
    sheet["D2"], sheet["D3"], sheet["K3"] = (
        LOOPT.replace("lopen", "lopen goed"),
        "Twee is genoeg.",
        "Een en een is twee.",
    )
    book.save(folder / "in" / "2026-Q3" / "SZW.xlsx")
    again = run(folder, "concept", "--wijzigingen")
    assert again.returncode == 0, again.stdout + again.stderr
    draft = folder / "out" / "2026-Q3" / "concept-02"
    copy = draft / handed(folder).name
    assert "lopen goed" in words_of(copy, "t")
    assert words_of(copy, "delText") == "CONCEPT 01[Deze tekst is nu intern.]"
    others = [path for path in draft.rglob("*.*") if path.suffix in {".json", ".html"}]
    assert all("een is twee" not in path.read_text() for path in others) and len(others) == 5
    for options in ((), ("--wijzigingen",)):
        assert "niets veranderd sinds concept-02" in run(folder, "concept", *options).stdout
    copied = Reviewer(copy.read_bytes())
    copied.replace(copied.find("Twee is genoeg"), "genoeg", "voldoende")
    (folder / "Kees.docx").write_bytes(copied.saved())
    done = run(folder, "verwerk", folder / "Kees.docx")
    assert done.returncode == 0, done.stderr
    (told,) = [one for one in rows(review(folder)) if one["Bestand"] == "Kees.docx"]
    assert (told["Soort"], told["Nr"], str(told["Nieuwe tekst"])) == ("Gewijzigd", "SZW-02", "Twee is genoegvoldoende.")
