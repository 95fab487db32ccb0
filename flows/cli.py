"""The command `voortgang`: one verb a flow. Shows progress and a closing table; decides the exit status.

0 clean; 1 done, with blocking findings; 2 nothing could be made. Imports nothing heavy before server and judge are on their way.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from rich.console import Console
from rich.markup import escape

from flows import dutch_cli, judge, runtime, terminal
from flows.catalogue import sayings
from flows.dutch_cli import DutchCommand, DutchGroup

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.client.schemas.objects import State

    from flows.settings import Settings

HULP, SLOT = sayings("hulp"), sayings("slot")
GARBAGE = 50_000  # a short run with many small objects: the collector's default costs a tenth of it
CLEAN, WITH_FINDINGS, NOTHING = 0, 1, 2
SHOWN: dict[str, Callable[[Any], bool]] = {
    "register": terminal.refreshed,
    "uitvraag": terminal.asked,
    "verwerk": terminal.reviewed,
}
JUDGED = ("controle", "concept", "definitief")  # verbs that need the judge

app = typer.Typer(
    cls=DutchGroup, help=HULP["programma"], no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
Quarter = Annotated[str, typer.Argument(help=HULP["kwartaal"], metavar="KWARTAAL", show_default=False)]
AnyQuarter = Annotated[str, typer.Argument(help=HULP["een_kwartaal"], metavar="KWARTAAL", show_default=False)]
NewestQuarter = Annotated[str, typer.Argument(help=HULP["nieuwste_kwartaal"], metavar="KWARTAAL", show_default=False)]
Inputs = Annotated[str, typer.Option("--inputs", help=HULP["inputs"], metavar="MAP", show_default=False)]
Outputs = Annotated[str, typer.Option("--outputs", help=HULP["outputs"], metavar="MAP", show_default=False)]
Port = Annotated[int, typer.Option("--poort", help=HULP["poort"], metavar="GETAL", show_default=False)]


Copies = Annotated[list[str] | None, typer.Argument(help=HULP["kopieen"], metavar="BESTAND...", show_default=False)]
TakeOver = Annotated[bool, typer.Option("--overnemen", help=HULP["overnemen"], show_default=False)]
Changes = Annotated[bool, typer.Option("--wijzigingen", help=HULP["wijzigingen"], show_default=False)]
Revised = Annotated[bool, typer.Option("--herzien", help=HULP["herzien"], show_default=False)]

papers = typer.Typer(cls=DutchGroup, help=HULP["register"], no_args_is_help=True)
app.add_typer(papers, name="register")


@app.command(cls=DutchCommand, help=HULP["nieuw"])
def nieuw(kwartaal: Quarter, inputs: Inputs = "") -> None:  # noqa: D103 (its help is its docstring)
    from flows.new_quarter import new_quarter

    terminal.made(new_quarter(kwartaal, chosen(inputs=inputs).inputs))


@app.command(cls=DutchCommand, help=HULP["uitvraag"])
def uitvraag(kwartaal: Quarter, inputs: Inputs = "", outputs: Outputs = "") -> None:  # noqa: D103
    raise typer.Exit(run("uitvraag", kwartaal, inputs, outputs))


@app.command(cls=DutchCommand, help=HULP["controle"])
def controle(kwartaal: Quarter, inputs: Inputs = "", outputs: Outputs = "") -> None:  # noqa: D103
    raise typer.Exit(run("controle", kwartaal, inputs, outputs))


@app.command(cls=DutchCommand, help=HULP["concept"])
def concept(kwartaal: Quarter, inputs: Inputs = "", outputs: Outputs = "", wijzigingen: Changes = False) -> None:  # noqa: D103, FBT002
    raise typer.Exit(run("concept", kwartaal, inputs, outputs, wijzigingen=wijzigingen))


@app.command(cls=DutchCommand, help=HULP["verwerk"])
def verwerk(  # noqa: D103
    kwartaal: Quarter,
    kopieen: Copies = None,
    inputs: Inputs = "",
    outputs: Outputs = "",
    overnemen: TakeOver = False,  # noqa: FBT002
) -> None:
    raise typer.Exit(run("verwerk", kwartaal, inputs, outputs, kopieen=kopieen or [], overnemen=overnemen))


@app.command(cls=DutchCommand, help=HULP["definitief"])
def definitief(kwartaal: Quarter, inputs: Inputs = "", outputs: Outputs = "", herzien: Revised = False) -> None:  # noqa: D103, FBT002
    raise typer.Exit(run("definitief", kwartaal, inputs, outputs, herzien=herzien))


@app.command(cls=DutchCommand, help=HULP["overzicht"])
def overzicht(kwartaal: AnyQuarter = "", inputs: Inputs = "", outputs: Outputs = "") -> None:  # noqa: D103
    from flows.overview import overview_of, overviews

    folders = chosen(inputs=inputs, outputs=outputs)
    if kwartaal:
        terminal.quarter(overview_of(kwartaal, folders.inputs, folders.outputs))
    else:
        terminal.quarters(overviews(folders.inputs, folders.outputs))


@app.command(cls=DutchCommand, help=HULP["start"])
def start(inputs: Inputs = "", outputs: Outputs = "", poort: Port = 0) -> None:  # noqa: D103
    runtime.prepare()
    from flows.serve import Refused, start

    try:
        start(chosen(inputs=inputs, outputs=outputs, poort=poort), terminal.say)
    except Refused as refused:
        terminal.refuse(str(refused))
    sys.stdout.flush()
    os._exit(CLEAN)  # a thread of Prefect's that does not end may not keep the process


@papers.command(cls=DutchCommand, help=HULP["bijwerken"])
def bijwerken(kwartaal: NewestQuarter = "", inputs: Inputs = "") -> None:  # noqa: D103
    raise typer.Exit(run("register", kwartaal, inputs, ""))


def chosen(**typed: str | int) -> Settings:
    """The settings, with what was typed in their place."""
    from flows.model.place import place
    from flows.settings import load

    settings = load().model_copy(update={name: value for name, value in typed.items() if value})
    for folder in (settings.inputs, settings.outputs):
        try:
            place(folder)
        except ValueError:
            terminal.refuse(HULP["adres_onbekend"])
    return settings


def run(verb: str, kwartaal: str, inputs: str, outputs: str, **more: bool | list[str]) -> int:
    """Runs the flow of a verb and shows what came of it; returns the exit status."""
    runtime.prepare()
    with ExitStack() as started:
        own_server = started.enter_context(runtime.prefect_server())
        if verb in JUDGED:
            started.enter_context(judge.early_judge())
        folders = chosen(inputs=inputs, outputs=outputs)
        places = {"inputs": folders.inputs} | ({} if verb == "register" else {"outputs": folders.outputs})
        return _run(verb, {"kwartaal": kwartaal, **places, **more}, own_server)


def _flow(verb: str) -> Flow[..., State]:
    """The flow of a verb; what it does not need is not imported."""
    if verb == "register":
        from flows.refresh_register import register

        return register
    if verb == "uitvraag":
        from flows.request_workbooks import uitvraag

        return uitvraag
    if verb == "verwerk":
        from flows.review import verwerk

        return verwerk
    if verb in {"concept", "definitief"}:
        from flows import progress_brief

        return progress_brief.concept if verb == "concept" else progress_brief.definitief
    from flows.check_workbooks import controle

    return controle


def _run(verb: str, arguments: Mapping[str, str | bool | list[str]], own_server: bool) -> int:
    gc.disable()  # importing makes no garbage worth looking for
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.stages import Kind, watched

    flow = _flow(verb)
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 100)
    gc.enable()
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
        state = flow(**arguments, return_state=True)
    if own_server and state.state_details.flow_run_id:
        runtime.settle(str(state.state_details.flow_run_id), len(begun))
    if state.is_completed():
        made = state.result()
        complete = SHOWN.get(verb, terminal.summary)(made)
        return CLEAN if complete else WITH_FINDINGS
    if state.name == sayings("toestand")["mislukt"]:
        terminal.refuse(str(state.message))
    traceback.print_exception(cast("BaseException", state.result(raise_on_failure=False)))  # a bug
    return NOTHING


def main() -> None:
    """The console script."""
    from flows.model.finding import Stop
    from flows.settings import Misconfigured

    try:
        dutch_cli.run(app)
    except Stop as stop:
        terminal.refuse(f"{stop.finding.message} {stop.finding.advice}")
    except Misconfigured as error:
        terminal.refuse(str(error))


if __name__ == "__main__":
    main()
