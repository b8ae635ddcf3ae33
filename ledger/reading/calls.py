"""What happens in a plugin's own process: it is loaded, and its readers or checkers are called one after another.

They share what they read. A line each is written of what they say, and of who is called, and how that ended: where one
of them ends the process, the parent knows which it was, and has the others called in another.
"""

from __future__ import annotations

import json
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

import attrs

from .. import plugins, wire
from ..checker import Checker, Context, Dossier, Group, GroupChecker
from ..model import Finding
from ..plugins import Installed, Registered, RegisteredReader, guarded
from ..plugins.place import with_place
from ..policy import Policy
from ..reader import Article, Suggested, SuggestedClaim, to_json
from .unrecorded import contents_of, dossiers_of

CONTROL = b"!"
"""What a line begins with that is not said by whoever is called: no JSON does."""

MEMORY = 4 * 2**30
"""Bytes of address space for a plugin (Linux); one that asks, such as a model on this machine, takes what it needs."""

MOST = 20_000
"""Suggestions of one reader, or findings of one checker that ask for somebody."""

LONGEST_KEY = 500
"""Characters by which a group checker brings sentences together."""

Calls = Iterator[tuple[Registered | RegisteredReader, Callable[[], Iterator[Any]]]]
"""Who is called, and the call, which yields what is said, as JSON data."""


@attrs.frozen
class Settings:
    """What is known before there is an article: the house's policy, and whether checkers are going to be asked."""

    policy: Policy
    checks: bool = True


@attrs.frozen
class Proof:
    """What checkers are told: the sentences as dossiers, and as they are held against one another (`contents`)."""

    dossiers: Sequence[Dossier]
    contents: Sequence[Dossier]
    policy: Policy
    now: datetime


def attend(plugin: Installed, settings: Settings, asked: BinaryIO, out: BinaryIO) -> None:
    """Load a plugin, say what it is, and answer each question."""
    loaded = plugins.load(these=[plugin])
    readers = loaded.readers()
    checkers = loaded.checkers(settings.policy.options) if settings.checks else []
    checkers = [one for one in checkers if one.reads_text]
    _tell(
        out,
        introduced={
            "reader": [one.name for one in readers],
            "checker": [one.name for one in checkers],
            "faults": [attrs.asdict(fault) for fault in loaded.faults],
        },
    )
    for line in asked:
        request = json.loads(line)
        article = wire.structure(request["article"], Article)
        if "suggested" in request:
            calls = _checks(checkers, article, request, settings.policy)
        else:
            calls = _readings(readers, article, request)
        for one, say in calls:
            if one.name not in request["called"]:
                _tell(out, called=one.name, version=one.version)
                _, reason = guarded(_write_each, say, out)
                _tell(
                    out,
                    ended=reason
                    and with_place(reason, one.reader if isinstance(one, RegisteredReader) else one.checker),
                )
        _tell(out, done=True)


def _tell(out: BinaryIO, **what: Any) -> None:
    out.write(CONTROL + json.dumps(what).encode() + b"\n")
    out.flush()


def _write_each(say: Callable[[], Iterator[Any]], out: BinaryIO) -> None:
    for number, said in enumerate(say()):
        if number == MOST:
            raise OverflowError(f"more than {MOST:,} of them")
        out.write(json.dumps(said).encode() + b"\n")
        out.flush()  # it stands, whatever comes after


def _readings(readers: Iterable[RegisteredReader], article: Article, request: Mapping[str, Any]) -> Calls:
    """Yield the calls of the readers that are wanted: of those that are named, or all that ask nobody."""
    names, options = request["names"], request["options"]
    wanted = [one for one in readers if (not one.asks if names is None else one.name in names)]
    _limit_memory(None if any(one.asks for one in wanted) else MEMORY)
    for one in wanted:
        yield one, partial(_suggestions, one, article, options.get(one.name, {}))


def _suggestions(one: RegisteredReader, article: Article, options: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for suggested in one.reader.read(article, options):
        if not isinstance(suggested, Suggested):
            raise TypeError(f"a {type(suggested).__name__} is no suggestion")
        yield to_json(suggested)


def _checks(checkers: Sequence[Registered], article: Article, request: Mapping[str, Any], policy: Policy) -> Calls:
    """Yield the calls of the checkers, which are told what readers suggested."""
    _limit_memory(MEMORY)
    if checkers:
        suggested = [wire.structure(claim, SuggestedClaim) for claim in request["suggested"]]
        proof = proof_of(article, suggested, policy, datetime.fromisoformat(request["now"]))
        for one in checkers:
            yield one, partial(_findings, one, proof)


def _findings(one: Registered, proof: Proof) -> Iterator[list[Any]]:
    return ([number, wire.unstructure(finding)] for number, finding in findings_of(one, proof))


def _limit_memory(most: int | None) -> None:
    if most is not None and sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def proof_of(article: Article, suggested: Sequence[SuggestedClaim], policy: Policy, now: datetime) -> Proof:
    """Return what checkers are told of an article; `suggested` is what readers say of who says what in it."""
    dossiers = dossiers_of(article, suggested)
    return Proof(dossiers, contents_of(dossiers, article, suggested), policy, now)


def findings_of(registered: Registered, proof: Proof) -> Iterator[tuple[int, Finding]]:
    """Yield what a checker finds that asks for somebody, each with the number of its sentence, from 0."""
    checker, context = registered.checker, Context(proof.now, proof.policy.of(registered.name), proof.policy)
    asked: Iterator[tuple[int, Any]] = (
        enumerate(proof.dossiers) if isinstance(checker, Checker) else _groups(checker, proof.contents)
    )
    found = ((number, finding) for number, given in asked for finding in checker.check(given, context))
    return ((number, finding) for number, finding in found if not _is_quiet(finding))


def _is_quiet(finding: Any) -> bool:
    if not isinstance(finding, Finding):
        raise TypeError(f"a {type(finding).__name__} is no finding")
    return finding.outcome.quiet


def _groups(checker: GroupChecker, dossiers: Sequence[Dossier]) -> Iterator[tuple[int, Group]]:
    """Yield the sentences that a checker wants to see together, each such set once, with the number of the last."""
    met: dict[str, list[int]] = defaultdict(list)
    for number, dossier in enumerate(dossiers):
        for key in sorted(set(checker.keys_of(dossier))):
            if type(key) is not str or not 0 < len(key) <= LONGEST_KEY:
                raise ValueError("a key is a short text")
            met[key].append(number)
    seen: set[tuple[int, ...]] = set()
    for key, members in sorted(met.items()):
        if len(members) > 1 and tuple(members) not in seen:
            seen.add(tuple(members))
            yield members[-1], Group(key=key, dossiers=tuple(dossiers[number] for number in members))
