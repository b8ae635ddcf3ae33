"""vague-plural: "some analysts" are more than one, and on record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ledger import Checker, Context, Dossier, Finding, Setting, Stance, needs

from .common import RecordNames, cited, counting, phrase, plain, sources_of, words_of
from .languages import unread
from .passages import left_open
from .wordlist import Words, any_of, first_words, lacks, no_words, words_setting

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
    "accuse accused acknowledge acknowledged advise advised advocate advocated advocating agree agreed allege alleged "
    "argue argued assert asserted believe believed called|for call|for caution cautioned claim claimed complain "
    "complained concede conceded confirm confirmed contend contended demand demanded denied deny doubt doubted "
    "estimate estimated expect expected fear feared indicate indicated insist insisted maintain maintained note noted "
    "object objected pointed|out point|out predict predicted question questioned report reported said say saying show "
    "showed speculate speculated stress stressed suggest suggested tell think thought told urge urged warn warned "
    "warning worried worry"
)
_WORD = r"[\w.&'’-]+"
_NO_SPEECH = r"(?:was|were|is|are|be|been|being|to|not|never|nothing|declined|refused) \b | \w+n['’]t\b "
"""Between a group and a verb: somebody else speaks, or nobody does."""

_OTHER = r"(?! , (?: \s+ (?-i: [A-Z] ) [\w.'’-]+ ){1,2} \s+ (?: SAYING ) (?!\w) )"
"""Somebody else speaks about the group: "experts, Quell said"."""

_PATTERN = rf"""
    (?P<numbered> (?<!\w) (?: \d[\d.,]* | two|three|four|five|six|seven|eight|nine|ten|twelve|both )
        \s+ (?: of\s+ )? (?: the\s+ )? (?: {_WORD}\s+ ){{0,2}} )?
    (?P<told> (?<!\w) according\s+to\s+ (?: the\s+ )? )?
    (?<!\w) (?<!how[ ]) (?<!as[ ]) (?<!so[ ]) (?<!too[ ]) (?P<who>
        (?: (?: some|many|several|various|numerous|most|other|unnamed|a\s+number\s+of ) \s+ (?: {_WORD}\s+ ){{0,2}} )?
        (?: GROUPS ) ) (?!\w)
    (?(told) | (?:
        \s+ (?: familiar\s+with | close\s+to | briefed\s+on | with\s+knowledge\s+of )
      | OTHER ,? (?P<more> (?: \s+ (?! NO ) {_WORD} OTHER ,? ){{0,4}} )
        \s+ (?: SAYING ) (?!\w) ) )
"""


class VaguePlural(Checker):
    """Checks: whether a plural that speaks in the claim or in its quotations has more than one voice on record.
    Why it matters: "some analysts" are often one, and readers count them as many.
    Warns on: "officials say" with one source behind it, or none.
    Passes on: two sources that may be independent, two named speakers, a number ("two officials").
    """

    name = "vague-plural"
    version = 3
    establishes = "that no unnumbered group speaks in the claim, in English, that fewer than two on record stand for"
    does_not_establish = "that those on record are the group that is meant"
    reads_text = True
    settings = (Setting("words", GROUPS, "The groups that are looked for", least=1),)

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        groups = words_setting(context.options, GROUPS)
        if groups is None:
            yield no_words(self, dossier)
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
        if dossier.read_at is not None:
            yield self.warns(f"{who}: none of them is named there.", code="vague_plural", cites=cited(support))
            return
        one = f"one source alone: {RecordNames(dossier).titles(uids)}" if len(uids) == 1 else "sources of one origin"
        yield self.warns(
            f"{who}, by {one if uids else 'no source on record'}.",
            code="vague_plural",
            cites=[dossier.claim.uid, *cited(support)],
            fix=f"Say who, and record each: factledger evidence {dossier.claim.handle} SOURCE --speaker AGENT",
            missing=[needs("evidence", dossier.claim)],
        )


def groups_in(text: str) -> list[str]:
    """Return the unnumbered groups that speak in a text."""
    first, pattern = _looking_for(GROUPS)
    return [] if lacks(text, first) else _found(pattern, [text])


@lru_cache(maxsize=16)
def _looking_for(groups: Words) -> tuple[frozenset[str], re.Pattern[str]]:
    saying = any_of(word.replace("|", " ") for word in SAYING.split())
    pattern = (
        _PATTERN.replace("GROUPS", any_of(groups))
        .replace("OTHER", _OTHER)
        .replace("SAYING", saying)
        .replace("NO ", _NO_SPEECH)
    )
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
