"""The group of all commands: those of factledger and of plugins, each loaded when it is called."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from ..errors import InputError

if TYPE_CHECKING:
    from ..plugins import Installed


class CommandGroup(click.Group):
    """Commands by the module that holds them (in its `COMMANDS`), and what plugins add, known by name until called.

    `sections` says what each is for, in the order of --help, `meant` what people may mean by a name of none. A plugin
    never takes a name of ours.
    """

    def __init__(
        self,
        *args: Any,
        modules: Mapping[str, Sequence[str]],
        sections: Mapping[str, Sequence[str]],
        meant: Mapping[str, str],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.sections, self._meant = sections, meant
        self._module_of = {name: module for module, names in modules.items() for name in names}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of our own commands."""
        return sorted(self._module_of)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loaded now; None if there is none of this name."""
        if cmd_name in self._module_of:
            for command in import_module(f".{self._module_of[cmd_name]}", __package__).COMMANDS:
                self.add_command(command)
        elif cmd_name not in self.commands and cmd_name in self._from_plugins:
            self.add_command(_loaded(self._from_plugins[cmd_name]), cmd_name)
        return super().get_command(ctx, cmd_name)

    @cached_property
    def _from_plugins(self) -> dict[str, Installed]:
        from .. import plugins

        try:
            found, _ = plugins.installed(group=plugins.COMMANDS)
        except InputError:  # the environment names a plugin that is not there: whatever loads plugins says so
            return {}
        return {one.name: one for one in found if one.name not in self._module_of}

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called; raise UsageError with what a mistyped one may have meant."""
        name = args[0] if args else ""
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            likely = self._meant.get(name) or _closest(name, [*self._module_of, *self._from_plugins])
            hint = f"Did you mean {likely}?" if likely else "See: factledger --help"
            raise click.UsageError(f"There is no command {name!r}. {hint}", ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by what they are for."""
        for title, names in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(name, self._short(ctx, name)) for name in names])
        if self._from_plugins:
            with formatter.section("From plugins"):
                formatter.write_dl([(one.name, f"Of {one.distribution}.") for one in self._from_plugins.values()])

    def _short(self, ctx: click.Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(60) if command else ""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin so, and load none; plugins are asked only where none of ours does."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        ours = _beginning(incomplete, self.list_commands(ctx))
        return [CompletionItem(name) for name in ours or _beginning(incomplete, self._from_plugins)]


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]


def _closest(name: str, known: Sequence[str]) -> str:
    return next(iter(difflib.get_close_matches(name, known, n=1)), "")


def _loaded(plugin: Installed) -> click.Command:
    from ..plugins import guarded

    command, reason = guarded(plugin.load)
    if not isinstance(command, click.Command):
        fault = reason or f"{plugin.value} is no command of click"
        raise click.ClickException(f"The command {plugin.name} of {plugin.distribution} did not load: {fault}")
    return command
