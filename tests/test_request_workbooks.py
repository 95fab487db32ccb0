"""`voortgang uitvraag` from outside: last quarter's brief and deliveries to workbooks, filled in, checked, and made into the next brief."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.test_command import data, voortgang
from tests.workbooks import HEADERS, delivery, measure, regie, row

pytestmark = pytest.mark.usefixtures("migrated")
NEXT = {"Kwartaal": "2026-Q4", "Datum": datetime(2026, 12, 11)}
NOTE = "De cursussen lopen (Kamerstukken II 2025/26, 32 824, nr. 7).[noot: In 40 gemeenten.]"
SECRET = {"SZW": ("Geheim van SZW", "Contact van SZW"), "OCW": ("Geheim van OCW", "Contact van OCW")}


def quarters(inputs: Path) -> Path:
    """A quarter that was delivered, and the next one with only its steering workbook."""
    for quarter, brief in (("2026-Q3", {}), ("2026-Q4", NEXT)):
        regie(inputs / quarter / "regie.xlsx", brief)
    szw = delivery(
        inputs / "2026-Q3" / "aanlevering.xlsx",
        [measure(text=NOTE, Intern=SECRET["SZW"][0], Gereed="maart 2027"), measure("SZW-02", Status="Afgerond", Onderwerp="Werk"),
         measure("SZW-03", "=1+1 is twee.", Onderwerp="Werk", Status="Op schema")],
        {"Contactpersoon": SECRET["SZW"][1]},
        Toezeggingen=[row("Toezeggingen", Nr="T-01", Toezegging="Een brief.", Status="Openstaand", Datum=datetime(2026, 3, 12), Overleg="Commissiedebat", Kamerstuk="Kamerstukken II 2025/26, 32 824, nr. 5", Toezeggingnummer="TZ202603-114"),
                      row("Toezeggingen", Nr="T-02", Toezegging="Nog een.", Status="Afgedaan", Afgedaan_met="deze brief")],
        Moties=[row("Moties", Nr="M-01", Motie="motie Jansen c.s.", Kamerstuk="Kamerstukken II 2025/26, 32 824, nr. 9", Strekking="Vraagt om cursussen.", Status="In uitvoering", Gereed="eind 2026")],
        Indicatoren=[row("Indicatoren", Nr="I-01", Indicator="Cursisten", Onderwerp="Taal", Eenheid="personen", Peildatum="2025", Waarde=1200, Streefwaarde=0, Bron="CBS")],
        Middelen=[row("Middelen", Nr="F-01", Onderwerp="Taal", Omschrijving="Cursussen", Bedrag="€ 2,4 miljoen", Jaar=2026, Dekking="Begroting")],
    )  # fmt: skip
    book = load_workbook(szw)
    book["Voortgang"]["D4"] = CellRichText("Het werk ", TextBlock(InlineFont(b=True), "vordert"), ".")
    book.save(szw)
    delivery(
        inputs / "2026-Q3" / "OCW.xlsx",
        [measure("OCW-01", "Het overleg loopt.", Onderwerp="Dialoog", Intern=SECRET["OCW"][0])],
        {"Ministerie": "OCW", "Contactpersoon": SECRET["OCW"][1]},
    )
    return inputs


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:  # noqa: ARG001
    """Inputs and outputs after the draft of the third quarter and the workbooks for the fourth."""
    folder = tmp_path_factory.mktemp("uitvraag")
    quarters(folder / "in")
    for verb, quarter in (("concept", "2026-Q3"), ("uitvraag", "2026-Q4")):
        run = command(folder, verb, quarter)
        assert run.returncode == 0, run.stderr
    return folder


def command(folder: Path, verb: str, quarter: str = "2026-Q4") -> subprocess.CompletedProcess[str]:
    return voortgang(verb, quarter, "--inputs", folder / "in", "--outputs", folder / "out")


def asked(folder: Path, code: str) -> Path:
    return folder / "out" / "2026-Q4" / "uitvraag" / f"{code}.xlsx"


def rows(path: Path, sheet: str) -> list[list[Any]]:
    """The filled rows of a sheet, as far as they are a ministry's."""
    found = load_workbook(path, rich_text=True)[sheet].iter_rows(
        min_row=2, max_col=len(HEADERS[sheet]), values_only=True
    )
    return [list(values) for values in found if any(values)]


