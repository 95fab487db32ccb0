"""Great Expectations in a process of its own, since importing it takes seconds: started early, asked when the rows are read.

It ends with the process that started it.
"""

from __future__ import annotations

import os
import socket
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.catalogue import TEMPLATES
from flows.runtime import start_process, stop_process

if TYPE_CHECKING:
    from flows.validate.expectations import Verdict
    from flows.validate.suites import Suite
    from flows.validate.tables import Table


@dataclass(frozen=True, slots=True)
class Judge:
    """Great Expectations in a process of its own, since importing it takes seconds."""

    connection: Connection

    def judge(self, tables: Mapping[str, Table], suites: tuple[Suite, ...]) -> tuple[Verdict, ...]:
        """What the suites say of the tables; raises what was raised there."""
        verdicts: tuple[Verdict, ...] = self._ask("judge", tables, suites)
        return verdicts

    @contextmanager
    def writing_docs(self, folder: Path) -> Iterator[None]:
        """Writes the Data Docs of the last run to `folder` beside the block; they are there when it ends."""
        css = (TEMPLATES / "datadocs.css").read_text(encoding="utf-8")
        self.connection.send(("write_docs", (folder, "controle", None, css)))
        try:
            yield
        finally:
            self._answer()

    def _ask(self, what: str, *arguments: object) -> Any:
        self.connection.send((what, arguments))
        return self._answer()

    def _answer(self) -> Any:
        result = self.connection.recv()
        if isinstance(result, BaseException):
            raise result
        return result


@contextmanager
def judge_process() -> Iterator[Judge]:
    """Starts the process; it is ready some seconds later, and ends with the block."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = start_process("judge", theirs)
    connection = Connection(ours.detach())
    try:
        yield Judge(connection)
    finally:
        connection.close()
        stop_process(process)


_current: list[Judge] = []


@contextmanager
def borrowed_judge() -> Iterator[Judge]:
    """The judge that the command has started already, or one for the length of the block."""
    if _current:
        yield _current[-1]
    else:
        with judge_process() as judge:
            yield judge


@contextmanager
def early_judge() -> Iterator[None]:
    """Starts the judge for all flows run inside."""
    with judge_process() as judge:
        _current.append(judge)
        try:
            yield
        finally:
            _current.remove(judge)


def answer(link: socket.socket) -> None:
    """What the judge's process does: answers what it is asked over an inherited socket, until that closes."""
    os.nice(10)  # the server is waited for first
    from flows.validate import expectations

    expectations.warm_up()
    connection = Connection(link.detach())
    with suppress(EOFError):
        while True:
            what, arguments = connection.recv()
            try:
                result = getattr(expectations, what)(*arguments)
            except (ValueError, OSError) as error:
                result = error
            except Exception as error:  # noqa: BLE001 (raised again where it was asked; not all of these can travel)
                result = RuntimeError("".join(traceback.format_exception(error)))
            connection.send(result)
    os._exit(0)  # nothing is left to be put away
