"""Commands that publish: publish copy, publish site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from .. import audit, store, trust
from ..errors import DamagedLedger, InputError
from ..views import words
from .frame import Command, ledger_path, policy_file, say, writing
from .members import merged_path
from .prove import FILE

if TYPE_CHECKING:
    from ..book import Book
    from ..web.site import SiteOptions


class Publish(click.Group):
    """Takes `publish FILE`, as it was called before there were sites, for `publish copy FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command's name before the name of a file."""
        named = [one for one in args if not one.startswith("-")]
        if named and named[0] not in self.commands and Path(named[0]).suffix:
            args = ["copy", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Publish)
def publish() -> None:
    """Write what others may have: a copy of the ledger, or a site of its pages. Withheld words are in neither.

    Example: factledger publish site public --base-url https://facts.example.org/
    """


@attrs.frozen
class PublishedCopy:
    """A copy that was written and verified, and is not on record yet."""

    path: Path
    report: audit.AuditReport
    copies: trust.CopiesBeside
    signed: bool
    again: int

    def record(self, book: Book) -> None:
        """Enter into the ledger that it was published."""
        trust.enter_publication(
            book,
            self.path,
            size=self.report.size,
            root=self.report.root,
            withheld=self.report.withheld,
            copies=self.copies,
        )

    def tell(self) -> None:
        """Say what is not in it."""
        if self.again:
            say(f"Withheld  what was withheld before and recorded again since, in {self.again:,} more entries.")
        for handle, why in self.copies.kept_back:
            say(f"Left out  {handle}: {why}.")
        if not self.signed:
            say("Look      the log key is not here, so no fresh checkpoint is in it.")


@contextmanager
def _copied(book: Book, target: Path, *, with_captures: bool) -> Iterator[PublishedCopy]:
    """Write a copy and verify it; if the block fails, it is not there."""
    copies, beside = trust.CopiesBeside(), target.with_suffix(".archive")
    again = trust.renew(book)
    signed = trust.publish(book.ledger, target)
    kept = beside.exists()
    try:
        if with_captures:
            copies = trust.publish_copies(book.ledger, target)
        report = audit.verify(target)
        if not report.sound:
            problem = report.problems[0]
            hint = "Nothing was published: factledger verify"
            raise DamagedLedger(f"{problem.where}: {problem.message}", hint=hint)
        yield PublishedCopy(target, report, copies, signed, len(again.entries) if again else 0)
    except BaseException:  # what is not on record as published is not there either
        target.unlink(missing_ok=True)
        if not kept:
            shutil.rmtree(beside, ignore_errors=True)
        raise


@publish.command("copy", cls=Command)
@click.argument("target", type=FILE, metavar="COPY")
@click.option("--with-captures", is_flag=True, help="Put the archived works beside it, as far as they hide nothing.")
def publish_copy(target: Path, with_captures: bool) -> None:
    """Write a copy for others: read-only, without what is withheld, verified.

    It carries the passages that were quoted, not the archived works, unless --with-captures: whether those
    may be passed on is for you to know.

    Example: factledger publish copy public.db
    """
    if (merged := merged_path()) is not None:
        hint = "Pass it on as it is, or take one out of it: factledger -d FILE extract ORIGIN COPY"
        raise InputError("A merged file holds published copies, and nothing else.", where=str(merged), hint=hint)
    with (
        store.faults_told(ledger_path()),
        writing() as book,
        _copied(book, target, with_captures=with_captures) as made,
    ):
        made.record(book)
    report = made.report
    say(f"Published {target}: {report.size:,} entries, verified, {report.withheld:,} of them with words withheld.")
    if with_captures:
        say(f"Archived  works are in {target.with_suffix('.archive')}, to be passed on with it.")
    made.tell()
    say(f"Browse    factledger -d {target} serve")


@publish.command("site", cls=Command)
@click.argument("target", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--base-url", metavar="URL", help="Where it will be, as https://facts.example.org/desk/.")
@click.option("--title", metavar="TEXT", help="What the pages are headed with.")
@click.option("--report", metavar="URL|MAIL", help="Where readers report an error.")
@click.option("--with-captures", is_flag=True, help="Show archived works whole, as far as they hide nothing.")
@click.option("--cards", is_flag=True, help="Draw a card of each claim (PNG) for sites that show one; takes Chromium.")
@click.option("--anew", is_flag=True, help="Ask for every page again, also for those that nothing can have changed.")
@click.option("--policy", metavar="FILE", help="The house's rules [default: LEDGER.policy.toml, or factledger's own].")
def publish_site(
    target: Path,
    base_url: str | None,
    title: str | None,
    report: str | None,
    with_captures: bool,
    cards: bool,
    anew: bool,
    policy: str | None,
) -> None:
    """Write the readers' pages as files into the folder DIR, for any web server: with a search, the data, and feeds.

    Links hold on any host and below any path; --base-url is for what must name it: the sitemap, feeds, and what
    other sites show of a page. What did not change is left as it is, and nothing is touched that was not written
    so before. Address, title and where to report are read from [serve] of the policy where they are not given.
    Of a merged file the site has a page over all newsrooms, and below it the pages of each.

    Example: factledger publish site public --base-url https://facts.example.org/desk/
    """
    from ..policy import read_policy
    from ..web.serve import read_report, read_site
    from ..web.site import SiteOptions, publish_into, site_folder

    said = read_policy(policy_file(policy)).serve
    report = report or said["report"]
    options = SiteOptions(
        read_site(base_url or said["base_url"] or "/"),
        title or said["title"] or None,
        read_report(report) if report else None,
        with_captures,
        cards,
    )
    if cards and not options.host:
        raise InputError("A page names its picture by a whole address.", where="--cards", hint="Add --base-url URL.")
    if (merged := merged_path()) is not None:
        _publish_merged(merged, target, options, anew=anew)
        return
    with store.faults_told(ledger_path()), site_folder(target) as folder, writing() as book:
        run = publish_into(folder, book.ledger, options, anew=anew)
        if run is None:
            say(f"Unchanged {target}: nothing was entered since it was written.")
            return
        with _copied(book, run.copy, with_captures=with_captures) as made:
            run.write(left_out=_left_out(made.report, made.copies, with_captures=with_captures))
            made.record(book)
        removed = run.finish()
        number, fresh = words.count(len(folder.files), "file"), folder.files.fresh
    say(f"Published {target}: {number}, {fresh:,} of them new, {removed:,} removed.")
    say(f"          {made.report.size:,} entries, verified, {made.report.withheld:,} of them with words withheld.")
    made.tell()
    _tell_where(target, options)


def _publish_merged(file: Path, target: Path, options: SiteOptions, *, anew: bool) -> None:
    """Verify a merged file, and write its site."""
    from .. import merged
    from ..web.site import publish_merged, site_folder

    if options.captures:
        hint = "Leave out --with-captures, or have the newsrooms publish them."
        raise InputError("No archived works are in a merged file.", where=str(file), hint=hint)
    with site_folder(target) as folder:
        report = merged.verify(file)
        if not report.sound:
            problem = report.problems[0]
            hint = f"Nothing was published: factledger verify {file}"
            raise DamagedLedger(f"{problem.where}: {problem.message}", hint=hint)
        left_out = {one.origin: _left_out(one, trust.CopiesBeside(), with_captures=False) for one in report.members}
        removed = publish_merged(folder, file, options, left_out, anew=anew)
        if removed is None:
            say(f"Unchanged {target}: nothing was merged since it was written.")
            return
        number, fresh = words.count(len(folder.files), "file"), folder.files.fresh
    say(f"Published {target}: {number}, {fresh:,} of them new, {removed:,} removed.")
    say(f"          {words.count(len(report.members), 'ledger')} as {report.name}, each verified.")
    _tell_where(target, options)


def _tell_where(target: Path, options: SiteOptions) -> None:
    if not options.host:
        say("Left out  the sitemap, feeds, and addresses for other sites, which need --base-url https://...")
    if not options.report:
        say("Left out  where readers report an error: --report https://... or name@host")
    say(f"Browse    python -m http.server --directory {target}")


def _left_out(report: audit.AuditReport, copies: trust.CopiesBeside, *, with_captures: bool) -> list[str]:
    """Return what readers are told is not in the site of a copy."""
    told = []
    if not with_captures:
        told.append("Archived works: the passages that were quoted are here, not whole works.")
    if copies.kept_back:
        told.append(f"{words.count(len(copies.kept_back), 'archived work')} of which something is withheld.")
    if report.withheld:
        told.append(f"The words of {words.count(report.withheld, 'entry', 'entries')}, which were withheld.")
    told.append("Earlier states of a page: each tells its history; the copy can be asked with --as-of.")
    return told


COMMANDS = (publish,)
