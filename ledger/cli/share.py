"""Commands that share: serve, demo."""

from __future__ import annotations

import shutil
import sys

import click

from .. import store, views
from ..exchange import build_example
from ..policy import read_policy
from ..views import words
from .check import tell_state
from .frame import command, ledger_path, policy_file, say


@command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("-p", "--port", default=8001, show_default=True, type=click.IntRange(0, 65535))
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open it in a browser.")
@click.option("--base-url", metavar="URL", help="Where readers find it, if another server passes them on.")
@click.option("--title", metavar="TEXT", help="What the pages are headed with.")
@click.option("--report", metavar="URL|MAIL", help="Where readers report an error.")
@click.option("--edition", metavar="reader|desk", help="For whom [default: desk, for one's own on this machine].")
@click.option("--sql/--no-sql", default=None, help="Let readers ask in SQL [default: on this machine only].")
@click.option("--policy", metavar="FILE", help="The house's rules [default: LEDGER.policy.toml, or factledger's own].")
def serve(
    host: str,
    port: int,
    open_browser: bool,
    base_url: str | None,
    title: str | None,
    report: str | None,
    edition: str | None,
    sql: bool | None,
    policy: str | None,
) -> None:
    """Browse the ledger in Datasette, read-only. Ctrl-C ends it.

    Readers are shown claims, decisions and reasons; the desk also what is to be done. Address, title, edition and
    where to report are read from [serve] of the policy where they are not given.

    Exit codes: 130 after Ctrl-C, 143 if it was told to end (SIGTERM, SIGHUP), 5 if the machine refused.

    Example: factledger serve --base-url https://facts.example.org/desk/ --title "The desk's ledger"
    """
    from ..web.serve import serve as serve_pages

    said = read_policy(policy_file(policy)).serve
    serve_pages(
        ledger_path(),
        host=host,
        port=port,
        base_url=base_url or said["base_url"] or "/",
        title=title or said["title"],
        report=report or said["report"],
        edition=edition or said["edition"],
        sql=sql,
        open_browser=open_browser,
    )


@command()
def demo() -> None:
    """Build the example ledger, check it, and show what it says.

    Example: factledger demo
    """
    path = ledger_path()
    written = build_example(path)
    with store.open_ledger(path) as ledger:
        tell_state(ledger.db)
        home = views.home_view(ledger.db)
    say(f"{words.count(home.claims, 'claim')} on {words.count(home.sources, 'source')}.")
    say("No finding says that a claim is true or false: checkers find, a person decides.")
    say(f"{'Written   ' if written else 'Unchanged '}{path}")
    me = "factledger" if shutil.which("factledger") else sys.argv[0]
    say(f"Read on   {me} -d {path} show troop-offer")
    say(f"Browse    {me} -d {path} serve   (or: make serve)")
    say(f"Your own  {me} -d mine.db init --origin desk.example.org")


COMMANDS = (serve, demo)
