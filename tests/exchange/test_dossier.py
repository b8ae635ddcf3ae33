"""The dossier for editors and lawyers, and references for reference managers."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from ledger import desk
from ledger.book import Book, Custody
from ledger.capture import read
from ledger.exchange import extract
from ledger.exchange.bibtex import BibTex
from ledger.exchange.csljson import CslJson
from ledger.format import Document, Exchange
from ledger.model import Agent, Claim, Source, SourceKind, Stance, Verdict
from ledger.views.dossier import DossierPage

REPORT = b"The mole is 40 metres long. <It was repaired> in May & June.\n"


@pytest.fixture
def mole(book: Book) -> Claim:
    """A decided claim with a quotation from an archived report, and one that nobody archived."""
    ann = book.agent("Ann Quay", id="ann")
    port = book.agent("Port & Sons", id="port", kind="organisation")
    report = book.source(
        "Report on the <mole>", id="report", author=ann, publisher=port, published="2025-05", kind=SourceKind.ARTICLE,
        url="https://port.example/report?a=1&b=2", language="en",
    )  # fmt: skip
    desk.capture(book, report, read(REPORT, name="report.txt", where="report.txt"), Custody(how="sent by e-mail"))
    talk = book.source("Talk_100%", id="talk", kind=SourceKind.SPEECH, published="1990~")
    claim = book.claim("The <mole> is 40 metres long.", id="mole", story="harbour")
    anchor = desk.anchor_in(book.ledger, report, "The mole is 40 metres long.")
    book.evidence(claim, report, anchor=anchor, speaker=ann)
    book.evidence(claim, talk, stance=Stance.CONTRADICTS, note="She said 30.")
    book.review(claim, Verdict.SUPPORTED, "Measured & found <so>.", reviewer=ann)
    return claim


def written(book: Book, form: Exchange, *claims: str) -> str:
    return "".join(str(piece) for piece in form.write(extract(book.ledger, claims)))


class Page(HTMLParser):
    """The links, ids, tags and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.links += [str(told["href"])] if "href" in told else []
        self.ids += [str(told["id"])] if "id" in told else []
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_dossier_leads_from_the_words_to_the_archived_copy(book: Book, mole: Claim) -> None:
    """Each quotation has a footnote, and the note the source, its address, and the copy with its hash."""
    page = Page(written(book, DossierPage(), mole.handle))
    assert page.open == []
    notes = [link for link in page.links if link.startswith("#note-")]
    assert notes == ["#note-1", "#note-2"] and {one[1:] for one in notes} <= set(page.ids)
    words = " ".join(page.words.split())
    assert "“The mole is 40 metres long.”" in words and "Measured & found <so>." in words
    copy = read(REPORT, name="report.txt", where="r").sha256
    assert f"SHA-256 {copy}" in words and "sent by e-mail" in words
    assert "No archived copy." in words
    assert words.index("What speaks against it") < words.index("What speaks for it")
    assert "https://port.example/report?a=1&b=2" in page.links


def test_a_dossier_runs_and_loads_nothing(book: Book, mole: Claim) -> None:
    """Words of others are text in it: no tag, script, picture or style of theirs."""
    text = written(book, DossierPage(), mole.handle)
    assert "<mole>" not in text and "default-src 'none'" in text
    assert not re.search(r"<(?:script|img|link|iframe|object|form)\b|\bon\w+=|url\(", text)


def test_a_dossier_of_several_claims_has_a_list_of_them(book: Book, mole: Claim) -> None:
    """Claims are on one page, one after the other, and a list leads to each."""
    book.claim("The quay is new.", id="quay", story="harbour")
    page = Page(written(book, DossierPage(), "mole", "quay"))
    assert page.links[:2] == ["#mole", "#quay"] and {"mole", "quay"} <= set(page.ids)
    assert "Nobody has decided this claim." in page.words


def test_references_come_in_again_as_the_same_sources(book: Book, mole: Claim) -> None:
    """What is written as CSL-JSON, its reader takes: title, address, day, people and kind."""
    text = written(book, CslJson(), mole.handle)
    report, talk = json.loads(text)
    assert report["author"] == [{"given": "Ann", "family": "Quay"}]
    assert report["issued"] == {"date-parts": [[2025, 5]]} and report["archive_location"].startswith("sha256:")
    assert talk["issued"] == {"date-parts": [[1990]], "circa": True}
    found = [one for item in CslJson().read(Document(name="a.json", data=text.encode())) for one in item.records]
    (first, second) = [one for one in found if isinstance(one, Source)]
    assert (first.published, first.url) == ("2025-05", report["URL"])
    assert (first.kind, first.language, second.kind) == (SourceKind.ARTICLE, "en", SourceKind.SPEECH)
    assert {one.name for one in found if isinstance(one, Agent)} == {"Ann Quay", "Port & Sons"}


def test_bibtex_holds_no_command(book: Book, mole: Claim) -> None:
    """What TeX would take for a sign of its own is written so that it prints; braces match."""
    text = written(book, BibTex(), mole.handle)
    assert "@article{report," in text and "journaltitle = {Port \\& Sons}" in text
    assert "title = {{Talk\\_100\\%}}" in text and "date = {1990~}" in text
    assert "url = {https://port.example/report?a=1&b=2}" in text
    assert "SHA-256 " in text
    plain = re.sub(r"\\[{}]", "", text)
    assert plain.count("{") == plain.count("}")
