"""A ledger as a folder of files: every link leads somewhere, little changes at a time, and nothing else is touched."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import pytest

from ledger import audit, checks, store, trust
from ledger import book as books
from ledger.book import Book
from ledger.capture import chromium
from ledger.errors import EnvironmentFault, InputError
from ledger.log import VerifierKey
from ledger.log.sheet import read_sheet
from ledger.model import Agent, Anchor, Claim, InquiryState, Relation, Source, SourceKind, Verdict
from ledger.store import queries
from ledger.web.serve import read_site
from ledger.web.site import SiteOptions, publish_into, site_folder
from ledger.web.site.addresses import file_of, place_of
from ledger.web.site.folder import PART
from ledger.web.site.manifest import MANIFEST, WRITING
from ledger.web.site.search import Findable, index, words_of

from .test_formats import faults
from .test_inert import EVIL

URL = "https://facts.example.org/desk/"
LENGTH = re.compile(rb'after entry \d+ of \d+|"entries": \d+,\s+"root": "[0-9a-f]+"')
LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')

ATOM = "{http://www.w3.org/2005/Atom}"

MAIN = "from ledger.cli import main; main()"


def write(book: Book, target: Path, url: str = URL, *, anew: bool = False, cards: bool = False) -> bool:
    """Write the site as the command does, but for the entry that says so; return whether there was anything to do."""
    with site_folder(target) as folder:
        run = publish_into(folder, book.ledger, SiteOptions(read_site(url), cards=cards), anew=anew)
        if run is not None:
            trust.publish(book.ledger, run.copy)
            run.write(left_out=["Archived works."])
            run.finish()
    return run is not None


def files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a site but its manifest."""
    found = (one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in found if one.name != MANIFEST}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return what changes when a file is written again."""
    found = {one.relative_to(folder).as_posix(): one.stat() for one in folder.rglob("*") if one.is_file()}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


def dead(folder: Path) -> list[tuple[str, str]]:
    """Return (page, link) of every link in a site that leads out of its folder, or to no file.

    The page for what is not there may be shown anywhere: its links are from the root of the host.
    """
    found = []
    for page in folder.rglob("*.html"):
        root = urlsplit(URL).path if page.name == "404.html" else ""
        for link in map(unescape, LINK.findall(page.read_text(encoding="utf-8"))):
            if root and link.startswith(root):
                link = link.removeprefix(root) or "./"
            parts = urlsplit(link)
            if parts.scheme or link.startswith("#"):
                continue
            to = (page.parent / unquote(parts.path)).resolve()
            file = to / "index.html" if link.partition("?")[0].partition("#")[0].endswith(("/", ".")) else to
            if link.startswith("/") or folder.resolve() not in file.parents or not file.is_file():
                found.append((page.relative_to(folder).as_posix(), link))
    return found


def found_on(folder: Path, address: str) -> bool:
    """Return whether an address of the web is that of a file of the site."""
    name = unquote(address.removeprefix(URL))
    return (
        address.startswith(URL)
        and (folder / name / "index.html" if name.endswith("/") or not name else folder / name).is_file()
    )


@pytest.fixture(scope="module")
def site(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the story's site."""
    target = tmp_path_factory.mktemp("site") / "public"
    with store.open_ledger(story, write=True) as ledger:
        write(Book(ledger), target)
    return target


@pytest.fixture
def desk(story: Path, tmp_path: Path) -> Iterator[Book]:
    """Return a ledger with the story that a test may change."""
    with store.open_ledger(Path(shutil.copy(story, tmp_path / "desk.db")), write=True) as ledger:
        yield Book(ledger)


@pytest.fixture
def public(site: Path, desk: Book, tmp_path: Path) -> Path:
    """Return the site of the desk's ledger as it was written, in a folder that a test may change."""
    return shutil.copytree(site, tmp_path / "public")


# -- what is in it -------------------------------------------------------------