def test_what_is_still_open_is_asked_in_the_ministrys_own_words(made: Path) -> None:
    assert {path.name for path in asked(made, "SZW").parent.iterdir()} == {"SZW.xlsx", "OCW.xlsx"}
    first, third = rows(asked(made, "SZW"), "Voortgang")
    assert first == [
        "SZW-01",
        "Taal",
        None,
        NOTE,
        None,
        "Loopt op schema",
        "maart 2027",
        None,
        None,
        None,
        "Geheim van SZW",
    ]
    assert (third[0], third[5]) == ("SZW-03", "Loopt op schema")
    assert [(str(piece), bool(piece.font.b)) for piece in third[3]] == [
        ("Het werk ", False),
        ("vordert", True),
        (".", False),
    ]
    assert [one[:5] for one in rows(asked(made, "SZW"), "Toezeggingen")] == [
        ["T-01", "TZ202603-114", "Een brief.", datetime(2026, 3, 12), "Commissiedebat"]
    ]
    assert rows(asked(made, "SZW"), "Indicatoren") == [
        ["I-01", "Cursisten", "Taal", "personen", None, None, 0, "CBS", None]
    ]
    assert rows(asked(made, "SZW"), "Middelen") == [
        ["F-01", "Taal", "Cursussen", 2400000, "2026", "Begroting", None, None]
    ]


def test_nothing_internal_of_one_ministry_reaches_another(made: Path) -> None:
    for code, secrets in SECRET.items():
        for other in SECRET:
            with zipfile.ZipFile(asked(made, other)) as archive:
                everything = b"\n".join(archive.read(name) for name in archive.namelist())
            for secret in secrets:
                assert (secret.encode() in everything) is (code == other)
                assert secret.encode() not in asked(made, other).read_bytes() or code == other


