"""The log as lines of JSON: out and in again, the same to the byte; and nothing made of a log that is not whole."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import audit, store, trust
from ledger import book as use_cases
from ledger.book import Book
from ledger.errors import DamagedLedger, InputError
from ledger.exchange import export_log, import_log
from ledger.store import Ledger, queries

Lines = list[dict[str, Any]]


def out(ledger: Ledger, to: Path) -> Path:
    with to.open("wb") as stream:
        export_log(ledger, stream)
    return to


def lines_of(file: Path) -> Lines:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def write(lines: Lines, to: Path) -> Path:
    to.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return to


@pytest.fixture
def told(book: Book) -> Book:
    """A ledger of nine entries with a correction, a retraction, a withheld name and two checkpoints."""
    marta = book.agent("Marta Quell")
    speech = book.source("Speech at the harbour", author=marta)
    claim = book.claim("The bridge was closed in May – “for good”.", id="bridge")
    book.evidence(claim, speech, id="words")
    trust.checkpoint(book.ledger)
    book.correct("bridge", {"topic": "harbour"}, "The topic was left out.")
    book.retract("words", "They speak of another bridge.")
    trust.withhold(book, "marta-quell", ["name"], "She asked for it.")
    trust.checkpoint(book.ledger)
    return book


@pytest.fixture
def exported(told: Book, tmp_path: Path) -> Path:
    """The log of that ledger."""
    return out(told.ledger, tmp_path / "desk.ndjson")


# -- there and back ------------------------------------------------------------


def test_a_log_imported_is_the_same_ledger(told: Book, exported: Path, tmp_path: Path) -> None:
    """Every row of every table is the same, and the new ledger is intact and takes entries."""
    head = import_log(exported, tmp_path / "again.db")
    assert head == queries.head(told.ledger.db)
    assert store.same_content(told.ledger.path, tmp_path / "again.db")
    assert audit.verify(tmp_path / "again.db").problems == ()
    with store.open_ledger(tmp_path / "again.db", write=True) as ledger:
        Book(ledger).claim("The ferry sank.")


def test_the_root_can_be_had_without_factledger(exported: Path) -> None:
    """A few lines of plain Python make the root of the first line from the others."""

    def tree(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaves[0]
        half = 1 << (len(leaves) - 1).bit_length() - 1
        return sha256(b"\x01" + tree(leaves[:half]) + tree(leaves[half:])).digest()

    header, *rest = lines_of(exported)
    entries = rest[: header["size"]]
    leaves = []
    for entry in entries:
        signature = "" if entry["sig"] is None else f"\n{entry['sig']}"
        leaves.append(sha256(b"\x00" + f"{entry['env']}\n{signature}".encode()).digest())
        commitment = json.loads(entry["env"])["body"]
        assert sha256(bytes.fromhex(entry["salt"]) + entry["body"].encode()).hexdigest() == commitment
    assert tree(leaves).hex() == header["root"]
    assert [sorted(line) for line in rest[header["size"] :]] == [["checkpoint"], ["checkpoint"]]


@pytest.mark.parametrize("kind", ["erased", "published", "example"])
def test_other_kinds_of_ledger(told: Book, kind: str, tmp_path: Path) -> None:
    """A ledger with erased bodies, a published copy and an example go out and in like any other."""
    path = told.ledger.path
    if kind == "erased":
        trust.drop(told.ledger)
    else:
        path = tmp_path / f"{kind}.db"
        if kind == "published":
            store.write_published(told.ledger, path)
        else:
            store.write_copy(told.ledger, path, role="example")
    with store.open_ledger(path) as ledger:
        file = out(ledger, tmp_path / "other.ndjson")
    import_log(file, tmp_path / "again.db")
    assert store.same_content(path, tmp_path / "again.db")
    assert any(line.get("body", "") is None for line in lines_of(file)) == (kind != "example")
    with store.open_ledger(tmp_path / "again.db") as ledger:
        assert ledger.role == {"erased": "working"}.get(kind, kind)


def test_a_long_log(book: Book, tmp_path: Path) -> None:
    """Of more than 256 entries the stored hashes of the tree are the same too."""
    with book.together():
        for number in range(600):
            book.source(f"Letter {number} to the council")
    import_log(out(book.ledger, tmp_path / "long.ndjson"), tmp_path / "again.db")
    assert store.same_content(book.ledger.path, tmp_path / "again.db")


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
acts = st.lists(st.tuples(st.sampled_from(["claim", "correct", "retract", "source", "checkpoint"]), words), max_size=12)


@settings(max_examples=30)
@given(acts=acts)
def test_any_ledger_there_and_back(acts: list[tuple[str, str]]) -> None:
    """Whatever was entered, the imported log gives the same root and the same rows."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", folder)
        path, again = Path(folder) / "one.db", Path(folder) / "two.db"
        book = use_cases.start(path, origin="desk.example", person="Ana Roa")
        claims: list[str] = []
        for act, said in acts:
            try:
                if act == "claim":
                    claims.append(book.claim(said).handle)
                elif act == "source":
                    book.source(said)
                elif act == "checkpoint":
                    trust.checkpoint(book.ledger)
                elif claims and act == "correct":
                    book.correct(claims[-1], {"topic": said}, said)
                elif claims:
                    book.retract(claims.pop(), said)
            except InputError:
                continue
        file = out(book.ledger, Path(folder) / "log.ndjson")
        assert import_log(file, again) == queries.head(book.ledger.db)
        assert store.same_content(path, again)
        assert out(book.ledger, Path(folder) / "once-more.ndjson").read_bytes() == file.read_bytes()
        book.ledger.close()


