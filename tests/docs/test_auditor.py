"""docs/auditor.py, which shares no code with the ledger, on ledgers good and bad; and what docs/audit.md says."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest
from sqlite_utils.utils import sqlite3

from ledger import log, store
from ledger.book import Book, keys
from ledger.log import Checkpoint, Note, SignerKey, VerifierKey, proof, sign
from ledger.store import Draft, queries, schema

DOCS = Path(__file__).parents[2] / "docs"
AUDITOR = DOCS / "auditor.py"
SIZE = 300
NOT_THOSE = f"the log: its first {SIZE} entries are not those that the checkpoint was made of"


@attrs.frozen
class Given:
    """What an auditor is given: a ledger, the log's verifier key, and a checkpoint."""

    path: Path
    key: str
    checkpoint: Path

    def audit(self, *arguments: str) -> tuple[int, list[str]]:
        """Run the auditor apart from everything else; return its exit code and its lines."""
        done = subprocess.run(
            [sys.executable, "-I", str(AUDITOR), *(arguments or (str(self.path), self.key, str(self.checkpoint)))],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout.splitlines()

    def faults(self) -> list[str]:
        """What the auditor finds; it ends with exit code 3 and says what it did not look at."""
        code, (*faults, rest) = self.audit()
        assert code == 3
        assert rest.startswith("Not looked at: ")
        return faults


@pytest.fixture
def given(book: Book, tmp_path: Path) -> Given:
    """A ledger of 300 entries whose owner gave a checkpoint away."""
    room = SIZE - queries.head(book.ledger.db).size
    drafts = [
        Draft("source.add", f"{number:032x}", {"handle": f"letter-{number}", "title": f"Carta número {number}"})
        for number in range(room)
    ]
    store.append(book.ledger, drafts, actor=book.actor)
    return checkpointed(book, tmp_path)


def log_key(book: Book) -> SignerKey:
    """The log's key, from the key folder of its owner."""
    key = keys.held(queries.first(book.ledger.db).subject)
    assert key is not None
    return key


def checkpointed(book: Book, tmp_path: Path) -> Given:
    key, head = log_key(book), queries.head(book.ledger.db)
    said = Checkpoint(key.name, head.size, head.root)
    (tmp_path / "kept.checkpoint").write_text(str(Note(said.text, (sign(said.text, key),))), encoding="utf-8")
    return Given(book.ledger.path, str(key.verifier), tmp_path / "kept.checkpoint")


def tamper(path: Path, *statements: str) -> None:
    """Change the file with raw SQL, the guards out of the way."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        for name in schema.GUARDS:
            db.execute(f"DROP TRIGGER IF EXISTS {name}")
        for statement in statements:
            db.execute(statement)


def rehashed(path: Path, seq: int, change: Callable[[log.Entry], log.Entry]) -> None:
    """Exchange an entry for another, with a commitment and a hash that fit it."""
    with store.open_ledger(path) as ledger:
        new = change(next(queries.entries(ledger.db, start=seq)))
    tamper(
        path,
        f"UPDATE ledger_entry SET hash = x'{new.leaf.hex()}', env = '{new.envelope}', body = '{new.body}', "
        f"salt = x'{(new.salt or b'').hex()}' WHERE seq = {seq}",
    )


def retold(entry: log.Entry) -> log.Entry:
    """The same entry with other words."""
    said = {name: getattr(entry, name) for name in ("seq", "at", "actor", "kind", "subject", "rid")}
    body = json.dumps(entry.content() | {"title": "Carta que nadie escribió"}, ensure_ascii=False)
    return log.seal(**said, salt=bytes(16), body=body)


# -- sound ledgers -------------------------------------------------------------


def test_a_sound_ledger(given: Given, book: Book) -> None:
    """A ledger that nobody touched is intact, and its root is the one that it says itself."""
    code, (said, rest) = given.audit()
    assert code == 0
    root = queries.head(book.ledger.db).root.hex()
    assert said == f"intact: 300 entries, root {root}, checkpoint of 300 entries holds, 0 bodies withheld"
    assert rest.startswith("Not looked at: ")


def test_a_ledger_that_went_on(given: Given, book: Book) -> None:
    """Entries after the checkpoint are counted, and it holds as before."""
    book.claim("The bridge was closed in May.")
    code, (said, _) = given.audit()
    assert (code, said[:20]) == (0, "intact: 301 entries,")
    assert "checkpoint of 300 entries holds" in said


def test_witnesses_are_passed_over(given: Given) -> None:
    """Lines by keys that the auditor was not given neither help nor hinder, wherever they stand."""
    note = Note.read(given.checkpoint.read_text("utf-8"))
    witness = sign(note.text, SignerKey("witness.example", bytes(32), log.Algorithm.COSIGNATURE))
    given.checkpoint.write_text(str(Note(note.text, (witness, *note.signatures))), encoding="utf-8")
    assert given.audit()[0] == 0


def test_a_published_copy(factledger: Any, tmp_path: Path) -> None:
    """A copy without the withheld bodies is intact against a checkpoint from before they were withheld."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("source", "Call with Juan Pilar", "--id", "call")
    assert factledger("checkpoint", "-o", "kept.checkpoint").returncode == 0
    key = factledger("key", "show").stdout
    done = factledger("withhold", "call", "title", "--because", "He was promised not to be named.")
    assert done.returncode == 0, done.stderr
    done = factledger("publish", "public.db")
    assert done.returncode == 0, done.stderr
    assert b"Pilar" not in (tmp_path / "public.db").read_bytes()
    code, (said, _) = Given(tmp_path / "public.db", key, tmp_path / "kept.checkpoint").audit()
    assert code == 0
    assert said.endswith("1 bodies withheld")


# -- others --------------------------------------------------------------------


def test_a_row_edited(given: Given) -> None:
    """Other words in a body, or another time in an envelope, are named with their entry."""
    tamper(given.path, "UPDATE ledger_entry SET body = replace(body, 'Carta', 'Nota') WHERE seq = 40")
    assert given.faults() == ["entry 40: its body is not the one that its envelope commits to"]
    tamper(given.path, 'UPDATE ledger_entry SET env = replace(env, \'"at":"2\', \'"at":"1\') WHERE seq = 41')
    assert given.faults()[1:] == ["entry 41: its envelope or signature is not what its hash was made of", NOT_THOSE]


def test_a_signature_added(given: Given) -> None:
    """A signature that was not there when the entry was hashed, even an empty one, is seen."""
    tamper(given.path, "UPDATE ledger_entry SET sig = '' WHERE seq = 7")
    assert given.faults() == ["entry 7: its envelope or signature is not what its hash was made of", NOT_THOSE]


def test_a_row_edited_and_rehashed(given: Given) -> None:
    """An entry exchanged with its commitment and hash is found by the root alone."""
    rehashed(given.path, 40, retold)
    assert given.faults() == [NOT_THOSE]


def test_entries_after_the_checkpoint(given: Given, book: Book) -> None:
    """What came after the checkpoint it cannot vouch for: a newer one is needed."""
    book.source("Letter")
    rehashed(given.path, SIZE, retold)
    assert given.audit()[0] == 0


@pytest.mark.parametrize("left", [299, 1])
def test_a_tail_cut_off(given: Given, left: int) -> None:
    """A log shorter than the checkpoint lost its end."""
    tamper(given.path, f"DELETE FROM ledger_entry WHERE seq >= {left}")
    assert given.faults() == [f"the log: it has {left} entries, the checkpoint was made of 300: the last ones are gone"]


def test_a_history_rewritten_by_the_key_holder(given: Given, book: Book) -> None:
    """Whoever holds the log key can sign another history; the checkpoint kept elsewhere is not of it."""
    rehashed(given.path, 40, retold)
    leaves = [entry.leaf for entry in queries.entries(book.ledger.db)]
    key = VerifierKey.read(given.key)
    frontier: list[bytes] = []
    for number, leaf in enumerate(leaves):
        log.push(frontier, number, leaf)
    said = Checkpoint(key.name, SIZE, log.root(frontier))
    own = given.path.with_name("own.checkpoint")
    own.write_text(str(Note(said.text, (sign(said.text, log_key(book)),))), encoding="utf-8")
    assert attrs.evolve(given, checkpoint=own).audit()[0] == 0
    assert given.faults() == [NOT_THOSE]


def test_a_body_removed(given: Given) -> None:
    """Of a withheld body the salt is gone too; where only one of them is gone, something is wrong."""
    tamper(given.path, "UPDATE ledger_entry SET body = NULL WHERE seq = 7")
    assert given.faults() == ["entry 7: its body is not the one that its envelope commits to"]
    tamper(given.path, "UPDATE ledger_entry SET salt = NULL WHERE seq = 8")
    assert len(given.faults()) == 2
    tamper(given.path, "UPDATE ledger_entry SET salt = NULL, body = NULL WHERE seq IN (7, 8)")
    code, (said, _) = given.audit()
    assert (code, said[-19:]) == (0, ", 2 bodies withheld")


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (["DELETE FROM ledger_entry WHERE seq = 9"], "entry 9: it is missing, 10 stands in its place"),
        (
            ["DELETE FROM ledger_entry WHERE seq = 9", "UPDATE ledger_entry SET seq = seq - 1 WHERE seq > 9"],
            "entry 9: its envelope says that it is entry 10",
        ),
        (["UPDATE ledger_entry SET seq = -1 WHERE seq = 0"], "entry 0: it is missing, -1 stands in its place"),
        (["UPDATE ledger_entry SET env = '[]' WHERE seq = 9"], "this cannot be audited: TypeError"),
        (["UPDATE ledger_entry SET env = '{}' WHERE seq = 9"], "this cannot be audited: KeyError"),
        (["UPDATE ledger_entry SET env = CAST(x'ff' AS TEXT) WHERE seq = 9"], "this cannot be audited: Unicode"),
        (["DROP TABLE ledger_entry"], "this cannot be audited: OperationalError: no such table"),
    ],
    ids=["gap", "closed gap", "before the first", "list", "object", "no text", "no table"],
)
def test_entries_in_disorder(given: Given, statements: list[str], fault: str) -> None:
    """Gaps, other numbers and what is no envelope are said in one line each, and never end in a traceback."""
    tamper(given.path, *statements)
    assert given.faults()[0].startswith(fault)


