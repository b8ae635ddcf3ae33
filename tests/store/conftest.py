"""What the tests of the store share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ledger.store import Ledger
from ledger.store.schema import LOG, PROJECTIONS

Dump = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def tables() -> Callable[[Ledger], Dump]:
    """Read every row of the tables made from the entries, whatever their order."""

    def read(ledger: Ledger) -> Dump:
        return {name: sorted(ledger.db.execute(f"SELECT * FROM {name}"), key=repr) for name in PROJECTIONS}

    return read


@pytest.fixture
def everything(tables: Callable[[Ledger], Dump]) -> Callable[[Ledger], Dump]:
    """Read every row of the file, the log's own tables too."""

    def read(ledger: Ledger) -> Dump:
        return tables(ledger) | {name: ledger.db.execute(f"SELECT * FROM {name}").fetchall() for name in LOG}

    return read
