"""Pages as they were: at a number of entries or a day, at a permanent address, and two versions side by side."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import store, trust, views
from ledger.book import Book
from ledger.store import queries
from ledger.web import versions
from ledger.web.asking import Service
from ledger.web.serve import application

from .conftest import getter, shut, tell
from .test_pages import said

PAGES = ["/", "/ledger/claims/refusal", "/ledger/sources/article", "/-/ledger/timeline", "/-/ledger/galley/article"]


@pytest.fixture(scope="module")
def sizes(story: Path) -> dict[str, int]:
    """How many entries the log of the story had when the refusal was recorded, decided and corrected; and has."""
    with store.open_ledger(story) as ledger:
        events = views.claim_view(ledger.db, "refusal").events
        told = {event.act if event.kind == "claim" else event.kind: event.seq + 1 for event in events}
        return {**told, "now": queries.head(ledger.db).size}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_ours_can_be_seen_as_it_was(get: Any, sizes: dict[str, int], path: str) -> None:
    """By a number, by the address that stays, it is the same page, which says what it is and where today's is."""
    size = sizes["review"]
    asked, permanent = get(f"{path}?as_of={size}"), get(f"{path}@{size}")
    assert asked.status_code == permanent.status_code == 200
    assert asked.text == permanent.text
    assert f"An earlier version as of the first {size} entries of the log" in said(asked)
    assert f'<a href="{path}">Today’s is here</a>' in asked.text
    assert f'href="{path}@{size}"' in asked.text
    assert "An earlier version" not in get(path).text


def test_a_claim_is_what_it_was_then(get: Any, sizes: dict[str, int]) -> None:
    """Before its decision it was open, after it supported; the correction that came later is on neither page."""
    open_, decided, today = (
        said(get(f"/ledger/claims/refusal{version}"))
        for version in (f"@{sizes['recorded']}", f"@{sizes['review']}", "")
    )
    assert "She says so herself." not in open_
    assert "She says so herself." in decided
    assert "Corrected" in today and "Corrected" not in decided + open_


def test_the_front_page_of_then_lists_what_there_was(get: Any, sizes: dict[str, int]) -> None:
    """What came later is not on it."""
    assert "/ledger/claims/analysts" in get("/").text
    assert "/ledger/claims/analysts" not in get(f"/@{sizes['recorded']}").text


def test_a_day_means_its_end(get: Any) -> None:
    """The page of a day has all that was entered on it; other parameters stay, in both its addresses."""
    page = get("/-/ledger/timeline?until=2025-05-02&as_of=2025-05-05")
    assert "until 5 May 2025" in said(page)
    assert '<a href="/-/ledger/timeline?until=2025-05-02">Today’s is here</a>' in page.text


