"""A witness that answers by HTTP, and a ledger that asks one (c2sp.org/tlog-witness)."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import attrs
import pytest
import uvicorn

from ledger import audit, store, trust
from ledger.audit import ProblemCode
from ledger.book import Book, keys
from ledger.errors import DamagedLedger, EnvironmentFault, InputError
from ledger.log import Algorithm, Checkpoint, Environment, Note, Party, Quorum, Signature, Submission, VerifierKey, sign
from ledger.store import StoredTree, queries
from ledger.trust.witness import serving

NAME = "witness.example/w1"
NOON = Environment(clock=lambda: datetime(2031, 5, 4, 12, 0, tzinfo=UTC))
GENEROUS = serving.Pace(burst=1000, rate=1000)


@attrs.frozen
class Answer:
    """What came back: status, body and headers in small letters."""

    status: int
    body: str
    headers: dict[str, str]


@contextmanager
def listening(app: object) -> Iterator[int]:
    """Serve an application on loopback; yield its port."""
    config = uvicorn.Config(app, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(10)


@attrs.frozen
class Witness:
    """A witness at a port of this machine."""

    key: VerifierKey
    port: int

    @property
    def party(self) -> Party:
        return Party("w1", self.key, f"http://127.0.0.1:{self.port}/")

    def asked(self, method: str, path: str, body: str | bytes | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body.encode() if isinstance(body, str) else body)
        said = connection.getresponse()
        read = Answer(said.status, said.read().decode(), {name.lower(): value for name, value in said.getheaders()})
        connection.close()
        return read

    def add(self, sent: Submission | str) -> Answer:
        return self.asked("POST", "/add-checkpoint", sent if isinstance(sent, str) else sent.text)

    def last(self, origin: str) -> Answer:
        return self.asked("GET", f"/{sha256(origin.encode()).hexdigest()}/checkpoint")


@pytest.fixture(params=[Algorithm.COSIGNATURE, Algorithm.MLDSA_COSIGNATURE], ids=["ed25519", "ml-dsa"])
def witness(book: Book, request: pytest.FixtureRequest) -> Iterator[Witness]:
    """A witness that knows the test's log and has seen nothing of it."""
    key = trust.witness.begin(NAME, Environment(), request.param)
    trust.witness.know(NAME, trust.log_key(book.ledger))
    with listening(trust.witness.application(NAME, NOON, GENEROUS)) as port:
        yield Witness(key, port)


def grown(book: Book, more: int = 1) -> Note:
    """The checkpoint of the log once it is longer."""
    for _ in range(more):
        book.claim(f"The ferry was late {queries.head(book.ledger.db).size} times.")
    return trust.checkpoint(book.ledger)


def sent(book: Book, note: Note, old: int) -> Submission:
    size = Checkpoint.read(note.text).size
    return Submission.of(note, old, StoredTree(book.ledger.db).consistency(old, size) if 0 < old < size else ())


def owned(said: Checkpoint, book: Book) -> Note:
    """A checkpoint by the ledger's own key, whatever it says."""
    key = keys.held(queries.first(book.ledger.db).subject)
    assert key is not None
    return Note(said.text, (sign(said.text, key),))


# -- what it answers -----------------------------------------------------------


def test_a_log_that_grows(book: Book, witness: Witness) -> None:
    """At first sight without a proof, then with one from the last size; each is answered by a line that verifies."""
    old = 0
    for _ in range(3):
        note = grown(book, 3)
        said = witness.add(sent(book, note, old))
        assert said.status == 200
        assert note.plus([Signature.read(said.body.removesuffix("\n"))]).cosigned_at(witness.key) == NOON.clock()
        old = Checkpoint.read(note.text).size


def test_the_last_size_is_told(book: Book, witness: Witness) -> None:
    """Who asks from another size than the one seen last is told which that is, in the form that the protocol has."""
    note = grown(book)
    size = Checkpoint.read(note.text).size
    witness.add(sent(book, note, 0))
    for said in (witness.add(sent(book, note, 0)), witness.add(sent(book, grown(book), 1))):
        assert (said.status, said.body, said.headers["content-type"]) == (409, f"{size}\n", "text/x.tlog.size")
    assert witness.add(sent(book, note, size)).status == 200


def test_a_log_that_it_does_not_know(book: Book, witness: Witness) -> None:
    """An origin that it was not told of is not found, however well signed, and nothing is remembered of it."""
    stranger = keys.make("other.example", Environment())
    said = Checkpoint("other.example", 1, bytes(32))
    before = sorted(trust.witness.folder().rglob("*"))
    assert witness.add(Submission.of(Note(said.text, (sign(said.text, stranger),)), 0)).status == 404
    assert sorted(trust.witness.folder().rglob("*")) == before


