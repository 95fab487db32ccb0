"""The HTML of the brief: what stands where, and that text stays text."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from lxml.etree import _Element

from flows.model.annexes import Annexes, Register
from flows.model.brief import Brief, Onderwerp, Sectie, Thema
from flows.model.changes import Overzicht
from flows.model.counts import StatusTable, Tijdlijn
from flows.model.entries import Status
from flows.model.papers import Answers
from flows.model.proof import Bestand, Controle, ControleDocument, ControleRij
from flows.model.quarter import Kwartaal, Periode
from flows.model.templates import Templates
from flows.model.text import Block, Inline, OpenPoint, Part, PartKind, Text
from flows.render.manuscript import controleblad, manuscript
from tests.render.sample import FILE, TITLE, block, bullet, indicator, motie, note, part, sample, step, topic

TEMPLATES = Templates(Path(__file__).parents[2] / "templates")


def empty(**parts: object) -> Brief:
    """A brief of almost nothing, and what is asked for."""
    bare = replace(
        sample(),
        velden={},
        voor=(),
        inleiding=None,
        themas=(),
        slot=None,
        na=(),
        annexes=Annexes(),
        open=(),
    )
    return replace(bare, **parts)  # type: ignore[arg-type]


def with_blocks(*blocks: Block) -> Brief:
    return empty(themas=(Thema("1", "Thema", (), (topic("Onderwerp", *blocks),)),))


def with_text(*inlines: Inline | str) -> Brief:
    return with_blocks(block("SZW-01", part(*inlines)))


def page(brief: Brief, concept: str | None = "concept 01") -> _Element:
    return lxml_html.document_fromstring(manuscript(brief, TEMPLATES, concept=concept))


def words(element: _Element) -> str:
    return " ".join(element.text_content().split())


def texts(root: _Element, path: str) -> list[str]:
    return [words(found) for found in root.xpath(path)]


@pytest.fixture(scope="module")
def whole() -> _Element:
    return page(sample())


class TestHeadings:
    def test_the_title_is_the_only_h1(self, whole: _Element) -> None:
        assert texts(whole, "//h1") == ["Voortgang Agenda Samen Vooruit"]

    def test_themes_are_numbered_as_in_the_agenda_and_annexes_in_their_order(self, whole: _Element) -> None:
        assert texts(whole, "//main//h2") == [
            "Inleiding",
            "1 Meedoen en zelfredzaam zijn",
            "2 Grenzen stellen en opvoeden",
            "3 Omgaan met anderen en verinnerlijken van waarden",
            "Ten slotte",
            "Slot",
            "Verantwoording",
            "Bijlage 1 Stand van de maatregelen",
            "Bijlage 2 Moties",
            "Bijlage 3 Toezeggingen",
            "Bijlage 4 Indicatoren",
            "Bijlage 5 Middelen",
            "Bijlage 6 Aangehaalde stukken",
            "Bijlage 7 Wijzigingen sinds de vorige brief",
            "Openstaande punten",
        ]

    def test_a_sub_heading_is_h4_under_its_topic(self, whole: _Element) -> None:
        assert texts(whole, "//h4[preceding-sibling::h3[.='Arbeidsmarkt']]") == [
            "Arbeidsdiscriminatie",
            "Leer-werktrajecten",
        ]

    def test_no_level_is_skipped(self, whole: _Element) -> None:
        levels = [int(found.tag[1]) for found in whole.xpath("//h1|//main//h2|//main//h3|//main//h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_the_contents_link_to_every_theme_topic_and_annex(self, whole: _Element) -> None:
        links = whole.xpath("//nav//a")
        targets = {link.get("href")[1:]: words(link) for link in links}
        headings = whole.xpath("//main//h2 | //section[contains(@class, 'deel')]//h3")
        assert targets == {heading.get("id"): words(heading) for heading in headings}

    def test_every_id_is_there_once(self, whole: _Element) -> None:
        ids = whole.xpath("//@id")
        assert len(ids) == len(set(ids))


class TestLists:
    def test_bullets_of_consecutive_rows_form_one_list(self) -> None:
        root = page(
            with_blocks(
                block("SZW-01", "Kop:", bullet("een")),
                block("VenJ-01", bullet("twee")),
                block("SZW-02", bullet("drie")),
            ),
        )
        assert texts(root, "//main//ul/li") == ["een", "twee", "drie"]
        assert len(root.xpath("//main//ul")) == 1
        assert root.xpath("//main//li/@data-nr") == ["SZW-01", "VenJ-01", "SZW-02"]
        assert root.xpath("//main//li/@data-ministerie") == ["SZW", "VenJ", "SZW"]

    def test_each_row_counts_its_own_numbered_list(self) -> None:
        root = page(with_blocks(block("SZW-01", step("een"), step("twee")), block("SZW-02", step("een"))))
        assert [len(found) for found in root.xpath("//main//ol")] == [2, 1]

    def test_a_paragraph_ends_a_list(self) -> None:
        root = page(with_blocks(block("SZW-01", bullet("een"), "tussen", bullet("twee"))))
        assert [found.tag for found in root.xpath("//h3/following-sibling::*")] == ["ul", "p", "ul"]

    def test_bullets_under_another_sub_heading_are_another_list(self) -> None:
        sections = (
            Sectie((), (block("SZW-01", bullet("een")),)),
            Sectie((Text("Kop"),), (block("SZW-02", bullet("twee")),)),
        )
        root = page(empty(themas=(Thema("", "T", (), (Onderwerp("O", (), sections),)),)))
        assert len(root.xpath("//main//ul")) == 2

    def test_what_prints_nothing_is_left_out(self) -> None:
        root = page(with_blocks(block("SZW-01", part(""), bullet("een"), Part(PartKind.ALINEA, ()), bullet("twee"))))
        assert [found.tag for found in root.xpath("//h3/following-sibling::*")] == ["ul"]


class TestNotes:
    def test_notes_are_numbered_from_1_in_the_order_of_the_page(self, whole: _Element) -> None:
        notes = whole.xpath("//span[@class='noot']/@id")
        assert notes == [f"n{number}" for number in range(1, len(notes) + 1)]
        assert whole.xpath("//span[@class='verwijzing']/@id") == [f"v{number}" for number in range(1, len(notes) + 1)]

    def test_a_note_stands_directly_behind_its_word(self) -> None:
        made = manuscript(with_text("Woord.", note("Noot."), " Verder"), TEMPLATES, concept=None)
        wayfinding = 'data-heen="Noot 1" data-terug="Terug naar de tekst bij noot 1"'
        assert (
            f'Woord.<span class="verwijzing" id="v1"><span class="noot" id="n1" {wayfinding}>Noot.</span></span> Verder'
            in made
        )

    def test_between_two_notes_at_one_word_stands_a_narrow_space(self) -> None:
        made = manuscript(with_text("Woord", note("een"), note("twee"), ", en", note("drie")), TEMPLATES, concept=None)
        assert made.count('<sup class="tussen">&#8239;</sup>') == 1
        assert 'een</span></span><sup class="tussen">&#8239;</sup><span class="verwijzing" id="v2">' in made

    def test_a_note_in_a_table_counts_on(self, whole: _Element) -> None:
        assert whole.xpath("//td//span[@class='noot']/@id") == ["n13", "n14"]

    def test_each_piece_of_a_citation_has_its_own_link(self, whole: _Element) -> None:
        assert whole.xpath("//span[@id='n1']/a/@href") == ["https://zoek.officielebekendmakingen.nl/kst-32824-7.html"]


class TestText:
    @pytest.mark.parametrize(
        "typed",
        ["<script>alert(1)</script>", "{{ 7 * 7 }}", "{% raw %}", "&amp; <b>", "a < b & c"],
    )
    def test_what_was_typed_is_printed_as_typed(self, typed: str) -> None:
        root = page(with_text(typed, note(typed)))
        assert words(root.xpath("//main//p")[0]) == f"{typed}{typed}"
        assert not root.xpath("//main//script | //main//b")

    def test_a_title_is_text_too(self) -> None:
        root = page(replace(sample(), titel='<b>"Titel"</b>'))
        assert texts(root, "//h1") == ['<b>"Titel"</b>']

    def test_bold_and_italic_are_kept(self) -> None:
        made = manuscript(
            with_text(Text("vet", bold=True), Text("beide", bold=True, italic=True)),
            TEMPLATES,
            concept=None,
        )
        assert "<strong>vet</strong><strong><em>beide</em></strong>" in made

    @pytest.mark.parametrize(
        ("typed", "printed"),
        [
            ("32 824, nr. 7, p. 3", "32\u00a0824, nr.\u00a07, p.\u00a03"),
            ("op 19 mei 2015", "op 19\u00a0mei 2015"),
            ("12,5 % en € 20", "12,5\u00a0% en €\u00a020"),
            ("een nr. en zo 41 gemeenten", "een nr.\u00a0en zo 41 gemeenten"),
        ],
    )
    def test_a_line_never_ends_before_the_number_of_a_paper(self, typed: str, printed: str) -> None:
        assert f">{printed}</p>" in manuscript(with_text(typed), TEMPLATES, concept=None)

    def test_nothing_that_is_not_public_is_printed(self) -> None:
        made = manuscript(sample(), TEMPLATES, concept="concept 01")
        assert FILE not in made
        assert "Geheime Contactpersoon" not in made


class TestDraft:
    def test_a_draft_says_so_and_lists_what_is_open(self, whole: _Element) -> None:
        assert texts(whole, "//p[@class='conceptmerk']") == ["CONCEPT 01"]
        rows = [
            [words(cell) for cell in row] for row in whole.xpath("//table[contains(@class, 'openstaand')]/tbody/tr")
        ]
        assert rows[0] == ["PM verwijzing", "Inburgering", "SZW", "SZW-07"]
        assert rows[-1] == ["PM datum", "Inleiding", "–", "Brief, rij 12"]

    def test_open_points_and_gaps_are_marked(self, whole: _Element) -> None:
        assert texts(whole, "//mark[@class='pm']") == ["PM verwijzing", "PM", "p.m."]
        assert "[PM OCW-03: Stand van zaken ontbreekt]" in texts(whole, "//mark[@class='hiaat']")

    def test_a_topic_without_text_says_so_in_a_draft(self, whole: _Element) -> None:
        assert texts(whole, "//h3[.='Maatschappelijke codes']/following-sibling::p") == [
            "[Voor dit onderwerp is niets aangeleverd.]",
        ]

    def test_a_final_brief_has_no_marks(self) -> None:
        brief = replace(
            with_text("Tekst."),
            themas=(*with_text("Tekst.").themas, Thema("2", "Leeg", (), (topic("Leeg onderwerp"),))),
        )
        root = page(brief, None)
        assert not root.xpath("//mark | //*[@class='conceptmerk'] | //*[@id='openstaande-punten']")
        assert "Leeg onderwerp" not in texts(root, "//h3")

    @pytest.mark.parametrize("concept", ["concept 01", None])
    def test_a_final_brief_refuses_an_open_point(self, concept: str | None) -> None:
        brief = with_text(OpenPoint("PM"))
        if concept:
            assert texts(page(brief, concept), "//mark") == ["PM"]
        else:
            with pytest.raises(ValueError, match="PM"):
                page(brief, None)


class TestAnnexes:
    def test_an_empty_group_of_a_register_says_so(self, whole: _Element) -> None:
        assert texts(whole, "//h3[@id='bijlage-2-afgerond']/following-sibling::p") == [
            "Er zijn geen afgeronde moties.",
        ]

    def test_a_register_has_three_columns_and_a_row_a_paper(self) -> None:
        row = motie("SZW-20", "De motie", "Vindplaats", stand=("Stand",), status=Status.AFGEDAAN)
        root = page(empty(annexes=Annexes(("moties",), moties=Register((row,), ()))), None)
        assert texts(root, "//th") == ["Omschrijving", "Vindplaats", "Stand van zaken"]
        assert texts(root, "//tbody/tr[@data-nr='SZW-20'][@data-ministerie='SZW']/td") == [
            "De motie",
            "Vindplaats",
            "Stand",
        ]
        assert texts(root, "//main//section/p") == ["Er staan geen moties meer open."]

    def test_the_title_of_a_paper_is_shown_over_its_link_and_under_it_in_the_annex(self, whole: _Element) -> None:
        links = whole.xpath("//a[contains(@href, '/kst-32824-398.html')]")
        assert len(links) == 2
        assert {str(link.get("title")) for link in links} == {TITLE}
        assert whole.xpath("//main//a[contains(@href, 'officielebekendmakingen')][not(@title)]")
        assert texts(whole, "//td/p[em]") == [TITLE]

    def test_a_draft_says_how_old_the_register_is(self, whole: _Element) -> None:
        assert texts(whole, "//h2[@id='openstaande-punten']/following-sibling::p") == [
            "Verwijzingen zijn nagezocht in het register van Kamerstukken, stand 21 september 2026."
        ]

    def test_an_annex_without_data_is_not_numbered(self) -> None:
        annexes = Annexes(("wijzigingen", "stukken", "middelen"), stukken=())
        assert texts(page(empty(annexes=annexes), None), "//main//h2") == ["Bijlage 1 Aangehaalde stukken"]

    def test_what_became_of_rows_since_an_earlier_brief(self, whole: _Element) -> None:
        assert texts(whole, "//h3[following-sibling::*[1][contains(@class, 'wijzigingen')]]") == [
            "Nieuw", "Later gereed", "Vervallen", "Niet afgerond binnen de termijn",
        ]  # fmt: skip
        assert texts(whole, "//div[contains(@class, 'wijzigingen')]/ul/li") == [
            "Motie (BZK): motie Van ’t Hof – In uitvoering, gereed: 15 maart 2027",
            "Taal (SZW): De lessen beginnen… – van 30 september 2026 naar 30 september 2026 (2 keer verschoven in 3 kwartalen)",
            "Toezegging (OCW) – niet meer opgenomen",
            "Werk (SZW): De regeling stopt. – Vervallen",
            "Toezegging: De minister zegt toe de Kamer te informeren. – termijn: 30 september 2026",
        ]

    @pytest.mark.parametrize(
        ("overview", "said"),
        [
            (Overzicht(), "Er is geen eerdere brief waarmee deze brief kan worden vergeleken."),
            (
                Overzicht(Kwartaal(2026, 2)),
                "Sinds de brief over het tweede kwartaal 2026 is er geen maatregel, toezegging of motie bij gekomen, afgerond, verschoven of vervallen.",
            ),
        ],
    )
    def test_where_there_is_nothing_to_tell_a_sentence_says_so(self, overview: Overzicht, said: str) -> None:
        root = page(empty(annexes=Annexes(("wijzigingen",), wijzigingen=overview)), None)
        assert texts(root, "//main//section[@class='bijlage']/p") == [said]

    def test_numbers_and_amounts_are_written_in_dutch(self, whole: _Element) -> None:
        assert texts(whole, "//table[contains(@class, 'indicatoren')]//td[@class='getal']") == [
            "23.450", "22.100", "25.000", "67,4", "67,9", "70", "312", "–", "–", "9 à 10", "–", "8,25",
        ]  # fmt: skip
        assert texts(whole, "//table[contains(@class, 'middelen')]//td[@class='getal']") == [
            "€ 20.000.000", "€ 2.400.000,50", "p.m.", "€ 22.400.000,50",
        ]  # fmt: skip

    def test_dates_typed_in_digits_are_written_in_words(self, whole: _Element) -> None:
        dates = [words(row[2]) for row in whole.xpath("//table[contains(@class, 'indicatoren')]/tbody/tr")]
        assert dates == ["30 september 2026", "2e kwartaal 2026", "medio 2026", "30 september 2026"]

    def test_counts_are_totalled(self, whole: _Element) -> None:
        totals = whole.xpath("(//table[contains(@class, 'status')])[1]//tr[@class='totaal']")[0]
        assert [words(cell) for cell in totals] == ["Totaal", "1", "18", "3", "5", "1", "28"]


ONE = StatusTable((Status.OP_SCHEMA, Status.VERTRAAGD), (("Thema <1>", (1, 0)),))
EXACT = "//figure/img/@alt"


class TestPictures:
    def test_each_says_its_message_in_words_with_numbers(self, whole: _Element) -> None:
        status, deadlines, values = (" ".join(str(alt).split()) for alt in whole.xpath(EXACT))
        assert status == (
            "Gestapelde balken van 28 maatregelen, per thema en status. Niet gestart: 1; Loopt op schema: 18; Vertraagd: 3; "
            "Afgerond: 5; Vervallen: 1. De meeste vertraagde maatregelen staan bij: Meedoen en zelfredzaam zijn (2)."
        )
        assert deadlines == (
            "Tijdlijn per thema van maatregelen die nog niet zijn afgerond. Van 3 maatregelen is de termijn op 16 oktober 2026 "
            "verstreken. Q4 2026: 4; Q1 2027: 6; Q2 2027: 7. "
            "De meeste verstreken termijnen staan bij: Meedoen en zelfredzaam zijn (2)."
        )
        assert values == (
            "Balken van 3 indicatoren, met de streefwaarde als streep. Vergeleken met de streefwaarde is de waarde bij 0 hoger, "
            "bij 2 lager en bij 0 gelijk. Zonder streefwaarde in cijfers: 1. "
            "Vergeleken met het tweede kwartaal 2026 is de waarde bij 1 hoger, bij 1 lager en bij 0 gelijk."
        )

    def test_each_has_a_caption_that_says_what_it_leaves_out(self, whole: _Element) -> None:
        status, deadlines, values = texts(whole, "//figcaption")
        assert status == "Figuur 1. Maatregelen naar thema en status."
        assert deadlines == (
            "Figuur 2. Wanneer maatregelen klaar moeten zijn die nog niet zijn afgerond. "
            "Verstreken zijn termijnen van vóór 16 oktober 2026. 2 maatregelen zonder datum staan alleen in de tabel."
        )
        assert values == (
            "Figuur 3. De waarde van indicatoren naast hun streefwaarde, elk op een eigen schaal. "
            "Zonder waarde in cijfers, en daarom alleen in de tabel: 1."
        )

    def test_its_numbers_stand_in_a_table(self, whole: _Element) -> None:
        table = "//table[contains(@class, 'termijnen')]"
        assert texts(whole, f"{table}//th") == [
            "Thema",
            "Verstreken",
            "Q4 2026",
            "Q1 2027",
            "Q2 2027",
            "Zonder datum",
            "Totaal",
        ]
        assert texts(whole, f"{table}/tbody/tr[1]/td") == ["Meedoen en zelfredzaam zijn", "2", "3", "4", "1", "1", "11"]
        assert texts(whole, f"{table}/tbody/tr[last()]/td") == ["Totaal", "3", "4", "6", "7", "2", "22"]

    def test_an_earlier_value_counts_in_the_same_unit_only(self, whole: _Element) -> None:
        heads = texts(whole, "//table[contains(@class, 'indicatoren')]//th")
        assert heads.index("Waarde tweede kwartaal 2026") == 4
        assert texts(whole, "//tr[@data-nr='BZK-40']/td")[3:5] == ["312", "–"]

    def test_without_an_earlier_brief_there_is_no_column_for_it(self) -> None:
        annexes = replace(sample().annexes, volgorde=("indicatoren",))
        root = page(empty(annexes=annexes, baseline=None), None)
        assert texts(root, "//th") == ["Indicator", "Eenheid", "Peildatum", "Waarde", "Streefwaarde", "Bron"]
        assert "Vergeleken met het" not in root.xpath(EXACT)[0]

    def test_only_of_the_annexes_that_are_named(self) -> None:
        annexes = replace(sample().annexes, volgorde=("moties", "toezeggingen", "middelen", "stukken"))
        assert not page(empty(annexes=annexes)).xpath("//img | //figure")

    def test_where_there_is_nothing_to_draw_a_sentence_says_so(self) -> None:
        nothing = Tijdlijn(date(2026, 10, 16), (), open=False, rows=())
        annexes = Annexes(("status", "indicatoren"), status_thema=StatusTable((), ()), tijdlijn=nothing, indicatoren=())
        root = page(empty(annexes=annexes), None)
        assert not root.xpath("//img | //table")
        assert texts(root, "//main//section/p") == [
            "Er zijn geen maatregelen.",
            "Er zijn geen maatregelen die nog moeten worden afgerond.",
            "Er zijn geen indicatoren opgegeven.",
        ]

    def test_what_has_no_date_is_not_drawn(self) -> None:
        undated = Tijdlijn(date(2026, 10, 16), (), open=False, rows=(("Thema", (0, 3)),))
        root = page(empty(annexes=Annexes(("status",), status_thema=ONE, tijdlijn=undated)), None)
        assert texts(root, "//figcaption") == ["Figuur 1. Maatregelen naar thema en status."]
        assert texts(root, "//table[contains(@class, 'termijnen')]/tbody/tr/td") == ["Thema", "0", "3", "3"]

    def test_many_indicators_are_several_pictures(self) -> None:
        peil = Periode("2026", date(2026, 12, 31))
        many = tuple(indicator(f"SZW-{n}", f"Indicator {n}", "%", peil, float(n), "", "CBS") for n in range(25))
        root = page(empty(annexes=Annexes(("indicatoren",), indicatoren=many)), None)
        assert [caption.split(".")[0] for caption in texts(root, "//figcaption")] == [
            "Figuur 1 (deel 1 van 3)", "Figuur 2 (deel 2 van 3)", "Figuur 3 (deel 3 van 3)",
        ]  # fmt: skip

    def test_a_name_stays_text_in_words_about_a_picture(self) -> None:
        two = replace(ONE, rows=(('Thema "<b>"', (0, 1)), ("Tot slot", (1, 0))))
        root = page(empty(annexes=Annexes(("status",), status_thema=two)), None)
        assert str(root.xpath(EXACT)[0]).endswith("staan bij: Thema “<b>” (1).")

    @given(st.text(min_size=1, max_size=60))
    @settings(max_examples=8, deadline=None)
    def test_no_text_of_anybody_becomes_a_picture(self, said: str) -> None:
        hostile = f'{said}"><img src="data:image/svg+xml;base64,PHN2Zy8+" alt="x"><figure>'
        names = replace(ONE, rows=((hostile, (1, 1)), ("Tot slot", (1, 0))))
        brief = replace(with_text(hostile), titel=hostile, annexes=Annexes(("status",), status_thema=names))
        assert len(page(brief).xpath("//img")) == len(page(brief).xpath("//figure")) == 1

    def test_what_draws_is_not_loaded_for_a_brief_without_pictures(self) -> None:
        script = (
            "import sys; from pathlib import Path; from tests.render.test_manuscript import empty, manuscript, TEMPLATES; "
            "manuscript(empty(), TEMPLATES, concept=None); print('matplotlib' in sys.modules)"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=TEMPLATES.folder.parent, check=True, capture_output=True
        )
        assert done.stdout.split() == [b"False"]


class TestTitle:
    def test_the_title_block_gives_date_and_reference(self, whole: _Element) -> None:
        assert texts(whole, "//p[@class='ondertitel']") == ["derde kwartaal 2026"]
        assert texts(whole, "//p[@class='gegeven']") == [
            "Datum 16 oktober 2026",
            "Dossier 32 824",
            "Betreft Voortgangsbrief derde kwartaal 2026 over de uitvoering van de Agenda Samen Vooruit",
            "Onze referentie 2026-0000183162",
        ]

    def test_what_is_not_given_is_not_named(self) -> None:
        assert texts(page(empty(), None), "//p[@class='gegeven']") == ["Datum 16 oktober 2026"]

    def test_long_contents_have_a_page_of_their_own(self, whole: _Element) -> None:
        many = tuple(topic(f"Onderwerp {number}", block("SZW-01", "Tekst.")) for number in range(60))
        assert whole.xpath("//nav/@class") == ["inhoud"]
        assert page(empty(themas=(Thema("1", "T", (), many),))).xpath("//nav/@class") == ["inhoud apart"]


def test_the_same_brief_gives_the_same_html() -> None:
    assert manuscript(sample(), TEMPLATES, concept="concept 01") == manuscript(
        sample(),
        TEMPLATES,
        concept="concept 01",
    )


def test_the_control_sheet_says_what_was_counted() -> None:
    data = Controle(
        "Voortgang <Agenda>", Kwartaal(2026, 3), "a" * 64,
        (ControleRij("SZW", 1200, 1199, 1, 1, 2), ControleRij("OCW", 3, 3, 0)),
        (ControleDocument("brief", 14, 14, 13, 14), ControleDocument("overzicht", 9, 9, 9, 9)), 5, (Bestand("SZW.xlsx", "b" * 64),), (Bestand("brief.pdf", "c" * 64),), "versie 1", Answers(), "concept 01",
    )  # fmt: skip
    root = lxml_html.document_fromstring(controleblad(data, TEMPLATES))
    assert texts(root, "(//table)[1]//tr[@class='totaal']/td") == ["Totaal", "1.203", "1.202", "1", "1", "2"]
    assert "Voortgang <Agenda>, derde kwartaal 2026, concept 01" in words(root)
    assert texts(root, "//td[@class='code']") == ["c" * 16, "b" * 16]
    assert "Elke gelezen rij is gedrukt" in words(root)
    assert texts(root, "(//table)[2]//td") == ["Brief", "14", "14", "13", "14", "Overzicht", "9", "9", "9", "9"]
    assert "het aantal noten verschilt" in words(root)
    assert "of de aangehaalde stukken bestaan, is niet nagegaan" in words(root)