def test_every_claim_and_source_has_a_page_and_every_link_a_file(site: Path, story: Path) -> None:
    """Whoever follows links never leaves the folder but for the web's own addresses, and never meets nothing."""
    assert dead(site) == []
    with store.open_ledger(story) as ledger:
        handles = [(table, row["id"]) for table in ("claims", "sources") for row in queries.rows(ledger.db, table)]
    assert len(handles) == 16
    for table, handle in handles:
        page = (site / "ledger" / table / handle / "index.html").read_text(encoding="utf-8")
        assert handle in page
        assert (site / "ledger" / table / f"{handle}.json").is_file()


def test_a_claim_is_there_whole_as_data_and_as_linked_data(site: Path, story: Path) -> None:
    """Its page leads to both, and to the schema that its data keeps to; linked data name pages as they are found."""
    page = site / "ledger/claims/refusal/index.html"
    linked = {(page.parent / link).resolve() for link in LINK.findall(page.read_text(encoding="utf-8"))}
    schema = site / "-/static-plugins/factledger/claim.schema.json"
    assert {schema, *(site / f"ledger/claims/refusal.{form}" for form in ("json", "jsonld", "atom"))} <= linked
    with store.open_ledger(story) as ledger:
        for handle in queries.claim_handles(ledger.db):
            whole = json.loads((site / f"ledger/claims/{handle}.json").read_bytes())
            assert list(faults(whole, json.loads(schema.read_bytes()))) == []
            assert (whole["factledger"], whole["claim"]) == ("claim/1", handle)
            graph = json.loads((site / f"ledger/claims/{handle}.jsonld").read_bytes())["@graph"]
            named = {node["@id"].partition("#")[0] for node in graph if "/captures/" not in node["@id"]}
            assert f"{URL}ledger/claims/{handle}/" in named
            assert all(found_on(site, address) for address in named)
    graph = json.loads((site / "ledger/claims/refusal.jsonld").read_bytes())["@graph"]
    assert f"{URL}ledger/claims/refusal/" in {node.get("url") for node in graph}


def test_feeds_lead_to_pages_and_say_where_they_are(site: Path) -> None:
    """Decisions, corrections, claims and people: each feed names itself and its pages by where they are found."""
    feeds = sorted(site.rglob("*.atom"))
    kinds = {"/".join(one.relative_to(site).parts[:-1]) for one in feeds}
    assert kinds == {"-/ledger", "ledger/agents", "ledger/claims"}
    entries = 0
    for feed in feeds:
        root = ElementTree.parse(feed).getroot()
        links = [(one.get("rel"), one.get("href") or "") for one in root.iter(ATOM + "link")]
        assert ("self", URL + quote(feed.relative_to(site).as_posix())) in links
        assert all(found_on(site, address) for _, address in links), feed
        entries += len(root.findall(ATOM + "entry"))
    assert entries > 20
    for page, title in (("index.html", "Decisions"), ("ledger/agents/sheinbaum/index.html", "What they claim")):
        text = (site / page).read_text(encoding="utf-8")
        (link,) = re.findall(f'<link rel="alternate" type="application/atom.xml" title="{title}" href="(.*?)">', text)
        assert ((site / page).parent / link).is_file()


def test_links_that_would_lead_nowhere_are_plain_words(site: Path) -> None:
    """What only a server has (a row of Datasette's, the desk's questions) is named, and not linked."""
    page = (site / "ledger/claims/refusal/index.html").read_text(encoding="utf-8")
    without = re.findall(r"<a(?![^>]*\shref)[^>]*>(.*?)</a>", page)
    assert without
    assert all("claims/" not in words for words in without)


