"""What all that finds has in common: it says what it is, and makes findings of what it found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, TypedDict, Unpack

from .log import instant
from .model import Finding, Missing, MissingKind, Outcome, Record
from .settings import Setting

MOST_LISTED = 200
"""Records that one finding cites, and as many that it lacks something of; a reader follows no more."""

MOST_DETAILS = 100
"""Lines of details of one finding."""

LISTS: Mapping[str, str] = {
    "cites": "records, such as cites=[item]",
    "details": 'lines, such as details=["One line."]',
    "missing": 'what needs() makes, such as missing=[needs("speaker", item)]',
}
"""The parts that are lists, and of what."""


class FindingParts(TypedDict, total=False):
    """What a finding may have beside its reason, each given by its name.

    `cites` are records that it was given, or their uids; `code` is a short stable word for machines; `fix` says what
    would settle it; `details` are lines for a reader who asks why; `measures` are named whole numbers; `valid_until`
    is when the passing of time alone may change it (aware): then it is made again; `missing` is what `fix` says as
    data: `needs` makes it.
    """

    cites: Iterable[Record | str]
    code: str
    fix: str
    details: Iterable[str]
    measures: Mapping[str, int]
    valid_until: datetime | None
    missing: Iterable[Missing]


class Finder:
    """Base of all that finds: it says what it is called and what it establishes, and makes findings.

    A checker of claims, one by one or in groups, that `reads_text` is also asked about every sentence of an article
    that nobody has entered (`factledger read`): as the claim that it would be, with the article as its only source.
    One that asks for more than words, such as a second source, would find fault with every sentence.

    One that `reads_captures` is given the bytes of archived copies (`Dossier.blobs`): what is in a picture is no text.

    `settings` are what a house may set under [checkers.NAME]; one that declares none, with (), takes none. Where it is
    None, whatever a house writes is passed on.
    """

    name: ClassVar[str]
    version: ClassVar[int | str] = 1
    establishes: ClassVar[str]
    does_not_establish: ClassVar[str]
    reads_text: ClassVar[bool] = False
    reads_captures: ClassVar[bool] = False
    settings: ClassVar[tuple[Setting, ...] | None] = None

    def passes(self, reason: str, **parts: Unpack[FindingParts]) -> Finding:
        """Return "no problem found", with the reason in words a reader understands."""
        return _finding(Outcome.PASS, reason, **parts)

    def warns(self, reason: str, **parts: Unpack[FindingParts]) -> Finding:
        """Return "look": somebody should, and the reason says why."""
        return _finding(Outcome.WARN, reason, **parts)

    def fails(self, reason: str, **parts: Unpack[FindingParts]) -> Finding:
        """Return "problem": what was checked does not hold."""
        return _finding(Outcome.FAIL, reason, **parts)

    def abstains(self, reason: str, **parts: Unpack[FindingParts]) -> Finding:
        """Return "can't tell", with what is missing."""
        return _finding(Outcome.ABSTAIN, reason, **parts)

    def not_applicable(self, reason: str, **parts: Unpack[FindingParts]) -> Finding:
        """Return "nothing of this kind": there was nothing to look at, which is no pass; views fold it away."""
        return _finding(Outcome.NOT_APPLICABLE, reason, **parts)


def _finding(
    outcome: Outcome,
    reason: str,
    *,
    code: str = "",
    cites: Iterable[Record | str] = (),
    fix: str = "",
    details: Iterable[str] = (),
    measures: Mapping[str, int] | None = None,
    valid_until: datetime | None = None,
    missing: Iterable[Missing] = (),
) -> Finding:
    """Return a finding of its parts; raise TypeError, with how to write it, for one that cannot be a part.

    Of more than MOST_LISTED records, and MOST_DETAILS lines, the first are kept, and a line says how many more.
    """
    for name, given in (("cites", cites), ("details", details), ("missing", missing)):
        if isinstance(given, (str, Record, Missing)):
            raise TypeError(f"{name} is one {_called(given)}: give a list of {LISTS[name]}")
    if measures is not None and not isinstance(measures, Mapping):
        raise TypeError('measures is no mapping: give whole numbers by name, such as measures={"sources": 2}')
    cited = tuple(dict.fromkeys(item if isinstance(item, str) else item.uid for item in cites))
    lacked, lines = tuple(dict.fromkeys(missing)), tuple(details)
    if len(lines) > MOST_DETAILS or max(len(cited), len(lacked)) > MOST_LISTED:
        lines = (
            *lines[:MOST_DETAILS],
            *_more(lines, MOST_DETAILS, "lines"),
            *_more(cited, MOST_LISTED, "records that this stands on"),
            *_more(lacked, MOST_LISTED, "records that lack the same"),
        )
    return Finding(
        outcome=outcome,
        reason=reason,
        code=code,
        cites=cited[:MOST_LISTED],
        fix=fix,
        details=lines,
        measures=tuple(sorted((measures or {}).items())),
        valid_until=None if valid_until is None else _instant(valid_until),
        missing=lacked[:MOST_LISTED],
    )


def _more(listed: Sequence[object], most: int, what: str) -> list[str]:
    """Return a line that says how many of what is listed are left out; none where all are kept."""
    return [f"And {len(listed) - most:,} more {what}."] if len(listed) > most else []


def _instant(moment: Any) -> str:
    if not isinstance(moment, datetime):
        day = "a day" if isinstance(moment, date) else f"a {type(moment).__name__}"
        raise TypeError(f"valid_until is {day}: give a moment, such as context.now + timedelta(days=1)")
    if moment.tzinfo is None:
        raise TypeError("valid_until has no time zone: make it from context.now, or give it tzinfo=UTC")
    return instant(moment)


def _called(given: object) -> str:
    return "text" if isinstance(given, str) else "record" if isinstance(given, Record) else "thing"


def needs(what: str, of: Record | str | None = None) -> Missing:
    """Return what is missing: a field of a record, a record of another kind about it ("capture"), or else a setting."""
    if of is None:
        return Missing(MissingKind.SETTING, field=what)
    uid = of if isinstance(of, str) else of.uid
    return Missing(MissingKind(what), uid) if what in _KINDS else Missing(MissingKind.FIELD, uid, what)


_KINDS = frozenset(MissingKind)
