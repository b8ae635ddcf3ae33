"""Reading an article before anything is entered: read."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError
from ..reading.start import started
from .frame import BROKEN, CLEAN, DEFAULT_LEDGER, FINDINGS, command, ledger_path, policy_file, reading, say
from .thresholds import THRESHOLDS

if TYPE_CHECKING:  # imported where they are needed: by then the worker has been started
    from ..model import Source
    from ..reader import Article
    from ..reading.annotate import Annotations
    from ..store import Ledger
    from ..text import Span


@command("read")
@click.argument("what", metavar="FILE|URL|SOURCE")
@click.option("--published", metavar="DATE", help="When it came out (EDTF): “yesterday” in it counts from there.")
@click.option("--language", metavar="TAG", help="Its language, such as en [default: as it says, else guessed].")
@click.option(
    "--reader",
    "readers",
    metavar="NAME[=KEY=VALUE]",
    multiple=True,
    help="A reader to call, with a setting of it; may be repeated [default: all that ask nobody].",
)
@click.option("--whole", is_flag=True, help="Read all of a page: menus, teasers and notes too.")
@click.option("--ignore-robots", is_flag=True, help="Fetch even what robots.txt forbids.")
@click.option("--policy", metavar="FILE", help="The house's rules [default: LEDGER.policy.toml, or factledger's own].")
@click.option("--fail-on", type=click.Choice(list(THRESHOLDS)), default="fail", show_default=True, help="What exits 1.")
@click.option("--json", "as_json", is_flag=True, help="Everything that was read, as JSON.")
def read(
    what: str,
    published: str | None,
    language: str | None,
    readers: tuple[str, ...],
    whole: bool,
    ignore_robots: bool,
    policy: str | None,
    fail_on: str,
    as_json: bool,
) -> int:
    """Read an article: what is wrong in it, what it claims, who says so, and who was asked.

    It needs no ledger, and records nothing. FILE is a text, a web page or a PDF, and - standard input; a URL is
    fetched. With a ledger, what this has already is said, and SOURCE, an article on record, can be read too.

    Exit codes: 1 if something at or above --fail-on is found, 4 if a checker or a reader broke.

    Example: factledger read article.txt --published 2025-05-04
    """
    names, options = _readers(readers)
    house = policy_file(policy)
    with started(policy=house) as worker, _ledger_here() as ledger:
        article, asides = _article(what, ledger, published=published, language=language, robots=not ignore_robots)
        from ..policy import read_policy
        from ..reading.annotate import annotate
        from . import annotated

        read_policy(house)  # says what is wrong in it, where the worker would only end
        found = annotate(article, worker, readers=names, options=options, ledger=ledger, asides=() if whole else asides)
    if as_json:
        click.echo(json.dumps(annotated.data(found, what), ensure_ascii=False, indent=2))
    else:
        show(found, Path(what).name if what != "-" and "://" not in what else what)
    return code_for(found, fail_on)


def show(found: Annotations, name: str) -> None:
    """Print a reading, on a terminal that it does not fit in through a pager."""
    from .annotated import lines as annotated_lines

    width, height = shutil.get_terminal_size((100, 0))
    lines = list(annotated_lines(found, name, width))
    if sys.stdout.isatty() and sys.stdin.isatty() and len(lines) >= height:
        click.echo_via_pager("\n".join(lines) + "\n")
    else:
        click.echo("\n".join(lines))
    for fault in found.faults:
        say(f"Did not run: {fault.plugin} {fault.version}: {fault.reason}")


def show_read(ledger: Ledger, source: Source) -> None:
    """Read an article that is on record, and print the reading."""
    with started(policy=policy_file(None)) as worker:
        from .. import desk
        from ..reading.annotate import annotate
        from ..reading.articles import article_on_record

        asides = desk.asides_of(ledger, source)
        found = annotate(article_on_record(ledger, source), worker, ledger=ledger, asides=asides)
    show(found, source.handle)


def code_for(found: Annotations, fail_on: str) -> int:
    """Return the exit code of a reading."""
    worst = {one.finding.outcome for one in found.findings}
    if found.faults or "error" in worst:
        return BROKEN
    return FINDINGS if worst & THRESHOLDS[fail_on] else CLEAN


@contextmanager
def _ledger_here() -> Iterator[Ledger | None]:
    """Open the ledger, if there is one: without a name for it there need not be."""
    if ledger_path() == Path(DEFAULT_LEDGER) and not ledger_path().exists():
        yield None
        return
    with reading() as ledger:
        yield ledger


def _article(
    what: str, ledger: Ledger | None, *, published: str | None, language: str | None, robots: bool
) -> tuple[Article, tuple[Span, ...] | None]:
    """Return the article of a file, an address, standard input or a source on record, and its page's asides."""
    from .. import desk
    from ..reading.articles import article_of, article_on_record
    from .documents import fetched_page, read_document

    if what.startswith(("http://", "https://")):
        document = fetched_page(what, robots=robots).reading
        return article_of(document, published=published, language=language), desk.asides_in(document)
    if what == "-" or Path(what).exists():
        document = read_document(what)
        return article_of(document, published=published, language=language), desk.asides_in(document)
    from ..book.catalogue import Catalogue
    from ..model import Source

    source = Catalogue(ledger).look_up(Source, what) if ledger is not None else None
    if ledger is None or source is None:
        hint = "Check the name." if ledger is None else "Check the name; sources on record: factledger list sources"
        raise InputError(
            f"There is no file {'' if ledger is None else 'or source '}of this name.", where=what, hint=hint
        )
    article = article_on_record(ledger, source, published=published, language=language)
    return article, desk.asides_of(ledger, source)


def _readers(given: Sequence[str]) -> tuple[list[str] | None, Mapping[str, dict[str, Any]]]:
    """Return the names of the readers that are asked for, None for the usual ones, and the settings of each."""
    options: dict[str, dict[str, Any]] = {}
    for one in given:
        name, _, setting = one.partition("=")
        settings = options.setdefault(name, {})
        if setting:
            key, equals, value = setting.partition("=")
            if not equals:
                raise InputError(
                    f"{setting!r} is no setting.", where="--reader", hint=f"Write --reader {name}=KEY=VALUE."
                )
            settings[key] = value
    return list(options) or None, options


COMMANDS = (read,)
