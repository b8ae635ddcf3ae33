"""The text of a PDF, page by page, by pypdf in a process of its own (extra `[pdf]`)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import attrs

from ..errors import InputError
from ..text.pages import PAGE_BREAK
from ..text.pages import pages as page_spans
from .metadata import Suggestion, suggestion

FORM, FIRST_FORM = "pdf/2", "pdf/1"
"""How the text of the pages is put together: a page break between them; at first, a blank line."""

MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000
SECONDS = 60
"""Seconds of computing after which a PDF is given up."""
MEMORY = 1_500_000_000
"""Bytes of address space that reading a PDF may take."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_DATE = re.compile(r"(?:D:)?(\d{4})-?(\d\d)?-?(\d\d)?")
_REFUSALS = {
    "encrypted": ("The PDF is locked with a password.", "Save it without one."),
    "pages": (f"The PDF has more than {MOST_PAGES:,} pages.", "Archive the part that matters."),
    "characters": (f"The PDF has more than {MOST_CHARACTERS:,} characters.", "Archive the part that matters."),
}


@attrs.frozen
class Pages:
    """A PDF's text with the starts of its pages in it, what it says of itself, and what to know of it."""

    text: str = attrs.field(repr=False)
    starts: tuple[int, ...]
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...]


def extractor(form: str = FORM) -> str | None:
    """Return the name of the PDF extractor with its version; None where pypdf is not installed."""
    try:
        return f"{form}+pypdf-{version('pypdf')}"
    except PackageNotFoundError:
        return None


def pages(data: bytes, *, where: str) -> Pages:
    """Return the text of a PDF, a page break between pages; raise InputError if it cannot be read or holds none."""
    if extractor() is None:
        raise InputError("Reading a PDF needs pypdf.", where=where, hint="pip install 'factledger[pdf]'")
    found = _run(data, where)
    if found.get("refused"):
        message, hint = _REFUSALS[found["refused"]]
        raise InputError(message, where=where, hint=hint)
    texts = [_clean(each) for each in found["pages"]]
    empty = [number for number, each in enumerate(texts, 1) if not each]
    if len(empty) == len(texts):
        raise InputError("The PDF holds no text.", where=where, hint="Is it scanned? Run character recognition first.")
    notes = (f"{len(empty):,} of {len(texts):,} pages hold no text (the first is page {empty[0]}).",) if empty else ()
    text = PAGE_BREAK.join(texts)
    return Pages(text, tuple(page.start for page in page_spans(text)), _suggested(found), notes)


def unmarked(text: str) -> str:
    """Return the text of a PDF as the first extractor gave it: a blank line between pages that hold words."""
    return "\n\n".join(filter(None, text.split(PAGE_BREAK)))


def _run(data: bytes, where: str) -> dict[str, Any]:
    limits = [str(each) for each in (SECONDS, MEMORY, MOST_PAGES, MOST_CHARACTERS)]
    command = [sys.executable, "-P", str(Path(__file__).with_name("pdf_pages.py")), *limits]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * SECONDS, check=False)
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode < 0:
        raise InputError(
            "The PDF takes too long to read.", where=where, hint="Print it to a new PDF, or archive a part."
        )
    if b"MemoryError" in done.stderr[-200:]:
        raise InputError("The PDF takes too much memory to read.", where=where, hint="Print it to a new PDF.")
    if done.returncode:
        raise InputError("The PDF is damaged.", where=where, hint="Save it again, or print it to a new PDF.")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _clean(page: str) -> str:
    page = page.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", page)).strip()


def _suggested(found: dict[str, Any]) -> tuple[Suggestion, ...]:
    info = found["info"]
    assert isinstance(info, dict)
    fields = {"/Title": "title", "/CreationDate": "published", "/ModDate": "modified", "/Author": "author"}
    said: list[Suggestion] = []
    for key, field in fields.items():
        value = info.get(key, "")
        if field in ("published", "modified"):
            match = _DATE.match(value)
            value = "-".join(filter(None, match.groups())) if match else ""
        said.extend(suggestion(field, value, f"PDF {key[1:]}"))
    return (*said, *suggestion("language", found["language"], "PDF Lang"))