def test_a_checkpoint_that_the_log_did_not_sign(book: Book, witness: Witness) -> None:
    """Signed by another key of the same name, by a spoiled signature, or by witnesses alone: forbidden."""
    note = grown(book)
    stranger = keys.make("desk.example", Environment())
    spoiled = attrs.evolve(note.signatures[0], data=bytes(64))
    for signatures in ((sign(note.text, stranger),), (spoiled,), (spoiled, *note.signatures)):
        assert witness.add(Submission.of(Note(note.text, signatures), 0)).status == 403


def test_lines_by_unknown_keys_are_passed_over(book: Book, witness: Witness) -> None:
    """What else stands in the note is neither checked nor passed on."""
    note = grown(book)
    more = Note(note.text, (Signature("a.example", b"abcd", b"of another kind"), *note.signatures))
    assert witness.add(Submission.of(more, 0)).status == 200
    assert "a.example" not in witness.last("desk.example").body


def test_an_old_size_above_the_checkpoint(book: Book, witness: Witness) -> None:
    """That is no question."""
    note = grown(book)
    assert witness.add(Submission.of(note, Checkpoint.read(note.text).size + 1)).status == 400


def test_what_does_not_go_on_from_what_it_saw(book: Book, witness: Witness) -> None:
    """A proof that is missing, damaged or too much; another root of the same size; an empty tree with a root."""
    first = grown(book, 3)
    size = Checkpoint.read(first.text).size
    assert witness.add(Submission.of(owned(Checkpoint("desk.example", 0, bytes(32)), book), 0)).status == 422
    assert witness.add(Submission.of(first, 0, (bytes(32),))).status == 422
    assert witness.add(Submission.of(first, 0)).status == 200
    good = sent(book, grown(book, 2), size)
    assert good.path
    for path in ((), good.path[:-1], (bytes(32), *good.path[1:]), (*good.path, bytes(32))):
        assert witness.add(attrs.evolve(good, path=path)).status == 422
    other = owned(Checkpoint("desk.example", size, bytes(32)), book)
    assert witness.add(Submission.of(other, size)).status == 422
    assert witness.add(good).status == 200


def test_an_empty_log(book: Book, witness: Witness) -> None:
    """A log of nothing has the root of nothing, and everything goes on from it."""
    empty = owned(Checkpoint("desk.example", 0, sha256(b"").digest()), book)
    assert [witness.add(Submission.of(empty, 0)).status for _ in range(2)] == [200, 200]
    assert witness.add(Submission.of(grown(book), 0)).status == 200


@pytest.mark.parametrize(
    "body", ["", "old 0\n", "old x\n\nnothing\n", "old 0\n\na\n1\nAAAA\n\n\u2014 a AAAAAAAA\n", b"\xff"]
)
def test_what_is_no_submission(body: str | bytes, witness: Witness) -> None:
    """A body of another form is refused as such."""
    assert witness.asked("POST", "/add-checkpoint", body).status == 400


def test_other_questions(witness: Witness) -> None:
    """Other paths and methods are told what there is; a body without end is not read."""
    assert witness.asked("GET", "/").status == 404
    assert witness.asked("GET", "/add-checkpoint").status == 405
    assert witness.asked("POST", "/add-checkpoint", b"x" * 70_000).status == 413
    assert witness.asked("GET", f"/{'0' * 64}/checkpoint").status == 404
    assert witness.asked("GET", "/../../etc/checkpoint").status == 404


def test_monitors_read_what_it_signed_last(book: Book, witness: Witness) -> None:
    """The last checkpoint of a log, with the log's signature and the witness's; before the first there is none."""
    assert witness.last("desk.example").status == 404
    note = grown(book)
    witness.add(sent(book, note, 0))
    said = witness.last("desk.example")
    read = Note.read(said.body)
    assert (said.status, read.text) == (200, note.text)
    assert read.signed_by(trust.log_key(book.ledger)) and read.cosigned_at(witness.key)
    assert witness.asked("HEAD", f"/{sha256(b'desk.example').hexdigest()}/checkpoint").body == ""


