"""`make bench`: the PDF beside bare WeasyPrint on the same HTML, in one process. Prints figures; asserts nothing.

Briefs of about 10, 50 and 200 pages in the project's own templates. Seconds are those of the processor. Bare is WeasyPrint without the repair of its notes
and with its own tags. How the seconds grow with the pages says whether
anything is worse than linear.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pikepdf

from flows.catalogue import TEMPLATES
from flows.model.brief import Brief, Onderwerp, Sectie, Thema
from flows.render.manuscript import manuscript
from flows.theme import templates
from tests.render.sample import PROZA, block, kst, note, part, sample

TOPICS = (14, 88, 365)
BARE = """
import sys, time
from pathlib import Path
import weasyprint
from flows.model.templates import Templates
from flows.render.pdf import _Fetcher
html, templates = Path(sys.argv[1]).read_text(), Path(sys.argv[2])
begin = time.process_time()
source = weasyprint.HTML(string=html, base_url=templates.as_uri() + "/", url_fetcher=_Fetcher(Templates(templates)))
Path(sys.argv[3]).write_bytes(source.write_pdf(pdf_variant="pdf/ua-1"))
print(time.process_time() - begin)
"""
OURS = """
import sys, time
from datetime import date
from pathlib import Path
from flows.model.templates import Templates
from flows.render.pdf import pdf
html = Path(sys.argv[1]).read_text()
begin = time.process_time()
Path(sys.argv[3]).write_bytes(pdf(html, Templates(Path(sys.argv[2])), datum=date(2026, 10, 16)))
print(time.process_time() - begin)
"""


def brief(topics: int) -> Brief:
    """A brief with a number of topics, each of two rows, with notes and a list of steps."""

    def topic(number: int) -> Onderwerp:
        first = part(PROZA, note(kst(32824, number + 1), "."), f" Dit is onderwerp {number}. ", PROZA)
        second = part(PROZA, note("Zie ", kst(29544, number + 1), ", p. 4."), note("Brief van 3 juni 2026."))
        blocks = (block(f"SZW-{number}", first, second), block(f"OCW-{number}", part(PROZA)))
        return Onderwerp(f"Onderwerp {number}", (), (Sectie((), blocks),))

    themes = [
        Thema(str(place + 1), f"Thema {place + 1}", (), tuple(topic(n) for n in range(first, min(first + 12, topics))))
        for place, first in enumerate(range(0, topics, 12))
    ]
    return replace(sample(), themas=tuple(themes))


def seconds(script: str, html: Path, made: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-c", script, html, TEMPLATES, made], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def main() -> None:
    """Measures each length, bare and whole in turn, and takes the quicker of two runs of each."""
    print(f"{'pages':>5} {'bare':>9} {'whole':>9} {'ratio':>7} {'ms a page':>10}")
    with tempfile.TemporaryDirectory() as folder:
        html, made = Path(folder, "brief.html"), Path(folder, "brief.pdf")
        for topics in TOPICS:
            html.write_text(manuscript(brief(topics), templates(), concept="concept 01"))
            runs = [(seconds(BARE, html, made), seconds(OURS, html, made)) for _ in range(2)]
            bare, whole = (min(times) for times in zip(*runs, strict=True))
            with pikepdf.open(io.BytesIO(made.read_bytes())) as file:
                pages = len(file.pages)
            print(f"{pages:>5} {bare:>7.1f} s {whole:>7.1f} s {whole / bare:>7.2f} {1000 * whole / pages:>10.0f}")


if __name__ == "__main__":
    main()
