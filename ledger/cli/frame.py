"""What every command shares: which ledger, how rows are printed, how errors end."""

from __future__ import annotations

import csv
import difflib
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

import click

from .. import store
from ..book import Book
from ..errors import LedgerError
from ..store import Ledger

CLEAN, FINDINGS, USAGE, DAMAGED, BROKEN, SURROUNDINGS = range(6)
"""Exit codes. Where several fit, the graver wins in the order 3, 2, 4, 1."""

DEFAULT_LEDGER = "ledger.db"


class Command(click.Command):
    """A command that also takes -d/--db, so that it may stand before or after the command's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(db_option(expose_value=False, callback=_override))


def command(name: str | None = None) -> Callable[[Callable[..., Any]], Command]:
    """Return the decorator that makes a function a command of factledger."""
    return click.command(name, cls=Command)


class Vocabulary(click.Choice[Any]):
    """An option's type: one word of a vocabulary, given to the command as its member."""

    def __init__(self, words: type[Enum]) -> None:
        super().__init__([word.value for word in words])
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if isinstance(value, self._words) else self._words(super().convert(value, param, ctx))


class Group(click.Group):
    """The command group: suggests what a mistyped command may have meant, and asks plugins for theirs."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if self.get_command(ctx, name) is None:
            add_plugin_commands(self)
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            close = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
            hint = f" Did you mean {close[0]}?" if close else " See: factledger --help"
            raise click.UsageError(f"There is no command {name!r}.{hint}", ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by what they are for."""
        add_plugin_commands(self)
        listed = {name for names in self.sections.values() for name in names}
        extra = [name for name in self.list_commands(ctx) if name not in listed]
        for title, names in {**self.sections, "From plugins": extra}.items():
            found = [(name, self.get_command(ctx, name)) for name in names]
            rows = [(name, command.get_short_help_str(60)) for name, command in found if command is not None]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    sections: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - one group, set once
    _asked_plugins = False


def add_plugin_commands(group: Group) -> None:
    """Let plugins add their commands, once, and only when they may be wanted."""
    if not group._asked_plugins:
        group._asked_plugins = True
        from .. import plugins

        plugins.load().add_commands(group)


def db_option(**more: Any) -> click.Option:
    return click.Option(
        ["-d", "--db"], type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="The ledger file.", **more
    )


def _override(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.find_root().obj = value


def ledger_path() -> Path:
    """Return the ledger file that this call is about."""
    path = click.get_current_context().find_root().obj
    return path if isinstance(path, Path) else Path(DEFAULT_LEDGER)


def policy_file(given: str | None) -> Path | None:
    """Return the house's policy: the file that is given, or named in the environment, or beside the ledger."""
    named = given or os.environ.get("FACTLEDGER_POLICY")
    if named:
        return Path(named)
    beside = ledger_path().with_suffix(".policy.toml")
    return beside if beside.exists() else None


@contextmanager
def reading(as_of: str | None = None) -> Iterator[Ledger]:
    """Open the ledger read-only, as it is now or as it was."""
    with store.faults_told(ledger_path()), store.open_ledger(ledger_path()) as ledger:
        if ledger.format < store.FORMAT:
            say(f"{ledger.path} is in format {ledger.format}; this program writes {store.FORMAT}: factledger upgrade")
        if as_of is None:
            yield ledger
        else:
            with store.as_of(ledger, as_of) as then:
                yield then


@contextmanager
def writing() -> Iterator[Book]:
    """Open the ledger to enter something."""
    with store.faults_told(ledger_path()), store.open_ledger(ledger_path(), write=True) as ledger:
        yield Book(ledger)


def say(text: str = "") -> None:
    """Tell the person something that is not data: on stderr."""
    click.echo(text, err=True)


# -- rows ----------------------------------------------------------------


def row_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --json, --nl, --csv, --tsv and -t to a command that prints rows."""
    for flags, value, words in (
        (("-t", "--table"), "table", "A table (default on a terminal)."),
        (("--tsv",), "tsv", "Tab-separated values."),
        (("--csv",), "csv", "Comma-separated values."),
        (("--nl",), "nl", "Newline-delimited JSON."),
        (("--json",), "json", "A JSON array (default into a pipe)."),
    ):
        function = click.option(*flags, "form", flag_value=value, help=words)(function)
    return function


def print_rows(rows: Sequence[dict[str, Any]], form: str | None, *, widths: Sequence[int | None] = ()) -> None:
    """Print rows on stdout in the form asked for."""
    form = form or ("table" if sys.stdout.isatty() else "json")
    if form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
    elif form == "nl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif form in ("csv", "tsv"):
        writer = csv.writer(sys.stdout, delimiter="," if form == "csv" else "\t", lineterminator="\n")
        writer.writerow(rows[0] if rows else ())
        writer.writerows(row.values() for row in rows)
    elif not rows:
        say("Nothing found.")
    else:
        click.echo(table(rows, widths=widths))


def table(rows: Sequence[dict[str, Any]], *, widths: Sequence[int | None] = ()) -> str:
    """Return rows as an aligned table; `widths` wrap columns at so many characters."""
    from tabulate import tabulate

    shown = [["" if cell is None else cell for cell in row.values()] for row in rows]
    text: str = tabulate(
        shown,
        headers=[name.replace("_", " ") for name in rows[0]],
        maxcolwidths=list(widths) or None,
        disable_numparse=True,
    )
    return text


# -- ends ----------------------------------------------------------------


def run(group: click.Group) -> None:
    """Call the command line and end with its exit code; whatever goes wrong is one line on stderr."""
    sys.exit(code_of(group))


def code_of(group: click.Group) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter still shows the rest
    try:
        _require_text(sys.argv[1:])
        result = group(standalone_mode=False, prog_name="factledger")
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        say("Stopped. Nothing was recorded of what was being entered.")
        return USAGE
    except click.ClickException as error:
        say(f"Error: {one_line(error.format_message())}{_where_to_look(error)}")
        return USAGE
    except LedgerError as error:
        say(f"Error: {one_line(str(error))}")
        return error.exit_code
    except SystemExit as error:
        # click's way of saying that the reader left, as `head` does
        left = type(sys.stdout) is click.utils.PacifyFlushWrapper
        return CLEAN if left else int(error.code or 0)
    except OSError as error:
        say(f"Error: Writing the output failed: {error.strerror}.")
        return SURROUNDINGS
    return result if isinstance(result, int) else CLEAN


def _require_text(arguments: Sequence[str]) -> None:
    for argument in arguments:
        if any("\ud800" <= character <= "\udfff" for character in argument):
            raise click.UsageError(f"The argument {argument!a} is not text in UTF-8.")


def one_line(text: str) -> str:
    return " ".join(text.split())


def _where_to_look(error: click.ClickException) -> str:
    if isinstance(error, click.UsageError) and error.ctx is not None and error.ctx.parent is not None:
        return f" See: {error.ctx.command_path} --help"
    return ""