@pytest.mark.parametrize(
    ("point", "status", "says"),
    [
        ("9999", 404, "There is no point 9999: the log has"),
        ("0", 404, "There is no point 0"),
        ("99999999999999999999999999", 404, "There is no point 99999"),
        ("2019-12-31", 404, "The ledger began after 2019-12-31"),
        ("soon", 400, "'soon' is no point in the log"),
        ("-1", 400, "'-1' is no point in the log"),
        ("", 400, "'' is no point in the log"),
        ("2025-02-31", 400, "'2025-02-31' is no point in the log"),
        ("0001-01-01T00:00:00%2B23:00", 400, "is no point in the log"),
        ("30&as_of=31", 400, "two points"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/ledger/claims/refusal", "/ledger/claims/refusal.json", "/-/ledger/timeline"])
def test_what_is_no_point_is_told_in_one_line(get: Any, path: str, point: str, status: int, says: str) -> None:
    """Nothing that is asked for is left out of account with a page of today."""
    answer = get(f"{path}?as_of={point}")
    assert (answer.status_code, answer.text.count("\n")) == (status, 1)
    assert says in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_tables_say_that_they_have_no_versions(get: Any) -> None:
    """Datasette's own pages show what is there today, and would show nothing else under another name."""
    for path in ("/ledger/claims?as_of=50", "/ledger/claims@50", "/ledger/findings.json?as_of=50", "/ledger@50"):
        answer = get(path)
        assert (answer.status_code, "as it is today" in answer.text) == (400, True), path


def test_a_record_that_came_later_was_not_there_then(get: Any, sizes: dict[str, int], capfd: Any) -> None:
    """Its page of an earlier point is not there, in words, and is no fault of the program."""
    answer = get(f"/ledger/claims/call-16-april@{sizes['recorded']}")
    assert answer.status_code == 404
    assert "There was no such record then" in answer.text
    assert get(f"/ledger/claims/nobody@{sizes['now']}").status_code == 404
    assert "Traceback" not in capfd.readouterr().err


def test_the_version_that_a_page_says_to_cite_is_there(get: Any, sizes: dict[str, int]) -> None:
    """The address of this version leads to a page with the same words."""
    page = get("/ledger/claims/refusal")
    cited = f"/ledger/claims/refusal@{sizes['now']}"
    assert f'<a href="{cited}">' in page.text
    body = lambda text: text[text.index("<article>") : text.index("</article>")]  # noqa: E731
    assert body(get(cited).text) == body(page.text)


def test_a_version_as_data(get: Any, sizes: dict[str, int]) -> None:
    """The JSON of a version has its root, which is that of the ledger of then; its addresses are those of then."""
    told = json.loads(get(f"/ledger/claims/refusal@{sizes['review']}.json").text)
    assert (told["version"]["entries"], told["axes"]["workflow"]) == (sizes["review"], "decided")
    linked = get(f"/ledger/claims/refusal.jsonld?as_of={sizes['review']}").text
    assert f"/ledger/claims/refusal@{sizes['review']}#claim" in linked


def test_withheld_words_are_in_no_version(fresh: Book, serving: Callable[[Path], Any]) -> None:
    """What is withheld today is not to be had by asking for yesterday, nor left in a file that was kept for that."""
    tell(fresh)
    size = queries.head(fresh.ledger.db).size
    get = serving(fresh.ledger.path)
    name = "Claudia Sheinbaum"
    before = [get(path).text for path in (f"/@{size}", f"/ledger/claims/refusal@{size}")]
    assert name in before[1]
    trust.withhold(fresh, "sheinbaum", ["name"], "She asked for it.")
    pages = [
        f"/@{size}",
        f"/ledger/claims/refusal@{size}",
        f"/ledger/claims/refusal@{size}.json",
        "/-/ledger/timeline@40",
    ]
    for path in (*pages, f"/-/ledger/versions/refusal?from=40&to={size}"):
        answer = get(path)
        assert answer.status_code == 200, path
        assert name not in answer.text, path
    with store.open_ledger(fresh.ledger.path) as ledger, versions.then(ledger, size, None) as then:
        kept = then.db.execute("PRAGMA database_list").fetchone()[2]
    assert name.encode() not in Path(kept).read_bytes()


def test_whole_ledgers_of_then_are_kept_but_not_for_ever(story: Path) -> None:
    """What was made for one reader is there for the next; the oldest goes when there are too many."""
    with store.open_ledger(story) as ledger:

        def place(size: int) -> str:
            with versions.then(ledger, size, None) as then:
                return str(then.db.execute("PRAGMA database_list").fetchone()[2])

        first = place(20)
        assert place(20) == first
        others = [place(size) for size in range(21, 21 + versions.MOST_FILES)]
        assert len({first, *others}) == versions.MOST_FILES + 1
        assert [Path(one).exists() for one in (first, *others)] == [False] + [True] * versions.MOST_FILES
        assert place(20) != first


def test_one_whole_ledger_of_then_is_made_at_a_time(story: Path, get: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for another meanwhile is told to come back; a claim of then does not wait for it."""
    with versions._shelf._making:
        answer = get("/@33")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, versions.RETRY_AFTER)
        assert "Ask again" in answer.text
        assert get("/ledger/claims/refusal@60").status_code == 200
    assert get("/@33").status_code == 200


def test_a_ledger_too_large_is_not_made_for_a_list(get: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would take minutes is refused in a line; a claim of then costs what it did."""
    monkeypatch.setattr(versions, "MOST_ENTRIES", 40)
    answer = get("/@41")
    assert (answer.status_code, answer.text.count("\n")) == (400, 1)
    assert "at most 40 entries" in answer.text
    assert get("/@40").status_code == get("/ledger/claims/refusal@41").status_code == 200


def test_a_site_of_files_offers_no_versions(story: Path) -> None:
    """Where pages cannot be asked for as they were, none leads there, and whoever asks is told so."""
    datasette = application(story, service=Service(hosts=(), versions=False))
    get = getter(datasette)
    page = get("/ledger/claims/refusal").text
    assert "@" not in "".join(re.findall(r'href="[^"]*"', page)) and "/-/ledger/versions/" not in page
    for path in ("/@50", "/ledger/claims/refusal?as_of=50", "/-/ledger/versions/refusal"):
        assert get(path).status_code == 404
    shut(datasette)


# -- differences -----------------------------------------------------------------


def test_what_differs_between_two_versions_is_drawn(get: Any, sizes: dict[str, int]) -> None:
    """Verdict, decision and words: each as it was and as it is, what is new marked by a word."""
    words = said(get(f"/-/ledger/versions/refusal?from={sizes['recorded']}&to={sizes['now']}"))
    assert "verdict was not decided is supported" in words
    assert "+ new supported, decided by Ana López" in words
    assert "said was undated is 3 May 2025" in words
    assert "Check results" in words


def test_a_chain_that_changed_is_drawn_once_with_what_is_new(get: Any) -> None:
    """Both chains are one drawing, in which a step that came is marked."""
    page = get("/-/ledger/versions/former-president?from=42")
    assert "NEW: against, seen in" in page.text
    assert page.text.count("<svg") == 1


def test_by_default_the_last_change_is_shown(get: Any, sizes: dict[str, int]) -> None:
    """Without a point, today's page is compared with the version before; all versions are listed, newest first."""
    page = get("/-/ledger/versions/refusal")
    assert "which is today’s page" in said(page)
    for name in ("recorded", "review", "corrected"):
        assert f"/ledger/claims/refusal@{sizes[name]}" in page.text or name == "recorded"
    assert "There is one version so far" in said(get("/-/ledger/versions/call-15-april?to=60"))


@pytest.mark.parametrize(("query", "status"), [("from=soon", 400), ("to=9999", 404), ("from=1", 404)])
def test_versions_that_are_not_there(get: Any, query: str, status: int) -> None:
    """What cannot be compared is said in words, with the right status."""
    answer = get(f"/-/ledger/versions/refusal?{query}")
    assert (answer.status_code, "cannot be compared" in answer.text) == (status, True)
