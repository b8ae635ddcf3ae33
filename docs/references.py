"""Write the reference pages from the code: python docs/references.py

docs/hooks.md has every hook and every name that a plugin may import; docs/checkers.md every checker that comes with
factledger; docs/commands.md what `--help` says of every command; docs/independence.md every situation of
tests/grounds; ledger/web/static/claim.schema.json, the form of a claim's JSON; ledger/locale/factledger.pot
the words that a translation is made of. A test compares each with what it is
written from.
"""

from __future__ import annotations

import importlib
import inspect
import json
import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs
import click
import factledger_checkers

import ledger
from ledger.cli import SECTIONS, factledger
from ledger.plugins import Hooks
from ledger.promise import PROVISIONAL, STABLE, WARNED, state_of
from ledger.text.numbers.units import CURRENCIES, FACTORS
from ledger.views import claim_schema, words
from ledger.web.wording import messages

HERE = Path(__file__).parent

PUBLIC = (*STABLE, *PROVISIONAL)
"""The modules that plugins may import from."""

MEANINGS = tomllib.loads((HERE / "fields.toml").read_text(encoding="utf-8"))
"""What a field means where its class does not say so."""

LONGEST_DEFAULT = 80
"""Characters of a setting's default that stand in a table."""

HOOKS = """\
# Hooks and names for plugins

Written from the code by `python docs/references.py`. How to use them is in [the guide](plugin-guide.md).

A plugin is a module that an entry point in the group `factledger` names. It answers one or more of these hooks, each a
function decorated with `@hookimpl`; it may leave out arguments. A hook that raises, or does not take what it is given,
is a recorded fault of that plugin, and the others go on.

A single file is a plugin as well: every `.py` file of a folder that is named (`factledger --plugins-dir DIR`,
`FACTLEDGER_PLUGINS_DIR`, or `[plugins] dirs` in [the policy](policy.md)), but for those that begin with `_`.

**Names.** What factledger brings keeps its names: checkers, readers, formats, commands, plugins. Of two plugins that
claim one name neither is used, and both are told.

**Where it runs.** Each plugin is imported in a process of its own that ends with its parent: when it checks or reads,
and also when plugins are only listed (`plugins`, `checkers`, `doctor`), with a time limit. Three exceptions run in the
process that was asked for them: a command that is called, a format that is exported or imported, an executor that is
named. Environment variables that look like secrets are not passed on; `FACTLEDGER_PASS_ENV` names those that are.

A command needs no hook: an entry point in the group `factledger.commands` names a command of click, and its own name
is what one types (`tally = "my_package:tally"` for `factledger tally`). It is listed by that name, and loaded when
somebody calls it; a name that factledger has itself stays factledger's. `ledger.commands.with_call` hands it the ledger
of the call, the house's policy and how to print; with `click.pass_obj` it gets the path of the ledger's file alone.
"""

PROMISE = """
## What is promised

These names are the contract, version `ledger.API = "{api}"`; everything else is private, and may change with
any version.

- **stable**: what works with API 1.x works with every later 1.y. What is to go still works, and warns
  (`DeprecationWarning`), for {warned} minor versions of factledger first.
- **provisional**: may change with any minor version, and the changelog says how.

A module that needs what an earlier API lacks says so with `requires_api = "{api}"`. Where that is not met it is not
loaded, and the fault says which to update. Versions of the API and what each added stand in the changelog.

## What may be imported"""

FIELDS_HEAD = """
## Fields

Places in a text are code points from 0, the end exclusive. Dates are EDTF (ISO 8601-2), instants RFC 3339 in UTC,
digests hex. What is `None` is not known, unless it says otherwise. Records are frozen: fields are read, never set."""

UNITS_HEAD = """
## Units

What `Quantity.unit` is where a text gives an amount. Units of one row convert into each other, but for those of money,
and for `degree`, `point` and `pound`, which may be one or another. A multiple ("twice") is in `times`, an ordinal in
`ordinal`.

| of | unit |
|---|---|"""

CHECKERS = """\
# The checkers that come with factledger

Written from the code by `python docs/references.py`; `factledger checkers NAME` says the same of any checker that is
installed. Settings of a checker stand under `[checkers.NAME]` in [the policy](policy.md).
"""

