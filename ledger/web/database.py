"""The ledger's file as Datasette reads it. Imports Datasette: itself imported only when that is complete."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette.database import Database, QueryInterrupted, Results

from ..sqlite import sqlite3
from .asking import current

APART = Path(__file__).with_name("apart.py")

START = 1.0
"""Seconds that a process may take to begin."""


class LedgerDatabase(Database):  # type: ignore[misc]
    """A ledger file that no plugin can write to, at a path of any spelling; a reader's SQL is run apart."""

    def __init__(self, datasette: Any, path: Path, *, is_mutable: bool = True) -> None:
        super().__init__(datasette, path=str(path), is_mutable=is_mutable)
        self.opened: list[sqlite3.Connection] = []

    @property
    def uri(self) -> str:
        """The address by which SQLite opens the file, for reading only."""
        lock = "&nolock=1" if self.ds.nolock else ""
        return f"file:{quote(self.path)}?{'mode=ro' + lock if self.is_mutable else 'immutable=1'}"

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """Return a new connection, which cannot write whatever is asked."""
        self.opened.append(sqlite3.connect(self.uri, uri=True, check_same_thread=False))
        return self.opened[-1]

    def close(self) -> None:
        """Close the connections that were made."""
        super().close()
        while self.opened:
            self.opened.pop().close()

    async def execute(
        self,
        sql: str,
        params: Any = None,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,
    ) -> Results:
        """Return the answer to a query; one that holds a reader's own SQL is bounded in time, memory and size."""
        if not any(text in sql for text in current.get().sql):
            return await super().execute(sql, params, truncate, custom_time_limit, page_size, log_sql_errors)
        limit = min(custom_time_limit or self.ds.sql_time_limit_ms, self.ds.sql_time_limit_ms)

        def asked() -> Results:
            return self._apart(sql, params or {}, limit)

        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, asked)

    def _apart(self, sql: str, params: Any, limit: int) -> Results:
        most = self.ds.max_returned_rows
        question = json.dumps({"uri": self.uri, "sql": sql, "params": params, "most": most + 1}, default=str)
        command = [sys.executable, "-I", str(APART)]
        try:
            done = subprocess.run(
                command, input=question, capture_output=True, encoding="utf-8", timeout=START + limit / 1000
            )
        except subprocess.TimeoutExpired:
            raise QueryInterrupted(sqlite3.OperationalError("interrupted"), sql, params) from None
        if done.returncode:
            raise sqlite3.OperationalError("it takes more memory than a query is given")
        told = json.loads(done.stdout)
        if "error" in told:
            raise sqlite3.OperationalError(told["error"])
        return _results(told["columns"], told["rows"], most)


def _results(columns: list[str], rows: list[list[Any]], most: int) -> Results:
    """Return what came from the other process as Datasette has it from its own."""
    names = ", ".join('NULL AS "' + name.replace('"', '""') + '"' for name in columns)
    named = sqlite3.connect(":memory:")
    try:
        cursor = named.execute(f"SELECT {names or 'NULL'}")
        made = [
            sqlite3.Row(cursor, tuple(base64.b64decode(cell["b"]) if isinstance(cell, dict) else cell for cell in row))
            for row in rows[:most]
        ]
        return Results(made, len(rows) > most, cursor.description)
    finally:
        named.close()
