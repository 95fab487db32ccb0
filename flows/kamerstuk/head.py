"""What the words before a dossier or number have said so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flows.kamerstuk.draft import Draft
from flows.kamerstuk.tokens import words
from flows.model.reference import Soort

PAPER_WORDS = words("""
    kamerstuk kamerstukken kamerstukkennr kamerstukkennummer kamerstuknr kamerstuknrs kamerstuknummer
    kamerstuknummers kamerst kst kamerstukdossier kamerstukdossiernummer kamerdossier
    kamerstukkendossier
    """)


@dataclass(slots=True)
class Head:
    """The draft so far, and how strongly the words announce a reference.

    `paper`: a word that is used for nothing else (`Kamerstukken`); `dossier_word`: one that needs a dossier
    right behind it; `abbreviated`: TK or EK. With none of these only a vergaderjaar or a chamber in words was
    found.
    """

    draft: Draft = field(default_factory=Draft)
    paper: bool = False
    dossier_word: bool = False
    abbreviated: bool = False
    dated: bool = False

    def copy(self) -> Head:
        """What has been said so far, apart from what is said later."""
        return replace(self, draft=replace(self.draft, flags=[*self.draft.flags]))

    @property
    def is_record(self) -> bool:
        """Whether it announces Handelingen or their Aanhangsel."""
        return self.draft.kind is not Soort.KAMERSTUK

    @property
    def is_cued(self) -> bool:
        """Whether anything but a vergaderjaar was found."""
        return self.paper or self.abbreviated or self.draft.chamber is not None or self.is_record
