"""Reading bytes, and the store that keeps them under their own hash."""

from .archive import Archive
from .metadata import Suggestion
from .offsets import OffsetMap
from .reading import HTML, PLAIN, Reading, plain_text, read, read_again, read_file, text_hash
from .texts import Reader, Texts

__all__ = [
    "HTML",
    "PLAIN",
    "Archive",
    "OffsetMap",
    "Reader",
    "Reading",
    "Suggestion",
    "Texts",
    "plain_text",
    "read",
    "read_again",
    "read_file",
    "text_hash",
]
