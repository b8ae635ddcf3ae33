"""Quotations as Web Annotations (W3C), out; annotations of Hypothesis and others, in.

An annotation's target is where the words stand, its body what they are evidence of: the claim (`identifying`), and how
they stand to it (`tagging`). Of others' annotations the words are the claim, unless a body says which claim is meant,
and what they remark is a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import InputError
from ..format import CheckedClaim, Document, Exchange, Extract, ImportItem
from ..model import HIDDEN, Anchor, Claim, Evidence, Record, SourceKind, Stance
from ..rules import LONGEST, LONGEST_OTHER
from ..text import fragment
from .foreign import Json, Notes, Work, address, host, plain, several, short
from .selectors import selector
from .streaming import json_list

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
CLAIM, STANCE, REMARK = "identifying", "tagging", "commenting"
"""What a body is for, in the standard's words."""


class WebAnnotations(Exchange):
    """Web Annotations, out and in; an export of Hypothesis, in."""

    name = "annotations"
    title = "quotations as Web Annotations (W3C), also of Hypothesis"
    carries = "exact words with what stands around them, where they stand, which claim they bear on, and how"
    loses = "evidence that quotes nothing, speakers, decisions; of others' annotations who may read them, and replies"
    media_type = "application/ld+json"
    suffixes = (".jsonld", ".json")

    def write(self, extract: Extract) -> Iterator[str]:
        """Yield an AnnotationPage with one annotation for each quotation."""
        head = {"@context": CONTEXT, "type": "AnnotationPage", "id": f"urn:factledger:{extract.ledger}:annotations"}
        yield from json_list(
            head, "items", (one for claim in extract.claims for one in claim_annotations(claim, extract))
        )

    def recognises(self, document: Document) -> bool:
        return b"TextQuoteSelector" in document.data or CONTEXT.encode() in document.data

    def read(self, document: Document) -> Iterator[ImportItem]:
        """Yield an item for each annotation."""
        told = document.json()
        found = next(
            (told[key] for key in ("items", "rows", "first") if isinstance(told, dict) and told.get(key)), told
        )
        if isinstance(found, dict) and "items" in found:
            found = found["items"]
        if isinstance(found, dict) and not found.keys() & {"target", "uri"}:
            raise InputError("There are no annotations in it.", where=document.name, hint="Look into the file.")
        for number, one in enumerate(several(found), 1):
            yield _item(number, one)


def claim_annotations(checked: CheckedClaim, extract: Extract) -> Iterator[Json]:
    """Yield the quotations of a claim as annotations."""
    claim = checked.claim
    for item in checked.dossier.evidence:
        selected = selector(item.anchor) if item.anchor else None
        if selected is None:
            continue
        seen = checked.dossier.seen_in(item)
        body: list[Json] = [
            {"type": "TextualBody", "purpose": CLAIM, "value": claim.text},
            {"type": "TextualBody", "purpose": STANCE, "value": item.stance.value},
        ]
        if item.note and item.note not in HIDDEN:
            body.append({"type": "TextualBody", "purpose": REMARK, "value": item.note})
        target = {"source": seen.url or extract.address(seen), "title": seen.title, "selector": selected}
        yield {
            "@context": CONTEXT,
            "id": f"urn:factledger:{extract.ledger}:{item.handle}",
            "type": "Annotation",
            "motivation": "linking",
            "created": checked.added.get(item.uid),
            "body": body,
            "target": {key: value for key, value in target.items() if value},
        }


