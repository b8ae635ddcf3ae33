"""Pages of every kind: what they say, that lists come a page at a time, and that a crawler finds them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from ledger import book as books
from ledger.book import Book
from ledger.model import Anchor, InquiryState, Source, Verdict

from .conftest import getter, shut, tell
from .test_inert import EVIL
from .test_pages import said

LARGEST = 300_000
"""Bytes of a page, whatever the ledger holds."""


@pytest.fixture(scope="module")
def long_lists(keys: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return how to ask for pages of a ledger in which one source has 120 claims, with words as long as may be."""
    from ledger.web.serve import application

    path = tmp_path_factory.mktemp("long") / "long.db"
    book = books.start(path, origin="desk.example.org", person="Ana López")
    words = ("Nobody on the pier & no <b> saw it " * 300)[:9_900]
    with book.together():
        agency = book.agent("W" * 190, id="agency")
        wire = book.source("The file of the agency " + "é" * 470, id="wire", author=agency)
        for number in range(120):
            text = f"Pier {number} was shut. " + ("&<>\"' " * 400)[:1_900]
            claim = book.claim(text, id=f"pier-{number}", claimant=agency, topic="piers", story="The piers / of May?")
            book.evidence(claim, wire, id=f"words-{number}", anchor=Anchor(words), speaker=agency, note=words[:4_900])
            book.inquiry(text, id=f"asked-{number}", claim=claim, asked=agency, note=words[:4_900])
    for number in range(60):
        book.correct(f"pier-{number}", {"occurred": "2031-05-01"}, words[:4_900])
    book.ledger.close()
    served = application(path)
    yield getter(served)
    shut(served)


def links(get: Any, path: str) -> set[str]:
    """Return where a page of ours leads within the site, without what follows a #."""
    page = get(path).text
    found = {urljoin(path, href.replace("&amp;", "&")).split("#")[0] for href in re.findall(r'href="([^"]+)"', page)}
    return {one for one in found if re.match(r"/(-/ledger/|ledger/(claims|sources|agents|inquiries)/)", one)}


def crawled(get: Any, most: int) -> dict[str, Any]:
    """Return address -> answer of our pages, as somebody finds them who follows links from the front page."""
    waiting, found = ["/", "/-/ledger/people", "/-/ledger/checkers", "/-/ledger/stories"], dict[str, Any]()
    while waiting and len(found) < most:
        path = waiting.pop(0)
        if path not in found:
            found[path] = get(path)
            if "text/html" in found[path].headers["content-type"]:
                waiting += sorted(links(get, path))
    return found


@pytest.mark.long
def test_a_crawler_finds_a_page_of_every_kind_and_no_dead_end(get: Any) -> None:
    """Every address that our pages give is answered, but for proofs that no checkpoint covers yet."""
    found = crawled(get, 250)
    wrong = {path: answer.status_code for path, answer in found.items() if answer.status_code != 200}
    assert not {path for path in wrong if "/proof/" not in path}
    for kind in ("ledger/claims/", "ledger/sources/", "ledger/agents/", "ledger/inquiries/", "-/ledger/checkers/"):
        assert any(path.startswith(f"/{kind}") for path in found), kind


def test_claims_are_chosen_in_words_and_counted(get: Any) -> None:
    """Each choice says how many claims it leaves, and leads to as many."""
    page = get("/-/ledger/claims").text
    for href, count in re.findall(r'<li><a href="(\?[^"]+)">[^<]+</a> <span class="number">([\d,]+)</span>', page):
        words = said(get("/-/ledger/claims" + href.replace("&amp;", "&")))
        assert re.search(rf"\b{count} claims? of this kind", words), href
    assert "not decided" in page and "several sources, one origin" in page and "U.S. troops" in page


def test_choices_go_together(get: Any) -> None:
    """Two choices narrow each other, each can be taken away, and what is none leaves none."""
    words = said(get("/-/ledger/claims?verdict=supported&topic=U.S.+troops"))
    assert "2 claims of this kind" in words and "supported ✕ : take this away" in words
    assert "0 claims of this kind" in said(get("/-/ledger/claims?verdict=supported&topic=Calls"))
    assert get("/-/ledger/claims?verdict=nonsense").status_code == 200


def test_search_marks_what_it_finds_and_ranks_it(get: Any) -> None:
    """Other forms of a word are found and marked; a search for signs alone finds nothing and breaks nothing."""
    page = get("/-/ledger/claims?q=offers+refusing").text
    assert "<mark>refused</mark>" in page and "<mark>offer</mark>" in page and "1 claim with these words" in page
    for nothing in ("%22%22", "*", "AND+OR", "a%00b", "%F0%9F%92%A9"):
        assert get(f"/-/ledger/claims?q={nothing}").status_code == 200, nothing


