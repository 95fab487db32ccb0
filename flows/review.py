"""The flow `verwerk`: what reviewers wrote in their copies of a draft, as rows to decide about; and what was chosen, into the cells.

Reads copies, the draft that each is a copy of, and the deliveries as they are now. Writes outputs/KWARTAAL/review, in which what was
read and chosen before stays. No delivery in inputs/ is changed: a copy of it has the new words, marked, for its ministry to look at.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import PurePath
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows import report
from flows.assemble.edits import marked
from flows.assemble.into_cells import IN_CELLS, Taken, Workbooks, notes_changed
from flows.assemble.reviewed import compare, with_conflicts
from flows.catalogue import sayings
from flows.check_workbooks import put, read_deliveries, steering_of
from flows.conduct import conduct
from flows.gather.confined import read_copy
from flows.gather.deliveries import sort_out
from flows.gather.grid import Unreadable
from flows.gather.look import MOST_BYTES, OF_COPIES, look_at_word
from flows.gather.raw import as_xlsx
from flows.gather.steering import FILE, choices_of
from flows.gather.verdicts import read_choices, read_verdicts
from flows.handed_copy import handed_out
from flows.model.delivery import Delivery, Origin, Regie
from flows.model.finding import Regels, Stop
from flows.model.place import Place, place
from flows.model.review import Copy, Verdict
from flows.order import Order, Rules
from flows.publish import MANIFEST, drafts, write
from flows.render.data import dump
from flows.render.feedback import names
from flows.render.remarks import remarks_workbook
from flows.render.taken_over import Change, Unchangeable, taken_over
from flows.stages import announce, stage

VERB, FOLDER = "verwerk", "review"
WORKBOOK, DATA = "opmerkingen.xlsx", "opmerkingen.json"


@flow(name=VERB, flow_run_name="verwerk {kwartaal}", persist_result=False)
def verwerk(
    kwartaal: str,
    kopieen: list[str],
    inputs: str = "inputs",
    outputs: str = "outputs",
    *,
    overnemen: bool = False,
) -> State:
    """Lists what stands in reviewers' copies; with `overnemen` puts what was chosen into copies of the deliveries."""
    return conduct(VERB, kwartaal, inputs, outputs, partial(_process, tuple(kopieen), take=overnemen))


def _process(files: Sequence[str], order: Order, rules: Rules, *, take: bool) -> report.Summary:
    regels, words = rules.regels, sayings(VERB)
    earlier, chosen = _earlier(order, words, regels)
    named = _named(files)
    read = {name: stage("kopie", partial(_read, file, order, regels), bestand=name) for name, file in named.items()}
    if not read and not earlier:
        raise Stop(regels.finding("verwerk-niets", Origin(""), kwartaal=order.kwartaal))
    regie, _ = steering_of(order, rules)
    deliveries = _deliveries(order, regie, rules)
    specs = (*rules.contract.delivery, *rules.contract.regie)
    books = Workbooks((*(one.workbook for one in deliveries), regie.workbook), specs, regie.citeerwijze)
    fresh = [verdict for name, pair in read.items() for verdict in compare(*pair, name)]
    kept = _kept(earlier, fresh, [(name, copy.saved.name, copy.identity) for name, (_, copy) in read.items()])
    verdicts = with_conflicts(tuple(books.located((*kept, *_reworded(fresh, chosen)))))
    taken, refused = books.taken([one for one in verdicts if _yes(one, chosen, words)]) if take else ((), ())
    called = names(deliveries) | {regie.workbook.file: regie.workbook.file}
    copies, unchangeable = _copies(order, called, taken, words)
    made = {DATA: dump([asdict(one) for one in verdicts])} | _workbooks(verdicts, words, chosen, regie) | copies
    stale = set(called.values()) - copies.keys() if take else set()
    folder = put(lambda: _written(order.outputs / FOLDER, made, stale))
    _tell(verdicts, taken, words)
    blocking = tuple(_refusals((*refused, *unchangeable), words))
    return report.Summary(regie.titel, (), blocking, folder, read={FILE: regie.workbook.sha256})


