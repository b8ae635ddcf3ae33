"""Time stamps on checkpoints (RFC 3161), by an authority made with openssl on this machine."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import attrs
import pytest

from ledger import audit, trust
from ledger.audit import ProblemCode
from ledger.audit.vouching import NO_CERTIFICATE
from ledger.book import Book
from ledger.errors import EnvironmentFault, InputError
from ledger.log import Note, Signature
from ledger.trust import timestamps
from ledger.trust.der import sort_certificates

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl, which plays the authority, is not installed")

CONFIGURATION = """
[tsa]
default_tsa = clock
[clock]
serial = {0}/serial
signer_cert = {0}/clock.pem
signer_key = {0}/clock.key
certs = {0}/root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run([str(OPENSSL), *arguments], cwd=folder, check=True, capture_output=True)


def begin(folder: Path) -> Path:
    """Make an authority: a root, a clock whose certificate it signed, and what openssl must know of both."""
    folder.mkdir()
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(folder, "req", "-x509", *new, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root")
    openssl(folder, "req", *new, "-keyout", "clock.key", "-out", "clock.csr", "-subj", "/CN=Clock")
    (folder / "use").write_text("extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n")
    by_root = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "use")
    openssl(folder, "x509", "-req", "-in", "clock.csr", "-out", "clock.pem", *by_root)
    (folder / "serial").write_text("01\n")
    (folder / "clock.cnf").write_text(CONFIGURATION.format(folder))
    return folder


