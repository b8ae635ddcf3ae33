"""Whether what is asserted can be checked: a fact, an opinion, or neither, and by which word that is told."""

from __future__ import annotations

from ledger.reader import Nature

from .lexicon import Lexicon


def nature(words: list[str], lexicon: Lexicon, *, figures: int, dates: int, ends: str) -> tuple[Nature, str]:
    """Return the nature of what some words assert, and the reason in words."""
    low = [word.lower() if word.islower() or not at else word for at, word in enumerate(words)]
    if ends == "?":
        return Nature.NOT_CHECKABLE, "It is a question."
    if sum(word[0].isalnum() for word in low) < 3:
        return Nature.NOT_CHECKABLE, "It is too short to assert anything."
    plain = [word for word in words if word[0].isalpha()]
    if len(words) <= 6 and plain and all(word[0].isupper() for word in plain):
        return Nature.NOT_CHECKABLE, "It is a heading or a name."
    if _is_credit(words, lexicon):
        return Nature.NOT_CHECKABLE, "It says who made it."
    if low[0] == "to" and not low[1].endswith("ing"):
        return Nature.NOT_CHECKABLE, f"“to {low[1]}” is what somebody means to do, or is asked to."
    word = next((each for each in low if each in lexicon["opinion"]), None)
    if word is not None and not figures:
        return Nature.OPINION, f"“{word}” gives a view."
    felt = _felt(words, lexicon)
    if felt and not figures:
        return Nature.OPINION, f"“{felt}” gives a view."
    if low[0] in lexicon["own"] and low[1] in lexicon["denying"] and lexicon["knowing"] & set(low[2:4]):
        return Nature.NOT_CHECKABLE, "It says what somebody does not know."
    word = next((each for each in low if each in lexicon["forecast"]), None)
    if word is not None:
        return Nature.NOT_CHECKABLE, f"“{word}” speaks of what is to come."
    word = next((each for each in low if each in lexicon["possible"]), None)
    if word is not None and not figures:
        return Nature.NOT_CHECKABLE, f"“{word}” says what may be, not what is."
    holds = [name for name, number in (("a figure", figures), ("a date", dates)) if number]
    names = sum(word[0].isupper() for word in words[1:])
    if names:
        holds.append("a name")
    return Nature.FACTUAL, f"It asserts something{f', with {_listed(holds)}' if holds else ''}."


def _is_credit(words: list[str], lexicon: Lexicon) -> bool:
    """Return whether words only name who made something, such as "Reporting by Ana Roa; editing by Bo Lind"."""
    low = [word.lower() for word in words]
    by = low.index("by") if "by" in low else 0
    named = (
        word[0].isupper() or key in lexicon["making"] or key in lexicon["between"]
        for word, key in zip(words, low, strict=True)
    )
    return by > 0 and low[by - 1] in lexicon["making"] and all(named)


def _felt(words: list[str], lexicon: Lexicon) -> str:
    """Return the words by which who speaks says what they think, feel or want, such as "we really hope"; none is "".

    What they say that they did or saw is a claim like any other.
    """
    low = [word.lower().replace("’", "'") for word in words]
    first = next((at for at, word in enumerate(low) if word not in lexicon["opening"]), 0)
    who, _, short = low[first].partition("'")
    after = (at for at in range(first + 1, len(low)) if low[at] not in lexicon["amid"])
    verb = first if short in ("m", "re") else next(after, first)
    if who not in ("i", "we") or (verb == first and not short):
        return ""
    if low[verb] in lexicon["feeling"]:
        return " ".join(words[first : verb + 1])
    mood = next(after, first) if verb == first or low[verb] in lexicon["being"] else first
    return " ".join(words[first : mood + 1]) if low[mood] in lexicon["moods"] else ""


def _listed(things: list[str]) -> str:
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"
