"""image-reused and image-twice: one picture that stands for two claims, or in two sources of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import Any

from ledger import Checker, Claim, Context, Dossier, Finding, Group, GroupChecker, Source
from ledger.dates import BadDate, before, parse, words

from .likeness import SHARED_KEYS, Overlay, Parts, laid_over
from .pictures import Shown, Unreadable, shown

NOT_ESTABLISHED = (
    "that both show the same event, who took the picture, or which of the two is the original; nor that a picture for "
    "which nothing was found was never used elsewhere: only archived copies in this ledger are compared"
)


class ImageReused(GroupChecker):
    """Checks: whether the archived picture of a claim is also that of another claim, of an older one above all.
    Why it matters: a true picture of another day or place is the commonest false picture.
    Warns on: a picture of a flood, archived with two claims on floods two years apart, cropped, framed, written on,
        mirrored or squeezed in between.
    Passes on: the same, where a link between the two sources is on record.
    """

    name = "image-reused"
    version = 1
    establishes = "that two archived pictures are one, or that one is made from the other"
    does_not_establish = NOT_ESTABLISHED
    reads_captures = True
    shared_keys = SHARED_KEYS

    def keys_of(self, dossier: Dossier) -> Iterable[str]:
        known = (one.parts for one in shown(dossier)) if dossier.standing.stands else ()
        return (f"{key:010x}" for parts in known if isinstance(parts, Parts) for key in parts.keys)

    def check(self, group: Group, context: Context) -> Iterator[Finding]:
        found = False
        for one, other in combinations(group.dossiers, 2):
            for here, there, over in _matches(shown(one), shown(other)):
                found = True
                yield self._told(one, other, here, there, over)
        if not found:
            reason = "Parts of their pictures are alike; laid over one another they are not one."
            yield self.not_applicable(reason, cites=group.claims)

    def _told(self, one: Dossier, other: Dossier, here: Shown, there: Shown, over: Overlay) -> Finding:
        if _surely_before(here.source.published, there.source.published):
            one, other, here, there = other, one, there, here
        old = _surely_before(there.source.published, one.claim.occurred)
        first, second = f"for “{_short(one.claim)}”", f"for “{_short(other.claim)}”"
        reason = f"{_cited(here)}, {first}, shows the picture of {_cited(there)}, {second}"
        ends = f": it was out before what the first claim dates ({_day(one.claim.occurred)})." if old else "."
        more: dict[str, Any] = {
            "cites": (one.claim, other.claim, here.source, there.source, here.capture, there.capture),
            "details": _details(over),
        }
        if _linked(one, other, here.source, there.source):
            return self.passes(f"{reason}: a link between the two is on record.", code="linked", **more)
        code = "older_than_event" if old else "another_claim"
        return self.warns(f"{reason}{ends}", code=code, fix=_fix(here, there, one.claim), **more)


class ImageTwice(Checker):
    """Checks: whether two sources of one claim show one picture; and which archived pictures cannot be compared.
    Why it matters: two reports with one picture are one witness, as far as the picture goes.
    Warns on: two sources of a claim whose archived pictures are one, where no link between them is on record.
    Passes on: pictures that differ, or sources with a link between them.
    """

    name = "image-twice"
    version = 1
    establishes = (
        "that no two sources of the claim show one picture, as far as their pictures are archived and readable"
    )
    does_not_establish = NOT_ESTABLISHED
    reads_captures = True

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        pictures = shown(dossier)
        bad = [(one, one.parts.reason) for one in pictures if isinstance(one.parts, Unreadable)]
        for one, reason in bad:
            yield self.abstains(f"The picture {one.name} {reason}.", code="unreadable", cites=[one.capture])
        found = False
        for here, there, over in _matches(pictures):
            if _surely_before(here.source.published, there.source.published):
                here, there = there, here
            cites = (here.source, there.source, here.capture, there.capture)
            if not _linked(dossier, dossier, here.source, there.source):
                found = True
                yield self.warns(
                    f"{_cited(here)} and {_cited(there)} show one picture.",
                    code="one_picture",
                    cites=cites,
                    details=_details(over),
                    fix=_fix(here, there, dossier.claim),
                )
        if not pictures:
            yield self.not_applicable("No picture is archived with it.")
        elif len(pictures) > len(bad) and not found:
            yield self.passes("No two of its sources show one picture.", cites=[one.capture for one in pictures])


def _matches(
    pictures: tuple[Shown, ...], others: tuple[Shown, ...] | None = None
) -> Iterator[tuple[Shown, Shown, Overlay]]:
    """Yield two pictures of different sources that are one; among those given, or across both."""
    seen = set()
    for one, other in combinations(pictures, 2) if others is None else product(pictures, others):
        pair = frozenset((one.source.uid, other.source.uid))
        if len(pair) < 2 or pair in seen:
            continue
        over = _overlay(one, other)
        if over is not None:
            seen.add(pair)
            yield one, other, over


def _overlay(one: Shown, other: Shown) -> Overlay | None:
    if one.capture.sha256 == other.capture.sha256:
        return Overlay(100, 100, mirrored=False)
    mine, theirs = one.parts, other.parts
    if isinstance(mine, Unreadable) or isinstance(theirs, Unreadable):
        return None
    return laid_over(mine, theirs)


def _linked(one: Dossier, other: Dossier, source: Source, earlier: Source) -> bool:
    ends = {source.uid, earlier.uid}
    return any({link.source, link.comes_from} == ends for link in (*one.links, *other.links))


def _details(over: Overlay) -> tuple[str, ...]:
    turned = ", mirrored" if over.mirrored else ""
    measured = f"{over.cover}% of the smaller picture lies in both{turned}; {over.agreeing}% of its blocks there agree."
    return (measured, "It is a match of pictures, not of events: ask where each has it from.")


def _fix(later: Shown, earlier: Shown, claim: Claim) -> str:
    return (
        "Look at both. If the one has it from the other: factledger link "
        f"{later.source.handle} reprints {earlier.source.handle} --claim {claim.handle} --note 'the same picture'"
    )


def _cited(one: Shown) -> str:
    published = _day(one.source.published)
    return f"“{one.source.title}” ({published or 'no date on record'})"


def _short(claim: Claim) -> str:
    text = " ".join(claim.text.split()).removesuffix(".")
    return text if len(text) <= 80 else f"{text[:79]}…"


def _day(text: str | None) -> str:
    """Return a date in words; as it stands where it is none, empty where there is none."""
    try:
        return words(parse(text)) if text else ""
    except BadDate:
        return " ".join((text or "").split())


def _surely_before(one: str | None, other: str | None) -> bool:
    try:
        return bool(one and other and before(parse(one), parse(other)))
    except BadDate:
        return False