def test_it_remembers_before_it_signs(book: Book, witness: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted while it signs, it has seen the checkpoint: an older or another one is not signed afterwards."""
    note = grown(book, 3)
    size = Checkpoint.read(note.text).size

    def interrupted(*_: object, **__: object) -> Signature:
        raise EnvironmentFault("The power went.")

    with monkeypatch.context() as patch:
        patch.setattr("ledger.trust.witness.judging.sign", interrupted)
        assert witness.add(sent(book, note, 0)).status == 500
    assert witness.last("desk.example").status == 404
    other = owned(Checkpoint("desk.example", size, bytes(32)), book)
    assert witness.add(Submission.of(other, 0)).body == f"{size}\n"
    assert witness.add(Submission.of(other, size)).status == 422
    assert witness.add(sent(book, note, size)).status == 200


def test_of_two_histories_at_once_one_is_signed(book: Book, witness: Witness) -> None:
    """Many visitors at the same moment: whatever is signed lies in one history."""
    first = grown(book)
    size = Checkpoint.read(first.text).size
    said = [owned(Checkpoint("desk.example", size, bytes([n]) * 32), book) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda note: witness.add(Submission.of(note, 0)).status, said))
    assert sorted(answers) == [200] + [409] * 7


def test_each_address_has_its_pace() -> None:
    """So many questions at once, then one in its time; the oldest visitor is forgotten when too many come."""
    now = [0.0]
    pace = serving.Pace(burst=3, rate=0.5, most=2, clock=lambda: now[0])
    assert [pace.wait("a") for _ in range(4)] == [0, 0, 0, 2.0]
    assert pace.wait("b") == 0
    now[0] = 2.0
    assert [pace.wait("a"), pace.wait("a") > 0] == [0, True]
    pace.wait("c")
    pace.wait("d")
    assert pace.wait("a") == 0


def test_who_asks_too_often_is_told_when_to_come_back(book: Book) -> None:
    """Too many questions get 429, with the seconds to wait."""
    trust.witness.begin(NAME, Environment())
    slow = serving.Pace(burst=2, rate=0.01)
    with listening(trust.witness.application(NAME, NOON, slow)) as port:
        visitor = Witness(VerifierKey("x", bytes(32)), port)
        answers = [visitor.asked("GET", "/") for _ in range(3)]
    assert [one.status for one in answers] == [404, 404, 429]
    assert 0 < int(answers[2].headers["retry-after"]) <= 100


def test_a_body_that_does_not_come(witness: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor who keeps the line and sends nothing is left."""
    monkeypatch.setattr(serving, "PATIENCE", 0.05)
    with socket.create_connection(("127.0.0.1", witness.port), timeout=60) as line:
        line.sendall(b"POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 10\r\n\r\nold")
        assert line.recv(100).startswith(b"HTTP/1.1 408")


# -- a ledger that asks --------------------------------------------------------


def test_a_ledger_asks(book: Book, witness: Witness) -> None:
    """It finds out what the witness saw last, proves from there, and keeps the line that comes back."""
    for more in (1, 3):
        note = trust.witness.ask(book.ledger, grown(book, more), witness.party)
        assert note.cosigned_at(witness.key) == NOON.clock()
    trust.add_cosigned(book.ledger, note)
    assert audit.verify(book.ledger.path, keys=[witness.key]).sound
    grown(book)
    assert trust.witness.ask(book.ledger, grown(book), witness.party).cosigned_at(witness.key)


def test_a_ledger_that_fell_behind(book: Book, witness: Witness, tmp_path: Path) -> None:
    """A witness that saw more than this file holds tells that it is an old one."""
    old = tmp_path / "old.db"
    store.write_twin(book.ledger, old)
    trust.witness.ask(book.ledger, note := grown(book, 2), witness.party)
    with store.open_ledger(old, write=True) as ledger:
        before = owned(store.present(ledger), book)
        with pytest.raises(DamagedLedger, match=f"saw {Checkpoint.read(note.text).size} entries"):
            trust.witness.ask(ledger, before, witness.party)


def test_a_ledger_with_another_history(book: Book, witness: Witness, tmp_path: Path) -> None:
    """What the witness does not sign is said, with its words; nothing is added to the note."""
    fork = tmp_path / "fork.db"
    store.write_twin(book.ledger, fork)
    trust.witness.ask(book.ledger, grown(book, 2), witness.party)
    with store.open_ledger(fork, write=True) as ledger:
        for number in range(5):
            Book(ledger).claim(f"The ferry was early {number} times.")
        with pytest.raises(EnvironmentFault, match="422, It does not go on"):
            trust.witness.ask(ledger, owned(store.present(ledger), book), witness.party)


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (200, "nothing", "no signature"),
        (200, "", "no signature"),
        (200, "\u2014 witness.example/w1 AAAAAAAA\n", "not by the key that is known"),
        (200, "\u2014 somebody.example AAAAAAAA\n", "not by the key that is known"),
        (409, "many\n", "does not say what it saw"),
        (409, "9" * 50, "does not say what it saw"),
        (409, "0\n", "409"),
        (403, "No.\nNever.", "403, No."),
        (500, "\x1b[31m", "500, without words"),
    ],
)
def test_what_a_witness_may_answer(status: int, body: str, words: str, book: Book, witness: Witness) -> None:
    """An answer that is no signature by the known key adds nothing, and the message says what came."""

    async def app(scope: object, receive: Callable[[], object], send: Callable[[object], object]) -> None:
        data = body.encode()
        head = [(b"content-length", b"%d" % len(data))]
        await send({"type": "http.response.start", "status": status, "headers": head})  # type: ignore[misc]
        await send({"type": "http.response.body", "body": data})  # type: ignore[misc]

    with listening(app) as port, pytest.raises(EnvironmentFault) as refused:
        trust.witness.ask(book.ledger, grown(book), attrs.evolve(witness.party, url=f"http://127.0.0.1:{port}"))
    assert words in str(refused.value)


