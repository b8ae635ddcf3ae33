"""Jobs go to machines that share no disk, and what was found comes back: the same, or refused by name."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import requires
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import attrs
import pytest

from ledger import Anchor, EnvironmentFault, InputError, checks
from ledger.book import Book, Custody
from ledger.capture import Archive, plain_text
from ledger.capture.reading import PLAIN, Extraction
from ledger.executor import Executor, Job, Receipt, Share, run_shared
from ledger.store import queries
from ledger.version import VERSION

pytest.importorskip("fsspec")

STANDARD = "factledger-checkers"
ENGINES = ("dask", "distributed", "fsspec", "ray", "pyspark", "celery")


@attrs.define
class Away(Executor):
    """Does jobs by way of a share, as another machine would; `told` collects the lines, `other` is put in them."""

    name = "away"
    address: str
    other: dict[str, Any] = attrs.field(factory=dict)
    told: list[str] = attrs.field(factory=list)

    def run(self, jobs: Sequence[Job]) -> Iterator[Receipt]:
        with Share(self.address) as share:
            for line in share.send(jobs):
                self.told.append(line)
                yield share.receive(run_shared(json.dumps(json.loads(line) | self.other)))


@pytest.fixture
def pier(book: Book) -> Book:
    """Two claims on an archived source, which one of them quotes as it is, and the other otherwise."""
    text = b"The pier was shut in May. It will open in June, Ana Roa said.\n"
    reading = Extraction(text, plain_text(text, where="minutes.txt"), "text/plain", PLAIN, "minutes.txt")
    Archive.of(book.ledger).put(text)
    with book.together():
        source = book.source("Minutes", published="2031-05-03")
        book.capture(source, reading, Custody())
        for number, words in enumerate(("The pier was shut in May.", "The pier was shut in March.")):
            claim = book.claim(f"The pier was shut, by minute {number}.", id=f"pier-{number}")
            book.evidence(claim, source, anchor=Anchor(words))
    return book


@pytest.mark.long
def test_what_was_found_elsewhere_is_what_is_found_here(
    pier: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Archived texts are read there too, the digest is the same, jobs name no file of this machine, nothing stays."""
    place, scratch = tmp_path / "share", tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    away = Away(place.as_uri())
    there = checks.check(pier, plugins=STANDARD, executor=away)
    here = checks.check(pier, plugins=STANDARD, everything=True)
    assert there.run is not None and here.run is not None
    assert (here.changed, here.run.digest) == ((), there.run.digest)
    quotes = {subject: one.outcome for subject, checker, one in here.found if checker == "quote"}
    assert quotes == {"pier-0": "pass", "pier-1": "fail"}
    assert away.told
    for line in away.told:
        assert len(line.encode()) <= 2_000
        assert str(pier.ledger.path.parent) not in line.replace(place.as_uri(), "")
    assert not list(place.glob("*"))
    began = monotonic()
    while list(scratch.glob("*")):  # what the thread that did the jobs had fetched goes with it
        assert monotonic() - began < 60
        sleep(0.05)


@pytest.mark.long
@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"head": f"7:{'0' * 64}"}, r"whose log ends at 7:0{64}; the one here ends at \d+:[0-9a-f]{64}"),
        ({"program": "0.0.1"}, f"This worker has factledger {VERSION}; the run was begun by 0.0.1"),
        ({"cards": "0" * 64, "checkers": ["quote@1", "nobody@3"]}, r"quote \d+, not 1; no nobody 3"),
        ({"cards": "0" * 64}, "they say other things of themselves"),
        ({"rules": "0" * 64}, "The policy was changed"),
        ({"plugin": "nobody-has"}, "other checkers here|cannot be worked with"),
    ],
)
def test_a_worker_that_finds_another_state_of_things_refuses(
    pier: Book, tmp_path: Path, other: dict[str, Any], told: str
) -> None:
    """Another head of the log, program, checker or policy: refused, both are named, and nothing is recorded."""
    size = queries.head(pier.ledger.db).size
    with pytest.raises(EnvironmentFault, match=told):
        checks.check(pier, plugins=STANDARD, executor=Away(tmp_path.joinpath("share").as_uri(), other))
    assert queries.head(pier.ledger.db).size == size


@pytest.mark.parametrize("address", ["share", "memory://share", "nowhere-has-this://share"])
def test_a_place_that_others_cannot_reach_is_told(address: str) -> None:
    """A relative path, the memory of this process, a scheme without a driver: one clear line."""
    with pytest.raises(InputError, match="This is no address"):
        Share(address)


def test_a_place_that_cannot_be_written_is_told(pier: Book, tmp_path: Path) -> None:
    """A share below a file is one line with its address; nothing is recorded."""
    tmp_path.joinpath("file").write_text("not a folder")
    with pytest.raises(EnvironmentFault, match=r"Cannot write file://.*Do all machines reach it"):
        checks.check(pier, plugins=STANDARD, executor=Away(tmp_path.joinpath("file", "share").as_uri()))


def test_factledger_comes_with_no_engine() -> None:
    """Nothing that spreads work over machines is needed to install factledger, nor loaded by it."""
    needed = [one for one in requires("factledger") or () if "extra ==" not in one]
    assert needed and not [one for one in needed if one.startswith(ENGINES)]
    names = "ledger, ledger.checks.run, ledger.cli.check, ledger.executor.share, ledger.executor.away"
    program = f"import sys, {names}; print([one for one in {ENGINES!r} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
