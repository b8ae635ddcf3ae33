"""A matrix: every place where a name can stand, and every form in which a ledger is handed on."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ledger import audit, checks, store, trust
from ledger.book import Book, Custody
from ledger.capture import Archive, plain_text
from ledger.capture.reading import PLAIN, Extraction
from ledger.errors import InputError
from ledger.exchange import export_log
from ledger.exchange.bundle import gather_bundle, write_bundle
from ledger.model import KINDS, Anchor, InquiryState, Relation, Value, Verdict
from ledger.store import queries
from ledger.views import bundle_page, chain_lines, claim_view

NAME = "Marta Quell"
WHY = "She was threatened."

PLACES = {
    ("agent.add", "handle"), ("agent.add", "name"), ("agent.add", "note"),
    ("source.add", "handle"), ("source.add", "title"), ("source.add", "url"), ("source.add", "note"),
    ("link.add", "note"),
    ("claim.add", "handle"), ("claim.add", "text"), ("claim.add", "topic"), ("claim.add", "story"),
    ("claim.add", "value.subject"),
    ("evidence.add", "handle"), ("evidence.add", "anchor.exact"), ("evidence.add", "anchor.prefix"),
    ("evidence.add", "anchor.suffix"), ("evidence.add", "anchor.text"), ("evidence.add", "anchor.start"),
    ("evidence.add", "original"), ("evidence.add", "unnamed_because"), ("evidence.add", "note"),
    ("inquiry.add", "question"), ("inquiry.add", "searched"), ("inquiry.add", "note"), ("inquiry.settle", "reason"),
    ("review.add", "reasons"), ("review.add", "label"),
    ("capture.add", "sha256"), ("capture.add", "text_sha256"), ("capture.add", "file_name"), ("capture.add", "url"),
    ("capture.add", "taken_from"), ("capture.add", "how"), ("capture.add", "headers"), ("capture.add", "note"),
    ("claim.correct", "changes.text"), ("claim.correct", "reason"), ("source.retract", "reason"),
    ("result.add", "sets.findings.reason"), ("run.add", "digest"),
}  # fmt: skip
"""(kind of entry, field) in which the story below has the name, or what was made of it."""


@pytest.fixture
def told(book: Book, telling: Any) -> tuple[Book, list[str]]:
    """A story with the name in every place, checked, and the hashes of the texts that hold it."""
    with book.together():
        person = book.agent(NAME, note=f"{NAME} called.")
        talk = book.source("A talk")
        letter = book.source(
            f"Letter by {NAME}", author=person, url="https://harbour.example/Marta-Quell", note=f"By {NAME}."
        )
        other = book.source("Another letter")
        book.link(letter, Relation.QUOTES, talk, note=f"{NAME} says so.")
        book.claim(
            f"{NAME} closed the bridge.", topic=f"{NAME}’s bridge", story=f"{NAME} and the bridge",
            value=Value(NAME, "bridges closed", "1", None),
        )  # fmt: skip
        claim = book.claim("The bridge was closed in May.", id="bridge")
        data = f"The bridge was closed in May, said {NAME} on Monday.\n".encode()
        reading = Extraction(data, plain_text(data, where="talk"), "text/plain", PLAIN, f"{NAME}.txt")
        Archive.of(book.ledger).put(data)
        custody = Custody(
            taken_from=NAME, how=f"sent by {NAME}", url="https://x.example/marta_quell", headers=(("x-from", NAME),)
        )
        book.capture(talk, reading, custody, note=f"From {NAME}.")
        text = reading.text_sha256
        book.evidence(claim, talk, id="whole", anchor=Anchor("closed in May", "was ", f", said {NAME}", 15, 28, text))
        book.evidence(
            claim, letter, id="by-marta-quell", anchor=Anchor(f"so said {NAME}", f"{NAME}: "), original=f"{NAME} dijo",
            unnamed_because=f"{NAME} asked.", note=f"See {NAME}.",
        )  # fmt: skip
        asked = book.inquiry(f"Did {NAME} see it?", claim=claim, searched=f"Letters of {NAME}", note=f"{NAME} is away.")
        book.review(claim, Verdict.SUPPORTED, f"{NAME} says so.", label=f"as {NAME} says")
    book.correct("bridge", {"text": f"{NAME} closed the bridge in May."}, f"{NAME} said so.")
    book.correct("bridge", {"text": "The bridge was closed in May."}, "She did not.")
    book.settle(asked.handle, InquiryState.NO_ANSWER, f"{NAME} never wrote.")
    book.retract(other.handle, f"{NAME} took it back.")
    checks.check(book)
    digests = [sha256(data).hexdigest(), text]
    return book, digests


def test_every_place_is_named_beforehand(told: tuple[Book, list[str]]) -> None:
    """A dry run names every place where the words stand, with its record, and records nothing."""
    book, _ = told
    before = queries.head(book.ledger.db)
    done = trust.withhold(book, "marta-quell", ["name"], WHY, try_only=True)
    assert {(place.kind, field) for place in done.places for field in place.fields} >= PLACES
    assert done.seq is None
    assert queries.head(book.ledger.db) == before
    assert trust.withhold(book, "marta-quell", ["name"], WHY).places == done.places


def tables(book: Book, folder: Path) -> bytes:
    found = [book.ledger.db.execute(f"SELECT * FROM {name}").fetchall() for name in store.schema.PROJECTIONS]
    return repr(found).encode()


def searched(book: Book, folder: Path) -> bytes:
    found = [book.ledger.db.execute(f"SELECT * FROM {name} WHERE {name} MATCH 'quell'").fetchall()
             for name in store.schema.CACHES]  # fmt: skip
    return repr([rows for rows in found if rows]).encode()


def published(book: Book, folder: Path) -> bytes:
    trust.publish(book.ledger, folder / "public.db")
    assert audit.verify(folder / "public.db").problems == ()
    return (folder / "public.db").read_bytes()


def exported(book: Book, folder: Path) -> bytes:
    trust.publish(book.ledger, folder / "public.db")
    with store.open_ledger(folder / "public.db") as copy, (folder / "log.ndjson").open("wb") as out:
        export_log(copy, out)
    return (folder / "log.ndjson").read_bytes()


def bundled(book: Book, folder: Path) -> bytes:
    bundle, view = gather_bundle(book.ledger, "bridge"), claim_view(book.ledger.db, "bridge")
    write_bundle(bundle, folder / "bag", page=bundle_page(view, bundle), chain="\n".join(chain_lines(view)))
    return b"\n".join(path.name.encode() + path.read_bytes() for path in (folder / "bag").rglob("*") if path.is_file())


def checked(book: Book, folder: Path) -> bytes:
    """What checks enter that read the archived text, name and all, once the name is withheld."""
    before = queries.head(book.ledger.db).size
    checks.check(book, everything=True)
    return repr([entry.body for entry in queries.entries(book.ledger.db, start=before)]).encode()


FORMS = [tables, searched, published, exported, bundled, checked]


@pytest.mark.parametrize("form", FORMS, ids=[form.__name__ for form in FORMS])
def test_no_form_has_it(
    told: tuple[Book, list[str]], tmp_path: Path, traces: Any, form: Callable[[Book, Path], bytes]
) -> None:
    """Of all these places no byte of the name, of its id, or of a hash of a text with it is in what others get."""
    book, digests = told
    trust.withhold(book, "marta-quell", ["name"], WHY)
    assert traces(form(book, tmp_path), NAME, tuple(digests)) == []
    assert audit.verify(book.ledger.path).problems == ()


def test_a_bundle_with_words_that_came_in_again(told: tuple[Book, list[str]]) -> None:
    """A name that was recorded again after it was withheld is not handed over with a claim."""
    book, _ = told
    trust.withhold(book, "marta-quell", ["name"], WHY)
    book.correct("bridge", {"topic": f"{NAME} again"}, "It was left out.")
    with pytest.raises(InputError, match="stand here again"):
        gather_bundle(book.ledger, "bridge")
    trust.renew(book)
    gather_bundle(book.ledger, "bridge")


def test_no_check_is_lost(told: tuple[Book, list[str]]) -> None:
    """What checks say of a claim, of its quotations too, is the same before and after a name is withheld."""
    book, _ = told

    def said() -> set[tuple[str, str, str]]:
        found = queries.findings(book.ledger.db, "bridge")
        return {(one.checker, one.finding.outcome.value, one.finding.code) for one in found}

    before = said()
    trust.withhold(book, "marta-quell", ["name"], WHY)
    checks.check(book, everything=True)
    assert said() - before == set()
    assert before - said() == set()
    assert len(list(queries.all_kept(book.ledger.db, *KINDS))) >= 30
    assert "1 archived copies, hashed again" in audit.verify(book.ledger.path).covered
