"""Watched sources: what is due, what a visit finds, and what it leaves behind; on a clock that the tests set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest

from ledger import desk, store
from ledger.book import Book, Custody
from ledger.capture import read
from ledger.capture.fetch import Limits, NetworkAccess, probe
from ledger.cli.due import summary
from ledger.desk.pages import FetchedPage
from ledger.desk.watching import WatchOutcome, WatchVisit, drifted, due, visit
from ledger.errors import EnvironmentFault, InputError
from ledger.log import Environment
from ledger.model import Claim, Source, Stance, Verdict
from ledger.policy import Policy, read_policy
from ledger.store import queries
from ledger.store.lock import alone

from ..capture.fetch.conftest import Site
from ..capture.fetch.conftest import network as network
from ..capture.fetch.conftest import site as site

QUICK = Limits(body=100_000, seconds=60, redirects=4, pause=0)
QUOTED = "the old bridge stays open until the spring"
PAGE = f"<title>Bridge</title><p>The council met on Tuesday and said that {QUOTED}. Nobody was against it.</p>"


@attrs.define
class Now:
    """A clock that stands until it is moved."""

    at: datetime = datetime(2031, 5, 4, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def later(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def now() -> Now:
    """The time."""
    return Now()


@pytest.fixture
def watching(book: Book, ledger_path: Path, now: Now) -> Iterator[Book]:
    """The ledger of the tests, on that clock."""
    with store.open_ledger(ledger_path, write=True, environment=Environment(clock=now)) as ledger:
        yield Book(ledger)


def house(folder: Path, rules: str) -> Policy:
    """Read a house's policy with these lines under [watch]."""
    path = folder / "house.toml"
    path.write_text(f"[watch]\n{rules}\n", encoding="utf-8")
    return read_policy(path)


Look = Callable[[], list[WatchVisit]]


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    """Every source that words were quoted from, once a day."""
    return house(tmp_path, 'quoted = "1 day"')


@pytest.fixture
def look(watching: Book, network: NetworkAccess, policy: Policy) -> Look:
    """Visit what is due."""

    def call() -> list[WatchVisit]:
        asked = partial(probe, limits=QUICK, network=network)
        return list(visit(watching, list(due(watching.ledger, policy)), probe=asked, render=no_browser))

    return call


def no_browser(url: str) -> FetchedPage:
    raise EnvironmentFault("No browser here.")


@pytest.fixture
def bridge(watching: Book, site: Site) -> Source:
    """A page of the site, archived, and a claim that quotes from it."""
    site.page("/bridge", PAGE)
    source = watching.source("Bridge stays", id="post", url=site.url("/bridge"))
    desk.capture(watching, source, read(PAGE.encode(), name="a.html", where="a"), Custody(url=source.url))
    claim = watching.claim("The bridge stays open until the spring.", id="open")
    text = desk.text_of(watching.ledger, source)
    assert text is not None
    watching.evidence(claim, source, stance=Stance.SUPPORTS, anchor=desk.anchor(QUOTED, text))
    return source


def size(book: Book) -> int:
    return len(list(queries.rows(book.ledger.db, "captures"))) + len(list(queries.rows(book.ledger.db, "inquiries")))


def test_without_rules_nothing_is_due(bridge: Source, watching: Book, now: Now) -> None:
    """As shipped, no source is watched."""
    now.later(days=4000)
    assert list(due(watching.ledger, read_policy())) == []


def test_a_copy_is_due_when_its_time_is_over(bridge: Source, watching: Book, policy: Policy, now: Now) -> None:
    """A little early counts: what runs each day at about the same time looks each day."""
    assert list(due(watching.ledger, policy)) == []
    now.later(hours=22)
    assert list(due(watching.ledger, policy)) == []
    now.later(hours=1, minutes=59)
    assert [one.source.handle for one in due(watching.ledger, policy)] == ["post"]


def test_an_own_rule_goes_before_that_of_the_publisher(
    bridge: Source, watching: Book, now: Now, tmp_path: Path
) -> None:
    """And that before the one for all that is quoted; a source that nobody quotes needs a rule of its own."""
    board = watching.agent("Harbour Board", id="board")
    watching.source("Tide table", id="tide", url="http://harbour.example/tide", publisher=board)
    watching.source("Notice", id="notice", url="http://harbour.example/notice", publisher=board)
    watching.source("Not quoted", id="other", url="http://harbour.example/other")
    rules = 'quoted = "2 weeks"\nboard = "1 week"\ntide = "never"'
    now.later(days=10)
    assert [one.source.handle for one in due(watching.ledger, house(tmp_path, rules))] == ["notice"]
    now.later(days=10)
    assert {one.source.handle for one in due(watching.ledger, house(tmp_path, rules))} == {"notice", "post"}


