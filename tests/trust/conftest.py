"""A desk whose story names one person everywhere, and a search for what is left of a name."""

from __future__ import annotations

import re
import shutil
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs
import pytest
from sqlite_utils.utils import sqlite3

from ledger import book as use_cases
from ledger import checks, rules, store, wire
from ledger.book import Book, Custody
from ledger.capture import Archive, plain_text
from ledger.capture.reading import PLAIN, Extraction
from ledger.model import Anchor, Finding, FindingSet, InquiryState, Outcome, Relation, Result, Run, Verdict
from ledger.store import Draft, Ledger, bodies, queries

Traces = Callable[..., list[str]]

NAME = "Zoë Kėpler-Strauß"
"""With an accent that has no ASCII, a hyphen, and a letter whose capital is two."""


@attrs.frozen
class Story:
    """What was told of somebody: their handle, and every digest that was made of texts with the name."""

    name: str
    handle: str
    digests: tuple[str, ...]


def archived(book: Book, source: Any, text: str, file_name: str) -> tuple[str, str]:
    """Archive a text as a copy of a source; return the digests of its bytes and of what was read from them."""
    data = text.encode()
    reading = Extraction(data, plain_text(data, where=file_name), "text/plain", PLAIN, file_name)
    Archive.of(book.ledger).put(data)
    book.capture(source, reading, Custody())
    return sha256(data).hexdigest(), reading.text_sha256


def found(book: Book, claim: str, reason: str, details: tuple[str, ...] = ()) -> str:
    """Record a run whose only finding says this of a claim, as a checker would; return its digest."""
    environment, about = book.ledger.environment, book.kept(claim).record
    sets = (FindingSet("hearsay", "1", (Finding(Outcome.WARN, reason, "heard", (about.uid,), "", details),)),)
    digest = sha256(wire.dumps([[claim, wire.unstructure(sets[0])]]).encode()).hexdigest()
    uid, empty = environment.uid(), sha256(b"{}").hexdigest()
    size = queries.head(book.ledger.db).size
    run = Run(
        uid=uid, handle=f"run-{size}-{uid[:8]}", checkers=("hearsay@1",), looked_at=size, subjects=1,
        counts=(("warn", 1),), options=empty, policy="none", digest=digest,
    )  # fmt: skip
    result = Result(uid=(last := environment.uid()), handle=f"result-{last}", subject=about.uid, run=uid, sets=sets)
    drafts = [Draft(f"{one.KIND}.add", one.uid, store.body_of(one)) for one in (run, result)]
    store.append(book.ledger, drafts, actor=book.actor)
    return digest


def tell(book: Book, name: str, *, check: bool = False) -> Story:
    """Tell a story that names somebody in every kind of field that takes words."""
    loud, wide, joined = name.upper(), "  ".join(name.split()), "_".join(name.split())
    apart = unicodedata.normalize("NFD", name)
    with book.together():
        person = book.agent(wide, note=f"We call {apart} only at night.")
        port = book.agent("Port council")
        letter = book.source(
            f"Letter of {name} to the council", author=person, note=f"Signed {loud}.",
            url=f"https://harbour.example/letters/{rules.slug(name)}.html",
        )  # fmt: skip
        speech = book.source("Speech at the harbour", publisher=port)
        book.link(letter, Relation.QUOTES, speech, note=f"{name} was there.")
        claim = book.claim("The bridge was refused a permit in May.", id="bridge", topic=f"{name} and the bridge")
        long = book.claim(f"The night watch of the harbour met {loud} twice.")
        again = book.claim("The night watch of the harbour met a witness twice.", id="met")
        first = book.evidence(claim, letter, id="by-letter", speaker=person, note=f"{apart}’s own hand.")
        book.evidence(
            claim, speech, anchor=Anchor("was refused a permit", prefix=f"said {name}: it ", suffix=f" ({loud})"),
            original=f"„{name}“ sagt es.",
        )  # fmt: skip
        book.evidence(long, letter, unnamed_because=f"“{wide}” asked us.", anchor=Anchor(f"I, {name}, met the watch"))
        asked = book.inquiry(f"Did {name} see it?", claim=claim, asked=person, note=f"{joined} did not answer.")
        book.inquiry("Who else was there?", searched=f"The register of {loud}")
        review = book.review(claim, Verdict.SUPPORTED, f"I believe {name}.", label=f"as {name} says")
    digests = [
        *archived(book, letter, f"Dear council,\nI saw it.\n{name}\n", f"interview_{joined}_2031.txt"),
        *archived(book, speech, f"The permit was refused in May, said {loud}, \nand went.\n", f"{name}.txt"),
    ]
    book.correct("met", {"text": f"The night watch met {name} twice."}, f"{name} told us.")
    book.correct("met", {"text": "The night watch of the harbour met nobody."}, f"That {apart} was there is not so.")
    book.correct(first.handle, {"note": f"Typed, not by hand; says {joined}."}, "We looked again.")
    book.correct(review.handle, {"reasons": f"{name} was heard twice."}, f"At the wish of {name}.")
    book.settle(asked.handle, InquiryState.NO_ANSWER, f"{name} never wrote.")
    book.supersede(long.handle, again.handle, f"{name} is in it.")
    digests += [
        found(book, "bridge", f"Only {name} says so.", (f"seen: {loud}", f"heard: {wide}")),
        found(book, "met", "Nobody says so.", (f"but {apart} might",)),
    ]
    for _ in range(2 if check else 0):  # the second finds nothing new: its digest is of the same findings
        checks.check(book, ["bridge"])
    digests += [row["digest"] for row in queries.rows(book.ledger.db, "runs")]
    book.retract("by-letter", f"{name} took it back.")
    return Story(name, queries.handle(book.ledger.db, person.uid), tuple(dict.fromkeys(digests)))


