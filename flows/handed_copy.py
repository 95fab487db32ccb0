"""The copy of a draft for reviewers: the brief's Word file with the source and the findings of each row as a comment.

In: what was checked, the finished Word file, the draft's identity, and the draft that it is compared with where that is asked for.
Out: the file by its name. A finding that quotes what may not be published is left out: it stands in bevindingen.json.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection

from flows.assemble.alignment import compared
from flows.catalogue import sayings
from flows.check_workbooks import Checked
from flows.gather.reviewed import read
from flows.model.brief import Brief
from flows.model.delivery import Origin
from flows.model.finding import Regels, Stop
from flows.model.place import Place
from flows.model.review import BOOKMARK
from flows.render.difference import ProofError
from flows.render.leaks import discreet, withheld
from flows.render.review_copy import refuse_added, review_copy
from flows.render.tracked import Earlier
from flows.stages import stage

COPY = "-review.docx"


def handed_copy(
    base: str,
    docx: bytes,
    checked: Checked,
    identity: str,
    before: Place | None,
    private: Collection[str],
    regels: Regels,
) -> dict[str, bytes]:
    """The review copy of the brief whose files are called `base`; what changed since the draft of the copy `before` is marked in it.

    Raises Stop where something private stands in it.
    """
    brief, words = checked.brief, sayings("herkomst")
    epoch = calendar.timegm(brief.datum.timetuple())
    findings = [one for one in discreet(checked.findings, private, brief) if one.message]
    earlier = _earlier(before, brief, private, words["intern"]) if before else None
    made = stage("leeskopie", lambda: review_copy(docx, brief, findings, identity, words, epoch=epoch, earlier=earlier))
    try:
        refuse_added(made, docx, brief, private)
    except ProofError as error:
        raise Stop(regels.finding("nalezen-lek", Origin(""), formaat=error.format, plaats=f"{base}{COPY}")) from error
    return {f"{base}{COPY}": made}


def handed_out(draft: Place) -> Place | None:
    """The review copy in a draft's folder."""
    return next((path for path in draft.iterdir() if path.name.endswith(COPY)), None)


def _earlier(copy: Place, brief: Brief, private: Collection[str], instead: str) -> Earlier:
    """The draft of a review copy, to compare with."""
    sources = {int(name.removeprefix(BOOKMARK)): source for name, source in read(copy.read_bytes()).sources.items()}
    docx = (copy.parent / f"{copy.name.removesuffix(COPY)}.docx").read_bytes()
    return Earlier(docx, sources, compared, withheld(private, brief), instead)
