"""The example ledger: the story in `seeds/`, recorded and checked the same way every time.

A real ledger takes its times from the clock, and its names, salts and log key
from the system's randomness. This one takes the times from the story file and
everything random from the public constant below, so that anybody can build it
again and compare. So its salts hide nothing and its log key is no secret:
whoever reads this file can sign for it. No real ledger may be made this way,
and none can be from the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from importlib.resources import files
from itertools import count
from pathlib import Path

from .. import book, checks, store
from ..book import keys
from ..capture import Archive
from ..errors import EnvironmentFault, InputError
from ..log import Environment, Note, SignerKey, sign
from ..model import Agent
from ..store import Ledger
from .backup import copy_archive
from .lines import read_text, read_yaml
from .outline import outline
from .story import import_story

PUBLIC_CONSTANT = b"factledger example: public, protects nothing"
ORIGIN = "example.factledger"
OWNER = "The example desk"
CHECKERS = "factledger-checkers"
"""The one plugin that checks the example, whatever else is installed."""


def seed() -> Path:
    """Return the example's story file: beside the package in a checkout, inside it when installed."""
    package = Path(str(files("ledger")))
    for folder in (package / "seeds", package.parent / "seeds"):
        for path in sorted(folder.glob("*.story.yaml")):
            return path
    raise EnvironmentFault("The example story is not installed.", hint="Install factledger again.")


def build_example(path: Path) -> bool:
    """Make sure the example ledger stands at a path; return whether anything had to be written.

    Raises EnvironmentFault, and leaves the file alone, if another ledger or file is there.
    """
    if path.exists() and _role(path) != "example":
        raise EnvironmentFault(
            f"{path} is not the example ledger, so it is left alone.", hint="Name another file with -d."
        )
    with store.scratch_folder() as folder:
        fresh = folder / "ledger.db"
        ledger, key = _working(folder / "working.db")
        with ledger:
            entered = book.Book(ledger)
            import_story(entered, seed())
            checks.check(entered, plugins=CHECKERS, names_code=False)
            _sign(ledger, key)
            store.write_copy(ledger, fresh, role="example")
            copy_archive(Archive.of(ledger), Archive(path.with_suffix(".archive"), ledger.id), ())
        if path.exists() and store.same_content(path, fresh):
            return False
        path.write_bytes(fresh.read_bytes())
    return True


def _working(path: Path) -> tuple[Ledger, SignerKey]:
    """Return a new ledger in the example's own world, and its log key."""
    environment = Environment(_clock(), _entropy())
    ledger_id, owner = environment.uid(), environment.uid()
    key = keys.make(ORIGIN, environment)
    ledger = store.create_file(path, environment=environment, wal=False)
    agent = Agent(uid=owner, handle="example-desk", name=OWNER)
    store.append(ledger, book.opening(ledger_id, ORIGIN, str(key.verifier), agent), actor=owner)
    return ledger, key


def _sign(ledger: Ledger, key: SignerKey) -> None:
    """Keep a checkpoint of the whole, so that its records can be proven."""
    with store.steady(ledger):
        text = store.present(ledger).text
        store.keep_checkpoint(ledger.db, Note(text, (sign(text, key),)))


def _clock() -> Callable[[], datetime]:
    """Return a clock that begins at the instant the story file gives and goes on by a minute a look."""
    told = outline(read_yaml(read_text(seed()), str(seed()))).recorded
    if told is None:
        raise InputError("The example story does not say when it was recorded.", where=str(seed()))
    start, looks = datetime.fromisoformat(told), count()
    return lambda: start + timedelta(minutes=next(looks))


def _entropy() -> Callable[[int], bytes]:
    """Return a source of bytes that look random and are the same every time."""
    drawn = 0

    def draw(size: int) -> bytes:
        nonlocal drawn
        drawn += 1
        return sha256(PUBLIC_CONSTANT + drawn.to_bytes(8)).digest()[:size]

    return draw


def _role(path: Path) -> str:
    with store.open_ledger(path) as ledger:
        return ledger.role
