"""Whether something private stands in a finished file.

In: the private texts, all strings of a file, what may be published. Out: nothing, or ProofError; or findings without what is private.

Texts are compared as letters and digits, without case. A word or a name of fewer than eight letters may stand
in any sentence by chance; it is looked for as a whole cell, paragraph or property only. Dates and short
numbers are not looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from flows.model.brief import Brief
from flows.model.documents import Document
from flows.model.finding import Finding
from flows.render.difference import Format, ProofError, Rule
from flows.render.reading import HEADINGS, Manuscript
from flows.render.telling import public

LETTERS, DIGITS, LEAST = 8, 9, 3
CONTEXT, SENTENCE = 40, 25
PUBLISHED_FIELDS = ("titel", "dossier", "betreft", "onze_referentie", "afzender", "afzender_naam")
_NO_WORD = re.compile(r"[\W_]+")
_ENDS = re.compile(r"[\n\[\]()]|(?<=[.!?:;])\s")


@dataclass(frozen=True, slots=True)
class Published:
    """What may be published.

    All words of the brief in one, and the whole texts that stand in cells and headings.
    """

    words: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Strings:
    """All text of a file, and the texts that stand by themselves."""

    format: Format
    texts: tuple[str, ...]
    values: tuple[str, ...]


def published(document: Document, html: Manuscript) -> Published:
    """What a document says, and what the templates say in headings and in tables' heads and totals."""
    fields = [document.velden.get(name, "") for name in PUBLISHED_FIELDS]
    addresses = [*html.links, *(address for links in html.note_links for address in links)]
    texts = [key(text) for text in (*public(document), *fields, *addresses, _title_block(html))]
    own = [
        key(html.readable(span.start, span.end))
        for span in html.spans
        if span.tag in ("th", *HEADINGS) or (span.tag == "td" and not _of_row(html, span.start))
    ]
    end = _title_end(html)
    own += [key(html.readable(span.start, span.end)) for span in html.spans if span.tag == "p" and span.start < end]
    return Published("".join(texts) + "\n" + "\n".join(own), frozenset((*texts, *own)))


def not_said_by(texts: Iterable[str], private: Iterable[str]) -> frozenset[str]:
    """The private texts that do not stand in `texts` anyway, such as the sentences of the templates."""
    said = "\n".join(map(key, texts))
    return frozenset(text for text in private if key(text) not in said)


def _title_block(html: Manuscript) -> str:
    """All that stands above the text itself: title, quarter, date and the like."""
    return html.readable(0, _title_end(html))


def _title_end(html: Manuscript) -> int:
    return min((span.start for span in html.spans if span.tag == "main"), default=0)


def refuse_leaks(private: Iterable[str], files: Iterable[Strings], allowed: Published) -> None:
    """Raise ProofError for the first private text that stands in a file without being published."""
    texts = {key(text): text for text in private}
    long = [wanted for wanted, text in texts.items() if telling(text)]
    for file in files:
        all_text = "\n".join({key(text) for text in file.texts})
        values = {key(value) for value in file.values}
        for wanted in long:
            if wanted in all_text and wanted not in allowed.words:
                at = all_text.index(wanted)
                raise ProofError(
                    file.format, Rule.LEAK, extra=texts[wanted], context=all_text[max(0, at - CONTEXT) : at]
                )
        for wanted in (values & texts.keys()) - allowed.values:
            if sum(map(str.isalpha, wanted)) >= LEAST:
                raise ProofError(file.format, Rule.LEAK, extra=texts[wanted])


def discreet(findings: Iterable[Finding], private: Iterable[str], brief: Brief) -> Iterator[Finding]:
    """The findings; one that quotes what is private, whole or in part, without its message and advice."""
    said = "\n".join(map(key, public(brief)))
    wanted = [key(text) for text in private if telling(text) and key(text) not in said]
    for finding in findings:
        words, value = key(f"{finding.message} {finding.advice}"), key(finding.value or "")
        part = value if telling(finding.value or "") and value not in said else None
        quotes = any(text in words or (part and part in text) for text in wanted)
        yield replace(finding, message="", advice="") if quotes else finding


def withheld(private: Collection[str], brief: Brief) -> Callable[[str], bool]:
    """Whether an earlier text says what has become private since, and stands nowhere in the brief."""
    said = "\n".join(map(key, public(brief)))
    # A sentence of it may have been printed, and a note is printed apart from its text.
    sentences = {part for text in private for part in _ENDS.split(text) if len(key(part)) >= SENTENCE}
    wanted = {key(part) for part in sentences.union(private) if telling(part) and key(part) not in said}
    whole = "\n".join(wanted)

    def holds(text: str) -> bool:
        words = key(text)
        return any(one in words for one in wanted) or (telling(text) and words in whole and words not in said)

    return holds


def key(text: str) -> str:
    """`text` as letters and digits, without case or accents."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _NO_WORD.sub("", text.casefold())


def telling(text: str) -> bool:
    """Whether a text cannot stand in a sentence by chance: several words, an address or a long number."""
    wanted = key(text)
    letters, digits = sum(map(str.isalpha, wanted)), sum(map(str.isdigit, wanted))
    several = len(text.split()) > 1 or "@" in text or digits > 0
    return (letters >= LETTERS and several) or digits >= DIGITS


def _of_row(html: Manuscript, at: int) -> bool:
    span = html.around(at)
    return span is not None and span.nr is not None
