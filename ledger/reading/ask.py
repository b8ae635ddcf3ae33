"""Asking the worker: what readers suggest of an article, then what checkers that read texts find in it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import attrs

from .. import wire
from ..errors import EnvironmentFault, InputError, UnknownRecord
from ..log import instant
from ..plugins import PluginFault
from ..plugins.names import share_out
from ..reader import Article, LeftOut, Suggested, SuggestedClaim
from ..text import sentences
from .held import Suggestions, held
from .start import started
from .text_findings import TextFinding, TextFindings, found_by

READER_LIMIT, CHECKER_LIMIT = 10.0, 5.0
"""Seconds that a reader, and a checker, may take: somebody waits."""

ASKING_LIMIT = 600.0
"""Seconds that a reader may take where it is named: it may ask somebody, a part of the article at a time."""


@attrs.frozen
class ReadingWorker:
    """A worker that was started, and waits for an article."""

    _process: subprocess.Popen[bytes]

    def suggest(
        self,
        article: Article,
        names: Collection[str] | None = None,
        *,
        options: Mapping[str, Mapping[str, Any]] | None = None,
        limit: float | None = None,
    ) -> Suggestions:
        """Return what readers suggest of an article, as `suggest` does."""
        settings = {name: dict(given) for name, given in (options or {}).items()}
        wanted = None if names is None else sorted(names)
        if limit is None:
            limit = READER_LIMIT if names is None else ASKING_LIMIT
        there, called, faults = self._ask("reader", article, limit, names=wanted, options=settings)
        for name in names or ():
            if name not in there:
                hint = f"Readers here: {', '.join(sorted(there)) or 'none'}. See also: factledger plugins"
                raise UnknownRecord(f"There is no reader {name!r}.", hint=hint)
        found: list[Suggested] = []
        left_out: list[LeftOut] = []
        for one in called:
            suggested, dropped = held(article, one["name"], one["version"], one["lines"])
            found += suggested
            left_out += dropped
        return Suggestions(tuple(sorted(found, key=_place)), tuple(left_out), tuple(faults))

    def check(
        self,
        article: Article,
        suggested: Iterable[SuggestedClaim] = (),
        *,
        now: datetime | None = None,
        limit: float = CHECKER_LIMIT,
    ) -> TextFindings:
        """Return what checkers find in an article; `suggested` is what readers say of who says what in it.

        What a checker breaks is a finding of its own, as when a ledger is checked: it did not run, the others stand.
        """
        claims = [wire.unstructure(claim) for claim in suggested]
        _, called, faults = self._ask(
            "checker", article, limit, suggested=claims, now=instant(now or datetime.now(UTC))
        )
        spans = sentences(article.text, article.language)
        found: dict[tuple[str, str], TextFinding] = {}
        for one in called:
            for each in found_by(one["name"], one["version"], one["lines"], one["reason"], spans):
                found.setdefault((each.checker, each.finding.reason), each)
        return TextFindings(tuple(sorted(found.values(), key=lambda one: one.order)), tuple(faults))

    def _ask(
        self, noun: str, article: Article, limit: float, **more: Any
    ) -> tuple[Collection[str], list[dict[str, Any]], list[PluginFault]]:
        """Return the names that are there, the calls that were made, as the worker tells of them, and faults."""
        request = {"article": wire.unstructure(article), "limit": limit, **more}
        asks, says = self._process.stdin, self._process.stdout
        assert asks is not None and says is not None
        try:
            with suppress(BrokenPipeError):  # one that refused has said so, and is gone
                asks.write(json.dumps(request).encode() + b"\n")
                asks.flush()
            answer = json.loads(says.readline())
        except ValueError:
            raise EnvironmentFault("The plugins could not be called.", hint="See: factledger plugins") from None
        if "refused" in answer:
            told = answer["refused"]
            raise InputError(told["message"], where=told["where"], hint=told["hint"])
        faults = [PluginFault(**fault) for fault in answer["faults"]]
        called: list[dict[str, Any]] = []
        versions = {plugin["plugin"]: plugin["version"] for plugin in answer["plugins"]}
        brought = [
            (name, plugin["plugin"], plugin["distribution"])
            for plugin in answer["plugins"]
            for name in plugin["introduced"].get(noun, ())
        ]
        whose, refused = share_out(noun, brought)
        faults += [PluginFault(name, versions[name], reason) for name, reason in refused]
        for plugin in answer["plugins"]:
            name, version, introduced = plugin["plugin"], plugin["version"], plugin["introduced"]
            faults += [PluginFault(**fault) for fault in introduced.get("faults", ())]
            if plugin["reason"]:
                faults.append(PluginFault(name, version, plugin["reason"]))
            called += (own := [one for one in plugin["called"] if whose.get(one["name"]) == name])
            if noun == "reader":  # what a checker breaks is a finding
                told = [f"Its reader {one['name']} broke off: {one['reason']}" for one in own if one["reason"]]
                faults += [PluginFault(name, version, reason) for reason in told]
        return whose, called, faults


def suggest(
    article: Article,
    names: Collection[str] | None = None,
    *,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    limit: float | None = None,
) -> Suggestions:
    """Return what readers suggest of an article.

    `names` are the readers that are called; None calls all that ask nobody. `options` are the settings of each, by its
    name; `limit` is in seconds for each (`READER_LIMIT`, or `ASKING_LIMIT` where they are named). Raises UnknownRecord
    for a name that no reader here has; what goes wrong in a plugin is a fault of the answer.
    """
    with started(checks=False) as process:
        return ReadingWorker(process).suggest(article, names, options=options, limit=limit)


def _place(one: Suggested) -> tuple[Any, ...]:
    inner = getattr(one, "content", one.span)
    return one.span.start, one.span.end, one.KIND, inner.start, inner.end, one.reader
