"""A document as one HTML, from which the PDF and the Word file are made.

In: a `Document` and the templates. Out: HTML. The only module that knows Jinja; reads nothing but the templates. Notes
are numbered in the order in which they are printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from flows.kamerstuk.citation import link
from flows.kamerstuk.vergaderjaar import vergaderjaar
from flows.model.annexes import Annexes, RegisterRow
from flows.model.brief import Brief, Kader, Onderwerp, Passage, Thema
from flows.model.check_page import Controlepagina
from flows.model.documents import (
    Aanbiedingsbrief,
    AgendaOnderwerp,
    AgendaThema,
    Document,
    Integratieagenda,
    Kamerstuk,
    Overzicht,
)
from flows.model.proof import Controle
from flows.model.templates import Templates
from flows.model.text import Address, Block, Citation, Inline, Mark, Note, OpenPoint, Part, plain
from flows.render import dutch
from flows.render.indicators import compared, earlier, measured
from flows.render.look import look
from flows.render.paragraphs import groups, printed_line

if TYPE_CHECKING:
    from flows.render.canvas import Picture

LONG_ROW = 420
FIRST_PAGE = 565
TITLE_LINE, FIELD_LINE, THEME_LINE, TOPIC_LINE = 31, 15, 17.5, 13.5
CONCEPT_MARK, LOGO = 45, 96


def manuscript(document: Document, templates: Templates, *, concept: str | None) -> str:
    """The HTML of a document; `concept` (`concept 01`) makes a draft, None a final one.

    Raises ValueError where a final document holds a mark or an open point.
    """
    endnotes: list[Note] | None = [] if isinstance(document, Kamerstuk) else None
    environment = printing(document, templates, concept=concept, endnotes=endnotes)
    annexes = annexes_of(document) if isinstance(document, Brief) else ()
    logo = bool(environment.get_template("theme/logo.html.j2").render().strip())
    apart = not isinstance(document, Aanbiedingsbrief) and _contents_apart(
        document, len(annexes) + bool(concept), concept, logo=logo
    )
    return environment.get_template(f"{document.vorm or document.soort}.html.j2").render(
        document=document,
        velden=defaultdict(str, document.velden),
        concept=concept,
        bijlagen=annexes,
        inhoud_apart=apart,
    )


def controleblad(data: Controle, templates: Templates) -> str:
    """The HTML of the page on which a lawyer initials that everything delivered is printed."""
    return _environment(templates).get_template("controleblad.html.j2").render(blad=data)


def controlepagina(page: Controlepagina, templates: Templates) -> str:
    """The HTML of the page on which the coordinator sees what a check found."""
    return _environment(templates).get_template("controle.html.j2").render(pagina=page)


def printing(
    document: Document, templates: Templates, *, concept: str | None, endnotes: list[Note] | None = None
) -> Environment:
    """What the macros need to print a document; `endnotes` gathers its notes, None leaves each at its place."""
    environment = _environment(templates)
    environment.globals |= {
        "nootnummer": count(1).__next__,
        "figuurnummer": count(1).__next__,
        "alleen_in_concept": _kept if concept else _refused,
        "eindnoten": endnotes,
        "titels": defaultdict(str, _titles(document)),
    }
    return environment


def annexes_of(brief: Brief) -> tuple[str, ...]:
    """The annexes that regie.xlsx names and that were made, in its order."""
    return tuple(soort for soort in brief.annexes.volgorde if _present(brief.annexes, soort))


def _environment(templates: Templates) -> Environment:
    environment = Environment(
        loader=FunctionLoader(templates.text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "beeld": partial(_picture, templates),
        "bron": lambda name: Markup(templates.text(name)),
        "metingen": measured,
    }
    environment.filters |= {
        "bedrag": dutch.amount,
        "datum": dutch.day,
        "eerder": earlier,
        "getal": dutch.number,
        "periode": dutch.period,
        "zet": dutch.typeset,
        "gezet": printed_line,
        "groepen": groups,
        "als_blok": _as_block,
        "lang": _long,
        "onderwerpen": _topics,
        "koppen": _headings,
        "kaal": plain,
        "vergaderjaar": lambda day: vergaderjaar(day).replace("-", "–"),
        "vergelijk": compared,
    }
    environment.tests |= {
        "adres": _is(Address),
        "citaat": _is(Citation),
        "openpunt": _is(OpenPoint),
        "markering": _is(Mark),
        "noot": _is(Note),
        "kader": _is(Kader),
    }
    return environment


def _picture(templates: Templates, kind: str, *data: Any) -> Picture:
    """A picture; what draws is only loaded for a brief that has one."""
    from flows.render.pictures import PICTURES

    return PICTURES[kind](look(templates), *data)


def _is(kind: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, kind)


def _kept(_: str) -> str:
    return ""


def _refused(text: str) -> str:
    raise ValueError(f"not in a final brief: {text!r}")


def _titles(document: Document) -> Iterator[tuple[str, str]]:
    """The titles that a register knows, by the address of their paper."""
    return ((link(name), stuk.titel) for name, stuk in document.answers.known.items() if stuk.titel)


def _present(annexes: Annexes, soort: str) -> bool:
    """Whether an annex that regie.xlsx names was made."""
    names = ("status_thema", "status_ministerie", "tijdlijn") if soort == "status" else (soort,)
    return any(getattr(annexes, name, None) is not None for name in names)


def _topics(thema: Thema | AgendaThema, concept: str | None) -> tuple[tuple[int, Onderwerp | AgendaOnderwerp], ...]:
    """The topics to print, numbered; one of the brief without any text stands in a draft only."""
    numbered: Iterable[tuple[int, Onderwerp | AgendaOnderwerp]] = enumerate(thema.onderwerpen, 1)
    return tuple((number, topic) for number, topic in numbered if concept or topic.inleiding or not _is_empty(topic))


def _is_empty(topic: Onderwerp | AgendaOnderwerp) -> bool:
    return isinstance(topic, Onderwerp) and topic.empty


def _headings(passages: tuple[Passage | Kader, ...]) -> tuple[tuple[int, str], ...]:
    """The headings over passages, numbered as the passages are; a box has none of its own."""
    return tuple(
        (n, plain(passage.kop)) for n, passage in enumerate(passages, 1) if isinstance(passage, Passage) and passage.kop
    )


def _contents_apart(
    document: Brief | Overzicht | Integratieagenda, annexes: int, concept: str | None, *, logo: bool
) -> bool:
    """Whether the contents need a page of their own: they do not fit under the title, by an estimate in points."""
    themes = [kop for _, kop in (*_headings(document.voor), *_headings(document.na))]
    themes += [thema.titel for thema in document.themas]
    if isinstance(document, Brief):
        themes += [""] * (bool(document.inleiding) + bool(document.slot))
    topics = [topic.titel for thema in document.themas for _, topic in _topics(thema, concept)] + [""] * annexes
    topics += [kop for thema in document.themas for _, kop in _headings(thema.inleiding)]
    fields = [text for name in ("dossier", "betreft", "onze_referentie") if (text := document.velden.get(name))]
    height = THEME_LINE * _lines(themes, 85) + TOPIC_LINE * _lines(topics, 85)
    height += TITLE_LINE * _lines([document.titel], 36) + FIELD_LINE * _lines(["", *fields], 62)
    return height + CONCEPT_MARK * bool(concept) + LOGO * logo > FIRST_PAGE


def _lines(texts: list[str], measure: int) -> int:
    return sum(1 + len(text) // measure for text in texts)


def _as_block(parts: tuple[Part, ...]) -> Block:
    return Block(None, parts)


def _long(row: RegisterRow) -> bool:
    """Whether a row is so long that it may be split over two pages."""
    cells = (row.omschrijving, row.vindplaats, row.stand)
    return max(sum(_length(part.inlines) for part in cell) for cell in cells) > LONG_ROW


def _length(inlines: tuple[Inline, ...]) -> int:
    return len(plain(inlines))
