"""What changed since an earlier draft, as changes that Word tracks: to accept them all gives the new draft, to reject them the old one."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.assemble.alignment import compared
from flows.assemble.edits import tidy
from flows.assemble.reviewed import compare
from flows.catalogue import sayings
from flows.gather import reviewed
from flows.gather.confined import read_copy
from flows.model.review import AUTHOR, Copy
from flows.render import ooxml
from flows.render.difference import ProofError
from flows.render.leaks import withheld
from flows.render.manuscript import manuscript
from flows.render.ooxml import W, text_of
from flows.render.review_copy import _paragraphs, refuse_added, review_copy
from flows.render.tracked import Earlier
from flows.render.word import word
from tests.render.office import assert_valid_docx
from tests.render.sample import sample
from tests.render.test_word import EPOCH, TEMPLATES
from tests.reviewers import Reviewer

INSTEAD = "[Nu intern.]"


@pytest.fixture(scope="module")
def docx() -> bytes:
    return word(manuscript(sample(), TEMPLATES, concept="concept 02"), TEMPLATES, epoch=EPOCH)


@pytest.fixture(scope="module")
def plain(docx: bytes) -> bytes:
    return review_copy(docx, sample(), (), "kenmerk", sayings("herkomst"), epoch=EPOCH)


def tracked(docx: bytes, old: Reviewer, private: tuple[str, ...] = ()) -> bytes:
    """The review copy of a draft, with what changed since the draft that `old` made of it."""
    was = reviewed.read(old.saved())
    marks = (one.find(f"{W}bookmarkStart[last()]") for one in _paragraphs(old.document))
    names = ["" if mark is None else str(mark.get(f"{W}name")) for mark in marks]
    sources = {number: was.sources[name] for number, name in enumerate(names) if name in was.sources}
    earlier = Earlier(old.saved(), sources, compared, withheld(private, sample()), INSTEAD)
    return review_copy(docx, sample(), (), "kenmerk", sayings("herkomst"), epoch=EPOCH, earlier=earlier)


def as_of(data: bytes, author: str) -> Copy:
    """A copy as read if our changes were somebody's."""
    parts = ooxml.read(data)
    own, other = f'w:author="{AUTHOR}"'.encode(), f'w:author="{author}"'.encode()
    return reviewed.read(ooxml.write({name: part.replace(own, other) for name, part in parts.items()}, EPOCH))


def before(copy: Copy) -> list[str]:
    return [tidy(one.before) for one in copy.paragraphs if tidy(one.before)]


def after(copy: Copy) -> list[str]:
    return [tidy(one.after) for one in copy.paragraphs if tidy(one.after)]


def assert_both(made: bytes, docx: bytes, old: Reviewer) -> None:
    """Nothing is lost: all accepted is the new draft, all rejected the old one; and read back nobody has changed anything."""
    read = as_of(made, "Iemand")
    assert after(read) == after(reviewed.read(docx))
    assert before(read) == after(reviewed.read(old.saved()))
    handed = reviewed.read(made)
    assert compare(handed, handed, "kopie.docx") == ()


def changes(made: bytes) -> tuple[list[str], list[str]]:
    """The words that came, and those that went."""
    document = ooxml.parse(ooxml.read(made)["word/document.xml"])
    came = ["".join(one.itertext(f"{W}t")) for one in document.iter(f"{W}ins")]
    went = ["".join(one.itertext(f"{W}delText")) for one in document.iter(f"{W}del")]
    return list(filter(None, came)), list(filter(None, went))


def test_words(docx: bytes, plain: bytes) -> None:
    old = Reviewer(plain)
    name = old.find("De voorbereidingen")
    old.replace(name, "De voorbereidingen", "Alle stappen")
    made = tracked(docx, old)
    assert changes(made) == (["De voorbereidingen"], ["Alle stappen"])
    assert_both(made, docx, old)


def test_a_paragraph_that_came_and_one_that_went(docx: bytes, plain: bytes) -> None:
    old = Reviewer(plain)
    came = old.find("De voorbereidingen")
    said = text_of(old.at(came))
    old.add_after(old.find("Gemeenten hebben dit kwartaal"), "Dit stond er toen.")
    old.remove(came)
    made = tracked(docx, old)
    assert changes(made) == ([said], ["Dit stond er toen."])
    assert_both(made, docx, old)


def test_a_note_that_went_keeps_its_words_and_takes_no_number(docx: bytes, plain: bytes) -> None:
    old = Reviewer(plain)
    old.add_note(old.find("De voorbereidingen"), "Zie de bijlage.")
    made = tracked(docx, old)
    assert changes(made) == ([], ["[noot: Zie de bijlage.]"])
    calls = [
        data.count(b"footnoteReference ") for data in (ooxml.read(one)["word/document.xml"] for one in (docx, made))
    ]
    assert calls[0] == calls[1] > 0
    assert_both(made, docx, old)


