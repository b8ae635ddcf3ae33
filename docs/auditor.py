"""An auditor of factledger files that shares no code with factledger: read it, or write your own (audit.md).

    python auditor.py LEDGER.db KEY CHECKPOINT

KEY is the log's verifier key and CHECKPOINT a file with a checkpoint, both got from somebody other than whoever
gave you the ledger. Exit code 0: intact; 3: not intact, and one line for each fault; 2: not called like this.
"""

from __future__ import annotations

import json
import sqlite3  # noqa: TID251 - an auditor shares nothing with what it audits, not even the SQLite library
import sys
import zlib
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ENTRIES = "SELECT seq, hash, env, sig, salt, body, typeof(body) FROM ledger_entry NOT INDEXED ORDER BY seq"
NOT_LOOKED_AT = "Not looked at: the other tables, actors' signatures, archived copies, why bodies were withheld."


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(peaks: list[bytes]) -> bytes:
    """The root above perfect subtrees, largest first (RFC 6962, 2.1)."""
    value = peaks[-1] if peaks else sha256().digest()
    for peak in reversed(peaks[:-1]):
        value = node(peak, value)
    return value


def signed(key: str, note: str) -> tuple[int, bytes]:
    """The size and root in a checkpoint, once its signature by the key verified (c2sp.org/tlog-checkpoint)."""
    name, _, data = key.strip().split("+", 2)
    kind_and_key = b64decode(data, validate=True)
    key_id = sha256(name.encode() + b"\n" + kind_and_key).digest()[:4]
    text, _, lines = note.rpartition("\n\n")
    origin, size, root_hash, *_ = text.split("\n")
    for dash, signer, blob in (line.split(" ") for line in lines.splitlines()):
        signature = b64decode(blob, validate=True)
        if (dash, signer, signature[:4], kind_and_key[:1], origin) == ("\u2014", name, key_id, b"\x01", name):
            Ed25519PublicKey.from_public_bytes(kind_and_key[1:]).verify(signature[4:], f"{text}\n".encode())
            return int(size), b64decode(root_hash, validate=True)
    raise ValueError(f"the checkpoint is not signed by {key}")


def audit(path: Path, size: int, expected: bytes) -> tuple[list[str], str]:
    """What is wrong with the log in a ledger file, and what there is to say if nothing is."""
    faults: list[str] = []
    peaks: list[bytes] = []
    count = withheld = 0
    then = root([]) if size == 0 else None
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    db.text_factory = bytes
    for seq, stored, envelope, signature, salt, body, kind in db.execute(ENTRIES):
        if kind == b"blob":  # deflated against words that lie in the file
            body = zlib.decompressobj(zdict=db.execute("SELECT words FROM ledger_words").fetchone()[0]).decompress(body)
        if seq != count:
            return [*faults, f"entry {count}: it is missing, {seq!r} stands in its place"], ""
        leaf = sha256(b"\x00" + envelope + b"\n" + (b"" if signature is None else b"\n" + signature)).digest()
        said = json.loads(envelope)
        if leaf != stored:
            faults.append(f"entry {seq}: its envelope or signature is not what its hash was made of")
        if said["seq"] != seq:
            faults.append(f"entry {seq}: its envelope says that it is entry {said['seq']!r}")
        if body is None and salt is None:
            withheld += 1
        elif body is None or salt is None or sha256(salt + body).hexdigest() != said["body"]:
            faults.append(f"entry {seq}: its body is not the one that its envelope commits to")
        level = count
        while level & 1:
            leaf, level = node(peaks.pop(), leaf), level >> 1
        peaks.append(leaf)
        count += 1
        if count == size:
            then = root(peaks)
    if then is None:
        faults.append(f"the log: it has {count} entries, the checkpoint was made of {size}: the last ones are gone")
    elif then != expected:
        faults.append(f"the log: its first {size} entries are not those that the checkpoint was made of")
    held = f"{count} entries, root {root(peaks).hex()}, checkpoint of {size} entries holds, {withheld} bodies withheld"
    return faults, f"intact: {held}"


def main(path: str, key: str, checkpoint: str) -> int:
    try:
        faults, words = audit(Path(path), *signed(key, Path(checkpoint).read_bytes().decode()))
    except InvalidSignature:
        faults = ["the checkpoint: its signature is not by this key, or of another text"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError, sqlite3.Error, zlib.error) as error:
        faults = [f"this cannot be audited: {type(error).__name__}: {error}"]
    for line in faults or [words]:
        print(line.encode("ascii", "backslashreplace").decode().replace("\n", " "))
    print(NOT_LOOKED_AT)
    return 3 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        print(__doc__, file=sys.stderr)
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) == 4 else 2)
