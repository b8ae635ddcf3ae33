"""One question: is this merged file intact, and every ledger in it? It says nothing about whether claims are true."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import attrs

from .. import store, wire
from ..audit import AuditReport, Problem, ProblemCode
from ..audit.report import FAULTS, Notebook
from ..errors import LedgerError
from ..log import Checkpoint
from ..sqlite import sqlite3
from ..store import merged
from ..store.merged import Member, MemberHead, MergedFile, open_merged
from .adding import Vouchers, root_at
from .heads import checkpoint_of
from .indexing import index_alike, index_member

UNKEPT = (
    "No checkpoint of this file that was kept elsewhere was given: that whoever holds its key left a ledger out, or "
    "put an older copy back, is not excluded."
)
UNHELD = "Whether the log keys of {} are those of the newsrooms: hold each to the key that you got from it, with --key."
LATER = "Whether a newsroom's log went on since its copy came in."
NO_TRUTH = "Says nothing about whether claims are true, nor which of two newsrooms is right."

Progress = Callable[[str, int, int], None]
"""Is told (origin, ledgers verified, ledgers in all)."""


@attrs.frozen
class MergedReport:
    """What was recomputed from a merged file and how it compares with what the file says.

    `heads` counts the copies that ever came in and `root` (hex) is theirs, recomputed; `members` are the reports on
    the ledgers in it, in the order of their origins. `problems` are all there are, those of members with their origin.
    """

    path: Path
    name: str
    heads: int
    root: str
    members: tuple[AuditReport, ...]
    problems: tuple[Problem, ...]
    covered: tuple[str, ...]
    not_established: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether something was verified and nothing is wrong with it."""
        return bool(self.members) and not self.problems


def verify(
    path: Path, *, vouchers: Vouchers | None = None, progress: Progress = lambda origin, done, total: None
) -> MergedReport:
    """Recompute everything in a merged file, every ledger as what it is, and return what does not hold.

    The file is read only. What is known from elsewhere holds the ledger of its origin to it, or the file itself where
    it bears the file's name. Raises InputError if the file is no merged one, or has no ledger of a name that is
    vouched for; DamagedLedger if it cannot be opened.
    """
    notebook = Notebook()
    with store.faults_told(path), open_merged(path) as file, store.scratch_folder() as room:
        audit = _MergedAudit(file, room, vouchers or Vouchers(), notebook)
        with notebook.reading("the merged file"):
            audit.run(progress)
    return audit.report()


