"""One module per format, in or out: story files, tables, the log as lines, backups, bundles, the example ledger."""

from .backup import Backup, back_up
from .bundle import Bundle, gather_bundle, write_bundle
from .example import build_example
from .loglines import export_log, import_log, is_log
from .marks import Marks, read_marks
from .recorded import Imported, by_kind
from .sarif import sarif_text
from .story import import_story
from .table import import_table
from .upgrade import Upgraded, upgrade_file

__all__ = [
    "Backup",
    "Bundle",
    "Imported",
    "Marks",
    "Upgraded",
    "back_up",
    "build_example",
    "by_kind",
    "export_log",
    "gather_bundle",
    "import_log",
    "import_story",
    "import_table",
    "is_log",
    "read_marks",
    "sarif_text",
    "upgrade_file",
    "write_bundle",
]