def test_a_person_is_told_by_what_they_said_and_what_was_said_of_them(get: Any) -> None:
    """Their claims with verdicts, the claims of others that name them, how they know, their stake and sources."""
    words = said(get("/ledger/agents/sheinbaum"))
    assert "What they said 2 " in words and "supported" in words
    assert "They speak in 4 pieces of evidence." in words and "was there 4" in words and "took part 4" in words
    assert "Speech at a university near Mexico City" in words
    of_trump = said(get("/ledger/agents/trump"))
    assert "Claims by others that have the name “Trump” in their words." in of_trump
    assert "Sheinbaum said that Trump proposed" in of_trump.split("What was said of them")[1]
    assert "Did the president raise troop deployments" in said(get("/ledger/agents/white-house"))


def test_an_inquiry_says_who_asked_whom_and_that_silence_is_no_evidence(get: Any) -> None:
    """What came of it stands on top; the claim it is about is a click away."""
    words = said(get("/ledger/inquiries/asked-white-house"))
    assert "no answer Asked The White House By it is not stated who asked On 3 May 2025" in words
    assert "Silence is neither for nor against it." in words
    assert 'href="/ledger/claims/troop-offer"' in get("/ledger/inquiries/asked-white-house").text
    assert "Searched Federal Register" in said(get("/ledger/inquiries/searched-register"))


def test_inquiries_are_chosen_by_what_came_of_them(get: Any) -> None:
    """A state leads to those in it."""
    assert "2 inquiries" in said(get("/-/ledger/inquiries"))
    waiting = said(get("/-/ledger/inquiries?state=awaiting"))
    assert "1 inquiry" in waiting and "The text of the report" in waiting and "Did the president" not in waiting


def test_a_checker_says_what_it_does_not_establish_and_what_it_found(get: Any) -> None:
    """Both stand beside each other, before what it says of each claim."""
    words = said(get("/-/ledger/checkers/quote"))
    assert "What it establishes that the quoted words stand" in words
    assert "What it does not that they were spoken" in words
    assert "Fails on" in words and "9 claims, by their names." in words
    assert "can't tell" in words and "No words are quoted." in words


def test_corrections_show_both_wordings_and_the_reason(get: Any) -> None:
    """What was corrected, replaced and retracted, newest first."""
    words = said(get("/-/ledger/corrections"))
    order = [
        words.index(what) for what in ("It names nobody", "The date was copied wrongly", "was nothing is 3 May 2025")
    ]
    assert order == sorted(order)
    assert 'href="/ledger/claims/call-16-april">Read the one that stands now' in get("/-/ledger/corrections").text


def test_a_story_has_its_claims_its_article_and_its_timeline(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """A story of any name is a page, with how many of its claims are held what."""
    tell(fresh)
    shut_ = fresh.claim("The bridge was shut.", id="shut", occurred="2031-05", story="port & bridge / 1?")
    speech, article = fresh.find(Source, "speech"), fresh.find(Source, "article")
    fresh.evidence(shut_, speech, id="shut-speech", seen_in=article)
    get = serving(fresh.ledger.path)
    (path,) = {link for link in links(get, "/-/ledger/stories") if "/stories/" in link}
    words = said(get(path))
    assert "port & bridge / 1?" in words and "not decided 1" in words
    assert "Told in Mexican president rejects offer" in words and "In the order of time" in words
    assert "happened" in words


def test_a_list_is_read_to_its_end_a_page_at_a_time(long_lists: Any) -> None:
    """Each page says which lines of how many it has; together they have each line once."""
    met, path = list[str](), "/-/ledger/claims"
    for start in (1, 26, 51, 76, 101):
        page = long_lists(path).text
        assert f"<span>{start} to {min(start + 24, 120)} of 120</span>" in page
        met += re.findall(r'<a href="/ledger/claims/(pier-\d+)">', page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        path = urljoin(path, further[1]) if further else ""
    assert path == "" and sorted(met) == sorted(f"pier-{number}" for number in range(120))


@pytest.mark.parametrize("page", ["0", "-1", "999999", "x", "1e9", "9" * 40, ""])
def test_a_page_that_is_not_there_is_the_nearest(long_lists: Any, page: str) -> None:
    """No number breaks a list."""
    assert " of 120</span>" in long_lists(f"/-/ledger/claims?page={page}").text


def test_each_list_of_a_page_turns_by_itself(long_lists: Any) -> None:
    """The second page of what a source carries leaves its other lists at their first."""
    page = long_lists("/ledger/sources/wire?carries=2").text
    assert "<span>26 to 50 of 120</span>" in page and "<span>1 to 25 of 121</span>" in page


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ledger/sources/wire",
        "/ledger/agents/agency",
        "/ledger/inquiries/asked-7",
        "/-/ledger/claims",
        "/-/ledger/claims?q=pier",
        "/-/ledger/corrections",
        "/-/ledger/history/wire",
        "/-/ledger/inquiries",
        "/-/ledger/people",
        "/-/ledger/sources",
        "/-/ledger/stories",
        "/-/ledger/stories/The~20piers~20~2F~20of~20May~3F",
        "/-/ledger/timeline",
    ],
)
def test_no_page_grows_with_the_ledger(long_lists: Any, path: str) -> None:
    """With the longest words that can be entered, and more of everything than a page shows, it stays below its most."""
    page = long_lists(path)
    assert page.status_code == 200
    assert len(page.content) <= LARGEST


