"""Which paragraphs of two drafts belong together: the same ones, those that are alike, and never crosswise."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from flows.assemble.alignment import MOST_PAIRS, aligned
from flows.model.changes import Line, Said

WORK = "Gemeenten bieden in vijf regio\u2019s startbanen aan."
LATER = "Gemeenten bieden in zeven regio\u2019s startbanen aan."


def lines(*texts: str, cell: str | None = None) -> list[Line]:
    return [Line(Said(text), cell and (cell, number)) for number, text in enumerate(texts)]


def test_words_that_changed_make_no_other_paragraph() -> None:
    assert aligned(lines("Kop", WORK, "Slot"), lines("Kop", "Nieuw is de wachtlijst.", LATER, "Slot")) == {
        0: 0,
        1: 2,
        2: 3,
    }


def test_a_cell_that_was_written_anew_is_another_paragraph_unless_some_of_it_stayed() -> None:
    assert aligned(lines(WORK, cell="SZW-01"), lines("Er is niets te melden.", cell="SZW-01")) == {}
    assert aligned(lines("Gemeenten bieden banen.", cell="SZW-01"), lines(WORK, cell="SZW-01")) == {0: 0}
    assert aligned(lines("Gemeenten bieden banen."), lines(WORK)) == {}


def test_a_ministry_that_numbers_all_its_rows_anew_changes_no_paragraph() -> None:
    texts = [f"Dit is de tekst van maatregel {number}." for number in range(int(MOST_PAIRS**0.5) + 2)]
    was, now = lines(*texts, cell="oud"), lines("Een rij erbij.", *texts, cell="nieuw")
    assert aligned(was, now) == {number: number + 1 for number in range(len(texts))}


TEXTS = st.lists(st.sampled_from(["", "Een.", "Twee.", WORK, LATER, "Kop"]), max_size=8)


@given(TEXTS, TEXTS)
def test_pairs_never_cross(old: list[str], new: list[str]) -> None:
    found = aligned(lines(*old), lines(*new))
    assert all(a < b for a, b in pairwise(found.values()))
    assert list(found) == sorted(found)
    assert aligned(lines(*old), lines(*old)) == {number: number for number in range(len(old))}
