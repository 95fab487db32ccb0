"""How Dutch is printed: hard spaces, quotation marks and apostrophes, and never another word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.model.text import Inline, Note, Text
from flows.render.dutch import amount, number, short, typeset
from flows.render.paragraphs import printed_line
from flows.render.reading import normal


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("32 824, nr. 34", "32~824, nr.~34"),
        ("€ 20 miljoen op 19 mei 2015", "€~20~miljoen op 19~mei 2015"),
        ("artikel 3 en 12 %", "artikel~3 en 12~%"),
        ("'s ochtends in 's-Hertogenbosch, 't is zo", "’s ochtends in ’s-Hertogenbosch, ’t is zo"),
        ("auto's en foto's van Asha's vader", "auto’s en foto’s van Asha’s vader"),
        ("Hans' brief", "Hans’ brief"),
        ("sinds '90", "sinds ’90"),
        ("hij zei 'ja' en 'nee'.", "hij zei ‘ja’ en ‘nee’."),
        ("de motie 'Taal eerst' (nr. 5)", "de motie ‘Taal eerst’ (nr.~5)"),
        ('het programma "Taal voor het leven".', "het programma “Taal voor het leven”."),
        ("(\"ja, 'wel' hoor\")", "(“ja, ‘wel’ hoor”)"),
        ("de foto's van 'thuis'", "de foto’s van ‘thuis’"),
        ("een scherm van 5\" en 6'", "een scherm van 5\" en 6'"),
        ('een los " teken', 'een los " teken'),
        ("al ‘goed’ en “goed”", "al ‘goed’ en “goed”"),
    ],
)
def test_text_as_it_is_printed(typed: str, printed: str) -> None:
    assert typeset(typed).replace("\u00a0", "~") == printed


@given(st.text(alphabet="ab s9'\"’ ().,-€\n", max_size=40))
def test_no_text_changes_but_for_spaces_and_marks(text: str) -> None:
    printed = typeset(text)
    assert len(printed) == len(text)
    assert normal(printed) == normal(text)


def test_a_quotation_may_begin_in_one_style_and_end_in_another() -> None:
    line: tuple[Inline, ...] = (Text('Het heet "'), Text("Taal", bold=True), Note((Text("'Zie' daar."),)), Text('" nu'))
    assert "".join(inline.text for inline in printed_line(line) if isinstance(inline, Text)) == "Het heet “Taal” nu"


def test_numbers_and_amounts() -> None:
    assert [number(1234.5), number(-3), amount(20_000_000), amount(0.5)] == [
        "1.234,5",
        "-3",
        "€\u00a020.000.000",
        "€\u00a00,50",
    ]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (44.5, "44,5"),
        (-3_400_000.0, "-3.400.000"),
        (20e9, "20~mld."),
        (-1.25e13, "-12,5~bln."),
        (1.5e15, "1,5E15"),
        (2e300, "2E300"),
    ],
)
def test_a_number_for_a_narrow_place(value: float, printed: str) -> None:
    assert short(value).replace("\u00a0", "~") == printed


def test_a_number_of_any_size_is_written_out() -> None:
    assert number(1e25) == "10.000.000.000.000.000.000.000.000"
    assert amount(1e25) == "€\u00a010.000.000.000.000.000.000.000.000"
