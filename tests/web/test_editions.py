"""The readers' pages and the desk's: who gets which, what readers are never shown, and what they are shown first."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from ledger import checks, store, trust
from ledger.book import Book
from ledger.errors import InputError
from ledger.model import Anchor, Basis, InquiryState, Relation, Stance, Verdict
from ledger.store import newest, queries
from ledger.views import claim_view, gist, words
from ledger.web.asking import Service
from ledger.web.edition import Edition, read_edition
from ledger.web.serve import application

from .conftest import Get, Serve, begin, getter, shut

CLAIMS = (
    "troop-offer",
    "troop-offer-said",
    "pressure",
    "refusal",
    "do-more",
    "former-president",
    "analysts",
    "call-15-april",
)
DESKS = (
    "What would settle it",
    "What needs attention",
    "What to do next",
    "factledger check ",
    "factledger review",
    "factledger correct",
    "factledger todo",
)
"""What only the desk is told."""


@pytest.fixture(scope="module")
def reader(story: Path) -> Iterator[Get]:
    """Return a function that asks for the readers' pages of the story."""
    datasette = application(story, service=Service(hosts=(), edition=Edition.READER))
    yield getter(datasette)
    shut(datasette)


@pytest.fixture
def open_as() -> Iterator[Callable[..., Get]]:
    """Return a function that opens a file in plain Datasette, with settings of the plugin."""
    opened: list[Any] = []

    def plain(path: Path, **settings: Any) -> Get:
        opened.append(Datasette([str(path)], metadata={"plugins": {"factledger": settings}}))
        return getter(opened[-1])

    yield plain
    for datasette in opened:
        shut(datasette)


def edition_of(page: Any) -> str:
    assert page.status_code == 200, page.text
    found = re.search(r'<body class="(reader|desk) ', page.text)
    assert found
    return found[1]


def told(text: str) -> str:
    """Return the words of a page or a part of it."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def section(page: Any, name: str) -> str:
    return str(page.text.split(f'id="{name}"')[1].split("</section>")[0])


def test_a_ledger_at_work_shows_the_desk_at_home_and_readers_elsewhere(
    story: Path, open_as: Callable[..., Get]
) -> None:
    """Whoever asks under another name, or through another server, gets the readers' pages of the same file."""
    get = open_as(story, hosts=["facts.example.org"])
    assert edition_of(get("/")) == "desk"
    assert edition_of(get("/", headers={"host": "facts.example.org"})) == "reader"
    assert edition_of(get("/", headers={"x-forwarded-for": "192.0.2.7"})) == "reader"


def test_a_published_copy_is_for_readers_also_at_home(story: Path, tmp_path: Path, open_as: Callable[..., Get]) -> None:
    """What was published shows no to-do, whoever opens it; unless the desk's pages are asked for."""
    copy = tmp_path / "copy.db"
    with store.open_ledger(story) as ledger:
        trust.publish(ledger, copy)
    for path in ("/", "/ledger/claims/troop-offer", "/-/ledger/about"):
        assert edition_of(open_as(copy)(path)) == "reader"
    assert edition_of(open_as(copy, edition="desk")("/")) == "desk"


@pytest.mark.parametrize(("said", "shown"), [("reader", "reader"), ("desk", "desk"), ("dsek", "reader"), (7, "reader")])
def test_the_edition_can_be_chosen_and_a_misspelt_one_shows_least(
    story: Path, open_as: Callable[..., Get], said: Any, shown: str
) -> None:
    """A setting of the plugin comes before the rule; what is no edition is the readers'."""
    assert edition_of(open_as(story, edition=said)("/")) == shown


def test_an_edition_that_is_none_is_refused_with_those_there_are() -> None:
    """`serve --edition` and the policy take two names."""
    assert read_edition("desk") is Edition.DESK
    with pytest.raises(InputError, match=r"no edition 'press'.*There are: reader and desk"):
        read_edition("press")


def test_readers_are_never_told_what_is_for_the_desk(reader: Get, get: Get) -> None:
    """To-do, remedies and commands of the desk stand on no page of theirs, and do on the desk's."""
    paths = ["/", "/-/ledger/about", *(f"/ledger/claims/{claim}" for claim in CLAIMS)]
    for path in paths:
        text = html.unescape(reader(path).text)
        assert not [phrase for phrase in DESKS if phrase in text], path
    desk = html.unescape("".join(get(path).text for path in paths))
    assert {phrase for phrase in DESKS if phrase in desk} >= {"What would settle it", "What needs attention"}


