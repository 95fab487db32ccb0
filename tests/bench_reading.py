"""`make bench`: reading and checking 6 and 350 deliveries of 60 rows, beside datamaps importing and openpyxl loading the same files.

Prints figures; asserts nothing. Ratios hold between machines, seconds do not. Great Expectations is started within the time, as a run
does. datamaps (the nearest peer: a UK department's tool for returns) is installed for this bench only, in a folder of its own.
"""

from __future__ import annotations

import gc
import os
import subprocess
import tempfile
import threading
import venv
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

import openpyxl

from flows.catalogue import ROOT
from flows.cli import GARBAGE
from flows.gather.deliveries import sort_out
from flows.gather.steering import choices_of, read_regie
from flows.gather.workbook import read_workbook
from flows.judge import judge_process
from flows.model.quarter import Kwartaal
from flows.order import Rules
from flows.theme import load_letters
from flows.validate.findings import verdict_findings
from flows.validate.tables import tables
from tests.bench import resident, timed
from tests.workbooks import delivery, measure, regie

PEER = "datamaps==1.1.9"
PROSE = "De gemeenten bieden cursussen aan op het werk. Het aantal deelnemers groeit (Kamerstukken II 2025/26, 32 824, nr. 7)."


def quarter(folder: Path, count: int) -> list[Path]:
    """A quarter with so many deliveries of 60 rows, each of a ministry of its own."""
    codes = [f"M{number:03}" for number in range(count)]
    ministries = [("Code", "Naam", "Uiterste leverdatum"), *((code, code, datetime(2026, 9, 18)) for code in codes)]
    regie(folder / "regie.xlsx", Ministeries=ministries)
    rows = [measure(f"N-{number:02}", PROSE * 3, Gereed="eind 2027", Intern="navragen") for number in range(60)]
    return [delivery(folder / f"{code}.xlsx", rows, {"Ministerie": code}) for code in codes]


def read_and_judge(folder: Path, files: list[Path]) -> int:
    """The findings about the deliveries, by the same parts as `voortgang controle`."""
    rules = Rules.load()
    with judge_process() as judge, ThreadPoolExecutor(os.cpu_count()) as pool:
        steering, _ = read_regie(folder / "regie.xlsx", Kwartaal(2026, 3), rules.contract, rules.regels, load_letters())
        choices = choices_of(steering, load_letters())
        read = partial(read_workbook, specs=rules.contract.delivery, choices=choices, regels=rules.regels)
        gathered = sort_out(list(pool.map(read, files)), steering, rules.regels)
        verdicts = judge.judge(tables(gathered.deliveries, rules.contract), rules.suites)
        judged = verdict_findings(verdicts, gathered.deliveries, rules.contract, rules.regels, gathered.findings)
        assert len(gathered.deliveries) == len(files)
        return len(judged)


def floors(folder: Path, files: list[Path]) -> Iterator[tuple[str, float]]:
    """The seconds that others need for the same files."""
    yield "openpyxl, loading", timed(lambda: [openpyxl.load_workbook(path, rich_text=True) for path in files])
    if command := datamaps():
        (folder / "regie.xlsx").unlink()
        datamap = folder / "datamap.csv"
        cells = openpyxl.load_workbook(files[0])["Voortgang"].iter_rows(min_row=2)
        lines = [f"{cell.coordinate},Voortgang,{cell.coordinate},TEXT" for row in cells for cell in row]
        datamap.write_text("\n".join(["cell_key,template_sheet,cell_reference,type", *lines]), encoding="utf-8")
        home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        line = [command, "import", "templates", "--to-master", "--datamap", datamap, "--inputdir", folder]
        yield (
            "datamaps, importing",
            timed(lambda: subprocess.run(line, env=os.environ | home, capture_output=True, check=True)),
        )


def datamaps() -> Path | None:
    """The command of the peer, installed where it is not yet; None where it cannot be installed."""
    folder = ROOT / "build" / "datamaps"
    if not (folder / "bin" / "datamaps").exists():
        venv.create(folder, with_pip=True)
        done = subprocess.run([folder / "bin" / "pip", "install", "--quiet", PEER], capture_output=True, check=False)
        if done.returncode:
            print(f"{PEER} could not be installed: {done.stderr.decode()[-200:]}")
            return None
    return folder / "bin" / "datamaps"


@contextmanager
def watching(note: Callable[[float], None]) -> Iterator[None]:
    """Notes the memory of this process and its children, in MiB, again and again."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            with suppress(OSError):  # a process that has just ended
                note(resident(os.getpid()))

    thread = threading.Thread(target=watch)
    thread.start()
    yield
    done.set()
    thread.join()


def main() -> None:
    gc.set_threshold(GARBAGE)  # as the command does
    for count in (6, 350):
        with tempfile.TemporaryDirectory() as name:
            files = quarter(Path(name), count)
            memory = [0.0]
            with watching(memory.append):
                seconds = timed(lambda name=name, files=files: read_and_judge(Path(name), files))
            print(f"{count} deliveries of 60 rows, read and judged: {seconds:.1f} s, {max(memory):.0f} MiB")
            print(
                "".join(
                    f"  {seconds / floor:.2f} x {what} ({floor:.2f} s)\n" for what, floor in floors(Path(name), files)
                ),
                end="",
            )


if __name__ == "__main__":
    main()
