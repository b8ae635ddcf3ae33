"""A claim as a person tells it, in one go: who said what, where it was seen, in which words.

"Was it said?" and "is it so?" are two claims. So when somebody is said to have
said it, two are recorded: that they said it, and that it is so; a verdict on
one never carries over to the other.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

import attrs

from ..book import Book
from ..capture import read_file
from ..errors import InputError, UnknownRecord
from ..model import (
    Agent,
    AgentKind,
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
from ..rules import LONGEST
from ..text import Comparison
from ..text.credits.houses import is_agency, is_house
from .agents import NewAgent, agent_of
from .article import ArchivedArticle, Text, anchor, compared, sentence_number, take_in, text_of, unarchived

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

STOPPED = re.compile(r"[.!?][\"”’»]$|[。！？؟।۔][\"”’»」』]?$")
"""Words that end with a stop which is not to be followed by another."""


@attrs.frozen(kw_only=True)
class ClaimDraft:
    """What a person told; everything but the claim may be unknown.

    `seen_in` is a .txt file, a source's id or title, or an article that is taken
    in; `said_in` the source that carries it (a speech, say); `at` is the page, or
    another place, of the quotation, or stands alone; `anchor` is it, held to the
    text already. `said_by` speaks, reporting the words of `quoting`; the article
    has it `through` these agents, the nearest to it first. `unnamed` describes
    speakers whom nobody names, and who are no agents; `unnamed_because` says why
    a name is not given, or is kept out. `suggested_by` is the reader whose
    suggestion was taken.
    """

    text: str
    id: str | None = None
    seen_in: str | ArchivedArticle | None = None
    quote: str | None = None
    anchor: Anchor | None = None
    through: tuple[str, ...] = ()
    at: str | None = None
    language: str | None = None
    original: str | None = None
    said_by: str | NewAgent | None = None
    unnamed: str | None = None
    quoting: str | NewAgent | None = None
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
    suggested_by: str | None = None


@attrs.frozen
class EntryResult:
    """What a draft became: the records made, the claims among them, and what stayed unknown."""

    claim: Claim
    saying: Claim | None
    made: tuple[Record, ...]
    archived: str | None
    unknown: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """What to know of the file that was archived just now."""
    _found: tuple[Text, Anchor] | None = None

    @cached_property
    def sentence(self) -> int | None:
        """The number of the sentence in which its words stand; None if no archived text has them."""
        return sentence_number(*self._found) if self._found else None

    @cached_property
    def quoted(self) -> Comparison | None:
        """How the words that were given stand to the archived text."""
        return compared(*self._found) if self._found else None


def tell(book: Book, telling: ClaimDraft) -> EntryResult:
    """Record a claim with its evidence and everything it needs on the way; all of it or nothing."""
    if telling.said_by and (telling.unnamed or telling.unnamed_because):
        raise InputError(
            "A name that is kept out cannot be given.",
            where="said by",
            hint="Leave out the name, or what speaks of people without one.",
        )
    with book.together():
        before = len(book.waiting)
        article, text, archived, notes = _seen_in(book, telling)
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
            suggested_by=telling.suggested_by,
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
        return EntryResult(
            claim=claim,
            saying=saying,
            made=made,
            archived=archived,
            notes=notes,
            unknown=tuple(_unknown(telling, place)),
            found=found,
        )


def _seen_in(book: Book, telling: ClaimDraft) -> tuple[Source | None, Text | None, str | None, tuple[str, ...]]:
    """Return where it was seen, its archived text, and the file's name if it was archived just now, with its notes."""
    given = telling.seen_in
    if given is None:
        return None, None, None, ()
    if isinstance(given, ArchivedArticle):
        return given.source, given.text, None, ()
    known = book.look_up(Source, given)
    if known is not None:
        return known, text_of(book.ledger, known), None, ()
    path = file_of(given)
    reading = read_file(path)
    article = take_in(book, reading)
    return article.source, article.text, *((path.name, reading.notes) if article.new else (None, ()))


def file_of(given: str) -> Path:
    """Return the file that is meant; raise UnknownRecord if it is neither there nor called as one."""
    path = Path(given)
    if path.suffix.lower() in FILES or path.exists():
        return path
    raise UnknownRecord(
        f"{given!r} is neither a file nor a source of this ledger.",
        where="seen in",
        hint="Give a .txt file, or a source's id; record one with: factledger source",
    )