def test_a_page_says_what_a_server_would_have_sent(site: Path) -> None:
    """The rules of what may run stand before anything that they are about, as far as browsers take them from there."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
        assert policy is not None, page
        assert policy.start() < text.index("<link")
        assert "default-src &#39;none&#39;" in policy[1]
        assert "frame-ancestors" not in policy[1]
        assert ("script-src" in policy[1]) == ("<script src" in text)


def test_the_data_is_there_and_verifies(site: Path, tmp_path: Path) -> None:
    """The copy is intact, its checkpoint is of it, and its log comes to the same root."""
    data = site / "data"
    page = (site / "-/ledger/data/index.html").read_text(encoding="utf-8")
    linked = {Path(link).name for link in LINK.findall(page) if re.search("data/.", link)}
    assert linked == {one.name for one in data.iterdir()}
    note = trust.read_checkpoint(data / "checkpoint.txt")
    report = audit.verify(data / "ledger.db", checkpoints=[audit.OutsideCheckpoint("ours", note)])
    assert report.sound
    assert json.loads((data / "ledger.ndjson").read_text(encoding="utf-8").partition("\n")[0])["root"] == report.root
    assert note.signed_by(VerifierKey.read((data / "log.key").read_text(encoding="utf-8").strip()))


def test_what_is_not_there_leads_home(site: Path) -> None:
    """A host of files answers with a page of ours, which leads on from whatever address was asked for."""
    page = (site / "404.html").read_text(encoding="utf-8")
    assert "There is no such page" in page
    assert 'href="/desk/"' in page and 'action="/desk/-/ledger/claims/"' in page
    assert "404" not in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_other_sites_are_told_of_a_claim(site: Path) -> None:
    """The page of a decided claim says its verdict, who decided and why, and where it is to be found."""
    page = (site / "ledger/claims/former-president/index.html").read_text(encoding="utf-8")
    address = f"{URL}ledger/claims/former-president/"
    assert f'<link rel="canonical" href="{address}">' in page
    assert '<meta property="og:title" content="Refuted: Donald Trump was a former president' in page
    assert "Decided by Ana López" in page
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    review = json.loads(block)
    assert (review["@type"], review["url"], review["reviewRating"]["alternateName"]) == (
        "ClaimReview",
        address,
        "Refuted",
    )
    assert review["author"] == {"@type": "Person", "name": "Ana López"}
    assert review["publisher"]["@type"] == "Organization"
    undecided = (site / "ledger/claims/pressure/index.html").read_text(encoding="utf-8")
    assert "ClaimReview" not in undecided
    assert "Nobody has decided this yet" in undecided


def test_a_retracted_claim_is_shared_as_retracted(site: Path) -> None:
    """What does not stand any more is not told as a verdict."""
    page = (site / "ledger/claims/analysts/index.html").read_text(encoding="utf-8")
    assert 'content="Retracted: Some analysts' in page
    assert "ClaimReview" not in page


def test_the_sitemap_names_every_page_and_no_other(site: Path) -> None:
    """Each address in it is that of a page in the folder; robots.txt names it."""
    named = [one.text or "" for one in ElementTree.parse(site / "sitemap.xml").getroot().iter() if "loc" in one.tag]
    pages = {URL + place_of(name) for name in files(site) if name.endswith("index.html")}
    assert set(named) == pages
    assert f"Sitemap: {URL}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_without_a_host_nothing_names_one(fresh: Book, tmp_path: Path) -> None:
    """A site for a path, or for any, has all its pages, and leaves out what must say where it is."""
    fresh.claim("The ferry was late.", id="ferry")
    write(fresh, tmp_path / "public", "/desk/")
    made = files(tmp_path / "public")
    assert "sitemap.xml" not in made
    assert b"canonical" not in made["ledger/claims/ferry/index.html"]
    assert b"localhost" not in b"".join(made.values())
    assert dead(tmp_path / "public") == []
    assert not any(name.endswith(".atom") for name in made)
    page = made["ledger/claims/ferry/index.html"].decode()
    assert "atom" not in page and "a feed" not in page
    (node,) = (one for one in json.loads(made["ledger/claims/ferry.jsonld"])["@graph"] if "Claim" in one["@type"])
    assert node["@id"] == "ferry/#claim"  # seen from its own file


def test_hostile_words_are_inert(fresh: Book, tmp_path: Path) -> None:
    """Markup in any field is text in pages, in data blocks, in the picture, and in what a search reads."""
    with fresh.together():
        who = fresh.agent(f"Eve {EVIL}", id="eve")
        source = fresh.source(f"Title {EVIL}", id="source", kind=SourceKind.POST, author=who, note=EVIL)
        claim = fresh.claim(f"Claim {EVIL}", id="claim", claimant=who, topic=EVIL[:60], story=EVIL[:50])
        fresh.evidence(claim, source, id="words", anchor=Anchor(EVIL), note=EVIL)
    fresh.review(claim, Verdict.REFUTED, EVIL, label=EVIL[:60])
    write(fresh, tmp_path / "public")
    assert dead(tmp_path / "public") == []
    for name, data in files(tmp_path / "public").items():
        if name.endswith(".html"):
            page = data.decode()
            assert "<script>alert" not in page, name
            assert "<img src=x" not in page, name
            blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
            assert all("<" not in block and json.loads(block) for block in blocks), name
    drawn = ElementTree.fromstring((tmp_path / "public/ledger/claims/claim/card.svg").read_bytes())
    assert {one.tag.rpartition("}")[2] for one in drawn.iter()} == {"svg", "title", "rect", "text", "g"}


def test_a_card_is_set_as_its_script_runs(fresh: Book, tmp_path: Path) -> None:
    """What is read from right to left begins at the right; the first letter tells, not a figure before it."""
    for number, (text, way) in enumerate([("3 أشخاص عبروا الجسر", "rtl"), ("3 people said “الجسر”", "ltr")]):
        fresh.claim(text, id=f"claim-{number}")
        write(fresh, tmp_path / "public")
        card = (tmp_path / f"public/ledger/claims/claim-{number}/card.svg").read_text(encoding="utf-8")
        assert f'direction="{way}"' in card


def test_without_a_browser_no_cards_are_drawn(fresh: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is said before anything is written; a browser that does not start leaves what was there."""
    fresh.claim("The bridge was closed.", id="bridge")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(chromium, "ELSEWHERE", ())
    with pytest.raises(EnvironmentFault, match=r"takes Chromium, and none is installed\. .* without --cards"):
        write(fresh, tmp_path / "public", cards=True)
    assert not (tmp_path / "public").exists()
    write(fresh, tmp_path / "public")
    before = files(tmp_path / "public")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/chromium").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "bin/chromium").chmod(0o755)
    with pytest.raises(EnvironmentFault, match=r"Chromium does not start: it ends at once\. .* without --cards"):
        write(fresh, tmp_path / "public", cards=True)
    assert files(tmp_path / "public") == before