def plain(text: str) -> str:
    """A text as two that read alike are compared: one form, no letter case, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()))


def left(said: bytes | str, name: str, digests: tuple[str, ...] = ()) -> list[str]:
    """What bytes or a text still say of a name: the name or its slug in any spelling, or a digest."""
    data = said.encode() if isinstance(said, str) else said + inflated(said)
    text = plain(data.decode("utf-8", "ignore"))
    short = rules.slug(name)
    slugs = [short] if len(short) >= 8 or len(short) == len(name) else []  # of other names it tells next to nothing
    due = [plain(name), "_".join(plain(name).split()), *slugs, *digests, *(digest[:8] for digest in digests)]
    forms = {form for each in (name, name.upper(), name.lower()) for form in (each, unicodedata.normalize("NFD", each))}
    seen = [one for one in due if one and one in text]
    seen += [form for form in forms if form.encode() in data]
    return seen + [f"raw {digest}" for digest in digests if bytes.fromhex(digest) in data]


DEFLATED = b"\x78\xbb" + bodies.WORDS_ID.to_bytes(4, "big")
"""How a deflated body begins, wherever it lies (RFC 1950)."""


def inflated(data: bytes) -> bytes:
    """What the deflated bodies in bytes say, also those that nothing leads to any more."""
    said = b""
    for found in re.finditer(re.escape(DEFLATED), data):
        reading = zlib.decompressobj(zdict=bodies.WORDS)
        for at in range(found.start(), found.start() + 65_536, 64):
            try:
                said += reading.decompress(data[at : at + 64])
            except zlib.error:  # what follows is no more of it
                break
            if reading.eof:
                break
    return said


def rows(path: Path) -> str:
    """Every cell of every table of a file, one a line: text that spans pages is whole here."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    db.text_factory = lambda data: data.decode("utf-8", "replace")
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = (cell for table in tables for row in db.execute(f'SELECT * FROM "{table}"') for cell in row)
    cells = [inflated(cell).decode() if isinstance(cell, bytes) else str(cell) for cell in found]
    db.close()
    return "\n".join(cells)


@pytest.fixture(scope="session")
def telling() -> Callable[..., Story]:
    """Tell a story that names somebody in every kind of field that takes words."""
    return tell


@pytest.fixture(scope="session")
def traces() -> Traces:
    """Return what bytes or a text still say of a name: the name or its slug in any spelling, or a digest."""
    return left


@pytest.fixture(scope="session")
def cells() -> Callable[[Path], str]:
    """Return every cell of every table of a file."""
    return rows


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Story]:
    """The folder of a ledger, its archive and its keys that is copied for each test, and what was told there."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", str(folder / "keys"))
        book = use_cases.start(folder / "ledger.db", origin="desk.example", person="Ana Roa")
        story = tell(book, NAME, check=True)
        book.ledger.close()
    return folder, story


@attrs.frozen
class Desk:
    """A ledger with the story of one person, open for writing."""

    book: Book
    story: Story
    path: Path

    @property
    def ledger(self) -> Ledger:
        return self.book.ledger

    def left(self, said: bytes | str) -> list[str]:
        """What of the person's name is still in bytes or a text."""
        return left(said, self.story.name, self.story.digests)

    def files(self) -> dict[str, list[str]]:
        """What of the name is still in the ledger, beside it, and in its archive: file -> traces."""
        beside = [self.path.with_name(self.path.name + end) for end in ("", "-wal", "-journal", ".part")]
        archive = [file for file in self.path.with_suffix(".archive").rglob("*") if file.is_file()]
        seen = {file.name: self.left(file.read_bytes()) for file in (*beside, *archive) if file.exists()}
        return {name: traces for name, traces in seen.items() if traces}


@pytest.fixture
def desk(made: tuple[Path, Story], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A ledger of this test's own in which Zoë is named everywhere."""
    folder, story = made
    monkeypatch.setenv("FACTLEDGER_KEYS", str(shutil.copytree(folder / "keys", tmp_path / "keys")))
    shutil.copytree(folder / "ledger.archive", tmp_path / "ledger.archive")
    path = Path(shutil.copy(folder / "ledger.db", tmp_path / "ledger.db"))
    with store.open_ledger(path, write=True) as ledger:
        yield Desk(Book(ledger), story, path)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that reads the ledger and holds on to what it saw."""
    db = sqlite3.connect(f"file:{tmp_path / 'ledger.db'}?mode=ro", uri=True, isolation_level=None)
    yield db
    db.close()
