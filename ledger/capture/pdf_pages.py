"""The text of a PDF's pages, as JSON: run as a program of its own, so that a hostile file can be stopped.

    python -P pdf_pages.py SECONDS BYTES PAGES CHARACTERS < file.pdf

Prints an object with `pages`, `info`, `language` and `pypdf`, or with `refused`. It imports nothing of this package;
what goes wrong inside pypdf ends it, and its parent says so.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import Any

INFO = ("/Title", "/Author", "/CreationDate", "/ModDate")


def main(seconds: int, memory: int, pages: int, characters: int) -> None:
    """Print the pages of the PDF on standard input."""
    _limit(seconds, memory)
    import pypdf

    logging.disable()
    reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        found: dict[str, Any] = {"refused": "encrypted"}
    elif len(reader.pages) > pages:
        found = {"refused": "pages", "count": len(reader.pages)}
    else:
        found = _text(reader, characters)
    json.dump(found, sys.stdout)


def _text(reader: Any, characters: int) -> dict[str, Any]:
    import pypdf

    texts, size = [], 0
    for page in reader.pages:
        texts.append(page.extract_text())
        size += len(texts[-1])
        if size > characters:
            return {"refused": "characters"}
    info = reader.metadata or {}
    said = {key: str(info[key]) for key in INFO if info.get(key)}
    language = reader.root_object.get("/Lang")
    return {"pages": texts, "info": said, "language": str(language or ""), "pypdf": pypdf.__version__}


def _limit(seconds: int, memory: int) -> None:
    """Bound this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]))
