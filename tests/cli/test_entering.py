"""A claim's way from the command line into the ledger, and back out of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ARTICLE = """Night ferry planned

The port council met on Monday. "Believe me, the ferry will run at night from June," Marta Quell told the council.
"""


@pytest.fixture
def begun(factledger: Any, tmp_path: Path, once: Any) -> None:
    @once
    def tell() -> None:
        (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
        assert factledger("init", "--origin", "desk.example", "--person", "Ana Roa").returncode == 0


def add(factledger: Any, *more: str) -> Any:
    return factledger(
        "add", "The ferry will run at night.", "--id", "ferry", "--seen-in", "article.txt",
        "--quote", "the ferry will run at night from June", "--said-by", "Marta Quell", "--in", "speech to the council",
        "--basis", "witness", "--stake", "participant", *more,
    )  # fmt: skip


def test_one_command_records_everything_on_the_way(factledger: Any, begun: None) -> None:
    """One `add` makes the article, its copy, the speaker, the speech, the link, two claims and their evidence."""
    done = add(factledger)
    assert done.returncode == 0
    assert done.stdout == "ferry\n"
    assert "Quote     found once, sentence 3" in done.stderr
    kinds = {
        kind: len(json.loads(factledger("list", kind).stdout)) for kind in ("claims", "sources", "agents", "links")
    }
    assert kinds == {"claims": 2, "sources": 2, "agents": 2, "links": 1}
    (evidence,) = [row for row in json.loads(factledger("list", "evidence").stdout) if row["claim"] == "ferry"]
    assert ARTICLE[evidence["quote_start"] : evidence["quote_end"]] == evidence["quote"]
    assert (evidence["source"], evidence["basis"]) == ("speech-to-the-council", "witness")


def test_a_saying_and_what_it_says_are_two_claims(factledger: Any, begun: None) -> None:
    """The saying reports the fact, and a verdict on it does not carry over."""
    add(factledger)
    factledger("review", "ferry-said", "supported", "--because", "Her words are in the archived text.")
    claims = {row["id"]: row for row in json.loads(factledger("list").stdout)}
    assert claims["ferry-said"]["reports"] == "ferry"
    assert claims["ferry-said"]["verdict"] == "supported"
    assert claims["ferry"]["verdict"] == "unchecked"


def test_the_same_article_is_archived_once(factledger: Any, begun: None) -> None:
    """A second claim from the same file uses the same source and the same copy."""
    add(factledger)
    factledger(
        "add", "The council met on Monday.", "--seen-in", "article.txt", "--quote", "The port council met on Monday"
    )
    assert len(json.loads(factledger("list", "captures").stdout)) == 1


def test_questions_lead_to_the_same_records(factledger: Any, begun: None) -> None:
    """Bare `add` asks, and records what the one command records."""
    answers = [
        "The ferry will run at night.", "article.txt", "the ferry will run at night from June", "Marta Quell", "", "n",
        "", "speech to the council", "1", "took part", "", "y",
    ]  # fmt: skip
    done = factledger("add", stdin="\n".join(answers) + "\n")
    assert done.returncode == 0, done.stderr
    (evidence,) = [
        row for row in json.loads(factledger("list", "evidence").stdout) if not row["claim"].endswith("-said")
    ]
    assert (evidence["basis"], evidence["stake"], evidence["speaker"]) == ("witness", "participant", "marta-quell")


def test_questions_left_unanswered_write_nothing(factledger: Any, begun: None) -> None:
    """Whoever stops before the last answer, or says no to it, has recorded nothing."""
    before = factledger("verify", "--json").stdout
    for answers in (["The ferry will run."], ["The ferry will run.", "", "", "", "", "", "n"]):
        done = factledger("add", stdin="\n".join(answers) + "\n")
        assert done.returncode == 2
        assert "Nothing was recorded" in done.stderr
    assert factledger("verify", "--json").stdout == before


def test_a_name_can_be_kept_out(factledger: Any, begun: None) -> None:
    """A speaker whose name is kept out leaves no agent, only the reason."""
    answers = [
        "The ferry leaks.",
        "article.txt",
        "",
        "Ana Doe",
        "",
        "y",
        "She would lose her post.",
        "",
        "",
        "",
        "",
        "y",
    ]
    assert factledger("add", stdin="\n".join(answers) + "\n").returncode == 0
    (evidence,) = json.loads(factledger("list", "evidence").stdout)
    assert (evidence["named"], evidence["unnamed_because"]) == (0, "She would lose her post.")
    assert [row["name"] for row in json.loads(factledger("list", "agents").stdout)] == ["Ana Roa"]


def test_a_name_beside_the_words_stays_out_too(factledger: Any, begun: None, tmp_path: Path) -> None:
    """What stands around a quotation is kept with it, unless a name is kept out: it may stand there."""
    Path("yard.txt").write_text("“The ferry leaks at the bow,” said Ana Doe of the yard.", encoding="utf-8")
    told = ("add", "The ferry leaks.", "--seen-in", "yard.txt", "--quote", "The ferry leaks at the bow")
    assert factledger(*told, "--unnamed-because", "She would lose her post.").returncode == 0
    (evidence,) = json.loads(factledger("list", "evidence").stdout)
    assert (evidence["quote_prefix"], evidence["quote_suffix"]) == ("", "")


def test_other_words_are_quoted_in_place_of_those(factledger: Any, begun: None, tmp_path: Path) -> None:
    """A quotation is corrected by its words, which are held to the archived text again; others are refused."""
    (tmp_path / "quay.txt").write_text("The quay\n\nThe quay was shut if the wind was high.\n", encoding="utf-8")
    factledger("add", "The quay was shut.", "--id", "quay", "--seen-in", "quay.txt", "--quote", "The quay was shut")
    (row,) = [one for one in json.loads(factledger("list", "evidence").stdout) if one["claim"] == "quay"]
    wrong = factledger("correct", row["id"], "quote=The quay was open", "--because", "Read again.")
    assert (wrong.returncode, "not in the text" in wrong.stderr) == (2, True)
    whole = "The quay was shut if the wind was high"
    assert factledger("correct", row["id"], f"quote={whole}", "--because", "Read again.").returncode == 0
    (row,) = [one for one in json.loads(factledger("list", "evidence").stdout) if one["claim"] == "quay"]
    assert (row["quote"], row["quote_end"] - row["quote_start"]) == (whole, len(whole))


def test_a_correction_keeps_what_was_said_before(factledger: Any, begun: None) -> None:
    """After a correction the new words stand, the old ones are in the history, and the ledger is intact."""
    add(factledger)
    factledger("correct", "ferry", "text=The ferry will run on summer nights.", "--because", "She said June to August.")
    shown = factledger("show", "ferry").stdout
    assert shown.startswith("CORRECTED")
    assert "The ferry will run at night. -> The ferry will run on summer nights." in shown
    history = json.loads(factledger("history", "ferry").stdout)
    assert history[0]["content"] == "The ferry will run at night."
    assert factledger("verify").returncode == 0


def test_the_ledger_as_it_was(factledger: Any, begun: None) -> None:
    """--as-of shows a claim as it stood after so many entries."""
    add(factledger)
    size = json.loads(factledger("verify", "--json").stdout)["size"]
    factledger("correct", "ferry", "text=The ferry will run on summer nights.", "--because", "Her own words.")
    assert "summer" not in factledger("show", "ferry", "--as-of", str(size)).stdout
    assert "summer" in factledger("show", "ferry").stdout


def test_a_run_says_by_what_code_its_findings_were_made(factledger: Any, begun: None) -> None:
    """`show` of a run names factledger and each plugin with the beginning of its files' digest; as JSON, all of it."""
    add(factledger)
    factledger("check")
    (row,) = json.loads(factledger("list", "runs").stdout)
    (run,) = json.loads(factledger("show", row["id"], "--json").stdout)
    made = [
        line.split(maxsplit=2)[2] for line in factledger("show", row["id"]).stdout.splitlines() if " made by " in line
    ]
    assert [code["plugin"] for code in run["code"]][:2] == ["factledger", "factledger-checkers"]
    assert len(made) == len(run["code"])
    for line, code in zip(made, run["code"], strict=True):
        assert len(code["sha256"]) == 64
        assert line.startswith(code["plugin"])
        assert line.endswith(f"factledger {code['version']}, sha256 {code['sha256'][:12]}")


