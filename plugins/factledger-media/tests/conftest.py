"""What the tests share: pictures made by numbers, and somebody who signs them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "benchmarks")]


@pytest.fixture(scope="session")
def signer() -> object:
    from signing import new_signer

    return new_signer()
