"""A published site in a real browser, from a plain web server and below a path: read, searched, and silent."""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ledger import book as books
from ledger import store
from ledger.book import Book
from ledger.model import Claim, Verdict

from .test_browser import browser as browser
from .test_site import URL, stamps, write
from .test_verify import outcome

pytestmark = pytest.mark.browser


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, as `python -m http.server` does, and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


def published(path: Path, target: Path, *, cards: bool = False) -> None:
    """Write the site of a ledger, in a thread of its own: this one belongs to the browser."""

    def publish() -> None:
        with store.open_ledger(path, write=True) as ledger:
            write(Book(ledger), target, cards=cards)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(publish).result()


def serving(folder: Path) -> Iterator[str]:
    """Yield the address of a folder that is served for as long."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def home(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the story's site, below a path that it was not told of."""
    root = tmp_path_factory.mktemp("host")
    (root / "any").mkdir()
    published(story, root / "any" / "path")
    for address in serving(root):
        yield f"{address}/any/path/"


@pytest.fixture(params=[1280, 390])
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return an empty page of this width that keeps what its console says, and every address that it asks for."""
    opened = browser.new_page(viewport={"width": request.param, "height": 844})
    opened.said, opened.asked = [], []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.on("request", lambda asked: opened.asked.append(asked.url))
    yield opened
    opened.close()


def silent(page: Any, home: str) -> bool:
    """Return whether nothing went wrong, and nothing was asked for but files of the site."""
    assert page.said == []
    assert [url for url in page.asked if not url.startswith(home)] == []
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_reader_goes_from_the_front_page_to_a_source_and_back(page: Any, home: str) -> None:
    """Home, claim, source, back to the claim and home again, on a host that knows nothing of the site."""
    page.goto(home)
    assert silent(page, home)
    page.click("main a[href^='ledger/claims/']:visible >> nth=0")
    page.wait_for_url("**/ledger/claims/*/")
    claim = page.url
    assert silent(page, home)
    page.click("main a[href*='sources/']:visible >> nth=0")
    page.wait_for_url("**/ledger/sources/*/")
    assert silent(page, home)
    page.go_back()
    page.wait_for_url(claim)
    page.click(".masthead .name a")
    page.wait_for_url(home)
    assert silent(page, home)


def test_a_search_from_the_front_page_finds_claims(page: Any, home: str) -> None:
    """Beginnings of words, in any case and without accents, find what has them all; the first one found opens."""
    page.goto(home)
    page.fill("main input[type=search]", "ARMY mexi")
    page.press("main input[type=search]", "Enter")
    page.wait_for_selector("#found-here")
    assert page.inner_text("#found-here").startswith("2 found")
    assert silent(page, home)
    page.click("#found-here + ul a >> nth=0")
    page.wait_for_url("**/ledger/claims/troop-offer*/")
    assert silent(page, home)


@pytest.mark.parametrize(
    ("asked", "count"),
    [("?q=zzz", 0), ("?q=mexico&verdict=refuted", 0), ("?verdict=refuted", 1), ("?topic=Cartels", 2)],
)
def test_a_list_is_narrowed_by_its_address(page: Any, home: str, asked: str, count: int) -> None:
    """Facets that the pages link to hold on a static host; nothing found is said, and the whole list stays below."""
    page.goto(home + "-/ledger/claims/" + asked)
    page.wait_for_selector("#found-here")
    assert page.inner_text("#found-here").startswith(f"{count} found")
    assert page.locator("#found-here + ul > li").count() == count
    assert page.locator("main a[href*='troop-offer/']").count() >= 1
    assert silent(page, home)


def test_without_script_there_is_the_list(browser: Any, home: str) -> None:
    """A reader whose browser runs nothing finds every claim in the list."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home + "-/ledger/claims/?q=army")
    assert page.locator("main a[href*='claims/']").count() >= 9
    context.close()


