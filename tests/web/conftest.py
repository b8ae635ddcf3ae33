"""A small ledger with one of everything that a page can show, served in-process."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest

from ledger import book as books
from ledger import checks, trust
from ledger.book import Book, Custody
from ledger.capture import PLAIN, Extraction
from ledger.log import Environment
from ledger.model import (
    Agent,
    AgentKind,
    Anchor,
    Basis,
    InquiryState,
    Relation,
    SourceKind,
    Stake,
    Stance,
    Verdict,
)
from ledger.web.asking import Service
from ledger.web.edition import Edition
from ledger.web.serve import application

ARTICLE = """The Mexican president has turned down an American offer to send soldiers, she told students on Friday.

"How can we help you fight drug trafficking? I propose that the U.S. Army come in to help you," she quoted him.

"No, President Trump, the territory is sacrosanct," she answered.
"""


def ticking() -> Environment:
    """Return a world whose clock moves a minute at each look and whose randomness repeats."""
    random, now = Random(20250505), [datetime(2025, 5, 5, 9, 0, tzinfo=UTC)]

    def clock() -> datetime:
        now[0] += timedelta(minutes=1)
        return now[0]

    return Environment(clock, random.randbytes)


def begin(path: Path) -> Book:
    return books.start(path, origin="desk.example.org", person="Ana López", environment=ticking())


def tell(book: Book) -> None:
    """Enter the story: a rejected offer of troops, as one article tells it."""
    with book.together():
        organisation = AgentKind.ORGANISATION
        trump, sheinbaum = book.agent("Donald Trump", id="trump"), book.agent("Claudia Sheinbaum", id="sheinbaum")
        paper = book.agent("The Border Paper", id="paper", kind=organisation)
        journal = book.agent("The Wall Street Journal", id="wsj", kind=organisation)
        reuters = book.agent("Reuters", id="reuters", kind=organisation)
        council = book.agent("U.S. National Security Council", id="nsc", kind=organisation)
        house = book.agent("The White House", id="white-house", kind=organisation)
        gazette = book.agent("Gulf Gazette", id="gazette", kind=organisation)
        herald = book.agent("Pacific Herald", id="herald", kind=organisation)
        second = book.agent("Ben Okafor", id="ben")

        article = book.source(
            "Mexican president rejects offer of U.S. troops",
            id="article",
            kind=SourceKind.ARTICLE,
            publisher=paper,
            language="en",
        )
        report = book.source(
            "Trump pressed Mexico to let the U.S. military in",
            id="wsj-report",
            kind=SourceKind.ARTICLE,
            publisher=journal,
            published="2025-05-02",
            language="en",
            url="https://news.example.org/2025/05/02/pressed?a=1&b=2",
        )
        speech = book.source(
            "Speech at a university near Mexico City",
            id="speech",
            kind=SourceKind.SPEECH,
            author=sheinbaum,
            published="2025-05-03~",
            language="es",
        )
        wire = book.source(
            "White House council: Mexico must do more", id="wire", kind=SourceKind.WIRE_REPORT, publisher=reuters
        )
        statement = book.source(
            "Statement in answer to Reuters", id="statement", kind=SourceKind.STATEMENT, author=council, language="en"
        )
        reprint = book.source(
            "Mexico told to do more against gangs", id="gazette-story", kind=SourceKind.ARTICLE, publisher=gazette
        )
        other = book.source(
            "Washington asks more of Mexico", id="herald-story", kind=SourceKind.ARTICLE, publisher=herald
        )
        book.link(other, Relation.BASED_ON, wire, id="herald-wire")
        book.link(article, Relation.QUOTES, speech, id="article-speech")
        book.link(article, Relation.CITES, report, id="article-report")
        book.link(article, Relation.CITES, wire, id="article-wire")
        book.link(reprint, Relation.REPRINTS, wire, id="gazette-wire", note="The same five paragraphs.")
        book.link(wire, Relation.QUOTES, statement, id="wire-statement")
        book.link(speech, Relation.REPLIES_TO, report, id="speech-report")

        data = ARTICLE.encode()
        reading = Extraction(data, ARTICLE, "text/plain", PLAIN, "article.txt")
        book.capture(article, reading, Custody(taken_from="the paper's web site"))

        def words(exact: str, before: str = "", after: str = "", language: str = "en") -> Anchor:
            start = ARTICLE.find(exact)
            placed = {"start": start, "end": start + len(exact), "text": reading.text_sha256} if start >= 0 else {}
            return Anchor(exact, prefix=before, suffix=after, language=language, **placed)  # type: ignore[arg-type]

        offer = book.claim(
            "Trump proposed sending the U.S. Army into Mexico to fight the cartels",
            id="troop-offer",
            claimant=trump,
            topic="U.S. troops",
            occurred="2025-04/2025-05",
        )
        said = book.claim(
            "Sheinbaum said that Trump proposed sending the U.S. Army into Mexico",
            id="troop-offer-said",
            claimant=sheinbaum,
            said="2025-05-03~",
            topic="U.S. troops",
            reports=offer,
        )
        book.evidence(
            offer,
            speech,
            id="offer-speech",
            seen_in=article,
            anchor=words(
                "I propose that the U.S. Army come in to help you", "fight drug trafficking? ", '," she quoted him'
            ),
            speaker=sheinbaum,
            quoting=trump,
            basis=Basis.WITNESS,
            stake=Stake.PARTICIPANT,
            named=True,
        )
        book.evidence(
            said,
            speech,
            id="said-speech",
            seen_in=article,
            anchor=words("I propose that the U.S. Army come in to help you"),
            speaker=sheinbaum,
            quoting=trump,
            basis=Basis.WITNESS,
            stake=Stake.PARTICIPANT,
            original="Propongo que el Ejército de Estados Unidos entre a ayudarles",
            named=True,
        )
        pressure = book.claim(
            "Trump pressed Mexico to accept a larger role of the U.S. military",
            id="pressure",
            claimant=journal,
            topic="U.S. troops",
            said="2025-05-02",
        )
        book.evidence(
            pressure,
            report,
            id="pressure-report",
            seen_in=article,
            named=False,
            unnamed_because="they spoke in confidence",
        )
        book.evidence(
            pressure,
            speech,
            id="pressure-speech",
            seen_in=article,
            speaker=sheinbaum,
            basis=Basis.WITNESS,
            stake=Stake.PARTICIPANT,
        )
        refusal = book.claim(
            "Sheinbaum refused the offer of U.S. troops", id="refusal", claimant=sheinbaum, topic="U.S. troops"
        )
        book.evidence(
            refusal,
            speech,
            id="refusal-speech",
            seen_in=article,
            anchor=words("the territory is sacrosanct", "No, President Trump, ", '," she answered'),
            speaker=sheinbaum,
            basis=Basis.WITNESS,
            stake=Stake.PARTICIPANT,
            named=True,
        )
        more = book.claim(
            "The National Security Council said that Mexico must do more against the cartels",
            id="do-more",
            claimant=council,
            topic="Cartels",
        )
        for source in (reprint, other, wire):
            book.evidence(more, source, id=f"more-{source.handle}", basis=Basis.TOLD, stake=Stake.NONE_KNOWN)
        former = book.claim(
            "Donald Trump was a former president when he made the offer", id="former-president", topic="Offices"
        )
        book.evidence(former, article, id="former-article", anchor=words("an American offer"))
        book.evidence(
            former,
            statement,
            id="former-statement",
            seen_in=wire,
            stance=Stance.CONTRADICTS,
            anchor=Anchor("President Trump has made it crystal clear that Mexico must do more", language="en"),
            speaker=council,
            basis=Basis.DOCUMENT,
            stake=Stake.INTERESTED,
            named=True,
        )
        analysts = book.claim(
            "Some analysts expect the terrorist designation to lead to military action", id="analysts", topic="Cartels"
        )
        book.claim("The call was on 15 April", id="call-15-april", occurred="2025-04-15", topic="Calls")
        new = book.claim("The call was on 16 April", id="call-16-april", occurred="2025-04-16", topic="Calls")
        book.evidence(new, report, id="call-report", seen_in=article)
        book.inquiry(
            "Did the president raise troop deployments with Sheinbaum?",
            id="asked-white-house",
            claim=offer,
            asked=house,
            asked_on="2025-05-03",
            state=InquiryState.NO_ANSWER,
            seen_in=article,
            note="The article does not say who asked.",
        )
        book.inquiry(
            "The text of the report on the designation",
            id="searched-register",
            claim=analysts,
            searched="Federal Register",
            asked_by=second,
            deadline="2025-05-20",
        )
    checks.check(book)
    book.review(said, Verdict.SUPPORTED, "Her words are in the article, and the Spanish is kept.", id="said-review")
    book.second(said, "Read against the archived copy.", id="said-sign-off", reviewer=second)
    book.review(
        former, Verdict.REFUTED, "He was in office; the council answers for him as president.", id="former-review"
    )
    book.review(refusal, Verdict.SUPPORTED, "She says so herself.", id="refusal-review")
    book.correct("refusal", {"said": "2025-05-03"}, "The speech was dated after a reader wrote to us.")
    book.supersede("call-15-april", "call-16-april", "The date was copied wrongly.")
    book.retract("analysts", "It names nobody and cannot be checked as it stands.")
    checks.check(book)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep log keys out of the real folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", str(tmp_path_factory.mktemp("keys")))
        yield


@pytest.fixture(scope="session")
def story(keys: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger with the story, in a file that is not called ledger.db."""
    path = tmp_path_factory.mktemp("story") / "desk #1.db"
    book = begin(path)
    tell(book)
    trust.checkpoint(book.ledger)
    book.ledger.close()
    return path


