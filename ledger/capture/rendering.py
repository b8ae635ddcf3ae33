"""A page as a browser draws it: its scripts run, and what stands there then is one file with a picture of it.

The page goes through the rules of fetching, and so does all that it asks for; the browser itself reaches nothing.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs

from ..errors import EnvironmentFault
from .chromium import Chromium, ChromiumRefused, ChromiumStopped, Json, chromium
from .fetch import AddressRefused, FaultCode, Fetched, NotFetched, PageRequests, require_no_wall
from .fetch.faults import shown
from .fetch.parts import NotLoaded

SECONDS = 90.0
"""From the start of the browser to its end."""
PATIENCE = 10_000
"""Milliseconds on the page's own clock, which stands still while something is fetched: what comes later is not seen."""
WIDTH, HEIGHT = 1280, 1600
"""CSS pixels of the window."""
TALLEST = 12_000
"""CSS pixels of the picture; what stands below is not on it."""
MOST_PAGES = 4
"""Pages to which scripts may lead on, one after the other."""
LARGEST = 64_000_000
"""Bytes of what is kept of a page."""

PICTURE = "cid:picture@factledger"
"""What the picture is called in the file."""

ICON = "/favicon.ico"
"""What browsers ask for of themselves."""

PAGES = ("text/html", "application/xhtml+xml")

_NOT_PASSED_ON = re.compile(
    "content-encoding|content-length|transfer-encoding|connection|keep-alive|set-cookie2?|alt-svc|report-to|nel"
    "|reporting-endpoints|strict-transport-security|clear-site-data",
    re.IGNORECASE,
)
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_BOUNDARY = re.compile(rb'boundary="([^"\r\n]{1,200})"')
_SEEN = """(() => {
    const trees = root => [...root.querySelectorAll("*")].map(one => one.shadowRoot).filter(Boolean);
    const own = tree => [...tree.children].map(one => one.innerText ?? "");
    const words = tree => [...own(tree), ...trees(tree).map(words)].join("\\n");
    return [document.body?.innerText ?? "", ...trees(document).map(words)].join("\\n");
})()"""
"""The words that are shown, also those of elements that draw themselves."""

BY_HAND = "Save the page from a browser and capture the file."


@attrs.frozen
class Rendered:
    """A page as it was drawn.

    `page` is the document as its server sent it, `saved` one file (MHTML) with what became of it, its parts and a
    picture (PNG), `seen` the words that the browser shows, `version` which browser it was; `loaded` parts came, and
    `not_loaded` has how many are missing for each reason.
    """

    page: Fetched
    saved: bytes = attrs.field(repr=False)
    seen: str = attrs.field(repr=False)
    version: str
    loaded: int
    not_loaded: Mapping[str, int]


def render(
    url: str, requests: PageRequests, browser: Path, *, seconds: float = SECONDS, sandbox: bool = True
) -> Rendered:
    """Return a page of the public web as a browser draws it.

    Raises AddressRefused or NotFetched as `fetch` does, and if the page does not come to rest in time;
    EnvironmentFault if the browser does not start or may not.
    """
    try:
        with chromium(browser, seconds=seconds, otherwise=BY_HAND, sandbox=sandbox) as running:
            first = requests.page(url)
            require_page(first)
            return _Rendering(running, requests, first).result()
    except ChromiumStopped as stopped:
        if stopped.late:
            raise NotFetched(
                FaultCode.SLOW,
                f"The page did not come to rest within {seconds:g} seconds: its scripts may have no end.",
                where=url,
                hint=BY_HAND,
            ) from None
        raise EnvironmentFault("Chromium ended while it rendered the page.", where=url, hint=BY_HAND) from None
    except ChromiumRefused as refused:
        raise EnvironmentFault(f"Chromium cannot render the page: {refused}.", where=url, hint=BY_HAND) from None


def require_page(found: Fetched) -> None:
    """Raise NotFetched if what came is no web page, or is to be saved and not shown."""
    to_save = any(name.lower() == "content-disposition" and "attachment" in value for name, value in found.headers)
    if found.media_type not in PAGES or to_save:
        what = "a file to be saved" if to_save else found.media_type or "it does not say what it is"
        raise NotFetched(
            FaultCode.STATUS, f"This is no web page: {what}.", where=found.final_url, hint="Take it as it is: --fetch"
        )


