"""The styles that only the text of an OpenDocument file uses.

In: properties. Out: the name of a style that has them; the same properties have the same style.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.render.odf import Element, make, name
from flows.render.ooxml import serialise


@dataclass(slots=True)
class Automatic:
    """The styles so far. `prefix` keeps those of one part of the file apart from those of another."""

    prefix: str = ""
    elements: list[Element] = field(default_factory=list)
    _names: dict[bytes, str] = field(default_factory=dict)

    def style(self, family: str, parent: str | None, *properties: Element | None, of_list: str = "") -> str | None:
        """The name of a style, of paragraphs in a list where one is named; the parent's own where there are no properties."""
        kept = [part for part in properties if part is not None]
        if not kept:
            return parent
        parents = {"style:parent-style-name": parent} if parent else {}
        lists = {"style:list-style-name": of_list} if of_list else {}
        made = make("style:style", {"style:family": family, **parents, **lists}, *kept)
        key = serialise(made)
        if key not in self._names:
            self._names[key] = f"{self.prefix}{family}{len(self._names) + 1}"
            made.set(name("style:name"), self._names[key])
            self.elements.append(made)
        return self._names[key]
