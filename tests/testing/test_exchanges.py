"""The contract of a format, put to formats that break it: each is told in one sentence what to mend."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from ledger.cli.formats import ours
from ledger.exchange import WholeExchange
from ledger.format import Document, Exchange, Extract, ImportItem
from ledger.model import Claim
from ledger.plugins import RegisteredExchange
from ledger.testing import Case, assert_exchange_contract, exported, extract_of

ONE = "pier: The pier was shut.\n"
SAMPLES: dict[str, list[str]] = {
    "annotations": [
        json.dumps(
            [
                {
                    "target": {
                        "source": "https://a.example",
                        "selector": {"type": "TextQuoteSelector", "exact": "Eels fly."},
                    }
                }
            ]
        )
    ],
    "claimreview": ['{"@type": "ClaimReview", "claimReviewed": "Eels fly.", "url": "https://a.example/1"}'],
    "csl": ['[{"id": "a", "type": "book", "title": "On eels", "author": [{"family": "Lind"}]}]'],
    "factchecktools": ['{"claims": [{"text": "Eels fly.", "claimReview": [{"url": "https://a.example/1"}]}]}'],
    "records": [
        '{"factledger": "records/1"}\n{"record": "claim", "uid": "c", "handle": "eels", "text": "Eels fly."}\n'
    ],
}


@pytest.mark.parametrize(
    "one", [one for one in ours() if not isinstance(one.exchange, WholeExchange)], ids=lambda one: one.name
)
def test_our_own_formats_keep_the_contract(one: RegisteredExchange) -> None:
    """Each writes whatever a ledger may hold, and takes no harm from what is no file of it."""
    assert_exchange_contract(one.exchange, SAMPLES.get(one.name, ()))


class Lines(Exchange):
    """A format that keeps the contract."""

    name, title, carries, loses = "lines", "lines", "words", "all else"
    media_type, suffixes = "text/plain", (".lines",)

    def write(self, extract: Extract) -> Iterator[str]:
        for checked in extract.claims:
            yield f"{checked.claim.handle}: {checked.claim.text}\n"

    def read(self, document: Document) -> Iterator[ImportItem]:
        for line in document.text().splitlines():
            name, _, text = line.partition(": ")
            if text:
                yield ImportItem(name=name, records=(Claim(uid=name, handle=name, text=text),))
            else:
                yield ImportItem(name=repr(line), refused="It has no words.")


def test_a_good_format_passes() -> None:
    """Nothing is said of it."""
    assert_exchange_contract(Lines(), [ONE])


numbers = count()


def _raises(self: Exchange, document: Document) -> Any:
    raise ValueError("no line")


def _trusts(self: Exchange, document: Document) -> Any:
    return [ImportItem(name=json.loads(document.data)["name"])]


def _nameless(self: Exchange, document: Document) -> Any:
    return [ImportItem(name=" ", refused="It is nothing.")]


def _forgets(self: Exchange, document: Document) -> Any:
    return []


def _counts(self: Exchange, document: Document) -> Any:
    return [ImportItem(name=f"item {next(numbers)}", refused="It is one more.")]


def _always_new(self: Exchange, document: Document) -> Any:
    text = f"It was read at {next(numbers)}."
    return [ImportItem(name="one", records=(Claim(uid="c", handle="", text=text),))]


def _opens(self: Exchange, document: Document) -> Any:
    Path("lines").write_bytes(document.data)
    return [ImportItem(name="one", refused="It is kept elsewhere.")]


def _exits(self: Exchange, document: Document) -> Any:
    import os

    os._exit(3)


def _hangs(self: Exchange, document: Document) -> Any:
    while True:
        pass


@pytest.mark.parametrize(
    ("read", "says"),
    [
        (_raises, "on sample 1: The format lines of factledger 1 failed: ValueError: no line"),
        (_trusts, "JSONDecodeError"),
        (_nameless, "it gave an item without a name"),
        (_forgets, "on sample 1: it gives no item for what is in it"),
        (_counts, "it gives something else when asked again"),
        (_always_new, "it gives something else when asked again"),
        (_opens, "it writes a file"),
        (_exits, "it ends the process (exit 3)"),
        (_hangs, "it takes longer than 1 seconds"),
    ],
)
def test_what_is_amiss_with_reading_is_told(read: Callable[..., Any], says: str) -> None:
    """One sentence, with the format and the place."""
    broken = type("Broken", (Lines,), {"read": read})()
    with pytest.raises(AssertionError) as told:
        assert_exchange_contract(broken, [ONE], limit=1.0)
    assert str(told.value).startswith("lines") and says in str(told.value)


def test_what_is_amiss_with_writing_is_told() -> None:
    """A format that cannot write what has no anchor is told on which case."""

    def write(self: Exchange, extract: Extract) -> Iterator[str]:
        for checked in extract.claims:
            yield from (item.anchor.exact for item in checked.dossier.evidence)  # type: ignore[union-attr]

    broken = type("Broken", (Lines,), {"write": write})()
    with pytest.raises(AssertionError, match=r"the case “.+”: The format lines .* 'NoneType' object has no attribute"):
        assert_exchange_contract(broken, [ONE])


def test_what_comes_in_again_must_add_nothing() -> None:
    """A note with the time in it would be new each time, though each reading is the same."""

    def read(self: Exchange, document: Document) -> Any:
        texts = [f"{document.data.decode('utf-8', 'replace')} {word}" for word in ("a", "b")]
        return [ImportItem(name=text, records=(Claim(uid="c", handle="", text=text),)) for text in texts]

    assert_exchange_contract(type("Fine", (Lines,), {"read": read})(), ["It was shut."])


def test_a_format_that_reads_is_given_a_sample() -> None:
    """Nothing can be said of reading without a file."""
    with pytest.raises(AssertionError, match="no sample was given"):
        assert_exchange_contract(Lines())


def test_a_case_is_handed_to_a_format_as_a_ledger_would() -> None:
    """Its claim with its evidence, reviews and the time of each record."""
    case = Case("The pier was shut.", id="pier")
    case.evidence(case.source("Notice"), quote="shut")
    extract = extract_of(case)
    (checked,) = extract.claims
    assert checked.claim is case.claim and checked.decision is None
    assert set(checked.added) == {
        case.claim.uid,
        *(one.uid for one in checked.dossier.evidence),
        *checked.dossier.sources,
    }
    assert [one.handle for one in extract.of(Claim)] == ["pier"]
    assert exported(Lines(), case) == b"pier: The pier was shut.\n"
