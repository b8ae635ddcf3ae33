"""Which plugins a call has: folders and switches of the command line, as whatever loads plugins reads them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click


@contextmanager
def chosen_plugins(folders: Sequence[Path], without: Sequence[str]) -> Iterator[None]:
    """Have the environment say which plugins are loaded, here and in processes that are started, until the end.

    `without` are switches such as "no:weasel"; raises UsageError for others.
    """
    from ..plugins.installed import BUT, FOLDERS, SWITCH

    for one in without:
        if not one.startswith(BUT) or one == BUT:
            raise click.UsageError(f"-p takes no:NAME, and not {one!r}. To load some alone: {SWITCH}=NAME")
    before = {name: os.environ.get(name) for name in (FOLDERS, SWITCH)}
    if folders:
        given = [str(folder.absolute()) for folder in folders]
        os.environ[FOLDERS] = os.pathsep.join([*given, *filter(None, [before[FOLDERS]])])
    if without and before[SWITCH] != "":
        os.environ[SWITCH] = ",".join([*filter(None, [before[SWITCH]]), *without])
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
