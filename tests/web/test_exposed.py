"""What a served ledger answers to strangers: under which names, by which methods, with which headers, and what not."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from sqlite_utils import Database

from ledger import trust
from ledger.book import Book
from ledger.errors import InputError
from ledger.web.asking import Service
from ledger.web.serve import Site, application, read_report, read_site

from .conftest import getter, shut

Get = Callable[..., Any]

PAGES = ["/", "/ledger", "/ledger/claims", "/ledger/claims/troop-offer", "/ledger/sources/article", "/ledger/attention"]
OTHERS = [
    "/ledger/claims.json",
    "/ledger/claims.csv",
    "/ledger/claims/troop-offer.json",
    "/-/ledger/timeline",
    "/-/ledger/checkpoints",
    "/-/ledger/checkpoint",
    "/-/ledger/proof/troop-offer.json",
    "/-/static/app.css",
    "/-/static-plugins/factledger/ledger.css",
]
MISSING = ["/nothing", "/ledger/nothing", "/ledger/claims/none", "/ledger/claims/none.json", "/-/ledger/nothing"]
ABOUT = ["databases", "settings", "config", "versions", "plugins", "metadata", "threads", "actor", "permissions"]


@pytest.fixture
def plainly() -> Iterator[Callable[..., Get]]:
    """Return a function that opens files in plain Datasette, as `datasette FILE ...` does."""
    opened: list[Any] = []

    def plain(*files: Path, **how: Any) -> Get:
        opened.append(Datasette([str(file) for file in files], **how))
        return getter(opened[-1])

    yield plain
    for datasette in opened:
        shut(datasette)


@pytest.fixture
def asked(get: Get, served: Any) -> Callable[..., Any]:
    """Return a function that asks the served story with any method and headers."""

    def ask(method: str, path: str, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(served.client.request(method, path, headers=named))

    return ask


@pytest.fixture(scope="module")
def named(story: Path) -> Iterator[Get]:
    """The story, served under a name."""
    datasette = application(story, service=Service(hosts=("facts.example.org",)))
    yield getter(datasette)
    shut(datasette)


def test_what_is_for_readers_is_there(get: Get) -> None:
    """None of the refusals below stands in the way of a page."""
    for path in (*PAGES, *OTHERS):
        assert get(path).status_code == 200, path


def test_every_answer_is_fenced(get: Get) -> None:
    """Pages, tables, JSON, CSV, files, and what is not there: none may be framed or sniffed, none tells where from."""
    for path in (*PAGES, *OTHERS, *MISSING, "/-/settings", "/ledger/claims.xyz", "/ledger.json?sql=nonsense"):
        headers = get(path).headers
        assert "frame-ancestors 'none'" in headers.get("content-security-policy", ""), path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "no-referrer", path


def test_nothing_tells_of_the_machine(get: Get, story: Path) -> None:
    """No list of databases, settings, versions or plugins; and the folder of the file is on no page."""
    for name in ABOUT:
        for path in (f"/-/{name}", f"/-/{name}.json"):
            answer = get(path)
            assert answer.status_code == 404, path
    asked = ["/ledger.json?sql=select+file+from+pragma_database_list", "/ledger/claims?_where=nowhere"]
    for path in (*PAGES, *OTHERS, *MISSING, *asked):
        assert str(story.parent) not in _followed(get, path, {}).text, path


@pytest.mark.parametrize("path", [*PAGES, *OTHERS, "/-/settings", "/nothing"])
def test_only_reading_is_answered(asked: Callable[..., Any], path: str) -> None:
    """Whatever would change something is refused in one line that says what is allowed, and is no error of ours."""
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
        answer = asked(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD"), method
        assert "nosniff" in answer.headers["x-content-type-options"]
    assert asked("OPTIONS", path).status_code == 204


@pytest.mark.parametrize("path", [*PAGES, *OTHERS, *MISSING])
def test_head_is_get_without_its_body(asked: Callable[..., Any], path: str) -> None:
    """Status, kind and state of a page are the same; only the page is left out."""
    whole, head = asked("GET", path), asked("HEAD", path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    for name in ("content-type", "etag", "cache-control", "content-security-policy"):
        assert head.headers.get(name) == whole.headers.get(name), name


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8001", 200),
        ("LOCALHOST.", 200),
        ("127.0.0.1:8001", 200),
        ("[::1]:8001", 200),
        ("192.0.2.7", 200),
        ("facts.example.org", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("facts.example.org.evil.example:8001", 421),
        ("127.0.0.1.evil.example", 421),
        ("evil.example@localhost", 421),
        ("", 421),
    ],
)
def test_only_the_names_that_are_served_are_answered(named: Get, host: str, status: int) -> None:
    """A page elsewhere that points its own name at this machine reads nothing (DNS rebinding)."""
    for path in ("/", "/ledger/claims.json", "/-/static/app.css", "/nothing"):
        answer = named(path, headers={"host": host})
        assert answer.status_code == (404 if status == 200 and path == "/nothing" else status), path
        assert status == 200 or "troop" not in answer.text


def test_a_working_ledger_in_plain_datasette_is_as_careful(
    story: Path, fresh: Book, tmp_path: Path, plainly: Callable[..., Get]
) -> None:
    """There too it answers to this machine and bare addresses, until its names are given as a setting."""
    named = {"plugins": {"factledger": {"hosts": ["facts.example.org"]}}}
    for how, status in (({}, 421), ({"metadata": named}, 200)):
        get = plainly(story, **how)
        assert get("/").status_code == 200
        assert get("/", headers={"host": "evil.example"}).status_code == 421
        assert get("/", headers={"host": "facts.example.org"}).status_code == status


def test_a_published_copy_answers_to_any_name(fresh: Book, tmp_path: Path, plainly: Callable[..., Get]) -> None:
    """It is for whoever has it, wherever plain Datasette shows it; under own names only if they are given."""
    copy = tmp_path / "copy.db"
    fresh.claim("The bridge is closed", id="bridge")
    trust.publish(fresh.ledger, copy)
    elsewhere = {"host": "facts.example.org"}
    assert plainly(copy)("/ledger/claims/bridge", headers=elsewhere).status_code == 200
    named = {"plugins": {"factledger": {"hosts": ["www.example.org"]}}}
    assert plainly(copy, metadata=named)("/", headers=elsewhere).status_code == 421


def test_a_page_is_sent_again_only_when_the_ledger_changed(fresh: Book, serving: Callable[[Path], Get]) -> None:
    """Each page names the state of the log that it is of; whoever has it is told so, until something is entered."""
    fresh.claim("The bridge is closed", id="bridge")
    get = serving(fresh.ledger.path)
    for path in ("/", "/ledger/claims", "/ledger/claims.json", "/ledger/claims/bridge", "/-/ledger/timeline"):
        first = get(path)
        tag = first.headers["etag"]
        assert "no-cache" in first.headers["cache-control"]
        again = get(path, headers={"if-none-match": f'"other", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["x-content-type-options"] == "nosniff"
        assert get(path, headers={"if-none-match": '"other"'}).status_code == 200
    page = get("/ledger/claims/bridge")
    fresh.correct("bridge", {"text": "The bridge was closed"}, "Opened again in May.")
    later = get("/ledger/claims/bridge", headers={"if-none-match": page.headers["etag"]})
    assert later.status_code == 200 and "The bridge was closed" in later.text


def test_what_is_not_for_everybody_is_kept_by_nobody(get: Get) -> None:
    """An answer to somebody who says who they are, and one that is an error, has no name to be kept under."""
    for path, headers in (("/", {"cookie": "a=b"}), ("/", {"authorization": "Bearer x"}), ("/ledger/claims/none", {})):
        answer = get(path, headers=headers)
        assert "etag" not in answer.headers
        assert "no-store" in answer.headers["cache-control"]


def test_a_format_that_is_not_there_is_said_to_be_missing(get: Get) -> None:
    """No page of HTML comes as what it is not."""
    for path in ("/ledger.xyz", "/ledger/claims.atom", "/ledger/claims/troop-offer.xyz", "/ledger/claims/a.b.xyz"):
        answer = get(path)
        assert answer.status_code == 404 and answer.headers["content-type"].startswith("text/plain"), path
        assert "There are: " in answer.text


def test_no_way_leads_out_of_the_folders(get: Get) -> None:
    """Dots, encoded or not, and absolute paths find no file but those that are served."""
    for below in ("../../app.py", "..%2f..%2fapp.py", "%2e%2e/%2e%2e/app.py", "/etc/passwd", "....//app.py"):
        for start in ("/-/static/", "/-/static-plugins/factledger/", "/ledger/", "/"):
            answer = get(start + below)
            assert answer.status_code in (302, 404), start + below
            assert "root:" not in answer.text and "import " not in answer.text
    assert get("/ledger.db").status_code == 403


def test_readers_elsewhere_ask_no_sql_unless_it_is_opened(story: Path, plainly: Callable[..., Get]) -> None:
    """A query of one's own, and a condition in SQL, are for one's own machine; the questions of the ledger for all."""
    condition = "/ledger/claims.json?_where=1=1&_nosuggest=1"  # each facet tried would be one more process
    own = ["/ledger.json?sql=select+1", "/ledger/-/query.json?sql=select+1", condition]
    elsewhere = {"host": "192.0.2.7"}
    passed_on = {"x-forwarded-for": "192.0.2.7"}
    opened = {"plugins": {"factledger": {"sql": True}}}
    shut_to_all = {"plugins": {"factledger": {"sql": False}}}
    for how, headers, allowed in (
        ({}, {}, True),
        ({}, elsewhere, False),
        ({}, passed_on, False),
        ({"metadata": opened}, elsewhere, True),
        ({"metadata": shut_to_all}, {}, False),
    ):
        get = plainly(story, **how)
        answers = [_followed(get, path, headers) for path in own]
        assert (answers[0].status_code == 200) is allowed, (how, headers)
        assert (answers[1].status_code == 200) is (allowed and answers[1].status_code != 400)
        assert (answers[2].status_code == 200) is allowed, (how, headers)
        assert get("/ledger/unanswered", headers=headers).status_code == 200
        assert ("<textarea" in get("/ledger", headers=headers).text) is allowed


def _followed(get: Get, path: str, headers: dict[str, str]) -> Any:
    """Return the answer to a query at the address to which Datasette 1.0 moved it."""
    answer = get(path, headers=headers)
    return get(answer.headers["location"], headers=headers) if answer.status_code == 302 else answer


def test_sql_is_answered_as_datasette_answers_it(get: Get) -> None:
    """What comes from another process has its types, names, parameters and limits; mistakes are told."""
    found = _sql(get, "select 1 as n, 2.5 as f, 'ä' as t, null as e, x'00ff' as b, :p as p", p="given")
    assert found["rows"] == [
        {"n": 1, "f": 2.5, "t": "ä", "e": None, "b": {"$base64": True, "encoded": "AP8="}, "p": "given"}
    ]
    many = _sql(get, "with recursive c(x) as (select 1 union all select x + 1 from c limit 5000) select x from c")
    assert len(many["rows"]) == 1000 and many["truncated"] is True
    twice = _sql(get, 'select 1 as "a ""b", 2 as "a ""b2"')
    assert twice["rows"] == [{'a "b': 1, 'a "b2': 2}]
    assert "memory" in _sql(get, BOMBS[0])["error"]
    assert "no such column" in _sql(get, "select nowhere from claims")["error"]
    assert len(_sql(get, "select id from claims where id like 'troop%' ;  ")["rows"]) == 2
    assert "troop-offer" in _followed(get, "/ledger?sql=select+id+from+claims", {}).text


def _sql(get: Get, sql: str, **params: str) -> Any:
    from urllib.parse import urlencode

    answer = _followed(get, "/ledger.json?" + urlencode({"sql": sql, "_shape": "objects", **params}), {})
    return json.loads(answer.text)


BOMBS = [
    "select hex(randomblob(200000000))",
    "select zeroblob(900000000)",
    "select printf('%.*c', 500000000, 'x')",
    "select group_concat(hex(randomblob(1000000))) from ledger_entry a, ledger_entry b",
    "select hex(randomblob(900000)) from ledger_entry a, ledger_entry b, ledger_entry c",
    "select replace(hex(zeroblob(100000)), '00', hex(zeroblob(10000)))",
    "with recursive c(x) as (select 'x' union all select x || x from c) select length(x) from c limit 40",
    "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c",
    "select json_group_array(hex(randomblob(100000))) from ledger_entry a, ledger_entry b",
    "select count(*) from ledger_entry a, ledger_entry b, ledger_entry c, ledger_entry d, ledger_entry e",
]

SERVER = """
import asyncio, json, resource, sys, time
from pathlib import Path
from ledger.web.serve import Site, application, read_report, read_site
from urllib.parse import urlencode
datasette = application(Path(sys.argv[1]))
peak = lambda who: resource.getrusage(who).ru_maxrss // 1024
async def main():
    for path in ("/", "/ledger/claims/troop-offer", "/ledger/claims.json", "/ledger/attention", "/ledger"):
        await datasette.client.get(path)
    await datasette.client.get("/ledger.json?sql=select+1", follow_redirects=True)
    before = peak(resource.RUSAGE_SELF)
    for bomb in json.load(sys.stdin):
        for path in ("/ledger.json?", "/ledger?"):
            began = time.monotonic()
            answer = await datasette.client.get(path + urlencode({"sql": bomb}), follow_redirects=True)
            print(json.dumps([bomb, answer.status_code, round(time.monotonic() - began, 1), len(answer.content)]))
    print(json.dumps([before, peak(resource.RUSAGE_SELF), peak(resource.RUSAGE_CHILDREN)]), flush=True)
