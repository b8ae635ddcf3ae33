"""Whatever was recorded of a person: after withholding, nothing that others get to see still says it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from sqlite_utils.utils import sqlite3

from ledger import audit, store, trust, views
from ledger import book as use_cases
from ledger.book import Book, Custody
from ledger.capture import Archive, plain_text
from ledger.capture.reading import PLAIN, Extraction
from ledger.errors import EnvironmentFault, InputError
from ledger.exchange import back_up, export_log, import_log, import_story
from ledger.model import WITHHELD, Anchor, Source
from ledger.store import queries
from ledger.trust.redact import Redaction, Words
from ledger.web.serve import application

Tables = dict[str, list[tuple[Any, ...]]]

WHY = "They were threatened."

PAGE = re.compile(
    r"/|/-/ledger/.*|/ledger/(claims|sources|agents|evidence|reviews|inquiries|captures|runs)/[^/.]+|/ledger/-/.*"
)


def published(book: Book, to: Path) -> Path:
    """A published copy, which verifies and has nothing beside it."""
    trust.publish(book.ledger, to)
    assert audit.verify(to).problems == ()
    assert [file.name for file in to.parent.iterdir() if file.name.startswith(to.name)] == [to.name]
    return to


def tables_of(db: sqlite3.Connection) -> Tables:
    """Every table that is made from the log."""
    return {name: db.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in store.schema.PROJECTIONS}


# -- the published copy ------------------------------------------------------


def test_no_byte_of_a_published_copy_says_it(desk: Any, tmp_path: Path, cells: Callable[[Path], str]) -> None:
    """Named in every kind of field, in several spellings: the copy has neither name nor slug nor hash of it."""
    assert desk.left(desk.path.read_bytes())
    done = trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    copy = published(desk.book, tmp_path / "public.db")
    assert desk.left(copy.read_bytes()) == []
    assert desk.left(cells(copy)) == []
    assert done.left == ()
    report = audit.verify(desk.path)
    assert report.problems == ()
    assert report.withheld == len(done.entries)
    with store.open_ledger(copy) as ledger:
        assert ledger.db.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert tables_of(ledger.db) == tables_of(desk.ledger.db)


def test_readers_are_told_why(desk: Any, tmp_path: Path) -> None:
    """In the place of the words stands that they were withheld; the reason is in the copy."""
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    with store.open_ledger(published(desk.book, tmp_path / "public.db")) as ledger:
        (agent,) = [kept for kept in queries.all_kept(ledger.db, "agent") if kept.withheld]
        assert (agent.record.name, agent.withheld) == (WITHHELD, (("name", WHY),))
        assert agent.record.handle.startswith("withheld-agent-")


@pytest.mark.long
def test_no_page_of_a_published_copy_says_it(desk: Any, tmp_path: Path) -> None:
    """No page that can be reached, no table with all of its rows, no proof, and no search for a part of the name."""
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    datasette = application(published(desk.book, tmp_path / "public.db"))
    tables = [*store.schema.PROJECTIONS, *store.schema.LOG, *store.schema.CACHES]
    due = [
        "/",
        "/-/ledger/checkpoints",
        *(f"/ledger/{table}{end}" for table in tables for end in ("", ".json?_size=max&_shape=array")),
    ]
    due += [f"/-/ledger/proof/{handle}.json" for handle in queries.handles(desk.ledger.db).values()]
    searches = [
        f"/ledger/{table}.json?_shape=array&_search={quote(part)}"
        for table in ("claims", "sources", "evidence")
        for part in (desk.story.name, *desk.story.name.split(), "zoe", "kepler")
    ]
    seen = dict[str, list[str]]()

    async def crawl() -> None:
        while due:
            address = due.pop(0)
            if address not in seen:
                answer = await datasette.client.get(address, follow_redirects=True)
                assert answer.status_code < 500, address
                seen[address] = desk.left(answer.text)
                due.extend(link for link in re.findall(r'href="(/[^"?#]*)"', answer.text) if PAGE.fullmatch(link))
        for address in searches:
            assert (await datasette.client.get(address)).json() == [], address

    try:
        asyncio.run(crawl())
    finally:
        for database in datasette.databases.values():
            database.close()
        datasette.executor.shutdown()
    assert {address: traces for address, traces in seen.items() if traces} == {}
    assert sum(address.startswith("/ledger/claims/") for address in seen) >= 3


def test_an_exported_copy_does_not_say_it(desk: Any, tmp_path: Path) -> None:
    """The log of a published copy, exported and imported again, gives the same tables without the words."""
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    with store.open_ledger(published(desk.book, tmp_path / "public.db")) as copy:
        with (tmp_path / "log.ndjson").open("wb") as out:
            head = export_log(copy, out)
        before = tables_of(copy.db)
    assert desk.left((tmp_path / "log.ndjson").read_bytes()) == []
    assert import_log(tmp_path / "log.ndjson", tmp_path / "again.db") == head
    assert audit.verify(tmp_path / "again.db").problems == ()
    assert desk.left((tmp_path / "again.db").read_bytes()) == []
    with store.open_ledger(tmp_path / "again.db") as again:
        assert tables_of(again.db) == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Marta Quell", "It was MARTA  QUELL."),
        ("Marta Quell", "Marta Quells Rede"),
        ("Marta Quell", "Marta\u00a0Quell\nspoke"),
        ("Marta Quell", "Write to marta.quell@harbour.example."),
        ("Marta Quell", "She posts as @MartaQuell."),
        ("Marta Quell", "see https://harbour.example/p?who=Marta+Quell&n=2"),
        ("Marta Quell", "scan_Marta_Quell_2.tif"),
        ("José Ibáñez", "JOSE\u0301 IBA\u0301N\u0303EZ"),
        ("José Ibáñez", "Jose Ibanez, as the wire spells it"),
        ("José Ibáñez", "see https://harbour.example/Jos%C3%A9%20Ib%C3%A1%C3%B1ez"),
        ("Jose\u0301 Ibáñez", "Jos\u00e9 Ib\u00e1\u00f1ez"),
        ("Jose\u0301 Ibáñez", "Jose\u0301 Iba\u0301n\u0303ez"),
        ("Anna Strauß", "ANNA STRAUSS"),
        ("ANNA STRAUSS", "anna strauss"),
        ("Łukasz Żak", "ŁUKASZ ŻAK"),
        ("Ольга Ким", "Видели Ольгу? ОЛЬГА КИМ была там."),
        ("王小明", "我见到王小明了。"),
        ("สมชาย", "คุณสมชายมา"),
        ("Quell", "the “Quell” letter, quell_letter.txt"),
        ("O’Brien", "O’BRIEN"),
        ("J. R. Quell", "J.R. Quell"),
    ],
)
def test_spellings(book: Book, tmp_path: Path, name: str, text: str) -> None:
    """A name is found in another letter case, spacing, composition, ending, address or file name."""
    person = book.agent(name, id="somebody")
    book.claim("The ferry was late.", id="ferry", topic=" ".join(text.split()))
    book.source("A letter", id="a-letter", note=text)
    done = trust.withhold(book, "somebody", ["name"], WHY)
    (row,) = queries.rows(book.ledger.db, "sources")
    assert WITHHELD in row["note"]
    assert len(done.entries) == 3
    said = published(book, tmp_path / "public.db").read_bytes().decode("utf-8", "ignore")
    assert text not in said
    assert person.name not in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Al Bo", "The small boat left the Albo quay."),
        ("Ana", "An analysis of bananas"),
        ("Ærø", "R and r are letters"),
        ("Li An", "An old man, and an island"),
        ("王 An", "An old man"),
    ],
)
def test_words_of_others_stay(book: Book, name: str, text: str) -> None:
    """A short name is not taken out of the middle of other words, nor what little of it ASCII can spell."""
    book.agent(name, id="somebody")
    book.source("A letter", id="a-letter", note=text)
    trust.withhold(book, "somebody", ["name"], WHY)
    (row,) = queries.rows(book.ledger.db, "sources")
    assert row["note"] == text


def test_parts_that_still_stand_are_named(book: Book) -> None:
    """A person is told where a part of the name stands by itself, and may take it out too."""
    book.agent("Marta Quell")
    book.claim("Quell resigned.", id="resigned")
    done = trust.withhold(book, "marta-quell", ["name"], WHY)
    assert done.left == (("Quell", "resigned"),)
    (agent,) = [kept.record.handle for kept in queries.all_kept(book.ledger.db, "agent") if kept.withheld]
    assert trust.withhold(book, agent, [], WHY, also=["Quell"]).left == ()
    assert queries.rows(book.ledger.db, "claims")[0]["text"] == f"{WITHHELD} resigned."


def test_handles_that_were_cut_within_the_words(book: Book) -> None:
    """An id that was cut off in the middle of a title or name, and a text that names such an id, do not tell it."""
    title = "Letter of the widow of the pilot who drowned"
    letter = book.source(title)
    claim = book.claim("The bridge was refused a permit in May.", id="the-permit")
    item = book.evidence(claim, letter)
    assert item.handle == "the-permit-by-letter-of-the-widow-of-the"
    book.inquiry("Who wrote it?", searched="The register", note=f"See {item.handle}.")
    book.claim("The harbour was told of it by José Ibáñez.", id="told-of-it-by-jose")
    book.agent("José Ibáñez")
    trust.withhold(book, letter.handle, ["title"], WHY)
    trust.withhold(book, "jose-ibanez", ["name"], WHY)
    handles = set(queries.handles(book.ledger.db).values())
    assert not [handle for handle in handles if "widow" in handle or "jose" in handle]
    assert queries.rows(book.ledger.db, "inquiries")[0]["note"] == f"See {WITHHELD}."


def test_a_name_across_the_edge_of_a_quotation(book: Book) -> None:
    """Words that begin in a quotation and end in what follows it are taken out of both."""
    book.agent("Marta Quell")
    claim, letter = book.claim("The ferry was late.", id="ferry"), book.source("A letter")
    book.evidence(
        claim, letter, anchor=Anchor("late, said Marta", suffix=" Quell on Monday", start=4, end=20, text="0" * 64)
    )
    trust.withhold(book, "marta-quell", ["name"], WHY)
    (row,) = queries.rows(book.ledger.db, "evidence")
    assert (row["quote"], row["quote_suffix"]) == (f"late, said {WITHHELD}", f"{WITHHELD} on Monday")
    assert (row["quote_start"], row["quote_end"], row["text_sha256"]) == (None, None, None)


def test_a_hash_that_somebody_wrote_down(desk: Any, tmp_path: Path) -> None:
    """The hash of a copy that holds the words is taken out of notes as well."""
    digest = desk.story.digests[0]
    desk.book.correct("met", {"topic": f"copy {digest}"}, "For the record.")
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    assert desk.left(published(desk.book, tmp_path / "public.db").read_bytes()) == []


def test_copies_that_do_not_hold_the_words_keep_their_hashes(book: Book) -> None:
    """The hash of an archived text that says nothing of it stays: readers can hold their own copy to it."""
    data = b"The ferry was late.\n"
    _capture(book, book.source("A letter"), data, "letter.txt")
    book.agent("Marta Quell")
    trust.withhold(book, "marta-quell", ["name"], WHY)
    assert queries.rows(book.ledger.db, "captures")[0]["sha256"] == sha256(data).hexdigest()


def test_the_planner_s_statistics(desk: Any, tmp_path: Path) -> None:
    """What ANALYZE noted down as samples does not say it."""
    desk.ledger.db.execute("ANALYZE")
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    assert desk.left(published(desk.book, tmp_path / "public.db").read_bytes()) == []


# -- any name, anywhere ------------------------------------------------------

LETTERS = st.characters(categories=("Lu", "Ll"), exclude_characters="\u0345")
NAMES = st.lists(st.text(LETTERS, min_size=4, max_size=9), min_size=1, max_size=3, unique=True).map(" ".join)
NAMES = NAMES.filter(lambda name: re.fullmatch("[a-f ]+", name.casefold()) is None)  # ids are full of such


@given(name=NAMES)
@example(name="İpek Ağaoğlu")
@example(name="ǅemal Ǆ")
@example(name="ΣΊΣΥΦΟΣ Ὀδυσσεύς")
@example(name="ﬁnn ﬂinders")
@example(name="ŉdou Ĳsbrand")
@settings(derandomize=True, max_examples=6, suppress_health_check=list(HealthCheck))
def test_any_name(name: str, telling: Callable[..., Any], traces: Callable[..., list[str]]) -> None:
    """Whatever letters a name has, and wherever it was recorded, the published copy has none of it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        book = use_cases.start(path, origin="desk.example", person="Ana Roa")
        assume(traces(path.read_bytes(), name) == [])  # a word that every ledger file has, such as NULL
        story = telling(book, name)
        trust.withhold(book, story.handle, ["name"], WHY)
        copy = published(book, Path(folder) / "public.db")
        assert audit.verify(path).problems == ()
        book.ledger.close()
        assert traces(copy.read_bytes(), name, story.digests) == []


