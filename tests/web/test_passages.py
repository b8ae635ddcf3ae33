"""Archived text on the pages: what was quoted from it is marked, what became of it is told, and all of it is inert."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from ledger import desk, store
from ledger.book import Book, Custody
from ledger.capture import read
from ledger.model import Claim, Source

from .conftest import Serve

MINUTES = """The harbour council met on Tuesday evening.

The chair opened the meeting. The council voted to close the old bridge by June. Nobody spoke against it.

The treasurer said that repairs would cost 4 million euros. She asked for three more weeks.

The meeting ended at ten.
"""


def taken(book: Book, text: str, source: Source | None = None) -> Source:
    """Archive a copy of the minutes."""
    minutes = source or book.source(
        "Minutes of the harbour council", id="minutes", url="https://harbour.example/minutes"
    )
    desk.capture(book, minutes, read(text.encode(), where="the test"), Custody(taken_from="the clerk"))
    return minutes


def quote(book: Book, source: Source, exact: str, id: str) -> Claim:
    """Record a claim whose evidence is these words of the newest copy."""
    claim = book.claim(f"A claim that rests on {id}", id=id)
    book.evidence(claim, source, id=f"{id}-words", anchor=desk.anchor_in(book.ledger, source, exact))
    return claim


def captured(page: Any) -> str:
    """Return the part of a source page that shows the archived text."""
    assert page.status_code == 200, page.text
    return str(page.text.split('aria-labelledby="text"')[1].split("</section>")[0])


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", markup)).split())


def test_the_source_page_marks_what_was_quoted_and_links_its_claim(fresh: Book, own: Serve) -> None:
    """The archived text stands on the page, the quoted words marked, with a link to the evidence of the claim."""
    source = taken(fresh, MINUTES)
    quote(fresh, source, "voted to close the old bridge by June", "bridge")
    shown = captured(own(fresh.ledger.path)("/ledger/sources/minutes"))
    assert "<mark>voted to close the old bridge by June</mark>" in shown
    assert 'href="/ledger/claims/bridge#bridge-words"' in shown
    assert "The meeting ended at ten." in words(shown)
    assert "looked for in it: 1 exact." in words(shown)


def test_overlapping_quotations_are_each_marked(fresh: Book, own: Serve) -> None:
    """Where two quotations overlap the text stands once, and each has its own link."""
    source = taken(fresh, MINUTES)
    quote(fresh, source, "The council voted to close the old bridge", "one")
    quote(fresh, source, "close the old bridge by June", "two")
    shown = captured(own(fresh.ledger.path)("/ledger/sources/minutes"))
    assert '<mark class="several">close the old bridge</mark>' in shown
    assert "<mark> by June</mark>" in shown and "<mark>The council voted to </mark>" in shown
    assert (
        words(re.sub(r'<a class="ref".*?</a>', "", shown)).count("The council voted to close the old bridge by June")
        == 1
    )
    assert 'claims/one#one-words"' in shown and 'claims/two#two-words"' in shown


def test_a_newer_copy_tells_what_became_of_the_words(fresh: Book, own: Serve) -> None:
    """Words that moved, are ambiguous or are missing are told so, and the nearest passage is shown beside them."""
    source = taken(fresh, MINUTES)
    quote(fresh, source, "voted to close the old bridge by June", "bridge")
    quote(fresh, source, "repairs would cost 4 million euros", "repairs")
    taken(fresh, "Corrected.\n\n" + MINUTES.replace("4 million", "7 million"), source)
    get = own(fresh.ledger.path)
    shown = captured(get("/ledger/sources/minutes"))
    assert "1 moved, 1 missing" in words(shown)
    assert re.search(r"<del>.*?4</del> <ins>.*?7</ins>", shown)
    claim = get("/ledger/claims/repairs").text
    assert "The words are not there. The passage most like them is there." in claim
    assert re.search(r"<del>.*?4</del> <ins>.*?7</ins>", claim)
    assert "The treasurer said that" in words(claim.split('class="evidence"')[1])


def test_words_that_now_stand_twice_are_not_given_a_place(fresh: Book, own: Serve) -> None:
    """An ambiguous quotation is marked nowhere."""
    block = "We meet.\n\nThe bridge is closed.\n\nWe wait.\n\n"
    source = taken(fresh, f"Notice.\n\n{block}Goodbye, and good luck to everybody at the quay.\n")
    quote(fresh, source, "The bridge is closed", "closed")
    taken(fresh, f"News.\n\n{block}{block}{block}", source)
    shown = captured(own(fresh.ledger.path)("/ledger/sources/minutes"))
    assert "The words stand there 3 times: which of them was meant cannot be told." in shown
    assert "<mark" not in shown


def test_a_claim_page_shows_the_sentence_before_and_after(fresh: Book, own: Serve) -> None:
    """A quotation stands between the sentences that surround it in the archived copy."""
    source = taken(fresh, MINUTES)
    quote(fresh, source, "close the old bridge by June", "bridge")
    quotation = own(fresh.ledger.path)("/ledger/claims/bridge").text.split("<blockquote")[1].split("</blockquote>")[0]
    assert words(quotation).endswith("The council voted to close the old bridge by June. Nobody spoke against it.")
    assert "The chair opened the meeting." in quotation and "treasurer" not in quotation


@pytest.mark.parametrize(
    "headers", [{"host": "192.0.2.7:8001"}, {"host": "127.0.0.1:8001", "x-forwarded-for": "192.0.2.7"}]
)
def test_others_see_passages_only(fresh: Book, own: Serve, headers: dict[str, str]) -> None:
    """Under another address than this machine's, or through a proxy, no page shows more of a work than was quoted."""
    source = taken(fresh, MINUTES)
    quote(fresh, source, "close the old bridge by June", "bridge")
    get = own(fresh.ledger.path)
    page = get("/ledger/sources/minutes", headers=headers).text
    assert "Whole works are not shown to others" in page and "close the old bridge by June" in page
    for path in ("/ledger/sources/minutes", "/ledger/claims/bridge"):
        assert "treasurer" not in get(path, headers=headers).text
        assert "The chair opened" not in get(path, headers=headers).text