def _named(files: Iterable[str]) -> dict[str, str]:
    """The files by their names; with as many folders as it takes where several are called alike, as reviewers leave them."""
    paths = list(dict.fromkeys(map(PurePath, files)))
    named: dict[str, str] = {}
    for path in paths:
        others = [one for one in paths if one.name == path.name and one != path]
        ends = ("/".join(path.parts[-size:]) for size in range(1, len(path.parts) + 1))
        name = next(
            (end for end in ends if not any(f"/{one.as_posix()}".endswith(f"/{end}") for one in others)), str(path)
        )
        named[name] = str(path)
    return named


def _kept(
    earlier: Iterable[Verdict], fresh: Collection[Verdict], read: Iterable[tuple[str, str, str]]
) -> list[Verdict]:
    """What was found before and is not found anew: of other files and drafts, and of other people in files that are called alike.

    `read` are the files with who saved them and the draft. What nobody has signed is never taken for an older version of something.
    """
    again = {verdict.ident for verdict in fresh}
    signed = [*read, *((one.file, author.name, one.draft) for one in fresh for author in one.authors)]
    newer = {(PurePath(file).name, who, draft) for file, who, draft in signed}

    def renewed(verdict: Verdict) -> bool:
        name = PurePath(verdict.file).name
        return all((name, one.name, verdict.draft) in newer and one.name != verdict.file for one in verdict.authors)

    return [verdict for verdict in earlier if verdict.ident not in again and not renewed(verdict)]


def _written(folder: Place, made: Mapping[str, bytes], stale: Iterable[str]) -> Place:
    """The folder with what was made, file by file: whatever else people keep in it stays. The data goes first: the rest follows from it."""
    for name, data in made.items():
        write(folder, name, data)
    for name in stale:
        with suppress(FileNotFoundError):
            (folder / name).unlink()
    return folder


def _deliveries(order: Order, regie: Regie, rules: Rules) -> tuple[Delivery, ...]:
    found = read_deliveries(order.files(rules.regels), choices_of(regie), rules.contract, rules.regels)
    return sort_out(list(found), regie, rules.regels).deliveries


def _read(file: str, order: Order, regels: Regels) -> tuple[Copy, Copy]:
    """The copy that was handed out, and the one that came back; raises Stop where the file is none of this quarter."""
    name = PurePath(file).name

    def stop(rule: str) -> Stop:
        return Stop(regels.finding(rule, Origin(name), kwartaal=order.kwartaal))

    try:
        returned = read_copy(_bytes(file))
    except (OSError, ValueError) as error:
        raise stop("kopie-onleesbaar") from error
    except Unreadable as error:
        raise stop(OF_COPIES.get(str(error), str(error))) from error
    if not returned.identity:
        raise stop("kopie-onbekend")
    handed = _handed(order, returned.identity)
    if handed is None:
        raise stop("kopie-ander-concept")
    return read_copy(handed), returned


def _bytes(file: str) -> bytes:
    """A copy that was looked at; raises `Unreadable`, or OSError."""
    path = place(file)
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable("kopie-te-groot")
    look_at_word(data := path.read_bytes())
    return data


def _handed(order: Order, identity: str) -> bytes | None:
    """The review copy in the draft of that identity."""
    for _, draft in sorted(drafts(order.outputs).items(), reverse=True):
        with suppress(OSError, ValueError, KeyError, TypeError):
            if json.loads((draft / MANIFEST).read_bytes())["identity"] == identity:
                copy = handed_out(draft)
                return copy.read_bytes() if copy else None
    return None


def _earlier(
    order: Order, words: Mapping[str, Any], regels: Regels
) -> tuple[tuple[Verdict, ...], dict[str, tuple[str, str]]]:
    """What was found before, and what was chosen since."""
    folder = order.outputs / FOLDER
    if not (folder / DATA).is_file():
        return (), {}
    try:
        chosen = read_choices(folder / WORKBOOK, words["kolommen"])
        return tuple(_reworded(read_verdicts((folder / DATA).read_bytes()), chosen)), chosen
    except (OSError, ValueError, KeyError, TypeError, IndexError, Unreadable) as error:
        raise Stop(regels.finding("opmerkingen-onleesbaar", Origin(WORKBOOK), map=folder)) from error


