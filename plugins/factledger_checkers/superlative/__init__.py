"""superlative: who says "the largest" has a source that compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ledger import Basis, Checker, Context, Dossier, Finding, Setting, SourceKind, Stance, needs

from ..common import RecordNames, called, cited, counting, phrase, plain, sources_of
from ..languages import language_name, unread_claim
from ..wordlist import Words, any_of, first_words, lacks, no_words, words_setting
from .running import compares

WORDS: Words = (
    "first", "only", "most", "least", "first-ever", "for the first time", "largest", "biggest", "greatest", "highest",
    "lowest", "smallest", "longest", "shortest", "oldest", "youngest", "newest", "fastest", "slowest", "best", "worst",
    "strongest", "weakest", "richest", "poorest", "deadliest", "bloodiest", "hottest", "coldest", "warmest", "wettest",
    "driest", "tallest", "deepest", "heaviest", "busiest", "safest", "cheapest", "earliest", "never", "always",
    "unprecedented", "unparalleled", "unmatched", "unrivalled", "unique", "sole", "all-time", "record-breaking",
    "record high", "record low", "record number", "record numbers", "record level", "record levels", "record amount",
    "record sum", "record profit", "record profits", "record heat", "record year", "record-high", "record-low",
    "new record", "world record", "no other", "nobody else", "no one else", "any other", "than ever",
)  # fmt: skip
"""What it looks for, unless the setting `words` says otherwise."""

OWNED = {
    "first": r"\s+(?:of\s+(?:all|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|\d|two|three|four|five|six|seven|eight|nine|ten|few|half|quarter|third|day|days|week|weeks|month|months|year"
    r"|years|hours|minutes|round|phase|stage|part|chapter|page|paragraph|sentence|line|floor|step|draft|degree|edition"
    r"|reading|person|place|instance|names?|lady|gentleman|family|minister|secretary|class|aid|amendment|world\s+war"
    r"|nations?|responders?|thing|of\s+the\s+month)\b|-(?!ever)",
    "most": r"\s+(?:part|recent|recently|likely)\b",
    "least": r"\s+of\b",
    "only": r"\s+(?:child|thing)\b|-",
}
"""Words that compare only after "the" or "its": at first, most people, only two. And what must not come after them."""

IDIOMS = r"""
    (?<!\w) (?: at | at\s+the )\s+(?:very\s+)?(?:most|least|best|worst|first|earliest) (?!\w)
  | (?<!\w) (?: would|will|should|must|can|could|shall|may|might ) \s+ (?:never|always) (?!\w)
  | ['’](?:d|ll) \s+ (?:never|always) (?!\w)
  | (?<!\w) (?: almost|nearly|as|not ) \s+ always (?!\w)
  | (?<!\w) never \s+ (?:mind|again|ending) (?!\w)
  | (?<!\w) best (?: [\s-]+ (?:known|practices?|man|wishes|interests?|efforts|seller|sellers|selling|regards) ) (?!\w)
  | (?<!\w) (?: its|his|her|their|our|my|your|the ) \s+ best (?= \s* (?:[.,;!?]|$|to\b) )
  | (?<!\w) highest \s+ court (?!\w)
  | (?<!\w) (?: sole \s+ of | unique \s+ (?:visitors?|users?) ) (?!\w)
"""
_PATTERN = rf"""
    {IDIOMS}
  | (?: (?<!\w)(?:the|its|his|her|their|our|my|your) | ['’]s | s['’] ) \s+ (?: very\s+ )?
    (?P<owned> (?: OWNED ) (?!\w) (?: [\s-]+ \w[\w'’-]* )? )
  | (?<!\w) (?P<plain> (?: PLAIN ) (?:-ever)? ) (?!\w)
"""


class Superlative(Checker):
    """Checks: whether a claim that says "first", "largest" or "never" has a source that could compare.
    Why it matters: a superlative speaks of all others, and who saw one thing has not seen the others.
    Warns on: a superlative without a document or dataset behind it.
    Passes on: one that a document or dataset supports; one that is told as somebody's words. Of a plain text that is
        only read, it names those that figures settle, or that say with what they compare.
    """

    name = "superlative"
    version = 3
    establishes = "that an English superlative in the claim has a document or dataset behind it"
    does_not_establish = "that the document compares with all others, nor that the comparison is right"
    reads_text = True
    settings = (Setting("words", WORDS, "The words that are looked for", least=1),)

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        looked_for = words_setting(context.options, WORDS)
        if looked_for is None:
            yield no_words(self, dossier)
            return
        first, pattern = _looking_for(looked_for)
        text = dossier.claim.text
        if lacks(text, first) or not (found := _found(pattern, text, plainly=dossier.read_at is not None)):
            if (tag := unread_claim(dossier)) is not None:
                reason = f"Not read: {language_name(tag)}, in {called(dossier)}."
                yield self.abstains(reason, code="not_read", cites=[dossier.claim])
                return
            yield self.not_applicable("There is no superlative in it.", code="no_superlative", cites=[dossier.claim])
            return
        words = phrase([f"“{plain(word)}”" for word in found.values()])
        if dossier.reports is not None and found.keys() <= _found(pattern, dossier.reports.text).keys():
            yield self.passes(
                f"Reported speech: {words}; whether it is so is another claim.",
                code="reported",
                cites=[dossier.claim, dossier.reports],
            )
            return
        support = counting(dossier, Stance.SUPPORTS)
        shown = [item for item in support if item.basis is Basis.DOCUMENT or _is_data(dossier, item.source)]
        if shown:
            titles = RecordNames(dossier).titles(sources_of(shown))
            yield self.passes(
                f"{words} {'has' if len(found) == 1 else 'have'} a document or figures behind: {titles}.",
                code="compared",
                cites=cited(shown),
            )
            return
        verb = "compares" if len(found) == 1 else "compare"
        missing = "no document or figures on record do" if dossier.read_at is None else "the text names none that do"
        yield self.warns(
            f"{words} {verb} with all others; {missing}.",
            code="not_compared",
            cites=[dossier.claim.uid, *cited(support)],
            fix=f"Find the figures; then: factledger evidence {dossier.claim.handle} SOURCE --basis document",
            missing=[needs("evidence", dossier.claim)],
        )


def _is_data(dossier: Dossier, uid: str) -> bool:
    source = dossier.sources.get(uid)
    return source is not None and source.kind is SourceKind.DATASET


@lru_cache(maxsize=16)
def _looking_for(words: Words) -> tuple[frozenset[str], re.Pattern[str]]:
    owned = "|".join(f"{word} (?! {after} )" for word, after in OWNED.items() if word in words) or r"(?!)"
    pattern = _PATTERN.replace("OWNED", owned).replace("PLAIN", any_of(word for word in words if word not in OWNED))
    return first_words(words), re.compile(pattern, re.VERBOSE | re.IGNORECASE)


def _found(pattern: re.Pattern[str], text: str, *, plainly: bool = False) -> dict[str, str]:
    """Return the superlatives of a text as they are written, by what they are in lower case.

    Of running text those that plainly compare.
    """
    found = ((match, "owned" if match["owned"] else "plain") for match in pattern.finditer(text))
    words = (
        match[group]
        for match, group in found
        if match[group] and (not plainly or compares(text, match.start(group), match[group]))
    )
    return {" ".join(word.lower().split()): " ".join(word.split()) for word in words if word}
