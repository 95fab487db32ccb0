"""What is a reference and what is not, as a table: a text and the references in it.

A reference is written down as `kind chamber vergaderjaren dossier-suffix nummers p. pages`, as far as given,
its flags last.
"""

from __future__ import annotations

import pytest

from flows.kamerstuk.grammar import parse
from flows.model.reference import Reference

NO_HEAD = "zonder-kamer zonder-vergaderjaar"


def summary(ref: Reference) -> str:
    """The parts of a reference on one line."""
    dossier = "-".join(part for part in (ref.dossier, ref.suffix) if part)
    parts = [
        "bijlage " + (ref.bijlagenummer or "") if ref.bijlage else "",
        ref.kind.value,
        ref.chamber or "",
        "+".join(ref.vergaderjaren),
        ref.jaar or "",
        "+".join([dossier, *ref.co_dossiers]),
        ref.rijkswet or "",
        "nr. " + ",".join(ref.nummers) if ref.nummers else "",
        f"vergadering {ref.vergadering}" if ref.vergadering else "",
        f"item {ref.item}" if ref.item else "",
        "p. " + ",".join(ref.pages) if ref.pages else "",
        ref.ident or "",
        f"[{' '.join(ref.flags)}]" if ref.flags else "",
    ]
    return " ".join(part.strip() for part in parts if part)


