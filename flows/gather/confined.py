"""Reads a workbook where it can be stopped: in a process of its own, with little memory, little time and no file to write.

In: bytes. Out: what flows.gather.ooxml makes of a workbook, or flows.gather.reviewed of a reviewer's copy; or `Unreadable`, also where
the process did not survive them. A process reads one file after the other, and as many of them run as files are read at once. They
end with the process that started them.
"""

from __future__ import annotations

import gc
import resource
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any, cast

from flows.gather.grid import RawWorkbook, Unreadable
from flows.model.review import Copy

MEMORY = 512 << 20
SECONDS = 20  # of the processor, a file
PATIENCE = 60.0  # of the clock: the machine may be busy
TOO_MUCH = "bestand-te-groot"
GARBAGE = 100_000  # what is read is many small objects, and no garbage
NO_MEMORY = 2  # what libxml2 calls it
WORKBOOK, COPY = b"w", b"k"
READERS = {WORKBOOK: "flows.gather.ooxml", COPY: "flows.gather.reviewed"}


def read(data: bytes) -> RawWorkbook:
    """The grids of a workbook; raises `Unreadable`."""
    return cast("RawWorkbook", _read(WORKBOOK, data))


def read_copy(data: bytes) -> Copy:
    """What a reviewer's copy says; raises `Unreadable`."""
    return cast("Copy", _read(COPY, data))


def _read(kind: bytes, data: bytes) -> Any:
    reader = _borrowed()
    try:
        answer = reader.ask(kind + data)
    except (EOFError, OSError):
        reader.stop()
        raise Unreadable(TOO_MUCH) from None
    except BaseException:  # an answer that nobody waits for may never be taken for that to another question
        reader.stop()
        raise
    _idle.append(reader)
    if isinstance(answer, str):
        raise Unreadable(answer)
    return answer


class _Reader:
    """A process that reads, and the line to it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", __name__, str(theirs.fileno())]
            self.process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        self.line = Connection(ours.detach())

    def ask(self, data: bytes) -> Any:
        """What was read, or the rule that says why there is nothing; raises EOFError or OSError where no answer comes."""
        self.line.send_bytes(data)
        if not self.line.poll(PATIENCE):
            raise TimeoutError
        return self.line.recv()

    def stop(self) -> None:
        """Ends the process."""
        self.line.close()
        self.process.kill()
        self.process.wait()


_idle: list[_Reader] = []


def _borrowed() -> _Reader:
    """A process that waits for work, or a new one."""
    with suppress(IndexError):
        while True:
            reader = _idle.pop()
            if reader.process.poll() is None:
                return reader
            reader.stop()
    return _Reader()


def _answer(data: bytes) -> Any:
    reader = import_module(READERS[data[:1]])
    try:
        return reader.read(data[1:])
    except Unreadable as error:
        return str(error)
    except MemoryError:
        return TOO_MUCH
    except Exception as error:  # noqa: BLE001 (whatever the damage happens to trip over)
        return TOO_MUCH if getattr(error, "code", None) == NO_MEMORY else "bestand-beschadigd"


def main(descriptor: int) -> None:
    """What the process does: reads the files that it is sent, until the line closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command; we end when it does
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))
    gc.set_threshold(GARBAGE)
    line = Connection(descriptor)
    with suppress(EOFError, OSError):
        while True:
            data = line.recv_bytes()
            used = resource.getrusage(resource.RUSAGE_SELF)
            allowed = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
            resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))
            line.send(_answer(data))


if __name__ == "__main__":
    main(int(sys.argv[1]))