def test_markup_in_any_field_is_inert_on_pages_of_every_kind(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """Names, questions, notes, stories, topics, reasons and searches appear as text only."""
    name = EVIL.replace("\n", " ")[:190]
    with fresh.together():
        who = fresh.agent(name, id="eve", note=EVIL)
        source = fresh.source(name, id="source", author=who, note=EVIL)
        claim = fresh.claim(f"Claim {EVIL}", id="claim", claimant=who, topic=EVIL[:60], story=name)
        fresh.evidence(claim, source, id="words", anchor=Anchor(EVIL), speaker=who)
        fresh.inquiry(EVIL, id="asked", claim=claim, asked=who, searched=EVIL, note=EVIL, state=InquiryState.NO_ANSWER)
    fresh.review(claim, Verdict.REFUTED, EVIL)
    fresh.correct("claim", {"said": "2025-05-02"}, EVIL)
    fresh.correct("eve", {"name": f"{name[:150]} two"}, EVIL)
    get = serving(fresh.ledger.path)
    for path, answer in crawled(get, 120).items():
        if "text/html" not in answer.headers["content-type"]:
            continue
        assert "<script>alert" not in answer.text, path
        assert "<img src=x" not in answer.text, path
        assert not re.search(r'<[^>]*" onmouseover="', answer.text), path
        assert "49" not in re.findall(r"alert\(3\) (\S*)", answer.text), path
    searched = get("/-/ledger/claims?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&topic=%22%3E%3Cimg+src%3Dx%3E")
    assert "<script>alert" not in searched.text and "<img src=x" not in searched.text


@pytest.mark.parametrize(
    "path", ["/nothing", "/ledger/nothing", "/-/nothing", "/ledger/agents/nobody", "/ledger/inquiries/x"]
)
def test_what_is_not_there_leads_home(get: Any, path: str) -> None:
    """Whatever address is wrong, the page says so and has the way to the front page and a search."""
    page = get(path)
    assert page.status_code == 404
    assert 'href="/">To the front page</a>' in page.text and 'role="search"' in page.text
    assert "border: 3px solid red" not in page.text


def test_tables_carry_our_way_home_their_language_and_labels(get: Any) -> None:
    """Datasette's pages of the ledger say that they are in English, label each choice, and lead to ours."""
    for path in ("/ledger", "/ledger/claims", "/ledger/evidence/offer-speech", "/ledger/findings", "/ledger/undecided"):
        page = get(path).text
        assert '<html lang="en">' in page, path
        assert 'class="to-the-ledger"' in page and 'href="/-/ledger/claims"' in page, path
        for tag in re.findall(r"<select[^>]*>", page):
            assert "aria-label=" in tag, (path, tag)


def test_tables_are_put_in_order_by_what_has_an_index(get: Any) -> None:
    """The table of findings opens in the order of its key, and offers no order that would read it whole."""
    page = get("/ledger/findings").text
    assert "sorted by" not in page
    assert "_sort=outcome" in page or "_sort=subject" in page
    assert not re.search(r"_sort(_desc)?=(seq|reason)\b", page)


def test_pages_of_ours_are_answered_beside_a_database_that_is_no_ledger(
    run_datasette: Callable[..., str], tmp_path: Path
) -> None:
    """A table of agents in another database called ledger keeps its own rows."""
    from sqlite_utils import Database

    other = tmp_path / "ledger.db"
    Database(other)["agents"].insert({"id": "bond", "licence": "double o"}, pk="id")
    assert "double o" in run_datasette("/ledger/agents/bond", other)
