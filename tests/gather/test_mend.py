"""Letters that were read in the wrong encoding, and text that only looks like it."""

import pytest

from flows.gather.mend import mend

GARBLED = [
    ("casuĂŻstiek", "casuïstiek"),
    ("Ă©n", "én"),
    ("Ã©Ã©n", "één"),
    ("patiĂ«nten", "patiënten"),
    ("coÃ¶peratie", "coöperatie"),
    ("FinanciÃ«n", "Financiën"),
    ("EuropÃ©enne", "Européenne"),
    ("gemeenteâ€™s", "gemeente’s"),
    ("2013â€“2016", "2013–2016"),
    ("â€œcitaatâ€\x9d", "“citaat”"),
    ("â€ściteerâ€ť", "“citeer”"),
    ("â‚¬ 20 mln", "€ 20 mln"),
    ("Â§ 3, 10 mÂ²", "§ 3, 10 m²"),
    ("\u00c3\u0083\u00c2\u00a9n", "én"),
    ("ReĂ«el, naÃ¯ef en Ă©Ă©n", "Reëel, naïef en één"),
]
RIGHT = [
    "casuïstiek", "één", "São Paulo", "Ångström", "PĂŞUNE", "BĂNEASA", "Łódź", "Oekraïne", "à la carte", "Âme", "İstanbul",
    "‘citaat’ – “citaat”…", "€ 20", "Ă", "Ã", "VÂNĂTOR", "château", "plain",
]  # fmt: skip


@pytest.mark.parametrize(("garbled", "meant"), GARBLED)
def test_what_can_be_nothing_else_is_mended(garbled: str, meant: str) -> None:
    assert mend(garbled) == meant


@pytest.mark.parametrize("text", RIGHT)
def test_text_that_is_right_is_not_touched(text: str) -> None:
    assert mend(text) == text