KAMERSTUKKEN = [
    # the chamber
    ("Kamerstukken II 2009/10, 27858, nr. 88, p. 3", "kamerstuk II 2009-2010 27858 nr. 88 p. 3"),
    ("Kamerstukken II2009/10, 27858, nr.88", "kamerstuk II 2009-2010 27858 nr. 88"),
    ("KamerstukkenII 2009/10, 27858, nr.88", "kamerstuk II 2009-2010 27858 nr. 88"),
    ("TK 2009-2010, 27858, nr. 88", "kamerstuk II 2009-2010 27858 nr. 88"),
    ("T.K. 1976-1977, 14 100, nr. 2", "kamerstuk II 1976-1977 14100 nr. 2"),
    ("EK 2012-2013, 33 290, A", "kamerstuk I 2012-2013 33290 nr. A"),
    ("Tweede Kamer, vergaderjaar 2009-2010, 27 858 nr. 88", "kamerstuk II 2009-2010 27858 nr. 88"),
    ("Tweede Kamer der Staten-Generaal, 2009-2010, 27 858, nr. 88", "kamerstuk II 2009-2010 27858 nr. 88"),
    (
        "Tweede Kamer, vergaderjaar 2009-2010, Kamerstukken II, 27 858, nr.88",
        "kamerstuk II 2009-2010 27858 nr. 88",
    ),
    ("Tweede Kamer, vergaderjaar 2009-2010, Kamerstuk 27 858 nr. 88", "kamerstuk II 2009-2010 27858 nr. 88"),
    ("Tweede Kamer (vergaderjaar 2009-2010), 27 858, nr. 88", "kamerstuk II 2009-2010 27858 nr. 88"),
    ("Tweede Kamer der Staten-Generaal | 2009-2010 | 27858 nr. 88", "kamerstuk II 2009-2010 27858 nr. 88"),
    ("Kamerstukken (II) 2009/10, 27858, nr. 88", "kamerstuk II 2009-2010 27858 nr. 88"),
    ("Bijl. Hand. II 1984/85, 18 815, nr. 3", "kamerstuk II 1984-1985 18815 nr. 3"),
    (
        "Bijlagen van de Handelingen der Tweede Kamer 1984-1985, 18 815, nr. 3",
        "kamerstuk II 1984-1985 18815 nr. 3",
    ),
    ("Kamerstukken VV 2012/13, 33 333, nr. 1", "kamerstuk VV 2012-2013 33333 nr. 1"),
    ("Kamerstukken 2009-2010, 32 123 XVI, nr 12", "kamerstuk 2009-2010 32123-XVI nr. 12 [zonder-kamer]"),
    ("Kamerstuk 27 858, nr. 88", f"kamerstuk 27858 nr. 88 [{NO_HEAD}]"),
    ("TK 29 628 / nr. 375", "kamerstuk II 29628 nr. 375 [zonder-vergaderjaar]"),
    ("Kamerstukken 2, 2009-2010, 27858, 88", "kamerstuk II 2009-2010 27858 nr. 88"),
    ("Kamerstukken 11, 2009/2010, 27858, nr. 88", "kamerstuk 2009-2010 27858 nr. 88 [kamer-onleesbaar]"),
    ("Kamerstukken I+II 2009/10, 27858", "kamerstuk 2009-2010 27858 [kamer-tegenstrijdig zonder-nummer]"),
    ("Kamerstukken I/II 2009/10, 27858", "kamerstuk 2009-2010 27858 [kamer-tegenstrijdig zonder-nummer]"),
    ("Tweede Kamer der Staten Generaal 2009-2010, 27858, nr. 88", "kamerstuk II 2009-2010 27858 nr. 88"),
    ("Kamerstukken 2009/10 II, 27858, nr. 88", "kamerstuk II 2009-2010 27858 nr. 88"),
    ("Kamerstuk 27858, nr. 88 (Tweede Kamer, vergaderjaar 2009-2010)", "kamerstuk II 2009-2010 27858 nr. 88"),
    # the year
    ("Kamerstukken II 2012–2013, 27858, nr. 88", "kamerstuk II 2012-2013 27858 nr. 88"),
    ("Kamerstukken II 2012/2013, 27858, nr. 88", "kamerstuk II 2012-2013 27858 nr. 88"),
    ("Kamerstukken II 1999/00, 26 410, nrs. 1-2, blz. 3", "kamerstuk II 1999-2000 26410 nr. 1,2 p. 3"),
    ("Kamerstukken II 1999/2000, 26 410", "kamerstuk II 1999-2000 26410 [zonder-nummer]"),
    ("TK 08-09, 31700 VI, nr. 3", "kamerstuk II 2008-2009 31700-VI nr. 3"),
    ("Zitting 1958-1959, 5380, nr. 3", "kamerstuk 1958-1959 5380 nr. 3 [zonder-kamer]"),
    ("Kamerstukken II 1958/59, 5 380, nr. 3", "kamerstuk II 1958-1959 5380 nr. 3"),
    ("Kamerstukken II 1993/94-1996/97, 23761", "kamerstuk II 1993-1994+1996-1997 23761 [zonder-nummer]"),
    ("Kamerstukken II, 9 september 2013, 32 824, nr. 34", "kamerstuk II 32824 nr. 34 [zonder-vergaderjaar]"),
    ("Kamerstuk 31 268 (vergaderjaar 2011-2012), nr. 57", "kamerstuk 2011-2012 31268 nr. 57 [zonder-kamer]"),
    ("Kamerstuk 31 268, nr. 57 (vergaderjaar 2011-2012)", "kamerstuk 2011-2012 31268 nr. 57 [zonder-kamer]"),
    ("2012-2013, 32 824, nr. 7", "kamerstuk 2012-2013 32824 nr. 7 [zonder-kamer]"),
    ("Kamerstukken II, 1985/- 86, 19 321, nr. 6", "kamerstuk II 1985-1986 19321 nr. 6"),
    ("Kamerstukken II, Zitting 1958-1959-5380, Nr. 3", "kamerstuk II 1958-1959 5380 nr. 3"),
    (
        "Kamerstukken II 1999/2000, 2000/2001, 27 061",
        "kamerstuk II 1999-2000+2000-2001 27061 [zonder-nummer]",
    ),
    ("TK 2013-2013, 32 824, nr. 7", "kamerstuk II 32824 nr. 7 [vergaderjaar-ongeldig]"),
    ("Kamerstukken II 2013, 32 824, nr. 7", "kamerstuk II 32824 nr. 7 [vergaderjaar-ongeldig]"),
    # the dossier
    ("Kamerstuk 33.610, nr. 7", f"kamerstuk 33610 nr. 7 [{NO_HEAD}]"),
    ("Kamerstuk 32\u00a0824, nr.\u00a07", f"kamerstuk 32824 nr. 7 [{NO_HEAD}]"),
    ("Kamerstuk 32\n824, nr.\n7", f"kamerstuk 32824 nr. 7 [{NO_HEAD}]"),
    ("Kamerstukken TK 32-824, nr. 7", "kamerstuk II 32824 nr. 7 [zonder-vergaderjaar]"),
    ("Kamerstukken TK 33-400 XV nr 105", "kamerstuk II 33400-XV nr. 105 [zonder-vergaderjaar]"),
    ("Kamerstukken II, 2012/13, 33400.XV, 105", "kamerstuk II 2012-2013 33400-XV nr. 105"),
    ("29684-I-3", f"kamerstuk 29684-I nr. 3 [{NO_HEAD}]"),
    ("Kamerstukken I, 1969-1970, 9495,9496, blz. 12", "kamerstuk I 1969-1970 9495+9496 p. 12 [zonder-nummer]"),
    ("Kamerstukken I 2004/05, 29 871 e.a., D", "kamerstuk I 2004-2005 29871 nr. D"),
    ("33 400XV, nr. 105", f"kamerstuk 33400-XV nr. 105 [{NO_HEAD}]"),
    ("Kamerstuk 34950-XV", f"kamerstuk 34950-XV [{NO_HEAD} zonder-nummer]"),
    ("Kamerstuk 33400-XV-105", f"kamerstuk 33400-XV nr. 105 [{NO_HEAD}]"),
    ("Kamerstukken II 2005/06, 30 300, XVI, nr. 90", "kamerstuk II 2005-2006 30300-XVI nr. 90"),
    ("Kamerstukken II 1990/91, 21 800 IX B, nr. 3", "kamerstuk II 1990-1991 21800-IXB nr. 3"),
    ("Kamerstukken II 1986/87, 19 700 hoofdstuk XV, nr. 50", "kamerstuk II 1986-1987 19700-XV nr. 50"),
    ("Kamerstuk 35300-A, nr. 4", f"kamerstuk 35300-A nr. 4 [{NO_HEAD}]"),
    ("Kamerstuk 35 300 A", f"kamerstuk 35300-A [{NO_HEAD} zonder-nummer]"),
    ("Kamerstuk 31 439 A", f"kamerstuk 31439 nr. A [{NO_HEAD}]"),
    ("21 501-02, nr. 2377", f"kamerstuk 21501-02 nr. 2377 [{NO_HEAD}]"),
    ("21501-32-1740", f"kamerstuk 21501-32 nr. 1740 [{NO_HEAD}]"),
    ("21 501, 02, nr. 2377", f"kamerstuk 21501-02 nr. 2377 [{NO_HEAD}]"),
    ("Kamerstukken II, 2013–2014, 31 322-255", "kamerstuk II 2013-2014 31322 nr. 255"),
    ("34 356 (R2064), nr. 3", f"kamerstuk 34356 R2064 nr. 3 [{NO_HEAD}]"),
    ("34 356 (R.2064), nr. 3", f"kamerstuk 34356 R2064 nr. 3 [{NO_HEAD}]"),
    ("Kamerstukken II 1979/80, 16 034 (R 1133), nrs. 1-4", "kamerstuk II 1979-1980 16034 R1133 nr. 1,2,3,4"),
    ("32 824 en 29 279, nr. 7", f"kamerstuk 32824+29279 nr. 7 [{NO_HEAD}]"),
    ("26 643/32 761, nr. 75", f"kamerstuk 26643+32761 nr. 75 [{NO_HEAD}]"),
    ("26 643 + 32 761, nr. 75", f"kamerstuk 26643+32761 nr. 75 [{NO_HEAD}]"),
    (
        "Kamerstukken II 2010/11, 30 100, 30 101 en 30 102, nr. 7",
        "kamerstuk II 2010-2011 30100+30101+30102 nr. 7",
    ),
    ("Kamerstukken 31945", f"kamerstuk 31945 [{NO_HEAD} zonder-nummer]"),
    ("Kamerstukken: 30306", f"kamerstuk 30306 [{NO_HEAD} zonder-nummer]"),
    ("voorstel van wet (31 568)", f"kamerstuk 31568 [{NO_HEAD} zonder-nummer]"),
    ("Tweede Kamer, 1997-1998, dossiernr. 25 927, nr. 3", "kamerstuk II 1997-1998 25927 nr. 3"),
    ("wetsvoorstel (31 568)", f"kamerstuk 31568 [{NO_HEAD} zonder-nummer]"),
    ("Kamerstukken I 2014/15, CXIX, A", "kamerstuk I 2014-2015 CXIX nr. A"),
    ("Kamerstukken II 2005/06, 30 3024, nr. 3", "kamerstuk II 2005-2006 nr. 3 [dossier-onleesbaar]"),
    ("Kamerstukken II 2012/13, 328240, nr. 3", "kamerstuk II 2012-2013 nr. 3 [dossier-onleesbaar]"),
    ("Kamerstukken II 2012/13, nr. 457", "kamerstuk II 2012-2013 nr. 457 [zonder-dossier]"),
    # the number
    ("Kamerstuk 27 858, nr 190", f"kamerstuk 27858 nr. 190 [{NO_HEAD}]"),
    ("Kamerstuk 27 858, nummer 190", f"kamerstuk 27858 nr. 190 [{NO_HEAD}]"),
    ("Kamerstuk 27 858, stuk nr. 190", f"kamerstuk 27858 nr. 190 [{NO_HEAD}]"),
    ("Kamerstukken II 2012/13, 29 544, 457", "kamerstuk II 2012-2013 29544 nr. 457"),
    ("Kamerstukken II 2012/13, 29 544, nrs. 1–3", "kamerstuk II 2012-2013 29544 nr. 1,2,3"),
    ("Kamerstukken II 2012/13, 29 544, nrs. 1 t/m 3", "kamerstuk II 2012-2013 29544 nr. 1,2,3"),
    ("Kamerstuk 27 858, nr. 1 t/m nr. 3", f"kamerstuk 27858 nr. 1,2,3 [{NO_HEAD}]"),
    ("Kamerstukken II, 27 858 22", "kamerstuk II 27858 nr. 22 [zonder-vergaderjaar]"),
    ("Kamerstuk 27 858, nr. 38 en 67", f"kamerstuk 27858 nr. 38,67 [{NO_HEAD}]"),
    ("Kamerstuk 27 858, nr. 38 en nr. 67", f"kamerstuk 27858 nr. 38,67 [{NO_HEAD}]"),
    ("Kamerstuk 27 858, nr. 38 + 67", f"kamerstuk 27858 nr. 38,67 [{NO_HEAD}]"),
    ("Kamerstuk 27 858, nr's 38 en 67", f"kamerstuk 27858 nr. 38,67 [{NO_HEAD}]"),
    ("Kamerstuk 27 858, n\u00ba. 38", f"kamerstuk 27858 nr. 38 [{NO_HEAD}]"),
    ("Kamerstukken I 2012/13, 33 290, letter C, P. 4", "kamerstuk I 2012-2013 33290 nr. C p. 4"),
    ("Kamerstukken I 2012/13, 33 290, A/B", "kamerstuk I 2012-2013 33290 nr. A,B"),
    ("Kamerstukken I 2012/13, 33 290, (A)", "kamerstuk I 2012-2013 33290 nr. A"),
    ("TK 2007-2008, 29544, nr. 126 en 149; 190", "kamerstuk II 2007-2008 29544 nr. 126,149,190"),
    ("Kamerstukken I 2002/03, 28 000, nr. 11b en d", "kamerstuk I 2002-2003 28000 nr. 11b,11d"),
    ("Kamerstukken I 2000/2001, 26 855 (250, 250a)", "kamerstuk I 2000-2001 26855 nr. 250,250a"),
    ("Kamerstukken I 2008/09, 31700 VI, D, p. 4", "kamerstuk I 2008-2009 31700-VI nr. D p. 4"),
    ("Kamerstukken I 2012/13, 33 400 XV, A t/m C", "kamerstuk I 2012-2013 33400-XV nr. A,B,C"),
    ("kamerstuk EK 33.290, I", "kamerstuk I 33290 nr. I [zonder-vergaderjaar]"),
    ("Kamerstukken 33 000, I", f"kamerstuk 33000 nr. I [{NO_HEAD}]"),
    ("35 570, C", f"kamerstuk 35570 nr. C [{NO_HEAD}]"),
    ("35526 25295, CG", f"kamerstuk 35526+25295 nr. CG [{NO_HEAD}]"),
    ("TK 2008-2009, 31439 nr A", "kamerstuk II 2008-2009 31439 nr. A [letter-in-tweede-kamer]"),
    ("Kamerstukken II 1999/2000, 27 000, A", "kamerstuk II 1999-2000 27000 nr. A"),
    ("Kamerstukken I 2012/13, 33 000, nr. 3", "kamerstuk I 2012-2013 33000 nr. 3 [cijfer-in-eerste-kamer]"),
    ("nr. 266 (32824)", f"kamerstuk 32824 nr. 266 [{NO_HEAD}]"),
    ("TK 2012-2013, nr. 266 (32 824)", "kamerstuk II 2012-2013 32824 nr. 266"),
    ("Kamerstukken II 2013/14, 32 824, nr. PM", "kamerstuk II 2013-2014 32824 [nummer-onleesbaar]"),
    ("Kamerstukken II 2013/14, 32 824, nr. ...", "kamerstuk II 2013-2014 32824 [nummer-onleesbaar]"),
    ("Kamerstukken II 2013/14, 32 824, nr. 9-3", "kamerstuk II 2013-2014 32824 [nummer-onleesbaar]"),
    ("29628-77", f"kamerstuk 29628 nr. 77 [{NO_HEAD}]"),
    # pages, annexes and what stands between
    (
        "Kamerstukken II 2008-2009, 31 560, nr. 6, p. 17, 19-22",
        "kamerstuk II 2008-2009 31560 nr. 6 p. 17,19-22",
    ),
    ("Kamerstuk 27 858, nr. 3, blz. 50 e.v.", f"kamerstuk 27858 nr. 3 p. 50 e.v. [{NO_HEAD}]"),
    ("Kamerstuk 27 858, nr. 3 pag 50 e v.", f"kamerstuk 27858 nr. 3 p. 50 e.v. [{NO_HEAD}]"),
    ("Kamerstuk 27 858, nr. 3, p. 50 vv.", f"kamerstuk 27858 nr. 3 p. 50 e.v. [{NO_HEAD}]"),
    ("Kamerstuk 27 858, nr. 3, blz. 5 resp. 6", f"kamerstuk 27858 nr. 3 p. 5,6 [{NO_HEAD}]"),
    ("Kamerstuk 27 858, nr. 3 / pag. 69/70", f"kamerstuk 27858 nr. 3 p. 69-70 [{NO_HEAD}]"),
    ("Kamerstuk 27 858, nr. 3, par. 4.2, p. 50", f"kamerstuk 27858 nr. 3 p. 50 [{NO_HEAD}]"),
    ("Kamerstuk 27 858, nr. 3, bladzijde 50", f"kamerstuk 27858 nr. 3 p. 50 [{NO_HEAD}]"),
    ("Kamerstuk 27 858, nr. 3, pagina's 5 en 6", f"kamerstuk 27858 nr. 3 p. 5,6 [{NO_HEAD}]"),
    ("Kamerstukken II 2012/13, 32 824, nr. 7 (MvT), p. 5", "kamerstuk II 2012-2013 32824 nr. 7 p. 5"),
    (
        "Kamerstukken II 2007/08, 31 386, nr. 3, Memorie van Toelichting, pag. 10",
        "kamerstuk II 2007-2008 31386 nr. 3 p. 10",
    ),
    ("TK vergaderjaar 1998–1999, 26691, MvA", "kamerstuk II 1998-1999 26691 [zonder-nummer]"),
    ("Bijlage bij Kamerstukken II 2015/16, 34389, nr. 9", "bijlage kamerstuk II 2015-2016 34389 nr. 9"),
    ("Bijlage bij de Kamerstukken II 2015/16, 34389, nr. 9", "bijlage kamerstuk II 2015-2016 34389 nr. 9"),
    (
        "Kamerstuk 34389, nr. 9, bijlage (vergaderjaar 2015-2016)",
        "bijlage kamerstuk 2015-2016 34389 nr. 9 [zonder-kamer]",
    ),
    ("Bijl. 1 van Kamerstukken II 2015/16, 34389, nr. 9", "bijlage 1 kamerstuk II 2015-2016 34389 nr. 9"),
    ("Kamerstukken II 2015/16, 34389, bijlage bij nr. 9", "bijlage kamerstuk II 2015-2016 34389 nr. 9"),
    ("Kamerstukken II 2015/16, 34389, nr. 9 - bijlage 1", "bijlage 1 kamerstuk II 2015-2016 34389 nr. 9"),
    (
        "Kamerstukken II 1988/89, 21 227, nr. 3 (bijlage IV), blz. 21",
        "bijlage IV kamerstuk II 1988-1989 21227 nr. 3 p. 21",
    ),
]

