"""The forms of words by which a text credits somebody, a line each, as regular expressions in a plain notation.

Letter case does not count. A space is white space; "~" is white space within the line, or none; "<picture>" and the
like stand for the words in `PARTS`; names follow where "…" stands at the end. In braces stand words of which the text
must hold one: the rest is not looked for where it has none. A line that is set in goes on the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from attrs import frozen

from .words import CAPITAL, MEDIUM, ROLE


class Manner(StrEnum):
    """How a text names whom it has something from: as the whole report's origin, for something in it, for a picture.

    DATELINE, CREDIT    the text as a whole comes from there; a byline is a credit line
    MENTION             something in it does
    INTERVIEW           the text asked that person itself
    PHOTO               a picture does, and the text does not
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


class Asks(StrEnum):
    """Which names count beside a cue."""

    HOUSE = "house"
    """News houses, anywhere in the row of names."""
    HEARER = "hearer"
    """A news house that was told, shown or asked something."""
    NAME = "name"
    """Any name; of a row in which houses stand, the houses."""
    PERSON = "person"
    """A person, and no house."""


@frozen
class Cue:
    """A form of words, beside which there are names that count."""

    words: re.Pattern[str]
    manner: Manner
    asks: Asks
    stems: tuple[str, ...] = ()
    """Beginnings of words of which the form holds one; none where that cannot be said."""
    first: bool = False
    """Whether the form begins with that word."""


PARTS = {
    "picture": "(?:photo(?:graph)?|foto|picture|pic|pix|image|bild|illustration|graphic|video|imagen|fot\\."
    "|crédit photo|bildquelle)",
    "files": "(?:material|reporting|reports?|files|inputs?|information|assistance|contributions?|informaci[oó]n"
    "|informazioni|despachos|dépêches|informações|informations)",
    "source": "(?:sources?|quellen?|fuentes?|fontes?|fonti|bron|kilder?|källa|izvor|źródło|forrás|zdroj|lähde"
    "|источник)",
    "text": "(?:\\w+ )?(?:article|story|report|piece|essay|post|column|interview|analysis|item|text|dispatch)",
    "out": "(?:appeared|published|posted|printed|aired|released|ran)",
    "madeout": "(?:was |has been |is )?(?:first |originally |also )?(?:appeared|published|posted|printed|co-published"
    "|republished|reprinted|syndicated|produced|supplied|provided|distributed|adapted|excerpted|reproduced|cross-posted)"
    " (?:online )?(?:with (?:the )?permission )?(?:in partnership with|in collaboration with|with|by|in|on|at|from|of)"
    " (?:the )?(?:website |site )?",
    "work": "(?:report|story|article|account|investigation|analysis|reporting|tally|count|poll|column|op-ed|essay"
    "|editorial)",
    "day": "(?:(?:on )?\\w+day )?",
    "year": "(?:\\d{4}(?:\\s?[-–]\\s?\\d{2,4})?)?",
    "media": MEDIUM,
    "role": ROLE,
    "capital": f"(?-i:{CAPITAL})",
    "here": "(?<=\\S)\\s{1,3}",
    "tense": "(?:(?:has|had|have|also|first|earlier|later|previously|exclusively|on \\w+day|\\w+day),? ){0,2}",
}
"""Words that cues share."""

PHOTO_BY_ANYBODY = r"""
(?:^|(?<=[(\[.|,;:–—/\"”]))~(?:(?:file|cover|stock|header|featured?|main
    |top) )?{<picture>}s?\s?(?:\(s\))?\s*(?:credits?|courtesy)?(?: of)?\s?(?::|\|| by |/)\s*
(?<!\w){<picture>}s?,? (?:credits? )?(?:courtesy (?:of )?|credit )
(?:^|(?<=[(\[.|]))~{photographer|photography|credits?|handout}s?\s*(?:by |:\s*|/)
{courtesy} <picture>s?\s*[,:/]\s*
(?:^|[(\[])~{file}\s*(?:/|:)\s*
"""

PHOTO_BY_A_HOUSE = r"""
(?:^|(?<=[(\[.])){<picture>}s?[\t\x20]+(?=<capital>)
(?:^|(?<=[(\[.])){<picture>}s? de …
"""

