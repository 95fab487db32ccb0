"""A stage of a flow: plain work as a Prefect task under its Dutch name, announced to whoever watches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum, auto
from typing import TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture

from flows.catalogue import sayings

T = TypeVar("T")


class Kind(Enum):
    """What happens: a stage begins or ends, or there is something to say."""

    BEGINS = auto()
    ENDS = auto()
    SAYS = auto()


Watcher = Callable[[Kind, str, float], None]  # what happens, the stage or sentence, and the seconds that a stage took
Retry = Callable[[BaseException], bool]
RETRIES, RETRY_SECONDS = 2, 2.0
_watcher: ContextVar[Watcher] = ContextVar("watcher", default=lambda _kind, _words, _seconds: None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Announces to `watcher` what happens inside."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def announce(sentence: str) -> None:
    """Says something to whoever watches."""
    _watcher.get()(Kind.SAYS, sentence, 0.0)


def stage(name: str, work: Callable[[], T], *, again: Retry | None = None, **details: object) -> T:
    """Runs `work` as a task. It takes no arguments: Prefect would walk through them, however large.

    `again` tells which exceptions come from outside and may pass by themselves: after those it is tried again, twice.
    """
    return _task(name, work, details, again)()


def stage_beside(name: str, work: Callable[[], T], **details: object) -> PrefectFuture[T]:
    """Starts `work` as a task beside what follows; its `result()` waits for it."""
    return _task(name, work, details).submit()


def _task(name: str, work: Callable[[], T], details: dict[str, object], again: Retry | None = None) -> Task[[], T]:
    title, watcher = sayings("stadium")[name].format(**details), _watcher.get()
    tried: list[BaseException] = []

    def run() -> T:
        begin = time.perf_counter()
        if not tried:
            watcher(Kind.BEGINS, title, 0.0)
        try:
            result = work()
        except Exception as error:
            tried.append(error)
            raise
        watcher(Kind.ENDS, title, time.perf_counter() - begin)
        return result

    plain = task(name=title, cache_policy=NO_CACHE, persist_result=False)(run)
    if again is None:
        return plain
    return plain.with_options(
        retries=RETRIES, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=lambda *_: again(tried[-1])
    )
