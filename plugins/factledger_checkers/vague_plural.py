"""vague-plural: "some analysts" are more than one, and on record.

Setting, under [checkers.vague-plural] of a policy:

    words = ["analysts", "experts"]     the groups to look for, in place of those below
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ledger import Checker, Context, Dossier, Finding, Stance

from .common import Told, cited, counting, phrase, plain, sources_of, words_of
from .languages import unread
from .passages import left_open
from .wordlist import Words, any_of, first_words, lacks, words_setting

GROUPS: Words = (
    "analysts", "experts", "officials", "critics", "observers", "sources", "insiders", "politicians", "diplomats",
    "lawmakers", "scientists", "researchers", "economists", "historians", "commentators", "activists", "campaigners",
    "aides", "advisers", "advisors", "investigators", "witnesses", "opponents", "supporters", "studies", "some",
    "many", "others", "several",
)  # fmt: skip
"""Whom it looks for, unless the setting `words` names others."""

QUANTITIES = ("some", "many", "several")
"""Groups that are called by the word after: some residents."""

SAYING = (
    "accuse accused acknowledge acknowledged agree agreed allege alleged argue argued believe believed call|for "
    "called|for claim claimed complain complained concede conceded confirm confirmed contend contended demand demanded "
    "deny denied doubt doubted estimate estimated expect expected fear feared indicate indicated insist insisted "
    "maintain maintained note noted predict predicted question questioned report reported say said saying show showed "
    "suggest suggested tell think thought told urge urged warn warned warning worry worried"
)
_WORD = r"[\w.&'’-]+"
_PATTERN = rf"""
    (?P<numbered> (?<!\w) (?: \d[\d.,]* | two|three|four|five|six|seven|eight|nine|ten|twelve|both )
        \s+ (?: of\s+ )? (?: the\s+ )? (?: {_WORD}\s+ ){{0,2}} )?
    (?P<told> (?<!\w) according\s+to\s+ (?: the\s+ )? )?
    (?<!\w) (?<!how[ ]) (?<!as[ ]) (?<!so[ ]) (?<!too[ ]) (?P<who>
        (?: (?: some|many|several|various|numerous|most|other|unnamed|a\s+number\s+of ) \s+ (?: {_WORD}\s+ ){{0,2}} )?
        (?: GROUPS ) ) (?!\w)
    (?(told) | (?:
        \s+ (?: familiar\s+with | close\s+to | briefed\s+on | with\s+knowledge\s+of )
      | ,? (?P<more> (?: \s+ (?! (?:was|were|is|are|be|been|being|to) \b ) {_WORD},? ){{0,4}} )
        \s+ (?: SAYING ) (?!\w) ) )
"""


class VaguePlural(Checker):
    """Checks: whether a plural that speaks in the claim or in its quotations has more than one voice on record.
    Why it matters: "some analysts" are often one, and readers count them as many.
    Warns on: "officials say" with one source behind it, or none.
    Passes on: two sources that may be independent, two named speakers, a number ("two officials").
    """

    name = "vague-plural"
    version = 2
    establishes = "that no unnumbered group speaks in the claim, in English, that fewer than two on record stand for"
    does_not_establish = "that those on record are the group that is meant"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        groups = words_setting(context.options, GROUPS)
        if groups is None:
            yield self.abstains("The setting `words` is no list of words.", code="bad_setting", cites=[dossier.claim])
            return
        first, pattern = _looking_for(groups)
        support = counting(dossier, Stance.SUPPORTS)
        texts = [dossier.claim.text, *filter(None, map(words_of, support))]
        if all(lacks(text, first) for text in texts) or not (found := _found(pattern, texts)):
            if others := unread(dossier, Stance.SUPPORTS):
                yield left_open(self, others, 0, "")
                return
            yield self.not_applicable("No unnumbered group speaks in it.", code="no_plural", cites=[dossier.claim])
            return
        who = phrase([f"“{plain(group)}”" for group in found])
        voices = max(dossier.independence.upper, len({item.speaker for item in support if item.speaker}))
        if voices > 1:
            yield self.passes(f"{who}: {voices} voices are on record.", code="several", cites=cited(support))
            return
        uids = sources_of(support)
        one = f"one source alone: {Told(dossier).titles(uids)}" if len(uids) == 1 else "sources of one origin"
        yield self.warns(
            f"{who}, by {one if uids else 'no source on record'}.",
            code="vague_plural",
            cites=[dossier.claim.uid, *cited(support)],
            fix=f"Say who, and record each: factledger evidence {dossier.claim.handle} SOURCE --speaker AGENT",
        )


@lru_cache(maxsize=16)
def _looking_for(groups: Words) -> tuple[frozenset[str], re.Pattern[str]]:
    saying = any_of(word.replace("|", " ") for word in SAYING.split())
    pattern = _PATTERN.replace("GROUPS", any_of(groups)).replace("SAYING", saying)
    return first_words(groups), re.compile(pattern, re.VERBOSE | re.IGNORECASE)


def _found(pattern: re.Pattern[str], texts: list[str]) -> list[str]:
    """Return the groups that speak, each once: those of the claim, then those of its quotations."""
    groups: dict[str, str] = {}
    for text in (texts[0], *sorted(texts[1:])):
        for match in pattern.finditer(text):
            if not match["numbered"]:
                who = match["who"].split()
                if len(who) == 1 and who[0].lower() in QUANTITIES:
                    who += (match["more"] or "").split()[:1]
                groups.setdefault(" ".join(who).lower(), " ".join(who).rstrip(","))
    return list(groups.values())
