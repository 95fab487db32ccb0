"""Finds the contract in a workbook: raw grids to sheets, rows and cells by field. What does not fit becomes a finding.

Sheets and headers are matched by name or alias, never by guess; the header may stand anywhere in the first rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from flows.gather.grid import RawCell, RawSheet, RawWorkbook, Unreadable
from flows.gather.normalise import Choices, read
from flows.gather.raw import open_workbook
from flows.model.contract import Column, Inhoud, SheetSpec, key, nearest, printable
from flows.model.delivery import Cell, Origin, Row, Run, Sheet, Workbook
from flows.model.finding import Finding, Regels
from flows.model.place import Place

HEADER_ROWS = 30
_SCHEME = re.compile(r"https?://")
SHOWN = 200  # letters of a text box
FORM_KEYS = ("veld", "waarde")


@dataclass(frozen=True, slots=True)
class Found:
    """A workbook as far as it could be read, and what is to be said about it."""

    workbook: Workbook | None
    findings: tuple[Finding, ...]


def read_workbook(path: Place, specs: Sequence[SheetSpec], choices: Choices, regels: Regels) -> Found:
    """Reads a file against the contract's sheets; a file that cannot be read gives one blocking finding and no workbook.

    One that cannot be reached raises OSError: to be tried again, and then told with `unreachable`.
    """
    try:
        raw = open_workbook(path)
    except Unreadable as error:
        return Found(None, (regels.finding(str(error), Origin(path.name)),))
    return interpret(raw, specs, choices, regels)


def unreachable(path: Place, regels: Regels) -> Found:
    """What is said of a file that could not be reached."""
    return Found(None, (regels.finding("bestand-onleesbaar", Origin(path.name)),))


def interpret(raw: RawWorkbook, specs: Sequence[SheetSpec], choices: Choices, regels: Regels) -> Found:
    """Reads an opened workbook against the contract's sheets."""
    return _Reader(raw, choices, regels).read(specs)


