"""`make bench`, the review page: a brief of 200 pages (2,004 blocks with a note each) opened, filtered and searched in Chromium.

Prints medians of five, each from the act until Chromium has drawn what comes of it. The floor is the same page without script or style: what a
browser needs to show so many words. Asserts nothing.
"""

from __future__ import annotations

import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.render.sample_dossier import page
from tests.render.test_dossier_browser import LAPTOP, QUIET, large, written

BLOCKS, TIMES = 2000, 5
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def median_ms(browser_page: Page, act: Callable[[Page], object], undo: Callable[[Page], object]) -> float:
    """Milliseconds of `act` until it is drawn."""
    taken = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        act(browser_page)
        browser_page.evaluate(DRAWN)
        taken.append(1000 * (time.perf_counter() - begin))
        undo(browser_page)
        browser_page.evaluate(DRAWN)
    return statistics.median(taken)


def main() -> None:
    text = page(large(BLOCKS), compared=False, findings=())
    bare = re.sub(r"<(style|script)>.*?</\1>|<meta http-equiv[^>]*>", "", text, flags=re.DOTALL)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "bare").mkdir()
        ours, floor = written(Path(folder), text), written(Path(folder) / "bare", bare)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", *QUIET])
        made = browser.new_page(viewport=LAPTOP)

        def leave(made: Page) -> None:
            made.goto("about:blank")

        def nothing(_: Page) -> None: ...

        shown = median_ms(made, lambda one: one.goto(floor), leave)
        opened = median_ms(made, lambda one: one.goto(ours), leave)
        print(f"{BLOCKS} blocks, {len(text) / 1e6:.1f} MB of HTML")
        print(f"  without script or style    {shown:7.0f} ms")
        print(f"  opened                     {opened:7.0f} ms  {opened / shown:.2f}")
        made.goto(ours)
        acts: tuple[tuple[str, Callable[[Page], object], Callable[[Page], object]], ...] = (
            ("filter by ministry", lambda one: one.select_option("#ministerie", "OCW"), lambda one: one.click("#wis")),
            ("search a word", lambda one: one.fill("#zoek", "knelpunten nr. 1205."), lambda one: one.click("#wis")),
            ("link into a block", lambda one: one.goto(f"{ours}#blok-VWS-1999"), lambda one: one.goto(f"{ours}#brief")),
            ("the next block (j)", lambda one: one.keyboard.press("j"), nothing),
        )
        for name, act, undo in acts:
            took = median_ms(made, act, undo)
            print(f"  {name:26} {took:7.0f} ms  {took / shown:.2f}")
        browser.close()


if __name__ == "__main__":
    main()
