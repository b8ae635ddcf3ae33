"""The verifier against files damaged by chance, by hand and by malice: always a report, and never a false "sound"."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlite_utils.utils import sqlite3

from ledger import book as use_cases
from ledger import checks, log, store, trust
from ledger.audit import verify
from ledger.audit.log import KNOWN
from ledger.model import Verdict
from ledger.store import queries, schema
from tests.json_values import exchange, places

pytestmark = pytest.mark.long

FLIPS = int(os.environ.get("FACTLEDGER_FLIPS", "600"))
"""Single bits flipped, one by one; as many as one has time for."""

MUTATIONS = 150
SEEDS = 5
PAGE = 4096

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
ILSE = log.SignerKey("0" * 32, b"\x03" * 32)


@attrs.frozen
class Files:
    """A ledger with a checkpoint in it, the same as it was some entries before, and another one."""

    good: Path
    older: Path
    other: Path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Made once; nobody writes to them."""
    folder = tmp_path_factory.mktemp("fuzz")
    found = Files(folder / "good.db", folder / "older.db", folder / "other.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", str(folder / "keys"))
        for seed, path in enumerate((found.good, found.other)):
            environment = log.Environment(clock=lambda: NOON, entropy=random.Random(seed).randbytes)
            book = use_cases.start(path, origin="desk.example", person="Ana Roa", environment=environment)
            claim = book.claim("The bridge was refused a permit in May.", id="bridge")
            source = book.source("Minutes of the port council", author=book.agent("Marta Quell"))
            item = book.evidence(claim, source)
            book.ledger.close()
            if path == found.good:
                shutil.copy(path, found.older)
            with store.open_ledger(path, write=True, environment=environment) as ledger:
                book = use_cases.Book(ledger)
                book.key(book.agent("Ilse Roa"), ILSE.verifier)
                book.review(claim, Verdict.SUPPORTED, "The minutes say so.")
                checks.check(book, ["bridge"])
                book.correct("bridge", {"topic": "harbour"}, "The topic was left out.")
                book.retract(item.handle, "They speak of another bridge.")
                trust.checkpoint(ledger)
    return found


def content(path: Path) -> dict[str, Any]:
    """All that a ledger file says: every row of every table, read from the table and again through each index.

    Left out are the caches, which verify names as not covered, and whatever holds no row: free pages, unused
    space within pages, and the counters and settings of the file's header but for the two that make it a ledger.
    """
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        db.text_factory = bytes
        said: dict[str, Any] = {
            name: db.execute(f"PRAGMA {name}").fetchall() for name in ("application_id", "user_version")
        }
        for table in (*schema.LOG, *schema.PROJECTIONS):
            said[table] = sorted(db.execute(f"SELECT * FROM {table} NOT INDEXED"), key=repr)
        for name, sql in schema.INDEXES.items():
            table, _, rest = sql.partition(" ON ")[2].partition(" (")
            column, _, where = rest.partition(")")
            said[name] = db.execute(f"SELECT {column} FROM {table} INDEXED BY {name}{where} ORDER BY 1").fetchall()
    return said


def says_the_same(path: Path, due: dict[str, Any]) -> bool:
    """Whether a file says all that it said: only kept checkpoints may lack or be repeated, and its role be another.

    No entry says either: that a checkpoint was taken out shows against one kept elsewhere.
    """
    said = content(path)
    kept, were = ({note for _, _, note in one["ledger_checkpoint"]} for one in (said, due))
    roles, role = ([number for number, _ in one["ledger_role"]] for one in (said, due))
    apart = {"ledger_checkpoint": None, "ledger_role": None}
    return kept <= were and roles == role and said | apart == due | apart


def put(path: Path, data: bytes) -> Path:
    """Write the bytes as a ledger file, with nothing of an earlier one beside it."""
    for end in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    path.write_bytes(data)
    return path


# -- bits ----------------------------------------------------------------------


def test_flipped_bits(files: Files, tmp_path: Path) -> None:
    """Of single bits flipped anywhere in the file, each is noticed, or the file still says all that it said."""
    good, due, draw = files.good.read_bytes(), content(files.good), random.Random(6962)
    used = [place for place, byte in enumerate(good) if byte]
    missed, noticed = [], 0
    for number in range(FLIPS):
        place, bit = draw.choice(used) if number % 2 else draw.randrange(len(good)), draw.randrange(8)
        data = bytearray(good)
        data[place] ^= 1 << bit
        report = verify(put(tmp_path / "flipped.db", bytes(data)))
        noticed += not report.sound
        if report.sound and not says_the_same(tmp_path / "flipped.db", due):
            missed.append((place, bit))
    assert missed == []
    assert noticed > FLIPS * 0.4  # the rest fell on space that holds nothing