# -- keys and checkpoints --------------------------------------------------------


def test_another_key(given: Given) -> None:
    """A checkpoint by another key, of this name or of another, is not believed."""
    name = VerifierKey.read(given.key).name
    for key in (SignerKey(name, bytes(32)), SignerKey("ferry.example", bytes(32))):
        (fault,) = attrs.evolve(given, key=str(key.verifier)).faults()
        assert "is not signed by" in fault
    cosigner = attrs.evolve(VerifierKey.read(given.key), algorithm=log.Algorithm.COSIGNATURE)
    assert "is not signed by" in attrs.evolve(given, key=str(cosigner)).faults()[0]


@pytest.mark.parametrize(
    ("old", "new"), [("\n300\n", "\n299\n"), ("desk.example\n", "ferry.example\n"), ("\n\n", "\nmore\n\n")]
)
def test_a_changed_checkpoint(given: Given, old: str, new: str) -> None:
    """A checkpoint with another size, name or line than was signed is not believed."""
    text = given.checkpoint.read_text("utf-8")
    given.checkpoint.write_text(text.replace(old, new, 1), encoding="utf-8")
    (fault,) = given.faults()
    assert "checkpoint" in fault
    assert "sign" in fault


def test_a_checkpoint_of_another_log_with_the_same_key(given: Given, book: Book) -> None:
    """A key signs the log of its own name: a checkpoint of another is not of this ledger."""
    said = Checkpoint("ferry.example", SIZE, queries.head(book.ledger.db).root)
    given.checkpoint.write_text(str(Note(said.text, (sign(said.text, log_key(book)),))), encoding="utf-8")
    assert "is not signed by" in given.faults()[0]


