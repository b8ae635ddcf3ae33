"""What goes out as records or as a story comes in again as the same records."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import store
from ledger.book import Book
from ledger.exchange import build_example, extract, import_document, import_story
from ledger.exchange.recordlines import RecordLines
from ledger.exchange.story import Stories
from ledger.format import Document
from ledger.model import (
    Agent,
    AgentKind,
    Anchor,
    Basis,
    Claim,
    Evidence,
    Inquiry,
    InquiryState,
    Link,
    Order,
    Record,
    Relation,
    Review,
    Source,
    SourceKind,
    Stake,
    Stance,
    Value,
    Verdict,
    references,
)  # fmt: skip
from ledger.store import Ledger
from ledger.testing.temporary import temporary_book

from .test_claimreview import registered

CLASSES = (Agent, Source, Claim, Link, Evidence, Inquiry, Review)
OWN = "ana-roa"
"""Who begins a temporary ledger: in both of them."""


def records(ledger: Ledger) -> dict[str, Record]:
    """Return every record by its handle, those that it names by theirs, without where words stand in a text."""
    whole = extract(ledger)
    handles = {one.uid: one.handle for cls in CLASSES for one in whole.of(cls)}
    return {one.handle: _plain(one, handles) for cls in CLASSES for one in whole.of(cls) if one.handle != OWN}


def _plain(record: Record, handles: dict[str, str]) -> Record:
    named = {field: handles[uid] for field, _, uid in references(record)}
    plain = attrs.evolve(record, uid="", **named)
    if isinstance(plain, Evidence) and plain.anchor is not None:
        anchor = Anchor(plain.anchor.exact, language=plain.anchor.language, fragment=plain.anchor.fragment)
        plain = attrs.evolve(plain, anchor=anchor)
    return plain


def again(ledger: Ledger, form: str) -> dict[str, Record]:
    """Return the records of another ledger, into which a file of this one came."""
    exchange = Stories() if form == "story" else RecordLines()
    text = "".join(exchange.write(extract(ledger)))
    with temporary_book() as other, TemporaryDirectory() as folder:
        if form == "story":
            path = Path(folder) / "again.story.yaml"
            path.write_text(text, encoding="utf-8")
            import_story(other, path)
        else:
            found = import_document(other, registered(exchange), Document(name="again", data=text.encode()))
            assert found.refused == () and found.notes == ()
        return records(other.ledger)


@pytest.mark.parametrize("form", ["records", "story"])
def test_the_example_comes_back_whole(form: str, tmp_path: Path) -> None:
    """Every record of the example ledger is the same in a ledger that it comes into."""
    build_example(tmp_path / "example.db")
    with store.open_ledger(tmp_path / "example.db") as ledger:
        before = records(ledger)
        assert len(before) > 70
        assert again(ledger, form) == before


letters = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))


def words(most: int = 40) -> Any:
    """Texts as people write them, of any script and with any sign that may be entered."""
    return st.text(letters, min_size=1, max_size=most).map(lambda text: " ".join(text.split())).filter(bool)


def perhaps(strategy: Any) -> Any:
    return st.none() | strategy


dates = st.sampled_from(["2031-05-02", "2031-05", "2031", "XXXX-05-02", "2031-05~", "2031-05-01/2031-05-04"])
note = perhaps(words() | st.just("two\nlines: # - 'and' \"more\""))


@st.composite
def entries(draw: Any) -> list[tuple[str, dict[str, Any]]]:
    """What somebody enters, step by step: (method of a book, its arguments); records are named by their number."""
    steps: list[tuple[str, dict[str, Any]]] = []
    for number in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(AgentKind))
        owner = draw(perhaps(st.just(f"a{number - 1}"))) if number else None
        steps.append(
            ("agent", {"id": f"a{number}", "name": draw(words()), "kind": kind, "part_of": owner, "note": draw(note)})
        )
    agent = perhaps(st.just("a0"))
    for number in range(draw(st.integers(1, 3))):
        told = {"id": f"s{number}", "title": draw(words()), "kind": draw(st.sampled_from(SourceKind))}
        told |= {"author": draw(agent), "publisher": draw(agent), "published": draw(perhaps(dates)), "note": draw(note)}
        steps.append(("source", {**told, "language": draw(perhaps(st.sampled_from(["no", "en", "pt-BR"])))}))
        if number:
            relation = draw(st.sampled_from([one for one in Relation if one is not Relation.INDEPENDENT_OF]))
            link = {"id": f"l{number}", "source": f"s{number}", "relation": relation, "comes_from": f"s{number - 1}"}
            steps.append(("link", {**link, "note": draw(note)}))
    for number in range(draw(st.integers(1, 3))):
        value = Value(subject=draw(words()), property=draw(words()), amount="12.5", unit=draw(perhaps(words(5))))
        claim = {"id": f"c{number}", "text": draw(words()), "claimant": draw(agent), "said": draw(perhaps(dates))}
        claim |= {"occurred": draw(perhaps(dates)), "topic": draw(perhaps(words())), "story": "eels"}
        claim |= {
            "value": draw(perhaps(st.just(value))),
            "order": draw(perhaps(st.just(Order(earlier="noon", least_days=2)))),
        }
        steps.append(("claim", {**claim, "reports": draw(perhaps(st.just(f"c{number - 1}"))) if number else None}))
        anchor = draw(perhaps(st.builds(Anchor, exact=words(), language=perhaps(st.just("en")))))
        said = {"claim": f"c{number}", "source": "s0", "stance": draw(st.sampled_from(Stance)), "anchor": anchor}
        said |= {"speaker": draw(agent), "basis": draw(st.sampled_from(Basis)), "stake": draw(st.sampled_from(Stake))}
        steps.append(
            (
                "evidence",
                {
                    "id": f"e{number}",
                    **said,
                    "named": draw(perhaps(st.booleans())),
                    "original": draw(perhaps(words())),
                    "note": draw(note),
                },
            )
        )
        asked = {"id": f"i{number}", "question": draw(words()), "claim": draw(perhaps(st.just(f"c{number}")))}
        asked |= {"asked": "a0", "state": draw(st.sampled_from(InquiryState)), "asked_on": draw(perhaps(dates))}
        steps.append(("inquiry", asked))
        if draw(st.booleans()):
            verdict = draw(st.sampled_from([one for one in Verdict if one is not Verdict.UNCHECKED]))
            review = {"id": f"r{number}", "claim": f"c{number}", "verdict": verdict, "reasons": draw(words())}
            steps.append(("review", {**review, "reviewer": "a0", "label": draw(perhaps(words()))}))
    return steps


NAMES = (
    "part_of",
    "author",
    "publisher",
    "source",
    "comes_from",
    "claimant",
    "reports",
    "claim",
    "speaker",
    "asked",
    "reviewer",
)


def enter(book: Book, steps: list[tuple[str, dict[str, Any]]]) -> None:
    """Enter what is told, record by record."""
    made: dict[str, Record] = {}
    with book.together():
        for method, told in steps:
            given = {name: made[value] if name in NAMES and value else value for name, value in told.items()}
            made[told["id"]] = getattr(book, method)(**given)


@pytest.mark.parametrize("form", ["records", "story"])
@settings(max_examples=15)
@given(steps=entries())
def test_whatever_is_entered_comes_back(form: str, steps: list[tuple[str, dict[str, Any]]]) -> None:
    """Any records that people can enter are the same in the ledger that their file comes into."""
    with temporary_book() as book:
        enter(book, steps)
        assert again(book.ledger, form) == records(book.ledger)


def test_a_story_file_is_of_one_story(factledger: Any) -> None:
    """Claims of two stories make no file, and the line says how to choose."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    for story in ("eels", "crabs"):
        assert factledger("add", f"The {story} are back.", "--story", story).returncode == 0
    done = factledger("export", "story")
    assert (
        done.returncode == 2
        and "The claims are of several stories: crabs, eels. Say which: --story crabs" in done.stderr
    )
    assert "text: The eels are back." in factledger("export", "story", "--story", "eels").stdout
