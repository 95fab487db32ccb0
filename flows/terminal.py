"""What the commands show on the terminal: the closing table, what a new quarter asks for, quarters, drafts and the logbook."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.catalogue import sayings
from flows.model.quarter import dutch_date

if TYPE_CHECKING:
    from flows.logbook import Page
    from flows.new_quarter import Made
    from flows.overview import Draft, Overview
    from flows.register.refresh import Refreshed
    from flows.report import Summary

SLOT, OVERZICHT = sayings("slot"), sayings("overzicht")
SHOWN = 12
NOTHING = 2  # the exit status where nothing could be made


def say(line: str) -> None:
    """One line, as it is, at once."""
    print(line, flush=True)


def refuse(sentence: str) -> NoReturn:
    """Says why nothing could be made, and ends the command."""
    print(sentence, file=sys.stderr)
    sys.exit(NOTHING)


def summary(made: Summary) -> bool:
    """The closing table and where the outcome lies; returns whether nothing blocks."""
    console = Console(highlight=False)
    table = _table(made.titel, SLOT["ministerie"])
    for name in ("rijen", "blokkerend", "waarschuwingen"):
        table.add_column(SLOT[name], justify="right")
    table.add_column(SLOT["geleverd"])
    for line in made.lines:
        delivered = SLOT["ja" if line.delivered else "nee"] if line.code else ""
        counts = (str(count or "") for count in (line.rows, line.blocking, line.warnings))
        _row(table, line.code or SLOT["overig"], *counts, delivered)
    console.print(table)
    if printed := made.printed:
        console.print(SLOT["noten"].format(noten=printed.notes, open=printed.open_points, hiaten=printed.gaps))
    if made.register:
        console.print(SLOT["register"].format(stand=dutch_date(made.register)))
    count = len(made.blocking)
    kind = "zonder_bevindingen" if not count else "een_bevinding" if count == 1 else "met_bevindingen"
    console.print(SLOT[kind].format(aantal=count))
    for message, advice in made.blocking[:SHOWN]:
        console.print(f"• {message} {advice}", markup=False)
    if count > SHOWN:
        console.print(SLOT["meer"].format(aantal=count - SHOWN))
    kind = "ongewijzigd" if made.unchanged else "brief" if made.printed else "controle"
    console.print(SLOT[kind].format(naam=made.unchanged, plaats=made.place), soft_wrap=True, markup=False)
    return not count


def asked(made: Summary) -> bool:
    """Where the fill-in workbooks lie; nothing can block them."""
    say(sayings("uitvraag")["klaar"].format(plaats=made.place))
    return True


def reviewed(made: Summary) -> bool:
    """What was chosen and could not be taken over, and where all of it lies; returns whether that is nothing."""
    for message, why in made.blocking:
        say(f"• {message} {why}")
    say(sayings("verwerk")["klaar"].format(plaats=made.place))
    return not made.blocking


def refreshed(done: Refreshed) -> bool:
    """What the register learned, and what it still does not know; returns whether all was answered."""
    words = sayings("kamerregister")
    say(words["gevraagd"].format(aantal=done.answered) if done.answered else words["bij"])
    counts = {"bekend": done.known, "onbekend": done.absent, "niet_nagegaan": done.unknown}
    say(words["stand"].format(toezeggingen=done.promises, **{name: len(found) for name, found in counts.items()}))
    if done.absent:
        say(words["onbekend"].format(stukken=", ".join(done.absent)))
    if done.failures:
        say(words["deels"].format(diensten=words["en"].join(words[service] for service, _ in done.failures)))
    return not done.failures


def quarters(found: Iterable[Overview]) -> None:
    """Every quarter in a line."""
    words = OVERZICHT
    columns = ("kwartaal", "aangeleverd", "blokkerend", "concept", "gepland", "stand")
    table = _table(words["titel"], *(words[name] for name in columns))
    faults: list[str] = []
    for one in found:
        checked, newest = one.checked, one.drafts[-1] if one.drafts else None
        _row(
            table,
            str(one.kwartaal),
            words["van"].format(geleverd=checked.delivered, verwacht=checked.expected) if checked else words["geen"],
            str(checked.blocking) if checked else words["geen"],
            newest.name if newest else words["geen"],
            _day(one.due),
            words["zie_onder"] if one.fault else _state(newest) if newest else words["zonder_concept"],
        )
        faults += [f"{one.kwartaal}: {one.fault}"] if one.fault else []
    Console(highlight=False).print(table)
    for fault in faults:
        say(fault)


def quarter(one: Overview) -> None:
    """The drafts of a quarter, and its logbook."""
    console, words = Console(highlight=False), OVERZICHT
    if one.fault:
        say(one.fault)
    columns = ("concept", "gemaakt", "blokkerend", "open", "hiaten", "stand")
    table = _table(words["concepten"].format(kwartaal=one.kwartaal), *(words[name] for name in columns))
    for draft in one.drafts:
        counts = (str(count) for count in (draft.blocking, draft.open_points, draft.gaps))
        _row(table, draft.name, _moment(draft.made), *counts, _state(draft))
    console.print(table if one.drafts else words["zonder_concept"])
    if one.drafts and (outdated := one.drafts[-1].outdated):
        say(words["sindsdien"].format(concept=one.drafts[-1].name, bestanden=", ".join(outdated)))
    columns = ("wanneer", "wie", "opdracht", "uitkomst", "resultaat", "gelezen")
    table = _table(words["logboek"].format(kwartaal=one.kwartaal), *(words[name] for name in columns))
    before: Mapping[str, str] = {}
    for page in one.pages:
        _row(
            table,
            _moment(datetime.fromisoformat(page.begin)),
            f"{page.who}@{page.host} ({page.via})",
            page.verb,
            page.outcome or words["bezig"],
            page.made or page.reason or "",
            _read(page, before),
        )
        before = page.inputs
    console.print(table if one.pages else words["leeg"])


def made(new: Made) -> None:
    """What a new quarter's regie.xlsx asks the coordinator to fill in and to look at."""
    words = sayings("nieuw")
    details: dict[str, object] = {"bestand": new.path, "oud": new.source, "nieuw": new.kwartaal}
    dated = {(sheet, cell): said for sheet, cell, said in new.dated}
    lines = [words["gemaakt" if new.source else "model"]]
    for title, cells in (("invullen", new.emptied), ("nagaan", new.to_check)):
        lines += [words[title], *_cells(cells, dated, words)] if cells else []
    if new.cleared:
        details["bladen"] = ", ".join(dict.fromkeys(sheet for sheet, _, _ in new.cleared))
        lines.append(words["gewist"])
    lines += [words[f"kwijt_{what}"] for what in new.lost]
    for line in (*lines, words["opmerkingen"], words["vervolg"]):
        say(line.format(**details))


