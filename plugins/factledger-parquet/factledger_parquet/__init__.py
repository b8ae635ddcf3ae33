"""parquet: what checks found, as one Parquet file, a row for each finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from io import RawIOBase
from itertools import islice
from typing import TYPE_CHECKING, Any

from ledger import hookimpl
from ledger.format import Exchange, Extract, RecordedFinding

if TYPE_CHECKING:
    import pyarrow as pa

GROUP = 20_000
"""Findings that are held at a time, and make one row group."""

LEVEL = 9
"""Of zstd: a finding is written once and read often."""


class Parquet(Exchange):
    """Findings as Parquet, out."""

    name = "parquet"
    version = 1
    title = "what checks found, as Parquet, for DuckDB and other readers of columns"
    carries = "every finding on record: of what, by which checker, its reason, what it cites, measures and lacks"
    loses = "claims, evidence and decisions: `datapackage` has those"
    media_type = "application/vnd.apache.parquet"
    suffixes = (".parquet",)

    def write(self, extract: Extract) -> Iterator[bytes]:
        """Yield the file, a row group at a time; the ledger's name, and the head of its log, stand in its metadata."""
        import pyarrow as pa  # 0.2 s, which no other command should pay
        from pyarrow import parquet

        said = {"origin": extract.origin, "ledger": extract.ledger, "size": str(extract.size), "root": extract.root}
        schema = _schema().with_metadata({f"factledger.{key}": value for key, value in said.items()})
        pieces, found = Pieces(), iter(extract.findings)
        with parquet.ParquetWriter(
            pa.PythonFile(pieces, mode="w"), schema, compression="zstd", compression_level=LEVEL
        ) as out:
            while rows := [_row(one) for one in islice(found, GROUP)]:
                out.write_table(pa.Table.from_pylist(rows, schema))
                yield pieces.taken()
        yield pieces.taken()


class Pieces(RawIOBase):
    """A file that keeps what is written to it until it is taken."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        self._place = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._kept.append(piece)
        self._place += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """Return what was written since this was last asked."""
        kept, self._kept = self._kept, []
        return b"".join(kept)


def _schema() -> pa.Schema:
    import pyarrow as pa

    text, instant = pa.string(), pa.timestamp("us", tz="UTC")
    return pa.schema(
        {
            "subject": text,
            "checker": text,
            "version": text,
            "outcome": text,
            "code": text,
            "reason": text,
            "fix": text,
            "cites": pa.list_(text),
            "details": pa.list_(text),
            "measures": pa.map_(text, pa.int64()),
            "missing": pa.list_(pa.struct({"kind": text, "record": text, "field": text})),
            "valid_until": instant,
            "run": text,
            "input": text,
            "seq": pa.int64(),
            "added": instant,
        }
    )


def _row(one: RecordedFinding) -> Mapping[str, Any]:
    """Return a finding as the columns have it."""
    found = one.finding
    return {
        "subject": one.subject,
        "checker": one.checker,
        "version": one.version,
        "outcome": found.outcome.value,
        "code": found.code,
        "reason": found.reason,
        "fix": found.fix,
        "cites": one.handles,
        "details": found.details,
        "measures": found.measures,
        "missing": [{"kind": lack.kind.value, "record": lack.record, "field": lack.field} for lack in one.missing],
        "valid_until": _instant(found.valid_until),
        "run": one.run,
        "input": one.input,
        "seq": one.seq,
        "added": _instant(one.at),
    }


def _instant(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


@hookimpl
def ledger_register_exchanges() -> Iterable[Exchange]:
    """Bring the format."""
    return [Parquet()]
