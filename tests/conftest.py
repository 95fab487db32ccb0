"""What every test needs: no test may touch the state or the Prefect home of the user."""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

os.environ["VOORTGANG_STATE"] = tempfile.mkdtemp(prefix="voortgang-tests-")
settings.register_profile("voortgang", deadline=None, derandomize=True)  # the same cases everywhere, and no clock
settings.load_profile("voortgang")
