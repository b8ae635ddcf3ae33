"""Reading bytes, and the store that keeps them under their own hash."""

from .archive import Archive
from .reading import PLAIN, Reading, plain_text, read_bytes, read_file, text_hash
from .texts import Reader, Texts

__all__ = ["PLAIN", "Archive", "Reader", "Reading", "Texts", "plain_text", "read_bytes", "read_file", "text_hash"]
