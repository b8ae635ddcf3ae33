"""Who says what in languages beside English, by a table of words for each: three forms, and nothing where in doubt.

    “…”, dijo Ana Roa.            what is said, a verb, and who says it
    Ana Roa dijo que …            who says it, a verb, a small word, and what is said
    Según Ana Roa, …              words for "according to", who says it, and what is said

Who speaks is somebody with a name, or of an office that the table knows. Pronouns are not read, and what is put into a
mouth in any other form is the article's own.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from attrs import frozen

from ledger.text import Span
from ledger.text.languages import table

CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
MOST = 14
"""Words before a verb, or after it, in which who speaks is looked for."""

MOST_BEFORE_OFFICE = 2
"""Words before an office that are part of it: "the former Russian minister"."""

_IN_SMALL = frozenset("dpa apa afp sda epd kna sid ansa efe lusa".split())
"""Agencies that write themselves in small letters."""

_HOLDER = re.compile(rf",\s(?P<name>{CAPITAL}[\w'’-]+(?:\s{CAPITAL}[\w'’-]+){{1,3}})(?=[,.;])")
"""The name of who has an office, between commas behind it."""

_WORD = re.compile(r"[^\W_]+(?:[-.&/][^\W_]+)*\.?['’]?")
_NAME_ENDS = re.compile(r"[,;:.!?()»“”\"–—]|(?<=\s)-(?=\s)")
_INSERTED = re.compile(r"\s[-–—]\s?\Z")
"""What stands before a verb that is put into a quotation between two dashes, without closing it."""


@frozen
class SaidWords:
    """The words of a language by which an article says who says what, as sets and patterns."""

    tag: str
    name: str
    verb: re.Pattern[str]
    that: re.Pattern[str]
    according: re.Pattern[str]
    after: str
    skip: frozenset[str]
    determiners: frozenset[str]
    joiners: frozenset[str]
    breaks: frozenset[str]
    people: frozenset[str]
    capitals: bool
    denied: frozenset[str]
    openers: frozenset[str]
    day: re.Pattern[str]
    titles: frozenset[str]


@frozen
class Attributed:
    """Who says it, the words that attribute, and what is said."""

    source: Span
    cue: Span
    content: Span


@cache
def said_words(tag: str) -> SaidWords | None:
    """Return the words of a language (its tag without a region); None where there is no file for it."""
    file = files(__package__).joinpath(f"said_{tag}.toml")
    if not re.fullmatch("[a-z]{2,3}", tag) or not file.is_file():
        return None
    read: dict[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))
    lists = {
        name: frozenset(word.replace("_", " ").lower().replace("’", "'") for word in read[name].split())
        for name in ("skip", "determiners", "joiners", "breaks", "people")
    }
    helped, participles = _either(read["helped"]), "|".join(read["participles"].split())
    simple = "|".join(read["say"].split())
    verb = rf"(?:(?:{helped})\s(?:\w+\s)?(?:{participles}))|(?:{simple})" if participles else simple
    known = table(tag)
    return SaidWords(
        tag,
        read["name"],
        re.compile(rf"(?<![\w'’-])(?:{verb})(?![\w'’])"),
        re.compile(rf"\s*(?:{_either(read['that'])})(?:(?<=['’])|\s)|\s?:\s?(?=[\"“«„])"),
        re.compile(rf"(?<![\w'’-])(?:{_either(read['according'])})\s", re.IGNORECASE),
        read["after"],
        **lists,
        capitals=known.months[0][:1].isupper(),
        denied=frozenset((*known.negations, *known.negations_after)),
        openers=frozenset(known.sentences.openers),
        day=re.compile(rf"\s(?:\w{{1,3}}\s)?(?:{'|'.join(known.weekdays)})(?=\s)", re.IGNORECASE),
        titles=frozenset(
            (*known.sentences.never, "Frau", "Herr", "señor", "señora", "monsieur", "madame", "signor", "signora")
        ),
    )


def attributed(text: str, sentence: Span, quotes: tuple[Span, ...], words: SaidWords) -> Attributed | None:
    """Return what a sentence attributes to somebody; None where it does not, or not in one of the forms."""
    inside = [quote for quote in quotes if quote.start < sentence.end and quote.end > sentence.start]
    for match in words.verb.finditer(text, sentence.start, sentence.end):
        cue = Span(*match.span())
        quoted_too = any(quote.start <= cue.start < quote.end for quote in inside)
        if (quoted_too and not _INSERTED.search(text, sentence.start, cue.start)) or _denied(
            text, sentence, cue, words
        ):
            continue
        found = _after_what_is_said(text, sentence, cue, words) or _before_what_is_said(text, sentence, cue, words)
        if found is not None:
            return found
    return _according(text, sentence, inside, words)


def _after_what_is_said(text: str, sentence: Span, cue: Span, words: SaidWords) -> Attributed | None:
    """ "…, said Quell": the verb behind a comma or a closing mark."""
    before = text[sentence.start : cue.start].rstrip()
    if not before.endswith((",", "»", "”", "“", '"', "«", "–", "—", " -")) or len(before.split()) < 3:
        return None
    source = _first_name(text, cue.end, sentence.end, words)
    if source is None:
        return None
    return Attributed(source, cue, _stripped(text, sentence.start, cue.start))


def _before_what_is_said(text: str, sentence: Span, cue: Span, words: SaidWords) -> Attributed | None:
    """ "Quell said that …": who says it before the verb, and "that" within a few words behind it."""
    that = next(
        (
            match
            for match in words.that.finditer(text, cue.end, sentence.end)
            if len(_WORD.findall(text, cue.end, match.start())) <= (MOST // 2)
            and not re.search(r"[.;!?»”]|(?<!^),\s", text[cue.end : match.start()])
        ),
        None,
    )
    bare = words.capitals and re.match(r",\s|\s?:\s", text[cue.end : cue.end + 3])
    if that is None and not bare:
        return None
    start = that.end() if that is not None else cue.end + 2
    source = _last_name(text, sentence.start, cue.start, words)
    if source is None or start >= sentence.end:
        return None
    return Attributed(
        source, _stripped(text, cue.start, that.end() if that else cue.end), _stripped(text, start, sentence.end)
    )


def _according(text: str, sentence: Span, quotes: list[Span], words: SaidWords) -> Attributed | None:
    """ "According to Quell, …", "…, according to Quell"."""
    for match in words.according.finditer(text, sentence.start, sentence.end):
        if any(quote.start <= match.start() < quote.end for quote in quotes):
            continue
        said = words.verb.match(text, match.end(), sentence.end)  # "según informó Quell"
        source = _first_name(text, said.end() if said else match.end(), sentence.end, words)
        if source is None:
            continue
        first = not text[sentence.start : match.start()].strip(' "“«„\n')
        comma = text.find(",", source.end, sentence.end)
        if first and (comma >= 0 or words.capitals):
            start = comma + 1 if 0 <= comma <= source.end + 60 else source.end
            return Attributed(source, _of(match), _stripped(text, start, sentence.end))
        if not first and text[: match.start()].rstrip()[-1:] in ',»”"':
            end = sentence.end if text[source.end : source.end + 1] == "," else match.start()
            return Attributed(source, _of(match), _stripped(text, sentence.start, end))
        if not first and text[: match.start()].rstrip()[-1:] in ";:":
            start = comma + 1 if comma >= 0 else source.end
            return Attributed(source, _of(match), _stripped(text, start, sentence.end))
    behind = re.compile(rf"(?<!\w){words.after or '(?!)'}(?!\w)").search(text, sentence.start, sentence.end)
    if behind is not None:
        source = _last_name(text, sentence.start, behind.start(), words)
        if source is not None:
            return Attributed(source, _of(behind), _stripped(text, behind.end(), sentence.end))
    return None


def _first_name(text: str, start: int, end: int, words: SaidWords) -> Span | None:
    """Return who is named right behind a verb: up to a stop, or a word with which something else begins.

    A day may stand between; and of an office whose holder is named behind a comma, it is the holder.
    """
    if (day := words.day.match(text, start, end)) is not None:
        start = day.end()
    stops = (match.start() for match in _NAME_ENDS.finditer(text, start, end))
    limit = next((stop for stop in stops if not _is_title(text[start:stop].split()[-1:], words)), end)
    taken: list[re.Match[str]] = []
    for match in list(_WORD.finditer(text, start, limit))[:MOST]:
        plain = _plain(match[0])
        if not taken and plain in words.skip and not match[0][0].isupper():
            continue
        if plain in words.breaks and plain not in words.joiners and plain not in words.determiners:
            break
        if match[0][-1] == "." and match.end() < end and len(match[0]) > 3 and not _is_title([match[0]], words):
            taken.append(match)
            break
        taken.append(match)
    source = _somebody(taken, words, closed=False)
    holder = _HOLDER.match(text, source.end, end) if source is not None else None
    if (
        source is None
        or holder is None
        or any(_is_name(word[0], words) for word in _WORD.finditer(text, *_ends(source)))
    ):
        return source
    return Span(*holder.span("name"))


def _last_name(text: str, start: int, end: int, words: SaidWords) -> Span | None:
    """Return who is named right before a verb: from the last stop, or word with which a clause begins."""
    stops = [match.end() for match in _NAME_ENDS.finditer(text, start, end) if text[match.end() : end].strip()]
    if stops and text[end - 1 : end] == " " and text[start:end].rstrip()[-1] == "," and text[start:end].count(",") >= 2:
        stops = stops[:-1]  # "Ana Roa, alcaldesa de Orford, dijo que …"
    first = stops[-1] if stops else start
    found = list(_WORD.finditer(text, first, end))[-MOST:]
    while found and _plain(found[-1][0]) in (words.skip | words.determiners):
        found.pop()
    clause = [at for at, match in enumerate(found) if _plain(match[0]) in _CLAUSES[words.tag]]
    return _somebody(found[clause[-1] + 1 :] if clause else found, words, closed=True)


_CLAUSES = {
    "es": frozenset(("que", "pero", "cuando", "mientras", "aunque", "quien", "y", "si")),
    "fr": frozenset(("que", "qui", "mais", "quand", "lorsque", "et", "si", "quand", "comme", "où")),
    "de": frozenset(("dass", "aber", "als", "wenn", "weil", "und", "während", "ob")),
    "pt": frozenset(("que", "mas", "quando", "enquanto", "embora", "quem", "e", "se")),
    "it": frozenset(("che", "ma", "quando", "mentre", "chi", "e", "se")),
}
"""Words after which another clause begins, whose subject is another."""


def _somebody(found: list[re.Match[str]], words: SaidWords, *, closed: bool) -> Span | None:
    """Return the part of some words that names a person or somebody of an office; None where none does.

    Where what stands behind them is known to be a verb, they are `closed`, and an office has all that belongs to it.
    """
    after_article = False
    while found and _plain(found[0][0]) in words.determiners | words.skip:
        after_article = _plain(found[0][0]) in words.determiners
        found = found[1:]
    plain = [_plain(match[0]) for match in found]
    if not found or words.denied & set(plain):
        return None
    office = next((at for at, word in enumerate(plain) if word in words.people), None)
    if closed and office is not None and office > MOST_BEFORE_OFFICE:  # "two years ago the ministry"
        found, plain, office = found[office:], plain[office:], 0
    noun = words.capitals and after_article  # where nouns have capitals, one behind an article is no name
    names = [at for at, match in enumerate(found) if _is_name(match[0], words) and not (noun and at == 0)]
    if office is not None and office <= MOST_BEFORE_OFFICE and (not names or names[0] >= office):
        last = len(found) - 1 if closed else _office_ends(found, plain, office, words)
        return Span(found[0].start(), found[_up_to_a_comma(found, 0, last)].end())
    if not names or (not closed and names[0]) or (names[0] and noun):
        return None
    if names[0] and not words.capitals and found[names[0] - 1][0] in words.joiners | _PLACES:
        # the name says whose or where: *the mother of Ana Roa* says it, not Ana Roa
        last = len(found) - 1
        whole = after_article and names[-1] == last == _up_to_a_comma(found, 0, last)
        return Span(found[0].start(), found[-1].end()) if whole else None
    last = names[0]
    while last + 1 < len(found) and _goes_on(found, plain, last, words):
        last += 1
    while not _is_name(found[last][0], words):
        last -= 1
    ends = _up_to_a_comma(found, names[0], last)
    if closed and ends == last and last + 1 < len(found) and "," not in _behind(found, last):
        return None  # a verb follows somebody's name, or a comma does
    return Span(found[names[0]].start(), found[_up_to_a_comma(found, names[0], last)].end())


_PLACES = frozenset("en em in a à au aux dans no na nos nas nel nella al alla".split())
"""Words before a name by which it says where."""


def _office_ends(found: list[re.Match[str]], plain: list[str], office: int, words: SaidWords) -> int:
    """Return the last word of an office whose end nothing shows: "the spokesman *of the police*", a name behind it."""
    last = office
    while last + 1 < len(found):
        after = last + 1
        if _is_name(found[after][0], words):
            last = after
        elif plain[after] in words.joiners and after + 1 < len(found):
            last = after + 2 if plain[after + 1] in words.determiners and after + 2 < len(found) else after + 1
        else:
            break
    return last


def _goes_on(found: list[re.Match[str]], plain: list[str], last: int, words: SaidWords) -> bool:
    after = last + 1
    joined = plain[after] in words.joiners and after + 1 < len(found) and _is_name(found[after + 1][0], words)
    return _is_name(found[after][0], words) or joined


def _behind(found: list[re.Match[str]], at: int) -> str:
    return found[at].string[found[at].end() : found[at + 1].start()]


def _up_to_a_comma(found: list[re.Match[str]], first: int, last: int) -> int:
    parted = (at for at in range(first, last) if "," in _behind(found, at))
    return next(parted, last)


def _is_name(word: str, words: SaidWords) -> bool:
    """Return whether a word may be a name: in capitals and no word with which sentences begin, or an agency's."""
    plain = _plain(word)
    if plain in _IN_SMALL:
        return True
    known = words.determiners | words.breaks | words.skip
    return word[0].isupper() and plain not in known and word not in words.openers