asyncio.run(main())
import os
os._exit(0)
"""


@pytest.mark.long
def test_no_query_takes_more_than_it_is_given(story: Path, run_python: Callable[..., str]) -> None:
    """Each of these takes gigabytes or hours where nothing stops it; here seconds, and few megabytes."""
    lines = [json.loads(line) for line in run_python(SERVER, str(story), text=json.dumps(BOMBS)).splitlines()]
    for bomb, status, seconds, size in lines[:-1]:
        assert status in (200, 400), bomb
        assert seconds < 6, bomb
        assert size < 1_000_000, bomb
    before, after, apart = lines[-1]
    assert after - before < 20
    assert apart < 100


def test_our_front_page_stays_beside_a_plugin_that_has_one(
    story: Path, tmp_path: Path, run_python: Callable[..., str]
) -> None:
    """A plugin with an `index.html` of its own shows it where there is no ledger; who serves has the last word."""
    accounts = tmp_path / "accounts.db"
    Database(accounts)["bills"].insert({"id": 1})
    (tmp_path / "plugins" / "templates").mkdir(parents=True)
    plugin = tmp_path / "aaa_greeter"
    (plugin / "templates").mkdir(parents=True)
    (plugin / "templates" / "index.html").write_text("Greetings from elsewhere")
    (plugin / "__init__.py").write_text("")
    own = tmp_path / "own"
    own.mkdir()
    (own / "index.html").write_text("Our house")
    code = textwrap.dedent("""
        import asyncio, importlib, sys
        from datasette.app import Datasette
        from datasette.plugins import pm
        sys.path.insert(0, sys.argv[1])
        pm.register(importlib.import_module("aaa_greeter"), "aaa_greeter")
        import ledger.web
        pm.unregister(ledger.web), pm.register(ledger.web, "factledger")
        for name in ("aaa_greeter", "factledger"):  # whoever was registered last comes first
            module = pm.unregister(name=name)
            pm.register(module, name)
            for files, folder in ((sys.argv[2], None), (sys.argv[3], None), (sys.argv[2], sys.argv[4])):
                datasette = Datasette([files], template_dir=folder)
                text = asyncio.run(datasette.client.get("/")).text
                print("ledger" if "needs attention" in text else text.strip())
        import os
        sys.stdout.flush()
        os._exit(0)
    """)
    said = run_python(code, str(tmp_path), str(story), str(accounts), str(own)).splitlines()
    assert said == ["ledger", "Greetings from elsewhere", "Our house"] * 2


@pytest.mark.long
def test_plain_datasette_serves_a_file_of_any_name(
    story: Path, tmp_path: Path, run_datasette: Any, plainly: Callable[..., Get]
) -> None:
    """`datasette 'desk #1.db'` has the pages that `factledger serve` has; signs in the name mean nothing."""
    page = "/ledger/claims/troop-offer"
    for name in ("desk #1.db", "what?.db", "100%41.db", "ledger.db", "Ünïcode ledger.sqlite"):
        path = tmp_path / name
        shutil.copy(story, path)
        assert "In short" in plainly(path)(page).text, name
    assert "In short" in run_datasette(page, tmp_path / "desk #1.db")


def test_what_stands_beside_the_ledger_stays_as_it_was(
    story: Path, tmp_path: Path, plainly: Callable[..., Get]
) -> None:
    """Another database keeps its methods, formats, SQL and names, and Datasette its own pages."""
    accounts = tmp_path / "accounts.db"
    Database(accounts)["claims"].insert({"id": "a"}, pk="id")
    get = plainly(story, accounts)
    assert get("/accounts/claims/a").status_code == 200
    answer = get("/accounts/claims.json", headers={"host": "anything.example"})
    assert answer.status_code == 200 and "etag" not in answer.headers
    assert _followed(get, "/accounts.json?sql=select+1", {"host": "192.0.2.7"}).status_code == 200
    assert get("/-/plugins.json").status_code == 200
    assert get("/ledger/claims", headers={"host": "anything.example"}).status_code == 421
    assert _followed(get, "/ledger.json?sql=select+1", {"host": "192.0.2.7"}).status_code == 403


def test_behind_a_server_every_link_leads_back_through_it(story: Path) -> None:
    """With a path and a name of its own, whether the server between takes the path off or leaves it on."""
    site = read_site("https://facts.example.org/desk")
    settings = {"base_url": site.path, "force_https_urls": site.https}
    datasette = application(story, settings=settings, service=Service(hosts=("facts.example.org",), sql=False))
    asgi = datasette.app()

    async def ask(path: str) -> tuple[int, dict[str, str], str]:
        scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"_size=2"}
        named = {"scheme": "http", "server": ("127.0.0.1", 8001), "headers": [(b"host", b"facts.example.org")]}
        told: list[Any] = []

        async def send(message: Any) -> None:
            told.append(message)

        await asgi({**scope, **named}, None, send)
        headers = {name.decode().lower(): value.decode() for name, value in told[0]["headers"]}
        return told[0]["status"], headers, b"".join(part.get("body", b"") for part in told[1:]).decode()

    try:
        for start in ("/desk", ""):
            for path in ("/", "/ledger", "/ledger/claims", "/ledger/claims/troop-offer"):
                status, _, text = asyncio.run(ask(start + path))
                assert status == 200, start + path
                links = re.findall(r'(?:href|src|action)="([^"#?]+)', text)
                own = [link for link in links if not re.match(r"https://(datasette.io|news.example.org)", link)]
                inside = ("/desk/", "https://facts.example.org/desk/")
                assert own and [link for link in own if not link.startswith(inside)] == []
                assert "/desk/desk" not in text
            assert asyncio.run(ask(start + "/-/settings"))[0] == 404
            status, headers, _ = asyncio.run(ask(start + "/ledger/claims/"))
            assert (status, headers["location"].partition("?")[0]) == (302, "/desk/ledger/claims")
    finally:
        shut(datasette)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/", Site(None, "/")),
        ("/desk", Site(None, "/desk/")),
        ("https://facts.example.org", Site("facts.example.org", "/", True)),
        ("http://Facts.example.org:8080/a/b/", Site("facts.example.org", "/a/b/")),
    ],
)
def test_an_address_of_a_site_is_read(written: str, meant: Site) -> None:
    """Whole, or only its path."""
    assert read_site(written) == meant


@pytest.mark.parametrize(
    "written", ["facts.example.org", "ftp://a.example/", "//a.example/", "/a?b", "http:///a", "desk", ""]
)
def test_what_is_no_address_of_a_site_is_said(written: str) -> None:
    """One line that says what to write."""
    with pytest.raises(InputError, match="is no address of a site"):
        read_site(written)


def test_where_to_report_is_a_page_or_mail() -> None:
    """An address for mail becomes a link; anything that a browser would run is refused."""
    assert read_report("desk@example.org") == "mailto:desk@example.org"
    assert read_report("https://facts.example.org/contact") == "https://facts.example.org/contact"
    for wrong in ("javascript:alert(1)", "nowhere", "data:text/html,x"):
        with pytest.raises(InputError, match="neither a page nor an address"):
            read_report(wrong)


def test_title_and_report_are_on_the_pages(story: Path) -> None:
    """What the house calls its ledger heads every page of ours; an error is reported where it says."""
    service = Service(hosts=(), title="What we checked <b>", report="mailto:desk@example.org")
    datasette = application(story, service=service)
    try:
        get = getter(datasette)
        for path in ("/", "/ledger/claims/troop-offer", "/-/ledger/timeline", "/-/ledger/checkpoints"):
            assert "What we checked &lt;b&gt;" in get(path).text, path
        assert 'href="mailto:desk@example.org"' in get("/ledger/claims/troop-offer").text
    finally:
        shut(datasette)


def test_an_address_that_is_too_long_is_refused(get: Get) -> None:
    """A query of thousands of signs is not even read."""
    assert get("/ledger.json?sql=select+" + "1," * 5000 + "1").status_code == 414
