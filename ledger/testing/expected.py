"""What a case expects of a checker, and how what it says differs from that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import attrs

from ..checker import Proposal
from ..model import Finding, Outcome, Relation

CONTAINS = "_contains"


@attrs.frozen(kw_only=True)
class Expected:
    """One finding, or one proposal of a detector; what is left out may be anything.

    `cites`, `source` and `comes_from` are handles.
    """

    outcome: Outcome | None = None
    code: str | None = None
    reason_contains: str | None = None
    fix_contains: str | None = None
    cites: tuple[str, ...] | None = None
    relation: Relation | None = None
    source: str | None = None
    comes_from: str | None = None
    measure_contains: str | None = None

    def fits(self, found: Any, handles: Mapping[str, str]) -> bool:
        """Return whether a finding or proposal is the one expected; `handles` are by uid."""
        return all(_fits(name, wanted, found, handles) for name, wanted in self._wanted())

    def _wanted(self) -> Iterator[tuple[str, Any]]:
        for name, wanted in attrs.asdict(self, recurse=False).items():
            if wanted is not None:
                yield name, wanted

    def __str__(self) -> str:
        words = [f"{_said(name)} {_quoted(wanted)}" for name, wanted in self._wanted()]
        return ", ".join(words) or "anything"


def difference(expect: Sequence[Expected], found: Sequence[Any], handles: Mapping[str, str]) -> str:
    """Return both lists, line by line, with a mark where they differ; empty if all that is expected was found."""
    pairs = list(zip_longest(expect, found))
    fit = [one is not None and other is not None and one.fits(other, handles) for one, other in pairs]
    if all(fit):
        return ""
    lines = []
    for (one, other), well in zip(pairs, fit, strict=True):
        mark = "same" if well else "LOOK"
        lines += [f"  {mark}  expected  {one or 'nothing more'}", f"        found     {told(other, handles)}"]
    return "\n".join(lines)


def _fits(name: str, wanted: Any, found: Any, handles: Mapping[str, str]) -> bool:
    value = getattr(found, name.removesuffix(CONTAINS), None)
    if name == "cites":
        return {handles.get(uid, uid) for uid in value or ()} == set(wanted)
    if name in ("source", "comes_from"):
        return bool(handles.get(str(value)) == wanted)
    return wanted in str(value or "") if name.endswith(CONTAINS) else bool(value == wanted)


def told(found: Any, handles: Mapping[str, str]) -> str:
    """Return what was found in one line; `handles` are by uid."""
    if found is None:
        return "nothing more"
    if isinstance(found, Proposal):
        ends = (handles.get(found.source, found.source), found.relation, handles.get(found.comes_from, "?"))
        return f"{' '.join(ends)}: “{found.measure}”"
    if not isinstance(found, Finding):
        return f"{found!r:.60}, which is no finding"
    cites = [handles.get(uid, uid) for uid in found.cites]
    more = [f"code {found.code}"] * bool(found.code) + [f"cites {', '.join(cites)}"] * bool(cites)
    return f"{', '.join([str(found.outcome), *more])}: “{found.reason}”"


def _said(name: str) -> str:
    return f"{name.removesuffix(CONTAINS)} with" if name.endswith(CONTAINS) else name.replace("_", " ")


def _quoted(wanted: Any) -> str:
    return ", ".join(wanted) if isinstance(wanted, tuple) else f"‘{wanted}’"
