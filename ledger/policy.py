"""What a house asks of its claims: a small TOML file over the one that comes with factledger.

The shipped file, `ledger/policy.toml`, names every setting with its meaning. A
house's own file holds only what it does otherwise. Lists that a checker looks
things up in are CSV files named in it, and are part of the policy: its digest,
which every run records, changes with any of them.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from . import wire
from .errors import EnvironmentFault, InputError, reading_file
from .model import Corroboration, SourceKind, Verdict

W = TypeVar("W", bound=StrEnum)

LARGEST = 8_000_000
"""Bytes of a policy file, and of each list."""

QUOTED = "quoted"
"""In `watch`: every source that recorded words were taken from."""

_EVERY = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}

ANY_KIND = "default"
"""In `stale`: the kinds of source that are not named."""

Rows = tuple[Mapping[str, str], ...]
"""A list that a house keeps: one mapping for each line of the CSV file, from its column's name to its cell."""


@attrs.frozen
class Policy:
    """A house's rules.

    `required` are checkers without which a run is not clean; `enough` the
    states of corroboration that pass; `second` the verdicts that a second
    person signs; `stale` days after which an archived copy is old, by kind of
    source (0: never); `labels` the house's own words for verdicts; `lists` what
    it keeps to look things up in; `options` a table for each checker that has
    settings; `serve` how the ledger is shown to readers; `plugin_folders` where
    plugins lie besides those installed; `watch` after what time a further copy
    is due, by the handle of a source or publisher, or `quoted` (None: never).
    `digest` is the SHA-256 of all but the last three, on which no finding depends.
    """

    required: tuple[str, ...]
    enough: tuple[Corroboration, ...]
    second: tuple[Verdict, ...]
    stale: Mapping[str, int]
    labels: Mapping[str, Verdict]
    lists: Mapping[str, Rows]
    options: Mapping[str, Mapping[str, Any]]
    serve: Mapping[str, str]
    plugin_folders: tuple[Path, ...]
    digest: str
    watch: Mapping[str, timedelta | None] = MappingProxyType({})

    def stale_after(self, kind: SourceKind) -> int | None:
        """Return the days after which a copy of this kind of source is old; None for never."""
        return self.stale.get(kind.value, self.stale[ANY_KIND]) or None

    def of(self, checker: str) -> Mapping[str, Any]:
        """Return the settings of one checker."""
        return self.options.get(checker, MappingProxyType({}))


def read_policy(path: Path | None = None) -> Policy:
    """Return the shipped policy, or a house's file over it; raise InputError that says where it is wrong."""
    if path is None:
        return default_policy()
    own = _parsed(_text(path), str(path))
    return _policy(_over(_shipped(), own, str(path)), path.parent, str(path))


def settings(path: Path | None = None) -> list[tuple[str, str, Any, bool]]:
    """Return (table, setting, value, whether the house's file says it) of the policy in force, as it is written."""
    own = {} if path is None else _parsed(_text(path), str(path))
    tables = _over(_shipped(), own, str(path))
    return [
        (table, name, value, name in own.get(table, {}))
        for table, inside in tables.items()
        for name, value in inside.items()
    ]


def add_setting(path: Path, change: str) -> None:
    """Add "table.name=value" to a house's file, or begin one; raise InputError, and write nothing, if it cannot be.

    A value that is no TOML is taken as text, so that a list's file needs no quotation marks.
    """
    place, sign, written = change.partition("=")
    table, dot, name = place.rpartition(".")
    if not sign or not dot or not written:
        raise InputError(
            f"{change!r} is no setting.", hint="Write TABLE.NAME=VALUE, such as lists.listed-sources=a.csv"
        )
    text = _text(path) if path.exists() else ""
    if name in _parsed(text, str(path)).get(table, {}):
        raise InputError(f"The house has its {place} already.", where=str(path), hint="Edit the file.")
    line, heading, lines = f"{name} = {_toml(written)}", f"[{table}]", text.splitlines()
    if heading in lines:
        lines.insert(lines.index(heading) + 1, line)
    else:
        lines += [*([""] if lines else []), heading, line]
    made = "\n".join(lines) + "\n"
    _policy(_over(_shipped(), _parsed(made, str(path)), str(path)), path.parent, str(path))
    try:
        path.write_text(made, encoding="utf-8")
    except OSError as error:
        raise EnvironmentFault(f"Cannot write {path}: {error.strerror}.", hint="Nothing was changed.") from None


def _toml(written: str) -> str:
    """Return a value as it stands in TOML; what is none becomes a text."""
    try:
        tomllib.loads(f"value = {written}")
    except tomllib.TOMLDecodeError:
        return json.dumps(written, ensure_ascii=False)
    return written


@cache
def default_policy() -> Policy:
    """Return the policy that comes with factledger."""
    return _policy(_shipped(), Path(), "policy.toml")


def _shipped() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("policy.toml").read_text(encoding="utf-8"))


def _text(path: Path) -> str:
    with reading_file(path):
        if path.stat().st_size > LARGEST:
            raise InputError(f"It has more than {LARGEST:,} bytes.", where=str(path))
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise InputError("It is not text in UTF-8.", where=str(path), hint="Save it as UTF-8.") from None


def _parsed(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"This is no TOML: {error}.", where=where) from None


UNSEEN = ("serve", "plugins", "watch")
"""Tables on which no finding depends: a run records by what code it was made."""

