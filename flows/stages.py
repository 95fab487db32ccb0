"""A stage of a flow: plain work as a Prefect task under its Dutch name, announced to whoever watches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture

from flows.catalogue import sayings

T = TypeVar("T")
Watcher = Callable[[str, float | None], None]  # a stage's name; its seconds, None when it begins
_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Announces the stages run inside to `watcher`."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def announce(sentence: str) -> None:
    """Says something to whoever watches."""
    if watcher := _watcher.get():
        watcher(sentence, None)


def stage(name: str, work: Callable[[], T], **details: object) -> T:
    """Runs `work` as a task. It takes no arguments: Prefect would walk through them, however large."""
    title, run = _timed(name, work, details)
    return task(name=title, cache_policy=NO_CACHE, persist_result=False)(run)()


def stage_beside(name: str, work: Callable[[], T], **details: object) -> PrefectFuture[T]:
    """Starts `work` as a task beside what follows; its `result()` waits for it."""
    title, run = _timed(name, work, details)
    return task(name=title, cache_policy=NO_CACHE, persist_result=False)(run).submit()


def _timed(name: str, work: Callable[[], T], details: dict[str, object]) -> tuple[str, Callable[[], T]]:
    title = sayings("stadium")[name].format(**details)
    watcher = _watcher.get()

    def run() -> T:
        begin = time.perf_counter()
        if watcher:
            watcher(title, None)
        result = work()
        if watcher:
            watcher(title, time.perf_counter() - begin)
        return result

    return title, run