@pytest.mark.parametrize(
    "said", ["", "\n\n", "desk.example\n300\n", "a\nb\nc\n\n\u2014 a b\n", "a\n\n\u2014 a b c d\n", "\xff"]
)
def test_what_is_no_checkpoint(given: Given, said: str) -> None:
    """A file that holds no checkpoint is said to be none."""
    given.checkpoint.write_bytes(said.encode("latin-1", "replace") if said == "\xff" else said.encode())
    assert given.faults()


def test_what_is_no_ledger(given: Given, tmp_path: Path) -> None:
    """A missing file, an empty one, one of another kind: a line each, and nothing called intact."""
    for content in (None, b"", b"SQLite format 3\0", b"The bridge was closed in May.\n" * 500):
        path = tmp_path / "other.db"
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        assert attrs.evolve(given, path=path).faults()[0].startswith("this cannot be audited: ")


def test_called_otherwise(given: Given) -> None:
    """Without its three arguments it says how it is called."""
    assert given.audit(str(given.path)) == (2, [])


# -- what it is, and what is written about it ------------------------------------


def test_it_shares_nothing_with_the_ledger() -> None:
    """The auditor imports the standard library and one signature check, and stays short enough to be read."""
    tree = ast.parse(AUDITOR.read_text("utf-8"))
    imported = {
        name.partition(".")[0]
        for found in ast.walk(tree)
        if isinstance(found, ast.Import | ast.ImportFrom)
        for name in ([found.module or ""] if isinstance(found, ast.ImportFrom) else [one.name for one in found.names])
    }
    assert imported - sys.stdlib_module_names == {"cryptography"}
    assert len(AUDITOR.read_text("utf-8").splitlines()) <= 110


