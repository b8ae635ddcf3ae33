"""The log's key out of the key folder: an ssh-agent signs, and what signs wrongly or not at all signs nothing."""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from ledger import trust
from ledger.book import Book, keys, ssh_agent
from ledger.errors import EnvironmentFault, InputError
from ledger.log import SignerKey, VerifierKey
from ledger.store import queries

AGENT = shutil.which("ssh-agent")
needs_agent = pytest.mark.skipif(AGENT is None, reason="no ssh-agent is installed (openssh-client)")


def string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def listed(*publics: bytes) -> bytes:
    blobs = [string(b"ssh-ed25519") + string(public) for public in publics]
    return b"\x0c" + struct.pack(">I", len(blobs)) + b"".join(string(blob) + string(b"a key") for blob in blobs)


def signed(signature: bytes, kind: bytes = b"ssh-ed25519") -> bytes:
    return b"\x0e" + string(string(kind) + string(signature))


Replies = dict[int, Callable[[bytes], bytes]]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replies]:
    """An agent that answers each kind of question as it is told: with a message, its length put before it."""
    replies: Replies = {}
    place = tmp_path / "s"
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(os.path.relpath(place) if len(str(place)) > 100 else str(place))
    listener.listen()

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                with closing(line), suppress(OSError):
                    (length,) = struct.unpack(">I", line.recv(4, socket.MSG_WAITALL))
                    asked = line.recv(length, socket.MSG_WAITALL)
                    line.sendall(replies[asked[0]](asked[1:]))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    monkeypatch.setenv("SSH_AUTH_SOCK", listener.getsockname())
    yield replies
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


@pytest.fixture
def moved(book: Book, tmp_path: Path) -> tuple[SignerKey, Path]:
    """The log key of a ledger, moved out of the key folder."""
    ledger_id = queries.first(book.ledger.db).subject
    key = keys.held(ledger_id)
    assert key is not None
    keys.move_out(ledger_id, tmp_path / "stick")
    return key, tmp_path / "stick"


@pytest.fixture
def agent(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The real ssh-agent, with no keys; in a short folder, as the name of a socket has few letters."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="a") as folder:
        place = f"{folder}/s"
        assert AGENT is not None
        process = subprocess.Popen([AGENT, "-D", "-a", place], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        process.stdout.readline()  # it listens
        monkeypatch.setenv("SSH_AUTH_SOCK", place)
        yield
        process.terminate()
        process.wait()
        process.stdout.close()


@needs_agent
def test_a_real_agent_signs_a_checkpoint(book: Book, moved: tuple[SignerKey, Path], agent: None) -> None:
    """Moved out of the folder and loaded with ssh-add, the log's key signs what the ledger's verifier key verifies."""
    key, stick = moved
    with pytest.raises(EnvironmentFault, match="no ssh-agent holds it"):
        trust.checkpoint(book.ledger)
    subprocess.run(["ssh-add", "-q", str(stick)], check=True, capture_output=True, timeout=60)
    note = trust.checkpoint(book.ledger)
    assert note.signed_by(trust.log_key(book.ledger))
    assert note.signatures[0].data == key.sign(note.text.encode())  # Ed25519 signs the same in one way only
    assert not keys.path_of(queries.first(book.ledger.db).subject).exists()


@needs_agent
def test_a_ledger_may_begin_with_a_key_of_an_agent(factledger: Any, tmp_path: Path, agent: None) -> None:
    """Begun with the public half, a ledger is signed by the agent alone: no secret of it is in the key folder."""
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "desk")], check=True, timeout=60
    )
    subprocess.run(["ssh-add", "-q", str(tmp_path / "desk")], check=True, capture_output=True, timeout=60)
    begun = ("init", "--origin", "desk.example", "--person", "Ana Roa", "--ssh-key", str(tmp_path / "desk.pub"))
    assert factledger(*begun).returncode == 0
    assert list(keys.folder().glob("*.key")) == []
    assert factledger("checkpoint", "-o", "desk.checkpoint").returncode == 0
    done = factledger("verify", "--checkpoint", "desk.checkpoint")
    assert (done.returncode, "INTACT" in done.stdout) == (0, True), done.stdout


