"""The pages in a real browser: nothing overflows, nothing complains."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ledger import book as books
from ledger import desk
from ledger.model import ExclusionReason, Verdict
from ledger.web.asking import Service
from ledger.web.edition import Edition
from ledger.web.serve import application, listen

from .test_passages import MINUTES, quote, taken

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
    "/-/ledger/about",
    "/-/ledger/galley/article",
    "/-/ledger/claims?q=trump",
    "/-/ledger/sources",
    "/-/ledger/people",
    "/ledger/agents/sheinbaum",
    "/-/ledger/stories",
    "/-/ledger/inquiries",
    "/ledger/inquiries/asked-white-house",
    "/-/ledger/checkers",
    "/-/ledger/checkers/quote",
    "/-/ledger/corrections",
    "/-/ledger/history/troop-offer",
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


def answering(path: Path, **how: Any) -> Iterator[str]:
    """Yield the address of a ledger that is served over a port for as long."""
    import uvicorn

    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(application(path, **how).app(), log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    until = time.monotonic() + 120
    while not server.started and time.monotonic() < until:
        thread.join(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(60)
    listening.close()


@pytest.fixture(scope="module")
def address(browser: Any, story: Path) -> Iterator[str]:
    """Return the address of the story, served over a port."""
    yield from answering(story)


@pytest.fixture(scope="module")
def galley(browser: Any, keys: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a galley with a passage in every state, served to its own machine."""
    path = tmp_path_factory.mktemp("galley") / "minutes.db"
    book = books.start(path, origin="desk.example.org", person="Ana López")
    source = taken(book, MINUTES)
    book.evidence(quote(book, source, "The chair opened the meeting", "opened"), book.source("Speech", id="speech"))
    book.review(quote(book, source, "The meeting ended at ten", "ended"), Verdict.REFUTED, "The door was shut at nine.")
    quote(book, source, "voted to close the old bridge by June", "bridge")
    quote(book, source, "repairs would cost 4 million euros", "repairs")
    left_out = desk.anchor_in(book.ledger, source, "Nobody spoke against it.")
    book.exclusion(source, left_out, ExclusionReason.OPINION)
    taken(book, MINUTES.replace("4 million", "7 million"), source)
    book.ledger.close()
    for each in answering(path, service=Service(hosts=(), texts=True)):
        yield each + "/-/ledger/galley/minutes"


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


def test_words_without_a_break_widen_no_page(page: Any, keys: None, tmp_path: Path) -> None:
    """A title, a name, a question or a story of one long word is broken where the screen ends."""
    book = books.start(tmp_path / "long.db", origin="desk.example.org", person="Ana López")
    with book.together():
        who = book.agent("W" * 190, id="who")
        source = book.source("Wm" * 240, id="source", author=who)
        claim = book.claim("W" * 1_900, id="claim", claimant=who, story="W" * 300, topic="W" * 300)
        book.evidence(claim, source, speaker=who)
        book.inquiry("W" * 900, id="asked", claim=claim, asked=who)
    book.correct("claim", {"text": "M" * 1_900}, "W" * 900)
    book.ledger.close()
    for address in answering(tmp_path / "long.db"):
        for path in (
            "/ledger/sources/source",
            "/ledger/agents/who",
            "/ledger/inquiries/asked",
            "/-/ledger/claims",
            "/-/ledger/claims?q=" + "M" * 1_900,
            "/-/ledger/sources",
            "/-/ledger/people",
            "/-/ledger/stories",
            "/-/ledger/stories/" + "W" * 300,
            "/-/ledger/inquiries",
            "/-/ledger/corrections",
            "/-/ledger/history/claim",
        ):
            page.goto(address + path)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (path, wide)


@pytest.mark.parametrize("path", PAGES[1:6])
def test_no_text_in_the_drawing_leaves_its_box(page: Any, address: str, path: str) -> None:
    """Every line of text stays within the frame drawn around it, and is at least 11 px high."""
    page.goto(address + path)
    page.evaluate("document.querySelectorAll('.figure').forEach(one => one.offsetParent || one.remove())")
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


SCREENS = {1280: 800, 390: 844}
"""What a laptop and a phone show of a page without moving it: width and height, in px."""

HEIGHT = "selector => document.querySelector(selector).getBoundingClientRect().bottom"


@pytest.fixture(scope="module")
def readers(story: Path) -> Iterator[str]:
    """Return the address of the story's readers' pages."""
    yield from answering(story, service=Service(hosts=(), edition=Edition.READER))


