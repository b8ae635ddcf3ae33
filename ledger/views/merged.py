"""What a merged file shows of all its ledgers: whose they are, their claims, and the alike claims of two of them."""

from __future__ import annotations

from typing import Any

import attrs

from ..store.merged import MergedFile
from ..store.paging import ListPage


@attrs.frozen
class MemberLine:
    """A ledger of a merged file; `signed` counts the entries that a checkpoint by its log key covers."""

    origin: str
    ledger: str
    size: int
    signed: int
    root: str
    claims: int
    sources: int

    @property
    def vouched(self) -> str:
        """In words, how far its own key vouches for it."""
        if self.signed == self.size:
            return "all signed by its log key"
        return f"the first {self.signed:,} signed by its log key" if self.signed else "signed by nobody"


@attrs.frozen
class MemberClaim:
    """A claim and whose it is; `verdict` and `standing` are as its own ledger has them."""

    origin: str
    handle: str
    text: str
    verdict: str
    standing: str

    @property
    def name(self) -> str:
        """By what it is named beside those of other ledgers."""
        return f"{self.origin}/{self.handle}"


@attrs.frozen
class AlikePair:
    """Two claims of two ledgers, the part (0 to 1) of their words in both, and whether each was decided its own way."""

    one: MemberClaim
    other: MemberClaim
    share: float
    differ: bool


@attrs.frozen
class AlikeClaim:
    """A claim of another ledger, and which part (0 to 1) of the words of both are in both."""

    claim: MemberClaim
    share: float


@attrs.frozen
class MergedView:
    """The first page of a merged file: its name, its ledgers, and a page of alike claims, decided otherwise first."""

    name: str
    heads: int
    members: tuple[MemberLine, ...]
    alike: ListPage[AlikePair]


def merged_view(file: MergedFile, number: int = 1) -> MergedView:
    """Return what the first page shows, with this page of alike claims."""
    return MergedView(file.name, len(file.heads()), member_lines(file), alike_pairs(file, number))


def member_lines(file: MergedFile) -> tuple[MemberLine, ...]:
    """Return the ledgers of a merged file, in the order of their origins."""
    counts = file.counts()
    return tuple(
        MemberLine(
            one.head.origin,
            one.head.ledger,
            one.head.size,
            one.head.signed,
            one.head.root,
            counts.get((one.number, "claim"), 0),
            counts.get((one.number, "source"), 0),
        )
        for one in file.members()
    )


def member_claims(file: MergedFile, words: str = "", number: int = 1) -> ListPage[MemberClaim]:
    """Return a page of the claims of all ledgers that hold each of these words."""
    return file.records("claim", words=words, number=number, each=25).each_as(_claim)


def alike_pairs(file: MergedFile, number: int = 1, each: int | None = 25) -> ListPage[AlikePair]:
    """Return a page, or all, of the pairs of alike claims, those that were decided otherwise first."""
    return file.alike(number, each).each_as(
        lambda row: AlikePair(_claim(row), _claim(row, "other_"), row["both"] / row["either"], bool(row["differ"]))
    )


def alike_to(file: MergedFile, origin: str, handle: str) -> tuple[AlikeClaim, ...]:
    """Return the claims of other ledgers that are alike to one, in the order of their origins."""
    return tuple(AlikeClaim(_claim(row), row["both"] / row["either"]) for row in file.alike_to(origin, handle))


def _claim(row: dict[str, Any], of: str = "") -> MemberClaim:
    return MemberClaim(*(row[of + column] for column in ("origin", "id", "words", "verdict", "standing")))
