"""A story file: a whole story with its sources, claims and decisions, in YAML that people review.

The format is described in docs/story-file.md. A file may be imported again and
again: what the ledger has, as it is or as it once was, is left alone; what is
new is added; what is written otherwise is refused, since a recorded word is
changed by a correction and never by editing a file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from .. import rules
from ..book import Book
from ..capture import Extraction, read_file
from ..desk import Text, anchor, archive, text_of, unarchived
from ..errors import EnvironmentFault, InputError, UnknownRecord
from ..format import Document, Extract
from ..model import Agent, Anchor, Capture, Claim, Evidence, Exclusion, Inquiry, Link, Record, Review, Source, Standing
from ..store import queries
from .faults import Faults
from .forms import scalar, text
from .going import WholeExchange
from .lines import Fields, did_you_mean, placed, read_text, read_yaml
from .outline import Correction, OutlineItem, outline
from .recorded import Imported, differing, versions
from .story_out import story_lines
from .uncollected import uncollected
from .values import Named, changes, plain, read, uids


class Stories(WholeExchange):
    """Story files, out and in."""

    name = "story"
    title = "story files (YAML), as people write and review them"
    carries = "people, sources, links, claims, exact words, questions asked, verdicts and what was left out"
    loses = (
        "archived copies and where words stand in them, grades, what was taken back, earlier states, what checks found"
    )
    media_type = "application/yaml"
    suffixes = (".yaml", ".yml")

    def write(self, extract: Extract) -> Iterator[str]:
        """Yield a story file of claims that are of one story; see `story_out`."""
        return story_lines(extract)

    def recognises(self, document: Document) -> bool:
        return re.search(rb"^\s*[\"']?factledger[\"']?\s*:", document.data, re.MULTILINE) is not None

    def enter(self, book: Book, path: Path, **how: Any) -> Iterator[Imported]:
        yield import_story(book, path)


@uncollected()
def import_story(book: Book, path: Path) -> Imported:
    """Record all of a story file that the ledger does not have yet, or nothing.

    Everything is validated before anything is written. Records enter together;
    then each correction follows as an entry of its own, as it would by hand;
    were that cut short, importing again goes on with the next.
    Raises InputError, placed as `file:line field`, for what is amiss; InputErrors if that are several things.
    """
    faults = Faults()
    told = outline(read_yaml(read_text(path), str(path)), faults)
    story, due = _StoryImport(book, path.parent, told.language, faults), list[_CorrectionStep]()
    with book.together(), book.whole():
        for item in told.items:
            with faults.noted(item.handle):
                story.enter(item)
        for item in told.items:
            if item.handle not in faults.kept_out:
                with faults.noted():
                    due += story.due(item, told.corrections.get(item.handle, ()))
        faults.require_none()
        story.archive()
    if book.rehearsing:  # what would be corrected is not there yet
        return Imported(tuple(story.added), tuple(story.unchanged), tuple(story.given(step.handle) for step in due))
    corrected = tuple(book.correct(step.handle, step.changes, step.reason) for step in due)
    return Imported(tuple(story.added), tuple(story.unchanged), corrected)


@attrs.frozen
class _CorrectionStep:
    """A correction still to be made."""

    handle: str
    changes: dict[str, Any]
    reason: str


class _StoryImport:
    """One story on its way into a ledger."""

    def __init__(self, book: Book, folder: Path, language: str | None, faults: Faults) -> None:
        self.added: list[Record] = []
        self.unchanged: list[Record] = []
        self._book = book
        self._folder = folder
        self._language = language
        self._faults = faults
        self._given: dict[str, Record] = {}
        self._held: dict[str, Record] = {}
        self._copies: list[tuple[Source, Extraction]] = []
        self._texts: dict[str, Text | None] = {}
        self._enter: dict[type[Record], Callable[..., Record]] = {
            Agent: book.agent,
            Source: book.source,
            Link: book.link,
            Claim: book.claim,
            Evidence: book.evidence,
            Exclusion: book.exclusion,
            Inquiry: book.inquiry,
            Review: self._review,
        }

    def enter(self, item: OutlineItem) -> None:
        """Add a record, or note that its id is there already."""
        values = {name: self._found(value, item.fields, name) for name, value in read(item.cls, item.fields).items()}
        if item.cls is Evidence:
            values |= self._evidence(item.fields, values)
        if item.cls is Exclusion:
            values["anchor"] = self._anchor(item.fields, values["source"])
        held = self._book.get(item.handle)
        if held is None:
            with placed(item.fields):
                record = self._enter[item.cls](id=item.handle, **values)
            self.added.append(record)
            self._given[item.handle] = record
        elif isinstance(held, item.cls):
            self.unchanged.append(held)
            self._held[item.handle] = held
            self._given[item.handle] = record = item.cls(uid=held.uid, handle=held.handle, **uids(values))
        else:
            message = f"The id {item.handle} is taken by another record of this ledger ({held.KIND})."
            raise item.fields.at("id").error(message, "Choose another.", field="id")
        if isinstance(record, Source) and "file" in item.fields.values:
            self._read_copy(record, item.fields)

    def given(self, handle: str) -> Record:
        """Return a record as the file gives it."""
        return self._given[handle]

    def due(self, item: OutlineItem, corrections: Sequence[Correction]) -> Iterator[_CorrectionStep]:
        """Yield the corrections of a record that the ledger does not have yet.

        Raises InputError if the ledger has the record, but neither as the file
        gives it nor as the file corrects it.
        """
        states, steps = [self._given[item.handle]], []
        for correction in corrections:
            values = self._changes(states[-1], correction)
            states.append(attrs.evolve(states[-1], **uids(values)))
            self._require_change(states[-2], states[-1], correction)
            changed = {name: plain(value) for name, value in values.items()}
            steps.append(_CorrectionStep(item.handle, changed, correction.reason.text))
        held = self._held.get(item.handle)
        if held == states[-1]:
            return
        recorded = versions(self._book, held) if held else ()
        had = [number for number, state in enumerate(states) if state in recorded]
        reached = had[-1] if had else 0
        if recorded and (not had or (steps[reached:] and states[reached] != recorded[-1])):
            hint = f"To change what is recorded: factledger correct {item.handle}"
            raise item.fields.place.error(differing(recorded[-1], states[-1]), hint)
        if steps[reached:]:
            self._require_standing(item)
        yield from steps[reached:]

    def archive(self) -> None:
        """Keep the texts that were read from beside the story file."""
        self.added += [archive(self._book, source, reading) for source, reading in self._copies]

    # -- reading what is written ------------------------------------------

    def _found(self, value: Any, fields: Fields, name: str) -> Any:
        """Return the record that is named, or any other value as it is."""
        if not isinstance(value, Named):
            return value
        record = self._book.get(value.id)
        if isinstance(record, value.cls):
            return record
        self._faults.require_there(value.id)
        kind, place = value.cls.KIND, scalar(fields, name).place
        known = [given.handle for given in self._given.values() if isinstance(given, value.cls)]
        known += queries.names(self._book.ledger.db, kind)
        hint = did_you_mean(value.id, known) or f"Give the id of one, or add it to the {kind}s of this file."
        raise UnknownRecord(f"There is no {kind} {value.id!r}.", hint=hint, where=f"{place} {name}")

    def _evidence(self, fields: Fields, values: dict[str, Any]) -> dict[str, Any]:
        """Return what the other fields of evidence say together: where it was seen, and its exact words."""
        seen = values.get("seen_in") or values["source"]
        elsewhere = None if seen.uid == values["source"].uid else seen
        return {"seen_in": elsewhere, "anchor": self._anchor(fields, seen)}

    def _anchor(self, fields: Fields, seen: Source) -> Anchor | None:
        quote, at = (text(fields, key) if key in fields.values else None for key in ("quote", "at"))
        if quote is None and "language" in fields.values:
            raise fields.at("language").error("This is the language of no quote.", "Add the quote.", field="language")
        if quote is None and at is None:
            return None
        language = text(fields, "language") if "language" in fields.values else self._language
        with placed(fields):
            if seen.uid not in self._texts:
                self._texts[seen.uid] = text_of(self._book.ledger, seen)
            words = self._texts[seen.uid]
            if words is None:
                return unarchived(quote, language=language, at=at)
            return anchor(quote, words, language=language, at=at)

    def _changes(self, before: Record, correction: Correction) -> dict[str, Any]:
        fields = correction.changes
        values = {name: self._found(value, fields, name) for name, value in changes(type(before), fields).items()}
        if isinstance(before, (Evidence, Exclusion)) and fields.values.keys() & {"quote", "at", "language"}:
            written = {**correction.item.fields.values, **fields.values}
            where = "seen_in" if "seen_in" in written else "source"
            seen = self._book.find(Source, text(Fields(written, {}, fields.place), where))
            values["anchor"] = self._anchor(fields, seen)
        return values

    def _read_copy(self, source: Source, fields: Fields) -> None:
        """Read the text beside the story file that is to be archived as a copy of the source."""
        name, place = text(fields, "file"), scalar(fields, "file").place
        path = Path(os.path.realpath(self._folder / name))
        if not path.is_relative_to(os.path.realpath(self._folder)):
            raise place.error(f"{name} lies outside the story's folder.", "Put the text beside it.", field="file")
        try:
            reading = read_file(path)
        except (InputError, EnvironmentFault) as error:
            at = error.where.replace(str(path), name) or name
            raise place.error(f"{at}: {error.message}", error.hint, field="file") from None
        if reading.guessed:
            raise place.error(f"{name}: Its encoding is not named.", "Save it as UTF-8.", field="file")
        copies = queries.rows(self._book.ledger.db, "captures", source=source.handle)
        self._texts[source.uid] = Text.of(reading, source)
        same = [row["id"] for row in copies if row["text_sha256"] == reading.text_sha256]
        if not same:  # the same bytes, in which another extractor read another text
            same = [row["id"] for row in copies if row["sha256"] == reading.sha256]
            if same:
                self._texts[source.uid] = text_of(self._book.ledger, source)
        if same:
            held = self._book.get(same[-1])
            self.unchanged += [held] if isinstance(held, Capture) else []
        elif copies:
            message = f"{name} is not the text that was archived for {source.handle}."
            raise place.error(message, "Give the new text as a source of its own, linked with: updates", field="file")
        else:
            self._copies.append((source, reading))

    # -- what a record must be --------------------------------------------

    def _review(self, *, id: str, claim: Claim, reasons: str, seconds: Review | None = None, **more: Any) -> Review:
        """Record a verdict, or the sign-off of one."""
        if seconds is None:
            return self._book.review(claim, id=id, reasons=reasons, **more)
        review = self._book.second(claim, reasons, id=id, reviewer=more["reviewer"])
        if review.seconds != seconds.uid:
            raise InputError(
                f"{claim.handle} was decided anew since {seconds.handle}.",
                hint="Sign the last review: factledger review",
            )
        return review

    def _require_change(self, before: Record, after: Record, correction: Correction) -> None:
        with placed(correction.changes):
            rules.require_enterable(after)
            rules.require_text(correction.reason.text, "reason", "reason")
        if before == after:
            raise correction.changes.place.error("This changes nothing.", "Give a new value.", field="changes")

    def _require_standing(self, item: OutlineItem) -> None:
        kept = queries.by_handle(self._book.ledger.db, item.handle)
        if kept is not None and kept.standing in (Standing.RETRACTED, Standing.SUPERSEDED):
            raise item.fields.place.error(
                f"{item.handle} was {kept.standing.value} and takes no correction.",
                f"See: factledger history {item.handle}",
            )
