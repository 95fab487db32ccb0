"""Two renamings that Python lacks: to a name that must be free, and of two names at once. Linux has both, on most file systems.

Where the file system cannot do one, `swap` says so and `move_new` does what comes nearest. Raises OSError.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

NEW_ONLY, EXCHANGE = 1, 2
_HERE = -100  # AT_FDCWD
CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV, errno.EPERM})


def move_new(source: Path, target: Path) -> None:
    """Renames `source`; raises FileExistsError, and changes nothing, if `target` is there."""
    if _renamed(source, target, NEW_ONLY):
        return
    if not source.is_dir():
        try:
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:  # no links here either
            pass
        else:
            source.unlink()
            return
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    source.rename(target)  # the lock on the folder keeps others from coming in between


def swap(one: Path, other: Path) -> bool:
    """Lets two names change places; False where that cannot be done at once, and nothing has changed."""
    return _renamed(one, other, EXCHANGE)


def _renamed(source: Path, target: Path, how: int) -> bool:
    """Whether renameat2 did it; False where the system or the file system lacks it."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    sys.audit("os.rename", str(source), str(target), -1, -1)  # as os.rename tells whoever listens
    if call(_HERE, os.fsencode(source), _HERE, os.fsencode(target), how) == 0:
        return True
    number = ctypes.get_errno()
    if number in CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(source), None, str(target))