def test_a_chain_reads_as_a_tree(factledger: Any, begun: None) -> None:
    """`chain` shows each step back from the claim, and where the trail ends."""
    add(factledger)
    lines = factledger("chain", "ferry").stdout.splitlines()
    assert lines[0] == "The ferry will run at night."
    assert lines[1].startswith("└─ for, seen in: Night ferry planned")
    assert lines[2].startswith("   └─ quotes: Marta Quell: speech to the council")
    assert "(the trail ends here)" in lines[2]


def test_impact_names_what_falls(factledger: Any, begun: None) -> None:
    """`impact` lists the claims that stand on a source, also through other sources."""
    add(factledger)
    rows = json.loads(factledger("impact", "speech-to-the-council").stdout)
    assert {row["claim"] for row in rows} == {"ferry", "ferry-said"}


def test_a_retracted_source_no_longer_supports(factledger: Any, begun: None) -> None:
    """After its source is retracted a claim has no support, and the check says why."""
    add(factledger)
    factledger("retract", "speech-to-the-council", "--because", "It was never given.")
    done = factledger("check", "ferry", "-v")
    assert done.returncode == 1
    assert "Its sources were withdrawn." in done.stdout
    assert "It was never given." in done.stdout


def test_a_retracted_record_stays_readable(factledger: Any, begun: None) -> None:
    """A retracted claim is shown with the reason, and cannot be retracted twice."""
    add(factledger)
    factledger("retract", "ferry", "--because", "Nobody said it.")
    assert "RETRACTED" in factledger("show", "ferry").stdout
    again = factledger("retract", "ferry", "--because", "Again.")
    assert again.returncode == 2
    assert "already retracted" in again.stderr


