"""quote: quoted words are held to the archived text they were seen in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from ledger import AgentKind, Checker, Context, Dossier, Evidence, Finding, Outcome, needs
from ledger.text import (
    Comparison,
    Fidelity,
    Span,
    beside,
    compare,
    has_pages,
    page_in,
    page_of,
    pages,
    place_words,
    quoted,
    said_by,
)

from .common import HIDDEN, RecordNames, cited, counting, needs_copy, phrase, plain, words_of
from .languages import claim_language, is_read, language_name, taken_for
from .no_capture import ARCHIVE
from .side_by_side import MOST_CHANGES, PASSED, WARNED, changed, details, notes
from .translated_quote import STANCES, translated

ANEW = 'Correct the words, or enter them again with --quote; then: factledger retract {} --because "..."'

MOST_FOUND = 100
"""Quotations of one claim of which each is told by a finding of its own."""

AROUND = 80
"""Characters on either side of a passage that are shown with it."""


class Quote(Checker):
    """Checks: whether quoted words stand in the archived text they were seen in, word for word or with their changes
        marked, and whether that text gives them to the same speaker.
    Why it matters: one digit, one lost "not" or another's mouth makes another statement, and looks the same.
    Fails on: words that stand otherwise in the text, with the difference; words that are not in it.
    Warns on: a cut, an ellipsis or brackets that keep a "not", an "if" or a "some" from the reader, and what follows a
        "deny that"; words that are probably the same, in a text that came out wrong; another speaker; another page of
        a PDF than is given; a quotation in the claim itself that is in no evidence.
    Passes on: words that stand there exactly, or changed as … and [ ] say, or in another spelling, which is noted.
    """

    name = "quote"
    version = 6
    establishes = "that the quoted words stand in the archived text, as they are or with their changes marked"
    does_not_establish = (
        "that they were spoken, that the text is the whole of it, what a picture or recording shows, "
        "nor that a translation is right"
    )

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        anchored = [item for item in counting(dossier, *STANCES) if item.anchor is not None]
        items = [item for item in anchored if not _is_place(item)]
        good: dict[Evidence, Comparison] = {}
        yield from self._gravest([one for item in items for one in self._held(dossier, item, good)])
        if good:
            yield self._faithful(dossier, good)
        yield from (self._alone(dossier, item) for item in anchored if _is_place(item))
        in_claim = list(self._in_claim(dossier, items))
        yield from in_claim
        if not anchored and not in_claim:
            yield self.not_applicable("No words are quoted.", code="no_quote", cites=[dossier.claim])

    def _gravest(self, found: Sequence[Finding]) -> Iterator[Finding]:
        """Yield findings as they are; of very many the gravest, and one for the others of each outcome."""
        if len(found) <= MOST_FOUND:
            yield from found
            return
        made = {Outcome.FAIL: self.fails, Outcome.WARN: self.warns, Outcome.ABSTAIN: self.abstains}
        gravest = [one for outcome in made for one in found if one.outcome is outcome]
        yield from gravest[:MOST_FOUND]
        for outcome, make in made.items():
            rest = [one for one in gravest[MOST_FOUND:] if one.outcome is outcome]
            if rest:
                yield make(
                    f"{len(rest):,} more, such as: {rest[0].reason}",
                    code="more", cites=[uid for one in rest for uid in one.cites],
                    fix="Mend those above, and check again.",
                    missing=[lacked for one in rest for lacked in one.missing], measures={"more": len(rest)},
                )  # fmt: skip

    def _held(self, dossier: Dossier, item: Evidence, good: dict[Evidence, Comparison]) -> Iterator[Finding]:
        """Yield what is to be said of one quotation; one of which there is nothing to say becomes a good one."""
        told, words, uid = RecordNames(dossier), _words(dossier, item), _where(dossier, item)
        if words in HIDDEN:
            yield self.abstains("The quoted words are kept from publication.", code="withheld", cites=cited([item]))
            return
        if uid is None:
            place = told.title(item.seen_in or item.source)
            yield self.abstains(
                f"No text of {place} is archived to hold its words to.",
                code="no_text", cites=cited([item]), fix=ARCHIVE,
                missing=[needs("capture", item.seen_in or item.source)],
            )  # fmt: skip
            return
        side = beside(words, dossier.texts[uid], width=AROUND, tag=taken_for(dossier, item))
        found, place = side.comparison, told.title(uid)
        cites, fix, missing = (
            list(dict.fromkeys([*cited([item]), uid])),
            ANEW.format(item.handle),
            [needs("anchor", item)],
        )
        if found.fidelity is Fidelity.ABSENT:
            yield self.fails(
                f"“{plain(words)}” is not in the archived text of {place}.",
                code="absent", cites=cites, fix=fix, missing=missing,
            )  # fmt: skip
        elif found.fidelity is Fidelity.ALTERED:
            yield self.fails(
                f"Altered: {changed(found, place)}.",
                code="altered", cites=cites, fix=fix, details=details(words, found), missing=missing,
            )  # fmt: skip
        elif found.fidelity in WARNED:
            code, reason, fix = WARNED[found.fidelity]
            yield self.warns(
                reason.format(place=place, note=plain(found.notes[0], 120)), code=code, cites=cites, fix=fix,
                missing=missing, details=(*notes(found), *details(words, found, around=(side.before, side.after))),
            )  # fmt: skip
        elif found.fidelity is Fidelity.MARKED and not is_read(language := taken_for(dossier, item)):
            yield self.abstains(
                f"Not read: {language_name(language)}, in {place}; what … and [ ] keep from the reader is not known.",
                code="not_read", cites=cites, fix="Read both side by side.",
                details=details(words, found, around=(side.before, side.after)),
            )  # fmt: skip
        else:
            said = [
                *self._page(dossier, item, words, uid, found.span),
                *self._elsewhere(dossier, item, words, uid),
                *self._speaker(dossier, item, found, uid),
            ]
            yield from said
            if not said:
                good[item] = found

    def _page(self, dossier: Dossier, item: Evidence, words: str, uid: str, span: Span | None) -> Iterator[Finding]:
        """Yield a finding where a page is given for the words and they are on another one, or there is no such page."""
        stated, spans = _stated_page(dossier, item, uid)
        if stated is None or span is None:
            return
        if stated > len(spans):
            yield self._no_page(dossier, item, uid, stated, len(spans))
            return
        first, after = spans[stated - 1], spans[min(stated, len(spans) - 1)]
        on_page = compare(words, dossier.texts[uid][first.start : after.end], taken_for(dossier, item))
        begins = on_page.span.start if on_page.fidelity.faithful and on_page.span else first.end
        if page_of(spans, span.start) != stated and first.start + begins >= first.end:
            yield self.warns(
                f"The words are in {RecordNames(dossier).title(uid)}, but on page {page_of(spans, span.start)}, "
                f"not on page {stated}.",
                code="page",
                cites=[*cited([item]), uid],
                fix=f'Enter them again; then: factledger retract {item.handle} --because "..."',
                missing=[needs("anchor", item)],
            )

    def _no_page(self, dossier: Dossier, item: Evidence, uid: str, stated: int, count: int) -> Finding:
        return self.warns(
            f"The archived copy of {RecordNames(dossier).title(uid)} has no page {stated}; its last is page {count}.",
            code="no_such_page", cites=[*cited([item]), uid], fix="Look up the page, and enter it again.",
            missing=[needs("anchor", item)],
        )  # fmt: skip

    def _alone(self, dossier: Dossier, item: Evidence) -> Finding:
        """Return what is to be said of a place without words: that nobody but a person sees what is there."""
        uid = item.seen_in or item.source
        if uid in dossier.texts:
            stated, spans = _stated_page(dossier, item, uid)
            if stated is not None and stated > len(spans):
                return self._no_page(dossier, item, uid, stated, len(spans))
        place, title = (
            plain(place_words(item.anchor.fragment if item.anchor else None)),
            RecordNames(dossier).title(uid),
        )
        return self.abstains(
            f"No words are quoted from {title}, only a place ({place}): what is there is not compared.",
            code="no_words", cites=cited([item]), fix="Look at it; quote its words, if it has any, with --quote.",
            missing=[needs("anchor", item)],
        )  # fmt: skip

    def _elsewhere(self, dossier: Dossier, item: Evidence, words: str, uid: str) -> Iterator[Finding]:
        """Yield a finding where the text they come from, archived too, has them otherwise."""
        if item.source == uid or item.source not in dossier.texts or translated(dossier, item):
            return
        found = compare(words, dossier.texts[item.source], dossier.languages.get(item.source))
        if not found.fidelity.faithful:
            told = RecordNames(dossier)
            own = told.title(item.source)
            if found.fidelity is Fidelity.ABSENT:
                otherwise = f"they are not in the archived text of {own}"
            elif found.fidelity is Fidelity.ALTERED:
                otherwise = f"altered: {changed(found, own)}"
            else:
                otherwise = f"in {own} {plain(found.notes[0], 120)}"
            yield self.warns(
                f"The words are as in {told.title(uid)}, but {otherwise}.",
                code="source_differs",
                cites=[*cited([item]), uid],
                fix="Quote the source itself, or say whose version it is.",
                details=details(words, found),
            )

    def _speaker(self, dossier: Dossier, item: Evidence, found: Comparison, uid: str) -> Iterator[Finding]:
        """Yield a finding where the text plainly gives the words to somebody else."""
        speaker = dossier.agent(item.speaker)
        if speaker is None or speaker.kind is not AgentKind.PERSON or speaker.name in HIDDEN or found.span is None:
            return
        named = said_by(dossier.texts[uid], found.span, dossier.languages.get(uid))
        source = dossier.source(item)
        known = [dossier.agent(one) for one in (item.speaker, item.quoting, source.author)]
        if named is not None and not any(_same(agent.name, named) for agent in known if agent):
            yield self.warns(
                f"{RecordNames(dossier).title(uid)} gives these words to {plain(named)}, not to {plain(speaker.name)}.",
                code="speaker",
                cites=[*cited([item]), uid, speaker],
                fix=f'If so: factledger correct {item.handle} speaker="..." --because "..."',
                missing=[needs("speaker", item)],
            )

    def _faithful(self, dossier: Dossier, good: dict[Evidence, Comparison]) -> Finding:
        told, items = RecordNames(dossier), list(good)
        uids = list(dict.fromkeys(_where(dossier, item) or item.source for item in items))
        foreign = any(item.original or translated(dossier, item) for item in items)
        code, how = PASSED[max((found.fidelity for found in good.values()), key=list(PASSED).index)]
        if foreign:
            reason = f"The words are in {told.titles(uids)}: a translation, not the speaker's own."
        else:
            reason = f"Word for word in {told.titles(uids)}{how}."
        return self.passes(
            reason,
            code="translation" if foreign else code,
            cites=list(dict.fromkeys([*cited(items), *uids[:10]])),
            measures={"quotations": len(items)},
            details=list(chain(_unread(dossier, items), *map(notes, good.values())))[:MOST_CHANGES],
        )

    def _in_claim(self, dossier: Dossier, items: list[Evidence]) -> Iterator[Finding]:
        """Yield a finding where the claim quotes words that are nowhere in what it stands on."""
        text = dossier.claim.text
        texts = [
            (words, taken_for(dossier, item))
            for item in items
            for words in (item.anchor.exact if item.anchor else "", item.original or "")
        ]
        places = [uid for uid in _all_places(dossier) if uid in dossier.texts]
        texts += [(dossier.texts[uid], dossier.languages.get(uid)) for uid in places]
        spans = quoted(text, claim_language(dossier))
        lost = [one for one in (span.of(text) for span in spans) if not _anywhere(one, texts)]
        if not lost:
            return
        shown = phrase([f"“{plain(one)}”" for one in lost[:3]], len(lost))
        if any(words for words, _ in texts):
            yield self.warns(
                f"The claim quotes {shown}, which no evidence of it has.",
                code="claim_quote", cites=[dossier.claim], fix="Add evidence with those words, or take the marks away.",
                missing=[needs("evidence", dossier.claim)],
            )  # fmt: skip
        else:
            yield self.abstains(
                f"The claim quotes {shown}, and no text is archived to hold it to.",
                code="claim_quote_no_text", cites=[dossier.claim], fix=ARCHIVE,
                missing=needs_copy(dossier),
            )  # fmt: skip


def _unread(dossier: Dossier, items: list[Evidence]) -> list[str]:
    """Return in which languages nobody saw whether the words around a quotation turn it round, a line each."""
    tags = (taken_for(dossier, item) for item in items)
    names = dict.fromkeys(language_name(tag) for tag in tags if not is_read(tag))
    return [f"Note: not read: {name}; whether the words around it turn a quotation is not known." for name in names]


def _is_place(item: Evidence) -> bool:
    """Return whether evidence gives a place alone."""
    return item.anchor is not None and not words_of(item) and item.anchor.fragment is not None


def _stated_page(dossier: Dossier, item: Evidence, uid: str) -> tuple[int | None, tuple[Span, ...]]:
    """Return the page given for evidence, and the pages of the text; no page where they cannot be compared."""
    stated = page_in(item.anchor.fragment if item.anchor else None)
    copies = [capture for capture in dossier.captures if capture.source == uid and capture.extractor]
    if stated is None or uid != (item.seen_in or item.source) or not copies or not has_pages(copies[-1].extractor):
        return None, ()
    return stated, pages(dossier.texts[uid])


def _where(dossier: Dossier, item: Evidence) -> str | None:
    """Return whose archived text the words are held to: where they were seen, else their source."""
    return next((uid for uid in (item.seen_in, item.source) if uid and uid in dossier.texts), None)


def _words(dossier: Dossier, item: Evidence) -> str:
    """Return the words to look for: the original ones of a translation, where only the original text is archived."""
    shown = item.anchor.exact if item.anchor else ""
    original = (item.original or "").strip()
    if original and original not in HIDDEN and item.seen_in and _where(dossier, item) == item.source:
        return original
    if original and original not in HIDDEN and not item.seen_in and translated(dossier, item):
        return original
    return shown


def _all_places(dossier: Dossier) -> list[str]:
    return sorted({uid for item in dossier.evidence for uid in (item.source, item.seen_in) if uid})


def _anywhere(words: str, texts: list[tuple[str, str | None]]) -> bool:
    """Return whether words stand in any of some texts, each with its language."""
    return any(compare(words, text, tag).fidelity.faithful for text, tag in texts if text)


def _same(one: str, other: str) -> bool:
    """Return whether two names may be one person's: the last word of one stands in the other."""
    mine, theirs = (name.casefold().replace(".", "").replace("’", "'").split() for name in (one, other))
    return bool(mine and theirs) and (mine[-1] in theirs or theirs[-1] in mine)
