"""Which witnesses must have signed (c2sp.org/tlog-policy); the cases stand in quorum.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ledger.log import Algorithm, Malformed, Quorum, SignerKey

CASES = tomllib.loads(Path(__file__).with_name("quorum.toml").read_text("utf-8"))
KEYS = {
    **{one: str(SignerKey(f"{one}.example", one.encode() * 32, Algorithm.COSIGNATURE).verifier) for one in "ABCD"},
    **{one: str(SignerKey(f"{one}.example", one.encode() * 32).verifier) for one in "LM"},
    "E": str(SignerKey("E.example", b"A" * 32, Algorithm.COSIGNATURE).verifier),
}


def written(text: str) -> str:
    """The policy of a case, with keys in the place of letters."""
    return re.sub(r"(?<=[ \t])[A-ELM](?=\s|$)", lambda match: KEYS[match[0]], text, flags=re.MULTILINE)


@pytest.mark.parametrize("case", CASES["read"], ids=lambda case: case["name"])
def test_who_is_enough(case: dict[str, Any]) -> None:
    """A policy is met by the sets of witnesses that it names, and by no others."""
    quorum = Quorum.read(written(case["text"]))
    assert [names for names in case["met"] if not quorum.met(names)] == []
    assert [names for names in case["not_met"] if quorum.met(names)] == []


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["name"])
def test_what_is_no_policy(case: dict[str, Any]) -> None:
    """What the specification rules out is refused."""
    with pytest.raises(Malformed):
        Quorum.read(written(case["text"]))


def test_the_line_is_told() -> None:
    """Whoever wrote the file learns where to look."""
    with pytest.raises(Malformed) as refused:
        Quorum.read(written("# who\nwitness a A\ngroup some 2 a\nquorum some\n"))
    assert refused.value.where == "line 3"


def test_where_parties_answer() -> None:
    """The address of a log or witness is kept, and the log is named by its key."""
    quorum = Quorum.read(written("log L https://log.example\nwitness a A https://a.example/w\nquorum a\n"))
    assert [(one.name, one.url) for one in quorum.logs + quorum.witnesses] == [
        ("L.example", "https://log.example"),
        ("a", "https://a.example/w"),
    ]


def test_as_many_as_the_specification_recommends() -> None:
    """32 logs, 32 witnesses and 32 groups are read."""
    logs = [SignerKey(f"log{n}.example", bytes([n]) * 32).verifier for n in range(32)]
    witnesses = [SignerKey(f"w{n}.example", bytes([n]) * 32, Algorithm.COSIGNATURE).verifier for n in range(32)]
    lines = [f"log {key}" for key in logs] + [f"witness w{n} {key}" for n, key in enumerate(witnesses)]
    lines += ["group g0 any w0", *(f"group g{n} all g{n - 1} w{n}" for n in range(1, 32)), "quorum g31"]
    quorum = Quorum.read("\n".join(lines))
    everybody = [f"w{n}" for n in range(32)]
    assert quorum.met(everybody)
    assert not any(quorum.met([name for name in everybody if name != out]) for out in everybody)
