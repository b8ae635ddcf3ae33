"""A real cluster on loopback: what it finds, and what is left of a run whose worker, or whose `check`, was killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from socket import socket
from time import monotonic, sleep
from typing import Any

import attrs
import psutil
import pytest
from distributed import Client

BIN = Path(sys.executable).parent

LIMIT = 300
"""Seconds after which what is waited for will not come."""

GATE = '''
"""gate: a checker that waits before the harbour claim until it is let through, and says in a file who waits."""
import os, time
from pathlib import Path
from ledger import Checker, hookimpl


class Gate(Checker):
    """Checks: that it was let through."""

    name = "gate"
    version = {version}
    establishes = "that it was let through"
    does_not_establish = "anything else"

    def check(self, dossier, context):
        folder = Path(os.environ["GATE"])
        if dossier.claim.handle == "harbour" and not (folder / "open").exists():
            (folder / f"waits-{{os.getppid()}}").touch()
            while not (folder / "open").exists():
                time.sleep(0.05)
        yield self.passes(f"It was let through: {{dossier.claim.text}}", cites=[dossier.claim])


@hookimpl
def ledger_register_checkers():
    return [Gate()]
'''


def until(come: Callable[[], Any]) -> Any:
    """Wait for something and return it; fail if it does not come."""
    began = monotonic()
    while not (found := come()):
        assert monotonic() - began < LIMIT, "what was waited for did not come"
        sleep(0.05)
    return found


def write_gate(site: Path, version: int = 1) -> Path:
    """Write the gate as an installed distribution."""
    info = site / "gate-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "gate.py").write_text(GATE.format(version=version))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: gate\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[factledger]\ngate = gate\n")
    return site


@attrs.define
class Desk:
    """A folder with a ledger of some claims, and commands in it; `environment` is what its processes get."""

    folder: Path
    environment: dict[str, str]

    @property
    def share(self) -> str:
        return self.folder.joinpath("share").as_uri()

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Begin a command."""
        return subprocess.Popen(
            [str(BIN / "factledger"), *words],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> tuple[int, str, str]:
        """Return a command's exit code and what it wrote to both streams."""
        with self.begin(*words) as process:
            written, said = process.communicate(timeout=LIMIT)
        return process.returncode, written, said

    def runs(self) -> list[dict[str, Any]]:
        """Return the runs on record."""
        code, written, said = self.run("list", "runs", "--json")
        assert code == 0, said
        found: list[dict[str, Any]] = json.loads(written)
        return found

    def waiting(self) -> list[int]:
        """Return the processes that are held up at the gate: those that started the one that calls the checker."""
        return [int(path.name.removeprefix("waits-")) for path in self.folder.glob("waits-*")]

    def open_gate(self) -> None:
        (self.folder / "open").touch()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A ledger of three claims, which the gate checks."""
    site = write_gate(tmp_path / "site")
    desk = Desk(
        tmp_path,
        os.environ
        | {
            "FACTLEDGER_KEYS": str(tmp_path / "keys"),
            "FACTLEDGER_DB": "ledger.db",
            "PYTHONPATH": str(site),
            "FACTLEDGER_LOAD_PLUGINS": "gate,factledger-dask",
            "GATE": str(tmp_path),
        },
    )
    (tmp_path / "claims.csv").write_text(
        "id,text\nharbour,The harbour will close in June\nbridge,The bridge is safe\npier,The pier is shut\n"
    )
    for words in (["init", "--origin", "desk.example", "--person", "Ana Roa"], ["import", "claims.csv"]):
        code, _, said = desk.run(*words)
        assert code == 0, said
    return desk


@attrs.define
class Cluster:
    """A scheduler and its workers, each a process of its own."""

    address: str
    folder: Path
    processes: list[subprocess.Popen[bytes]]

    def ready(self, workers: int) -> None:
        """Wait until so many workers are there."""
        with Client(self.address, timeout=LIMIT) as client:
            client.wait_for_workers(workers, timeout=LIMIT)

    def worker(self, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start a worker."""
        words = ["worker", self.address, "--nthreads=1", "--no-nanny", "--no-dashboard", "--host=127.0.0.1"]
        return self._start(*words, f"--local-directory={self.folder / 'dask'}", environment=environment)

    def _start(self, *words: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        with (self.folder / "cluster.log").open("ab") as log:
            process = subprocess.Popen([str(BIN / "dask"), *words], env=environment, stdout=log, stderr=log)
        self.processes.append(process)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler on loopback, without workers."""
    cluster = Cluster("", tmp_path, [])
    told = tmp_path / "scheduler.json"
    words = ["--host=127.0.0.1", "--port=0", "--no-dashboard", f"--scheduler-file={told}"]
    cluster._start("scheduler", *words, environment=dict(os.environ))
    until(lambda: told.exists() and told.read_text().strip().endswith("}"))
    cluster.address = json.loads(told.read_text())["address"]
    yield cluster
    for process in cluster.processes:
        process.kill()
        process.wait()


def dask(desk: Desk, cluster: Cluster | None = None) -> list[str]:
    """Return the words of a check on a cluster, or on two workers that are started for it."""
    where = ["scheduler=" + cluster.address, "share=" + desk.share] if cluster else ["workers=2"]
    words = ["check", "--all", "--fail-on", "never", "--limit", "300", "--executor", "dask"]
    return words + [word for one in where for word in ("-o", one)]


def here(desk: Desk) -> str:
    """Check everything in processes of this machine and return the digest of what was found."""
    desk.open_gate()
    code, _, said = desk.run("check", "--all", "--fail-on", "never")
    assert code == 0, said
    return str(desk.runs()[-1]["digest"])


def is_there(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_it_finds_what_is_found_here(desk: Desk) -> None:
    """By two workers that are started for it: the same digest, nothing new the second time, nothing on stderr."""
    del desk.environment["FACTLEDGER_LOAD_PLUGINS"]  # by all that comes with factledger
    desk.open_gate()
    with socket() as taken:
        with suppress(OSError):
            taken.bind(("127.0.0.1", 8787))  # where Dask would show its state, as another cluster may do already
            taken.listen()
        code, _, said = desk.run(*dask(desk))
    assert code == 0, said
    assert "Traceback" not in said and "distributed" not in said
    first = desk.runs()[-1]
    assert first["digest"] == here(desk)
    assert [run["recorded"] for run in desk.runs()] == [3, 0]


def test_a_worker_that_is_killed_changes_nothing(desk: Desk, cluster: Cluster) -> None:
    """SIGKILL of the worker that has the partition, in the middle of it: the other does it, with the same digest."""
    workers = {process.pid: process for process in (cluster.worker(desk.environment) for _ in range(2))}
    cluster.ready(2)
    with desk.begin(*dask(desk, cluster)) as check:
        (pid,) = until(desk.waiting)
        workers[pid].kill()
        until(lambda: set(desk.waiting()) - {pid})
        desk.open_gate()
        _, said = check.communicate(timeout=LIMIT)
    assert check.returncode == 0, said
    found = desk.runs()[-1]["digest"]
    assert found == here(desk)
    assert not list((desk.folder / "share").glob("*"))


def test_a_check_that_is_killed_has_recorded_nothing(desk: Desk) -> None:
    """SIGKILL of `check` in the middle: its workers end too, the ledger is whole, and a new check finds the same."""
    with desk.begin(*dask(desk)) as check:
        (pid,) = until(desk.waiting)
        check.kill()
    until(lambda: not is_there(pid))
    assert desk.runs() == []
    assert desk.run("verify")[0] == 0
    desk.open_gate()
    code, _, said = desk.run(*dask(desk))
    assert code == 0, said
    found = desk.runs()[-1]["digest"]
    assert found == here(desk)


@pytest.mark.parametrize("other", ["program", "checker"])
def test_workers_with_other_versions_refuse(desk: Desk, cluster: Cluster, other: str) -> None:
    """Another version of factledger, or of a checker, on the worker: one line names both; nothing is recorded."""
    site = write_gate(desk.folder / "elsewhere", version=2 if other == "checker" else 1)
    if other == "program":
        (site / "sitecustomize.py").write_text('import ledger.version\nledger.version.VERSION = "0.0.1"\n')
    cluster.worker(desk.environment | {"PYTHONPATH": str(site)})
    cluster.ready(1)
    desk.open_gate()
    code, _, said = desk.run(*dask(desk, cluster))
    assert code == 5 and said.count("\n") == 1, said
    told = {
        "program": "Error: This worker has factledger 0.0.1; the run was begun by ",
        "checker": "Error: gate has other checkers here than where the run began: of those of the run there is gate 2",
    }
    assert said.startswith(told[other]), said
    assert desk.runs() == []


def test_a_cluster_that_is_not_there_is_one_line(desk: Desk, cluster: Cluster) -> None:
    """No scheduler at the address, a scheduler without workers, options that do not go together."""
    desk.open_gate()
    share = f"share={desk.share}"
    for options, code, told in (
        (["scheduler=tcp://127.0.0.1:9", share], 5, "No Dask scheduler answers at tcp://127.0.0.1:9"),
        ([f"scheduler={cluster.address}", share], 5, f"The Dask cluster at {cluster.address} has no worker."),
        (["scheduler=tcp://127.0.0.1:9"], 2, "A cluster needs a place that all its machines reach."),
        (["workers=none"], 2, "-o workers=none is no number of workers."),
        (["share=there"], 2, "there: This is no address"),
    ):
        words = [word for one in options for word in ("-o", one)]
        done, _, said = desk.run("check", "--executor", "dask", *words)
        assert (done, said.count("\n")) == (code, 1), said
        assert said.startswith(f"Error: {told}"), said
    assert desk.runs() == []
