"""A witness signs what goes on from what it saw, remembers it, and signs nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import audit, store, trust
from ledger import book as use_cases
from ledger.audit import ProblemCode
from ledger.book import Book, keys
from ledger.errors import DamagedLedger, EnvironmentFault, InputError, LedgerError
from ledger.log import Checkpoint, Environment, Note, SignerKey, VerifierKey, sign
from ledger.store import queries

NAME = "archive.example.org"
NOON = Environment(clock=lambda: datetime(2031, 5, 4, 12, 0, tzinfo=UTC))


@pytest.fixture
def key() -> VerifierKey:
    """The verifier key of a witness that has seen nothing yet."""
    return trust.witness.begin(NAME, Environment())


def cosign(said: str, **more: VerifierKey) -> Note:
    return trust.witness.cosign(NAME, said, NOON, **more)


def seen() -> dict[str, str]:
    """What the witness remembers."""
    return {file.name: file.read_text("utf-8") for file in (trust.witness.folder() / f"{NAME}.seen").glob("*.json")}


@pytest.fixture
def first(book: Book, key: VerifierKey) -> Note:
    """The first checkpoint that the witness signed."""
    return cosign(str(trust.checkpoint(book.ledger)), log_key=trust.log_key(book.ledger))


@pytest.fixture
def refused(key: VerifierKey) -> Callable[..., LedgerError]:
    """Hand in what must not be signed; return the error. What the witness remembers is unchanged."""

    def ask(said: str, kind: type[LedgerError] = DamagedLedger, **more: VerifierKey) -> LedgerError:
        before = seen()
        with pytest.raises(kind) as caught:
            cosign(said, **more)
        assert seen() == before
        return caught.value

    return ask


def owner(book: Book) -> SignerKey:
    found = keys.held(queries.first(book.ledger.db).subject)
    assert found is not None
    return found


def signed(said: Checkpoint, book: Book) -> str:
    """A checkpoint by the ledger's own key, whatever it says."""
    return str(Note(said.text, (sign(said.text, owner(book)),)))


def fork(book: Book, to: Path, claims: int) -> store.Ledger:
    """Another ledger that begins with the same entries and goes on from them otherwise."""
    store.write_twin(book.ledger, to)
    ledger = store.open_ledger(to, write=True)
    for number in range(claims):
        Book(ledger).claim(f"The ferry was early {number} times.")
    return ledger


def test_at_first_sight(book: Book, key: VerifierKey, refused: Callable[..., LedgerError]) -> None:
    """The log's key must be given once, by another way than the checkpoint."""
    note = trust.checkpoint(book.ledger)
    assert "Give its verifier key" in str(refused(str(note), InputError))
    back = cosign(str(note), log_key=trust.log_key(book.ledger))
    assert back.text == note.text
    assert back.signatures[0] == note.signatures[0]
    assert back.cosigned_at(key) == NOON.clock()
    assert len(seen()) == 1


def test_growth(book: Book, first: Note, key: VerifierKey) -> None:
    """Each later size is signed with a proof from the last, and needs the log's key no more."""
    for number in range(4):
        size = queries.head(book.ledger.db).size
        book.claim(f"The ferry was late {number} times.")
        back = cosign(trust.prove_growth(book.ledger, size).text)
        assert Checkpoint.read(back.text).size == size + 1
        assert back.cosigned_at(key)


def test_the_same_size_again(book: Book, first: Note) -> None:
    """The checkpoint seen last is signed again, as often as wanted."""
    before = Checkpoint.read(first.text)
    assert Checkpoint.read(cosign(str(first)).text) == before
    assert Checkpoint.read(cosign(trust.prove_growth(book.ledger, before.size).text).text) == before


def test_what_it_signed_counts_in_verify(book: Book, first: Note, key: VerifierKey) -> None:
    """Kept in the ledger, a witness's signature shows that the log was not cut since; another witness's does not."""
    trust.add_cosigned(book.ledger, first)
    path = book.ledger.path
    report = audit.verify(path, keys=[key])
    assert report.sound
    assert f"the first 2 entries, seen by {NAME} at 2031-05-04 12:00 UTC" in report.covered
    other = trust.witness.begin("other.example.org", Environment())
    assert [problem.code for problem in audit.verify(path, keys=[other]).problems] == [ProblemCode.WITNESS]


# -- what is refused ---------------------------------------------------------


def test_growth_without_a_proof(book: Book, first: Note, refused: Callable[..., LedgerError]) -> None:
    """A longer log alone says nothing about what came before; the message says which proof is wanted."""
    book.claim("The ferry was late.")
    for said in (str(trust.checkpoint(book.ledger)), trust.prove_growth(book.ledger, 1).text):
        error = refused(said, InputError)
        assert error.exit_code == 2
        assert "factledger prove --from 2" in str(error)


def test_a_log_that_shrank(book: Book, first: Note, refused: Callable[..., LedgerError]) -> None:
    """A smaller tree, however well signed, is refused as damage."""
    book.claim("The ferry was late.")
    cosign(trust.prove_growth(book.ledger, 2).text)
    error = refused(str(first))
    assert error.exit_code == 3
    assert "The log says it has 2 entries; this witness saw 3" in str(error)


def test_another_log_of_the_same_size(book: Book, first: Note, refused: Callable[..., LedgerError]) -> None:
    """Two histories of one log: who saw the first refuses the second, although the log's own key signed it."""
    error = refused(signed(Checkpoint("desk.example", 2, bytes(32)), book))
    assert error.exit_code == 3
    assert "not those that this witness saw" in str(error)


