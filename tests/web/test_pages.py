"""What the pages say of the story."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

HEADINGS = [
    "In short",
    "What is known",
    "What is not known",
    "Where it comes from",
    "Evidence",
    "Asked and searched",
    "How it was checked",
    "Decision and reasons",
    "When",
    "History",
    "Cite, download, verify, object",
]


def said(page: Any) -> str:
    """Return the words of a page, white space evened out."""
    assert page.status_code == 200, page.text
    body = re.sub(r"<(style|head)\b.*?</\1>", " ", page.text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_a_claim_page_keeps_the_order_of_the_design(get: Any) -> None:
    """The sections of a claim come in the order in which a reader needs them."""
    page = get("/ledger/claims/troop-offer").text
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert found == HEADINGS


def test_codes_and_hashes_come_last(get: Any) -> None:
    """No hash or entry number stands before the history."""
    before = get("/ledger/claims/troop-offer").text.split('id="history"')[0]
    assert not re.search(r"\b[0-9a-f]{64}\b", before)
    assert "entry" not in before.split("<main")[1]


def test_a_claim_page_says_what_is_claimed_and_on_what_it_rests(get: Any) -> None:
    """Claimant, dates in words, the state of decision and the corroboration are there."""
    words = said(get("/ledger/claims/troop-offer"))
    assert "Claimed by Donald Trump" in words
    assert "between April and May 2025" in words
    assert "Not decided" in words and "Nobody has decided yet whether this is so." in words
    assert "One origin: Claudia Sheinbaum, who took part." in words


def test_what_is_said_and_what_is_so_point_at_each_other(get: Any) -> None:
    """The claim and the saying are two pages that link to each other."""
    so, saying = get("/ledger/claims/troop-offer").text, get("/ledger/claims/troop-offer-said").text
    assert 'Whether it was <em>said</em> is another claim: <a class="own" href="/ledger/claims/troop-offer-said">' in so
    assert 'Whether it is <em>so</em> is another claim: <a class="own" href="/ledger/claims/troop-offer">' in saying
    assert "Whether what was said is so." in saying


def test_what_is_open_is_told_beside_the_verdict(get: Any) -> None:
    """An unanswered question and what checks cannot tell stand in the panel of what is not known."""
    page = get("/ledger/claims/troop-offer").text
    panel = page.split('id="limits"')[1].split("</section>")[0]
    assert "The White House was asked: no answer." in panel
    checks = page.split('id="checks"')[1].split("</section>")[0]
    assert "it never says that a claim is true" in checks
    assert "does not establish that the claim is true" in re.sub(r"<[^>]+>", "", checks)


def test_evidence_shows_its_exact_words_and_their_way(get: Any) -> None:
    """Quotation, its surroundings, speaker, whose words, basis, stake and archived copy are told."""
    page = get("/ledger/claims/troop-offer")
    assert '<q class="marked">I propose that the U.S. Army come in to help you</q>' in page.text
    words = said(page)
    for phrase in (
        "Claudia Sheinbaum, reporting the words of Donald Trump",
        "the source itself was not seen",
        "2 steps from where it was seen",
        "How they know was there",
        "Stake took part",
        "Named or not named",
        "Not recorded the original wording of this translation",
        "yes, a copy of Mexican president rejects offer",
    ):
        assert phrase in words


def test_the_original_wording_is_shown_where_it_is_kept(get: Any) -> None:
    """A translation with its original shows both."""
    assert "Propongo que el Ejército" in said(get("/ledger/claims/troop-offer-said"))


def test_a_second_sign_off_is_named_under_the_decision(get: Any) -> None:
    """Who decided and who signed are both told, with their reasons."""
    words = said(get("/ledger/claims/troop-offer-said"))
    assert "Decided by Ana López , 5 May 2025; signed by Ben Okafor , 5 May 2025" in words
    assert "Signed by a second person, Ben Okafor" in words
    assert "Read against the archived copy." in words


def test_a_contradiction_stands_in_words_and_in_the_drawing(get: Any) -> None:
    """A contradicted claim shows both sides, and the step against it by a word, not only by colour."""
    page = get("/ledger/claims/former-president")
    assert "Contradicted by U.S. National Security Council" in said(page)
    assert re.search(r'<text class="label against"[^>]*>against, seen in</text>', page.text)
    assert 'class="stances both"' in page.text


@pytest.mark.parametrize(
    ("claim", "phrase"),
    [
        ("refusal", "Corrected"),
        ("analysts", "Retracted: this claim no longer stands"),
        ("call-15-april", "Replaced by a newer claim"),
    ],
)
def test_what_became_of_a_claim_stands_on_top(get: Any, claim: str, phrase: str) -> None:
    """A correction, retraction or supersession comes before the claim, with its reason."""
    page = get(f"/ledger/claims/{claim}").text
    assert page.index(phrase) < page.index("<h1")


def test_a_correction_shows_both_wordings_in_words(get: Any) -> None:
    """A corrected date is shown as it was and as it is, not as a code."""
    page = get("/ledger/claims/refusal").text
    assert "<del>nothing</del>" in page and "<ins>3 May 2025</ins>" in page


def test_a_retracted_claim_does_not_parade_its_verdict(get: Any) -> None:
    """Where a claim was withdrawn, that is its state in short."""
    short = get("/ledger/claims/analysts").text.split('id="short"')[1].split("</section>")[0]
    assert "Retracted" in short and "Nobody had decided whether it is so." in short


def test_a_superseded_claim_leads_to_the_one_that_stands(get: Any) -> None:
    """The banner of a replaced claim links to its successor."""
    assert (
        'href="/ledger/claims/call-16-april">Read the one that stands now' in get("/ledger/claims/call-15-april").text
    )


def test_problems_come_before_what_is_fine(get: Any) -> None:
    """Check results are in order of gravity, each with a word for its outcome."""
    page = get("/ledger/claims/former-president").text
    found = re.findall(r'<li class="(fail|error|warn|abstain|pass)">', page)
    rank = ["fail", "error", "warn", "abstain", "pass"]
    assert found and found == sorted(found, key=rank.index)
    assert "What would settle it" in page


def test_the_sentence_under_the_drawing_says_where_the_trail_ends(get: Any) -> None:
    """One sentence names the end of the trail and how it knows."""
    words = said(get("/ledger/claims/troop-offer"))
    assert "The trail ends at one source: Claudia Sheinbaum, Speech at a university near Mexico City" in words


def test_the_trail_holds_nothing_that_belongs_to_other_claims(get: Any) -> None:
    """Of an article that draws on much, only what leads to this claim's source is drawn."""
    drawn = get("/ledger/claims/troop-offer").text.split("<svg")[1].split("</svg>")[0]
    assert "/ledger/sources/speech" in drawn
    assert "/ledger/sources/wire" not in drawn


