"""How the plugin behaves inside Datasette: with a ledger, without one, and beside other databases."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.plugins import pm
from sqlite_utils import Database

from ledger import web
from ledger.book import Book
from ledger.errors import DamagedLedger
from ledger.web import describe
from ledger.web.serve import application


def opened(*files: Path) -> tuple[Any, Callable[[str], Any]]:
    datasette = Datasette([str(file) for file in files])
    return datasette, lambda path: asyncio.run(datasette.client.get(path))


def closed(datasette: Any) -> None:
    for database in datasette.databases.values():
        database.close()
    datasette.executor.shutdown()


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    """Return somebody's database that has nothing to do with us, with a table called claims."""
    path = tmp_path / "accounts.db"
    db = Database(path)
    db["claims"].insert_all([{"id": "a", "verdict": "supported", "said": "2025-05-02"}], pk="id")
    db["sources"].insert({"id": "s", "title": "Receipt"}, pk="id")
    db.close()
    return path


@pytest.fixture
def bare() -> Iterator[Callable[..., list[str]]]:
    """Return a function that gives pages as Datasette makes them when our plugin is not there."""

    def pages(files: list[Path], paths: list[str]) -> list[str]:
        code = (
            "import asyncio, sys\n"
            "sys._called_from_test = True\n"
            "from datasette.app import Datasette\n"
            "files, paths = eval(sys.argv[1]), eval(sys.argv[2])\n"
            "ds = Datasette(files)\n"
            "print(repr([asyncio.run(ds.client.get(path)).text for path in paths]))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, repr([str(file) for file in files]), repr(paths)],
            capture_output=True,
            text=True,
            check=True,
        )
        return list(eval(done.stdout))

    yield pages


def _steady(page: str) -> str:
    """Return a page without what differs from one asking to the next."""
    return page.split("Queries took")[0]


def test_datasette_finds_the_plugin_with_its_hooks() -> None:
    """The entry point registers the module after it is complete, whoever was imported first."""
    assert any(plugin is web for plugin in pm.get_plugins())
    names = {caller.name for caller in pm.get_hookcallers(web) or []}
    assert {"get_metadata", "canned_queries", "render_cell", "asgi_wrapper", "handle_exception"} <= names
    assert "extra_body_script" not in names and "extra_js_urls" not in names


