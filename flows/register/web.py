"""Questions to a public service, politely: one at a time, with a pause between them, and again where an answer went wrong.

In: an address with its parameters, and what reads the answer. Out: what was read. The fault is outside where it passes by itself
(no connection, a timeout, 429, 5xx, an answer that is cut off or is no answer): then it is asked again, ever later.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeVar, cast

import httpx
import tenacity

T = TypeVar("T")
LONGEST_WAIT = 60.0  # seconds; also of what the service itself asks for
TOO_MANY, FAULTS = 429, 500


class Unanswered(Exception):
    """A service gave no usable answer, however often it was asked; its argument says what came instead."""


class Faulty(Exception):
    """An answer that is incomplete, or says that something went wrong; its argument says what."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a question is asked at most, and in seconds: how long an answer may take, the wait before the second time, the pause.

    Each later wait is twice as long; the pause is between questions.
    """

    tries: int = 4
    timeout: float = 30.0
    first_wait: float = 1.0
    pause: float = 0.3


class Web:
    """A connection to public services."""

    def __init__(self, client: httpx.Client, patience: Patience) -> None:
        self._client, self._patience, self._last = client, patience, 0.0

    def ask(self, address: str, parameters: Mapping[str, str], read: Callable[[bytes], T]) -> T:
        """What `read` makes of the answer; it raises Faulty for one that cannot be right. Raises Unanswered."""
        again = tenacity.Retrying(
            retry=tenacity.retry_if_exception(_passes),
            stop=tenacity.stop_after_attempt(self._patience.tries),
            wait=self._wait,
            reraise=True,
        )
        try:
            return cast("T", again(self._ask_once, address, parameters, read))
        except (httpx.HTTPError, httpx.InvalidURL, Faulty) as error:
            raise Unanswered(_told(error)) from error

    def _ask_once(self, address: str, parameters: Mapping[str, str], read: Callable[[bytes], T]) -> T:
        time.sleep(max(0.0, self._last + self._patience.pause - time.monotonic()))
        try:
            answer = self._client.get(address, params=dict(parameters) or None)
        finally:
            self._last = time.monotonic()
        answer.raise_for_status()
        return read(answer.content)

    def _wait(self, state: tenacity.RetryCallState) -> float:
        first = self._patience.first_wait
        backoff = tenacity.wait_exponential(first, LONGEST_WAIT) + tenacity.wait_random(0, first)
        error = state.outcome.exception() if state.outcome else None
        asked = error.response.headers.get("Retry-After", "") if isinstance(error, httpx.HTTPStatusError) else ""
        return min(float(asked), LONGEST_WAIT) if asked.isascii() and asked.isdigit() else backoff(state)


@contextmanager
def connected(patience: Patience = Patience()) -> Iterator[Web]:
    """A connection that says who is asking; proxies are those of the environment."""
    name = {"User-Agent": f"voortgang/{version('voortgang')}"}
    with httpx.Client(timeout=patience.timeout, headers=name, follow_redirects=True) as client:
        yield Web(client, patience)


def _passes(error: BaseException) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code == TOO_MANY or error.response.status_code >= FAULTS
    return isinstance(error, httpx.TransportError | httpx.DecodingError | Faulty)


def _told(error: Exception) -> str:
    """What went wrong, in few words and without the address."""
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return str(error) if isinstance(error, Faulty) else type(error).__name__