def test_a_rewritten_history(book: Book, first: Note, tmp_path: Path, refused: Callable[..., LedgerError]) -> None:
    """A fork that grew beyond what the witness saw proves its own growth, which is not that of the first."""
    with fork(book, tmp_path / "fork.db", 3) as other:
        head, tree = queries.head(other.db), store.StoredTree(other.db)
        said = Checkpoint("desk.example", head.size, head.root)
        path, root = tree.consistency(3, head.size), tree.root(3)
    book.claim("The ferry was late.")
    sheet = trust.prove_growth(book.ledger, 2)
    cosign(sheet.text)
    forged = type(sheet)(3, root, Note.read(signed(said, book)), said, path)
    assert trust.check_sheet(forged, trust.log_key(book.ledger)).holds
    error = refused(forged.text)
    assert error.exit_code == 3
    assert "Its history was rewritten" in str(error)


def test_a_proof_that_does_not_hold(book: Book, first: Note, refused: Callable[..., LedgerError]) -> None:
    """A proof of growth with a wrong hash, or by a wrong key, is refused as damage."""
    book.claim("The ferry was late.")
    sheet = trust.prove_growth(book.ledger, 2)
    broken = type(sheet)(2, sheet.root, sheet.note, sheet.checkpoint, (bytes(32), *sheet.path[1:]))
    assert "does not begin with those 2" in str(refused(broken.text))
    stranger = keys.make("desk.example", Environment())
    foreign = Note(sheet.note.text, (sign(sheet.note.text, stranger),))
    assert "not signed by this log's key" in str(refused(str(foreign)))


def test_another_key_for_a_known_log(book: Book, first: Note, refused: Callable[..., LedgerError]) -> None:
    """The key seen first stays: another one given later is refused."""
    other = keys.make("desk.example", Environment()).verifier
    assert "not the log key that this witness knows" in str(refused(str(first), InputError, log_key=other))


def test_the_key_of_another_log(book: Book, key: VerifierKey, refused: Callable[..., LedgerError]) -> None:
    """A key named otherwise than the checkpoint's log is refused at first sight."""
    note, other = trust.checkpoint(book.ledger), keys.make("other.example", Environment()).verifier
    assert "The key is of other.example" in str(refused(str(note), InputError, log_key=other))


@pytest.mark.parametrize("said", ["", "{}", "{", "nonsense", '{"factledger": "proof/1"}', "[]", "\ud800"])
def test_what_is_no_checkpoint(said: str, refused: Callable[..., LedgerError]) -> None:
    """What is neither checkpoint nor proof of growth is refused in words."""
    assert refused(said, InputError).exit_code == 2


def test_a_proof_of_entries(book: Book, first: Note, refused: Callable[..., LedgerError]) -> None:
    """That an entry is there is not that the log grew."""
    sheet = trust.prove(book.ledger, trust.entries_of(book.ledger.db, "0"))
    assert "This proves entries, not growth" in str(refused(sheet.text, InputError))


# -- what it keeps -----------------------------------------------------------


def test_two_witnesses_and_two_logs(book: Book, first: Note, tmp_path: Path) -> None:
    """Each witness remembers each log by itself."""
    other = use_cases.start(tmp_path / "other.db", origin="other.example", person="Ben Okafor")
    cosign(str(trust.checkpoint(other.ledger)), log_key=trust.log_key(other.ledger))
    assert len(seen()) == 2
    second = trust.witness.begin("second.example.org", Environment())
    note = trust.witness.cosign("second.example.org", str(first), NOON, log_key=trust.log_key(book.ledger))
    assert note.cosigned_at(second)
    assert len(note.signatures) == 3
    other.ledger.close()


def test_its_files_are_its_own(first: Note) -> None:
    """Key and memory are readable by their owner alone."""
    files = [file for file in trust.witness.folder().rglob("*") if file.is_file() and not file.name.endswith(".lock")]
    assert len(files) == 2
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_witness_is_begun_once(key: VerifierKey) -> None:
    """A second witness of the same name does not take the place of the first."""
    with pytest.raises(EnvironmentFault, match="File exists"):
        trust.witness.begin(NAME, Environment())


@pytest.mark.parametrize("name", ["", "an archive", "a+b", "a\nb"])
def test_names_that_no_witness_can_have(name: str) -> None:
    """A name stands in a signature line: it has no white space and no plus sign."""
    with pytest.raises(InputError):
        trust.witness.begin(name, Environment())


def test_a_witness_that_is_not_here(book: Book) -> None:
    """Who was never begun signs nothing; the message says how to begin."""
    with pytest.raises(InputError, match="There is no witness 'nobody") as refused:
        trust.witness.cosign("nobody.example.org", str(trust.checkpoint(book.ledger)), NOON)
    assert "witness new nobody.example.org" in refused.value.hint


@pytest.mark.parametrize("said", ["", "{}", "[]", '{"log_key": 1, "checkpoint": 2}', "\x00"])
def test_a_mangled_memory(first: Note, said: str) -> None:
    """A witness that forgot what it saw signs nothing until its memory is restored."""
    (file,) = (trust.witness.folder() / f"{NAME}.seen").glob("*.json")
    file.write_text(said, encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="does not say what this witness saw"):
        cosign(str(first))
    assert file.read_text("utf-8") == said
