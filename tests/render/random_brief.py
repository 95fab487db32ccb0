"""Random briefs by seed.

Text in which PDF and Word differ most (hyphenation, ligatures, numbers, addresses, quotes, rows over a page).
"""

from __future__ import annotations

import random
from datetime import date

from flows.model.annexes import Annexes, Register, RegisterRow
from flows.model.brief import Brief, Onderwerp, Sectie, Thema
from flows.model.entries import Status
from flows.model.quarter import Kwartaal
from flows.model.text import Block, Inline, Note, Part, PartKind, Text
from tests.render.sample import block, kst, motie, note, part

WORDS = [
    "de",
    "het",
    "een",
    "van",
    "voor",
    "met",
    "efficiënte",
    "officiële",
    "figuur",
    "fluctuatie",
    "afkoffie",
    "ontwikkelingssamenwerking",
    "arbeidsongeschiktheidsverzekering",
    "uitvoeringsorganisaties",
    "gemeenten",
    "beleidsreactie",
    "2013-2014",
    "€",
    "1.234,56",
    "www.rijksoverheid.nl/onderwerpen/integratie-in-nederland/documenten",
    "„aanhalingsteken”",
    "‘enkel’",
    "vóór",
    "zo’n",
    "12,5%",
    "co-ouder",
    "3½",
    "m²",
    "Ministerie-SZW",
    "–",
    "(zie",
    "bijlage)",
    "nr.",
    "7",
    "[PM]",
    "en/of",
    "jeugdzorg",
    "kabinet",
    "−5",
    "A-B-C",
]


class RandomBrief:
    """Makes a brief; everything follows from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.density = self.random.choice((0.1, 0.3, 0.6))
        self.row = 0

    def words(self, least: int, most: int) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randint(least, most)))

    def note(self) -> Note:
        if self.random.random() < 0.1:
            return note(self.words(40, 150), ".")
        return note(self.words(1, 6) + ", ", kst(self.random.randint(21000, 36999), self.random.randint(1, 999)), ".")

    def inlines(self, least: int, most: int) -> tuple[Inline, ...]:
        made: list[Inline] = []
        for _ in range(self.random.randint(1, 4)):
            style = self.random.random()
            made.append(Text(self.words(least, most), bold=style > 0.9, italic=0.85 < style < 0.95))
            if self.random.random() < self.density:
                made += [self.note() for _ in range(self.random.choice((1, 1, 2, 3)))]
            made.append(Text(" "))
        return tuple(made)

    def block(self) -> Block:
        self.row += 1
        parts = [part(*self.inlines(2, self.random.choice((20, 40, 150)))) for _ in range(self.random.randint(1, 3))]
        if self.random.random() < 0.4:
            kind = self.random.choice((PartKind.OPSOMMING, PartKind.NUMMERING))
            parts += [part(*self.inlines(1, 20), kind=kind) for _ in range(self.random.randint(1, 12))]
        return block(f"SZW-{self.row:02}", *parts)

    def cell(self) -> tuple[Part, ...]:
        most = self.random.choice((5, 30, 60, 400))
        return tuple(part(*self.inlines(1, most)) for _ in range(self.random.choice((1, 1, 2))))

    def register_row(self) -> RegisterRow:
        self.row += 1
        entry = motie(f"BZK-{self.row}", "", stand=(), status=Status.AFGEDAAN).entry
        return RegisterRow(entry, self.cell(), self.cell(), self.cell(), Status.AFGEDAAN)

    def topic(self) -> Onderwerp:
        blocks = tuple(self.block() for _ in range(self.random.randint(1, 4)))
        return Onderwerp(
            self.words(1, 5),
            (),
            (Sectie((), blocks[:2]), Sectie((Text(self.words(1, 3)),), blocks[2:] or blocks[:1])),
        )

    def brief(self) -> Brief:
        themes = tuple(
            Thema(
                str(number),
                self.words(2, 6),
                (),
                tuple(self.topic() for _ in range(self.random.randint(1, 3))),
            )
            for number in range(1, self.random.randint(2, 4))
        )
        rows = tuple(self.register_row() for _ in range(self.random.randint(1, 12)))
        return Brief(
            titel="Voortgang van de afspraken",
            kwartaal=Kwartaal(2026, 3),
            datum=date(2026, 10, 16),
            velden={"titel": "Voortgang van de afspraken"},
            voor=(),
            inleiding=None,
            themas=themes,
            slot=block(None, self.words(5, 40)),
            na=(),
            annexes=Annexes(volgorde=("moties",), moties=Register(rows[:2], rows[2:])),
        )
