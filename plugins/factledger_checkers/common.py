"""What these checkers have in common: which evidence counts, and how things are called in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from operator import attrgetter
from typing import TypeVar

from ledger import Agent, AgentKind, Checker, Dossier, Evidence, Finding, Missing, Source, Stance, needs
from ledger.timeline import event_of, out_on, read

HIDDEN = ("[withheld]", "[sealed]")
"""What stands in a field whose words were kept from publication, or never entered."""

LONGEST = 70
"""Characters of a title or name in a sentence; a reason is a line of a table."""

MOST_NAMED = 3
MOST_CITED = 100

JOINERS = "\u200c\u200d"
"""Invisible, and part of how some scripts and names are spelt."""

by_handle = attrgetter("handle")


R = TypeVar("R")


def once_a_dossier(read: Callable[[Dossier], R]) -> Callable[[Dossier], R]:
    """Keep what a pure function returned of the dossier that it was last asked about: many checkers ask of one in turn.

    What it returns must be of a kind that does not change.
    """
    last: tuple[Dossier, R] | None = None

    @wraps(read)
    def reading(dossier: Dossier) -> R:
        nonlocal last
        known = last
        if known is None or known[0] is not dossier:
            known = last = dossier, read(dossier)
        return known[1]

    return reading


def counting(dossier: Dossier, *stances: Stance) -> list[Evidence]:
    """Return the evidence of these stances whose source was not withdrawn, in the order of its handles."""
    gone = dossier.withdrawn
    found = [item for item in dossier.evidence if item.stance in stances and item.source not in gone]
    if len(found) > 1:
        found.sort(key=by_handle)
    return found


def nobody_speaks(checker: Checker, dossier: Dossier) -> Finding:
    """Return that there is no evidence for or against a claim, which leaves a checker nothing to look at."""
    return checker.abstains(
        "Nothing speaks for or against it.",
        code="no_evidence",
        cites=[dossier.claim],
        missing=[needs("evidence", dossier.claim)],
    )


def words_of(item: Evidence) -> str:
    """Return the exact words that evidence quotes; empty where it quotes none, or gives a place alone."""
    return item.anchor.exact if item.anchor else ""


def cited(items: Iterable[Evidence]) -> list[str]:
    """Return the evidence and its sources, to be cited; no more than a reader follows."""
    return [uid for item in list(items)[: MOST_CITED // 2] for uid in (item.uid, item.source)]


def sources_of(items: Iterable[Evidence]) -> list[str]:
    """Return the sources of evidence, each once."""
    return list(dict.fromkeys(item.source for item in items))


def date_of(dossier: Dossier, uid: str) -> str | None:
    """Return what is recorded as the date of a claim's event, or of when a source came out."""
    return event_of(dossier.claim)[1] if uid == dossier.claim.uid else out_on(dossier.source(uid))


def needs_date(dossier: Dossier, uid: str) -> Missing:
    """Return that the date of a claim's event is missing, or that of a source."""
    if uid == dossier.claim.uid:
        return needs("said" if dossier.claim.reports is not None else "occurred", uid)
    return needs("published", uid)


def undated(dossier: Dossier, uids: Iterable[str]) -> list[Missing]:
    """Return the dates that are missing of these records: of those that have none with its year."""
    dates = {uid: read(date_of(dossier, uid)) for uid in uids}
    return [needs_date(dossier, uid) for uid, date in dates.items() if date is None or not date.year_known]


def places_read(dossier: Dossier) -> list[str]:
    """Return where somebody read what evidence tells, by uid: where it was seen, else the source that carries it."""
    items = counting(dossier, *Stance)
    return [uid for uid in dict.fromkeys(item.seen_in or item.source for item in items) if uid in dossier.sources]


def needs_copy(dossier: Dossier) -> list[Missing]:
    """Return that an archived copy of what was read is missing, or where nothing was, evidence."""
    return [needs("capture", uid) for uid in places_read(dossier)[:1]] or [needs("evidence", dossier.claim)]


def called(dossier: Dossier) -> str:
    """Return what a claim is called in a sentence; a plain text that is only read has none, and is a text."""
    return "the claim" if dossier.read_at is None else "the text"


class RecordNames:
    """How the records of one dossier are called in a sentence."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def name(self, uid: str) -> str:
        """Return who speaks or publishes, with the source's title where that alone would not tell it apart."""
        source = self._dossier.sources.get(uid)
        agent = self._dossier.agent(_voice(source))
        if source is None or agent is None:
            return self.title(uid)
        others = [other for other in self._dossier.sources.values() if _voice(other) == agent.uid]
        return plain(agent.name) if len(others) == 1 else f"{plain(agent.name)} ({plain(source.title)})"

    def title(self, uid: str) -> str:
        """Return a source's title in quotation marks."""
        source = self._dossier.sources.get(uid)
        if source is None:
            weighed = self._dossier.weighing
            if uid in weighed.voices:
                return self.agent(weighed.voices[uid], "somebody not on record")
            return (
                f"{plain(weighed.absent[uid])} (not on record)" if uid in weighed.absent else "a source not on record"
            )
        return titled(source)

    def names(self, uids: Sequence[str]) -> str:
        """Return several voices as one phrase."""
        return phrase([self.name(uid) for uid in uids[:MOST_NAMED]], len(uids))

    def titles(self, uids: Sequence[str]) -> str:
        """Return several titles as one phrase."""
        return phrase([self.title(uid) for uid in uids[:MOST_NAMED]], len(uids))

    def ordered(self, uids: Iterable[str]) -> list[str]:
        """Return sources in the order of their handles, which neither chance nor the order of entry changes."""
        return sorted(uids, key=self.place)

    def place(self, uid: str) -> tuple[str, str]:
        """Return by what a source comes before others: its handle, as its id is drawn at random."""
        source = self._dossier.sources.get(uid)
        return (source.handle if source else "", uid)

    def is_person(self, uid: str) -> bool:
        agent = self._dossier.agent(self._dossier.weighing.voices.get(uid) or _voice(self._dossier.sources.get(uid)))
        return agent is not None and agent.kind is AgentKind.PERSON

    def agent(self, uid: str | None, otherwise: str) -> str:
        """Return an agent's name."""
        agent: Agent | None = self._dossier.agent(uid)
        return plain(agent.name) if agent else otherwise


def titled(source: Source) -> str:
    """Return a source's title in quotation marks; a hidden one as it stands."""
    return source.title if source.title in HIDDEN else f"“{plain(source.title)}”"


def _voice(source: Source | None) -> str | None:
    return (source.author or source.publisher) if source else None


def phrase(words: Sequence[str], count: int | None = None) -> str:
    """Return some words as one phrase: "A", "A and B", "A, B and 7 more" where they are the first of `count`."""
    count = len(words) if count is None else count
    if count > MOST_NAMED:
        return f"{', '.join(words[: MOST_NAMED - 1])} and {count - MOST_NAMED + 1} more"
    return f"{', '.join(words[:-1])} and {words[-1]}" if count > 1 else "".join(words)


def plain(text: str, longest: int = LONGEST) -> str:
    """Return a text short and safe to print on one line."""
    if not text.isprintable():
        shown = (c if c.isprintable() or c in JOINERS else " " * c.isspace() for c in text[: 4 * longest])
        text = "".join(shown)
    text = text.strip() or "(blank)"
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def sentence(text: str) -> str:
    """Return a text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def number(count: int) -> str:
    """Return a count in words up to ten: "No", "One", "Two"."""
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[count] if count < len(words) else str(count)