def _is_title(last: list[str], words: SaidWords) -> bool:
    """Return whether the last word before a stop is short for a form of address, whose stop ends no name: Sra."""
    return last != [] and last[0][0].isupper() and last[0].rstrip(".") in words.titles


def _denied(text: str, sentence: Span, cue: Span, words: SaidWords) -> bool:
    clause = re.split(r"[,;:.!?»”“\"]", text[sentence.start : cue.start])[-1]
    return any(_plain(word).strip("'") in words.denied for word in _WORD.findall(clause)[-2:])


def _stripped(text: str, start: int, end: int) -> Span:
    """Return a span without the white space, marks and commas at its ends."""
    while start < end and text[start] in ' \n\t,;:«»“”„"–—-':
        start += 1
    while end > start and text[end - 1] in ' \n\t,;:«»“”„".–—-':
        end -= 1
    return Span(start, end)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _of(match: re.Match[str]) -> Span:
    return Span(match.start(), match.start() + len(match[0].rstrip()))


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").rstrip(".")


def _either(phrases: str) -> str:
    several = [phrase.strip() for phrase in phrases.split("|") if phrase.strip()]
    return "|".join(re.escape(one).replace(r"\ ", r"\s") for one in sorted(several, key=len, reverse=True)) or "(?!)"


def in_full(text: str, written: str, words: SaidWords) -> str:
    """Return the fullest name that a text has for somebody: "Ana Roa" of "Roa" and "Mrs Roa"; else what is written."""
    parts = written.split()
    while len(parts) > 2 and _plain(parts[0]) in words.people and _is_name(parts[1], words):
        parts.pop(0)  # "alcaldesa Ana Roa"
    written = " ".join(parts)
    head, _, surname = written.rpartition(" ")
    if _plain(surname) in words.people or (head and head.rstrip(".") not in words.titles):
        return written
    given = rf"(?<!\w)((?:{CAPITAL}[\w'’-]+\s){{1,3}}){re.escape(surname)}(?!\w)"
    for match in re.finditer(given, text):
        first = match[1].split()
        while first and (not _is_name(first[0], words) or first[0].rstrip(".") in words.titles | {head}):
            first.pop(0)
        first = [word for word in first if _plain(word) not in words.people]
        if first and f"{' '.join(first)} {surname}" in text:
            return f"{' '.join(first)} {surname}"
    return surname if head else written