def test_a_witness_that_is_not_there(book: Book, witness: Witness) -> None:
    """A port where nobody listens is no witness."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(EnvironmentFault, match="No connection"):
        trust.witness.ask(book.ledger, grown(book), attrs.evolve(witness.party, url=f"http://127.0.0.1:{port}"))


# -- how many must have signed -------------------------------------------------


def policy(*witnesses: VerifierKey, least: int, log: VerifierKey | None = None) -> Quorum:
    lines = [f"log {log}"] if log else []
    lines += [f"witness w{number} {key}" for number, key in enumerate(witnesses)]
    names = " ".join(f"w{number}" for number in range(len(witnesses)))
    return Quorum.read("\n".join([*lines, f"group all {least} {names}", "quorum all"]))


def test_a_policy_is_checked_by_verify(book: Book) -> None:
    """The longest checkpoint that enough witnesses signed, in one copy or several, is what they vouch for."""
    names = [f"w{number}.example" for number in range(3)]
    witnesses = [trust.witness.begin(name, Environment()) for name in names]
    key, path = trust.log_key(book.ledger), book.ledger.path
    note = grown(book)
    size = Checkpoint.read(note.text).size
    for name in names[:2]:
        trust.add_cosigned(book.ledger, trust.witness.cosign(name, str(note), NOON, log_key=key))
    grown(book)
    two, three = (policy(*witnesses, least=least, log=key) for least in (2, 3))
    report = audit.verify(path, quorum=two)
    assert report.sound
    assert f"the first {size} entries, seen by 2 of 3: w0, w1" in report.covered
    assert any(f"cover {size} of {size + 1} entries" in line for line in report.not_established)
    assert [one.code for one in audit.verify(path, quorum=three).problems] == [ProblemCode.QUORUM]
    foreign = keys.make("other.example", Environment()).verifier
    assert [one.code for one in audit.verify(path, quorum=policy(*witnesses, least=2, log=foreign)).problems] == [
        ProblemCode.LOG_KEY
    ]
    assert audit.verify(path, quorum=Quorum.read("quorum none")).sound


def test_the_whole_way_by_commands(factledger: Callable[..., object], tmp_path: Path, book: Book) -> None:
    """A policy, a witness that answers, a checkpoint that it signs, and a ledger that verifies by it."""
    key, path = trust.log_key(book.ledger), str(book.ledger.path)
    witness = factledger("witness", "new", NAME).stdout.strip()
    assert factledger("witness", "know", str(key), "--as", NAME).returncode == 0
    with listening(trust.witness.application(NAME, Environment())) as port:
        asked = f"log {key}\nwitness w1 {witness} http://127.0.0.1:{port}\nquorum w1\n"
        (tmp_path / "desk.policy").write_text(asked, encoding="utf-8")
        done = factledger("-d", path, "checkpoint", "--witnesses", "desk.policy", "-o", "desk.checkpoint")
        assert (done.returncode, "Seen      by w1" in done.stderr) == (0, True)
    assert Note.read((tmp_path / "desk.checkpoint").read_text("utf-8")).cosigned_at(VerifierKey.read(witness))
    done = factledger("-d", path, "verify", "--witnesses", "desk.policy")
    assert (done.returncode, "seen by 1 of 1: w1" in done.stdout) == (0, True)
    done = factledger("-d", path, "checkpoint", "--witnesses", "desk.policy")
    assert done.returncode == 5
    assert "NOT SEEN" in done.stderr and "Fewer have signed" in done.stderr
    (tmp_path / "desk.policy").write_text("witness w1\n", encoding="utf-8")
    done = factledger("-d", path, "verify", "--witnesses", "desk.policy")
    assert (done.returncode, "desk.policy, line 1" in done.stderr) == (2, True)


def test_who_cannot_answer() -> None:
    """A witness that was not begun, and a port that is taken, are told."""
    with pytest.raises(InputError, match="There is no witness"):
        trust.witness.serve("nobody.example", host="127.0.0.1", port=0, say=print)
    trust.witness.begin(NAME, Environment())
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(EnvironmentFault, match="Cannot answer"):
        trust.witness.serve(NAME, host="127.0.0.1", port=taken.getsockname()[1], say=print)