# -- bytes ---------------------------------------------------------------------


def overwritten(data: bytearray, draw: random.Random, files: Files) -> bytearray:
    start, width = draw.randrange(len(data)), draw.choice((1, 2, 8, 100, 1000, PAGE, 3 * PAGE))
    width = min(width, len(data) - start)
    fill = draw.choice((b"\0", b"\xff", b"'", None))
    data[start : start + width] = fill * width if fill else draw.randbytes(width)
    return data


def cut(data: bytearray, draw: random.Random, files: Files) -> bytearray:
    return data[: draw.choice((draw.randrange(len(data)), draw.randrange(len(data) // PAGE) * PAGE))]


def extended(data: bytearray, draw: random.Random, files: Files) -> bytearray:
    width = draw.choice((1, 100, PAGE, 2 * PAGE))
    return data + draw.choice((bytes(width), draw.randbytes(width), bytes(data[:width]), bytes(data[-width:])))


def spliced(data: bytearray, draw: random.Random, files: Files) -> bytearray:
    """A run of bytes from the same place in the other ledger, or in this one as it was before."""
    other = draw.choice((files.older, files.other)).read_bytes()
    start = draw.randrange(min(len(data), len(other)))
    width = draw.choice((1, 32, 300, PAGE, 4 * PAGE))
    if draw.random() < 0.7:
        start, width = start // PAGE * PAGE, max(PAGE, width)
    data[start : start + width] = other[start : start + width]
    return data


def crossed(data: bytearray, draw: random.Random, files: Files) -> bytearray:
    """Two pages exchanged, or one written over the other."""
    one, other = (draw.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    first, second = data[one : one + PAGE], data[other : other + PAGE]
    data[one : one + PAGE] = second
    if draw.random() < 0.7:
        data[other : other + PAGE] = first
    return data


def moved(data: bytearray, draw: random.Random, files: Files) -> bytearray:
    """Some bytes dropped or doubled, and all that follows moved up or down."""
    start, width = draw.randrange(len(data)), draw.choice((1, 16, PAGE))
    return data[:start] + data[start + width :] if draw.random() < 0.5 else data[: start + width] + data[start:]


MANGLES: tuple[Callable[[bytearray, random.Random, Files], bytearray], ...] = (
    overwritten, overwritten, cut, extended, spliced, spliced, crossed, moved
)  # fmt: skip


@pytest.mark.parametrize("seed", range(SEEDS))
def test_mangled_files(files: Files, tmp_path: Path, seed: int) -> None:
    """Bytes overwritten, cut, added, moved or taken from elsewhere: a report, sound only if all is as it was."""
    good, due, draw, noticed = files.good.read_bytes(), content(files.good), random.Random(seed), 0
    for _ in range(MUTATIONS // SEEDS):
        data = bytearray(good)
        for mangle in draw.choices(MANGLES, k=draw.choice((1, 1, 2))):
            data = mangle(data if len(data) > PAGE else bytearray(good), draw, files)
        report = verify(put(tmp_path / "mangled.db", bytes(data)))
        noticed += not report.sound
        assert not report.sound or says_the_same(tmp_path / "mangled.db", due)
    assert noticed > MUTATIONS // SEEDS // 3  # the rest fell on space that holds nothing


# -- rows ----------------------------------------------------------------------


def value(draw: random.Random, column: list[Any]) -> Any:
    """A cell of any type: one from the same column, a part or neighbour of one, or a stranger."""
    known = draw.choice(column)
    text = known.decode("latin-1") if isinstance(known, bytes) else str(known)
    number = known if isinstance(known, int) else 0
    return draw.choice(
        (
            known,
            None,
            number + draw.choice((-1, 1)),
            2**63 - 1,
            -(2**63),
            0.5,
            float("inf"),
            "",
            text[: len(text) // 2],
            text + " ",
            text.upper(),
            "\u202e" + text,
            "\x00",
            "9" * 400,
            "null",
            '{"handle": "bridge"}',
            bytes(32),
            draw.randbytes(16),
            b"\xff\xfe",
        )
    )


def tamper(db: Any, draw: random.Random) -> None:
    """Change, remove or add a row of one table, whatever its checks think of it."""
    tables = [name for name in (*schema.LOG, *schema.PROJECTIONS) if db.execute(f"SELECT 1 FROM {name}").fetchone()]
    table = draw.choice(tables)
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    column = draw.choice(columns)
    cells = [row[0] for row in db.execute(f"SELECT {column} FROM {table} ORDER BY 1")]
    at = f"{columns[0]} IS (SELECT {columns[0]} FROM {table} ORDER BY 1 LIMIT 1 OFFSET {draw.randrange(len(cells))})"
    what = draw.random()
    if what < 0.6:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {at}", (value(draw, cells),))
    elif what < 0.75:
        db.execute(f"DELETE FROM {table} WHERE {at}")
    else:
        parts = ", ".join("?" if name == column else name for name in columns)
        db.execute(f"INSERT INTO {table} SELECT {parts} FROM {table} WHERE {at}", (value(draw, cells),))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_tampered_rows(files: Files, tmp_path: Path, seed: int) -> None:
    """Any cell exchanged, any row removed or added, the guards put back: a report, sound only if all is as it was."""
    due, draw, noticed, done = content(files.good), random.Random(seed), 0, 0
    while done < MUTATIONS // SEEDS:
        path = put(tmp_path / "tampered.db", files.good.read_bytes())
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA ignore_check_constraints=ON")
            for name in schema.GUARDS:
                db.execute(f"DROP TRIGGER {name}")
            for _ in range(draw.choice((1, 1, 3))):
                try:
                    tamper(db, draw)
                except (sqlite3.IntegrityError, sqlite3.OperationalError):
                    continue  # not even SQLite takes it
            changed = db.total_changes
            for sql in schema.GUARDS.values():
                db.execute(sql)
        if changed:
            report = verify(path)
            done, noticed = done + 1, noticed + (not report.sound)
            assert not report.sound or says_the_same(path, due)
    assert noticed > done / 2


# -- entries that fit ------------------------------------------------------------


def rewrite(path: Path, seq: int, **changes: Any) -> None:
    """Exchange an entry, or put one at the end, and make every hash fit again, as the writer of a log could."""
    with store.open_ledger(path) as ledger:
        entries = list(queries.entries(ledger.db))
    old = entries[min(seq, len(entries) - 1)]
    salt = b"0" * 16
    parts = {
        "at": old.at,
        "actor": old.actor,
        "kind": old.kind,
        "subject": old.subject,
        "rid": old.rid,
        "body": old.body,
    }
    signature = changes.pop("signature", None)
    new = attrs.evolve(log.seal(seq=seq, salt=salt, **(parts | changes)), signature=signature)
    entries[seq : seq + 1] = [new]
    frontier: list[bytes] = []
    for number, entry in enumerate(entries):
        log.push(frontier, number, entry.leaf)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for name in schema.GUARDS:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("DELETE FROM ledger_entry WHERE seq = ?", (seq,))
        row = (seq, new.leaf, new.envelope, new.signature, salt, new.body)
        db.execute("INSERT INTO ledger_entry (seq, hash, env, sig, salt, body) VALUES (?, ?, ?, ?, ?, ?)", row)
        db.execute(
            "UPDATE ledger_head SET size = ?, root = ?, frontier = ?",
            (len(entries), log.root(frontier), log.pack(frontier)),
        )
        db.execute("DELETE FROM ledger_checkpoint")
        for sql in schema.GUARDS.values():
            db.execute(sql)


KEY = {"handle": "key-of-ilse", "agent": "0" * 32, "verifier": str(ILSE.verifier)}
WITHHOLDING = {
    "replaces": "0" * 32,
    "reason": "It names a child.",
    "entries": [{"seq": 3, "rid": "0" * 32, "body": {"text": "[withheld]"}}],
}
RAW = ("1e400", "-1e400", "NaN", "9" * 400, '"\\ud800"', "[" * 5000 + "]" * 5000, "0.5", "true", "null")
strange = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.sampled_from(
        [2**53, 2**63, -(2**63) - 1, 10**30, 0.5, "", "MARK", "\x00", "bridge", "0" * 32, "[withheld]", "2031"]
    ),
    st.sampled_from([[], {}, [[]], {"": {}}, [None], "9" * 400, "\u202e", "withheld-claim-00000000"]),
    st.text(max_size=4),
)


@st.composite
def entries_of(draw: st.DrawFn, known: list[log.Entry]) -> dict[str, Any]:
    """The kind and body of an entry in which values were exchanged for strange ones; the kind may be another's."""
    told = [(entry.kind, json.loads(entry.body or "null")) for entry in known]
    kind, said = draw(st.sampled_from([*told, *[("claim.withhold", WITHHOLDING), ("key.add", KEY)] * 3]))
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 4]))):
        said = exchange(said, draw(st.sampled_from(places(said))), draw(strange))
    if draw(st.integers(0, 3)) == 0:
        kind = draw(st.sampled_from(sorted(KNOWN)))
    return {"kind": kind, "body": json.dumps(said).replace('"MARK"', draw(st.sampled_from(RAW)))}


@settings(
    derandomize=True,
    max_examples=MUTATIONS,
    phases=[Phase.generate],  # every example is a whole file: making them smaller would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_rewritten_entries(files: Files, tmp_path: Path, data: st.DataObject) -> None:
    """An entry of any kind with any body, all hashes made to fit: a report, never sound without the tables to match."""
    path = put(tmp_path / "rewritten.db", files.good.read_bytes())
    with store.open_ledger(path) as ledger:
        entries = list(queries.entries(ledger.db))
    changes = data.draw(entries_of(entries))
    seq = data.draw(st.integers(0, len(entries)))
    if data.draw(st.booleans()):
        changes["subject"] = data.draw(st.sampled_from([entries[0].subject, entries[1].subject, "f" * 32]))
    if data.draw(st.integers(0, 3)) == 0:
        changes["signature"] = data.draw(st.sampled_from(["", "\u2014 x AAAAAAA=", "\u2014 desk.example signed", "\n"]))
    rewrite(path, seq, **changes)
    assert not verify(path).sound or seq == 0  # no row is made from entry 0: only a checkpoint holds it fast


CLAIM = {"handle": "ferry", "text": "a" * 60}
ORIGIN = '{"format": 1, "log_key": "", "origin": "\\ud800"}'


def withholding(seq: str, rid: str, body: str = "{}") -> str:
    return f'{{"replaces": "{"0" * 32}", "reason": "", "entries": [{{"seq": {seq}, "rid": "{rid}", "body": {body}}}]}}'


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "claim.withhold", "body": withholding("1e400", "")},
        {"kind": "claim.withhold", "body": withholding(str(2**63), "")},
        {"kind": "claim.withhold", "body": withholding(f'"{"9" * 400}"', "")},
        {"kind": "claim.withhold", "body": withholding("3", "\\ud800")},
        {"kind": "claim.withhold", "body": withholding("3", "", "[" * 900 + "]" * 900)},
        {"kind": "key.add", "body": json.dumps(KEY | {"verifier": 7})},
        {"kind": "key.add", "body": json.dumps(KEY | {"verifier": []})},
        {"kind": "key.add", "body": json.dumps(KEY | {"agent": []})},
        {"kind": "key.add", "body": "[]"},
        {"kind": "ledger.init", "body": ORIGIN},
    ],
    ids=count(),
)
def test_entries_that_no_ledger_writes(files: Files, tmp_path: Path, changes: dict[str, Any]) -> None:
    """Numbers that no machine holds, half characters and other types where text was due: a report, never sound."""
    path = put(tmp_path / "rewritten.db", files.good.read_bytes())
    rewrite(path, verify(path).size, **changes)
    assert not verify(path).sound


