"""The review page of a draft, read back before it is published: all that is known of each block, and nothing that is not public.

In: a quarter as checked, and comparisons with earlier briefs. Out: the page's bytes. Writes nothing.
"""

from __future__ import annotations

from flows.check_workbooks import Checked
from flows.model.changes import Since
from flows.model.delivery import Origin
from flows.model.finding import Regels, Stop
from flows.model.templates import Templates
from flows.render.difference import ProofError
from flows.render.dossier import dossier
from flows.render.dossier_page import dossierpagina
from flows.render.dossier_proof import refuse_private
from flows.render.leaks import discreet

PAGE = "dossier/index.html"


def review_page(
    checked: Checked,
    private: frozenset[str],
    regels: Regels,
    look: Templates,
    concept: str,
    since: Since,
) -> bytes:
    """The page; raises Stop where something private stands on it. `since` compares with the draft before and an earlier quarter."""
    gathered = checked.gathered
    deliveries = [*((one, True) for one in gathered.deliveries), *((one, False) for one in gathered.aside)]
    findings = tuple(discreet(checked.findings, private, checked.brief))
    made = dossier(checked.brief, concept, checked.regie, deliveries, findings, since)
    page = dossierpagina(made, look)
    try:
        refuse_private(page, made, private)
    except ProofError as error:
        raise Stop(regels.finding("nalezen-lek", Origin(""), formaat=error.format, plaats=PAGE)) from error
    return page.encode()
