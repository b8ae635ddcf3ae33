"""The galley: an article as it reads, each passage marked by how far it has come, with notes in its margin."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ledger import checks, desk, store
from ledger.book import Book
from ledger.model import ExclusionReason, Verdict

from .conftest import Serve
from .test_passages import MINUTES, quote, taken, words

GALLEY = "/-/ledger/galley/minutes"


def page(get: Any, path: str = GALLEY, **more: Any) -> str:
    answer = get(path, **more)
    assert answer.status_code == 200, answer.text
    return str(answer.text.split("<main")[1].split("</main>")[0])


def article(shown: str) -> str:
    return shown.split('<article class="galley"')[1].split("</article>")[0]


def test_it_reads_as_the_article_with_each_passage_marked(fresh: Book, own: Serve) -> None:
    """All of the text stands there in order; quoted words lead to their claim, sentences without one say so."""
    source = taken(fresh, MINUTES)
    quote(fresh, source, "voted to close the old bridge by June", "bridge")
    shown = page(own(fresh.ledger.path))
    body = re.sub(
        r'<ol class="margin".*?</ol>|<a class="ref".*?</a>|<span class="tick">.*?\d</span> ',
        "",
        article(shown),
        flags=re.S,
    )
    assert words(body.partition(">")[2]).split() == MINUTES.split()
    passage = re.search(r'<a class="passage claimed" href="([^"]+)">([^<]+)</a>', shown)
    assert passage and passage.groups() == (
        "/ledger/claims/bridge#bridge-words",
        "voted to close the old bridge by June",
    )
    assert re.findall(r"no claim, sentence </span>(\d+)", shown) == ["1", "2", "4", "5", "6", "7"]


def test_the_legend_counts_what_is_there(fresh: Book, own: Serve) -> None:
    """States are told by words and signs with their number of sentences, shares beside them."""
    source = taken(fresh, MINUTES)
    speech = fresh.source("Speech of the treasurer", id="speech")
    quote(fresh, source, "voted to close the old bridge by June", "bridge")
    money = quote(fresh, source, "repairs would cost 4 million euros", "money")
    fresh.evidence(money, speech)
    fresh.review(
        quote(fresh, source, "The meeting ended at ten", "ended"), Verdict.REFUTED, "The door was shut at nine."
    )
    legend = words(page(own(fresh.ledger.path)).split('class="legend"')[1].split("</section>")[0])
    for said in ("no claim 4 sentences", "no evidence yet 1 sentence", "evidence, not decided 1 sentence",
                 "decided 1 sentence", "refuted", "42 % a claim rests", "14 % a person has decided"):  # fmt: skip
        assert said in legend, said


def test_notes_carry_the_verdict_and_the_gravest_finding(fresh: Book, own: Serve) -> None:
    """In the margin stand the claim, what was decided in the house's own words, and what a check found first."""
    source = taken(fresh, MINUTES)
    ended = quote(fresh, source, "The meeting ended at ten", "ended")
    fresh.review(ended, Verdict.REFUTED, "The door was shut at nine.", label="Wrong hour")
    checks.check(fresh)
    gravest = next(row for row in store.queries.findings(fresh.ledger.db, "ended") if row.finding.outcome == "warn")
    note = words(page(own(fresh.ledger.path)).split('id="note-1"')[1].split("</li>")[0])
    assert "A claim that rests on ended" in note and "Wrong hour" in note and gravest.finding.reason in note
    assert re.search(r"And \d+ that can't be told\.", note)


def test_a_claim_is_told_once_on_a_page(fresh: Book, own: Serve) -> None:
    """Its second passage has the same number; the note there is short and leads to the first."""
    source = taken(fresh, MINUTES)
    bridge = quote(fresh, source, "voted to close the old bridge by June", "bridge")
    fresh.evidence(bridge, source, id="again", anchor=desk.anchor_in(fresh.ledger, source, "The meeting ended at ten"))
    shown = page(own(fresh.ledger.path))
    assert shown.count('id="note-1"') == 1 and 'id="note-2"' not in shown
    first, second = shown.split('<ol class="margin"')[1:]
    assert "not decided" in first and "not decided" not in second and 'href="#note-1"' in second


