"""Who meets: claims that share a key, or several; and checkers that look into archived copies."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ledger import checks, trust
from ledger.book import Book, Custody
from ledger.capture import Archive, Extraction
from ledger.checks.meeting import MOST, Meeting
from ledger.store import queries

Keys = dict[str, list[str]]

SETS = some.dictionaries(
    some.sampled_from("abcdefgh"), some.sets(some.sampled_from("123456789")).map(sorted), max_size=8
)


@given(SETS, some.integers(2, 4))
def test_claims_meet_two_by_two_that_share_enough_keys(keys: Keys, shared: int) -> None:
    """No others do, and each two once, whoever of them is asked about."""
    due = [
        (f"{one} {other}", [one, other])
        for one, other in combinations(sorted(keys), 2)
        if len(set(keys[one]) & set(keys[other])) >= shared
    ]
    meeting = Meeting(keys, shared)
    assert meeting.groups(keys) == due
    for claim in keys:
        assert meeting.groups([claim]) == [(key, pair) for key, pair in due if claim in pair]
        assert {one for one in keys if claim in meeting.with_keys(keys[one])} - {claim} == {
            one for _, pair in due if claim in pair for one in pair
        } - {claim}


@given(SETS)
def test_claims_that_share_a_key_meet_all_together(keys: Keys) -> None:
    """Once for each key that two have."""
    members = {key: [claim for claim in sorted(keys) if key in keys[claim]] for key in "123456789"}
    due = [(key, claims) for key, claims in members.items() if len(claims) > 1]
    assert sorted(Meeting(keys).groups(keys)) == due


def test_what_very_many_share_is_no_reason_to_meet() -> None:
    """They are said to be too many; who shares other keys with somebody meets them all the same."""
    keys = {f"claim-{number:04}": ["crowd", "another"] for number in range(MOST + 1)}
    keys |= {"pair-1": ["crowd", "x", "y"], "pair-2": ["crowd", "x", "y"]}
    meeting = Meeting(keys, 2)
    assert meeting.groups(keys) == [("pair-1 pair-2", ["pair-1", "pair-2"])]
    assert meeting.crowded == {claim for claim in keys if claim.startswith("claim")}
    assert Meeting(keys).crowded == frozenset(keys)


BYTES = '''
"""Claims meet whose archived copies have two bytes in common."""
from ledger import Checker, GroupChecker, hookimpl


class Said:
    version = 1
    establishes = "what it says"
    does_not_establish = "anything else"


class Alike(Said, GroupChecker):
    """Checks: whether copies have bytes in common."""

    name = "alike"
    reads_captures = True
    shared_keys = 2

    def keys_of(self, dossier):
        return (str(byte) for data in dossier.blobs.values() for byte in set(data))

    def check(self, group, context):
        both = [bytes(sorted(set(b"".join(one.blobs.values())))).decode() for one in group.dossiers]
        yield self.warns(" and ".join(both), cites=group.claims)


class Sizes(Said, Checker):
    """Checks: how many bytes each copy has."""

    name = "sizes"
    reads_captures = True

    def check(self, dossier, context):
        sizes = [len(dossier.blobs[one.uid]) if one.uid in dossier.blobs else -1 for one in dossier.captures]
        yield self.warns(f"sizes {sizes}")


@hookimpl
def ledger_register_checkers(config):
    return [Alike(), Sizes()]
'''


def archive(book: Book, claim: str, data: bytes) -> None:
    """Enter a claim, and archive a copy of its one source."""
    source = book.source(f"Note on {claim}", id=f"note-{claim}")
    book.evidence(book.claim(f"It was {claim}.", id=claim), source)
    Archive.of(book.ledger).put(data)
    book.capture(source, Extraction(data, "", "application/octet-stream", "none"), Custody())


def said(book: Book, checker: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in queries.findings(book.ledger.db):
        if one.checker == checker:
            found.setdefault(one.subject, []).append(one.finding.reason)
    return {subject: sorted(reasons) for subject, reasons in found.items()}


@pytest.fixture
def alike(install: Callable[..., None]) -> str:
    install("alike_bytes", BYTES)
    return "alike_bytes"


def test_claims_meet_by_what_is_in_their_archived_copies(book: Book, alike: str) -> None:
    """Two by two, in as many keys as the checker says; again when a copy was added, and no more when it is gone."""
    archive(book, "red", b"abc")
    archive(book, "blue", b"bcd")
    archive(book, "green", b"cde")
    archive(book, "white", b"xyz")
    checks.check(book, plugins=alike)
    assert said(book, "alike") == {
        "red": ["bcd and abc"],
        "blue": ["bcd and abc", "bcd and cde"],
        "green": ["bcd and cde"],
    }
    assert said(book, "sizes")["white"] == ["sizes [3]"]
    archive(book, "grey", b"wxy")
    checks.check(book, plugins=alike)
    assert set(said(book, "alike")) == {"red", "blue", "green", "white", "grey"}
    copy = next(queries.all_kept(book.ledger.db, "capture")).record
    book.retract(copy.handle, "Of another source.")
    checks.check(book, plugins=alike)
    assert set(said(book, "alike")) == {"blue", "green", "white", "grey"}


def test_a_copy_that_is_not_what_was_recorded_is_not_given(book: Book, alike: str) -> None:
    """Nor is one that is not there any more."""
    archive(book, "red", b"abc")
    place = Archive.of(book.ledger).path(next(queries.all_kept(book.ledger.db, "capture")).record.sha256)
    place.write_bytes(b"abX")
    checks.check(book, plugins=alike)
    assert said(book, "sizes") == {"red": ["sizes [-1]"]}


def test_who_does_not_say_that_it_reads_copies_is_given_none(book: Book, install: Callable[..., None]) -> None:
    """Nothing of a copy is read for it."""
    install("sizes_alone", BYTES.replace("reads_captures = True", "reads_captures = False"))
    archive(book, "red", b"abc")
    checks.check(book, plugins="sizes_alone")
    assert said(book, "sizes") == {"red": ["sizes [-1]"]}


def test_a_copy_of_a_source_of_which_words_are_withheld_is_not_given(book: Book, alike: str) -> None:
    """Nobody can look for words in a picture: it goes with what was said of it."""
    archive(book, "red", b"abc")
    trust.withhold(book, "note-red", ["title"], "She is a minor.")
    checks.check(book, plugins=alike)
    assert list(said(book, "sizes").values()) == [["sizes [-1]"]]
