"""Quotations made from texts, faithful and altered, each of a kind that people make; for `quotations`."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from ledger.text import normalise, sentences


@frozen
class Item:
    """A quotation, the number of its source, and whether it is faithful."""

    source: int
    kind: str
    faithful: bool
    quote: str


NEGATION = re.compile(
    r"\b(?:not?|never|none|neither|nor|cannot|without|nothing|nobody|unless|except|only|\w+n['’]t)\b", re.I
)


TRIES = 12
"""Sentences of which a quotation of one kind is tried to be made."""


def quotations(texts: Sequence[str], chance: random.Random, each: int = 6) -> Iterator[Item]:
    """Yield `each` quotations of every kind from each text, as far as its sentences have what the kind takes."""
    for number, text in enumerate(texts):
        plain = [" ".join(span.of(text).split()) for span in sentences(text)]
        plain = [one for one in plain if 8 <= len(one.split()) <= 40 and not re.search(r"[\[\]…\"“”?]|\.\.|\d \d", one)]
        if len(plain) < 4:
            continue
        there = normalise(text).text.lower()
        for faithful, kinds in ((True, FAITHFUL), (False, ALTERED)):
            for kind, make in kinds.items():
                for _ in range(each):
                    drawn = (make(chance.choice(plain), chance) for _ in range(TRIES))
                    made = next(filter(None, drawn), None)
                    if made and (faithful or normalise(made).text.lower().strip(" .,") not in there):
                        yield Item(number, kind, faithful, made)
        if len(texts) > 1:
            other = list(sentences(texts[number - 1]))
            for span in chance.sample(other, min(each, len(other))):
                made = " ".join(span.of(texts[number - 1]).split())
                if len(made.split()) > 4 and made not in " ".join(text.split()):
                    yield Item(number, "of another source", False, made)


def _fragment(one: str, chance: random.Random) -> str | None:
    words = one.split()
    size = chance.randint(5, 8)
    start = chance.randint(0, len(words) - size)
    if NEGATION.search(" ".join(words[max(0, start - 5) : start])) or NEGATION.search(
        " ".join(words[start + size :][:2])
    ):
        return None
    return " ".join(words[start : start + size]).strip("(),;:-–— ")


def _ellipsis(one: str, chance: random.Random) -> str | None:
    words = one.split()
    start = chance.randint(2, len(words) - 5)
    end = start + chance.randint(1, min(6, len(words) - start - 2))
    if NEGATION.search(" ".join(words[start:end])):
        return None
    return (
        " ".join(words[:start])
        + chance.choice([" … ", " ... ", "...", " [...] ", " […] ", " . . . ", " (...) "])
        + " ".join(words[end:])
    )


def _bracket(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = chance.randint(1, len(words) - 2)
    instead = chance.choice(["[the mayor]", "[Quell]", "[emphasis added]", "[last May]", "[sic]"])
    if chance.random() < 0.5 or instead in ("[sic]", "[emphasis added]"):
        return " ".join([*words[:at], instead, *words[at:]])
    if NEGATION.search(words[at]) or re.search(r"\d", words[at]):
        return None
    return " ".join([*words[:at], instead, *words[at + 1 :]])


def _digit(one: str, chance: random.Random) -> str | None:
    digits = [match.start() for match in re.finditer(r"\d", one)]
    if not digits:
        return None
    at = chance.choice(digits)
    return one[:at] + chance.choice([d for d in "0123456789" if d != one[at]]) + one[at + 1 :]


def _negation(one: str, chance: random.Random) -> str | None:
    verb = re.search(r"\b(?:is|are|was|were|will|can|could|would|has|have|had|did|do|should|must)\b(?! not)", one)
    negated = re.search(r" (?:not|never)\b", one)
    if negated:
        return one[: negated.start()] + one[negated.end() :]
    return one[: verb.end()] + " not" + one[verb.end() :] if verb else None


def _word(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = chance.randint(0, len(words) - 1)
    words[at] = chance.choice(["harbours", "quietly", "Reyes", "between", "remembered"])
    return " ".join(words)


def _dropped(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = chance.randint(1, len(words) - 2)
    said = re.sub(r"\W", "", words[at]).lower()
    gone = (
        not said
        or said in ("uh", "um", "er", "mm", "hm", "ah")
        or said in words[at - 1].lower() + words[at + 1].lower()
    )
    return None if gone else " ".join(words[:at] + words[at + 1 :])


def _swapped(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = chance.randint(0, len(words) - 2)
    if not re.search(r"\w", words[at]) or not re.search(r"\w", words[at + 1]):
        return None
    a, b = words[at].strip(",;:.()").lower(), words[at + 1].strip(",;:.()").lower()
    return None if a == b or not (a and b) else " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])


def _hides(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = next((at for at, word in enumerate(words) if re.fullmatch(r"not|never|\w+n['’]t", word)), 0)
    return None if at < 2 or at > len(words) - 4 else " ".join(words[:at]) + " ... " + " ".join(words[at + 2 :])


def _after_not(one: str, chance: random.Random) -> str | None:
    words = one.split()
    at = next((at for at, word in enumerate(words) if word in ("not", "never")), 0)
    return None if not at or at > len(words) - 5 else " ".join(words[at + 1 :])


def _ending(one: str, chance: random.Random) -> str | None:
    """need -> need[ed], moves -> mov[ed]: another ending in brackets."""
    found = [match for match in re.finditer(r"(?<=\s)([a-z]{3,})(e|s|es|ed|ing)?(?=[\s.,])", one) if match[2]]
    if not found:
        return None
    match = chance.choice(found)
    return f"{one[: match.start()]}{match[1]}[{chance.choice(['ed', 'ing', 's'])}]{one[match.end() :]}"


def _emphasis(one: str, chance: random.Random) -> str | None:
    note = chance.choice(["(emphasis added)", "(my emphasis)", "[emphasis mine]", "(italics added)", "(emphasis ours)"])
    return f"{one} {note}"


def _attribution(one: str, chance: random.Random) -> str | None:
    """The port, it was told, is shut -> The port,” said Quell, “is shut."""
    words = one.split()
    at = chance.randint(3, len(words) - 3)
    if NEGATION.search(" ".join(words[at - 2 : at + 1])):
        return None
    who = chance.choice(["said Quell", "she said", "Tom Reyes told the Gazette", "the mayor added", "he wrote"])
    before = " ".join(words[:at]).rstrip(",;:.")
    return chance.choice([f"{before},” {who}, “", f'{before}," {who}, "']) + " ".join(words[at:])


SPELLINGS = (
    ("color", "colour"), ("honor", "honour"), ("labor", "labour"), ("favor", "favour"), ("neighbor", "neighbour"),
    ("behavior", "behaviour"), ("organiz", "organis"), ("realiz", "realis"), ("recogniz", "recognis"),
    ("emphasiz", "emphasis"), ("analyz", "analys"), ("center", "centre"), ("theater", "theatre"),
    ("traveled", "travelled"), ("defense", "defence"), ("program ", "programme "), ("gray", "grey"),
    ("toward ", "towards "), ("percent", "per cent"), ("characteriz", "characteris"), ("utiliz", "utilis"),
)  # fmt: skip


def _spelling(one: str, chance: random.Random) -> str | None:
    for american, british in chance.sample(SPELLINGS, len(SPELLINGS)):
        for old, new in ((american, british), (british, american)):
            if re.search(rf"\b{old}(?!es\b|is\b|s?[mt])(?!age)", one) and not re.search(rf"\b{new}", one):
                return re.sub(rf"\b{old}", new, one, count=1)
    return None


NUMERALS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def _numeral(one: str, chance: random.Random) -> str | None:
    for number in chance.sample(range(2, 13), 11):
        for old, new in ((NUMERALS[number], str(number)), (str(number), NUMERALS[number])):
            if re.search(rf"(?<![\w.,$£€:-]){old}(?![\w:%-]|[.,]\d)", one):
                return re.sub(rf"(?<![\w.,$£€:-]){old}(?![\w:%-]|[.,]\d)", new, one, count=1)
    return None


SHORT = (
    ("do not", "don't"), ("does not", "doesn't"), ("did not", "didn't"), ("is not", "isn't"), ("are not", "aren't"),
    ("was not", "wasn't"), ("cannot", "can't"), ("could not", "couldn't"), ("will not", "won't"), ("it is", "it's"),
    ("they are", "they're"), ("we are", "we're"), ("we have", "we've"), ("I am", "I'm"), ("they will", "they'll"),
    ("has not", "hasn't"), ("that is", "that's"), ("I have", "I've"), ("you are", "you're"),
)  # fmt: skip


def _contraction(one: str, chance: random.Random) -> str | None:
    plain = one.replace("’", "'")
    for long, short in chance.sample(SHORT, len(SHORT)):
        for old, new in ((long, short), (short, long)):
            if re.search(rf"\b{old}\b", plain):
                return re.sub(rf"\b{old}\b", new, plain, count=1)
    return None


def _entities(one: str, chance: random.Random) -> str | None:
    made = html.escape(one.replace("’", "&rsquo;"), quote=False).replace(
        "&amp;rsquo;", chance.choice(["&rsquo;", "&#8217;"])
    )
    made = made.replace("—", "&mdash;").replace("–", "&ndash;").replace("é", "&eacute;")
    return made if made != one else None


NEAR = (
    ("from", "form"), ("form", "from"), ("on", "in"), ("in", "on"), ("he", "she"), ("she", "he"), ("can", "may"),
    ("could", "would"), ("would", "could"), ("then", "than"), ("than", "then"), ("this", "his"), ("his", "this"),
    ("were", "are"), ("are", "were"), ("was", "is"), ("is", "was"), ("have", "had"), ("had", "have"), ("by", "my"),
    ("four", "for"), ("for", "four"), ("now", "not"), ("not", "now"), ("more", "mere"), ("some", "same"),
    ("much", "such"), ("most", "must"), ("must", "most"), ("their", "there"), ("causal", "casual"), ("our", "out"),
    ("two", "too"), ("one", "once"), ("first", "fist"), ("house", "horse"), ("large", "larger"), ("will", "may"),
    ("ten", "then"), ("six", "sex"), ("million", "billion"), ("least", "last"), ("last", "least"), ("under", "over"),
)  # fmt: skip
"""Words that a letter makes others of, and that an eye or a scanner takes for them."""


def _near_word(one: str, chance: random.Random) -> str | None:
    for old, new in chance.sample(NEAR, len(NEAR)):
        if re.search(rf"(?<![\w'’-]){old}(?![\w'’-])", one):
            return re.sub(rf"(?<![\w'’-]){old}(?![\w'’-])", new, one, count=1)
    return None


def _number_word(one: str, chance: random.Random) -> str | None:
    for number in chance.sample(range(2, 13), 11):
        if re.search(rf"\b{NUMERALS[number]}\b", one):
            return re.sub(
                rf"\b{NUMERALS[number]}\b", str(chance.choice([number - 1, number + 1, number * 10])), one, count=1
            )
    return None


def _contraction_flips(one: str, chance: random.Random) -> str | None:
    plain = one.replace("’", "'")
    for long, short in chance.sample(SHORT, len(SHORT)):
        positive = long.removesuffix(" not").removesuffix("not")
        for old, new in ((short, positive), (long, positive)):
            if positive != long and re.search(rf"\b{old}\b", plain):
                return re.sub(rf"\b{old}\b", new, plain, count=1)
    return None


def _plural(one: str, chance: random.Random) -> str | None:
    found = list(re.finditer(r"(?<=\s)[a-z]{4,}(?=[\s.,])", one))
    if not found:
        return None
    match = chance.choice(found)
    word = match[0][:-1] if match[0].endswith("s") else match[0] + "s"
    return one[: match.start()] + word + one[match.end() :]


Maker = Callable[[str, random.Random], str | None]

FAITHFUL: dict[str, Maker] = {
    "whole sentence": lambda one, chance: one,
    "other marks": lambda one, chance: one.replace("’", "'").replace("—", " -- ").replace("–", "-"),
    "final comma": lambda one, chance: one.rstrip(".") + ",",
    "first letter": lambda one, chance: (
        chance.choice([one[0].lower() + one[1:], f"[{one[0].lower()}]{one[1:]}"]) if one[1].isalpha() else None
    ),
    "fragment": _fragment,
    "ellipsis": _ellipsis,
    "brackets": _bracket,
    "another ending": _ending,
    "emphasis outside": _emphasis,
    "attribution inside": _attribution,
    "house spelling": _spelling,
    "figure or word": _numeral,
    "contraction": _contraction,
    "entities left in": _entities,
}

ALTERED: dict[str, Maker] = {
    "digit changed": _digit,
    "negation changed": _negation,
    "word replaced": _word,
    "word dropped": _dropped,
    "words swapped": _swapped,
    "ellipsis hides a negation": _hides,
    "begins after a negation": _after_not,
    "a word near it": _near_word,
    "number word changed": _number_word,
    "negation changed in a contraction": _contraction_flips,
    "one or many": _plural,
}
