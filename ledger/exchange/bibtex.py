"""BibTeX of the sources that claims stand on, for biber and Zotero (the fields of biblatex)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..format import Exchange, Extract
from ..model import SourceKind
from .citations import Citation, cited

TYPES = {
    SourceKind.ARTICLE: "article",
    SourceKind.WIRE_REPORT: "article",
    SourceKind.DATASET: "dataset",
    SourceKind.POST: "online",
    SourceKind.RECORDING: "video",
    SourceKind.LAW: "legislation",
}
"""What a source is as an entry; all others are `misc`."""

_MEANT = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


class BibTex(Exchange):
    """BibTeX of sources, out."""

    name = "bibtex"
    title = "the sources of claims as BibTeX"
    carries = "title, kind, author, publisher, date, address, language, the newest archived copy by its hash"
    loses = "claims, evidence, chains, archived copies"
    media_type = "application/x-bibtex"
    suffixes = (".bib",)

    def write(self, extract: Extract) -> Iterator[str]:
        """Yield an entry for each source that is cited."""
        for number, one in enumerate(cited(extract)):
            fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(one))
            kind = TYPES.get(one.source.kind, "misc")
            yield f"{chr(10) if number else ''}@{kind}{{{one.source.handle},\n{fields}}}\n"


def _fields(one: Citation) -> Iterator[tuple[str, str]]:
    source = one.source
    if one.author is not None:
        yield "author", f"{{{_tex(one.author.name)}}}"
    yield "title", f"{{{_tex(source.title)}}}"
    if one.house is not None:
        yield "journaltitle" if TYPES.get(source.kind) == "article" else "publisher", _tex(one.house.name)
    if one.published is not None:
        parts = one.published.parts
        yield "date", "-".join(f"{part:0{2 if at else 4}}" for at, part in enumerate(parts)) + "~" * one.published.about
    if source.url:
        yield "url", re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", source.url)
    if one.taken is not None:
        yield "urldate", "-".join(f"{part:0{2 if at else 4}}" for at, part in enumerate(one.taken.parts))
    if source.language:
        yield "langid", _tex(source.language)
    if one.copy is not None:
        yield "note", f"Archived copy {_tex(one.copy.handle)}, SHA-256 {one.copy.sha256}, {_tex(one.archive)}"


def _tex(text: str) -> str:
    """Return words as TeX prints them: none of them is a command."""
    return "".join(_MEANT.get(letter, letter) for letter in " ".join(text.split()))
