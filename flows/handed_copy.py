"""The copy of a draft for reviewers: the brief's Word file with the source and the findings of each row as a comment.

In: what was checked, the finished Word file, the draft's identity. Out: the file by its name. A finding that quotes what may not be
published is left out: it stands in bevindingen.json.
"""

from __future__ import annotations

import calendar

from flows.catalogue import sayings
from flows.check_workbooks import Checked
from flows.render.leaks import discreet
from flows.render.review_copy import review_copy
from flows.stages import stage

COPY = "-review.docx"


def handed_copy(base: str, docx: bytes, checked: Checked, identity: str) -> dict[str, bytes]:
    """The review copy of the brief whose files are called `base`."""
    brief, words = checked.brief, sayings("herkomst")
    epoch = calendar.timegm(brief.datum.timetuple())
    findings = [one for one in discreet(checked.findings, checked.private, brief) if one.message]
    made = stage("leeskopie", lambda: review_copy(docx, brief, findings, identity, words, epoch=epoch))
    return {f"{base}{COPY}": made}
