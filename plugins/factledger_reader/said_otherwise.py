"""Forms that have no verb of somebody's: according to Quell, …; as reported by Quell; Quell: …"""

from __future__ import annotations

from collections.abc import Iterator

from .phrases import STOPS, Phrases
from .saying import LEAST, Attribution, length
from .verbs import Words


def according(phrases: Phrases, at: int, free: int) -> Attribution | None:
    """According to *Marta Quell*, …; …, according to Marta Quell."""
    passage, low = phrases.passage, phrases.passage.low
    first = end = at + 2
    while end < len(low) and not passage.inside[end] and low[end] not in STOPS:
        if end > first and low[end] in ("who", "which", "that"):
            break
        end += 1
    before = low[max(0, at - 2) : at]
    leads = at == 0 or (before[-1] if before[-1] != "," else before[0]) in _LEADING_IN
    goes_on = _goes_on(phrases, first, end) if leads else end
    if goes_on < end:
        content = phrases.trim(goes_on, len(low))
    else:
        content = phrases.trim(_past_apposition(phrases, first, end), len(low)) if leads else phrases.trim(free, at)
    if goes_on == first or content is None or length(content) < 2:
        return None
    return Attribution((first, goes_on), (at, at + 2), (content,), "according")


def _goes_on(phrases: Phrases, first: int, end: int) -> int:
    """Return where the sentence goes on after "according to Quell" without a comma; the end where it does not.

    A comma further on that brings a clause ends it instead: according to a report the agency published, ….
    """
    low, lex = phrases.passage.low, phrases.lexicon
    rest = (end + 1, len(low))
    if low[end : end + 1] == [","] and phrases.is_clause(rest) and phrases.has_verb(rest):
        return end
    apart = lex["prepositions"] | lex["determiners"] | {"of", "and", "or"}
    for at in range(first + 1, end - 1):
        vague = low[at] in lex["about"] and phrases.is_number(at + 1)
        begins = low[at] in lex["determiners"] | lex["subjects"] or phrases.is_number(at)
        titled = low[at] in lex["alone"] and phrases.has_verb((at, end))
        if (vague or titled or (begins and low[at + 1] not in apart)) and low[at - 1] not in apart:
            return at
    return end


def reported_by(phrases: Phrases, at: int) -> Attribution | None:
    """As reported by *the Gazette*, the dam will hold; the meeting was first reported by the Gazette."""
    low, group = phrases.passage.low, phrases.group(at)
    if not group or low[at + 1 : at + 2] != ["by"] or phrases.passage.inside[at]:
        return None
    first = end = at + 2
    while end < len(low) and low[end] not in STOPS:
        end += 1
    if low[group - 1] == "as":
        content = phrases.trim(end, len(low)) if group == 1 else phrases.trim(0, group - 1)
        return None if end == first or content is None else _told((first, end), (group, at + 2), content)
    later = phrases.lexicon["times"] | phrases.lexicon["prepositions"] - {"of"}
    end = next((place for place in range(first, end) if low[place] in later), end)
    told = "say" in phrases.lexicon.verbs[low[at]] and (phrases.is_passive(at, group) or low[group:at] == ["first"])
    content = phrases.trim(0, group)
    named = end > first and phrases.speaks((first, end), frozenset(("say",)))
    if content is None or length(content) < 2 or not (told and named):
        return None
    return _told((first, end), (group, at + 2), content)


def _told(source: Words, cue: Words, content: Words) -> Attribution:
    return Attribution(source, cue, (content,), "as-told")


def _past_apposition(phrases: Phrases, first: int, at: int) -> int:
    """Return where the clause begins after "according to Quell, who chairs it, " or "its chair, Marta Quell, "."""
    low, words, lex = phrases.passage.low, phrases.passage.words, phrases.lexicon
    if low[at : at + 1] != [","] or not low[at + 1 : at + 2]:
        return at + 1
    end = next((end for end in range(at + 2, min(at + 25, len(low))) if low[end] == ","), at)
    named = all(word[0].isupper() or word in lex["particles"] for word in words[at + 1 : end])
    offices = lex["personal"] | lex["titles"]
    a_name = words[at - 1][0].isupper()
    apposes = (
        low[at + 1] in ("who", "which", "whose", "quoting", "citing")
        or (low[at + 1] in ("a", "an") and a_name)
        or (named and bool(offices & set(low[first:at])) and not (a_name and low[first] not in lex["determiners"]))
        or (a_name and _is_office(phrases, at + 1, end))
    )
    return end + 1 if apposes else at + 1


def _is_office(phrases: Phrases, first: int, end: int) -> bool:
    """Return whether words say what somebody is: *Harbour Services president*, *chief of the fleet*; not who it is."""
    low, lex = phrases.passage.low, phrases.lexicon
    head = next((at for at in range(first, end) if low[at] in lex["personal"] | lex["titles"]), end)
    alone = head < end and (head + 1 == end or low[head + 1] in ("of", "for", "at", "in"))
    return alone and low[first] not in lex["determiners"] and not low[head].endswith("s")


_LEADING_IN = frozenset("but and while yet that which who".split())


def after_colon(phrases: Phrases) -> Iterator[Attribution]:
    """Yield a quotation that a colon brings, whatever the verb: *Marta Quell* put it plainly: “…”"""
    low, subject = phrases.passage.low, phrases.leading()
    for quote in phrases.passage.quotes:
        colon = quote[0] - 1
        ends = quote[1] >= len(low) - 1  # what goes on names somebody else: …: “…” asked Reyes
        if subject is None or not ends or colon < subject[1] or low[colon] != ":" or colon + LEAST > quote[1]:
            continue
        if phrases.speaks(subject, frozenset(("think",))) and low[subject[0]] not in phrases.lexicon["vague"]:
            yield Attribution(subject, (min(subject[1], colon), colon + 1), (quote,), "colon")
            return


def label(phrases: Phrases) -> Iterator[Attribution]:
    """Yield the label of a transcript, or of a headline: *Marta Quell*: …"""
    passage = phrases.passage
    if ":" not in passage.low[:6]:
        return
    colon = passage.low.index(":")
    named = colon and all(word[0].isupper() for word in passage.words[:colon])
    if not named or colon + 2 >= len(passage) or passage.low[0] in phrases.lexicon["no_labels"]:
        return
    if not passage.words[colon + 1][0].isdigit():
        yield Attribution((0, colon), (colon, colon + 1), ((colon + 1, len(passage)),), "label")
