"""A piece of evidence as a reader meets it: its words, who says them, and what is on record of how they came here."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ..checker import Dossier
from ..model import Basis, Evidence, Source, Stake, Stance
from ..text import place_words
from ..text.fragments import is_canonical
from . import words
from .trail import hearsay


@attrs.frozen
class EvidenceView:
    """A piece of evidence with the names a reader knows it by; `steps` lie between where it was seen and its words."""

    record: Evidence
    source: Source
    seen_in: Source | None
    voice: str
    speaker: str
    quoting: str
    archived: bool
    withdrawn: str | None
    address: str = ""
    """The web address of the place in it, if one is recorded."""
    steps: int = 0

    @property
    def words(self) -> str:
        """Its exact words; empty where it quotes none."""
        return self.record.anchor.exact if self.record.anchor else ""

    @property
    def place(self) -> str:
        """The page, the time or the part of a picture, in words; empty where none is recorded."""
        return place_words(self.record.anchor.fragment) if self.record.anchor else ""

    @property
    def who(self) -> str:
        """Who says it; where nobody is known to, in what it stands."""
        return self.speaker or self.voice or self.source.title

    @property
    def knows(self) -> str:
        return words.BASIS[self.record.basis]

    @property
    def stake(self) -> str:
        return words.STAKE[self.record.stake]

    @property
    def grades(self) -> str:
        """How a person graded the source, and apart from it what it says here; empty if nobody did."""
        given = [grade for grade in (self.record.reliability, self.record.credibility) if grade is not None]
        return "; ".join(words.GRADE[grade] for grade in given)

    @property
    def first_hand(self) -> bool:
        return self.record.basis in (Basis.WITNESS, Basis.DOCUMENT)

    @property
    def translated(self) -> bool:
        """Whether its words are known to be in another language than its source."""
        spoken, quoted = self.source.language, self.record.anchor.language if self.record.anchor else None
        return bool(self.words and spoken and quoted and spoken != quoted)

    @property
    def naming(self) -> str:
        """Whether its speaker is named, and if not, why."""
        if self.record.named is None:
            return "not recorded whether it is named"
        if self.record.named:
            return "named"
        return f"not named: {self.record.unnamed_because or 'no reason is recorded'}"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """(what, in words) of what is recorded of how its words came here."""
        record = self.record
        found = (
            (
                "Distance",
                words.count(self.steps, "step") + " from where it was seen to whose words they are",
                self.steps,
            ),
            ("How they know", self.knows, record.basis is not Basis.UNKNOWN),
            ("Stake", self.stake, record.stake is not Stake.NOT_ASSESSED),
            ("Named or not", self.naming, record.named is not None),
            ("Archived", f"yes, a copy of {(self.seen_in or self.source).title}", self.archived),
            ("Graded", self.grades, self.grades),
            ("Note", record.note or "", record.note),
        )
        return tuple((what, said) for what, said, holds in found if holds)

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """What nobody recorded of it, in a reader's words."""
        record = self.record
        found = (
            ("exact words", not self.words and not self.place),
            ("who speaks", not self.speaker and not self.voice),
            ("how they know", record.basis is Basis.UNKNOWN),
            ("their stake", record.stake is Stake.NOT_ASSESSED),
            ("whether they are named", record.named is None),
            ("the original wording of this translation", self.translated and not record.original),
            ("an archived copy", not self.archived),
        )
        return tuple(what for what, lacks in found if lacks)


def evidence_views(dossier: Dossier) -> Iterator[EvidenceView]:
    """Yield the evidence of a claim, for it, against it, then around it."""
    order = list(Stance)
    for item in sorted(dossier.evidence, key=lambda item: order.index(item.stance)):
        source, seen_in = dossier.source(item), dossier.sources.get(item.seen_in or "")
        found_in = seen_in or source
        yield EvidenceView(
            record=item,
            source=source,
            seen_in=seen_in,
            voice=name(dossier, source.author or source.publisher),
            speaker=name(dossier, item.speaker),
            quoting=name(dossier, item.quoting),
            archived=bool(dossier.captures_of(found_in)),
            withdrawn=dossier.withdrawn.get(source.uid),
            address=_address(dossier, item, found_in),
            steps=hearsay(dossier, item),
        )


def _address(dossier: Dossier, item: Evidence, found_in: Source) -> str:
    """Return where on the web the place of evidence can be seen: at its newest copy's address, else its source's."""
    place = item.anchor.fragment if item.anchor else None
    urls = [capture.url for capture in reversed(dossier.captures_of(found_in))]
    whole = next((url for url in (*urls, found_in.url) if url and url.startswith(("http://", "https://"))), None)
    return f"{whole.partition('#')[0]}#{place}" if whole and place and is_canonical(place) else ""


def name(dossier: Dossier, uid: str | None) -> str:
    """Return the name of an agent; empty for none."""
    agent = dossier.agent(uid)
    return agent.name if agent else ""
