"""An ssh-agent that holds a key and signs with it (the protocol of OpenSSH, draft-ietf-sshm-ssh-agent).

A program that asks an agent to sign never sees the secret. Of the protocol two questions are asked, over the socket
that SSH_AUTH_SOCK names, each with one answer, a length of four bytes before it:

    11                                 ->  12, which keys there are: (key, comment) each
    13, key, data, no flags            ->  14, the signature: ("ssh-ed25519", 64 bytes)

An Ed25519 signature of an agent is one of the bare data (RFC 8709), as a signed note has it. A key on a FIDO token
("sk-ssh-ed25519@openssh.com") signs a counter along, and cannot sign a note.
"""

from __future__ import annotations

import os
import socket
import struct
from base64 import b64decode
from collections.abc import Iterator

import attrs

from ..errors import EnvironmentFault, InputError
from ..log import Algorithm, VerifierKey

SOCKET = "SSH_AUTH_SOCK"
KIND = b"ssh-ed25519"

LIST, LISTED, SIGN, SIGNED = 11, 12, 13, 14

LARGEST = 256 * 1024
"""Bytes of an answer."""

SECONDS = {LIST: 10.0, SIGN: 120.0}
"""To sign, an agent may have to wait for a person who confirms, or touches a token."""


@attrs.frozen
class AgentKey:
    """A named key that an agent holds: what it signs is checked before it is given to anybody."""

    name: str
    public: bytes

    @property
    def algorithm(self) -> Algorithm:
        return Algorithm.ED25519

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.public)

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of a signature; raise EnvironmentFault if the agent does not sign, or signs wrongly."""
        try:
            said = _asked(SIGN, _string(_blob(self.public)) + _string(message) + struct.pack(">I", 0), SIGNED)
        except OSError as error:
            why = error.strerror or f"no answer within {SECONDS[SIGN]:g} seconds"
            raise EnvironmentFault(f"The ssh-agent did not sign: {why}.", hint="Nothing was signed.") from None
        if said is None:
            raise EnvironmentFault(
                "The ssh-agent did not sign.", hint="Nothing was signed. Was it confirmed? Is the agent locked?"
            )
        try:
            (whole,) = _strings(said)
            kind, signature = _strings(whole)
        except ValueError:
            raise _garbled() from None
        if kind != KIND or not self.verifier.verifies(message, signature):
            raise EnvironmentFault("What the ssh-agent signed is not what was asked.", hint="Nothing was signed.")
        return signature


def held(verifier: VerifierKey) -> AgentKey | None:
    """Return a key as the agent of this session holds it; None if it does not, or no agent can be reached."""
    if verifier.algorithm is not Algorithm.ED25519 or not os.environ.get(SOCKET):
        return None
    try:
        return AgentKey(verifier.name, verifier.public) if verifier.public in set(_listed()) else None
    except OSError:
        return None


def public_key(text: str, where: str) -> bytes:
    """Return the 32 bytes of a public key as OpenSSH writes it ("ssh-ed25519 AAAA... comment"); raise InputError."""
    parts = text.split()
    if parts[:1] and parts[0] != KIND.decode():
        hint = "Make one that signs plain data: ssh-keygen -t ed25519"
        raise InputError(f"This is a key of the kind {parts[0][:40]}, not ssh-ed25519.", where=where, hint=hint)
    try:
        kind, public = _strings(b64decode(parts[1], validate=True))
        if kind != KIND or len(public) != 32:
            raise ValueError
    except (IndexError, ValueError):
        raise InputError(
            "This is no public key of OpenSSH.", where=where, hint="Give the .pub file that ssh-keygen wrote."
        ) from None
    return public


def _listed() -> Iterator[bytes]:
    """Yield the Ed25519 public keys that the agent holds."""
    said = _asked(LIST, b"", LISTED)
    if said is None:
        return
    try:
        (number,) = struct.unpack_from(">I", said)
        words = _strings(said[4:])
        if len(words) != 2 * number:
            raise ValueError
        for blob in words[::2]:
            kind, *rest = _strings(blob)
            if kind == KIND and len(rest) == 1:
                yield rest[0]
    except (struct.error, ValueError):
        raise _garbled() from None


def _blob(public: bytes) -> bytes:
    return _string(KIND) + _string(public)


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _strings(data: bytes) -> list[bytes]:
    """Return the strings that data is made of; raise ValueError if it is not made of whole ones."""
    found = []
    while data:
        if len(data) < 4 or (length := struct.unpack_from(">I", data)[0]) > len(data) - 4:
            raise ValueError("cut off")
        found.append(data[4 : 4 + length])
        data = data[4 + length :]
    return found


def _asked(kind: int, payload: bytes, wanted: int) -> bytes | None:
    """Return what an agent answers to a question; None if it says that it will not. Raises OSError if there is none."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(SECONDS[kind])
        line.connect(os.environ[SOCKET])
        line.sendall(_string(bytes([kind]) + payload))
        (length,) = struct.unpack(">I", _read(line, 4))
        if not 0 < length <= LARGEST:
            raise _garbled()
        said = _read(line, length)
    return said[1:] if said[0] == wanted else None


def _read(line: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        piece = line.recv(length - len(data))
        if not piece:
            raise _garbled()
        data += piece
    return data


def _garbled() -> EnvironmentFault:
    return EnvironmentFault(
        "What answers as ssh-agent does not speak its protocol.", hint="Look what SSH_AUTH_SOCK is."
    )
