"""Forms in which what is said stands before the verb, or around it: "…," Quell said; …, said Quell; as Quell told …"""

from __future__ import annotations

from collections.abc import Callable

from .phrases import Phrases
from .saying import LEAST, Attribution, Verb, length
from .verbs import Words

Form = Callable[[Phrases, Verb], Attribution | None]


def said_before(phrases: Phrases, verb: Verb) -> Attribution | None:
    """Return the attribution of the first form that fits a verb."""
    if not verb.takes & {"say", "state", "tell", "think", "show"}:
        return None
    return next((found for form in FORMS if (found := form(phrases, verb)) is not None), None)


def turned_round(phrases: Phrases, verb: Verb) -> Attribution | None:
    """“…,” said *Marta Quell*."""
    quote = _free_quote(phrases, verb, verb.group)
    if quote is None or not verb.takes & {"say", "state"} or verb.word.endswith("ing"):
        return None
    end = phrases.inverted(verb.after)
    if end is None:
        return None
    return Attribution((verb.after, end), verb.cue, _around(phrases, verb, quote, end), "turned-round")


def clause_turned_round(phrases: Phrases, verb: Verb) -> Attribution | None:
    """The dam will hold, said *Marta Quell*; the dam, said Marta Quell, will hold."""
    low, lex = phrases.passage.low, phrases.lexicon
    if verb.group != verb.at or not verb.at or low[verb.at - 1] not in DASHES or "say" not in verb.takes:
        return None
    if verb.word.endswith("ing") or verb.after >= len(low) or low[verb.after] in lex["pronouns"]:
        return None
    content, end = phrases.trim(verb.free, verb.at - 1), phrases.inverted(verb.after)
    if content is None or end is None or length(content) < LEAST or RELATIVES & set(low[content[0] : content[1]]):
        return None
    following = low[end] if end < len(low) else "."
    ends = following in ENDINGS or (following in lex["prepositions"] and not phrases.has_verb((end, len(low))))
    words = phrases.passage.words
    named = verb.word in lex["barely"] and words[verb.after][0].isupper() and length(content) > LONG
    if not ends or not phrases.is_clause(content) or not (named or phrases.has_verb(content)):
        return None
    rest = phrases.trim(end, len(low)) if following == "," and low[end + 1 : end + 2] != ["who"] else None
    parts = (content,) if rest is None or low[end + 1] in lex["apposing"] else (content, rest)
    return Attribution((verb.after, end), verb.cue, parts, "clause-turned-round")


def quote_before(phrases: Phrases, verb: Verb) -> Attribution | None:
    """“…,” *Marta Quell* said."""
    subject = phrases.noun_phrase(verb.group)
    quote = None if subject is None else _free_quote(phrases, verb, subject[0])
    if quote is None:
        return None
    return Attribution(subject, verb.cue, _around(phrases, verb, quote, verb.after), "quote-before")


def amid(phrases: Phrases, verb: Verb) -> Attribution | None:
    """The dam, *Marta Quell* said, will hold."""
    low, subject = phrases.passage.low, phrases.noun_phrase(verb.group)
    if subject is None or subject[0] < 2 or low[subject[0] - 1] != "," or not _brings(phrases, verb, subject):
        return None
    rest = phrases.trim(verb.after, len(low))
    if low[verb.after : verb.after + 1] != [","] or length(rest) <= LEAST or not phrases.speaks(subject, verb.takes):
        return None
    assert rest is not None
    content = phrases.trim(verb.free, subject[0] - 1)
    parts = (rest,) if content is None or not phrases.is_clause(content) else (content, rest)
    return Attribution(subject, verb.cue, parts, "amid")


def clause_before(phrases: Phrases, verb: Verb) -> Attribution | None:
    """The dam will hold, *Marta Quell* said on Friday."""
    low, lex, subject = phrases.passage.low, phrases.lexicon, phrases.noun_phrase(verb.group)
    if subject is None or subject[0] <= LEAST or low[subject[0] - 1] not in DASHES or low[subject[0]] == "who":
        return None
    if not (_brings(phrases, verb, subject) or "tell" in verb.takes) or (
        verb.word in lex["nouns"] and not (phrases.is_many(verb.group) or phrases.is_document(subject))
    ):
        return None
    following = low[verb.after] if verb.after < len(low) else "."
    ends = (
        following in ENDINGS - {":"}
        or any(following in lex[kind] for kind in ("prepositions", "times"))
        or ("tell" in verb.takes and phrases.hearer(verb.after) > verb.after)
    )
    if not ends or "that" in low[verb.after : verb.after + 12] or not phrases.speaks(subject, verb.takes):
        return None
    content = phrases.trim(verb.free, subject[0] - 1)
    if content is None or length(content) < LEAST or not phrases.is_clause(content):
        return None
    if low[content[1] - 1] in lex["personal"] | lex["titles"] and not phrases.has_verb(content):
        return None  # an office, whose bearer's name follows
    return Attribution(subject, verb.cue, (content,), "clause-before")