@given(
    words=st.text(
        st.characters(min_codepoint=0x21, max_codepoint=0x2FF, exclude_categories=("Cc", "Cf")), min_size=9, max_size=60
    ).filter(lambda text: sum(map(str.isalnum, text)) >= 4),
    before=st.sampled_from(["", " ", "“", "said ", "("]),
    after=st.sampled_from(["", " ", ".", "”", ", ", "\n"]),
    erase=st.booleans(),
)
@settings(derandomize=True, max_examples=6, suppress_health_check=list(HealthCheck))
def test_any_quotation(words: str, before: str, after: str, erase: bool) -> None:
    """Whatever signs a quotation is made of, it goes from the copy, and from this file where that was wanted."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        book = use_cases.start(path, origin="desk.example", person="Ana Roa")
        claim, letter = (
            book.claim("The ferry was late.", id="ferry"),
            book.source("A letter", note=f"{before}{words}{after}"),
        )
        item = book.evidence(claim, letter, anchor=Anchor(words, prefix=before, suffix=after), id="item")
        book.correct("item", {"note": f"{before}{words.upper()}{after}"}, "The note was left out.")
        trust.withhold(book, item.handle, ["quote"], WHY, erase=erase)
        copy = published(book, Path(folder) / "public.db")
        for file in (copy, *([path, path.with_name("ledger.db-wal")] if erase else [])):
            said = file.read_bytes().decode("utf-8", "ignore")
            assert words not in said
            assert words not in said.replace('\\"', '"').replace("\\\\", "\\")
        assert audit.verify(path).problems == ()
        book.ledger.close()


# -- this file ---------------------------------------------------------------


def test_erasing(desk: Any) -> None:
    """With --erase no byte of the file, its WAL or its archive says it any more, and verify is content."""
    assert desk.files()
    done = trust.withhold(desk.book, desk.story.handle, ["name"], WHY, erase=True)
    assert desk.files() == {}
    assert done.copies.files == ()
    assert audit.verify(desk.path).problems == ()
    desk.book.claim("The ferry was late.")
    assert desk.files() == {}


def test_erasing_later(desk: Any, tmp_path: Path) -> None:
    """`erase` drops what was withheld before, once; a backup made before holds it still, one made after does not."""
    back_up(desk.ledger, tmp_path / "before.db")
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    assert desk.files()
    assert trust.drop(desk.ledger) > 20
    assert desk.files() == {}
    back_up(desk.ledger, tmp_path / "after.db")
    assert desk.left((tmp_path / "before.db").read_bytes())
    assert desk.left((tmp_path / "after.db").read_bytes()) == []
    assert audit.verify(desk.path).problems == ()
    trust.drop(desk.ledger)
    assert audit.verify(desk.path).problems == ()


def test_erasing_while_somebody_reads(desk: Any, reader: sqlite3.Connection) -> None:
    """With a reader in the way the words are still in the file: this is said, and erasing again finishes it."""
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM ledger_entry").fetchone()
    desk.ledger.db.execute("PRAGMA busy_timeout=50")
    with pytest.raises(EnvironmentFault, match="still in the file") as refused:
        trust.withhold(desk.book, desk.story.handle, ["name"], WHY, erase=True)
    assert refused.value.exit_code == 5
    assert "factledger erase" in refused.value.hint
    assert desk.files()
    with pytest.raises(EnvironmentFault, match="still in the file"):
        trust.drop(desk.ledger)
    reader.execute("ROLLBACK")
    trust.drop(desk.ledger)
    assert desk.files() == {}
    assert audit.verify(desk.path).problems == ()


def test_erasing_leaves_the_copies_of_others(book: Book) -> None:
    """An archived copy that does not hold the words stays, whatever its file was called."""
    data = b"The ferry was late.\n"
    book.agent("Marta Quell")
    digest = _capture(book, book.source("A letter"), data, "from_marta_quell.txt")
    trust.withhold(book, "marta-quell", ["name"], WHY)
    trust.drop(book.ledger)
    assert Archive(book.ledger.archive).get(digest) == data
    assert audit.verify(book.ledger.path).problems == ()


def test_what_is_shown_is_the_same_before_and_after_erasing(desk: Any, tmp_path: Path) -> None:
    """Tables, root and report count are the same whether the recorded bodies are still there or not."""
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY)
    before, report = tables_of(desk.ledger.db), audit.verify(desk.path)
    trust.drop(desk.ledger)
    after = audit.verify(desk.path)
    assert tables_of(desk.ledger.db) == before
    assert (after.root, after.size, after.withheld) == (report.root, report.size, report.withheld)
    assert any("only leaves words out" in line for line in after.not_established)


@pytest.mark.parametrize("size", [10, 900, 1400, 2800])
def test_no_page_keeps_a_scrap(book: Book, size: int) -> None:
    """Long bodies, on pages of their own or not, leave nothing behind when they go."""
    book.agent("Marta Quell")
    with book.together():
        for number in range(120):
            note = f"{number} Marta Quell " + "and on and on " * (size * (number % 7 + 1) // 56)
            book.source(f"Letter {number}", note=note)
    for number in range(0, 120, 9):
        book.correct(f"letter-{number}", {"note": f"Marta Quell {number}"}, "It was too long.")
    trust.withhold(book, "marta-quell", ["name"], WHY, erase=True)
    path = book.ledger.path
    for file in (path, path.with_name(path.name + "-wal")):
        assert b"marta" not in file.read_bytes().lower()
        assert b"quell" not in file.read_bytes().lower()


# -- whatever is done afterwards --------------------------------------------


@pytest.mark.parametrize("erase", [False, True], ids=["kept", "erased"])
def test_tables_made_anew(desk: Any, tmp_path: Path, erase: bool) -> None:
    """Rebuilding, backing up, exporting and importing give the tables without the words."""
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY, erase=erase)
    due = tables_of(desk.ledger.db)
    assert desk.left(repr(due)) == []
    store.rebuild(desk.ledger)
    assert tables_of(desk.ledger.db) == due
    back_up(desk.ledger, tmp_path / "backup.db")
    with (tmp_path / "log.ndjson").open("wb") as out:
        export_log(desk.ledger, out)
    import_log(tmp_path / "log.ndjson", tmp_path / "again.db")
    for name in ("backup.db", "again.db"):
        with store.open_ledger(tmp_path / name) as ledger:
            assert tables_of(ledger.db) == due
        assert audit.verify(tmp_path / name).problems == ()


@pytest.mark.parametrize("erase", [False, True], ids=["kept", "erased"])
def test_the_ledger_as_it_was(desk: Any, erase: bool) -> None:
    """As of any earlier point the words are not there either: what is withheld now was not different then."""
    size = queries.head(desk.ledger.db).size
    trust.withhold(desk.book, desk.story.handle, ["name"], WHY, erase=erase)
    for point in (3, size // 2, size - 1, size):
        with store.as_of(desk.ledger, str(point)) as then:
            assert desk.left(repr(tables_of(then.db))) == []
            assert desk.left(repr(views.home_view(then.db))) == []


def test_a_second_withholding(book: Book, tmp_path: Path) -> None:
    """Words that stand inside an earlier withholding's entry are taken out of that one too."""
    book.agent("Marta Quell", note="Works with Ben Okafor.")
    book.agent("Ben Okafor", note="Works with Marta Quell, and with Cleo Dunn.")
    book.agent("Cleo Dunn")
    due = [("marta-quell", "Marta Quell"), ("ben-okafor", "Ben Okafor"), ("cleo-dunn", "Cleo Dunn")]
    before = []
    for handle, name in due:
        first = trust.withhold(book, handle, ["name"], f"Number {len(before)}.")
        assert set(before) <= set(first.entries) or not before
        before.append(first.seq)
        said = published(book, tmp_path / f"public{len(before)}.db").read_bytes()
        assert name.encode() not in said
    assert (b"Marta" in said, b"Ben" in said, b"Cleo" in said) == (False, False, False)
    trust.drop(book.ledger)
    assert audit.verify(book.ledger.path).problems == ()
    path = book.ledger.path
    for file in (path, path.with_name(path.name + "-wal")):
        assert not [name for _, name in due if name.encode() in file.read_bytes()]


