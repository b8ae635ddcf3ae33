"""One module per format, in or out: story files and tables."""

from .recorded import Imported, by_kind
from .story import import_story

__all__ = ["Imported", "by_kind", "import_story"]