def filled_in(path: Path, text: str) -> bytes:
    """The workbook as a ministry sends it back, every row brought up to date."""
    book = load_workbook(path, rich_text=True)
    book["Voorblad"]["B4"] = datetime(2026, 12, 1)
    for sheet, column, said in (("Voortgang", "D", text), ("Toezeggingen", "I", "Volgt."), ("Moties", "F", "Loopt.")):
        for cell in book[sheet][column][1:]:
            cell.value = said if book[sheet][f"A{cell.row}"].value else None
    for cells in book["Indicatoren"].iter_rows(min_row=2):
        cells[4].value, cells[5].value = "2026", 1300
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def in_libreoffice(data: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it."""
    (folder / "heen").mkdir(parents=True)
    (folder / "heen" / "werkboek.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profiel').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        folder / "terug",
        folder / "heen" / "werkboek.xlsx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "terug" / "werkboek.xlsx").read_bytes()


@pytest.mark.parametrize("program", [pytest.param("openpyxl", marks=pytest.mark.slow), "libreoffice"])
def test_filled_in_it_is_checked_without_a_finding_and_makes_the_next_brief(
    made: Path, tmp_path: Path, program: str
) -> None:
    if program == "libreoffice" and not shutil.which("soffice"):
        pytest.skip("no LibreOffice here")
    shutil.copytree(made, tmp_path / "q")
    for code in SECRET:
        back = filled_in(asked(made, code), f"Nieuwe tekst van {code}.")
        back = in_libreoffice(back, tmp_path / code) if program == "libreoffice" else back
        (tmp_path / "q" / "in" / "2026-Q4" / f"{code} terug.xlsx").write_bytes(back)
    run = command(tmp_path / "q", "controle")
    assert run.returncode == 0, run.stderr
    assert data(tmp_path / "q" / "out" / "2026-Q4" / "controle" / "bevindingen.json") == []
    if program == "libreoffice":
        return
    assert command(tmp_path / "q", "concept").returncode == 0
    blocks = data(tmp_path / "q" / "out" / "2026-Q4" / "concept-01" / "brief.json")["blocks"]
    assert [block["text"] for block in blocks if block["nr"]] == ["Nieuwe tekst van SZW."] * 2 + [
        "Nieuwe tekst van OCW."
    ]


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
def test_libreoffice_computes_the_marks_and_keeps_the_dropdowns(made: Path, tmp_path: Path) -> None:
    book = load_workbook(asked(made, "SZW"), rich_text=True)
    book["Voortgang"]["G2"] = "mei 2027"
    out = io.BytesIO()
    book.save(out)
    (tmp_path / "terug.xlsx").write_bytes(in_libreoffice(out.getvalue(), tmp_path))
    sheet = load_workbook(tmp_path / "terug.xlsx", data_only=True)["Voortgang"]
    assert [sheet[cell].value for cell in ("L2", "L3")] == [None, "nog niet bijgewerkt"]
    lists = [found for found in sheet.data_validations.dataValidation if found.type == "list"]
    assert sorted(found.formula1 for found in lists) == [
        '"Niet gestart,Loopt op schema,Vertraagd,Afgerond,Vervallen"',
        '"SZW,OCW"',
        '"Taal,Werk,Dialoog"',
    ]
    assert {found.errorTitle for found in lists} >= {"Niet in de lijst"}
    assert sheet.protection.sheet
    assert not sheet["D2"].protection.locked


def test_without_its_own_workbook_a_ministry_gets_what_was_printed_last(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "q")
    (tmp_path / "q" / "in" / "2026-Q3" / "aanlevering.xlsx").unlink()
    final = shutil.copytree(made / "out" / "2026-Q3" / "concept-01", tmp_path / "q" / "out" / "2026-Q3" / "definitief")
    text = (final / "brief.json").read_text(encoding="utf-8")
    (final / "brief.json").write_text(text.replace("De cursussen lopen", "De cursussen liepen"), encoding="utf-8")
    assert command(tmp_path / "q", "uitvraag").returncode == 0
    path = asked(tmp_path / "q", "SZW")
    first, third = rows(path, "Voortgang")
    assert first == [
        "SZW-01",
        "Taal",
        None,
        "De cursussen liepen. [noot: In 40 gemeenten.]",
        "Kamerstukken II 2025/26, 32824, nr. 7",
        "Loopt op schema",
        "maart 2027",
        None,
        None,
        None,
        None,
    ]
    assert third[3] == "Het werk vordert."
    assert rows(path, "Toezeggingen") == [
        [
            "T-01",
            "TZ202603-114",
            "Een brief.",
            datetime(2026, 3, 12),
            "Commissiedebat",
            "Kamerstukken II 2025/26, 32824, nr. 5",
            None,
            "Openstaand",
            None,
            None,
            None,
            None,
        ]
    ]
    assert rows(path, "Moties") == [
        [
            "M-01",
            "motie Jansen c.s.",
            "Kamerstukken II 2025/26, 32824, nr. 9",
            "Vraagt om cursussen.",
            "In uitvoering",
            None,
            "eind 2026",
            None,
            None,
        ]
    ]
    assert rows(path, "Indicatoren") == [["I-01", "Cursisten", "Taal", "personen", None, None, 0, "CBS", None]]
    assert rows(path, "Middelen") == [["F-01", "Taal", "Cursussen", 2400000, "2026", "Begroting", None, None]]


def test_the_first_quarter_of_all_asks_with_empty_workbooks(tmp_path: Path) -> None:
    regie(tmp_path / "in" / "2026-Q4" / "regie.xlsx", NEXT)
    run = command(tmp_path, "uitvraag")
    assert (run.returncode, "geen rijen om over te nemen" in run.stderr) == (0, True)
    assert rows(asked(tmp_path, "SZW"), "Voortgang") == []


def test_without_a_steering_workbook_nothing_is_asked(tmp_path: Path) -> None:
    delivery(tmp_path / "in" / "2026-Q4" / "SZW.xlsx", [measure()])
    run = command(tmp_path, "uitvraag")
    assert (run.returncode, run.stdout) == (2, "")
    assert "staat geen regie.xlsx" in run.stderr
    assert not (tmp_path / "out").exists()