OTHER_KINDS = [
    (
        "Handelingen II 2007/08, nr. 108, p. 7909-7943",
        "handelingen II 2007-2008 vergadering 108 p. 7909-7943",
    ),
    (
        "Handelingen II 2010/11, nr. 108, item 5, p. 25-36",
        "handelingen II 2010-2011 vergadering 108 item 5 p. 25-36",
    ),
    ("Hand. II 2012/13, 45, item 7, p. 12", "handelingen II 2012-2013 vergadering 45 item 7 p. 12"),
    (
        "Handelingen der Staten-Generaal II 1997/98, p. 3456",
        "handelingen II 1997-1998 p. 3456 [zonder-nummer]",
    ),
    (
        "Handelingen TK 17-1233 t/m 17-1252",
        "handelingen II vergadering 17 p. 1233-1252 [zonder-vergaderjaar]",
    ),
    ("Handelingen Tweede Kamer 2004-2005, blz. 39-2549", "handelingen II 2004-2005 vergadering 39 p. 2549"),
    ("Handelingen II 2007/08, p. 108-7909-7943", "handelingen II 2007-2008 vergadering 108 p. 7909-7943"),
    ("Handelingen II 2007/08, 108-7909/7943", "handelingen II 2007-2008 vergadering 108 p. 7909-7943"),
    ("Handelingen II, 1988/89, blz. 39-2410 en 2435", "handelingen II 1988-1989 vergadering 39 p. 2410,2435"),
    ("Handelingen I, 1996-1997, nr. 228b, p. 4", "handelingen I 1996-1997 vergadering 228b p. 4"),
    ("Handelingen I 2012/13, 32 044, p. 23-3-5", "handelingen I 2012-2013 32044 vergadering 23 item 3 p. 5"),
    ("TK Handelingen 2012-2013, 45-7-12", "handelingen II 2012-2013 vergadering 45 item 7 p. 12"),
    ("HTK 1997-1998, p. 2345", "handelingen II 1997-1998 p. 2345 [zonder-nummer]"),
    (
        "Handelingen UCV, 1988/89, nr. 26, blz. 50 en 53",
        "handelingen 1988-1989 vergadering 26 p. 50,53 [commissievergadering zonder-kamer]",
    ),
    ("Aanhangsel Handelingen II 2014/15, nr. 1241", "aanhangsel II 2014-2015 nr. 1241"),
    (
        "Aanhangsel van de Handelingen, vergaderjaar 2023–2024, nr. 76 (2023D39037)",
        "aanhangsel 2023-2024 nr. 76",
    ),
    (
        "Tweede Kamer, 1994–1995, Aanhangsel Handelingen pag. 839 en 840",
        "aanhangsel II 1994-1995 p. 839,840 [zonder-nummer]",
    ),
    ("Kamervragen (Aanhangsel) 2005–2006, nr. 445", "aanhangsel 2005-2006 nr. 445"),
    ("Aanhangsel Handelingen II, nr. 445, vergaderjaar 2005-2006", "aanhangsel II 2005-2006 nr. 445"),
    (
        "Aanhangsel van de Handelingen, nr. 445, Tweede Kamer, vergaderjaar 2005-2006",
        "aanhangsel II 2005-2006 nr. 445",
    ),
    (
        "Aanhangsel tot het Verslag van de Handelingen der Tweede Kamer 1967-1968, nr. 445",
        "aanhangsel II 1967-1968 nr. 445",
    ),
    ("Stb. 2011, 35", "stb 2011 nr. 35"),
    ("Stb.2011,35", "stb 2011 nr. 35"),
    ("Staatsblad 2007, nr. 550, pagina 86", "stb 2007 nr. 550 p. 86"),
    ("Stb. 2001, 580, 581 en 582", "stb 2001 nr. 580,581,582"),
    ("Staatsblad 1952/496", "stb 1952 nr. 496"),
    ("Stb. 1948, K 219", "stb 1948 nr. K 219"),
    ("wet van 7 juni 2006, Stb. 330", "stb 2006 nr. 330"),
    ("besluit van 12 mei 1999, nr. 99.002 (Stb. 215)", "stb 1999 nr. 215"),
    ("Stb. 330", "stb nr. 330 [zonder-jaar]"),
    ("Stb. 123 (2023)", "stb 2023 nr. 123"),
    ("Wet van den 15den April 1891 (Staatsblad n\u00b0. 91)", "stb 1891 nr. 91"),
    ("Wet van 11 april 2013 tot wijziging van het Wetboek van Strafvordering, Stb. 138", "stb 2013 nr. 138"),
    ("brief van 11 april 2013 over het wetboek (Stb. 138)", "stb nr. 138 [zonder-jaar]"),
    (
        "Wet van 11 april 2013 tot wijziging van de wet van 3 maart 1881 ter versobering, Stb. 138",
        "stb nr. 138 [zonder-jaar]",
    ),
    ("Stcrt. 2015, 10247", "stcrt 2015 nr. 10247"),
    ("Staatscourant nr. 2012/4711", "stcrt 2012 nr. 4711"),
    ("Stcrt. 3 januari 2006, nr. 2 / pag. 22", "stcrt 2006 nr. 2 p. 22"),
    ("Staatscourant nr. 163, 24 augustus 2000", "stcrt 2000 nr. 163"),
    ("Stcrt. 2009, nr. 14 082, 5 november 2009", "stcrt 2009 nr. 14082"),
    ("Stcrt. 2024, 12.345", "stcrt 2024 nr. 12345"),
    ("Stcrt. nr. 12345, 2024", "stcrt 2024 nr. 12345"),
    ("Staatscourant van 8 augustus 1997 (nr. 150)", "stcrt 1997 nr. 150"),
    ("Stcrt. 24 augustus 2000, nr. 163", "stcrt 2000 nr. 163"),
    ("Trb. 1951, 154", "trb 1951 nr. 154"),
    ("ECLI:NL:HR:2010:BL7965.", "ecli ECLI:NL:HR:2010:BL7965"),
    ("ecli:nl:hr:2010:bl7965", "ecli ECLI:NL:HR:2010:BL7965"),
    ("COM(94) 515", "eu-com 1994 COM(94) 515"),
    ("COM (2011) 566 def.", "eu-com 2011 COM (2011) 566"),
    ("2013Z12345", "zaak 2013Z12345"),
    ("2009D57210", "document 2009D57210"),
    ("Nummer: 2020D29994", "document 2020D29994"),
    ("kst-32824-305", "ob-id kst-32824-305"),
    ("blg-123456", "ob-id blg-123456"),
    ("ah-tk-20122013-1835", "ob-id ah-tk-20122013-1835"),
    ("AH-TK-20122013-1835", "ob-id ah-tk-20122013-1835"),
    ("h-tk-20072008-4709-4713", "ob-id h-tk-20072008-4709-4713"),
    ("https://zoek.officielebekendmakingen.nl/kst-33400-XV-105.html", "ob-id kst-33400-XV-105"),
    ("PM verwijzing", "placeholder PM verwijzing [verwijzing-volgt]"),
    ("Kamerstuk PM", "placeholder Kamerstuk PM [verwijzing-volgt]"),
    ("Kamerstuk [PM].", "placeholder Kamerstuk [PM] [verwijzing-volgt]"),
    ("PM\nkamerstuknummer", "placeholder PM kamerstuknummer [verwijzing-volgt]"),
]


