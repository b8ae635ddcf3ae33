"""The pages of a merged file: one over all newsrooms, and those of each, which say whose they are."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from sqlite_utils.utils import sqlite3

from ledger import merged
from ledger.web.asking import Service
from ledger.web.serve import application_of, read_site

from ..merged.conftest import Newsrooms
from ..merged.conftest import newsrooms as newsrooms
from ..merged.conftest import newsrooms_once as newsrooms_once

HOST = "facts.example"


@attrs.frozen
class Page:
    """What was answered."""

    status: int
    headers: dict[bytes, bytes]
    text: str


Get = Callable[..., Page]


@pytest.fixture
def site(newsrooms: Newsrooms) -> Iterator[Get]:
    """Ask the application of a merged file of three newsrooms, below /desk/."""
    merged.merge(newsrooms.out, newsrooms.copies, name="facts.example")
    app = application_of(newsrooms.out, read_site(f"https://{HOST}/desk/"), Service(hosts=(HOST,), sql=False))

    async def ask(address: str, method: str, host: str) -> Page:
        path, _, query = address.partition("?")
        sent: list[dict[str, object]] = []

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "https",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(b"host", host.encode())],
            "server": (host, 443),
            "client": ("192.0.2.7", 4000),
        }
        await app(scope, receive, send)
        body = b"".join(part.get("body", b"") for part in sent[1:])  # type: ignore[misc]
        return Page(sent[0]["status"], dict(sent[0]["headers"]), body.decode())  # type: ignore[call-overload, arg-type]

    with asyncio.Runner() as runner:
        yield lambda address, method="GET", host=HOST: runner.run(ask(address, method, host))
    app.close()


def test_the_first_page_is_over_all_newsrooms(site: Get) -> None:
    """It names each with the way to it, and puts claims side by side, those first that were decided otherwise."""
    page = site("/desk/")
    assert page.status == 200
    for name in ("courier", "harbour", "tribune"):
        assert f'<a href="/desk/{name}.example/">{name}.example</a>' in page.text
    first, second = page.text.index("Decided each its own way"), page.text.index("83% of the words")
    assert first < page.text.index("refuted") < page.text.index("supported") < second
    assert "does not say that they mean the same" in page.text


@pytest.mark.long
def test_each_page_says_whose_it_is(site: Get) -> None:
    """Ours and Datasette's, also one for what is not there: the origin, and the way to all newsrooms."""
    for address in (
        "",
        "ledger/claims/bridge",
        "ledger/claims/nothing",
        "ledger/sources/minutes",
        "-/ledger/claims",
        "-/ledger/about",
        "ledger/claims",
        "ledger",
    ):
        page = site(f"/desk/harbour.example/{address}")
        assert "harbour.example" in page.text, address
        assert re.search(r'<a href="/desk/">All newsrooms</a>', page.text), address
        assert "courier.example/ledger/claims" not in page.text or address == "ledger/claims/bridge", address


def test_a_claim_shows_what_other_newsrooms_hold(site: Get) -> None:
    """Each with its own verdict and the way to it; a claim that nobody else has shows none."""
    page = site("/desk/harbour.example/ledger/claims/bridge").text
    elsewhere = page.split("What other newsrooms hold")[1].split("</section>")[0]
    assert 'href="/desk/courier.example/ledger/claims/bridge"' in elsewhere and "refuted" in elsewhere
    assert 'href="/desk/tribune.example/ledger/claims/bridge"' in elsewhere and "not decided" in elsewhere
    assert "does not say that they mean the same" in elsewhere


def test_claims_of_all_are_searched(site: Get) -> None:
    """All words must be there, letter case aside; whose each claim is stands beside it."""
    page = site("/desk/-/claims?q=COUNCIL+ferry").text
    assert "2 claims with all of these words" in page
    assert 'href="/desk/tribune.example/ledger/claims/ferry"' in page
    assert "None." in site("/desk/-/claims?q=zeppelin").text


def test_hostile_words_in_a_search_are_inert(site: Get) -> None:
    """They come back as text, and nothing on the page may run."""
    page = site("/desk/-/claims?q=%3Cscript%3Ealert(1)%3C/script%3E&page=9999999999999")
    assert (page.status, "<script>" in page.text) == (200, False)
    assert b"default-src 'none'" in page.headers[b"content-security-policy"]


def test_requests_that_are_not_answered(site: Get) -> None:
    """Another name, a method that would change something, an address that is none; a folder has a slash at its end."""
    assert site("/desk/", host="elsewhere.example").status == 421
    assert site("/desk/harbour.example/", host="elsewhere.example").status == 421
    assert site("/desk/", "POST").status == 405
    assert site("/desk/zeppelin.example/").status == 404
    moved = site("/desk/harbour.example")
    assert (moved.status, moved.headers[b"location"]) == (301, b"/desk/harbour.example/")
    head = site("/desk/", "HEAD")
    assert (head.status, head.text) == (200, "")


def test_a_ledger_that_was_changed_in_the_file_is_not_shown(newsrooms: Newsrooms, site: Get) -> None:
    """Its pages say so, and those of the others are there."""
    db = sqlite3.connect(newsrooms.out)
    db.execute("UPDATE part SET data = substr(data, 1, 4096) WHERE member = 1")
    db.commit()
    db.close()
    page = site("/desk/harbour.example/")
    assert (page.status, "harbour.example in it is not the one that was merged" in page.text) == (500, True)
    assert site("/desk/courier.example/ledger/claims/boat").status == 200


def test_an_origin_that_is_no_name_of_a_folder_goes_by_the_ledgers_id(newsrooms: Newsrooms, tmp_path: Path) -> None:
    """Its pages have an address all the same, and nothing in it leads elsewhere."""
    from ledger.web.addresses import folder_of

    assert folder_of("harbour.example", "ab12") == "harbour.example"
    for origin in ("..", "a/b", "-", "käse", "a?b", "%2e"):
        assert folder_of(origin, "ab12") == "ab12"
