"""One answer of a web server, read within limits (HTTP/1.1: RFC 9110 and 9112)."""

from __future__ import annotations

import re
import socket

import attrs

from .faults import Code, NotFetched, shown
from .network import Deadline

PIECE = 65_536
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: .*)?", re.DOTALL)
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;.*)?", re.DOTALL)

Headers = tuple[tuple[str, str], ...]


@attrs.frozen
class Limits:
    """How much of a server's answer is taken, in bytes and seconds.

    The time is for everything together: the name, robots.txt, every redirect and the body; only the pauses that
    politeness asks for are not counted.
    """

    body: int = 20_000_000
    """Bytes of a body, both as sent and as unpacked."""
    seconds: float = 30.0
    redirects: int = 8
    header_bytes: int = 65_536
    header_count: int = 200
    pause: float = 1.0
    """Seconds between two visits to one host."""
    longest_pause: float = 30.0
    """Seconds; a site whose robots.txt asks for more between two visits is waited for this long."""


@attrs.frozen
class Answer:
    """What a server sent: `ended` says how the end of the body was known ("length", "chunks", "close", "none")."""

    status: int
    headers: Headers
    body: bytes = attrs.field(repr=False)
    ended: str

    def header(self, name: str) -> str:
        """Return the first value of a header, or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class Stream:
    """Bytes of a connection, in lines and lengths, until a deadline."""

    def __init__(self, connection: socket.socket, deadline: Deadline, where: str) -> None:
        self._socket, self._deadline, self.where = connection, deadline, where
        self._held = bytearray()

    def send(self, data: bytes) -> None:
        try:
            self._socket.settimeout(self._deadline.left(self.where))
            self._socket.sendall(data)
        except TimeoutError:
            raise self._deadline.over(self.where) from None
        except OSError:
            raise self.broke_off("before the question was sent") from None

    def _more(self) -> bytes:
        """Return what comes next; empty at the end."""
        try:
            self._socket.settimeout(self._deadline.left(self.where))
            return self._socket.recv(PIECE)
        except TimeoutError:
            raise self._deadline.over(self.where) from None

    def some(self, most: int) -> bytes:
        """Return up to so many bytes, empty at the end; raise ConnectionError if the connection was cut."""
        if not self._held:
            try:
                self._held += self._more()
            except NotFetched:
                raise
            except OSError as error:
                raise ConnectionError from error
        taken = bytes(self._held[:most])
        del self._held[:most]
        return taken

    def line(self, most: int) -> bytes:
        """Return one line without its end, of at most so many bytes."""
        searched = 0
        while (end := self._held.find(b"\n", searched)) < 0:
            searched = len(self._held)
            if searched > most:
                break
            try:
                more = self._more()
            except NotFetched:
                raise
            except OSError:
                more = b""
            if not more:
                raise self.broke_off("in the middle of its answer" if searched else "without an answer")
            self._held += more
        if end < 0 or end > most:
            raise NotFetched(
                Code.HEADERS,
                "The server's headers are longer than any page needs.",
                where=self.where,
                hint="Save the page yourself and capture the file.",
            )
        line = bytes(self._held[:end])
        del self._held[: end + 1]
        return line.removesuffix(b"\r")

    def broke_off(self, when: str) -> NotFetched:
        return NotFetched(
            Code.BROKE_OFF, f"The server broke off {when}.", where=self.where, hint="Try again; nothing was kept."
        )

    def garbled(self, what: str) -> NotFetched:
        return NotFetched(
            Code.GARBLED,
            f"The server does not answer as a web server does: {what}.",
            where=self.where,
            hint="Save the page yourself and capture the file.",
        )


def read_answer(stream: Stream, limits: Limits, *, cut: bool = False) -> Answer:
    """Return a server's answer; raise NotFetched if it is none, is not whole or is too large.

    With `cut`, what is larger than `limits.body` is cut there instead of refused.
    """
    for _ in range(5):
        status, headers = _head(stream, limits)
        if status >= 200:
            break
    else:
        raise stream.garbled("it sends no final status")
    body, ended = _body(stream, status, headers, limits, cut)
    return Answer(status, headers, body, ended)


def _head(stream: Stream, limits: Limits) -> tuple[int, Headers]:
    left = limits.header_bytes
    first = stream.line(left)
    match = _STATUS.fullmatch(first)
    if not match:
        raise stream.garbled("its first line is " + shown(repr(first.decode("latin-1")), 60))
    headers: list[tuple[str, str]] = []
    left -= len(first)
    while line := stream.line(left):
        left -= len(line) + 2
        name, colon, value = line.partition(b":")
        if line[:1] in b" \t" and headers:
            key, so_far = headers[-1]
            headers[-1] = key, f"{so_far} {line.strip().decode('latin-1')}"
        elif not colon or not _NAME.fullmatch(name):
            raise stream.garbled("a header without a name")
        else:
            headers.append((name.decode("ascii"), value.strip(b" \t").decode("latin-1")))
        if b"\0" in line:
            raise stream.garbled("a NUL in a header")
        if len(headers) > limits.header_count or left <= 0:
            raise NotFetched(
                Code.HEADERS,
                f"The server sends more than {limits.header_count} headers or {limits.header_bytes:,} bytes of them.",
                where=stream.where,
                hint="Save the page yourself and capture the file.",
            )
    return int(match[1]), tuple(headers)


def _body(stream: Stream, status: int, headers: Headers, limits: Limits, cut: bool) -> tuple[bytes, str]:
    if status in (204, 205, 304):
        return b"", "none"
    named = [(name.lower(), value) for name, value in headers]
    codings = [
        part.strip().lower() for name, value in named if name == "transfer-encoding" for part in value.split(",")
    ]
    lengths = {part.strip() for name, value in named if name == "content-length" for part in value.split(",")}
    if codings:
        if codings != ["chunked"]:
            raise stream.garbled(f"an unknown transfer coding, {shown(', '.join(codings), 40)}")
        return _chunks(stream, limits, cut), "chunks"
    if not lengths:
        return bytes(_piecewise(stream, None, limits, cut)), "close"
    length = lengths.pop()
    if lengths or not (length.isascii() and length.isdigit() and len(length) < 20):
        raise stream.garbled("a length that is none")
    if int(length) > limits.body and not cut:
        raise too_large(stream.where, limits, f"{int(length):,} bytes are announced")
    return bytes(_piecewise(stream, int(length), limits, cut)), "length"


def _piecewise(
    stream: Stream, length: int | None, limits: Limits, cut: bool, into: bytearray | None = None
) -> bytearray:
    """Take so many bytes, or all until the end, into what was taken before."""
    body = bytearray() if into is None else into
    start = len(body)
    while length is None or len(body) - start < length:
        try:
            piece = stream.some(PIECE if length is None else length - (len(body) - start))
        except ConnectionError:
            raise stream.broke_off(_after(len(body) - start, length)) from None
        if not piece:
            if length is not None:
                raise stream.broke_off(_after(len(body) - start, length))
            break
        body += piece
        if len(body) > limits.body:
            if cut:
                del body[limits.body :]
                break
            raise too_large(stream.where, limits, "it sends on and on")
    return body


def _after(come: int, length: int | None) -> str:
    return f"after {come:,} bytes" if length is None else f"after {come:,} of {length:,} bytes"


def _chunks(stream: Stream, limits: Limits, cut: bool) -> bytes:
    body = bytearray()
    while True:
        match = _SIZE.fullmatch(stream.line(4096))
        if not match:
            raise stream.garbled("a piece without a size")
        size = int(match[1], 16)
        if size == 0:
            break
        _piecewise(stream, size, limits, cut, body)
        if cut and len(body) >= limits.body:
            return bytes(body)
        if stream.line(2):
            raise stream.garbled("a piece that is longer than it says")
    left = limits.header_bytes
    while line := stream.line(max(left, 0)):
        left -= len(line) + 2
    return bytes(body)


def too_large(where: str, limits: Limits, how: str) -> NotFetched:
    """Return the error that says that a body is larger than is taken."""
    return NotFetched(
        Code.TOO_LARGE,
        f"The page is larger than {limits.body:,} bytes: {how}.",
        where=where,
        hint="Save the part that matters and capture the file.",
    )
