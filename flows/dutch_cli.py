"""Typer in Dutch: the words that Typer itself puts around help and errors. Knows no verb."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from flows.catalogue import sayings

WORDS = sayings("hulp")
USAGE_ERROR = 2

rich_utils.ARGUMENTS_PANEL_TITLE = WORDS["argumenten"]
rich_utils.OPTIONS_PANEL_TITLE = WORDS["opties"]
rich_utils.COMMANDS_PANEL_TITLE = WORDS["opdrachten"]
rich_utils.DEFAULT_STRING = WORDS["standaard"]
rich_utils.REQUIRED_LONG_STRING = WORDS["verplicht"]


class _Dutch:
    """Replaces the word for usage and the help of `--help`."""

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        names = {"Usage:": "gebruik", "[OPTIONS]": "opties_kort", "COMMAND [ARGS]...": "opdracht_kort"}
        for english, dutch in names.items():
            usage = usage.replace(english, WORDS[dutch], 1)
        return usage

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = WORDS["help"]
        return option


class DutchCommand(_Dutch, TyperCommand):
    """A verb."""


class DutchGroup(_Dutch, TyperGroup):
    """The command itself."""


def run(app: typer.Typer) -> None:
    """Runs the application and exits; what was typed wrong is answered with one Dutch sentence."""
    try:
        status = app(standalone_mode=False)
    except typer.Abort:
        sys.exit(130)
    except Exception as error:
        if not hasattr(error, "format_message"):  # not Typer's own: a bug
            raise
        typed = " ".join(["voortgang", *sys.argv[1:]])
        print(WORDS["niet_begrepen"].format(getypt=typed), file=sys.stderr)
        sys.exit(USAGE_ERROR)
    sys.exit(status or 0)
