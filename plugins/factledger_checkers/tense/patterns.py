"""The English words that put a date into the past or the time to come, and those that keep it out of either."""

from __future__ import annotations

import re

_IRREGULAR = (
    "became|began|bore|born|bought|broke|brought|built|came|caught|chose|cut|dealt|died|drew|drove|fell|felt|fled|flew|fought|"
    "found|gave|got|grew|had|held|hit|kept|killed|laid|led|left|lost|made|met|paid|quit|ran|rose|sank|saw|seized|sent|"
    "shot|shut|slain|sold|spent|spoke|split|spread|stood|stole|stolen|struck|swore|taken|threw|took|tore|went|withdrew|"
    "won|written|wrote"
)
_NO_PAST = "hundred|sacred|naked|need|feed|speed|seed|indeed|[a-z]+ceed"
_NOT_PLANNED = (
    "plan|expect|intend|agree|announce|approve|ask|decide|have|hope|need|order|promise|propose|schedule|set|want"
)
_PERFECTS = "[a-z-]+(?:ed|en|un|ght|ld|wn)|won|lost|cut|hit|made|put|left|met|become|run"
_TURN = "also |since |not |already |all |both |now |only |never |long |[a-z]+ly "

PAST = re.compile(
    rf"(?<![\w-])(?P<verb>(?:was|were|had been)\s+(?:\w+ly |also |then |soon |finally )?(?P<done>set up|[a-z-]+)|"
    rf"did(?: not|n['’]t) (?!(?:{_NOT_PLANNED})\b)(?P<undone>[a-z]+)|(?:was|were)(?=$| [A-Z]{{0,2}}[$£€]?[0-9])|"
    rf"(?:has|have|had) (?:{_TURN})?(?:been )?(?P<perfect>set up|{_PERFECTS})|"
    rf"(?:accused of having|(?:alleged|believed|known|reported|said|suspected|thought) to have) (?:been )?"
    rf"(?P<deemed>{_PERFECTS})|"
    rf"(?P<did>(?:called|broke|set) off|set up|(?:re|over|under|with)?(?:{_IRREGULAR})|"
    rf"(?!{_NO_PAST})(?:(?:co|pre|re)-)?[a-z]{{2,}}ed))(?![\w-])"
)
FUTURE = re.compile(
    r"(?<![\w-])(?P<verb>(?:will|shall|won't|won’t)(?: not| also| then| now| be)? (?P<done>[a-z]+)|"
    r"(?:is|are) (?:set |due |going |scheduled |expected )?to (?:be )?(?P<then>[a-z]+)|plans? to (?P<meant>[a-z]+))"
    r"(?![\w-])"
)
PLANNED = re.compile(
    r"(?:about|advertised|agreed|aimed|allocated|allowed|announced|approved|arranged|asked|authori[sz]ed|awarded|"
    r"believed|billed|booked|budgeted|called|cancelled|canceled|changed|committed|considered|decided|delayed|deferred|"
    r"demanded|discussed|drafted|due|envisaged|envisioned|estimated|expected|extended|feared|fixed|forecast|foreseen|"
    r"gave|given|going|granted|guaranteed|hoped|imagined|intended|invited|likely|linked|mandated|meant|moved|needed|negotiated|"
    r"nominated|offered|ordered|planned|pledged|postponed|predicted|prepared|projected|promised|proposed|put|ready|"
    r"renewed|required|rescheduled|reserved|scheduled|seen|selected|set|slated|sought|submitted|supposed|targeted|"
    r"threatened|tipped|to|told|urged|used|valid|vowed|wanted|warned|had|has|have|not|never|still|on|for|of|in)"
)
"""Verbs of plans and words: a date behind them may be that of what was planned."""

TIMED = re.compile(
    r"booked|delayed|deferred|due|expected|fixed|forecast|moved|planned|postponed|predicted|projected|put|rescheduled|"
    r"scheduled|set|slated"
)
"""Of these, those whose date is that of the plan even where it is told by whom: "set by the council for 5 May"."""

