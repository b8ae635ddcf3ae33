"""Files that are entered as a whole or item by item: import."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from ..book import Book
from ..errors import InputError
from ..exchange import (
    COLUMNS,
    TableForm,
    Tally,
    WholeExchange,
    column_map,
    document_of,
    import_document,
    import_log,
    is_log,
)
from .formats import format_named, format_of
from .frame import CLEAN, FINDINGS, command, ledger_path, progress, say, writing


@command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "called", metavar="NAME", help="The format of the files [default: told by each].")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and record nothing.")
@click.option(
    "--map",
    "mapped",
    metavar="THEIRS=OURS|FILE",
    multiple=True,
    help="A table's own name for a column, or a .toml file of such lines; may be repeated.",
)
@click.option("--sheet", metavar="NAME", help="Which sheet of a workbook.")
@click.option("--encoding", metavar="NAME", help="How a table that is not UTF-8 is written, such as windows-1252.")
@click.option("--delimiter", metavar="MARK", help="What stands between its cells [default: as the header has it].")
def import_(
    files: tuple[Path, ...],
    called: str | None,
    dry_run: bool,
    mapped: tuple[str, ...],
    sheet: str | None,
    encoding: str | None,
    delimiter: str | None,
) -> int:
    """Enter story files (.yaml), tables (.csv, .tsv, .xlsx, .ods) and files of other programs; again adds nothing.

    A row of a table is a claim, with one piece of evidence if it has a source. A story or a table enters as a whole, or
    not at all; a table of more than 5,000 rows so many at a time, and importing it again goes on where that ended. Of
    fact-checks (ClaimReview, Google Fact Check Tools), annotations (W3C, Hypothesis), references (CSL-JSON) and
    records, each item is kept, or refused by name with the reason; then the exit code is 1. What others decided is
    evidence, never a decision. An exported log (.ndjson) becomes a new ledger, the same to the byte of every entry.

    \b
    Example: factledger import claims.csv --map Statement=text --map Outlet=source
    """
    if called is None and any(map(is_log, files)):
        _import_log(files, dry_run)
        return CLEAN
    how: dict[str, object] = {
        "form": TableForm(sheet=sheet, encoding=encoding, delimiter=delimiter),
        "columns": column_map(mapped),
    }
    refused = 0
    with writing() as book:
        for file in files:
            with progress("Importing ... {:,} rows") as report:
                tally = _imported(book, file, called, dry_run, {**how, "report": report})
            _tell(file, tally, dry_run)
            refused += len(tally.refused)
    return FINDINGS if refused else CLEAN


import_.epilog = "\b\nColumns of a table:\n" + "".join(f"  {name:<14}  {what}\n" for name, what in COLUMNS.items())


def _imported(book: Book, file: Path, called: str | None, dry_run: bool, how: dict[str, object]) -> Tally:
    one, document = (format_named(called), None) if called else format_of(file)
    if not one.reads:
        raise InputError(
            f"{one.name} is written, and not read.", where="--format", hint=f"Try: factledger export {one.name}"
        )
    tally = Tally()
    with book.rehearsal() if dry_run else nullcontext():
        if isinstance(one.exchange, WholeExchange):
            try:
                for part in one.exchange.enter(book, file, **how):
                    tally.count(part)
            except BaseException:
                if tally.added and not dry_run:
                    say(f"{file.name}: {tally}, and then no more. Importing it again goes on from there.")
                raise
        else:
            tally.count(import_document(book, one, document or document_of(file)))
    return tally


def _tell(file: Path, tally: Tally, dry_run: bool) -> None:
    items = ""
    if tally.kept is not None:
        items = f"{tally.kept} of {tally.kept + len(tally.refused)} items: "
    say(f"{file.name}: {items}{tally}{'; nothing is recorded, as asked' if dry_run else ''}")
    if tally.left_out:
        say(f"Left out  {', '.join(tally.left_out)}: no such column is read. See: factledger import --help")
    for name, words in tally.notes:
        say(f"Left out  {name}: {words}")
    for name, reason in tally.refused:
        say(f"Refused   {name}: {reason}")


def _import_log(files: tuple[Path, ...], dry_run: bool) -> None:
    path = ledger_path()
    if len(files) > 1:
        raise InputError("A log becomes a ledger of its own.", hint="Import it by itself.")
    if dry_run:
        raise InputError("A log becomes a new ledger.", where="--dry-run", hint="Try it with -d on another file.")
    head = import_log(files[0], path)
    say(f"Made      {path} of {head.size:,} entries")
    say(f"Root      {head.root.hex()}, as the log says")
    say(f"          Archived copies are not in a log: put them into {path.resolve().with_suffix('.archive')}")
    say(f"Next      factledger -d {path} verify")


COMMANDS = (import_,)
