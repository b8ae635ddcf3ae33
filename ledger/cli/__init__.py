"""The command line: `factledger`. Commands hold no rules; they ask, call a use case, and tell."""

from __future__ import annotations

from pathlib import Path

import click

from . import (
    archive,
    check,
    decide,
    enter,
    export,
    extend,
    history,
    outside,
    protect,
    prove,
    read,
    share,
    trust,
    verify,
)
from .frame import DEFAULT_LEDGER, Group, run

SECTIONS = {
    "Start": ("init", "demo", "doctor"),
    "Enter": ("add", "article", "capture", "agent", "source", "link", "origin", "evidence", "inquiry", "import"),
    "Decide": ("check", "review", "grade", "correct", "supersede", "retract", "settle", "withhold", "erase", "open"),
    "Read": ("list", "show", "match", "chain", "impact", "history", "coverage", "link-rot"),
    "Trust": ("verify", "checkpoint", "prove", "check-proof", "witness", "key", "upgrade", "rebuild", "backup"),
    "Share": ("serve", "publish", "export"),
    "Extend": ("plugins", "plugin", "checkers", "policy"),
}


@click.group(cls=Group, context_settings={"help_option_names": ["--help"], "max_content_width": 100})
@click.version_option(package_name="factledger")
@click.option(
    "-d",
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="FACTLEDGER_DB",
    default=DEFAULT_LEDGER,
    show_default=True,
    show_envvar=True,
    metavar="FILE",
    help="The ledger file.",
)
@click.pass_context
def factledger(ctx: click.Context, db: Path) -> None:
    """Record claims, where they come from, how they were checked and what was decided.

    Exit codes: 0 clean, 1 findings, 2 usage, 3 damaged ledger, 4 a checker broke, 5 the surroundings.
    """
    if ctx.obj is None:
        ctx.obj = db


Group.sections = SECTIONS
for module in (
    enter, archive, check, decide, read, history, verify, trust, outside, prove, protect, share, export, extend,
):  # fmt: skip
    for command in module.COMMANDS:
        factledger.add_command(command)


def main() -> None:
    """Run the command line and exit."""
    run(factledger)
