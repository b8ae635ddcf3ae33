"""The evidence bundle from the outside: a bag that foreign programs check, whole or not there, without hidden words."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import bagit
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ledger import store

ARTICLE = """The council met on Monday.
"The old bridge will be closed in May," said Marta Quell, who heads the council's works.
Nobody asked for a count of the lorries.
"""


@pytest.fixture
def desk(factledger: Any, tmp_path: Path, once: Any) -> Path:
    """A folder with a ledger of two claims: one from an archived article, checked and decided, and another."""

    @once
    def tell() -> None:
        (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
        for arguments in (
            ["init", "--origin", "desk.example", "--person", "Ana Roa"],
            ["add", "The old bridge will be closed in May", "--id", "bridge", "--seen-in", "article.txt",
             "--quote", "The old bridge will be closed in May", "--said-by", "Marta Quell", "--in",
             "speech to the council", "--basis", "witness"],
            ["add", "The ferry runs at night", "--id", "ferry"],
            ["inquiry", "How many lorries cross it?", "--claim", "bridge", "--asked", "Marta Quell"],
            ["review", "bridge", "supported", "--because", "She decides it & said so <herself>."],
        ):  # fmt: skip
            done = factledger(*arguments)
            assert done.returncode == 0, (arguments, done.stderr)
        factledger("check", "bridge")

    return tmp_path


@pytest.fixture
def bag(factledger: Any, desk: Path) -> Path:
    """A bundle of the first claim."""
    done = factledger("export", "bundle", "bridge", "bridge.bag")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return desk / "bridge.bag"


def listed(bag: Path, manifest: str) -> dict[str, str]:
    """What a manifest says, as `sha256sum -c` reads it: path -> hash."""
    lines = (bag / manifest).read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def wrong(bag: Path) -> list[str]:
    """Which files of a bag are not there or not those that its manifests name: hashlib and nothing else."""
    said = listed(bag, "manifest-sha256.txt") | listed(bag, "tagmanifest-sha256.txt")
    return [
        path
        for path, digest in said.items()
        if not (bag / path).is_file() or sha256((bag / path).read_bytes()).hexdigest() != digest
    ]


def files(bag: Path) -> dict[str, bytes]:
    return {str(file.relative_to(bag)): file.read_bytes() for file in sorted(bag.rglob("*")) if file.is_file()}


def told(bag: Path) -> Any:
    return json.loads((bag / "data" / "claim.json").read_text(encoding="utf-8"))


# -- the bag -----------------------------------------------------------------


def test_every_file_is_in_a_manifest_with_its_hash(bag: Path) -> None:
    """Each file under data/ is in the manifest, each tag file in the other, all with their hashes."""
    assert wrong(bag) == []
    payload = {path for path in files(bag) if path.startswith("data/")}
    assert set(listed(bag, "manifest-sha256.txt")) == payload
    tags = files(bag).keys() - payload - {"tagmanifest-sha256.txt"}
    assert set(listed(bag, "tagmanifest-sha256.txt")) == tags == {"bag-info.txt", "bagit.txt", "manifest-sha256.txt"}


def test_another_program_accepts_it(bag: Path) -> None:
    """The Library of Congress's bagit takes it for a complete and valid bag, and reads what it is."""
    found = bagit.Bag(str(bag))
    found.validate()
    assert found.info["Source-Organization"] == "desk.example"
    size = sum(len(data) for path, data in files(bag).items() if path.startswith("data/"))
    assert found.info["Payload-Oxum"] == f"{size}.{len(found.payload_entries())}"


@pytest.mark.parametrize(
    "part", ["data/claim.json", "data/chain.txt", "data/index.html", "data/proofs", "bag-info.txt"]
)
def test_a_changed_byte_is_seen(bag: Path, part: str) -> None:
    """One byte changed in any file is seen by the hashes, and by bagit."""
    file = bag / part if (bag / part).is_file() else sorted((bag / part).iterdir())[0]
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert wrong(bag) == [str(file.relative_to(bag))]
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()


def test_the_same_claim_makes_the_same_bag(factledger: Any, bag: Path, desk: Path) -> None:
    """Made again, also after something else was entered, a bundle is the same to the byte."""
    factledger("add", "The harbour is shallow", "--id", "harbour")
    factledger("export", "bundle", "bridge", "again.bag")
    assert files(desk / "again.bag") == files(bag)


# -- what is in it -------------------------------------------------------------


