"""Reading bytes, and the store that keeps them under their own hash."""

from .archive import Archive
from .reading import PLAIN, Reading, plain_text, read_file, text_hash

__all__ = ["PLAIN", "Archive", "Reading", "plain_text", "read_file", "text_hash"]