class _Rendering:
    """One page in one browser."""

    def __init__(self, browser: Chromium, requests: PageRequests, first: Fetched) -> None:
        self.browser, self.requests, self.page = browser, requests, first
        self.waiting: Fetched | None = first
        self.fault: NotFetched | None = None
        self.led_to: Json | None = None
        self.main = self.session = ""
        self.leaving, self.rested = False, False
        self.heeded: dict[str, Callable[[Json, str], None]] = {
            "Fetch.requestPaused": self._answer,
            "Page.javascriptDialogOpening": self._dismiss,
            "Page.frameRequestedNavigation": self._leads_on,
            "Page.frameNavigated": self._navigated,
            "Emulation.virtualTimeBudgetExpired": self._rest,
            "Target.attachedToTarget": self._attached,
            "Inspector.targetCrashed": self._crashed,
        }
        browser.heed(self._told)

    def result(self) -> Rendered:
        for _ in range(MOST_PAGES):
            session = self._open()
            self.browser.send("Page.navigate", session, url=self.page.final_url)
            self.browser.until(lambda: self.rested or self.stopped)
            if not self.stopped:
                seen, written, saved, picture = self._taken(session)
            if self.fault is not None:
                raise self.fault
            if self.led_to is None:
                break
            self._lead_on(self.led_to)
        else:
            raise NotFetched(FaultCode.LOOP, "The page leads on and on.", where=self.page.url, hint=BY_HAND)
        require_no_wall(attrs.evolve(self.page, body=written.encode()))
        if len(saved) + len(picture) > LARGEST:
            raise NotFetched(
                FaultCode.TOO_LARGE,
                f"The page takes more than {LARGEST:,} bytes as it is rendered.",
                where=self.page.url,
                hint=BY_HAND,
            )
        return Rendered(
            self.page,
            with_picture(saved, picture),
            seen,
            self.browser.version,
            self.requests.loaded,
            dict(self.requests.not_loaded),
        )

    @property
    def stopped(self) -> bool:
        """Whether what stands in the window is not what is to be kept."""
        return self.fault is not None or self.led_to is not None

    def _lead_on(self, asked: Json) -> None:
        """Take the page to which the scripts of this one lead, in a window of its own."""
        self.browser.call("Target.closeTarget", targetId=self.main)
        try:
            if asked["method"] != "GET":
                raise NotFetched(FaultCode.STATUS, "It would send something.", where=asked["url"], hint=BY_HAND)
            following = self.requests.page(asked["url"])
            require_page(following)
        except (AddressRefused, NotFetched) as fault:
            raise NotFetched(
                fault.code,
                f"Its scripts lead on to {shown(asked['url'], 100)}. {fault.message}",
                where=self.page.url,
                hint=BY_HAND,
            ) from None
        self.page = attrs.evolve(following, url=self.page.url)
        self.waiting, self.led_to = following, None
        self.leaving = self.rested = False

    def _taken(self, session: str) -> tuple[str, str, bytes, bytes]:
        """Return a page at rest: its words as shown, its markup, its file and picture."""
        call = self.browser.call
        seen = self._value(session, _SEEN)
        written = self._value(session, "document.documentElement.outerHTML")
        call("Emulation.setScriptExecutionDisabled", session, value=True)
        call("Emulation.setVirtualTimePolicy", session, policy="advance")  # else nothing is drawn any more
        saved = call("Page.captureSnapshot", session, format="mhtml")["data"].encode()
        picture = b64decode(self._picture(session))
        return str(seen or ""), str(written or ""), saved, picture

    def _open(self) -> str:
        """Open a window in which everything is asked of us, and return its session."""
        call = self.browser.call
        self.main = call("Target.createTarget", url="about:blank")["targetId"]
        call("Browser.setDownloadBehavior", behavior="deny")
        session: str = call("Target.attachToTarget", targetId=self.main, flatten=True)["sessionId"]
        self.session = session
        self._hold(session)
        call("Page.enable", session)
        call(
            "Emulation.setDeviceMetricsOverride",
            session,
            width=WIDTH,
            height=HEIGHT,
            deviceScaleFactor=1,
            mobile=False,
        )
        call("Emulation.setVirtualTimePolicy", session, policy="pause")
        return session

    def _leads_on(self, told: Json, session: str) -> None:
        """Wait for the page that this one leads on to; what is no address of the web, the browser does not follow."""
        if told["frameId"] == self.main and urlsplit(told["url"]).scheme in ("http", "https"):
            self.leaving = True

    def _navigated(self, told: Json, session: str) -> None:
        """Let the page's own clock run from when it stands there; it waits for whatever is being fetched."""
        if told["frame"]["id"] == self.main:
            self.browser.send(
                "Emulation.setVirtualTimePolicy", session, policy="pauseIfNetworkFetchesPending", budget=PATIENCE
            )

    def _hold(self, session: str) -> None:
        """Have what a window or a frame asks for given to us, and its own frames held until they are too."""
        self.browser.send("Fetch.enable", session, patterns=[{"urlPattern": "*"}])
        self.browser.send("Target.setAutoAttach", session, autoAttach=True, waitForDebuggerOnStart=True, flatten=True)

    def _value(self, session: str, expression: str) -> Any:
        """Return what an expression gives in a world where the page's scripts changed nothing."""
        world = self.browser.call("Page.createIsolatedWorld", session, frameId=self.main)["executionContextId"]
        found = self.browser.call(
            "Runtime.evaluate", session, expression=expression, contextId=world, returnByValue=True
        )
        return found["result"].get("value")

    def _picture(self, session: str) -> str:
        size = self.browser.call("Page.getLayoutMetrics", session)["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": max(1, min(size["height"], TALLEST)), "scale": 1}
        picture: str = self.browser.call(
            "Page.captureScreenshot", session, format="png", clip=clip, captureBeyondViewport=True
        )["data"]
        return picture

    # -- what the browser tells ------------------------------------------------

    def _told(self, message: Json) -> None:
        heeded = self.heeded.get(message.get("method", ""))
        if heeded is not None:
            heeded(message["params"], message.get("sessionId", ""))

    def _rest(self, told: Json, session: str) -> None:
        self.rested = not self.leaving and session == self.session

    def _crashed(self, told: Json, session: str) -> None:
        self.fault = NotFetched(
            FaultCode.TOO_LARGE, "The page broke its window: it asks for more than there is.",
            where=self.page.url, hint=BY_HAND,
        )  # fmt: skip

    def _dismiss(self, told: Json, session: str) -> None:
        self.browser.send("Page.handleJavaScriptDialog", session, accept=False)

    def _attached(self, told: Json, session: str) -> None:
        inner = told["sessionId"]
        if told["targetInfo"]["type"] == "iframe":
            self._hold(inner)
        self.browser.send("Runtime.runIfWaitingForDebugger", inner)

    def _answer(self, told: Json, session: str) -> None:
        """Fetch what is asked for, or say that it is not there."""
        asked, paused = told["request"], told["requestId"]
        document = told["resourceType"] == "Document" and told.get("frameId") == self.main
        if urlsplit(asked["url"]).path == ICON and told["resourceType"] == "Other":
            self.browser.send("Fetch.failRequest", session, requestId=paused, errorReason="BlockedByClient")
            return
        found = self._document(asked) if document else self.requests.part(asked["url"], asked["method"])
        if isinstance(found, Fetched):
            self._fulfil(session, paused, found.status, found.headers, found.body)
        elif found.status:
            self._fulfil(session, paused, found.status, (), b"")
        else:
            self.browser.send("Fetch.failRequest", session, requestId=paused, errorReason="BlockedByClient")

    def _document(self, asked: Json) -> Fetched | NotLoaded:
        """Return the page that is to be drawn; another one, to which it leads on, is not drawn in the same window."""
        if self.waiting is not None:
            found, self.waiting = self.waiting, None
            return found
        self.led_to = asked
        return NotLoaded("")

    def _fulfil(
        self, session: str, paused: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes
    ) -> None:
        passed = [
            {"name": name, "value": value}
            for name, value in headers
            if not _NOT_PASSED_ON.fullmatch(name) and _NAME.fullmatch(name) and value.isascii() and value.isprintable()
        ]
        self.browser.send(
            "Fetch.fulfillRequest",
            session,
            requestId=paused,
            responseCode=status,
            responseHeaders=passed,
            body=b64encode(body).decode("ascii"),
        )


def with_picture(saved: bytes, picture: bytes) -> bytes:
    """Return a saved page (MHTML) with a picture (PNG) as its last part, which no browser shows as part of the page."""
    boundary = _BOUNDARY.search(saved[:8_000])
    end = b"--" + boundary[1] + b"--" if boundary else b""
    at = saved.rfind(end)
    if boundary is None or at < 0:
        raise ChromiumRefused("what it saved is no page")
    encoded = b64encode(picture)
    lines = b"\r\n".join(encoded[start : start + 76] for start in range(0, len(encoded), 76))
    head = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: " + PICTURE.encode()
    return saved[:at] + b"--" + boundary[1] + b"\r\n" + head + b"\r\n\r\n" + lines + b"\r\n" + saved[at:]