def test_a_re_issue_shows_what_needs_another_look(fresh: Book, own: Serve) -> None:
    """Words that changed are marked on the passage most like them; those that are gone are told below, with why."""
    source = taken(fresh, MINUTES)
    quote(fresh, source, "repairs would cost 4 million euros", "money")
    quote(fresh, source, "The meeting ended at ten", "ended")
    taken(fresh, MINUTES.replace("4 million", "7 million").replace("The meeting ended at ten.", "Goodbye."), source)
    shown = page(own(fresh.ledger.path))
    assert re.search(r'<a class="passage changed"[^>]*>[^<]*7 million euros</a>', shown)
    assert "look again The words are not in the newest copy." in words(article(shown)).replace("↻ ", "")
    apart = words(shown.split('id="apart"')[1].split("</section>")[0])
    assert "A claim that rests on ended" in apart and "The meeting ended at ten" in apart


def test_what_was_left_out_says_why(fresh: Book, own: Serve) -> None:
    """A sentence that needs no claim has the reason before it; one that a new copy changed is told below."""
    source = taken(fresh, MINUTES)
    for exact in ("Nobody spoke against it.", "The meeting ended at ten."):
        fresh.exclusion(source, desk.anchor_in(fresh.ledger, source, exact), ExclusionReason.OPINION)
    get = own(fresh.ledger.path)
    shown = words(page(get))
    assert "– sentence 4 an opinion Nobody spoke" in shown and "needs no claim 2 sentences" in shown
    taken(fresh, MINUTES.replace("ended at ten", "never ended"), source)
    assert "Left out as an opinion: The meeting ended at ten." in words(page(get).split('id="apart"')[1])


def test_a_published_copy_shows_passages_and_says_so(fresh: Book, tmp_path: Path, own: Serve) -> None:
    """Without the archive the passages stand in their order, with what was left out counted, and no share is told."""
    source = taken(fresh, MINUTES)
    quote(fresh, source, "The meeting ended at ten", "ended")
    quote(fresh, source, "voted to close the old bridge by June", "bridge")
    copy = tmp_path / "public.db"
    store.write_published(fresh.ledger, copy)
    fresh.ledger.archive.rename(copy.with_suffix(".archive"))
    shown = page(own(copy))
    assert "This is a published copy" in shown and "cannot be told" in shown and " %" not in shown
    assert re.findall(r'<a class="passage [^>]*>([^<]+)</a>', shown) == [
        "voted to close the old bridge by June",
        "The meeting ended at ten",
    ]
    assert re.search(r"\d+ characters not here", words(shown)) and "We have the money" not in shown


def test_what_stands_around_a_passage_without_spaces_begins_with_a_whole_number(fresh: Book, own: Serve) -> None:
    """In Japanese nothing of "1,234万5,678" stands before or after a passage unless all of it does."""
    number = "1,234万5,678"
    around = {"one": 20, "two": 22, "three": 26, "four": 29, "five": 31}
    for name, at in around.items():
        text = f"{'港' * 60}{number}人{'が' * at}北の橋は閉鎖{'し' * at}{number}人{'港' * 60}。\n"
        source = taken(fresh, text, fresh.source(f"Report {name}", id=name))
        quote(fresh, source, "北の橋は閉鎖", f"bridge-{name}")
    get = own(fresh.ledger.path)
    for name, at in around.items():
        shown = words(article(page(get, f"/-/ledger/galley/{name}", headers={"host": "192.0.2.7:8001"})))
        assert f"{'が' * at}北の橋は閉鎖" in shown
        assert set(re.findall(r"[0-9,万]*[0-9万]", shown.partition("characters not here")[2])) <= {number, "1"}