class _MergedAudit:
    """Looks at one merged file; `members` are the reports on the ledgers in it so far."""

    def __init__(self, file: MergedFile, room: Path, vouchers: Vouchers, notebook: Notebook) -> None:
        self._file = file
        self._room = room
        self._vouchers = vouchers
        self._notebook = notebook
        self._heads: list[MemberHead] = []
        self._said: list[str] = []
        self._members: list[AuditReport] = []
        self._found: list[Problem] = []

    def run(self, progress: Progress) -> None:
        """Look at everything."""
        self._check_file()
        self._check_heads()
        members = self._present()
        origins = [one.head.origin for one in members]
        unheld = len(origins) - len({key.name for key in self._vouchers.keys} & {*origins})
        if unheld:
            whose = f"{unheld} of the {len(origins)} ledgers" if unheld < len(origins) else "the ledgers"
            self._notebook.open.append(UNHELD.format(whose))
        self._vouchers.require_used({self._file.name, *origins})
        with closing(merged.index_on_scratch()) as anew:
            anew.execute("BEGIN")
            whole = True
            for done, member in enumerate(members):
                progress(member.head.origin, done, len(members))
                whole &= self._check_member(member, anew)
            progress("", len(members), len(members))
            if whole:
                index_alike(anew)
                self._compare(anew)

    def report(self) -> MergedReport:
        """Return what was found."""
        root = checkpoint_of(self._file.name, self._said).root.hex() if self._said else ""
        return MergedReport(
            path=self._file.path,
            name=self._file.name,
            heads=len(self._said),
            root=root,
            members=tuple(self._members),
            problems=(*self._notebook.problems(), *self._found),
            covered=tuple(self._notebook.covered),
            not_established=(*self._notebook.open, LATER, NO_TRUTH) if self._members else ("Nothing was verified.",),
        )

    def _check_file(self) -> None:
        """Compare what the file defines, and have SQLite look at its pages."""
        with closing(sqlite3.connect(":memory:")) as sound:
            for sql in merged.TABLES.values():
                sound.execute(sql)
            due, there = _defined(sound), _defined(self._file.db)
        for name in sorted(due.keys() | there.keys()):
            if due.get(name) != there.get(name):
                lacks = ProblemCode.DEFINITION_MISSING if name not in there else ProblemCode.DEFINITION_CHANGED
                code = ProblemCode.DEFINITION_UNKNOWN if name not in due else lacks
                self._notebook.add(code, f"{name} is not as merged files have it.", table=name)
        for (line,) in self._file.db.execute("PRAGMA integrity_check(20)"):
            if line != "ok":
                self._notebook.add(ProblemCode.STRUCTURE, f"SQLite finds a fault: {line}.")

    def _check_heads(self) -> None:
        """Recompute the log of heads, and hold it to the checkpoint in the file and to those kept elsewhere."""
        file, add = self._file, self._notebook.add
        self._said = file.heads()
        for number, said in enumerate(self._said):
            try:
                head = MemberHead.read(said)
            except wire.NotCanonical:
                add(ProblemCode.HEADS, f"Head {number} is none.", table="head")
                continue
            before = [one for one in self._heads if one.origin == head.origin]
            if before and (before[-1].ledger != head.ledger or before[-1].size >= head.size):
                add(ProblemCode.HEADS, f"Head {number} does not go on from the one before it.", member=head.origin)
            self._heads.append(head)
        if not file.note.signed_by(file.key):
            add(ProblemCode.HEADS, "The checkpoint of the heads is not signed by the key of this file.")
        if file.note.text != checkpoint_of(file.name, self._said).text:
            add(ProblemCode.HEADS, f"The {len(self._said)} heads are not those that the checkpoint was made of.")
        for key in self._vouchers.keys:
            if key.name == file.name and key != file.key:
                add(ProblemCode.LOG_KEY, f"This file names another key than {key}.")
        self._notebook.checked(len(self._said), "heads of copies that came in, against the signed checkpoint")
        self._check_kept()

    def _check_kept(self) -> None:
        """Hold the heads to checkpoints of this file that were kept elsewhere."""
        kept = [one for one in self._vouchers.checkpoints if Checkpoint.read(one.note.text).origin == self._file.name]
        for one in kept:
            said = Checkpoint.read(one.note.text)
            if not one.note.signed_by(self._file.key):
                self._notebook.add(
                    ProblemCode.CHECKPOINT_SIGNATURE, f"The checkpoint {one.where} is not signed by this file's key."
                )
            elif said.size > len(self._said):
                self._notebook.add(
                    ProblemCode.CUT, f"The checkpoint {one.where} is of {said.size} heads; there are {len(self._said)}."
                )
            elif checkpoint_of(said.origin, self._said[: said.size]) != said:
                self._notebook.add(
                    ProblemCode.REWRITTEN,
                    f"The first {said.size} heads are not those that the checkpoint {one.where} was made of.",
                )
        if kept:
            self._notebook.checked(len(kept), "checkpoints of this file kept elsewhere")
        else:
            self._notebook.open.append(UNKEPT)

    def _present(self) -> list[Member]:
        """Return the ledgers that are to be in the file, once it was noted where the file says otherwise."""
        last = {head.origin: head for head in self._heads}
        due = [Member(number, last[origin]) for number, origin in enumerate(sorted(last))]
        numbers = {head.said: number for number, head in enumerate(self._heads)}
        wanted = [(one.number, one.head.origin, numbers[one.head.said]) for one in due]
        if self._file.db.execute("SELECT number, origin, head FROM member ORDER BY number").fetchall() != wanted:
            self._notebook.add(ProblemCode.HEADS, "The list of ledgers does not follow from the heads.", table="member")
        strange = self._file.db.execute(f"SELECT count(*) FROM part WHERE member NOT BETWEEN 0 AND {len(due) - 1}")
        if strange.fetchone()[0]:
            self._notebook.add(ProblemCode.MEMBER_CHANGED, "It holds bytes of no ledger.", table="part")
        return due

    def _check_member(self, member: Member, anew: sqlite3.Connection) -> bool:
        """Verify one ledger and index it anew; return whether that was possible."""
        head, copy = member.head, self._room / f"{member.number}.db"
        digest = sha256()
        with copy.open("xb") as file:
            for piece in self._file.pieces(member.number):
                digest.update(piece)
                file.write(piece)
        try:
            if digest.hexdigest() != head.sha256:
                what = "is gone" if copy.stat().st_size == 0 else "is not the one that came in last"
                self._found.append(
                    Problem(code=ProblemCode.MEMBER_CHANGED, message=f"The copy {what}.", member=head.origin)
                )
            report = self._vouchers.audit(copy, head.origin)
            self._members.append(report)
            self._found += [attrs.evolve(problem, member=head.origin) for problem in report.problems]
            if not report.sound:
                return False
            self._check_history(head, report, copy)
            index_member(anew, member.number, copy)
        except (LedgerError, *FAULTS) as error:
            self._found.append(Problem(code=ProblemCode.UNREADABLE, message=str(error), member=head.origin))
            return False
        finally:
            copy.unlink()
        return True

    def _check_history(self, head: MemberHead, report: AuditReport, copy: Path) -> None:
        """Note it if a ledger's log is not the one of its head, or does not begin with those that came in before."""
        if (report.origin, report.size, report.root) != (head.origin, head.size, head.root):
            said = f"It has {report.size:,} entries of {report.origin}; the one that came in had {head.size:,}."
            self._found.append(Problem(code=ProblemCode.MEMBER_CHANGED, message=said, member=head.origin))
        for before in self._heads:
            if before.origin == head.origin and before.size < report.size and root_at(copy, before.size) != before.root:
                said = f"Its first {before.size:,} entries are not those that came in before."
                self._found.append(Problem(code=ProblemCode.REWRITTEN, message=said, member=head.origin))
        self._notebook.covered.append(
            f"{head.origin}: {report.size:,} entries, root {report.root}, "
            + (f"{head.signed:,} of them signed by its log key" if head.signed else "signed by nobody")
        )

    def _compare(self, anew: sqlite3.Connection) -> None:
        """Note every row of the index that the ledgers do not give, or that it lacks."""
        compared = 0
        for table, columns in merged.INDEX.items():
            sql = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {', '.join(columns)}"
            with self._notebook.reading(table):
                for there, due in _side_by_side(self._file.db.execute(sql), anew.execute(sql)):
                    compared += 1
                    if there != due:
                        wrong = f"{_shown(there)} does not follow" if there else f"{_shown(due)} is missing"
                        self._notebook.add(ProblemCode.INDEX_CHANGED, f"{wrong}.", table=table)
        self._notebook.checked(compared, "rows of the index, made anew from the ledgers")


