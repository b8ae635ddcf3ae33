"""A ledger begins: its file, its key, entry 0, and the person who begins it."""

from __future__ import annotations

from pathlib import Path

from .. import rules, store
from ..errors import EnvironmentFault, LedgerError
from ..log import Environment, VerifierKey
from ..model import Agent
from ..store import Draft, durable
from . import keys
from .book import Book


def start(
    path: Path, *, origin: str, person: str, environment: Environment | None = None, public: bytes | None = None
) -> Book:
    """Make a ledger: its file, its log key, entry 0, and the person who begins it as entry 1.

    With `public`, the 32 bytes of an Ed25519 key, the log is signed by whoever holds that, and no key is made.
    Raises InputError if the origin or name may not be used, EnvironmentFault if the path is taken.
    """
    environment = environment or Environment()
    keys.require_origin(origin)
    ledger_id, owner = environment.uid(), environment.uid()
    agent = Agent(uid=owner, handle=rules.slug(person) or "owner", name=person)
    rules.require_enterable(agent)
    key = keys.make(origin, environment) if public is None else None
    verifier = key.verifier if key is not None else VerifierKey(origin, public or b"")
    if path.exists():
        raise EnvironmentFault(f"{path} already exists.", hint="Choose another name; nothing was changed.")
    beside = path.with_name(path.name + ".part")  # a ledger is there with its first entries, or not at all
    store.discard(beside)
    try:
        with store.create_file(beside, environment=environment) as ledger:
            store.append(ledger, opening(ledger_id, origin, str(verifier), agent), actor=owner)
        store.require_whole(beside)
        if key is not None:
            keys.keep(key, ledger_id)
        durable.settle(beside, path)
    except LedgerError:
        raise
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {path}: {error.strerror}.", hint="No ledger was begun.") from None
    finally:
        store.discard(beside)
    try:
        return Book(store.open_ledger(path, write=True, environment=environment))
    except EnvironmentFault as error:
        raise EnvironmentFault(f"{path} was begun, but: {error.message}", hint="Run: factledger doctor") from None


def opening(ledger_id: str, origin: str, verifier: str, owner: Agent) -> tuple[Draft, ...]:
    """Return the first drafts of a ledger: entry 0 with its origin and log key, and its owner."""
    begin = {"format": store.FORMAT, "log_key": verifier, "origin": origin}
    return (
        Draft(store.INIT, ledger_id, begin),
        Draft(f"{Agent.KIND}.{store.ADD}", owner.uid, store.body_of(owner)),
    )
