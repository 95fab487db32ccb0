"""How references are printed, linked and named, as tables: what is typed and what comes out."""

from __future__ import annotations

import pytest

from flows.kamerstuk.citation import cite, identifiers, link, pieces
from flows.kamerstuk.grammar import parse
from flows.model.reference import Citeerwijze, Kamer, Piece, Reference, Soort

PRINTED = [
    ("TK 2009-2010, 27 858 nr. 88, blz. 3", "Kamerstukken II 2009/10, 27858, nr. 88, p. 3"),
    ("EK, vergaderjaar 2008-2009, 31700VI, D, pag. 4", "Kamerstukken I 2008/09, 31700 VI, D, p. 4"),
    ("Bijlage bij TK 2015-2016, 34 389 nr 9", "Bijlage bij Kamerstukken II 2015/16, 34389, nr. 9"),
    (
        "TK 1988/89, 21 227, nr. 3 (bijlage IV), blz. 21",
        "Bijlage IV bij Kamerstukken II 1988/89, 21227, nr. 3, p. 21",
    ),
    ("wetsvoorstel 31 945", "Kamerstukken 31945"),
    ("21 501-02 nr 2377", "Kamerstukken 21501-02, nr. 2377"),
    ("TK 1999-2000, 26 410, nr. 3", "Kamerstukken II 1999/2000, 26410, nr. 3"),
    ("Kamerstukken II, 1993/1994-1996/1997, 23 761", "Kamerstukken II 1993/94-1996/97, 23761"),
    ("Kamerstukken II, 26 834 nr. 24", "Kamerstukken II 26834, nr. 24"),
    ("Kamerstukken 2009-2010, 32 123-XVI nr. 12", "Kamerstukken 2009/10, 32123 XVI, nr. 12"),
    ("Kamerstuk 29 544, nr. 38 en nr. 67", "Kamerstukken 29544, nrs. 38 en 67"),
    ("TK 2007-2008, 29 544, nr. 126 en 149; 190", "Kamerstukken II 2007/08, 29544, nrs. 126, 149 en 190"),
    ("Kamerstuk 29 544, nr. 1 t/m 3 en 7", "Kamerstukken 29544, nrs. 1-3 en 7"),
    ("Kamerstuk 29 544, nr. 7 en nr. A", "Kamerstukken 29544, nrs. 7 en nr. A"),
    ("TK 1980-1981, 16 400 A, nr. 3", "Kamerstukken II 1980/81, 16400 A, nr. 3"),
    ("TK 1980-1981, 16 401 A, nr. 3", "Kamerstukken II 1980/81, 16401 hoofdstuk A, nr. 3"),
    ("Kamerstukken I 33 400, nr. IX", "Kamerstukken I 33400, nr. IX"),
    ("Kamerstuk 29 544, nrs. 1, 2 en 3", "Kamerstukken 29544, nrs. 1, 2 en 3"),
    ("EK 2012-2013, 33 400 XV, A tot en met C", "Kamerstukken I 2012/13, 33400 XV, A-C"),
    ("Kamerstukken I, 26 727/26 728 nr. 202a", "Kamerstukken I 26727 en 26728, nr. 202a"),
    ("Kamerstuk 34 356 (R 2064) nr. 3", "Kamerstukken 34356 (R2064), nr. 3"),
    ("Hand. TK 2007-2008, nr. 108, blz. 7909-7943", "Handelingen II 2007/08, nr. 108, p. 7909-7943"),
    ("Hand. II 2010/11, 108-5-25", "Handelingen II 2010/11, nr. 108, item 5, p. 25"),
    ("Handelingen I 2012/13, 32 044, p. 23-3-5", "Handelingen I 2012/13, 32044, nr. 23, item 3, p. 5"),
    (
        "Tweede Kamer, 2014-2015, Aanhangsel van de Handelingen nr 1241",
        "Aanhangsel Handelingen II 2014/15, nr. 1241",
    ),
    ("Staatsblad 2011 nr. 35", "Stb. 2011, 35"),
    ("Stb. 2001, 580 en 581", "Stb. 2001, 580 en 581"),
    ("Staatscourant van 8 augustus 1997 (nr. 150)", "Stcrt. 1997, 150"),
    ("Tractatenblad 2008, no. 175", "Trb. 2008, 175"),
    ("ECLI:NL:HR:2010:BL7965", "ECLI:NL:HR:2010:BL7965"),
    ("COM(94) 515", "COM(94) 515"),
    ("2013Z12345", "2013Z12345"),
    ("https://zoek.officielebekendmakingen.nl/kst-32824-305.html", "kst-32824-305"),
    ("PM  kamerstuknummer", "PM kamerstuknummer"),
    # malformed or contradictory: as written
    ("TK  2013-2013, 32 824,\nnr. 7", "TK 2013-2013, 32 824, nr. 7"),
    ("Kamerstukken II 2005/06, 30 3024, nr. 3", "Kamerstukken II 2005/06, 30 3024, nr. 3"),
    ("TK 2008-2009, 31439 nr A", "TK 2008-2009, 31439 nr A"),
    ("Stb. 330", "Stb. 330"),
    ("Handelingen TK, 12 juni 2013", "Handelingen TK, 12 juni 2013"),
    ("Handelingen UCV 1988/89, nr. 26, blz. 50", "Handelingen UCV 1988/89, nr. 26, blz. 50"),
]


@pytest.mark.parametrize(("typed", "printed"), PRINTED)
def test_the_official_form(typed: str, printed: str) -> None:
    (ref,) = parse(typed)
    assert cite(ref, Citeerwijze.OFFICIEEL) == printed


