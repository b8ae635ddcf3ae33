"""Texts of treebanks in CoNLL-U, put together again: paragraphs, sentences and words with their syntax.

    for document in treebanks.documents(folder / "dep", keep=lambda name: "_court_" in name): ...

GUM (github: amir-zeldes/gum; annotations CC BY 4.0, texts CC BY, BY-SA and BY-NC-SA by genre) and UD English EWT
(github: UniversalDependencies/UD_English-EWT, CC BY-SA 4.0) mark where a paragraph begins and whether a space follows
a word, so that the text is what stood on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import field, frozen


@frozen
class Word:
    """A word: as written, its lemma, universal part of speech, the number of its head in the sentence, its relation."""

    written: str
    lemma: str
    pos: str
    head: int
    relation: str
    space: bool


@frozen
class Sentence:
    """A sentence: its words, counted from 1 as their heads do, and whether a paragraph begins with it."""

    words: tuple[Word, ...]
    opens: bool

    @property
    def text(self) -> str:
        return self.piece(1, len(self.words))

    def piece(self, first: int, last: int) -> str:
        """Return words `first` to `last`, both counted from 1, as they stand."""
        return "".join(one.written + " " * one.space for one in self.words[first - 1 : last]).strip()

    def under(self, top: int) -> range:
        """Return the numbers of a word and all that hangs from it, from the first to the last."""
        inside, grown = {top}, True
        while grown:
            more = {at for at, one in enumerate(self.words, 1) if one.head in inside} - inside
            inside |= more
            grown = bool(more)
        return range(min(inside), max(inside) + 1)


@frozen
class Document:
    """A text of a treebank: its name, its genre, and its sentences."""

    name: str
    genre: str
    sentences: tuple[Sentence, ...] = field(repr=False)

    @property
    def text(self) -> str:
        return self.laid_out()[0]

    def laid_out(self) -> tuple[str, tuple[int, ...]]:
        """Return the text, an empty line between paragraphs, and where each sentence ends in it."""
        pieces, ends, length = list[str](), list[int](), 0
        for at, sentence in enumerate(self.sentences):
            gap = "" if not at else "\n\n" if sentence.opens else " " * self.sentences[at - 1].words[-1].space
            pieces.append(gap + sentence.text)
            length += len(pieces[-1])
            ends.append(length)
        return "".join(pieces), tuple(ends)


def rows(
    folder: Path, *, each: int = 20, between: str = " ", spaced: bool = False
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the sentences of all CoNLL-U files of a folder, `each` in a row, and where each of them ends.

    For treebanks of single sentences, whose paragraphs are not marked: what stands `between` two is a space, or nothing
    in scripts that set none. `spaced` says that stops have a space before them there, which no text has.
    """
    for path in sorted(folder.glob("*.conllu")):
        said = re.findall(r"(?m)^# text = ?(.*\S)\s*$", path.read_text(encoding="utf-8"))
        if spaced:
            said = [re.sub(r"(?<=\d) ?([.,]) (?=\d{3})| (?=[.,;:?!…])", r"\1", one) for one in said]
        for at in range(0, len(said), each):
            row, ends, length = said[at : at + each], list[int](), -len(between)
            for one in row:
                length += len(between) + len(one)
                ends.append(length)
            yield between.join(row), tuple(ends)


def documents(folder: Path, *, keep: Callable[[str], bool] = lambda name: True) -> Iterator[Document]:
    """Yield the documents of all CoNLL-U files of a folder whose name is to be kept, in the order of their names."""
    for path in sorted(folder.glob("*.conllu")):
        for part in re.split(r"(?m)^(?=# newdoc)", path.read_text(encoding="utf-8")):
            named = re.match(r"# newdoc id = (\S+)", part)
            if named and keep(named[1]):
                genre = re.split(r"[_-]", named[1].removeprefix("GUM_").removeprefix("GENTLE_"))[0]
                yield Document(named[1], genre, tuple(_sentences(part)))


def _sentences(part: str) -> Iterator[Sentence]:
    opens = True
    for block in part.split("\n\n"):
        opens = opens or "# newpar" in block
        words, joined_to, joined_space = list[Word](), 0, True
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            number, written, lemma, pos, _, _, head, relation, _, misc = line.split("\t")
            space = "SpaceAfter=No" not in misc
            if "-" in number:  # two words written as one: "don't"
                joined_to, joined_space = int(number.split("-")[1]), space
            elif number.isdigit():
                inside = int(number) < joined_to
                at_end = int(number) == joined_to
                words.append(
                    Word(written, lemma, pos, int(head), relation, not inside and (joined_space if at_end else space))
                )
        if words:
            yield Sentence(tuple(words), opens)
            opens = False
