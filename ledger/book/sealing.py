"""Sealing at entry: a protected name never enters the ledger, only a salted commitment to it.

The words and the salt stay with the person, in the key folder, and can be shown later to whom they
choose, with a proof that these are the words that were sealed.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

import attrs

from .. import rules, wire
from ..errors import EnvironmentFault, InputError
from ..log import Environment, commit
from ..log.entry import SALT_BYTES
from ..log.sheet import Opening
from ..model import SEALED, Agent, Anchor, Evidence, Record, Seal, Source
from . import keys

R = TypeVar("R", bound=Record)

FIELDS: dict[type[Record], tuple[str, ...]] = {
    Agent: ("name", "note"),
    Source: ("title", "url", "note"),
    Evidence: ("anchor", "original", "note"),
}


@attrs.frozen
class Sealing:
    """Which fields of a record to seal, and why, in words that readers see."""

    fields: tuple[str, ...]
    because: str


def seal(record: R, sealing: Sealing, environment: Environment) -> tuple[R, tuple[Opening, ...]]:
    """Return a record without the words of these fields, and what opens them.

    The words are tested as if they entered. Of a quotation its place goes with them: it leads to the words.
    """
    rules.require_enterable(record)
    rules.require_text(sealing.because, "reason", "reason")
    openings, changes = [], dict[str, object]()
    for field in sealing.fields:
        value = getattr(record, field, None)
        if (
            field not in FIELDS.get(type(record), ())
            or value is None
            or (isinstance(value, Anchor) and not value.exact)
        ):
            raise InputError(f"There is no {field} to seal.", where=record.KIND, hint="Give it, or leave out the seal.")
        words = value.exact if isinstance(value, Anchor) else str(value)
        openings.append(Opening(field, words, environment.entropy(SALT_BYTES)))
        changes[field] = Anchor(SEALED, language=value.language) if isinstance(value, Anchor) else SEALED
    seals = tuple(Seal(one.field, commit(one.salt, one.words), sealing.because) for one in openings)
    sealed: R = attrs.evolve(cast("Any", record), seals=seals, **changes)
    return sealed, tuple(openings)


def keep(ledger_id: str, uid: str, openings: tuple[Opening, ...]) -> Path:
    """Write what opens a record's seals to the key folder, before the record enters; return the file."""
    path = _folder(ledger_id) / f"{uid}.json"
    said = [{"field": one.field, "words": one.words, "salt": one.salt.hex()} for one in openings]
    keys.write_new(path, json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    return path


def words(ledger_id: str) -> tuple[str, ...]:
    """Return all words of this ledger that this user sealed."""
    uids = [path.stem for path in sorted(_folder(ledger_id).glob("*.json"))]
    return tuple(opening.words for uid in uids for opening in kept(ledger_id, uid))


def require_unsealed(record: Record, sealed: Sequence[str]) -> None:
    """Raise InputError if a record would bring sealed words into the ledger after all."""
    if not sealed:
        return
    text = _even(wire.dumps(wire.unstructure(record)))
    for one in sealed:
        if _even(json.dumps(one, ensure_ascii=False)[1:-1]) in text:
            raise InputError(
                "This holds words that are sealed.", where=record.KIND, hint="Leave them out; name the sealed record."
            )


def _even(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _folder(ledger_id: str) -> Path:
    return keys.folder() / f"{ledger_id}.seals"


def kept(ledger_id: str, uid: str) -> tuple[Opening, ...]:
    """Return what opens a record's seals; empty if it is not kept here."""
    path = _folder(ledger_id) / f"{uid}.json"
    if not path.exists():
        return ()
    try:
        said = json.loads(path.read_text("utf-8"))
        return tuple(Opening(one["field"], one["words"], bytes.fromhex(one["salt"])) for one in said)
    except (OSError, ValueError, KeyError, TypeError):
        raise EnvironmentFault(f"{path} does not hold what opens a seal.", hint="Restore it from your copy.") from None