def test_addresses_become_files_that_differ() -> None:
    """A page has a folder, a query one for each value; values that read alike as file names are kept apart."""
    assert file_of("/") == "index.html"
    assert file_of("/ledger/claims/ferry") == "ledger/claims/ferry/index.html"
    assert file_of("/ledger/claims/ferry.json") == "ledger/claims/ferry.json"
    assert file_of("/-/ledger/story.atom?story=bridge") == "-/ledger/story/story/bridge.atom"
    assert file_of("/x?story=bridge&page=2") == "x/story/bridge/page/2/index.html"
    names = {file_of(f"/x?story={value}") for value in ("A b", "a-b", "a%20b", "%2e%2e", "%2Fetc", "..", "")}
    assert len(names) == 6  # "%2e%2e" is ".."
    assert all(".." not in name.split("/") for name in names)
    assert max(map(len, file_of("/-/ledger/stories/" + "~E6~9D~B1" * 90).split("/"))) <= 120


def test_any_name_of_a_story_has_its_page(fresh: Book, tmp_path: Path) -> None:
    """Spaces, signs, figures and long names: each story's timeline is there, and its claim's page leads to it."""
    stories = ["The old bridge", "2024", "A/B & C?", "東京", "x" * 300, "..", "page"]
    for number, story in enumerate(stories):
        fresh.claim(f"Claim {number}", id=f"claim-{number}", story=story)
    write(fresh, tmp_path / "public")
    assert dead(tmp_path / "public") == []
    assert sum("timeline/story/" in name for name in files(tmp_path / "public")) == len(stories)
    for feed in (tmp_path / "public/-/ledger/story").rglob("*.atom"):
        links = [one.get("href") or "" for one in ElementTree.parse(feed).getroot().iter(ATOM + "link")]
        assert links and all(found_on(tmp_path / "public", link) for link in links), feed
    assert sum("ledger/story/story/" in name for name in files(tmp_path / "public")) == len(stories)
    for number in range(len(stories)):
        page = (tmp_path / f"public/ledger/claims/claim-{number}/index.html").read_text(encoding="utf-8")
        link, *_ = re.findall(r'<a href="([^"]*(?:timeline/story|stories)/[^"]+)"', page)
        shown = (tmp_path / f"public/ledger/claims/claim-{number}" / unquote(link) / "index.html").resolve()
        assert f"Claim {number}" in shown.read_text(encoding="utf-8")


