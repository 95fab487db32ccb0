"""How what we put into somebody's workbook is known again when it comes back: the signs, and what a comment says without us.

A line of ours in a comment begins with SIGN, whatever a program does to its author; NAME is a defined name that points at our sheet,
whatever that is called by then.
"""

from __future__ import annotations

SIGN = "[voortgang] "
NAME = "_voortgang_bevindingen"


def is_ours(line: str) -> bool:
    """Whether a line of a comment was written by us."""
    return line.lstrip().startswith(SIGN.rstrip())


def without_ours(text: str) -> str:
    """A comment as others wrote it."""
    return "\n".join(line for line in text.split("\n") if not is_ours(line))
