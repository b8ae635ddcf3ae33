"""Cuts that change the meaning of a sentence, and cuts of the same shapes that do not, made by its syntax.

    python benchmarks/cuts.py [--failures]

The sentences are GUM's (`gum`, see `treebanks`), half of its genres looked at while the rules were written and half
only counted; what is cut is told by the annotators' trees, not by our table. Pairs of a shape, changing and harmless:

    after a clause    "If the crane falls, | the port is shut"          "When the crane fell, | the port was shut"
    after a verb      "They deny that | the port is shut"               "They know that | the port is shut"
    before a clause   "The port is shut | unless the state helps"       "The port is shut | because the crane fell"
    ellipsis          "[Some] ships sank", "It [may] sink"              "[Old] ships sank", "ships [in the bay] sank"
    brackets          "It [will] sink" for "may sink"                   "[Quell] sank it" for "the captain of the port"

Real quotations: whole sentences between quotation marks in GUM's news and interviews, held to their own text, and the
whole sentences of every text: a note on any of these is an alarm where nothing was cut. Beside ours, what the words
alone would say: a note wherever a word of the table stands within three words of a cut or under it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import bars
import treebanks
from attrs import frozen
from treebanks import Document, Sentence

from ledger.text import Fidelity, Tokens, compare, quoted
from ledger.text.operators import operators

SEEN = "bio court fiction interview news speech voyage".split()
UNSEEN = "academic conversation essay letter podcast textbook vlog whow".split()

TURNING = frozenset("if although though unless until till albeit lest".split())
PLAIN = frozenset("when because since as after once before so that while where".split())
CLAIMING = frozenset("claim doubt deny hope allege fear suspect assume dispute imagine pretend speculate wish".split())
KNOWING = frozenset("know find show explain note learn realize see say notice remember discover understand".split())
LIMITING = frozenset("some few several most many nearly almost only mostly partly".split())
TURNS_ROUND = frozenset("not no never without if".split())
HEDGING = frozenset("may might could allegedly reportedly possibly perhaps probably apparently".split())


@frozen
class Cut:
    """A quotation cut out of a text: the shape of the cut, whether it changes the meaning, and the text."""

    shape: str
    changes: bool
    quote: str
    text: str


def cuts(document: Document) -> Iterator[Cut]:
    text = document.text
    for sentence in document.sentences:
        if 8 <= len(sentence.words) <= 45:
            for maker in (after_clause, after_verb, before_clause, under_ellipsis, in_brackets):
                for shape, changes, quote in maker(sentence):
                    if len(quote.split()) >= 4 and quote[:1] not in ",.;":
                        yield Cut(shape, changes, quote, text)


Made = Iterator[tuple[str, bool, str]]


def _mark(sentence: Sentence, clause: int) -> str:
    """Return the word that a clause begins with, if it is a mark."""
    first = sentence.under(clause)[0]
    word = sentence.words[first - 1]
    return word.lemma.lower() if word.relation in ("mark", "advmod") or word.pos == "SCONJ" else ""


def _root(sentence: Sentence) -> int:
    return next((at for at, one in enumerate(sentence.words, 1) if one.relation == "root"), 1)


def after_clause(sentence: Sentence) -> Made:
    words = sentence.words
    for at, one in enumerate(words, 1):
        span = sentence.under(at)
        end = span[-1] - (words[span[-1] - 1].written == ",")  # the comma hangs from either side
        if one.head < at or span[0] != 1 or end < 3 or end + 2 > len(words) or words[end].written != ",":
            continue
        mark = _mark(sentence, at)
        if one.relation.startswith("advcl") and (mark in TURNING or mark in PLAIN):
            yield "after a clause", mark in TURNING, sentence.piece(end + 2, len(words))
        elif one.relation in ("obl", "advmod", "obl:tmod"):
            yield "after a clause", False, sentence.piece(end + 2, len(words))


def after_verb(sentence: Sentence) -> Made:
    words = sentence.words
    for at, one in enumerate(words, 1):
        span = sentence.under(at)
        if one.relation in ("ccomp", "acl") and 1 < span[0] > one.head and words[span[0] - 1].lemma == "that":
            governor = words[one.head - 1].lemma
            negated = any(word.head == one.head and word.lemma in ("not", "never") for word in words)
            if not negated and (governor in CLAIMING or governor in KNOWING):
                yield "after a verb", governor in CLAIMING, sentence.piece(span[0] + 1, span[-1])


def before_clause(sentence: Sentence) -> Made:
    words = sentence.words
    root = _root(sentence)
    for at, one in enumerate(words, 1):
        span = sentence.under(at)
        if one.head != root or span[0] <= root or span[0] < 5:
            continue
        first = words[span[0] - 1].lemma.lower()
        kept = sentence.piece(1, span[0] - 1).rstrip(" ,;:—–-(")
        if one.relation.startswith("advcl") and (first in TURNING or first in PLAIN):
            yield "before a clause", first in TURNING, kept
        elif one.relation == "conj" and first in ("but", "and"):
            yield "before a clause", first == "but", kept


def under_ellipsis(sentence: Sentence) -> Made:
    words = sentence.words
    for at, one in enumerate(words, 1):
        span = sentence.under(at)
        if span[0] < 2 or span[-1] >= len(words) - 1 or len(span) > 8:
            continue
        key = one.lemma.lower()
        left, right = sentence.piece(1, span[0] - 1), sentence.piece(span[-1] + 1, len(words))
        quote = f"{left} … {right}"
        if len(span) == 1 and one.relation in ("amod", "advmod", "det", "aux") and key in LIMITING | HEDGING:
            yield "ellipsis", True, quote
        elif (
            one.relation in ("amod", "appos", "acl:relcl", "nmod", "obl", "obl:tmod") and key not in LIMITING | HEDGING
        ):
            inside = {word.lemma for word in words[span[0] - 1 : span[-1]]}
            yield from [("ellipsis", False, quote)] if inside.isdisjoint(TURNS_ROUND) else ()


def in_brackets(sentence: Sentence) -> Made:
    words = sentence.words
    for at, one in enumerate(words, 1):
        span = sentence.under(at)
        left, right = sentence.piece(1, span[0] - 1), sentence.piece(span[-1] + 1, len(words))
        if one.relation == "aux" and one.lemma in ("may", "might", "could") and len(span) == 1:
            yield "brackets", True, f"{left} [will] {right}"
        elif one.relation == "nsubj" and one.pos in ("PRON", "PROPN") and len(span) <= 4 and span[-1] < len(words) - 3:
            if one.lemma.lower() not in ("nobody", "none", "nothing", "some", "most", "few", "many", "several", "no"):
                yield "brackets", False, f"{left} [Quell] {right}"
        elif one.relation == "nsubj" and one.pos == "NOUN" and 1 < len(span) <= 4 and span[-1] < len(words) - 3:
            limited = {word.lemma.lower() for word in words[span[0] - 1 : span[-1]]} & (LIMITING | {"no", "half"})
            yield "brackets", bool(limited), f"{left} [the ships] {right}"


def words_alone(quote: str, text: Tokens) -> bool:
    """Say whether a word of the table stands under a cut, or within three words of one."""
    found = compare(quote, text)
    if found.span is None:
        return False
    keys = text.keys
    first = next((at for at, one in enumerate(text.tokens) if one.start >= found.span.start), 0)
    end = next((at for at, one in enumerate(text.tokens) if one.start >= found.span.end), len(keys))
    under = [piece.words for piece in found.pieces if piece.marked and piece.side == "written"]
    near = [*keys[max(0, first - 3) : first], " ", *keys[end : end + 3]]
    return any(True for _ in operators(near)) or any(True for one in under for _ in operators(Tokens(one).keys))


def ours(quote: str, text: Tokens) -> bool:
    return compare(quote, text).fidelity is Fidelity.MISLEADING


def scores(
    made: Sequence[Cut], judge: Callable[[str, Tokens], bool], held: dict[str, Tokens]
) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for cut in made:
        noted = judge(cut.quote, held[cut.text])
        sort = ("hit" if noted else "missed") if cut.changes else ("alarm" if noted else "quiet")
        counts[cut.shape, sort] += 1
        counts["all", sort] += 1
    return counts


def recall_and_precision(counts: Counter[tuple[str, str]], shape: str) -> tuple[float, float]:
    """Return recall, and the precision that it would be if as many cuts changed the meaning as did not."""
    recall = counts[shape, "hit"] / max(1, counts[shape, "hit"] + counts[shape, "missed"])
    alarms = counts[shape, "alarm"] / max(1, counts[shape, "alarm"] + counts[shape, "quiet"])
    return recall, recall / max(1e-9, recall + alarms)


def main() -> None:
    """Measure, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--failures", action="store_true", help="print what ours gets wrong")
    parser.add_argument("--most", type=int, default=60, help="cuts of each shape and sort")
    options = parser.parse_args()
    gum = bars.data(options, "gum")
    if gum is None:
        return
    for name, genres in (("looked at", SEEN), ("only counted", UNSEEN)):
        if options.quick and name == "looked at":
            continue
        documents = list(treebanks.documents(gum / "dep", keep=lambda one, genres=genres: one.split("_")[1] in genres))
        documents = documents[:: 3 if options.quick else 1]
        measure(name, documents, options.most // (3 if options.quick else 1), options.failures)
    bars.close()


def measure(name: str, documents: Sequence[Document], most: int, failures: bool) -> None:
    found = [cut for document in documents for cut in cuts(document)]
    random.Random(5).shuffle(found)
    kept: Counter[tuple[str, bool]] = Counter()
    made = []
    for cut in found:
        kept[cut.shape, cut.changes] += 1
        if kept[cut.shape, cut.changes] <= most:
            made.append(cut)
    held = {text: Tokens(text) for text in {cut.text for cut in made}}
    print(f"\n{name}: {len(made)} cuts of {len(documents)} texts")
    tables = {"factledger": scores(made, ours, held), "words alone": scores(made, words_alone, held)}
    for shape in [*dict.fromkeys(cut.shape for cut in made), "all"]:
        row = f"  {shape:18}{kept_of(tables['factledger'], shape):>12}"
        for judge, counts in tables.items():
            recall, precision = recall_and_precision(counts, shape)
            row += f"   {judge} recall {recall:.3f} precision {precision:.3f}"
        print(row)
    if failures:
        for cut in made:
            if ours(cut.quote, held[cut.text]) is not cut.changes:
                noted = compare(cut.quote, held[cut.text])
                sort = "changes" if cut.changes else "harmless"
                print(f"  ! {cut.shape}, {sort}: {cut.quote!r} {noted.fidelity} {noted.notes}")
    recall, precision = recall_and_precision(tables["factledger"], "all")
    if name == "only counted":
        bars.hold("cuts that change the meaning, recall", recall, least=0.85)
        bars.hold("cuts that change the meaning, precision", precision, least=0.9)
    whole(name, documents)


def whole(name: str, documents: Sequence[Document]) -> None:
    """Print how many whole sentences, and how many quotations that a text makes itself, are noted."""
    counts: Counter[str] = Counter()
    for document in documents:
        tokens = Tokens(document.text)
        for sentence in document.sentences:
            if len(sentence.words) > 5:
                counts["sentences"] += 1
                counts["sentences noted"] += ours(sentence.text, tokens)
        for span in quoted(document.text):
            counts["quotations"] += 1
            counts["quotations noted"] += ours(span.of(document.text), tokens)
    for what in ("sentences", "quotations"):
        print(f"  whole {what}: {counts[f'{what} noted']} of {counts[what]} noted")
    if name == "only counted":
        bars.hold("whole sentences noted, share", counts["sentences noted"] / max(1, counts["sentences"]), most=0.01)


def kept_of(counts: Counter[tuple[str, str]], shape: str) -> str:
    changing = counts[shape, "hit"] + counts[shape, "missed"]
    return f"{changing} / {counts[shape, 'alarm'] + counts[shape, 'quiet']}"


if __name__ == "__main__":
    main()
