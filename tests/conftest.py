"""What every test shares: no test sees the keys, ledgers or plugin switches of whoever runs it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import cache
from itertools import count
from pathlib import Path
from types import CodeType
from typing import Any

import attrs
import pytest
from hypothesis import settings

from ledger import book as use_cases
from ledger import checks, plugins, store
from ledger.book import Book
from ledger.checks import WorkerPool
from ledger.cli import article, main
from ledger.plugins import introduction
from ledger.policy import read_policy
from ledger.reading import ask
from ledger.reading.start import started

EXAMPLES = {"quick": 30, "thorough": 500}
"""Profile -> examples of a rule, where a test says no number of its own; `make test-all` takes the thorough one."""

for name, number in EXAMPLES.items():
    settings.register_profile(name, max_examples=number, deadline=None)
settings.load_profile("quick")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the rows of a `table` but its first to `make test-all`."""
    begun = set()
    for item in items:
        if item.get_closest_marker("table"):
            name = item.nodeid.partition("[")[0]
            if name in begun:
                item.add_marker(pytest.mark.long)
            begun.add(name)


NUMBERS = count()


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep log keys in a folder of the test's own, and the environment's switches unset."""
    monkeypatch.setenv("FACTLEDGER_KEYS", str(tmp_path_factory.getbasetemp() / "keys" / str(next(NUMBERS))))
    for name in ("FACTLEDGER_DB", "FACTLEDGER_LOAD_PLUGINS", "SSH_AUTH_SOCK"):
        monkeypatch.delenv(name, raising=False)


OWN = "factledger"
"""The distribution whose plugins the kept workers have loaded."""

USUAL = {"everything", "executor", "limit", "options", "patience", "plugins", "policy", "report", "size"}
"""Arguments of a check that kept workers can serve."""


def _only_own(switch: str | None = None, policy: Path | None = None) -> bool:
    """Return whether no plugin but our own would be loaded, also from folders that a house's policy names."""
    installed, _ = plugins.installed(switch, folders=read_policy(policy).plugin_folders)
    return all(one.distribution == OWN for one in installed)


@pytest.fixture(scope="session")
def worker_pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerPool]:
    """Workers of factledger's own plugins, kept from test to test: to start one takes longer than most checks."""
    kept = WorkerPool(tmp_path_factory.mktemp("workers"), memory=checks.MEMORY, policy="")
    yield kept
    kept.close()


@attrs.define
class HouseWorkers:
    """Workers that know a house's policy, kept for as long as no other is asked for."""

    folder: Path
    _policy: tuple[Path, bytes] | None = None
    _pool: WorkerPool | None = None

    def of(self, policy: Path) -> WorkerPool:
        wanted = (policy.absolute(), policy.read_bytes())
        if self._pool is None or self._policy != wanted:
            self.close()
            self._policy = wanted
            self._pool = WorkerPool(self.folder, memory=checks.MEMORY, policy=str(policy.absolute()))
        return self._pool

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()