def test_a_note_that_came_and_one_of_which_the_words_changed(docx: bytes, plain: bytes) -> None:
    old = Reviewer(plain)
    name = old.find("arbeidsongeschiktheidsverzekeringspremie")
    old.in_note(name, "3", "4")
    made = tracked(docx, old)
    assert changes(made) == ([], [])
    notes = ooxml.read(made)["word/footnotes.xml"].decode()
    assert notes.count("<w:ins ") == notes.count("<w:del ") == 1
    assert_both(made, docx, old)
    old.remove_note(name)
    made = tracked(docx, old)
    assert ooxml.read(made)["word/document.xml"].count(b"<w:ins ") == 1
    assert_both(made, docx, old)


def test_rows_of_a_table_come_and_go_as_rows(docx: bytes, plain: bytes) -> None:
    old = Reviewer(plain)
    row = next(old.at(old.find("Subsidieregeling praktijkleren")).iterancestors(f"{W}tr"))
    row.getparent().remove(row)
    made = tracked(docx, old)
    came = ooxml.parse(ooxml.read(made)["word/document.xml"])
    assert [text_of(next(mark.iterancestors(f"{W}tr"))) for mark in came.iterfind(f".//{W}trPr/{W}ins")] == [
        text_of(row)
    ]
    assert_both(made, docx, old)
    other = Reviewer(plain)
    gone = next(other.at(other.find("Subsidieregeling praktijkleren")).iterancestors(f"{W}tr"))
    less = Reviewer(docx)
    row = next(one for one in less.document.iter(f"{W}tr") if text_of(one) == text_of(gone))
    row.getparent().remove(row)
    made = tracked(less.saved(), other)
    assert len(list(ooxml.parse(ooxml.read(made)["word/document.xml"]).iterfind(f".//{W}trPr/{W}del"))) == 1
    assert before(as_of(made, "Iemand")) == after(reviewed.read(other.saved()))


def test_what_has_become_private_is_not_shown_again(docx: bytes, plain: bytes) -> None:
    old, secret = Reviewer(plain), "De onderhandelingen met de sector lopen nog."
    old.add_after(old.find("De voorbereidingen"), f"Goed nieuws. {secret} Meer volgt.")
    for private in (
        secret,
        f"Niet delen\n{secret}[noot: zo gezegd]",
        f"Let op, niet delen: {secret}",
        f"Zo. Goed nieuws. {secret} Meer volgt. Echt.",
    ):
        made = tracked(docx, old, (private,))
        assert changes(made) == ([], [INSTEAD])
        refuse_added(made, docx, sample(), {private})
    made = tracked(docx, old)
    assert secret in changes(made)[1][0]
    with pytest.raises(ProofError):
        refuse_added(made, docx, sample(), {secret})


def test_what_is_private_and_printed_all_the_same_is_shown(docx: bytes, plain: bytes) -> None:
    old = Reviewer(plain)
    name = old.find("De voorbereidingen")
    said = text_of(old.at(name))
    old.replace(name, "De voorbereidingen", "Alle stappen")
    made = tracked(docx, old, (said,))
    assert changes(made) == (["De voorbereidingen"], ["Alle stappen"])
    refuse_added(made, docx, sample(), {said})


WORDS = st.text("abcdefghij klmnopq.,;", min_size=1, max_size=30).filter(str.strip).map(str.strip)


def edit(old: Reviewer, kind: str, name: str, text: str, choose: random.Random) -> None:
    """Changes a paragraph in one of the ways that it can be changed."""
    paragraph = old.at(name)
    has_note = paragraph.find(f".//{W}footnoteReference") is not None
    row = next(paragraph.iterancestors(f"{W}tr"), None)
    match kind:
        case "replace":
            piece = choose.choice([one for one in paragraph.iter(f"{W}t") if one.text]).text
            old.replace(name, piece, text)
        case "add":
            old.add_after(name, text)
        case "note":
            old.add_note(name, text)
        case "no note" if has_note:
            old.remove_note(name)
        case "in note" if has_note:
            note = old._note(name, 0)
            old.in_note(name, next(one.text for one in note.iter(f"{W}t") if (one.text or "").strip()), text)
        case "move":
            old.move(name, choose.choice([one for one in old.names() if one != name]))
        case "row" if row is not None and len(row.getparent().findall(f"{W}tr")) > 1:
            row.getparent().remove(row)
        case _:
            old.remove(name)


