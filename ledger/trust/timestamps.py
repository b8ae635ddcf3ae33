"""Time from others: what a time-stamp authority said of a checkpoint, and when (RFC 3161).

A token says that somebody's clock showed a time when these three lines were there, so the entries they are about are no
younger. It is kept where every other word about a checkpoint is, as a line of the note (c2sp.org/signed-note):

    — <host of the authority> base64(id || answer of the authority, DER)

The id is that of signature type 0xff, "rfc3161", without a key: whose word it is says the certificate chain inside, and
whether that is believed the certificate that a reader gives. Whoever does not know the type passes over the line.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from ..capture.fetch import parse_url, post
from ..errors import EnvironmentFault, InputError, reading_file
from ..log import Note, Signature
from ..log.key import ID_BYTES
from .der import sort_certificates

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

TYPE = b"\xffrfc3161"
QUERY = "application/timestamp-query"


@attrs.frozen
class Authority:
    """A certificate that a reader trusts for time: an authority's own, or one that it leads up to (DER)."""

    certificate: bytes = attrs.field(repr=False)

    @classmethod
    def read(cls, path: Path) -> Authority:
        """Return the authority whose certificate, PEM or DER, is in a file; raise InputError if none is."""
        with reading_file(path):
            data = path.read_bytes()
        try:
            load = x509.load_pem_x509_certificate if b"-----BEGIN" in data else x509.load_der_x509_certificate
            return cls(load(data).public_bytes(Encoding.DER))
        except ValueError:
            raise InputError("This is no certificate.", where=str(path), hint="Give one in PEM or DER.") from None

    def stamped_at(self, note: Note) -> tuple[str, datetime] | None:
        """Return by whose word, and when, a checkpoint was there at the latest: the earliest time vouched for."""
        found = [(at, one.name) for one in stamps(note) if (at := self._time(note, one.data)) is not None]
        at, name = min(found, default=(None, ""))
        return None if at is None else (name, at)

    def _time(self, note: Note, answer: bytes) -> datetime | None:
        from rfc3161_client import VerificationError, VerifierBuilder

        verifier = VerifierBuilder().add_root_certificate(x509.load_der_x509_certificate(self.certificate)).build()
        token = _token(answer)
        try:
            return token.tst_info.gen_time if token and verifier.verify_message(token, note.text.encode()) else None
        except (VerificationError, ValueError, x509.InvalidVersion):
            return None


def stamps(note: Note) -> list[Signature]:
    """Return the lines of a note that are tokens of time-stamp authorities, believed or not."""
    return [one for one in note.signatures if one.key_id == _id(one.name)]


def stamp(note: Note, url: str, authority: Authority | None = None) -> Note:
    """Return a note with the token of the authority that answers at a URL.

    With its `authority` the token is verified before it is taken; without, only that it is of this text and this
    question. Raises EnvironmentFault if no such token comes.
    """
    require_library()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    name = parse_url(url).host
    asked = TimestampRequestBuilder().data(note.text.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    said = post(url, asked.as_bytes(), media_type=QUERY)
    token = _token(said.body) if said.status == 200 else None
    if token is None or not _is_of(token, note, asked.nonce):
        raise EnvironmentFault(f"{name} gave no time stamp ({said.status}).", hint="Is this a time-stamp authority?")
    stamped = note.plus([Signature(name, _id(name), said.body)])
    if authority is not None and authority.stamped_at(Note(note.text, stamped.signatures[-1:])) is None:
        raise EnvironmentFault(f"The certificate does not vouch for what {name} said.", hint="Is it this authority's?")
    return stamped


def require_library() -> None:
    """Raise EnvironmentFault, with the remedy, unless tokens can be read here."""
    try:
        import rfc3161_client  # noqa: F401
    except ImportError:
        raise EnvironmentFault("Time stamps need rfc3161-client.", hint="pip install 'factledger[timestamp]'") from None


def _token(answer: bytes) -> TimeStampResponse | None:
    """Return the token of an authority's answer; None if it is no such answer."""
    from rfc3161_client import decode_timestamp_response

    try:
        return decode_timestamp_response(sort_certificates(answer))
    except ValueError:
        return None


def _is_of(token: TimeStampResponse, note: Note, nonce: int | None) -> bool:
    """Return whether a token was granted for this text and answers this question."""
    try:
        said = token.tst_info
        return (said.message_imprint.message, said.nonce) == (sha256(note.text.encode()).digest(), nonce)
    except ValueError:  # what was refused holds no token
        return False


def _id(name: str) -> bytes:
    return sha256(name.encode() + b"\n" + TYPE).digest()[:ID_BYTES]