def _anchor(telling: ClaimDraft, article: Source | None, text: Text | None) -> Anchor | None:
    if telling.anchor is not None:
        return telling.anchor
    if telling.quote is None and telling.at is None:
        return None
    if text is not None:
        found = anchor(telling.quote, text, language=telling.language, at=telling.at)
        # whoever is kept out may be named right beside the words
        return attrs.evolve(found, prefix="", suffix="") if telling.unnamed_because else found
    if article is None and telling.said_in is None:
        raise InputError(
            "A quotation needs the text it stands in." if telling.quote else "A place needs the source it is in.",
            where="quotation" if telling.quote else "at",
            hint="Say where you saw it, or who said it where.",
        )
    return unarchived(telling.quote, language=telling.language, at=telling.at)


def _carrier(
    book: Book, telling: ClaimDraft, claim: Claim, speaker: Agent | None, article: Source | None
) -> Source | None:
    """Return the source that carries the claim: what it was said in, or else where it was seen.

    Where the two differ, a link says that the one has this claim from the other, and nothing of what else it tells.
    """
    later = article
    if article is not None:
        for name in telling.through:
            later = _derived(book, telling, claim, later, _told_by(book, agent_of(book, name), article))
    if telling.said_in is not None:
        known = book.look_up(Source, telling.said_in)
        carrier = known or book.source(telling.said_in, kind=kind_of(telling.said_in), author=speaker)
    elif speaker is not None and article is not None:
        carrier = _told_by(book, speaker, article)
    elif telling.unnamed is not None and article is not None:
        carrier = _told_by(book, telling.unnamed, article)
    else:
        return later
    return _derived(book, telling, claim, later, carrier)


def _told_by(book: Book, who: Agent | str, article: Source) -> Source:
    """Return the source that is somebody's words, or a news house's report, as an article tells of them.

    Whom nobody names is described ("two officials"), and is no agent.
    """
    name, agent = (who, None) if isinstance(who, str) else (who.name, who)
    house = agent is not None and agent.kind is AgentKind.ORGANISATION and is_house(name)
    title = f"{'Report' if house else 'Words'} of {name}, as told in {article.title}"[: LONGEST["title"]]
    known = book.look_up(Source, title)
    if known is not None:
        return known
    if house:
        kind = SourceKind.WIRE_REPORT if is_agency(name) else SourceKind.ARTICLE
        return book.source(title, kind=kind, publisher=agent)
    return book.source(title, kind=SourceKind.STATEMENT, author=agent)


def _derived(book: Book, telling: ClaimDraft, claim: Claim, later: Source | None, earlier: Source) -> Source:
    """Return the earlier source; say that the later one has this claim from it, if no link says so yet."""
    if later is not None and later.uid != earlier.uid and not book.comes_from(later, earlier, claim):
        relation = Relation.QUOTES if telling.quote or telling.anchor else Relation.CITES
        book.link(later, relation, earlier, claim=claim)
    return earlier


def _saying(book: Book, telling: ClaimDraft, claim: Claim, speaker: Agent | None) -> Claim | None:
    who = speaker.name if speaker else _capital(telling.unnamed)
    if who is None or telling.stance is not Stance.SUPPORTS:
        return None  # whoever speaks against it or around it did not say it
    words = telling.text if STOPPED.search(telling.text) else f"{telling.text.rstrip('.')}."
    return book.claim(
        f"{who} said: {words}"[:2_000],
        id=f"{claim.handle}{SAID}",
        said=telling.said,
        topic=telling.topic,
        story=telling.story,
        reports=claim,
    )


def _capital(words: str | None) -> str | None:
    return words and words[0].upper() + words[1:]


def _evidence(
    book: Book,
    telling: ClaimDraft,
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
        named=False if telling.unnamed or telling.unnamed_because else None,
        unnamed_because=telling.unnamed_because,
        original=telling.original,
    )


def kind_of(title: str, *, default: SourceKind = SourceKind.STATEMENT) -> SourceKind:
    """Return the kind of source that a title names: "speech near Mexico City" is a speech."""
    for word in re.findall(r"[a-z]+", title.lower()):
        if word in KIND_WORDS:
            return KIND_WORDS[word]
    return default


def _unknown(telling: ClaimDraft, place: Anchor | None) -> list[str]:
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
