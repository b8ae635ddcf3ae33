"""Pages, times and parts of pictures on the pages of the web: in words, with a link that leads there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ledger import desk
from ledger.book import Book, Custody
from ledger.capture import read
from ledger.model import Anchor, Source, SourceKind

from .conftest import Serve

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")

Pdf = Callable[..., bytes]


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def taken(book: Book, data: bytes, source: Source | None = None) -> Source:
    """Archive a PDF that a server answered with."""
    source = source or book.source("Report on the quay", id="report")
    custody = Custody(url="https://port.example/report.pdf?v=2#cover")
    desk.capture(book, source, read(data, name="report.pdf", where="report.pdf"), custody)
    return source


def test_a_page_is_said_in_words_and_linked(fresh: Book, own: Serve, pdf: Pdf) -> None:
    """On the claim's page it leads to the page at the address that answered; the source's page names it as well."""
    source = taken(fresh, pdf("It rained.", "The quay was shut in May."))
    claim = fresh.claim("The quay was shut.", id="quay")
    fresh.evidence(claim, source, anchor=desk.anchor_in(fresh.ledger, source, "The quay was shut in May."))
    get = own(fresh.ledger.path)
    page = get("/ledger/claims/quay").text
    (link,) = re.findall(r'<dt>Place in it</dt><dd><a href="([^"]*)" rel="nofollow[^>]*>page 2</a>', page)
    assert link == "https://port.example/report.pdf?v=2#page=2"
    assert "page 2" in words(get("/ledger/sources/report").text)


def test_a_place_without_words_says_so(fresh: Book, own: Serve) -> None:
    """No empty quotation is drawn; without an address there is no link, and none to what is no web address."""
    claim = fresh.claim("The quay was shut.", id="quay")
    film = fresh.source("Film of the quay", id="film", kind=SourceKind.RECORDING, url="https://port.example/f.mp4")
    photo = fresh.source("Photo of the quay", id="photo")
    fresh.evidence(claim, film, id="seen", anchor=Anchor("", fragment="t=12.5,20&xywh=160,120,320,240"))
    fresh.evidence(claim, photo, id="shown", anchor=Anchor("", fragment="xywh=percent:25,25,50,50"))
    get = own(fresh.ledger.path)
    page = get("/ledger/claims/quay").text
    told = words(page)
    assert "only a place: from 0:12.5 to 0:20, the part 320 by 240 at 160, 120" in told
    assert "only a place: the part 50% by 50% at 25%, 25%" in told
    assert 'href="https://port.example/f.mp4#t=12.5,20&amp;xywh=160,120,320,240"' in page
    assert "<dd>the part 50% by 50% at 25%, 25%</dd>" in page
    assert "<q></q>" not in page and "Original wording" not in page
    assert "only a place: from 0:12.5 to 0:20" in words(get("/ledger/sources/film").text)
    assert get("/ledger/evidence/seen").status_code == 200


def test_a_place_that_cannot_be_read_is_shown_and_leads_nowhere(
    fresh: Book, own: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a foreign ledger holds, whatever its rules were, is text like any other."""
    evil = 'page=1&"><script>alert(1)</script>'
    monkeypatch.setattr("ledger.rules._require_anchor", lambda anchor: None)
    film = fresh.source("Film of the quay", id="film", url="https://port.example/f.mp4")
    claim = fresh.claim("The quay was shut.", id="quay")
    fresh.evidence(claim, film, id="seen", anchor=Anchor("", fragment=evil))
    get = own(fresh.ledger.path)
    page = get("/ledger/claims/quay").text
    assert "<script>alert" not in page and "f.mp4#" not in page
    assert "No words are quoted, only a place: page=1&amp;" in page


def test_words_on_another_page_of_a_newer_copy(fresh: Book, own: Serve, pdf: Pdf) -> None:
    """Both pages are told: the one that was recorded, and the one where the words are now."""
    source = taken(fresh, pdf("It rained.", "The quay was shut in May."))
    claim = fresh.claim("The quay was shut.", id="quay")
    fresh.evidence(claim, source, anchor=desk.anchor_in(fresh.ledger, source, "The quay was shut in May."))
    taken(fresh, pdf("A note of the clerk.", "It rained.", "The quay was shut in May."), source)
    get = own(fresh.ledger.path)
    for address in ("/ledger/claims/quay", "/ledger/sources/report"):
        assert "The words are there, on another page than was recorded: page 3." in words(get(address).text)


def test_words_that_run_over_a_page_show_no_control_character(fresh: Book, own: Serve, pdf: Pdf) -> None:
    """The break between the pages is white space to a reader."""
    source = taken(fresh, pdf("The quay was", "shut in May."))
    claim = fresh.claim("The quay was shut.", id="quay")
    fresh.evidence(claim, source, anchor=desk.anchor_in(fresh.ledger, source, "The quay was shut in May."))
    get = own(fresh.ledger.path)
    page = get("/ledger/claims/quay").text
    assert "U+000C" not in page and "The quay was shut in May." in words(page)
    assert "U+000C" not in get("/ledger/sources/report").text
