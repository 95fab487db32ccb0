"""What holds for every text: parsing never fails, spans are sound, print is read back, time is linear."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.kamerstuk import grammar
from flows.kamerstuk.citation import cite, identifiers, link, pieces
from flows.kamerstuk.grammar import parse
from flows.kamerstuk.tokens import Reader, Token
from flows.model.reference import Citeerwijze, Reference

# More examples than usual, and no limit of time, which a busy machine would break.
THOROUGH = settings(max_examples=200, deadline=None)
AS_WRITTEN = {
    "dossier-onleesbaar",
    "vergaderjaar-ongeldig",
    "nummer-onleesbaar",
    "kamer-tegenstrijdig",
    "letter-in-tweede-kamer",
    "cijfer-in-eerste-kamer",
    "zonder-dossier",
    "zonder-jaar",
}
_WORDS = """
    Kamerstukken|Kamerstuk|II|I|TK|EK|Tweede Kamer|Eerste Kamer|vergaderjaar|2012-2013|2012/13|1999/2000
    2013-2013|08-09|,|;|.|:|(|)|32 824|32824|33 400|XV|33 400XV|21 501|-|02|-02|R2064|nr.|nrs.|nr|7|38|A|C
    202a|en|t/m|p.|blz.|e.v.|3-5|Handelingen|Aanhangsel|item|Stb.|Stcrt.|Trb.|2011|35|12 juni 2013|van|bijlage
    Bijlage bij|kst-|kst-32824-305|2013Z12345|ECLI:NL:HR:2010:BL7965|COM|(94)|PM|verwijzing|euro|de|hoofdstuk
    wetsvoorstel|IX|B|/|PM kamerstuknummer|(MvT)|dossier|17-1233|23-3-5|https://x/|UCV|letter|'s|+|n\u00ba|resp.
    vv.|Bijl.|verslag|CXIX|wet van|(TK|14 082|12.345|2020D29994|32016R0679|e.a.|#|hoofdstuk|van de|1993/94-1996/97
"""
FRAGMENTS = [*_WORDS.strip().replace("\n    ", "|").split("|"), "\n", "\n\n", "\u00a0", "\u2013"]
soup = st.lists(st.sampled_from(FRAGMENTS), max_size=30).flatmap(
    lambda words: st.sampled_from([" ", "", ", "]).map(lambda glue: glue.join(words)),
)
texts = st.one_of(st.text(), soup, st.text(alphabet="0123456789 ,.-/()nrpIVXABKT\u00a0\u0660\u00b2"))
years = st.integers(1946, 2030).map(lambda start: f"{start}-{start + 1}")
dossiers = st.integers(10_000, 36_999).map(str)
numbers = st.lists(st.integers(1, 3999).map(str), min_size=1, max_size=4, unique=True)
letters = st.lists(st.sampled_from(["A", "B", "H", "Z", "AB", "CF"]), min_size=1, max_size=3, unique=True)
pages = st.sampled_from(["", ", p. 4", ", p. 112-113", ", blz. 50 e.v.", ", p. 17, 19-22"])


def _listed(words: list[str]) -> str:
    return " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


@st.composite
def citations(draw: st.DrawFn) -> str:
    """A sound reference in one of many spellings."""
    year, dossier = draw(years), draw(dossiers)
    spaced = draw(
        st.sampled_from([dossier, f"{dossier[:2]} {dossier[2:]}", f"{dossier[:2]}\u00a0{dossier[2:]}"]),
    )
    kind = draw(st.sampled_from(["II", "I", "budget", "councils", "handelingen", "aanhangsel", "gazette"]))
    tail = draw(pages)
    head = draw(
        st.sampled_from(
            [
                f"Kamerstukken II {year}, ",
                f"TK {year}, ",
                f"Tweede Kamer, vergaderjaar {year}, ",
                "Kamerstukken II ",
                "Kamerstuk ",
            ],
        ),
    )
    match kind:
        case "II":
            word = draw(st.sampled_from(["nr.", "nrs.", "nr"]))
            return f"{head}{spaced}, {word} {_listed(draw(numbers))}{tail}"
        case "I":
            return f"Kamerstukken I {year}, {spaced}, {_listed(draw(letters))}{tail}"
        case "budget":
            chapter = draw(st.sampled_from(["XV", "VI", "IIA", "A", "V", "XVIII"]))
            return f"{head}33 400 {chapter}, nr. {_listed(draw(numbers))}{tail}"
        case "councils":
            return f"{head}21 501-{draw(st.integers(1, 34)):02}, nr. {_listed(draw(numbers))}{tail}"
        case "handelingen":
            sitting, item = draw(st.integers(1, 110)), draw(st.integers(1, 40))
            return f"Handelingen II {year}, nr. {sitting}, item {item}{tail}"
        case "aanhangsel":
            return f"Aanhangsel Handelingen II {year}, nr. {_listed(draw(numbers))}"
    paper = draw(st.sampled_from(["Stb.", "Staatsblad", "Stcrt.", "Trb."]))
    return f"{paper} {year[:4]}, {_listed([number[:3] for number in draw(numbers)][:2])}{tail}"


def parts(ref: Reference) -> Reference:
    """A reference without its place, its words and its flags."""
    return replace(ref, span=(0, 1), text="x", flags=())


@THOROUGH
@given(texts)
def test_any_text_is_parsed_and_its_spans_are_sound(text: str) -> None:
    behind = 0
    for ref in parse(text):
        start, end = ref.span
        assert behind <= start < end <= len(text)
        assert text[start:end] == ref.text
        behind = end


@pytest.mark.parametrize("text", ["AAAA0STB0", f"Handelingen II 2012/13, p. 1-{'9' * 5000}", f"Kamerstuk {'9' * 5000}"])
def test_what_once_failed_does_no_more(text: str) -> None:
    parse(text)


@THOROUGH
@given(texts)
def test_whatever_is_found_can_be_printed(text: str) -> None:
    for ref in parse(text):
        for wijze in Citeerwijze:
            printed = pieces(ref, wijze)
            assert cite(ref, wijze) == "".join(piece.text for piece in printed)
            assert {piece.url for piece in printed if piece.url} <= {link(found) for found in identifiers(ref)}


@THOROUGH
@given(citations(), st.sampled_from(list(Citeerwijze)))
def test_what_is_printed_is_read_back(text: str, wijze: Citeerwijze) -> None:
    (ref,) = parse(text)
    assert ref.text == text
    if not AS_WRITTEN & set(ref.flags):
        (again,) = parse(cite(ref, wijze))
        assert parts(again) == parts(ref)


@THOROUGH
@given(soup, st.sampled_from(list(Citeerwijze)))
def test_what_is_printed_is_printed_the_same_again(text: str, wijze: Citeerwijze) -> None:
    for ref in parse(text):
        if cite(ref, wijze) != " ".join(ref.text.split()):
            again = parse(cite(ref, wijze))
            assert [cite(each, wijze) for each in again] == [cite(ref, wijze)]


@THOROUGH
@given(citations(), st.text(max_size=40))
def test_what_follows_in_another_paragraph_does_no_harm(text: str, garbage: str) -> None:
    (alone,) = parse(text)
    assert parse(f"{text}.\n\n{garbage}")[0] == alone


@THOROUGH
@given(citations())
def test_a_reference_in_a_sentence_is_the_same(text: str) -> None:
    (alone,) = parse(text)
    (within,) = parse(f"Dit is gemeld aan de Kamer ({text}) en daarna uitgevoerd.")
    assert parts(within) == parts(alone)
    assert within.text == text


ADVERSARIES = [
    "32 824 ",
    "32824 ",
    "32 824, ",
    "32 824-",
    "nr. 1, ",
    "nrs. 1-200, ",
    "1,",
    "1-",
    "(",
    "2012-2013, ",
    "TK ",
    "Tweede Kamer, ",
    "Kamerstukken II ",
    "Kamerstukken (",
    "Stb. ",
    "Stb. 2001, 1, ",
    "A, ",
    "Handelingen II 45-",
    "Aanhangsel ",
    "bijlage bij ",
    "kst-1-",
    "https://",
    "https://kst-1",
    "dossier ",
    "wet van 7 juni 2006, ",
    "32 824 en ",
    "32 824 (R2064) ",
    "nr. 5 (32824 ",
    "COM(94) ",
    "ECLI:NL:",
    "PM ",
    "'",
    "\n ",
    "vergaderjaar ",
    "van de ",
]


class Counting(Reader):
    """A reader that counts how often it is asked for what stands somewhere."""

    steps = 0

    def peek(self, ahead: int = 0) -> Token:
        Counting.steps += 1
        return super().peek(ahead)

    def take(self, *lows: str) -> bool:
        Counting.steps += 1
        return super().take(*lows)

    def digits(self, ahead: int = 0) -> str:
        Counting.steps += 1
        return super().digits(ahead)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> type[Counting]:
    monkeypatch.setattr(grammar, "Reader", Counting)
    return Counting


@pytest.mark.parametrize("adversary", ADVERSARIES)
def test_twice_the_text_takes_twice_the_steps(adversary: str, counting: type[Counting]) -> None:
    steps = []
    for times in (400, 800):
        counting.steps = 0
        parse(adversary * times)
        steps.append(counting.steps)
    assert steps[1] <= 2.2 * steps[0] + 200