def test_all_that_the_claim_stands_on_is_in_it(bag: Path) -> None:
    """Claim, saying, evidence, sources, agents, inquiry, decision and findings are there; the other claim is not."""
    said = told(bag)
    kinds = {kind: {one["record"]["handle"] for one in kept} for kind, kept in said["records"].items()}
    assert kinds["claim"] == {"bridge", "bridge-said"}
    assert {"ana-roa", "marta-quell"} <= kinds["agent"]
    assert {len(kinds[kind]) for kind in ("evidence", "inquiry", "review", "capture", "run", "result")} == {1}
    assert {finding["checker"] for finding in said["findings"]} <= kinds["checker"]
    assert any(finding["checker"].startswith("corroboration@") for finding in said["findings"])
    assert b"ferry" not in b"".join(files(bag).values())


def test_what_was_taken_back_is_in_it(factledger: Any, bag: Path, desk: Path) -> None:
    """Evidence that was retracted is handed over too, as what it is, with the reason."""
    (evidence,) = told(bag)["records"]["evidence"]
    factledger("retract", evidence["record"]["handle"], "--because", "The tape says June.")
    factledger("export", "bundle", "bridge", "later.bag")
    (again,) = told(desk / "later.bag")["records"]["evidence"]
    assert (again["standing"], again["because"]) == ("retracted", "The tape says June.")
    assert "The tape says June." in (desk / "later.bag" / "data" / "index.html").read_text(encoding="utf-8")


def test_the_archived_bytes_are_in_it(bag: Path) -> None:
    """The article lies there under its own hash, to the byte, and beside it what can be read in it."""
    (capture,) = (one["record"] for one in told(bag)["records"]["capture"])
    bytes_of = bag / "data" / "captures" / f"{sha256(ARTICLE.encode()).hexdigest()}.txt"
    assert (bytes_of.read_bytes(), bytes_of.stem) == (ARTICLE.encode(), capture["sha256"])
    (text,) = (bag / "data" / "texts").iterdir()
    assert sha256(text.read_bytes()).hexdigest() == text.stem == capture["text_sha256"]


def test_without_captures(factledger: Any, bag: Path, desk: Path) -> None:
    """Left out, no byte or text of a copy is there; tag file, page and claim.json say so; quoted words stay."""
    done = factledger("export", "bundle", "bridge", "bare.bag", "--without-captures")
    assert "Left out  " in done.stderr
    bare = desk / "bare.bag"
    assert b"count of the lorries" in b"".join(files(bag).values())
    assert b"count of the lorries" not in b"".join(files(bare).values())
    assert "Archived-Copies: not all included" in (bare / "bag-info.txt").read_text(encoding="utf-8")
    (copy,) = told(bare)["copies"]
    assert (copy["file"], copy["text"]) == (None, None)
    assert copy["left_out_because"] in (bare / "data" / "index.html").read_text(encoding="utf-8")
    assert b"bridge will be closed in May" in (bare / "data" / "index.html").read_bytes()
    bagit.Bag(str(bare)).validate()


def test_a_copy_that_is_not_here(factledger: Any, desk: Path) -> None:
    """A copy whose bytes are not in the archive any more is named with that reason."""
    shutil.rmtree(desk / "ledger.archive")
    done = factledger("export", "bundle", "bridge", "bridge.bag")
    assert done.returncode == 0
    assert "its bytes are not in the archive here" in done.stderr
    assert told(desk / "bridge.bag")["copies"][0]["file"] is None


