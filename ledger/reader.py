"""The public contract of a reader: what it is given, and what it suggests of a plain article.

    what it suggests     what that is
    SuggestedClaim       what a sentence asserts: of which nature, who says it, through whom, in which words
    SuggestedAgent       a person or an organisation that the article speaks of, by all its mentions
    SuggestedSource      where the article, or something in it, comes from
    SuggestedInquiry     somebody who was asked, and what came of it
    LeftOut              what it did not read, or would not suggest, and why

A suggestion is never a record: it stands beside the article until a person takes it. Every place in it is a `Span` of
the article's text, so that nothing can be suggested that does not stand there. A reader is a pure function of the
article and its options, has no ledger, and is called in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar

import attrs

from . import wire
from .errors import InputError
from .model import InquiryState, Relation, SourceKind
from .text import Span

__all__ = [
    "Article",
    "InquiryState",
    "LeftOut",
    "Mention",
    "MentionKind",
    "Nature",
    "Reader",
    "Relation",
    "SourceKind",
    "Suggested",
    "SuggestedAgent",
    "SuggestedClaim",
    "SuggestedInquiry",
    "SuggestedSource",
    "from_json",
    "to_json",
]

NOTHING: Mapping[str, Any] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class Article:
    """A text to be read, and what is known of it besides; only the text is needed.

    `language` is a tag (BCP 47), `published` a date (EDTF), `author` and `publisher` are names. `houses` are names of
    news houses that count as such besides the well-known ones.
    """

    text: str = attrs.field(repr=False)
    title: str | None = None
    language: str | None = None
    published: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    houses: tuple[str, ...] = ()


class Nature(StrEnum):
    """Whether a sentence can be checked; NOT_CHECKABLE is what nobody can know, or what asserts nothing."""

    FACTUAL = "factual"
    OPINION = "opinion"
    NOT_CHECKABLE = "not_checkable"


class MentionKind(StrEnum):
    """What a mention speaks of; UNNAMED people are no person of the ledger, and UNCLEAR is a bare name."""

    PERSON = "person"
    ORGANISATION = "organisation"
    UNNAMED = "unnamed"
    DOCUMENT = "document"
    UNCLEAR = "unclear"


@attrs.frozen(kw_only=True)
class Mention:
    """Whom the words at `span` speak of: `name` is the fullest name that the article gives for the same one.

    "She" at a place where Claudia Sheinbaum is meant has that name; unnamed people have the words for them ("two
    officials"). `plural` says that several are meant, `role` what the article calls them besides ("Mexican President").
    """

    span: Span
    name: str
    kind: MentionKind = MentionKind.UNCLEAR
    plural: bool = False
    role: str = ""


@attrs.frozen(kw_only=True)
class Suggested:
    """What every suggestion has: its place, why it is made, and whose it is, which is filled in for the reader."""

    KIND: ClassVar[str] = ""
    span: Span
    reason: str
    reader: str = ""
    version: str = ""


@attrs.frozen(kw_only=True)
class SuggestedClaim(Suggested):
    """What a sentence at `span` asserts, or one of several things that it does.

    `content` are the words that are asserted: the whole sentence where nobody is said to say it; it may go on in the
    sentences after it. `voices` are those who say it, nearest the article first: in "Reuters quoted the mayor as
    saying" Reuters, then the mayor; without any, the article itself speaks. `cue` are the words that attribute it.
    `quotations` stand inside their marks; `dates` and `figures` are places within `content`.
    """

    KIND = "claim"
    nature: Nature
    content: Span
    voices: tuple[Mention, ...] = ()
    cue: Span | None = None
    quotations: tuple[Span, ...] = ()
    dates: tuple[Span, ...] = ()
    figures: tuple[Span, ...] = ()

    @property
    def speaker(self) -> Mention | None:
        """Return whose assertion it is: the voice farthest from the article; None where the article speaks."""
        return self.voices[-1] if self.voices else None


@attrs.frozen(kw_only=True)
class SuggestedAgent(Suggested):
    """A person or an organisation: its fullest name, at `span`, and every place that speaks of it."""

    KIND = "agent"
    name: str
    kind: MentionKind = MentionKind.UNCLEAR
    role: str = ""
    mentions: tuple[Span, ...] = ()


@attrs.frozen(kw_only=True)
class SuggestedSource(Suggested):
    """Where something comes from: the words at `span` say so. `name` is whose it is, or what it is called.

    `whole` says that the article as a whole comes from there, as from a wire service; `relation` is how the article
    stands to it. `published` is the date that the article gives for it (EDTF).
    """

    KIND = "source"
    name: str
    kind: SourceKind = SourceKind.DOCUMENT
    relation: Relation = Relation.CITES
    whole: bool = False
    published: str | None = None


@attrs.frozen(kw_only=True)
class SuggestedInquiry(Suggested):
    """Somebody who was asked: who, by whom where that is said, about what, and what came of it.

    `question` are the words that say what was asked; `about` is the sentence that it bears on.
    """

    KIND = "inquiry"
    asked: Mention
    asked_by: Mention | None = None
    state: InquiryState = InquiryState.NO_ANSWER
    question: Span | None = None
    about: Span | None = None


@attrs.frozen(kw_only=True)
class LeftOut(Suggested):
    """No suggestion: a passage that the reader did not read, or what it would not suggest; `reason` says why."""

    KIND = "left_out"


class Reader:
    """Base of readers: subclass it, name it, and write `read`.

    `asks` says that it sends the text to somebody, or costs something: it is called only where a command names it.
    """

    name: ClassVar[str]
    version: ClassVar[int | str] = 1
    establishes: ClassVar[str]
    does_not_establish: ClassVar[str]
    asks: ClassVar[bool] = False

    def read(self, article: Article, options: Mapping[str, Any] = NOTHING) -> Iterable[Suggested]:
        """Yield suggestions, in any order; `options` are the reader's own settings."""
        raise NotImplementedError


KINDS: dict[str, type[Suggested]] = {
    cls.KIND: cls for cls in (SuggestedClaim, SuggestedAgent, SuggestedSource, SuggestedInquiry, LeftOut)
}


def to_json(suggested: Suggested) -> dict[str, Any]:
    """Return a suggestion as plain JSON data: its fields, without those at their default, and its `suggests`."""
    return {"suggests": suggested.KIND, **wire.unstructure(suggested)}


def from_json(data: Any) -> Suggested:
    """Return the suggestion of its JSON data; raises InputError for what is none."""
    cls = KINDS.get(str(data.get("suggests"))) if isinstance(data, dict) else None
    if cls is None:
        raise InputError("This is no suggestion.", hint=f"It says what it `suggests`: one of {', '.join(KINDS)}.")
    return wire.structure(data, cls)
