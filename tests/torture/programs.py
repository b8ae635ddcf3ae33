"""Starting the programs of this folder in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TESTS = Path(__file__).parents[1]

CORES = 2


def command(program: str, *arguments: object) -> list[str]:
    """Return the command line that runs a module of this folder."""
    return [sys.executable, "-m", f"torture.{program}", *map(str, arguments)]


def environment() -> dict[str, str]:
    """Return an environment in which this folder can be imported."""
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])}


def run(program: str, *arguments: object, seconds: float = 1800) -> str:
    """Run a module of this folder to its end and return what it printed; raise if it failed."""
    done = subprocess.run(
        command(program, *arguments), env=environment(), capture_output=True, text=True, timeout=seconds
    )
    if done.returncode:
        raise AssertionError(f"{program} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def shared(program: str, *arguments: object) -> Counter[str]:
    """Run a module once for each core, each with a part of the work, and return the sum of what they counted.

    Each prints its counts as one line of JSON, and under "told" what is to be printed.
    """

    def run_part(number: int) -> str:
        return run(program, *arguments, "--part", number, "--parts", CORES)

    counts = Counter[str]()
    with ThreadPoolExecutor(CORES) as pool:
        for said in pool.map(run_part, range(CORES)):
            outcome = json.loads(said)
            for line in outcome.pop("told"):
                print(line)
            counts.update(outcome)
    return counts