class Page(HTMLParser):
    """The names of a page's elements, what they refer to, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names, self.refers, self.words = set[str](), list[str](), list[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.refers += [str(value) for name, value in attrs if name in ("src", "href") or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_needs_nothing_but_itself(bag: Path) -> None:
    """No script, no link, no file of elsewhere; what was recorded stands there as words, and how to check it."""
    text = (bag / "data" / "index.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.refers == []
    assert not page.names & {"script", "link", "img", "iframe", "object", "herself", "base", "form"}
    assert "url(" not in text
    words = " ".join(" ".join(page.words).split())
    for due in (
        "She decides it & said so <herself>.",
        "What it does not show",
        "Whether anything that was recorded is true.",
        "sha256sum -c manifest-sha256.txt",
        told(bag)["log_key"],
    ):
        assert due in words, due


def test_the_chain_is_what_the_command_prints(factledger: Any, bag: Path) -> None:
    """chain.txt holds what `factledger chain` says."""
    assert (bag / "data" / "chain.txt").read_text(encoding="utf-8") == factledger("chain", "bridge").stdout


# -- proofs --------------------------------------------------------------------


def climb(leaf: bytes, index: int, size: int, path: list[str]) -> bytes:
    """The root to which an inclusion proof leads (RFC 9162, 2.1.3.2)."""
    value, last = leaf, size - 1
    for beside in map(bytes.fromhex, path):
        if index & 1 or index == last:
            value = sha256(b"\x01" + beside + value).digest()
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            value = sha256(b"\x01" + value + beside).digest()
        index, last = index >> 1, last >> 1
    assert last == 0
    return value


def proven(text: str, key: str) -> list[tuple[str, Any]]:
    """What a proof shows, as (subject, body), by the steps that the page tells, and without factledger."""
    sheet, found = json.loads(text), []
    signed, _, lines = sheet["checkpoint"].partition("\n\n")
    name, _, rest = key.split("+", 2)
    origin, size, root = signed.split("\n")[:3]
    assert origin == name
    (blob,) = (line.split(" ")[2] for line in lines.splitlines() if line.startswith(f"\u2014 {name} "))
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(rest)[1:])
    public.verify(base64.b64decode(blob)[4:], f"{signed}\n".encode())
    for entry in sheet["entries"]:
        envelope = json.loads(entry["env"])
        leaf = b"\x00" + entry["env"].encode() + b"\n" + (b"\n" + entry["sig"].encode() if entry["sig"] else b"")
        reached = climb(sha256(leaf).digest(), envelope["seq"], int(size), entry["path"])
        assert reached == base64.b64decode(root)
        if entry["body"] is not None:
            assert sha256(bytes.fromhex(entry["salt"]) + entry["body"].encode()).hexdigest() == envelope["body"]
        found.append((envelope["subject"], entry["body"] and json.loads(entry["body"])))
    return found


def test_every_record_is_proven_by_hand(factledger: Any, bag: Path) -> None:
    """By the steps of the page, with the key got elsewhere: what claim.json says is what was recorded in the log."""
    key = factledger("key", "show").stdout.strip()
    shown = dict[str, Any]()
    for file in sorted((bag / "data" / "proofs").glob("*.proof.json")):
        for subject, body in proven(file.read_text(encoding="utf-8"), key):
            before = shown.get(subject, {"uid": subject})
            shown[subject] = {**before, **body.get("changes", {})} if "replaces" in body else {**before, **body}
    records = [one["record"] for kept in told(bag)["records"].values() for one in kept]
    assert len(records) > 20
    assert {record["uid"]: record for record in records} == shown
    with pytest.raises(InvalidSignature):
        text = (bag / "data" / "proofs" / "claim.bridge.proof.json").read_text(encoding="utf-8")
        proven(re.sub(r"(?<=desk\.example\\n)\d+", "9", text), key)


def test_every_proof_is_checked_by_the_command(factledger: Any, bag: Path) -> None:
    """`check-proof` with the log's key holds for every proof; the checkpoint is the one they are of."""
    key = factledger("key", "show").stdout.strip()
    note = (bag / "data" / "proofs" / "checkpoint.txt").read_text(encoding="utf-8")
    for file in sorted((bag / "data" / "proofs").glob("*.proof.json")):
        done = factledger("check-proof", str(file), "--key", key)
        assert done.returncode == 0, (file, done.stdout)
        assert json.loads(file.read_text(encoding="utf-8"))["checkpoint"] == note
    assert factledger("verify", "--checkpoint", str(bag / "data" / "proofs" / "checkpoint.txt")).returncode == 0


def test_without_a_checkpoint_there_is_no_bundle(factledger: Any, desk: Path) -> None:
    """Where no checkpoint covers the records and the log key is not here, one line says who can sign one."""
    shutil.rmtree(os.environ["FACTLEDGER_KEYS"])
    done = factledger("export", "bundle", "bridge", "bridge.bag")
    assert done.returncode == 2
    assert "Whoever holds the log key can sign one" in done.stderr
    assert not (desk / "bridge.bag").exists()


# -- hidden words ----------------------------------------------------------------


def test_withheld_words_are_nowhere(factledger: Any, bag: Path, desk: Path) -> None:
    """A name that was withheld is in no file and no file's name, the archived article that holds it left out."""
    factledger("add", "Marta Quell owns the night ferry", "--id", "owner")
    hints = (b"quell", b"marta", sha256(ARTICLE.encode()).hexdigest()[:8].encode())
    everything = b"".join(path.encode() + data for path, data in files(bag).items()).lower()
    assert all(hint in everything for hint in hints)
    factledger("withhold", "marta-quell", "name", "--because", "She was threatened.", "--also", "Quell")
    done = factledger("export", "bundle", "bridge", "safe.bag")
    assert done.returncode == 0, done.stderr
    assert wrong(desk / "safe.bag") == []
    for path, data in files(desk / "safe.bag").items():
        assert [hint for hint in hints if hint in path.encode().lower() + data.lower()] == [], path
        assert b"ferry" not in data, f"{path} tells of another claim that named her"
    assert "She was threatened." in (desk / "safe.bag" / "data" / "index.html").read_text(encoding="utf-8")
    assert told(desk / "safe.bag")["copies"][0]["left_out_because"] == "it holds words that are withheld"
    key = factledger("key", "show").stdout.strip()
    for file in (desk / "safe.bag" / "data" / "proofs").glob("*.proof.json"):
        assert proven(file.read_text(encoding="utf-8"), key)