def test_the_desks_questions_are_not_offered_to_readers(reader: Get, get: Get) -> None:
    """What needs attention, and what nobody has decided, is asked at the desk."""
    for name, status in (("attention", 404), ("undecided", 404), ("corrected", 200), ("unanswered", 200)):
        assert reader(f"/ledger/{name}").status_code == status, name
        assert get(f"/ledger/{name}").status_code == 200


def test_what_could_not_be_told_is_counted_for_readers_not_listed(reader: Get, get: Get) -> None:
    """No check passes silently: those that could not tell are named, in one line."""
    checked = section(reader("/ledger/claims/troop-offer"), "checks")
    assert re.search(r"\d+ could not tell", told(checked))
    assert checked.count('class="abstain"') == 1
    assert section(get("/ledger/claims/troop-offer"), "checks").count('class="abstain"') > 1


@pytest.mark.parametrize("claim", ["former-president", "troop-offer-said", "refusal"])
def test_the_verdict_its_reason_and_who_decided_come_right_after_the_claim(reader: Get, claim: str) -> None:
    """In the order of the page: claim, verdict, one sentence, person and day; everything else later."""
    page = reader(f"/ledger/claims/{claim}")
    body = page.text.split("<h1")[1]
    said = told(body.split('class="panels"')[0])
    for phrase in ("Decided by Ana López , 5 May 2025",):
        assert phrase in said
    marks = [body.index(part) for part in ('class="stamp', 'class="reason"', "Decided by", 'id="known"', 'id="chain"')]
    assert marks == sorted(marks)


def test_the_title_of_a_page_begins_with_the_verdict(reader: Get) -> None:
    """A tab, a bookmark and a screen reader say first what was decided."""
    assert "<title>Refuted: Donald Trump was a former president" in reader("/ledger/claims/former-president").text
    assert "<title>Retracted: Some analysts" in reader("/ledger/claims/analysts").text
    assert "<title>Not decided: Trump proposed" in reader("/ledger/claims/troop-offer").text


def test_a_reason_of_many_sentences_is_cut_to_the_first(fresh: Book, serving: Serve) -> None:
    """The rest stands further down, and is linked."""
    claim = fresh.claim("The quay was shut", id="quay")
    fresh.review(claim, Verdict.SUPPORTED, "The log says so. It was kept by the harbour master. Nobody denied it.")
    page = serving(fresh.ledger.path)("/ledger/claims/quay")
    assert told(section(page, "short")).endswith("no second person has signed it")
    assert "The log says so. All reasons" in told(section(page, "short"))
    assert "Nobody denied it." in told(section(page, "decision"))


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_is_known_and_what_is_not_take_three_lines_each(reader: Get, claim: str) -> None:
    """However much is open of a claim, each side is read at a glance, and neither is empty."""
    page = reader(f"/ledger/claims/{claim}")
    for name in ("known", "limits"):
        assert 1 <= section(page, name).count("<li>") <= 3, name


def test_what_is_not_known_is_told_gravest_first(story: Path) -> None:
    """A saying leaves open whether it is so; then who did not answer; then what was not seen itself."""
    with store.open_ledger(story) as ledger:
        said = gist(claim_view(ledger.db, "troop-offer-said"))
        offer = gist(claim_view(ledger.db, "troop-offer"))
    assert said.unknown[0] == "Whether what was said is so."
    assert offer.unknown[:2] == (
        "The White House was asked: no answer.",
        "What “Speech at a university near Mexico City” says itself: "
        "it was seen only as told in “Mexican president rejects offer of U.S. troops”.",
    )
    assert offer.known[0] == "For it: Claudia Sheinbaum (was there): “I propose that the U.S. Army come in to help you”"


def test_nothing_that_was_withdrawn_is_told_as_known(fresh: Book) -> None:
    """Evidence from a retracted source speaks neither for nor against."""
    claim = fresh.claim("The quay was shut", id="quay")
    fresh.evidence(claim, fresh.source("Forged log", id="forged"), anchor=Anchor("shut at nine"))
    assert gist(claim_view(fresh.ledger.db, "quay")).known[0].startswith("For it: “Forged log”")
    fresh.retract("forged", "It was forged.")
    assert not [line for line in gist(claim_view(fresh.ledger.db, "quay")).known if line.startswith("For it")]


def test_what_nobody_recorded_of_evidence_is_one_line(reader: Get) -> None:
    """A piece of evidence of which little is known does not take nine rows to say so."""
    evidence = section(reader("/ledger/claims/former-president"), "evidence")
    by_article = evidence.split('id="former-article"')[1].split("</details>")[0]
    assert "Not recorded how they know, their stake, whether they are named" in told(by_article)
    assert by_article.count("<dt>") <= 4 and told(by_article).lower().count("not recorded") == 1


