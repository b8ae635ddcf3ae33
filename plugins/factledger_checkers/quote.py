"""quote: quoted words are held to the archived text they were seen in."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import AgentKind, Checker, Context, Dossier, Evidence, Finding
from ledger.text import (
    Change,
    Comparison,
    Fidelity,
    Side,
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

from .common import HIDDEN, Told, cited, counting, phrase, plain, words_of
from .no_capture import ARCHIVE
from .translated_quote import STANCES, translated

ANEW = 'Correct the words, or enter them again with --quote; then: factledger retract {} --because "..."'

LONGEST_PASSAGE = 300
"""Characters of a passage in the details."""

MOST_CHANGES = 8


class Quote(Checker):
    """Checks: whether quoted words stand in the archived text they were seen in, word for word or with their changes
        marked, and whether that text gives them to the same speaker.
    Why it matters: one digit, one lost "not" or another's mouth makes another statement, and looks the same.
    Fails on: words that stand otherwise in the text, with the difference; words that are not in it.
    Warns on: a cut or an ellipsis that keeps a "not" or an "unless" from the reader; another speaker; another page of
        a PDF than is given; a quotation in the claim itself that is in no evidence.
    Passes on: words that stand there exactly, or changed as … and [ ] say.
    """

    name = "quote"
    version = 3
    establishes = "that the quoted words stand in the archived text, as they are or with their changes marked"
    does_not_establish = (
        "that they were spoken, that the text is the whole of it, what a picture or recording shows, "
        "nor that a translation is right"
    )

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        anchored = [item for item in counting(dossier, *STANCES) if item.anchor is not None]
        items = [item for item in anchored if not _is_place(item)]
        good: list[Evidence] = []
        for item in items:
            found = list(self._held(dossier, item))
            good += [] if found else [item]
            yield from found
        if good:
            yield self._faithful(dossier, good)
        yield from (self._alone(dossier, item) for item in anchored if _is_place(item))
        in_claim = list(self._in_claim(dossier, items))
        yield from in_claim
        if not anchored and not in_claim:
            yield self.not_applicable("No words are quoted.", code="no_quote", cites=[dossier.claim])

    def _held(self, dossier: Dossier, item: Evidence) -> Iterator[Finding]:
        """Yield what is to be said of one quotation; nothing where it is faithful."""
        told, words, uid = Told(dossier), _words(dossier, item), _where(dossier, item)
        if words in HIDDEN:
            yield self.abstains("The quoted words are kept from publication.", code="withheld", cites=cited([item]))
            return
        if uid is None:
            place = told.title(item.seen_in or item.source)
            yield self.abstains(
                f"No text of {place} is archived to hold its words to.",
                code="no_text", cites=cited([item]), fix=ARCHIVE,
            )  # fmt: skip
            return
        side = beside(words, dossier.texts[uid])
        found, place = side.comparison, told.title(uid)
        cites, fix = list(dict.fromkeys([*cited([item]), uid])), ANEW.format(item.handle)
        if found.fidelity is Fidelity.ABSENT:
            yield self.fails(
                f"“{plain(words)}” is not in the archived text of {place}.", code="absent", cites=cites, fix=fix
            )
        elif found.fidelity is Fidelity.ALTERED:
            yield self.fails(
                f"Altered: {_changed(found, place)}.",
                code="altered", cites=cites, fix=fix, details=_details(words, found),
            )  # fmt: skip
        elif found.fidelity is Fidelity.MISLEADING:
            yield self.warns(
                f"The words are in {place}, but {plain(found.notes[0], 120)}.",
                code="misleading", cites=cites, fix="Quote the passage whole, or say what is left out.",
                details=(*(f"Note: {plain(note, 120)}." for note in found.notes), *_details(words, found)),
            )  # fmt: skip
        else:
            yield from self._page(dossier, item, words, uid, found.span)
            yield from self._elsewhere(dossier, item, words, uid)
            yield from self._speaker(dossier, item, found, uid)

    def _page(self, dossier: Dossier, item: Evidence, words: str, uid: str, span: Span | None) -> Iterator[Finding]:
        """Yield a finding where a page is given for the words and they are on another one, or there is no such page."""
        stated, spans = _stated_page(dossier, item, uid)
        if stated is None or span is None:
            return
        if stated > len(spans):
            yield self._no_page(dossier, item, uid, stated, len(spans))
            return
        first, after = spans[stated - 1], spans[min(stated, len(spans) - 1)]
        on_page = compare(words, dossier.texts[uid][first.start : after.end])
        begins = on_page.span.start if on_page.fidelity.faithful and on_page.span else first.end
        if page_of(spans, span.start) != stated and first.start + begins >= first.end:
            yield self.warns(
                f"The words are in {Told(dossier).title(uid)}, but on page {page_of(spans, span.start)}, "
                f"not on page {stated}.",
                code="page",
                cites=[*cited([item]), uid],
                fix=f'Enter them again; then: factledger retract {item.handle} --because "..."',
            )

    def _no_page(self, dossier: Dossier, item: Evidence, uid: str, stated: int, count: int) -> Finding:
        return self.warns(
            f"The archived copy of {Told(dossier).title(uid)} has no page {stated}; its last is page {count}.",
            code="no_such_page", cites=[*cited([item]), uid], fix="Look up the page, and enter it again.",
        )  # fmt: skip

    def _alone(self, dossier: Dossier, item: Evidence) -> Finding:
        """Return what is to be said of a place without words: that nobody but a person sees what is there."""
        uid = item.seen_in or item.source
        if uid in dossier.texts:
            stated, spans = _stated_page(dossier, item, uid)
            if stated is not None and stated > len(spans):
                return self._no_page(dossier, item, uid, stated, len(spans))
        place, title = plain(place_words(item.anchor.fragment if item.anchor else None)), Told(dossier).title(uid)
        return self.abstains(
            f"No words are quoted from {title}, only a place ({place}): what is there is not compared.",
            code="no_words", cites=cited([item]), fix="Look at it; quote its words, if it has any, with --quote.",
        )  # fmt: skip

    def _elsewhere(self, dossier: Dossier, item: Evidence, words: str, uid: str) -> Iterator[Finding]:
        """Yield a finding where the text they come from, archived too, has them otherwise."""
        if item.source == uid or item.source not in dossier.texts or translated(dossier, item):
            return
        found = compare(words, dossier.texts[item.source])
        if not found.fidelity.faithful:
            told = Told(dossier)
            own = told.title(item.source)
            otherwise = {
                Fidelity.ABSENT: f"they are not in the archived text of {own}",
                Fidelity.ALTERED: f"altered: {_changed(found, own)}" if found.changes else "",
                Fidelity.MISLEADING: f"in {own} {plain(found.notes[0], 120)}" if found.notes else "",
            }
            yield self.warns(
                f"The words are as in {told.title(uid)}, but {otherwise[found.fidelity]}.",
                code="source_differs",
                cites=[*cited([item]), uid],
                fix="Quote the source itself, or say whose version it is.",
                details=_details(words, found),
            )

    def _speaker(self, dossier: Dossier, item: Evidence, found: Comparison, uid: str) -> Iterator[Finding]:
        """Yield a finding where the text plainly gives the words to somebody else."""
        speaker = dossier.agent(item.speaker)
        if speaker is None or speaker.kind is not AgentKind.PERSON or speaker.name in HIDDEN or found.span is None:
            return
        named = said_by(dossier.texts[uid], found.span)
        source = dossier.source(item)
        known = [dossier.agent(one) for one in (item.speaker, item.quoting, source.author)]
        if named is not None and not any(_same(agent.name, named) for agent in known if agent):
            yield self.warns(
                f"{Told(dossier).title(uid)} gives these words to {plain(named)}, not to {plain(speaker.name)}.",
                code="speaker",
                cites=[*cited([item]), uid, speaker],
                fix=f'If so: factledger correct {item.handle} speaker="..." --because "..."',
            )

    def _faithful(self, dossier: Dossier, items: list[Evidence]) -> Finding:
        told = Told(dossier)
        uids = list(dict.fromkeys(_where(dossier, item) or item.source for item in items))
        foreign = any(item.original or translated(dossier, item) for item in items)
        marked = any("…" in words or "[" in words or "..." in words for words in (_words(dossier, i) for i in items))
        if foreign:
            reason = f"The words are in {told.titles(uids)}: a translation, not the speaker's own."
        else:
            reason = f"Word for word in {told.titles(uids)}{', with its changes marked' if marked else ''}."
        return self.passes(
            reason,
            code="translation" if foreign else "marked" if marked else "exact",
            cites=list(dict.fromkeys([*cited(items), *uids[:10]])),
            measures={"quotations": len(items)},
        )

    def _in_claim(self, dossier: Dossier, items: list[Evidence]) -> Iterator[Finding]:
        """Yield a finding where the claim quotes words that are nowhere in what it stands on."""
        text = dossier.claim.text
        texts = [words for item in items for words in (item.anchor.exact if item.anchor else "", item.original or "")]
        texts += [dossier.texts[uid] for uid in _all_places(dossier) if uid in dossier.texts]
        lost = [one for one in (span.of(text) for span in quoted(text)) if not _anywhere(one, texts)]
        if not lost:
            return
        shown = phrase([f"“{plain(one)}”" for one in lost[:3]], len(lost))
        if any(texts):
            yield self.warns(
                f"The claim quotes {shown}, which no evidence of it has.",
                code="claim_quote", cites=[dossier.claim], fix="Add evidence with those words, or take the marks away.",
            )  # fmt: skip
        else:
            yield self.abstains(
                f"The claim quotes {shown}, and no text is archived to hold it to.",
                code="claim_quote_no_text", cites=[dossier.claim], fix=ARCHIVE,
            )  # fmt: skip


def _is_place(item: Evidence) -> bool:
    """Return whether evidence gives a place alone."""
    return item.anchor is not None and not words_of(item) and item.anchor.fragment is not None


def _stated_page(dossier: Dossier, item: Evidence, uid: str) -> tuple[int | None, tuple[Span, ...]]:
    """Return the page given for evidence, and the pages of the text; no page where they cannot be compared."""
    stated = page_in(item.anchor.fragment if item.anchor else None)
    copies = [capture for capture in dossier.captures if capture.source == uid]
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


def _anywhere(words: str, texts: list[str]) -> bool:
    return any(compare(words, text).fidelity in (Fidelity.EXACT, Fidelity.MARKED) for text in texts if text)


def _changed(found: Comparison, place: str) -> str:
    """Return the first change in words, and how many more there are."""
    more = len(found.changes) - 1
    return f"{_change(found.changes[0])} in {place}" + (f" ({more} more)" if more > 0 else "")


def _change(change: Change) -> str:
    if not change.quoted:
        return f"“{plain(change.written)}” is left out; it stands"
    if not change.written:
        return f"“{plain(change.quoted)}” is put in; it is not"
    return f"“{plain(change.quoted)}” stands for “{plain(change.written)}”"


def _details(words: str, found: Comparison) -> tuple[str, ...]:
    """Return the difference word for word, and the passage as it stands."""
    written = " ".join(piece.words for piece in found.pieces if piece.side is not Side.QUOTED)
    lines = [f"Quoted: “{plain(words, LONGEST_PASSAGE)}”"]
    if written:
        lines.append(f"In the text: “{plain(written, LONGEST_PASSAGE)}”")
    if found.fidelity is Fidelity.ALTERED:
        signs = {Side.BOTH: "{}", Side.QUOTED: "[-{}-]", Side.WRITTEN: "[+{}+]"}
        difference = " ".join(signs[piece.side].format(piece.words) for piece in found.pieces)
        lines.append(f"Difference: {plain(difference, LONGEST_PASSAGE)}")
        lines += [f"{change.kind}: {_change(change)} in the text" for change in found.changes[:MOST_CHANGES]]
    return tuple(lines)


def _same(one: str, other: str) -> bool:
    """Return whether two names may be one person's: the last word of one stands in the other."""
    mine, theirs = (name.casefold().replace(".", "").replace("’", "'").split() for name in (one, other))
    return bool(mine and theirs) and (mine[-1] in theirs or theirs[-1] in mine)