CREDIT_TO_ANYBODY = r"""
^[\x20\t(\[*–—-]*{<source>}(?: link|\(s\))?[\x20\t]?:~
^~(?:an? \w+ of )?(?:this )?<text> {first|originally} <out> (?:in|by|on|at) …
\bthe {post} [^\n]{1,150} (?:appeared first|first appeared) on …
^~(?-i:{SOURCE}) (?=<capital>)
©\s*<year>,?\s*(?:by )?
(?:^|[.(|])~(?:\(c\)|copyright\b)\s*(?:©|\(c\))?\s*<year>,?\s*(?:by )?
\b(?:\(c\)|copyright)\s*(?:(?:©|\(c\))\s*<year>|\d{4}|by\b),?\s*(?:by )?
\b{this} <text> <madeout>
\b{this} <text> (?:is )?(?:by|from|comes from|courtesy of) …
\b{republished|reprinted|reproduced|reposted|syndicated|used|cross-posted|adapted|excerpted
    |translated} (?:here )?(?:with (?:the |kind )?permission (?:of|from|by)|by permission of|courtesy of) …
\b{republished|reprinted|reposted|syndicated|cross-posted} (?:here )?from …
\b(?:h/t|hat[\x20-]tips?(?: to)?)[:\s]+
\b{via|HT} (?=@)
"""

CREDIT_TO_A_HOUSE = r"""
\bthe (?:\w+ )?{article|story|report|piece|essay|post|column|interview|analysis|item|text|dispatch} <madeout>
\b{first|originally|previously} <out> (?:in|by|on|at) …
^[\x20\t(]*{published|posted} (?:in|by|on) …
\b{reporting|writing|text|words|story} by …
\b(?:with|contains|includes|using|mit|avec|con|com) (?:des? )?(?:additional )?{<files>} (?:of|from|by|von|des?
    |d[aio]|dell[ao]|d['’]|dell['’]) …
\b(?:based on|compiled from|from) (?:an? )?(?:\w+ )?{reporting|reports?|dispatch(?:es)?|files} (?:by|from|of) …
[(–—]\s*{with|avec|mit|con|com} …
(?:^|[,;(–—:])~{with|avec} (?=(?:(?:the\x20|and\x20)?<capital>[\w-]*[\x20,/&]*){1,6}\.?[)\s]*$)
(?:^|[(\[–—])~{via} …
\b{published|auto-generated|generated|taken|supplied|sourced} from (?:an? |the )?
(?:^|[(–—])~{<files>} (?:from|by) …
^~{agency|agencies|wires?}[\x20]?:~
\b{contributed} by …
^~{courtesy} (?:of |:\s*)
"""

TOLD = r"""
\b{told|tells?|telling|informed|emailed|texted} …
\b{speaking|talking|spoke|speaks|talked|responding|confirmed|said|disclosed|revealed|admitted} (?:\w+ly )?(?:to
    |with) …
\b{speaking|said|says|appearing|appeared|writing|wrote|aired|shown|seen|claimed} <day>(?:on|in) …
\b{interviews?|chat|conversation} <day>(?:with|to|for|by|on|published (?:by|in)) …
\b{interviewed} (?:by|on|in) …
\b{statements?|comments?|remarks|emails?|letters?} (?:\w+ )?(?:to|for) …
\b{known|gave|given|granted|available|disclosed|leaked|provided|shown} to …
\b{speaking|confirmed|spoke|described|explained|disclosed|revealed}\b[^.,;\n]{1,50}? to …
\b{shared} with …
"""

REPORTED_BY = r"""
\b{reported|revealed|published|broken|quoted|carried|disclosed|uncovered|broadcast|released|written|posted
    |relayed} (?:(?:first|earlier|exclusively|last \w+|this \w+|on \w+day|\w+day) )?(?:by|in|on|as saying by
    |as telling|as saying to) …
(?:^|[,(])~{per} …
\b(?:media|outlets|newspapers|agencies|reports?)\b[^.\n]{0,40} {including} (?:by |in |from )?
,[\x20\t]+{via} …
\b{contacted|seen|received|obtained|reviewed|analy[sz]ed|viewed|verified|heard|asked|approached|cited|consulted
    |surveyed} (?:\w+ly )?by …
\b{citing|quoting|quoted|cited} (?:an? |the )?(?!by\b)
\b{<work>}s? (?:\w+ )?(?:by|in|from|on|for) …
[”\"’,;]\s*{reported|reports|wrote|writes|said|says} (?=the\b|<capital>|local\b|daily\b|<media>)
\bas (?:first )?{reported} (?:\w+ )?(?:by|in|on) …
\b{berichte[tn]|berichtete|meldet|meldete|schreibt|skriver|melder|rapporte|riporta|riferisce|informa|inform[oó]
    |reporta|relata} (?:l['’])?
\b{selon|según|laut|secondo|segundo|według|ifølge|enligt|volgens} (?:l['’])?
(?:^|(?<=[,;(.»”]\s))de {acuerdo con|acordo com} …
(?:^|(?<=[,;(.»”]\s))d['’]{après} (?:l['’])?
\bnach {informationen|angaben} …
\b(?:sagte [^.\n]{0,40}\bder|gegenüber (?:der|dem)|disse à|dijo a|déclaré à|a dit à|detto all?['’]?) (?:l['’])?
\b{wie} (?=(?:der|die|das) \w+ (?:berichtet|meldet|schreibt))
"""

