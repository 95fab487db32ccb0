"""The command `voortgang`: one verb a flow. Shows progress and a closing table; decides the exit status.

0 clean; 1 done, with blocking findings; 2 nothing could be made. Imports nothing heavy before server and judge are on their way.
"""

from __future__ import annotations

import gc
import sys
import traceback
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from flows import dutch_cli, runtime
from flows.catalogue import sayings
from flows.dutch_cli import DutchCommand, DutchGroup

if TYPE_CHECKING:
    from flows.report import Summary

HULP, SLOT = sayings("hulp"), sayings("slot")
SHOWN = 12
GARBAGE = 50_000  # a short run with many small objects: the collector's default costs a tenth of it
CLEAN, WITH_FINDINGS, NOTHING = 0, 1, 2

app = typer.Typer(
    cls=DutchGroup, help=HULP["programma"], no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
Quarter = Annotated[str, typer.Argument(help=HULP["kwartaal"], metavar="KWARTAAL", show_default=False)]
Inputs = Annotated[str, typer.Option("--inputs", help=HULP["inputs"], metavar="MAP")]
Outputs = Annotated[str, typer.Option("--outputs", help=HULP["outputs"], metavar="MAP")]


@app.command(cls=DutchCommand, help=HULP["controle"])
def controle(kwartaal: Quarter, inputs: Inputs = "inputs", outputs: Outputs = "outputs") -> None:  # noqa: D103 (its help is its docstring)
    raise typer.Exit(run("controle", kwartaal, inputs, outputs))


@app.command(cls=DutchCommand, help=HULP["concept"])
def concept(kwartaal: Quarter, inputs: Inputs = "inputs", outputs: Outputs = "outputs") -> None:  # noqa: D103
    raise typer.Exit(run("concept", kwartaal, inputs, outputs))


def run(verb: str, kwartaal: str, inputs: str, outputs: str) -> int:
    """Runs the flow of a verb and shows what came of it; returns the exit status."""
    runtime.prepare()
    with ExitStack() as started:
        own_server = started.enter_context(runtime.prefect_server())
        started.enter_context(runtime.early_judge())
        return _run(verb, (kwartaal, inputs, outputs), own_server)


def _run(verb: str, arguments: tuple[str, str, str], own_server: bool) -> int:
    gc.disable()  # importing makes no garbage worth looking for
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.check_workbooks import controle
    from flows.stages import Kind, watched

    if verb == "concept":
        from flows.progress_brief import concept

    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 100)
    gc.enable()
    flow = concept if verb == "concept" else controle
    console = Console(stderr=True, highlight=False)
    status = console.status(sayings("stadium")["klaarzetten"])

    begun: list[str] = []

    def tell(kind: Kind, words: str, seconds: float) -> None:
        if kind is Kind.BEGINS:
            begun.append(words)
            status.update(escape(words))
        elif kind is Kind.SAYS:
            console.print(words, markup=False)
        else:
            took = SLOT["seconden"].format(seconden=f"{seconds:.1f}".replace(".", ","))
            console.print(f"[green]✓[/] {escape(words)} [dim]{took}[/]")

    # The heartbeat only serves runs that nobody watches, and costs each of them a second.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}), watched(tell), status:
        state = flow(*arguments, return_state=True)
    if own_server and state.state_details.flow_run_id:
        runtime.settle(str(state.state_details.flow_run_id), len(begun))
    if state.is_completed():
        summary = cast("Summary", state.result())
        show(summary)
        return WITH_FINDINGS if summary.blocking else CLEAN
    if state.name == sayings("toestand")["mislukt"]:
        print(state.message, file=sys.stderr)
        return NOTHING
    traceback.print_exception(cast("BaseException", state.result(raise_on_failure=False)))  # a bug
    return NOTHING


def show(summary: Summary) -> None:
    """The closing table and where the outcome lies."""
    console = Console(highlight=False)
    table = Table(title=Text(summary.titel), title_justify="left")
    table.add_column(SLOT["ministerie"])
    for name in ("rijen", "blokkerend", "waarschuwingen"):
        table.add_column(SLOT[name], justify="right")
    table.add_column(SLOT["geleverd"])
    for line in summary.lines:
        delivered = SLOT["ja" if line.delivered else "nee"] if line.code else ""
        table.add_row(
            line.code or SLOT["overig"],
            str(line.rows or ""),
            str(line.blocking or ""),
            str(line.warnings or ""),
            delivered,
        )
    console.print(table)
    if summary.printed:
        printed = summary.printed
        console.print(SLOT["noten"].format(noten=printed.notes, open=printed.open_points, hiaten=printed.gaps))
    count = len(summary.blocking)
    console.print(
        SLOT["zonder_bevindingen" if not count else "een_bevinding" if count == 1 else "met_bevindingen"].format(
            aantal=count
        )
    )
    for message, advice in summary.blocking[:SHOWN]:
        console.print(f"• {message} {advice}", markup=False)
    if count > SHOWN:
        console.print(SLOT["meer"].format(aantal=count - SHOWN))
    if summary.unchanged:
        console.print(
            SLOT["ongewijzigd"].format(naam=summary.unchanged, plaats=summary.place), soft_wrap=True, markup=False
        )
    else:
        console.print(
            SLOT["concept" if summary.printed else "controle"].format(plaats=summary.place),
            soft_wrap=True,
            markup=False,
        )


def main() -> None:
    """The console script."""
    dutch_cli.run(app)


if __name__ == "__main__":
    main()
