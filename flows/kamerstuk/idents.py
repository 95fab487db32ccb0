"""References that are one name: ECLI, COM, zaken and documents, identifiers of publications, placeholders.

In: a reader at the first token. Out: the reference with the reader behind it; none where the shape is
another.
"""

from __future__ import annotations

import re

from flows.kamerstuk.draft import Draft
from flows.kamerstuk.parts import is_year
from flows.kamerstuk.tokens import Reader, words
from flows.model.reference import Reference, Soort

_ECLI = re.compile(
    r"ECLI\s?:\s?([A-Z]{2})\s?:\s?([A-Z]{1,7})\s?:\s?([0-9]{4})\s?:\s?([A-Z0-9]{1,25}(?:\.[A-Z0-9]{1,25}){0,4})",
    re.IGNORECASE,
)
_OB_ID = re.compile(
    r"(?:kst|blg|ah|h|stb|stcrt|trb|nds|ag|kv|gmb|prb|wsb|bgr)(?:-[0-9A-Za-z]{1,12}){1,7}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"()]{0,150}\Z")
_ADDRESS_END = re.compile(r"\.(?:html|pdf|xml|odt|zip)\b")
_LONGEST_ADDRESS = 170
OB_PREFIXES = ("kst", "blg", "ah", "h", "stb", "stcrt", "trb", "nds", "ag", "kv", "gmb", "prb", "wsb", "bgr")
_CHAMBERED = ("ah-", "h-", "ag-", "kv-")
_WITH_CHAMBER = re.compile(r"[a-z]+-(?:tk|ek|vv)-|ah-[0-9]{4}", re.IGNORECASE)
_TO_COME = words("""
    verwijzing verwijzingen kamerstuk kamerstukken kamerstuknr kamerstuknrs kamerstuknummer
    kamerstuknummers kamerstukverwijzing vindplaats vindplaatsen bronvermelding dossiernummer dossiernr
    ondernummer referentie referenties voetnoot bronverwijzing
    """)


def read_ecli(r: Reader) -> list[Reference]:
    """`ECLI:NL:HR:2010:BL7965`."""
    match = _ECLI.match(r.text, r.place())
    return _finish(r, Draft(Soort.ECLI, ident="ECLI:" + ":".join(match.groups()).upper()), match.end()) if match else []


def read_com(r: Reader) -> list[Reference]:
    """`COM(94) 515`, `COM (2011) 566 def.`, `COM/2011/0566`."""
    start = r.at
    if r.peek().text != "COM":
        return []
    r.at += 1
    opened = r.take("(", "[")
    if not opened:
        r.skip("/-", 1)
    year = r.digits()
    r.at += 1
    closed = opened and r.take(")", "]")
    if not (is_year(year) or (opened and len(year) == 2)) or closed != opened:
        return []
    r.skip("/-,", 1)
    if r.take("def", "final"):
        r.take(".")
    r.take("nr")
    r.skip(".", 1)
    number = r.digits()
    if not 1 <= len(number) <= 4:
        return []
    r.at += 1
    draft = Draft(Soort.EU_COM, ident=_plain(r, start))
    draft.jaar = year if len(year) == 4 else ("19" if int(year) > 49 else "20") + year
    mark = r.at
    r.skip(",", 1)
    if r.take("def", "definitief", "final"):
        r.take(".")
    else:
        r.at = mark
    return [draft.finish(r, start)]


def read_registered(r: Reader) -> list[Reference]:
    """`2013Z12345`, `2009D57210`."""
    year, letter, number = r.digits(), r.peek(1).text, r.digits(2)
    if not (is_year(year) and letter in ("Z", "D") and r.glued(1) and 4 <= len(number) <= 6 and r.glued(2)):
        return []
    if r.glued() and (r.peek(-1).text.isalnum() or r.peek(-1).low == "."):
        return []
    start = r.at
    r.at += 3
    kind = Soort.ZAAK if letter == "Z" else Soort.DOCUMENT
    return [Draft(kind, ident=year + letter + number).finish(r, start)]


def read_identifier(r: Reader) -> list[Reference]:
    """`kst-32824-305`, `ah-tk-20122013-1835`, alone or in an address, which belongs to the reference."""
    if r.peek(1).text != "-" or (r.glued() and (r.peek(-1).text.isalnum() or r.peek(-1).low in "-.")):
        return []
    start = r.place()
    match = _OB_ID.match(r.text, start)
    if not match or not any(character.isdigit() for character in match.group()):
        return []
    ident = match.group()
    if ident.lower().startswith(_CHAMBERED) and not _WITH_CHAMBER.match(ident):
        return []
    end = match.end()
    address = _ADDRESS.search(r.text, max(0, start - _LONGEST_ADDRESS), start)
    if address:
        while r.at > r.floor and r.place() > address.start():
            r.at -= 1
        after = _ADDRESS_END.match(r.text, end)
        end = after.end() if after else end
    parts = ident.split("-")
    lower = 2 if parts[1].lower() in ("tk", "ek", "vv") else 1
    ident = "-".join([*(part.lower() for part in parts[:lower]), *parts[lower:]])
    return _finish(r, Draft(Soort.OB_ID, ident=ident), end)


def read_placeholder(r: Reader) -> list[Reference]:
    """`PM verwijzing`, `p.m. kamerstuknummer`: a reference still to come; PM alone is something else."""
    start = r.at
    if not r.take("pm") and not r.take_words("p", ".", "m", "."):
        return []
    r.skip(":-", 1)
    if not r.take(*_TO_COME):
        return []
    draft = Draft(Soort.PLACEHOLDER)
    draft.ident = _plain(r, start)
    draft.flags.append("verwijzing-volgt")
    return [draft.finish(r, start)]


def read_paper_to_come(r: Reader) -> list[Reference]:
    """`Kamerstuk PM`, `Kamerstukken II, nr. PM`: the word for the paper, and the rest still to come."""
    start = r.at
    r.at += 1
    r.take("i", "ii")
    r.skip(",:[(", 2)
    if r.take("nr"):
        r.skip(".:", 2)
    if r.peek().text != "PM" and not (r.peek().text == "P" and r.take_words("p", ".", "m")):
        return []
    if r.take("pm"):
        r.take("]")
    draft = Draft(Soort.PLACEHOLDER, ident=_plain(r, start))
    draft.flags.append("verwijzing-volgt")
    return [draft.finish(r, start)]


def _plain(r: Reader, first: int) -> str:
    """The words as written, white space apart."""
    start, end = r.span_from(first)
    return " ".join(r.text[start:end].split())


def _finish(r: Reader, draft: Draft, end: int) -> list[Reference]:
    start = r.at
    while r.peek().text and r.place() < end:
        r.at += 1
    return [draft.finish(r, start)]
