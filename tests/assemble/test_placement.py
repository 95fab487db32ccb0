"""By which rules a reference leaves the running text and becomes a note. The tables are the specification.

In the expected text a note is written as ‹its words›, at the place of its call, and a new paragraph as ¶. A and B stand for two
references, as people write them on the left and as the brief prints them on the right.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assemble.prose import Prose, notes, prose, words
from flows.model.delivery import Run
from flows.model.reference import Citeerwijze
from flows.model.text import Citation, Inline, Note, Text

OFFICIAL = Citeerwijze.OFFICIEEL
TYPED = {"A": "Tweede Kamer, vergaderjaar 2025-2026, 32 824, nr. 7", "B": "TK 2024-2025, 29 544 nr. 457"}
PRINTED = {"A": "Kamerstukken II 2025/26, 32824, nr. 7", "B": "Kamerstukken II 2024/25, 29544, nr. 457"}

PLACED = [
    # alone between brackets: the bracket leaves, the call stands behind the word
    ("In de brief (A) staat het plan.", "In de brief‹A› staat het plan."),
    ("De brief(A) zegt het.", "De brief‹A› zegt het."),
    ("De  brief  ( A )  zegt het.", "De brief‹A› zegt het."),
    ("Dit [A] loopt.", "Dit‹A› loopt."),
    ("Dit ((A)) loopt.", "Dit‹A› loopt."),
    ("De wet (34 356 (R2064), nr. 7) loopt.", "De wet‹Kamerstukken 34356 (R2064), nr. 7› loopt."),
    ("Dit (A, p. 3 e.v.) loopt.", "Dit‹A, p. 3 e.v.› loopt."),
    ("(A) Dit loopt.", "‹A› Dit loopt."),
    ("(A).", "‹A›"),
    # at the end of a sentence, before a comma and the like: behind the stop that follows
    ("De Kamer is geïnformeerd (A).", "De Kamer is geïnformeerd.‹A›"),
    ("De Kamer is geïnformeerd. (A)", "De Kamer is geïnformeerd.‹A›"),
    ("Zij wonen bij familie e.d. (A).", "Zij wonen bij familie e.d.‹A›"),
    ("Is dat zo (A)? Ja! (B) Zeker.", "Is dat zo?‹A› Ja!‹B› Zeker."),
    ("Na de brief (A), en daarvoor, is overlegd.", "Na de brief,‹A› en daarvoor, is overlegd."),
    ("Na de brief (A) ; dan niet meer.", "Na de brief;‹A› dan niet meer."),
    ("De brief (A): een begin", "De brief:‹A› een begin"),
    ("De brief (A) – de tweede – loopt.", "De brief‹A› – de tweede – loopt."),
    ("De ‘brief’ (A) en de “nota (B)”.", "De ‘brief’‹A› en de “nota‹B›”."),
    # a comma that stood before the bracket is not orphaned
    ("In de brief, (A), staat het.", "In de brief,‹A› staat het."),
    ("Zo eindigt de zin, (A).", "Zo eindigt de zin.‹A›"),
    # a bracket that ends in a full stop: the stop is the sentence's
    ("De Kamer is geïnformeerd (A.)", "De Kamer is geïnformeerd.‹A›"),
    ("De Kamer is geïnformeerd (A.).", "De Kamer is geïnformeerd.‹A›"),
    ("De Kamer is geïnformeerd. (A.) Dit loopt.", "De Kamer is geïnformeerd.‹A› Dit loopt."),
    ("De brief (A.) zegt het.", "De brief‹A› zegt het."),
    ("(De Kamer is geïnformeerd, zie A.) Dit loopt.", "(De Kamer is geïnformeerd).‹zie A› Dit loopt."),
    # movers and other words within the bracket stay in the text
    ("Dit gebeurt (conform de motie Bos, A).", "Dit gebeurt (conform de motie Bos).‹A›"),
    ("Dit (motie Van den Berg c.s.; A) loopt.", "Dit (motie Van den Berg c.s.)‹A› loopt."),
    ("Dit (motie-Bos c.s. A) loopt.", "Dit (motie-Bos c.s.)‹A› loopt."),
    ("Dit (motie Bos (PvdA), A) loopt.", "Dit (motie Bos (PvdA))‹A› loopt."),
    ("Dit [motie Bos, A] loopt.", "Dit [motie Bos]‹A› loopt."),
    ("Dit (A, hierna: de Agenda) loopt.", "Dit (hierna: de Agenda)‹A› loopt."),
    ("Dit (A, d.d. 12 mei 2026) loopt.", "Dit (d.d. 12 mei 2026)‹A› loopt."),
    ("Dit (A (motie Bos)) loopt.", "Dit (motie Bos)‹A› loopt."),
    ("Zie (motie Bos, A, en motie Smit, B).", "Zie (motie Bos en motie Smit).‹A; B›"),
    ("Dit (A en B, beide van mei) loopt.", "Dit (beide van mei)‹A; B› loopt."),
    # words that only point go along
    ("Dit (zie A) loopt.", "Dit‹zie A› loopt."),
    ("Dit loopt (Zie ook: A).", "Dit loopt.‹Zie ook: A›"),
    ("Dit (vgl. o.a. A) loopt.", "Dit‹vgl. o.a. A› loopt."),
    ("Dit (onder andere A) loopt.", "Dit‹onder andere A› loopt."),
    ("Dit (motie Bos, zie A) loopt.", "Dit (motie Bos)‹zie A› loopt."),
    ("Dit (motie Bos; zie ook A en vgl. B) loopt.", "Dit (motie Bos)‹zie ook A; vgl. B› loopt."),
    ("Dit (zie de motie Bos, A en B) loopt.", "Dit (zie de motie Bos)‹A; B› loopt."),
    # and those that say where in the paper
    ("Dit (A, tabel 2) loopt.", "Dit‹A, tabel 2› loopt."),
    ("Dit (motie Bos, A, paragraaf 3) loopt.", "Dit (motie Bos)‹A, paragraaf 3› loopt."),
    # words that make no sense without the reference take the whole bracket along
    ("Dit loopt (zoals gemeld in A).", "Dit loopt.‹zoals gemeld in A›"),
    ("Dit loopt (als bijlage bij A gevoegd).", "Dit loopt.‹als Bijlage bij A gevoegd›"),
    ("Dit loopt (conform A).", "Dit loopt.‹conform A›"),
    ("Dit loopt (A, B en de motie Bos).", "Dit loopt.‹A; B en de motie Bos›"),
    # several in one bracket
    ("Twee brieven (A; B).", "Twee brieven.‹A; B›"),
    ("Twee brieven (A en B).", "Twee brieven.‹A; B›"),
    ("Twee brieven (A, resp. B).", "Twee brieven.‹A, resp. B›"),
    ("De wet (A en Stb. 2021, 38) geldt.", "De wet‹A; Stb. 2021, 38› geldt."),
    # adjacent notes keep their order behind one stop
    ("Twee (A) (B).", "Twee.‹A›‹B›"),
    ("Twee (A)[noot: En dit.].", "Twee.‹A›‹En dit.›"),
    ("Twee [noot: Een] [noot: Twee], en meer.", "Twee,‹Een›‹Twee› en meer."),
    # a bracket within a bracket
    ("Het plan (brief van mei (A)) loopt.", "Het plan (brief van mei‹A›) loopt."),
    ("Het plan (motie Bos [A]) loopt.", "Het plan (motie Bos‹A›) loopt."),
    ("Dit (motie Bos (A) en motie Smit (B)).", "Dit (motie Bos‹A› en motie Smit‹B›)."),
    ("Dit (motie Bos (A), B) loopt.", "Dit‹motie Bos (A), B› loopt."),
    # a bracket over a line end is one; over an empty line or a list it is none
    ("Dit (A\nen B) loopt.", "Dit‹A; B› loopt."),
    ("Dit (motie Bos,\nA) loopt.", "Dit (motie Bos)‹A› loopt."),
    ("Dit (een opmerking\nover taal)", "Dit (een opmerking¶over taal)"),
    # an address beside it goes along
    ("Dit (A, https://www.rijksoverheid.nl/a) loopt.", "Dit‹A, https://www.rijksoverheid.nl/a› loopt."),
    ("Dit (zie www.rijksoverheid.nl en A) loopt.", "Dit‹zie www.rijksoverheid.nl en A› loopt."),
    ("Dit (https://zoek.officielebekendmakingen.nl/kst-32824-7.html) loopt.", "Dit‹kst-32824-7› loopt."),
    # list items
    ("· een (A);\n· twee (B).", "een;‹A›¶twee.‹B›"),
    ("1. een (A)\n2. twee, (B)", "een‹A›¶twee,‹B›"),
    # commentary keeps its words; references in it get the printed form
    ("De cijfers[noot: Zonder Oekraïne.] stijgen.", "De cijfers‹Zonder Oekraïne.› stijgen."),
    ("De cijfers [noot: Ontleend aan A, tabel 2.] stijgen.", "De cijfers‹Ontleend aan A, tabel 2.› stijgen."),
    ("De cijfers [noot: Zie de nota (A).] stijgen.", "De cijfers‹Zie de nota (A).› stijgen."),
    ("De cijfers [noot: (A)] stijgen.", "De cijfers‹A› stijgen."),
    ("Dit [NOOT:  een [sic] noot] staat er.", "Dit‹een [sic] noot› staat er."),
    ("Dit ([noot: Eigen woorden]) staat er.", "Dit‹Eigen woorden› staat er."),
    ("Dit (A[noot: Eigen woorden]) staat er.", "Dit‹A›‹Eigen woorden› staat er."),
    ("Dit (motie Bos[noot: Samen.]; A) loopt.", "Dit (motie Bos‹Samen.›)‹A› loopt."),
]

# As typed, linked where it stands: in running prose, in a bracket that is not closed or not opened, and with an open point.
UNMOVED = [
    "In A is dit gemeld.",
    "In A, staat dit.",
    "Zie ook A en B.",
    "A",
    "Dit (motie Bos, A",
    "Dit A) loopt.",
    "a) A en b) B.",
    "De brief (PM kamerstuknummer) volgt.",
    "De inzet (ook lokaal) en de kosten van 12 (twaalf) euro blijven [sic].",
]

# The column Kamerstukken: each line a note at the end of the row, its words kept; commentary in it is a note of its own.
COLUMN = [
    ("A", ["A"]),
    ("A\nB", ["A", "B"]),
    ("A; B", ["A; B"]),
    ("(A)", ["A"]),
    ("- A", ["A"]),
    ("Motie Bos (A)", ["Motie Bos (A)"]),
    ("Zie voor de motie A, met tabel.", ["Zie voor de motie A, met tabel."]),
    ("TK 2007-2008, 29544, nr. 126 en 149; 190", ["Kamerstukken II 2007/08, 29544, nrs. 126, 149 en 190"]),
    ("Kamerstukken II 2012/13, 32 824, nr. 7\nnr. 8", ["Kamerstukken II 2012/13, 32824, nr. 7", "nr. 8"]),
    ("PM kamerstuknummer", ["PM kamerstuknummer"]),
    ("A [noot: Met tabel.]", ["A", "Met tabel."]),
    ("[noot: Eigen woorden\nover twee regels.]", ["Eigen woorden over twee regels."]),
]

# A cell of one line, such as Kamerstuk in a register or Bron: the reference stays, in the printed form.
LINES = [
    ("A", "A"),
    ("(A)", "A"),
    ("Motie Bos (A)", "Motie Bos (A)"),
    ("A en B", "A; B"),
    ("Begroting SZW[noot: Artikel 13.], zie A", "Begroting SZW,‹Artikel 13.› zie A"),
    ("deze brief", "deze brief"),
    ("(concept)", "(concept)"),
    ("Bron: PM", "Bron: PM"),
]


def typed(text: str) -> str:
    return re.sub(r"\b[AB]\b", lambda match: TYPED[match[0]], text)


def printed(text: str) -> str:
    return re.sub(r"\b[AB]\b", lambda match: PRINTED[match[0]], text)


def shown(inlines: tuple[Inline, ...]) -> str:
    return "".join(f"‹{shown(i.inlines)}›" if isinstance(i, Note) else i.text for i in inlines)


def paragraphs(found: Prose) -> str:
    return "¶".join(shown(part.inlines) for part in found.parts)


@pytest.mark.parametrize(("text", "expected"), PLACED)
def test_a_reference_leaves_the_text(text: str, expected: str) -> None:
    assert paragraphs(prose([Run(typed(text))], OFFICIAL)) == printed(expected)


@pytest.mark.parametrize("text", UNMOVED)
def test_a_text_stays_as_typed(text: str) -> None:
    assert paragraphs(prose([Run(typed(text))], OFFICIAL)) == typed(text)


@pytest.mark.parametrize(("text", "expected"), COLUMN)
def test_each_line_of_kamerstukken_is_a_note(text: str, expected: list[str]) -> None:
    (part,) = notes([Run(typed(text))], OFFICIAL).parts
    assert [shown(note.inlines) for note in part.inlines if isinstance(note, Note)] == list(map(printed, expected))


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_cell_of_one_line(text: str, expected: str) -> None:
    assert paragraphs(words(typed(text), OFFICIAL)) == printed(expected)


def test_a_bracket_that_opens_before_a_list_does_not_close_in_it() -> None:
    found = prose([Run(typed("Dit (A\n1) een\n2) twee"))], OFFICIAL)
    assert paragraphs(found) == typed("Dit (A¶een¶twee")


def test_a_reference_in_running_prose_is_linked() -> None:
    (part,) = prose([Run("In Kamerstuk 31 268, nr. 57 is dit gemeld.")], OFFICIAL).parts
    (citation,) = (inline for inline in part.inlines if isinstance(inline, Citation))
    assert citation.text == "Kamerstuk 31 268, nr. 57"
    assert citation.pieces[0].url == "https://zoek.officielebekendmakingen.nl/kst-31268-57.html"


def test_bold_and_italic_are_kept_around_a_note() -> None:
    runs = [Run("De "), Run("wet", bold=True), Run(typed(" is (A) ")), Run("nieuw", italic=True), Run(".")]
    (part,) = prose(runs, OFFICIAL).parts
    texts = [inline for inline in part.inlines if isinstance(inline, Text)]
    assert texts == [Text("De "), Text("wet", bold=True), Text(" is"), Text(" nieuw", italic=True), Text(".")]


def test_a_reference_in_bold_leaves_no_trace() -> None:
    (part,) = prose([Run("De wet "), Run(typed("(A)"), bold=True), Run(".")], OFFICIAL).parts
    assert [inline for inline in part.inlines if isinstance(inline, Text)] == [Text("De wet.")]


def test_the_house_style_keeps_the_dossier_together() -> None:
    found = prose([Run(typed("De brief (A)."))], Citeerwijze.HUISSTIJL)
    assert paragraphs(found) == "De brief.‹Kamerstukken II 2025/26, 32\u00a0824, nr. 7›"


FRAGMENTS = st.sampled_from(["A", "B", "motie Bos", "zie", "in", "Kamerbrief", "tabel", "[noot: eigen]", "PM", "(sic)"])


@given(
    st.lists(st.tuples(FRAGMENTS, st.sampled_from([" ", ", ", "; ", "."])), min_size=1, max_size=6),
    st.sampled_from(["()", "[]"]),
)
def test_no_word_of_a_bracket_is_lost(pieces: list[tuple[str, str]], around: str) -> None:
    inside = "".join(word + behind for word, behind in pieces)
    made = paragraphs(prose([Run(typed(f"Dit {around[0]}{inside}{around[1]} loopt."))], OFFICIAL))
    for word in ("motie Bos", "zie", "in", "Kamerbrief", "tabel", "eigen", "PM", "sic"):
        assert len(re.findall(rf"\b{word}\b", made)) == sum(re.search(rf"\b{word}\b", p) is not None for p, _ in pieces)
    assert made.startswith("Dit") and made.endswith("loopt.")
    assert not re.search(r"\(\s*\)|\[\s*\]|  | \.", made)