@pytest.mark.parametrize(
    "headers", [{"host": "192.0.2.7:8001"}, {"host": "127.0.0.1:8001", "forwarded": "for=192.0.2.7"}]
)
def test_others_see_passages_only(fresh: Book, own: Serve, headers: dict[str, str]) -> None:
    """Under another name than this machine's, or through a proxy, no more of a work is shown than was quoted."""
    source = taken(fresh, MINUTES)
    quote(fresh, source, "close the old bridge by June", "bridge")
    shown = page(own(fresh.ledger.path), headers=headers)
    assert "Whole works are not shown to others" in shown and "treasurer" not in shown


def test_what_is_not_there_is_said(fresh: Book, own: Serve) -> None:
    """An unknown name is a page that is not found; a source without copies has a galley that says why it is empty."""
    fresh.source("Minutes", id="minutes")
    get = own(fresh.ledger.path)
    assert "No copy of it is archived." in page(get)
    missing = get("/-/ledger/galley/nothing")
    assert missing.status_code == 404 and "There is no source of this name" in missing.text


def test_hostile_text_is_inert(fresh: Book, own: Serve, tmp_path: Path) -> None:
    """Markup in the article, in a claim and around a quotation is text; signs that turn it round are shown."""
    evil = "</p></a><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }}"
    source = taken(fresh, f"The council met {evil} again.\n\nIt read \u202egnp.exe\u2066 aloud, {evil}.\n")
    claim = fresh.claim(f"A claim {evil}", id="claim")
    fresh.evidence(claim, source, id="words", anchor=desk.anchor_in(fresh.ledger, source, f"met {evil} again"))
    fresh.review(claim, Verdict.REFUTED, evil, label=evil[:60])
    copy = tmp_path / "public.db"
    store.write_published(fresh.ledger, copy)
    for path in (fresh.ledger.path, copy):
        shown = page(own(path))
        assert "alert(1)" in shown and "<script" not in shown and "<img" not in shown
        assert "7*7" in shown and " 49 " not in words(shown) and "\u202e" not in shown
    assert "[U+202E]" in page(own(fresh.ledger.path))


@pytest.mark.long
def test_a_long_article_comes_in_pages(fresh: Book, own: Serve) -> None:
    """Each page is bounded and begins where the last one ended; links to open sentences lead to their page."""
    text = "\n\n".join(f"The council heard speaker number {number} about the bridge." for number in range(1, 1_001))
    source = taken(fresh, text + "\n\n" + "harbour " * 100_000)
    quote(fresh, source, "speaker number 999 about", "late")
    get = own(fresh.ledger.path)
    seen, path = [], GALLEY
    while path:
        shown = page(get, path)
        assert len(shown.encode()) < 300_000
        seen += re.findall(r'<span id="s(\d+)"', shown)
        following = re.search(r'rel="next" href="([^"]+)"', shown)
        path = following[1] if following else ""
    assert [int(number) for number in seen] == list(range(1, 1_002))
    assert "795,999 characters left out" in words(shown)
    assert page(get, f"{GALLEY}?page=999") == shown
    jump = re.search(r'href="([^"]+)#s399"', page(get))
    assert jump and 'id="s399"' in page(get, jump[1])
    assert "Page 1 of" in page(get, f"{GALLEY}?page=-1") and "Page 1 of" in page(get, f"{GALLEY}?page=two")


def test_many_claims_on_one_sentence_stay_bounded(fresh: Book, own: Serve) -> None:
    """Three hundred claims on the same words make no page beyond 300 kB, and what is not told is counted."""
    source = taken(fresh, MINUTES)
    anchor = desk.anchor_in(fresh.ledger, source, "voted to close the old bridge by June")
    with fresh.together():
        for number in range(300):
            fresh.evidence(fresh.claim(f"Claim number {number} " + "of the bridge " * 30), source, anchor=anchor)
    answer = own(fresh.ledger.path)(f"{GALLEY}?page=2")
    assert len(answer.content) < 300_000
    assert "150 more quotations are not told of on this page." in answer.text


def test_the_source_page_leads_to_it(fresh: Book, own: Serve) -> None:
    """A reader finds the galley from the source."""
    taken(fresh, MINUTES)
    assert f'href="{GALLEY}"' in own(fresh.ledger.path)("/ledger/sources/minutes").text
