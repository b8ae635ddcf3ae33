"""The language that an archived copy declares for its text, found in its bytes without reading all of them again."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO

from .metadata import from_html
from .parts import DAMAGED

HEAD = 60_000
"""Bytes of a page in which it says of itself what it is."""

PROPERTIES = 200_000
"""Bytes that are read of the part of a document that has its properties."""

_CATALOG = re.compile(rb"/Type\s*/Catalog\b[^\0]{0,2000}?/Lang\s*\(([A-Za-z0-9-]{2,20})\)")
_CATALOG_AFTER = re.compile(rb"/Lang\s*\(([A-Za-z0-9-]{2,20})\)[^\0]{0,2000}?/Type\s*/Catalog\b")
_PROPERTY = re.compile(rb"<(?:\w+:)?language\b[^<>]{0,200}>\s{0,99}([A-Za-z0-9_-]{2,20})\s{0,99}<")
_PARTS = ("docProps/core.xml", "meta.xml")


def declared_language(data: bytes, extractor: str, headers: Iterable[tuple[str, str]] = ()) -> str | None:
    """Return the language that a copy declares, as it is written there: a page before what its server said of it.

    None where it says nothing. A PDF that packs its catalog away, and a web archive's server, are not asked.
    """
    own = next((look(data) for form, look in _LOOKS.items() if extractor.startswith(form)), None)
    return own or next((value.strip() for name, value in headers if name.lower() == "content-language"), None) or None


def _of_page(data: bytes) -> str | None:
    head = data[:HEAD].decode("latin-1")
    return next((one.value for one in from_html(head) if one.field == "language"), None)


def _of_pdf(data: bytes) -> str | None:
    found = _CATALOG.search(data) or _CATALOG_AFTER.search(data)
    return found[1].decode("ascii") if found else None


def _of_packed(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            part = next((name for name in _PARTS if name in packed.namelist()), None)
            if part is None:
                return None
            with packed.open(part) as unpacked:
                found = _PROPERTY.search(unpacked.read(PROPERTIES))
    except DAMAGED:
        return None
    return found[1].decode("ascii") if found else None


_LOOKS: dict[str, Callable[[bytes], str | None]] = {
    "html/": _of_page,
    "pdf/": _of_pdf,
    "docx/": _of_packed,
    "odt/": _of_packed,
}
"""How a document declares its language, by the name of what reads it."""