BY_TIMETABLE = re.compile(
    r"(?:re)?(?:began|came|closed|died|ended|expired|faced|fell|finished|lapsed|lasted|left|matured|met|opened|owed|"
    r"paid|ran|resumed|retired|returned|started|took effect|wanted|went)\b"
)
"""Verbs of which a report's past may be the present of what is to come: he said that the lease ended in 2035."""

BY_WHOM = re.compile(r" by [^,]+$")
OF_A_NOUN = frozenset("based called collected dated issued known named passed published released said".split())
"""Participles that, bare, rather belong to the noun before them: "the figures published in May"."""

OBJECT = re.compile(r" (?:an?|the|its|his|her|their|no|any|some|[0-9]+)\b")
"""Behind such a word where it is a verb after all: "parliament passed a resolution"."""

NO_VERB = re.compile(
    r"\b(?:the|a|an|his|her|its|their|our|my|your|at|of|in|free|good|ill|last|living|political|(?-i:this)|any|to|"
    r"(?:of|in|on|at|by|for|with|from|and|but) that|"
    r"if|whether|when|until|as|newly|recently|so-called|be|been|being|is|are|has|have|[a-z]+-)\s?$",
    re.IGNORECASE,
)
"""Before a word that looks like a verb and is none: "the elected council", "is closed"."""

BRACKETED = re.compile(r"\([^()]*\)")
SCARE_QUOTES = re.compile(r"(?<![^\s(])[“\"]((?:[\w'’-]+ ?){1,4})[”\"](?=[\s,)]|$)")
"""A few words between quotation marks that are part of their sentence: "were “cleansed” in 1991"."""

CAME_ABOUT = re.compile(
    r"\b(?:caus|forc|prompt|help|inspir|provok)(?:ed|ing)(?: (?!to\b)[\w'’.-]+){0,6} to(?= [a-z])|"
    r"\b(?:led|drove|leading|driving)(?: (?!to\b)[\w'’.-]+){1,6} to(?= [a-z])"
)
"""Words up to an infinitive that comes about with them: "caused the mayor to flee"."""

_NO_DOING = (
    "during|including|following|king|spring|morning|evening|nothing|everything|bring|string|fighting|uprising|"
    "bombing|shooting|killing|neighbou?ring|leading|ruling|supporting"
)
"""Words in -ing that begin no clause of what is to come."""


def _not_behind(words: str) -> str:
    """Return a pattern of what stands behind none of these words."""
    return "".join(rf"(?<!\b{word} )" for word in words.split())


_TO = _not_behind(
    "able according began came continued failed first forced helped last led managed prior response returned thanks"
)
_TO_A_NOUN = "court|death|defeat|jail|life|office|power|prison|victory|war"
_FOR = _not_behind("applied arrested filed fined fought jailed Prize sold sued")
_ING = _not_behind("the a of by , after began begun kept resumed started stopped") + "(?<!-)(?<!ly )"
"""Behind these, what follows comes about with the verb, or is no clause: "managed to", "stopped paying"."""

BETWEEN = re.compile(
    rf"[;:()\[\]“”\"«»?!\n]|\s[-–—]\s|[—–]|(?<=[a-z] )\.(?=[A-Z])|"
    rf"{_TO}\bto (?!(?:form|win|{_TO_A_NOUN})\b|[A-Z0-9]|"
    rf"(?:the|a|an|its|his|her|their|all|[a-z]+[^su\W]s|[a-z]+ing)\b)|"
    rf"{_FOR}\bfor\b(?! (?:[0-9]+|two|three|four|five|several|many|(?:an?|the) \w+ time\b))|"
    rf"\b(?:that|if|unless|because|since|than(?! [0-9]|\s*$)|until|till|ahead|before|whereas|while|called|dated|due|"
    rf"plan(?:s|ned|ning)?|schedul\w*|propos\w*|expected|based|published|released|issued|collected|effective|vote on|"
    rf"talks? on|decision on|deal on|next|future|upcoming|(?<!-)term|contract|deadline|goal|target(?! of)|end of|"
    rf"run-up)\b|"
    rf"\b(?:starting|beginning|ending|expiring|running|lasting|covering|maturing|taking effect)\b|"
    rf"{_ING}\b(?!being|{_NO_DOING})[a-z]{{2,}}ing\b"
)
"""What makes the verb and the date two things: another clause, an infinitive, a participle, what is yet to come."""

