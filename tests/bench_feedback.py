"""`make bench`, the feedback: 350 workbooks of 60 rows back to their senders, 20 cells marked in each. Prints figures; asserts nothing.

Beside it openpyxl, which loads and saves them and loses what it does not know.
"""

from __future__ import annotations

import io
import tempfile
import time
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

from flows.catalogue import sayings
from flows.model.delivery import Origin
from flows.model.finding import Finding, Severity
from flows.render.feedback import feedback
from tests.workbooks import delivery, measure

WORKBOOKS, ROWS, MARKS = 350, 60, 20


def with_openpyxl(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in range(2, MARKS + 2):
        book["Voortgang"][f"D{row}"].comment = Comment("Niet ingevuld.", "Voortgang")
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = delivery(Path(folder, "SZW.xlsx"), [measure(f"SZW-{nr:02}") for nr in range(1, ROWS + 1)])
        data = made.read_bytes()
    findings = [
        Finding("r", Severity(kind), "De stand is niet ingevuld.", "Vul in.", Origin("SZW.xlsx", "Voortgang", row, "D"))
        for row, kind in zip(range(2, MARKS + 2), ("blokkerend", "waarschuwing") * (MARKS // 2), strict=True)
    ]
    words = sayings("terugkoppeling")
    print(f"{WORKBOOKS} workbooks of {ROWS} rows, {MARKS} cells marked in each, one process")
    cases = (
        ("feedback", lambda: feedback(data, "SZW.xlsx", findings, words)),
        ("openpyxl", lambda: with_openpyxl(data)),
    )
    for name, work in cases:
        begin = time.perf_counter()
        for _ in range(WORKBOOKS):
            work()
        print(f"  {name:20} {time.perf_counter() - begin:6.1f} s")


if __name__ == "__main__":
    main()