def test_importing_the_plugin_first_loses_no_hook() -> None:
    """A process that imports our module before Datasette still gets every hook, and Datasette only when needed."""
    code = (
        "import sys, ledger.web.serve as serve\n"
        "assert 'datasette' not in sys.modules and 'uvicorn' not in sys.modules\n"
        "from datasette.plugins import pm\n"
        "import ledger.web\n"
        "assert pm.get_hookcallers(ledger.web)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_a_ledger_datasette_stays_as_it_was(accounts: Path, bare: Callable[..., list[str]]) -> None:
    """Pages, headers and metadata of a Datasette without a ledger are Datasette's own, byte for byte."""
    paths = ["/", "/accounts", "/accounts/claims", "/accounts/claims/a", "/accounts/claims/none", "/-/metadata.json"]
    datasette, get = opened(accounts)
    ours = [get(path) for path in paths]
    closed(datasette)
    for mine, plain in zip(ours, bare([accounts], paths), strict=True):
        assert _steady(mine.text) == _steady(plain)
        assert "content-security-policy" not in mine.headers


def test_somebody_elses_ledger_db_stays_as_it_was(accounts: Path, bare: Callable[..., list[str]]) -> None:
    """A file that is only called ledger.db gets neither pages nor headers of ours."""
    path = accounts.with_name("ledger.db")
    shutil.copy(accounts, path)
    paths = ["/", "/ledger/claims", "/ledger/claims/a", "/ledger/claims/none"]
    datasette, get = opened(path)
    ours = [get(one).text for one in paths]
    closed(datasette)
    assert [_steady(page) for page in ours] == [_steady(page) for page in bare([path], paths)]


def test_beside_a_ledger_other_databases_stay_as_they_were(
    story: Path, accounts: Path, tmp_path: Path, bare: Callable[..., list[str]]
) -> None:
    """With `datasette ledger.db accounts.db` the ledger has its pages and the accounts keep theirs."""
    path = tmp_path / "ledger.db"
    shutil.copy(story, path)
    paths = ["/accounts", "/accounts/claims/a"]
    datasette, get = opened(path, accounts)
    try:
        assert "What needs attention" in get("/").text
        assert 'href="/accounts"' in get("/").text
        assert "In short" in get("/ledger/claims/troop-offer").text
        for mine, plain in zip([get(one) for one in paths], bare([accounts], paths), strict=True):
            assert "content-security-policy" not in mine.headers
            assert "ledger.css" not in mine.text and "tables.css" not in mine.text
            # The menu of every page gets the way to the claims; the rest is as it was.
            assert _content(mine.text) == _content(plain)
    finally:
        closed(datasette)


def _content(page: str) -> str:
    return page.split('<section class="content">')[1].split("</section>")[0]


def test_a_file_of_any_name_is_served_as_ledger(served: Any, get: Any, story: Path) -> None:
    """The name of the file, even with signs that mean something in an address, does not matter."""
    assert story.name == "desk #1.db"
    assert [name for name in served.databases if name != "_internal"] == ["ledger"]
    assert get("/ledger/claims/troop-offer").status_code == 200


def test_nothing_can_be_written(served: Any, story: Path) -> None:
    """Neither a query nor a plugin that asks for a writing connection changes the file."""
    before = story.read_bytes()
    database = served.get_database("ledger")
    with pytest.raises(Exception, match="readonly"):
        asyncio.run(database.execute_write("update claims set verdict = 'refuted'"))
    answer = asyncio.run(
        served.client.get("/ledger.json?sql=update+claims+set+verdict='refuted'", follow_redirects=True)
    )
    assert answer.status_code == 400
    assert story.read_bytes() == before


def test_what_is_entered_later_is_shown(fresh: Book, serving: Any) -> None:
    """A ledger that is being worked on is served as it is now."""
    get = serving(fresh.ledger.path)
    assert get("/ledger/claims/late").status_code == 404
    fresh.claim("It came late", id="late")
    assert "It came late" in get("/ledger/claims/late").text


def test_an_empty_ledger_has_a_front_page(fresh: Book, serving: Any) -> None:
    """A ledger without claims says so calmly."""
    page = serving(fresh.ledger.path)("/")
    assert page.status_code == 200
    assert "No claim has a recorded problem. That says nothing about what was not checked." in page.text


def test_what_is_no_ledger_is_refused_in_words(accounts: Path, tmp_path: Path) -> None:
    """A missing file, and a file of somebody else, are named before anything is served."""
    with pytest.raises(DamagedLedger, match="There is no ledger here"):
        application(tmp_path / "none.db")
    with pytest.raises(DamagedLedger, match="no ledger"):
        application(accounts)


def test_our_pages_allow_no_script_at_all(get: Any) -> None:
    """The policy of our pages knows no script, not even in the page itself."""
    for path in ("/", "/ledger/claims/troop-offer", "/ledger/sources/article", "/ledger/claims/none"):
        policy = get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "unsafe-inline" not in policy


def test_every_page_of_the_ledger_is_fenced(get: Any) -> None:
    """No page of the ledger may be framed, sniffed, or load anything from elsewhere."""
    for path in ("/", "/ledger", "/ledger/claims", "/ledger/claims.json", "/ledger/agents/trump"):
        headers = get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_a_ledger_under_a_path_of_a_site_links_within_it(story: Path) -> None:
    """With a base_url every link of ours begins with it, in the drawing too."""
    datasette = application(story, settings={"base_url": "/desk/"})
    try:
        page = asyncio.run(datasette.client.get("/ledger/claims/troop-offer"))
        assert page.status_code == 200
        assert 'href="/desk/ledger/sources/speech"' in page.text
        assert 'href="/ledger' not in page.text
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        missing = asyncio.run(datasette.client.get("/ledger/claims/none"))
        assert "This ledger holds no claim" in missing.text
    finally:
        closed(datasette)


def test_readers_who_may_not_see_claims_get_datasettes_front_page(story: Path, tmp_path: Path) -> None:
    """Where the ledger is closed to a reader, the front page tells nothing of it."""
    path = tmp_path / "ledger.db"
    shutil.copy(story, path)
    datasette = Datasette([str(path)], metadata={"databases": {"ledger": {"allow": {"id": "ana"}}}})
    try:
        page = asyncio.run(datasette.client.get("/"))
        assert page.status_code == 200
        assert "troop" not in page.text and "needs attention" not in page.text
        assert asyncio.run(datasette.client.get("/ledger/claims/troop-offer")).status_code == 403
    finally:
        closed(datasette)


def test_metadata_is_new_each_time() -> None:
    """Datasette writes into what it is given; what one instance wrote, no other may see."""
    describe.metadata()["databases"]["ledger"]["tables"]["claims"]["title"] = "spoiled"
    assert describe.metadata()["databases"]["ledger"]["tables"]["claims"]["title"] == "Claims"


def test_every_table_that_people_read_is_described(served: Any) -> None:
    """A new table, or view, cannot come without a title, or else hidden."""
    database = served.get_database("ledger")
    tables, views = asyncio.run(database.table_names()), asyncio.run(database.view_names())
    hidden = asyncio.run(database.hidden_table_names())
    assert {*tables, *views} - set(hidden) == set(describe.TABLES)
