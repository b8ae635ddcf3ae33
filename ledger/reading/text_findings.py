"""What checkers found in a text, each held to what a finding must be, with the sentences that it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import attrs

from .. import wire
from ..errors import InputError
from ..findings import problem_of
from ..model import Finding, Outcome
from ..plugins import PluginFault
from ..text import Span


@attrs.frozen
class TextFinding:
    """What a checker says of a sentence, or of several that it holds against one another: their places, in order.

    `places` is empty where it broke off: then the finding is of the whole text.
    """

    places: tuple[Span, ...]
    checker: str
    version: str
    finding: Finding

    @property
    def order(self) -> tuple[int, str, str]:
        """What findings are sorted by: their place, what breaks off first."""
        return self.places[0].start if self.places else -1, self.checker, self.finding.reason


@attrs.frozen
class TextFindings:
    """All that asks for somebody, by place, each once; and the faults of plugins."""

    found: tuple[TextFinding, ...] = ()
    faults: tuple[PluginFault, ...] = ()


def found_by(
    checker: str, version: str, lines: Iterable[str], reason: str, spans: tuple[Span, ...]
) -> Iterator[TextFinding]:
    """Yield what a checker said, a line each, and that it broke off, if `reason` says why or a line is no finding.

    What is missing is left out: nothing of a text is on record that could lack it.
    """
    for line in lines:
        try:
            number, data = json.loads(line)
            finding, own = attrs.evolve(wire.structure(data, Finding), missing=()), spans[number]
        except (InputError, IndexError, TypeError, ValueError):
            reason = reason or "what it said could not be read"
            continue
        problem = problem_of(finding, finding.cites)
        if problem:
            reason = reason or f"it gave no proper finding: {problem}"
            continue
        yield text_finding(checker, version, finding, own, spans)
    if reason:
        broken = Finding(Outcome.ERROR, f"{checker} broke off: {reason}", code="broke")
        yield TextFinding((), checker, version, broken)


def text_finding(checker: str, version: str, finding: Finding, own: Span, spans: tuple[Span, ...]) -> TextFinding:
    """Return a finding with its places, the sentences that it cites, else its `own`; without how to mend a record."""
    cited = sorted(at for at in map(_number, finding.cites) if at is not None and at < len(spans))
    places = tuple(spans[at] for at in dict.fromkeys(cited)) or (own,)
    return TextFinding(places, checker, version, attrs.evolve(finding, fix="", cites=()))


def _number(uid: str) -> int | None:
    """Return the number of the sentence, from 0, that a cited record is; None if it is none."""
    kind, _, number = uid.partition("-")
    return int(number) - 1 if kind == "sentence" and number.isdigit() else None
