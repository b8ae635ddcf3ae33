"""What rests on a source, told by the tables, is what a walk through the chain finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import book as books
from ledger import views
from ledger.book import Book
from ledger.chain import Chain, Step
from ledger.errors import UnknownRecord
from ledger.model import Evidence, Link, LinkState, Relation
from ledger.store import all_kept

SOURCES = 6
CLAIMS = 4
sources = st.integers(0, SOURCES - 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("resting")
        patch.setenv("FACTLEDGER_KEYS", str(path / "keys"))
        yield path


def walked(book: Book, handle: str) -> dict[str, str | None]:
    """Return claim -> None, or "" where it stands on the source through others only: by walking the chain."""
    db = book.ledger.db
    links = [one.record for one in all_kept(db, "link") if one.standing.stands]
    steps = [
        Step(link.source, link.comes_from, link.relation.value)
        for link in links
        if isinstance(link, Link) and link.relation.derives and link.state is not LinkState.REJECTED
    ]
    uid = {one.record.handle: one.record.uid for one in all_kept(db, "source", "claim")}
    name = {found: known for known, found in uid.items()}
    chain, here = Chain(steps), uid[handle]
    behind, after = chain.ancestors(here) | {here}, chain.dependents(here) - {here}
    found: dict[str, str | None] = {}
    evidence = [one.record for one in all_kept(db, "evidence") if one.standing.stands]
    for item in evidence:
        assert isinstance(item, Evidence)
        if here in (item.source, item.seen_in):
            found[name[item.claim]] = None
    for item in evidence:
        assert isinstance(item, Evidence)
        if item.source in after or (item.seen_in in after and item.source in behind):
            found.setdefault(name[item.claim], "")
    return found


@given(
    links=st.lists(st.tuples(sources, st.sampled_from(Relation), sources), max_size=8),
    evidence=st.lists(st.tuples(st.integers(0, CLAIMS - 1), sources, sources, st.booleans()), max_size=8),
)
def test_what_rests_on_a_source_is_what_the_chain_leads_to(
    folder: Path, links: list[tuple[int, Relation, int]], evidence: list[tuple[int, int, int, bool]]
) -> None:
    """Itself and through others, whatever the chain, circles too; what was retracted does not count."""
    path = folder / "small.db"
    for left in folder.glob("small.db*"):
        left.unlink()
    book = books.start(path, origin="desk.example.org", person="Ana López")
    with book.together():
        made = [book.source(f"Source {number}", id=f"s-{number}") for number in range(SOURCES)]
        claims = [book.claim(f"Claim {number} is so.", id=f"c-{number}") for number in range(CLAIMS)]
        for later, relation, earlier in links:
            if later != earlier:
                book.link(made[later], relation, made[earlier], note="so it says")
        withdrawn = [
            book.evidence(claims[claim], made[source], seen_in=made[seen])
            if seen != source
            else book.evidence(claims[claim], made[source])
            for claim, source, seen, _ in evidence
        ]
    for handle in {item.handle for item, (*_, gone) in zip(withdrawn, evidence, strict=True) if gone}:
        book.retract(handle, "A mistake.")
    for source in made:
        told = {one.handle: None if one.via is None else "" for one in views.impact(book.ledger.db, source.handle)}
        assert told == walked(book, source.handle)
        view = views.source_view(book.ledger.db, source.handle)
        assert view.rests == len(told)
    book.ledger.close()


def test_a_source_that_is_not_there_is_said_so(folder: Path) -> None:
    """The error names it."""
    book = books.start(folder / "none.db", origin="desk.example.org", person="Ana López")
    with pytest.raises(UnknownRecord, match="no source 'nowhere'"):
        views.source_view(book.ledger.db, "nowhere")
    book.ledger.close()