# -- searching -----------------------------------------------------------------


def test_words_are_looked_up_without_case_and_accents() -> None:
    """A reader without the right keyboard finds the name; where no spaces are written each sign is a word."""
    assert words_of("Ana LÓPEZ's U.S. Army, 2025") == ["ana", "lopez", "s", "u", "s", "army", "2025"]
    assert words_of("東京2025") == ["東", "京", "2025"]


def test_a_search_reads_little_of_many_claims() -> None:
    """With 10,000 claims no file of the index has more than 64 kB, so that a word costs three small ones."""
    many = (
        Findable(
            f"c/{number}/", f"The crane number {number} on pier {number % 97} moved {number * 7} boxes", words="port"
        )
        for number in range(10_000)
    )
    sizes = {name: len(data) for name, data in index(many)}
    assert max(size for name, size in sizes.items() if name.startswith("documents/")) < 16_000
    words = [size for name, size in sizes.items() if name.startswith("words/")]
    assert max(words) < 64_000
    assert len(words) > 90


# -- again ---------------------------------------------------------------------


@pytest.mark.long
def test_a_second_run_has_nothing_to_do(desk: Book, public: Path) -> None:
    """Nothing was entered: no file is written again, and the second run says so."""
    before = stamps(public)
    assert not write(desk, public)
    assert stamps(public) == before
    (public / "index.html").unlink()
    assert write(desk, public)
    assert stamps(public).keys() == before.keys()


@pytest.mark.long
def test_one_claim_changes_what_shows_it(desk: Book, public: Path) -> None:
    """Pages of other claims and their sources stay untouched, to the inode."""
    before = stamps(public)
    desk.correct("call-16-april", {"topic": "Telephone"}, "It was a call.")
    write(desk, public)
    changed = {name for name, stamp in stamps(public).items() if before.get(name) != stamp}
    about = {name.split("/")[2] for name in changed if name.startswith("ledger/claims/") and name.count("/") > 2}
    assert "call-16-april" in about
    assert about <= {"call-16-april", "call-15-april"}
    of_sources = {name.split("/")[2] for name in changed if name.startswith("ledger/sources/") and name.count("/") > 2}
    assert "speech" not in of_sources
    assert "index.html" in changed


def _renamed(book: Book) -> None:
    book.correct("trump", {"name": "Donald J. Trump"}, "As he writes it.")


def _added(book: Book) -> None:
    with book.together():
        source = book.source("A letter", id="letter", kind=SourceKind.ARTICLE, author=book.find(Agent, "nsc"))
        claim = book.claim("The letter was sent", id="letter-sent", story="Letters", topic="Calls")
        book.evidence(claim, source, id="letter-words", seen_in=book.find(Source, "article"), anchor=Anchor("sent"))


def _withheld(book: Book) -> None:
    trust.withhold(book, "herald", ["name"], "They were threatened.")


def _linked(book: Book) -> None:
    book.link(book.find(Source, "article"), Relation.BASED_ON, book.find(Source, "statement"), id="article-statement")


OPERATIONS: list[Callable[[Book], Any]] = [
    lambda book: book.correct("troop-offer", {"text": "Trump offered troops to Mexico"}, "Shorter."),
    lambda book: book.review(book.find(Claim, "pressure"), Verdict.REFUTED, "It was not so.", id="pressure-review"),
    lambda book: book.retract("more-wire", "Counted twice."),
    lambda book: book.settle("asked-white-house", InquiryState.DECLINED, "They said so."),
    lambda book: book.correct("wire", {"title": "The council answers"}, "Its real title."),
    _added,
    _linked,
    checks.check,
    lambda book: book.correct("offer-speech", {"note": "Heard twice."}, "We looked."),
    lambda book: book.retract("gazette-wire", "They wrote it themselves."),
    _withheld,
    _renamed,
    lambda book: book.supersede("letter-sent", "do-more", "The same."),
    lambda book: checks.check(book, everything=True),
    lambda book: book.correct("pressure-review", {"reasons": "It was otherwise."}, "Clearer."),
]
"""What people do, one after the other."""