def test_words_of_any_script_are_found(browser: Any, keys: None, tmp_path: Path) -> None:
    """The browser tells words apart as the index does: accents, signs without spaces, figures, hostile marks."""
    with books.start(tmp_path / "desk.db", origin="desk.example.org", person="Ana Roa").ledger as ledger:
        book = Book(ledger)
        for name, text in (
            ("lopez", "López visited Zürich"),
            ("tokyo", "東京は2025年に雨"),
            ("delhi", "दिल्ली में बारिश"),
            ("evil", "<img src=x onerror=alert(1)> fell"),
        ):
            book.claim(text, id=name)
    published(tmp_path / "desk.db", tmp_path / "public")
    said: list[str] = []
    for address in serving(tmp_path / "public"):
        page = browser.new_page()
        page.on("console", lambda message: said.append(message.text))
        for words, name in (
            ("lopez zurich", "lopez"),
            ("京", "tokyo"),
            ("2025", "tokyo"),
            ("दिल्ली", "delhi"),
            ("fell", "evil"),
        ):
            page.goto(f"{address}/-/ledger/claims/?q={words}")
            page.wait_for_selector("#found-here")
            links = page.eval_on_selector_all("#found-here + ul a", "all => all.map(one => one.getAttribute('href'))")
            assert [link.rstrip("/").rpartition("/")[2] for link in links] == [name], words
        assert said == []
        page.close()


def test_a_reader_s_browser_verifies_a_claim(page: Any, home: str) -> None:
    """From the claim's page to that of verifying: a good proof passes, by files of the site alone."""
    page.goto(home + "ledger/claims/refusal/")
    page.click("a:has-text('Verify it in your browser')")
    page.wait_for_url("**/-/ledger/verify/refusal/")
    said, steps = outcome(page)
    assert "This record stands in the log." in said
    assert steps == ["good"] * 4
    assert "She says so herself." in page.inner_text("#proven")
    assert silent(page, home)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("-/ledger/proof/refusal.whole.json", ("herself", "himself")),
        ("-/ledger/proof/refusal.whole.json", ("2025", "2024")),
        ("-/ledger/verify/refusal/index.html", ("desk.example.org+", "dusk.example.org+")),
    ],
)
def test_a_tampered_copy_of_a_site_is_seen(
    browser: Any, story: Path, tmp_path: Path, name: str, change: tuple[str, str]
) -> None:
    """Whoever changes a word, a time or the key in the files of a host is found out by the reader's browser."""
    published(story, tmp_path / "public")
    file = tmp_path / "public" / name
    text = file.read_text(encoding="utf-8")
    assert change[0] in text
    file.write_text(text.replace(*change), encoding="utf-8")
    for address in serving(tmp_path / "public"):
        page = browser.new_page()
        page.goto(f"{address}/-/ledger/verify/refusal/")
        said, steps = outcome(page)
        assert "This does not hold." in said and steps[-1] == "bad"
        page.close()


def test_a_claim_has_a_picture_for_other_sites(browser: Any, keys: None, tmp_path: Path) -> None:
    """It is of the size that they ask for, and named by its whole address; it is drawn again when the claim changes."""
    path, public = tmp_path / "desk.db", tmp_path / "public"
    with books.start(path, origin="desk.example.org", person="Ana Roa").ledger as ledger:
        Book(ledger).claim("The bridge was closed.", id="bridge")
        Book(ledger).claim("The pier was closed.", id="pier")
    published(path, public, cards=True)
    before = stamps(public)
    page = (public / "ledger/claims/bridge/index.html").read_text(encoding="utf-8")
    assert f'<meta property="og:image" content="{URL}ledger/claims/bridge/card.png">' in page
    assert '<meta property="og:image:alt" content="Not decided: The bridge was closed.">' in page
    picture = (public / "ledger/claims/bridge/card.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    with store.open_ledger(path, write=True) as ledger:
        book = Book(ledger)
        book.review(book.find(Claim, "bridge"), Verdict.REFUTED, "It was open all the time.")
    published(path, public, cards=True)
    after = stamps(public)
    drawn = [name for name in after if name.endswith("card.png") and after[name] != before.get(name)]
    assert drawn == ["ledger/claims/bridge/card.png"]
    published(path, public)
    assert not list(public.rglob("card.png"))