@pytest.fixture(scope="session", autouse=True)
def checks_by_kept_workers(worker_pool: WorkerPool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have checks in this process done by kept workers, but for those that ask for workers of another kind."""
    check, house = checks.check, HouseWorkers(tmp_path_factory.mktemp("house"))

    def usual(book: Book, handles: Sequence[str] | None = None, **options: Any) -> checks.Outcomes:
        given = {name for name, value in options.items() if value is not None}
        policy = options.get("policy")
        there = policy is None or policy.is_file()
        if given <= USUAL and there and _only_own(options.get("plugins"), policy):
            options["pool"] = worker_pool if policy is None else house.of(policy)
        return check(book, handles, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "check", usual)
        yield
    house.close()


Reading = AbstractContextManager["subprocess.Popen[bytes]"]


@pytest.fixture(scope="session", autouse=True)
def reads_by_kept_worker() -> Iterator[None]:
    """Have articles read in this process by a kept worker, but where other plugins or a house's rules are there."""
    with ExitStack() as kept, pytest.MonkeyPatch.context() as patch:
        worker = cache(lambda: kept.enter_context(started()))

        def usual(*, policy: Path | None = None, checks: bool = True) -> Reading:
            if policy is None and plugins.SWITCH not in os.environ and _only_own():
                return nullcontext(worker())
            return started(policy=policy, checks=checks)

        for module in (article, ask):
            patch.setattr(module, "started", usual)
        yield


@attrs.frozen
class Said:
    """What a plugin has said of itself, in place of the process that it said it in."""

    said: tuple[introduction.Introduction, list[introduction.PluginFault]]

    def answer(self, limit: float) -> tuple[introduction.Introduction, list[introduction.PluginFault]]:
        return self.said

    def close(self) -> None:
        pass


@pytest.fixture(scope="session", autouse=True)
def own_plugins_asked_once() -> Iterator[None]:
    """Have our own plugins say once what they bring, under each policy; strangers' are asked whenever they would be."""
    asked = introduction._ImportProcess

    @cache
    def own(plugin: plugins.Installed, policy: Path | None, house: bytes) -> Said:
        one = asked(plugin, policy)
        try:
            return Said(one.answer(introduction.LIMIT))
        finally:
            one.close()

    def usual(plugin: plugins.Installed, policy: Path | None) -> Any:
        if plugin.distribution != OWN:
            return asked(plugin, policy)
        return own(plugin, policy, policy.read_bytes() if policy else b"")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(introduction, "_ImportProcess", usual)
        yield


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    """Where the test's ledger stands."""
    return tmp_path / "ledger.db"


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ledger that was begun by Ana Roa, and its key: copied for each test."""
    folder = tmp_path_factory.mktemp("begun")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", str(folder / "keys"))
        use_cases.start(folder / "ledger.db", origin="desk.example", person="Ana Roa").ledger.close()
    return folder


@pytest.fixture
def book(begun: Path, ledger_path: Path) -> Iterator[Book]:
    """A fresh ledger, begun by Ana Roa."""
    shutil.copytree(begun / "keys", os.environ["FACTLEDGER_KEYS"], dirs_exist_ok=True)
    shutil.copy(begun / "ledger.db", ledger_path)
    with store.open_ledger(ledger_path, write=True) as ledger:
        yield Book(ledger)


@attrs.frozen
class Done:
    """How a command ended: its exit code, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def factledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Run a command in the test's folder, through the same door as the installed script."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["factledger", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        written = capfd.readouterr()
        return Done(int(end.value.code or 0), written.out, written.err)

    return call


@pytest.fixture
def installed(tmp_path: Path) -> Callable[..., Done]:
    """Run the installed script in a process of its own, with more in its environment if wanted."""

    def call(*arguments: str, stdin: str = "", **environment: str) -> Done:
        done = subprocess.run(
            [str(Path(sys.executable).with_name("factledger")), *arguments],
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONWARNINGS": "error"} | environment,
            timeout=120,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return call


Once = Callable[[Callable[[], None]], None]


TOLD: dict[CodeType, Path] = {}
"""What was told `once` -> where the folder and the keys are kept that came of it."""


@pytest.fixture
def once(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Have what fills the test's folder done for the first test that asks for it, and copied for those after it.

    It is known by its code: what differs from test to test must not be part of it.
    """

    def tell(telling: Callable[[], None]) -> None:
        places = {"folder": tmp_path, "keys": Path(os.environ["FACTLEDGER_KEYS"])}
        if kept := TOLD.get(telling.__code__):
            for name, place in places.items():
                shutil.copytree(kept / name, place, dirs_exist_ok=True)
        else:
            telling()
            kept = TOLD[telling.__code__] = tmp_path_factory.mktemp("told")
            for name, place in places.items():
                shutil.copytree(place, kept / name)

    return tell


Pdf = Callable[..., bytes]


@pytest.fixture(scope="session")
def pdf() -> Pdf:
    """A function that writes a PDF with one page for each text, and an information dictionary."""

    def write(*pages: str, info: str = "") -> bytes:
        objects = [
            b"<</Type/Catalog/Pages 2 0 R/Lang(en-GB)>>",
            b"",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
        objects.append(f"<<{info}>>".encode())
        kids = []
        for page in pages:
            lines = "".join(f"({line}) Tj T*\n" for line in page.split("\n") if line)
            stream = zlib.compress(f"BT /F1 10 Tf 12 TL 50 780 Td\n{lines}ET".encode())
            objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream))
            contents = len(objects)
            objects.append(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
                % contents
            )
            kids.append(b"%d 0 R" % len(objects))
        objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
        out, places = b"%PDF-1.4\n", []
        for number, each in enumerate(objects, 1):
            places.append(b"%010d 00000 n \n" % len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
        table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, b"".join(places))
        trailer = b"trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(out))
        return out + table + trailer

    return write
