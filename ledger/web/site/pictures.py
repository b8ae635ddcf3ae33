"""Cards as PNG, which sites take that show one of what is shared: a browser draws what `card` made."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ...capture.chromium import Chromium, ChromiumRefused, ChromiumStopped, chromium, find_chromium
from ...errors import EnvironmentFault
from .card import HIGH, WIDE

HINT = "Publish again, or without --cards; what was there is still there."

AT_ONCE, SECONDS = 250, 120.0
"""Cards that one browser draws, and the seconds that it has for them: each takes a few hundredths of one."""


def require_browser() -> Path:
    """Return where the browser is that draws cards; raise EnvironmentFault if there is none."""
    browser = find_chromium()
    if browser is None:
        hint = "Install it (apt install chromium), or publish without --cards."
        raise EnvironmentFault("To draw cards takes Chromium, and none is installed.", hint=hint)
    return browser


@contextmanager
def drawing(browser: Path) -> Iterator[Callable[[bytes], bytes]]:
    """Give what turns a card from SVG into PNG, for at most AT_ONCE cards.

    It draws nothing but our own shapes and words, without scripts and without a network: it needs no sandbox, and a
    server's root may use it. Raises EnvironmentFault if the browser does not start, or ends before its work does.
    """
    try:
        with chromium(browser, seconds=SECONDS, otherwise=HINT, sandbox=False) as running:
            window = _Window(running)
            yield window.png
    except (ChromiumStopped, ChromiumRefused) as broken:
        raise EnvironmentFault(f"Chromium could not draw the cards: {broken}.", hint=HINT) from None


class _Window:
    """A window of the size of a card."""

    def __init__(self, browser: Chromium) -> None:
        self._call = browser.call
        self._page = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=self._page, flatten=True)["sessionId"]
        size = {"width": WIDE, "height": HIGH, "deviceScaleFactor": 1, "mobile": False}
        self._call("Emulation.setDeviceMetricsOverride", self._session, **size)
        self._call("Emulation.setScriptExecutionDisabled", self._session, value=True)

    def png(self, card: bytes) -> bytes:
        """Return a card, which is SVG, as a picture of WIDE by HIGH dots."""
        html = f"<!doctype html><meta charset=utf-8><style>*{{margin:0}}svg{{display:block}}</style>{card.decode()}"
        self._call("Page.setDocumentContent", self._session, frameId=self._page, html=html)
        return b64decode(self._call("Page.captureScreenshot", self._session, format="png")["data"])
