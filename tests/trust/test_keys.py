"""Who signs an entry, and that the key was theirs and stood then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from ledger import audit, log, store, trust
from ledger.audit import ProblemCode
from ledger.book import Book, keys
from ledger.errors import InputError
from ledger.log import Entry, Environment, SignerKey, sign, signed_text
from ledger.model import Agent
from ledger.store import queries

Change = Callable[[list[Entry]], None]


def own_key(book: Book) -> SignerKey:
    """A key of the person who enters, recorded and at hand."""
    fresh = keys.make(book.actor, Environment())
    book.key(book.find(Agent, "ana-roa"), fresh.verifier)
    keys.keep(fresh, queries.first(book.ledger.db).subject, of=book.actor)
    return fresh


def reopened(book: Book) -> Book:
    """The same ledger, opened by the same person, whose key is looked for again."""
    return Book(book.ledger)


@pytest.fixture
def signing(book: Book) -> Book:
    """A ledger whose owner signs."""
    own_key(book)
    return reopened(book)


def sealed_again(book: Book, change: Change) -> Path:
    """The ledger with a changed log whose hashes, tree and tables all fit, as its key holder could write it."""
    entries = list(queries.entries(book.ledger.db))
    change(entries)
    path = book.ledger.path.with_name("rewritten.db")
    with store.create_file(path) as made:
        frontier: list[bytes] = []
        for entry in entries:
            row = (entry.seq, entry.leaf, entry.envelope, entry.signature, entry.salt, entry.body)
            made.db.execute("INSERT INTO ledger_entry VALUES (?, ?, ?, ?, ?, ?)", row)
            log.push(frontier, entry.seq, entry.leaf)
        head = (len(entries), log.root(frontier), log.pack(frontier))
        made.db.execute("UPDATE ledger_head SET size = ?, root = ?, frontier = ?", head)
        store.rebuild(made)
    return path


def by(key: SignerKey, entry: Entry, origin: str = "desk.example") -> Entry:
    return attrs.evolve(entry, signature=str(sign(signed_text(origin, entry.envelope), key)))


def test_entries_are_signed_from_then_on(signing: Book) -> None:
    """What a person enters after their key was recorded is signed with it, and verify holds them to it."""
    signing.claim("The ferry was late.", id="ferry")
    signing.correct("ferry", {"topic": "ferry"}, "The topic was left out.")
    signed = [entry.seq for entry in queries.entries(signing.ledger.db) if entry.signature]
    assert signed == [3, 4]
    report = audit.verify(signing.ledger.path)
    assert report.sound
    assert "2 signatures of agents" in report.covered


def test_a_signature_names_nobody(signing: Book) -> None:
    """The name in a signature line is the agent's uid: a name of a person there could not be withheld."""
    signing.claim("The ferry was late.")
    entry = list(queries.entries(signing.ledger.db))[-1]
    assert entry.signature is not None
    assert entry.signature.startswith(f"\u2014 {signing.actor} ")


def test_a_revoked_key(signing: Book) -> None:
    """Nothing is signed with it any more; what it signed before stays signed."""
    signing.claim("The ferry was late.")
    (row,) = queries.rows(signing.ledger.db, "keys")
    signing.revoke(row["id"], "The laptop was stolen.")
    signing.claim("The ferry was early.")
    signed = [entry.seq for entry in queries.entries(signing.ledger.db) if entry.signature]
    assert signed == [3, 4]  # the revocation itself was still signed
    assert audit.verify(signing.ledger.path).sound


def test_two_keys_one_after_the_other(signing: Book) -> None:
    """After one key was revoked, another of the same person signs."""
    (row,) = queries.rows(signing.ledger.db, "keys")
    signing.revoke(row["id"], "The laptop was stolen.")
    keys.path_of(queries.first(signing.ledger.db).subject, of=signing.actor).unlink()
    own_key(signing)
    again = reopened(signing)
    again.claim("The ferry was late.")
    assert list(queries.entries(again.ledger.db))[-1].signature
    assert audit.verify(again.ledger.path).sound


def test_a_key_that_is_not_at_hand(book: Book) -> None:
    """Who enters without the key is not stopped; the report says that these entries are unsigned."""
    book.key(book.find(Agent, "ana-roa"), keys.make(book.actor, Environment()).verifier)
    reopened(book).claim("The ferry was late.")
    report = audit.verify(book.ledger.path)
    assert report.sound
    assert any("1 entries that are unsigned" in line for line in report.not_established)


def test_signed_entries_of_withheld_records(signing: Book, tmp_path: Path) -> None:
    """A signature is of the envelope: it holds in a published copy that lacks the words."""
    signing.agent("Marta Quell")
    trust.withhold(signing, "marta-quell", ["name"], "She asked for it.")
    trust.publish(signing.ledger, tmp_path / "public.db")
    report = audit.verify(tmp_path / "public.db")
    assert report.sound
    assert "2 signatures of agents" in report.covered
    assert b"Marta" not in (tmp_path / "public.db").read_bytes()


