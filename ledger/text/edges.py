"""What stands just outside the ends of a quotation and governs its words: a "not", an "if", a "but", a question mark.

Read with the table of `operators`, from the words next to the ends and what stands between them, not from the sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .languages import table
from .operators import Operator, OperatorKind, negates, operator_at
from .scripts import is_hangul, spaceless
from .tokens import Tokens, read

FARTHEST = 40
"""Words before a quotation, in its sentence, among which the beginning of a condition is looked for."""

GOVERNED = frozenset("that say said says think thought believe believed mean meant claim claimed suggest true".split())
"""What may stand between a negation and the words that it governs: "did not say that ..."."""

AFFIRMED = frozenset("doubt mistake question wonder".split())
"""What "no" may stand before to say yes: "make no mistake, ..."."""

ASKING = frozenset(
    "ask asks asked asking know knows knew see sure wonder wonders wondered tell told as even say".split()
)
"""After these "if" means whether, or is part of "as if": no condition begins."""

DETERMINERS = frozenset("of the these those this that his her its our their my your a an all".split())
"""What may stand between a quantity and the words that it is of: "some of the ships"."""

VERBS = frozenset(
    """is are was were be been am has have had do does did will would shall should can may might could must said says
    told asked wants want made make went goes came come took take gave give think know""".split()
)
"""Words that what stands for a name, or for a thing, cannot hide."""

MAGNITUDES = frozenset(
    """hundred thousand million billion trillion dozen percent per percentage m bn tn k % ‰ ½
    mil millón millones milhão milhões bilhões mille millions milliard milliards tausend millionen milliarde milliarden
    mila milione milioni miliardi тысяч млн млрд миллионов миллиардов 万 萬 亿 億 兆 千 百 만 억 조 천""".split()
)
"""What makes another figure of the one before it."""

SIGNS = frozenset("-$£€¥₹₽₩₺₪₴<>±≤≥≠≈#+")

OPENING = (OperatorKind.CONDITION, OperatorKind.CONCESSION)

MOST_PAUSES = 4
"""Commas and dashes inside the clause that a sentence begins with."""

_JOINING = frozenset("and but that or so".split())

_BEFORE_CLAUSE = (",", ";", "“", "—", '"')

_CLOSERS = " \t\r\n\"'“”»’›)]"

ENDS = re.compile(r"[.!?…][\"'”’»)\]]*(?:\[[^\]]{1,20}\])*\s|\n\s*\n")

PAUSE = re.compile(r"[,;:()—–]|\s-|--")


def figures(keys: Iterable[str]) -> list[str]:
    """Return the figures and the signs of figures."""
    return [key for key in keys if not key[0].isalpha()]


def inside_figure(source: Tokens, first: int, end: int) -> tuple[str, str] | None:
    """Return the quoted and the written form where a quotation begins or ends inside a figure or a word; else None."""
    last = end - 1
    begins, ends = first > 0 and not source.between(first), end < len(source) and not source.between(end)
    if begins and source.keys[first - 1] in SIGNS and figures([source.keys[first]]):
        return source.written(first, first + 1), source.written(first - 1, first + 1)
    if begins and _one_word(source, first):
        return source.written(first, first + 1), source.written(first - 1, first + 1)
    grows = ends and source.keys[end] in MAGNITUDES and source.keys[last][0].isdigit()
    if grows or (ends and _one_word(source, end) and not _is_particle(source, end)):
        return source.written(last, end), source.written(last, end + 1)
    return None


def _one_word(source: Tokens, at: int) -> bool:
    left, right = source.keys[at - 1][-1], source.keys[at][0]
    return left.isalnum() and right.isalnum() and not (spaceless(left) or spaceless(right))


def _is_particle(source: Tokens, at: int) -> bool:
    """Return whether what is left of a word of Korean is one of the particles that stick to it."""
    end = at
    while end < len(source) and is_hangul(source.keys[end][0]) and (end == at or not source.between(end)):
        end += 1
    return end > at and "".join(source.keys[at:end]) in table("ko").particles


def is_month(source: Tokens, operator: Operator) -> bool:
    return source.tokens[operator.first].written == "May"


def outside(quote: str, source: Tokens, first: int, end: int, *, opens: bool = True) -> Iterator[str]:
    """Yield what stands just outside the words and turns them round.

    `opens` says whether the quotation begins with the first of them, and not with brackets that stand for others.
    """
    before = (_denied(source, first) or _denied_elsewhere(source, first)) if opens else None
    before = before or (_governed(source, first, end) if opens else None) or _under_condition(source, first)
    if before is not None:
        yield f"just before it stands “{source.written(before.first, before.end)}”"
    after = source.between(end)
    if end < len(source) and ENDS.search(after) is None:
        goes_on = _goes_on(source, first, end) or _denied_after(source, end)
        if goes_on is not None:
            yield f"just after it stands “{source.written(goes_on.first, goes_on.end)}”"
        elif _figure_goes_on(source, end):
            yield f"its last figure goes on: “{source.written(end - 1, end + 1)}”"
    asked = after.lstrip(_CLOSERS).startswith("?")
    closing = quote.rstrip(_CLOSERS)[-1:]
    if asked and closing in (".", "!"):
        yield "in the text it is a question"
    elif closing == "?" and not asked:
        yield "in the text it is no question"


def _denied(source: Tokens, first: int) -> Operator | None:
    """Return the word before a token that denies what comes there; None where there is none."""
    for back in range(1, 6):
        at = first - back
        if at < 0 or ENDS.search(source.between(at + 1)) is not None:
            return None
        key = source.keys[at]
        if back == 1 and key == "non":
            return Operator(OperatorKind.NEGATION, at, at + 1)
        governs = back <= 2 or source.keys[first - 1] in GOVERNED
        affirms = at + 1 < first and _affirms(source, at + 1)
        if governs and not affirms and (negates(key) or key in _DENIALS):
            return Operator(OperatorKind.NEGATION, at, at + 1)
    return None


def _denied_elsewhere(source: Tokens, first: int) -> Operator | None:
    """Return the word of another language, just before a token or one farther off, that denies what comes there."""
    for found in _negations(source, range(first - 1, max(-1, first - 5), -1), 2):
        between = (source.between(at) for at in range(found.end, first + 1))
        return None if any(ENDS.search(one) or PAUSE.search(one) for one in between) else found
    return None


def _denied_after(source: Tokens, end: int) -> Operator | None:
    """Return the word of another language that denies what stands just before it, as "nicht" and "pas" do."""
    return next(_negations(source, range(end, min(len(source), end + 3)), 1), None)


def left_out(source: Tokens, start: int, end: int) -> Iterator[str]:
    """Yield what denies among tokens that a quotation leaves out, in another language than English."""
    spoken = table(source.tag)
    for word in (*spoken.negations, *spoken.negations_after):
        keys = [token.key for token in read(word)]
        if next(source.runs(keys, start, end), None) is not None:
            yield f"an ellipsis leaves out “{word}”"


def _negations(source: Tokens, places: range, most: int) -> Iterator[Operator]:
    """Yield what denies at some places of a text, in the language of its tag; of words no more than `most` off."""
    spoken = table(source.tag)
    words = spoken.negations if places.step < 0 else spoken.negations_after
    if not words or source.tag in (None, "en"):
        return
    for number, at in enumerate(places):
        for word in words:
            letters = read(word)
            keys = [token.key for token in letters]
            first = at - len(keys) + 1 if places.step < 0 else at
            near = number < (most if len(keys) == 1 and not spaceless(keys[0]) and not is_hangul(keys[0]) else 1)
            if near and first >= 0 and source.keys[first : first + len(keys)] == keys:
                yield Operator(OperatorKind.NEGATION, first, first + len(keys))


def _affirms(source: Tokens, at: int) -> bool:
    """Return whether a word and the "no" before it say yes: "no doubt that the port is shut"."""
    return at > 0 and source.keys[at] in AFFIRMED and source.keys[at - 1] == "no"


def _figure_goes_on(source: Tokens, end: int) -> bool:
    """Return whether a figure at the end of a quotation is one of thousands, or of percent."""
    following = source.keys[end : end + 2]
    grows = following[0] in MAGNITUDES and (following[0] != "per" or following[-1] == "cent")
    return grows and source.keys[end - 1][0].isdigit()


_DENIALS = frozenset("deny denies denied denying refuse refuses refused refusing".split())


def _governed(source: Tokens, first: int, end: int) -> Operator | None:
    """Return the operator that ends where a quotation begins, and that what is quoted hangs from; else None."""
    for back in range(1, 6):
        at = first - back
        if at < 0 or ENDS.search(source.between(at + 1)) is not None:
            return None
        found = operator_at(source.keys, at, first)
        if found is None or _affirms(source, at):
            continue
        rest = source.keys[found.end : first]
        paused = any(PAUSE.search(source.between(between)) for between in range(found.end, first + 1))
        if found.kind in (OperatorKind.REPORT, OperatorKind.BELIEF):
            that = rest[-1:] in (["that"], ["whether"], ["if"])
            if (that and len(rest) <= 2) or (found.kind is OperatorKind.REPORT and not rest and not paused):
                return found
        elif paused:
            return None
        elif found.kind in (OperatorKind.QUANTITY, OperatorKind.DEGREE):
            said = VERBS.intersection(source.keys[first:end])
            if (not rest and (said or found.kind is OperatorKind.DEGREE)) or (rest and DETERMINERS.issuperset(rest)):
                return found
        elif (
            found.kind in (OperatorKind.MODAL, OperatorKind.HEDGE, OperatorKind.CONDITION, OperatorKind.EXCEPTION)
            and not rest
        ):
            return None if is_month(source, found) else found
    return None


def _under_condition(source: Tokens, first: int) -> Operator | None:
    """Return the "if" or "although" of the clause that ends, with a comma, where a quotation begins; else None."""
    if first == 0 or "," not in source.between(first) or source.keys[first] in ("and", "or", "but"):
        return None
    pauses = 0
    for at in range(first - 1, max(-1, first - 1 - FARTHEST), -1):
        starts = at == 0 or ENDS.search(source.between(at)) is not None
        opens = starts or source.between(at).strip()[:1] in _BEFORE_CLAUSE or source.keys[at - 1] in _JOINING
        found = operator_at(source.keys, at, first)
        begins = found is not None and (found.kind in OPENING or source.keys[at] == "unless")
        if begins and opens and (starts or pauses <= 1):
            return found
        pauses += PAUSE.search(source.between(at)) is not None
        if starts or pauses > MOST_PAUSES:
            return None
    return None


def _goes_on(source: Tokens, first: int, end: int) -> Operator | None:
    """Return the operator with which the sentence goes on after a quotation; None where it is none that limits it."""
    found = operator_at(source.keys, end)
    if found is None:
        return None
    if found.kind in (OperatorKind.CONCESSION, OperatorKind.CONTRAST):
        return found
    if found.kind is OperatorKind.EXCEPTION:
        return found if found.end - found.first > 1 or source.keys[end] != "only" else None
    if found.kind is OperatorKind.CONDITION:
        word = source.keys[end]
        asks = source.keys[end - 1] in ASKING and word in ("if", "whether")
        return None if asks or word == "whether" else found
    return None
