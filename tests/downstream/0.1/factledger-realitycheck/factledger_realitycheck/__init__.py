"""realitycheck: the registries of claims and sources of another ledger, in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from ledger import Agent, Claim, Evidence, InputError, Source, SourceKind, hookimpl
from ledger.format import Document, Exchange, ImportItem

HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,78}[a-z0-9])?")
KINDS = {
    "ARTICLE": SourceKind.ARTICLE,
    "BLOG": SourceKind.ARTICLE,
    "SOCIAL": SourceKind.POST,
    "INTERVIEW": SourceKind.INTERVIEW,
    "CONVO": SourceKind.INTERVIEW,
    "DATA": SourceKind.DATASET,
}
"""What a source's type is here; all others are documents."""

CLAIMS = {
    "[F]": "fact",
    "[T]": "theory",
    "[H]": "hypothesis",
    "[P]": "prediction",
    "[A]": "assumption",
    "[S]": "speculation",
    "[C]": "counterfactual",
}
RELATIONS = ("supports", "contradicts", "depends_on", "modified_by", "part_of_chain")
"""What claims are to each other there; here a claim stands on sources."""


class RealityCheck(Exchange):
    """Registries of realitycheck (YAML), in."""

    name = "realitycheck"
    version = 1
    title = "registries of claims and sources of realitycheck (YAML)"
    carries = "sources with their authors; claims with the sources that they are from; credence and levels as notes"
    loses = "what claims are to each other, chains of arguments, who extracted a claim; each is named"
    media_type = "application/yaml"
    suffixes = (".yaml", ".yml")

    def recognises(self, document: Document) -> bool:
        theirs = re.search(rb"(?m)^(?:counters|sources|claims):", document.data)
        return theirs is not None and b"factledger:" not in document.data

    def read(self, document: Document) -> Iterator[ImportItem]:
        """Yield an item for each source and each claim of a registry."""
        told = _loaded(document)
        if not isinstance(told, dict) or not any(isinstance(told.get(key), dict) for key in ("sources", "claims")):
            raise InputError("This is no registry of claims or sources.", where=document.name)
        for name, fields in _entries(told.get("sources")):
            yield _source(name, fields)
        for name, fields in _entries(told.get("claims")):
            yield _claim(name, fields)
        for name, _ in _entries(told.get("chains")):
            yield ImportItem(name=name, refused="A chain of arguments: here a claim stands on sources, not on claims.")


@hookimpl
def ledger_register_exchanges() -> Iterable[Exchange]:
    return [RealityCheck()]


def _loaded(document: Document) -> Any:
    try:
        return yaml.load(document.text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{document.name}:{mark.line + 1}" if mark else document.name
        raise InputError("This is not YAML.", where=where, hint="Export it again.") from None
    except (ValueError, RecursionError, OverflowError):
        raise InputError("This is YAML that cannot be read.", where=document.name, hint="Export it again.") from None


def _entries(told: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, fields in told.items() if isinstance(told, dict) else ():
        yield str(name) or "(no id)", fields if isinstance(fields, dict) else {}


def _text(value: Any) -> str:
    """Return a value as one line; nothing of what is no text or figure."""
    if isinstance(value, float):
        return f"{value:.2f}"
    return " ".join(str(value).split()) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _texts(value: Any) -> list[str]:
    return [text for one in (value if isinstance(value, list) else [value]) if (text := _text(one))]


def _handle(name: str) -> str:
    lower = name.lower()
    return lower if HANDLE.fullmatch(lower) else ""


def _source(name: str, fields: Mapping[str, Any]) -> ImportItem:
    title, authors, left_out = _text(fields.get("title")), _texts(fields.get("author")), list[str]()
    if not title:
        return ImportItem(name=name, refused="It has no title.")
    url: str | None = _text(fields.get("url"))
    if url and not re.fullmatch(r"https?://[^\s/]+\S*", url):
        left_out.append(f"the address “{url[:60]}”: no web address")
    if not url or left_out:
        url = None
    year = _text(fields.get("year"))
    said = {
        "By": ", ".join(authors) if len(authors) > 1 else "",
        "Reliability there:": _text(fields.get("reliability")),
        "Bias:": _text(fields.get("bias_notes")).rstrip("."),
        "Topics:": ", ".join(_texts(fields.get("topics"))),
    }
    author = Agent(uid=f"author {authors[0]}", handle="", name=authors[0]) if authors else None
    source = Source(
        uid=name,
        handle=_handle(name),
        title=title,
        kind=KINDS.get(_text(fields.get("type")), SourceKind.DOCUMENT),
        author=author.uid if author else None,
        published=year if re.fullmatch(r"\d{4}", year) else None,
        url=url,
        note=" ".join(f"{label} {value}." for label, value in said.items() if value)[:5_000] or None,
    )
    return ImportItem(name=name, records=(*([author] if author else []), source), left_out=tuple(left_out))


def _claim(name: str, fields: Mapping[str, Any]) -> ImportItem:
    text = _text(fields.get("text"))
    if not text:
        return ImportItem(name=name, refused="It has no text.")
    claim = Claim(uid=name, handle=_handle(name), text=text, topic=_text(fields.get("domain")) or None)
    said = {
        "Kind of claim there:": CLAIMS.get(_text(fields.get("type")), _text(fields.get("type"))),
        "Credence:": _text(fields.get("credence")),
        "Evidence level:": _text(fields.get("evidence_level")),
        "Note:": _text(fields.get("notes")).rstrip("."),
    }
    note = " ".join(f"{label} {value}." for label, value in said.items() if value)[:5_000] or None
    evidence = tuple(
        Evidence(uid=f"{name} {source}", handle="", claim=name, source=source, note=note)
        for source in dict.fromkeys(_texts(fields.get("source_ids")))
    )
    left_out = [f"{key} {', '.join(found)}" for key in RELATIONS if (found := _texts(fields.get(key)))]
    if left_out:
        left_out = [f"{'; '.join(left_out)}: here a claim stands on sources"]
    if not evidence:
        left_out += [f"{note} It names no source, whose note would say so"] if note else []
    return ImportItem(name=name, records=(claim, *evidence), left_out=tuple(left_out))