@pytest.mark.parametrize("said", ['"daily"', "1", '"0 days"', '"1 month"', '"-1 day"', '"1.5 days"', "true"])
def test_a_rule_that_is_none_is_one_line(said: str, tmp_path: Path) -> None:
    """The line names the setting, and how it is written."""
    with pytest.raises(InputError, match=r"\[watch\] quoted.*6 hours"):
        house(tmp_path, f"quoted = {said}")


def test_a_name_that_nobody_has_is_one_line(bridge: Source, watching: Book, tmp_path: Path) -> None:
    """A slip in a policy does not leave a source unwatched in silence."""
    with pytest.raises(InputError, match="Did you mean post"):
        list(due(watching.ledger, house(tmp_path, 'pots = "1 day"')))


def test_the_same_words_are_a_visit_and_no_copy(
    bridge: Source, watching: Book, look: Look, now: Now, site: Site
) -> None:
    """Whether the bytes are the same or not; until its time is over again nothing is visited or recorded."""
    for page in (PAGE, PAGE + "<!-- 4711 -->"):
        site.page("/bridge", page)
        now.later(days=1)
        (found,) = look()
        assert (found.outcome, found.taken) == (WatchOutcome.UNCHANGED, None)
        before, asked = size(watching), len(site.asked)
        assert look() == [] and (size(watching), len(site.asked)) == (before, asked)
    assert len(queries.rows(watching.ledger.db, "captures")) == 1
    assert len(queries.rows(watching.ledger.db, "inquiries")) == 2


def test_quoted_words_that_are_gone_come_first(
    bridge: Source, watching: Book, look: Look, now: Now, site: Site, policy: Policy
) -> None:
    """The new copy is archived, the record stays as it was, and it is told until somebody decides the claim again."""
    watching.source("Tide table", id="tide", url=site.url("/tide"))
    now.later(days=1)
    site.page("/bridge", PAGE.replace("until the spring", "for one more week"))
    found = look()
    assert [one.outcome for one in found] == [WatchOutcome.DRIFTED]
    told = list(summary(found))
    assert told[0].startswith("Drifted   post: 1 of 1 quotation cannot be found again for sure. Copy: ")
    assert QUOTED in told[1] and "now: “the old bridge stays open for one more" in told[1]
    assert "does not say who changed them" in told[-1]
    (row,) = queries.rows(watching.ledger.db, "evidence")
    assert row["quote"] == QUOTED
    assert [(source.handle, one.claim) for source, one in drifted(watching.ledger, policy)] == [("post", "open")]
    now.later(hours=1)
    claim = queries.by_handle(watching.ledger.db, "open")
    assert claim is not None and isinstance(claim.record, Claim)
    watching.review(claim.record, Verdict.NOT_ENOUGH_EVIDENCE, "The page says something else now.")
    assert list(drifted(watching.ledger, policy)) == []


def test_words_that_changed_elsewhere_are_told_after(bridge: Source, look: Look, now: Now, site: Site) -> None:
    """All that was quoted stands."""
    now.later(days=1)
    site.page("/bridge", PAGE.replace("Nobody was", "Two were"))
    (found,) = look()
    assert found.outcome is WatchOutcome.CHANGED and found.taken is not None
    assert "and what was quoted stands (1 quotation)" in next(summary([found]))


@pytest.mark.parametrize(
    ("page", "status", "outcome"),
    [
        ("gone", "404 Not Found", WatchOutcome.GONE),
        ("<h1>Page not found</h1>", "200 OK", WatchOutcome.GONE),
        ("busy", "503 Busy", WatchOutcome.NOT_REACHED),
        ("<p>Please enable cookies.</p>", "200 OK", WatchOutcome.NOT_REACHED),
        ("<script>draw()</script>", "200 OK", WatchOutcome.NOT_REACHED),
    ],
)
def test_what_is_no_page_is_no_copy(
    page: str, status: str, outcome: WatchOutcome, bridge: Source, watching: Book, look: Look, now: Now, site: Site
) -> None:
    """The visit is recorded with the reason, and what was quoted does not count as lost."""
    now.later(days=1)
    site.page("/bridge", page, status)
    (found,) = look()
    assert (found.outcome, found.taken) == (outcome, None) and found.why
    assert len(queries.rows(watching.ledger.db, "captures")) == 1
    assert len(queries.rows(watching.ledger.db, "inquiries")) == 1


