"""One run of `publish site`: whether there is anything to do, where the copy lies meanwhile, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import attrs

from ... import store, trust
from ...errors import InputError
from ...log import Checkpoint, Note
from ...store import AffectedPages, Ledger, StoredTree, queries
from .beside import CHECKPOINT
from .folder import DOWNLOADS, SiteFolder
from .manifest import Manifest
from .options import SiteOptions
from .pictures import require_browser


@attrs.frozen
class SiteRun:
    """A run that has something to do: put the copy at `copy`, then `write`, then `finish`, which shows the site."""

    folder: SiteFolder
    ledger: Ledger
    options: SiteOptions
    anew: bool

    @property
    def copy(self) -> Path:
        """Where the published copy is to lie; nothing else may lie there."""
        return self.folder.beside / ".data" / "ledger.db"

    def write(self, *, left_out: Iterable[str]) -> None:
        """Write everything beside; `left_out` is what readers are told is not in it, in sentences."""
        from .write import write_site

        with store.open_ledger(self.copy) as copy:
            affected = self._affected(copy)
            self.folder.head = queries.head(copy.db)
        write_site(self.folder, self.copy, self.options, affected=affected, left_out=left_out)

    def finish(self) -> int:
        """Put everything in its place, remember what it was made of, and return how many files were removed."""
        head = self.folder.head
        assert head is not None
        self.folder.take_data(self.copy.parent)
        made = Manifest(
            ledger=self.ledger.id,
            made_by=self.options.made_by,
            size=head.size,
            root=head.root.hex(),
            state=state(self.ledger),
        )
        return self.folder.finish(made)

    def _affected(self, copy: Ledger) -> AffectedPages | None:
        """Return whose pages are to be made anew; None: everybody's."""
        before = self.folder.before
        if before is None or self.anew or not self.folder.trusted or before.made_by != self.options.made_by:
            return None
        size = queries.head(copy.db).size
        if before.size > size or StoredTree(copy.db).root(before.size).hex() != before.root:
            return None
        if self._signed_only_now(copy, before.size):
            return None
        return store.affected_since(copy.db, before.size)

    def _signed_only_now(self, copy: Ledger, size: int) -> bool:
        """Return whether some of the first entries are covered by a checkpoint that the site did not have."""
        before: list[Note] = []
        with suppress(InputError):
            before.append(trust.read_checkpoint(self.folder.path / DOWNLOADS / CHECKPOINT))
        return min(size, _covered(store.checkpoints(copy.db))) > _covered(before)


def _covered(notes: Iterable[Note]) -> int:
    return max((Checkpoint.read(note.text).size for note in notes), default=0)


def state(ledger: Ledger) -> str:
    """Return what changes with whatever is entered or signed."""
    head = queries.head(ledger.db)
    return f"{head.size} {head.root.hex()} {len(store.checkpoints(ledger.db))}"


def publish_into(folder: SiteFolder, ledger: Ledger, options: SiteOptions, *, anew: bool = False) -> SiteRun | None:
    """Begin to write a ledger's site; None if it is there already, as it would be written now.

    Raises InputError if the folder is the site of another ledger, EnvironmentFault if nothing can draw cards.
    """
    if not begun(folder, ledger.id, options, state(ledger), anew=anew):
        return None
    run = SiteRun(folder, ledger, options, anew)
    run.copy.parent.mkdir()
    return run


def begun(folder: SiteFolder, ledger: str, options: SiteOptions, state: str, *, anew: bool) -> bool:
    """Return whether there is anything to write.

    Raises InputError if the folder is the site of another ledger, EnvironmentFault if nothing can draw cards.
    """
    before = folder.before
    if before is not None and before.ledger != ledger:
        hint = "Publish into a folder of its own; nothing was written."
        raise InputError("This is the site of another ledger.", where=str(folder.path), hint=hint)
    same = before is not None and (before.made_by, before.state) == (options.made_by, state)
    due = anew or not same or not folder.is_whole()
    if due and options.cards:
        require_browser()  # before anything is written
    return due
