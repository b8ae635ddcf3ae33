"""A claim as a person tells it, in one go: who said what, where it was seen, in which words.

"Was it said?" and "is it so?" are two claims. So when somebody is said to have
said it, two are recorded: that they said it, and that it is so; a verdict on
one never carries over to the other.
"""

from __future__ import annotations

import re
from pathlib import Path

import attrs

from ..book import Book
from ..errors import InputError, UnknownRecord
from ..model import (
    Agent,
    Anchor,
    Basis,
    Claim,
    Order,
    Record,
    Relation,
    Source,
    SourceKind,
    Stake,
    Stance,
    Value,
)
from ..text import Comparison
from .agents import agent_of
from .article import Text, anchor, compared, sentence_number, take_in, text_of, unarchived

KIND_WORDS = {
    "speech": SourceKind.SPEECH,
    "statement": SourceKind.STATEMENT,
    "interview": SourceKind.INTERVIEW,
    "tweet": SourceKind.POST,
    "law": SourceKind.LAW,
    "recording": SourceKind.RECORDING,
    "video": SourceKind.RECORDING,
    "dataset": SourceKind.DATASET,
    "article": SourceKind.ARTICLE,
    "report": SourceKind.ARTICLE,
    "wire": SourceKind.WIRE_REPORT,
}
"""The first of these words in a title says what kind of source it is; else a statement."""

FILES = (".txt", ".text", ".md", ".html", ".htm", ".pdf", ".doc", ".docx", ".rtf", ".odt")
"""A name that ends so is meant as a file."""

SAID = "-said"


@attrs.frozen(kw_only=True)
class Telling:
    """What a person told; everything but the claim may be unknown.

    `seen_in` is a .txt file, or a source's id or title; `said_in` the source
    that carries it (a speech, say); `at` is the page, or another place, of the
    quotation, or stands alone; `said_by` speaks, reporting the words of
    `quoting`. `unnamed_because` keeps a speaker's name out of the ledger.
    """

    text: str
    id: str | None = None
    seen_in: str | None = None
    quote: str | None = None
    at: str | None = None
    language: str | None = None
    original: str | None = None
    said_by: str | None = None
    quoting: str | None = None
    said_in: str | None = None
    basis: Basis = Basis.UNKNOWN
    stake: Stake = Stake.NOT_ASSESSED
    stance: Stance = Stance.SUPPORTS
    said: str | None = None
    occurred: str | None = None
    topic: str | None = None
    story: str | None = None
    value: Value | None = None
    order: Order | None = None
    unnamed_because: str | None = None


@attrs.frozen
class Told:
    """What a telling became: the records made, the claims among them, and what stayed unknown."""

    claim: Claim
    saying: Claim | None
    made: tuple[Record, ...]
    archived: str | None
    sentence: int | None
    quoted: Comparison | None
    unknown: tuple[str, ...]


def tell(book: Book, telling: Telling) -> Told:
    """Record a claim with its evidence and everything it needs on the way; all of it or nothing."""
    if telling.unnamed_because and telling.said_by:
        raise InputError(
            "A name that is kept out cannot be given.", where="said by", hint="Leave out the name, or the reason."
        )
    with book.together():
        before = len(book.waiting)
        article, text, archived = _seen_in(book, telling)
        place = _anchor(telling, article, text)
        speaker = agent_of(book, telling.said_by) if telling.said_by else None
        quoting = agent_of(book, telling.quoting) if telling.quoting else None
        claim = book.claim(
            telling.text,
            id=telling.id,
            claimant=speaker if telling.stance is Stance.SUPPORTS else None,
            said=telling.said,
            occurred=telling.occurred,
            topic=telling.topic,
            story=telling.story,
            value=telling.value,
            order=telling.order,
        )
        saying = _saying(book, telling, claim, speaker)
        carrier = _carrier(book, telling, claim, speaker, article)
        if carrier is not None:
            _evidence(book, telling, claim, carrier, article, place, speaker, quoting)
            if saying is not None:
                book.evidence(
                    saying,
                    carrier,
                    seen_in=article,
                    anchor=place,
                    speaker=speaker,
                    basis=Basis.DOCUMENT,  # a speech is the document of what was said in it
                    original=telling.original,
                )
        made = book.waiting[before:]
        found = (text, place) if place and place.exact and text else None
        return Told(
            claim=claim,
            saying=saying,
            made=made,
            archived=archived,
            sentence=sentence_number(*found) if found else None,
            quoted=compared(*found) if found else None,
            unknown=tuple(_unknown(telling, place)),
        )