ASIDE = re.compile(r", (?:who|which) [^,;:]*$")
"""A clause that is told as so, whatever its sentence is of: "the pier, which was built in 1990, may close"."""

INSERTED = re.compile(r", (?:who|which|whose|whom) [^,;:]*,")
INCLUDING = re.compile(r", including [^,]*,")

FRONT = re.compile(
    r"[;:\[\]“”\"«»?!\n]|[—–]|\b(?:that|who|which|whose|where|when|while|if|unless|because|until|till|plan(?:s|ned|ning)?|propos\w*)\b"
)
"""What makes a date at the head of a sentence that of another clause than the first."""

HEAD = re.compile(
    r"\W*(?:(?:But|And|So|Yet|Then|Later|Earlier|Early|Late|Back|Also|Only|Again|Meanwhile|However|Instead|At|In|On|Under|"
    r"After|Before|Following|By|From|With)\b[^,;:]*,?)?\s*$|[A-Z][^,;:“”\"]*,\s*$|.*(?:--|[;:–—])\s*$"
)
"""What may stand before a date at the head of a sentence."""

CLAUSE_BEGINS = re.compile(r"(?:\bthat|, (?:and|but|so|while|whereas))\s*$")
"""Before a date at the head of a further clause: "the report says that in 1994 ...", "it fell, and in 1994 ..."."""

CHANGED = re.compile(r"cut|increased|lowered|lifted|raised|reduced|revised|trimmed")
"""What is done to figures of a year to come as well: "payments in 1988 were cut"."""

COMPARED = re.compile(r" (?:after|against|compared|despite|from|same|than|versus|vs|this (?:month|quarter|year))\b")
"""Between what will be and the date of what it is compared with: "will rise to nine from five in 1990"."""

_TO_COME = (
    "[a-z]*(?:games|cup|olympics|elections?|votes?|polls|summit|meeting|conference|festival|tournament|expo|budgets?|"
    "deadline|season|tour|exhibition|race|referendum|plans?|bids?|talks|contracts?|sales|prices|futures|demand|target|"
    "goal|forecasts?|estimates?|projections?|quota|limit|campaign|candidates?|hopes?|proposals?|preparations|call)"
)
"""Nouns of what is planned: a date behind one may be that of the plan."""

SUBJECT = re.compile(
    rf".*\b(?:who|which)$|[A-Z][\w'’.-]*(?: (?!(?:of|for|to|on|at|by|in|with|from|about|against|over|is|are|has|have|"
    rf"{_TO_COME})\b)[\w'’-]+){{0,4}}$"
)
"""A subject whose date stands between it and its verb: "the council in 1990 banned it"."""

LONG_SUBJECT = re.compile(
    rf".*\bwhose(?: (?!{_TO_COME}\b)[\w'’-]+){{1,4}}$|"
    rf"[“\"]?[A-Z][\w'’.-]*"
    rf"(?: (?!(?:is|are|has|have|says?|that|if|for|to|about|over|maturing|ending|{_TO_COME})\b)[\w'’.-]+){{1,16}},?$"
)
"""A longer one, whose verb follows the date at once: "the siege of the port in 1990 left nine dead"."""

AT_ONCE = re.compile(r",?\s+(?:also |alone |[a-z]+ly )?$")

OPENING = re.compile(r"(?:First |Originally )?(?:Born|Built|built|[A-Za-z][a-z]+ed)\b")
"""A participle at the head of a sentence: "Founded in 1990, ..."."""