COMMANDS = """\
# Commands

Written from `--help` by `python docs/references.py`: what a command says of itself is said here once more, to be read
and searched at leisure. Every command takes `-h` or `--help`, and `-d FILE` (or `--db FILE`, or `FACTLEDGER_DB`): the
ledger file.

Tab completes commands, options, words of a vocabulary, and the ids and names that the ledger holds. Put the line of
your shell where it reads it when it starts:

| shell | in | line |
|---|---|---|
| bash | `~/.bashrc` | `eval "$(_FACTLEDGER_COMPLETE=bash_source factledger)"` |
| zsh | `~/.zshrc` | `eval "$(_FACTLEDGER_COMPLETE=zsh_source factledger)"` |
| fish | `~/.config/fish/completions/factledger.fish` | `_FACTLEDGER_COMPLETE=fish_source factledger \\| source` |
"""

SITUATIONS = HERE.parent / "tests" / "grounds" / "situations.toml"

INDEPENDENCE = """\
# When are two sources independent?

Written by `python docs/references.py` from [the situations that are tested](../tests/grounds/situations.toml), where
each stands in full: records, texts and commands.

Five reports can be one. factledger answers with two numbers: how many of the sources of a claim are *shown* to be
independent, and how many could be *at most*, as nothing shows that they are not. Only the first confirms anything.

**Two sources are shown independent** where a person declares it with a reason and no common origin is on record; or
where all of this is on record:

| ground | what is asked |
|---|---|
| other people | nobody wrote or speaks in both, or in what they come from; whoever speaks is named |
| other houses | owners are known and differ, also of what they come from; nobody behind one is of the other's house |
| each first-hand | its makers or its speaker were there, or it knows from a document that is on record |
| of different objects | two witnesses of one event are two; two readers of one memo have one origin, the memo |
| no derivation | neither comes from, answers or takes something from the other, and they have no origin in common |
| no common credit | their texts do not credit one and the same agency, for whatever |
| texts compared | both are archived, with 40 words of their own or more, not in two languages, and share no passage |

What is missing makes the answer *independence unknown*, with the reason in words; it never makes it *independent*.

**Two sources have one origin** where all trails pass through one source, one voice or one owner. A trail is that of a
claim: it ends at whoever saw for themselves; a link that carries another claim leads nowhere; a link by which somebody
quotes or cites, without saying for what, counts, and the answer says that this is not recorded
([ADR 0020](adr/0020-a-trail-is-of-a-claim-and-its-evidence.md)). Whom a text credits in its dateline, byline or credit
line is an origin also where nobody entered it: `factledger origin NAME SOURCE ...` puts it on record.

**What is not established.** Whether what independent sources say is true. Whether witnesses talked before they wrote.
Whether a text that was never archived copied another, or one that was rewritten from end to end. Whether an entry is
right: who ticks "witness" for a reporter who stayed at home has recorded a witness.

## What is answered

`2-2` is: at least 2 are shown independent, at most 2 could be. Where our answer differs from an editor's, it lets less
pass, and says why.
"""


def hooks() -> str:
    """Return the page of hooks and public names."""
    return HOOKS + "\n".join([*_hooks(), *_names()])


def checkers() -> str:
    """Return the page of the standard checkers."""
    return CHECKERS + "\n".join(_checkers())


def commands() -> str:
    """Return the page of the commands, by what they are for."""
    return COMMANDS + "\n".join(_commands())


def independence() -> str:
    """Return the page on independence, with the situations that are tested."""
    return INDEPENDENCE + "\n".join(_situations())


def _situations() -> Iterator[str]:
    told = tomllib.loads(SITUATIONS.read_text(encoding="utf-8"))["situation"]
    same = sum(one["expert"] == one["ours"] for one in told)
    yield f"\n{len(told)} situations; {same} answered as an editor does, {len(told) - same} with less.\n"
    yield "| situation | an editor | because | factledger |\n|---|---|---|---|"
    for one in told:
        ours = "the same" if one["ours"] == one["expert"] else f"{_answer(one['ours'])}: {one['differs']}"
        yield f"| {one['title']} | {_answer(one['expert'])} | {one['because']} | {ours} |"
    yield ""


def _answer(given: list[Any]) -> str:
    state, least, most = given
    return f"{state.replace('_', ' ')}, {least}-{most}"


def _hooks() -> Iterator[str]:
    for name, hook in vars(Hooks).items():
        if name.startswith("ledger_"):
            arguments = ", ".join(list(inspect.signature(hook).parameters)[1:])
            yield f"\n## `{name}({arguments})`\n\n{inspect.getdoc(hook)}"


