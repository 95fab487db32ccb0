"""The annexes that regie.xlsx names: registers of moties and toezeggingen, indicators, budgets, status and papers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flows.assemble.prose import prose, words
from flows.kamerstuk.citation import cite, pieces
from flows.model.brief import (
    Annexes,
    Block,
    Budget,
    Citation,
    Inline,
    Mark,
    MiddelRow,
    Note,
    Paper,
    Part,
    PartKind,
    Register,
    RegisterRow,
    StatusTable,
    Text,
)
from flows.model.contract import key
from flows.model.delivery import Regie, Run
from flows.model.entries import Entries, Entry, Maatregel, Motie, Status, Toezegging
from flows.model.quarter import dutch_date
from flows.model.reference import Citeerwijze, Reference, Soort

Sentences = Mapping[str, str]


def annexes(
    regie: Regie, entries: Entries, measures: Sequence[Maatregel], cited: Sequence[tuple[str, Block]], zinnen: Sentences
) -> Annexes:
    """The annexes of the brief. `cited` are the blocks of the running text with the heading under which each stands."""
    named = frozenset(regie.bijlagen)
    wijze = regie.citeerwijze
    moties = _register(entries.moties, wijze, zinnen)
    toezeggingen = _register(entries.toezeggingen, wijze, zinnen)
    return Annexes(
        regie.bijlagen,
        _by_theme(regie, measures, zinnen) if "status" in named else None,
        _by_ministry(regie, measures) if "status" in named else None,
        moties if "moties" in named else None,
        toezeggingen if "toezeggingen" in named else None,
        entries.indicatoren if "indicatoren" in named else None,
        _budget(entries, wijze) if "middelen" in named else None,
        _papers(cited, moties, toezeggingen, wijze, zinnen) if "stukken" in named else None,
    )


def mark(entry: Entry, label: str, zinnen: Sentences) -> tuple[Inline, ...]:
    """The mark that a row at fault gets in a draft: its number and the columns at fault, never their content."""
    if not entry.faults:
        return ()
    return (Text(" "), Mark(zinnen["markering"].format(nr=label, kolommen=", ".join(entry.faults))))


def label(entry: Entry, zinnen: Sentences) -> str:
    """How a row is named in a draft: its Nr, or its ministry and place where it has none."""
    return entry.nr or zinnen["zonder_nr"].format(ministerie=entry.ministerie, rij=entry.origin.row)


def gap(entry: Entry, column: str, zinnen: Sentences) -> Mark:
    """The visible gap of a row whose printed text is missing."""
    return Mark(zinnen["hiaat_verborgen" if entry.hidden else "hiaat"].format(nr=label(entry, zinnen), kolom=column))


def _register(rows: Iterable[Motie | Toezegging], wijze: Citeerwijze, zinnen: Sentences) -> Register:
    printed = tuple(_register_row(row, wijze, zinnen) for row in rows)
    return Register(tuple(r for r in printed if r.status.done), tuple(r for r in printed if not r.status.done))


def _register_row(row: Motie | Toezegging, wijze: Citeerwijze, zinnen: Sentences) -> RegisterRow:
    if isinstance(row, Motie):
        what = _parts(row.motie, wijze) + _parts(row.strekking, wijze)
        column, source = "Motie", []
    else:
        what = _parts(row.toezegging, wijze)
        day = dutch_date(row.datum) if row.datum else ""
        column, source = "Toezegging", [", ".join(filter(None, (row.overleg, day))), row.toezeggingnummer]
    if row.gap:
        what = (Part(PartKind.ALINEA, (gap(row, column, zinnen),)),)
    elif row.faults:
        what = (*what[:-1], replace(what[-1], inlines=(*what[-1].inlines, *mark(row, label(row, zinnen), zinnen))))
    where = [Part(PartKind.ALINEA, (Text(line),)) for line in source if line]
    where += [Part(PartKind.ALINEA, words(line, wijze)) for line in row.kamerstuk.splitlines() if line.strip()]
    return RegisterRow(row, what, tuple(where), _stand(row, wijze, zinnen), row.status)


def _parts(runs: tuple[Run, ...], wijze: Citeerwijze) -> tuple[Part, ...]:
    return prose(runs, wijze).parts


def _stand(row: Motie | Toezegging, wijze: Citeerwijze, zinnen: Sentences) -> tuple[Part, ...]:
    """Stand van zaken as typed; where empty, built from Afgedaan met and Gereed. A paper that it was done with is never lost."""
    typed = prose(row.stand_van_zaken, wijze, row.origin).parts
    papers = words(row.afgedaan_met, wijze)
    sentence = "deels_afgedaan_met" if row.status is Status.DEELS_AFGEDAAN else "afgedaan_met"
    built: list[Part] = []
    if row.afgedaan_met and (not typed or any(isinstance(inline, Citation) for inline in papers)):
        built.append(Part(PartKind.ALINEA, _filled(zinnen[sentence], papers)))
    if row.gereed and not row.status.done and not typed:
        built.append(Part(PartKind.ALINEA, _filled(zinnen["voorzien"], (Text(row.gereed.tekst),))))
    return (*typed, *built) or (Part(PartKind.ALINEA, (Text(zinnen["niets_gemeld"]),)),)


def _filled(sentence: str, inner: tuple[Inline, ...]) -> tuple[Inline, ...]:
    before, after = sentence.split("{}")
    last = inner[-1] if inner else None
    closed = isinstance(last, Text) and last.text.endswith(".")
    return (Text(before), *inner, Text(after.removeprefix(".") if closed else after))


def _budget(entries: Entries, wijze: Citeerwijze) -> Budget:
    rows = tuple(
        MiddelRow(
            middel,
            tuple(Part(PartKind.ALINEA, words(line, wijze)) for line in middel.kamerstuk.splitlines() if line.strip()),
        )
        for middel in sorted(entries.middelen, key=lambda middel: middel.jaar)
    )
    amounts: dict[str, list[float | None]] = {}
    for middel in entries.middelen:
        amounts.setdefault(middel.jaar, []).append(middel.bedrag)
    totals = (
        (year, sum(known))
        for year, sums in sorted(amounts.items())
        if re.fullmatch(r"\d{4}", year) and len(known := [s for s in sums if s is not None]) == len(sums) > 1
    )
    return Budget(rows, tuple(totals))


def _by_theme(regie: Regie, measures: Sequence[Maatregel], zinnen: Sentences) -> StatusTable:
    theme = {punt.onderwerp: theme_title(punt.thema, punt.titel, zinnen) for punt in regie.agenda}
    names = [*dict.fromkeys(theme.values()), zinnen["nog_te_plaatsen"]]
    return _table(names, [(theme.get(m.onderwerp, zinnen["nog_te_plaatsen"]), m.status) for m in measures])


def theme_title(number: str, title: str, zinnen: Sentences) -> str:
    """A theme as a table names it."""
    return zinnen["thema"].format(nummer=number, titel=title) if number else title


def _by_ministry(regie: Regie, measures: Sequence[Maatregel]) -> StatusTable:
    names = {ministerie.code: ministerie.naam for ministerie in regie.ministeries}
    return _table(list(names.values()), [(names[m.ministerie], m.status) for m in measures])


def _table(names: Sequence[str], pairs: Sequence[tuple[str, Status]]) -> StatusTable:
    counts = Counter(pairs)
    statuses = [Status.NIET_GESTART, Status.OP_SCHEMA, Status.VERTRAAGD, Status.AFGEROND, Status.VERVALLEN]
    if any(status is Status.ONBEKEND for _, status in pairs):
        statuses.append(Status.ONBEKEND)
    rows = ((name, tuple(counts[name, status] for status in statuses)) for name in names)
    return StatusTable(tuple(statuses), tuple(row for row in rows if any(row[1])))


def _papers(
    cited: Sequence[tuple[str, Block]], moties: Register, toezeggingen: Register, wijze: Citeerwijze, zinnen: Sentences
) -> tuple[Paper, ...]:
    """Every paper once, by dossier and number, with the headings under which it is cited."""
    found: dict[tuple[object, ...], tuple[Reference, list[str]]] = {}
    for heading, block in cited:
        _collect(found, heading, block.inlines())
    for name, register in (("plaats_moties", moties), ("plaats_toezeggingen", toezeggingen)):
        for row in (*register.afgerond, *register.open):
            for part in (*row.omschrijving, *row.vindplaats, *row.stand):
                _collect(found, zinnen[name], part.inlines)
    ordered = sorted(found.items(), key=lambda item: item[0])
    return tuple(Paper(Citation(ref, pieces(ref, wijze)), tuple(dict.fromkeys(places))) for _, (ref, places) in ordered)


def _collect(
    found: dict[tuple[object, ...], tuple[Reference, list[str]]], heading: str, inlines: Iterable[Inline]
) -> None:
    for inline in inlines:
        if isinstance(inline, Note):
            _collect(found, heading, inline.inlines)
        elif isinstance(inline, Citation):
            for paper in _single(inline.reference):
                _, places = found.setdefault(_sort_key(paper), (paper, []))
                places.append(heading)


def _single(reference: Reference) -> tuple[Reference, ...]:
    """A reference to several numbers as one to each, without pages: the paper, not the place in it."""
    if reference.kind is not Soort.KAMERSTUK or not reference.nummers:
        return (replace(reference, pages=()),)
    return tuple(replace(reference, nummers=(number,), pages=()) for number in reference.nummers)


def _sort_key(reference: Reference) -> tuple[object, ...]:
    """Kamerstukken first, by dossier, suffix and number, each number by its value; then the other kinds as they are cited."""
    numbers = tuple((int(n) if n.isdigit() else 0, n) for n in reference.nummers)
    if reference.kind is Soort.KAMERSTUK and reference.dossier:
        return (0, reference.dossier, reference.suffix or "", numbers)
    return (1, key(cite(reference, Citeerwijze.OFFICIEEL)), "", ())
