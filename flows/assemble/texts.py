"""The coordinator's own texts: the rows of Teksten of one document, each printed once, at its place.

In: the desk and the document's name. Out: passages and boxes. A text whose place nobody knows is printed too, and reported.
"""

from __future__ import annotations

from collections.abc import Iterable

from flows.assemble.desk import Desk
from flows.model.brief import Kader, Passage
from flows.model.contract import key
from flows.model.delivery import Documentsoort, Tekst

BEFORE, AFTER = "voor", "na"
Passages = tuple[Passage | Kader, ...]


class Texts:
    """The texts of a document that are not printed yet."""

    def __init__(self, desk: Desk, document: Documentsoort) -> None:
        self.desk = desk
        self.left = [text for text in desk.regie.teksten if text.document == document]

    def at(self, place: str, heading: str) -> Passages:
        """The texts of a place that are not printed yet: of a theme and a topic of one title, the theme has them."""
        here = [text for text in self.left if key(text.plaats) == key(place)]
        self.left = [text for text in self.left if text not in here]
        return tuple(self._passage(text, heading) for text in here)

    def elsewhere(self, places: Iterable[str], heading: str) -> Passages:
        """The texts of no place of the document: neither before or after, nor one of `places`."""
        known = {key(place) for place in (*places, BEFORE, AFTER)}
        lost = [text for text in self.left if key(text.plaats) not in known]
        for text in lost:
            self.desk.find("teksten-plaats-onbekend", text.origin, value=text.plaats)
        return tuple(self._passage(text, heading) for text in lost)

    def _passage(self, text: Tekst, heading: str) -> Passage | Kader:
        title = self.desk.line(text.kop, text.origin, heading)
        block = self.desk.block(text.tekst, text.origin, heading)
        if not text.kader:
            return Passage(title, block)
        source, signed = (self.desk.line(words, text.origin, heading) for words in (text.bron, text.ondertekening))
        return Kader(title, block, source, signed)
