"""The pages in a real browser: nothing overflows, nothing complains."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.web.serve import application, listen

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

PAGES = [
    "/",
    "/ledger/claims/troop-offer",
    "/ledger/claims/pressure",
    "/ledger/claims/do-more",
    "/ledger/claims/former-president",
    "/ledger/claims/refusal",
    "/ledger/claims/analysts",
    "/ledger/sources/article",
    "/ledger/sources/wsj-report",
    "/-/ledger/checkpoints",
    "/-/ledger/timeline",
]
TABLES = ["/ledger", "/ledger/claims", "/ledger/findings", "/ledger/evidence/offer-speech", "/ledger/attention"]


LOW_CONTRAST = """() => {
    const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
    const linear = part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
    const ground = node => {
        for (; node; node = node.parentElement) {
            const found = rgb(getComputedStyle(node).backgroundColor);
            if (found.length === 3 || found[3] > 0) return found;
        }
        return [255, 255, 255];
    };
    const contrast = node => {
        const both = [light(rgb(getComputedStyle(node).color)), light(ground(node))];
        return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
    };
    const says = node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
    return [...document.querySelectorAll("main *, header *, footer *")]
        .filter(node => !node.closest("svg") && says(node) && contrast(node) < 4.5)
        .map(node => [contrast(node), node.tagName, node.className, node.textContent.slice(0, 40)]);
}"""
"""Finds text outside the drawing whose contrast is below that of WCAG 2 AA."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a Chromium; without one skip with the reason, or fail where FACTLEDGER_REQUIRE_BROWSER is set."""
    if os.environ.get("FACTLEDGER_REQUIRE_BROWSER"):
        assert CHROMIUM is not None, "no Chromium is installed"
        import playwright.sync_api as playwright
    else:
        playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
        if CHROMIUM is None:
            pytest.skip("no Chromium is installed")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(story: Path) -> Iterator[str]:
    """Return the address of the story, served over a port."""
    import uvicorn

    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(application(story).app(), log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        thread.join(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
    listening.close()


@pytest.fixture(params=[1280, 390])
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return an empty page of this width that keeps what its console says."""
    opened = browser.new_page(viewport={"width": request.param, "height": 844})
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    yield opened
    opened.close()


@pytest.mark.parametrize("path", [*PAGES, *TABLES])
def test_no_page_is_wider_than_the_screen(page: Any, address: str, path: str) -> None:
    """Nothing has to be moved sideways but the drawing and tables, within their own boxes; the console is silent."""
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.said == []


@pytest.mark.parametrize("path", PAGES[1:6])
def test_no_text_in_the_drawing_leaves_its_box(page: Any, address: str, path: str) -> None:
    """Every line of text stays within the frame drawn around it, and is at least 11 px high."""
    page.goto(address + path)
    found = page.evaluate(
        """() => [...document.querySelectorAll("svg.chain g.box")].map(box => {
            const frame = box.querySelector("rect").getBoundingClientRect();
            const text = box.querySelector("text").getBoundingClientRect();
            return [text.left - frame.left, frame.right - text.right, text.top - frame.top, frame.bottom - text.bottom];
        })"""
    )
    assert found and all(space >= 0 for spaces in found for space in spaces), found
    sizes = page.evaluate(
        """() => { const svg = document.querySelector("svg.chain");
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
            return [...svg.querySelectorAll("tspan, text.label, text.head")].map(
                text => scale * parseFloat(getComputedStyle(text).fontSize)); }"""
    )
    assert min(sizes) >= 11


def test_the_style_sheets_are_loaded(page: Any, address: str) -> None:
    """The policy lets our own style in."""
    page.goto(address + "/ledger/claims/troop-offer")
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).borderBottomStyle") == "double"


@pytest.mark.parametrize("path", ["/", "/ledger/claims/refusal", "/ledger/claims/analysts", "/ledger/sources/article"])
def test_text_stands_out_from_its_ground(page: Any, address: str, path: str) -> None:
    """Every text has the contrast that WCAG AA asks for."""
    page.goto(address + path)
    assert page.evaluate(LOW_CONTRAST) == []
