"""A merged file as a folder of files: pages over all newsrooms, and below them the site of each."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from ledger import audit, merged
from ledger.book import Book
from ledger.errors import InputError
from ledger.web.serve import read_site
from ledger.web.site import SiteOptions, publish_merged, site_folder

from ..merged.conftest import Newsrooms
from ..merged.conftest import newsrooms as newsrooms
from ..merged.conftest import newsrooms_once as newsrooms_once
from .test_site import URL, dead, files, found_on, stamps

LEFT_OUT: Mapping[str, Iterable[str]] = {f"{one}.example": () for one in ("harbour", "tribune", "courier", "post")}


def write(file: Path, target: Path, url: str = URL) -> int | None:
    """Write the site as the command does once the file was verified; return how many files were removed."""
    with site_folder(target) as folder:
        return publish_merged(folder, file, SiteOptions(read_site(url)), LEFT_OUT)


@pytest.fixture(scope="module")
def published(newsrooms_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the merged file of three newsrooms, its key, and its site: for all tests of this page."""
    folder = tmp_path_factory.mktemp("merged")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", str(folder / "keys"))
        copies = [newsrooms_once / f"{name}.db" for name in ("harbour", "tribune", "courier")]
        merged.merge(folder / "all.db", copies, name="facts.example")
    write(folder / "all.db", folder / "public")
    return folder


@pytest.fixture
def site(published: Path) -> Path:
    """Return the folder of the site, which no test changes."""
    return published / "public"


@pytest.fixture
def own(newsrooms: Newsrooms, published: Path) -> Path:
    """Return the folder of a site of this test's own; the newsrooms are merged as it was written."""
    shutil.copytree(published / "keys", os.environ["FACTLEDGER_KEYS"], dirs_exist_ok=True)
    shutil.copy(published / "all.db", newsrooms.out)
    return Path(shutil.copytree(published / "public", newsrooms.folder / "public"))


def test_every_link_leads_to_a_file_and_every_page_says_whose_it_is(site: Path) -> None:
    """From the page over all to a newsroom's claim, to another newsroom's like it, and back."""
    assert dead(site) == []
    front = (site / "index.html").read_text()
    assert 'href="courier.example/ledger/claims/bridge/"' in front and "Decided each its own way" in front
    claim = (site / "tribune.example/ledger/claims/bridge/index.html").read_text()
    assert 'href="../../../../harbour.example/ledger/claims/bridge/"' in claim
    for name in ("courier", "harbour", "tribune"):
        for page in (site / f"{name}.example").rglob("*.html"):
            text = page.read_text()
            assert f"This is the ledger of <strong>{name}.example</strong>" in text, page
            assert re.search(r'href="[./]*">All newsrooms</a>', text), page


def test_the_claims_of_all_are_searched_in_files(site: Path) -> None:
    """What is found says whose it is; the page may run our script, and nothing else."""
    page = (site / "-/claims/index.html").read_text()
    assert 'src="../static/search.js" data-root="../../" data-index="claims"' in page
    assert "script-src &#39;self&#39;" in page
    found = json.loads((site / "search/claims/documents/0.json").read_text())
    assert [(address, whose) for address, _, whose, _ in reversed(found)] == [
        ("courier.example/ledger/claims/boat/", "courier.example"),
        ("courier.example/ledger/claims/bridge/", "courier.example"),
        ("harbour.example/ledger/claims/bridge/", "harbour.example"),
        ("tribune.example/ledger/claims/bridge/", "tribune.example"),
        ("tribune.example/ledger/claims/ferry/", "tribune.example"),
    ]


def test_lists_of_all_go_on(own: Path, newsrooms: Newsrooms) -> None:
    """The further pages are found by the links to them."""
    later = newsrooms.publish(
        "courier", lambda book: [book.claim(f"Quay {n} was sold.", id=f"quay-{n}") for n in range(22)]
    )
    merged.merge(newsrooms.out, [later])
    write(newsrooms.out, own)
    assert 'rel="next" href="page/2/"' in (own / "-/claims/index.html").read_text()
    assert "The council spent 30,000 dollars" in (own / "-/claims/page/2/index.html").read_text()
    assert dead(own) == []


