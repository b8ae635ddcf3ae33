"""speaker: somebody is said to have said what is quoted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ledger import Basis, Checker, Context, Dossier, Evidence, Finding
from ledger.text import Span, paragraphs, quoted, read_once, said_by

from .common import RecordNames, called, cited, counting, phrase, plain, words_of
from .languages import taken_for, unread
from .passages import left_open
from .vague_plural import SAYING
from .wordlist import any_of

FEWEST = 6
"""Words of a quotation for which somebody must be named; shorter ones are often titles, terms or slogans."""

LONGEST = 60
"""Characters of a quotation in a reason."""

_SPEAKS = re.compile(
    rf"\b(?:{any_of(word.replace('|', ' ') for word in SAYING.split())}|according to|adds?|added|answer\w*|ask\w*|"
    r"explain\w*|quot\w*|writ\w*|wrote|repl\w*|recall\w*|read|reads|state\w*|continu\w*|declar\w*|announc\w*|tweet\w*|"
    r"post\w*|comment\w*|laugh\w*|shout\w*|joke\w*|told|insist\w*|remark\w*|words?|speech|statement|letter|interview\w*)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*(?:[A-Z][\w'’.-]*\s?){1,4}:|\s*[-–—]\s?[A-Z]")
_SENTENCE = re.compile(r"[A-Z].*[.,!?…]", re.DOTALL)


class SpeakerNamed(Checker):
    """Checks: whether somebody is said to have said the words that a text quotes.
    Why it matters: words that nobody is said to have said can be anybody's, and nobody can be asked about them.
    Warns on: a quoted sentence with no speaker on record, and no word of speaking about it in the text.
    Passes on: a speaker who is recorded, or whom the text has beside the words. A few words, titles and terms are left
        alone.
    """

    name = "speaker"
    version = 1
    establishes = "that for the sentences quoted, a speaker is recorded or somebody speaks in the text about them"
    does_not_establish = "that whoever is given said it, nor who is meant by “he said”"
    reads_text = True

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        quotations = list(_quotations(dossier))
        lost = [(words, items) for words, items, found in quotations if not found]
        if lost:
            shown = phrase([f"“{plain(words, LONGEST)}”" for words, _ in lost[:3]], len(lost))
            yield self.warns(
                f"{shown}: nobody is said to have said it, in {_place(dossier, lost[0][1])}.",
                code="no_speaker",
                cites=[dossier.claim.uid, *cited(dict.fromkeys(item for _, items in lost for item in items))],
                fix="Find out who said it; then: factledger correct EVIDENCE speaker=AGENT --because ...",
            )
        elif others := unread(dossier):
            yield left_open(self, others, len(quotations), "")
        elif quotations:
            yield self.passes("Whoever is quoted is given.", code="given", cites=[dossier.claim])
        else:
            yield self.not_applicable("No sentence is quoted in it.", code="no_quotation", cites=[dossier.claim])


def _place(dossier: Dossier, items: list[Evidence]) -> str:
    if dossier.read_at is not None:
        return called(dossier)
    return RecordNames(dossier).title(items[0].seen_in or items[0].source)


def _quotations(dossier: Dossier) -> Iterator[tuple[str, list[Evidence], bool]]:
    """Yield each quoted sentence in the words of a dossier, its evidence, and whether a speaker is given."""
    if (at := dossier.read_at) is not None:
        ((uid, text),) = dossier.texts.items()
        tag = dossier.languages.get(uid)
        voiced = any(item.basis in (Basis.TOLD, Basis.DOCUMENT) for item in dossier.evidence)
        for span in _sentences_quoted(text, tag):
            if at.start <= span.start < at.end:
                yield span.of(text), list(dossier.evidence), voiced or _is_given(text, span, tag)
        return
    for item in counting(dossier, *{one.stance for one in dossier.evidence}):
        anchor, text = item.anchor, dossier.texts.get(item.seen_in or item.source, "") if words_of(item) else ""
        if anchor is None or anchor.start is None or not text.startswith(anchor.exact, anchor.start):
            continue
        tag = taken_for(dossier, item)
        for span in _sentences_quoted(text, tag):
            if span.start <= anchor.start < span.end:
                known = item.speaker is not None or item.named is not None
                yield span.of(text), [item], known or _is_given(text, span, tag)


@read_once
def _sentences_quoted(text: str, tag: str | None) -> tuple[Span, ...]:
    return tuple(
        span
        for span in quoted(text, tag)
        if len(span.of(text).split()) >= FEWEST and _SENTENCE.fullmatch(span.of(text))
    )


def _is_given(text: str, span: Span, tag: str | None) -> bool:
    """Return whether somebody speaks in the text about a quotation: in its paragraph, or in the one before or after."""
    if said_by(text, span, tag) is not None or text[max(0, span.start - 9) : span.start].rstrip(' \n"“«').endswith(":"):
        return True
    whole = paragraphs(text)
    place = max(0, bisect_left(whole, span.end, key=lambda one: one.end))
    after = place + 1
    while after < len(whole) and _is_open(whole[after - 1].of(text)):
        after += 1  # the quotation goes on
    near = whole[max(0, place - 1) : after + 1]
    outside = " ".join(_without_quotations(text, one) for one in near)
    return _SPEAKS.search(outside) is not None or _LABEL.match(whole[min(place, len(whole) - 1)].of(text)) is not None


def _is_open(paragraph: str) -> bool:
    """Return whether a quotation in a paragraph is not closed, as before a further one of the same speech."""
    return paragraph.rfind("“") > paragraph.rfind("”") or paragraph.count('"') % 2 == 1


def _without_quotations(text: str, span: Span) -> str:
    return re.sub(r"[“\"«][^”\"»]*[”\"»]?", " ", span.of(text))