def test_the_words_of_a_sheet_of_signed_entries(signing: Book) -> None:
    """A proof of a signed entry holds, and says that it does not show who signed."""
    signing.claim("The ferry was late.", id="ferry")
    sheet = trust.prove(signing.ledger, trust.entries_of(signing.ledger.db, "ferry"))
    answer = trust.check_sheet(sheet, trust.log_key(signing.ledger))
    assert answer.holds
    assert any("signatures of agents were not checked" in line for line in answer.not_shown)


# -- signatures that do not hold, in a log whose hashes all fit ----------------


def test_rewriting_by_itself_is_not_what_is_seen(signing: Book) -> None:
    """The log written again without a change is sound: what the next tests find is the change."""
    signing.claim("The ferry was late.")
    assert audit.verify(sealed_again(signing, lambda entries: None)).problems == ()


def wrong(book: Book, change: Change) -> tuple[ProblemCode, int | None]:
    (problem,) = audit.verify(sealed_again(book, change)).problems
    return problem.code, problem.entry


def test_by_the_key_of_somebody_else(signing: Book) -> None:
    """A key that another agent has, or that nobody has, does not sign for this one."""
    ben = signing.agent("Ben Okafor")
    his = keys.make(ben.uid, Environment())
    signing.key(ben, his.verifier)
    signing.claim("The ferry was late.")
    last = queries.head(signing.ledger.db).size - 1
    forged = [his, SignerKey(signing.actor, his.secret), keys.make(signing.actor, Environment())]
    for key in forged:
        (signing.ledger.path.with_name("rewritten.db")).unlink(missing_ok=True)

        def change(entries: list[Entry], key: SignerKey = key) -> None:
            entries[last] = by(key, entries[last])

        assert wrong(signing, change) == (ProblemCode.SIGNATURE, last)


def test_by_a_revoked_key(book: Book) -> None:
    """A signature made after its key was revoked is no signature."""
    key = own_key(book)
    signing = reopened(book)
    (row,) = queries.rows(book.ledger.db, "keys")
    signing.revoke(row["id"], "The laptop was stolen.")
    signing.claim("The ferry was late.")
    last = queries.head(book.ledger.db).size - 1

    def change(entries: list[Entry]) -> None:
        entries[last] = by(key, entries[last])

    assert wrong(signing, change) == (ProblemCode.SIGNATURE, last)


def test_before_its_key_was_there(book: Book) -> None:
    """A key signs from the entry after its own: what came before is not made signed by it later."""
    book.claim("The ferry was late.")
    key = own_key(book)

    def change(entries: list[Entry]) -> None:
        entries[2] = by(key, entries[2])

    assert wrong(book, change) == (ProblemCode.SIGNATURE, 2)


@pytest.mark.parametrize("said", ["", "nonsense", "\u2014 ana AAAA", "\u2014 \u2014"])
def test_what_is_no_signature(signing: Book, said: str) -> None:
    """A signature field that holds no signature line is told with its entry."""
    signing.claim("The ferry was late.")

    def change(entries: list[Entry]) -> None:
        entries[3] = attrs.evolve(entries[3], signature=said)

    assert wrong(signing, change) == (ProblemCode.SIGNATURE, 3)


def test_of_another_ledger(book: Book) -> None:
    """A signature names the ledger that it is for: taken from another log it does not hold."""
    key = own_key(book)
    signing = reopened(book)
    signing.claim("The ferry was late.")

    def change(entries: list[Entry]) -> None:
        entries[3] = by(key, entries[3], origin="other.example")

    assert wrong(signing, change) == (ProblemCode.SIGNATURE, 3)


def test_signatures_that_were_taken_off(signing: Book) -> None:
    """Unsigned in a log that was hashed anew: not a fault by itself, and said to be open."""
    signing.claim("The ferry was late.")

    def change(entries: list[Entry]) -> None:
        entries[3] = attrs.evolve(entries[3], signature=None)

    report = audit.verify(sealed_again(signing, change))
    assert report.problems == ()
    assert any("unsigned although the agent had a key" in line for line in report.not_established)


@pytest.mark.parametrize("verifier", ["", "nonsense", "ana+00000000+AAAA"])
def test_an_entry_that_records_no_key(book: Book, verifier: str) -> None:
    """A key entry whose key cannot be read is a problem of its own: nothing can be held to it."""
    record = book.key(book.find(Agent, "ana-roa"), keys.make("x", Environment()).verifier)

    def change(entries: list[Entry]) -> None:
        last = entries[-1]
        body = (last.body or "").replace(record.verifier, verifier)
        entries[-1] = log.seal(
            seq=last.seq, at=last.at, actor=last.actor, kind=last.kind, subject=last.subject, rid=last.rid,
            salt=b"0" * 16, body=body,
        )  # fmt: skip

    assert wrong(book, change) == (ProblemCode.SIGNATURE, 2)


# -- what is refused ---------------------------------------------------------


def test_keys_are_revoked_not_retracted(signing: Book) -> None:
    """A key takes no correction; it is revoked, once."""
    (row,) = queries.rows(signing.ledger.db, "keys")
    for act in (lambda: signing.retract(row["id"], "Old."), lambda: signing.revoke("ana-roa", "Old.")):
        with pytest.raises(InputError):
            act()
    signing.revoke(row["id"], "The laptop was stolen.")
    with pytest.raises(InputError):
        signing.revoke(row["id"], "Again.")
