"""A claim as Markdown, to be pasted into a CMS: what was decided and why, what speaks for and against, what is open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..format import CheckedClaim, Exchange, Extract
from ..model import HIDDEN, Evidence, Outcome, Source, Stance
from ..text import place_words
from . import words
from .trail import printed, trail

_MEANT = re.compile(r"([\\`*_\[\]#|~])")
_FIRST = re.compile(r"^(\s*)([-+>=]|\d+[.)])")
STANCES = {
    Stance.SUPPORTS: "What speaks for it",
    Stance.CONTRADICTS: "What speaks against it",
    Stance.CONTEXT: "What is to be known besides",
}
OPEN = (Outcome.FAIL, Outcome.WARN, Outcome.ABSTAIN, Outcome.ERROR)


class Markdown(Exchange):
    """Markdown of claims, out."""

    name = "markdown"
    title = "claims as Markdown, for a CMS"
    carries = "the claim, the verdict with its reasons, evidence in its words, the chain, questions, what is open"
    loses = "archived copies, proofs, history, checks that found no problem"
    media_type = "text/markdown"
    suffixes = (".md",)

    def write(self, extract: Extract) -> Iterator[str]:
        """Yield the claims, a rule between them."""
        for number, checked in enumerate(extract.claims):
            yield "\n---\n\n" if number else ""
            yield "".join(f"{line}\n" for line in _lines(checked, extract))


def _lines(checked: CheckedClaim, extract: Extract) -> Iterator[str]:
    dossier = checked.dossier
    yield f"# {_text(checked.claim.text)}"
    yield from ("", _decision(checked))
    for stance, heading in STANCES.items():
        found = [item for item in dossier.evidence if item.stance is stance]
        yield from _section(heading, (_evidence(checked, item) for item in found))
    chain = list(printed(trail(dossier)))
    if chain:
        yield from ("", "## Where it comes from", "")
        yield from (f"    {' '.join(line.splitlines())}" for line in chain)
    yield from _section("Asked and searched", (_asked(checked, number) for number in range(len(dossier.inquiries))))
    open_ = (one.finding for one in checked.findings if one.finding.outcome in OPEN)
    yield from _section("What checks found", (f"{words.OUTCOME[one.outcome]}: {_text(one.reason)}" for one in open_))
    place = f" [{_text(checked.claim.handle)}]({_url(extract.address(checked.claim))})" if extract.base_url else ""
    yield from ("", f"*From the ledger {_text(extract.origin)} as of entry {extract.size:,}.{place}*")


def _section(heading: str, items: Iterator[str]) -> Iterator[str]:
    found = list(items)
    if found:
        yield from ("", f"## {heading}", "", *(f"- {item}" for item in found))


def _decision(checked: CheckedClaim) -> str:
    review = checked.decision
    if review is None:
        return "Nobody has decided this claim."
    verdict = (review.label or words.VERDICT[review.verdict]).strip()
    who = checked.dossier.agent(review.reviewer)
    by = f" ({_text(who.name)}, {words.date(checked.added[review.uid][:10])})" if who else ""
    return f"**{_text(verdict[:1].upper() + verdict[1:])}.** {_text(review.reasons)}{by}"


def _evidence(checked: CheckedClaim, item: Evidence) -> str:
    dossier = checked.dossier
    source, seen = dossier.source(item), dossier.seen_in(item)
    anchor, speaker = item.anchor, dossier.agent(item.speaker)
    quoted = f"“{_text(anchor.exact)}”" if anchor and anchor.exact and anchor.exact not in HIDDEN else ""
    place = place_words(anchor.fragment) if anchor and anchor.fragment else ""
    told = [
        f"{_text(speaker.name)}: {quoted}" if speaker and quoted else quoted,
        _source(checked, source) + (f", seen in {_source(checked, seen)}" if seen.uid != source.uid else ""),
        place,
        "taken back by its publisher" if source.uid in dossier.withdrawn else "",
        _text(item.note or ""),
    ]
    return ". ".join(part.rstrip(".") for part in told if part) + "."


def _source(checked: CheckedClaim, source: Source) -> str:
    house = checked.dossier.agent(source.publisher or source.author)
    title = f"[{_text(source.title)}]({_url(source.url)})" if source.url else _text(source.title)
    dated = words.date(source.published) if source.published else ""
    return ", ".join(filter(None, [title, _text(house.name) if house else "", dated]))


def _asked(checked: CheckedClaim, number: int) -> str:
    asked = checked.dossier.inquiries[number]
    whom = checked.dossier.agent(asked.asked)
    name = whom.name if whom else asked.searched or "somebody"
    return f"{_text(name)}: {_text(asked.question)} ({words.INQUIRY[asked.state]})"


def _text(text: str) -> str:
    """Return a text as Markdown shows it: one line, and nothing in it is a mark or HTML."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _FIRST.sub(r"\1\\\2", _MEANT.sub(r"\\\1", plain))


def _url(url: str | None) -> str:
    """Return an address as it stands in a link; what is no address of the web leads nowhere."""
    if url is None or not url.startswith(("http://", "https://")):
        return ""
    signs = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "\n": "%0A", '"': "%22"}
    return "".join(signs.get(letter, letter) for letter in url)
