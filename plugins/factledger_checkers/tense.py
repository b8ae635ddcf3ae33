"""tense: what is told as past was past when it was told."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from ledger import Checker, Context, Dossier, Finding
from ledger.dates import DateExpression, Edtf, Kind, before, words
from ledger.text import Span
from ledger.timeline import out_on, read

from .common import plain, titled
from .languages import unread
from .passages import Passage, certain, left_open, names_no_day, passages

MOST_FOUND = 20
FIX = "Add the date of the source, or write the date with its year."
ZONE = 1
"""Days by which a date may be another one somewhere else on Earth."""

_IRREGULAR = (
    "became|began|bore|bought|broke|brought|built|came|caught|chose|cut|dealt|died|drew|drove|fell|felt|fled|flew|fought|"
    "found|gave|got|grew|had|held|hit|kept|killed|laid|led|left|lost|made|met|paid|quit|ran|rose|sank|saw|seized|sent|"
    "shot|shut|sold|spent|spoke|split|spread|stood|stole|struck|swore|threw|took|tore|went|withdrew|won|wrote"
)
_PAST = re.compile(
    rf"(?<![\w-])(?P<verb>(?:was|were|had been) (?:\w+ly |also |then |soon |finally )?(?P<done>[a-z]+)|"
    rf"(?P<did>(?:re|over|under|with)?(?:{_IRREGULAR})|(?!hundred|sacred|naked|need|feed|speed|seed|indeed|[a-z]+ceed)[a-z]{{2,}}ed))(?![\w-])"
)
_FUTURE = re.compile(
    r"(?<![\w-])(?P<verb>(?:will|shall|won't|won’t)(?: not| also| then| now| be)? (?P<done>[a-z]+)|"
    r"(?:is|are) (?:set |due |going |scheduled |expected )?to (?:be )?(?P<then>[a-z]+)|plans? to (?P<meant>[a-z]+))"
    r"(?![\w-])"
)
_PLANNED = re.compile(
    r"(?:about|advertised|agreed|aimed|allocated|allowed|announced|approved|arranged|asked|authori[sz]ed|awarded|"
    r"believed|billed|booked|budgeted|called|cancelled|canceled|changed|committed|considered|decided|delayed|deferred|"
    r"demanded|discussed|drafted|due|envisaged|envisioned|estimated|expected|extended|feared|fixed|forecast|foreseen|"
    r"gave|given|going|granted|guaranteed|hoped|imagined|intended|invited|likely|mandated|meant|moved|needed|negotiated|"
    r"nominated|offered|ordered|planned|pledged|postponed|predicted|prepared|projected|promised|proposed|put|ready|"
    r"renewed|required|rescheduled|reserved|scheduled|selected|set|slated|sought|submitted|supposed|targeted|threatened|"
    r"tipped|to|told|urged|used|valid|vowed|wanted|warned|had|has|have|not|never|still|on|for|of|in)"
)
"""Verbs of plans and words: a date behind them may be that of what was planned."""

_OF_A_NOUN = frozenset("based called collected dated issued known named passed published released said".split())
"""Participles that, bare, rather belong to the noun before them: "the figures published in May"."""

_NO_VERB = re.compile(
    r"\b(?:the|a|an|his|her|its|their|our|my|your|at|of|in|free|good|ill|last|living|political|this|that|any|to|"
    r"if|whether|when|until|as|newly|recently|so-called|be|been|being|is|are|has|have|[a-z]+-)\s?$",
    re.IGNORECASE,
)
"""Before a word that looks like a verb and is none: "the elected council", "is closed"."""

_BETWEEN = re.compile(
    r"[;:()\[\]“”\"«»?!\n]|\s[-–—]\s|[—–]|"
    r"\bto (?!(?:the|a|an|its|his|her|their|all|[a-z]+[^su\W]s)\b|[A-Z0-9])|"
    r"\b(?:that|if|unless|because|since|than|until|till|for|ahead|before|after|called|dated|due|plan\w*|schedul\w*|"
    r"propos\w*|expected|based|published|released|issued|collected|effective|vote on|talks? on|decision on|deal on|"
    r"next|future|upcoming|term|contract|deadline|goal|target|end of|run-up)\b|"
    r"\b(?:starting|beginning|ending|expiring|running|lasting|covering|maturing|taking effect)\b|"
    r"(?<!the )(?<!a )(?<!of )(?<!by )(?<!, )"
    r"\b(?!during|king|spring|morning|evening|being|nothing|everything)[a-z]{2,}ing\b"
)
"""What makes the verb and the date two things: another clause, an infinitive, a participle, what is yet to come."""

_FRONT = re.compile(
    r"[;:\[\]“”\"«»?!\n]|[—–]|\b(?:that|who|which|whose|where|when|while|if|unless|because|until|till|plan\w*|propos\w*)\b"
)
"""What makes a date at the head of a sentence that of another clause than the first."""

_ON = re.compile(
    r"(?:\s(?P<inside>on|in|during|throughout)|^(?P<first>On|In|During|Throughout))\s(?:the\s)?"
    r"(?:(?:night|morning|afternoon|evening|day) of\s)?$"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|may(?! [0-9])|might|could|should|must|can|won't|won’t|going to|to be|scheduled|forecast\w*|"
    r"predict\w*|project(?:ed|ions?)|imagine\w*|fictional|novel|film|fiction|hypothetical\w*|if|whether|unless|"
    r"suppose|wish\w*|expects? |hopes? to|intends? |aims? to|upcoming|tomorrow|set in|deadline|expires?|matures?)\b"
)
"""Words of a sentence that is of what is to come, or not so: no past tense in it is plain."""

_REPORTED = re.compile(
    r"\b(?:said|says|saying|told|tells|announced|promised|vowed|wrote|writes|added|predicted|according|stated|claimed|"
    r"reported|read|reads)\b|[“”\"«»]",
    re.IGNORECASE,
)
_FARTHEST = 120
"""Characters between a verb and its date."""


@attrs.frozen
class Told:
    """A date that a verb of the same clause puts into the past or the time to come."""

    one: DateExpression
    past: bool
    words: str


class Tense(Checker):
    """Checks: whether what is told as past, or as yet to come, was so on the day that the source of the words came out.
    Why it matters: "was closed on 5 May" in a report of 2 May is a wrong date, a wrong tense, or a later change.
    Warns on: a past verb with a date after the source, "will" with one before it; never fails.
    Passes on: what fits, and all that is not plain: only clear English verbs in one clause with their date are read.
    """

    name = "tense"
    version = 2
    establishes = "that no plain past or future of the words names a day on the other side of their source's date"
    does_not_establish = "that what is told took place, nor anything of tenses that are not plain"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        problems: list[Finding] = []
        unsure = unread(dossier)
        held = 0
        for passage in passages(dossier):
            if passage.item is None and dossier.claim.reports is not None:
                continue
            out = _came_out(dossier, passage)
            for told in tenses(passage):
                shown = f"“{plain(told.words)}” in {passage.where}"
                if not certain(told.one):
                    why = _matters(told, out)
                    if why:
                        unsure.setdefault(f"{shown}: {why}.", passage.cites)
                    continue
                if not told.past and _quoted_speech(dossier, passage):
                    unsure.setdefault(f"{shown}: when these words were said is not recorded.", passage.cites)
                elif not out:
                    lacking = "its sources have" if passage.item is None else "it has"
                    unsure.setdefault(f"{shown}: {lacking} no date to compare with.", passage.cites)
                elif all(_other_side(told, edtf) for _, edtf in out):
                    problems.append(self._told(dossier, passage, told, out))
                elif all(_other_side(told, edtf, zone=0) for _, edtf in out):
                    unsure.setdefault(f"{shown}: a day off, which the zone of its clock explains.", passage.cites)
                else:
                    held += 1
            if passage.item is None:
                unsure.update(
                    (f"“{plain(one.words)}” in the claim: {why}.", passage.cites) for one, why in vague(passage)
                )
        yield from problems[:MOST_FOUND]
        if problems:
            return
        if unsure:
            yield left_open(self, unsure, held, FIX)
        elif held:
            reason = f"What is told as past or to come was so when it was told ({held} compared)."
            yield self.passes(reason, code="fits", cites=[dossier.claim])
        else:
            yield self.not_applicable(
                "No date stands with a plain past or future verb.", code="no_tense", cites=[dossier.claim]
            )

    def _told(self, dossier: Dossier, passage: Passage, told: Told, out: list[tuple[str, Edtf]]) -> Finding:
        assert told.one.edtf is not None
        uid, edtf = out[-1] if told.past else out[0]
        source = dossier.sources.get(uid)
        what = titled(source) if source is not None else "the claim's saying"
        shown = f"“{plain(told.words)}” in {passage.where}"
        day = words(told.one.edtf)
        reason = (
            f"{shown}: said as past on a later day: {what} is of {words(edtf)}, before {day}."
            if told.past
            else f"{shown}: said as yet to come on an earlier day: {what} is of {words(edtf)}, after {day}."
        )
        handle = dossier.claim.handle
        return self.warns(
            reason,
            code="past_ahead" if told.past else "future_behind",
            cites=dict.fromkeys((*passage.cites, uid)),
            fix=f'Check both dates in the source, then: factledger correct {handle} text="..." --because "..."',
        )


def tenses(passage: Passage) -> Iterator[Told]:
    """Yield each date that stands in one clause with a plain past or future verb, governed by "on" or "in"."""
    for one in passage.found:
        if one.kind is not Kind.DATE or one.fault or one.edtf is None or one.offset is not None:
            continue
        sentence = passage.sentence(one.span)
        whole, led = sentence.of(passage.text), passage.text[sentence.start : one.span.start]
        on = _ON.search(led)
        if on is None or whole.rstrip().endswith("?") or re.match("[0-9]{2}XX", one.edtf.text):
            continue
        if (on["inside"] or on["first"]).lower() == "on" and not _is_day(one.edtf):
            continue
        if _REPORTED.search(led) or led.count('"') % 2 or led.count("“") > led.count("”"):
            continue
        before = led[: on.start()]
        fronted = not (_PAST.search(before) or _FUTURE.search(before))
        begins, ends = (one.span.end, sentence.end) if fronted else (sentence.start, sentence.start + on.start())
        begins += passage.text[begins:ends].startswith(",")
        found = _verb(passage.text[begins:ends], whole, fronted=fronted)
        if found is not None:
            verb, past = found
            first = sentence.start + on.start() + (0 if on["first"] else 1)
            start, end = (first, begins + verb.end) if fronted else (begins + verb.start, one.span.end)
            yield Told(one, past, passage.text[start:end])


def _verb(clause: str, sentence: str, *, fronted: bool) -> tuple[Span, bool] | None:
    """Return where the verb that a date belongs to stands in its clause, and whether it is past; None if not plainly.

    It is the last before the date, or where the date comes first, the first behind it.
    """
    ahead = list(_FUTURE.finditer(clause))
    behind = [] if _AHEAD.search(sentence) else [one for one in _PAST.finditer(clause) if _is_verb(clause, one)]
    if bool(ahead) is bool(behind):
        return None
    past = bool(behind)
    verb = (behind or ahead)[0 if fronted else -1]
    subject, between = clause[: verb.start()], clause[verb.end() :]
    done = next((done for name, done in verb.groupdict().items() if name != "verb" and done), "")
    away = subject if fronted else between
    if len(away) > _FARTHEST or (_BETWEEN.search(away) if not fronted else _FRONT.search(away)):
        return None
    if "," in between and re.search(r"\b(?:which|who) (?:\w+ )?$", subject):
        return None  # "the bridge, which was closed, opens on 9 May"
    bare = bool(past and verb["did"])
    meant = _PLANNED.fullmatch(done) and not (fronted and bare)
    if meant or (bare and not fronted and done in _OF_A_NOUN) or not re.search(r"\w,?\s$", subject):
        return None
    return Span(verb.start(), verb.end()), past


def _is_verb(clause: str, found: re.Match[str]) -> bool:
    return not _NO_VERB.search(clause[: found.start()])


def vague(passage: Passage) -> Iterator[tuple[DateExpression, str]]:
    """Yield the expressions of a claim that name no day though their words tell of a time: "recent months"."""
    for one in passage.found:
        if one.length is not None and one.length.count is None and (why := names_no_day(one)):
            yield one, why


def _is_day(edtf: Edtf) -> bool:
    return len(edtf.points) == 1 and edtf.points[0].unit == "day"


def _came_out(dossier: Dossier, passage: Passage) -> list[tuple[str, Edtf]]:
    """Return when words were said: when their source came out; of a claim, when it was said, and all its sources."""
    if passage.item is not None:
        return [] if passage.reference is None else [(passage.item.source, passage.reference)]
    said = read(dossier.claim.said)
    supporting = sorted({item.source for item in dossier.supporting if item.source not in dossier.withdrawn})
    outs = [(uid, read(out_on(dossier.sources[uid]))) for uid in supporting if uid in dossier.sources]
    found = [(uid, edtf) for uid, edtf in [*outs, (dossier.claim.uid, said)] if edtf is not None]
    undated = any(edtf is None for _, edtf in outs)
    if undated or not all(edtf.year_known for _, edtf in found):
        return []
    return sorted(found, key=lambda one: (one[1].earliest or 0, one[1].text, one[0]))


def _quoted_speech(dossier: Dossier, passage: Passage) -> bool:
    """Return whether words are somebody's, and were said on a day before their source that it may not tell."""
    item = passage.item
    if item is None or item.anchor is None:
        return False
    source = dossier.sources.get(item.source)
    others = item.quoting is not None or (item.speaker is not None and (not source or source.author != item.speaker))
    return others or item.anchor.prefix.rstrip().endswith(("“", '"', "«", "‘"))


def _other_side(told: Told, out: Edtf, *, zone: int = ZONE) -> bool:
    """Return whether a date is surely past when it is told as to come, or the other way round, by more than a zone."""
    edtf = told.one.edtf
    if edtf is None:
        return False
    earlier, later = (out, edtf) if told.past else (edtf, out)
    last, first = earlier.reach[1], later.reach[0]
    return before(earlier, later) is True and last is not None and first is not None and first - last > zone


def _matters(told: Told, out: list[tuple[str, Edtf]]) -> str:
    """Return why a date without its year cannot be told, where it is one; "" where nothing depends on it."""
    edtf = told.one.edtf
    if edtf is None or told.one.part or any(point.month is None for point in edtf.points):
        return ""
    if not edtf.year_known:
        return "no year is given"
    if "year" in told.one.assumed and any(_other_side(told, date) for _, date in out):
        return "no year is given, and that nearest to its source is on the other side of it"
    return ""
