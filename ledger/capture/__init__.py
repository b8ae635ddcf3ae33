"""Reading bytes, and the store that keeps them under their own hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import load_on_demand

if TYPE_CHECKING:
    from .archive import Archive
    from .extraction import Extraction, text_hash
    from .html import HTML
    from .metadata import Suggestion
    from .offsets import OffsetMap
    from .plain import PLAIN, plain_text
    from .reading import asides, read, read_again, read_file
    from .texts import ArchiveReader, Blobs, Texts
    from .told import Languages

__all__ = [
    "HTML",
    "PLAIN",
    "Archive",
    "ArchiveReader",
    "Blobs",
    "Extraction",
    "Languages",
    "OffsetMap",
    "Suggestion",
    "Texts",
    "asides",
    "plain_text",
    "read",
    "read_again",
    "read_file",
    "text_hash",
]

load_on_demand(__name__)