@pytest.fixture
def fresh(keys: None, tmp_path: Path) -> Iterator[Book]:
    """Return a new ledger to write to."""
    book = begin(tmp_path / "fresh.db")
    yield book
    book.ledger.close()


Get = Callable[..., Any]
Serve = Callable[..., Get]


def getter(datasette: Any) -> Get:
    """Return a function that asks a Datasette in-process, without following redirects."""

    def get(path: str, **options: Any) -> Any:
        return asyncio.run(datasette.client.get(path, **options))

    return get


def shut(datasette: Any) -> None:
    for database in datasette.databases.values():
        database.close()
    datasette.executor.shutdown()


@pytest.fixture(scope="session")
def served(story: Path) -> Iterator[Any]:
    """Return the Datasette that serves the story."""
    datasette = application(story)
    yield datasette
    shut(datasette)


@pytest.fixture(scope="session")
def get(served: Any) -> Get:
    return getter(served)


def _serving(**how: Any) -> Iterator[Serve]:
    opened = []

    def serve(path: Path, edition: Edition | None = None) -> Get:
        service = attrs.evolve(how.get("service", Service(hosts=())), edition=edition)
        opened.append(application(path, **{**how, "service": service}))
        return getter(opened[-1])

    yield serve
    for datasette in opened:
        shut(datasette)


@pytest.fixture
def serving() -> Iterator[Serve]:
    """Return a function that serves another ledger for the length of a test."""
    yield from _serving()


@pytest.fixture
def own() -> Iterator[Serve]:
    """Return a function that serves a ledger to its own machine."""
    yield from _serving(service=Service(hosts=(), texts=True))


def agent(book: Book, name: str) -> Agent:
    return book.find(Agent, name)


@pytest.fixture
def run_python() -> Callable[..., str]:
    """Return a function that runs code in a process of its own and gives what it prints."""

    def run(code: str, *arguments: str, text: str = "") -> str:
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def run_datasette() -> Callable[..., str]:
    """Return a function that gives a page as `datasette FILE ... --get PATH` prints it."""

    def run(path: str, *files: Path) -> str:
        command = [sys.executable, "-m", "datasette", *map(str, files), "--get", path]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        return done.stdout + done.stderr

    return run
