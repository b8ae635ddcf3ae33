"""Merging: published copies become members of one file, each verified first; all that is accepted enters, or nothing.

The file is written anew beside and takes its place in one step, so that whoever reads it has the old one or the new,
and no byte of a copy that was replaced is left in it. Where nothing is new, nothing is written.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from hashlib import file_digest, sha256
from itertools import count
from pathlib import Path

import attrs

from .. import audit, store
from ..audit import OutsideCheckpoint
from ..book import keys
from ..errors import DamagedLedger, InputError, LedgerError, reading_file
from ..log import Checkpoint, Environment, Note, SignerKey, VerifierKey
from ..store import StoredTree, queries
from ..store.durable import settle
from ..store.merged import (
    MemberHead,
    MergedFile,
    create_merged,
    is_merged,
    open_merged,
    put_heads,
    put_merged,
    put_parts,
)
from .heads import remember, require_signed, signed, signer
from .indexing import index_alike, index_member

READ = 1 << 20
"""Bytes of a copy that are read at once."""


@attrs.frozen
class RefusedCopy:
    """A copy that was not taken: its path, its origin where that is known, and why."""

    path: Path
    origin: str
    fault: LedgerError


@attrs.frozen
class MergeOutcome:
    """What a merge did: which ledgers came in, went on (the head before, the head now), stayed as they were.

    `members` are all that are in the file now, `note` the checkpoint of its heads; of a file that is not there, ().
    `alike` counts pairs of claims.
    """

    added: tuple[MemberHead, ...] = ()
    newer: tuple[tuple[MemberHead, MemberHead], ...] = ()
    unchanged: tuple[tuple[Path, MemberHead], ...] = ()
    refused: tuple[RefusedCopy, ...] = ()
    members: tuple[MemberHead, ...] = ()
    note: Note | None = None
    alike: int = 0


@attrs.frozen
class Vouchers:
    """What the caller knows of the origins from elsewhere: their log keys, and checkpoints."""

    keys: tuple[VerifierKey, ...] = ()
    checkpoints: tuple[OutsideCheckpoint, ...] = ()

    def audit(self, path: Path, origin: str) -> audit.AuditReport:
        """Verify the copy of an origin, held to what is known of it."""
        return audit.verify(
            path,
            keys=[one for one in self.keys if one.name == origin],
            checkpoints=[one for one in self.checkpoints if Checkpoint.read(one.note.text).origin == origin],
            archive=False,
        )

    def require_used(self, names: Container[str]) -> None:
        """Raise InputError if a key or a checkpoint is of nobody among these names: it would hold nothing."""
        given = [one.name for one in self.keys]
        given += [Checkpoint.read(one.note.text).origin for one in self.checkpoints]
        for name in given:
            if name not in names:
                hint = "A key begins with the name of its ledger. Nothing was written."
                raise InputError(f"There is no ledger {name} here to hold to this.", where="--key", hint=hint)


def merge(
    out: Path,
    copies: Sequence[Path],
    *,
    name: str = "",
    vouchers: Vouchers | None = None,
    environment: Environment | None = None,
) -> MergeOutcome:
    """Take published copies into the merged file `out`, which is made if it is not there; return what came of each.

    A copy that cannot be taken is among the refused, and the others are merged. `name` is what a new file is called;
    its key is made then and kept in the key folder, and each merge is signed with it. Raises InputError if `out` is
    something else, DamagedLedger if it is not as it was signed, EnvironmentFault if its key is not here.
    """
    if not out.parent.is_dir():
        raise InputError(f"There is no folder {out.parent}.", where=str(out), hint="Make it first.")
    if out.exists() and not is_merged(out):
        hint = "Name a new file first, then the copies; nothing was written."
        raise InputError("This is there already, and is no merged file.", where=str(out), hint=hint)
    with store.exclusive(out), store.faults_told(out), _opened(out) as before, store.scratch_folder(out.parent) as room:
        merging = _Merging(out, before, room, vouchers or Vouchers())
        for copy in dict.fromkeys(copies):
            merging.take(copy)
        return merging.finish(name, environment or Environment())


@contextmanager
def _opened(out: Path) -> Iterator[MergedFile | None]:
    if not out.exists():
        yield None
        return
    with open_merged(out) as file:
        yield file


class _Merging:
    """One merge: what is in the file, and what the copies make of it."""

    def __init__(self, out: Path, before: MergedFile | None, room: Path, vouchers: Vouchers) -> None:
        self._out = out
        self._before = before
        self._room = room
        self._vouchers = vouchers
        self._heads = require_signed(before) if before is not None else []
        self._was = {one.head.origin: one for one in before.members()} if before is not None else {}
        self._now: dict[str, MemberHead] = {origin: one.head for origin, one in self._was.items()}
        self._files: dict[str, Path] = {}
        self._unchanged: list[tuple[Path, MemberHead]] = []
        self._refused: list[RefusedCopy] = []
        self._numbers = count()

    def take(self, copy: Path) -> None:
        """Verify a copy and keep it, or note why not."""
        origin = ""
        try:
            if copy.resolve() == self._out.resolve():
                raise InputError("This is the file to merge into.", where=str(copy), hint="Name the copies behind it.")
            origin, ledger = _introduced(copy)
            self._require_alone(copy, origin, ledger)
            self._take(copy, origin, ledger)
        except LedgerError as fault:
            self._refused.append(RefusedCopy(copy, origin, fault))

    def _require_alone(self, copy: Path, origin: str, ledger: str) -> None:
        """Raise InputError if another ledger bears the origin, or the same ledger another origin."""
        there = self._now.get(origin)
        if there is not None and there.ledger != ledger:
            raise InputError(
                f"Another ledger is {origin} here already.",
                where=str(copy),
                hint="Ask the newsroom which one is theirs; one origin is one ledger.",
            )
        other = next((one for one in self._now.values() if one.ledger == ledger and one.origin != origin), None)
        if other is not None:
            raise InputError(
                f"This says it is {origin}; the same ledger is here as {other.origin}.",
                where=str(copy),
                hint="A ledger keeps its origin: one of the two copies was changed.",
            )

    def _take(self, copy: Path, origin: str, ledger: str) -> None:
        there = self._now.get(origin)
        if there is not None and _digest(copy) == there.sha256:
            self._unchanged.append((copy, there))
            return
        kept = self._room / f"{next(self._numbers)}.db"
        digest = _copied(copy, kept)
        try:
            head = self._verified(copy, kept, digest)
            if (head.origin, head.ledger) != (origin, ledger):
                raise DamagedLedger("It was changed while it was read.", where=str(copy), hint="Merge it again.")
            newer = there is None or self._goes_on(copy, kept, there, head)
        except LedgerError:
            kept.unlink()
            raise
        if newer:
            self._now[origin], self._files[origin] = head, kept
        else:
            assert there is not None
            self._unchanged.append((copy, there))
            kept.unlink()

    def _verified(self, copy: Path, kept: Path, digest: str) -> MemberHead:
        """Return the head of a copy that is sound; raise DamagedLedger with the first thing that does not hold."""
        report = self._vouchers.audit(kept, _introduced(kept)[0])
        if not report.sound:
            problem = report.problems[0]
            place = "" if problem.where == "the file" else f"{problem.where[:1].upper()}{problem.where[1:]}: "
            raise DamagedLedger(f"{place}{problem.message}", where=str(copy), hint="Ask for another copy.")
        with store.open_ledger(kept) as opened:
            covered = max((Checkpoint.read(note.text).size for note in store.checkpoints(opened.db)), default=0)
            return MemberHead(report.origin, opened.id, report.size, report.root, digest, covered)

    def _goes_on(self, copy: Path, kept: Path, there: MemberHead, head: MemberHead) -> bool:
        """Return whether a copy is longer than the one that is here; raise unless one log begins with the other."""
        if head.size >= there.size:
            begins = root_at(kept, there.size) == there.root
        else:
            with self._copy_of(there) as path:
                begins = root_at(path, head.size) == head.root
        if not begins:
            raise DamagedLedger(
                f"Its log does not go on from the {there.size:,} entries of {there.origin} that are here.",
                where=str(copy),
                hint="One of the two histories was rewritten. Ask the newsroom, and hold it to its checkpoints.",
            )
        return head.size > there.size

    @contextmanager
    def _copy_of(self, head: MemberHead) -> Iterator[Path]:
        """Have the copy of a member as a file: one that comes in now, or out of the file that was there."""
        if head.origin in self._files:
            yield self._files[head.origin]
            return
        assert self._before is not None
        path = self._room / "member"
        self._before.take_out(self._was[head.origin], path)
        try:
            yield path
        finally:
            path.unlink()

    def finish(self, name: str, environment: Environment) -> MergeOutcome:
        """Write the file if anything is new, and say what was done."""
        name = self._before.name if self._before is not None else name or self._out.stem
        self._vouchers.require_used({name, *self._now, *(one.origin for one in self._refused)})
        outcome = MergeOutcome(
            unchanged=tuple(self._unchanged),
            refused=tuple(self._refused),
            members=tuple(self._now[origin] for origin in sorted(self._now)),
            note=self._before.note if self._before is not None else None,
            alike=self._before.alike(each=1).total if self._before is not None else 0,
        )
        if not self._files:
            return outcome
        uid, key, fresh = self._key(name, environment)
        fresh_heads = [self._now[origin] for origin in sorted(self._files)]
        heads = [*self._heads, *(one.said for one in fresh_heads)]
        note = signed(uid, key, heads)
        if fresh:
            keys.keep(key, uid)
        pairs = self._write(uid, key, heads, note)
        remember(uid, note)
        return attrs.evolve(
            outcome,
            added=tuple(one for one in fresh_heads if one.origin not in self._was),
            newer=tuple((self._was[one.origin].head, one) for one in fresh_heads if one.origin in self._was),
            note=note,
            alike=pairs,
        )

    def _key(self, name: str, environment: Environment) -> tuple[str, SignerKey, bool]:
        """Return the uid and the key of the file, and whether they are new."""
        if self._before is not None:
            return self._before.uid, signer(self._before), False
        keys.require_origin(name)
        return environment.uid(), keys.make(name, environment), True

    def _write(self, uid: str, key: SignerKey, heads: Sequence[str], note: Note) -> int:
        """Write the whole file beside, put it in its place, and return how many pairs of claims are alike."""
        beside = self._room / "merged"
        db = create_merged(beside)
        try:
            put_heads(db, heads)
            for number, origin in enumerate(sorted(self._now)):
                with self._copy_of(self._now[origin]) as copy:
                    put_parts(db, number, copy)
                    index_member(db, number, copy)
            index_alike(db)
            put_merged(db, uid, key.name, key.verifier, note)
            db.execute("COMMIT")
        finally:
            db.close()
        with open_merged(beside) as made:
            pairs = made.alike(each=1).total
        settle(beside, self._out)
        return pairs


def root_at(copy: Path, size: int) -> str:
    """Return the root (hex) that the log of a copy had when it was so long; the copy was verified."""
    with store.open_ledger(copy) as ledger:
        return StoredTree(ledger.db).root(size).hex()


def _introduced(copy: Path) -> tuple[str, str]:
    """Return the origin and the id that a copy says it has; raise unless it is a published copy, in one file."""
    if not copy.exists():
        raise InputError("There is no such file.", where=str(copy), hint="Check the name.")
    if not copy.is_file():
        raise InputError("This is no file.", where=str(copy), hint="Name the published copies, each by itself.")
    if is_merged(copy):
        hint = f"Take the ledgers out of it, and merge those: factledger -d {copy} extract ORIGIN FILE"
        raise InputError("This is a merged file, not a newsroom's own copy.", where=str(copy), hint=hint)
    with store.faults_told(copy), store.open_file(copy, current=True) as ledger:
        if ledger.role == "working":
            raise InputError(
                "This is a desk's own ledger, not a published copy: what is withheld may be in it.",
                where=str(copy),
                hint=f"Publish it first: factledger -d {copy} publish copy FILE",
            )
        origin, ledger_id = queries.origin(ledger.db), ledger.id
    beside = copy.resolve().with_name(copy.resolve().name + "-wal")
    if beside.exists() and beside.stat().st_size:
        hint = "Have it published anew; a published copy is one file."
        raise DamagedLedger(f"Part of it lies in {beside.name}.", where=str(copy), hint=hint)
    return origin, ledger_id


def _digest(path: Path) -> str:
    with reading_file(path), path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _copied(copy: Path, to: Path) -> str:
    """Copy a file's bytes, so that what is verified is what goes in, and return their SHA-256 (hex)."""
    digest = sha256()
    with reading_file(copy), copy.open("rb") as read, to.open("xb") as written:
        while piece := read.read(READ):
            digest.update(piece)
            written.write(piece)
    return digest.hexdigest()