def _cells(
    cells: Iterable[tuple[str, str, str]], dated: Mapping[tuple[str, str], str], words: Mapping[str, str]
) -> Iterator[str]:
    """A line for each field, with the cells in which it stands."""
    fields: dict[tuple[str, str], list[str]] = {}
    for sheet, cell, label in cells:
        fields.setdefault((sheet, label.split(" (")[0]), []).append(cell)
    for (sheet, label), found in fields.items():
        said = "; ".join(dated[sheet, cell] for cell in found if (sheet, cell) in dated)
        several = found[0] if len(found) == 1 else f"{found[0]}–{found[-1]}"
        line = words["cel_gedateerd" if said else "cel"].format(blad=sheet, cellen=several, veld=label, woorden=said)
        yield "  " + line.replace("{", "{{").replace("}", "}}")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=Text(title), title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _row(table: Table, *cells: str) -> None:
    """Adds a row of words as they are: nothing in them is markup."""
    table.add_row(*map(Text, cells))


def _state(draft: Draft) -> str:
    if not draft.outdated:
        return OVERZICHT["actueel"]
    return OVERZICHT["verouderd"].format(aantal=len(draft.outdated))


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else OVERZICHT["geen"]


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone():%d-%m-%Y %H:%M}" if moment else OVERZICHT["geen"]


def _read(page: Page, before: Mapping[str, str]) -> str:
    changed = sum(before.get(name) != digest for name, digest in page.inputs.items())
    return OVERZICHT["werkboeken"].format(aantal=len(page.inputs), gewijzigd=changed)