def test_a_ledger_served_to_others_shows_passages_only(fresh: Book, serving: Any) -> None:
    """Unless it is opened for its own machine, an archive beside the ledger stays unread."""
    source = taken(fresh, MINUTES)
    quote(fresh, source, "close the old bridge by June", "bridge")
    assert "treasurer" not in serving(fresh.ledger.path)("/ledger/sources/minutes").text


def test_a_published_copy_shows_passages_only(fresh: Book, tmp_path: Path, own: Serve) -> None:
    """A published copy shows no whole work, even with the archive laid beside it, and says so."""
    source = taken(fresh, MINUTES)
    quote(fresh, source, "close the old bridge by June", "bridge")
    copy = tmp_path / "public.db"
    store.write_published(fresh.ledger, copy)
    fresh.ledger.archive.rename(copy.with_suffix(".archive"))
    page = own(copy)("/ledger/sources/minutes").text
    assert "This is a published copy" in page and "treasurer" not in page
    assert "close the old bridge by June" in page


def test_a_copy_that_is_not_what_was_recorded_is_not_shown(fresh: Book, own: Serve) -> None:
    """Altered bytes are not shown as the archived text; an absent archive is told apart from them."""
    taken(fresh, MINUTES)
    for file in fresh.ledger.archive.glob("*/*"):
        file.write_bytes(file.read_bytes().replace(b"June", b"July"))
    get = own(fresh.ledger.path)
    shown = captured(get("/ledger/sources/minutes"))
    assert "is not what was recorded" in shown and "July" not in shown
    for file in fresh.ledger.archive.glob("*/*"):
        file.unlink()
    assert "are not beside this ledger" in captured(get("/ledger/sources/minutes"))


def test_hostile_text_is_inert(fresh: Book, own: Serve) -> None:
    """Markup in a captured text appears as text, and signs that would turn the text round are shown as signs."""
    evil = "</p><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }}"
    turned = "\u202egnp.exe\u2066"
    source = taken(fresh, f"The council met {evil} again.\n\nIt read the file about the bridge, {turned}, aloud.\n")
    quote(fresh, source, f"The council met {evil} again", "evil")
    get = own(fresh.ledger.path)
    for path in ("/ledger/sources/minutes", "/ledger/claims/evil"):
        page = get(path).text.split("<main")[1].split('id="history"')[0]
        assert "alert(1)" in page and "<script" not in page and "<img" not in page
        assert "7*7" in page and " 49 " not in words(page)
        assert "[U+202E]" in page and "\u202e" not in page and "\u2066" not in page


@pytest.mark.long
def test_a_page_stays_bounded_and_says_what_it_leaves_out(fresh: Book, own: Serve) -> None:
    """A line of a million characters and a hundred thousand paragraphs make no page beyond half a megabyte."""
    line = "harbour " * 125_000
    source = taken(fresh, f"{line}\n\nThe council voted to close the old bridge.\n\n{line}\n\n" + "Aye.\n\n" * 100_000)
    quote(fresh, source, "The council voted to close the old bridge", "bridge")
    page = own(fresh.ledger.path)("/ledger/sources/minutes")
    shown = captured(page)
    assert len(page.content) < 500_000
    assert "995,999 characters left out" in shown
    assert re.search(r"[\d,]+ characters more of this text left out", shown)


def test_a_long_text_is_folded_away_from_its_quotations(fresh: Book, own: Serve) -> None:
    """Paragraphs far from every quotation are folded; those next to one are open."""
    lines = [f"The council heard speaker number {number}." for number in range(1, 31)]
    source = taken(fresh, "\n\n".join(lines) + "\n")
    quote(fresh, source, "speaker number 15", "middle")
    shown = captured(own(fresh.ledger.path)("/ledger/sources/minutes"))
    open_part = words(re.sub(r"<details>.*?</details>", " ", shown, flags=re.S))
    assert "speaker number 14." in open_part and "speaker number 16." in open_part
    assert "speaker number 13." not in open_part and "speaker number 13." in words(shown)
    assert "13 paragraphs without a quotation" in shown and "14 paragraphs more" in shown


def test_custody_names_who_made_it_and_the_address_that_answered(fresh: Book, own: Serve) -> None:
    """The archived copies tell who made what was captured, and which address gave it."""
    source = fresh.source("Minutes of the harbour council", id="minutes")
    clerk = fresh.agent("Marta Lind", id="clerk")
    reading = read(MINUTES.encode(), where="the test")
    fresh.capture(source, reading, Custody(made_by=clerk, taken_from="the council"))
    copies = (
        own(fresh.ledger.path)("/ledger/sources/minutes")
        .text.split('aria-labelledby="copies"')[1]
        .split("</section>")[0]
    )
    assert "Made by Marta Lind" in words(copies.replace("</dt>", " "))
