"""What a command of a plugin is given: the ledger of this call, the house's policy, and how to print.

    @click.command()
    @with_call
    @row_options
    def tally(call: Call, form: str | None) -> None:
        with call.open() as desk:
            call.print_rows([{"claim": one.claim.handle} for one in desk.claims()], form)

Its entry point stands in the group `factledger.commands`, and its own name is what one types. A LedgerError that it
raises is one line on stderr, with the right exit code; what it returns is the exit code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import update_wrapper
from pathlib import Path
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, overload

import attrs
import click

from . import opened
from .cli.frame import ledger_of, policy_file, print_rows, row_options, say
from .opened import OpenLedger, WritableLedger
from .policy import Policy, read_policy

__all__ = ["Call", "row_options", "with_call"]

P = ParamSpec("P")
T = TypeVar("T")


@attrs.frozen
class Call:
    """One call of a command: `path` is the ledger's file, as -d, FACTLEDGER_DB or the default say."""

    path: Path

    @overload
    def open(self, *, write: Literal[False] = False) -> OpenLedger: ...
    @overload
    def open(self, *, write: Literal[True]) -> WritableLedger: ...
    def open(self, *, write: bool = False) -> OpenLedger | WritableLedger:
        """Open the ledger of this call, to read it or also to write; see `ledger.open`."""
        return opened.open(self.path, write=write)

    def policy(self) -> Policy:
        """Return the house's policy in force for this ledger."""
        return read_policy(policy_file(None))

    def say(self, text: str) -> None:
        """Tell the person something that is not data: on stderr."""
        say(text)

    def print_rows(self, rows: Sequence[dict[str, Any]], form: str | None = None) -> None:
        """Print rows on stdout, in the form that `row_options` gave: else a table on a terminal, JSON into a pipe."""
        print_rows(rows, form)


def with_call(command: Callable[Concatenate[Call, P], T]) -> Callable[P, T]:
    """Have click hand a command the `Call` as its first argument."""

    def handed(*given: P.args, **named: P.kwargs) -> T:
        return command(Call(ledger_of(click.get_current_context())), *given, **named)

    return update_wrapper(handed, command)