def test_a_second_field_of_the_same_record(book: Book, tmp_path: Path) -> None:
    """Two withholdings of one record stand side by side, each with its reason."""
    letter = book.source("Letter of the pilot", url="https://harbour.example/letters/7", id="letter")
    trust.withhold(book, letter.handle, ["url"], "It leads to the house.")
    trust.withhold(book, letter.handle, ["title"], "He asked for it.")
    (kept,) = queries.all_kept(book.ledger.db, "source")
    assert kept.withheld == (("url", "It leads to the house."), ("title", "He asked for it."))
    assert (kept.record.title, kept.record.url) == (WITHHELD, WITHHELD)
    said = published(book, tmp_path / "public.db").read_bytes()
    assert b"pilot" not in said
    assert b"letters/7" not in said


@pytest.mark.parametrize("gone", ["retract", "supersede"])
def test_a_record_that_no_longer_stands(book: Book, tmp_path: Path, gone: str) -> None:
    """What was retracted or superseded stays readable, so it can be withheld too."""
    book.agent("Marta Quell")
    if gone == "retract":
        book.retract("marta-quell", "She was somebody else.")
    else:
        book.agent("A witness", id="witness")
        book.supersede("marta-quell", "witness", "She asked for it.")
    trust.withhold(book, "marta-quell", ["name"], WHY)
    (kept,) = [kept for kept in queries.all_kept(book.ledger.db, "agent") if kept.withheld]
    assert kept.standing.value == f"{gone}ed".replace("eed", "ed")
    assert b"Quell" not in published(book, tmp_path / "public.db").read_bytes()


