"""`make bench`, the references: the register and the grammar, each next to its floor. Prints figures; asserts nothing.

The floors: one SELECT by primary key, and one regular expression that cuts the same text into words.
"""

from __future__ import annotations

import lzma
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from flows.kamerstuk.grammar import parse
from flows.register.store import SEED, build, opened

DAY = date(2026, 9, 25)
WORDS = re.compile(r"\w+|[^\w\s]")
MEGABYTE = 1_000_000
PROSE = (
    "De minister heeft de Kamer op 12 mei 2026 geïnformeerd over de 1.250 deelnemers en € 2,4 miljoen aan middelen "
    "(Kamerstukken II 2025/26, 32 824, nr. 466). Het overleg met de 342 gemeenten loopt door tot en met 2027. "
)
HOSTILE = (
    "33 400, ",
    "(",
    "nr. ",
    "1-1-1-",
    "Kamerstukken II ",
    "2012/13, ",
    "33 400 en ",
    "1 en ",
    "TK ",
    "bijlage bij ",
)


def best(run: Callable[[], object], times: int = 3) -> float:
    """The seconds of the fastest of some runs."""
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def register() -> None:
    """Making, opening and asking the store of all identifiers of the first list."""
    names = [name for name in lzma.decompress(SEED.read_bytes()).decode().split("\n")[1:] if name]
    asked = names[:: len(names) // 10_000]
    asked += [re.sub(r"\d+$", "99999", name) for name in asked]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "register.sqlite")
        print(f"register of {len(names)} papers: made in {best(lambda: build(path), 1):.1f} s")

        def opening() -> None:
            with opened(path):
                pass

        print(f"  opened in {best(opening, 20) * 1000:.2f} ms")
        with opened(path) as store, sqlite3.connect(path) as plain:
            mine = best(lambda: [store.exists(name, DAY) for name in asked]) / len(asked)
            query = "SELECT 1 FROM stuk WHERE id = ?"
            floor = best(lambda: [plain.execute(query, (name,)).fetchone() for name in asked]) / len(asked)
        print(f"  does a paper exist: {mine * 1e6:.1f} µs, {mine / floor:.2f} x floor ({floor * 1e6:.1f} µs)")


def grammar() -> None:
    """Reading prose, rows of it, and text that is made to be slow."""
    texts = {"1 MB of prose": PROSE * (MEGABYTE // len(PROSE))}
    texts |= {f"1 MB of {piece!r}": piece * (MEGABYTE // len(piece)) for piece in HOSTILE}
    for name, text in texts.items():
        mine, floor = best(lambda text=text: parse(text), 1), best(lambda text=text: WORDS.findall(text), 1)  # type: ignore[misc]
        print(f"  {name:28} {mine:5.2f} s  {mine / floor:5.1f} x floor")
    rows = [PROSE * 2] * 20_000
    mine = best(lambda: [parse(row) for row in rows], 1)
    floor = best(lambda: [WORDS.findall(row) for row in rows], 1)
    print(f"  20,000 rows of prose         {mine:5.2f} s  {mine / floor:5.1f} x floor")


if __name__ == "__main__":
    register()
    print("\nreading references (floor: cutting the text into words)")
    grammar()
