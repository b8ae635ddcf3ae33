"""A Chromium without a network, spoken to over a pipe (the Chrome DevTools Protocol).

It has no way out of its own: every name, and every address written as a number, is unknown to it, its proxy is nowhere,
and no datagram leaves it. What its page asks for is paused and answered by whoever drives it. It ends when the pipe
does, so that none outlives a process that was killed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import Any

from ..errors import EnvironmentFault
from ..store.scratch import scratch_folder

Json = dict[str, Any]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ELSEWHERE = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)

NO_NETWORK = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://nowhere.invalid:9",
    "--proxy-bypass-list=<-loopback>",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--dns-prefetch-disable",
    "--no-pings",
    "--disable-blink-features=WebTransport",
)
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-default-apps",
    "--hide-scrollbars",
    "--mute-audio",
    "--no-first-run",
    "--no-default-browser-check",
    "--use-mock-keychain",
    "--password-store=basic",
    "--js-flags=--max-old-space-size=512",
)

_ON_DESCRIPTORS = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Becomes the browser, which reads the protocol from descriptor 3 and writes it to 4."""

_READ = 1 << 16
_LONGEST_MESSAGE = 400_000_000
"""Bytes; the snapshot of a page comes as one."""


class ChromiumStopped(Exception):
    """The browser is no longer there; `late` says that it was ended because its time was up."""

    def __init__(self, late: bool) -> None:
        super().__init__("too slow" if late else "broke off")
        self.late = late


class ChromiumRefused(Exception):
    """The browser does not do what it was asked for."""


def find_chromium() -> Path | None:
    """Return where a Chromium or Chrome is installed, None where none is."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else next((one for one in ELSEWHERE if one.exists()), None)


@contextmanager
def chromium(path: Path, *, seconds: float, otherwise: str, sandbox: bool = True) -> Iterator[Chromium]:
    """Start a browser, and end it with all that belongs to it after the block or so many seconds, whatever it does.

    Raises EnvironmentFault if it does not start, with what to do `otherwise`, or may not: run by root it would draw
    pages without its sandbox.
    """
    if sandbox and hasattr(os, "geteuid") and os.geteuid() == 0:
        raise EnvironmentFault(
            "Run by root, Chromium does not lock up the pages that it renders.",
            hint="Run factledger as another user, or save the page from a browser and capture the file.",
        )
    with scratch_folder() as folder:
        browser = Chromium(path, folder, seconds, () if sandbox else ("--no-sandbox",))
        try:
            browser.begin(otherwise)
            yield browser
        finally:
            browser.end()


class Chromium:
    """A running browser; `version` is what it calls itself."""

    def __init__(self, path: Path, folder: Path, seconds: float, more: tuple[str, ...]) -> None:
        self.version = ""
        self._log = folder / "log"
        self._said = bytearray()
        self._number = 0
        self._late = False
        self._handler: Callable[[Json], None] = lambda message: None
        command = [str(path), *FLAGS, *NO_NETWORK, *more, f"--user-data-dir={folder / 'profile'}", "about:blank"]
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        started = [sys.executable, "-ISc", _ON_DESCRIPTORS, str(to_read), str(to_write), *command]
        try:
            with self._log.open("wb") as log:
                self._process = subprocess.Popen(
                    started,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=log,
                    pass_fds=(to_read, to_write),
                    start_new_session=True,
                )
        except OSError as error:
            raise EnvironmentFault(f"Chromium cannot be started: {error.strerror}.") from None
        finally:
            os.close(to_read)
            os.close(to_write)
        self._timer = Timer(seconds, self._give_up)
        self._timer.daemon = True
        self._timer.start()

    def begin(self, otherwise: str) -> None:
        """Wait until the browser answers; raise EnvironmentFault if it does not, with what to do otherwise."""
        try:
            self.version = self.call("Browser.getVersion")["product"].replace("HeadlessChrome", "Chrome")
        except ChromiumStopped as stopped:
            if stopped.late:
                raise
            said = self._log.read_text("utf-8", "replace")
            why = "this system gives it no sandbox" if "sandbox" in said else "it ends at once"
            raise EnvironmentFault(f"Chromium does not start: {why}.", hint=otherwise) from None

    def end(self) -> None:
        """End the browser with all its processes."""
        self._timer.cancel()
        self._kill()
        self._process.wait()
        for handle in (self._read, self._write):
            os.close(handle)

    def heed(self, handler: Callable[[Json], None]) -> None:
        """Have what the browser tells of itself given to a function, while its answers are waited for."""
        self._handler = handler

    def send(self, method: str, session: str | None = None, **parameters: Any) -> int:
        """Ask for something and do not wait; return the number that its answer will have."""
        self._number += 1
        message: Json = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        left = memoryview(json.dumps(message).encode() + b"\0")
        try:
            while left:
                left = left[os.write(self._write, left) :]
        except OSError:
            raise ChromiumStopped(self._late) from None
        return self._number

    def call(self, method: str, session: str | None = None, **parameters: Any) -> Json:
        """Return the answer to what is asked for; raise ChromiumRefused if it is a no."""
        number = self.send(method, session, **parameters)
        while (message := self._next()).get("id") != number:
            self._handler(message)
        if "error" in message:
            raise ChromiumRefused(str(message["error"].get("message", ""))[:200])
        found: Json = message["result"]
        return found

    def until(self, came: Callable[[], bool]) -> None:
        """Go on until something came that the browser tells of itself."""
        while not came():
            self._handler(self._next())

    def _next(self) -> Json:
        searched = 0
        while (end := self._said.find(b"\0", searched)) < 0:
            searched = len(self._said)
            try:
                piece = os.read(self._read, _READ)
            except OSError:
                piece = b""
            if not piece or searched > _LONGEST_MESSAGE:
                raise ChromiumStopped(self._late)
            self._said += piece
        message: Json = json.loads(self._said[:end])
        del self._said[: end + 1]
        return message

    def _give_up(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
