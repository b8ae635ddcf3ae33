"""Commands about many newsrooms in one file: merge, extract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import merged, store, trust
from ..errors import InputError
from ..log import Checkpoint
from ..store.durable import settle
from ..store.merged import MemberHead, open_merged
from ..views import words
from .frame import CLEAN, DAMAGED, SURROUNDINGS, USAGE, command, ledger_path, one_line, say
from .prove import FILE, key_of

if TYPE_CHECKING:
    from ..merged import MergeOutcome, Vouchers

GRAVEST = (DAMAGED, SURROUNDINGS, USAGE)
"""The exit codes of refused copies, the gravest first."""


def vouchers_of(given: tuple[str, ...], kept: tuple[Path, ...]) -> Vouchers:
    """Return what a call says of origins: keys as text or files, and files of checkpoints."""
    from ..audit import OutsideCheckpoint

    return merged.Vouchers(
        keys=tuple(key_of(text, "--key") for text in given),
        checkpoints=tuple(OutsideCheckpoint(str(path), trust.read_checkpoint(path)) for path in kept),
    )


@command()
@click.argument("out", type=FILE)
@click.argument("copies", type=FILE, nargs=-1, required=True, metavar="COPY...")
@click.option("--name", default="", metavar="NAME", help="What a new file is called [default: as OUT is].")
@click.option("--key", "given", multiple=True, metavar="KEY", help="A newsroom's verifier key, got from it.")
@click.option("--checkpoint", "kept", type=FILE, multiple=True, metavar="FILE", help="A newsroom's, kept elsewhere.")
def merge(out: Path, copies: tuple[Path, ...], name: str, given: tuple[str, ...], kept: tuple[Path, ...]) -> int:
    """Bring published copies of several newsrooms into one read-only file, OUT, each whole and unchanged.

    Each copy is verified first. A later copy takes the place of the one that is there if its log goes on from it; the
    same copy again changes nothing. Records are named ORIGIN/ID; claims of two newsrooms that share most of their
    words are linked, and stand side by side. A copy that cannot be taken is named, and the others are merged;
    the exit code is then 3 if it was damaged, 2 if it is none that can be merged.

    Example: factledger merge all.db harbour.db tribune.db --name facts.example.org
    """
    outcome = merged.merge(out, copies, name=name, vouchers=vouchers_of(given, kept))
    _tell(out, outcome)
    codes = {refused.fault.exit_code for refused in outcome.refused}
    return next((code for code in GRAVEST if code in codes), USAGE if codes else CLEAN)


def _tell(out: Path, outcome: MergeOutcome) -> None:
    for refused in outcome.refused:
        origin = f" ({refused.origin})" if refused.origin else ""
        where = "" if refused.fault.where == str(refused.path) else f"{refused.path}: "
        say(f"REFUSED   {where}{one_line(str(refused.fault))}{origin}")
    for head in outcome.added:
        say(f"Added     {_told(head)}")
    for before, head in outcome.newer:
        say(f"Newer     {_told(head)}; before it had {before.size:,}")
    for path, head in outcome.unchanged:
        say(f"There     {head.origin}: {path} has nothing that is not in {out}.")
    if not outcome.members:
        say("Nothing was written.")
        return
    if not outcome.added and not outcome.newer:
        say(f"Unchanged {out}: {words.count(len(outcome.members), 'ledger')}, nothing added.")
        return
    assert outcome.note is not None
    said = Checkpoint.read(outcome.note.text)
    say(f"Merged    {out}: {words.count(len(outcome.members), 'ledger')} as {said.origin}, each verified.")
    say(f"Alike     {words.count(outcome.alike, 'pair')} of claims of two newsrooms: factledger -d {out} list alike")
    say(f"Signed    {words.count(said.size, 'head')}. Keep it elsewhere: factledger -d {out} checkpoint -o FILE")
    say(f"Browse    factledger -d {out} serve")


def _told(head: MemberHead) -> str:
    by = "all signed by its log key" if head.signed == head.size else f"{head.signed:,} of them signed by its log key"
    return f"{head.origin}: {words.count(head.size, 'entry', 'entries')}, {by if head.signed else 'signed by nobody'}"


@command()
@click.argument("origin")
@click.argument("target", type=FILE, metavar="FILE")
def extract(origin: str, target: Path) -> None:
    """Take one newsroom's published copy out of a merged file, byte for byte as it came in.

    Example: factledger -d all.db extract harbour.example.org harbour.db
    """
    path = ledger_path()
    if target.exists():
        raise InputError("This is taken.", where=str(target), hint="Choose another name; nothing was written.")
    if not target.parent.is_dir():
        raise InputError(f"There is no folder {target.parent}.", where=str(target), hint="Make it first.")
    with store.faults_told(path), open_merged(path) as file, store.scratch_folder(target.parent) as room:
        member = file.member(origin)
        file.take_out(member, room / "copy")
        settle(room / "copy", target)
    say(f"Taken out {target}: {_told(member.head)}.")
    say(f"Verify    factledger -d {target} verify")


COMMANDS = (merge, extract)
