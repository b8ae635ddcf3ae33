"""What the tortures share: saying how far they are, and saying why one cannot run."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NoReturn

import pytest

REQUIRED = "FACTLEDGER_REQUIRE_TORTURE"


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print a line at once, past pytest's capture."""

    def say(line: str) -> None:
        with capfd.disabled():
            print(f"  {line}", flush=True)

    return say


@pytest.fixture
def cannot() -> Callable[[str], NoReturn]:
    """Skip with the reason; fail with it where the environment says that every torture must run."""

    def end(reason: str) -> NoReturn:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(reason)
        pytest.skip(reason)

    return end
