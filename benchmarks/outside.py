"""Parts that libraries of the field have too, on test data that others publish, beside a peer in the same run.

    rfc6962-vectors   testdata/ of transparency-dev/merkle, Apache-2.0: 196 proofs, true and tampered with (JSON files
                      below inclusion/ and consistency/; those of subtrees are another specification's)
    robots-tests      robots_test.cc of google/robotstxt, Apache-2.0: what Google's parser is expected to say
    url-tests         urltestdata.json of web-platform-tests, BSD-3-Clause: valid and invalid addresses

Nothing of them is tuned on: the rules are those of RFC 6962, 9309 and 3986. `protego` is read where it is installed.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import bars

from ledger.capture.fetch import AddressRefused, parse_robots, parse_url, ruling
from ledger.log import proof


def vectors(folder: Path) -> None:
    """Hold the proof checks to every published probe, beside a check that believes lengths."""
    right = total = 0
    for path in sorted((folder / "testdata").glob("*/**/*.json")):
        kind, said = path.relative_to(folder).parts[1], json.loads(path.read_text("utf-8"))
        hashes = [b64decode(value) for value in said.get("proof") or []]
        if kind == "inclusion":
            leaf, root = b64decode(said["leafHash"]), b64decode(said["root"])
            holds = proof.includes(leaf, said["leafIdx"], said["treeSize"], hashes, root)
        elif kind == "consistency":
            roots = b64decode(said["root1"]), b64decode(said["root2"])
            holds = proof.consistent(said["size1"], said["size2"], *roots, hashes)
        else:
            continue
        total += 1
        right += holds is not said["wantErr"]
    print(f"RFC 6962   {right} of {total} published probes")
    bars.hold("published probes of RFC 6962 answered rightly", right / total, least=1)
    bars.hold("probes there are", total, least=196)


# -- robots.txt ----------------------------------------------------------------


class Asked(NamedTuple):
    """A robots.txt, a visitor's token, an address, and whether it may be fetched."""

    robots: bytes
    agent: str
    url: str
    allowed: bool


TEXTS = r'(?:"(?:[^"\\]|\\.)*"\s*)+'
STATEMENT = re.compile(
    rf"(?:string_view|string)\s+(\w+)\s*(?:=|\()\s*({TEXTS})\)?;|EXPECT_(TRUE|FALSE)\(\s*IsUserAgentAllowed\((.*?)\)\);",
    re.DOTALL,
)
ARGUMENT = re.compile(rf"({TEXTS}|\w+)\s*(?:,|$)", re.DOTALL)
ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{2}|.)", re.DOTALL)


def literal(source: str) -> bytes:
    """Return the bytes of C string literals that stand one behind the other."""
    joined = b"".join(one.encode() for one in re.findall(r'"((?:[^"\\]|\\.)*)"', source))
    known = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}
    return ESCAPE.sub(lambda m: bytes([int(m[1][1:], 16)]) if len(m[1]) == 3 else known.get(m[1], m[1]), joined)


def expectations(source: str) -> Iterator[Asked]:
    """Yield what the tests expect; those that build a text by a loop are passed over."""
    for body in re.findall(r"^TEST\(.*?^\}", re.sub(r"^\s*//.*$", "", source, flags=re.M), re.DOTALL | re.MULTILINE):
        named: dict[str, bytes] = {}
        for name, text, expected, arguments in STATEMENT.findall(body):
            if name:
                named[name] = literal(text)
                continue
            found = [literal(one) if one[0] == '"' else named.get(one) for one in ARGUMENT.findall(arguments.strip())]
            if len(found) == 3 and all(one is not None for one in found):
                robots, agent, url = (one or b"" for one in found)
                yield Asked(robots, agent.decode(), url.decode("utf-8", "replace"), expected == "TRUE")


def ours(asked: Asked) -> bool:
    parts = urlsplit(asked.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return ruling(parse_robots(asked.robots), asked.agent, path).allowed


def standard(asked: Asked) -> bool:
    parser = RobotFileParser()
    parser.parse(asked.robots.decode("utf-8", "replace").splitlines())
    return parser.can_fetch(asked.agent, asked.url)


def protego(asked: Asked) -> bool:
    from protego import Protego

    return bool(Protego.parse(asked.robots.decode("utf-8", "replace")).can_fetch(asked.url, asked.agent))


def robots(folder: Path) -> None:
    """Hold robots.txt readers to what Google's tests expect."""
    cases = list(expectations((folder / "robots_test.cc").read_text("utf-8")))
    peers: dict[str, Callable[[Asked], bool]] = {"factledger": ours, "urllib.robotparser": standard}
    if find_spec("protego"):
        peers["protego"] = protego
    right = {name: sum(read(one) is one.allowed for one in cases) for name, read in peers.items()}
    for name, count in right.items():
        print(f"robots.txt {name:<20} {count} of {len(cases)} expectations")
    bars.hold("expectations of Google's tests met", right["factledger"] / len(cases), least=0.96)
    bars.hold("beside urllib.robotparser", right["factledger"] / right["urllib.robotparser"], least=1.5)


# -- addresses -----------------------------------------------------------------


def strict(url: str) -> str:
    return parse_url(url).host


def lenient(url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or (parts.port or 0) < 0:
        raise ValueError
    return parts.hostname


def host(read: Callable[[str], str], url: str) -> str | None:
    try:
        return read(url).strip("[]")
    except (ValueError, AddressRefused):
        return None


def addresses(folder: Path) -> None:
    """Count invalid addresses that are taken, and valid ones that lead to another host than the standard says."""
    listed: list[dict[str, Any]] = [
        one for one in json.loads((folder / "urltestdata.json").read_text("utf-8")) if isinstance(one, dict)
    ]
    alone = [one for one in listed if not one.get("base")]
    invalid = [one["input"] for one in alone if one.get("failure") and re.match(r"\s*https?:", one["input"], re.I)]
    valid = [one for one in alone if not one.get("failure") and one.get("protocol") in ("http:", "https:")]
    for name, read in (("factledger", strict), ("urllib", lenient)):
        taken = sum(host(read, url) is not None for url in invalid)
        found = [(host(read, one["input"]), one["hostname"].strip("[]")) for one in valid]
        elsewhere = sum(said not in (None, due) for said, due in found)
        reads = sum(said is not None for said, _ in found)
        print(
            f"addresses  {name:<20} takes {taken} of {len(invalid)} invalid and {reads} of {len(valid)} valid ones, "
            f"{elsewhere} of them as another host"
        )
        if read is strict:
            bars.hold("invalid addresses taken", taken / len(invalid), most=0.04)
            bars.hold("addresses that lead to another host", elsewhere, most=0)


def main() -> None:
    options = bars.parser(__doc__).parse_args()
    for name, measure in (("rfc6962-vectors", vectors), ("robots-tests", robots), ("url-tests", addresses)):
        if folder := bars.data(options, name):
            measure(folder)
    bars.close()


if __name__ == "__main__":
    main()