def test_a_copy_archived_after_the_withholding(factledger: Any, desk: Path) -> None:
    """A copy that came later and holds words that were withheld or sealed is left out as well."""
    factledger("agent", "Zoe Kepler", "--id", "driver", "--seal", "She would lose her post.")
    factledger("withhold", "marta-quell", "name", "--because", "She was threatened.", "--also", "Quell")
    source = told_source(factledger, "bridge", desk)
    spelt = "She wrote Mart\\u0061 Quell there.\n"
    for number, text in enumerate(("Then MARTA QUELL left.\n", "Zoe  Kepler drove.\n", spelt, "The bridge is old.\n")):
        (desk / f"more-{number}.txt").write_text(text, encoding="utf-8")
        done = factledger("capture", source, f"more-{number}.txt")
        assert done.returncode == 0, done.stderr
    factledger("export", "bundle", "bridge", "safe.bag")
    reasons = [copy["left_out_because"] for copy in told(desk / "safe.bag")["copies"]]
    hidden = "it holds words that are withheld or sealed"
    assert sorted(reasons) == ["", "it holds words that are withheld", hidden, hidden, hidden]
    everything = b"".join(files(desk / "safe.bag").values())
    assert b"The bridge is old." in everything
    assert b"quell" not in everything.lower()
    assert b"Kepler" not in everything


def told_source(factledger: Any, claim: str, desk: Path) -> str:
    """The handle of the source of which a copy is archived."""
    factledger("export", "bundle", claim, "look.bag")
    said = told(desk / "look.bag")["records"]
    of = said["capture"][0]["record"]["source"]
    return next(str(one["record"]["handle"]) for one in said["source"] if one["record"]["uid"] == of)


# -- whole, or not there ---------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "target", "says"),
    [
        ("bridge", "taken.bag", "taken"),
        ("bridge", "article.txt", "taken"),
        ("bridge", "nowhere/bridge.bag", "no folder nowhere"),
        ("brigde", "new.bag", "There is no claim 'brigde'"),
        ("marta-quell", "new.bag", "There is no claim 'marta-quell'"),
        ("bridge", "n" * 300, "File name too long"),
    ],
)
def test_what_is_refused(factledger: Any, desk: Path, claim: str, target: str, says: str) -> None:
    """A name that is taken or cannot be, and what is no claim, are refused in one line, with nothing written."""
    (desk / "taken.bag").mkdir()
    before = around(desk)
    done = factledger("export", "bundle", claim, target)
    assert done.returncode in (2, 5)
    (line,) = done.stderr.strip().splitlines()
    assert says in line
    assert around(desk) == before


def around(desk: Path) -> set[str]:
    """What lies in a folder, but for what SQLite keeps beside a ledger."""
    return {str(path) for path in desk.rglob("*") if not path.name.startswith("ledger.db-")}


def test_a_damaged_copy_is_not_handed_over(factledger: Any, desk: Path) -> None:
    """If an archived copy is not what was archived, there is no bundle and no part of one; the exit code is 3."""
    (copy,) = (desk / "ledger.archive").glob("??/*")
    copy.chmod(0o644)
    copy.write_bytes(copy.read_bytes().replace(b"May", b"Mai"))
    before = around(desk)
    done = factledger("export", "bundle", "bridge", "bridge.bag")
    assert done.returncode == 3
    assert "are not those that were archived" in done.stderr
    assert around(desk) == before


def test_an_archive_that_cannot_be_read(factledger: Any, desk: Path) -> None:
    """Where a copy cannot be read, one line says so, and nothing is written."""
    (copy,) = (desk / "ledger.archive").glob("??/*")
    copy.unlink()
    copy.mkdir()
    done = factledger("export", "bundle", "bridge", "bridge.bag")
    assert done.returncode == 5
    (line,) = done.stderr.strip().splitlines()
    assert "ledger.archive: Cannot read the archive: Is a directory. Nothing was written." in line
    assert not (desk / "bridge.bag").exists()


def test_a_published_copy_has_bundles_too(factledger: Any, desk: Path) -> None:
    """Made from a published copy, which has no archive, a bundle holds the same records and proofs."""
    factledger("publish", "public.db")
    done = factledger("-d", "public.db", "export", "bundle", "bridge", "public.bag")
    assert done.returncode == 0, done.stderr
    factledger("export", "bundle", "bridge", "own.bag")
    assert told(desk / "public.bag")["records"] == told(desk / "own.bag")["records"]
    with store.open_ledger(desk / "public.db") as ledger:
        assert ledger.role == "published"
