"""The annexes that regie.xlsx names: registers of moties and toezeggingen, indicators, budgets, status and papers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from flows.assemble.deadlines import tijdlijn
from flows.assemble.desk import Desk, is_pm
from flows.assemble.papers import papers
from flows.model.annexes import Annexes, Budget, IndicatorRow, MiddelRow, Register, RegisterRow
from flows.model.contract import key
from flows.model.counts import StatusTable
from flows.model.delivery import Regie, Run
from flows.model.entries import Entries, Indicator, Maatregel, Middel, Motie, Status, Toezegging
from flows.model.quarter import Periode, dutch_date
from flows.model.text import Citation, Line, Mark, OpenPoint, Part, PartKind, Text

THIS_BRIEF = "dezebrief"
SETTLED = {Status.AFGEDAAN: "afgedaan_met", Status.DEELS_AFGEDAAN: "deels_afgedaan_met"}


def annexes(desk: Desk, entries: Entries, measures: Sequence[Maatregel]) -> Annexes:
    """The annexes of the brief, in the order in which regie.xlsx names them; what is cited is taken from the desk, last."""
    made: dict[str, object] = {}
    for name in desk.regie.bijlagen:
        if name == "status":
            made |= _status(desk, measures)
        elif name == "moties":
            made[name] = _register([_motie(desk, row) for row in entries.moties])
        elif name == "toezeggingen":
            made[name] = _register([_toezegging(desk, row) for row in entries.toezeggingen])
        elif name == "indicatoren":
            made[name] = tuple(_indicator(desk, row) for row in entries.indicatoren)
        elif name == "middelen":
            made[name] = _budget(desk, entries.middelen)
    if "stukken" in desk.regie.bijlagen:
        made["stukken"] = papers(desk.cited, desk.regie.citeerwijze)
    return Annexes(desk.regie.bijlagen, **made)  # type: ignore[arg-type]


def _register(rows: Iterable[RegisterRow]) -> Register:
    rows = tuple(rows)
    return Register(tuple(row for row in rows if row.status.done), tuple(row for row in rows if not row.status.done))


def _motie(desk: Desk, row: Motie) -> RegisterRow:
    heading = desk.zinnen["plaats_moties"]
    what = _title(desk, row, row.motie, "motie", "Motie", heading)
    what += desk.parts(row.strekking, row, "strekking", heading)
    where = desk.lines(row.kamerstuk, row, "kamerstuk", heading)
    return RegisterRow(row, _marked(desk, row, what), where, _stand(desk, row, heading), row.status)


def _toezegging(desk: Desk, row: Toezegging) -> RegisterRow:
    heading = desk.zinnen["plaats_toezeggingen"]
    what = _title(desk, row, row.toezegging, "toezegging", "Toezegging", heading)
    debate = ", ".join(filter(None, (row.overleg, dutch_date(row.datum) if row.datum else "")))
    where = desk.lines(debate, row, "overleg", heading)
    where += desk.lines(row.toezeggingnummer, row, "toezeggingnummer", heading)
    where += desk.lines(row.kamerstuk, row, "kamerstuk", heading)
    return RegisterRow(row, _marked(desk, row, what), where, _stand(desk, row, heading), row.status)


def _title(
    desk: Desk, row: Motie | Toezegging, runs: tuple[Run, ...], field: str, column: str, heading: str
) -> tuple[Part, ...]:
    """The cell that says which motie or toezegging it is, or the gap where it says nothing."""
    parts = () if row.gap else desk.parts(runs, row, field, heading)
    return parts or (Part(PartKind.ALINEA, (desk.gap(row, column, field, heading),)),)


def _marked(desk: Desk, row: Motie | Toezegging, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    mark = desk.mark(row)
    return (*parts[:-1], replace(parts[-1], inlines=(*parts[-1].inlines, Text(" "), *mark))) if mark else parts


def _stand(desk: Desk, row: Motie | Toezegging, heading: str) -> tuple[Part, ...]:
    """Stand van zaken as typed; where empty, built from Afgedaan met and Gereed. A paper it was done with is never lost."""
    typed = desk.parts(row.stand_van_zaken, row, "stand_van_zaken", heading)
    papers = desk.line(row.afgedaan_met, row.at("afgedaan_met"), heading, row)
    cites = any(isinstance(inline, Citation | OpenPoint) for inline in papers)
    if papers and not cites and key(row.afgedaan_met).rstrip(".") != THIS_BRIEF:
        desk.find("afgedaan-met-geen-verwijzing", row.at("afgedaan_met"), row, value=row.afgedaan_met)
    if papers and row.status in {Status.OPENSTAAND, Status.IN_UITVOERING}:
        desk.find("afgedaan-met-bij-open-status", row.at("afgedaan_met"), row, value=row.status.value)
    built: list[Part] = []
    if papers and (cites or not typed):
        built.append(Part(PartKind.ALINEA, _filled(desk.zinnen[SETTLED.get(row.status, "zie")], papers)))
    coming = _due(desk, row, row.gereed, "gereed", heading)
    if row.gereed and not row.status.done and not typed:
        due = coming or (Text(row.gereed.tekst),)
        built.append(Part(PartKind.ALINEA, _filled(desk.zinnen["voorzien"], due)))
    return (*typed, *built) or (Part(PartKind.ALINEA, (Text(desk.zinnen["niets_gemeld"]),)),)


def _filled(sentence: str, inner: Line) -> Line:
    before, after = sentence.split("{}")
    last = inner[-1] if inner else None
    closed = isinstance(last, Text) and last.text.endswith(".")
    return (Text(before), *inner, Text(after.removeprefix(".") if closed else after))


def _indicator(desk: Desk, row: Indicator) -> IndicatorRow:
    heading = desk.zinnen["plaats_indicatoren"]
    name = _named(desk, row, row.indicator, "indicator", "Indicator")
    unit, source = (desk.line(getattr(row, field), row.at(field), heading, row) for field in ("eenheid", "bron"))
    value, target = (_value(desk, row, field, heading) for field in ("waarde", "streefwaarde"))
    return IndicatorRow(row, name, unit, _due(desk, row, row.peildatum, "peildatum", heading), value, target, source)


def _due(desk: Desk, row: Indicator | Motie | Toezegging, period: Periode | None, field: str, heading: str) -> Line:
    """A period that is still to come; empty where it is known: how a date looks is not decided here."""
    return desk.line(period.tekst, row.at(field), heading, row) if period and is_pm(period.tekst) else ()


def _value(desk: Desk, row: Indicator, field: str, heading: str) -> Line:
    """A value that is no number, as typed; empty where it is one: how a number looks is not decided here."""
    value = getattr(row, field)
    return desk.line(value, row.at(field), heading, row) if isinstance(value, str) else ()


def _named(desk: Desk, row: Indicator | Middel, text: str, field: str, column: str) -> Line:
    """The cell that says what a row of numbers is about, with its mark or gap."""
    heading = desk.zinnen["plaats_indicatoren" if isinstance(row, Indicator) else "plaats_middelen"]
    if row.gap:
        return (desk.gap(row, column, field, heading),)
    mark = desk.mark(row)
    return (*desk.line(text, row.at(field), heading, row), *((Text(" "), *mark) if mark else ()))


def _budget(desk: Desk, rows: Sequence[Middel]) -> Budget:
    amounts: dict[str, list[float | None]] = {}
    for middel in rows:
        amounts.setdefault(middel.jaar, []).append(middel.bedrag)
    totals = (
        (year, sum(known))
        for year, sums in sorted(amounts.items())
        if re.fullmatch(r"\d{4}", year) and len(known := [s for s in sums if s is not None]) == len(sums) > 1
    )
    return Budget(tuple(_middel(desk, row) for row in sorted(rows, key=lambda row: row.jaar)), tuple(totals))


def _middel(desk: Desk, row: Middel) -> MiddelRow:
    heading = desk.zinnen["plaats_middelen"]
    amount: Line = ()
    if row.bedrag is None and is_pm(row.bedrag_getypt):
        amount = desk.line(row.bedrag_getypt, row.at("bedrag"), heading, row)
    elif row.bedrag is None and row.bedrag_getypt:
        amount = (Mark(row.bedrag_getypt),)
    return MiddelRow(
        row,
        _named(desk, row, row.omschrijving, "omschrijving", "Omschrijving"),
        desk.line(row.jaar, row.at("jaar"), heading, row),
        amount,
        desk.line(row.dekking, row.at("dekking"), heading, row),
        desk.lines(row.kamerstuk, row, "kamerstuk", heading),
    )


def _status(desk: Desk, measures: Sequence[Maatregel]) -> dict[str, object]:
    """The annex of status: by theme, by ministry, and when what is not done is due."""
    theme = {punt.onderwerp: _theme(desk, punt.thema, punt.titel) for punt in desk.regie.agenda}
    lost = desk.zinnen["nog_te_plaatsen"]
    names = [*dict.fromkeys(theme.values()), lost]
    placed = [(theme.get(measure.onderwerp, lost), measure) for measure in measures]
    due = [(name, row.gereed.laatste_dag if row.gereed else None) for name, row in placed if not row.status.done]
    return {
        "status_thema": _table(names, [(name, row.status) for name, row in placed]),
        "status_ministerie": _by_ministry(desk.regie, measures),
        "tijdlijn": tijdlijn(names, due, desk.regie.datum),
    }


def _theme(desk: Desk, number: str, title: str) -> str:
    return desk.zinnen["thema"].format(nummer=number, titel=title) if number else title


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
