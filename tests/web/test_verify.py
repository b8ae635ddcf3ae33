"""The page on which a reader's own browser checks a record, and what it does in a real one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger import trust
from ledger.book import Book
from ledger.log import SignerKey
from ledger.log.sheet import read_sheet

from .conftest import tell
from .test_browser import answering, browser  # noqa: F401  # the browser is a fixture
from .test_pages import said

PAGE = "/-/ledger/verify/refusal"


@pytest.fixture
def told(fresh: Book) -> Book:
    tell(fresh)
    return fresh


def test_where_nothing_is_signed_there_is_no_button(told: Book, serving: Callable[[Path], Any]) -> None:
    """The page says why nothing can be checked and what can be done; no script is loaded, no link leads nowhere."""
    get = serving(told.ledger.path)
    page = get(PAGE)
    assert "There is nothing to check yet" in said(page)
    assert "The ledger keeps no checkpoint; one of" in said(page)
    assert "factledger verify" in said(page)
    assert "<script" not in page.text and "<button" not in page.text
    assert "/-/ledger/proof/" not in page.text


def test_the_page_says_what_a_proof_does_not_show(told: Book, serving: Callable[[Path], Any]) -> None:
    """Beside the button stand its limits, and the way without script or page."""
    trust.checkpoint(told.ledger)
    get = serving(told.ledger.path)
    words = said(get(PAGE))
    for due in (
        "Whether what was recorded is true.",
        "unless you got it another way",
        "factledger check-proof refusal",
    ):
        assert due in words
    assert get("/-/ledger/verify/nobody").status_code == 404


def test_only_this_page_may_run_our_script(told: Book, serving: Callable[[Path], Any]) -> None:
    """Its policy allows a script and answers of this site, none inline; all other pages of ours still allow none."""
    trust.checkpoint(told.ledger)
    get = serving(told.ledger.path)
    policy = get(PAGE).headers["content-security-policy"]
    assert "script-src 'self';" in policy and "connect-src 'self';" in policy and "unsafe" not in policy
    assert not re.search(r"<script(?![^>]* src=)|\son\w+=", get(PAGE).text)
    for path in ("/", "/ledger/claims/refusal", "/-/ledger/versions/refusal"):
        other = get(path)
        assert "script-src" not in other.headers["content-security-policy"]
        assert "<script" not in other.text


def test_the_whole_proof_tells_of_evidence_and_decisions(told: Book, serving: Callable[[Path], Any]) -> None:
    """One file shows the claim, its evidence, questions and decisions, with their corrections; the key holds it all."""
    trust.checkpoint(told.ledger)
    get = serving(told.ledger.path)
    sheet = read_sheet(get("/-/ledger/proof/refusal.whole.json").text)
    kinds = [one.entry.kind for one in sheet.entries]  # type: ignore[union-attr]
    assert kinds == ["claim.add", "evidence.add", "review.add", "claim.correct"]
    assert trust.check_sheet(sheet, trust.log_key(told.ledger)).holds
    assert get("/-/ledger/proof/nobody.whole.json").status_code == 404


# -- in a browser ------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(story: Path) -> Iterator[str]:
    """Return the address of the story, served over a port."""
    yield from answering(story)


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:  # noqa: F811
    """Return the page of verifying, with whatever a browser complains of and asks for noted on it."""
    opened = browser.new_page()
    opened.complaints, opened.asked = [], []
    opened.on("console", lambda message: opened.complaints.append(message.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.goto(address + PAGE)
    yield opened
    opened.close()


def outcome(page: Any) -> tuple[str, list[str]]:
    """Press the button, and return what the page then says, and the state of each step."""
    page.click("#run")
    return finished(page)


def finished(page: Any) -> tuple[str, list[str]]:
    page.wait_for_selector("#result.good, #result.bad, #result.open:not(:has-text('Checking'))")
    return page.inner_text("#result"), page.eval_on_selector_all("#steps li", "all => all.map(one => one.className)")


def answer_with(page: Any, path: str, body: str) -> None:
    """Have the browser be given this in the place of what the ledger serves."""
    page.route(f"**{path}", lambda route: route.fulfill(status=200, content_type="application/json", body=body))


def changed(page: Any, change: Callable[[Any], None]) -> None:
    """Put a changed copy in the place of the proof that the page asks for."""
    sheet = json.loads(page.evaluate("async () => (await fetch(document.getElementById('proof').href)).text()"))
    change(sheet)
    answer_with(page, "/-/ledger/proof/refusal.whole.json", json.dumps(sheet))


@pytest.mark.browser
def test_a_good_proof_passes(page: Any, address: str) -> None:
    """Words, tree, checkpoint, signature are seen to hold; the proven words are shown; all is asked of the host."""
    said, steps = outcome(page)
    assert "This record stands in the log." in said
    assert steps == ["good"] * 4
    proven = page.inner_text("#proven")
    assert "supported. She says so herself." in proven
    assert "The speech was dated after a reader wrote to us." in proven
    assert page.complaints == []
    assert all(url.startswith(address) for url in page.asked)


TAMPERED: dict[str, Callable[[Any], None]] = {
    "a word": lambda sheet: sheet["entries"][2].update(body=sheet["entries"][2]["body"].replace("herself", "himself")),
    "a salt": lambda sheet: sheet["entries"][0].update(salt="00" * 16),
    "a time": lambda sheet: sheet["entries"][0].update(env=sheet["entries"][0]["env"].replace("2025", "2024")),
    "a path": lambda sheet: sheet["entries"][1]["path"].reverse(),
    "a shorter path": lambda sheet: sheet["entries"][1]["path"].pop(),
    "a longer path": lambda sheet: sheet["entries"][1]["path"].append("00" * 32),
    "a hash that is none": lambda sheet: sheet["entries"][1]["path"].__setitem__(0, "zz" * 32),
    "the size": lambda sheet: sheet.update(checkpoint=re.sub(r"\n(\d+)\n", "\n97\n", sheet["checkpoint"], count=1)),
    "the origin": lambda sheet: sheet.update(checkpoint=sheet["checkpoint"].replace("desk.", "dusk.")),
    "the signature": lambda sheet: sheet.update(
        checkpoint=sheet["checkpoint"].replace("==\n", "AA\n")[:-9] + "AAAAAAA=\n"
    ),
    "no signature": lambda sheet: sheet.update(checkpoint=sheet["checkpoint"].split("\n\n")[0] + "\n\n"),
    "a number": lambda sheet: sheet["entries"][0].update(
        env=re.sub(r'"seq":\d+', '"seq":1', sheet["entries"][0]["env"])
    ),
    "another record": lambda sheet: sheet.update(
        entries=[one for one in sheet["entries"] if '"claim.' not in one["env"]]
    ),
    "no entry": lambda sheet: sheet["entries"].clear(),
    "another form": lambda sheet: sheet.update(factledger="consistency/1"),
    "no list": lambda sheet: sheet.update(entries={"length": 1}),
    "no text": lambda sheet: sheet["entries"][0].update(body=7),
}


@pytest.mark.browser
@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_copy_fails(page: Any, what: str) -> None:
    """Whatever was changed, the page says that it does not hold, and shows none of it as proven."""
    changed(page, TAMPERED[what])
    said, steps = outcome(page)
    assert "This does not hold." in said
    assert steps[-1] == "bad"
    assert page.inner_text("#proven") == ""


@pytest.mark.browser
def test_a_proof_of_somebody_is_checked_too(page: Any, tmp_path: Path) -> None:
    """A file of the reader's own is checked the same way; whether the ledger publishes its checkpoint is left open."""
    text = page.evaluate("async () => (await fetch(document.getElementById('proof').href)).text()")
    file = tmp_path / "refusal.proof.json"
    file.write_text(text, encoding="utf-8")
    page.set_input_files("#file", file)
    assert finished(page) == (page.inner_text("#result"), ["good", "good", "open", "good"])
    file.write_text(text.replace("herself", "himself"), encoding="utf-8")
    page.set_input_files("#file", [])
    page.set_input_files("#file", file)
    page.wait_for_selector("#result.bad")
    file.write_text("not a proof", encoding="utf-8")
    page.set_input_files("#file", [])
    page.set_input_files("#file", file)
    page.wait_for_selector("#steps:has-text('no proof that can be read')")