def test_each_piece_of_evidence_is_a_line_that_unfolds(reader: Get) -> None:
    """The line has the words and who says them; what it unfolds to is inside, where links to it lead."""
    page = reader("/ledger/claims/troop-offer")
    line = section(page, "evidence").split("<summary>")[1].split("</summary>")[0]
    assert told(line).startswith("I propose that the U.S. Army come in to help you Claudia Sheinbaum, in Speech")
    assert '<div class="context" id="offer-speech">' in page.text


def test_the_readers_front_page_says_what_is_held_true_false_and_open(reader: Get) -> None:
    """Three numbers with a word, a sign and a line of explanation; claims that were withdrawn are in none."""
    tally = told(reader("/").text.split('class="tally"')[1].split("</section>")[0])
    assert "2 ✓ Supported Held to be true" in tally
    assert "1 ✕ Refuted Held to be false" in tally
    assert "4 ○ Open Neither: 4 not decided" in tally


def test_the_readers_front_page_begins_with_the_latest_decisions(reader: Get) -> None:
    """Newest first, each with verdict, reason, person and day; then what was corrected, and who did not answer."""
    page = reader("/")
    decided = section(page, "decided")
    assert re.findall(r'href="/ledger/claims/([^"]+)"', decided) == ["refusal", "former-president", "troop-offer-said"]
    assert "✕ Refuted Donald Trump was a former president" in told(decided)
    assert "the council answers for him as president. Ana López, 5 May 2025" in told(decided)
    corrected = re.findall(r'href="/ledger/claims/([^"]+)"', section(page, "corrected"))
    assert corrected == ["analysts", "call-15-april", "refusal"]
    assert "no answer The White House, 3 May 2025" in told(section(page, "waiting"))


def test_a_decision_that_was_replaced_or_taken_back_is_not_among_the_latest(fresh: Book) -> None:
    """Each claim has one line: the decision that stands, in the house's own words."""
    one, two, three = (fresh.claim(f"Claim {name}", id=name) for name in ("one", "two", "three"))
    fresh.review(one, Verdict.SUPPORTED, "At first sight.", id="first")
    fresh.review(two, Verdict.REFUTED, "It is wrong.", id="only")
    fresh.review(three, Verdict.SUPPORTED, "So it is.", label="Mostly true")
    fresh.review(one, Verdict.REFUTED, "On a second look.", id="second")
    fresh.retract("only", "The reviewer was not free to judge.")
    found = newest.decisions(fresh.ledger.db, 9)
    assert [(row["claim"], row["verdict"], row["label"]) for row in found] == [
        ("one", "refuted", None),
        ("three", "supported", "Mostly true"),
    ]


def test_contested_is_what_sources_dispute_and_nobody_settled(fresh: Book) -> None:
    """A contradicted claim leaves the list once it is decided, and one of conflicting evidence stays on it."""
    claims = {name: fresh.claim(f"The {name} quay was shut", id=name) for name in ("open", "settled", "conflicting")}
    for name, claim in claims.items():
        fresh.evidence(claim, fresh.source(f"Log of {name}", id=f"log-{name}"), basis=Basis.DOCUMENT)
        fresh.evidence(claim, fresh.source(f"Film of {name}", id=f"film-{name}"), stance=Stance.CONTRADICTS)
    checks.check(fresh)
    fresh.review(claims["settled"], Verdict.REFUTED, "The film is clear.")
    fresh.review(claims["conflicting"], Verdict.CONFLICTING, "Both are good.")
    assert {row["id"] for row in newest.contested(fresh.ledger.db, 9)} == {"open", "conflicting"}


def _steps(ask: Callable[[Any], Any], db: Any) -> int:
    """Return how many instructions SQLite's machine takes for an answer, in tens."""
    taken = [0]

    def count() -> int:
        taken[0] += 1
        return 0

    db.set_progress_handler(count, 10)
    try:
        ask(db)
    finally:
        db.set_progress_handler(None, 0)
    return taken[0]


