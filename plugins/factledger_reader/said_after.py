"""Forms in which what is said follows the verb: said that …; said: "…"; said … ; called it "…"; described it as …"""

from __future__ import annotations

from attrs import frozen

from .phrases import STOPS, Phrases
from .saying import Attribution, Verb, speaker_before
from .verbs import Words, is_adverb

FAR = 16
"""Words that may stand between a verb and the "that" or the quotation it brings: said in a speech on Friday that …"""


@frozen
class Following:
    """Words that follow a verb as what is said, and by which form."""

    content: Words
    form: str


def said_after(phrases: Phrases, verb: Verb) -> Attribution | None:
    """Return the attribution of a verb that brings what is said, if somebody stands before it who can say so."""
    source = speaker_before(phrases, verb)
    found = None if source is None else _following(phrases, verb, source)
    if found is None or source is None:
        return None
    content = phrases.trim(found.content[0], _until(phrases, source, found.content))
    return None if content is None else Attribution(source, verb.cue, (content,), found.form)


def _until(phrases: Phrases, source: Words, content: Words) -> int:
    """Return where what is said ends: with a clause that leads in: after saying so, Quell left."""
    low, (first, end) = phrases.passage.low, content
    if first < source[0] < end:
        return source[0]
    leads = source[0] == 1 and low[0] in phrases.lexicon["boundaries"] and not phrases.passage.inside[first]
    return next((at for at in range(first, end) if leads and low[at] == ","), end)


def _following(phrases: Phrases, verb: Verb, source: Words) -> Following | None:
    low, lex, end = phrases.passage.low, phrases.lexicon, len(phrases.passage)
    after = _past_particle(phrases, verb)
    if after is None:
        return None
    told = phrases.hearer(after) if verb.takes & {"tell", "bid"} else after
    start = told
    while start < end and (low[start] in lex["adverbs"] or is_adverb(low[start], lex)):
        start += 1
    if start >= end:
        return None
    first, form = _begin(phrases, verb, start, source, heard=told > after)
    content = None if first is None else phrases.trim(first, end)
    return None if content is None else Following(content, form)


def _begin(phrases: Phrases, verb: Verb, start: int, source: Words, *, heard: bool) -> tuple[int | None, str]:
    """Return the first word of what is said and its form; None where nothing is."""
    low, lex, takes = phrases.passage.low, phrases.lexicon, verb.takes
    word, says = low[start], takes & {"say", "state", "tell"}
    if word == "to" and takes & ({"bid"} if heard else {"aim"}):
        return start, "to"
    if word == "that" and takes - {"quote"}:
        return (None, "") if low[start + 1 : start + 2] and low[start + 1] in ".,;" else (start, "that")
    if word in lex["embedded"] and takes & {"say", "show", "tell"} and not (heard and word == "who"):
        return start, "question"
    if says and word == "about" and low[start + 1 : start + 2] and low[start + 1] in lex["embedded"]:
        return start + 1, "question"
    mark = start + 1 if word in (":", ",") else start
    if phrases.opens_quote(mark) and (says or takes & {"quote", "think"}):
        return mark, "quote"
    if word == ":" and says:
        return start + 1, "colon"
    later = _later(phrases, verb, start)
    if later is not None:
        return later, "later-that" if low[later] == "that" else "later-quote"
    counted = "show" in takes and phrases.is_document(source)
    if heard and word in lex["prepositions"]:
        ends = lex["subjects"] | STOPS
        near = next((place for place in range(start, min(start + 7, len(low))) if low[place] in ends), None)
        if near is not None and low[near] in lex["subjects"]:
            return near, "clause"
    if takes & {"say", "think", "state"} or heard or counted:
        dated = word in lex["times"] and not lex["auxiliaries"] & set(low[start + 1 : start + 2])
        clause = start + 1 if dated else start
        if _is_clause(phrases, clause, verb, counted=counted):
            return clause, "clause"
    return _framed(phrases, verb)


def _past_particle(phrases: Phrases, verb: Verb) -> int | None:
    """Return the word after a verb and the small word that belongs to it: pointed *out*, made *clear*."""
    particle = phrases.lexicon.particles.get(verb.word)
    if particle is None:
        return verb.after
    low, after = phrases.passage.low, verb.after
    after += low[after : after + 1] == ["it"]  # made it clear
    return after + 1 if low[after : after + 1] == [particle] else None


def _framed(phrases: Phrases, verb: Verb) -> tuple[int | None, str]:
    """Return what is said with a small word of the verb's own: described the law *as* a bluff."""
    low = phrases.passage.low
    for word in phrases.lexicon.frames.get(verb.word, ()):
        for place in range(verb.after, min(verb.after + 11, len(low))):
            if low[place] == word and not phrases.passage.inside[place]:
                return verb.after, word
            if low[place] in STOPS or low[place] in phrases.lexicon["boundaries"] - {word}:
                break
    return None, ""


def _later(phrases: Phrases, verb: Verb, start: int) -> int | None:
    """Return where "that" or a quotation begins after what stands between: said in May that …; called her "…"."""
    low, lex, takes = phrases.passage.low, phrases.lexicon, verb.takes
    says = takes & {"say", "state", "tell", "show"}
    between = low[start] in lex["prepositions"] or low[start] in lex["times"] or low[start] == ","
    if low[start] == "," and low[start + 1 : start + 2] and low[start + 1] in lex["determiners"]:
        return None
    if not between and "quote" not in takes:
        return None
    for place in range(start + 1, min(start + FAR, len(low))):
        word = low[place]
        if phrases.opens_quote(place):
            return place if between and says else start if "quote" in takes else None
        if phrases.passage.inside[place] or (not says and word in (",", "and", "to")):
            return None
        if word == "that" and between and says and low[place - 1] not in lex["prepositions"]:
            return place
        if word == ":" and phrases.opens_quote(place + 1):
            continue
        if word in (";", ":", "—") or (word not in lex["nouns"] and "say" in lex.verbs.get(word, ())):
            return None
    return None


def _is_clause(phrases: Phrases, at: int, verb: Verb, *, counted: bool) -> bool:
    """Return whether a clause without "that" begins at a word; a bare object does not: wrote *a book*."""
    low, lex, words = phrases.passage.low, phrases.lexicon, phrases.passage.words
    rest = len(low) - at
    if rest < 3 or low[at : at + 2] == ["not", "to"]:
        return False
    word, bare = low[at], counted or verb.word in lex["barely"]
    if word in lex["subjects"]:
        return True
    noun = verb.word in lex["nouns"] and not counted and not phrases.is_many(verb.group)
    if noun or (word in lex["objects"] and low[at + 1] in STOPS):
        return False
    if word in lex["boundaries"] or word in lex["prepositions"]:
        return bare and word not in lex["after_objects"]
    opens = word in lex["clause_openers"] or words[at][0].isupper() or word[0].isdigit()
    if bare:
        return opens or word in lex["auxiliaries"] or (rest >= 5 and word not in lex["objects"])
    near = low[at + 1 : at + 12]
    return opens and any(each in lex["auxiliaries"] or each in lex["subjects"] for each in near)