def test_what_this_machine_lacks_says_nothing_of_the_page(bridge: Source, watching: Book, look: Look, now: Now) -> None:
    """A page whose copy a browser drew needs one again: without it nothing is recorded, and the page stays due."""
    how = Custody(url=bridge.url, how="rendered by Chrome/1, which ran its scripts")
    desk.capture(watching, bridge, read(PAGE.replace("Nobody", "No one").encode(), name="a.html", where="a"), how)
    now.later(days=1)
    before = size(watching)
    (found,) = look()
    assert (found.outcome, found.why) == (WatchOutcome.NOT_REACHED, "No browser here.")
    assert size(watching) == before and len(look()) == 1


def test_each_visit_is_recorded_before_the_next(
    bridge: Source, watching: Book, network: NetworkAccess, policy: Policy, now: Now, site: Site
) -> None:
    """Whoever is stopped in the middle goes on with what is left."""
    other = watching.source("Tide table", id="tide", url=site.url("/tide"))
    site.page("/tide", PAGE)
    text = read(PAGE.encode(), name="a.html", where="a")
    desk.capture(watching, other, text, Custody(url=other.url))
    claim = watching.claim("It stays open.", id="stays")
    watching.evidence(claim, other, anchor=desk.anchor(QUOTED, desk.text_of(watching.ledger, other)))  # type: ignore[arg-type]
    now.later(days=1)
    waiting = list(due(watching.ledger, policy))
    assert len(waiting) == 2
    visits = visit(watching, waiting, probe=partial(probe, limits=QUICK, network=network), render=no_browser)
    next(visits)
    visits.close()  # type: ignore[attr-defined]
    assert [one.source for one in due(watching.ledger, policy)] == [waiting[1].source]


def test_two_never_run_at_once(ledger_path: Path) -> None:
    """The second says so and ends; once the first is done, it may."""
    with alone(ledger_path, "due"), pytest.raises(EnvironmentFault, match="at this already"), alone(ledger_path, "due"):
        raise AssertionError
    with alone(ledger_path, "due"):
        pass


# -- the commands ----------------------------------------------------------------


@pytest.fixture
def post(factledger: Any, tmp_path: Path) -> Any:
    """A ledger with a source at an address where nothing may be fetched, and a policy that watches it."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("source", "Router page", "--id", "post", "--url", "http://192.168.0.1/status")
    return factledger


def rules(tmp_path: Path, words: str) -> None:
    (tmp_path / "ledger.policy.toml").write_text(f"[watch]\n{words}\n", encoding="utf-8")


def test_nothing_due_says_nothing(post: Any) -> None:
    """A timer that finds nothing to do sends no mail."""
    told = post("capture", "--due")
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def test_what_could_not_be_reached_is_another_exit_code(post: Any, tmp_path: Path) -> None:
    """The summary has the reason; the second run has nothing to do."""
    rules(tmp_path, 'post = "1 day"')
    assert "1 watched source to look at again: factledger capture --due" in post("todo").stdout
    told = post("capture", "--due")
    assert told.returncode == 5 and told.stdout.startswith("Unknown   post: ") and "public" in told.stdout
    assert "1 source visited: 1 unknown." in told.stdout
    again = post("capture", "--due")
    assert (again.returncode, again.stdout) == (0, "")
    assert "capture --due" not in post("todo").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--due", "post"), "no SOURCE"),
        (("--due", "--fetch"), "--fetch"),
        (("--due", "--note", "x"), "from the policy"),
        ((), "Missing argument 'SOURCE'"),
        (("post",), "Missing argument 'FILE'"),
        (("post", "page.html", "--render"), "does not begin with https://"),
    ],
)
def test_slips_are_one_line(post: Any, arguments: tuple[str, ...], words: str) -> None:
    """Nothing is visited or recorded."""
    told = post("capture", *arguments)
    assert told.returncode in (2, 5) and len(told.stderr.strip().splitlines()) == 1
    assert words in told.stderr or "Chromium" in told.stderr


def test_a_name_in_the_policy_that_nobody_has(post: Any, tmp_path: Path) -> None:
    """Both commands say so."""
    rules(tmp_path, 'psot = "1 day"')
    for command in (("capture", "--due"), ("todo",)):
        told = post(*command)
        assert told.returncode == 2 and "Did you mean post?" in told.stderr


def test_rendering_without_a_browser_is_one_line(post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install."""
    monkeypatch.setattr("ledger.capture.chromium.NAMES", ("no-such-browser",))
    monkeypatch.setattr("ledger.capture.chromium.ELSEWHERE", ())
    told = post("capture", "post", "https://post.example/", "--render")
    assert told.returncode == 5 and "takes Chromium, and none is installed" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
