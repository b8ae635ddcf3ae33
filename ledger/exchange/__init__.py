"""One module per format, in or out: story files, tables, and the example ledger made of one."""

from .example import build_example
from .recorded import Imported, by_kind
from .story import import_story
from .table import import_table

__all__ = ["Imported", "build_example", "by_kind", "import_story", "import_table"]
