"""The coordinator's page of a check, as a browser reads it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from lxml import html

from flows.catalogue import TEMPLATES
from flows.model.check_page import Aanlevering, Controlepagina, Stand
from flows.model.delivery import Origin
from flows.model.finding import Finding, Severity
from flows.model.quarter import Kwartaal
from flows.model.templates import Templates
from flows.render.manuscript import controlepagina

NOW = datetime(2026, 9, 25, 10, 5, tzinfo=UTC)
WRONG = Finding(
    "r", Severity.BLOKKEREND, "<script>Leeg</script>", "Vul in.", Origin("a b.xlsx", "Voortgang", 7, "D"), "SZW"
)
DOUBT = Finding("r", Severity.WAARSCHUWING, "Onbekend blad.", "Niets.", Origin("a b.xlsx", "Kladblok"), "SZW")
LATE = Finding("r", Severity.BLOKKEREND, "Niet geleverd.", "Vraag op.", Origin("regie.xlsx"), "OCW")
BROKEN = Finding("r", Severity.BLOKKEREND, "Beschadigd.", "Vraag op.", Origin("kapot.xls"))
SZW = Stand(
    "SZW", "Sociale Zaken", date(2026, 9, 18),
    (
        Aanlevering("a b.xlsx", "Directie X", "2", akkoord=True, telt=True, tijd=NOW, terug="SZW-a b.xlsx"),
        Aanlevering("oud.xls", "Directie X", "", akkoord=False, telt=False, tijd=None, terug=None),
    ), (WRONG, DOUBT),
)  # fmt: skip
OCW = Stand("OCW", "Onderwijs", date(2026, 9, 18), (), (LATE,))
BZ = Stand("BZ", "BZ", date(2026, 9, 25), (), ())


def page(*standen: Stand, overig: tuple[Finding, ...] = ()) -> str:
    return controlepagina(Controlepagina("Agenda", Kwartaal(2026, 3), NOW, standen, overig), Templates(TEMPLATES))


def rows(text: str) -> list[list[str]]:
    found = html.fromstring(text).xpath("//table[@class='stand']/tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found]


def test_who_delivered_and_who_is_how_late() -> None:
    assert rows(page(SZW, OCW, BZ)) == [
        ["SZWSociale Zaken", "1", "1", "a b.xlsxDirectie X", "2", "ja", "25-09-2026 10.05", "SZW-a b.xlsx"],
        ["oud.xlsDirectie Xtelt niet mee", "–", "nee", "–", "niet te maken"],
        ["OCWOnderwijs", "1", "0", "Niet aangeleverd; uiterlijk 18 september 2026, nu 7 dagen te laat"],
        ["BZ", "0", "0", "Niet aangeleverd; uiterlijk 25 september 2026, dus nog op tijd"],
    ]


def test_each_finding_stands_with_its_place_and_advice() -> None:
    tree = html.fromstring(page(SZW, OCW, overig=(BROKEN,)))
    assert [" ".join(row.text_content().split()) for row in tree.xpath("//table[@class='bevindingen']/tbody/tr")] == [
        "blokkerend Voortgang D7 <script>Leeg</script> Vul in.",
        "waarschuwing Kladblok Onbekend blad. Niets.",
        "blokkerend regie.xlsx Niet geleverd. Vraag op.",
        "blokkerend kapot.xls Beschadigd. Vraag op.",
    ]
    assert tree.xpath("string(//p[contains(@class, 'kern')])").split()[:2] == ["3", "bevindingen"]


def test_the_page_is_whole_by_itself_and_can_be_read_aloud() -> None:
    text = page(SZW, OCW, overig=(BROKEN,))
    tree = html.fromstring(text)
    assert not re.search(r"https?:|url\(|@import|<script", text)
    assert tree.xpath("//a/@href") == ["bevindingen.json", "data-docs/index.html", "#m1", "SZW-a%20b.xlsx", "#m2"]
    assert {f"#{name}" for name in tree.xpath("//h3/@id")} == {"#m1", "#m2"}
    assert tree.get("lang") == "nl" and tree.xpath("//title/text()")
    assert len(tree.xpath("//table[@aria-label or @aria-labelledby]")) == len(tree.xpath("//table"))
    assert len(tree.xpath("//th[@scope]")) == len(tree.xpath("//th"))
    assert [heading.tag for heading in tree.xpath("//h1 | //h2 | //h3")] == ["h1", "h2", "h2", "h3", "h3", "h3"]


def test_a_quarter_in_which_nothing_is_wrong_says_so() -> None:
    clean = Stand("SZW", "SZW", None, SZW.aanleveringen[:1], ())
    text = " ".join(html.fromstring(page(clean)).text_content().split())
    assert "Niets houdt de definitieve brief tegen. Alle ministeries hebben aangeleverd." in text
    assert "Er is niets gevonden." in text
