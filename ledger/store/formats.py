"""Every format that ledger files were ever written in, by what they define.

The log means the same in all of them, so that nothing is ever converted: the readable tables of an older file are
verified against those that its entries give today, column by column as far as it has them, and `upgrade` makes them
anew. What this program has to know of an earlier format is therefore its definitions, each by a digest (formats.toml).

Format 1 was written in several shapes, before a change of the tables raised the number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import attrs

from ..sqlite import sqlite3
from . import schema
from .schema import Definition

FILE = Path(__file__).with_name("formats.toml")

MIGRATIONS: Mapping[int, tuple[str, ...]] = {
    3: (
        "ALTER TABLE ledger_entry RENAME TO ledger_entry_before",
        schema.LOG["ledger_entry"],
        "INSERT INTO ledger_entry SELECT seq, hash, env, sig, salt, as_stored(json_extract(env, '$.kind'), body) "
        "FROM ledger_entry_before ORDER BY seq",
        "DROP TABLE ledger_entry_before",
        *(sql for name, sql in schema.GUARDS.items() if name.startswith("ledger_entry")),
        schema.LOG["ledger_words"],
        schema.KEEP_WORDS,
    ),
}
"""What changes the tables of the log itself, which no replay makes anew: the statements that lead to a format."""

EARLIER: Mapping[str, tuple[tuple[str, ...], str]] = {
    "ledger_mention": (
        ("target", "seq"),
        """
SELECT n.seq, coalesce(s.uid, :ledger) AS subject, CAST(coalesce(t.uid, :ledger) AS TEXT) AS target
FROM ledger_naming n
  LEFT JOIN ledger_record s ON s.first_seq = n.subject LEFT JOIN ledger_record t ON t.first_seq = n.target""",
    ),
    "ledger_checked": (
        ("subject",),
        """
SELECT CAST(u.subject AS TEXT) AS subject, coalesce(k.sets, '{}') AS sets
FROM (SELECT DISTINCT json_extract(body, '$.subject') AS subject FROM ledger_record WHERE kind = 'result') u
  LEFT JOIN ledger_record r ON r.uid = u.subject LEFT JOIN (
    SELECT subject, json_group_object(checker, json_array(version, input, digest, until, ran)) AS sets FROM (
      SELECT f.subject, s.checker, s.version, json_extract(p.inputs, '$[' || f.input || ']') AS input,
        max(lower(hex(f.digest))) AS digest, coalesce(min(s.valid_until), '') AS until, min(s.outcome <> 'error') AS ran
      FROM ledger_finding f JOIN ledger_said s ON s.number = f.said JOIN ledger_result p ON p.seq = f.seq
      GROUP BY f.subject, s.checker ORDER BY f.subject, s.checker) GROUP BY subject
  ) k ON k.subject = coalesce(r.handle, 'ledger')""",
    ),
    "findings": (("id",), "SELECT * FROM main.findings"),
}
"""Tables of earlier formats as they follow from those of this one: the key, and the rows; :ledger is its uid."""


LEAN = 3
"""The first format whose `ledger_record` holds results without their findings."""


@attrs.frozen
class Format:
    """One shape of one format: since when it was written, and the digest of each definition ("table claims claims").

    `reckoned` are columns ("table.column") that this format counted otherwise; they say nothing about records.
    """

    number: int
    since: str
    definitions: Mapping[str, str]
    reckoned: frozenset[str] = frozenset()

    @property
    def current(self) -> bool:
        """Whether this program writes it."""
        return self.number == schema.FORMAT

    @property
    def whole(self) -> bool:
        """Whether `ledger_record` holds results with their findings."""
        return self.number < LEAN

    def __str__(self) -> str:
        return f"format {self.number}"


@cache
def formats() -> tuple[Format, ...]:
    """Return every format, oldest first; each stanza of the file says what is otherwise than in the one before it."""
    found: list[Format] = []
    definitions: dict[str, str] = {}
    for stanza in tomllib.loads(FILE.read_text(encoding="utf-8"))["format"]:
        gone = stanza.get("gone", [])
        definitions = {name: digest for name, digest in definitions.items() if name not in gone}
        definitions |= stanza["defines"]
        reckoned = frozenset(stanza.get("reckoned", ()))
        found.append(Format(stanza["number"], stanza["since"], definitions, reckoned))
    return tuple(found)


def make_earlier(db: sqlite3.Connection, ledger: str) -> None:
    """Make the tables of earlier formats beside those of this one, for this connection alone; `ledger` is its uid."""
    for table, (key, sql) in EARLIER.items():
        db.execute(f"CREATE TEMP TABLE {table} AS {sql}", {"ledger": ledger} if ":ledger" in sql else {})
        db.execute(f"CREATE UNIQUE INDEX temp.{table}_key ON {table} ({', '.join(key)})")


def number_of(db: sqlite3.Connection) -> int:
    """Return the number of the format that a file says it is in."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def format_of(number: int, definitions: set[Definition]) -> Format | None:
    """Return the format of this number whose definitions these are, or are nearest to; None for a newer number."""
    found = {key_of(one): one.digest for one in definitions}
    shapes = [one for one in formats() if one.number == number]
    return min(shapes, key=lambda one: len(one.definitions.items() ^ found.items()), default=None)


def exactly(definitions: set[Definition]) -> Format | None:
    """Return the format that defines just this, whatever number the file gives itself."""
    found = {key_of(one): one.digest for one in definitions if not schema.is_shadow(one)}
    return next((one for one in formats() if one.definitions == found), None)


def key_of(one: Definition) -> str:
    """Return the name by which a format knows a definition: kind, name, and the table it is of."""
    return f"{one.kind} {one.name} {one.table}"


def lacking() -> Iterator[str]:
    """Yield the lines that formats.toml lacks to know what `schema` defines now; none if it does."""
    known = formats()[-1].definitions
    now = {key_of(one): one.digest for one in schema.expected() if not schema.is_shadow(one)}
    if now == known:
        return
    yield from ("[[format]]", f"number = {schema.FORMAT}", 'since = "DATE"')
    yield f"gone = {sorted(known.keys() - now.keys())}".replace("'", '"')
    yield "[format.defines]"
    yield from (f'"{name}" = "{digest}"' for name, digest in sorted(now.items()) if known.get(name) != digest)
