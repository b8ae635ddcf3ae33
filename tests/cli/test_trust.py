"""What others can rely on, as commands: checkpoints, proofs, witnesses, keys, and words kept from publication."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from ledger import store

LETTER = "Dear council,\nthe ferry was late again, and I saw it.\nMarta Quell\n"


@pytest.fixture
def begun(factledger: Any, tmp_path: Path, once: Any) -> Path:
    """A ledger with a claim that Marta Quell makes in a letter that is archived."""

    @once
    def tell() -> None:
        (tmp_path / "letter_marta_quell.txt").write_text(LETTER, encoding="utf-8")
        assert factledger("init", "--origin", "desk.example", "--person", "Ana Roa").returncode == 0
        assert factledger("agent", "Marta Quell").returncode == 0
        done = factledger(
            "add", "The ferry was late.", "--id", "ferry", "--seen-in", "letter_marta_quell.txt",
            "--quote", "the ferry was late again", "--said-by", "Marta Quell",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    return tmp_path / "ledger.db"


def key_of(factledger: Any) -> str:
    return str(factledger("key", "show").stdout.strip())


def one_line(done: Any) -> str:
    """What a refusal says: one line on stderr, nothing on stdout."""
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    return str(line)


# -- checkpoints -------------------------------------------------------------


def test_a_checkpoint_kept_elsewhere(factledger: Any, begun: Path, tmp_path: Path) -> None:
    """The note goes to stdout or a file; verify takes it, and says how far it reaches."""
    done = factledger("checkpoint", "-o", "desk.checkpoint")
    assert (done.returncode, done.stdout) == (0, "")
    assert factledger("checkpoint").stdout == (tmp_path / "desk.checkpoint").read_text("utf-8")
    done = factledger("verify", "--checkpoint", "desk.checkpoint", "--key", key_of(factledger))
    assert done.returncode == 0
    assert "1 checkpoints kept elsewhere" in done.stdout


def test_a_name_of_any_script_signs(factledger: Any, tmp_path: Path) -> None:
    """The key of a ledger, and of a witness, is found again whatever letters its name has."""
    assert factledger("init", "--origin", "käse.example", "--person", "Ana Roa").returncode == 0
    done = factledger("checkpoint", "-o", "desk.checkpoint")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "desk.checkpoint").read_text("utf-8").startswith("käse.example\n")
    assert factledger("verify", "--checkpoint", "desk.checkpoint").returncode == 0
    assert factledger("witness", "new", "свидетель.example").returncode == 0
    key = factledger("key", "show").stdout.strip()
    names = ("--as", "свидетель.example", "--log-key", key)
    done = factledger("witness", "cosign", "desk.checkpoint", *names)
    assert done.returncode == 0, done.stderr


def test_an_old_backup_is_not_signed(factledger: Any, begun: Path, tmp_path: Path) -> None:
    """Restored and gone on from, an old backup is refused with exit code 3, and verify says what it is."""
    assert factledger("backup", "old.db").returncode == 0
    factledger("agent", "Ben Okafor")
    factledger("checkpoint", "-o", "desk.checkpoint")
    for end in ("-wal", "-shm"):
        begun.with_name(begun.name + end).unlink(missing_ok=True)
    shutil.copy(tmp_path / "old.db", begun)
    done = factledger("checkpoint")
    assert done.returncode == 3
    assert "Nothing was signed. Is this an old backup?" in one_line(done)
    assert "PROBLEM     cut" in factledger("verify", "--checkpoint", "desk.checkpoint").stdout
    factledger("agent", "Cleo Dunn")
    done = factledger("checkpoint")
    assert done.returncode == 3
    assert "another history" in one_line(done)
    done = factledger("verify", "--checkpoint", "desk.checkpoint")
    assert done.returncode == 3
    assert "PROBLEM     rewritten" in done.stdout


def test_a_folder_that_is_none(factledger: Any, begun: Path, tmp_path: Path) -> None:
    """--git takes a folder that is there; of one that is no repository it says what is left to do."""
    done = factledger("checkpoint", "--git", "nowhere")
    assert done.returncode == 2
    assert "There is no folder nowhere" in one_line(done)
    (tmp_path / "plain").mkdir()
    done = factledger("checkpoint", "--git", "plain")
    assert done.returncode == 5
    assert "commit it by hand" in one_line(done)


@pytest.mark.parametrize("said", [b"", b"desk.example\n", b"\xff\xfe", LETTER.encode()])
def test_what_is_no_checkpoint(factledger: Any, begun: Path, tmp_path: Path, said: bytes) -> None:
    """A file that holds no checkpoint is refused, wherever one is asked for."""
    (tmp_path / "odd").write_bytes(said)
    for arguments in (["checkpoint", "--add", "odd"], ["verify", "--checkpoint", "odd"], ["prove", "--from", "odd"]):
        done = factledger(*arguments)
        assert done.returncode == 2
        assert "odd" in one_line(done)


def test_without_the_key(factledger: Any, begun: Path) -> None:
    """On a machine that does not hold the log key nothing is signed; verify needs none."""
    shutil.rmtree(os.environ["FACTLEDGER_KEYS"])
    done = factledger("checkpoint")
    assert done.returncode == 5
    assert "The log key is not on this machine" in one_line(done)
    assert factledger("verify").returncode == 0


# -- proofs ------------------------------------------------------------------


def test_a_proof_is_checked_without_a_ledger(factledger: Any, begun: Path, tmp_path: Path) -> None:
    """File and key are enough: the ledger may be gone."""
    key = key_of(factledger)
    assert factledger("prove", "ferry", "0", "-o", "ferry.proof.json").returncode == 0
    begun.unlink()
    done = factledger("check-proof", "ferry.proof.json", "--key", key, "--words")
    assert done.returncode == 0
    assert done.stdout.startswith("HOLDS")
    assert "The ferry was late." in done.stdout
    (tmp_path / "desk.key").write_text(key + "\n", encoding="utf-8")
    assert factledger("check-proof", "ferry.proof.json", "--key", "desk.key").returncode == 0


def test_a_proof_that_does_not_hold(factledger: Any, begun: Path, tmp_path: Path) -> None:
    """Changed words, or the key of another log, and the exit code is 3."""
    key = key_of(factledger)
    factledger("prove", "ferry", "-o", "ferry.proof.json")
    file = tmp_path / "ferry.proof.json"
    file.write_text(file.read_text("utf-8").replace("was late", "was sunk"), encoding="utf-8")
    done = factledger("check-proof", "ferry.proof.json", "--key", key, "--words")
    assert done.returncode == 3
    assert done.stdout.startswith("DOES NOT HOLD")
    assert "sunk" not in done.stdout
    factledger("-d", "other.db", "init", "--origin", "other.example", "--person", "Ben Okafor")
    other = factledger("-d", "other.db", "key", "show").stdout.strip()
    assert factledger("check-proof", "ferry.proof.json", "--key", other).returncode == 3


def test_growth(factledger: Any, begun: Path) -> None:
    """From a size or a kept checkpoint to the newest, or to the one of a given size."""
    key = key_of(factledger)
    factledger("checkpoint", "-o", "first")
    size = json.loads(factledger("verify", "--json").stdout)["size"]
    factledger("agent", "Ben Okafor")
    for arguments in (["--from", "first"], ["--from", str(size)], ["--from", "2", "--to", str(size)]):
        assert factledger("prove", *arguments, "-o", "growth.json").returncode == 0
        assert factledger("check-proof", "growth.json", "--key", key).returncode == 0
    factledger("prove", "--from", "first", "-o", "growth.json")
    assert factledger("check-proof", "growth.json", "--key", key, "--checkpoint", "first").returncode == 0
    done = factledger("prove", "--from", "2", "--to", "4")
    assert done.returncode == 2
    assert f"There are: {size}, {size + 1}." in one_line(done)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["prove"], "Say what to prove"),
        (["prove", "ferry", "--from", "2"], "Say what to prove"),
        (["prove", "fery"], "Did you mean ferry"),
        (["prove", "99999999999999999999999"], "The last is"),
        (["prove", "--from", "nowhere"], "nowhere"),
        (["prove", "--from", "0"], "cannot go on from 0"),
        (["prove", "--from", "999999999999999999999"], "cannot go on"),
        (["check-proof", "letter_marta_quell.txt", "--key", "x"], "no"),
        (["check-proof", "nowhere", "--key", "x"], "nowhere"),
        (["open", "ferry"], "Nothing of it is withheld or sealed"),
        (["withhold", "ferry", "text", "--because", "So."], "nothing to withhold"),
        (["withhold", "marta-quell", "--because", "So."], "What shall be withheld"),
        (["withhold", "marta-quell", "name", "--because", "Marta Quell asked."], "The reason holds the words"),
        (["publish", "ledger.db"], "already exists"),
        (["key", "add", "nobody"], "There is no agent"),
        (["key", "add", "ana-roa", "nonsense"], "no verifier key"),
        (["key", "revoke", "ferry", "--because", "So."], "is no key"),
        (["witness", "cosign", "letter_marta_quell.txt", "--as", "nobody"], "There is no witness"),
        (["witness", "new", "an archive"], "without spaces"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else None,
)
def test_what_is_refused(factledger: Any, begun: Path, arguments: list[str], says: str) -> None:
    """What makes no sense is one line that says so, with exit code 2; no entry is made."""
    before = json.loads(factledger("verify", "--json").stdout)["size"]
    done = factledger(*arguments)
    assert done.returncode == 2, done.stderr
    assert says in one_line(done)
    assert json.loads(factledger("verify", "--json").stdout)["size"] == before


def test_the_example_proves_without_its_key(factledger: Any) -> None:
    """Who has the example ledger can check and prove what is in it up to its checkpoint, and sign nothing."""
    assert factledger("demo").returncode == 0
    assert factledger("verify").returncode == 0
    done = factledger("checkpoint")
    assert done.returncode == 2
    assert "example ledger" in one_line(done)
    done = factledger("prove", "0", "-o", "first.json")
    if done.returncode:
        assert "Whoever holds the log key can sign one" in one_line(done)
    else:
        assert factledger("check-proof", "first.json", "--key", key_of(factledger)).returncode == 0


# -- witness -----------------------------------------------------------------


def test_a_witness(factledger: Any, begun: Path) -> None:
    """A checkpoint goes out, comes back cosigned, is kept, and counts in verify; a log that shrank is refused."""
    key = key_of(factledger)
    witness = factledger("witness", "new", "archive.example.org").stdout.strip()
    factledger("checkpoint", "-o", "first")
    done = factledger("witness", "cosign", "first", "--as", "archive.example.org")
    assert done.returncode == 2
    assert "--log-key" in one_line(done)
    done = factledger("witness", "cosign", "first", "--as", "archive.example.org", "--log-key", key, "-o", "cosigned")
    assert done.returncode == 0
    assert factledger("checkpoint", "--add", "cosigned").returncode == 0
    done = factledger("verify", "--key", witness)
    assert done.returncode == 0
    assert "seen by archive.example.org" in done.stdout
    factledger("agent", "Ben Okafor")
    factledger("prove", "--from", "first", "-o", "growth.json")
    assert factledger("witness", "cosign", "growth.json", "--as", "archive.example.org").returncode == 0
    done = factledger("witness", "cosign", "first", "--as", "archive.example.org")
    assert done.returncode == 3
    assert "Entries are gone" in one_line(done)


# -- keys --------------------------------------------------------------------


def test_keys_of_people(factledger: Any, begun: Path) -> None:
    """Added, listed, used, revoked: what was signed in between is held to it."""
    assert factledger("key", "add", "ana-roa").returncode == 0
    assert factledger("agent", "Ben Okafor").returncode == 0
    (row,) = json.loads(factledger("key", "list").stdout)
    assert (row["agent"], row["standing"]) == ("ana-roa", "current")
    done = factledger("key", "add", "ana-roa")
    assert done.returncode == 2
    assert "is here already" in one_line(done)
    done = factledger("key", "revoke", row["id"], "--because", "The laptop was stolen.")
    assert "remove it" in done.stderr
    factledger("agent", "Cleo Dunn")
    done = factledger("verify")
    assert done.returncode == 0
    assert "2 signatures of agents" in done.stdout


# -- words kept from publication -----------------------------------------------


def test_withhold_and_publish(factledger: Any, begun: Path, tmp_path: Path) -> None:
    """One command takes a name out everywhere, the next makes the copy; both verify."""
    done = factledger("withhold", "marta-quell", "name", "--because", "She was threatened.")
    assert done.returncode == 0
    assert "Renamed   marta-quell is now withheld-agent-" in done.stderr
    assert "Archived" in done.stderr
    done = factledger("publish", "public.db")
    assert done.returncode == 0, done.stderr
    said = (tmp_path / "public.db").read_bytes().lower()
    assert b"quell" not in said
    assert b"marta" not in said
    for path in ("ledger.db", "public.db"):
        assert factledger("-d", path, "verify").returncode == 0
    for arguments in (["show", "ferry"], ["list", "agents"], ["history", "ferry"], ["chain", "ferry"]):
        done = factledger("-d", "public.db", *arguments)
        assert done.returncode == 0
        assert "Quell" not in done.stdout
        assert factledger(*arguments).stdout == done.stdout
    factledger("-d", "public.db", "export", "log", "public.ndjson")
    assert b"Quell" not in (tmp_path / "public.ndjson").read_bytes()


def test_withheld_words_shown_to_one_person(factledger: Any, begun: Path) -> None:
    """`open` makes a proof with the words, for one person; `prove` makes one without."""
    factledger("withhold", "marta-quell", "name", "--because", "She was threatened.")
    (agent,) = [row["id"] for row in json.loads(factledger("list", "agents").stdout) if "withheld" in row["id"]]
    key = key_of(factledger)
    assert factledger("open", agent, "-o", "for-the-judge.json").returncode == 0
    assert "Marta Quell" in factledger("check-proof", "for-the-judge.json", "--key", key, "--words").stdout
    factledger("prove", agent, "-o", "proof.json")
    done = factledger("check-proof", "proof.json", "--key", key, "--words")
    assert done.returncode == 0
    assert "its words were withheld" in done.stdout
    assert "Quell" not in done.stdout


def test_erase(factledger: Any, begun: Path, tmp_path: Path) -> None:
    """--erase takes the words out of this file and its archive at once; `erase` does it later."""
    done = factledger("withhold", "marta-quell", "name", "--because", "She was threatened.", "--erase")
    assert done.returncode == 0
    assert "Backups and copies made before hold the words still" in done.stderr
    here = [file for file in tmp_path.rglob("*") if file.is_file() and file.name != "letter_marta_quell.txt"]
    assert not [file for file in here if b"quell" in file.read_bytes().lower()]
    assert factledger("erase").returncode == 0
    assert factledger("verify").returncode == 0
    assert factledger("rebuild").returncode == 0
    assert factledger("verify").returncode == 0


def test_the_ledger_as_it_was(factledger: Any, begun: Path) -> None:
    """--as-of a point before the withholding does not show the words."""
    size = json.loads(factledger("verify", "--json").stdout)["size"]
    factledger("withhold", "marta-quell", "name", "--because", "She was threatened.")
    for point in (size, size // 2 + 3):
        done = factledger("show", "ferry", "--as-of", str(point))
        assert "Quell" not in done.stdout


def test_seal_and_open(factledger: Any, begun: Path, tmp_path: Path) -> None:
    """--seal keeps a name out from the beginning; who sealed it can show it to one person."""
    done = factledger("agent", "Zoë Kėpler", "--seal", "She would lose her post.")
    assert (done.returncode, done.stdout) == (0, "sealed-agent\n")
    here = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not [file for file in here if "Kėpler".encode() in file.read_bytes()]
    factledger("open", "sealed-agent", "-o", "for-the-judge.json")
    done = factledger("check-proof", "for-the-judge.json", "--key", key_of(factledger), "--words")
    assert done.returncode == 0
    assert "The name sealed there is: Zoë Kėpler" in done.stdout


def test_a_ledger_whose_checkpoints_are_damaged(factledger: Any, begun: Path) -> None:
    """A mangled checkpoint in the file is damage: exit code 3, whoever reads it."""
    with store.open_ledger(begun, write=True) as ledger:
        ledger.db.execute("INSERT INTO ledger_checkpoint (size, note) VALUES (2, 'desk.example')")
    for arguments in (["checkpoint"], ["prove", "ferry"], ["verify"], ["publish", "public.db"]):
        assert factledger(*arguments).returncode == 3, arguments


def test_a_site_without_an_address_for_errors_says_so(factledger: Any, begun: Path) -> None:
    """Whoever publishes is told of what readers will miss."""
    assert "where readers report an error: --report" in factledger("publish", "site", "public").stderr
    told = factledger("publish", "site", "other", "--report", "errors@desk.example").stderr
    assert "Published" in told and "--report" not in told


def test_publish_file_is_publish_copy(factledger: Any, begun: Path, tmp_path: Path) -> None:
    """The name from before there were sites still works; a word that is no file's name is no command either."""
    old = factledger("publish", "--with-captures", "public.db")
    assert (old.returncode, (tmp_path / "public.db").exists()) == (0, True)
    assert factledger("publish", "copy", "again.db").returncode == 0
    assert factledger("publish", "sites", "public").returncode == 2
    assert factledger("publish", "public").returncode == 2
    assert not (tmp_path / "public").exists()
