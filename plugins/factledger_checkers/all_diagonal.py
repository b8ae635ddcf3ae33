"""all-diagonal: the two grades of evidence are two answers, not one given twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ledger import Context, Credibility, Evidence, Finding, LedgerChecker, Reliability, Setting, Whole

LEAST = 5
SHARE = 80

RANK = dict(zip(Reliability, Credibility, strict=True))
"""The figure that has the rank of each letter."""

UNJUDGED = (Reliability.CANNOT_BE_JUDGED, Credibility.CANNOT_BE_JUDGED)

MOST_CITED = 20


class AllDiagonal(LedgerChecker):
    """Checks: whether reliability and credibility, where both were graded, nearly always have the same rank.
    Why it matters: a good source can be wrong and a bad one right; A1, B2, C3 all the way down is one scale copied
        into the other, and tells a reader half of what it seems to.
    Fails on: nothing; it warns where four in five pairs or more, of five or more, lie on the diagonal.
    Passes on: grades that differ in rank more often. F6, where nothing could be judged, is not counted.
    """

    name = "all-diagonal"
    version = 1
    establishes = "that grades of sources and of what they say do not just repeat each other"
    does_not_establish = "that any grade is right; a ledger of good sources on plain facts may lie near the diagonal"
    settings = (
        Setting("least", LEAST, "Graded pieces of evidence from which on it looks", least=1, most=1_000_000),
        Setting("share", SHARE, "Per cent with one rank on both scales from which on it says so", least=1, most=100),
    )

    def check(self, whole: Whole, context: Context) -> Iterator[Finding]:
        judged = [item for item in whole.graded if (item.reliability, item.credibility) != UNJUDGED]
        if len(judged) < int(context.options.get("least", LEAST)):
            return
        same = [item for item in judged if RANK[item.reliability] is item.credibility]  # type: ignore[index]
        said = f"{len(same):,} of {len(judged):,} graded pieces of evidence have the same rank on both scales."
        details = [f"{pair}: {count:,}" for pair, count in sorted(Counter(map(_pair, judged)).items())]
        measures = {"graded": len(judged), "same_rank": len(same)}
        if 100 * len(same) < int(context.options.get("share", SHARE)) * len(judged):
            yield self.passes(said, details=details, measures=measures)
            return
        yield self.warns(
            f"{said} One scale may have been copied into the other.",
            code="same_rank",
            cites=same[:MOST_CITED],
            fix="Grade some of them again, the statement apart from who makes it: factledger grade",
            details=details,
            measures=measures,
        )


def _pair(item: Evidence) -> str:
    return f"{item.reliability}{item.credibility}"
