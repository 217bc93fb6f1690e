from __future__ import annotations

import pytest
from towns import towns

from landbridge.network.network import Network


@pytest.fixture(scope="session")
def net() -> Network:
    return towns()