# -- what is refused -------------------------------------------------------------


def at(line: int, **changed: Any) -> Callable[[Lines], None]:
    """Change keys of a line, counted from 1."""
    return lambda lines: lines[line - 1].update(changed)


def in_envelope(line: int, old: str, new: str) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        assert old in lines[line - 1]["env"]
        lines[line - 1]["env"] = lines[line - 1]["env"].replace(old, new)

    return change


def swap(lines: Lines) -> None:
    lines[3], lines[4] = lines[4], lines[3]


def swap_bodies(lines: Lines) -> None:
    for key in ("salt", "body"):
        lines[3][key], lines[4][key] = lines[4][key], lines[3][key]


def sign_otherwise(lines: Lines) -> None:
    lines[-1]["checkpoint"] = lines[-1]["checkpoint"].replace("\n9\n", "\n8\n")


REFUSED: dict[str, tuple[Callable[[Lines], object], int, str]] = {
    "another form": (at(1, factledger="log/2"), 1, "reads log/1"),
    "another role": (at(1, role="king"), 1, "no role"),
    "no size": (at(1, size="9"), 1, "size or root"),
    "no root": (at(1, root="x"), 1, "size or root"),
    "another root": (at(1, root="0" * 64), 10, "come to the root"),
    "another origin": (at(1, origin="other.example"), 2, "another ledger"),
    "another id": (at(1, id="0" * 32), 2, "another ledger"),
    "a shorter size": (at(1, size=8), 9, "come to the root"),
    "a longer size": (at(1, size=10), 11, "not what stands here in a log: seq"),
    "a key more": (at(4, note="x"), 4, "not what stands here"),
    "a key less": (lambda lines: lines[3].pop("sig"), 4, "not what stands here"),
    "a line less": (lambda lines: lines.pop(4), 5, "Entry 3 is due here, not 4"),
    "a line twice": (lambda lines: lines.insert(4, lines[3]), 5, "Entry 3 is due here, not 2"),
    "lines swapped": (swap, 4, "Entry 2 is due here, not 3"),
    "bodies swapped": (swap_bodies, 4, "does not match the commitment"),
    "number is no number": (at(4, seq="2"), 4, "Entry 2 is due"),
    "no envelope": (at(4, env=None), 4, "envelope"),
    "a spacious envelope": (in_envelope(4, ":2,", ": 2,"), 4, "envelope"),
    "an envelope of another": (in_envelope(4, '"seq":2', '"seq":3'), 4, "of another entry"),
    "an earlier time": (in_envelope(4, '"at":"2', '"at":"1'), 4, "the one before it"),
    "an unknown kind": (in_envelope(4, "agent.add", "angel.add"), 10, "come to the root"),
    "opened twice": (in_envelope(4, "agent.add", "ledger.init"), 4, "nowhere else"),
    "a body in another spelling": (lambda lines: at(4, body=lines[3]["body"] + " ")(lines), 4, "canonical"),
    "a body that is none": (at(4, body="{"), 4, "Not JSON"),
    "half a letter": (at(4, body='"\ud800"'), 4, "surrogate"),
    "a body without salt": (at(4, salt=None), 4, "both null"),
    "a salt of another kind": (at(4, salt="00 0"), 4, "both null"),
    "a body missing": (at(5, salt=None, body=None), 5, "no entry says that it was withheld"),
    "a signature": (at(4, sig="x"), 10, "come to the root"),
    "a signature that is none": (at(4, sig=7), 4, "signature"),
    "a checkpoint of a smaller log": (sign_otherwise, 12, "not signed by the key"),
    "a checkpoint that is none": (at(12, checkpoint="desk.example"), 12, "no signed note"),
    "a checkpoint that is no text": (at(12, checkpoint=9), 12, "no text"),
    "an entry at the end": (lambda lines: lines.append(lines[1]), 13, "not what stands here"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_log_that_was_changed(exported: Path, tmp_path: Path, name: str) -> None:
    """A changed log is refused with its line, and leaves nothing behind."""
    change, line, says = REFUSED[name]
    lines = lines_of(exported)
    change(lines)
    file = write(lines, tmp_path / "changed.ndjson")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(InputError, match=says) as caught:
        import_log(file, tmp_path / "again.db")
    assert str(caught.value).startswith(f"{file}:{line}: ")
    assert "\n" not in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 1, "ends before"),
        (b"\n", 1, "not one line of JSON"),
        (b"\xff\xfe\n", 1, "not one line of JSON"),
        (b"[" * 100_000 + b"\n", 1, "not one line of JSON"),
        (b"9" * 10_000 + b"\n", 1, "not one line of JSON"),
        (b"[]\n", 1, "not what stands here"),
    ],
    ids=["empty", "blank", "no text", "deep", "long number", "list"],
)
def test_what_is_no_log(tmp_path: Path, data: bytes, line: int, says: str) -> None:
    """Whatever else a file holds, it is refused in one line."""
    file = tmp_path / "odd.ndjson"
    file.write_bytes(data)
    with pytest.raises(InputError, match=says) as caught:
        import_log(file, tmp_path / "again.db")
    assert caught.value.where == f"{file}:{line}"
    assert os.listdir(tmp_path) == ["odd.ndjson"]