def test_what_may_be_done_with_a_record_afterwards(book: Book) -> None:
    """Its other fields can be corrected and it can be retracted; the withheld one cannot be corrected."""
    book.agent("Marta Quell", id="witness")
    trust.withhold(book, "witness", ["name"], WHY)
    (handle,) = [kept.record.handle for kept in queries.all_kept(book.ledger.db, "agent") if kept.withheld]
    size = queries.head(book.ledger.db).size
    with pytest.raises(InputError, match="withheld or sealed is not corrected: name"):
        book.correct(handle, {"name": "Marta Quill"}, "It was misspelt.")
    assert queries.head(book.ledger.db).size == size
    book.correct(handle, {"note": "Heard on Monday."}, "The note was left out.")
    book.retract(handle, "She was not there.")
    kept = book.kept(handle)
    assert (kept.record.name, kept.record.note, kept.withheld) == (WITHHELD, "Heard on Monday.", (("name", WHY),))
    assert audit.verify(book.ledger.path).problems == ()


def test_an_evidence_s_references(book: Book, tmp_path: Path) -> None:
    """Who spoke, and where it was seen, can be withheld: the copy does not say that these belong together."""
    claim, letter, paper = (
        book.claim("The ferry was late.", id="ferry"),
        book.source("A letter"),
        book.source("A paper"),
    )
    marta = book.agent("Marta Quell")
    item = book.evidence(claim, letter, seen_in=paper, speaker=marta, anchor=Anchor("late again"), id="item")
    trust.withhold(book, item.handle, ["quote", "speaker", "seen-in"], WHY)
    with store.open_ledger(published(book, tmp_path / "public.db")) as copy:
        (row,) = queries.rows(copy.db, "evidence")
        assert (row["quote"], row["speaker"], row["seen_in"]) == (WITHHELD, None, None)
        said = [entry.body for entry in queries.entries(copy.db) if entry.body]
        assert not [body for body in said if marta.uid in body and item.uid in body]


