"""What a house's style may change in a quotation: its spelling, figures written out, short forms, abbreviations.

    colour  color     five  5     do not  don't     per cent  percent  %     Sept.  September

Each is one row of a table, or a rule for endings; a word that a rule would make another of (four, for) is in none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

SPELLING, NUMBER, SHORT, ABBREVIATION = "spelling", "figures", "a short form", "an abbreviation"

_OUR = """
    col fav hon lab harb neighb behavi rum vap hum od savi endeav glam rig parl arm flav ferv clam cand dem
    splend tum val vig sav ard ranc enam
    """.split()
_RE = """
    cent theat met lit fib calib lust meag somb spect sab mit kilomet centimet millimet
    """.split()
_DOUBLE = """
    travel cancel model label level signal fuel counsel marvel quarrel rival total equal dial channel tunnel
    funnel panel pedal shovel snorkel jewel unravel revel duel libel pencil worship kidnap program focus
    """.split()
"""Words with -our, -re and a doubled last letter in Britain; -or, -er and a single one in America."""

_SAME = """
    defence/defense offence/offense licence/license pretence/pretense practise/practice grey/gray
    programme/program programmes/programs cheque/check tyre/tire tyres/tires plough/plow aluminium/aluminum
    jewellery/jewelry enrol/enroll fulfil/fulfill skilful/skillful instalment/installment ageing/aging
    judgement/judgment acknowledgement/acknowledgment towards/toward whilst/while amongst/among
    afterwards/afterward forwards/forward backwards/backward learnt/learned burnt/burned dreamt/dreamed
    spelt/spelled spoilt/spoiled mum/mom pyjamas/pajamas sceptical/skeptical sceptic/skeptic moustache/mustache
    kerb/curb storey/story manoeuvre/maneuver manoeuvres/maneuvers paediatric/pediatric anaemia/anemia
    foetus/fetus encyclopaedia/encyclopedia archaeology/archeology mediaeval/medieval catalogue/catalog
    dialogue/dialog analogue/analog cosy/cozy mould/mold smoulder/smolder adviser/advisor okay/ok
    alright/all_right per_cent/percent/% &/and artefact/artifact axe/ax draught/draft gaol/jail furore/furor
    sulphur/sulfur disc/disk
    """.split()
"""Other words with two spellings, and a few of the same meaning; _ stands for a space."""

_ABBREVIATED = """
    jan/january feb/february mar/march apr/april jun/june jul/july aug/august sep/september sept/september
    oct/october nov/november dec/december gov/governor sen/senator rep/representative gen/general lt/lieutenant
    col/colonel capt/captain prof/professor st/saint no/number dept/department govt/government vs/versus
    mr/mister dr/doctor
    """.split()

_ENDINGS = (
    (re.compile(rf"\b({'|'.join(_OUR)})our"), r"\1or"),
    (re.compile(rf"\b({'|'.join(_RE)})re(s|d)?\b"), r"\1er\2"),
    (re.compile(rf"\b({'|'.join(_DOUBLE)})([lps])(?=ed\b|ing\b|er\b|ers\b|or\b|ors\b)"), r"\1"),
    (re.compile(r"(?<=\w{2})is(?=(?:e|es|ed|ing|er|ers|ation|ations|ational)\b)"), "iz"),
    (re.compile(r"(?<=\w{2}l)ys(?=(?:e|es|ed|ing|er|ers)\b)"), "yz"),
)

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_VALUES = {word: value for value, word in enumerate(_UNITS)} | {word: 20 + 10 * at for at, word in enumerate(_TENS)}
_POWERS = {"hundred": 100, "thousand": 1000}

_WHOLE = {"won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"), "shan't": ("shall", "not"),
          "let's": ("let", "us")}  # fmt: skip
_SUFFIXES = {"n't": ("not",), "'re": ("are",), "'ve": ("have",), "'m": ("am",), "'ll": ("will", "shall"),
             "'d": ("had", "would"), "'s": ("is", "has")}  # fmt: skip


def same(mine: Sequence[str], theirs: Sequence[str]) -> str | None:
    """Return which liberty of style makes some words (in comparable form) of others; None where none does."""
    if _joined(mine) in _EQUAL.get(_joined(theirs), ()):
        return _EQUAL[_joined(theirs)][_joined(mine)]
    if len(mine) == len(theirs) == 1 and _spelled(mine[0]) == _spelled(theirs[0]):
        return SPELLING
    if _ordinal(mine) == _ordinal(theirs) is not None or _number(mine) == _number(theirs) is not None:
        return NUMBER
    short = any("'" in word or word == "cannot" for word in (*mine, *theirs))
    return SHORT if short and _long_forms(mine) & _long_forms(theirs) else None


def _joined(words: Sequence[str]) -> str:
    return "_".join(words)


def _rows() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table, label in ((_SAME, SPELLING), (_ABBREVIATED, ABBREVIATION)):
        for row in table:
            for one, other in product(row.split("/"), repeat=2):
                if one != other:
                    found.setdefault(one, {})[other] = label
    return found


_EQUAL = _rows()


def _spelled(word: str) -> str:
    for pattern, instead in _ENDINGS:
        word = pattern.sub(instead, word)
    return word


def _number(words: Sequence[str]) -> int | None:
    """Return the number that some words are, below a million; None where they are none."""
    if len(words) == 1 and words[0].replace(",", "").isdecimal():
        return int(words[0].replace(",", ""))
    total = part = 0
    last = 1000
    for word in words if "and" not in words[:1] else ():
        if word in _POWERS and part:
            total, part, last = (total, part * 100, 100) if word == "hundred" else (total + part * 1000, 0, 1000)
        elif word in _VALUES and (_VALUES[word] < 20 or last > 99) and (last > 19 or not part):
            part += _VALUES[word]
            last = _VALUES[word] if _VALUES[word] > 19 else 1
        elif word != "and" or last < 100:
            return None
    return total + part if words and words[0] in _VALUES else None


def _ordinal(words: Sequence[str]) -> int | None:
    if len(words) == 1 and words[0] in _ORDINALS:
        return _ORDINALS.index(words[0])
    return int(words[0]) if len(words) == 2 and words[0].isdecimal() and words[1] in ("st", "nd", "rd", "th") else None


def _long_forms(words: Sequence[str]) -> set[tuple[str, ...]]:
    """Return what some words may be in full: it's is "it is" and "it has"; empty where there are too many."""
    choices = [_full(word) for word in words]
    return set() if len(words) > 4 else {tuple(one for part in chosen for one in part) for chosen in product(*choices)}


def _full(word: str) -> list[tuple[str, ...]]:
    if word in _WHOLE:
        return [_WHOLE[word]]
    for suffix, meant in _SUFFIXES.items():
        if word.endswith(suffix) and len(word) > len(suffix):
            return [(word.removesuffix(suffix), one) for one in meant]
    return [(word,)]