def test_the_example_in_the_description() -> None:
    """The values that docs/audit.md gives to test against are those that the log's own code makes."""
    text = (DOCS / "audit.md").read_text("utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", text, flags=re.DOTALL)
    said = json.loads(block)
    assert log.commit(bytes.fromhex(said["salt"]), said["body"]) == said["commitment"]
    entry = log.read(0, said["envelope"], None, bytes.fromhex(said["salt"]), said["body"])
    assert entry.commitment == said["commitment"]
    parts = {name: getattr(entry, name) for name in ("seq", "at", "actor", "kind", "subject", "rid", "salt", "body")}
    assert log.seal(**parts) == entry
    assert entry.leaf.hex() == said["leaf"]
    assert attrs.evolve(entry, signature="\u2014 x signed").leaf.hex() == said["signed_leaf"]
    note = Note.read(said["checkpoint"])
    assert note.signed_by(VerifierKey.read(said["key"]))
    assert Checkpoint.read(note.text) == Checkpoint("desk.example", 1, entry.leaf)
    leaves = [log.leaf_hash(data) for data in (b"", b"\x00", b"\x10")]
    root = proof.root_of(3, lambda level, at: log.node_hash(*leaves[:2]) if level else leaves[at])
    assert f"`{root.hex()}`" in text


def test_the_description_shows_what_the_auditor_prints() -> None:
    """The session in docs/audit.md has the auditor's own last line, and the table its envelope's own keys."""
    text = (DOCS / "audit.md").read_text("utf-8")
    (last,) = re.findall(r'^NOT_LOOKED_AT = "(.*)"$', AUDITOR.read_text("utf-8"), flags=re.MULTILINE)
    assert last in text.splitlines()
    table = re.findall(r"^\| `([a-z]+)` \|", text, flags=re.MULTILINE)
    (block,) = re.findall(r"```json\n(.*?)```", text, flags=re.DOTALL)
    assert table == list(json.loads(json.loads(block)["envelope"]))
