"""What a checker asks of the world around it while it answers: the clock, chance, the machine, files, threads.

Every call is seen as the interpreter makes it (PEP 669's older sister, `sys.setprofile`), with the line that made it:
so what is asked by way of a library is seen too, and a function that is asked for by another name. What an import does
is not the checker's doing.
"""

from __future__ import annotations

import gc
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import BuiltinFunctionType, FrameType
from typing import Any

CLOCK = "asks the clock; take context.now"
CHANCE = "takes something at random; take what stands in the dossier"
MACHINE = "asks which machine, user or folder it runs on; take what stands in the dossier"
ENVIRONMENT = "asks the environment; take context.options"
LOCALE = "asks the language of the machine; write the same words everywhere"
FILES = "looks at files; read what comes with it when its module is imported"
THREADS = "starts a thread; answer in the one that asks"
WAITS = "waits; answer at once"
CHANGES = "changes the process that it runs in; leave it as it is"

BUILT_IN = {
    **dict.fromkeys(("datetime.now", "datetime.utcnow", "datetime.today", "date.today"), CLOCK),
    **dict.fromkeys(("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "process_time"), CLOCK),
    **dict.fromkeys(("localtime", "gmtime", "ctime", "clock_gettime"), CLOCK),
    **dict.fromkeys(("urandom", "getrandom"), CHANCE),
    **dict.fromkeys(
        ("getcwd", "getpid", "getppid", "uname", "getuid", "getlogin", "gethostname", "cpu_count"), MACHINE
    ),
    **dict.fromkeys(("localeconv", "nl_langinfo"), LOCALE),
    "setlocale": CHANGES,
    **dict.fromkeys(("stat", "lstat", "access", "listdir", "scandir"), FILES),
    "start_new_thread": THREADS,
    "sleep": WAITS,
    **dict.fromkeys(("chdir", "putenv", "umask", "setrecursionlimit"), CHANGES),
}
"""Functions of C, by what they are called in their module."""

MODULES = {None, "time", "posix", "nt", "_socket", "_locale", "_thread", "sys"}
"""The modules of those functions."""

WRITTEN = {
    ("os", "_Environ.__getitem__"): ENVIRONMENT,
    ("os", "_Environ.__setitem__"): CHANGES,
    ("os", "_Environ.__iter__"): ENVIRONMENT,
    ("os", "_Environ.__len__"): ENVIRONMENT,
    ("platform", "uname"): MACHINE,
    ("getpass", "getuser"): MACHINE,
    ("locale", "getlocale"): LOCALE,
    ("locale", "setlocale"): CHANGES,
    ("threading", "Thread.start"): THREADS,
    ("uuid", "uuid1"): CHANCE,
    ("uuid", "uuid4"): CHANCE,
    ("random", "SystemRandom.random"): CHANCE,
    ("random", "SystemRandom.getrandbits"): CHANCE,
    ("gc", "get_objects"): MACHINE,
}
"""Functions of Python, by module and name."""

Told = Callable[[str, str], None]
"""Called with what was done, and where ("checks.py, line 12"; empty where no line of the checker's own did it)."""


@contextmanager
def watching(own: Path, told: Told) -> Iterator[None]:
    """Tell of every habit inside the block that a pure function has no need of; `own` is the checker's folder."""

    def see(frame: FrameType, event: str, called: Any) -> None:
        habit = ""
        if event == "c_call":
            habit = _built_in(called)
        elif event == "call":
            name = frame.f_globals.get("__name__")
            habit = WRITTEN.get((name, frame.f_code.co_qualname), "") if isinstance(name, str) else ""
        if habit and not _importing(frame):
            told(habit, _place(frame, own))

    before, collecting = sys.getprofile(), gc.isenabled()
    gc.disable()  # what others do when rubbish is collected, such as to time it, is not the checker's doing
    sys.setprofile(see)
    try:
        yield
    finally:
        sys.setprofile(before)
        if collecting:
            gc.enable()


def hear_files(own: Path, told: Told) -> Callable[[], None]:
    """Tell from now on of files that are opened for reading outside the checker's own folder; return what ends it.

    What the interpreter and installed packages hold may be read: no more than an import does.
    """
    heard = [True]
    allowed = tuple({str(own), *(str(Path(one).resolve()) for one in (sys.prefix, sys.base_prefix))})
    here = str(Path(__file__).resolve().parents[2])

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if not heard[0] or event != "open" or not isinstance(arguments[0], (str, bytes)):
            return
        path = os.path.abspath(os.fsdecode(arguments[0]))  # noqa: PTH100  # no file is asked for it
        frame = sys._getframe(1)
        if not path.startswith((*allowed, here)) and not _importing(frame):
            told(FILES, _place(frame, own))

    sys.addaudithook(hear)
    return lambda: heard.__setitem__(0, False)


def _built_in(called: Any) -> str:
    if not isinstance(called, BuiltinFunctionType):
        return ""
    owner = called.__self__
    if owner is getattr(random, "_inst", None):
        return CHANCE
    if called.__module__ not in MODULES:
        return ""
    if called.__module__ is None and not isinstance(owner, type):
        return ""
    return BUILT_IN.get(called.__qualname__, "")


def _importing(frame: FrameType | None) -> bool:
    """Return whether something is being imported: then it is the interpreter that reads and looks."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _place(frame: FrameType | None, own: Path) -> str:
    """Return the innermost line of the checker's own that led here."""
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        if own in file.parents and not file.name.startswith("<"):
            return f"{file.name}, line {frame.f_lineno}"
        frame = frame.f_back
    return ""
