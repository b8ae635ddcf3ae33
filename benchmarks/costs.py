"""What a command or a page costs, in a process of its own: CPU seconds, its children's included, and peak memory.

costs.command(path, "show", "it")          the whole process of `factledger -d path show it`
costs.page(path, "/ledger/claims/it")      one request, once it was answered before: what a running server spends
costs.Line("claims", "show it", few, (some, more))      the same of a small thing, and of larger and larger ones
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from attrs import frozen

FACTLEDGER = Path(sys.executable).with_name("factledger")

TIMED = """
import resource, subprocess, sys
ended = subprocess.run(sys.argv[1:], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
print(ended.stdout)
sys.exit(ended.stderr if ended.returncode else 0)
"""
"""GNU time is not everywhere; and what a process of ours starts itself would count with our own memory."""

SERVED = """
import asyncio, sys, time
from pathlib import Path
from ledger.web.serve import application
async def asked():
    client = application(Path(sys.argv[1])).client
    for _ in range(int(sys.argv[3]) + 1):
        began = time.process_time()
        answer = await client.get(sys.argv[2])
        took.append(time.process_time() - began)
        assert answer.status_code == 200, answer.status_code
took = []
asyncio.run(asked())
print(min(took[1:]))
"""

REQUESTS = 3
"""How often a page is asked for; the least counts, as what else the machine does only adds to it."""


@frozen
class Cost:
    """CPU seconds and peak memory in MB."""

    seconds: float
    memory: float


@frozen
class Line:
    """What was asked of a kind of thing, and what it cost: of a small one, and at each size."""

    kind: str
    asked: str
    small: Cost
    costs: tuple[Cost, ...]

    @property
    def seconds(self) -> tuple[float, ...]:
        """The CPU seconds at each size, beyond those of the small one."""
        return tuple(max(0.0, cost.seconds - self.small.seconds) for cost in self.costs)


def command(path: Path, *arguments: str) -> Cost:
    """Return what a command cost, its start included."""
    return _run(path, str(FACTLEDGER), "-d", str(path), *arguments)[0]


def page(path: Path, address: str) -> Cost:
    """Return what a page cost, without the start of its server; the memory is the server's."""
    server, told = _run(path, sys.executable, "-c", SERVED, str(path), address, str(REQUESTS))
    return Cost(float(told), server.memory)


def _run(path: Path, *command: str) -> tuple[Cost, str]:
    """Run a process beside a ledger; return what it cost, and what it printed."""
    ended = subprocess.run([sys.executable, "-c", TIMED, *command], capture_output=True, text=True, cwd=path.parent)
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)}: {ended.stderr}")
    cost, _, told = ended.stdout.partition("\n")
    seconds, memory = cost.split()
    return Cost(float(seconds), float(memory)), told