@pytest.mark.parametrize(
    "records",
    [
        "agents:\n- {id: marta-quell, name: Marta Quell}\n",
        "agents:\n- {id: marta-quell, name: Marta Quell}\nsources:\n- {id: talk, title: A talk, author: marta-quell}\n",
        "agents:\n- {id: marta-quell, name: Marta Quell}\nclaims:\n- {id: came, text: Marta Quell came.}\n",
    ],
    ids=["agent", "author", "claim"],
)
def test_a_story_file_imported_again(book: Book, tmp_path: Path, records: str) -> None:
    """The file that a withheld name came from does not bring it back without a word."""
    file = tmp_path / "ferry.story.yaml"
    file.write_text(f"factledger: story/1\nstory: ferry\ntitle: The ferry\n{records}", encoding="utf-8")
    import_story(book, file)
    trust.withhold(book, "marta-quell", ["name"], WHY)
    before = queries.head(book.ledger.db)
    with pytest.raises(InputError):
        import_story(Book(book.ledger), file)
    assert queries.head(book.ledger.db) == before


# -- what is refused ---------------------------------------------------------


@pytest.mark.parametrize(
    ("handle", "fields", "more", "says"),
    [
        ("marta", [], {}, "What shall be withheld"),
        ("marta", ["title"], {}, "'title' cannot be withheld"),
        ("marta", ["note"], {}, "It has no note"),
        ("marta", ["name"], {"reason": " "}, "empty"),
        ("marta", ["name"], {"reason": "Marta Quell was threatened."}, "The reason holds the words"),
        ("marta", ["name"], {"reason": "MARTA  QUELL asked."}, "The reason holds the words"),
        ("marta", [], {"also": ["Nobody At All"]}, "stand nowhere"),
        ("marta", [], {"also": [" "]}, "stand nowhere"),
        ("marta", ["name"], {"also": ["desk.example"]}, "part of the ledger's own name"),
        ("ferry", ["text"], {}, "A claim has nothing to withhold"),
        ("martha", ["name"], {}, "Did you mean marta"),
    ],
)
def test_what_cannot_be_withheld(book: Book, handle: str, fields: list[str], more: dict[str, Any], says: str) -> None:
    """What makes no sense is refused in words, and nothing is recorded."""
    book.agent("Marta Quell", id="marta")
    book.claim("The ferry was late.", id="ferry")
    before = queries.head(book.ledger.db)
    with pytest.raises(InputError) as refused:
        trust.withhold(book, handle, fields, more.get("reason", WHY), also=more.get("also", ()))
    assert says in str(refused.value)
    assert queries.head(book.ledger.db) == before


