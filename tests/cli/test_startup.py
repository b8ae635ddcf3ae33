"""A command loads what it needs: what each of the quick ones must not load, held by name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3 as chosen_by_others

import ledger
from ledger import exchange
from ledger.sqlite import sqlite3

LOADED = """
import atexit, sys
atexit.register(lambda: print("LOADED", *sorted(sys.modules), file=sys.stderr))
from ledger.cli import main
main()
"""

NEVER = {"asyncio", "datasette", "httpx", "importlib.metadata", "multiprocessing", "pluggy", "sqlite_utils", "yaml"}
WRITING = {"ledger.book", "ledger.exchange", "ledger.trust", "ledger.audit", "cryptography", "platformdirs"}
READING_TEXTS = {
    "ledger.text.numbers",
    "ledger.text.comparing",
    "ledger.text.credits.lines",
    "ledger.dates.expressions",
}
RECORDS = {"ledger.model", "ledger.store", "attr", "cattrs", "pysqlite3", "sqlite3"}
CHECKING = {"ledger.checks.run", "ledger.checks.pool", "ledger.plugins", "factledger_checkers"}
VIEWS = {"ledger.checker", "ledger.chain", "ledger.views.claim", "ledger.views.passages"}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example ledger that comes with the project."""
    copy = tmp_path_factory.mktemp("startup") / "ledger.db"
    copy.write_bytes((Path(ledger.__file__).parents[1] / "ledger.db").read_bytes())
    return copy


def loaded(folder: Path, *arguments: str, **more: str) -> set[str]:
    """Return the modules that a command has loaded by its end, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **more},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("LOADED ")[2].split())


COMPLETING = {"_FACTLEDGER_COMPLETE": "bash_complete", "COMP_WORDS": "factledger li", "COMP_CWORD": "1"}


@pytest.mark.parametrize(
    ("arguments", "settings", "spared"),
    [
        (["--version"], {}, RECORDS | WRITING | READING_TEXTS | CHECKING | VIEWS),
        ([], COMPLETING, RECORDS | WRITING | READING_TEXTS | CHECKING | VIEWS),
        (["list"], {}, WRITING | READING_TEXTS | CHECKING | VIEWS),
        (["list", "sources"], {}, WRITING | READING_TEXTS | CHECKING | VIEWS),
        (["show", "troop-offer"], {}, WRITING | READING_TEXTS | CHECKING | {"ledger.views.passages"}),
    ],
    ids=["version", "completion", "list", "list sources", "show"],
)
def test_a_quick_command_loads_no_more_than_it_needs(
    example: Path, arguments: list[str], settings: dict[str, str], spared: set[str]
) -> None:
    """None of what it can do without is loaded, whole packages included."""
    found = loaded(example.parent, *arguments, **settings)
    assert "ledger.cli" in found
    assert not {name for name in found if any(name == one or name.startswith(f"{one}.") for one in NEVER | spared)}


def test_a_format_of_ours_loads_no_plugin(example: Path) -> None:
    """What others installed, and Datasette, are not needed to hand out claims in a format of ours."""
    found = loaded(example.parent, "export", "prov", "troop-offer")
    spared = {
        "datasette",
        "asyncio",
        "multiprocessing",
        "factledger_checkers",
        "factledger_reader",
        "ledger.checks.run",
    }
    assert "ledger.exchange.provjson" in found
    assert not {name for name in found if any(name == one or name.startswith(f"{one}.") for one in spared)}


def test_the_sqlite_library_is_the_one_that_others_choose() -> None:
    """The library is chosen without loading sqlite-utils, and is the same one: two drop each other's locks."""
    assert sqlite3 is chosen_by_others


@pytest.mark.parametrize(
    "package", ["text", "dates", "views", "desk", "checks", "capture", "exchange", "trust", "audit"]
)
def test_every_name_that_a_package_shows_is_there(package: str) -> None:
    """Each name of __all__ is what it is called after, also where its module was loaded first by itself."""
    lines = (
        "import importlib, pkgutil, types, ledger." + package + " as shown",
        "for one in pkgutil.iter_modules(shown.__path__): importlib.import_module(f'{shown.__name__}.{one.name}')",
        "public = {name: getattr(shown, name) for name in shown.__all__}",
        "print(*(name for name, value in public.items() if isinstance(value, types.ModuleType)))",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
    )
    assert (done.returncode, done.stdout.split()) == (0, ["witness"] if package == "trust" else []), done.stderr


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """A package that loads on demand answers for an unknown name as any module does, and lists what it has."""
    with pytest.raises(AttributeError, match=r"module 'ledger.exchange' has no attribute 'nothing'"):
        exchange.nothing  # noqa: B018
    assert {"import_story", "write_bundle"} <= set(dir(exchange))
