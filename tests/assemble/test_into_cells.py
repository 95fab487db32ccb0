"""What a reader did to the paragraphs of a cell, as the cell then reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from flows.assemble.edits import apply
from flows.assemble.into_cells import Workbooks
from flows.assemble.reviewed import compare
from flows.catalogue import load_contract
from flows.model.delivery import Cell, Origin, Row, Run, Sheet, Workbook
from flows.model.reference import Citeerwijze
from flows.model.review import Author, Copy, Paragraph, Piece, Remark, Source, Verdict

READER = Author("R. de Lezer")
SOURCE = Source(Origin("SZW.xlsx", "Voortgang", 4, "D"), "SZW", "SZW-01")
CELL = "De cursussen lopen (Kamerstukken II 2025/26, 32 824, nr. 7).\nDe regeling is verlengd.\n- een punt;\n- nog een punt."
LINES = {
    "kop": "Taal",
    "een": "De cursussen lopen.[noot: Kamerstukken II 2025/26, 32824, nr. 7]",
    "twee": "De regeling is verlengd.",
    "drie": "een punt;",
    "vier": "nog een punt.",
    "slot": "Werk",
}
OWN = ("een", "twee", "drie", "vier")


def copy(**texts: str) -> Copy:
    paragraphs = tuple(Paragraph(name, (Piece(text),)) for name, text in texts.items())
    return Copy("kenmerk", READER, paragraphs, sources=dict.fromkeys(OWN, SOURCE))


def row(number: int, nr: str, text: str) -> Row:
    cells = {"nr": ("A", nr), "stand_van_zaken": ("D", text)}
    made = {
        name: Cell(Origin("SZW.xlsx", "Voortgang", number, column), said, (Run(said),))
        for name, (column, said) in cells.items()
    }
    return Row(Origin("SZW.xlsx", "Voortgang", number), made)


def workbooks(text: str = CELL, *, rows: Sequence[Row] = ()) -> Workbooks:
    sheet = Sheet(
        "Voortgang", "Voortgang", {"nr": "A", "stand_van_zaken": "D"}, tuple(rows) or (row(4, "SZW-01", text),)
    )
    contract = load_contract()
    return Workbooks([Workbook("SZW.xlsx", "", {"Voortgang": sheet})], contract.delivery, Citeerwijze.OFFICIEEL)


def found(returned: Copy) -> list[Verdict]:
    return list(workbooks().located(compare(copy(**LINES), returned, "kopie.docx")))


def in_order(*names: str) -> Copy:
    return copy(**{name: LINES[name] for name in names})


def taken(*verdicts: Verdict) -> str:
    """How the cell reads with all of it; the words of the reason where that cannot be."""
    cells, refused = workbooks().taken(verdicts)
    return refused[0].why if refused else apply(cells[0].old, cells[0].edits)


FIRST, SECOND, THIRD, FOURTH = CELL.split("\n")


@pytest.mark.parametrize(
    ("order", "lines"),
    [
        (("kop", "twee", "een", "drie", "vier", "slot"), (SECOND, FIRST, THIRD, FOURTH)),
        (("kop", "een", "drie", "twee", "vier", "slot"), (FIRST, THIRD, SECOND, FOURTH)),
        (("kop", "vier", "een", "twee", "drie", "slot"), (FOURTH, FIRST, SECOND, THIRD)),
        (("kop", "twee", "drie", "vier", "een", "slot"), (SECOND, THIRD, FOURTH, FIRST)),
    ],
)
def test_a_paragraph_moves_in_its_cell_as_it_was_typed(order: tuple[str, ...], lines: tuple[str, ...]) -> None:
    (verdict,) = found(in_order(*order))
    assert (verdict.sort, verdict.why, verdict.cell) == ("verplaatst", "", "SZW.xlsx, Voortgang!D4")
    assert taken(verdict) == "\n".join(lines)


def test_a_paragraph_that_leaves_its_cell_is_listed_only() -> None:
    (verdict,) = found(in_order("een", "kop", "twee", "drie", "vier", "slot"))
    assert (verdict.why, verdict.cell) == ("verplaatst", "")
    (verdict,) = found(in_order("kop", "een", "drie", "vier", "slot", "twee"))
    assert (verdict.name, verdict.why, verdict.cell, verdict.new) == ("twee", "verplaatst", "", "")


def test_a_move_and_other_words_in_one_cell_are_both_done() -> None:
    words = LINES | {"een": LINES["een"].replace("lopen", "vorderen")}
    verdicts = found(copy(**{name: words[name] for name in ("kop", "twee", "een", "drie", "vier", "slot")}))
    assert {one.sort.value for one in verdicts} == {"verplaatst", "gewijzigd"}
    assert taken(*verdicts) == "\n".join((SECOND, FIRST.replace("lopen", "vorderen"), THIRD, FOURTH))


def test_a_comment_that_was_chosen_is_no_change_of_its_words() -> None:
    words = copy(**LINES | {"twee": "De regeling is ingetrokken."})
    verdicts = found(replace(words, remarks=(Remark(READER, "Klopt dit?", "De regeling", 2),)))
    assert [(one.sort.value, one.name) for one in verdicts] == [("gewijzigd", "twee"), ("opmerking", "twee")]
    cells, refused = workbooks().taken(verdicts)
    assert "De regeling is ingetrokken." in apply(cells[0].old, cells[0].edits)
    assert [one.why for one in refused] == ["opmerking"]


@pytest.mark.parametrize("gone", OWN)
def test_a_paragraph_that_goes_takes_its_line_along(gone: str) -> None:
    (verdict,) = found(in_order(*(name for name in LINES if name != gone)))
    assert taken(verdict) == "\n".join(line for line, name in zip(CELL.split("\n"), OWN, strict=True) if name != gone)


def test_two_paragraphs_of_a_cell_become_one() -> None:
    paragraphs = [
        Paragraph(name, (Piece(text),), joined=READER if name == "een" else None) for name, text in LINES.items()
    ]
    (verdict,) = found(Copy("kenmerk", READER, tuple(paragraphs), sources=dict.fromkeys(OWN, SOURCE)))
    assert (verdict.sort, verdict.why) == ("samengevoegd", "")
    assert taken(verdict) == "\n".join((f"{FIRST} {SECOND}", THIRD, FOURTH))


def test_the_last_of_a_cell_joined_with_what_follows_is_listed_only() -> None:
    paragraphs = [
        Paragraph(name, (Piece(text),), joined=READER if name == "vier" else None) for name, text in LINES.items()
    ]
    (verdict,) = found(Copy("kenmerk", READER, tuple(paragraphs), sources=dict.fromkeys(OWN, SOURCE)))
    assert (verdict.sort, verdict.why, verdict.cell) == ("samengevoegd", "samengevoegd", "")


def test_a_row_is_known_by_its_nr_wherever_it_stands_now() -> None:
    """Rows above it may have gone since the draft, and the next row may say the same words."""
    changed = compare(copy(**LINES), copy(**LINES | {"twee": "De regeling is ingetrokken."}), "kopie.docx")
    (verdict,) = workbooks(rows=(row(3, "SZW-01", CELL), row(4, "SZW-02", CELL))).located(changed)
    assert (verdict.why, verdict.cell) == ("", "SZW.xlsx, Voortgang!D3")
    for gone in ((row(4, "SZW-02", CELL),), (row(3, "SZW-01", CELL), row(4, "SZW-01", CELL))):
        (verdict,) = workbooks(rows=gone).located(changed)
        assert (verdict.why, verdict.cell) == ("geen-cel", "")


def in_row(sheet: str, fields: dict[str, str], old: str, new: str, *, rows: int = 1) -> str:
    """Why a change of a paragraph that comes from a row cannot be put into its cells; empty where it can."""
    made = []
    for number in range(4, 4 + rows):
        cells = fields | {"nr": f"SZW-{number}"}
        of = {name: Cell(Origin("SZW.xlsx", sheet, number, "D"), text, (Run(text),)) for name, text in cells.items()}
        made.append(Row(Origin("SZW.xlsx", sheet, number), of))
    book = Workbook("SZW.xlsx", "", {sheet: Sheet(sheet, sheet, {}, tuple(made))})
    books = Workbooks([book], load_contract().delivery, Citeerwijze.OFFICIEEL)
    source = Source(Origin("SZW.xlsx", sheet, 4), "SZW", "SZW-4")
    handed, returned = (
        Copy("kenmerk", READER, (Paragraph("een", (Piece(text),)),), sources={"een": source}) for text in (old, new)
    )
    (verdict,) = books.located(compare(handed, returned, "kopie.docx"))
    return verdict.why


def test_a_cell_is_not_emptied_where_something_else_would_be_printed() -> None:
    motie = {"strekking": "Vraagt om cursussen.", "stand_van_zaken": "De regeling is verruimd."}
    assert in_row("Moties", motie, "De regeling is verruimd.", "") == "leeg"
    assert in_row("Moties", motie, "De regeling is verruimd.", "De regeling is ingetrokken.") == ""


def test_a_heading_over_several_rows_is_not_changed_in_one_of_them() -> None:
    fields = {"tussenkop": "Bescherming", "stand_van_zaken": "Het loopt."}
    assert in_row("Voortgang", fields, "Bescherming", "Hulp") == ""
    assert in_row("Voortgang", fields, "Bescherming", "Hulp", rows=2) == "niet-zeker"


def test_numbered_lines_are_not_moved_by_themselves() -> None:
    handed, returned = (copy(een="een", twee="twee"), copy(twee="twee", een="een"))
    (verdict,) = workbooks("1. een\n2. twee").located(compare(handed, returned, "kopie.docx"))
    assert (verdict.sort, verdict.why) == ("verplaatst", "niet-zeker")
