"""The command line: `factledger`. Commands hold no rules; they ask, call a use case, and tell."""

from __future__ import annotations

from pathlib import Path

import click

from ..version import VERSION
from .frame import DEFAULT_LEDGER, run
from .group import CommandGroup

SECTIONS = {
    "Start": ("read", "init", "demo", "doctor"),
    "Enter": tuple("desk add article capture agent source link origin evidence inquiry import".split()),
    "Decide": ("check", "todo", "review", "exclude", "grade", "correct", "supersede", "retract", "settle"),
    "Protect": ("withhold", "erase", "open"),
    "Read": ("list", "show", "match", "chain", "impact", "history", "coverage", "link-rot"),
    "Trust": ("verify", "checkpoint", "prove", "check-proof", "witness", "key", "upgrade", "rebuild", "backup"),
    "Share": ("serve", "publish", "export", "merge", "extract"),
    "Extend": ("plugins", "plugin", "checkers", "policy", "install", "uninstall"),
}
"""What each command is for, in the order of --help."""

MODULES = {
    "article": ("read",),
    "archive": ("capture", "link-rot"),
    "check": ("check",),
    "coverage": ("coverage",),
    "decide": ("review", "exclude", "correct", "supersede", "retract", "settle", "grade"),
    "desk": ("desk",),
    "enter": ("init", "add", "agent", "source", "link", "origin", "evidence", "inquiry", "article"),
    "export": ("export",),
    "extend": ("plugins", "plugin", "checkers", "policy"),
    "installing": ("install", "uninstall"),
    "history": ("history",),
    "importing": ("import",),
    "listing": ("list",),
    "merge": ("merge", "extract"),
    "outside": ("checkpoint", "witness"),
    "protect": ("withhold", "erase", "open", "key"),
    "publish": ("publish",),
    "prove": ("prove", "check-proof"),
    "read": ("show", "match", "chain", "impact"),
    "share": ("serve", "demo"),
    "todo": ("todo",),
    "trust": ("rebuild", "upgrade", "backup", "doctor"),
    "verify": ("verify",),
}
"""The module of each command, which is loaded when the command is called."""

MEANT = {
    **dict.fromkeys(("new", "create", "start"), "init"),
    **dict.fromkeys(("claim", "enter"), "add"),
    **dict.fromkeys(("quote", "quotation"), "evidence"),
    **dict.fromkeys(("edit", "fix", "change", "update"), "correct"),
    **dict.fromkeys(("delete", "remove", "rm", "undo"), "retract"),
    **dict.fromkeys(("decide", "verdict", "rate"), "review"),
    **dict.fromkeys(("search", "find", "grep"), "match"),
    **dict.fromkeys(("ls", "claims", "sources"), "list"),
    **dict.fromkeys(("log", "diff"), "history"),
    **dict.fromkeys(("status", "next"), "todo"),
    **dict.fromkeys(("site", "web", "browse"), "serve"),
    **dict.fromkeys(("redact", "hide"), "withhold"),
    **dict.fromkeys(("ask", "question"), "inquiry"),
    **dict.fromkeys(("fetch", "archive", "save"), "capture"),
    "help": "factledger --help",
}
"""Names that people try -> the command that they may mean."""

COMPLETION = """\b
What Tab completes, also ids, in bash (in zsh: zsh_source):
  eval "$(_FACTLEDGER_COMPLETE=bash_source factledger)"
In fish:
  _FACTLEDGER_COMPLETE=fish_source factledger | source"""


@click.group(
    cls=CommandGroup,
    modules=MODULES,
    meant=MEANT,
    sections=SECTIONS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=COMPLETION,
)
@click.version_option(VERSION)
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
@click.option(
    "--plugins-dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    metavar="DIR",
    help="Load every .py file of a folder as a plugin; may be repeated.",
)
@click.option("-p", "without", multiple=True, metavar="no:NAME", help="Leave a plugin out, this time.")
@click.option("--confirm-clock", is_flag=True, envvar="FACTLEDGER_CONFIRM_CLOCK", help="This machine's clock is right.")
@click.pass_context
def factledger(
    ctx: click.Context, db: Path, plugins_dir: tuple[Path, ...], without: tuple[str, ...], confirm_clock: bool
) -> None:
    """Record claims, where they come from, how they were checked and what was decided.

    Exit codes: 0 clean, 1 findings, 2 usage, 3 damaged ledger, 4 a checker broke, 5 the surroundings.
    """
    if ctx.obj is None:
        ctx.obj = db
    if plugins_dir or without:
        from .chosen import chosen_plugins

        ctx.with_resource(chosen_plugins(plugins_dir, without))


def main() -> None:
    """Run the command line and exit."""
    run(factledger)