def test_withholding_twice(book: Book) -> None:
    """What is withheld already is not withheld again."""
    book.agent("Marta Quell", id="witness")
    trust.withhold(book, "witness", ["name"], WHY)
    (handle,) = [kept.record.handle for kept in queries.all_kept(book.ledger.db, "agent") if kept.withheld]
    with pytest.raises(InputError, match="withheld already"):
        trust.withhold(book, handle, ["name"], WHY)


def _capture(book: Book, source: Source, data: bytes, name: str) -> str:
    reading = Extraction(data, plain_text(data, where=name), "text/plain", PLAIN, name)
    digest = Archive(book.ledger.archive).put(data)
    book.capture(source, reading, Custody())
    return digest


def test_the_place_of_withheld_words_is_withheld_with_them(book: Book, tmp_path: Path) -> None:
    """Of a quotation that is withheld, or that a name stands in, the page goes too; of others it stays."""
    book.agent("Marta Page")
    claim, letter = book.claim("The ferry was late.", id="ferry"), book.source("A letter")
    for id, anchor in (
        ("whole", Anchor("late again", fragment="page=31337")),
        ("near", Anchor("late", suffix=", said Marta Page", fragment="page=31338")),
        ("other", Anchor("on Monday", fragment="page=31339")),
        ("alone", Anchor("", fragment="t=31340,31341")),
        ("kept", Anchor("", fragment="page=12&viewrect=1,2,3,4")),
    ):
        book.evidence(claim, letter, id=id, anchor=anchor)
    trust.withhold(book, "whole", ["quote"], WHY)
    trust.withhold(book, "alone", ["quote"], WHY)
    trust.withhold(book, "marta-page", ["name"], WHY)
    public = published(book, tmp_path / "public.db")
    for place in (b"31337", b"31338", b"31340", b"Page"):
        assert place not in public.read_bytes()
    with store.open_ledger(public) as ledger:
        rows = {row["id"]: (row["quote"], row["fragment"]) for row in queries.rows(ledger.db, "evidence")}
    assert rows == {
        "whole": (WITHHELD, None),
        "near": ("late", None),
        "other": ("on Monday", "page=31339"),
        "alone": (WITHHELD, None),
        "kept": (None, "page=12&viewrect=1,2,3,4"),
    }
    assert audit.verify(public).sound


def test_a_place_that_is_none_hides_nothing() -> None:
    """Words in a place that no rule of today would take are found there as everywhere."""
    redaction = Redaction(Words.of(["Marta Quell"]), {})
    body = {"anchor": {"exact": "late", "fragment": "page=12&by=Marta Quell"}}
    assert redaction.of(body) == {"anchor": {"exact": "late", "fragment": f"page=12&by={WITHHELD}"}}
    figures = Redaction(Words.of(["12", "page"]), {})
    place = {"anchor": {"exact": "late", "fragment": "page=12"}, "note": "12 in all"}
    assert figures.of(place) == place | {"note": f"{WITHHELD} in all"}