def test_the_house_style_puts_a_hard_space_in_the_dossier() -> None:
    (ref,) = parse("TK 2012-2013, 33400XV, nr. 105")
    assert cite(ref, Citeerwijze.HUISSTIJL) == "Kamerstukken II 2012/13, 33\u00a0400 XV, nr. 105"


IDENTIFIERS = [
    ("TK 2012-2013, 32 824, nr. 305", ["kst-32824-305"]),
    ("33 400 XV, nr. 105", ["kst-33400-XV-105"]),
    ("21 501-02, nr. 9", ["kst-21501-02-9"]),
    ("34 356 (R2064), nr. 3", ["kst-34356-3"]),
    ("Kamerstuk 29 544, nrs. 1-3", ["kst-29544-1", "kst-29544-2", "kst-29544-3"]),
    ("Kamerstukken 31945", []),
    # before 1995, or perhaps so
    ("TK 1993-1994, 23 638, nr. 6", []),
    ("TK 1994-1995, 23 638, nr. 6", ["kst-23638-6"]),
    ("Kamerstuk 19 637, nr. 6", []),
    ("Kamerstuk 19 637, nr. 1606", ["kst-19637-1606"]),
    # the Eerste Kamer put the vergaderjaar before the dossier until 2009-2010
    ("EK 1999-2000, 26 727, nr. 202a", ["kst-19992000-26727-202a"]),
    ("EK 2008-2009, 31 700 VI, D", ["kst-20082009-31700-VI-D"]),
    ("EK 2009-2010, 32 123 VI, D", ["kst-20092010-32123-VI-D"]),
    ("EK 2009-2010, 32 260, A", ["kst-32260-A"]),
    ("EK 2012-2013, 31 929, H", ["kst-31929-H"]),
    ("EK 33 290, I", ["kst-33290-I"]),
    ("EK 31 439, A", []),
    ("Kamerstukken I, 26 727, nr. 202a", []),
    ("Kamerstukken I 2014/15, CXIX, A", ["kst-CXIX-A"]),
    # the paper is certain although the chamber contradicts its letter; elsewhere it is not
    ("TK 2008-2009, 31439 nr A", ["kst-20082009-31439-A"]),
    ("TK 1999-2000, 27 000, A", ["kst-27000-A"]),
    ("Kamerstukken I/II 2009/10, 27858, nr. 3", []),
    ("Kamerstukken II 2005/06, 30 3024, nr. 3", []),
    ("Aanhangsel Handelingen II 2012/13, nr. 1835", ["ah-tk-20122013-1835"]),
    ("Aanhangsel Handelingen I 2012/13, nr. 3", ["ah-ek-20122013-3"]),
    ("Aanhangsel van de Handelingen 2023-2024, nr. 76", ["ah-tk-20232024-76"]),
    ("Handelingen II 2007/08, nr. 70, p. 4709-4713", ["h-tk-20072008-4709-4713"]),
    ("Handelingen II 2007/08, nr. 70, p. 4867", []),
    ("Handelingen II 2009/10, nr. 39, p. 3830-3838", ["h-tk-20092010-39-3830"]),
    ("Handelingen II 2016/17, nr. 66, item 6, p. 2", ["h-tk-20162017-66-6"]),
    ("Stb. 2011, 35", ["stb-2011-35"]),
    ("Stb. 1952, 496", []),
    ("Stcrt. 2015, 10247", ["stcrt-2015-10247"]),
    ("Stcrt. 2009, 12345", ["stcrt-2009-12345"]),
    ("Stcrt. 2009, 80", []),
    ("Stcrt. 2000, 163", []),
    ("Trb. 2008, 175", ["trb-2008-175"]),
    ("kst-32824-305", ["kst-32824-305"]),
    ("2013Z12345", []),
    ("ECLI:NL:HR:2010:BL7965", []),
]


@pytest.mark.parametrize(("typed", "expected"), IDENTIFIERS)
def test_identifiers(typed: str, expected: list[str]) -> None:
    (ref,) = parse(typed)
    assert list(identifiers(ref)) == expected


def test_the_address_of_an_identifier() -> None:
    assert link("kst-32824-305") == "https://zoek.officielebekendmakingen.nl/kst-32824-305.html"


def test_one_number_links_the_whole_citation() -> None:
    (ref,) = parse("TK 2009-2010, 27 858 nr. 88, blz. 3")
    assert pieces(ref, Citeerwijze.OFFICIEEL) == (
        Piece("Kamerstukken II 2009/10, 27858, nr. 88, p. 3", link("kst-27858-88")),
    )


def test_each_of_several_numbers_has_its_own_link() -> None:
    (ref,) = parse("TK 2012-2013, 29 544, nr. 38 en 67, p. 3")
    assert pieces(ref, Citeerwijze.OFFICIEEL) == (
        Piece("Kamerstukken II 2012/13, 29544, nrs. 38", link("kst-29544-38")),
        Piece(" en "),
        Piece("67", link("kst-29544-67")),
        Piece(", p. 3"),
    )


def test_a_contradictory_reference_is_linked_where_the_paper_is_certain() -> None:
    (ref,) = parse("TK 2008-2009, 31439 nr A")
    assert pieces(ref) == (Piece("TK 2008-2009, 31439 nr A", link("kst-20082009-31439-A")),)


def test_a_reference_made_by_hand_prints_too() -> None:
    ref = Reference(
        Soort.KAMERSTUK,
        (0, 1),
        "x",
        chamber=Kamer.TWEEDE,
        dossier="32824",
        nummers=("1", "2", "3"),
    )
    assert cite(ref) == "Kamerstukken II 32824, nrs. 1, 2 en 3"