def test_a_newsrooms_data_are_its_own_copy(site: Path, newsrooms_once: Path) -> None:
    """To the byte, so that it verifies as what the newsroom published."""
    copy = site / "harbour.example/data/ledger.db"
    assert copy.read_bytes() == (newsrooms_once / "harbour.db").read_bytes()
    assert audit.verify(copy).sound


def test_crawlers_are_led_to_the_pages_of_all(site: Path) -> None:
    """Each ledger has its sitemap, and the pages over all have one; what each names is a file."""
    maps = re.findall(r"Sitemap: (\S+)", (site / "robots.txt").read_text())
    assert [one.removeprefix(URL).partition("/")[0] for one in maps] == [
        "sitemap.xml",
        "courier.example",
        "harbour.example",
        "tribune.example",
    ]
    for one in maps:
        pages = re.findall("<loc>(.*?)</loc>", (site / one.removeprefix(URL)).read_text())
        assert pages and all(found_on(site, page) for page in pages)


def test_without_a_host_nothing_names_one(published: Path, tmp_path: Path) -> None:
    """The site holds wherever its folder is put; what names whole addresses is not there."""
    write(published / "all.db", tmp_path / "anywhere", "/")
    assert dead(tmp_path / "anywhere") == []
    assert not [one for one in files(tmp_path / "anywhere") if one.endswith((".atom", "sitemap.xml", "404.html"))]


def test_what_one_newsroom_adds_leaves_most_files_as_they_are(own: Path, newsrooms: Newsrooms, tmp_path: Path) -> None:
    """Others' pages change where they show its claims; the site is as one that is written anew."""
    assert write(newsrooms.out, own) is None
    before = stamps(own)
    later = newsrooms.publish("harbour", lambda book: book.claim("The council spent 30,000 dollars.", id="money"))
    merged.merge(newsrooms.out, [later])
    assert write(newsrooms.out, own) == 0
    after = stamps(own)
    changed = {name for name in after if before.get(name) != after[name]}
    others = {name for name in changed if name.startswith(("tribune", "courier"))}
    assert {name.partition("/ledger/")[2] for name in others} <= {"claims/ferry/index.html", "claims/boat/index.html"}
    assert "harbour.example/ledger/claims/money/index.html" in changed
    write(newsrooms.out, tmp_path / "fresh")
    assert files(own) == files(tmp_path / "fresh")


def test_a_newsroom_that_has_no_name_of_a_folder_goes_by_its_id(newsrooms: Newsrooms, tmp_path: Path) -> None:
    """Its links hold as those of the others."""
    from ledger import book as books
    from ledger import trust

    with books.start(tmp_path / "odd.desk.db", origin="post.example/desk", person="Ana Roa").ledger as ledger:
        Book(ledger).claim("The harbour bridge was refused a permit in May 2031.", id="bridge")
        trust.publish(ledger, tmp_path / "odd.db")
        folder = ledger.id
    merged.merge(newsrooms.out, [newsrooms.copy("harbour"), tmp_path / "odd.db"], name="facts.example")
    with site_folder(tmp_path / "public") as opened:
        publish_merged(opened, newsrooms.out, SiteOptions(read_site(URL)), {**LEFT_OUT, "post.example/desk": ()})
    assert dead(tmp_path / "public") == []
    assert (tmp_path / "public" / folder / "ledger/claims/bridge/index.html").is_file()


def test_another_files_site_is_not_overwritten(site: Path, newsrooms: Newsrooms, tmp_path: Path) -> None:
    """Nor that of a ledger: nothing in the folder changes."""
    merged.merge(tmp_path / "other.db", newsrooms.copies[:2])
    before = stamps(site)
    with pytest.raises(InputError, match="site of another ledger"):
        write(tmp_path / "other.db", site)
    assert stamps(site) == before
