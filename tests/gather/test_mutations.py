"""A thousand workbooks with something broken in them: each is read or is a finding; nothing crashes, hangs or grows."""

from __future__ import annotations

import io
import random
import re
import resource
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from flows.gather import confined
from flows.gather.grid import RawWorkbook, Unreadable
from flows.gather.look import Kind, look
from flows.gather.normalise import Choices
from flows.gather.workbook import interpret
from tests.gather.quarters import CONTRACT, REGELS
from tests.workbooks import delivery, measure

COUNT = 1_000
CHOICES = Choices.of(("Taal", "Werk"), ("SZW",))
VALUES = [
    b"",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"NaN",
    b"1e999",
    b"A1:XFD1048576",
    b"ZZZZ9",
    b"\xff\xfe",
    b"&#0;",
    b"&x;",
    b"<",
]
WORDS = [
    b"s",
    b"e",
    b"d",
    b"str",
    b"inlineStr",
    b"hidden",
    b"External",
    b"../../x",
    b"rId999",
    b"worksheet",
    b"date1904",
]

Mutate = Callable[[bytes, random.Random], bytes]


def bytes_changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut_or_doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    return chance.choice((data[:start], data[start:], data[:start] + data[end:], data[:end] + data[start:]))


def xml_changed(data: bytes, chance: random.Random) -> bytes:
    """One part with an attribute's value, a tag or a text replaced, removed or repeated."""
    parts = unpacked(data)
    name = chance.choice(sorted(parts))
    found = list(re.finditer(rb'"[^"]*"|<[^>]*>|>[^<]+<', parts[name]))
    for _ in range(chance.choice((1, 2, 5))):
        spot = chance.choice(found)
        text = spot[0]
        new = chance.choice(
            (b"", text * 2, text[:1] + chance.choice(VALUES + WORDS) + text[-1:], chance.choice(VALUES))
        )
        parts[name] = parts[name].replace(text, new, chance.choice((1, -1)))
    return packed(parts)


def parts_changed(data: bytes, chance: random.Random) -> bytes:
    """Parts that are gone, that change places, or that should not be there."""
    parts = unpacked(data)
    one, other = chance.sample(sorted(parts), 2)
    kind = chance.randrange(4)
    if kind == 0:
        del parts[one]
    elif kind == 1:
        parts[one], parts[other] = parts[other], parts[one]
    elif kind == 2:
        parts[one] = chance.randbytes(chance.randrange(2_000))
    else:
        parts |= {chance.choice(("../x", "xl/vbaProject.bin", "XL/WORKBOOK.XML", "a" * 300)): parts[one]}
    return packed(parts)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return store.getvalue()


MUTATIONS: tuple[Mutate, ...] = (bytes_changed, cut_or_doubled, xml_changed, xml_changed, parts_changed)


def opened(data: bytes) -> RawWorkbook | str:
    """The workbook, or the rule that says why there is none; a kind that would be converted is left alone."""
    try:
        return confined.read(data) if look(data) is Kind.XLSX else "converted"
    except Unreadable as error:
        return str(error)


def test_a_thousand_mutated_workbooks(tmp_path: Path) -> None:
    rows = [measure(f"SZW-{number}", Gereed="eind 2027", Intern="niet tonen") for number in range(5)]
    whole = delivery(tmp_path / "a.xlsx", rows).read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes: Counter[str] = Counter()
    for seed in range(COUNT):
        chance = random.Random(seed)
        found = opened(MUTATIONS[seed % len(MUTATIONS)](whole, chance))
        if isinstance(found, RawWorkbook):
            findings = interpret(found, CONTRACT.delivery, CHOICES, REGELS).findings
            outcomes["read with findings" if findings else "read"] += 1
        else:
            outcomes[found] += 1
            assert found == "converted" or REGELS.by_name[found].severity == "blokkerend"
    print(f"{COUNT} mutated workbooks: {dict(outcomes.most_common())}")
    assert sum(outcomes.values()) == COUNT
    assert outcomes["read"] and outcomes["bestand-beschadigd"] and outcomes["bestand-te-groot"] == 0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10  # KiB
