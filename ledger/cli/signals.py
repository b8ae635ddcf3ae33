"""What ends a command from outside: where a signal asks for it, all that was begun ends as it does after Ctrl-C."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

HANG_UP = getattr(signal, "SIGHUP", None)


class Terminated(KeyboardInterrupt):
    """SIGTERM has come: whatever tidies up after Ctrl-C tidies up after it."""


AGAIN = 0.01
"""Seconds until a stop comes again that came where Python can raise nothing."""


@contextmanager
def heeding_signals() -> Iterator[None]:
    """Raise Terminated within the block on SIGTERM, or where its terminal is closed; what the caller ignores stays so.

    A stop that comes in a finaliser, where Python can only print it, comes again a moment later. A server that takes
    SIGTERM itself ends by it in its own way.
    """
    handlers = {signal.SIGTERM: _terminate, **({} if HANG_UP is None else {HANG_UP: _hang_up})}
    if threading.current_thread() is not threading.main_thread():
        handlers = {}
    ours = {number: handler for number, handler in handlers.items() if signal.getsignal(number) is signal.SIG_DFL}
    printing = sys.unraisablehook
    if handlers and hasattr(signal, "setitimer"):
        sys.unraisablehook = _heard_later(printing)
    try:
        for number, handler in ours.items():
            signal.signal(number, handler)
        yield
    finally:
        sys.unraisablehook = printing
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _heard_later(otherwise: Callable[[sys.UnraisableHookArgs], Any]) -> Callable[[sys.UnraisableHookArgs], Any]:
    def told(unraisable: sys.UnraisableHookArgs) -> None:
        if isinstance(unraisable.exc_value, KeyboardInterrupt):
            again = _terminate if isinstance(unraisable.exc_value, Terminated) else signal.default_int_handler
            signal.signal(signal.SIGALRM, again)
            signal.setitimer(signal.ITIMER_REAL, AGAIN)
        else:
            otherwise(unraisable)

    return told


def exit_code(stop: BaseException | None) -> int:
    """Return the exit code after what stopped a command, as shells have it: 128 and the number of the signal."""
    return 128 + (signal.SIGTERM if isinstance(stop, Terminated) else signal.SIGINT)


def _terminate(number: int, _: Any) -> None:
    signal.signal(number, signal.SIG_IGN)  # tidying up is not broken off
    raise Terminated


def _hang_up(number: int, frame: Any) -> None:
    signal.signal(number, signal.SIG_IGN)
    handler = signal.getsignal(signal.SIGTERM)
    if callable(handler):
        handler(signal.SIGTERM, frame)
