"""The proof of completeness.

Untouched files pass; whatever is lost, added, moved or leaked is refused by name.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Operator

from flows.model.annexes import Annexes, Register
from flows.model.brief import Brief, Onderwerp, Sectie, Thema
from flows.model.counts import StatusTable
from flows.model.entries import Status
from flows.model.templates import Templates
from flows.model.text import Text
from flows.render.manuscript import manuscript
from flows.render.odt import odt
from flows.render.pdf import pdf
from flows.render.proof import Format, ProofError, Rule, prove, prove_office, prove_pdf
from flows.render.reading import call, item, normal
from flows.render.reading_html import read_html
from flows.render.reading_pdf import read_pdf
from flows.render.tracing import trace
from flows.render.word import word
from tests.render.random_brief import RandomBrief
from tests.render.sample import PROZA, WET, block, bullet, kst, motie, note, part, sample, step

TEMPLATES = Templates(Path(__file__).parents[2] / "templates")
DATUM, EPOCH = date(2026, 10, 16), 1792108800
DOCUMENT, NOTES = "word/document.xml", "word/footnotes.xml"
REMARK = "Intern: nog niet met de minister besproken"
SPLIT = ("<w:r><w:t>Intern: nog niet met", "de minister BESPROKEN")
FONT = '@font-face { font-family: "F"; src: url("font:SourceSansPro-Regular.ttf") }'


@dataclass(frozen=True)
class Made:
    """A brief and what was made of it."""

    brief: Brief
    html: str
    pdf: bytes
    docx: bytes
    odt: bytes

    def prove(self, private: tuple[str, ...] = (), **altered: object) -> None:
        made = replace(self, **altered)  # type: ignore[arg-type]
        prove(made.html, made.pdf, made.docx, made.odt, made.brief, private)


def make(brief: Brief) -> Made:
    html = manuscript(brief, TEMPLATES, concept="concept 01")
    docx = word(html, TEMPLATES, epoch=EPOCH)
    return Made(brief, html, pdf(html, TEMPLATES, datum=DATUM), docx, odt(docx, epoch=EPOCH))


def short() -> Brief:
    """Two topics with notes, lists and a register whose long row goes on on the next page."""
    premie = " De arbeidsongeschiktheidsverzekeringspremie voor uitvoeringsorganisaties blijft −5 punten."
    steeg = "Het aantal deelnemers steeg met 12,5% naar 41."
    blocks = (
        block("SZW-01", part(steeg, note(kst(32824, 7), "."), note("Brief van 3 juni 2026."), premie)),
        block(
            "SZW-02",
            bullet("een efficiënte aanpak;", note("Zie ", kst(29544, 12), ", p. 4.")),
            bullet("„Samen vooruit”, zei zij;"),
        ),
        block("OCW-01", step("eerst de wet;"), step("dan de fluctuatie.")),
    )
    taal = Onderwerp("Taal en officiële figuren", (), (Sectie((), blocks),))
    stages = block("OCW-02", PROZA, part(WET, note("Vijfde ", Text("noot", italic=True))))
    werk = Onderwerp("Werk", (), (Sectie((Text("Stages"),), (stages,)),))
    rows = tuple(
        motie(
            f"BZK-{n}",
            f"Motie {n} over scholing",
            kst(30000 + n, n),
            stand=(f"Stand {n}.",),
            status=Status.AFGEDAAN,
        )
        for n in range(1, 25)
    )
    long = motie(
        "BZK-99",
        "De lange motie",
        kst(31000, 1),
        stand=((PROZA + " ") * 14, note("Zesde noot.")),
        status=Status.OPENSTAAND,
    )
    annexes = Annexes(volgorde=("moties",), moties=Register(rows, (long,)))
    return replace(
        sample(),
        themas=(Thema("1", "Meedoen", (), (taal, werk)),),
        annexes=annexes,
        voor=(),
        na=(),
        open=(),
        inleiding=None,
    )


@pytest.fixture(scope="module")
def made() -> Made:
    return make(short())


def reprint(html: str) -> bytes:
    return pdf(html, TEMPLATES, datum=DATUM)


def refused(prove_it: Callable[[], object]) -> ProofError:
    with pytest.raises(ProofError) as caught:
        prove_it()
    return caught.value


# --- what is whole passes ---


def test_the_untouched_files_pass_and_are_counted(made: Made) -> None:
    counts = prove(made.html, made.pdf, made.docx, made.odt, made.brief, (REMARK,))
    assert (counts.notes, counts.notes_pdf, counts.notes_docx, counts.notes_odt) == (5, 5, 5, 5)
    assert counts.blocks == 4 + 25
    assert ("OCW", "OCW-01") in counts.rows
    assert counts.words > 300


def test_a_row_over_two_pages_and_repeated_table_heads_are_followed(made: Made) -> None:
    printed = read_pdf(made.pdf)
    assert trace(read_html(made.html, layout=True), printed).split
    heads = sum(piece.text == "Vindplaats" for page in printed.pages for piece in page.text)
    assert heads > 2


def test_the_sample_brief_with_everything_in_it_passes() -> None:
    make(sample()).prove((REMARK, "Geheime Contactpersoon", "geheim-bestand.xlsx", "Stand van zaken", "Totaal", "SZW"))


@pytest.mark.parametrize("seed", [0, 4, 8])
def test_any_brief_passes(seed: int) -> None:
    make(RandomBrief(seed).brief()).prove((REMARK,))


def test_a_document_without_a_brief_is_proved_by_its_html_alone() -> None:
    html = (
        f'<html lang="nl"><head><title>T</title><style>{FONT} html {{ font-family: "F"; width: 60mm }} '
        "html { hyphens: auto } .noot { float: footnote }</style></head><body><h1>Kop</h1>"
        "<p>co-ouder, 3½ m², ﬁguur, zo’n −5 www.voorbeeld.nl/een-lang-pad/en-verder"
        '<span class="verwijzing" id="v1"><span class="noot" id="n1">Noot.</span></span></p>'
        "<ul><li>buiten<ul><li>binnen</li></ul></li></ul>"
        "<ol><li>eerst</li><li>dan</li></ol></body></html>"
    )
    assert prove_pdf(html, reprint(html)) == 1


# --- a PDF that says something else ---


@pytest.mark.parametrize(
    ("old", "new", "rule", "expected"),
    [
        ("steeg met", "daalde met", Rule.TEXT, {"nr": "SZW-01", "ministerie": "SZW"}),
        ("naar 41.", "naar 14.", Rule.TEXT, {"nr": "SZW-01"}),
        (
            "voor uitvoeringsorganisaties blijft",
            "voor blijft",
            Rule.TEXT,
            {"nr": "SZW-01", "missing": "uitvoeringsorganisaties"},
        ),
        ("blijft −5", "blijft 5", Rule.TEXT, {"nr": "SZW-01", "missing": "−"}),
        ("Stand 7.", "Stand 7. Alsnog.", Rule.TEXT, {"extra": "Alsnog."}),
        (
            "Brief van 3\u00a0juni 2026.",
            "Brief van 4\u00a0juni 2026.",
            Rule.NOTE,
            {"note": 2, "nr": "SZW-01", "missing": "3", "extra": "4"},
        ),
        ("kst-29544-12", "kst-29544-13", Rule.LINK, {"note": 3}),
        (">Werk</a>", ">Werken</a>", Rule.TEXT, {"page": 1}),
        ("<h4", "<p>nieuw</p><h4", Rule.TEXT, {"extra": "nieuw"}),
        ("<ol>\n<li data", '<ol style="counter-reset: list-item 1">\n<li data', Rule.MARKER, {}),
    ],
)
def test_a_changed_text_in_the_pdf_is_refused(
    made: Made, old: str, new: str, rule: Rule, expected: dict[str, object]
) -> None:
    assert old in made.html
    error = refused(lambda: made.prove(pdf=reprint(made.html.replace(old, new))))
    assert (error.format, error.rule) == (Format.PDF, rule)
    assert {name: getattr(error, name) for name in expected} == expected


def test_a_row_that_is_dropped_is_refused(made: Made) -> None:
    dropped = re.sub(r'<tr data-nr="BZK-5".*?</tr>', "", made.html, flags=re.DOTALL)
    error = refused(lambda: made.prove(pdf=reprint(dropped)))
    assert (error.rule, error.nr, error.ministerie) == (Rule.TEXT, "BZK-5", "BZK")


def test_two_rows_that_change_places_are_refused(made: Made) -> None:
    rows = re.findall(r"<tr data-nr=.*?</tr>", made.html, re.DOTALL)
    first, second = (next(row for row in rows if f'"BZK-{n}"' in row) for n in (5, 6))
    swapped = made.html.replace(first, "¤").replace(second, first).replace("¤", second)
    assert refused(lambda: made.prove(pdf=reprint(swapped))).nr == "BZK-5"


def test_two_notes_that_change_places_are_refused(made: Made) -> None:
    second, fifth = "Brief van 3\u00a0juni 2026.", "Zesde noot."
    swapped = made.html.replace(second, "¤").replace(fifth, second).replace("¤", fifth)
    error = refused(lambda: made.prove(pdf=reprint(swapped)))
    assert (error.rule, error.note) == (Rule.NOTE, 2)


def test_a_note_that_is_lost_is_refused(made: Made) -> None:
    lost = re.sub(r'<span class="verwijzing" id="v3">.*?</span></span>', "", made.html)
    error = refused(lambda: made.prove(pdf=reprint(lost)))
    assert (error.format, error.rule, error.note, error.nr) == (Format.PDF, Rule.CALL, 3, "SZW-02")


def test_a_note_of_which_only_the_call_is_printed_is_refused(made: Made) -> None:
    empty = re.sub('(<span class="noot" id="n3"[^>]*>).*?</span></span>', r"\1</span></span>", made.html)
    error = refused(lambda: made.prove(pdf=reprint(empty)))
    assert (error.rule, error.note) == (Rule.NOTE, 3)


Drawn = list[tuple[list[object], Operator]]


def redraw(data: bytes, page: int, change: Callable[[Drawn], Drawn]) -> bytes:
    """The PDF with other drawing instructions on one page."""
    with pikepdf.open(io.BytesIO(data)) as file:
        target = file.pages[page - 1]
        drawn = [(list(operands), operator) for operands, operator in pikepdf.parse_content_stream(target)]
        target.Contents = file.make_stream(pikepdf.unparse_content_stream(change(drawn)))
        return saved(file)


def saved(file: pikepdf.Pdf) -> bytes:
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def test_a_line_that_is_not_drawn_is_refused(made: Made) -> None:
    def without_third_line(drawn: Drawn) -> Drawn:
        shown = [place for place, (_, operator) in enumerate(drawn) if str(operator) in ("TJ", "Tj")]
        return [step for place, step in enumerate(drawn) if place != shown[3]]

    page = trace(read_html(made.html, layout=True), read_pdf(made.pdf)).calls[1]
    error = refused(lambda: made.prove(pdf=redraw(made.pdf, page, without_third_line)))
    assert (error.format, error.rule, error.page) == (Format.PDF, Rule.TEXT, page)


def test_white_text_that_is_drawn_over_the_page_is_refused(made: Made) -> None:
    def with_white_text(drawn: Drawn) -> Drawn:
        font = next(operands for operands, operator in drawn if str(operator) == "Tf")
        shown = next(operands for operands, operator in drawn if str(operator) in ("TJ", "Tj"))
        white = [
            ([], "q"),
            ([1, 1, 1], "rg"),
            ([], "BT"),
            (font, "Tf"),
            ([1, 0, 0, 1, 100, 400], "Tm"),
            (shown, "TJ"),
            ([], "ET"),
            ([], "Q"),
        ]
        return drawn + [(list(operands), Operator(name)) for operands, name in white]

    error = refused(lambda: made.prove(pdf=redraw(made.pdf, 3, with_white_text)))
    assert (error.format, error.rule, error.page) == (Format.PDF, Rule.TEXT, 3)
    assert error.extra


def test_a_wrong_page_number_in_the_contents_list_is_refused(made: Made) -> None:
    def with_the_first_number_twice(drawn: Drawn) -> Drawn:
        numbers = [place for place, (operands, operator) in enumerate(drawn) if str(operator) == "TJ"]
        pieces = read_pdf(made.pdf).pages[0].text
        drawn_numbers = [numbers[place] for place, piece in enumerate(pieces) if piece.text.isdecimal() and place > 20]
        drawn[drawn_numbers[-1]] = drawn[drawn_numbers[0]]
        return drawn

    error = refused(lambda: made.prove(pdf=redraw(made.pdf, 1, with_the_first_number_twice)))
    assert error.rule is Rule.CONTENTS
    assert error.missing != error.extra


def test_an_entry_of_the_contents_list_that_names_another_heading_is_refused(made: Made) -> None:
    html = made.html.replace('<a href="#thema-1-2">Werk</a>', '<a href="#thema-1-2">Werken</a>')
    error = refused(lambda: prove(html, reprint(html), made.docx, made.odt, made.brief, ()))
    assert (error.rule, error.missing, error.extra) == (Rule.CONTENTS, "Werk", "Werken")


# --- a PDF that looks the same, and says something else to who does not see it ---


def all_of(file: pikepdf.Pdf, role: str) -> list[Any]:
    """The elements of a role, in reading order."""

    def within(element: Any) -> Iterator[Any]:
        for child in element.get("/K", []):
            if isinstance(child, Dictionary) and "/S" in child:
                yield child
                yield from within(child)

    return [element for element in within(file.Root.StructTreeRoot.K[0]) if str(element.S) == f"/{role}"]


def a_note_elsewhere(file: pikepdf.Pdf) -> None:
    kids = all_of(file, "Note")[0].P.K
    kids.append(kids[2])
    del kids[2]


def two_notes_that_change_places(file: pikepdf.Pdf) -> None:
    first, second = all_of(file, "Note")[:2]
    first.K, second.K = second.K, first.K


def a_note_with_the_name_of_another(file: pikepdf.Pdf) -> None:
    all_of(file, "Note")[0].ID = "n2"


def a_paragraph_without_a_meaning(file: pikepdf.Pdf) -> None:
    all_of(file, "P")[-1].S = Name.NonStruct


def a_heading_of_another_level(file: pikepdf.Pdf) -> None:
    all_of(file, "H3")[0].S = Name.H2


def a_second_first_heading(file: pikepdf.Pdf) -> None:
    all_of(file, "H2")[0].S = Name.H1


def a_head_of_a_table_without_scope(file: pikepdf.Pdf) -> None:
    del all_of(file, "TH")[1].A


def a_line_outside_the_tree(file: pikepdf.Pdf) -> None:
    del all_of(file, "P")[-1].K[0]


def a_line_that_is_read_twice(file: pikepdf.Pdf) -> None:
    paragraph = all_of(file, "P")[-1]
    paragraph.K.append(paragraph.K[0])


def two_lines_that_change_places(file: pikepdf.Pdf) -> None:
    kids = next(element for element in all_of(file, "P") if len(element.K) > 3 and isinstance(element.K[1], int)).K
    kids[0], kids[1] = kids[1], kids[0]


def a_row_that_is_read_before_another(file: pikepdf.Pdf) -> None:
    rows = all_of(file, "TBody")[0].K
    rows.append(rows[2])
    del rows[2]


def a_call_that_leads_to_another_note(file: pikepdf.Pdf) -> None:
    link(file, "n1").Dest = "n2"


def a_note_that_leads_back_to_another_call(file: pikepdf.Pdf) -> None:
    link(file, "v2").Dest = "v1"


def a_link_outside_the_tree(file: pikepdf.Pdf) -> None:
    kids = all_of(file, "Reference")[-1].K[0].K
    del kids[next(place for place, kid in enumerate(kids) if isinstance(kid, Dictionary))]


def a_link_beside_its_words(file: pikepdf.Pdf) -> None:
    link(file, "n1").Rect = Array([0, 0, 9, 9])


def a_link_without_words(file: pikepdf.Pdf) -> None:
    link(file, "n1").Contents = ""


def link(file: pikepdf.Pdf, target: str) -> Any:
    return next(link for page in file.pages for link in page.get("/Annots", []) if str(link.get("/Dest")) == target)


@pytest.mark.parametrize(
    "sabotage",
    [
        a_note_elsewhere,
        two_notes_that_change_places,
        a_note_with_the_name_of_another,
        a_paragraph_without_a_meaning,
        a_heading_of_another_level,
        a_second_first_heading,
        a_head_of_a_table_without_scope,
        a_line_outside_the_tree,
        a_line_that_is_read_twice,
        two_lines_that_change_places,
        a_row_that_is_read_before_another,
        a_call_that_leads_to_another_note,
        a_note_that_leads_back_to_another_call,
        a_link_outside_the_tree,
        a_link_beside_its_words,
        a_link_without_words,
    ],
)
def test_another_structure_is_refused(made: Made, sabotage: Callable[[pikepdf.Pdf], None]) -> None:
    with pikepdf.open(io.BytesIO(made.pdf)) as file:
        sabotage(file)
        altered = saved(file)
    assert refused(lambda: made.prove(pdf=altered)).format is Format.PDF


def test_text_that_is_drawn_as_furniture_is_refused(made: Made) -> None:
    def as_artifact(drawn: Drawn) -> Drawn:
        begin = next(
            place
            for place, (operands, operator) in enumerate(drawn)
            if str(operator) == "BDC" and "/MCID" in operands[1]
        )
        drawn[begin] = ([Name.Artifact, Dictionary(Type=Name.Pagination, Subtype=Name.Header)], Operator("BDC"))
        return drawn

    assert refused(lambda: made.prove(pdf=redraw(made.pdf, 2, as_artifact))).format is Format.PDF


# --- a Word file that says something else ---


def rewrite(data: bytes, **changes: Callable[[str], str]) -> bytes:
    """The DOCX or ODT with parts changed; `document` stands for word/document.xml and so on."""
    names = {"document": DOCUMENT, "footnotes": NOTES, "core": "docProps/core.xml"}
    names |= {"content": "content.xml", "styles": "styles.xml", "meta": "meta.xml"}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part_ = old.read(name)
            for key, change in changes.items():
                if names[key] == name:
                    changed = change(part_.decode())
                    assert changed != part_.decode()
                    part_ = changed.encode()
            new.writestr(name, part_)
    return made.getvalue()


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def test_a_changed_word_in_the_docx_is_refused(made: Made) -> None:
    error = refused(lambda: made.prove(docx=rewrite(made.docx, document=swap("steeg met", "daalde met"))))
    assert (error.format, error.rule, error.nr) == (Format.DOCX, Rule.TEXT, "SZW-01")


def test_a_dropped_row_in_the_docx_is_refused(made: Made) -> None:
    def without_row(text: str) -> str:
        rows = re.findall(r"<w:tr>.*?</w:tr>|<w:tr .*?</w:tr>", text, re.DOTALL)
        return text.replace(next(row for row in rows if "Motie 5 over" in row), "")

    error = refused(lambda: made.prove(docx=rewrite(made.docx, document=without_row)))
    assert (error.format, error.rule, error.nr) == (Format.DOCX, Rule.TEXT, "BZK-5")


def test_a_changed_note_in_the_docx_is_refused(made: Made) -> None:
    error = refused(lambda: made.prove(docx=rewrite(made.docx, footnotes=change_date)))
    assert (error.format, error.rule, error.note, error.missing, error.extra) == (
        Format.DOCX,
        Rule.NOTE,
        2,
        "3",
        "4",
    )


def change_date(text: str) -> str:
    return re.sub(r"Brief van 3(\s)", r"Brief van 4\1", text)


def test_two_calls_that_change_places_in_the_docx_are_refused(made: Made) -> None:
    def swapped(text: str) -> str:
        first, second = re.findall(r"<w:footnoteReference[^>]*/>", text)[1:3]
        return text.replace(first, "@").replace(second, first).replace("@", second)

    error = refused(lambda: made.prove(docx=rewrite(made.docx, document=swapped)))
    assert (error.format, error.rule, error.note) == (Format.DOCX, Rule.NOTE, 2)


def test_a_call_without_its_note_and_a_note_without_its_call_are_refused(made: Made) -> None:
    lost = rewrite(made.docx, document=lambda text: re.sub(r"<w:footnoteReference[^>]*/>", "", text, count=1))
    error = refused(lambda: made.prove(docx=lost))
    assert (error.format, error.rule) == (Format.DOCX, Rule.NOTE)


def test_a_link_that_leads_elsewhere_in_the_docx_is_refused(made: Made) -> None:
    html = made.html.replace("kst-29544-12", "kst-29544-13")
    error = refused(lambda: made.prove(docx=word(html, TEMPLATES, epoch=EPOCH)))
    assert (error.format, error.rule, error.note) == (Format.DOCX, Rule.LINK, 3)
    assert "kst-29544-12." in error.missing


def test_hidden_text_in_the_docx_is_refused(made: Made) -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>verborgen</w:t></w:r></w:p><w:sectPr"
    error = refused(lambda: made.prove(docx=rewrite(made.docx, document=swap("<w:sectPr", hidden))))
    assert (error.format, error.rule, error.extra) == (Format.DOCX, Rule.TEXT, "verborgen")


# --- an OpenDocument text that says something else ---


@pytest.mark.parametrize(
    ("old", "new", "rule", "expected"),
    [
        ("steeg met", "daalde met", Rule.TEXT, {"nr": "SZW-01", "ministerie": "SZW"}),
        ("<text:p ", "<text:p>verborgen</text:p><text:p ", Rule.TEXT, {"extra": "verborgen"}),
        (r"<table:table-row [^>]*>(?:(?!</table:table-row>).)*Motie 5 over.*?</table:table-row>", "", Rule.TEXT, {"nr": "BZK-5"}),
        (r"Brief van 3(\s)", r"Brief van 4\1", Rule.NOTE, {"note": 2, "missing": "3", "extra": "4"}),
        (r"<text:note .*?</text:note>", "", Rule.NOTE, {}),
        (">2</text:note-citation>", ">3</text:note-citation>", Rule.NOTE, {}),
        (
            r"(<text:note-citation>2<.*?)Brief van 3\sjuni 2026\.(.*)Zesde noot\.",
            r"\1Zesde noot.\2Brief van 3 juni 2026.",
            Rule.NOTE,
            {"note": 2, "nr": "SZW-01"},
        ),
        ("kst-29544-12", "kst-29544-13", Rule.LINK, {"note": 3}),
        ("</office:text>", "<office:annotation><text:p>even nagaan</text:p></office:annotation></office:text>", Rule.TEXT, {"extra": "even nagaan"}),
    ],
)  # fmt: skip
def test_a_changed_odt_is_refused(made: Made, old: str, new: str, rule: Rule, expected: dict[str, object]) -> None:
    changed = rewrite(made.odt, content=lambda text: re.sub(old, new, text, count=1, flags=re.DOTALL))
    error = refused(lambda: made.prove(odt=changed))
    assert (error.format, error.rule) == (Format.ODT, rule)
    assert {name: getattr(error, name) for name in expected} == expected


# --- an HTML that is not the brief ---


def test_a_word_of_the_brief_that_the_html_lacks_is_refused(made: Made) -> None:
    html = made.html.replace("fluctuatie", "")
    error = refused(lambda: made.prove(html=html))
    assert (error.format, error.rule, error.nr, error.missing) == (
        Format.HTML,
        Rule.TEXT,
        "OCW-01",
        "dan de fluctuatie.",
    )


def test_a_text_that_stands_in_the_row_of_another_ministry_is_refused(made: Made) -> None:
    html = made.html.replace('data-nr="OCW-02" data-ministerie="OCW"', 'data-nr="BZK-02" data-ministerie="BZK"')
    assert refused(lambda: made.prove(html=html)).nr == "OCW-02"


def test_a_note_of_the_brief_that_the_html_changes_is_refused(made: Made) -> None:
    error = refused(lambda: made.prove(html=made.html.replace("Zesde noot.", "Zesde.")))
    assert (error.format, error.rule, error.note, error.nr) == (Format.HTML, Rule.NOTE, 5, "BZK-99")


# --- leaks ---


def with_metadata(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        file.docinfo["/Keywords"] = REMARK
        return saved(file)


def with_xmp(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        with file.open_metadata(set_pikepdf_as_editor=False) as xmp:
            xmp["dc:subject"] = {REMARK}
        return saved(file)


def with_annotation(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        note_ = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=REMARK)
        file.pages[0].Annots = Array([*file.pages[0].get("/Annots", []), file.make_indirect(note_)])
        return saved(file)


def with_attachment(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        file.attachments["bron.txt"] = REMARK.encode()
        return saved(file)


@pytest.mark.parametrize("sabotage", [with_metadata, with_xmp, with_annotation, with_attachment])
def test_a_remark_anywhere_in_the_pdf_is_refused(made: Made, sabotage: Callable[[bytes], bytes]) -> None:
    leaking = sabotage(made.pdf)
    made.prove(pdf=leaking)
    error = refused(lambda: made.prove((REMARK,), pdf=leaking))
    assert (error.format, error.rule, error.extra) == (Format.PDF, Rule.LEAK, REMARK)


@pytest.mark.parametrize(
    ("part_", "old", "new"),
    [
        ("core", "</dc:description>", f" {REMARK}</dc:description>"),
        (
            "document",
            "<w:sectPr",
            f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{REMARK}</w:t></w:r></w:p><w:sectPr",
        ),
        ("document", "<w:sectPr", f'<w:p w:rsidR="{REMARK}"/><w:sectPr'),
        ("document", "<w:sectPr", f"<w:p>{'</w:t></w:r><w:r><w:t> '.join(SPLIT)}</w:t></w:r></w:p><w:sectPr"),
    ],
)
def test_a_remark_anywhere_in_the_docx_is_refused(made: Made, part_: str, old: str, new: str) -> None:
    leaking = rewrite(made.docx, **{part_: swap(old, new)})
    error = refused(lambda: made.prove((REMARK,), docx=leaking))
    assert (error.format, error.rule, error.extra) == (Format.DOCX, Rule.LEAK, REMARK)


@pytest.mark.parametrize(
    ("part_", "old", "new"),
    [
        ("meta", "</dc:description>", f" {REMARK}</dc:description>"),
        ("meta", "<meta:initial-creator>", f"<meta:keyword>{REMARK}</meta:keyword><meta:initial-creator>"),
        ("content", "</office:text>", f'<text:p text:style-name="{REMARK}"/></office:text>'),
        ("content", "</table:desc>", f" {REMARK}</table:desc>"),
        ("styles", "</style:header>", f"<text:p>{REMARK}</text:p></style:header>"),
    ],
)
def test_a_remark_anywhere_in_the_odt_is_refused(made: Made, part_: str, old: str, new: str) -> None:
    leaking = rewrite(made.odt, **{part_: swap(old, new)})
    error = refused(lambda: made.prove((REMARK,), odt=leaking))
    assert (error.format, error.rule, error.extra) == (Format.ODT, Rule.LEAK, REMARK)


def test_a_short_private_text_is_refused_where_it_stands_alone(made: Made) -> None:
    leaking = rewrite(
        made.docx,
        core=lambda text: re.sub("<dc:creator>.*?</dc:creator>", "<dc:creator>J. Bos</dc:creator>", text),
    )
    assert refused(lambda: made.prove(("J. Bos",), docx=leaking)).rule is Rule.LEAK


@pytest.mark.parametrize(
    "text",
    [
        "scholing",
        "41",
        "2026-10-16",
        "Stand van zaken",
        "Totaal",
        "de",
        PROZA,
        "Motie 5 over scholing",
        "SZW",
        "Werk",
    ],
)
def test_what_the_brief_itself_says_is_no_leak(made: Made, text: str) -> None:
    made.prove((text,))


def test_two_paragraphs_that_the_brief_itself_says_are_no_leak() -> None:
    row = block("SZW-01", part("De cursussen lopen door.", note("Een noot.")), part("De evaluatie is gestart."))
    topics = (Onderwerp("Taal", (), (Sectie((), (row,)),)),)
    made = make(replace(sample(), themas=(Thema("1", "Meedoen", (), topics),), annexes=Annexes(), open=()))
    made.prove(("cursussen lopen door.\nDe evaluatie is gestart.", "concept 01"))


def test_a_title_of_sixty_words_stays_within_the_head_of_the_page() -> None:
    make(replace(sample(), titel=" ".join(["voortgang"] * 60))).prove()


def test_a_title_without_a_space_to_break_at_stays_within_the_head_of_the_page() -> None:
    make(replace(sample(), titel="\u00a0".join(["voortgang"] * 20))).prove()


# --- how texts are compared ---


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ﬁguur", "fi guur"),
        ("é", "e\u0301"),
        ("a\u00adb", "ab"),
        ("nr.\u00a07", "nr. 7"),
        ("co\u2011ouder", "co-ouder"),
        ("m²", "m2"),
    ],
)
def test_texts_that_look_alike_are_the_same(left: str, right: str) -> None:
    assert normal(left) == normal(right)


def test_the_stream_of_an_html_has_calls_and_list_markers_at_their_place() -> None:
    noot = '<span class="verwijzing" id="v1"><span class="noot" id="n1">N</span></span>'
    html = f"<body><ol><li>een{noot}.</li></ol></body>"
    assert read_html(html, layout=True).text == f"{item(1)}een{call(1)}."
    assert read_html(html).text == f"een{call(1)}."


def test_an_office_file_without_a_brief_is_proved_by_its_html_alone(made: Made) -> None:
    assert prove_office(made.html, made.docx, Format.DOCX) == 5
    assert prove_office(made.html, made.odt, Format.ODT) == 5


def test_an_error_about_a_leak_does_not_repeat_it_where_logs_are_kept() -> None:
    error = ProofError(Format.PDF, Rule.LEAK, extra="Alleen voor ons", context="en dan")
    assert str(error) == "pdf: leak ()"
    assert error.extra == "Alleen voor ons"


@pytest.fixture(scope="module")
def pictured() -> Made:
    """A brief with one picture."""
    counts = StatusTable((Status.OP_SCHEMA, Status.VERTRAAGD), (("Thema 1: Taal", (3, 1)),))
    annexes = Annexes(("status",), status_thema=counts)
    return make(replace(sample(), voor=(), inleiding=None, themas=(), slot=None, na=(), open=(), annexes=annexes))


def without_words(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        for thing in file.objects:
            if isinstance(thing, Dictionary) and "/Alt" in thing:
                thing.Alt = pikepdf.String("grafiek")
        return saved(file)


SAID = "Gestapelde balken van 4 maatregelen, per thema en status. Loopt op schema: 3; Vertraagd: 1."


def test_a_picture_that_does_not_say_in_the_pdf_what_it_was_given_is_refused(pictured: Made) -> None:
    pictured.prove()
    error = refused(lambda: pictured.prove(pdf=without_words(pictured.pdf)))
    assert (error.format, error.rule, error.missing, error.extra) == (Format.PDF, Rule.PICTURE, SAID, "grafiek")


@pytest.mark.parametrize(("old", "new", "extra"), [(SAID, "x", "x"), ("<w:drawing>.*</w:drawing>", "", "")])
def test_a_picture_that_is_lost_or_silent_in_the_word_file_is_refused(
    pictured: Made, old: str, new: str, extra: str
) -> None:
    altered = rewrite(pictured.docx, document=lambda text: re.sub(old, new, text, flags=re.DOTALL))
    error = refused(lambda: pictured.prove(docx=altered))
    assert (error.format, error.rule, error.missing, error.extra) == (Format.DOCX, Rule.PICTURE, SAID, extra)


def test_a_picture_that_is_silent_in_the_odt_is_refused(pictured: Made) -> None:
    silent = rewrite(pictured.odt, content=lambda text: re.sub("<svg:desc>.*?</svg:desc>", "", text))
    error = refused(lambda: pictured.prove(odt=silent))
    assert (error.format, error.rule, error.missing) == (Format.ODT, Rule.PICTURE, SAID)


def test_a_remark_in_the_words_of_a_picture_is_a_leak(pictured: Made) -> None:
    html = pictured.html.replace(SAID, REMARK)
    leaking = replace(pictured, html=html, pdf=pdf(html, TEMPLATES, datum=DATUM))
    assert refused(lambda: leaking.prove((REMARK,))).rule is Rule.LEAK
