"""What reviewers do in a copy comes back as just that: on the right paragraph, by whom, and nothing else."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.assemble.reviewed import compare, with_conflicts
from flows.catalogue import sayings
from flows.gather import reviewed
from flows.gather.confined import read_copy
from flows.gather.grid import Unreadable
from flows.gather.look import look_at_word
from flows.model.delivery import Origin
from flows.model.finding import Finding, Severity
from flows.model.review import Copy, Sort, Verdict
from flows.render.leaks import discreet
from flows.render.manuscript import manuscript
from flows.render.ooxml import W, text_of
from flows.render.reading_docx import read_docx
from flows.render.review_copy import _in_order, review_copy
from flows.render.word import word
from tests.render.sample import sample
from tests.render.test_word import EPOCH, TEMPLATES
from tests.reviewers import Reviewer


@pytest.fixture(scope="module")
def docx() -> bytes:
    return word(manuscript(sample(), TEMPLATES, concept="concept 01"), TEMPLATES, epoch=EPOCH)


@pytest.fixture(scope="module")
def copy(docx: bytes) -> bytes:
    return review_copy(docx, sample(), (), "kenmerk", sayings("herkomst"), epoch=EPOCH)


@pytest.fixture(scope="module")
def handed(copy: bytes) -> Copy:
    return reviewed.read(copy)


def found(handed: Copy, *reviewers: Reviewer) -> tuple[Verdict, ...]:
    read = [(one.name, reviewed.read(one.saved())) for one in reviewers]
    return with_conflicts([verdict for name, returned in read for verdict in compare(handed, returned, f"{name}.docx")])


def said(handed: Copy, name: str) -> str:
    return next(paragraph.after for paragraph in handed.paragraphs if paragraph.name == name)


def test_the_copy_says_what_the_word_file_says(docx: bytes, copy: bytes) -> None:
    assert read_docx(copy).manuscript == read_docx(docx).manuscript


def test_the_same_brief_gives_the_same_bytes(docx: bytes, copy: bytes) -> None:
    assert review_copy(docx, sample(), (), "kenmerk", sayings("herkomst"), epoch=EPOCH) == copy


def test_paragraphs_know_where_they_come_from(handed: Copy, copy: bytes) -> None:
    assert handed.identity == "kenmerk"
    reviewer = Reviewer(copy)
    source = handed.sources[reviewer.find("Gemeenten hebben dit kwartaal")]
    assert (source.ministerie, source.nr) == ("BZK", "BZK-01")
    assert source.origin == Origin("geheim-bestand.xlsx", "Voortgang", 4, "D")
    assert handed.sources[reviewer.find("Subsidieregeling praktijkleren")].nr == "OCW-42"
    assert reviewer.find("Meedoen en zelfredzaam zijn") not in handed.sources


def test_a_word_that_stands_elsewhere_leads_no_text_astray() -> None:
    assert _in_order(["a", "vervallen", "b", "c"], ["a", "b", "kop", "c", "vervallen"]) == {0: 0, 2: 1, 3: 3}
    assert _in_order(["a", "-", "b", "-", ""], ["-", "a", "-", "b", "-", ""]) == {0: 1, 1: 2, 2: 3, 3: 4}


def test_a_copy_that_nobody_touched_gives_nothing(handed: Copy, copy: bytes) -> None:
    assert found(handed, Reviewer(copy)) == ()


@pytest.mark.parametrize("tracked", [False, True])
class TestOneEdit:
    NAME = "De voorbereidingen"

    def one(self, handed: Copy, reviewer: Reviewer) -> Verdict:
        (verdict,) = found(handed, reviewer)
        assert [author.name for author in verdict.authors] == ["R. de Lezer"]
        return verdict

    def test_other_words(self, handed: Copy, copy: bytes, tracked: bool) -> None:
        reviewer = Reviewer(copy, tracked=tracked)
        name = reviewer.find(self.NAME)
        reviewer.replace(name, self.NAME, "De eerste stappen")
        verdict = self.one(handed, reviewer)
        assert (verdict.sort, verdict.name, verdict.old) == (Sort.REWORDED, name, said(handed, name))
        assert verdict.new == said(handed, name).replace(self.NAME, "De eerste stappen")
        assert not tracked or verdict.authors[0].moment == "2026-10-20T09:30:00Z"

    def test_a_paragraph_less(self, handed: Copy, copy: bytes, tracked: bool) -> None:
        reviewer = Reviewer(copy, tracked=tracked)
        name = reviewer.find(self.NAME)
        reviewer.remove(name)
        verdict = self.one(handed, reviewer)
        assert (verdict.sort, verdict.name, verdict.old, verdict.new) == (Sort.REMOVED, name, said(handed, name), "")

    def test_a_paragraph_more(self, handed: Copy, copy: bytes, tracked: bool) -> None:
        reviewer = Reviewer(copy, tracked=tracked)
        name = reviewer.find(self.NAME)
        reviewer.add_after(name, "Dit hoort erbij.")
        verdict = self.one(handed, reviewer)
        assert (verdict.sort, verdict.name, verdict.new) == (Sort.ADDED, name, "Dit hoort erbij.")

    def test_a_paragraph_in_two(self, handed: Copy, copy: bytes, tracked: bool) -> None:
        reviewer = Reviewer(copy, tracked=tracked)
        name = reviewer.find(self.NAME)
        reviewer.split(name, self.NAME)
        verdict = self.one(handed, reviewer)
        assert (verdict.sort, verdict.name) == (Sort.REWORDED, name)
        assert verdict.new == said(handed, name).replace(f"{self.NAME} ", f"{self.NAME}\n")

    def test_a_paragraph_elsewhere(self, handed: Copy, copy: bytes, tracked: bool) -> None:
        reviewer = Reviewer(copy, tracked=tracked)
        name = reviewer.find(self.NAME)
        reviewer.move(name, reviewer.find("Gemeenten hebben dit kwartaal"))
        verdict = self.one(handed, reviewer)
        assert (verdict.sort, verdict.name, verdict.old) == (Sort.MOVED, name, said(handed, name))
        assert not verdict.new  # it left its cell

    def test_another_note(self, handed: Copy, copy: bytes, tracked: bool) -> None:
        reviewer = Reviewer(copy, tracked=tracked)
        name = reviewer.find("arbeidsongeschiktheidsverzekeringspremie")
        reviewer.in_note(name, "3", "4")
        verdict = self.one(handed, reviewer)
        assert verdict.new == said(handed, name).replace("3\u00a0juni", "4\u00a0juni") != verdict.old

    def test_a_note_more_and_a_note_less(self, handed: Copy, copy: bytes, tracked: bool) -> None:
        reviewer = Reviewer(copy, tracked=tracked)
        more, less = reviewer.find(self.NAME), reviewer.find("arbeidsongeschiktheidsverzekeringspremie")
        reviewer.add_note(more, "Zie de bijlage.")
        reviewer.remove_note(less)
        one, other = sorted(found(handed, reviewer), key=lambda verdict: "bijlage" in verdict.new)
        assert one.new == said(handed, less).partition("[noot: ")[0]
        assert other.new == f"{said(handed, more)}[noot: Zie de bijlage.]"

    def test_a_comment(self, handed: Copy, copy: bytes, tracked: bool) -> None:
        reviewer = Reviewer(copy, tracked=tracked)
        name = reviewer.find(self.NAME)
        reviewer.comment(name, "Klopt dit?")
        verdict = self.one(handed, reviewer)
        assert (verdict.sort, verdict.name, verdict.remark) == (Sort.REMARK, name, "Klopt dit?")
        assert verdict.words == " ".join(said(handed, name).split())

    def test_bold(self, handed: Copy, copy: bytes, tracked: bool) -> None:
        reviewer = Reviewer(copy, tracked=tracked)
        name = reviewer.find("Gemeenten hebben dit kwartaal")
        reviewer.bold(name)
        assert self.one(handed, reviewer).sort is Sort.STYLED


def test_a_tracked_join_removes_no_words(handed: Copy, copy: bytes) -> None:
    reviewer = Reviewer(copy, tracked=True)
    name = reviewer.find("De voorbereidingen")
    reviewer.join(name)
    (verdict,) = found(handed, reviewer)
    assert (verdict.sort, verdict.name, verdict.authors[0].name) == (Sort.JOINED, name, "R. de Lezer")
    assert said(handed, name) in verdict.old
    reviewer.replace(name, "De voorbereidingen", "Alle stappen")
    reworded = [one.new for one in found(handed, reviewer) if one.sort is Sort.REWORDED]
    assert reworded == [said(handed, name).replace("De voorbereidingen", "Alle stappen")]


def test_an_answer_is_told_with_what_it_answers(handed: Copy, copy: bytes) -> None:
    reviewer = Reviewer(copy)
    reviewer.comment(reviewer.find("De voorbereidingen"), "Klopt dit?")
    reviewer.name = "Bert"
    reviewer.reply("Ja, nagezocht.")
    asked, answered = found(handed, reviewer)
    assert (asked.remark, asked.answers) == ("Klopt dit?", "")
    assert (answered.remark, answered.answers, answered.authors[0].name) == ("Ja, nagezocht.", "Klopt dit?", "Bert")
    assert answered.name == asked.name


def test_a_comment_at_nothing_and_text_beside_the_text_are_told_too(handed: Copy, copy: bytes) -> None:
    reviewer = Reviewer(copy)
    name = reviewer.find("De voorbereidingen")
    reviewer.comment(name, "Los.")
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for one in list(reviewer.at(name).iter(f"{W}{mark}"))[-1:]:
            one.getparent().remove(one)
    part = next(part for part in reviewer.parts if part.startswith("word/header") and b"Agenda" in reviewer.parts[part])
    reviewer.parts[part] = reviewer.parts[part].replace(b"Agenda", b"Brief")
    loose, header = sorted(found(handed, reviewer), key=lambda verdict: verdict.sort, reverse=True)
    assert (loose.sort, loose.remark, loose.name) == (Sort.REMARK, "Los.", "")
    assert header.sort is Sort.ELSEWHERE and "Voortgang Brief Samen Vooruit" in header.new


def test_our_own_comments_are_not_told_unless_somebody_changed_them(handed: Copy, copy: bytes) -> None:
    assert handed.remarks and {remark.author.name for remark in handed.remarks} == {"Voortgang"}
    reviewer = Reviewer(copy)
    text = next(reviewer.comments.iter(f"{W}t"))
    text.text += " Dit klopt niet."
    (verdict,) = found(handed, reviewer)
    assert verdict.sort is Sort.REMARK and "Dit klopt niet." in verdict.remark


def test_two_reviewers_of_the_same_words_are_told_of_each_other(handed: Copy, copy: bytes) -> None:
    anna, bert = Reviewer(copy, "Anna"), Reviewer(copy, "Bert", tracked=True)
    name = anna.find("De voorbereidingen")
    anna.replace(name, "voorbereidingen", "stappen")
    bert.replace(name, "De voorbereidingen", "Alle voorbereidingen")
    one, other = found(handed, anna, bert)
    assert (one.conflicts, other.conflicts) == ((), ())  # `voorbereidingen` and `De` are other words
    bert.replace(name, " voor de volgende", " voor een volgende")
    anna.replace(name, "voor de", "voor elke")
    one, other = found(handed, anna, bert)
    assert (one.conflicts, other.conflicts) == (("Bert",), ("Anna",))


def test_two_who_track_in_one_copy_are_told_apart(handed: Copy, copy: bytes) -> None:
    anna = Reviewer(copy, "Anna", tracked=True)
    name = anna.find("De voorbereidingen")
    anna.replace(name, "De voorbereidingen", "Alle voorbereidingen")
    bert = Reviewer(anna.saved(), "Bert", tracked=True)
    bert.replace(name, "volgende", "laatste")
    one, other = found(handed, bert)
    old = said(handed, name)
    assert {one.authors[0].name: one.new, other.authors[0].name: other.new} == {
        "Anna": old.replace("De v", "Alle v"),
        "Bert": old.replace("volgende", "laatste"),
    }


def test_words_of_one_that_another_took_out_again_are_told(handed: Copy, copy: bytes) -> None:
    anna = Reviewer(copy, "Anna", tracked=True)
    name = anna.find("De voorbereidingen")
    anna.replace(name, "voorbereidingen", "voorbereidingen en de eerste stappen")
    bert = Reviewer(anna.saved(), "Bert", tracked=True)
    bert.replace(name, "voorbereidingen en de eerste stappen", "voorbereidingen")
    (verdict,) = found(handed, bert)
    assert [author.name for author in verdict.authors] == ["Anna", "Bert"]
    assert (verdict.words, verdict.new) == ("voorbereidingen en de eerste stappen", verdict.old)


def test_a_copy_without_its_bookmarks_is_known_by_its_words(handed: Copy, copy: bytes) -> None:
    reviewer = Reviewer(copy)
    name = reviewer.find("De voorbereidingen")
    reviewer.replace(name, "De voorbereidingen", "Alle voorbereidingen")
    for mark in list(reviewer.document.iter(f"{W}bookmarkStart")):
        if str(mark.get(f"{W}name")).startswith("_vg"):
            mark.getparent().remove(mark)
    (verdict,) = found(handed, reviewer)
    assert (verdict.sort, said(handed, verdict.name)) == (Sort.REWORDED, said(handed, name))


WORDS = st.text("abcdefghij klmnopq.,;", min_size=1, max_size=12).filter(str.strip).map(str.strip)


Wanted = set[tuple[Sort, str, str]]


def far_from(name: str, reviewer: Reviewer, handed: Copy, but: Sequence[str]) -> list[str]:
    """The paragraphs behind which one may be moved so that it leaves its cell."""
    names = reviewer.names()
    own, at = handed.sources.get(name), names.index(name)
    return [
        one
        for number, (one, behind) in enumerate(pairwise(names))
        if abs(number - at) > 3 and one not in but and own not in (handed.sources.get(one), handed.sources.get(behind))
    ]


def edited(handed: Copy, copy: bytes, choose: random.Random, texts: list[str]) -> tuple[Reviewer, Wanted]:
    """A copy with random edits of some of its paragraphs, and how each of them should come back."""
    reviewer, wanted = Reviewer(copy, tracked=choose.random() < 0.5), set()
    plain = [
        name for name in reviewer.names() if len(text_of(reviewer.at(name)).split()) > 4 and name in handed.sources
    ]
    noted = [name for name in plain if reviewer.at(name).find(f".//{W}footnoteReference") is not None]
    names = [choose.choice(noted), *choose.sample(plain, 5)]
    kinds = [
        "in note",
        "move",
        *(choose.choice(("replace", "remove", "add", "comment", "note", "no note")) for _ in texts),
    ]
    for kind, name, text in zip(kinds, dict.fromkeys(names), texts, strict=False):
        said_, more = said(handed, name), f"{text} {name}"
        match kind:
            case "replace":
                piece = next(one.text for one in reviewer.at(name).iter(f"{W}t") if len((one.text or "").split()) > 1)
                old = choose.choice(piece.split())
                at = piece.index(old)
                reviewer.replace(name, piece, changed := piece[:at] + more + piece[at + len(old) :])
                wanted.add((Sort.REWORDED, name, said_.replace(piece, changed, 1)))
            case "in note":
                old = next(one.text for one in reviewer._note(name, 0).iter(f"{W}t") if (one.text or "").strip())
                reviewer.in_note(name, old, more)
                wanted.add((Sort.REWORDED, name, said_.replace(f"[noot: {old.strip()}", f"[noot: {more}", 1)))
            case "note":
                reviewer.add_note(name, more)
                wanted.add((Sort.REWORDED, name, f"{said_}[noot: {more}]"))
            case "move":
                reviewer.move(name, choose.choice(far_from(name, reviewer, handed, names)))
                wanted.add((Sort.MOVED, name, ""))
            case "remove":
                reviewer.remove(name)
                wanted.add((Sort.REMOVED, name, ""))
            case "comment":
                reviewer.comment(name, more)
                wanted.add((Sort.REMARK, name, more))
            case _:
                reviewer.add_after(name, more)
                wanted.add((Sort.ADDED, name, more))
    return reviewer, wanted


def told(verdicts: Iterable[Verdict]) -> Wanted:
    return {(one.sort, one.name, one.remark or one.new) for one in verdicts}


TEXTS = st.lists(WORDS, min_size=6, max_size=6)


@settings(max_examples=25)
@given(st.integers(0, 10_000), TEXTS)
def test_random_edits_come_back_as_just_those(handed: Copy, copy: bytes, seed: int, texts: list[str]) -> None:
    reviewer, wanted = edited(handed, copy, random.Random(seed), texts)
    assert told(found(handed, reviewer)) == wanted


def saved_by_libreoffice(data: bytes, folder: Path) -> Copy:
    """The copy as LibreOffice saves it when it has opened it."""
    (folder / "kopie.docx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(folder / 'home').as_uri()}", "--headless", "--convert-to"]
    command += ["docx:MS Word 2007 XML", "--outdir", str(folder / "uit"), str(folder / "kopie.docx")]
    subprocess.run(command, check=True, capture_output=True)
    return read_copy((folder / "uit" / "kopie.docx").read_bytes())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("seed", range(4))
def test_random_edits_come_back_as_just_those_by_way_of_libreoffice(
    handed: Copy, copy: bytes, tmp_path: Path, seed: int
) -> None:
    reviewer, wanted = edited(handed, copy, random.Random(seed), [f"andere woorden {number}" for number in range(6)])
    saved = saved_by_libreoffice(reviewer.saved(), tmp_path)
    assert told(compare(handed, saved, "kopie.docx")) == wanted


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("touched", [False, True])
def test_what_libreoffice_saved_says_the_same(handed: Copy, copy: bytes, tmp_path: Path, touched: bool) -> None:
    reviewer = Reviewer(copy, tracked=True)
    name, other = reviewer.find("De voorbereidingen"), reviewer.find("Gemeenten hebben dit kwartaal")
    if touched:
        reviewer.replace(name, "De voorbereidingen", "Alle voorbereidingen")
        reviewer.comment(other, "Klopt dit?")
        reviewer.remove_note(other)
    verdicts = compare(handed, saved_by_libreoffice(reviewer.saved(), tmp_path), "kopie.docx")
    assert {(one.sort, one.name) for one in verdicts} == (
        {(Sort.REWORDED, name), (Sort.REWORDED, other), (Sort.REMARK, other)} if touched else set()
    )
    assert not touched or verdicts[0].authors[0].name == "R. de Lezer"


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "kopie-geen-word"),
        (b"%PDF-1.7", "kopie-geen-word"),
        (b"PK\x03\x04 half", "kopie-beschadigd"),
        (zipped(xl__workbook=b"<workbook/>"), "kopie-geen-word"),
        (zipped(word__document=b"<x>" + b" " * (64 << 20) + b"</x>"), "kopie-onveilig"),
    ],
)
def test_what_is_no_word_file_is_not_opened(data: bytes, rule: str) -> None:
    with pytest.raises(Unreadable) as refused:
        look_at_word(data)
    assert str(refused.value) == rule


def test_entities_are_refused_and_damage_is_told(copy: bytes) -> None:
    reviewer = Reviewer(copy)
    parts = dict(reviewer.parts)
    with zipfile.ZipFile(io.BytesIO(reviewer.saved())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts["word/document.xml"].partition(b"?>")[2]
    for changed, rule in ((document, "bestand-onveilig"), (b"<w:document", "bestand-beschadigd")):
        with pytest.raises(Unreadable) as refused:
            read_copy(zipped(**{name.replace("/", "__"): data for name, data in (parts | {"word/document.xml": changed}).items()}))  # fmt: skip
        assert str(refused.value) == rule


def test_a_finding_that_quotes_what_is_private_is_not_told_in_a_copy() -> None:
    private = {"Overleg met derden loopt nog", "nee"}
    told = ("De waarde ‘overleg met derden, loopt nog’ is onbekend.", "De status ‘nee’ is onbekend.")
    findings = [Finding("r", Severity.BLOKKEREND, text, "Vul in.", Origin("SZW.xlsx")) for text in told]
    assert [one.message for one in discreet(findings, private, sample())] == ["", told[1]]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_comment_between_the_first_two_notes_does_not_mix_them_up_in_libreoffice(docx: bytes, tmp_path: Path) -> None:
    calls, marks = f"{W}footnoteReference", f"{W}commentReference"
    less = Reviewer(docx)
    for call in list(less.document.iter(calls))[1:12]:
        call.getparent().getparent().remove(call.getparent())
    made = review_copy(less.saved(), sample(), (), "kenmerk", sayings("herkomst"), epoch=EPOCH)
    order = [one.tag for one in Reviewer(made).document.iter(calls, marks)]
    assert order[:2] == [calls, calls] and marks in order
    assert compare(reviewed.read(made), saved_by_libreoffice(made, tmp_path), "kopie.docx") == ()
