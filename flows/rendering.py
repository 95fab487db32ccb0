"""The documents of a draft as files: each as one HTML, made as PDF, Word file and OpenDocument text, and all read back.

In: what was checked, and the draft's name as it is printed. Out: each document with its files, proved. Writes nothing.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass

from prefect.futures import PrefectFuture

from flows.check_workbooks import Checked
from flows.model.delivery import Documentsoort, Origin
from flows.model.documents import Document
from flows.model.finding import Regels, Stop
from flows.model.templates import Templates
from flows.render.difference import ProofError, Rule
from flows.render.leaks import not_said_by
from flows.render.manuscript import manuscript
from flows.render.odt import odt
from flows.render.pdf import pdf
from flows.render.proof import Counts, prove
from flows.render.word import word
from flows.stages import stage, stage_beside

Office = tuple[bytes, bytes]
TEXTS = frozenset({".j2", ".yaml", ".css", ".lua"})


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document, its files by extension, and what was counted in them."""

    document: Document
    files: Mapping[str, bytes]
    counts: Counts

    def named(self, base: str) -> dict[str, bytes]:
        """The files by name; all but those of the brief begin with their kind."""
        soort, vorm = self.document.soort, self.document.vorm
        kind = "" if soort is Documentsoort.BRIEF else f"{soort}-"
        return {f"{kind}{base}{f'-{vorm}' if vorm else ''}.{name}": data for name, data in self.files.items()}


def name_of(document: Document) -> str:
    """What a document is called among the stages and in the manifest."""
    return document.vorm or document.soort.value


def rendered(
    checked: Checked, private: frozenset[str], regels: Regels, look: Templates, *, concept: str | None
) -> tuple[Rendered, ...]:
    """Each document with its files, in which nothing stands of what is `private`. The Word files are made beside the first PDF."""
    begun = [(document, *_begun(document, look, concept)) for document in checked.documents]
    return tuple(_finished(document, html, word, look, private, regels) for document, html, word in begun)


def unsaid(checked: Checked, look: Templates) -> frozenset[str]:
    """The private texts that the templates do not say anyway."""
    texts = (path for _, folder in look.folders() for path in folder.rglob("*") if path.suffix in TEXTS)
    return not_said_by((path.read_text(encoding="utf-8") for path in texts), checked.private)


def _begun(document: Document, look: Templates, concept: str | None) -> tuple[str, PrefectFuture[Office]]:
    """The HTML of a document, and its files for word processors in the making."""
    name, epoch = name_of(document), calendar.timegm(document.datum.timetuple())
    html = stage("opmaken", lambda: manuscript(document, look, concept=concept), document=name)
    return html, stage_beside("word", lambda: _office(html, look, epoch), document=name)


def _office(html: str, look: Templates, epoch: int) -> Office:
    """The Word file, and the OpenDocument text that is made of it."""
    docx = word(html, look, epoch=epoch)
    return docx, odt(docx, epoch=epoch)


def _finished(
    document: Document,
    html: str,
    in_word: PrefectFuture[Office],
    look: Templates,
    private: frozenset[str],
    regels: Regels,
) -> Rendered:
    name = name_of(document)
    in_pdf = stage("pdf", lambda: pdf(html, look, datum=document.datum), document=name)
    office = in_word.result()
    counts = stage("nalezen", lambda: _proved(document, html, in_pdf, office, private, regels), document=name)
    return Rendered(document, dict(zip(("pdf", "docx", "odt"), (in_pdf, *office), strict=True)), counts)


def _proved(
    document: Document, html: str, in_pdf: bytes, office: Office, private: frozenset[str], regels: Regels
) -> Counts:
    """The counts of a proof that holds; raises Stop with what is missing where it does not."""
    try:
        return prove(html, in_pdf, *office, document, private)
    except ProofError as error:
        parts = (name_of(document), error.ministerie, error.nr, error.note, error.page)
        where = ", ".join(str(part) for part in parts if part)
        if error.rule is Rule.LEAK:
            raise Stop(regels.finding("nalezen-lek", Origin(""), formaat=error.format, plaats=where)) from error
        details = {"formaat": error.format, "plaats": where, "ontbreekt": error.missing, "extra": error.extra}
        raise Stop(regels.finding("nalezen-verschil", Origin(""), **details)) from error