def test_every_list_has_every_form(factledger: Any, begun: None) -> None:
    """Rows come as JSON, lines of JSON, CSV, TSV and a table."""
    add(factledger)
    assert json.loads(factledger("list", "--json").stdout)[0]["id"] == "ferry"
    assert json.loads(factledger("list", "--nl").stdout.splitlines()[0])["id"] == "ferry"
    assert factledger("list", "--csv").stdout.startswith("id,text,")
    assert factledger("list", "--tsv").stdout.startswith("id\ttext\t")
    assert "The ferry will run at night." in factledger("list", "-t").stdout


def test_doctor_looks_at_everything_around(factledger: Any, begun: None) -> None:
    """`doctor` names the SQLite library, the ledger, the key, the archive and the plugins."""
    add(factledger)
    done = factledger("doctor")
    assert done.returncode == 0, done.stdout
    for word in ("sqlite", "working", "log key", "1 of 1 archived copies", "checkers"):
        assert word in done.stdout


def test_the_log_key_is_the_owners_alone(factledger: Any, begun: None, tmp_path: Path) -> None:
    """`init` keeps the log key away from the ledger, readable by its owner only."""
    import os

    (key,) = Path(os.environ["FACTLEDGER_KEYS"]).glob("*.key")
    assert key.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.key"))
    assert key.read_text(encoding="ascii").startswith("PRIVATE+KEY+desk.example+")


def test_a_page_that_is_a_source_already_is_told(factledger: Any, begun: None) -> None:
    """A second source at the same address, however it is spelt, would count as another; it is named."""
    factledger("source", "Ferry story", "--url", "https://www.harbour.example/ferry/?utm_source=post")
    again = factledger("source", "The night ferry", "--url", "http://harbour.example/ferry")
    assert again.returncode == 0 and "Same page ferry-story has this address." in again.stderr
    assert "Same page" not in factledger("source", "Quay", "--url", "https://harbour.example/quay").stderr
