"""One question put to a web server, and its answer read within limits.

HTTP/1.1 (RFC 9110 and 9112) is h11's, which does no input or output of its own: time, size and the address that was
connected to are kept here.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence

import attrs
import h11

from .faults import FaultCode, NotFetched, shown
from .network import Deadline
from .urls import Target

PIECE = 65_536
_INTERIM = 5
"""Answers of the kind "still at it" (1xx) before the one that counts."""

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
class HttpResponse:
    """What a server sent: `ended` says how the end of the body was known ("length", "chunks", "close", "none")."""

    status: int
    headers: Headers
    body: bytes = attrs.field(repr=False)
    ended: str

    def header(self, name: str) -> str:
        """Return the first value of a header, or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def ask(
    connection: socket.socket,
    target: Target,
    headers: Sequence[tuple[str, str]],
    *,
    deadline: Deadline,
    limits: Limits,
    post: bytes | None = None,
    cut: bool = False,
) -> HttpResponse:
    """Return a server's answer; raise NotFetched if it is none, is not whole or is too large.

    With `post` these bytes are sent to it. With `cut`, what is larger than `limits.body` is cut there instead of
    refused.
    """
    talk = _HttpExchange(connection, deadline, limits, target.url)
    length = () if post is None else (("Content-Length", str(len(post))),)
    heading = [("Host", target.authority), *headers, *length, ("Connection", "close")]
    request = h11.Request(method="GET" if post is None else "POST", target=target.path, headers=heading)
    talk.say(request, h11.Data(data=post or b""), h11.EndOfMessage())
    response = _head(talk)
    ended, announced = _framing(response)
    if announced is not None and announced > limits.body and not cut:
        raise talk.too_large(f"{announced:,} bytes are announced")
    body = _body(talk, announced, cut)
    raw = response.headers.raw_items()
    return HttpResponse(
        response.status_code, tuple((k.decode("ascii"), v.decode("latin-1")) for k, v in raw), body, ended
    )


class _HttpExchange:
    """A connection on which one question is asked, until a deadline."""

    def __init__(self, connection: socket.socket, deadline: Deadline, limits: Limits, where: str) -> None:
        self._socket, self._deadline, self.limits, self._where = connection, deadline, limits, where
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=limits.header_bytes)
        self._heard = False

    def say(self, *events: h11.Event) -> None:
        """Send a question; a server that has answered before it heard all of it is heard all the same."""
        data = b"".join(self._http.send(event) or b"" for event in events)
        self._socket.settimeout(self._deadline.left(self._where))
        try:
            self._socket.sendall(data)
        except TimeoutError:
            raise self._deadline.over(self._where) from None
        except OSError:
            pass  # what is left to hear says more

    def hear(self, came: str = "") -> h11.Event | type[h11.PAUSED]:
        """Return what the server says next; `came` is how far a body had come if it now breaks off."""
        over = False
        try:
            while (event := self._http.next_event()) is h11.NEED_DATA:
                self._socket.settimeout(self._deadline.left(self._where))
                data = self._socket.recv(PIECE)
                over = not data
                self._heard |= not over
                self._http.receive_data(data)
        except NotFetched:
            raise
        except TimeoutError:
            raise self._deadline.over(self._where) from None
        except OSError:
            raise self._broke_off(came) from None
        except h11.RemoteProtocolError as error:
            raise (self._broke_off(came) if over else self._fault(error)) from None
        return event  # type: ignore[return-value]  # NEED_DATA was asked until it was another

    def _fault(self, error: h11.RemoteProtocolError) -> NotFetched:
        if error.error_status_hint == 431:
            return self.too_many_headers("longer than any page needs")
        return self.garbled(shown(str(error), 80))

    def _broke_off(self, came: str) -> NotFetched:
        when = came or ("in the middle of its answer" if self._heard else "without an answer")
        return self._not_fetched(FaultCode.BROKE_OFF, f"The server broke off {when}.", "Try again; nothing was kept.")

    def garbled(self, what: str) -> NotFetched:
        return self._not_fetched(FaultCode.GARBLED, f"The server does not answer as a web server does: {what}.")

    def too_many_headers(self, what: str) -> NotFetched:
        return self._not_fetched(FaultCode.HEADERS, f"The server's headers are {what}.")

    def too_large(self, how: str) -> NotFetched:
        return self._not_fetched(
            FaultCode.TOO_LARGE,
            f"The page is larger than {self.limits.body:,} bytes: {how}.",
            "Save the part that matters and capture the file.",
        )

    def _not_fetched(
        self, code: FaultCode, message: str, hint: str = "Save the page yourself and capture the file."
    ) -> NotFetched:
        return NotFetched(code, message, where=self._where, hint=hint)


def _head(talk: _HttpExchange) -> h11.Response:
    """Return the status and headers that count, behind any that only say that more will come."""
    for _ in range(_INTERIM):
        event = talk.hear()
        if isinstance(event, h11.Response):
            if event.status_code > 599:
                raise talk.garbled(f"its status is {event.status_code}")
            if len(event.headers) > talk.limits.header_count:
                raise talk.too_many_headers(f"more than {talk.limits.header_count}")
            if sum(len(name) + len(value) for name, value in event.headers) > talk.limits.header_bytes:
                raise talk.too_many_headers("longer than any page needs")
            return event
    raise talk.garbled("it sends no final status")


def _framing(response: h11.Response) -> tuple[str, int | None]:
    """Return how the end of the body is known, and the length if it was announced (RFC 9112, section 6.3)."""
    said = dict(response.headers)
    if response.status_code in (204, 304):
        return "none", None
    if b"transfer-encoding" in said:
        return "chunks", None
    return ("length", int(said[b"content-length"])) if b"content-length" in said else ("close", None)


def _body(talk: _HttpExchange, announced: int | None, cut: bool) -> bytes:
    body, most = bytearray(), talk.limits.body
    whole = "" if announced is None else f" of {announced:,}"
    while isinstance(event := talk.hear(f"after {len(body):,}{whole} bytes"), h11.Data):
        body += event.data
        if len(body) > most:
            if cut:
                return bytes(body[:most])
            raise talk.too_large("it sends on and on")
    return bytes(body)
