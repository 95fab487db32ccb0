"""`make bench`: the whole command next to its floor, in one run on one machine. Prints figures; asserts nothing.

The floor is WeasyPrint and pandoc alone on the same HTML, in one process. Ratios hold between machines, seconds do not.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flows.catalogue import ROOT, TEMPLATES
from tests.postgres import free_port
from tests.processes import descendants
from tests.workbooks import delivery, regie
from tests.workbooks import measure as measure_row

QUARTER = "2026-Q3"
REST = 20.0  # seconds after which all that a start sets in motion has come to rest
RUNS = int(os.environ.get("BENCH_RUNS", "5"))
FLOOR = """
import sys
from pathlib import Path
import pypandoc, weasyprint
html, templates, folder = Path(sys.argv[1]).read_text(), Path(sys.argv[2]), Path(sys.argv[3])
from flows.model.templates import Templates
from flows.render.pdf import _Fetcher
weasyprint.HTML(string=html, base_url=templates.as_uri() + "/", url_fetcher=_Fetcher(Templates(templates))).write_pdf(folder / "floor.pdf", pdf_variant="pdf/ua-1")
pypandoc.convert_text(html, "docx", "html", outputfile=str(folder / "floor.docx"))
"""
HTML = """
import sys
from datetime import date
from pathlib import Path
from flows.order import Order, Rules, input_files
from flows.catalogue import load_sentences
from flows.theme import templates
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
brief, _, _ = assemble(regie, accept(gathered.deliveries, gathered.findings), load_sentences(), rules.regels)
Path(sys.argv[2], "brief.html").write_text(manuscript(brief, templates(), concept="concept 01"))
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


def resident(process: int) -> float:
    """The memory of a process and all that it started, in MiB: each shared page counted in part (PSS)."""
    texts = (Path(f"/proc/{one}/smaps_rollup").read_text() for one in (process, *descendants(process)))
    return sum(int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0]) for text in texts) / 1024


def with_start(measure: Callable[[dict[str, str]], None]) -> dict[str, float]:
    """Runs `measure` with the environment of a `voortgang start` that is up; returns what that one took itself."""
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ) | {"VOORTGANG_STATE": folder, "PREFECT_HOME": f"{folder}/prefect"}
        python("-m", "flows.runtime", "migrate", env=env)
        inputs, outputs = Path(folder, "in"), Path(folder, "out")
        regie(
            inputs / QUARTER / "regie.xlsx",
            Ministeries=[("Code", "Naam", "Uiterste leverdatum"), ("SZW", "", datetime(2090, 1, 1))],
        )
        command = [
            "-m",
            "flows.cli",
            "start",
            "--inputs",
            str(inputs),
            "--outputs",
            str(outputs),
            "--poort",
            str(free_port()),
        ]
        begin = time.perf_counter()
        service = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        try:
            assert service.stdout is not None
            while "Ctrl-C" not in service.stdout.readline():
                assert service.poll() is None
            took = {"ready": time.perf_counter() - begin}
            time.sleep(REST)
            took["memory"] = resident(service.pid)
            delivery(inputs / QUARTER / "SZW.xlsx", [measure_row()])
            begin, findings = time.perf_counter(), outputs / QUARTER / "controle" / "bevindingen.json"
            while not findings.exists():
                time.sleep(0.1)
            took["feedback"] = time.perf_counter() - begin
            measure(env)
            begin = time.perf_counter()
            service.terminate()
            service.wait()
            return took | {"end": time.perf_counter() - begin}
        finally:
            service.kill()


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

        took = with_start(measure)
    floor = statistics.median(floors)
    print(f"{QUARTER}, {RUNS} runs each, medians (fastest to slowest)")
    line("floor: WeasyPrint and pandoc alone", floors, floor)
    line("voortgang concept, embedded server", embedded, floor)
    line("voortgang concept, beside voortgang start", running, floor)
    print(
        f"\nvoortgang start: ready in {took['ready']:.1f} s, {took['ready'] / floor:.2f} x floor; ends in {took['end']:.1f} s"
    )
    print(
        f"  a delivery copied until its findings are there: {took['feedback']:.1f} s, {took['feedback'] / floor:.2f} x floor"
    )
    print(f"  memory at rest, all processes: {took['memory']:.0f} MiB")
    print("\nstages of the embedded run (means)")
    found: dict[str, list[float]] = {}
    for told in stages:
        for name, seconds in re.findall(r"✓ (.+?) (\d+,\d+) s", told):
            found.setdefault(name.split(":")[0], []).append(float(seconds.replace(",", ".")))
    for name, values in found.items():
        print(f"  {name:40} {sum(values) / RUNS:6.1f} s")


if __name__ == "__main__":
    main()
