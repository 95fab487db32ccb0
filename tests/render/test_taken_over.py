"""Words of a review in a delivery: the cell says them, its letters look as they did, and nothing else has changed."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from flows.catalogue import sayings
from flows.model.review import Author, Sort, Verdict
from flows.render.ooxml import read
from flows.render.remarks import remarks_workbook
from flows.render.taken_over import Change, Unchangeable, taken_over
from tests.render.packages import assert_sound


def book(*cells: object) -> bytes:
    made = Workbook()
    made.active.title = "Voortgang"
    for cell in cells:
        made.active.append([cell])
    made.create_sheet("Moties").append(["blijft"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(data: bytes, cell: str, text: str, *cuts: tuple[int, int, str]) -> bytes:
    return taken_over(data, {("Voortgang", cell): Change(text, cuts, ("Overgenomen.",))})


def test_a_cell_says_the_new_words_and_is_marked() -> None:
    before = book("Het loopt.", "Het andere ook.")
    after = changed(before, "A1", "Het loopt.", (4, 9, "vordert"))
    sheet = load_workbook(io.BytesIO(after))["Voortgang"]
    assert [cell.value for cell in sheet["A"]] == ["Het vordert.", "Het andere ook."]
    assert "Overgenomen." in sheet["A1"].comment.text and sheet["A2"].comment is None
    assert read(after)["xl/worksheets/sheet2.xml"] == read(before)["xl/worksheets/sheet2.xml"]
    assert_sound(after)
    assert changed(before, "A1", "Het loopt.", (4, 9, "vordert")) == after


def test_letters_stay_bold_and_what_comes_looks_like_what_stands_before_it() -> None:
    cell = CellRichText("Het ", TextBlock(InlineFont(b=True), "loopt goed"), " nu.")
    after = changed(book(cell), "A1", "Het loopt goed nu.", (10, 14, "beter"), (15, 17, "straks"))
    made = load_workbook(io.BytesIO(after), rich_text=True)["Voortgang"]["A1"].value
    assert [(str(piece), isinstance(piece, TextBlock) and bool(piece.font.b)) for piece in made] == [
        ("Het ", False), ("loopt beter", True), (" straks.", False)]  # fmt: skip


def test_what_was_mended_in_reading_stays_as_it_is_stored() -> None:
    after = changed(book("De casu\u00adïstiek  groeit."), "A1", "De casuïstiek  groeit.", (15, 21, "krimpt"))
    assert load_workbook(io.BytesIO(after))["Voortgang"]["A1"].value == "De casu\u00adïstiek  krimpt."


@pytest.mark.parametrize("cell", ["=1+1", 12, None])
def test_a_cell_without_text_of_its_own_is_left_alone(cell: object) -> None:
    with pytest.raises(Unchangeable):
        changed(book("kop", cell), "A2", "12", (0, 2, "13"))


def test_the_same_verdicts_give_the_same_workbook_and_no_formula() -> None:
    verdict = Verdict("k", Sort.REWORDED, "a.docx", (Author("=Anna"),), "", old="=1+1", new="=1+2")
    rows = [(verdict, [("=1+", ""), ("1", "-"), ("2", "+")], "")]
    made = remarks_workbook(rows, sayings("verwerk"), {"k": "ja"})
    assert remarks_workbook(rows, sayings("verwerk"), {"k": "ja"}) == made
    cells = next(iter(load_workbook(io.BytesIO(made)).active.iter_rows(min_row=2)))
    assert "f" not in {cell.data_type for cell in cells}
    assert {"=1+1", "=1+12", "=Anna", "ja"} <= {cell.value for cell in cells}
    assert_sound(made)