@pytest.mark.parametrize(("text", "expected"), KAMERSTUKKEN)
def test_a_kamerstuk(text: str, expected: str) -> None:
    (ref,) = parse(text)
    assert (summary(ref), ref.text) == (expected, text)


@pytest.mark.parametrize(("text", "expected"), OTHER_KINDS)
def test_another_kind_of_reference(text: str, expected: str) -> None:
    (ref,) = parse(text)
    assert summary(ref) == expected


SEVERAL = [
    (
        "Kamerstukken II 2013/14, 32 824, nr. 7; 29 544, nr. 457",
        ["kamerstuk II 2013-2014 32824 nr. 7", "kamerstuk II 2013-2014 29544 nr. 457"],
    ),
    (
        "Kamerstukken II 2013/14, 32 824, nr. 7; 2012/13, 29 544, nr. 457",
        ["kamerstuk II 2013-2014 32824 nr. 7", "kamerstuk II 2012-2013 29544 nr. 457"],
    ),
    (
        "Kamerstukken II 2020/21, 35 625, nr. 4, p. 12 en 13, en nr. 6",
        ["kamerstuk II 2020-2021 35625 nr. 4 p. 12,13", "kamerstuk II 2020-2021 35625 nr. 6"],
    ),
    (
        "Kamerstukken I 2005/06, 29 874, D, p. 2-3; E, p. 5",
        ["kamerstuk I 2005-2006 29874 nr. D p. 2-3", "kamerstuk I 2005-2006 29874 nr. E p. 5"],
    ),
    (
        "Kamerstukken II 2020/21, 35570 en Kamerstukken I 2020/21, 35 570, C",
        ["kamerstuk II 2020-2021 35570 [zonder-nummer]", "kamerstuk I 2020-2021 35570 nr. C"],
    ),
    (
        "TK 31 268 nr. 57 en 60 en 29 544, nr. 3",
        [
            "kamerstuk II 31268 nr. 57,60 [zonder-vergaderjaar]",
            "kamerstuk II 29544 nr. 3 [zonder-vergaderjaar]",
        ],
    ),
    (
        "Kamerstukken II 2019/20, 29 754, nrs. 520 en 548 en Aanhangsel Handelingen II 2019/20, nr. 89",
        ["kamerstuk II 2019-2020 29754 nr. 520,548", "aanhangsel II 2019-2020 nr. 89"],
    ),
    (
        "Handelingen II 2003–2004, nr. 45, p. 2980–2995 en nr. 46, p. 3001",
        [
            "handelingen II 2003-2004 vergadering 45 p. 2980-2995",
            "handelingen II 2003-2004 vergadering 46 p. 3001",
        ],
    ),
    (
        "Aanhangsel Handelingen, vergaderjaar 2012–2013, nr. 33 en vergaderjaar 2013–2014, nr. 34",
        ["aanhangsel 2012-2013 nr. 33", "aanhangsel 2013-2014 nr. 34"],
    ),
    ("(Stb. 2006, 330; 2007, 12)", ["stb 2006 nr. 330", "stb 2007 nr. 12"]),
    ("Stb. 2013, 12 en 13, en Stcrt. 2012, 4567", ["stb 2013 nr. 12,13", "stcrt 2012 nr. 4567"]),
    ("2013Z12345/2013D12345", ["zaak 2013Z12345", "document 2013D12345"]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_references_share_what_is_said_once(text: str, expected: list[str]) -> None:
    assert [summary(ref) for ref in parse(text)] == expected


SPANS = [
    (
        "motie Hamer/Van Weyenberg, Tweede Kamer, vergaderjaar 2012-2013, 29 544 nr. 457",
        "Tweede Kamer, vergaderjaar 2012-2013, 29 544 nr. 457",
    ),
    ("conform de motie-Segers c.s. (29 754, nr. 221).", "29 754, nr. 221"),
    ("brief aan de Tweede Kamer (Kamerstuk 32 824, nr. 7), waarin", "Kamerstuk 32 824, nr. 7"),
    (
        "in de Tweede Kamer, Kamerstukken II 2012/13, 32 824, nr. 7, is",
        "Kamerstukken II 2012/13, 32 824, nr. 7",
    ),
    ("Motie 32824-7", "32824-7"),
    ("de motie-Segers c.s. 29 754 \u2013 221 is", "29 754 \u2013 221"),
    ("TK 2012-2013 (Handelingen II 2012/13, nr. 5)", "Handelingen II 2012/13, nr. 5"),
    ("Kamerstuk 32 824 12 leden", "Kamerstuk 32 824"),
    ("Kamerstuk 32 824, nr. 7, 12 leden waren", "Kamerstuk 32 824, nr. 7"),
    ("Kamerstuk 32 824, nr. 7, 12 juni 2013", "Kamerstuk 32 824, nr. 7"),
    ("Kamerstuk 32 824\n\n7. Slot", "Kamerstuk 32 824"),
    ("het Besluit van 7 juni 2006 (Stb. 330)", "Stb. 330"),
]


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_the_span_covers_the_words_of_the_reference_only(text: str, expected: str) -> None:
    (ref,) = parse(text)
    assert ref.text == expected


NO_REFERENCES = [
    "33 400 euro",
    "f 25 000,-",
    "\u20ac 29 544 (nr. 3)",
    "Tweede Kamer 33 400 euro",
    "meer dan \u20ac 22 689,01",
    "een bedrag van 29 544 (nr. 3)",
    "30 000 kg",
    "in de Eerste Kamer, 12 345 handtekeningen",
    "schooljaar 2012/2013, 32 824 leerlingen",
    "in totaal 12 500, nr. 4 op de lijst",
    "over het wetsvoorstel. 12 345, aldus de minister",
    "tel. 070-3026159",
    "tel: 020 12 345 67",
    "Postbus 20301, 2500 EH Den Haag",
    "2514 AB",
    "HR 4 februari 1987, nr. 24 335",
    "Rb. Haarlem 12 345, nr. 3",
    "Hof Amsterdam, 15 345, nr. 7",
    "BNB 1981/185",
    "AB 1998, 45; NJ 1987, 123",
    "artikel 12 345, nr. 3",
    "artikel II, onderdeel A, nr. 3",
    "bijlage I, onderdeel A, nr. 12 (12345)",
    "besluit van 24 juli 1972, nr. AW71/2694",
    "order nr. 34 567",
    "kenmerk 12345-678",
    "ISO 14001, nr. 7",
    "Verordening (EU) nr. 1024/2012",
    "Richtlijn 2004/18/EG",
    "PbEU 2004, L 158",
    "PbEG L 281, blz. 31",
    "de periode 2008-2012",
    "2012-2013",
    "vergaderjaar 2012-2013",
    "TK 2012-2013",
    "EK 2012, nr. 3",
    "EK, CXIX, -02",
    "Kamerstukken",
    "de Tweede Kamer",
    "Handelingen",
    "handelingen in strijd met artikel 3",
    "aanhangsel bij de overeenkomst, nr. 3",
    "in het Staatsblad",
    "Belgisch Staatsblad van 25 november 1998, nr. 3",
    "Staatsblad 2011",
    "PM",
    "PM bedrag",
    "de brief noemt 12 345, 60 jaar later",
    "29 544",
    "29 544 | 31 268",
    "35 570 kilometer",
    "12 345 678, nr. 3",
    "CAS-nummer 12345-67-8",
    "CELEX 32016R0679",
    "IBAN NL12 INGB 0001 2345 67",
    "nr. 266 (12 mei 2012)",
    "h-index",
    "",
]


@pytest.mark.parametrize("text", NO_REFERENCES)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert parse(text) == ()