@attrs.define
class Clock:
    """An authority that answers at a URL; `answers`, if set, is sent in the place of what openssl says."""

    folder: Path
    url: str = ""
    answers: tuple[int, bytes] | None = None

    @property
    def authority(self) -> trust.Authority:
        return trust.Authority.read(self.folder / "root.pem")

    def answer(self, query: bytes) -> tuple[int, bytes]:
        if self.answers is not None:
            return self.answers
        (self.folder / "query").write_bytes(query)
        openssl(self.folder, "ts", "-reply", "-config", "clock.cnf", "-queryfile", "query", "-out", "reply")
        return 200, (self.folder / "reply").read_bytes()


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two authorities that know nothing of each other."""
    base = tmp_path_factory.mktemp("time")
    return begin(base / "one"), begin(base / "other")


@pytest.fixture
def clock(folders: tuple[Path, Path]) -> Iterator[Clock]:
    """An authority that answers on loopback."""
    made = Clock(folders[0])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            status, data = made.answer(query)
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}/tsr"
    yield made
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.fixture
def stamped(book: Book, clock: Clock) -> Note:
    """A checkpoint with a time stamp, not kept anywhere yet."""
    return trust.stamp(trust.checkpoint(book.ledger), clock.url, clock.authority)


def other(folders: tuple[Path, Path]) -> trust.Authority:
    return trust.Authority.read(folders[1] / "root.pem")


# -- asking and believing ------------------------------------------------------


def test_a_stamp_says_when(stamped: Note, clock: Clock) -> None:
    """The authority's time is of this minute, and its name the host that was asked."""
    said = clock.authority.stamped_at(stamped)
    assert said is not None
    name, at = said
    assert (name, at.utcoffset()) == ("127.0.0.1", timedelta(0))
    assert abs(at - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_stamp_is_a_line_of_the_note(stamped: Note, book: Book) -> None:
    """The note is read and written as any, and its other signatures still verify."""
    assert Note.read(str(stamped)) == stamped
    assert stamped.signed_by(trust.log_key(book.ledger))
    assert trust.stamps(stamped) == [stamped.signatures[-1]]


def test_openssl_verifies_it(stamped: Note, clock: Clock, tmp_path: Path) -> None:
    """What lies in the line is the authority's answer as any other program reads it, over the note's text."""
    (tmp_path / "text").write_text(stamped.text, encoding="utf-8")
    (tmp_path / "token").write_bytes(trust.stamps(stamped)[0].data)
    openssl(tmp_path, "ts", "-verify", "-data", "text", "-in", "token", "-CAfile", str(clock.folder / "root.pem"))


def test_whom_a_certificate_vouches_for(stamped: Note, clock: Clock, folders: tuple[Path, Path]) -> None:
    """Another root, or the text of another checkpoint, and the stamp says nothing."""
    assert other(folders).stamped_at(stamped) is None
    moved = Note(stamped.text.replace("desk.example", "Desk.example"), stamped.signatures)
    assert clock.authority.stamped_at(moved) is None


def test_no_bit_of_the_time_can_be_changed(stamped: Note, clock: Clock) -> None:
    """Whatever bit of an answer is flipped, it is refused or says the same time: what is signed cannot be moved."""
    line, true = trust.stamps(stamped)[0], clock.authority.stamped_at(stamped)
    refused = 0
    for place in range(0, len(line.data), 3):
        data = bytearray(line.data)
        data[place] ^= 1 << place % 8
        said = clock.authority.stamped_at(Note(stamped.text, (attrs.evolve(line, data=bytes(data)),)))
        assert said in (None, true)
        refused += said is None
    assert refused > len(line.data) / 6
    for length in range(1, len(line.data), 50):
        cut = attrs.evolve(line, data=line.data[:length])
        assert clock.authority.stamped_at(Note(stamped.text, (cut,))) is None


def test_the_earliest_of_two_counts(stamped: Note, clock: Clock) -> None:
    """A second stamp on the same text does not make it younger."""
    said = clock.authority.stamped_at(stamped)
    for _ in range(1000):  # until the authority's clock, which counts seconds, has moved on
        line = trust.stamp(Note(stamped.text, ()), clock.url, clock.authority).signatures[0]
        if clock.authority.stamped_at(Note(stamped.text, (line,))) != said:
            break
    for lines in ((*stamped.signatures, line), (line, *stamped.signatures)):
        assert clock.authority.stamped_at(Note(stamped.text, lines)) == said


def test_without_a_certificate_it_is_kept_and_checked_later(
    book: Book, clock: Clock, folders: tuple[Path, Path]
) -> None:
    """Who has not the certificate yet can ask all the same; with a wrong one nothing is taken."""
    note = trust.checkpoint(book.ledger)
    assert clock.authority.stamped_at(trust.stamp(note, clock.url)) is not None
    with pytest.raises(EnvironmentFault, match="does not vouch"):
        trust.stamp(note, clock.url, other(folders))


@pytest.mark.parametrize(
    "answer", [(200, b""), (200, b"<html>"), (200, b"0\x03\x02\x01\x00"), (404, b"gone"), (200, b"0\x82\xff\xff")]
)
def test_what_is_no_stamp(answer: tuple[int, bytes], book: Book, clock: Clock) -> None:
    """Whatever else an address answers, nothing is added."""
    clock.answers = answer
    with pytest.raises(EnvironmentFault, match=f"gave no time stamp \\({answer[0]}\\)"):
        trust.stamp(trust.checkpoint(book.ledger), clock.url)


def test_an_old_answer_is_no_answer(book: Book, clock: Clock) -> None:
    """A stamp is of this question: one that was given before, on the same text, is not taken."""
    note = trust.checkpoint(book.ledger)
    clock.answers = 200, trust.stamps(trust.stamp(note, clock.url))[0].data
    with pytest.raises(EnvironmentFault, match="gave no time stamp"):
        trust.stamp(note, clock.url)


@pytest.mark.parametrize("said", [b"", b"nothing", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_what_is_no_certificate(said: bytes, tmp_path: Path) -> None:
    """A file that holds none is refused with its name, and so is one that is not there."""
    (tmp_path / "root.pem").write_bytes(said)
    for name in ("root.pem", "none.pem"):
        with pytest.raises(InputError) as refused:
            trust.Authority.read(tmp_path / name)
        assert name in refused.value.where


def test_der_is_read_as_pem_is(clock: Clock, tmp_path: Path) -> None:
    """A certificate is the same in both forms."""
    openssl(clock.folder, "x509", "-in", "root.pem", "-outform", "DER", "-out", str(tmp_path / "root.der"))
    assert trust.Authority.read(tmp_path / "root.der") == clock.authority


def test_certificates_are_sorted_and_nothing_else(stamped: Note) -> None:
    """In whichever order an authority writes them, the same answer comes out, of the same length."""
    data = trust.stamps(stamped)[0].data
    straight = sort_certificates(data)
    assert (len(straight), sorted(straight)) == (len(data), sorted(data))
    assert sort_certificates(straight) == straight
    for other in (b"", b"0", b"\x30\x82", b"<html>", bytes(300), data[:100]):
        assert sort_certificates(other) == other


# -- kept and verified ---------------------------------------------------------


def test_verify_says_since_when(stamped: Note, book: Book, clock: Clock, folders: tuple[Path, Path]) -> None:
    """With the certificate it names authority and time; another certificate is a problem; without one it is open."""
    trust.add_cosigned(book.ledger, stamped)
    path = book.ledger.path
    _, at = clock.authority.stamped_at(stamped) or ("", datetime.now(UTC))
    report = audit.verify(path, authorities=[clock.authority])
    assert report.sound
    assert f"the first 2 entries, there at {at:%Y-%m-%d %H:%M} UTC by the word of 127.0.0.1" in report.covered
    assert NO_CERTIFICATE not in report.not_established
    assert [one.code for one in audit.verify(path, authorities=[other(folders)]).problems] == [ProblemCode.TIMESTAMP]
    assert audit.verify(path).sound
    assert NO_CERTIFICATE in audit.verify(path).not_established


def test_a_false_stamp_in_the_file(book: Book, clock: Clock) -> None:
    """A line that only looks like one is worth nothing."""
    note = trust.checkpoint(book.ledger)
    trust.add_cosigned(book.ledger, note.plus([Signature("a.example", timestamps._id("a.example"), b"at noon")]))
    report = audit.verify(book.ledger.path, authorities=[clock.authority])
    assert [one.code for one in report.problems] == [ProblemCode.TIMESTAMP]


def test_it_goes_along_with_a_published_copy(stamped: Note, book: Book, clock: Clock, tmp_path: Path) -> None:
    """Whoever gets the copy gets the time with it."""
    trust.add_cosigned(book.ledger, stamped)
    trust.publish(book.ledger, tmp_path / "public.db")
    assert audit.verify(tmp_path / "public.db", authorities=[clock.authority]).sound


def test_the_whole_way_by_commands(factledger: Callable[..., Any], book: Book, clock: Clock, tmp_path: Path) -> None:
    """`checkpoint --timestamp` asks, keeps and prints it; `verify --authority` checks it."""
    ledger, root = str(book.ledger.path), str(clock.folder / "root.pem")
    done = factledger("-d", ledger, "checkpoint", "--timestamp", clock.url, "--authority", root, "-o", "a.checkpoint")
    assert (done.returncode, "Stamped" in done.stderr) == (0, True)
    assert clock.authority.stamped_at(Note.read((tmp_path / "a.checkpoint").read_text("utf-8")))
    done = factledger("-d", ledger, "verify", "--authority", root, "--checkpoint", "a.checkpoint")
    assert (done.returncode, "by the word of 127.0.0.1" in done.stdout) == (0, True)
    assert factledger("-d", ledger, "checkpoint", "--authority", root).returncode == 2
    assert factledger("-d", ledger, "checkpoint", "--timestamp", "ftp://a.example").returncode == 2
