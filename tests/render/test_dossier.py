"""The review page: what stands beside each block, and that nothing stands on it that may not be read."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html

from flows.model.brief import Brief, Passage
from flows.model.finding import Severity
from flows.model.text import Text
from flows.render.difference import ProofError
from flows.render.dossier_page import dossierpagina
from flows.render.dossier_proof import refuse_private
from flows.render.leaks import discreet
from flows.render.manuscript import manuscript
from tests.render.random_brief import RandomBrief
from tests.render.sample import block, sample
from tests.render.sample_dossier import FINDINGS, LOOK, found, made_dossier, page, with_budget

REMARK = "Nog niet met de minister besproken"


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def beside(text: str) -> dict[str, str]:
    """What stands beside each block, by the name that others may link to."""
    return {each.get("id"): words(each.xpath("./div[@class='naast']")[0]) for each in blocks(text)}


def blocks(text: str) -> list[html.HtmlElement]:
    return html.fromstring(text).xpath("//article")


def section(text: str, name: str) -> html.HtmlElement:
    return html.fromstring(text).xpath(f"//section[@aria-labelledby='{name}']")[0]


def table(text: str, name: str) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in section(text, name).xpath(".//tbody/tr")]


def test_beside_each_block_stands_where_it_comes_from_and_what_is_known_of_it() -> None:
    assert beside(page(compared=False)) == {
        "blok-Brief-B12": "Brief B12 Kopieer link Bron regie.xlsx, blad Brief, cel B12",
        "blok-Teksten-D3": "Teksten D3 Kopieer link Bron regie.xlsx, blad Teksten, cel D3",
        "blok-SZW-01": "SZW-01 SZW Kopieer link Bron SZW.xlsx, blad Voortgang, cel D4 Status Loopt op schema Gereed 1 juli 2026 "
        "Toelichting Wacht op het Rijk. Mede namens OCW, BZK waarschuwing Gereed ligt voor de datum. Pas dit aan.",
        "blok-OCW-01": "OCW-01 OCW Kopieer link Bron OCW.xlsx, blad Voortgang, cel D4 Status Vertraagd "
        "blokkerend De status <klopt> niet. Pas dit aan.",
        "blok-SZW-02": "SZW-02 SZW Kopieer link Bron SZW.xlsx, blad Voortgang, cel D5 Status Loopt op schema open PM",
        "blok-SZW-02_2": "SZW-02 SZW Kopieer link Bron SZW.xlsx, blad Voortgang, cel D6 Status Onbekend",
        "blok-SZW-M1": "SZW-M1 SZW Kopieer link Bron geheim-bestand.xlsx, blad Moties, rij 4 Status In uitvoering",
        "blok-SZW-I1": "SZW-I1 SZW Kopieer link Bron geheim-bestand.xlsx, blad Indicatoren, rij 4",
        "blok-SZW-B1": "SZW-B1 SZW Kopieer link Bron geheim-bestand.xlsx, blad Middelen, rij 4",
    }


def test_what_changed_since_the_last_draft_and_quarter_stands_beside_a_block() -> None:
    said = beside(page())
    assert said["blok-SZW-01"].endswith("Sinds concept 01 gewijzigd: tekst")
    assert said["blok-OCW-01"].endswith("Sinds het tweede kwartaal 2026 (definitief) nieuw")
    assert said["blok-SZW-02"].endswith(
        "Sinds het tweede kwartaal 2026 (definitief) was SZW-07 verplaatst; stond bij Zorg status: Niet gestart → Loopt op schema "
        "gereed: 1 juli 2026 → eind 2026; 2 keer verschoven in 3 kwartalen tekst gelijk in 2026-Q2, 2026-Q3 "
        "niet afgerond; de termijn is voorbij"
    )


def test_words_that_came_and_went_are_marked_in_notes_too() -> None:
    (change,) = html.fromstring(page()).xpath("//details[@class='verschil']")
    assert words(change) == (
        "Wat er is veranderd sinds concept 01 De lessen beginnenbegonnen."
        "[noot: Kamerstukken II 2025/26, 32824, nr. 67][noot: Een noot die weg is.]"
    )
    assert [words(each) for each in change.xpath(".//del")] == ["beginnen", "6", "[noot: Een noot die weg is.]"]
    assert [words(each) for each in change.xpath(".//ins")] == ["begonnen", "7"]


def test_what_is_gone_is_listed_and_where_there_is_nothing_to_compare_with_it_says_so() -> None:
    assert (
        words(section(page(), "vervallen"))
        == "Niet meer in de brief Sinds concept 01 OCW-09 (OCW), Taal: Dit is vervallen.[noot: Zie artikel 7.]"
    )
    assert words(section(page(), "kort")).endswith(
        "Vergeleken met concept 01: 1 blok nieuw of gewijzigd, 1 niet meer in de brief. "
        "Vergeleken met het tweede kwartaal 2026 (definitief): 2 blokken nieuw of gewijzigd."
    )
    alone = page(compared=False)
    assert words(section(alone, "vervallen")) == "Niet meer in de brief Er is niets om mee te vergelijken."
    assert words(section(alone, "kort")).endswith(
        "Er is geen eerder concept van dit kwartaal om mee te vergelijken. "
        "Er is geen brief van een eerder kwartaal om mee te vergelijken."
    )


def test_a_call_leads_to_its_note_and_back_under_the_number_of_the_brief() -> None:
    tree = html.fromstring(page())
    notes = {each.get("id"): words(each) for each in tree.xpath("//ol[@class='noten']/li")}
    assert notes == {
        "eindnoot-1": "Kamerstukken II 2025/26, 32824, nr. 1 ↩",
        "eindnoot-2": "Kamerstukken II 2025/26, 32824, nr. 7. ↩",
        "eindnoot-3": "Zie de bijlage. ↩",
        "eindnoot-4": "Nog niet klaar. ↩",
    }
    calls = tree.xpath("//span[@class='eindverwijzing']")
    assert [(call.get("id"), call.xpath(".//a/@href")[0]) for call in calls] == [
        (f"eindverwijzing-{n}", f"#eindnoot-{n}") for n in (1, 2, 3, 4)
    ]


def test_every_link_within_the_page_leads_somewhere_and_every_name_is_given_once() -> None:
    tree = html.fromstring(page())
    names = tree.xpath("//@id")
    assert len(names) == len(set(names))
    assert {href.removeprefix("#") for href in tree.xpath("//a/@href") if href.startswith("#")} <= set(names)
    assert set(tree.xpath("//@aria-labelledby") + tree.xpath("//label/@for")) <= set(names)


def test_references_open_points_deliveries_and_other_findings_are_listed() -> None:
    assert table(page(), "openstaand") == [["PM", "Werk", "SZW", "SZW-02"], ["Niets aangeleverd.", "Zorg", "–", "–"]]
    assert table(page(), "verwijzingen") == [
        ["Kamerstukken II 2025/26, 32824, nr. 1", "niet na te gaan", "Brief B12"],
        ["Kamerstukken II 2025/26, 32824, nr. 7", "bestaat: Over lessen & lezen", "SZW-01"],
        ["Kamerstukken II 2025/26, 32824, nr. 9", "niet gevonden", "SZW-M1; Aanbiedingsbrief"],
    ]
    assert words(section(page(), "verwijzingen")).endswith(
        "TZ202609-001 (BZK, 1 september 2026): De minister bericht de Kamer."
    )
    assert table(page(), "aangeleverd") == [
        ["SZWSociale Zaken", "SZW.xlsx", "2", "ja", "0", "1"],
        ["SZWSociale Zaken", "SZW-oud.xlsxtelt niet mee", "1", "nee", "0", "1"],
        ["OCWOnderwijs", "OCW.xlsxDirectie Taal", "–", "ja", "1", "0"],
        ["VRO", "niet aangeleverd; uiterlijk 18 september 2026", "1", "0"],
    ]
    assert [words(each) for each in section(page(), "bevindingen").xpath(".//li")] == [
        "blokkerend Van VRO is niets ontvangen. Vraag op. VRO · regie.xlsx"
    ]


def test_filters_find_their_blocks_by_data() -> None:
    marked = {each.get("id"): {name for name in each.attrib if name.startswith("data-")} for each in blocks(page())}
    assert {name: data - {"data-ministerie"} for name, data in marked.items() if len(data) > 1} == {
        "blok-SZW-01": {"data-concept", "data-bevinding"},
        "blok-OCW-01": {"data-kwartaal", "data-bevinding"},
        "blok-SZW-02": {"data-kwartaal", "data-open"},
    }


@pytest.mark.parametrize("brief", [sample(), *(RandomBrief(seed).brief() for seed in range(12))])
def test_the_page_says_all_that_the_brief_says_in_its_order_with_the_same_notes(brief: Brief) -> None:
    """The words of each paragraph, item and cell that the brief has of a row, and its notes, are those of the page."""
    printed, reviewed = (
        html.fromstring(manuscript(brief, LOOK, concept="concept 02")),
        html.fromstring(page(brief, compared=False, findings=())),
    )
    for note in reviewed.xpath("//a[@class='terug']"):
        note.drop_tree()
    notes = [words(each) for each in printed.xpath("//span[@class='noot']")]
    assert [words(each) for each in reviewed.xpath("//ol[@class='noten']/li")] == notes
    for tree, call in ((printed, "//span[@class='verwijzing']"), (reviewed, "//span[@class='eindverwijzing']")):
        for each in tree.xpath(call):
            each.drop_tree()
    wanted = [words(each) for each in printed.xpath("//main//p[not(ancestor::table)] | //main//li")]
    listed = reviewed.xpath("//div[@id='brief']")[0]
    for other in listed.xpath(".//div[@class='naast'] | .//ol[@class='noten'] | .//table"):
        other.drop_tree()
    found_there = iter([words(each) for each in listed.xpath(".//p | .//li")])
    assert [text for text in wanted if text and text not in NOT_OF_THE_BRIEF and text not in found_there] == []


NOT_OF_THE_BRIEF = {
    "Verwijzingen zijn nagezocht in het register van Kamerstukken, stand 21 september 2026.",
    "Er zijn geen openstaande punten.",
    "Er zijn geen indicatoren opgegeven.",
    "Er zijn geen middelen opgegeven.",
}


def test_a_block_that_would_be_left_out_is_refused() -> None:
    made = made_dossier()
    with pytest.raises(ValueError, match="blok-SZW-B1"):
        dossierpagina(replace(made, rijen=(*made.rijen, made.rijen[-1])), LOOK)
    with pytest.raises(ValueError, match="blok-Teksten-D3"):
        dossierpagina(replace(made, rijen=made.rijen[1:]), LOOK)


def test_the_page_is_whole_by_itself() -> None:
    text = page()
    tree = html.fromstring(text)
    assert not tree.xpath("//link | //iframe | //script[@src] | //img[not(starts-with(@src, 'data:'))]")
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp", text)
    assert tree.get("lang") == "nl"
    assert tree.xpath("//header") and len(tree.xpath("//main")) == 1 and len(tree.xpath("//h1")) == 1
    assert "<b>." not in text  # what was typed is text, not code


def test_the_same_brief_gives_the_same_page() -> None:
    assert page() == page()


@pytest.mark.parametrize("private", [REMARK, "Pietje Puk", "pietje@example.org"])
def test_a_private_text_on_the_page_is_refused_wherever_it_stands(private: str) -> None:
    for finding in (found("SZW-01", 4, f"Er staat: {private}."), FINDINGS[2]):
        message = replace(finding, message=f"Er staat: {private}.")
        made = made_dossier(findings=(message,))
        with pytest.raises(ProofError):
            refuse_private(dossierpagina(made, LOOK), made, [private])
    made = made_dossier()
    with pytest.raises(ProofError):
        refuse_private(dossierpagina(made, LOOK).replace('id="zoek"', f'id="zoek" title="{private}"'), made, [private])


def test_what_public_columns_say_is_no_leak() -> None:
    made = made_dossier()
    refuse_private(dossierpagina(made, LOOK), made, ["Wacht op het Rijk.", "1 juli 2026", "SZW-oud.xlsx", REMARK])


def test_a_finding_that_quotes_what_is_private_is_told_without_the_quotation() -> None:
    whole = found("SZW-01", 4, f"Er staat ‘{REMARK}’.", Severity.BLOKKEREND)
    part = found("OCW-01", 4, "Er staat ‘Nog niet met de’.", value="Nog niet met de")
    plain = found("SZW-02", 5, "Er staat ‘Over werk volgt’.", value="Over werk volgt")
    brief = with_budget()
    told = tuple(discreet((whole, part, plain), [REMARK, "Over werk volgt PM."], brief))
    assert [finding.message for finding in told] == ["", "", "Er staat ‘Over werk volgt’."]
    made = made_dossier(findings=told)
    text = dossierpagina(made, LOOK)
    refuse_private(text, made, [REMARK])
    assert "Deze bevinding haalt iets aan dat niet voor lezers van de brief is" in beside(text)["blok-SZW-01"]


def test_a_text_without_a_place_or_number_has_a_name_too() -> None:
    brief = replace(with_budget(), na=(Passage((Text("Tot slot"),), replace(block(None, "Einde."), origin=None)),))
    assert [each.get("id") for each in blocks(page(brief, compared=False))][6] == "blok"
