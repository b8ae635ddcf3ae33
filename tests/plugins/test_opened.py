"""A ledger that a program opens, to read it and to enter something."""

from __future__ import annotations

from pathlib import Path

import pytest

import ledger
from ledger import Claim, DamagedLedger, InputError, Source, SourceKind, UnknownRecord, Verdict
from ledger.testing import temporary_ledger


def test_what_is_entered_is_read_by_whoever_opens_the_file() -> None:
    """A claim on two sources, opened again by its path: what it rests on, what was decided, and by name."""
    with temporary_ledger() as desk:
        with desk.together():
            post = desk.source("Bridge shut", id="post", kind=SourceKind.ARTICLE)
            claim = desk.claim("The bridge was closed.", id="bridge", occurred="2031-05-02")
            item = desk.evidence(claim, post, quote="it is closed", language="en")
        desk.inquiry("Is it shut?", claim=claim, searched="the register")
        desk.review(claim, Verdict.SUPPORTED, "The notice hangs there.")
        with ledger.open(desk.path) as read:
            (checked,) = read.claims("bridge")
            assert checked.claim == claim and checked.dossier.evidence == (item,)
            assert checked.decision is not None and checked.decision.verdict is Verdict.SUPPORTED
            assert [one.handle for one in read.records(Source)] == ["post"]
            assert read.find(Source, "bridge shut") == post
            assert (read.origin, read.path) == ("desk.example", desk.path)
            assert not hasattr(read, "source")


def test_what_is_wrong_is_told_and_nothing_is_written() -> None:
    """A block that ends in an error records nothing; a handle that is not there has a likely one."""
    with temporary_ledger() as desk:
        desk.claim("The bridge was closed.", id="bridge")
        with pytest.raises(InputError), desk.together():
            desk.claim("The ferry runs.", id="ferry")
            desk.claim("The ferry runs by night.", id="ferry")
        assert [one.handle for one in desk.records(Claim)] == ["bridge"]
        with pytest.raises(UnknownRecord, match="Did you mean bridge"):
            desk.claims("brigde")
        with pytest.raises(InputError, match="date"):
            desk.claim("The tram runs.", occurred="someday")


def test_a_record_is_corrected_and_retracted_with_a_reason() -> None:
    """The new value counts, and what was retracted is not among what stands."""
    with temporary_ledger() as desk:
        post = desk.source("Bridge shut", id="post")
        desk.correct("post", {"published": "2031-05-03"}, "It stands in the imprint.")
        assert desk.find(Source, "post").published == "2031-05-03"
        desk.retract(post.handle, "There is no such paper.")
        assert list(desk.records(Source)) == []


def test_a_file_that_is_no_ledger_is_refused_in_words(tmp_path: Path) -> None:
    """No file, and a file of something else: neither is opened, for reading or writing."""
    other = tmp_path / "notes.txt"
    other.write_text("Not a ledger.")
    for write in (False, True):
        for path in (tmp_path / "none.db", other):
            with pytest.raises(DamagedLedger) as raised:
                ledger.open(path, write=write)
            assert raised.value.hint
