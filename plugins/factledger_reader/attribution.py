"""Who says what in an article: a source, the words that attribute, and what is said, by the forms of sentences.

What stands before the verb is read by `said_before`, what follows it by `said_after`; `said_otherwise` reads what has
no verb of the speaker's. What one attribution says of another makes voices one behind the other.
"""

from __future__ import annotations

import attrs

from .lexicon import Lexicon
from .passages import TextPassage
from .phrases import Phrases
from .said_after import said_after
from .said_before import quoted_at, quoting, said_before
from .said_otherwise import according, after_colon, label, reported_by
from .saying import LEFT, Attribution, Verb

__all__ = ["Attribution", "attributions"]


def attributions(passage: TextPassage, lexicon: Lexicon) -> list[Attribution]:
    """Return what a passage attributes, in the order of its words."""
    phrases, found = Phrases(passage, lexicon), list[Attribution]()
    free, spoke, heading = 0, None, _is_heading(passage)
    for at, word in enumerate(passage.low):
        if passage.inside[at] or at < free:
            continue
        one = None
        if word == "according" and passage.low[at + 1 : at + 2] == ["to"]:
            one = according(phrases, at, free)
        elif word in lexicon.verbs and (passage.words[at][0].islower() or at == 0 or heading):
            one = reported_by(phrases, at)
            verb = Verb(at, phrases.group(at), word, lexicon.verbs[word], free, spoke)
            one = one or _by_verb(phrases, verb)
        if one is None:
            continue
        free = one.cue[1]
        if found and _within(phrases, found[-1], one):
            found[-1] = _nested(phrases, found[-1], one)
            continue
        if found:
            found[-1] = _cut(phrases, found[-1], one)
        found.append(one)
        spoke = one.source or spoke
    return found or list(label(phrases)) or list(after_colon(phrases))


def _is_heading(passage: TextPassage) -> bool:
    """Return whether the longer words, of which there are several, all begin with a capital, as in headlines."""
    long = [word for word in passage.words if len(word) >= LONG_WORD and word.isalpha()]
    return len(long) >= HEADING and all(word[0].isupper() for word in long)


def _by_verb(phrases: Phrases, verb: Verb) -> Attribution | None:
    """Return what a verb attributes, if it is one: no noun, no passive, no "to say" of what nobody has said."""
    low, lex = phrases.passage.low, phrases.lexicon
    before = low[verb.group - 1] if verb.group else ""
    if before == "to" and not (verb.group > 1 and low[verb.group - 2] in lex["went_on"]):
        return None
    if verb.word in lex["nouns"] and phrases.is_noun(verb.at, verb.group):
        return None
    if quoted_at(phrases, verb.at) is not None:
        return quoting(phrases, verb)
    if (verb.word in lex["minds"]) != phrases.is_passive(verb.at, verb.group) or verb.word in lex["described"]:
        return None  # a verb is not passive; a state of mind is one that somebody *is* in
    if verb.is_participle and not phrases.participle(verb.at):
        return None
    return said_before(phrases, verb) or said_after(phrases, verb)


LONG_WORD = 4
"""Letters from which on a word has a capital in a headline."""

HEADING = 4
"""Such words that make a headline; of fewer a short sentence may consist."""

# one beside another

_APART = frozenset(("and", "but", "while", "whereas", "although", "though", ";"))


def _within(phrases: Phrases, before: Attribution, one: Attribution) -> bool:
    """Return whether an attribution is part of what another says: Quell said that *Reyes thinks …*."""
    if before.form in LEFT or one.form in LEFT or one.form == "according":
        return False
    if one.source is None or one.source[0] < before.cue[1]:
        return False
    first, end = before.content[-1]
    begin = min(one.source[0], one.cue[0])
    return first <= begin < end and not (begin > first and phrases.passage.low[begin - 1] in _APART)


def _nested(phrases: Phrases, before: Attribution, one: Attribution) -> Attribution:
    """Return an attribution with one more voice, farther from the article, where all that is said is hers."""
    low = phrases.passage.low
    assert one.source is not None
    first = min(one.source[0], one.cue[0])
    whole = all(word in ("that", ",") for word in low[before.content[0][0] : first])
    says = phrases.lexicon.verbs.get(low[one.cue[1] - 1], frozenset()) & {"say", "state", "tell"}
    if not whole or not says:
        return before
    return Attribution(
        before.source, (before.cue[0], one.cue[1]), one.content, before.form, (*before.inner, one.source)
    )


def _cut(phrases: Phrases, before: Attribution, one: Attribution) -> Attribution:
    """Return an attribution whose words end where the next one of the sentence begins."""
    named = [one.source[0]] if one.source is not None and one.source[0] >= before.cue[1] else []
    begin = min(one.cue[0], *named, *(first for first, _ in one.content))
    first, end = before.content[-1]
    if not first < begin < end:
        return before
    while begin > first + 1 and phrases.passage.low[begin - 1] in phrases.lexicon["joints"]:
        begin -= 1
    return attrs.evolve(before, content=(*before.content[:-1], (first, begin)))