@pytest.mark.long
def test_what_is_left_as_it_is_would_be_the_same(desk: Book, public: Path, tmp_path: Path) -> None:
    """After whatever was entered, a run that asks for few pages leaves the same site as one that asks for all.

    But for proofs: one that was made before still proves its record. And a page or a claim's data that are left say of
    how many entries the log was when they were written.
    """
    for number in range(0, len(OPERATIONS), 2):
        for enter in OPERATIONS[number : number + 2]:
            enter(desk)
        write(desk, public)
        write(desk, tmp_path / f"anew-{number}")
        ours, theirs = files(public), files(tmp_path / f"anew-{number}")
        assert ours.keys() == theirs.keys(), number
        differing = {name for name in ours if LENGTH.sub(b"", ours[name]) != LENGTH.sub(b"", theirs[name])}
        assert {name for name in differing if "/proof/" not in name} == set(), number
    key = trust.log_key(desk.ledger)
    for proof in (public / "-/ledger/proof").iterdir():
        assert trust.check_sheet(read_sheet(proof.read_text(encoding="utf-8")), key).holds, proof.name


def test_what_is_signed_later_can_be_verified(fresh: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Published where the log key is not, a new claim has no proof; once signed, its page of verifying leads to one."""
    target, page = tmp_path / "public", tmp_path / "public/-/ledger/verify/ferry/index.html"
    fresh.claim("The ferry was late.", id="ferry")
    with monkeypatch.context() as without:
        without.setenv("FACTLEDGER_KEYS", str(tmp_path / "none"))
        write(fresh, target)
    assert "There is nothing to check yet" in page.read_text(encoding="utf-8")
    assert dead(target) == []
    trust.checkpoint(fresh.ledger)
    assert write(fresh, target)
    assert 'href="../../proof/ferry.whole.json"' in page.read_text(encoding="utf-8")
    assert dead(target) == []


# -- whose files ---------------------------------------------------------------


def test_a_folder_with_other_things_is_refused(fresh: Book, tmp_path: Path) -> None:
    """Nothing is written among files of others; a file, or a folder in none, is no place for a site."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("Two years.", encoding="utf-8")
    (tmp_path / "file").write_text("One.", encoding="utf-8")
    for name, why in (("full", "holds other things"), ("file", "is a file"), ("no/where", "There is no folder")):
        with pytest.raises(InputError, match=why):
            write(fresh, tmp_path / name)
    assert [one.name for one in (tmp_path / "full").iterdir()] == ["thesis.txt"]
    assert not (tmp_path / "no").exists()


@pytest.mark.long
def test_what_others_put_beside_stays(desk: Book, public: Path) -> None:
    """A host's own file in the folder survives every run; one that is in the way is not replaced."""
    (public / "CNAME").write_text("facts.example.org", encoding="utf-8")
    desk.claim("The ferry was late.", id="ferry")
    (public / "ledger/claims/ferry").mkdir()
    (public / "ledger/claims/ferry/index.html").write_text("Mine.", encoding="utf-8")
    before = stamps(public)
    with pytest.raises(InputError, match="This was not written by publish"):
        write(desk, public)
    assert stamps(public) == before
    shutil.rmtree(public / "ledger/claims/ferry")
    (public / "ledger/claims/ferry").write_text("Mine.", encoding="utf-8")
    with pytest.raises(InputError, match="ledger/claims/ferry: This was not written by publish"):
        write(desk, public)
    (public / "ledger/claims/ferry").unlink()
    write(desk, public)
    assert (public / "CNAME").read_text(encoding="utf-8") == "facts.example.org"


@pytest.mark.long
def test_a_page_that_is_no_longer_part_goes(desk: Book, tmp_path: Path) -> None:
    """A story under another name leaves no page, and no folder, behind."""
    target = tmp_path / "public"
    desk.correct("do-more", {"story": "Cartels"}, "Told together.")
    write(desk, target)
    (old,) = [name for name in files(target) if "timeline/story" in name]
    desk.correct("do-more", {"story": "Council"}, "A better name.")
    write(desk, target)
    (new,) = [name for name in files(target) if "timeline/story" in name]
    assert old != new
    assert not (target / old).parent.exists()


@pytest.mark.long
def test_another_ledgers_site_is_not_overwritten(public: Path, tmp_path: Path) -> None:
    """Two ledgers do not share a folder by mistake."""
    before = stamps(public)
    with pytest.raises(InputError, match="site of another ledger"):
        write(books.start(tmp_path / "other.db", origin="other.example.org", person="Ben Okafor"), public)
    assert stamps(public) == before


@pytest.mark.parametrize("name", ["../victim", "/etc/victim", MANIFEST, "a/../../victim"])
def test_a_manifest_that_names_other_files_is_refused(fresh: Book, tmp_path: Path, name: str) -> None:
    """A manifest that somebody wrote by hand gets nothing removed outside of its folder."""
    target = tmp_path / "public"
    target.mkdir()
    told = {"factledger": "site/1", "ledger": fresh.ledger.id, "made_by": "", "size": 1, "root": "", "state": ""}
    (target / MANIFEST).write_text(json.dumps({**told, "files": {name: ["", "", 0]}}), encoding="utf-8")
    with pytest.raises(InputError, match="no manifest"):
        write(fresh, target)


@pytest.mark.long
def test_a_run_that_was_cut_off_while_files_took_their_places(desk: Book, public: Path) -> None:
    """What it left, old or new, is known as ours: the next run makes the site whole again."""
    whole = files(public)
    (public / WRITING).write_text(json.dumps([*whole, "ledger/claims/ghost/index.html"]), encoding="utf-8")
    (public / "index.html").write_bytes(b"x" * len(whole["index.html"]))
    (public / "ledger/claims/ghost").mkdir()
    (public / "ledger/claims/ghost/index.html").write_text("Half", encoding="utf-8")
    (public / PART).mkdir()
    assert write(desk, public)
    assert files(public) == whole


def finished(folder: Path) -> dict[str, bytes]:
    """Return the files of a site, without those that a run had not finished."""
    return {name: data for name, data in files(folder).items() if not name.startswith(PART) and name != WRITING}


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_killed_leaves_whole_files(story: Path, keys: None, tmp_path: Path, how: signal.Signals) -> None:
    """Whenever it is killed, each file is whole, old or new, and the next run completes the site."""
    path, target = Path(shutil.copy(story, tmp_path / "desk.db")), tmp_path / "public"
    command = [sys.executable, "-c", MAIN, "-d", str(path), "publish", "site", str(target), "--anew"]
    subprocess.run(command, check=True, capture_output=True)
    for wait in (1.0, 2.5, 4.0):
        before = finished(target)
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        running.send_signal(how)
        running.wait(60)
        after = finished(target)
        assert after.keys() == before.keys()
        assert all(data.rstrip().endswith(b"</html>") for name, data in after.items() if name.endswith(".html"))
    subprocess.run(command, check=True, capture_output=True)
    assert not (target / WRITING).exists()
    assert not (target / PART).exists()
    manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["files"].keys() == files(target).keys()


def test_a_full_disk_is_one_line(story: Path, keys: None, tmp_path: Path) -> None:
    """Where a file cannot be written, the site is as it was, nothing is on record, and the exit code is 5."""
    path, target = Path(shutil.copy(story, tmp_path / "desk.db")), tmp_path / "public"
    small = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)); "
    command = [sys.executable, "-c", small + MAIN, "-d", str(path), "publish", "site", str(target)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 5, done.stderr
    assert done.stderr.count("\n") == 1
    assert not target.exists()
    with store.open_ledger(path) as ledger:
        assert queries.rows(ledger.db, "publications") == []