def test_what_the_front_page_lists_costs_no_more_in_a_larger_ledger(fresh: Book) -> None:
    """Decisions, disputes, questions and stories are read off the end of an index, whatever lies before it."""
    lists = {
        "decisions": lambda db: newest.decisions(db, 12),
        "contested": lambda db: newest.contested(db, 5),
        "unanswered": lambda db: newest.unanswered(db, 5),
        "stories": lambda db: newest.stories(db, 12),
    }

    def grown(start: int, end: int) -> dict[str, int]:
        with fresh.together():
            for number in range(start, end):
                claim = fresh.claim(f"Quay {number} was shut", id=f"quay-{number}", story=f"The quays {number % 20:02}")
                fresh.inquiry("Since when?", claim=claim, searched="log", state=InquiryState.NO_ANSWER)
                fresh.review(claim, Verdict.CONFLICTING if number % 3 else Verdict.REFUTED, "So it is.")
        return {name: _steps(ask, fresh.ledger.db) for name, ask in lists.items()}

    small, large = grown(0, 40), grown(40, 240)
    assert all(large[name] <= 1.3 * small[name] + 2 for name in lists), (small, large)


def test_the_page_about_the_ledger_says_who_by_which_rules_and_how_to_verify(reader: Get, story: Path) -> None:
    """Who decides, what a verdict means, the policy's hash and what it asks, the key, the newest checkpoint."""
    page = reader("/-/ledger/about")
    said = told(page.text)
    assert "Ana López (3 decisions)" in said
    assert all(meaning in said for meaning in words.MEANING.values())
    assert "The rules that come with factledger" in said
    assert "A verdict “supported” or “refuted” is to be signed by a second person" in said
    assert "It takes independent sources." in said
    with store.open_ledger(story) as ledger:
        assert str(trust.log_key(ledger)) in said
        size = queries.head(ledger.db).size
    assert f"The newest is of {size} entries" in said
    assert "factledger verify --checkpoint FILE" in said
    for path in ("/", "/ledger/claims/refusal"):
        assert 'href="/-/ledger/about"' in reader(path).text


def test_claims_are_counted_alike_on_each_page(fresh: Book, serving: Serve) -> None:
    """Those that stand, and beside them those that were replaced or retracted; a list that has both says so."""
    for name in ("ferry", "bridge", "pier"):
        fresh.claim(f"The {name} is shut.", id=name)
    get = serving(fresh.ledger.path, Edition.READER)
    assert "struck through" not in told(get("/-/ledger/claims").text)
    fresh.retract("pier", "Nobody said it.")
    get = serving(fresh.ledger.path, Edition.READER)
    assert "2 claims on record" in told(get("/").text)
    assert "2 claims on 0 sources, and 1 claim replaced or retracted" in told(get("/-/ledger/about").text)
    assert "What is struck through was replaced or retracted" in told(get("/-/ledger/claims").text)


def test_every_page_says_where_one_is(reader: Get) -> None:
    """The way that leads to this very page is marked, for eyes and for screen readers."""
    assert reader("/-/ledger/about").text.count('aria-current="page"') == 1
    assert 'aria-current="page"' not in reader("/").text


@pytest.mark.long
def test_a_page_stays_small_however_much_is_recorded(keys: None, tmp_path: Path, serving: Serve) -> None:
    """500 sources, a chain of 60 steps, 300 kB of words: at most 300 kB, and what is left out is counted."""
    book = begin(tmp_path / "much.db")
    with book.together():
        many = book.claim("Everybody says so", id="many")
        for number in range(500):
            source = book.source(f"Paper {number} on the quay", id=f"paper-{number}")
            book.evidence(many, source, anchor=Anchor(f"they all say so, {number} of them"), basis=Basis.TOLD)
        deep = book.claim("It came a long way", id="deep")
        chain = [book.source(f"Report {number}", id=f"report-{number}") for number in range(61)]
        for later, earlier in pairwise(chain):
            book.link(later, Relation.QUOTES, earlier)
        book.evidence(deep, chain[0], anchor=Anchor("It came a long way"))
        wordy = book.claim("word " * 399 + "word", id="wordy")
        for number in range(30):
            book.evidence(wordy, chain[0], anchor=Anchor(f"{number} " + "words " * 1_650), note="note " * 990)
    for claim in (many, deep, wordy):
        book.review(claim, Verdict.SUPPORTED, "reason " * 700)
        book.correct(claim.handle, {"topic": "quays"}, "because " * 600)
    book.ledger.close()
    for edition in Edition:
        get = serving(tmp_path / "much.db", edition)
        for handle in ("many", "deep", "wordy"):
            page = get(f"/ledger/claims/{handle}")
            assert page.status_code == 200
            assert len(page.content) <= 300_000, (edition, handle, len(page.content))
        assert "All 500, as a table" in get("/ledger/claims/many").text
        assert len(get("/").content) <= 100_000