@pytest.fixture(scope="module")
def crowded(keys: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a claim with all that pushes a decision down: long words, long reasons, corrections."""
    path = tmp_path_factory.mktemp("crowded") / "crowded.db"
    book = books.start(path, origin="desk.example.org", person="Ana López")
    claim = book.claim("The harbour master shut " * 80, id="shut", topic="The harbour of the old town by the sea " * 4)
    book.review(claim, Verdict.REFUTED, "Because the log of the harbour says otherwise, page after page " * 60)
    for number in range(6):
        book.correct("shut", {"occurred": f"2025-05-0{number + 1}"}, "The day was copied wrongly once more " * 40)
    book.ledger.close()
    for each in answering(path, service=Service(hosts=(), edition=Edition.READER)):
        yield each + "/ledger/claims/shut"


@pytest.mark.parametrize("claim", ["former-president", "troop-offer-said", "refusal", "analysts", "call-15-april"])
@pytest.mark.parametrize("served_to", ["readers", "desk"])
def test_the_decision_is_on_the_first_screen(page: Any, readers: str, address: str, served_to: str, claim: str) -> None:
    """Verdict, reason and who decided are seen before anything is moved, under whatever correction there is."""
    page.set_viewport_size({"width": page.viewport_size["width"], "height": SCREENS[page.viewport_size["width"]]})
    page.goto((readers if served_to == "readers" else address) + f"/ledger/claims/{claim}")
    assert page.evaluate(HEIGHT, ".ruling") < page.viewport_size["height"]


def test_no_text_is_long_enough_to_push_the_decision_off_the_first_screen(page: Any, crowded: str) -> None:
    """The longest claim that can be entered, corrected six times at length, still shows verdict, reason and person."""
    page.set_viewport_size({"width": page.viewport_size["width"], "height": SCREENS[page.viewport_size["width"]]})
    page.goto(crowded)
    assert page.evaluate(HEIGHT, ".ruling") < page.viewport_size["height"]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("path", ["/", "/ledger/claims/former-president"])
def test_what_is_refuted_is_no_headline(page: Any, readers: str, path: str) -> None:
    """The words of a claim are not bold, and its verdict is: at least as large, and framed by more than a colour."""
    page.goto(readers + path)
    claim, verdict = (".rulings .bad .text", ".rulings .bad .stamp") if path == "/" else ("h1", ".stamp")
    size = """selector => { const style = getComputedStyle(document.querySelector(selector));
        return [parseFloat(style.fontSize), parseInt(style.fontWeight)]; }"""
    (claim_size, claim_weight), (verdict_size, verdict_weight) = (
        page.evaluate(size, claim),
        page.evaluate(size, verdict),
    )
    assert claim_weight <= 400 < verdict_weight and verdict_size >= claim_size
    assert page.inner_text(verdict).split() == ["✕", "Refuted"]


def test_verdicts_are_told_apart_without_colour(page: Any, readers: str) -> None:
    """On the front page each kind of line has its own edge, and each verdict its sign and its word."""
    page.goto(readers + "/")
    edges = page.evaluate(
        """() => [...document.querySelectorAll(".tally li")].map(one => getComputedStyle(one).borderTopStyle)"""
    )
    assert len(set(edges)) == len(edges) == 3


def test_what_is_held_true_false_and_open_is_on_the_first_screen(page: Any, readers: str) -> None:
    """Nobody has to move the front page to learn how the claims stand."""
    page.set_viewport_size({"width": page.viewport_size["width"], "height": SCREENS[page.viewport_size["width"]]})
    page.goto(readers + "/")
    assert page.evaluate(HEIGHT, ".tally") < page.viewport_size["height"]


def test_the_chain_stands_upright_on_a_phone(page: Any, readers: str) -> None:
    """There it fits the screen, its boxes below each other; on a wide screen it runs across."""
    page.goto(readers + "/ledger/claims/former-president")
    phone = page.viewport_size["width"] == 390
    assert page.is_visible(".figure.upright") is phone and page.is_visible(".figure.across") is not phone
    if phone:
        tops = page.evaluate(
            """() => [...document.querySelectorAll(".upright g.box rect.frame")].map(one => {
                const box = one.getBoundingClientRect(); return [box.top, box.bottom, box.right]; })"""
        )
        assert all(above[1] < below[0] for above, below in pairwise(tops)) and len(tops) > 3
        assert all(right <= 390 for *_, right in tops)


def test_a_link_to_evidence_opens_it(page: Any, readers: str) -> None:
    """Whoever comes from a passage of an article sees the words and how they came, not a closed line."""
    page.goto(readers + "/ledger/claims/troop-offer#offer-speech")
    assert page.is_visible("#offer-speech")


def test_a_printed_claim_has_all_of_its_evidence_unfolded(page: Any, readers: str) -> None:
    """On paper nothing can be clicked: context, checks and corrections are there, the ways to other pages are not."""
    page.emulate_media(media="print")
    page.goto(readers + "/ledger/claims/refusal")
    for selector in (".context .facts", "#checks ~ details .findings", ".banner .fields"):
        assert page.is_visible(selector), selector
    assert not page.is_visible(".masthead nav")


@pytest.mark.parametrize("path", ["/", "/ledger/claims/refusal", "/ledger/claims/former-president", "/-/ledger/about"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_readers_pages(browser: Any, readers: str, page: Any, scheme: str, path: str) -> None:
    """axe-core, with everything unfolded, in the light and in the dark; and the ground is as dark as asked."""
    name = "axe_playwright_python.base"
    axe = import_module(name) if os.environ.get("FACTLEDGER_REQUIRE_BROWSER") else pytest.importorskip(name)
    opened = browser.new_page(viewport=page.viewport_size, color_scheme=scheme, bypass_csp=True)
    opened.goto(readers + path)
    opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    opened.evaluate(axe.AXE_FILE_PATH.read_text(encoding="utf-8"))
    found = opened.evaluate("axe.run()")
    ground = opened.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] > 127")
    opened.close()
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert len(found["passes"]) > 20 and ground is (scheme == "light")


def test_a_reader_with_a_keyboard_alone_reaches_and_unfolds_the_evidence(page: Any, readers: str) -> None:
    """Each line of evidence is met by Tab, shows that it is, and opens by Enter."""
    page.goto(readers + "/ledger/claims/troop-offer")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.evidence > summary')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.is_visible("#offer-speech")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_galley_is_read_in_the_light_and_in_the_dark(page: Any, galley: str, scheme: str) -> None:
    """Both have the contrast that WCAG AA asks for, nothing overflows, and the ground is as light or dark as asked."""
    page.emulate_media(color_scheme=scheme)
    page.goto(galley)
    assert page.evaluate(LOW_CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] > 127") is (
        scheme == "light"
    )
    assert page.said == []


def test_states_are_told_apart_without_colour(page: Any, galley: str) -> None:
    """No two kinds of passage have the same line under them, and every mark has its word."""
    page.goto(galley)
    lines = page.evaluate(
        """() => [...document.querySelectorAll(".galley .passage")].map(one => {
            const style = getComputedStyle(one);
            return [one.className, style.borderBottomStyle + style.borderBottomWidth + style.textDecorationStyle];
        })"""
    )
    assert len({kind for kind, _ in lines}) == len({line for _, line in lines}) == 4
    assert page.evaluate("[...document.querySelectorAll('main .mark')].every(one => /[a-z]/.test(one.innerText))")


def test_a_passage_is_reached_by_keyboard_and_leads_to_its_claim(page: Any, galley: str) -> None:
    """Tabs go through the passages in the order of the text; Enter opens the claim at its evidence."""
    page.goto(galley)
    met = []
    for _ in range(40):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => { const one = document.activeElement, passage = one.className.startsWith("passage");
                return [passage ? one.innerText : "", getComputedStyle(one).outlineStyle]; }"""
        )
        if found[0]:
            assert found[1] != "none"
            met.append(found[0])
        if found[0].startswith("voted"):
            break
    assert met == ["The chair opened the meeting", "voted to close the old bridge by June"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/ledger/claims/bridge#bridge-words")


def test_the_galley_prints_all_that_it_shows(page: Any, galley: str) -> None:
    """On paper the notes stand below their paragraph, and no line of the article is lost."""
    page.emulate_media(media="print")
    page.goto(galley)
    assert page.evaluate(
        """() => [...document.querySelectorAll(".galley .row")].every(row => {
            const [text, note] = [row.querySelector("p"), row.querySelector(".margin")];
            return !note || note.getBoundingClientRect().top >= text.getBoundingClientRect().bottom - 1;
        })"""
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead nav')).display") == "none"
