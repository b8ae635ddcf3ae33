"""Commands beside plugins that do their worst when they are imported: each answers, names the plugin, and is whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from ledger.plugins.introduction import LIMIT

pytestmark = pytest.mark.long

HOSTILE = {
    "ends": ("import os; os._exit(3)", "exit 3"),
    "sleeps": ("import time; time.sleep(10_000)", f"longer than {LIMIT:g} seconds"),
    "holds": ("import re; re.match(r'(a+)+$', 'a' * 80 + 'b')", f"longer than {LIMIT:g} seconds"),
    "closes": ("import os; os.closerange(0, 256)", "ended the process"),
    "patches": (
        "import json\njson.dumps = json.JSONEncoder.encode = lambda *given, **more: 'NONSENSE'",
        "could not be read",
    ),
    "raises": ("class Out(BaseException): pass\nraise Out('loud')", "loud"),
    "prints": (
        "import os\nos.write(1, b'NOISE')\nprint('NOISE')\nraise ValueError('and that was all')",
        "that was all",
    ),
    "leaves": ("import subprocess\nsubprocess.Popen(['sleep', '600'])\nraise ValueError('it left one')", "left one"),
}
"""What a plugin does when it is imported, and what is said of it."""

SLOW = {"sleeps", "holds"}


@attrs.frozen
class Place:
    """A folder with a ledger's example, and a site with one hostile distribution."""

    folder: Path
    site: Path

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(Path(sys.executable).with_name("factledger")), *arguments],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(self.site)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@pytest.fixture(params=sorted(HOSTILE))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def place(kind: str, tmp_path: Path) -> Place:
    """Install a plugin that is hostile in one way, and brings a command as well."""
    site = tmp_path / "site"
    info = site / "hostile-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "hostile.py").write_text(HOSTILE[kind][0], encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n", encoding="utf-8")
    points = "[factledger]\nhostile = hostile\n[factledger.commands]\nhostile-command = hostile:command\n"
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    return Place(tmp_path, site)


def lists_plugins(place: Place, said: str) -> None:
    done = place("plugins")
    told = json.loads(done.stdout)
    assert done.returncode == 4
    assert [(fault["plugin"], said in fault["reason"]) for fault in told["faults"]] == [("hostile", True)]
    assert {one["name"] for one in told["plugins"]} == {"factledger-checkers", "factledger-reader"}
    assert told["commands"] == [{"name": "hostile-command", "distribution": "hostile", "version": "1.0"}]
    assert "hostile 1.0" in done.stderr


def tells_fitness(place: Place, said: str) -> None:
    done = place("plugins", "--check")
    lines = done.stdout.splitlines()
    assert done.returncode == 4
    assert [line.split()[:2] for line in lines] == [
        ["ok", "factledger-checkers"], ["ok", "factledger-reader"], ["UNFIT", "hostile"],
    ]  # fmt: skip
    assert said in lines[-1]


def lists_checkers(place: Place, said: str) -> None:
    done = place("checkers")
    assert done.returncode == 0
    assert {"corroboration", "quote"} <= {row["checker"] for row in json.loads(done.stdout)}
    assert "hostile 1.0" in done.stderr and said in done.stderr


def tells_a_checker(place: Place, said: str) -> None:
    done = place("checkers", "date-order")
    assert done.returncode == 0
    assert done.stdout.startswith("date-order\nChecks")


def looks_around(place: Place, said: str) -> None:
    done = place("doctor")
    (line,) = [line for line in done.stdout.splitlines() if "hostile" in line]
    assert line.startswith("LOOK") and said in line
    assert "2 loaded, 28 checkers" in done.stdout


def helps(place: Place, said: str) -> None:
    done = place("--help")
    assert done.returncode == 0
    assert "hostile-command  Of hostile." in done.stdout and "uninstall" in done.stdout


def meets_a_typo(place: Place, said: str) -> None:
    done = place("lits")
    assert (done.returncode, done.stderr) == (2, "Error: There is no command 'lits'. Did you mean list?\n")


def meets_a_mistyped_format(place: Place, said: str) -> None:
    done = place("export", "claimrevew")
    assert done.returncode == 2
    assert "Did you mean claimreview?" in done.stderr and "hostile 1.0" in done.stderr


def begins_a_plugin(place: Place, said: str) -> None:
    done = place("plugin", "new", "round-numbers")
    assert done.returncode == 0
    assert (place.folder / "round-numbers" / "pyproject.toml").exists()


QUICK: tuple[Callable[[Place, str], None], ...] = (helps, meets_a_typo)
"""What asks no plugin at all."""

ASKING: tuple[Callable[[Place, str], None], ...] = (
    lists_plugins, tells_fitness, lists_checkers, tells_a_checker, looks_around, meets_a_mistyped_format,
    begins_a_plugin,
)  # fmt: skip


def test_every_command_answers(kind: str, place: Place) -> None:
    """Whatever a plugin does at import, every command that lists or looks answers whole, and names it."""
    for command in (*QUICK, *(ASKING[:2] if kind in SLOW else ASKING)):
        command(place, HOSTILE[kind][1])
    assert "Traceback" not in place("plugins", "--help").stderr


def test_a_command_of_a_plugin_is_imported_when_it_is_called(tmp_path: Path) -> None:
    """Only then, in the process that was asked for it: there is nothing else that it could break."""
    site = tmp_path / "site"
    info = site / "hostile-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "hostile.py").write_text("import os; os._exit(3)", encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[factledger.commands]\nend = hostile:command\n", encoding="utf-8")
    place = Place(tmp_path, site)
    assert place("end").returncode == 3
    assert place("plugins").returncode == 0


HANGING = {
    "sleeping": "import time\ntime.sleep(10_000)",
    "computing": "import re\nre.match(r'(a+)+$', 'a' * 80 + 'b')",
    "computing-in-a-child": "import os, re\nos.fork()\nre.match(r'(a+)+$', 'a' * 80 + 'b')",
}


def of_group(session: int) -> list[int]:
    """Return the processes of a session that still live."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("hanging", sorted(HANGING))
@pytest.mark.parametrize("asking", ["plugins", "check"])
def test_a_worker_ends_when_its_parent_does(tmp_path: Path, begun: Path, hanging: str, asking: str) -> None:
    """Also when the parent is killed, and the plugin is in a computation that lets no thread of its own run."""
    site = tmp_path / "site"
    info = site / "hostile-1.0.dist-info"
    info.mkdir(parents=True)
    mark = tmp_path / "mark"
    new = f"{mark}.new"
    note = f"import os\nopen({new!r}, 'w').write(str(os.getsid(0)))\nos.rename({new!r}, {str(mark)!r})\n"
    (site / "hostile.py").write_text(note + HANGING[hanging], encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[factledger]\nhostile = hostile\n", encoding="utf-8")
    (tmp_path / "ledger.db").write_bytes((begun / "ledger.db").read_bytes())
    environment: dict[str, Any] = {"PYTHONPATH": str(site), "FACTLEDGER_KEYS": str(begun / "keys")}
    command = [str(Path(sys.executable).with_name("factledger"))]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": os.environ | environment}
    subprocess.run([*command, "add", "The pier was shut."], cwd=tmp_path, check=True, stdin=subprocess.DEVNULL, **quiet)
    asked = subprocess.Popen([*command, asking], cwd=tmp_path, **quiet)
    deadline = time.monotonic() + 120
    while not mark.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    session = int(mark.read_text())
    assert of_group(session)
    asked.send_signal(signal.SIGKILL)
    asked.wait()
    while of_group(session) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not of_group(session)