@pytest.fixture
def forged(told: Book, tmp_path: Path) -> Callable[..., Path]:
    """Write a log whose hashes all fit, with one more entry than the ledger has."""

    def forge(kind: str, body: dict[str, Any]) -> Path:
        path = tmp_path / "forged.db"
        store.write_copy(told.ledger, path, role="working")
        with store.open_ledger(path, write=True) as ledger:
            for table in ("ledger_record", "agents", "claims"):  # so that it can be entered at all
                ledger.db.execute(f"DELETE FROM {table}")
            store.append(ledger, [store.Draft(kind, "0" * 32, body)], actor=told.actor)
            return out(ledger, tmp_path / "forged.ndjson")

    return forge


def test_an_entry_that_cannot_follow(forged: Callable[..., Path], tmp_path: Path) -> None:
    """An entry that fits every hash and does not go with the others is refused with its line."""
    file = forged("agent.add", {"handle": "ana-roa", "kind": "person", "name": "Another Ana"})
    with pytest.raises(InputError, match="does not go with the others") as caught:
        import_log(file, tmp_path / "again.db")
    assert caught.value.where == f"{file}:11"
    assert not (tmp_path / "again.db").exists()


def test_a_ledger_in_the_way(told: Book, exported: Path) -> None:
    """A log is not imported over a ledger."""
    size = queries.head(told.ledger.db).size
    with pytest.raises(InputError, match="is taken"):
        import_log(exported, told.ledger.path)
    assert queries.head(told.ledger.db).size == size


def test_a_wal_in_the_way(exported: Path, tmp_path: Path) -> None:
    """A WAL that another ledger left at the name would be taken for the new one's own, so the name is refused."""
    (tmp_path / "again.db-wal").write_bytes(b"x")
    with pytest.raises(InputError, match=r"again\.db-wal: This is taken"):
        import_log(exported, tmp_path / "again.db")


def test_a_damaged_log_is_not_exported_in_silence(told: Book, tmp_path: Path) -> None:
    """If the entries do not come to the root that the ledger says, exporting ends in an error."""
    told.ledger.db.execute("UPDATE ledger_head SET root = zeroblob(32)")
    with pytest.raises(DamagedLedger, match="do not come to the root"):
        out(told.ledger, tmp_path / "desk.ndjson")