ON = re.compile(
    r"(?:\s(?P<inside>on|in|during|throughout)|^(?P<first>On|In|During|Throughout))\s(?:the\s)?"
    r"(?:(?:night|morning|afternoon|evening|day) of\s)?$"
)
UNREAL = re.compile(
    r"\b(?:imagine\w*|fictional|novel|film|fiction|hypothetical\w*|suppose|wish\w*|set in)\b", re.IGNORECASE
)
"""Words of a sentence that is not of what is so: no past tense in it is plain."""

AHEAD = re.compile(
    r"\b(?:will|shall|would|may(?! [0-9])|might|could|should|must|can|won't|won’t|going to|to be|scheduled|expects? |"
    r"hopes? to|intends? |(?<!the )aims? to|upcoming|tomorrow|deadline|expires?|matures?|forecast\w*|predict\w*|"
    r"project(?:ed|ions?)|[Ii]f|[Ww]hether|[Uu]nless)\b"
)
"""Words of a clause that is of what is to come; those in a clause behind it say nothing of it."""

CLAUSE_ENDS = re.compile(r"[,;:—]| (?:and|but|while|whereas|when|where|which|who|because|although|despite) ")
SINCE = re.compile(
    r"(?:^Since|^[“\"]?Ever since|(?<!,) since)(?: (?!is |are |will |would |has |have )[^\s,;:()\"“”]+){1,24}$"
)
PERFECT = re.compile(r"\b(?:has|have|had|first|last|only|most|never|[a-z]{2,}est)\b")
"""What goes with "since" where it is said of a time, and is no reason."""

AFTER_DOING = re.compile(
    rf"\b(?:after|since) (?:[a-z]+ly )?(?!(?:meeting|building|hearing|training|{_NO_DOING})\b)"
    r"[a-z]+ing\b[^;:,()“”\"]*$"
)
"""What was done before: "is serving nine years after being convicted in 2005"."""

TOLD_BEHIND = re.compile(
    r",? (?:(?P<at>when|where) (?!(?:it|they|he|she) (?:is|are)\b)(?:[\w'’.-]+ ){1,8}?|(?P<of>which|that|who) )$"
)
"""Before a past verb behind a date, in a clause that is of that time: "in 2004, when the bridge fell"."""

NOT_YET = re.compile(
    rf"\b(?:plan\w*|propos\w*|call(?:s|ed|ing)? for|schedul\w*|expect\w*|hop(?:es?|ed|ing)|want\w*|due|next|future|"
    rf"fear\w*|threat\w*|risk|warn\w*|prepar\w*|possible|attempted|foil\w*|thwart\w*|plot\w*|{_TO_COME})\b"
)
"""Words of a sentence that may tell of what has not come about."""

_STRUCK = (
    "(?:massacre|murder|assassination|coup|putsch|killing|rape|earthquake|quake|tsunami|crash|explosion|blast|bombing|"
    "shooting|uprising|genocide|riot|kidnapping|abduction|hijacking|sinking|outbreak|collapse|disaster|invasion|"
    "disappearance|siege|revolution|famine|crackdown|revolt|rebellion|mutiny|shipwreck|fire|death)s?"
)
STRUCK = re.compile(
    rf"\b(?:the|an?|its|his|her|their|series of|several|two|three)\s(?:[\w-]+ ){{0,4}}?{_STRUCK}"
    r"(?: (?:of|at|on|by|against|with|near|in)(?: (?!(?:in|will|is|are|was|were)\b)[\w'’.-]+){1,12})?,?$"
)
"""An event that nobody dates beforehand, up to its date: "the killing of four men in 1996"."""

STRUCK_BEHIND = re.compile(rf" (?:[\w-]+ ){{0,2}}?{_STRUCK}\b(?! (?:plan|plot|drill|exercise))")
"""The same behind a date: "in the 1992 murder of four men"."""

REPORTED = re.compile(
    r"\b(?:said|says|saying|told|tells|announced|promised|vowed|wrote|writes|added|predicted|according|stated|claimed|"
    r"reported|read|reads)\b",
    re.IGNORECASE,
)