def _seen_in(book: Book, telling: Telling) -> tuple[Source | None, Text | None, str | None]:
    """Return where it was seen, its archived text, and the file's name if it was archived just now."""
    given = telling.seen_in
    if given is None:
        return None, None, None
    known = book.look_up(Source, given)
    if known is not None:
        return known, text_of(book.ledger, known), None
    path = Path(given)
    if path.suffix.lower() in FILES or path.exists():
        article = take_in(book, path)
        return article.source, article.text, path.name if article.new else None
    raise UnknownRecord(
        f"{given!r} is neither a file nor a source of this ledger.",
        where="seen in",
        hint="Give a .txt file, or a source's id; record one with: factledger source",
    )


def _anchor(telling: Telling, article: Source | None, text: Text | None) -> Anchor | None:
    if telling.quote is None and telling.at is None:
        return None
    if text is not None:
        return anchor(telling.quote, text, language=telling.language, at=telling.at)
    if article is None and telling.said_in is None:
        raise InputError(
            "A quotation needs the text it stands in." if telling.quote else "A place needs the source it is in.",
            where="quotation" if telling.quote else "at",
            hint="Say where you saw it, or who said it where.",
        )
    return unarchived(telling.quote, language=telling.language, at=telling.at)


def _carrier(
    book: Book, telling: Telling, claim: Claim, speaker: Agent | None, article: Source | None
) -> Source | None:
    """Return the source that carries the claim: what it was said in, or else where it was seen.

    Where the two differ, a link says that the one has this claim from the other, and nothing of what else it tells.
    """
    if telling.said_in is not None:
        known = book.look_up(Source, telling.said_in)
        carrier = known or book.source(telling.said_in, kind=kind_of(telling.said_in), author=speaker)
    elif speaker is not None and article is not None:
        title = f"Words of {speaker.name}, as told in {article.title}"
        known = book.look_up(Source, title)
        carrier = known or book.source(title[:500], kind=SourceKind.STATEMENT, author=speaker)
    else:
        return article
    if article is not None and article.uid != carrier.uid and not book.comes_from(article, carrier, claim):
        book.link(article, Relation.QUOTES if telling.quote else Relation.CITES, carrier, claim=claim)
    return carrier


def _saying(book: Book, telling: Telling, claim: Claim, speaker: Agent | None) -> Claim | None:
    if speaker is None or telling.stance is not Stance.SUPPORTS:
        return None  # whoever speaks against it or around it did not say it
    words = telling.text.rstrip(".")
    return book.claim(
        f"{speaker.name} said: {words}."[:2_000],
        id=f"{claim.handle}{SAID}",
        said=telling.said,
        topic=telling.topic,
        story=telling.story,
        reports=claim,
    )


def _evidence(
    book: Book,
    telling: Telling,
    claim: Claim,
    carrier: Source,
    article: Source | None,
    place: Anchor | None,
    speaker: Agent | None,
    quoting: Agent | None,
) -> None:
    book.evidence(
        claim,
        carrier,
        seen_in=article,
        stance=telling.stance,
        anchor=place,
        speaker=speaker,
        quoting=quoting,
        basis=telling.basis,
        stake=telling.stake,
        named=False if telling.unnamed_because else None,
        unnamed_because=telling.unnamed_because,
        original=telling.original,
    )


def kind_of(title: str, *, default: SourceKind = SourceKind.STATEMENT) -> SourceKind:
    """Return the kind of source that a title names: "speech near Mexico City" is a speech."""
    for word in re.findall(r"[a-z]+", title.lower()):
        if word in KIND_WORDS:
            return KIND_WORDS[word]
    return default


def _unknown(telling: Telling, place: Anchor | None) -> list[str]:
    missing = []
    if telling.occurred is None:
        missing.append("date")
    if telling.seen_in is None and telling.said_in is None:
        missing.append("source")
    if telling.basis is Basis.UNKNOWN and (telling.said_by or telling.seen_in):
        missing.append("how they know")
    if telling.stake is Stake.NOT_ASSESSED and telling.said_by:
        missing.append("their stake")
    if place is not None and place.exact and telling.original is None and telling.quoting:
        missing.append("original wording")
    return missing
