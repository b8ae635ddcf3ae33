"""What starting costs: whole processes beside others that a person knows, in turn, as ratios of CPU time.

    python benchmarks/startup.py [--ledger FILE] [--rounds 15] [--quick]

    factledger --version       beside `python -c "import click"`: what no command line on click can do without
    factledger list, show      beside `sqlite-utils rows` of the claims of the same file
    completion                 of a command's name beside `factledger --version`, of an id beside `factledger list`

Both of a pair are compiled before, run in turn, and the ratio is the median of those of the rounds. The ledger is the
example that comes with the project, if no other is given; it is copied, with what is archived beside it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

import attrs
import bars

from ledger.sqlite import sqlite3

EXAMPLE = Path(__file__).parents[1] / "ledger.db"


@attrs.frozen
class Command:
    """A command as a process of its own, with what its environment says besides."""

    line: Sequence[str]
    settings: Mapping[str, str] = attrs.field(factory=dict)

    def cpu(self) -> float:
        """Run it, and return the seconds of CPU time that it took, system time included."""
        started = subprocess.Popen(
            self.line, env=os.environ | self.settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert started.stderr is not None
        said = started.stderr.read()
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        started.stderr.close()
        if started.returncode:
            sys.exit(f"{' '.join(self.line)} ended with {started.returncode}: {said.decode()}")
        return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure each pair, and print one table with its bars."""
    parser = bars.parser(__doc__)
    parser.add_argument("--ledger", type=Path, default=EXAMPLE, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=15, metavar="N")
    options = bars.sized(parser.parse_args(), rounds=5)
    with tempfile.TemporaryDirectory() as name:
        os.environ |= {"PYTHONPYCACHEPREFIX": f"{name}/compiled", "PYTHONDONTWRITEBYTECODE": ""}
        _measure(_copied(options.ledger, Path(name)), options.rounds)
    bars.close()


def _copied(ledger: Path, folder: Path) -> Path:
    copy = folder / "ledger.db"
    shutil.copyfile(ledger, copy)
    if ledger.with_suffix(".archive").is_dir():
        shutil.copytree(ledger.with_suffix(".archive"), copy.with_suffix(".archive"))
    return copy


def _measure(ledger: Path, rounds: int) -> None:
    with sqlite3.connect(ledger) as db:
        (claim,), (source,) = (db.execute(f"SELECT min(id) FROM {table}").fetchone() for table in ("claims", "sources"))
    ours = (sys.executable, "-c", "from ledger.cli import main; main()", "-d", str(ledger))
    click = Command((sys.executable, "-c", "import click"))
    version = Command((*ours, "--version"))
    rows = Command((sys.executable, "-m", "sqlite_utils", "rows", str(ledger), "claims"))
    print(f"{rounds} rounds; seconds of CPU time\n\n{'':44}{'ours':>8}{'peer':>8}")
    for what, one, peer, most in (
        ("--version, beside click", version, click, 1.5),
        ("list, beside sqlite-utils", listing := Command((*ours, "list")), rows, 2),
        ("show a claim, beside sqlite-utils", Command((*ours, "show", claim)), rows, 2),
        ("show a source, beside sqlite-utils", Command((*ours, "show", source)), rows, 2),
        ("completion of a command, beside --version", _completing(f"-d {ledger} li", 3), version, 1.2),
        ("completion of an id, beside list", _completing(f"-d {ledger} show {claim[:1]}", 4), listing, 1.2),
    ):
        bars.hold(what, _ratio(what, one, peer, rounds), most=most)


def _completing(typed: str, word: int) -> Command:
    """Return what a shell calls when somebody presses Tab."""
    asked = {"_FACTLEDGER_COMPLETE": "bash_complete", "COMP_WORDS": f"factledger {typed}", "COMP_CWORD": str(word)}
    return Command((sys.executable, "-c", "from ledger.cli import main; main()"), asked)


def _ratio(what: str, one: Command, peer: Command, rounds: int) -> float:
    one.cpu(), peer.cpu()  # compiles
    pairs = [(one.cpu(), peer.cpu()) for _ in range(rounds)]
    print(f"{what:44}{median(a for a, _ in pairs):8.3f}{median(b for _, b in pairs):8.3f}")
    return median(a / b for a, b in pairs)


if __name__ == "__main__":
    main()