def test_several_sources_of_one_origin_show_where_all_pass(get: Any) -> None:
    """The choke point is marked in words."""
    page = get("/ledger/claims/do-more")
    assert "Three sources, one origin" in said(page)
    assert "Every trail passes here" in page.text


def test_a_claim_without_a_source_says_so(get: Any) -> None:
    """Nothing is drawn where there is nothing to draw."""
    page = get("/ledger/claims/analysts")
    assert "<svg" not in page.text
    assert "No source is on record, so there is no trail to follow." in said(page)


def test_a_page_can_be_cited_and_downloaded(get: Any) -> None:
    """The end of the page names the version, the command that checks it, and gives the record as JSON."""
    words = said(get("/ledger/claims/troop-offer"))
    assert "Fact-check ledger desk.example.org, claim troop-offer , after entry" in words
    assert "factledger verify" in words
    assert json.loads(get("/ledger/claims/troop-offer.json").text)["claim"] == "troop-offer"


def test_a_source_page_tells_who_from_where_and_what_rests_on_it(get: Any) -> None:
    """Publisher, date, copies with custody, neighbours, and the claims that stand on it."""
    words = said(get("/ledger/sources/article"))
    assert "Publisher The Border Paper" in words
    assert "quotes Speech at a university near Mexico City" in words
    assert "the paper's web site (read from a file)" in words and "by Ana López" in words
    assert "Trump proposed sending the U.S. Army into Mexico to fight the cartels" in words


def test_a_source_shows_what_rests_on_it_through_others(get: Any) -> None:
    """The impact of a source reaches through those that reprint it."""
    words = said(get("/ledger/sources/statement"))
    assert re.search(
        r"for The National .* must do more against the cartels through (White House|Mexico told|Washin)", words
    )


def test_a_web_address_leads_out_without_telling_where_from(get: Any) -> None:
    """An address is a link that passes on neither credit nor window."""
    page = get("/ledger/sources/wsj-report").text
    assert 'href="https://news.example.org/2025/05/02/pressed?a=1&amp;b=2" rel="nofollow noopener noreferrer"' in page


def test_the_front_page_puts_what_fails_first(get: Any) -> None:
    """What needs attention comes first, the failed before the doubtful, the withdrawn not at all."""
    page = get("/").text
    attention = page.split('id="attention"')[1].split("</section>")[0]
    claims = re.findall(r'href="/ledger/claims/([^"]+)"', attention)
    assert claims[0] == "former-president"
    assert not {"analysts", "call-15-april"} & set(claims)