def test_what_an_agent_signs_is_checked(book: Book, moved: tuple[SignerKey, Path], fake: Replies) -> None:
    """A signature of other bytes, of another kind or of another length is refused, and nothing is signed."""
    key, _ = moved
    fake[11] = lambda asked: string(listed(b"\1" * 32, key.verifier.public))
    for reply in (signed(key.sign(b"other")), signed(key.sign(b"other"), b"ssh-rsa"), signed(b"short")):
        fake[13] = lambda asked, reply=reply: string(reply)  # type: ignore[misc]
        with pytest.raises(EnvironmentFault, match="is not what was asked"):
            trust.checkpoint(book.ledger)
    fake[13] = lambda asked: string(b"\x05")
    with pytest.raises(EnvironmentFault, match="did not sign"):
        trust.checkpoint(book.ledger)
    assert list(queries.rows(book.ledger.db, "ledger_checkpoint")) == []


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\0\0",
        struct.pack(">I", 0),
        struct.pack(">I", 2**31),
        struct.pack(">I", 100) + b"\x0c",
        string(b"\x0c"),
        string(b"\x0c\0\0\0\x02"),
        string(b"\x0c\0\0\0\x01" + string(b"\0\0") + string(b"")),
        string(b"\x0c\0\0\0\x01\xff\xff\xff\xff"),
        string(b"SSH-2.0-other\r\n"),
    ],
    ids=range(10),
)
def test_what_is_no_agent_is_told_or_holds_nothing(
    book: Book, moved: tuple[SignerKey, Path], fake: Replies, reply: bytes
) -> None:
    """Whatever answers there, cut off, endless or of another protocol, is one clear error, and nothing is signed."""
    fake[11] = lambda asked: reply
    with pytest.raises(EnvironmentFault, match=r"does not speak its protocol|no ssh-agent holds it"):
        trust.checkpoint(book.ledger)


def test_a_socket_that_nobody_serves_is_no_agent(
    book: Book, moved: tuple[SignerKey, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that was left over from an earlier session does not keep a copy from being published."""
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "gone"))
    assert trust.signer(book.ledger) is None
    assert trust.publish(book.ledger, tmp_path / "public.db") is False


def test_the_key_comes_back(book: Book, moved: tuple[SignerKey, Path], tmp_path: Path) -> None:
    """What was moved out can be put back, and the key of another ledger cannot."""
    key, stick = moved
    ledger_id, named = queries.first(book.ledger.db).subject, trust.log_key(book.ledger)
    (tmp_path / "other").write_text(SignerKey(key.name, b"\2" * 32).openssh)
    (tmp_path / "none").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")
    for name, told in (("other", "not the key that the ledger names"), ("none", "no private key"), ("gone", "no such")):
        with pytest.raises(InputError, match=told):
            keys.bring_back(ledger_id, tmp_path / name, named)
    keys.bring_back(ledger_id, stick, named)
    assert keys.held(ledger_id) == key
    assert stick.stat().st_mode & 0o777 == 0o600


def test_nothing_is_moved_onto_what_is_there(book: Book, tmp_path: Path) -> None:
    """A file of that name stays as it is, and the key where it was."""
    ledger_id = queries.first(book.ledger.db).subject
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(EnvironmentFault, match="File exists"):
        keys.move_out(ledger_id, tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "mine"
    assert keys.held(ledger_id) is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sk-ssh-ed25519@openssh.com AAAA x", "of the kind sk-ssh-ed25519@openssh.com"),
        ("ssh-rsa AAAA x", "of the kind ssh-rsa"),
        ("ssh-ed25519", "no public key of OpenSSH"),
        ("ssh-ed25519 AAAAC3Nza x", "no public key of OpenSSH"),
        ("", "no public key of OpenSSH"),
    ],
)
def test_a_key_that_cannot_sign_notes_is_told(text: str, told: str) -> None:
    """Of another kind, or cut off, a public key is refused in one line."""
    with pytest.raises(InputError, match=told):
        ssh_agent.public_key(text, "desk.pub")


def test_a_public_key_is_read_as_ssh_keygen_writes_it() -> None:
    """The bytes are those of the key, whatever comment follows."""
    from base64 import b64encode

    verifier: VerifierKey = SignerKey("desk.example", b"\3" * 32).verifier
    text = b64encode(string(b"ssh-ed25519") + string(verifier.public)).decode()
    assert ssh_agent.public_key(f"ssh-ed25519 {text} ana@desk\n", "desk.pub") == verifier.public
