"""Runs a program under limits, so that a hostile file can be stopped.

    python -P limited.py SECONDS BYTES PROGRAM ARGUMENT ... < file

SECONDS of computing and BYTES of address space are what the system holds it to, where it can. It imports nothing of
this package.
"""

from __future__ import annotations

import runpy
import sys


def limit(seconds: int, memory: int) -> None:
    """Bound this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    limit(int(sys.argv[1]), int(sys.argv[2]))
    del sys.argv[:3]
    runpy.run_path(sys.argv[0], run_name="__main__")