def test_a_signature_on_an_origin_that_is_no_text(files: Files, tmp_path: Path) -> None:
    """An origin with half a character in it can be signed by nobody; the report says so."""
    path = put(tmp_path / "rewritten.db", files.good.read_bytes())
    actor, size = "0" * 32, verify(path).size
    rewrite(path, 0, body=ORIGIN)
    rewrite(path, size, kind="key.add", subject="e" * 32, body=json.dumps(KEY))
    line = log.sign("The ferry sank.\n", ILSE)
    rewrite(path, size + 1, kind="claim.add", actor=actor, body=json.dumps(CLAIM), signature=str(line))
    report = verify(path)
    assert f"What signs entry {size + 1} is not by a key of its actor that stood then." in [
        problem.message for problem in report.problems
    ]


def test_a_stand_in_full_of_gaps(files: Files, tmp_path: Path) -> None:
    """Whether a stand-in only leaves words out is found in moments, however many gaps it has."""
    path = put(tmp_path / "rewritten.db", files.good.read_bytes())
    size = verify(path).size
    rewrite(path, size, kind="claim.add", subject="e" * 32, rid="d" * 32, body=json.dumps(CLAIM))
    gaps = json.dumps(CLAIM | {"text": "[withheld]a" * 12 + "b"})
    rewrite(path, size + 1, kind="claim.withhold", subject="e" * 32, body=withholding(str(size), "d" * 32, gaps))
    ask = "import sys, pathlib, ledger.audit as a; sys.exit(not a.verify(pathlib.Path(sys.argv[1])).problems)"
    assert subprocess.run([sys.executable, "-c", ask, str(path)], timeout=30, check=False).returncode == 0


@pytest.mark.parametrize("table", ["ledger_head", "ledger_role"])
def test_the_one_row_under_another_number(files: Files, tmp_path: Path, table: str) -> None:
    """SQLite's check passes over a CHECK when the file is open for reading only; verify looks for itself."""
    path = put(tmp_path / "numbered.db", files.good.read_bytes())
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        db.execute(f"UPDATE {table} SET id = 2")
    assert not verify(path).sound
