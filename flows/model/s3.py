"""S3 as a file system: s3fs, with every fault of the connection, the rights and the settings as an OSError, and no long waits.

The only module that knows botocore. It is loaded with the first s3:// address.
"""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import ClientError as BrokenOff
from botocore import exceptions as boto
from botocore.parsers import ResponseParserError
from s3fs import S3FileSystem  # type: ignore[import-untyped]

NO_RIGHTS = (
    boto.NoCredentialsError, boto.PartialCredentialsError, boto.CredentialRetrievalError, boto.UnauthorizedSSOTokenError,
    boto.SSOTokenLoadError, boto.TokenRetrievalError, boto.ProfileNotFound,
)  # fmt: skip
TOO_LATE = (boto.ReadTimeoutError, boto.ConnectTimeoutError)
AWAY = (boto.HTTPClientError, boto.ConnectionError, BrokenOff, ResponseParserError)
TAKEN = frozenset({"PreconditionFailed", "412"})


class S3(S3FileSystem):  # type: ignore[misc]
    """An S3 store. Gives up within half a minute where nothing answers: a flow tries again by itself."""

    retries = 1  # botocore does that itself, for more kinds of faults

    def __init__(self, **options: Any) -> None:
        patience = {"connect_timeout": 4, "read_timeout": 10, "retries": {"mode": "standard", "total_max_attempts": 3}}
        super().__init__(**options | {"config_kwargs": patience | (options.get("config_kwargs") or {})})

    async def _call_s3(self, method: str, *more: Any, **arguments: Any) -> Any:
        with os_errors():
            return await super()._call_s3(method, *more, **arguments)

    async def _ls(self, path: str, detail: bool = False, **options: Any) -> Any:  # noqa: FBT002 (as fsspec calls it)
        """What is in a folder, without the empty object that stands for the folder itself where a console made it."""
        found = [one for one in await super()._ls(path, detail=True, **options) if not one["name"].endswith("/")]
        return found if detail else sorted(one["name"] for one in found)

    async def _cat_file(self, path: str, *more: Any, **options: Any) -> Any:
        with os_errors():
            return await super()._cat_file(path, *more, **options)

    async def _pipe_file(self, path: str, data: bytes, *more: Any, **options: Any) -> Any:
        try:
            return await super()._pipe_file(path, data, *more, **options)
        except OSError as error:  # not every store says which condition failed, and s3fs asks for that
            if options.get("mode") == "create" and _code(error) in TAKEN:
                raise FileExistsError(errno.EEXIST, path) from error
            raise

    async def _isfile(self, path: str) -> bool:
        """Whether there is such a file. The original says no where it could not find out."""
        try:
            return bool((await self._info(path))["type"] == "file")
        except FileNotFoundError:
            return False

    def _open(self, path: str, mode: str = "rb", **options: Any) -> Any:
        """A file to read comes whole: workbooks and manifests are small, and one request tells more than many."""
        return io.BytesIO(self.cat_file(path)) if mode == "rb" else super()._open(path, mode, **options)


@contextmanager
def os_errors() -> Iterator[None]:
    """Turns the errors of botocore and below into OSErrors. Their words may hold addresses and keys, and are left out."""
    try:
        yield
    except NO_RIGHTS as error:
        raise PermissionError(errno.EACCES, type(error).__name__) from error
    except TOO_LATE as error:
        raise TimeoutError(errno.ETIMEDOUT, type(error).__name__) from error
    except AWAY as error:
        raise ConnectionError(errno.ECONNABORTED, type(error).__name__) from error
    except OSError:  # after those above: some of them are OSErrors too, that do not tell their kind
        raise
    except (boto.BotoCoreError, ValueError) as error:  # a bucket, region or endpoint that cannot be
        raise OSError(errno.EINVAL, type(error).__name__) from error


def _code(error: OSError) -> str | None:
    """The code that the store gave for an error."""
    cause = error.__cause__
    return cause.response["Error"].get("Code") if isinstance(cause, boto.ClientError) else None
