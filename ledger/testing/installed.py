"""A plugin as its users have it: installed, and asked by a real run about real ledgers made of its cases.

A case alone asks the class. Here an entry point has to lead to it, the process that a run starts has to import it, the
ledger has to take the records, the policy file the settings, and what is found has to go on record.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from .. import checks, plugins
from ..book import Book
from ..capture import Archive
from ..checker import Checker, Detector, Finder, Proposal
from ..checks.calls import SILENT
from ..errors import LedgerError
from ..model import Agent, Capture, Claim, Evidence, Inquiry, Link, Outcome, Record, Review, Source, Standing
from ..store import scratch_folder
from .case import Case
from .expected import Expected, difference
from .temporary import temporary_book

ORDER: tuple[type[Record], ...] = (Agent, Source, Capture, Claim, Link, Evidence, Inquiry, Review)
"""Kinds of records, each after those that it names."""


def assert_found_when_installed(checker: Finder, cases: Iterable[Case], *, plugins_dir: Path | None = None) -> None:
    """Raise AssertionError, with what differs, unless a real run of the installed plugin finds what each case expects.

    Each case becomes a ledger of its own, and is checked as `factledger check` does it: by the plugin that an entry
    point names, in another process, with settings from a policy file; findings count in any order. `plugins_dir` is the
    folder of a plugin that is one file. A case that no ledger would take cannot be run, and is refused by its name.
    """
    __tracebackhide__ = True  # pytest shows the lists, not the kit
    plugin = _plugin_of(checker, plugins_dir)
    given = list(cases)
    if not given:
        raise AssertionError(f"{checker.name}: there is no case, so nothing would run; give those of cases.toml.")
    for case in given:
        place = f"{checker.name}, installed, on the case “{case.name}”"
        try:
            found = _found(checker, case, plugin, plugins_dir)
        except LedgerError as error:
            raise AssertionError(f"{place}: {error}") from error
        broken = next((one for one in found if getattr(one, "outcome", None) is Outcome.ERROR), None)
        if broken is not None:
            raise AssertionError(f"{place}: {broken.reason}")
        words = difference(case.expect, _in_order(case.expect, found, case.handles()), case.handles())
        if words:
            raise AssertionError(f"{place}: a run does not find what it expects.\n{words}")


def _plugin_of(checker: Finder, plugins_dir: Path | None) -> str:
    """Return the name of the installed plugin that a checker is from; raise AssertionError if there is none."""
    module = type(checker).__module__
    file = getattr(sys.modules.get(module), "__file__", None)
    there, _ = plugins.installed(folders=[] if plugins_dir is None else [plugins_dir])
    for one in there:
        leads_to = one.value.partition(":")[0]
        if one.is_file and file and Path(file).resolve() == Path(one.value):
            return one.name
        if not one.is_file and (module == leads_to or module.startswith(f"{leads_to}.")):
            return one.name
    where = f"no file of {plugins_dir} is" if plugins_dir else "no entry point leads to"
    fix = "name its folder" if plugins_dir else "python -m pip install -e ."
    raise AssertionError(f"{checker.name}: it is not installed: {where} {module}; {fix}")


def _found(checker: Finder, case: Case, plugin: str, plugins_dir: Path | None) -> list[Any]:
    """Return what a run records: the findings of the case's claim, or of all, or the proposals."""
    with temporary_book(now=case.now) as book, scratch_folder() as folder:
        house = folder / "house.policy.toml"
        house.write_text(_policy(checker.name, case.options, plugins_dir), encoding="utf-8")
        _enter(book, case)
        outcomes = checks.check(book, policy=house, plugins=plugin, workers=1)
        if isinstance(checker, Detector):
            links = [link for link in map(book.get, outcomes.links) if isinstance(link, Link)]
            return [_proposal(one) for one in links]
        others = {one.handle for one in case.of(Claim)} - {case.claim.handle}
        left = others if isinstance(checker, Checker) else set()
        recorded = [
            attrs.evolve(one.finding, cites=one.handles, missing=one.missing)
            for about, of_it in outcomes.by_subject()
            for one in of_it
            if one.checker == checker.name and about not in left
        ]
        return [one for one in dict.fromkeys(recorded) if one.code != SILENT.code]


def _proposal(link: Link) -> Proposal:
    return Proposal(
        source=link.source,
        relation=link.relation,
        comes_from=link.comes_from,
        measure=link.measure or "",
        note=link.note or "",
    )


def _enter(book: Book, case: Case) -> None:
    """Record all that a case holds; raises InputError for what no ledger takes."""
    archive = Archive.of(book.ledger)
    for capture in case.of(Capture):
        archive.put(case.blob(capture))
    with book.together():
        for kind in ORDER:
            for record in case.of(kind):
                book.add(record)
    for handle, reason in case.withdrawn():
        book.retract(handle, reason)
    standing = case.dossier().standing
    if standing is Standing.RETRACTED:
        book.retract(case.claim.handle, "The case says so.")


def _policy(name: str, options: Mapping[str, Any], plugins_dir: Path | None) -> str:
    """Return a policy file (TOML) with the settings of a checker, and the folder that plugins lie in."""
    lines = [f"[checkers.{name}]", *(f"{json.dumps(key)} = {_toml(value)}" for key, value in options.items())]
    if plugins_dir is not None:
        lines += ["[plugins]", f"dirs = [{json.dumps(str(plugins_dir.resolve()))}]"]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _in_order(expect: Sequence[Expected], found: list[Any], handles: Mapping[str, str]) -> list[Any]:
    """Return what was found in the order in which it is expected; what nobody expects comes last."""
    left, placed = list(found), []
    for one in expect:
        fit = next((other for other in left if one.fits(other, handles)), None)
        if fit is not None:
            left.remove(fit)
            placed.append(fit)
    return placed + left if len(placed) == len(expect) else found