def test_the_front_page_tells_what_waits_and_what_was_corrected(get: Any) -> None:
    """Unanswered questions, corrections, the latest entries and the root are there."""
    words = said(get("/"))
    assert "Did the president raise troop deployments with Sheinbaum?" in words
    assert "The White House, 3 May 2025" in words
    assert "Ana López retracted claim analysts" in words
    assert re.search(r"\d+ entries, root [0-9a-f]{64} \. Check it yourself: factledger verify", words)


def test_counts_lead_to_the_filtered_table(get: Any) -> None:
    """A count on the front page opens the claims it counts."""
    page = get("/").text
    found = re.search(r'href="(/ledger/claims\?verdict=supported)">.*?<span class="number">(\d+)</span>', page)
    assert found
    rows = json.loads(get(found[1].replace("claims?", "claims.json?")).text)["rows"]
    assert len(rows) == int(found[2]) == 2


def test_search_finds_a_claim_by_its_words(get: Any) -> None:
    """The search box of the front page finds claims by other forms of their words."""
    assert 'action="/ledger/claims"' in get("/").text and 'name="_search"' in get("/").text
    rows = json.loads(get("/ledger/claims.json?_search=refusing+offers&_shape=objects").text)["rows"]
    assert [row["id"] for row in rows] == ["refusal"]


@pytest.mark.parametrize(
    ("table", "facets"),
    [
        ("claims", {"verdict", "corroboration", "workflow", "topic"}),
        ("sources", {"kind", "publisher"}),
        ("evidence", {"stance", "basis"}),
        ("findings", {"outcome", "checker"}),
    ],
)
def test_tables_come_with_their_facets(get: Any, table: str, facets: set[str]) -> None:
    """A reader need not know what to facet by."""
    found = json.loads(get(f"/ledger/{table}.json?_extra=facet_results").text)["facet_results"]
    assert set(found.get("results", found)) == facets


def test_tables_read_in_words(get: Any) -> None:
    """Dates, states and stances are words, with the code at hand."""
    claims, evidence = get("/ledger/claims").text, get("/ledger/evidence").text
    assert '<span title="2025-04/2025-05">between April and May 2025</span>' in claims
    assert 'title="single_origin"' in claims and "one origin" in claims
    assert '<span title="witness">was there</span>' in evidence


@pytest.mark.parametrize("query", ["attention", "one_origin", "unanswered", "corrected", "undecided"])
def test_every_question_has_an_answer_with_links(get: Any, query: str) -> None:
    """The queries run, and their answers lead to the claims."""
    assert 'href="/ledger/claims/' in said_html(get(f"/ledger/{query}"))


def said_html(page: Any) -> str:
    assert page.status_code == 200, page.text
    return str(page.text)


def test_tables_for_machines_are_out_of_sight(get: Any) -> None:
    """The list of tables holds what people read; the log can still be asked for by name."""
    shown = get("/ledger").text
    assert ">evidence</a>" in shown
    assert ">ledger_entry</a>" not in shown and "_fts</a>" not in shown
    assert get("/ledger/ledger_head").status_code == 200


def test_rows_of_other_tables_link_on(get: Any) -> None:
    """The page of a piece of evidence, plain as it is, leads to its claim, source and speaker."""
    page = said_html(get("/ledger/evidence/offer-speech"))
    for path in ("claims/troop-offer", "sources/speech", "agents/sheinbaum"):
        assert f'href="/ledger/{path}"' in page


@pytest.mark.parametrize(("table", "kind"), [("claims", "claim"), ("sources", "source")])
def test_what_is_not_there_is_told_in_words(get: Any, table: str, kind: str) -> None:
    """An unknown handle is a 404 with a way on, not a red box."""
    page = get(f"/ledger/{table}/no-such-thing")
    assert page.status_code == 404
    assert f"This ledger holds no {kind} <code>no-such-thing</code>" in page.text
    assert f'action="/-/ledger/{table}"' in page.text and 'href="/">To the front page' in page.text


def test_machines_are_told_in_json_what_is_not_there(get: Any) -> None:
    """The JSON of an unknown claim says so as Datasette's does."""
    answer = get("/ledger/claims/no-such-thing.json")
    assert answer.status_code == 404
    assert json.loads(answer.text)["ok"] is False


def test_our_pages_bring_no_script(get: Any) -> None:
    """Front page, claims and sources hold no script element and no inline style."""
    for path in ("/", "/ledger/claims/troop-offer", "/ledger/sources/article", "/ledger/claims/none"):
        page = get(path).text
        assert "<script" not in page and " style=" not in page