@pytest.mark.browser
def test_another_key_is_not_the_log_s(page: Any) -> None:
    """With a key that the reader got elsewhere, the checkpoint of another is refused; what is no key is said so."""
    other = str(SignerKey("desk.example.org", b"\x07" * 32).verifier)
    for key, reason in (
        (other, "not signed by this key"),
        ("nonsense", "no key of a log"),
        (other[:-4] + "AAAA", "not whole"),
    ):
        page.fill("#key", key)
        said, steps = outcome(page)
        assert "This does not hold." in said and steps[-1] == "bad"
        assert reason in page.inner_text("#steps")


@pytest.mark.browser
def test_a_browser_without_ed25519_says_what_it_checked(page: Any) -> None:
    """Where the signature cannot be checked, the rest is, and the page claims no more than that."""
    page.evaluate(
        "() => { const real = crypto.subtle.importKey.bind(crypto.subtle);"
        " crypto.subtle.importKey = (...all) => all[2].name === 'Ed25519'"
        " ? Promise.reject(new DOMException('no', 'NotSupportedError')) : real(...all); }"
    )
    said, steps = outcome(page)
    assert "nothing here shows who signed it" in said
    assert steps == ["good", "good", "good", "open"]


@pytest.mark.browser
def test_a_ledger_that_does_not_answer_is_no_success(page: Any) -> None:
    """What cannot be fetched shows nothing, neither for nor against the record."""
    page.route("**/-/ledger/proof/**", lambda route: route.fulfill(status=503, body="later"))
    said, steps = outcome(page)
    assert "This could not be checked." in said and steps == ["open"]
    assert "could not fetch the proof (503)" in page.inner_text("#steps")
    page.unroute("**/-/ledger/proof/**")
    page.route("**/-/ledger/checkpoint", lambda route: route.abort())
    assert outcome(page)[1] == ["open"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", [PAGE, "/-/ledger/versions/refusal?from=36", "/ledger/claims/refusal@91"])
def test_the_pages_fit(browser: Any, address: str, path: str, width: int) -> None:  # noqa: F811
    """Nothing is wider than the screen, and nothing complains."""
    opened = browser.new_page(viewport={"width": width, "height": 844})
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.goto(address + path)
    if path == PAGE:
        outcome(opened)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    opened.close()