KINDS = ("replace", "remove", "add", "note", "no note", "in note", "move", "row")


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.lists(WORDS, min_size=6, max_size=6))
def test_whatever_changed_all_accepted_is_the_new_and_all_rejected_the_old(
    docx: bytes, plain: bytes, seed: int, texts: list[str]
) -> None:
    choose, old = random.Random(seed), Reviewer(plain)
    for text in texts:
        left = [name for name in old.names() if len(text_of(old.at(name)).split()) > 1]
        edit(old, choose.choice(KINDS), choose.choice(left), text, choose)
    assert_both(tracked(docx, old), docx, old)


def test_it_is_a_valid_word_file_and_libreoffice_keeps_its_changes(docx: bytes, plain: bytes, tmp_path: Path) -> None:
    old = Reviewer(plain)
    for name in old.names()[10::9]:
        words = text_of(old.at(name))
        if len(words.split()) > 3:
            old.add_after(name, f"Er stond ook: {words}")
    old.in_note(old.find("arbeidsongeschiktheidsverzekeringspremie"), "3", "4")
    row = next(old.at(old.find("Subsidieregeling praktijkleren")).iterancestors(f"{W}tr"))
    row.getparent().remove(row)
    made = tracked(docx, old)
    assert_valid_docx(made, tmp_path)
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "kopie.docx").write_bytes(made)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--headless", "--convert-to"]
    command += ["docx:MS Word 2007 XML", "--outdir", str(tmp_path / "uit"), str(tmp_path / "kopie.docx")]
    subprocess.run(command, check=True, capture_output=True)
    saved = (tmp_path / "uit" / "kopie.docx").read_bytes()
    assert compare(reviewed.read(made), read_copy(saved), "kopie.docx") == ()
    assert before(as_of(saved, "Iemand")) == after(reviewed.read(old.saved()))


def test_a_reader_who_rejects_a_change_of_ours_says_something(docx: bytes, plain: bytes) -> None:
    old = Reviewer(plain)
    name = old.find("De voorbereidingen")
    old.replace(name, "De voorbereidingen", "Alle stappen")
    reader = Reviewer(tracked(docx, old))
    paragraph = reader.at(name)
    for mark in paragraph.findall(f"{W}ins"):
        paragraph.remove(mark)
    for mark in paragraph.findall(f"{W}del"):
        for one in mark.iter(f"{W}delText"):
            one.tag = f"{W}t"
        mark.addprevious(mark[0])
        paragraph.remove(mark)
    (verdict,) = compare(reviewed.read(tracked(docx, old)), reviewed.read(reader.saved()), "kopie.docx")
    assert (verdict.name, verdict.new) == (name, verdict.old.replace("De voorbereidingen", "Alle stappen"))


def test_a_reader_may_change_what_we_marked_as_come(docx: bytes, plain: bytes) -> None:
    old = Reviewer(plain)
    name = old.find("De voorbereidingen")
    old.remove(name)
    made = tracked(docx, old)
    reader = Reviewer(made, tracked=True)
    reader.replace(name, "De voorbereidingen", "Alle stappen")
    (verdict,) = compare(reviewed.read(made), reviewed.read(reader.saved()), "kopie.docx")
    assert [author.name for author in verdict.authors] == [reader.name]
    assert verdict.new == verdict.old.replace("De voorbereidingen", "Alle stappen")


def cells_before(document: ooxml.Element) -> list[list[list[str]]]:
    """What stood in each cell of each table when all that is tracked is rejected; rows that came are left out."""
    rows = []
    for row in document.iter(f"{W}tr"):
        came = row.find(f"{W}trPr/{W}ins") is not None
        cells = [["".join(one.itertext(f"{W}delText")) or without_new(one) for one in cell.iter(f"{W}p")] for cell in row.iterfind(f"{W}tc")]  # fmt: skip
        rows += [] if came else [[list(filter(None, cell)) for cell in cells]]
    return rows


def without_new(paragraph: ooxml.Element) -> str:
    return "".join(
        one.text or "" for one in paragraph.iter(f"{W}t") if not any(True for _ in one.iterancestors(f"{W}ins"))
    )


def test_a_number_that_changed_in_a_table_changed_in_its_own_column(docx: bytes, plain: bytes) -> None:
    old = Reviewer(plain)
    for row in old.document.iter(f"{W}tr"):
        numbers = [one for one in row.iter(f"{W}t") if (one.text or "").isdigit()]
        for one, other in zip(numbers[::2], numbers[1::2], strict=False):
            one.text, other.text = other.text, one.text
    made = tracked(docx, old)
    document = ooxml.parse(ooxml.read(made)["word/document.xml"])
    assert changes(made) != ([], [])
    assert cells_before(document) == cells_before(old.document)
