"""One visit at a time to each host, with a pause between two."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs


@attrs.define
class _Host:
    lock: threading.Lock = attrs.field(factory=threading.Lock)
    left: float | None = None
    """When the last visit ended, on the clock that only goes forward."""


_hosts: dict[str, _Host] = {}
_guard = threading.Lock()


@contextmanager
def turn(host: str, seconds: float, pause: Callable[[float], None]) -> Iterator[None]:
    """Wait until nobody else of this process visits the host and its pause is over; others wait until the block ends.

    Processes do not know of each other.
    """
    with _guard:
        place = _hosts.setdefault(host, _Host())
    with place.lock:
        if place.left is not None and (rest := place.left + seconds - time.monotonic()) > 0:
            pause(rest)
        try:
            yield
        finally:
            place.left = time.monotonic()