class _Reader:
    def __init__(self, raw: RawWorkbook, choices: Choices, regels: Regels) -> None:
        self.raw, self.choices, self.regels = raw, choices, regels
        self.findings: list[Finding] = []
        self.private = set(raw.private)

    def find(self, rule: str, origin: Origin, **details: object) -> None:
        self.findings.append(self.regels.finding(rule, origin, **details))  # type: ignore[arg-type]

    def read(self, specs: Sequence[SheetSpec]) -> Found:
        by_key = {name: spec for spec in specs for name in spec.keys}
        unknown = [sheet.title for sheet in self.raw.sheets if key(sheet.title) not in by_key]
        sheets: dict[str, Sheet] = {}
        for raw in self.raw.sheets:
            spec = by_key.get(key(raw.title))
            if spec and spec.name in sheets:
                self.find("blad-dubbel", Origin(self.raw.file, raw.title))
            elif spec and (sheet := self.sheet(raw, spec)):
                sheets[spec.name] = sheet
            elif spec:
                sheets[spec.name] = Sheet(spec.name, raw.title, {}, ())
        for title in self.raw.hidden:
            self.find(
                "blad-verborgen" if key(title) in by_key else "blad-verborgen-onbekend", Origin(self.raw.file, title)
            )
        self.missing_sheets(specs, sheets, unknown)
        workbook = Workbook(
            self.raw.file, self.raw.sha256, sheets, frozenset(text for text in self.private if text.strip())
        )
        return Found(workbook, tuple(self.findings))

    def missing_sheets(self, specs: Sequence[SheetSpec], sheets: Mapping[str, Sheet], unknown: list[str]) -> None:
        hidden = {key(title) for title in self.raw.hidden}
        likely = {
            spec.name: get_close_matches(key(spec.name), [key(title) for title in unknown], 1, 0.5) for spec in specs
        }
        for spec in specs:
            if spec.name in sheets or spec.keys & hidden or not spec.columns:
                continue
            if likely[spec.name]:
                close = next(title for title in unknown if key(title) == likely[spec.name][0])
                self.find("blad-hernoemd", Origin(self.raw.file, close), blad_bedoeld=spec.name)
                unknown = [title for title in unknown if title != close]
            elif not spec.optional:
                essential = spec.form or spec.name in {"Voortgang", "Agenda", "Ministeries"} or unknown
                self.find(
                    "blad-ontbreekt" if essential else "blad-afwezig", Origin(self.raw.file), blad_bedoeld=spec.name
                )
        for title in unknown:
            self.find("blad-onbekend", Origin(self.raw.file, title))

    def sheet(self, raw: RawSheet, spec: SheetSpec) -> Sheet | None:
        place = Origin(self.raw.file, raw.title)
        header, names = _header_row(raw, FORM_KEYS if spec.form else [name for c in spec.columns for name in c.keys])
        if raw.boxes:
            self.find("tekstvak-niet-gedrukt", place, value=raw.boxes[:SHOWN])
        if header is None:
            if raw.rows or spec.form or not spec.optional:
                self.find("kopregel-ontbreekt", place)
            return None
        return self.form(raw, spec, header, names) if spec.form else self.table(raw, spec, header)

    def table(self, raw: RawSheet, spec: SheetSpec, header: int) -> Sheet:
        columns, other = self.columns(raw, spec, header)
        by_letter = {letter: spec.column(field) for field, letter in columns.items()}
        rows = []
        for number in sorted(number for number in raw.rows if number > header):
            filled = {letter: cell for letter, cell in raw.rows[number].items() if _filled(cell) or cell.struck}
            for letter in [letter for letter in filled if letter not in by_letter and letter not in other]:
                other[letter] = ""
                self.find("kolom-zonder-kop", Origin(self.raw.file, raw.title, number, letter))
            self.private |= {_words(cell) for letter, cell in filled.items() if "intern" in other.get(letter, "")}
            present = {letter: cell for letter, cell in filled.items() if letter in by_letter}
            if any(by_letter[letter].inhoud is not Inhoud.INTERN for letter in present):
                rows.append(self.row(raw, number, present, by_letter))
            else:
                self.private |= {_words(cell) for cell in present.values()}
        return Sheet(spec.name, raw.title, columns, tuple(rows))

    def columns(self, raw: RawSheet, spec: SheetSpec, header: int) -> tuple[dict[str, str], dict[str, str]]:
        """The columns found by field, and the other headers by letter, as keys."""
        columns: dict[str, str] = {}
        other: dict[str, str] = {}
        for letter, cell in raw.rows[header].items():
            place = Origin(self.raw.file, raw.title, header, letter)
            match = [column for column in spec.columns if key(_words(cell)) in column.keys]
            if match and match[0].field not in columns:
                columns[match[0].field] = letter
            else:
                other[letter] = key(_words(cell))
                shown = " ".join(_words(cell).split())
                self.find("kolom-dubbel" if match else "kolom-onbekend", place, column=shown)
        for column in spec.columns:
            if column.required and column.field not in columns:
                headers = {key(_words(cell)): " ".join(_words(cell).split()) for cell in raw.rows[header].values()}
                loose = {name: shown for name, shown in headers.items() if name in other.values()}
                hint = nearest(column.header, loose.values())
                rule = "kolom-hernoemd" if hint else "kolom-ontbreekt"
                self.find(rule, Origin(self.raw.file, raw.title, header), column=column.header, lijkt_op=hint or "")
        return columns, other

    def row(self, raw: RawSheet, number: int, present: Mapping[str, RawCell], by_letter: Mapping[str, Column]) -> Row:
        cells, hidden = {}, number in raw.hidden_rows
        nr = next((_words(present[at]) for at, c in by_letter.items() if c.field == "nr" and at in present), None)
        for letter, column in by_letter.items():
            source = present.get(letter)
            if source is None and column.inhoud is not Inhoud.PROZA and (above := raw.merged.get((number, letter))):
                source = raw.rows.get(above[0], {}).get(above[1])
            if source is not None:
                place = Origin(self.raw.file, raw.title, number, letter)
                cells[column.field] = self.cell(source, place, column, nr, hidden=hidden)
        if hidden:
            self.private |= {cell.text for cell in cells.values()}
        return Row(
            Origin(self.raw.file, raw.title, number),
            {f: c for f, c in cells.items() if c.runs or c.value is not None},
            hidden,
        )

    def cell(self, raw: RawCell, origin: Origin, column: Column, nr: str | None, *, hidden: bool = False) -> Cell:
        said = " ".join(_words(raw).split())
        place = {"nr": nr, "column": column.header, "value": said or None}
        if column.inhoud is Inhoud.INTERN:
            self.private.add(_words(raw))
            return Cell(origin, raw.value, raw.runs, _words(raw))
        if raw.fault:
            self.find(raw.fault, origin, **place)
            return Cell(origin, None, ())
        if raw.struck:
            self.find("doorgehaald", origin, nr=nr, column=column.header)
        if mended := [pair for pair in raw.mended if pair[1] in said and not hidden]:
            stored, read_as = (", ".join(words) for words in zip(*mended, strict=True))
            self.find("tekens-hersteld", origin, **(place | {"value": stored}), hersteld=read_as)
        if raw.link and not hidden and _SCHEME.sub("", raw.link).rstrip("/") not in said:
            self.find("koppeling-niet-gedrukt", origin, **(place | {"value": raw.link}))
        runs = self.printable(raw.runs, origin, nr, column)
        value = "".join(run.text for run in raw.runs) if raw.struck else raw.value
        reading = read(value, raw.number_format, column, self.choices, self.raw.shift)
        if reading.near:
            self.find("begrepen-als", origin, **place, begrepen=reading.meaning)
        for code in reading.unknown:
            self.find("ministerie-niet-bekend", origin, **(place | {"value": code}))
        if isinstance(raw.value, float) and column.inhoud in {Inhoud.TEKST, Inhoud.PROZA}:
            runs = tuple(replace(run, text=run.text.replace(".", ",")) for run in runs)
        return Cell(origin, raw.value, runs if said else (), reading.meaning)

    def printable(self, runs: tuple[Run, ...], origin: Origin, nr: str | None, column: Column) -> tuple[Run, ...]:
        """The runs with a sign in place of each letter that no font of ours has; each is reported."""
        text = "".join(run.text for run in runs)
        if printable(text, self.choices.letters) != text:
            shown = tuple(replace(run, text=printable(run.text, self.choices.letters)) for run in runs)
            lacking = dict.fromkeys(letter for letter in text if printable(letter, self.choices.letters) != letter)
            signs = ", ".join(f"U+{ord(letter):04X}" for letter in lacking)
            self.find(
                "teken-niet-afdrukbaar", origin, nr=nr, column=column.header, value="".join(lacking), tekens=signs
            )
            return shown
        return runs

    def form(self, raw: RawSheet, spec: SheetSpec, header: int, letters: Mapping[str, str]) -> Sheet:
        label_at, value_at = (letters[name] for name in FORM_KEYS)
        cells: dict[str, Cell] = {}
        seen: dict[str, str] = {}
        for number in sorted(n for n in raw.rows if n > header):
            label, value = raw.rows[number].get(label_at), raw.rows[number].get(value_at)
            for letter, other in raw.rows[number].items():
                if letter not in (label_at, value_at) or label is None:
                    self.find("kolom-zonder-kop", Origin(self.raw.file, raw.title, number, letter))
                    self.private |= {_words(other)} if "intern" in key(_words(raw.rows[header].get(letter))) else set()
            if label is None:
                continue
            match = [column for column in spec.columns if key(_words(label)) in column.keys]
            place = Origin(self.raw.file, raw.title, number, label_at)
            if not match or match[0].field in seen:
                self.find("veld-dubbel" if match else "veld-onbekend", place, column=" ".join(_words(label).split()))
                self.private |= {_words(value)} if "intern" in key(_words(label)) else set()
                continue
            place = Origin(self.raw.file, raw.title, number, value_at)
            if number in raw.hidden_rows:
                self.find("veld-verborgen", place, column=match[0].header)
                self.private |= {_words(value)}
                value = None
            seen[match[0].field] = value_at
            cells[match[0].field] = self.cell(value, place, match[0], None) if value else Cell(place, None)
        for column in spec.columns:
            if column.required and column.field not in seen:
                self.find("veld-ontbreekt", Origin(self.raw.file, raw.title), column=column.header)
        return Sheet(spec.name, raw.title, seen, (Row(Origin(self.raw.file, raw.title, header), cells),))


def _words(cell: RawCell | None) -> str:
    if not cell:
        return ""
    if len(cell.runs) == 1:  # nearly all of them
        return cell.runs[0].text.strip()
    return "".join(run.text for run in cell.runs).strip()


def _filled(cell: RawCell) -> bool:
    return bool(cell.fault or _words(cell))


def _header_row(raw: RawSheet, names: Iterable[str]) -> tuple[int | None, dict[str, str]]:
    """The row among the first that holds most of `names` (at least two), and the column letter of each name in it."""
    wanted, best = frozenset(names), None
    found: dict[str, str] = {}
    for number in sorted(n for n in raw.rows if n <= HEADER_ROWS):
        here = {
            key(_words(cell)): letter for letter, cell in _from_right(raw.rows[number]) if key(_words(cell)) in wanted
        }
        if len(here) >= 2 and len(here) > len(found):
            best, found = number, here
    return best, found


def _from_right(cells: Mapping[str, RawCell]) -> Iterator[tuple[str, RawCell]]:
    return reversed(list(cells.items()))
