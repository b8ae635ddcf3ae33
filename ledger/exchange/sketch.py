"""A worklist as a story file to edit: what would be recorded if all were taken as it is suggested, with the reasons.

It is made of the records themselves, as the desk would enter them, so that importing it gives the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..book import Book
from ..desk import Text, anchor
from ..desk.filing import OpenArticle, file
from ..desk.steps import as_suggested
from ..desk.worklist import PassageDraft, PassageState, Worklist
from ..errors import EnvironmentFault, InputError
from ..model import Agent, Anchor, Claim, Evidence, Exclusion, Inquiry, Link, Record, Source
from ..reader import MentionKind
from ..rules import LONGEST, slug
from ..store import queries
from ..text import Span, sentences
from .forms import FORMS
from .written import comment, fields, item, scalar

HEAD = """\
# {title}
#
# A sketch: what would be recorded of this article if all that readers suggest of it were taken. Nothing of it is in the
# ledger. Strike what needs no claim, change the rest, then: factledger import {file}
# What may stand here: docs/story-file.md
"""


def write_sketch(path: Path, book: Book, worklist: Worklist, article: OpenArticle, file_name: str) -> None:
    """Write a worklist as a story file that is not there yet; the article stands in its folder, or is on record."""
    beside = None
    if not isinstance(article.found, Source):
        try:
            beside = Path(file_name).resolve().relative_to(path.resolve().parent).as_posix()
        except ValueError:
            hint = f"Write it beside the article: --to-story {Path(file_name).with_suffix('.story.yaml')}"
            raise InputError("A story file and its texts stand in one folder.", where=str(path), hint=hint) from None
    text = sketch(book, worklist, article, path.name, beside)
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise InputError(
            "It is there already.", where=str(path), hint="Choose another name; yours may be edited."
        ) from None
    except OSError as error:
        with suppress(OSError):
            path.unlink()  # what was begun of it
        raise EnvironmentFault(f"It cannot be written: {error.strerror}.", where=str(path)) from None


def sketch(book: Book, worklist: Worklist, article: OpenArticle, name: str, beside: str | None) -> str:
    """Return the story file's text."""
    taken = as_suggested(worklist)
    with book.rehearsal():
        filed = file(book, taken, article)
        sketched = _Sketch(book, taken, article, filed.made, beside)
        asserted = [passage for passage in taken.accepted if passage.inquiry is None]
        asked = [passage for passage in taken.accepted if passage.inquiry is not None]
        reasons = {
            record.uid: sketched.why(passage)
            for records, passages in (
                (filed.claims, asserted),
                ([one for one in filed.made if isinstance(one, Inquiry)], asked),
                ([one for one in filed.made if isinstance(one, Exclusion)], taken.left_out),
            )
            for record, passage in zip(records, passages, strict=True)
        }
        title = article.title[: LONGEST["title"]]
        head = HEAD.format(title=" ".join(title.split()), file=name)
        top = [("factledger", "story/1"), ("story", slug(title) or "story"), ("title", title)]
        return "\n".join([head, *(f"{key}: {scalar(value)}" for key, value in top), *sketched.parts(reasons), ""])


class _Sketch:
    """The records of one sketch, and how they are written."""

    def __init__(
        self, book: Book, worklist: Worklist, article: OpenArticle, made: Iterable[Record], beside: str | None
    ) -> None:
        self._book, self._worklist, self._article, self._beside = book, worklist, article, beside
        self._made = tuple(made)
        self._by_uid: Mapping[str, Record] = {one.uid: one for one in made}

    def parts(self, reasons: Mapping[str, str]) -> Iterator[str]:
        """Yield the lines of each part that has any, a blank one before it."""
        open_ = [one for one in self._worklist.passages if one.state is PassageState.OPEN]
        for key, cls in (("agents", Agent), ("sources", Source), ("links", Link), ("claims", Claim)):
            yield from self._part(key, [one for one in self._made if isinstance(one, cls)], reasons)
        yield from self._part("exclusions", [one for one in self._made if isinstance(one, Exclusion)], reasons)
        yield from self._part("inquiries", [one for one in self._made if isinstance(one, Inquiry)], reasons)
        if open_:
            yield from ("", "# Not taken, since something is missing:")
            yield from (comment(f"{one.text} ({self.why(one)})", "") for one in open_)

    def why(self, passage: PassageDraft) -> str:
        """Return in which sentence a passage stands, and why it was suggested as it is."""
        starts = [span.start for span in sentences(self._worklist.text, self._article.text.language)]
        number = sum(start <= passage.span.start for start in starts)
        by = f" ({passage.suggested_by})" if passage.suggested_by else ""
        return f"Sentence {number}: {passage.reason}{by}"

    def _part(self, key: str, records: list[Any], reasons: Mapping[str, str]) -> Iterator[str]:
        if not records:
            return
        yield from ("", f"{key}:")
        for record in records:
            remark = reasons.get(record.uid) or self._remark(record)
            if remark:
                yield comment(remark, "  ")
            yield from self._item(key, record, "  ")

    def _remark(self, record: Record) -> str:
        """Return what a person should look at first."""
        if not isinstance(record, Agent):
            return ""
        voice = next((one for one in self._worklist.voices if one.shown == record.name), None)
        if voice is None or not voice.unsure:
            return ""
        kind = "a bare name" if voice.kind is MentionKind.UNCLEAR else "a person without an office in the article"
        like = f"; like {voice.like}, which is on record" if voice.like else ""
        return f"Look: {kind}{like}. Should it enter, and as what?"

    def _item(self, key: str, record: Record, indent: str) -> Iterator[str]:
        yield from item(self._values(key, record), indent)
        evidence = [one for one in self._made if isinstance(one, Evidence) and one.claim == record.uid]
        if isinstance(record, Claim) and evidence:
            yield f"{indent}  evidence:"
            for one in evidence:
                yield from self._item("evidence", one, f"{indent}    ")

    def _values(self, key: str, record: Record) -> Iterator[tuple[str, Any]]:
        """Yield the keys of a record that are not at their default, and what is written there."""
        if "id" in FORMS[key].required:
            yield "id", record.handle
        yield from fields(key, record, self._id)
        if isinstance(record, Source) and self._beside and record.title == self._article.title:
            yield "file", self._beside
        place = getattr(record, "anchor", None)
        if place is not None:
            yield "quote", _alone(place, self._article.text)

    def _id(self, uid: str) -> str:
        record = self._by_uid.get(uid)
        return record.handle if record else queries.handle(self._book.ledger.db, uid)


def _alone(place: Anchor, text: Text) -> str:
    """Return the words at a place, with as many of the sentences after or before them as make them stand there once."""
    spans = sentences(text.words, text.language)
    start, end = place.start or 0, place.end or 0
    while True:
        words = Span(start, end).of(text.words)
        after = next((span.end for span in spans if span.end > end), None)
        before = next((span.start for span in reversed(spans) if span.start < start), None)
        try:
            anchor(words, text)
            return words
        except InputError:
            if after is None and before is None:
                return words
            start, end = (start, after) if after is not None else (before or 0, end)