def as_told(phrases: Phrases, verb: Verb) -> Attribution | None:
    """As *Marta Quell* told the board, the dam will hold; the dam will hold, as Marta Quell said."""
    low, subject = phrases.passage.low, phrases.noun_phrase(verb.group)
    if subject is None or not subject[0] or low[subject[0] - 1] != "as" or not verb.takes & {"say", "state", "tell"}:
        return None
    after = phrases.hearer(verb.after) if "tell" in verb.takes else verb.after
    if subject[0] == 1:
        comma = next((place for place in range(after, min(after + 10, len(low))) if low[place] == ","), None)
        content = None if comma is None else phrases.trim(comma, len(low))
    else:
        ends = after >= len(low) or low[after] in ENDINGS or low[after] in phrases.lexicon["times"]
        content = phrases.trim(verb.free, subject[0] - 1) if ends and low[subject[0] - 2] in DASHES else None
    if content is None or length(content) < LEAST or not phrases.speaks(subject, verb.takes):
        return None
    return Attribution(subject, verb.cue, (content,), "as-told")


def quoting(phrases: Phrases, verb: Verb) -> Attribution | None:
    """“…,” *Quell* quoted *Odman* as saying; Odman was quoted as saying …; Odman quoted as saying …"""
    low = phrases.passage.low
    place = quoted_at(phrases, verb.at)
    if place is None:
        return None
    subject = phrases.noun_phrase(verb.group)
    if subject is None and not verb.word.endswith("ing"):
        return None
    after = phrases.trim(place + 2, len(low))
    quote = phrases.quote_before(subject[0] if subject else verb.group) if after is None else after
    if quote is None:
        return None
    if place == verb.after or phrases.is_passive(verb.at, verb.group):
        return Attribution(subject, (verb.group, place + 2), (quote,), "quoted")
    quoter = subject or verb.spoke or phrases.leading()
    return Attribution(quoter, (verb.group, place + 2), (quote,), "quoting", ((verb.after, place),))


def quoted_at(phrases: Phrases, at: int) -> int | None:
    """Return where "as saying" stands after a verb of quoting."""
    low = phrases.passage.low
    if not low[at].startswith(("quot", "cit")):
        return None
    return next(
        (place for place in range(at + 1, min(at + 14, len(low) - 1)) if low[place : place + 2] == AS_SAYING), None
    )


def _brings(phrases: Phrases, verb: Verb, subject: Words) -> bool:
    """Return whether what is said may stand before a verb without marks: she said, records show."""
    return bool(verb.takes & {"say", "think"}) or ("show" in verb.takes and phrases.is_document(subject))


def _free_quote(phrases: Phrases, verb: Verb, at: int) -> Words | None:
    """Return the quotation before a word, if nobody before has said it and the sentence goes on after it."""
    quote = phrases.quote_before(at)
    if quote is None or quote[1] <= verb.free or phrases.is_title(quote):
        return None
    bare = verb.word in phrases.lexicon["barely"] and quote[0] == 0 and phrases.passage.low[quote[1] - 2] != "."
    return quote if bare or phrases.goes_on(quote) else None


def _around(phrases: Phrases, verb: Verb, quote: Words, end: int) -> tuple[Words, ...]:
    """Return the quotation before a verb with what leads to it, and one that goes on after it."""
    low, begin = phrases.passage.low, verb.free if quote[0] else 0
    rest = next((part for part in phrases.passage.quotes if part[0] >= end), None)
    if rest is None or any(low[word] not in ",:.;" for word in range(end, rest[0])):
        return ((begin, quote[1]),)
    return (begin, quote[1]), rest


FORMS: tuple[Form, ...] = (turned_round, clause_turned_round, quote_before, amid, clause_before, as_told)
LONG = 5
"""Words before "said Quell" from which on they are a clause, though no helping verb shows it."""

DASHES = frozenset((",", "—", "–"))
ENDINGS = frozenset(".,;)—–:?!")
RELATIVES = frozenset(("who", "whose", "which"))
AS_SAYING = ["as", "saying"]
