"""A change in printed text goes into the cell that it was printed from, which keeps its own way of writing; or nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assemble.edits import apply, edits, fold, marked, tidy
from flows.assemble.placing import Group, groups_of, place
from flows.catalogue import load_contract
from flows.model.reference import Citeerwijze

CONTRACT = load_contract()
TEXT = "De cursussen lopen (Kamerstukken II 2025/26, 32 824, nr. 12). In 2027 volgt meer.\n- eerste punt;\n- tweede punt [noot: Zie ook de bijlage.]."
COLUMN = "32824, nr. 45\n32824, nr. 46"
FIRST = "De cursussen lopen.[noot: Kamerstukken II 2025/26, 32824, nr. 12] In 2027 volgt meer."
SECOND = "eerste punt;"
THIRD = "tweede punt.[noot: Zie ook de bijlage.][noot: Kamerstukken 32824, nr. 45][noot: Kamerstukken 32824, nr. 46]"


def groups(sheet: str = "Voortgang", **texts: str) -> list[Group]:
    return list(groups_of(texts, CONTRACT.sheet(sheet), Citeerwijze.OFFICIEEL))


def measure() -> list[Group]:
    return groups(stand_van_zaken=TEXT, kamerstukken=COLUMN)


def test_a_group_prints_what_the_brief_prints() -> None:
    (group,) = measure()
    assert group.printed(group.texts) == f"{FIRST}\n{SECOND}\n{THIRD}"


# What was printed, what a reviewer made of it, and what then changes in the cell: these words become those.
PLACED = (
    (FIRST, "cursussen", "taalcursussen", "cursussen", "taalcursussen"),
    (FIRST, "lopen.", "lopen goed.", "lopen (", "lopen goed ("),
    (FIRST, "nr. 12", "nr. 13", "nr. 12", "nr. 13"),
    (FIRST, "De cursussen lopen.", "", "De cursussen lopen (", " ("),
    (FIRST, "[noot: Kamerstukken II 2025/26, 32824, nr. 12]", "", " (Kamerstukken II 2025/26, 32 824, nr. 12)", ""),
    (FIRST, " In 2027 volgt meer.", "", " In 2027 volgt meer.", ""),
    (FIRST, "2027", "2028[noot: Bron: CBS.]", "2027", "2028[noot: Bron: CBS.]"),
    (SECOND, "eerste", "allereerste", "eerste", "allereerste"),
    (SECOND, "punt;", "punt;\nnog een punt;", "eerste punt;", "eerste punt;\n- nog een punt;"),
    (THIRD, "bijlage", "tabel", "bijlage", "tabel"),
    (THIRD, "tweede", "derde", "tweede", "derde"),
)


@pytest.mark.parametrize(("printed", "old", "new", "was", "becomes"), PLACED)
def test_what_changes_is_what_was_asked(printed: str, old: str, new: str, was: str, becomes: str) -> None:
    placed = place(measure(), printed, printed.replace(old, new))
    assert placed == {"stand_van_zaken": TEXT.replace(was, becomes), "kamerstukken": COLUMN}


def test_a_note_of_the_column_changes_there() -> None:
    placed = place(measure(), THIRD, THIRD.replace("nr. 45", "nr. 47"))
    assert placed == {"stand_van_zaken": TEXT, "kamerstukken": "32824, nr. 47\n32824, nr. 46"}


def test_curved_quotation_marks_and_hard_spaces_are_those_that_were_typed() -> None:
    cell = "Het 'loket' is open, ruim 41 % van de gemeenten doet mee."
    placed = place(groups(stand_van_zaken=cell), "Het ‘loket’ is open, ruim 41\u00a0% van de gemeenten doet mee.", "Het ‘loket’ is dicht, ruim 41\u00a0% van de gemeenten doet mee.")  # fmt: skip
    assert placed == {"stand_van_zaken": cell.replace("open", "dicht"), "kamerstukken": ""}


def test_a_mark_of_ours_behind_the_text_is_no_part_of_the_cell() -> None:
    mark = " [controleer SZW-01: Status]"
    placed = place(groups(stand_van_zaken="Het loopt."), f"Het loopt.{mark}", f"Het vordert.{mark}")
    assert placed == {"stand_van_zaken": "Het vordert.", "kamerstukken": ""}


def test_the_date_behind_a_debate_is_no_part_of_its_cell() -> None:
    debate = groups("Toezeggingen", overleg="Commissiedebat Taal")
    assert place(debate, "Commissiedebat Taal, 12\u00a0maart 2026", "Commissiedebat Werk, 12\u00a0maart 2026") == {"overleg": "Commissiedebat Werk"}  # fmt: skip
    assert place(debate, "Commissiedebat Taal, 12\u00a0maart 2026", "Commissiedebat Taal, 13\u00a0maart 2026") is None


@pytest.mark.parametrize(
    ("cell", "old", "new"),
    [
        ("Het loopt.", "Het vordert.", "Het loopt."),  # the cell does not say so any more
        ("Het loopt.\nHet loopt.", "Het loopt.", "Het vordert."),  # which of the two
        ("1. een\n2. twee", "een", "een\nanderhalf"),  # it would not be an item of the list
        ("Het loopt.", "Het loopt. [controleer SZW-01: Status]", "Het vordert. [controleer SZW-02: Status]"),
        ("Zie 32824, nr. 45.", "Zie 32824, nr. 45.", "Zie 32824, nr. 45 (32824, nr. 46)."),  # would become a note
    ],
)
def test_what_is_not_certain_is_not_done(cell: str, old: str, new: str) -> None:
    assert place(groups(stand_van_zaken=cell), old, new) is None


def test_a_row_of_a_register_has_a_group_for_each_cell() -> None:
    row = {
        "motie": "Motie van het lid Jansen",
        "strekking": "Vraagt om cursussen.",
        "kamerstuk": "Kamerstukken II 2025/26, 32 824, nr. 9",
    }
    assert place(groups("Moties", **row), "Vraagt om cursussen.", "Verzoekt om cursussen.") == {"strekking": "Verzoekt om cursussen."}  # fmt: skip
    assert place(groups("Moties", **row), "Kamerstukken II 2025/26, 32 824, nr. 9", "Kamerstukken II 2025/26, 32 824, nr. 10") == {"kamerstuk": "Kamerstukken II 2025/26, 32 824, nr. 10"}  # fmt: skip


WORDS = st.lists(st.sampled_from(["de", "het", "loopt", "gemeenten", "2027", "‘goed’", "meer", "en", "cursus"]), min_size=1, max_size=8)  # fmt: skip
SENTENCE = WORDS.map(lambda words: " ".join(words) + ".")


@given(SENTENCE, SENTENCE, SENTENCE)
def test_what_is_placed_is_printed_as_it_was_asked_and_references_stay_as_typed(one: str, two: str, new: str) -> None:
    cell = f"Eerst {one} (Kamerstukken II, 2025–2026, 32 824 nr. 12) Dan {two}"
    (group,) = groups(stand_van_zaken=cell)
    printed = group.printed(group.texts)
    wanted = printed.replace(two, new)
    placed = place([group], printed, wanted)
    if placed is not None:
        assert tidy(group.printed(placed)) == tidy(wanted)
        assert "(Kamerstukken II, 2025–2026, 32 824 nr. 12)" in placed["stand_van_zaken"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_edits_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    assert fold(apply(old, edits(old, new))) == fold(new)
    pieces = list(marked(old, new))
    assert "".join(text for text, kind in pieces if kind != "+") == old
    assert fold("".join(text for text, kind in pieces if kind != "-")) == fold(new)
