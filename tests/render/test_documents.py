"""The documents beside the brief as HTML, PDF and Word file: each says all that was given, and is refused where it does not."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html

from flows.model.documents import Document, Kamerstuk
from flows.model.templates import Templates
from flows.render.data_documents import documents_data
from flows.render.manuscript import manuscript
from flows.render.odt import odt
from flows.render.pdf import pdf
from flows.render.proof import Counts, ProofError, Rule, prove
from flows.render.reading_html import read_html
from flows.render.word import word
from tests.render.sample_documents import BRIEF, CONTACT, agenda, letter, many_notes, overview
from tests.render.test_proof import EPOCH

TEMPLATES = Templates(Path(__file__).parents[2] / "templates")
FINAL = replace(letter(), mede_namens=letter().mede_namens[:1])


def html_of(document: Document, concept: str | None = "concept 01") -> str:
    return manuscript(document, TEMPLATES, concept=concept)


def files(html: str) -> tuple[bytes, bytes, bytes]:
    docx = word(html, TEMPLATES, epoch=EPOCH)
    return pdf(html, TEMPLATES, datum=BRIEF.datum), docx, odt(docx, epoch=EPOCH)


def proved(document: Document, private: tuple[str, ...] = ()) -> Counts:
    html = html_of(document)
    return prove(html, *files(html), document, private)


def words(document: Document, concept: str | None = "concept 01") -> str:
    root = lxml_html.document_fromstring(html_of(document, concept))
    return " ".join(root.find("body").text_content().split())


def refused(document: Document, old: str, new: str) -> ProofError:
    """The error for files of an HTML in which something was changed."""
    html = html_of(document)
    assert html.count(old) == 1
    changed = html.replace(old, new)
    with pytest.raises(ProofError) as caught:
        prove(changed, *files(changed), document, ())
    return caught.value


NOTES = [(letter(), 4), (Kamerstuk.of(letter()), 4), (overview(), 10), (agenda(), 2)]


@pytest.mark.parametrize(("document", "notes"), NOTES, ids=lambda value: type(value).__name__)
def test_each_document_holds_all_that_was_given_in_all_files(document: Document, notes: int) -> None:
    counts = proved(document, ("geheim-bestand.xlsx", "Vertrouwelijk: nog niet delen"))
    assert (counts.notes, counts.notes_pdf, counts.notes_docx, counts.notes_odt) == (notes, notes, notes, notes)
    assert counts.rows == frozenset(
        (entry.ministerie, entry.nr) for entry in document.entries()
    ) | {(block.ministerie, block.nr) for block in rows_without_entry(document)}  # fmt: skip


def rows_without_entry(document: Document) -> list[object]:
    """The sample's blocks, which have a number and no entry."""
    topics = [topic for thema in getattr(document, "themas", ()) for topic in thema.onderwerpen]
    parts = [part for topic in topics for part in getattr(topic, "secties", getattr(topic, "inzet", ()))]
    return [block for part in parts for block in part.blocks]


def test_the_letter_says_who_writes_to_whom_about_what() -> None:
    text = words(letter())
    assert text.startswith(
        "CONCEPT 01 Ministerie van SZW De Voorzitter van de Tweede Kamer der Staten-GeneraalPostbus 200182500 EA Den Haag"
    )
    fields = "Onze referentie 2026-0000183162 Bijlage(n) 3 Contactpersoon Geheime Contactpersoon Datum 16 oktober 2026 Betreft Voortgangsbrief"
    assert fields in text
    assert "Geachte voorzitter, Eerst dit." in text
    assert (
        "Hierbij bied ik u, mede namens de Minister van Onderwijs, Cultuur en Wetenschap, de Staatssecretaris Jeugd, Preventie en Sport"
        " en het Ministerie van Algemene Zaken, de voortgangsbrief over het derde kwartaal van 2026, het overzicht van de uitvoering"
        " en de integratieagenda van Rijk en gemeenten aan."
    ) in text
    assert "Hoogachtend, De Minister van Sociale Zaken en Werkgelegenheid, N.A. Hoogvliet Bijlagen" in text


def test_a_letter_without_co_signers_annexes_or_last_brief_is_a_letter_too() -> None:
    bare = replace(letter(), mede_namens=(), bijlagen=(), vorige=(), contactpersoon=(), onze_referentie=())
    text = words(bare)
    assert "Met deze brief informeer ik u over de voortgang in het derde kwartaal 2026." in text
    assert not any(absent in text for absent in ("Bijlage", "Contactpersoon", "Onze referentie", "vorige"))
    assert proved(bare).notes == 2


def test_the_chamber_prints_the_dossier_the_writer_and_the_notes_at_the_end() -> None:
    text = words(Kamerstuk.of(letter()))
    assert text.startswith(
        "CONCEPT 01 Tweede Kamer der Staten-Generaal Vergaderjaar 2026–2027 32 824"
        " Nr. … BRIEF VAN DE MINISTER VAN SOCIALE ZAKEN EN WERKGELEGENHEID"
        " Aan de Voorzitter van de Tweede Kamer der Staten-Generaal Den Haag, 16 oktober 2026 Eerst dit."
    )
    assert "De Minister van Sociale Zaken en Werkgelegenheid, N.A. Hoogvliet Noten 1 Kamerstukken" in text
    assert CONTACT not in text