def _reworded(verdicts: Iterable[Verdict], chosen: Mapping[str, tuple[str, str]]) -> Iterator[Verdict]:
    """The verdicts, with the words that the coordinator made of them."""
    for verdict in verdicts:
        new = chosen.get(verdict.ident, ("", ""))[1]
        yield replace(verdict, new=new) if verdict.new and new and new.split() != verdict.new.split() else verdict


def _yes(verdict: Verdict, chosen: Mapping[str, tuple[str, str]], words: Mapping[str, Any]) -> bool:
    return bool(chosen.get(verdict.ident, ("", ""))[0] == words["keuzes"][0])


def _workbooks(
    verdicts: Sequence[Verdict], words: Mapping[str, Any], chosen: Mapping[str, tuple[str, str]], regie: Regie
) -> dict[str, bytes]:
    """The coordinator's workbook, and one for each ministry with what is about its own rows."""
    rows = [
        (one, tuple(marked(one.old, one.new)) if one.sort in IN_CELLS else (), _notes(one, words)) for one in verdicts
    ]
    files = {WORKBOOK: remarks_workbook(rows, words, {ident: choice for ident, (choice, _) in chosen.items()})}
    for code in (ministerie.code for ministerie in regie.ministeries):
        own = [row for row in rows if row[0].source and row[0].source.ministerie == code]
        if own:
            name = f"{PurePath(WORKBOOK).stem}-{code}.xlsx"
            files[name] = remarks_workbook(own, words, {}, choosing=False)
    return files


def _notes(verdict: Verdict, words: Mapping[str, Any]) -> str:
    gone, come = notes_changed(verdict.old, verdict.new) if verdict.name and not verdict.remark else ((), ())
    lines = [words["noot_weg"].format(noot=note) for note in gone]
    return "\n".join((*lines, *(words["noot_nieuw"].format(noot=note) for note in come)))


def _copies(
    order: Order, called: Mapping[str, str], taken: Sequence[Taken], words: Mapping[str, Any]
) -> tuple[dict[str, bytes], list[Verdict]]:
    """The deliveries with what was chosen; what no cell could take."""
    files: dict[str, bytes] = {}
    refused: list[Verdict] = []
    for file in dict.fromkeys(one.origin.file for one in taken):
        own = [one for one in taken if one.origin.file == file]
        changes = {(str(one.origin.sheet), str(one.origin.cell)): _change(one, words) for one in own}
        try:
            files[called[file]] = taken_over(as_xlsx((order.inputs / file).read_bytes()), changes)
        except (Unchangeable, Unreadable, OSError):
            refused += [replace(verdict, why="niet-zeker") for one in own for verdict in one.verdicts]
    return files, refused


def _change(taken: Taken, words: Mapping[str, Any]) -> Change:
    who = dict.fromkeys(author.name for verdict in taken.verdicts for author in verdict.authors)
    lines = (words["merk"].format(wie=", ".join(who)), words["was"].format(tekst=taken.old))
    return Change(taken.old, tuple((edit.start, edit.end, edit.text) for edit in taken.edits), lines)


def _refusals(verdicts: Iterable[Verdict], words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for verdict in verdicts:
        who = ", ".join(author.name for author in verdict.authors)
        row = verdict.source.nr if verdict.source and verdict.source.nr else verdict.place
        yield words["niet_overgenomen"].format(rij=row, wie=who), words["redenen"][verdict.why]


def _tell(verdicts: Sequence[Verdict], taken: Sequence[Taken], words: Mapping[str, Any]) -> None:
    unplaced = sum(bool(one.why) and not one.remark for one in verdicts)
    remarks = sum(bool(one.remark) for one in verdicts)
    counts = {"wijzigingen": len(verdicts) - remarks, "opmerkingen": remarks, "los": unplaced}
    announce(words["gevonden"].format(**counts))
    for one in taken:
        announce(words["overgenomen"].format(bestand=one.origin.file, blad=one.origin.sheet, cel=one.origin.cell))
