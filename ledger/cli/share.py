"""Commands that share: serve, demo."""

from __future__ import annotations

import shutil
import sys

import click

from .. import store, views
from ..exchange import build_example
from ..model import Outcome
from ..views import words
from .check import LABEL
from .frame import command, ledger_path, say, table


@command()
@click.option("-h", "--host", default="127.0.0.1", show_default=True)
@click.option("-p", "--port", default=8001, show_default=True, type=click.IntRange(0, 65535))
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open it in a browser.")
def serve(host: str, port: int, open_browser: bool) -> None:
    """Browse the ledger in Datasette, read-only. Ctrl-C ends it.

    Example: factledger serve --open
    """
    from ..web.serve import serve as serve_pages

    serve_pages(ledger_path(), host=host, port=port, open_browser=open_browser)


@command()
def demo() -> None:
    """Build the example ledger, check it, and show what it says.

    Example: factledger demo
    """
    path = ledger_path()
    written = build_example(path)
    with store.open_ledger(path) as ledger:
        lines = views.lines(ledger.db)
        rows = [
            {
                "claim": line.row["id"],
                "verdict": line.verdict,
                "sources": line.corroboration,
                "what needs a look": _gravest(line),
            }
            for line in lines
        ]
        click.echo(table(rows, widths=(26, 14, 20, 52)))
        home = views.home_view(ledger.db)
    problems = sum(line.row["problems"] > 0 for line in lines)
    say()
    say(f"{words.count(home.claims, 'claim')} on {words.count(home.sources, 'source')}; {problems} need a look.")
    say("No finding says that a claim is true or false: checkers find, a person decides.")
    say(f"{'Written   ' if written else 'Unchanged '}{path}")
    me = "factledger" if shutil.which("factledger") else sys.argv[0]
    say(f"Read on   {me} -d {path} show {lines[0].row['id']}")
    say(f"Browse    {me} -d {path} serve   (or: make serve)")
    say(f"Your own  {me} -d mine.db init --origin desk.example.org")


def _gravest(line: views.Line) -> str:
    found = line.finding
    if found is None:
        return "not checked"
    if found.finding.outcome.quiet:
        return "-"
    more = [
        f"{line.others[outcome]} {LABEL[outcome]}"
        for outcome in (Outcome.FAIL, Outcome.ERROR, Outcome.WARN, Outcome.ABSTAIN)
        if line.others.get(outcome)
    ]
    return f"{LABEL[found.finding.outcome]}: {found.finding.reason}" + (f" (and {', '.join(more)})" if more else "")


COMMANDS = (serve, demo)
