"""What every test needs: no test may touch the state or the Prefect home of the user."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["VOORTGANG_STATE"] = tempfile.mkdtemp(prefix="voortgang-tests-")
os.environ["PREFECT_HOME"] = os.environ["VOORTGANG_STATE"] + "/prefect"
# A shell that runs the tests in its background ignores Ctrl-C for them, and for every process that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("voortgang", deadline=None, derandomize=True)  # the same cases everywhere, and no clock
settings.load_profile("voortgang")


@pytest.fixture(scope="session")
def migrated() -> Path:
    """Makes Prefect's database in the state folder of the tests, once; returns a copy of the folder from before any run."""
    subprocess.run([sys.executable, "-m", "flows.runtime", "migrate"], check=True)
    state = Path(os.environ["VOORTGANG_STATE"])
    return Path(shutil.copytree(state, state.with_name(f"{state.name}-new")))
