"""A reading of an article for somebody on deadline: what is wrong first, then what to check, then whom to ask."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from ..model import Outcome, Verdict
from ..reader import LeftOut, Mention, MentionKind, Nature, SuggestedAgent, SuggestedClaim, to_json
from ..reading.annotate import Annotations
from ..reading.text_findings import TextFinding
from ..text import Span
from ..views import words
from ..views.words import GRAVEST_FIRST, LABEL
from .frame import one_line

if TYPE_CHECKING:
    from ..desk import Match

LIMITS = "that anything in it is true or false. Rules miss much, and nothing is recorded until a person takes it."
NARROW, WIDE = 40, 110
"""Columns that lines are set in, at least and at most."""

MOST_NAMED = 12
"""People and organisations that are listed, those of whom the article speaks most."""

COLOURS: dict[Outcome, str] = {Outcome.FAIL: "red", Outcome.ERROR: "red", Outcome.WARN: "yellow"}
LINE = "line {}"


def lines(read: Annotations, name: str, width: int, command: str = "factledger") -> Iterator[str]:
    """Yield the reading, line by line, for a terminal of so many columns; `name` is what was read."""
    columns = max(NARROW, min(width, WIDE))
    yield from _head(read, name, columns)
    for part in (_defects, _claims, _opinions, _asked, _named, _left_out):
        yield from part(read, columns)
    yield ""
    yield from _set(f"Not established: {LIMITS}", columns)


def _head(read: Annotations, name: str, columns: int) -> Iterator[str]:
    article = read.article
    if article.title:
        yield from (_bold(line) for line in wrap(one_line(article.title), columns))
    facts = [name, words.count(read.sentences, "sentence"), article.author, article.publisher]
    facts.append(f"published {words.date(article.published)}" if article.published else "no date")
    yield from _set(", ".join(one_line(fact) for fact in facts if fact), columns)
    if not article.published:
        yield from _set(
            "“Yesterday” or “May 2” in it counts from no day: say when it came out with --published.", columns
        )


# -- what is wrong ---------------------------------------------------------


def _defects(read: Annotations, columns: int) -> Iterator[str]:
    """Yield problems, then what needs a look: of that, what is said of fewer sentences first."""
    found = read.findings_of(Outcome.FAIL, Outcome.ERROR, Outcome.WARN)
    often = Counter(one.checker for one in found)
    fails, looks = (sum(one.finding.outcome is outcome for one in found) for outcome in (Outcome.FAIL, Outcome.WARN))
    yield from _heading(
        "What is wrong, or needs a look",
        f"{words.count(fails, 'problem')}, {looks} to look at" if found else "nothing was found",
    )
    by_place = _grouped(found, lambda one: one.places)
    for places, here in sorted(by_place, key=lambda item: min(_gravity(one, often) for one in item[1])):
        for one in sorted(here, key=lambda one: _gravity(one, often)):
            yield from _finding(read, one, columns)
        if len(places) == 1:
            words_there = _quote(places[0].of(read.article.text), 2 * columns)
            yield from (_dim(f"{'':<12}{line}") for line in wrap(words_there, columns - 12))


def _gravity(one: TextFinding, often: Mapping[str, int]) -> tuple[int, int]:
    return GRAVEST_FIRST.index(one.finding.outcome), often[one.checker]


def _finding(read: Annotations, one: TextFinding, columns: int) -> Iterator[str]:
    finding, where = one.finding, _lines_of(read, one.places)
    told = wrap(f"{where}: {one_line(finding.reason)}" if where else one_line(finding.reason), columns - 12)
    yield _coloured(f"{LABEL[finding.outcome]:<12}", finding.outcome) + told[0]
    yield from (f"{'':<12}{line}" for line in told[1:])


# -- what to check ---------------------------------------------------------


def _claims(read: Annotations, columns: int) -> Iterator[str]:
    """Yield what can be checked, by who says it: who says most first, the article last.

    Of what somebody is said to think, or to expect, it can be checked that it was said.
    """
    claims = [one for one in read.assertions if one.voices or one.nature is Nature.FACTUAL]
    only_said = sum(one.nature is not Nature.FACTUAL for one in claims)
    of_it = f", {only_said} of them only for having been said (marked *)" if only_said else ""
    yield from _heading("What to check, by who says it", words.count(len(claims), "claim") + of_it)
    by_voice, own = _grouped(claims, lambda one: _chain(one.voices)), _chain(())
    for voice, said in sorted(by_voice, key=lambda item: (item[0] == own, -len(item[1]))):
        yield from (f"  {line}" for line in wrap(voice, columns - 2))
        for claim in said:
            yield from _claim(read, claim, columns)


def _claim(read: Annotations, claim: SuggestedClaim, columns: int) -> Iterator[str]:
    star = "" if claim.nature is Nature.FACTUAL else "*"
    text, line = read.article.text, f"line {read.line(claim.span.start)}{star}"
    known = read.known.get(claim)
    like = ""
    if known is not None and not isinstance(known, str):
        like = f"  [on record: {known.handle}, {words.VERDICT[Verdict(known.verdict)]}]"
    told = wrap(_quote(_content(claim.content.of(text)), 3 * columns) + like, columns - 14)
    yield f"    {line:<10}{told[0] if told else ''}"
    yield from (f"{'':<14}{line}" for line in told[1:])


def _content(words: str) -> str:
    """Return what is said as it reads by itself: without "that", and with both marks of a quotation or neither."""
    words = re.sub(r",(?=[\"”»]?$)", "", one_line(words).removeprefix("that "))
    for opening, closing in ('""', "“”", "«»"):
        marks = words.count(opening) + (words.count(closing) if closing != opening else 0)
        if marks % 2 and words.endswith(closing):
            words = f"{opening}{words}"
        elif marks % 2 and words.startswith(opening):
            words = f"{words}{closing}"
    return words


def _chain(voices: Sequence[Mention]) -> str:
    """Return who says it, through whom: "the Council, through Reuters"; of nobody, that it is the article."""
    if not voices:
        return "The article itself"
    first, *others = [_voice(voice) for voice in reversed(voices)]
    return f"{first}, through {' and '.join(others)}" if others else first


def _voice(voice: Mention) -> str:
    unnamed = " (unnamed)" if voice.kind is MentionKind.UNNAMED else ""
    return f"{one_line(voice.name)}{unnamed}"


def _opinions(read: Annotations, columns: int) -> Iterator[str]:
    others = [one for one in read.assertions if one.nature is not Nature.FACTUAL and not one.voices]
    if not others:
        return
    yield from _heading("Not to be checked", words.count(len(others), "sentence"))
    for reason, found in _grouped(others, lambda one: one.reason):
        yield from _set(f"{_lines_of(read, [one.span for one in found])}: {_bare(reason)}", columns, "  ")


# -- who is asked, and who there is ----------------------------------------


def _asked(read: Annotations, columns: int) -> Iterator[str]:
    if not read.inquiries:
        return
    yield from _heading("Who was asked", words.count(len(read.inquiries), "inquiry", "inquiries"))
    for one in read.inquiries:
        by = f", asked by {one_line(one.asked_by.name)}" if one.asked_by else ""
        about = f": {_quote(one.question.of(read.article.text), 2 * columns)}" if one.question else ""
        state = words.INQUIRY[one.state]
        told = wrap(f"{one_line(one.asked.name)}{by}, {state}{about}", columns - 14)
        yield f"    {LINE.format(read.line(one.span.start)):<10}{told[0]}"
        yield from (f"{'':<14}{line}" for line in told[1:])


def _named(read: Annotations, columns: int) -> Iterator[str]:
    if read.sources:
        yield from _heading("Where it comes from", words.count(len(read.sources), "source"))
    for source in read.sources:
        how = "the whole article" if source.whole else _quote(source.span.of(read.article.text), columns)
        known = f"  [on record: {read.known[source]}]" if source in read.known else ""
        told = f"{_lines_of(read, [source.span])}: {words.RELATION[source.relation]} {one_line(source.name)}"
        yield from _set(f"{told} ({how}){known}", columns, "  ")
    if not read.agents:
        return
    yield from _heading("Who is in it", words.count(len(read.agents), "name"))
    most = sorted(read.agents, key=lambda one: -len(one.mentions))
    shown = [_agent(read, one) for one in most[:MOST_NAMED]]
    more = f"; {len(most) - MOST_NAMED} more" if len(most) > MOST_NAMED else ""
    yield from _set("; ".join(shown) + more, columns, "  ")


def _agent(read: Annotations, one: SuggestedAgent) -> str:
    role = f", {one_line(one.role)}" if one.role else ""
    times = f" ({len(one.mentions)}×)" if len(one.mentions) > 1 else ""
    known = f" [on record: {read.known[one]}]" if one in read.known else ""
    return f"{one_line(one.name)}{role}{times}{known}"


def _left_out(read: Annotations, columns: int) -> Iterator[str]:
    """Yield in one line what was not read, or what could not be told, and why."""
    told = []
    if read.asides:
        around = words.count(len(read.asides), "line")
        told.append(f"{around} of menus, teasers and notes around the article (--whole reads them)")
    told += [
        f"{_bare(reason)} ({_lines_of(read, [one.span for one in found])})" for reason, found in _reasons(read.left_out)
    ]
    missing = Counter(one.checker for one in read.findings_of(Outcome.ABSTAIN))
    if missing:
        names = ", ".join(f"{name}{f' {times}×' if times > 1 else ''}" for name, times in missing.items())
        told.append(f"could not be told: {names} (--json says why)")
    if told:
        yield ""
        yield from _set(f"Left out: {'; '.join(told)}.", columns)
    if read.asides is None:
        yield ""
        yield from _set("Read as a whole: no part of the page could be told to be its article.", columns)


def _reasons(left: Iterable[LeftOut]) -> list[tuple[str, list[LeftOut]]]:
    return _grouped(left, lambda one: one.reason)


def _grouped(items: Iterable[Any], key: Callable[[Any], Any]) -> list[tuple[Any, list[Any]]]:
    """Return items by what they have in common, in the order of the first of each."""
    found: dict[Any, list[Any]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return list(found.items())


def _lines_of(read: Annotations, spans: Iterable[Span]) -> str:
    numbers = list(dict.fromkeys(read.line(span.start) for span in spans))
    return f"line{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}" if numbers else ""


# -- data ------------------------------------------------------------------


def data(read: Annotations, name: str) -> dict[str, Any]:
    """Return the reading as JSON data; docs/reading.md says what stands in it."""
    article = read.article
    return {
        "article": {
            "name": name,
            "title": article.title,
            "language": article.language,
            "published": article.published,
            "author": article.author,
            "publisher": article.publisher,
            "url": article.url,
            "sentences": read.sentences,
        },
        "findings": [
            {
                "outcome": one.finding.outcome.value,
                "checker": one.checker,
                "version": one.version,
                "code": one.finding.code,
                "reason": one.finding.reason,
                "places": [_place(read, place) for place in one.places],
            }
            for one in read.findings
        ],
        "suggested": [
            {**to_json(one), **_place(read, one.span), "on_record": _known(read.known.get(one))}
            for one in read.suggested
        ],
        "left_out": [{**to_json(one), **_place(read, one.span)} for one in read.left_out],
        "asides": None if read.asides is None else [_place(read, line) for line in read.asides],
        "faults": [{"plugin": one.plugin, "version": one.version, "reason": one.reason} for one in read.faults],
        "does_not_establish": LIMITS,
    }


def _place(read: Annotations, span: Span) -> dict[str, Any]:
    return {"line": read.line(span.start), "start": span.start, "end": span.end, "words": span.of(read.article.text)}


def _known(known: Match | str | None) -> dict[str, Any] | None:
    if known is None or isinstance(known, str):
        return {"id": known} if known else None
    return {"id": known.handle, "alike": round(known.share, 2), "verdict": known.verdict}


# -- setting ---------------------------------------------------------------


def _heading(title: str, count: str) -> Iterator[str]:
    yield ""
    yield f"{_bold(title)}: {count}"


def _set(text: str, columns: int, indent: str = "") -> Iterator[str]:
    yield from wrap(text, columns, initial_indent=indent, subsequent_indent=indent + "  " * bool(indent))


def _quote(text: str, longest: int) -> str:
    shown = one_line(text)
    if len(shown) > longest:
        shown = shown[: longest - 1].rsplit(" ", 1)[0] + "…"
    return shown


def _bare(reason: str) -> str:
    return one_line(reason).removesuffix(".")


def _styled(text: str, **style: Any) -> str:
    return text if os.environ.get("NO_COLOR") else click.style(text, **style)


_bold, _dim = partial(_styled, bold=True), partial(_styled, dim=True)


def _coloured(label: str, outcome: Outcome) -> str:
    return _styled(label, fg=COLOURS.get(outcome), bold=outcome is Outcome.FAIL)
