"""A worklist held to the ledger: what of it is known there already, and what was accepted entered, all or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import attrs

from .. import reader
from ..book import Book
from ..capture import Extraction, read_file
from ..errors import InputError, UnknownRecord
from ..model import Agent, AgentKind, Anchor, Claim, Record, Source, Standing
from ..reader import MentionKind
from ..store import Ledger, queries
from ..text import Span
from ..text.spans import blanked
from .article import ArchivedArticle, Text, anchor_at, asides_in, asides_of, take_in, taken_in, text_of
from .drafts import FILES, ClaimDraft, tell
from .proposals import quotes_another
from .resolve import KnownName, resolve
from .worklist import PassageDraft, PassageState, Voice, Worklist, kept_out_name

KIND = {MentionKind.ORGANISATION: AgentKind.ORGANISATION}
"""What a new agent is; whoever is no organisation is a person."""

ALMOST = 0.88
"""The likeness of two names (difflib's ratio) from which on one may be a slip for the other."""


@attrs.frozen
class OpenArticle:
    """An article on the desk: a source with its archived text, or what was read from a file that is not on record."""

    found: Source | Extraction
    text: Text
    language: str | None = None
    published: str | None = None

    @property
    def title(self) -> str:
        if isinstance(self.found, Source):
            return self.found.title
        return self.found.title or Path(self.found.file_name or "article").stem

    def asides(self, ledger: Ledger) -> tuple[Span, ...] | None:
        """Return the lines of its text that are none of the article; None where no part can be told."""
        return asides_of(ledger, self.found) if isinstance(self.found, Source) else asides_in(self.found)

    def to_read(self, ledger: Ledger, asides: Iterable[Span] = ()) -> reader.Article:
        """Return it as readers get it, with what is known of it, and without what is none of the article."""
        source = self.found if isinstance(self.found, Source) else None
        author, publisher = (
            _name(ledger, uid) if uid else None
            for uid in ((source.author, source.publisher) if source else (None, None))
        )
        return reader.Article(
            text=blanked(self.text.words, asides),
            title=self.title,
            language=self.language or (source.language if source else None),
            published=self.published or (source.published if source else None),
            author=author,
            publisher=publisher,
            url=source.url if source else None,
        )


@attrs.frozen
class Filed:
    """What a worklist became: the article, and the records that were made for it, its claims among them."""

    article: Source
    made: tuple[Record, ...]
    claims: tuple[Claim, ...]


def open_article(book: Book, given: str, *, language: str | None = None, published: str | None = None) -> OpenArticle:
    """Return the article of an id, a title or a file's name; raise InputError if nothing of it can be read."""
    known = book.look_up(Source, given)
    if known is not None:
        text = text_of(book.ledger, known)
        if text is None:
            hint = f"Archive one: factledger capture {known.handle} FILE"
            raise InputError("No copy with words in it is archived.", where=known.handle, hint=hint)
        return OpenArticle(known, text, language, published)
    path = Path(given)
    if not path.exists() and path.suffix.lower() not in FILES:
        hint = "Give a file, or a source's id: factledger list sources"
        raise UnknownRecord(f"{given!r} is neither a file nor a source of this ledger.", where="article", hint=hint)
    reading = read_file(path)
    recorded = taken_in(book, reading)
    if recorded is not None:
        return OpenArticle(recorded.source, recorded.text, language, published)
    return OpenArticle(reading, Text.of(reading), language, published)


def _name(ledger: Ledger, uid: str) -> str | None:
    kept = queries.kept(ledger.db, uid)
    return kept.record.name if kept and isinstance(kept.record, Agent) else None


def known_in(book: Book, worklist: Worklist) -> Worklist:
    """Return the list with the agents that the ledger has, by name, and those that may be meant."""
    db = book.ledger.db
    found = resolve(db, [voice.name for voice in worklist.voices])
    names = queries.names(db, "agent")
    return attrs.evolve(
        worklist, voices=tuple(_known(voice, found.get(voice.name, ()), names) for voice in worklist.voices)
    )


def _known(voice: Voice, found: Sequence[KnownName], names: Mapping[str, str]) -> Voice:
    if voice.kind in (MentionKind.UNNAMED, MentionKind.DOCUMENT):
        return voice
    if found and found[0].sure:
        return attrs.evolve(voice, agent=found[0].handle)
    like = [one.handle for one in found] or [
        handle for handle, name in names.items() if _slip(voice.name.casefold(), name.casefold())
    ]
    return attrs.evolve(voice, like=like[0] if like else None)


def _slip(one: str, other: str) -> bool:
    """Whether two names differ by no more than a slip of the pen."""
    near = one[:1] == other[:1] and abs(len(one) - len(other)) < 3
    return near and SequenceMatcher(None, one, other).ratio() >= ALMOST


def on_record(ledger: Ledger, text: Text, worklist: Worklist) -> Worklist:
    """Return the list with those passages marked that the ledger has: the same claim of the same words, or left out."""
    claims = {
        (row["quote_start"], row["quote_end"], _claim_text(ledger, row["claim"]))
        for row in queries.rows(ledger.db, "evidence", text_sha256=text.sha256)
        if Standing(row["standing"]).stands
    }
    left_out = {
        (row["quote_start"], row["quote_end"])
        for row in queries.rows(ledger.db, "exclusions", text_sha256=text.sha256)
        if Standing(row["standing"]).stands
    }
    asked = {
        (row["question"], row["note"])
        for row in queries.rows(ledger.db, "inquiries")
        if Standing(row["standing"]).stands
    }

    def has(passage: PassageDraft) -> bool:
        words = worklist.words(passage)
        if passage.inquiry:
            return (passage.text, _told(worklist, passage)) in asked
        return (words.start, words.end, passage.text) in claims or (words.start, words.end) in left_out

    return _marked(worklist, has)


def after_filing(worklist: Worklist) -> Worklist:
    """Return the list as it is once it was filed: what was decided is on record."""
    return _marked(worklist, lambda passage: not passage.open)


def _marked(worklist: Worklist, has: Callable[[PassageDraft], bool]) -> Worklist:
    passages = tuple(attrs.evolve(one, state=PassageState.ON_RECORD) if has(one) else one for one in worklist.passages)
    return attrs.evolve(worklist, passages=passages, before=None)


def _claim_text(ledger: Ledger, handle: str) -> str:
    kept = queries.by_handle(ledger.db, handle)
    return kept.record.text if kept and isinstance(kept.record, Claim) else ""


def file(book: Book, worklist: Worklist, article: OpenArticle) -> Filed:
    """Record what was accepted and what was left out, with the article and everybody that they need; all or nothing."""
    with book.together():
        taken = _taken(book, article)
        agents = {voice.name: _agent(book, voice) for voice in _needed(worklist)}
        claims = []
        for passage in worklist.accepted:
            if passage.inquiry is None:
                claims.append(tell(book, draft(worklist, passage, taken, agents)).claim)
            else:
                _ask(book, worklist, passage, taken, agents)
        for passage in worklist.left_out:
            _exclude(book, worklist, passage, taken)
        return Filed(taken.source, book.waiting, tuple(claims))


def _taken(book: Book, article: OpenArticle) -> ArchivedArticle:
    if isinstance(article.found, Source):
        return ArchivedArticle(article.found, article.text, new=False)
    return take_in(book, article.found, language=article.language, published=article.published)


def _needed(worklist: Worklist) -> list[Voice]:
    """Return the voices that enter as agents: those of accepted passages who have a name, and whose name may enter."""
    heard = dict.fromkeys(voice for passage in worklist.accepted for voice in worklist.heard(passage))
    return [one for one in heard if one.kind not in (MentionKind.UNNAMED, MentionKind.DOCUMENT) and not one.kept_out]


def _agent(book: Book, voice: Voice) -> str:
    """Return the id of a voice's agent, which is made if the ledger has none."""
    if voice.agent:
        return book.find(Agent, voice.agent).handle
    known = book.look_up(Agent, voice.shown)
    return known.handle if known else book.agent(voice.shown, kind=KIND.get(voice.kind, AgentKind.PERSON)).handle


def draft(worklist: Worklist, passage: PassageDraft, seen_in: ArchivedArticle, agents: dict[str, str]) -> ClaimDraft:
    """Return what a person tells with an accepted passage.

    Who speaks is the last voice. Where a person quotes another, that person speaks, and quotes; whoever is left is whom
    the article has it through. A document that says something is what it was said in.
    """
    heard = worklist.heard(passage)
    said_in = passage.said_in or next((one.shown for one in heard[-1:] if one.kind is MentionKind.DOCUMENT), None)
    speakers = [one for one in heard if one.kind is not MentionKind.DOCUMENT]
    unnamed = next((one for one in speakers[-1:] if one.name not in agents), None)
    named = [agents[one.name] for one in speakers if one.name in agents]
    quoting = named.pop() if quotes_another(speakers) and not unnamed and len(named) > 1 else None
    return ClaimDraft(
        text=passage.text,
        seen_in=seen_in,
        anchor=_anchor(worklist, worklist.words(passage), seen_in.text),
        through=tuple(named if unnamed else named[:-1]),
        said_by=None if unnamed or not named else named[-1],
        quoting=quoting,
        said_in=said_in,
        basis=passage.basis,
        stake=passage.stake,
        occurred=passage.occurred or None,
        unnamed_because=_unnamed(unnamed) if unnamed else None,
        suggested_by=passage.suggested_by or None,
    )


def _unnamed(voice: Voice) -> str:
    return voice.kept_out or f"The article gives no name: “{voice.name}”."


def _ask(
    book: Book, worklist: Worklist, passage: PassageDraft, seen_in: ArchivedArticle, agents: dict[str, str]
) -> None:
    asked = [agents[name] for name in passage.voices if name in agents]
    book.inquiry(
        passage.text,
        asked=book.find(Agent, asked[-1]) if asked else None,
        searched=None if asked else passage.voices[-1],
        state=passage.inquiry,
        seen_in=seen_in.source,
        note=_told(worklist, passage),
    )


def _told(worklist: Worklist, passage: PassageDraft) -> str:
    return f"The article: “{passage.span.of(worklist.text)}”"


def _exclude(book: Book, worklist: Worklist, passage: PassageDraft, seen_in: ArchivedArticle) -> None:
    """Record that a passage was left out, unless its words hold a name that is kept out."""
    words = passage.span.of(worklist.text)
    if passage.because is None or kept_out_name(worklist, f"{words} {passage.note}"):
        return
    book.exclusion(
        seen_in.source,
        _anchor(worklist, passage.span, seen_in.text),
        passage.because,
        claim=book.find(Claim, passage.elsewhere) if passage.elsewhere else None,
        note=passage.note or None,
    )


def _anchor(worklist: Worklist, words: Span, text: Text) -> Anchor:
    """Return words with their place; without what stands around them, where that is a name that is kept out."""
    anchor = anchor_at(words, text)
    if kept_out_name(worklist, f"{anchor.prefix} {anchor.suffix}"):
        return attrs.evolve(anchor, prefix="", suffix="")
    return anchor
