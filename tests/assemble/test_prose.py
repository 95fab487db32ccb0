"""How a cell of prose becomes paragraphs, list items and notes; which references leave the text is test_placement's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assemble.prose import notes, prose, words
from flows.model.delivery import Run
from flows.model.text import OpenPoint, PartKind, plain

from .test_placement import OFFICIAL, TYPED, paragraphs

A, B = TYPED["A"], TYPED["B"]

LISTS = [
    ("Een zin.\nNog een zin.", ["alinea", "alinea"]),
    ("Een zin.\n\n \nNog een.", ["alinea", "alinea"]),
    ("Dit volgt:\n· een\n• twee\n- drie\n– vier\n* vijf", ["alinea"] + ["opsomming"] * 5),
    ("-geen opsomming", ["alinea"]),
    ("1 een\n2 twee\n3 drie", ["nummering"] * 3),
    ("1. een\n2) twee", ["nummering"] * 2),
    ("41 gemeenten doen mee.\n42 niet.", ["alinea", "alinea"]),
    ("1 januari is de datum.", ["alinea"]),
    ("1 een\n3 drie", ["alinea", "alinea"]),
]


@pytest.mark.parametrize(("text", "kinds"), LISTS)
def test_lines(text: str, kinds: list[str]) -> None:
    assert [part.kind.value for part in prose([Run(text)], OFFICIAL).parts] == kinds


def test_list_markers_leave_the_text() -> None:
    assert paragraphs(prose([Run("· een\n1) twee\n2) drie")], OFFICIAL)) == "een¶twee¶drie"


def test_a_commentary_note_may_hold_a_line_end() -> None:
    found = prose([Run("De cijfers[noot: eerste regel\ntweede regel] stijgen.")], OFFICIAL)
    assert paragraphs(found) == "De cijfers‹eerste regel tweede regel› stijgen."


def test_an_unclosed_note_is_printed_as_typed_and_reported() -> None:
    found = prose([Run("Dit [noot: loopt door.")], OFFICIAL)
    assert paragraphs(found) == "Dit [noot: loopt door."
    assert found.problems == (("noot-niet-gesloten", "[noot: loopt door."),)


@pytest.mark.parametrize("text", ["PM", "bedrag PM", "(PM)", "Dit is nog PM.", "PM verwijzing"])
def test_pm_as_a_word_of_its_own_is_an_open_point(text: str) -> None:
    (part,) = prose([Run(text)], OFFICIAL).parts
    assert sum(isinstance(inline, OpenPoint) for inline in part.inlines) == 1


@pytest.mark.parametrize("text", ["PMO", "om 3 pm", "de MPM-scan", "SPM"])
def test_pm_within_a_word_is_none(text: str) -> None:
    (part,) = prose([Run(text)], OFFICIAL).parts
    assert not any(isinstance(inline, OpenPoint) for inline in part.inlines)


def test_an_unclosed_note_is_reported_in_every_kind_of_cell() -> None:
    assert words("Bron [noot: los", OFFICIAL).problems == (("noot-niet-gesloten", "[noot: los"),)
    assert notes([Run("[noot: los")], OFFICIAL).problems == (("noot-niet-gesloten", "[noot: los"),)


def test_a_note_without_words_is_no_note_and_is_reported() -> None:
    found = prose([Run("De cijfers[noot: ] stijgen.")], OFFICIAL)
    assert paragraphs(found) == "De cijfers stijgen."
    assert found.problems == (("noot-leeg", ""),)


def test_an_empty_cell_of_one_line_has_no_parts() -> None:
    assert words("", OFFICIAL).parts == ()


WORDS = st.sampled_from(
    [
        "woord",
        "de",
        "brief,",
        "einde.",
        f"({A})",
        f"(motie Bos, {B})",
        "[noot: tekst]",
        "PM",
        "(",
        ")",
        "[noot:",
        "\n",
        "· ",
    ]
)


@given(st.lists(WORDS | st.text(max_size=12), max_size=25).map(" ".join))
def test_no_text_breaks_the_placement(text: str) -> None:
    for part in prose([Run(text)], OFFICIAL).parts:
        assert "  " not in plain(part.inlines)
        assert part.kind in PartKind


@given(
    st.lists(
        st.sampled_from(["woord", "brief", f"({A})", f"(motie Bos, {B})", "[noot: eigen tekst]", "en dan"]),
        min_size=1,
        max_size=12,
    )
)
def test_no_word_and_no_note_is_lost(pieces: list[str]) -> None:
    printed = paragraphs(prose([Run(" ".join(pieces))], OFFICIAL))
    for word in ("woord", "brief", "motie Bos", "eigen tekst", "en dan"):
        assert printed.count(word) == sum(word in piece for piece in pieces)
    assert printed.count("‹") == sum(piece[0] in "([" for piece in pieces)
    assert "()" not in printed