def _item(number: int, one: Any) -> ImportItem:
    name = f"annotation {number}"
    if not isinstance(one, dict):
        return ImportItem(name=name, refused="It is no object.")
    notes = Notes()
    target = next((each for each in several(one.get("target")) if isinstance(each, dict)), {})
    if len(several(one.get("target"))) > 1:
        notes.leave("targets", f"{len(several(one['target']))} of them", "only the first is read")
    anchor = _anchor(target, notes)
    words = anchor.exact if anchor else ""
    name = f"{name} “{short(words, 40)}”" if words else name
    work = _work(one, target, notes)
    source = work.source()
    said = _bodies(one)
    text = said.get(CLAIM) or words
    refused = _refused(one, words, text, source is not None)
    if refused or source is None or anchor is None:
        return ImportItem(name=name, refused=refused, left_out=tuple(notes.lines))
    claim = Claim(uid=f"claim {text}", handle="", text=" ".join(text.split()))
    stance = said.get(STANCE, "")
    note = " ".join(filter(None, [said.get(REMARK), f"Tags: {said['tags']}." if "tags" in said else ""]))
    evidence = Evidence(
        uid=f"{claim.uid} {source.uid} {number}",
        handle="",
        claim=claim.uid,
        source=source.uid,
        stance=Stance(stance) if stance in list(Stance) else Stance.SUPPORTS,
        anchor=anchor,
        note=note[:LONGEST_OTHER] or None,
    )
    records: tuple[Record, ...] = (*work.agents, source, claim, evidence)
    return ImportItem(name=name, records=records, left_out=tuple(notes.lines))


def _refused(one: Json, words: str, text: str, known: bool) -> str:
    if not words:
        return "It is a reply, which quotes nothing." if one.get("references") else "It quotes no words of a page."
    if not known:
        return "It does not say on which page its words stand."
    if len(text) > LONGEST["text"]:
        return f"Its words are {len(text):,} characters; a claim has at most {LONGEST['text']:,}."
    return ""


def _selectors(value: Any, depth: int = 0) -> Iterator[Json]:
    for one in several(value):
        if isinstance(one, dict) and depth < 5:
            yield one
            yield from _selectors(one.get("refinedBy"), depth + 1)


def _anchor(target: Json, notes: Notes) -> Anchor | None:
    exact = prefix = suffix = ""
    place = None
    for one in _selectors(target.get("selector")):
        kind = one.get("type")
        if kind == "TextQuoteSelector" and not exact:
            exact, prefix, suffix = (_words(one.get(part)) for part in ("exact", "prefix", "suffix"))
        elif kind == "FragmentSelector" and one.get("value"):
            try:
                place = str(fragment(plain(one["value"])))
            except InputError:
                notes.leave("the place", one["value"], "it is read otherwise, or not at all")
    return Anchor(exact=exact, prefix=prefix, suffix=suffix, fragment=place) if exact else None


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _work(one: Json, target: Json, notes: Notes) -> Work:
    """Return the page of an annotation; Hypothesis has its title beside the target."""
    source = target.get("source")
    source = source if source is not None else one.get("uri")
    name = source.get("id") or source.get("url") if isinstance(source, dict) else source
    aside = one.get("document") if isinstance(one.get("document"), dict) else {}
    title = plain(target.get("title")) or plain(aside.get("title") if isinstance(aside, dict) else None)
    urn = isinstance(name, str) and name.startswith("urn:")
    url = None if urn else address(name, "the page", notes)
    return Work(title=title or (name if urn else "") or host(url), url=url, kind=SourceKind.DOCUMENT)


def _bodies(one: Json) -> dict[str, str]:
    """Return what an annotation says, by what it is for; Hypothesis has a text and tags."""
    said: dict[str, str] = {}
    for body in several(one.get("body")):
        if isinstance(body, str):
            said.setdefault(REMARK, plain(body))
        elif isinstance(body, dict):
            purposes = [each for each in several(body.get("purpose")) if isinstance(each, str)] or [REMARK]
            purpose = purposes[0] if purposes[0] in (CLAIM, STANCE) else REMARK
            key = "tags" if purpose == STANCE and plain(body.get("value")) not in list(Stance) else purpose
            said[key] = ", ".join(filter(None, [said.get(key), plain(body.get("value"))]))
    if plain(one.get("text")):
        said.setdefault(REMARK, plain(one["text"]))
    tags = [plain(tag) for tag in several(one.get("tags"))]
    if any(tags):
        said["tags"] = ", ".join(filter(None, [said.get("tags"), *tags]))
    return said