def _side_by_side(
    there: sqlite3.Cursor, due: sqlite3.Cursor
) -> Iterator[tuple[Sequence[object] | None, Sequence[object] | None]]:
    """Yield the rows of two sorted answers in pairs; of a row that only one has, the other is None."""
    one, other = next(there, None), next(due, None)
    while one is not None or other is not None:
        if one == other:
            yield one, other
            one, other = next(there, None), next(due, None)
        elif other is None or (one is not None and _order(one) < _order(other)):
            yield one, None
            one = next(there, None)
        else:
            yield None, other
            other = next(due, None)


def _order(row: Sequence[object]) -> tuple[tuple[int, bytes], ...]:
    """Return by what SQLite puts rows of numbers and texts in order."""
    return tuple((one, b"") if isinstance(one, int) else (0, str(one).encode()) for one in row)


def _shown(row: Sequence[object] | None) -> str:
    text = ", ".join(str(cell) for cell in row or ())
    return f"({text[:100]}{'...' if len(text) > 100 else ''})"


def _defined(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return name -> (kind, SQL) of what a file defines; the indexes that SQLite makes by itself have no SQL."""
    found = db.execute("SELECT name, type, coalesce(sql, '') FROM sqlite_master")
    return {name: (kind, " ".join(sql.split())) for name, kind, sql in found}
