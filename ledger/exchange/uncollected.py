"""Imports make much at once and keep it until it is recorded: nothing there for Python's collector to find."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector rest inside the block: it would look through all that waits again and again, for no circle.

    What nobody holds any more is freed as always; afterwards the collector is as it was.
    """
    resting = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not resting:
            gc.enable()
