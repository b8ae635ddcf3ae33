"""Forms of words within a text by which it credits somebody: a cue, on which side of it names stand, and which count."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import StrEnum

from attrs import frozen

from ..spans import Span
from .houses import is_common_word, is_listed
from .names import CAPITAL, FAR, MEDIUM, ROLE, Name, is_day, names_after, names_before, plain_name


class Manner(StrEnum):
    """How a text names whom it has something from.

    The text as a whole comes from there (`DATELINE`, `CREDIT`: a byline or a credit line), something in it does
    (`MENTION`), it asked them itself (`INTERVIEW`), or only a picture does (`PHOTO`).
    """

    DATELINE = "dateline"
    CREDIT = "credit line"
    MENTION = "mention"
    INTERVIEW = "interview"
    PHOTO = "photo credit"

    @property
    def whole(self) -> bool:
        """Return whether the text as a whole is said to come from there."""
        return self in (Manner.DATELINE, Manner.CREDIT)


@frozen
class Credit:
    """A name as the text has it, the manner, and the span of the words that say so."""

    name: str
    manner: Manner
    span: Span


class Asks(StrEnum):
    """Which names count beside a cue."""

    HOUSE = "house"
    """News houses, anywhere in the row of names."""
    HEARER = "hearer"
    """News houses that were told, shown or asked something."""
    NAME = "name"
    """Any name; of a row in which houses stand, the houses."""
    PERSON = "person"
    """A person, and no house."""


@frozen
class Form:
    manner: Manner
    cue: re.Pattern[str]
    asks: Asks


def _forms(manner: Manner, asks: Asks, *cues: str) -> list[Form]:
    return [Form(manner, re.compile(cue, re.MULTILINE), asks) for cue in cues]


_TEXT = r"(?:\w+\s+)?(?:article|story|report|piece|essay|post|column|interview|analysis|item|text|dispatch)"
_FIRST_OUT = r"(?:was\s+|has\s+been\s+|is\s+)?(?:first\s+|originally\s+|also\s+)?(?:appeared|published|posted|printed|co-published|republished|reprinted|syndicated|produced|supplied|provided|distributed|adapted|excerpted|reproduced|cross-posted)\s+(?:online\s+)?(?:with\s+(?:the\s+)?permission\s+)?(?:in\s+partnership\s+with|in\s+collaboration\s+with|with|by|in|on|at|from|of)\s+(?:the\s+)?(?:website\s+|site\s+)?"
_OUT = r"(?:appeared|published|posted|printed|aired|released|ran)"
_PICTURE = "(?:[Pp]hoto(?:graph)?|PHOTO|[Ff]oto|FOTO|[Pp]icture|[Pp]ic|[Pp]ix|[Ii]mage|[Bb]ild|[Ii]llustration|[Gg]raphic|[Vv]ideo|[Ii]magen|[Ff]ot\\.|[Cc]rédit photo|Bildquelle)"
_FILES = r"(?:material|reporting|reports?|files|inputs?|information|assistance|contributions?|informaci[oó]n|informações|informations|Material)"

FOLLOWING = [
    *_forms(
        Manner.PHOTO,
        Asks.NAME,
        rf"(?:^|(?<=[(\[.|,;:–—/\"”]))[ \t]*(?:[Ff]ile |[Cc]over |[Ss]tock |[Hh]eader |[Ff]eatured? |[Mm]ain |[Tt]op )?{_PICTURE}s?\s?(?:\(s\))?\s*(?:[Cc]redits?|[Cc]ourtesy)?(?:\s+of)?\s?(?::|\||\s[Bb]y\s|/)\s*",
        rf"(?<!\w){_PICTURE}s?,?\s+(?:[Cc]redits?\s+)?(?:[Cc]ourtesy\s+(?:of\s+)?|[Cc]redit\s+)",
        r"(?:^|(?<=[(\[.|]))[ \t]*(?:Photographer|[Pp]hotography|Credits?|CREDIT|Handout)s?\s*(?:[Bb]y\s+|:\s*|/)",
        rf"[Cc]ourtesy\s+{_PICTURE}s?\s*[,:/]\s*",
        r"(?:^|[(\[])[ \t]*[Ff]ile\s*(?:/|:)\s*",
    ),
    *_forms(Manner.PHOTO, Asks.HOUSE, rf"(?:^|(?<=[(\[.])){_PICTURE}s?[ \t]+(?=[A-Z])", rf"(?:^|(?<=[(\[.])){_PICTURE}s? de\s+"),
    *_forms(
        Manner.CREDIT,
        Asks.NAME,
        r"^[ \t(\[*–—-]*(?:Sources?|SOURCES?|Quellen?|Fuentes?|Fontes?|Fonti|Bron|Kilder?|Källa|Izvor|Źródło|Forrás|Zdroj|Lähde|Источник)[ \t]?:[ \t]*",
        rf"^[ \t]*SOURCE\s+(?={CAPITAL})",
        r"(?:©|(?:^|[.(|])[ \t]*(?:\([cC]\)|[Cc]opyright\b|COPYRIGHT\b)|\b(?:\([cC]\)|[Cc]opyright|COPYRIGHT)(?=\s*(?:©|\(c\)|\d{4}|by\b)))"
        r"\s*(?:©|\([cC]\))?\s*(?:\d{4}(?:\s?[-–]\s?\d{2,4})?)?,?\s*(?:[Bb]y\s+)?",
        rf"\b[Tt]his\s+{_TEXT}\s+{_FIRST_OUT}",
        rf"\b[Tt]his\s+{_TEXT}\s+(?:is\s+)?(?:by|from|comes from|courtesy of)\s+",
        r"\b(?:[Rr]epublished|[Rr]eprinted|[Rr]eproduced|[Rr]eposted|[Ss]yndicated|[Uu]sed|[Cc]ross-posted|[Aa]dapted|[Ee]xcerpted|[Tt]ranslated)\s+(?:here\s+)?"
        r"(?:with\s+(?:the\s+|kind\s+)?permission\s+(?:of|from|by)|by\s+permission\s+of|courtesy\s+of)\s+",
        r"\b(?:[Rr]epublished|[Rr]eprinted|[Rr]eposted|[Ss]yndicated|[Cc]ross-posted)\s+(?:here\s+)?from\s+",
        r"\b(?:[Hh]/[Tt]|[Hh]at[ -][Tt]ips?(?:\s+to)?)[:\s]+",
        r"\b[Vv]ia\s+(?=@)",
    ),
    *_forms(
        Manner.CREDIT,
        Asks.HOUSE,
        rf"\b[Tt]he\s+{_TEXT}\s+{_FIRST_OUT}",
        rf"\b(?:[Ff]irst|[Oo]riginally|[Pp]reviously)\s+{_OUT}\s+(?:in|by|on|at)\s+",
        r"^[ \t(]*(?:[Pp]ublished|[Pp]osted)\s+(?:in|by|on)\s+",
        r"\b(?:[Rr]eporting|[Ww]riting|[Tt]ext|[Ww]ords|[Ss]tory)\s+by\s+",
        rf"\b(?:[Ww]ith|[Ww]ITH|[Cc]ontains|[Ii]ncludes|[Uu]sing|[Mm]it|[Aa]vec|[Cc]on|[Cc]om)\s+(?:des?\s+)?(?:additional\s+)?{_FILES}\s+(?:of|from|by|von|de|da|d['’])\s+",
        r"\b(?:[Bb]ased\s+on|[Cc]ompiled\s+from|[Ff]rom)\s+(?:a\s+|an\s+)?(?:\w+\s+)?(?:reporting|reports?|dispatch(?:es)?|files)\s+(?:by|from|of)\s+",
        r"[(–—]\s*(?:[Ww]ith|[Aa]vec|[Mm]it|[Cc]on)\s+",
        rf"(?:^|[,;(–—:])[ \t]*(?:[Ww]ith|[Aa]vec)\s+(?=(?:(?:[Tt]he |and )?{CAPITAL}[\w-]*[ ,/&]*){{1,6}}\.?[)\s]*$)",
        r"(?:^|[(\[–—])[ \t]*[Vv]ia\s+",
        r"\b(?:published|auto-generated|generated|taken|supplied|sourced)\s+from\s+(?:an?\s+|the\s+)?",
        r"^[ \t]*[Cc]ourtesy\s+(?:of\s+|:\s*)",
    ),
    *_forms(
        Manner.MENTION,
        Asks.HEARER,
        r"\b(?:told|tells?|telling|informed|emailed|texted)\s+",
        r"\b(?:[Ss]peaking|[Tt]alking|spoke|speaks|talked|[Rr]esponding|confirmed|said|disclosed|revealed|admitted)\s+(?:\w+ly\s+)?(?:to|with)\s+",
        r"\b(?:[Ss]peaking|said|says|appearing|appeared|writing|wrote|aired|shown|seen|claimed)\s+(?:\w+day\s+)?(?:on|in)\s+",
        r"\b(?:[Ii]nterviews?|chat|conversation)\s+(?:\w+day\s+)?(?:with|to|for|by|on|published\s+(?:by|in))\s+",
        r"\binterviewed\s+(?:by|on|in)\s+",
        r"\b(?:[Ss]tatements?|comments?|remarks|emails?|letters?)\s+(?:\w+\s+)?(?:to|for)\s+",
        r"\b(?:known|gave|given|granted|available|disclosed|leaked|provided|shown)\s+to\s+",
        r"\bshared\s+with\s+",
    ),
    *_forms(
        Manner.MENTION,
        Asks.HOUSE,
        r"\b(?:[Rr]eported|[Rr]evealed|[Pp]ublished|broken|quoted|carried|[Dd]isclosed|uncovered|broadcast|released|written|posted|relayed)\s+"
        r"(?:(?:first|earlier|exclusively|last\s+\w+|this\s+\w+|on\s+\w+day|\w+day)\s+)?(?:by|in|on|as\s+saying\s+by|as\s+telling|as\s+saying\s+to)\s+",
        r",[ \t]+via\s+",
        r"\b(?:contacted|seen|received|obtained|reviewed|analy[sz]ed|viewed|verified|heard|asked|approached|cited|consulted|surveyed)\s+(?:\w+ly\s+)?by\s+",
        r"\b(?:[Cc]iting|[Qq]uoting|quoted|cited)\s+(?:an?\s+|the\s+)?(?!by\b)",
        r"\b(?:[Rr]eports?|[Rr]eporting|[Ss]tory|[Aa]rticle|[Ii]nvestigation|[Aa]nalysis|[Aa]ccount|tally|count|poll|column|op-ed|essay|editorial)\s+(?:\w+\s+)?(?:by|in|from|on|for)\s+",
        rf"[”\"’,;]\s*(?:reported|reports|wrote|writes|said|says)\s+(?=the\b|[A-Z]|local\b|daily\b|{MEDIUM})",
        r"\b(?:berichte[tn]|berichtete|meldet|meldete|schreibt|skriver|melder|rapporte|riporta|riferisce|informa|inform[oó]|reporta|relata|selon|[Ss]elon|"
        r"según|[Ss]egún|laut|[Ll]aut|secondo|[Ss]econdo|segundo|[Ss]egundo|według|[Ww]edług|ifølge|[Ii]følge|enligt|[Ee]nligt|volgens|[Vv]olgens)\s+(?:l['’])?",
        r"\b(?:sagte\s+[^.\n]{0,40}\bder|gegenüber\s+(?:der|dem)|disse\s+à|dijo\s+a|déclaré\s+à|a\s+dit\s+à|detto\s+all?['’]?)\s+(?:l['’])?",
        r"\b[Ww]ie\s+(?=(?:der|die|das)\s+\w+\s+(?:berichtet|meldet|schreibt))",
        r"\b(?:[Ii]nterview|[Aa]s|[Aa]s first)\s+reported\s+(?:\w+\s+)?(?:by|in|on)\s+",
    ),
    *_forms(
        Manner.MENTION,
        Asks.NAME,
        r"\b[Aa]ccording\s+to\s+(?:(?:a|an|the)\s+(?:[\w-]+\s+){0,2}(?:report|story|article|account|investigation|analysis)\s+(?:by|in|from|on)\s+)?(?:the\s+(?=Associated))?",
    ),
    *_forms(Manner.MENTION, Asks.PERSON, r"\b[Aa]ccording\s+to\s+(?:(?!(?:an?|the|of|in|by|from|its|his|her|their)\b)[a-z][a-z-]+\s+){1,3}"),
    *_forms(
        Manner.INTERVIEW,
        Asks.PERSON,
        r"(?:^|\b[Ii]n\s+an?\s+(?:\w+\s+)?|\b[Aa]n\s+|\b[Oo]ur\s+)[Ii]nterview\s+with\s+",
        r"\b(?:Q\s?&\s?A\s+with|[Ww]e\s+(?:spoke|talked|sat\s+down)\s+(?:to|with)|[Ww]e\s+(?:interviewed|asked)|interviewed)\s+",
    ),
]

_TENSE = r"(?:(?:has|had|have|also|first|earlier|later|previously|exclusively|on\s+\w+day|\w+day),?\s+){0,2}"
PRECEDING = [
    *_forms(
        Manner.CREDIT,
        Asks.HOUSE,
        rf"(?:(?:['’]s|\s{{1,3}}{ROLE})\s[^.\n]{{0,80}})?\s?\bcontributed\s+(?:to\s+this|reporting|material)",
        r"(?<=\S)\s{1,3}(?:inputs|feed|news\s+service)\b",
    ),
    *_forms(Manner.PHOTO, Asks.HOUSE, r"(?<=\S)\s{1,3}(?:file\s+)?(?:[Pp]hoto|[Pp]icture|[Hh]andout)s?\b(?=\s*(?:by|/|\)|\]|:|$))"),
    *_forms(
        Manner.MENTION,
        Asks.HOUSE,
        rf"(?<=[\w”\"])(?:\s{{1,3}}\({CAPITAL}{{2,8}}\))?(?:\s{{1,3}}(?:{MEDIUM}|news))?(?:,[^,.\n]{{3,50}},)?\s{{1,3}}{_TENSE}(?P<verb>reported|reports|report|is\s+reporting|revealed|reveals|understands|learned|learns|"
        r"quoted|quotes|cited|cites|noted|notes|observed|describes?|described|wrote|writes|found|disclosed|broke\s+the\s+(?:story|news)|was\s+(?:the\s+)?first\s+to\s+report|said|says|Says|Reports|say)\b",
        r"(?<=\S)\s{1,3}(?:(?:[a-z][\w-]*\s+)?(?:report|investigation|journalist|reporter|correspondent|story|poll|tally|exclusive|analysis)s?|has\s+been\s+told)\b",
        rf"['’]s(?:\s+{CAPITAL}\w+){{1,3}}(?:,\s[^,.\n]{{3,50}},)?\s+(?:reported|reports|said|wrote)\b",
        r"(?<=\S)\s{1,3}(?:berichtet|berichtete|meldet|schreibt)\b",
    ),
    *_forms(
        Manner.INTERVIEW,
        Asks.PERSON,
        r"(?<=\S)\s{1,3}(?:told|tells|said\s+to|said\s+in\s+an\s+interview\s+with)\s+(?:us|this\s+(?:newspaper|magazine|website|publication|paper|reporter|correspondent)|our\s+(?:reporter|correspondent|newspaper))\b",
    ),
]

_FOLLOWS = re.compile(
    r"\s*\Z|['’]s\b|\s*\n|\s*[^\w\s]|\s+(?:on|in|that|he|she|it|they|we|i|the|a|an|how|of|about|at|this|last|via|by|and|for|from|during|after|before|"
    r"yesterday|today|earlier|later|there|his|her|their|its|when|where|why|what|which|who|if|as|but|while|is|was|were|are|had|has|would|will|could|"
    r"no|not|nobody|some|all|most|many|more|both|only|ahead|here|or|with|under|over|one|two|late|early|exclusively|recently|these|those|out|"
    r"(?:separate|private|previous|direct|repeated|initial|original|frank|simp|near|earli|main)ly|\w+day|\d\S*|journalists?|reporters?|correspondents?|newspapers?|daily|news|magazine|website|radio|television|TV|podcast|"
    rf"programme|program|show|host|anchor|agency|{MEDIUM})\b|\s+{CAPITAL}"
)
_ENDS_THERE = re.compile(r"\s*(?:\Z|[^\w\s'’&]|\n|for\b|et al|in\b|under\b|on\b)|\s+Editor\b")
_NO_HEARERS = re.compile(
    r"\s+(?:family|headquarters|staff|executives?|employees|board|building|offices?|management|shareholders|bosses|chiefs?|viewers|listeners|users|customers|affiliates?)\b"
)
_A = re.compile(r"\b[Aa]n?\s\Z")
_TO_DO = re.compile(r"\s+(?:not\s+)?to\s+[a-z]")
_OWN = re.compile(r"\b(?:its|their)\s+own\b")
_MONEY = re.compile(
    r"\s+(?:\w+day\s+)?(?:an?|its|record|higher|lower|strong|net|quarterly|first|second|third|fourth|full|annual|no|brisk|[$€£]?\d)"
    r"[^,.;\n]*\b(?:revenues?|profits?|loss|losses|earnings|income|deficit|turnover|subscribers|ratings|sales|circulation|dividend)\b"
)
_ELSEWHERE = re.compile(rf"\b(?:at|by|of|for|from|in)\s+(?!the\s+(?:year|quarter)){CAPITAL}")
_SPEAKS_OF_ITSELF = re.compile(r"\s+(?:in\s+a\s+statement|(?:\w+day\s+)?(?:it|its|he|she|they|their|the\s+company|no)\b)")


def credits_within(text: str, known: Collection[str]) -> Iterator[Credit]:
    """Yield the credits that a cue tells, form by form."""
    for form in FOLLOWING:
        for match in form.cue.finditer(text):
            yield from _following(form, match, text, known)
    for form in PRECEDING:
        for match in form.cue.finditer(text):
            yield from _preceding(form, match, text, known)


def _following(form: Form, match: re.Match[str], text: str, known: Collection[str]) -> Iterator[Credit]:
    strict = form.manner in (Manner.MENTION, Manner.INTERVIEW)
    weakly = not strict or form.asks is Asks.HEARER
    names = names_after(text, match.end(), _line_end(text, match.end()), known=known, strict=strict, weakly=weakly)
    for name in _that_count(form, names):
        if form.asks is Asks.NAME and form.manner is not Manner.MENTION and not name.house and not _ENDS_THERE.match(text, names[-1].end):
            return
        if form.asks is Asks.HEARER and not _hears(text, name, match):
            return
        if strict and not name.house and (_FOLLOWS.match(text, name.end) is None or _A.search(text, max(0, name.start - 4), name.start)):
            return
        yield _credit(name, form.manner, match.start(), name.end)


def _preceding(form: Form, match: re.Match[str], text: str, known: Collection[str]) -> Iterator[Credit]:
    end = match.start()
    if form.asks is Asks.PERSON:
        before = re.search(rf"(?:{CAPITAL}[\w'’-]+[ \t]+){{1,3}}{CAPITAL}[\w'’-]+\Z", text[max(0, end - FAR) : end])
        name = plain_name(before[0]) if before else None
        if name:
            yield Credit(name, form.manner, Span(end - len(name), match.end()))
        return
    verb = match.groupdict().get("verb") or ""
    clause = text[match.end() : match.end() + FAR].split(". ")[0]
    if form.manner is Manner.MENTION and _of_itself(verb, clause):
        return
    weakly = form.manner is not Manner.MENTION or re.match(r"[^.\n]{0,30}\bthat\b", clause) is not None
    for name in names_before(text, end, known=known, weakly=weakly):
        yield _credit(name, form.manner, name.start, match.end())


def _that_count(form: Form, names: list[Name]) -> list[Name]:
    houses = [name for name in names if name.house]
    if form.asks is Asks.PERSON:
        return names[:1] if names and names[0].person else []
    if form.asks is Asks.HEARER:
        return houses[:1] if names and names[0].house else []
    if form.manner is Manner.MENTION and names and is_day(names[0].text):
        return []
    if houses or form.asks is Asks.HOUSE:
        return houses
    return names[:1]


def _credit(name: Name, manner: Manner, start: int, end: int) -> Credit:
    manner = Manner.PHOTO if name.picture and manner.whole else manner
    return Credit(name.text.lstrip("@"), manner, Span(min(start, name.start), max(end, name.end)))


def _hears(text: str, name: Name, cue: re.Match[str]) -> bool:
    """Return whether a house is told something, and not told to do something, nor part of what is ("the Hill family")."""
    if _TO_DO.match(text, name.end):
        return not cue[0].strip().startswith(("told", "tell", "asked"))
    if is_listed(name.text) and not is_common_word(name.text):
        return _NO_HEARERS.match(text, name.end) is None
    return _FOLLOWS.match(text, name.end) is not None


def _of_itself(verb: str, clause: str) -> bool:
    """Return whether a house speaks of its own affairs: "reported a 5% rise in its own revenue"."""
    if _OWN.search(clause):
        return True
    if verb in ("said", "says", "say"):
        return _SPEAKS_OF_ITSELF.match(clause) is not None
    money = _MONEY.match(clause)
    return money is not None and not _ELSEWHERE.search(clause)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at, at + FAR)
    return end if end >= 0 else min(len(text), at + FAR)
