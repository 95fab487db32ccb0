"""The review page in a browser, opened from a folder: filters, search, links, keyboard, paper, and without JavaScript."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from flows.model.brief import Onderwerp, Sectie, Thema
from tests.render.sample import PROZA, kst, note, part
from tests.render.sample_dossier import measure, page, with_budget

LAPTOP, TABLET, PHONE = (ViewportSize(width=w, height=h) for w, h in ((1280, 800), (820, 1180), (400, 800)))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
ALL = ["Brief-B12", "Teksten-D3", "SZW-01", "OCW-01", "SZW-02", "SZW-02_2", "SZW-M1", "SZW-I1", "SZW-B1"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # In a container that runs as root Chromium has no sandbox.
        yield playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", *QUIET])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("dossier"), page())


def written(folder: Path, text: str) -> str:
    (folder / "index.html").write_text(text, encoding="utf-8")
    return (folder / "index.html").as_uri()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """The page on a laptop; whatever it asks of the network, or complains of, fails the test."""
    context = browser.new_context(viewport=LAPTOP)
    asked: list[str] = []
    made = context.new_page()
    made.on("request", lambda request: asked.append(request.url))
    made.on("console", lambda message: asked.append(message.text))
    made.on("pageerror", lambda error: asked.append(str(error)))
    made.goto(address)
    yield made
    assert {url.partition("#")[0] for url in asked} == {address}
    context.close()


def shown(made: Page) -> list[str]:
    """The blocks that are not filtered away."""
    names: list[str] = made.eval_on_selector_all(".blok:not([hidden])", "all => all.map(block => block.id)")
    return [name.removeprefix("blok-") for name in names]


def focused(made: Page) -> str:
    return str(made.evaluate("document.activeElement.id"))


def is_first_under_the_bar(made: Page, name: str) -> None:
    """Waits until the block begins within a line below the bar."""
    made.wait_for_function(
        """name => {
          const top = document.getElementById(name).getBoundingClientRect().top;
          const below = top - document.querySelector(".balk").getBoundingClientRect().bottom;
          return below >= 0 && below < 24;
        }""",
        arg=name,
        timeout=5000,
    )


@pytest.mark.parametrize("size", [LAPTOP, TABLET, PHONE], ids=["laptop", "tablet", "phone"])
def test_it_has_no_fault_that_axe_knows_of_and_fits_the_screen(opened: Page, size: ViewportSize) -> None:
    opened.set_viewport_size(size)
    opened.locator("details").first.click()
    opened.select_option("#gewijzigd", "concept")
    opened.goto(f"{opened.url}#blok-SZW-01")
    result = Axe().run(opened, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in result["violations"]] == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_origins_stand_beside_the_text_on_a_laptop_and_under_it_on_a_tablet(opened: Page) -> None:
    def places() -> tuple[bool, bool]:
        text, beside = (opened.locator(f"#blok-SZW-01 > {name}").bounding_box() for name in (".tekst", ".naast"))
        assert text and beside
        return beside["x"] >= text["x"] + text["width"], beside["y"] >= text["y"] + text["height"]

    assert places() == (True, False)
    opened.set_viewport_size(TABLET)
    assert places() == (False, True)


@pytest.mark.parametrize(
    ("choose", "left"),
    [
        (lambda made: made.select_option("#ministerie", "OCW"), ["OCW-01"]),
        (lambda made: made.select_option("#gewijzigd", "concept"), ["SZW-01"]),
        (lambda made: made.select_option("#gewijzigd", "kwartaal"), ["OCW-01", "SZW-02"]),
        (lambda made: made.check("[name=open]"), ["SZW-02"]),
        (lambda made: made.check("[name=bevinding]"), ["SZW-01", "OCW-01"]),
        (lambda made: (made.check("[name=bevinding]"), made.select_option("#ministerie", "SZW")), ["SZW-01"]),
    ],
    ids=["ministry", "since the last draft", "since the last quarter", "open points", "findings", "two at once"],
)  # fmt: skip
def test_a_filter_leaves_its_blocks_and_the_headings_over_them(opened: Page, choose, left: list[str]) -> None:
    choose(opened)
    assert shown(opened) == left
    expect(opened.locator("#telling")).to_have_text(f"{len(left)} van {len(ALL)} blokken")
    headings = [text for text in opened.locator("#brief :is(h2, h3)").all_inner_texts() if text]
    visible = [each.inner_text() for each in opened.locator("#brief h3").all() if each.is_visible()]
    assert visible == [
        name
        for name in headings
        if name in (["Werk"] if left == ["SZW-02"] else ["Taal"] if "SZW-02" not in left else ["Taal", "Werk"])
    ]
    opened.click("#wis")
    assert shown(opened) == ALL
    expect(opened.locator("#telling")).to_have_text(f"{len(ALL)} blokken")


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("lessen", ["SZW-01", "SZW-B1"]),
        ("een PLEK school", ["SZW-01"]),
        ("betalen één", ["SZW-01"]),
        ("zie de bijlage", ["OCW-01"]),
        ("nr. 9", ["SZW-M1"]),
        ("cel D5", ["SZW-02"]),
        ("klopt", ["OCW-01"]),
        ("staat er niet", []),
    ],
)
def test_search_finds_words_in_text_notes_origins_and_findings(opened: Page, typed: str, left: list[str]) -> None:
    opened.fill("#zoek", typed)
    expect(opened.locator("#telling")).to_have_text(f"{len(left)} van {len(ALL)} blokken")
    assert shown(opened) == left
    assert opened.locator("#niets").is_visible() is (not left)
    assert (opened.evaluate("CSS.highlights.get('zoek').size") > 0) is bool(left)


def test_a_link_into_a_block_opens_there(opened: Page, address: str) -> None:
    opened.goto("about:blank")
    opened.set_viewport_size(ViewportSize(width=1280, height=600))
    opened.goto(f"{address}#blok-SZW-M1")
    assert focused(opened) == "blok-SZW-M1"
    is_first_under_the_bar(opened, "blok-SZW-M1")
    opened.evaluate("location = 'about:blank'")


def test_a_link_to_a_block_that_is_filtered_away_shows_it(opened: Page) -> None:
    opened.select_option("#ministerie", "OCW")
    opened.click("#aangeleverd")
    opened.locator("section[aria-labelledby=openstaand] a", has_text="SZW-02").click()
    expect(opened.locator("#blok-SZW-02")).to_be_focused()
    assert shown(opened) == ALL


def test_a_call_and_its_note_lead_to_each_other(opened: Page) -> None:
    opened.click("#eindverwijzing-2 a")
    assert opened.url.endswith("#eindnoot-2")
    opened.click("#eindnoot-2 .terug")
    assert opened.url.endswith("#eindverwijzing-2")
    expect(opened.locator("#eindverwijzing-2")).to_be_in_viewport()


def test_keys_go_from_block_to_block_among_those_that_are_left(opened: Page) -> None:
    opened.keyboard.press("j")
    assert focused(opened) == "blok-Brief-B12"
    opened.keyboard.press("j")
    opened.keyboard.press("j")
    opened.keyboard.press("k")
    assert focused(opened) == "blok-Teksten-D3"
    opened.select_option("#ministerie", "SZW")
    opened.evaluate("document.activeElement.blur()")
    opened.focus("#blok-SZW-01")
    opened.keyboard.press("j")
    assert focused(opened) == "blok-SZW-02"
    assert opened.locator("#blok-SZW-02").evaluate("block => getComputedStyle(block).outlineStyle") == "solid"
    for _ in ALL:
        opened.keyboard.press("j")
    assert focused(opened) == "blok-SZW-B1"


def test_a_slash_searches_and_escape_shows_all(opened: Page) -> None:
    opened.keyboard.press("/")
    opened.keyboard.type("jk/")
    assert focused(opened) == "zoek"
    expect(opened.locator("#zoek")).to_have_value("jk/")
    expect(opened.locator("#niets")).to_be_visible()
    opened.keyboard.press("Escape")
    assert shown(opened) == ALL
    assert focused(opened) != "zoek"


def test_the_keys_can_be_switched_off(opened: Page) -> None:
    opened.uncheck("#toetsen")
    for key in "jk/":
        opened.keyboard.press(key)
    assert focused(opened) == "toetsen"
    opened.click("#wis")
    assert not opened.is_checked("#toetsen")


def test_all_is_reached_by_tab_in_the_order_of_the_page_and_each_stop_is_visible(opened: Page) -> None:
    opened.keyboard.press("Tab")
    expect(opened.locator(".sla-over")).to_be_in_viewport()
    opened.keyboard.press("Enter")
    assert focused(opened) == "brief"
    wanted = opened.locator("#brief :is(a, button, summary, [tabindex='0'])")
    stops = [opened.evaluate(STOP) for _ in range(wanted.count()) if opened.keyboard.press("Tab") is None]
    assert stops == [[index, "solid"] for index in range(wanted.count())]


STOP = """[[...document.querySelectorAll("#brief :is(a, button, summary, [tabindex='0'])")].indexOf(document.activeElement),
  getComputedStyle(document.activeElement).outlineStyle]"""


def test_the_link_to_a_block_is_copied(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    made = context.new_page()
    made.goto(address)
    made.click("#blok-OCW-01 .kopieer")
    expect(made.locator("#gemeld")).to_have_text("Link gekopieerd.")
    assert made.evaluate("navigator.clipboard.readText()") == made.url == f"{address}#blok-OCW-01"
    made.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    made.click("#blok-SZW-02 .kopieer")
    expect(made.locator("#gemeld")).to_have_text("Kopieer de link uit de adresbalk.")
    assert made.url == f"{address}#blok-SZW-02"
    context.close()


def test_without_javascript_everything_can_be_read(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    made = context.new_page()
    made.goto(f"{address}#blok-SZW-02")
    assert all(each.is_visible() for each in made.locator(".blok").all())
    assert not made.locator(".balk, .kopieer").filter(visible=True).count()
    expect(made.locator("#blok-SZW-02")).to_be_in_viewport()
    context.close()


def test_on_paper_stands_all_but_what_one_clicks(opened: Page) -> None:
    opened.select_option("#ministerie", "")
    with pypdfium2.PdfDocument(opened.pdf(prefer_css_page_size=True)) as paper:
        said = " ".join(" ".join(each.get_textpage().get_text_range() for each in paper).split())
    assert "De lessen beginnenbegonnen." in said.replace("beginnen begonnen", "beginnenbegonnen")
    assert "Van VRO is niets ontvangen." in said and "Toelichting Wacht op het Rijk." in said
    assert not [word for word in ("Kopieer link", "Zoek", "Toon alles", "↩") if word in said]


def test_a_brief_of_two_hundred_pages_is_filtered_and_searched_as_a_whole(browser: Browser, tmp_path: Path) -> None:
    """Two thousand blocks with a note each."""
    made = browser.new_page()
    made.goto(written(tmp_path, page(large(2000), compared=False, findings=())))
    expect(made.locator("#telling")).to_have_text("2004 blokken")
    made.select_option("#ministerie", "OCW")
    expect(made.locator("#telling")).to_have_text("500 van 2004 blokken")
    made.fill("#zoek", "knelpunten nr. 1205.")
    expect(made.locator("#telling")).to_have_text("1 van 2004 blokken")
    made.goto(f"{made.url}#blok-VWS-1999")
    expect(made.locator("#blok-VWS-1999")).to_be_focused()
    is_first_under_the_bar(made, "blok-VWS-1999")
    made.keyboard.press("k")
    assert focused(made) == "blok-BZK-1998"
    is_first_under_the_bar(made, "blok-BZK-1998")
    made.close()


def large(number: int):
    """A brief of so many rows, of four ministries in turn."""
    rows = [
        measure(f"{('SZW', 'OCW', 'BZK', 'VWS')[n % 4]}-{n}", n + 4, part(PROZA, note(kst(32824, n), ".")))
        for n in range(number)
    ]
    topics = tuple(
        Onderwerp(f"Onderwerp {n}", (), (Sectie((), tuple(rows[n : n + 20])),)) for n in range(0, number, 20)
    )
    made = with_budget()
    return replace(made, themas=(Thema("1", "Alles", (), topics),), open=())