FREE = ("labels", "lists", "checkers", "stale", "watch")
"""Tables whose keys the house chooses; those of the others are fixed."""


def _over(shipped: dict[str, Any], own: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return the shipped tables with a house's settings in place of theirs."""
    for name, table in own.items():
        _require_known(name, shipped, where)
        if not isinstance(table, dict):
            raise InputError(f"`{name}` is a table.", where=where, hint=f"Write [{name}] on a line of its own.")
        for key, value in table.items():
            if name not in FREE:
                _require_known(key, shipped[name], f"{where}: [{name}]")
            both = name == "checkers" and isinstance(value, dict)
            shipped[name][key] = {**shipped[name].get(key, {}), **value} if both else value
    return shipped


def _require_known(name: str, known: Mapping[str, Any], where: str) -> None:
    if name not in known:
        near = get_close_matches(name, known, 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
        raise InputError(f"There is no setting `{name}`.", where=where, hint=hint)


def _policy(tables: Mapping[str, Any], folder: Path, where: str) -> Policy:
    lists = {name: _list(folder, name, file, where) for name, file in sorted(tables["lists"].items())}
    stale = {name: _days(name, days, where) for name, days in tables["stale"].items()}
    return Policy(
        required=tuple(_texts(tables["required"]["checkers"], f"{where}: [required] checkers")),
        enough=_words(tables["corroboration"]["enough"], Corroboration, f"{where}: [corroboration] enough"),
        second=_words(tables["sign_off"]["second"], Verdict, f"{where}: [sign_off] second"),
        stale=MappingProxyType(stale),
        labels=MappingProxyType(
            {label: _word(verdict, Verdict, f"{where}: [labels]") for label, verdict in tables["labels"].items()}
        ),
        lists=MappingProxyType({name: rows for name, (rows, _) in lists.items()}),
        options=MappingProxyType({name: _options(name, table, where) for name, table in tables["checkers"].items()}),
        serve=MappingProxyType(
            {name: _one_text(text, f"{where}: [serve] {name}") for name, text in tables["serve"].items()}
        ),
        plugin_folders=tuple(folder / name for name in _texts(tables["plugins"]["dirs"], f"{where}: [plugins] dirs")),
        watch=MappingProxyType({name: _every(name, said, where) for name, said in tables["watch"].items()}),
        digest=_digest(tables, {name: digest for name, (_, digest) in lists.items()}, where),
    )


def _digest(tables: Mapping[str, Any], lists: Mapping[str, str], where: str) -> str:
    try:
        rules = {name: table for name, table in tables.items() if name not in UNSEEN}
        return sha256(wire.dumps(_plain({**rules, "lists": lists})).encode()).hexdigest()
    except InputError as error:
        raise InputError(error.message, where=where, hint=error.hint) from None


def _plain(value: Any) -> Any:
    """Return TOML's values as JSON's: dates and decimals as text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, (float, date, datetime, time)) else value


def _options(name: str, table: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(table, dict):
        raise InputError("The settings of a checker are a table.", where=where, hint=f"Write [checkers.{name}].")
    return _frozen(table)


def _frozen(table: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType({key: _frozen_value(value) for key, value in table.items()})


def _frozen_value(value: Any) -> Any:
    if isinstance(value, dict):
        return _frozen(value)
    return tuple(map(_frozen_value, value)) if isinstance(value, list) else value


def _list(folder: Path, name: str, file: Any, where: str) -> tuple[Rows, str]:
    if not isinstance(file, str):
        raise InputError(f"The list {name} is the name of a CSV file.", where=f"{where}: [lists]")
    path = folder / file
    text = _text(path).removeprefix("\ufeff")
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError(f"This is no CSV: {error}.", where=str(path)) from None
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise InputError(
                "This line has not as many cells as the first.", where=f"{path}, row {number}", hint="Check the commas."
            )
    return tuple(MappingProxyType(row) for row in rows), sha256(text.encode()).hexdigest()


def _days(name: str, days: Any, where: str) -> int:
    place = f"{where}: [stale] {name}"
    if name != ANY_KIND:
        _word(name, SourceKind, place)
    if type(days) is not int or not 0 <= days <= 36_500:
        raise InputError("Days are a whole number from 0 (never) to 36500.", where=place)
    return days


def _every(name: str, said: Any, where: str) -> timedelta | None:
    found = re.fullmatch(r"([1-9][0-9]{0,3}) (hour|day|week)s?", said) if isinstance(said, str) else None
    if found is None and said != "never":
        raise InputError(
            "How often is a number of hours, days or weeks, or never.",
            where=f"{where}: [watch] {name}",
            hint='Write: "6 hours", "1 day", "2 weeks", "never"',
        )
    return int(found[1]) * _EVERY[found[2]] if found else None


def _words(value: Any, kind: type[W], where: str) -> tuple[W, ...]:
    return tuple(_word(text, kind, where) for text in _texts(value, where))


def _word(text: Any, kind: type[W], where: str) -> W:
    known = [word.value for word in kind]
    if text not in known:
        near = get_close_matches(str(text), known, 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
        raise InputError(f"There is no {text!r} here.", where=where, hint=hint)
    return kind(text)


def _one_text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise InputError("This is text.", where=where, hint='Write it in quotation marks: "..."')
    return value


def _texts(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise InputError("This is a list of words.", where=where, hint='Write: ["one", "two"]')
    yield from value
