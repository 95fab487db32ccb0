"""How prose is placed: which references leave the text, where the call stands, what stays. The table is the specification.

In the expected text a note is written as ‹its words›, at the place of its call.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assemble.prose import notes, prose, words
from flows.model.brief import Inline, Note, OpenPoint, PartKind, Text, plain
from flows.model.delivery import Run
from flows.model.reference import Citeerwijze

OFFICIAL = Citeerwijze.OFFICIEEL
A = "Tweede Kamer, vergaderjaar 2025-2026, 32 824, nr. 7"
A_PRINTED = "Kamerstukken II 2025/26, 32824, nr. 7"
B = "TK 2024-2025, 29 544 nr. 457"
B_PRINTED = "Kamerstukken II 2024/25, 29544, nr. 457"

PLACED = [
    # between brackets alone: the bracket leaves, the call stands behind the word or behind the stop that follows
    (f"De Kamer is geïnformeerd ({A}).", f"De Kamer is geïnformeerd.‹{A_PRINTED}›"),
    (f"In de brief ({A}) staat het plan.", f"In de brief‹{A_PRINTED}› staat het plan."),
    (f"Na de brief ({A}), en daarvoor, is overlegd.", f"Na de brief,‹{A_PRINTED}› en daarvoor, is overlegd."),
    (f"Is dat zo ({A})?", f"Is dat zo?‹{A_PRINTED}›"),
    (f"De brief ({A}): een begin", f"De brief:‹{A_PRINTED}› een begin"),
    (f"De brief({A}) zegt het.", f"De brief‹{A_PRINTED}› zegt het."),
    (f"Zij wonen bij familie e.d. ({A}).", f"Zij wonen bij familie e.d.‹{A_PRINTED}›"),
    # movers and other words inside the bracket stay
    (f"Dit gebeurt (conform de motie Bos, {A}).", f"Dit gebeurt (conform de motie Bos).‹{A_PRINTED}›"),
    (f"Dit (motie Bos c.s.; {A}) loopt.", f"Dit (motie Bos c.s.)‹{A_PRINTED}› loopt."),
    (f"Dit ({A}, hierna: de Agenda) loopt.", f"Dit (hierna: de Agenda)‹{A_PRINTED}› loopt."),
    (f"Zie (motie Bos, {A}, en motie Smit, {B}).", f"Zie (motie Bos en motie Smit).‹{A_PRINTED}; {B_PRINTED}›"),
    # a word that only points goes along
    (f"Het plan (zie {A}) loopt.", f"Het plan‹zie {A_PRINTED}› loopt."),
    # several in one bracket
    (f"Twee brieven ({A}; {B}).", f"Twee brieven.‹{A_PRINTED}; {B_PRINTED}›"),
    (f"Twee brieven ({A} en {B}).", f"Twee brieven.‹{A_PRINTED}; {B_PRINTED}›"),
    # adjacent notes keep their order behind one stop
    (f"Twee ({A}) ({B}).", f"Twee.‹{A_PRINTED}›‹{B_PRINTED}›"),
    (f"Twee ({A})[noot: En dit.].", f"Twee.‹{A_PRINTED}›‹En dit.›"),
    # nothing is orphaned
    (f"In de brief, ({A}), staat het.", f"In de brief,‹{A_PRINTED}› staat het."),
    (f"Zo eindigt de zin, ({A}).", f"Zo eindigt de zin.‹{A_PRINTED}›"),
    # a bracket within a bracket
    (f"Het plan (brief van mei ({A})) loopt.", f"Het plan (brief van mei‹{A_PRINTED}›) loopt."),
    # running prose stays as typed
    ("In Kamerstuk 31 268, nr. 57 is dit gemeld.", "In Kamerstuk 31 268, nr. 57 is dit gemeld."),
    # commentary keeps its words, references inside it are normalised
    ("De cijfers[noot: Zonder Oekraïne.] stijgen.", "De cijfers‹Zonder Oekraïne.› stijgen."),
    (
        f"De cijfers [noot: Ontleend aan {A}, tabel 2.] stijgen.",
        f"De cijfers‹Ontleend aan {A_PRINTED}, tabel 2.› stijgen.",
    ),
    ("Dit [NOOT:  een [sic] noot] staat er.", "Dit‹een [sic] noot› staat er."),
    # an open point stays in the text
    ("De brief (PM kamerstuknummer) volgt.", "De brief (PM kamerstuknummer) volgt."),
    # brackets and spaces that have nothing to do with references
    ("De  inzet (ook  lokaal) blijft.", "De inzet (ook lokaal) blijft."),
    ("Het kost 12 (twaalf) euro.", "Het kost 12 (twaalf) euro."),
]


def shown(inlines: tuple[Inline, ...]) -> str:
    return "".join(f"‹{shown(i.inlines)}›" if isinstance(i, Note) else i.text for i in inlines)


def one(text: str) -> str:
    (part,) = prose([Run(text)], OFFICIAL).parts
    return shown(part.inlines)


@pytest.mark.parametrize(("text", "expected"), PLACED)
def test_placement(text: str, expected: str) -> None:
    assert one(text) == expected


def test_a_reference_in_running_prose_is_linked_as_typed() -> None:
    (part,) = prose([Run("In Kamerstuk 31 268, nr. 57 is dit gemeld.")], OFFICIAL).parts
    citation = part.inlines[1]
    assert citation.text == "Kamerstuk 31 268, nr. 57"
    assert citation.pieces[0].url == "https://zoek.officielebekendmakingen.nl/kst-31268-57.html"


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
    assert [shown(part.inlines) for part in prose([Run("· een\n1) twee\n2) drie")], OFFICIAL).parts] == [
        "een",
        "twee",
        "drie",
    ]


def test_bold_and_italic_are_kept_around_a_note() -> None:
    (part,) = prose(
        [Run("De "), Run("wet", bold=True), Run(f" is ({A}) "), Run("nieuw", italic=True), Run(".")], OFFICIAL
    ).parts
    texts = [inline for inline in part.inlines if isinstance(inline, Text)]
    assert texts == [Text("De "), Text("wet", bold=True), Text(" is"), Text(" nieuw", italic=True), Text(".")]


def test_a_commentary_note_may_hold_a_line_end() -> None:
    assert (
        one("De cijfers[noot: eerste regel\ntweede regel] stijgen.") == "De cijfers‹eerste regel tweede regel› stijgen."
    )


def test_an_unclosed_note_is_printed_as_typed_and_reported() -> None:
    found = prose([Run("Dit [noot: loopt door.")], OFFICIAL)
    assert shown(found.parts[0].inlines) == "Dit [noot: loopt door."
    assert found.problems == (("noot-niet-gesloten", "[noot: loopt door."),)


@pytest.mark.parametrize("text", ["PM", "bedrag PM", "(PM)", "Dit is nog PM.", "PM verwijzing"])
def test_pm_as_a_word_of_its_own_is_an_open_point(text: str) -> None:
    (part,) = prose([Run(text)], OFFICIAL).parts
    assert sum(isinstance(inline, OpenPoint) for inline in part.inlines) == 1


@pytest.mark.parametrize("text", ["PMO", "om 3 pm", "de MPM-scan", "SPM"])
def test_pm_within_a_word_is_none(text: str) -> None:
    (part,) = prose([Run(text)], OFFICIAL).parts
    assert not any(isinstance(inline, OpenPoint) for inline in part.inlines)


COLUMN = [
    (A, [A_PRINTED]),
    (f"{A}\n{B}", [A_PRINTED, B_PRINTED]),
    (f"{A}; {B}", [f"{A_PRINTED}; {B_PRINTED}"]),
    ("TK 2007-2008, 29544, nr. 126 en 149; 190", ["Kamerstukken II 2007/08, 29544, nrs. 126, 149 en 190"]),
    (f"Zie voor de motie {A}, met tabel.", [f"Zie voor de motie {A_PRINTED}, met tabel."]),
    ("PM kamerstuknummer", ["PM kamerstuknummer"]),
    (f"- {A}", [A_PRINTED]),
    # a line end ends a reference, and commentary is a note of its own
    ("Kamerstukken II 2012/13, 32 824, nr. 7\nnr. 8", ["Kamerstukken II 2012/13, 32824, nr. 7", "nr. 8"]),
    (f"{A} [noot: Met tabel.]", [A_PRINTED, "Met tabel."]),
    ("[noot: Eigen woorden\nover twee regels.]", ["Eigen woorden over twee regels."]),
]


@pytest.mark.parametrize(("text", "expected"), COLUMN)
def test_each_line_of_kamerstukken_is_a_note(text: str, expected: list[str]) -> None:
    (part,) = notes([Run(text)], OFFICIAL).parts
    assert [shown(note.inlines) for note in part.inlines if isinstance(note, Note)] == expected


LINES = [
    (A, A_PRINTED),
    ("deze brief", "deze brief"),
    (f"Begroting SZW[noot: Artikel 13.], zie {A}", f"Begroting SZW,‹Artikel 13.› zie {A_PRINTED}"),
    ("Bron: PM", "Bron: PM"),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_cell_of_one_line(text: str, expected: str | None) -> None:
    assert [shown(part.inlines) for part in words(text, OFFICIAL).parts] == ([expected] if expected else [])


def test_an_unclosed_note_is_reported_in_every_kind_of_cell() -> None:
    assert words("Bron [noot: los", OFFICIAL).problems == (("noot-niet-gesloten", "[noot: los"),)
    assert notes([Run("[noot: los")], OFFICIAL).problems == (("noot-niet-gesloten", "[noot: los"),)


def test_the_house_style_keeps_the_dossier_together() -> None:
    (part,) = prose([Run(f"De brief ({A}).")], Citeerwijze.HUISSTIJL).parts
    assert shown(part.inlines) == "De brief.‹Kamerstukken II 2025/26, 32\u00a0824, nr. 7›"


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
    printed = "\n".join(shown(part.inlines) for part in prose([Run(" ".join(pieces))], OFFICIAL).parts)
    for word in ("woord", "brief", "motie Bos", "eigen tekst", "en dan"):
        assert printed.count(word) == sum(word in piece for piece in pieces)
    assert printed.count("‹") == sum(piece[0] in "([" for piece in pieces)
    assert "()" not in printed
