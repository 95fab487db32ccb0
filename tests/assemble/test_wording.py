"""Two versions of a text as a reader marks them: [-removed-], {+added+}, and notes as <words>."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assemble.wording import compare_words, differs
from flows.model.changes import Deel, Delen, NootDeel, Said, Soort

MARKS = {Soort.GELIJK: "{}", Soort.ERBIJ: "{{+{}+}}", Soort.ERAF: "[-{}-]"}
NOTES = {Soort.GELIJK: "<{}>", Soort.ANDERS: "<{}>", Soort.ERBIJ: "<+{}+>", Soort.ERAF: "<-{}->"}


def marked(delen: Delen) -> str:
    """The words with marks; a note that moved has an asterisk."""
    return "".join(
        MARKS[deel.soort].format(deel.text)
        if isinstance(deel, Deel)
        else NOTES[deel.soort].format(("*" if deel.verplaatst else "") + _within(deel))
        for deel in delen
    )


def _within(note: NootDeel) -> str:
    return "".join(deel.text if note.soort is not Soort.ANDERS else marked((deel,)) for deel in note.delen)


def said(text: str) -> Said:
    """A text with its notes written in it, as `de wet<Stb. 2021, 38> geldt`."""
    words, *rest = text.split("<")
    notes = []
    for piece in rest:
        note, _, more = piece.partition(">")
        notes.append((len(words), note))
        words += more
    return Said(words, tuple(notes))


CASES = [
    ("Gelijk.", "Gelijk.", "Gelijk."),
    ("", "Nieuw.", "{+Nieuw.+}"),
    ("Weg.", "", "[-Weg.-]"),
    ("Er zijn 66 locaties.", "Er zijn 74 locaties.", "Er zijn [-66-]{+74+} locaties."),
    # whole words, never letters
    ("De termijn is verlengd.", "De termijn wordt verlengd.", "De termijn [-is-]{+wordt+} verlengd."),
    ("Het aandeel daalde.", "Het aandeel daalt.", "Het aandeel [-daalde-]{+daalt+}."),
    # numbers and references stay whole
    ("In 2025-2026 gaf hij 1.150.000 euro.", "In 2025-2026 gaf hij 1.200.000 euro.", "In 2025-2026 gaf hij [-1.150.000-]{+1.200.000+} euro."),
    # a sentence put in or taken out, with its space
    ("Eerst dit. Dan dat.", "Eerst dit. Nu ook dit. Dan dat.", "Eerst dit.{+ Nu ook dit.+} Dan dat."),
    ("Eerst dit.", "Eerst dit. Dan dat.", "Eerst dit.{+ Dan dat.+}"),
    # crumbs between changes become part of them, a clause of some length does not
    ("De raad besluit er in mei over.", "Wie kiest er straks dan over.", "[-De raad besluit er in mei-]{+Wie kiest er straks dan+} over."),
    (
        "Gemeenten zijn gevraagd om plannen te maken voor mei.",
        "Provincies zijn gevraagd om plannen te maken voor juli.",
        "[-Gemeenten-]{+Provincies+} zijn gevraagd om plannen te maken voor [-mei-]{+juli+}.",
    ),
    # paragraphs
    ("Een.\nTwee.", "Een.\nAnderhalf.\nTwee.", "Een.\n{+Anderhalf.\n+}Twee."),
    # white space alone is a change too
    ("a b", "a  b", "a[- -]{+  +}b"),
    # notes: at their place, with their own words compared
    ("De wet<Stb. 2021, 38> geldt.", "De wet<Stb. 2021, 38> geldt.", "De wet<Stb. 2021, 38> geldt."),
    ("De wet<Zie Stb. 2021, nr. 38> geldt.", "De wet<Zie Stb. 2021, nr. 39> geldt.", "De wet<Zie Stb. 2021, nr. [-38-]{+39+}> geldt."),
    ("De wet geldt.", "De wet<Stb. 2021, 38> geldt.", "De wet<+Stb. 2021, 38+> geldt."),
    ("De wet<Stb. 2021, 38> geldt.", "De wet geldt.", "De wet<-Stb. 2021, 38-> geldt."),
    ("De wet<Alleen voor gemeenten> geldt.", "De wet<Stb. 2021, 38> geldt.", "De wet<-Alleen voor gemeenten-><+Stb. 2021, 38+> geldt."),
    ("Eerst<Noot over een> en dan.", "Eerst en dan<Noot over een>.", "Eerst<-*Noot over een-> en dan<+*Noot over een+>."),
    ("Een<Zie nr. 1 aldaar><Zie nr. 2 hier>.", "Een<Zie nr. 2 hier>.", "Een<-Zie nr. 1 aldaar-><Zie nr. 2 hier>."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_what_a_reader_sees(old: str, new: str, expected: str) -> None:
    assert marked(compare_words(said(old), said(new))) == expected


def rebuilt(delen: Delen, left_out: Soort) -> Said:
    """The text without what came, or without what went."""
    text, notes = "", []
    for deel in delen:
        if deel.soort is left_out:
            continue
        if isinstance(deel, Deel):
            text += deel.text
        else:
            notes.append((len(text), "".join(part.text for part in deel.delen if part.soort is not left_out)))
    return Said(text, tuple(notes))


WORDS = st.lists(
    st.sampled_from(["de", "wet", "het", "plan", "38", ".", ",", " ", "  ", "\n", "-", "’s", "ë", "a.b"])
).map("".join)
FREE = st.text(max_size=40)


@st.composite
def texts(draw: st.DrawFn) -> Said:
    text = draw(WORDS | FREE)
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    return Said(text, tuple((place, draw((WORDS | FREE).filter(bool))) for place in places))


@given(texts(), texts())
def test_both_texts_can_be_read_from_what_differs(old: Said, new: Said) -> None:
    delen = compare_words(old, new)
    assert rebuilt(delen, Soort.ERBIJ) == old
    assert rebuilt(delen, Soort.ERAF) == new


@given(texts())
def test_a_text_does_not_differ_from_itself(text: Said) -> None:
    assert not differs(compare_words(text, text))


@given(texts(), texts())
def test_no_two_pieces_of_one_kind_stand_next_to_each_other(old: Said, new: Said) -> None:
    delen = compare_words(old, new)
    for one, other in pairwise(delen):
        assert not (isinstance(one, Deel) and isinstance(other, Deel) and one.soort is other.soort)
    assert all(deel.text for deel in delen if isinstance(deel, Deel))
