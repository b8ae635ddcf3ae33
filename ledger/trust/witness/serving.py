"""A witness that answers by HTTP (c2sp.org/tlog-witness), as an ASGI application.

    POST /add-checkpoint            a submission, answered by the witness's signature line
    GET  /<origin hash>/checkpoint  the last checkpoint of a log, with the log's signature and the witness's

Anybody may ask. What keeps a visitor from wearing it out: a known log's own signature is needed for every write, a
body has its largest size and its time, and each address its pace.
"""

from __future__ import annotations

import asyncio
import re
import socket
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import attrs

from ...errors import EnvironmentFault, LedgerError
from ...log import Environment, Malformed, Submission
from .judging import Refusal, Why, answer
from .memory import held, origin_hash, read_seen, seen_folder

Asgi = Callable[[dict[str, Any], Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]]

LARGEST = 64 * 1024
"""Bytes of a request's body: 63 hashes and a note of a hundred signatures."""

PATIENCE = 10.0
"""Seconds that a body may take to come."""

_READ = re.compile(r"/([0-9a-f]{64})/checkpoint")
_TEXT = "text/plain; charset=utf-8"


@attrs.frozen
class Reply:
    """An HTTP answer: its status, its body, and what kind of body that is."""

    status: int
    body: str
    media_type: str = _TEXT
    retry_after: int = 0


@attrs.define
class Pace:
    """How often one address may ask: `burst` questions at once, and `rate` more each second."""

    burst: float = 30
    rate: float = 1
    most: int = 10_000
    """Addresses that are remembered; the one that asked longest ago is forgotten first."""
    clock: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = attrs.field(factory=OrderedDict, init=False, repr=False)

    def wait(self, address: str) -> float:
        """Count one question; return 0, or how many seconds too early it is."""
        now = self.clock()
        left, then = self._left.pop(address, (self.burst, now))
        left = min(self.burst, left + (now - then) * self.rate)
        early = 0.0 if left >= 1 else (1 - left) / self.rate
        self._left[address] = (left if early else left - 1, now)
        if len(self._left) > self.most:
            self._left.popitem(last=False)
        return early


def add_checkpoint(name: str, body: bytes, environment: Environment) -> Reply:
    """Answer a submission."""
    try:
        sent = Submission.read(body.decode())
    except UnicodeDecodeError:
        return Reply(400, "This is not text.\n")
    except Malformed as error:
        return Reply(400, f"{error.message}\n")
    found = answer(name, sent, environment)
    if not isinstance(found, Refusal):
        return Reply(200, f"{found}\n")
    if found.why is Why.STALE:
        return Reply(409, f"{found.size}\n", "text/x.tlog.size")
    return Reply(found.why, f"{found.words}\n")


def last_checkpoint(name: str, digest: str) -> Reply:
    """Answer with the last checkpoint of the log whose origin has this hash (hex)."""
    seen = read_seen(seen_folder(name) / f"{digest[:32]}.json")
    if seen is None or seen.note is None or origin_hash(seen.key.name) != digest:
        return Reply(404, "This witness has signed nothing of that log.\n")
    if seen.note.cosigned_at(held(name).verifier) is None:  # it was interrupted before it signed
        return Reply(404, "This witness has not signed the last checkpoint of that log yet.\n")
    return Reply(200, str(seen.note))


def application(name: str, environment: Environment, pace: Pace | None = None) -> Asgi:
    """Return the ASGI application of a witness; raise InputError if there is none of this name."""
    held(name)
    pacing = pace or Pace()

    async def reply(scope: dict[str, Any], receive: Callable[[], Awaitable[Any]]) -> Reply:
        early = pacing.wait((scope.get("client") or ("",))[0])
        if early:
            return Reply(429, "Too many questions from one address.\n", retry_after=int(early) + 1)
        method, path = scope["method"], scope["path"]
        read = _READ.fullmatch(path)
        if read and method in ("GET", "HEAD"):
            return await asyncio.to_thread(last_checkpoint, name, read[1])
        if path != "/add-checkpoint":
            return Reply(404, "A witness answers POST /add-checkpoint and GET /ORIGIN-HASH/checkpoint.\n")
        if method != "POST":
            return Reply(405, "Submit a checkpoint with POST.\n")
        try:
            body = await asyncio.wait_for(_body(receive), PATIENCE)
        except TimeoutError:
            return Reply(408, "The body took too long.\n")
        if len(body) > LARGEST:
            return Reply(413, f"A submission has at most {LARGEST:,} bytes.\n")
        return await asyncio.to_thread(add_checkpoint, name, body, environment)

    async def app(scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[..., Any]) -> None:
        if scope["type"] != "http":
            return
        try:
            said = await reply(scope, receive)
        except LedgerError as error:
            said = Reply(500, f"{error.message}\n")
        data = said.body.encode() if scope["method"] != "HEAD" else b""
        headers = [(b"content-type", said.media_type.encode()), (b"content-length", b"%d" % len(said.body.encode()))]
        if said.retry_after:
            headers.append((b"retry-after", b"%d" % said.retry_after))
        await send({"type": "http.response.start", "status": said.status, "headers": headers})
        await send({"type": "http.response.body", "body": data})

    return app


async def _body(receive: Callable[[], Awaitable[Any]]) -> bytes:
    """Return a request's body, up to one byte more than is taken."""
    body = bytearray()
    while len(body) <= LARGEST:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return bytes(body[: LARGEST + 1])


def serve(
    name: str, *, host: str, port: int, say: Callable[[str], None], environment: Environment | None = None
) -> None:
    """Answer as a witness until interrupted, which is raised; port 0 is any that is free. `say` is told the address."""
    app = application(name, environment or Environment())
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise EnvironmentFault(
            f"Cannot answer at {host}, port {port}: {error.strerror}.", hint="Choose another: --port PORT"
        ) from None
    import uvicorn

    shown = f"[{host}]" if ":" in host else host
    say(f"http://{shown}:{listening.getsockname()[1]}")
    config = uvicorn.Config(
        app, log_level="warning", lifespan="off", limit_concurrency=64, timeout_keep_alive=5, server_header=False
    )
    with listening:
        uvicorn.Server(config).run(sockets=[listening])
