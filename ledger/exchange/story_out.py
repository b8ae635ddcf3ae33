"""Claims of one story as a story file, which `import` reads: the same records in another ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..errors import InputError
from ..format import Extract
from ..model import (
    HIDDEN,
    SEALED,
    WITHHELD,
    Agent,
    Claim,
    Evidence,
    Exclusion,
    Inquiry,
    Link,
    LinkState,
    Record,
    Review,
    Source,
)
from ..rules import slug
from .outline import FORMAT
from .written import comment, fields, item, scalar


def story_lines(extract: Extract) -> Iterator[str]:
    """Yield a story file piece by piece; raise InputError where claims are of several stories, or there are none."""
    stories = {claim.story for claim in extract.of(Claim) if claim.story}
    if len(stories) > 1:
        hint = f"Say which: --story {min(stories)}"
        raise InputError(f"The claims are of several stories: {', '.join(sorted(stories))}.", hint=hint)
    if next(iter(extract.of(Claim)), None) is None:
        raise InputError("There is no claim to write.", hint="See: factledger list")
    story = next(iter(stories), slug(extract.origin) or "story")
    writer = _StoryWriter(extract)
    top = (
        ("factledger", FORMAT),
        ("story", slug(story) or "story"),
        ("title", f"{story}, as recorded in {extract.origin}"),
    )
    yield "".join(f"{key}: {scalar(value)}\n" for key, value in top)
    for line in writer.parts():
        yield f"{line}\n"


class _StoryWriter:
    """The records of one story file; what stands under a claim is gathered by it."""

    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self._ids = {one.uid: one.handle for cls in (Agent, Source, Claim, Review) for one in extract.of(cls)}
        self._under: dict[str, list[Any]] = defaultdict(list)
        for evidence in extract.of(Evidence):
            self._under[evidence.claim].append(evidence)
        for inquiry in extract.of(Inquiry):
            self._under[inquiry.claim or ""].append(inquiry)
        for review in extract.of(Review):
            self._under[review.seconds or review.claim].append(review)

    def parts(self) -> Iterator[str]:
        """Yield the lines of each list that has any."""
        extract = self._extract
        for key, records in (
            ("agents", extract.of(Agent)),
            ("sources", extract.of(Source)),
            ("links", (one for one in extract.of(Link) if one.state in (LinkState.DECLARED, LinkState.CONFIRMED))),
            ("claims", extract.of(Claim)),
            ("exclusions", extract.of(Exclusion)),
            ("inquiries", (one for one in self._under[""] if isinstance(one, Inquiry))),
        ):
            yield from self._part(key, records)

    def _part(self, key: str, records: Iterator[Any]) -> Iterator[str]:
        first = next(records, None)
        if first is not None:
            yield from ("", f"{key}:")
            yield from self._item(key, first, "  ")
        for record in records:
            yield from self._item(key, record, "  ")

    def _item(self, key: str, record: Record, indent: str) -> Iterator[str]:
        if any(value in HIDDEN for _, value in fields(key, record, self._id)):
            yield comment(f"{record.handle} is left out: words of it are kept back.", indent)
            return
        yield from item(self._pairs(key, record), indent)
        if isinstance(record, Claim):
            for below, cls in (("evidence", Evidence), ("inquiries", Inquiry), ("reviews", Review)):
                found = [one for one in self._under[record.uid] if isinstance(one, cls)]
                if found:
                    yield f"{indent}  {below}:"
                    for one in found:
                        yield from self._item(below, one, f"{indent}    ")
        if isinstance(record, Review):
            yield from self._second(record, indent)

    def _pairs(self, key: str, record: Record) -> Iterator[tuple[str, Any]]:
        yield "id", record.handle
        told = fields(key, record, self._id)
        yield from ((name, value) for name, value in told if (key, name) != ("inquiries", "claim"))
        anchor = getattr(record, "anchor", None)
        if anchor is not None and anchor.exact not in (WITHHELD, SEALED):
            words = (("quote", anchor.exact), ("at", anchor.fragment), ("language", anchor.language))
            yield from ((name, value) for name, value in words if value)

    def _second(self, review: Review, indent: str) -> Iterator[str]:
        signed = [one for one in self._under[review.uid] if isinstance(one, Review)]
        if signed:
            yield f"{indent}  second:"
            pairs = (("id", signed[0].handle), *fields("second", signed[0], self._id))
            yield from (f"{indent}    {name}: {scalar(value)}" for name, value in pairs)
        for other in signed[1:]:
            yield comment(f"{other.handle} is left out: a file has one second signature.", f"{indent}  ")

    def _id(self, uid: str) -> str:
        return self._ids.get(uid, uid)
