"""Who is said to have said the words at one place of a text, where the text says so beside them in so many words.

Only plain forms are read: "…," said Marta Quell; "…," Quell told reporters; Quell said: "…"; according to Quell; and
the label of a transcript, QUELL: … Where it takes more than that, or two names stand there, no name is given.
"""

from __future__ import annotations

import re

from .paragraphs import paragraphs
from .quotations import quoted
from .spans import Span

_VERB = (
    "(?:said|says|told|tells|added|adds|asked|asks|replied|answered|wrote|writes|explained|announced|insisted|warned|"
    "argued|stated|recalled|noted|declared|admitted|continued|tweeted|posted|claimed|promised)"
)
_NAME = r"(?P<name>[A-Z][\w'’.-]*(?:\s(?:(?:de|van|von|der|la|bin|al|del)\s)?[A-Z][\w'’.-]*){0,4})"
_APPOSITION = r"(?:,[^,.;:\"“”]{1,80},)?"
_OFFICE = (
    r"(?:(?:the|a|its|an)\s)?"
    r"(?:(?!(?:on|in|at|to|that|of|by|from|after|before|during|as|for|he|she|they|it)\b)[a-z][\w'’-]*\s){0,4}"
)
_INVERTED = re.compile(rf"\s*[,–—-]?\s*{_VERB}\s{_OFFICE}{_NAME}")
_FOLLOWING = re.compile(rf"\s*[,–—-]?\s*{_OFFICE}{_NAME}{_APPOSITION}\s(?:also\s|later\s)?{_VERB}\b")
_SOURCE = re.compile(rf"\s*[,–—-]?\s*according\sto\s{_OFFICE}{_NAME}")
_SOMEONE_SPEAKS = re.compile(rf"\s*[,–—-]?\s*(?:[\w'’]+\s){{0,4}}{_VERB}\b")
_BEFORE = (
    re.compile(rf"(?:\A|[\s(]){_NAME}{_APPOSITION}\s(?:also\s|later\s)?{_VERB}(?:\s[\w'’]+){{0,5}}\s*[:,]?\s*\Z"),
    re.compile(rf"[Aa]ccording\sto\s{_OFFICE}{_NAME}{_APPOSITION}\s*[,:]\s*\Z"),
)
# What stands between two quotations of one speaker: …,” Quell said. “…
_BETWEEN = (
    re.compile(rf"[,?!]\s*[\"”»],?\s+{_NAME}\s{_VERB}[^\"“”.]{{0,60}}\.\s*\Z"),
    re.compile(rf"[,?!]\s*[\"”»],?\s+{_VERB}\s{_OFFICE}{_NAME}[^\"“”.]{{0,60}}\.\s*\Z"),
)
_LABEL = re.compile(r"\s*(?P<name>[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){0,3})\s?:\s")
_NO_NAMES = frozenset(
    """He She They We I It You The A An That This There What Who And But Then Later However Q Note Source Image Photo
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December""".split()
)
_MARKS = '"“”«»'

NEAR = 160
"""How far from a quotation its speaker is looked for, in characters."""


def said_by(text: str, span: Span, tag: str | None = None) -> str | None:
    """Return the name that a text gives for the speaker of the words at `span`; None where it is not plain.

    `tag` is the language of the text, by which its quotation marks are read.
    """
    where = next((one for one in paragraphs(text) if one.start <= span.start < one.end), Span(0, 0))
    paragraph, start = where.of(text), span.start - where.start
    place = next((one for one in quoted(paragraph, tag) if one.start - 1 <= start < one.end), None)
    if place is None:
        label = _LABEL.match(paragraph)
        return _proper(label["name"]) if label and label.end() <= start else None
    before = paragraph[max(0, place.start - NEAR) : place.start].rstrip()[:-1]
    inside, after = paragraph[place.start : place.end], paragraph[place.end : place.end + NEAR].lstrip(_MARKS)
    # After a full stop a name and a verb bring the next quotation: … gone.” Reyes said: “…
    goes_on = inside[-1:] in ",?!–—-" or after[:1] == ","
    forms = (_INVERTED, _SOURCE, _FOLLOWING) if goes_on else (_INVERTED, _SOURCE)
    found = [match["name"] for form in forms if (match := form.match(after))][:1]
    found += [match["name"] for form in _BEFORE if (match := form.search(_last_sentence(before)))][:1]
    if not found and not _SOMEONE_SPEAKS.match(after):
        found = [match["name"] for form in _BETWEEN if (match := form.search(before))]
    names = {_proper(name) for name in found}
    return names.pop() if len(names) == 1 else None


def _last_sentence(before: str) -> str:
    return re.split(r"[.!?][\"”]?\s+(?=[A-Z\"“])", before)[-1]


def _proper(name: str) -> str | None:
    name = name.rstrip(".'’")
    words = name.split()
    return None if not words or words[0] in _NO_NAMES or words[-1] in _NO_NAMES else name