def _names() -> Iterator[str]:
    yield PROMISE.format(api=ledger.API, warned=WARNED)
    for module_name in PUBLIC:
        module = importlib.import_module(module_name)
        yield f"\n### `{module_name}`\n\n| name | what it is | |\n|---|---|---|"
        for name in sorted(module.__all__, key=str.lower):
            value = getattr(module, name)
            yield f"| `{name}{_arguments(value)}` | {_first_line(value)} | {state_of(module_name, name)} |"
    yield FIELDS_HEAD
    for value in dict.fromkeys(_with_fields()):
        yield f"\n### `{value.__name__}`\n\n| field | type | what it is |\n|---|---|---|"
        yield from (f"| `{name}` | `{kind}` | {said} |" for name, kind, said in fields_of(value))
    yield from _units()
    yield ""


_OF = {"pound": "money or mass"}


def _units() -> Iterator[str]:
    """Yield the units of amounts, those that convert into each other in one row, and all money in one."""
    yield UNITS_HEAD
    rows: dict[str, list[str]] = {}
    for unit, (dimension, _) in FACTORS.items():
        rows.setdefault("money" if unit in CURRENCIES else _OF.get(dimension, dimension), []).append(f"`{unit}`")
    yield from (f"| {of} | {', '.join(units)} |" for of, units in rows.items())


def _arguments(value: Any) -> str:
    """Return the arguments of a function, (a, b, c=…, *, d=…), with a mark at those that may be left out."""
    if not inspect.isfunction(value):
        return ""
    signature = inspect.signature(value)
    bare = [
        one.replace(annotation=one.empty, default=one.default if one.default is one.empty else _Optional())
        for one in signature.parameters.values()
    ]
    return str(signature.replace(parameters=bare, return_annotation=signature.empty))


class _Optional:
    def __repr__(self) -> str:
        return "…"


def _with_fields() -> Iterator[type]:
    """Yield every public class that has fields."""
    for module_name in PUBLIC:
        module = importlib.import_module(module_name)
        for name in sorted(module.__all__, key=str.lower):
            value = getattr(module, name)
            if inspect.isclass(value) and attrs.has(value) and fields_of(value):
                yield value


def fields_of(value: type) -> list[tuple[str, str, str]]:
    """Return (name, type, meaning, empty if nobody says it) of each public field of a class."""
    return [
        (one.name, _type(value, one.name).replace("|", "\\|"), _meaning(value, one))
        for one in attrs.fields(value)
        if not one.name.startswith("_")
    ]


def _meaning(value: type, field: Any) -> str:
    """Return what a field means: as it is told here, as the class says, or its type, or the record that it names."""
    told = (f"{base.__name__}.{field.name}" for base in value.__mro__)
    found = next((name for name in told if name in MEANINGS), None)
    if found is not None:
        return str(MEANINGS[found])
    kind = field.metadata.get("refers_to")
    if kind:
        said = "any record" if kind == "*" else f"{'an' if kind[0] in 'aei' else 'a'} {kind}"
        return f"uid of {said}"
    for base in value.__mro__:
        said = inspect.cleandoc(base.__doc__ or "") if base.__module__.startswith("ledger") else ""
        for clause in re.split(r"(?<=[.;])\s+", " ".join(said.split())):
            if f"`{field.name}`" in clause:
                return clause.rstrip(".;").replace("|", "\\|")
    if field.name in MEANINGS:
        return str(MEANINGS[field.name])
    return _of_type(_type(value, field.name))


def _type(value: type, name: str) -> str:
    """Return the type of a field as it is written."""
    written = (vars(base).get("__annotations__", {}) for base in value.__mro__)
    return str(next(found[name] for found in written if name in found))


def _of_type(written: str) -> str:
    """Return what the first public class that a type names is, with its words if it is a vocabulary."""
    for word in re.findall(r"[A-Z]\w+", written):
        for module_name in PUBLIC:
            found = getattr(importlib.import_module(module_name), word, None)
            if inspect.isclass(found) and found.__module__.startswith("ledger"):
                words = ", ".join(f"`{one.value}`" for one in found) if issubclass(found, StrEnum) else ""
                return f"{_first_line(found).rstrip('.')}{': ' * bool(words)}{words}"
    return ""


def _first_line(value: Any) -> str:
    if value is ledger.hookimpl:
        return "Marks a function as a plugin's answer to a hook."
    if not (inspect.isclass(value) or inspect.isroutine(value)):
        return f"A constant ({type(value).__name__})."
    return (inspect.getdoc(value) or "").split("\n")[0].replace("|", "\\|")