ACCORDING_TO = r"""
\b{according} to (?:(?:an?|the) (?:[\w-]+ ){0,2}<work> (?:by|in|from|on) )?
"""

ACCORDING_TO_A_PERSON = r"""
\b{according} to (?:(?!(?:an?|the|of|in|by|from|its|his|her|their)\b)(?-i:[a-z][a-z-]+) ){1,3}
"""

ASKED = r"""
(?:^|\bin an? (?:\w+ )?|\ban |\bour ){interview} with …
\b(?:q\s?&\s?a with|we (?:spoke|talked|sat down) (?:to|with)|we (?:interviewed|asked)|interviewed) …
"""

CONTRIBUTED = r"""
(?=['’\s])(?:(?:['’]s|\s{1,3}(?-i:<role>))\s[^.\n]{0,80})?\s?\b{contributed}(?: to this| reporting| material|\.?\s*$)
<here>{inputs|feed|news service}\b
"""

REPORTED = r"""
(?<=[\w”\"])(?=[\s,])(?:\s{1,3}\(<capital>{2,8}\))?(?:\s{1,3}(?-i:<media>
    |news))?(?:,[^,.\n]{3,50},)?\s{1,3}<tense>(?P<verb>{reported|reports?|is reporting|revealed|reveals
    |understands|learned|learns|quoted|quotes|cited|cites|noted|notes|observed|describes?|described|wrote|writes
    |found|disclosed|scooped|broke the (?:story|news)|was (?:the )?first to report|said|says?})\b
<here>(?:(?-i:[a-z][\w-]*) )?{report|investigation|journalist|reporter|correspondent|story|poll|tally|exclusive
    |analysis}s?\b
<here>has been {told}\b
['’]s(?: <capital>\w+){1,3}(?:,\s[^,.\n]{3,50},)? {reported|reports|said|wrote}\b
<here>{berichtet|berichtete|meldet|schreibt}\b
"""

PICTURED = r"""
<here>(?:file )?{photo|picture|handout}s?\b(?=\s*(?:by|/|\)|\]|:|$))
"""

TOLD_US = r"""
<here>{told|tells|said to|said in an interview with} (?:(?-i:us)|this (?:newspaper|magazine|website|publication|paper
    |reporter|correspondent)|our (?:reporter|correspondent|newspaper))\b
"""


def _cues(manner: Manner, asks: Asks, lines: str) -> Iterator[Cue]:
    for line in re.sub(r"\n +", "", lines.strip("\n")).splitlines():
        words = line.removesuffix("…")
        while (whole := re.sub(r"<([a-z]+)>", lambda one: PARTS.get(one[1], one[0]), words)) != words:
            words = whole
        needed = re.search(r"\{([^\d,{}][^{}]*)\}", words)
        stems = tuple(_stems(needed[1])) if needed else ()
        first = words.startswith(("{", "\\b{"))
        if needed:
            words = words.replace(needed[0], f"(?:{needed[1]})")
        pattern = words.replace("~", r"[\x20\t]*").replace(" ", r"\s+")
        yield Cue(re.compile(f"(?i:{pattern})", re.MULTILINE), manner, asks, stems, first)


def _stems(alternatives: str) -> Iterator[str]:
    """Yield what the first word of each of the alternatives in braces begins with."""
    without_endings = re.sub(r"\(\?:\w+\)\?|\w\?", "", alternatives)
    for one in without_endings.split("|"):
        yield re.findall(r"[^\W\d_]+", one)[0].casefold()


BEFORE_NAMES = (
    *_cues(Manner.PHOTO, Asks.NAME, PHOTO_BY_ANYBODY),
    *_cues(Manner.PHOTO, Asks.HOUSE, PHOTO_BY_A_HOUSE),
    *_cues(Manner.CREDIT, Asks.NAME, CREDIT_TO_ANYBODY),
    *_cues(Manner.CREDIT, Asks.HOUSE, CREDIT_TO_A_HOUSE),
    *_cues(Manner.MENTION, Asks.HEARER, TOLD),
    *_cues(Manner.MENTION, Asks.HOUSE, REPORTED_BY),
    *_cues(Manner.MENTION, Asks.NAME, ACCORDING_TO),
    *_cues(Manner.MENTION, Asks.PERSON, ACCORDING_TO_A_PERSON),
    *_cues(Manner.INTERVIEW, Asks.PERSON, ASKED),
)
"""Names follow: "according to", "told", "photo:"."""

AFTER_NAMES = (
    *_cues(Manner.CREDIT, Asks.HOUSE, CONTRIBUTED),
    *_cues(Manner.PHOTO, Asks.HOUSE, PICTURED),
    *_cues(Manner.MENTION, Asks.HOUSE, REPORTED),
    *_cues(Manner.INTERVIEW, Asks.PERSON, TOLD_US),
)
"""Names precede: "reported", "contributed to this report"."""