def test_notes_at_the_end_lead_there_and_back() -> None:
    html = html_of(Kamerstuk.of(letter()))
    links = [link for link in read_html(html).links if link.startswith("#")]
    assert links == [*(f"#eindnoot-{n}" for n in range(1, 5)), *(f"#eindverwijzing-{n}" for n in range(1, 5))]
    with zipfile.ZipFile(io.BytesIO(word(html, TEMPLATES, epoch=EPOCH))) as package:
        document = package.read("word/document.xml").decode()
    bookmarks = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', document))
    assert [f"#{anchor}" for anchor in re.findall(r'w:anchor="([^"]+)"', document)] == links
    assert {link[1:] for link in links} <= bookmarks


def test_notes_at_the_end_may_fill_pages() -> None:
    assert proved(Kamerstuk.of(many_notes(30))).notes_pdf == 33


def test_an_endnote_that_says_something_else_is_refused() -> None:
    assert refused(Kamerstuk.of(letter()), "Aangeboden op ", "Gestuurd op ").rule is Rule.NOTE


LOST = [
    (r'<span class="eindverwijzing" id="eindverwijzing-4">.*?</span>', Rule.TEXT),
    (r'<div class="eindnoot" id="eindnoot-4">.*?</div>', Rule.NOTE),
]


@pytest.mark.parametrize(("lost", "rule"), LOST)
def test_an_endnote_without_a_call_or_a_call_without_an_endnote_is_refused(lost: str, rule: Rule) -> None:
    document = Kamerstuk.of(letter())
    html = html_of(document)
    with pytest.raises(ProofError) as caught:
        prove(re.sub(lost, "", html), *files(html), document, ())
    assert caught.value.rule is rule


def test_a_link_of_an_endnote_that_leads_elsewhere_is_refused() -> None:
    document = Kamerstuk.of(letter())
    html = html_of(document)
    elsewhere = files(html.replace('href="#eindnoot-2"', 'href="#eindnoot-3"'))
    with pytest.raises(ProofError) as caught:
        prove(html, *elsewhere, document, ())
    assert caught.value.rule is Rule.LINK


def test_a_row_that_is_lost_is_refused_by_its_number() -> None:
    assert refused(agenda(), "Handreiking", "").nr == "SZW-63"


def test_a_contact_is_published_in_the_letter_only() -> None:
    assert proved(letter(), (CONTACT,)).notes == 4
    for document in (overview(), Kamerstuk.of(letter())):
        html = html_of(document)
        leaking = html.replace("</main>", f"<p>{CONTACT}</p></main>")
        with pytest.raises(ProofError) as caught:
            prove(leaking, *files(leaking), document, (CONTACT,))
        assert caught.value.rule is Rule.LEAK


def test_a_gap_or_an_open_point_is_in_no_final_document() -> None:
    assert "CONCEPT" not in words(FINAL, None)
    for document in (
        agenda(),
        replace(letter(), functie=agenda().themas[0].onderwerpen[0].inzet[2].blocks[0].parts[0].inlines),
    ):
        with pytest.raises(ValueError, match="not in a final"):
            html_of(document, None)


def test_the_agenda_has_headings_for_what_a_topic_tells_and_links_where_an_instrument_is_found() -> None:
    root = lxml_html.document_fromstring(html_of(agenda()))
    topic = root.xpath("//section[@class='onderwerp']")[0]
    assert [heading.text_content() for heading in topic.xpath("h4")] == [
        "Kernprobleem", "Ambitie", "Inzet Rijk", "Inzet gemeente", "Overige inzet", "Instrumenten"]  # fmt: skip
    cells = [" ".join(cell.text_content().split()) for cell in topic.xpath(".//tbody/tr[position() < 3]/td")]
    assert cells[:2] == ["Wet- en regelgeving", "Wet inburgering"]
    assert cells[3:] == ["Overige instrumenten", "Handreiking", "–"]
    assert topic.xpath(".//tbody/tr[3]//a/@href") == ["https://www.a.example"]


def test_the_same_document_gives_the_same_files() -> None:
    for document in (letter(), Kamerstuk.of(letter())):
        assert files(html_of(document)) == files(html_of(document))


def test_the_documents_as_data_have_their_blocks_with_notes_and_references() -> None:
    data = documents_data((letter(), Kamerstuk.of(letter()), overview(), agenda()))
    assert list(data) == ["aanbiedingsbrief", "overzicht", "integratieagenda"]
    assert data["aanbiedingsbrief"]["mede_namens"][2] == "Ministerie van Algemene Zaken"
    assert [note["references"][0]["links"] for note in data["aanbiedingsbrief"]["vorige_brief"]] == [[], []]
    kinds = [block["soort"] for block in data["integratieagenda"]["blocks"]]
    assert kinds[:6] == ["voor", "thema", "kernprobleem", "ambitie", "onderwerp", "inzet"]
    assert (kinds.count("instrument"), kinds[-1]) == (22, "na")
    assert CONTACT not in str(data)