def _checkers() -> Iterator[str]:
    for checker in sorted(factledger_checkers.ledger_register_checkers({}), key=lambda one: one.name):
        yield f"\n## {checker.name}\n"
        for line in _parts(inspect.getdoc(checker) or ""):
            label, _, words = line.partition(": ")
            yield f"- **{label}**: {words}"
        yield f"- **Establishes**: {checker.establishes}."
        yield f"- **Does not establish**: {checker.does_not_establish}."
        if checker.settings:
            yield from _settings(checker)
    yield ""


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of a checker's docstring, each on one line."""
    part = ""
    for line in text.splitlines():
        if not line.startswith(" ") and part:
            yield part
            part = ""
        part = f"{part} {line.strip()}".strip()
    yield part


def _settings(checker: ledger.Checker) -> Iterator[str]:
    """Yield a table of the settings that a checker declares."""
    yield f"\n| in `[checkers.{checker.name}]` | is | as shipped | meaning |\n|---|---|---|---|"
    for one in checker.settings or ():
        shipped = json.dumps(one.default, ensure_ascii=False)
        if isinstance(one.default, tuple) and len(shipped) > LONGEST_DEFAULT:
            shipped = f"{len(one.default)} of them: `factledger checkers {checker.name}`"
        yield f"| `{one.name}` | {one.kind} | {shipped} | {one.help} |"


def _commands() -> Iterator[str]:
    top = click.Context(factledger, info_name="factledger", **factledger.context_settings)
    for title, names in SECTIONS.items():
        yield f"\n## {title}"
        for name in names:
            yield from _command(factledger.get_command(top, name), top)
    yield ""


def _command(command: click.Command, above: click.Context) -> Iterator[str]:
    """Yield what a command says of itself, and then what its own commands say."""
    here = click.Context(command, above, info_name=command.name)
    usage = " ".join([here.command_path, *command.collect_usage_pieces(here)])
    yield f"\n### {here.command_path}\n\n`{usage}`"
    yield from map(_paragraph, inspect.cleandoc(command.help or "").split("\n\n"))
    yield from _options(command, here)
    if isinstance(command, click.Group):
        for name in sorted(command.list_commands(here)):
            below = command.get_command(here, name)
            assert below is not None
            yield from _command(below, here)


def _paragraph(text: str) -> str:
    """Return a paragraph of a help text; its lines stay apart where they do so on a terminal, as do examples."""
    words = text.removeprefix("\b\n")
    if words.startswith("Example: "):
        return f"\n```\n$ {words.removeprefix('Example: ')}\n```"
    return f"\n```\n{words}\n```" if words != text else f"\n{words}"


def _options(command: click.Command, here: click.Context) -> Iterator[str]:
    said = [param.get_help_record(here) for param in command.params if not {"--db", "--help"} & set(param.opts)]
    said = [*getattr(command, "choices", ()), *said]
    rows = [tuple(cell.replace("|", "\\|") for cell in one) for one in said if one and (one[1] or one[0][0] == "-")]
    if rows:
        yield "\n| option | what it says |\n|---|---|"
        yield from (f"| `{option}` | {words} |" for option, words in rows)


SCHEMA = HERE.parent / "ledger/web/static/claim.schema.json"


def schema() -> str:
    """Return the form of a claim's JSON document as JSON Schema."""
    return json.dumps(claim_schema(), ensure_ascii=False, indent=1) + "\n"


CATALOGUE = HERE.parent / "ledger/locale/factledger.pot"
TEMPLATES = HERE.parent / "ledger/web/templates"


def catalogue() -> str:
    """Return the template for translators (GNU gettext): the words of the vocabularies, and those of our pages."""
    found = dict[str, list[str]]()
    for name, vocabulary in words.VOCABULARIES.items():
        for shown in vocabulary.values():
            found.setdefault(shown, []).append(f"ledger/views/words.py:{name}")
    for path in sorted(TEMPLATES.glob("*.html")):
        for _, message in messages(path.read_text(encoding="utf-8")):
            found.setdefault(message, []).append(f"ledger/web/templates/{path.name}")
    entries = (
        f'\n#: {" ".join(dict.fromkeys(where))}\nmsgid {json.dumps(message, ensure_ascii=False)}\nmsgstr ""\n'
        for message, where in found.items()
    )
    head = "# The words of factledger for translators, written by: python docs/references.py\n"
    return head + 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' + "".join(entries)


if __name__ == "__main__":
    CATALOGUE.parent.mkdir(exist_ok=True)
    CATALOGUE.write_text(catalogue(), encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")
    for page in (hooks, checkers, commands, independence):
        (HERE / f"{page.__name__}.md").write_text(page(), encoding="utf-8")
