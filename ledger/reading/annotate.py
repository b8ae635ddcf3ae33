"""A plain article, read before anything is entered: what is wrong in it, what it claims, who says so, who was asked.

    defects     what the checkers that read texts say of its sentences
    claims      what readers suggest, and whether the ledger has it already
    the rest    people, organisations, sources and inquiries that they suggest

Nothing is recorded. Without a ledger nothing is known of what is on record, and the rest is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from subprocess import Popen
from typing import TYPE_CHECKING, Any

import attrs

from .. import desk
from ..model import Outcome
from ..plugins import PluginFault
from ..reader import (
    Article,
    LeftOut,
    Nature,
    Suggested,
    SuggestedAgent,
    SuggestedClaim,
    SuggestedInquiry,
    SuggestedSource,
)
from ..text import Span, sentences
from ..text.spans import blanked
from .ask import ReadingWorker
from .text_findings import TextFinding

if TYPE_CHECKING:
    from ..desk import Match
    from ..store import Ledger


@attrs.frozen
class Annotations:
    """What was read in an article, each kind by place.

    `findings` ask for somebody; those of outcome ABSTAIN say what is missing. `known` is what a ledger has already: of
    a claim the one most like it, of an agent or a source the id. `sentences` is how many there are. `asides` are the
    lines that were not read because they are none of the article; None of a page of which no part could be told.
    """

    article: Article
    sentences: int
    findings: tuple[TextFinding, ...] = ()
    suggested: tuple[Suggested, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    faults: tuple[PluginFault, ...] = ()
    known: Mapping[Suggested, Match | str] = attrs.field(factory=dict, repr=False)
    asides: tuple[Span, ...] | None = ()

    def findings_of(self, *outcomes: Outcome) -> tuple[TextFinding, ...]:
        """Return the findings of these outcomes."""
        return tuple(one for one in self.findings if one.finding.outcome in outcomes)

    @property
    def claims(self) -> tuple[SuggestedClaim, ...]:
        """What can be checked."""
        return tuple(one for one in self.assertions if one.nature is Nature.FACTUAL)

    @property
    def assertions(self) -> tuple[SuggestedClaim, ...]:
        """What is asserted, also what cannot be checked."""
        return tuple(one for one in self.suggested if isinstance(one, SuggestedClaim))

    @property
    def agents(self) -> tuple[SuggestedAgent, ...]:
        return tuple(one for one in self.suggested if isinstance(one, SuggestedAgent))

    @property
    def sources(self) -> tuple[SuggestedSource, ...]:
        return tuple(one for one in self.suggested if isinstance(one, SuggestedSource))

    @property
    def inquiries(self) -> tuple[SuggestedInquiry, ...]:
        return tuple(one for one in self.suggested if isinstance(one, SuggestedInquiry))

    def line(self, start: int) -> int:
        """Return the number, from 1, of the line of the text in which a place is."""
        return self.article.text.count("\n", 0, start) + 1


def annotate(
    article: Article,
    process: Popen[bytes],
    *,
    readers: Collection[str] | None = None,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    ledger: Ledger | None = None,
    asides: tuple[Span, ...] | None = (),
    now: datetime | None = None,
) -> Annotations:
    """Return what is read in an article by the plugins of a worker that was `started`.

    `readers` are those that are called (None: all that ask nobody), `options` the settings of each; `ledger` is what
    the article is held against; `asides` are lines of its text that plugins get blank. Raises UnknownRecord for an
    unknown reader.
    """
    worker = ReadingWorker(process)
    own = attrs.evolve(article, text=blanked(article.text, asides or ()))
    told = worker.suggest(own, readers, options=options)
    claims = [one for one in told.found if isinstance(one, SuggestedClaim)]
    checked = worker.check(own, claims, now=now)
    return Annotations(
        article,
        len(sentences(own.text, article.language)),
        checked.found,
        told.found,
        told.left_out,
        tuple(dict.fromkeys((*checked.faults, *told.faults))),
        {} if ledger is None else _known(article, told.found, ledger),
        asides,
    )


def _known(article: Article, suggested: Collection[Suggested], ledger: Ledger) -> dict[Suggested, Match | str]:
    """Return what a ledger has already of what is suggested: claims, and whoever is meant by a name for sure."""
    claims = [one for one in suggested if isinstance(one, SuggestedClaim)]
    found: dict[Suggested, Match | str] = {}
    for claim, match in desk.recorded(ledger.db, article, claims).items():
        found[claim] = match
    for kind, cls in (("agent", SuggestedAgent), ("source", SuggestedSource)):
        named = [one for one in suggested if isinstance(one, cls)]
        known = desk.resolve(ledger.db, [one.name for one in named], kind)
        found |= {one: known[one.name][0].handle for one in named if one.name in known and known[one.name][0].sure}
    return found
