"""One module per format, in or out, and how formats are asked; backups, bundles, the example ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import load_on_demand

if TYPE_CHECKING:
    from .backup import Backup, back_up
    from .bundle import Bundle, gather_bundle, write_bundle
    from .cells import TableForm, inert
    from .columns import COLUMNS, ColumnMap, column_map
    from .example import build_example
    from .extract import extract, kept_back
    from .going import WholeExchange, document_of, import_document, read_items, recognised, written
    from .loglines import export_log, import_log, is_log
    from .marks import Marks, read_marks
    from .recorded import Imported, Tally, by_kind
    from .sarif import sarif_text
    from .story import import_story
    from .table import import_parts, import_table
    from .upgrade import Upgraded, upgrade_file
    from .whole import WholeClaim, whole_claim

__all__ = [
    "COLUMNS",
    "Backup",
    "Bundle",
    "ColumnMap",
    "Imported",
    "Marks",
    "TableForm",
    "Tally",
    "Upgraded",
    "WholeClaim",
    "WholeExchange",
    "back_up",
    "build_example",
    "by_kind",
    "column_map",
    "document_of",
    "export_log",
    "extract",
    "gather_bundle",
    "import_document",
    "import_log",
    "import_parts",
    "import_story",
    "import_table",
    "inert",
    "is_log",
    "kept_back",
    "read_items",
    "read_marks",
    "recognised",
    "sarif_text",
    "upgrade_file",
    "whole_claim",
    "write_bundle",
    "written",
]

load_on_demand(__name__)
