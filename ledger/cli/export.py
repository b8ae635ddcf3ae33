"""Commands that hand over: export log, export bundle, and export in any format, ours or a plugin's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeVar

import click

from .. import store, views
from ..errors import EnvironmentFault, InputError, LedgerError
from ..exchange import export_log, extract, gather_bundle, kept_back, write_bundle, written
from ..plugins import RegisteredExchange
from ..policy import read_policy
from ..store import Head, Ledger, queries
from ..store.durable import settle
from ..views import words
from .formats import format_named, ours
from .frame import Command, as_of, policy_file, reading, say

T = TypeVar("T")


class FormatGroup(click.Group):
    """The commands of `export`: its own, and one for each format that is written; a plugin's is found by its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return our own: what plugins bring is listed by `factledger plugins`."""
        return sorted({*super().list_commands(ctx), *(one.name for one in ours() if one.writes)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None or cmd_name.startswith("-"):
            return own
        try:
            return _command(format_named(cmd_name))
        except InputError as error:
            raise click.UsageError(f"{error.message} {error.hint}", ctx=ctx) from None


@click.group(cls=FormatGroup)
def export() -> None:
    """Hand over the whole log, one claim with all it stands on, or claims in a format that other programs read.

    What plugins bring besides is listed by `factledger plugins`.

    Example: factledger export claimreview --base-url https://facts.example.org --out reviews.jsonld
    """


def _command(one: RegisteredExchange) -> click.Command:
    """Return the command that writes a format."""
    if not one.writes:
        raise InputError(
            f"{one.name} is read, and not written.", hint=f"Try: factledger import FILE --format {one.name}"
        )
    title = one.title[:1].upper() + one.title[1:]
    text = (
        f"Write {one.title}: the claims that are named, or all that stands.\n\n"
        f"Comes through: {one.carries}.\n\nDoes not: {one.loses}.\n\n"
        f"Example: factledger export {one.name} --out claims{one.suffixes[0]}"
    )
    params: list[click.Parameter] = [click.Argument(["claims"], nargs=-1, metavar="[CLAIM|STORY]...")]
    command = Command(
        one.name,
        params=params,
        help=text,
        short_help=title,
        callback=partial(_export, one),
    )
    options = (
        click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="A new file [default: stdout]."),
        click.option("--story", metavar="STORY", help="The claims of this story."),
        click.option("--base-url", metavar="URL", help="Where the ledger's pages are [default: as the policy says]."),
        as_of,
    )
    for option in reversed(options):
        command = option(command)
    return command


def _export(
    one: RegisteredExchange,
    claims: tuple[str, ...],
    out: Path | None,
    story: str | None,
    base_url: str | None,
    as_of: str | None,
) -> None:
    address = base_url or read_policy(policy_file(None)).serve["base_url"]
    if address and not address.startswith(("http://", "https://")):
        raise InputError(f"{address!r} is no web address.", where="--base-url", hint="Write it in full: https://...")
    with reading(as_of) as ledger:
        named = (*_claims_of(ledger, claims), *(_of_story(ledger, story) if story else ()))
        pieces = written(one, extract(ledger, named, base_url=address))
        if out is None:
            _pour(pieces, sys.stdout.buffer)
        else:
            to_new_file(out, lambda file: _pour(pieces, file))
            say(f"Exported  {out}: {one.title}")
        for handle in kept_back(ledger, named):
            say(f"Left out  {handle}: its words are kept back.")


def _claims_of(ledger: Ledger, names: Iterable[str]) -> Iterator[str]:
    """Yield the claims of these names; the name of a story means its claims, where no claim has it."""
    for name in names:
        stands = queries.by_handle(ledger.db, name) is None and queries.rows(ledger.db, "claims", story=name)
        yield from (row["id"] for row in stands) if stands else (name,)


def _of_story(ledger: Ledger, story: str) -> tuple[str, ...]:
    found = tuple(row["id"] for row in queries.rows(ledger.db, "claims", story=story))
    if not found:
        raise InputError(f"No claim is of the story {story!r}.", where="--story", hint="See: factledger list")
    return found


def _pour(pieces: Iterable[bytes], out: BinaryIO) -> None:
    for piece in pieces:
        out.write(piece)
    out.flush()


def to_new_file(target: Path, write: Callable[[BinaryIO], T]) -> T:
    """Have a file written that appears under its name only when it is complete; return what writing it returned."""
    store.require_free(target)
    beside = target.with_name(target.name + ".part")
    try:
        with beside.open("wb") as out:
            result = write(out)
        settle(beside, target)
    except LedgerError:
        raise
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {target}: {error.strerror}.", hint="Nothing was exported.") from None
    finally:
        beside.unlink(missing_ok=True)
    return result


@export.command("log", cls=Command)
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
def export_log_(target: Path) -> None:
    """Write the whole log as lines of JSON to a new FILE, or to stdout with -.

    Any program can hash it again; `import` makes a ledger of it with the same root.

    Example: factledger export log desk.ndjson
    """
    with reading() as ledger:
        write: Callable[[BinaryIO], Head] = partial(export_log, ledger)
        head = write(sys.stdout.buffer) if str(target) == "-" else to_new_file(target, write)
        say(f"Exported  {queries.origin(ledger.db)}, {head.size:,} entries")
        say(f"Root      {head.root.hex()}")
        say("          It holds every word of the ledger, and is as private as that. Archived copies are not in it.")


@export.command("bundle", cls=Command)
@click.argument("claim")
@click.argument("target", metavar="TARGET", type=click.Path(path_type=Path))
@click.option("--with-captures/--without-captures", default=True, show_default=True, help="The archived copies.")
def export_bundle(claim: str, target: Path, with_captures: bool) -> None:
    """Write one claim with its records, chain, archived copies and proofs as a BagIt bag: the new folder TARGET.

    It begins with data/index.html, which says how to check it years later without this program. Words
    that are withheld or sealed are not in it. It holds whole works: hand it over, do not publish it.

    Example: factledger export bundle troop-offer troop-offer.bag
    """
    store.require_free(target)
    with reading() as ledger:
        bundle = gather_bundle(ledger, claim, captures=with_captures)
        view = views.claim_view(ledger.db, claim)
        chain = "".join(f"{line}\n" for line in views.chain_lines(view))
        files = write_bundle(bundle, target, page=views.bundle_page(view, bundle), chain=chain)
    said = [words.count(len(files), "file"), words.count(sum(one.size for one in files), "byte")]
    said += [
        words.count(len(bundle.records), "record"),
        words.count(sum(1 for c in bundle.copies if c.file), "copy", "copies"),
    ]
    say(f"Bundled   {target}: {', '.join(said)}.")
    for copy in bundle.copies:
        if copy.because:
            say(f"Left out  {copy.capture.handle}: {copy.because}.")
    say(f"Read      {target / 'data' / 'index.html'}")
    say("Check it  sha256sum -c manifest-sha256.txt   (in that folder), then the proofs, as the page says")
    say(f"Key       {bundle.key}   (give it to them another way)")


COMMANDS = (export,)
