"""Records of a merged file: ORIGIN/ID, wherever a command takes a record, is looked for in that ledger of the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from .. import store
from ..errors import InputError, ReadOnly
from ..store.merged import is_merged, open_merged
from .frame import ledger_path
from .known import KnownRecord


def merged_path() -> Path | None:
    """Return the file that this call is about if it is a merged one."""
    path = ledger_path()
    return path if is_merged(path) else None


@contextmanager
def within(ctx: click.Context, params: list[click.Parameter]) -> Iterator[None]:
    """Have a call that names records of a merged file be about the one ledger that they are in, for the block.

    Raises InputError if there is no such ledger in the file, or they are in several; ReadOnly if something is entered.
    """
    named = {param.name: ctx.params[param.name] for param in params if param.name and _of_records(param, ctx)}
    path = merged_path() if named else None
    if path is None:
        yield
        return
    origins = {one.rpartition("/")[0] for value in named.values() for one in _given(value)}
    if len(origins) > 1:
        raise InputError("These are not records of one ledger.", where=str(path), hint="Name those of one at a time.")
    with store.scratch_folder() as folder:
        with store.faults_told(path), open_merged(path) as file:
            file.take_out(file.member(*origins), folder / "member.db")
        ctx.find_root().obj = folder / "member.db"
        for name, value in named.items():
            bare = tuple(one.rpartition("/")[2] for one in _given(value))
            ctx.params[name] = bare if isinstance(value, tuple) else bare[0]
        try:
            yield
        except ReadOnly:
            hint = "Enter it where the ledger is kept; publish that, and merge the copy."
            raise ReadOnly("A merged file takes no entries.", where=str(path), hint=hint) from None


def _of_records(param: click.Parameter, ctx: click.Context) -> bool:
    """Return whether a parameter names records, and was given one of a merged file."""
    value = ctx.params.get(param.name or "")
    return isinstance(param.type, KnownRecord) and any("/" in one for one in _given(value))


def _given(value: Any) -> Iterator[str]:
    """Yield the texts that were given for a parameter."""
    yield from value if isinstance(value, tuple) else () if value is None else (value,)
