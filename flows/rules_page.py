"""`make regels`: writes expectations/LEESMIJ.md, the page with all rules, from the files in which they stand."""

from __future__ import annotations

from flows.catalogue import EXPECTATIONS, TEMPLATES, load_contract, load_rules
from flows.render.rules_page import NAME, rules_page
from flows.validate.suites import load_suites


def page() -> str:
    """The page as the rules are now."""
    return rules_page(TEMPLATES, load_suites(EXPECTATIONS, load_contract()), load_rules())


if __name__ == "__main__":
    (EXPECTATIONS / NAME).write_text(page(), encoding="utf-8")
