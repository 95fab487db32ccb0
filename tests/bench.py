"""`make bench`: the whole command next to its floor, in one run on one machine. Prints figures; asserts nothing.

The floor is WeasyPrint and pandoc alone on the same HTML, in one process. Ratios hold between machines, seconds do not.
"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flows.catalogue import ROOT, TEMPLATES

QUARTER = "2026-Q3"
RUNS = int(os.environ.get("BENCH_RUNS", "5"))
FLOOR = """
import sys
from pathlib import Path
import pypandoc, weasyprint
html, templates, folder = Path(sys.argv[1]).read_text(), Path(sys.argv[2]), Path(sys.argv[3])
from flows.render.pdf import _Fetcher
weasyprint.HTML(string=html, base_url=templates.as_uri() + "/", url_fetcher=_Fetcher(templates)).write_pdf(folder / "floor.pdf", pdf_variant="pdf/ua-1")
pypandoc.convert_text(html, "docx", "html", outputfile=str(folder / "floor.docx"))
"""
HTML = """
import sys
from datetime import date
from pathlib import Path
from flows.order import Order, Rules, input_files
from flows.catalogue import TEMPLATES, load_sentences
from flows.assemble.brief import assemble
from flows.gather.deliveries import sort_out
from flows.gather.steering import choices_of, read_regie
from flows.gather.workbook import read_workbook
from flows.render.manuscript import manuscript
from flows.validate.accept import accept
rules = Rules.load()
order = Order.of(sys.argv[1], "inputs", sys.argv[2], rules.regels)
regie, _ = read_regie(order.inputs / "regie.xlsx", order.kwartaal, rules.contract, rules.regels)
files = [path for path in input_files(order.inputs) if path.name != "regie.xlsx"]
found = [read_workbook(path, rules.contract.delivery, choices_of(regie), rules.regels) for path in files]
gathered = sort_out(found, regie, rules.regels)
brief, _ = assemble(regie, accept(gathered.deliveries, gathered.findings), load_sentences(), rules.regels)
Path(sys.argv[2], "brief.html").write_text(manuscript(brief, TEMPLATES, concept="concept 01"))
"""


def timed(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def python(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode > 1:
        sys.exit(done.stderr)
    return done


def concept(env: dict[str, str] | None = None) -> tuple[float, str]:
    """The seconds of the whole command on an empty outputs folder, and what it told of its stages."""
    with tempfile.TemporaryDirectory() as outputs:
        begin = time.perf_counter()
        done = python("-m", "flows.cli", "concept", QUARTER, "--outputs", outputs, env=env)
        return time.perf_counter() - begin, done.stderr


def with_server(measure: Callable[[dict[str, str]], None]) -> None:
    """Runs `measure` with the environment of a Prefect server that is up."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = {
        "PREFECT_HOME": str(ROOT / ".voortgang" / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port), "--no-ui"]
    server = subprocess.Popen(command, env=os.environ | home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        from flows.runtime import running_server

        os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
        while not running_server():
            time.sleep(0.2)
        measure(dict(os.environ))
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        server.terminate()
        server.wait()


def line(name: str, seconds: list[float], floor: float) -> None:
    middle = statistics.median(seconds)
    print(f"{name:42} {middle:6.1f} s  ({min(seconds):.1f} to {max(seconds):.1f})  {middle / floor:5.2f} x floor")


def main() -> None:
    """Measures floor, embedded and running server in turn, and prints medians."""
    with tempfile.TemporaryDirectory() as folder:
        python("-c", HTML, QUARTER, folder)
        concept()  # once for nothing: fills caches of the file system
        floors, embedded, running, stages = [], [], [], []
        for _ in range(RUNS):
            floors.append(timed(lambda: python("-c", FLOOR, Path(folder, "brief.html"), TEMPLATES, folder)))
            seconds, told = concept()
            embedded.append(seconds)
            stages.append(told)

        def measure(env: dict[str, str]) -> None:
            running.extend(concept(env)[0] for _ in range(RUNS))

        with_server(measure)
    floor = statistics.median(floors)
    print(f"{QUARTER}, {RUNS} runs each, medians (fastest to slowest)")
    line("floor: WeasyPrint and pandoc alone", floors, floor)
    line("voortgang concept, embedded server", embedded, floor)
    line("voortgang concept, running server", running, floor)
    print("\nstages of the embedded run (means)")
    found: dict[str, list[float]] = {}
    for told in stages:
        for name, seconds in re.findall(r"✓ (.+?) (\d+,\d+) s", told):
            found.setdefault(name.split(":")[0], []).append(float(seconds.replace(",", ".")))
    for name, values in found.items():
        print(f"  {name:40} {sum(values) / RUNS:6.1f} s")


if __name__ == "__main__":
    main()
