"""What every command shares: which ledger, how rows are printed, how errors end."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError, InputErrors, LedgerError
from .known import complete_records
from .signals import exit_code, heeding_signals

if TYPE_CHECKING:
    from ..book import Book
    from ..store import Ledger

CLEAN, FINDINGS, USAGE, DAMAGED, BROKEN, SURROUNDINGS = range(6)
"""Exit codes. Where several fit, the graver wins in the order 3, 2, 4, 1."""

DEFAULT_LEDGER = "ledger.db"


class Command(click.Command):
    """A command that also takes -d/--db, so that it may stand before or after the command's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context_settings = {"help_option_names": ["-h", "--help"], **self.context_settings}
        self.params.append(db_option(expose_value=False, callback=_override))
        complete_records(self.params)
        self.choices: list[tuple[str, str]] = []
        for one in self.params:
            if isinstance(one, click.Argument) and isinstance(one.type, click.Choice):
                name = str(one.name).upper()
                one.metavar = name if one.required else f"[{name}]"
                self.choices.append((name, ", ".join(map(str, one.type.choices))))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the words that arguments choose from, too many for the line of usage, and then the options."""
        if self.choices:
            with formatter.section("Arguments"):
                formatter.write_dl(self.choices)
        super().format_options(ctx, formatter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse an option that is given twice and takes one value; say how words that begin with a dash are given."""
        try:
            _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        except click.NoSuchOption as error:
            words = next((one for one in args if _is_words(one)), None)
            if words is None or not any(isinstance(one, click.Argument) for one in self.params):
                raise
            raise click.UsageError(
                f"{words[:60]!r} begins with a dash, as options do. Put -- before it, behind all options: "
                f'{ctx.command_path} -- "{words[:60]}"',
                ctx=ctx.parent,
            ) from error
        for option in [one for one in self.params if isinstance(one, click.Option) and _takes_one(one)]:
            if order.count(option) > 1:
                hint = GIVEN_AGAIN.get(option.name or "", "Give it once.")
                raise click.UsageError(f"{option.opts[-1]} is given twice, and takes one. {hint}", ctx=ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Call it; a record that is named ORIGIN/ID is looked for in that ledger of a merged file."""
        if any("/" in text for value in ctx.params.values() for text in _texts(value)):
            from .members import within

            with within(ctx, self.params):
                return super().invoke(ctx)
        return super().invoke(ctx)


def _texts(value: Any) -> Iterator[str]:
    return (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str))


GIVEN_AGAIN = {
    "quote": "Record the claim with one of them, then each further one: factledger evidence CLAIM SOURCE --quote WORDS",
}
"""What to do with an option that people mean to give several times."""


def _takes_one(option: click.Option) -> bool:
    return not (option.multiple or option.is_flag or option.count)


def _is_words(argument: str) -> bool:
    """Return whether an argument that begins with a dash is no option: it has a space, or a figure comes first."""
    return (
        argument.startswith("-") and len(argument) > 1 and (" " in argument.partition("=")[0] or argument[1].isdigit())
    )


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


def db_option(**more: Any) -> click.Option:
    return click.Option(
        ["-d", "--db"], type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="The ledger file.", **more
    )


def _override(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.find_root().obj = value


def ledger_path() -> Path:
    """Return the ledger file that this call is about."""
    return ledger_of(click.get_current_context())


def ledger_of(ctx: click.Context) -> Path:
    """Return the ledger file of a call: as it is given before or after the command's name, or the default."""
    root = ctx.find_root()
    path = root.obj or root.params.get("db")
    return path if isinstance(path, Path) else Path(DEFAULT_LEDGER)


def policy_file(given: str | None) -> Path | None:
    """Return the house's policy: the file that is given, or named in the environment, or beside the ledger."""
    named = given or os.environ.get("FACTLEDGER_POLICY")
    if named:
        return Path(named)
    beside = ledger_path().with_suffix(".policy.toml")
    return beside if beside.exists() else None


@contextmanager
def reading(as_of: str | None = None, *, of: str | None = None) -> Iterator[Ledger]:
    """Open the ledger read-only, as it is now or as it was; then only what stands around the record `of`, if given."""
    from .. import store

    with store.faults_told(ledger_path()), store.open_ledger(ledger_path()) as ledger:
        if ledger.format < store.FORMAT:
            say(f"{ledger.path} is in format {ledger.format}; this program writes {store.FORMAT}: factledger upgrade")
        if as_of is None:
            yield ledger
        else:
            with store.as_of(ledger, as_of, of=of) as then:
                yield then


@contextmanager
def writing() -> Iterator[Book]:
    """Open the ledger to enter something."""
    from .. import store
    from ..book import Book

    with store.faults_told(ledger_path()), store.open_ledger(ledger_path(), write=True) as ledger:
        confirm_clock(ledger)
        yield Book(ledger)


CLOCK = "--confirm-clock"


def confirm_clock(ledger: Ledger) -> None:
    """Ask, once a command, about a clock far from the newest entry; raise InputError where nobody can be asked."""
    from .. import store

    root = click.get_current_context().find_root()
    if not root.params.get("confirm_clock") and (doubt := store.clock_doubt(ledger)):
        confirm([doubt], yes=False, flag=f"{CLOCK}, before the command's name")
        root.params["confirm_clock"] = True


def terminal() -> bool:
    """Return whether a person reads what is printed as it comes."""
    return sys.stdout.isatty()


def width() -> int:
    """Return how many characters a line of the terminal has; what goes elsewhere is as wide as it is."""
    return shutil.get_terminal_size().columns if terminal() else 10_000


def coloured(text: str, colour: str) -> str:
    """Return a text in a colour, on a terminal whose owner wants any (no-color.org)."""
    return click.style(text, fg=colour) if terminal() and not os.environ.get("NO_COLOR") else text


def show(text: str) -> None:
    """Print a text; one that is longer than the terminal is read a page at a time."""
    if terminal() and text.count("\n") >= shutil.get_terminal_size().lines:
        click.echo_via_pager(text + "\n")
    else:
        click.echo(text)


def say(text: str = "") -> None:
    """Tell the person something that is not data: on stderr."""
    click.echo(text, err=True)


@contextmanager
def progress(words: str) -> Iterator[Callable[[int], None]]:
    """Show a person at a terminal how far the block is, in a line that is gone at its end: `words` with a number."""
    shown = sys.stderr.isatty()

    def report(number: int) -> None:
        if shown:
            click.echo(f"\r{words.format(number)}", err=True, nl=False)

    try:
        yield report
    finally:
        if shown:
            click.echo("\r\033[K", err=True, nl=False)


def as_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --as-of to a command that reads."""
    return click.option("--as-of", metavar="POINT", help="As it was after so many entries, or at 2026-11-23.")(function)


yes_option = click.option("--yes", is_flag=True, help="Enter it without being asked about what looks odd.")


def confirm(doubts: Iterable[str], *, yes: bool, flag: str = "--yes") -> None:
    """Put to the person what looks odd before it enters; raise InputError where nobody can be asked, unless `yes`."""
    for doubt in doubts:
        if yes:
            say(f"Look      {doubt}")
        elif not at_terminal():
            raise InputError(doubt, hint=f"If it is meant so, add: {flag}")
        elif not click.confirm(f"{doubt} Is it meant so?", default=False, err=True):
            raise click.Abort


def at_terminal() -> bool:
    """Return whether a person can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


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


def print_rows(rows: Iterable[dict[str, Any]], form: str | None, *, widths: Sequence[int | None] = ()) -> None:
    """Print rows on stdout in the form asked for, one after the other as they come; a table is seen as a whole."""
    form = form or ("table" if sys.stdout.isatty() else "json")
    if form == "json":
        _print_array(rows)
    elif form == "nl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif form in ("csv", "tsv"):
        from ..exchange import inert

        writer = csv.writer(sys.stdout, delimiter="," if form == "csv" else "\t", lineterminator="\n")
        coming = iter(rows)
        first = next(coming, {})
        writer.writerow(first)
        writer.writerows(map(inert, row.values()) for row in chain([first] if first else [], coming))
    elif listed := list(rows):
        show(table(listed, widths=widths))
    else:
        say("Nothing found.")


def _print_array(rows: Iterable[dict[str, Any]]) -> None:
    """Print rows as one JSON array."""
    start = "["
    for row in rows:
        written = json.dumps(row, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        click.echo(f"{start}\n  {written}", nl=False)
        start = ","
    click.echo("[]" if start == "[" else "\n]")


def table(rows: Sequence[dict[str, Any]], *, widths: Sequence[int | None] = ()) -> str:
    """Return rows as an aligned table as wide as the terminal; `widths` wrap columns at so many characters."""
    from tabulate import tabulate

    headers = [name.replace("_", " ") for name in rows[0]]
    shown = [["" if cell is None else str(cell) for cell in row.values()] for row in rows]
    natural = [max(map(len, column)) for column in zip(headers, *shown, strict=True)]
    asked = (*widths, *[None] * len(natural))
    limits = fitting([min(own, most or own) for own, most in zip(natural, asked, strict=False)], width())
    text: str = tabulate(
        shown, headers=headers, maxcolwidths=None if limits == natural else limits, disable_numparse=True
    )
    return text


NARROWEST = 8
"""Characters below which no column is squeezed: words that are cut to pieces cannot be read."""


def fitting(widths: Sequence[int], room: int) -> list[int]:
    """Return widths of columns, two spaces apart, that fit into a room: the widest give way first."""
    found = [max(1, one) for one in widths]
    over = sum(found) + 2 * (len(found) - 1) - room
    while over > 0 and max(found) > NARROWEST:
        widest = max(found)
        below = max((one for one in found if one < widest), default=0)
        at = [number for number, one in enumerate(found) if one == widest]
        cut = min(widest - max(below, NARROWEST), -(-over // len(at)))
        for number in at:
            found[number] -= max(1, cut)
        over = sum(found) + 2 * (len(found) - 1) - room
    return found


# -- ends ----------------------------------------------------------------


def run(group: click.Group) -> None:
    """Call the command line and end with its exit code; whatever goes wrong is one line on stderr."""
    sys.exit(code_of(group))


def code_of(group: click.Group) -> int:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started this: what is told goes nowhere
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter still shows the rest
    try:
        _require_text(sys.argv[1:])
        with heeding_signals():
            result = group(standalone_mode=False, prog_name="factledger")
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort as stop:
        say("Stopped. Nothing was recorded of what was being entered.")
        return exit_code(stop.__context__) if isinstance(stop.__context__, KeyboardInterrupt) else USAGE
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return USAGE
    except click.ClickException as error:
        say(f"Error: {one_line(error.format_message())}{_where_to_look(error)}")
        return USAGE
    except InputErrors as error:
        for one in error.errors:
            say(f"Error: {one_line(str(one))}")
        say(f"{error.message} {error.hint}".rstrip())
        return error.exit_code
    except LedgerError as error:
        say(f"Error: {one_line(str(error))}")
        return error.exit_code
    except SystemExit as error:
        # click's way of saying that the reader left, as `head` does: a stream of its own, whose class is not public
        left = type(sys.stdout).__module__ == "click.utils"
        return CLEAN if left else int(error.code or 0)
    except MemoryError:
        return _too_little_memory()
    except ImportError as error:
        if not _no_room_for_code(error):
            raise
        return _too_little_memory()
    except OSError as error:
        failed = "Going on" if error.errno in (errno.ENOMEM, errno.EMFILE, errno.ENFILE) else "Writing the output"
        say(f"Error: {failed} failed: {error.strerror}.")
        return SURROUNDINGS
    return result if isinstance(result, int) else CLEAN


def _too_little_memory() -> int:
    say("Error: There is too little memory here for this.")
    return SURROUNDINGS


def _no_room_for_code(error: ImportError) -> bool:
    """Say whether the loader of shared objects had no memory: Python passes on its words, as an error of import."""
    return any(words in str(error).lower() for words in ("failed to map segment", "cannot allocate memory"))


def _require_text(arguments: Sequence[str]) -> None:
    for argument in arguments:
        if any("\ud800" <= character <= "\udfff" for character in argument):
            raise click.UsageError(f"The argument {argument!a} is not text in UTF-8.")


def one_line(text: str) -> str:
    return " ".join(text.split())


def _where_to_look(error: click.ClickException) -> str:
    if isinstance(error, click.UsageError) and error.ctx is not None and error.ctx.parent is not None:
        stop = "" if error.format_message().endswith((".", "?", "?)")) else "."
        return f"{stop} See: {error.ctx.command_path} --help"
    return ""
