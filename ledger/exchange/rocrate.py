"""What stands in an evidence bundle as RO-Crate metadata (RO-Crate 1.2): `ro-crate-metadata.json` among its files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..model import Capture, Claim, Source

Json = dict[str, Any]

NAME = "ro-crate-metadata.json"
VERSION = "https://w3id.org/ro/crate/1.2"
ABOUT = {
    "index.html": ("What is in the bundle, and how to check it", "text/html"),
    "claim.json": ("Every record of the claim", "application/json"),
    "chain.txt": ("Where the claim comes from", "text/plain"),
    "proofs/checkpoint.txt": ("The signed head of the log", "text/plain"),
}


def crate(
    claim: Claim, origin: str, dated: str, files: Iterable[str], captures: Iterable[tuple[str, Capture, Source | None]]
) -> str:
    """Return the metadata of a bundle as JSON-LD: its `files`, and of `captures` (file, copy, source) what each is of.

    `dated` is the day (ISO 8601) of the last entry in it.
    """
    copies = {path: (capture, source) for path, capture, source in captures}
    parts = [_file(path, *copies.get(path, (None, None))) for path in files]
    sources = {one["@id"]: one for one in (_source(source) for _, source in copies.values() if source)}
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Evidence bundle: {claim.text}",
        "description": f"The claim “{claim.text}” with all it stands on, from the ledger {origin}.",
        "datePublished": dated,
        "license": "Whole works of others are in it: it is for the hands that it was given to.",
        "hasPart": [{"@id": part["@id"]} for part in parts],
        "about": {"@id": "#claim"},
        "publisher": {"@id": "#ledger"},
    }
    metadata = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": VERSION},
        "about": {"@id": "./"},
    }
    about = {"@id": "#claim", "@type": "Claim", "name": claim.text, "identifier": claim.handle}
    owner = {"@id": "#ledger", "@type": "Organization", "name": origin}
    graph = [metadata, root, about, owner, *parts, *sources.values()]
    return json.dumps({"@context": f"{VERSION}/context", "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _file(path: str, capture: Capture | None, source: Source | None) -> Json:
    name, media_type = ABOUT.get(path, ("", ""))
    if path.startswith("proofs/") and path.endswith(".json"):
        name, media_type = "Proof that entries stand in the log", "application/json"
    elif path.startswith("texts/"):
        name, media_type = "The words that can be read in an archived copy", "text/plain"
    told: Json = {"@id": path, "@type": "File", "name": name or path, "encodingFormat": media_type}
    if capture is not None:
        told |= {"name": f"Archived copy {capture.handle}", "encodingFormat": capture.media_type}
        told |= {"contentSize": str(capture.size), "sha256": capture.sha256}
        if capture.taken_at:
            told["dateCreated"] = capture.taken_at
        if source is not None:
            told["isBasedOn"] = {"@id": _id(source)}
    return told


def _source(source: Source) -> Json:
    told = {
        "@id": _id(source),
        "@type": "CreativeWork",
        "name": source.title,
        "datePublished": source.published,
        "inLanguage": source.language,
        "url": source.url,
    }
    return {key: value for key, value in told.items() if value}


def _id(source: Source) -> str:
    return source.url or f"#source-{source.handle}"
